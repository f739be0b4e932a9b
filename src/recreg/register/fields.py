"""What is typed of an item, by `add` and by `edit`, and how it becomes the item's own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from recreg.domain import deadlines, reviews
from recreg.domain.dates import spoken
from recreg.domain.lifecycle import object_to_parent, object_to_target, object_unless_live, settle_acceptance
from recreg.domain.models import Inspection, Item
from recreg.domain.status import status_of
from recreg.domain.text import clean_line, short_title
from recreg.domain.vocabulary import Kind, Rag, Status, in_words, word
from recreg.errors import Mistyped, Objections
from recreg.register.acts import Acts, one_line, required, taken_on, verbatim
from recreg.store.references import looks_like_own
from recreg.store.repositories import Names
from recreg.store.visit import Visit


@dataclass
class Fields:
    """What may be typed of an item. None is what was not typed; an empty text empties the field."""

    kind: str | None = None
    inspection: str | None = None
    number: str | None = None
    hmicfrs_ref: str | None = None
    title: str | None = None
    text: str | None = None
    deadline: str | None = None
    target: str | date | None = None
    owner: str | None = None
    board: str | None = None
    portfolio: str | None = None
    addressees: list[str] | None = None
    ours: bool | None = None
    waiting_on: str | None = None
    parent: str | None = None
    rag: str | None = None
    why: str | None = None
    letter: str | None = None
    agreed_by: str | None = None
    mandatory: bool | None = None
    review_every: int | None = None
    last_review: str | date | None = None
    new: bool = False

    def anything(self) -> bool:
        """Whether anything was typed that an item can take."""
        aside = {"why", "letter", "new"}
        return any(value is not None for name, value in vars(self).items() if name not in aside)


class Filling:
    """Fills an item from what was typed, collecting every rule in the way."""

    def __init__(self, acts: Acts, visit: Visit, item: Item, typed: Fields) -> None:
        self.acts, self.visit, self.item, self.typed = acts, visit, item, typed
        self.objections = Objections()

    def words(self) -> None:
        """The item's own words and numbers."""
        item, typed = self.item, self.typed
        if typed.text is not None:
            item.text = verbatim(typed.text, "text")
        if typed.title is not None:
            item.title = one_line(typed.title, "title") or short_title(item.text or "")
            if not item.title:
                raise Mistyped("An item needs a title or a text.", 'Add --title "…" or --text-file FILE.')
        if typed.number is not None:
            item.number = one_line(typed.number, "number")
        if typed.hmicfrs_ref is not None:
            item.hmicfrs_ref = one_line(typed.hmicfrs_ref, "HMICFRS number")
        if typed.addressees is not None:
            item.addressees = "; ".join(clean_line(who, "addressee") for who in typed.addressees if who.strip()) or None
        if typed.waiting_on is not None:
            item.waiting_on = one_line(typed.waiting_on, "text of --waiting-on")

    def place(self) -> None:
        """Its kind, its inspection and its parent."""
        item, typed = self.item, self.typed
        if typed.kind is not None:
            item.kind = word(Kind, typed.kind, "kind")
        if typed.inspection is not None:
            found = self.visit.inspections.get(typed.inspection) if typed.inspection else None
            item.inspection_id = found.id if found else None
        if typed.parent is not None:
            item.parent_id = self.visit.items.get(typed.parent).id if typed.parent else None
        if typed.mandatory is not None:
            item.mandatory = typed.mandatory
        settle_acceptance(item)

    def ours(self) -> None:
        """Whether it is ours to deliver, which is set by hand and never derived; another answer needs a reason."""
        item, typed = self.item, self.typed
        if typed.ours is None:
            return
        if typed.ours != item.ours:
            item.ours_why = required(typed.why, "--why", "--ours again" if typed.ours else "--not-ours")
        elif typed.why is not None:
            item.ours_why = verbatim(typed.why, "reason") if item.ours else required(typed.why, "--why", "--not-ours")
        item.ours = typed.ours

    def people(self) -> None:
        """Its owner, board and portfolio; new names are taken on before the item is touched, once."""
        visit, sure = self.visit, self.typed.new
        known: dict[str, tuple[Names[Any], str | None]] = {
            "owner_id": (visit.people, self.typed.owner),
            "board_id": (visit.boards, self.typed.board),
            "portfolio_id": (visit.portfolios, self.typed.portfolio),
        }
        given = {
            field: taken_on(visit, names, name, sure=sure).id if name else None
            for field, (names, name) in known.items()
            if name is not None
        }
        for field, number in given.items():
            setattr(self.item, field, number)

    def agreement(self) -> None:
        """The board that agreed to what is with HMICFRS, where none is on record; one that is stays."""
        if self.typed.agreed_by is None:
            return
        item, board = self.item, self.visit.boards.get(self.typed.agreed_by)
        if status_of(item) != Status.SUBMITTED:
            self.objections.add(
                f"{item.ref} is {in_words(status_of(item))}: a board agrees to what is with HMICFRS.",
                f'recreg submit {item.ref} --agreed-by "…" says so when it goes there.',
            )
        elif item.agreed_by_id not in {None, board.id}:
            kept = self.visit.boards.by_id(item.agreed_by_id or 0).name
            hint = f"recreg history {item.ref} tells which act says so; recreg undo takes that back."
            self.objections.add(f"{item.ref} has the agreement of “{kept}” on record.", hint)
        else:
            item.agreed_by_id = board.id

    def rating(self) -> None:
        """Its RAG, which needs a reason."""
        if self.typed.rag is not None:
            rate(self.visit, self.item, self.typed.rag, self.typed.why, self.objections)

    def deadline(self) -> None:
        """HMICFRS's words, and the day that follows from them."""
        if self.typed.deadline is not None:
            self.item.deadline_words = one_line(self.typed.deadline, "deadline")
        settle_deadline(self.item, self.inspection)

    def target(self) -> None:
        """The force's own date; the first one given is the original, kept for ever."""
        if self.typed.target is not None:
            day = self.acts.day(self.typed.target, what="target", published_on=self.published_on)
            self.item.target_on = self.item.original_target_on = day
        if self.item.target_on and (self.typed.target is not None or self.typed.inspection is not None):
            object_to_target(self.item.target_on, self.published_on, self.objections)

    def rhythm(self) -> None:
        """How often it is reviewed, and when it last was."""
        typed = self.typed
        if typed.review_every is not None:
            if not 1 <= typed.review_every <= 36:
                raise Mistyped("A review falls due every 1 to 36 months.", "Give a number of months.")
            reviews.change_rhythm(self.item, typed.review_every)
        if typed.last_review is not None:
            last = self.acts.day(typed.last_review, what="last review")
            reviews.given_last(self.item, last, self.visit.on, self.objections)
        reviews.settle_next_review(self.item)

    def family_and_numbers(self) -> None:
        """Object where its parent cannot hold it, or its numbers belong to another."""
        object_to_family(self.visit, self.item, self.objections)
        if self.typed.parent and self.item.parent_id:
            object_unless_live(self.visit.items.by_id(self.item.parent_id), self.objections, "given a child or a part")
        object_to_numbers(self.visit, self.item, self.objections)
        if self.typed.kind is not None:
            object_to_childrens_numbers(self.visit, self.item, self.objections)

    @property
    def inspection(self) -> Inspection | None:
        """The inspection that it comes from."""
        return self.visit.inspections.by_id(self.item.inspection_id) if self.item.inspection_id else None

    @property
    def published_on(self) -> date | None:
        """The day its report was published."""
        return self.inspection.published_on if self.inspection else None


def settle_deadline(item: Item, inspection: Inspection | None) -> None:
    """The deadline's day, from its words and the day that the report was published."""
    understood = deadlines.deadline(item.deadline_words, inspection.published_on if inspection else None)
    item.deadline_on, item.deadline_precision = understood.on, understood.precision


def rate(visit: Visit, item: Item, colour: str, why: str | None, objections: Objections) -> None:
    """Give a RAG rating with its reason; blue and white only where the force's key defines them.

    Raises `Mistyped` for a word that is no colour, or a missing reason.
    """
    rag = word(Rag, colour, "RAG rating")
    reason = required(why, "--why", f"A rating of {rag}")
    with visit.session.no_autoflush:
        if rag in {Rag.BLUE, Rag.WHITE} and visit.key.of(rag) is None:
            hint = f'Rate it red, amber, green or unrated; or define it: recreg key {rag} "what it means"'
            objections.add(f"This force's key does not define {rag}.", hint)
    item.rag, item.rag_why = rag, reason


def object_to_family(visit: Visit, item: Item, objections: Objections) -> None:
    """Object where the item cannot stand under its parent, or its children under it."""
    if item.parent_id is not None:
        with visit.session.no_autoflush:
            parent = visit.items.by_id(item.parent_id)
            object_to_parent(item, parent, visit.items.ancestors(parent), objections)
            if parent.withdrawn_on:
                object_unless_live(parent, objections, "what another hangs on")
    for child in visit.items.children(item) if item.id else []:
        if item.kind == Kind.CAUSE_OF_CONCERN and child.kind != Kind.RECOMMENDATION:
            objections.add(f"{child.ref} is part of {item.ref}, and a cause of concern contains recommendations only.")
        elif item.kind not in {Kind.CAUSE_OF_CONCERN, child.kind}:
            objections.add(f"{child.ref} hangs on {item.ref}, so its kind must stay as it is.")


def object_to_numbers(visit: Visit, item: Item, objections: Objections) -> None:
    """Object where HMICFRS's number, or the number in the report, belongs to another item."""
    if item.hmicfrs_ref and looks_like_own(item.hmicfrs_ref):
        objections.add(
            f"{item.hmicfrs_ref} looks like one of the register's own references.", "HMICFRS's numbers are other."
        )
    with visit.session.no_autoflush:
        for holder in visit.items.holders_of(item.hmicfrs_ref) if item.hmicfrs_ref else []:
            if holder.id != item.id and not _share_a_cause(visit, item, holder):
                objections.add(
                    f"The HMICFRS number {item.hmicfrs_ref} belongs to {holder.ref} “{holder.title}”.",
                    "Only a cause of concern and its children share one.",
                )
        if item.number and item.inspection_id and (holder_of_number := visit.items.numbered(item)):
            objections.add(
                f"Number {item.number} of that report is {holder_of_number.ref} “{holder_of_number.title}” already.",
                "Give another --number, or edit that item.",
            )


def object_to_childrens_numbers(visit: Visit, item: Item, objections: Objections) -> None:
    """Object where another kind would leave children sharing a number that only a cause's may share."""
    for child in visit.items.children(item) if item.id else []:
        object_to_numbers(visit, child, objections)


def _share_a_cause(visit: Visit, one: Item, other: Item) -> bool:
    causes = [
        item.id if item.kind == Kind.CAUSE_OF_CONCERN else next(iter(_cause_above(visit, item)), None)
        for item in (one, other)
    ]
    return causes[0] is not None and causes[0] == causes[1]


def _cause_above(visit: Visit, item: Item) -> list[int | None]:
    if item.parent_id is None:
        return []
    parent = visit.items.by_id(item.parent_id)
    return [parent.id] if parent.kind == Kind.CAUSE_OF_CONCERN else []


def clocks_told(item: Item) -> str:
    """What was understood of an item's days, for the echo."""
    told = []
    if item.deadline_words:
        day = f"due {spoken(item.deadline_on)}" if item.deadline_on else "no day follows from these words yet"
        told.append(f"deadline “{item.deadline_words}”: {day}")
    if item.target_on:
        told.append(f"target {spoken(item.target_on)}")
    if item.next_review_on:
        told.append(f"next review {spoken(item.next_review_on)}")
    return "; ".join(told)
