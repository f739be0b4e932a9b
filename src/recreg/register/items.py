"""Acts on an item itself: added, edited, assigned, accepted or declined, withdrawn."""

from datetime import date

from recreg.domain.dates import spoken
from recreg.domain.lifecycle import mandatory_by_type, object_unless_live
from recreg.domain.models import Item
from recreg.domain.text import short_title
from recreg.domain.vocabulary import Acceptance, Kind, in_words, word
from recreg.errors import Mistyped, Objections
from recreg.register.acts import Acts, Done, one_line, required, titled
from recreg.register.fields import Fields, Filling, clocks_told
from recreg.register.likeness import tell_of_likeness
from recreg.register.reasons import note_reasons, refuse_reason_of_nothing
from recreg.store.days import adding_of, born_on
from recreg.store.visit import Visit


class ItemActs(Acts):
    """Recommendations, areas for improvement and causes of concern as such."""

    def add(self, typed: Fields) -> Done:
        """Log a new item; it is ``new`` and ``unrated`` unless told otherwise."""
        if typed.kind is None:
            raise Mistyped("An item needs its kind.", "Add --kind recommendation, afi or coc.")
        _refuse_empty_text(typed)
        refuse_reason_of_nothing(typed, of_days=False)
        with self.visit("add") as visit:
            item = self._new(visit, typed)
            visit.say(_added(item))
            tell_of_likeness(visit, item)
        return self.done(visit, [item.ref or ""])

    def edit(self, ref: str, typed: Fields) -> Done:
        """Put right what was typed of an item; what happened to it is put right by `correct` or `undo`."""
        if not typed.anything():
            raise Mistyped(f"Nothing was given to change of {ref}.", "recreg edit --help lists what can be.")
        _refuse_empty_text(typed)
        refuse_reason_of_nothing(typed, of_days=True)
        with self.visit("edit") as visit:
            item = visit.items.get(ref)
            was = item.kind
            self.put_right(visit, item, typed)
            visit.say(f"{titled(item)}: {_edited(visit, item, typed)}.")
            say_what_became_of_children(visit, item, was)
        return self.done(visit)

    def assign(
        self,
        refs: list[str],
        *,
        owner: str | None = None,
        board: str | None = None,
        portfolio: str | None = None,
        new: bool = False,
    ) -> Done:
        """Give items an owner, a board or a portfolio; with owner and board an item is in progress.

        An owner change never resets a date.
        """
        if not (owner or board or portfolio):
            raise Mistyped("Nobody was named.", "Add --owner, --board or --portfolio.")
        with self.visit("assign") as visit:
            items = visit.items.get_all(refs)
            _require_live(items, "assigned")
            for item in items:
                filling = Filling(self, visit, item, Fields(owner=owner, board=board, portfolio=portfolio, new=new))
                filling.people()
                visit.session.flush()
                visit.say(f"{titled(item)}: {_whose(visit, item)}.")
        return self.done(visit)

    def accept(
        self, refs: list[str], *, partly: bool = False, why: str | None = None, decided_by: str | None = None
    ) -> Done:
        """Accept recommendations that are not mandatory, in whole or in part (with a reason)."""
        reason = required(why, "--why", "Accepting in part") if partly else one_line(why, "reason")
        answer = Acceptance.PARTLY_ACCEPTED if partly else Acceptance.ACCEPTED
        return self._answer("accept", refs, answer, reason, decided_by)

    def decline(self, refs: list[str], *, why: str | None, decided_by: str | None = None) -> Done:
        """Decline recommendations that are not mandatory, with a reason."""
        reason = required(why, "--why", "Declining")
        return self._answer("decline", refs, Acceptance.NOT_ACCEPTED, reason, decided_by)

    def withdraw(self, refs: list[str], *, why: str | None) -> Done:
        """Take out items that were entered in error: out of every list and figure for every day."""
        reason = required(why, "--why", "Withdrawing")
        with self.visit("withdraw") as visit:
            items = visit.items.get_all(refs)
            _refuse_while_anything_hangs(visit, items)
            for day, those in sorted(_by_day_added(visit, items).items()):
                for item in those:
                    item.withdrawn_on, item.withdrawn_why = max(visit.on, item.added_on), reason
                    visit.say(f"{titled(item)} is withdrawn; its numbers are free again.")
                visit.seal(on=day)
        return self.done(visit)

    def _new(self, visit: Visit, typed: Fields) -> Item:
        item = Item(kind=word(Kind, typed.kind or "", "kind"), title="", added_on=visit.on, review_anchor_on=visit.on)
        if typed.mandatory is None:
            inspection = visit.inspections.get(typed.inspection) if typed.inspection else None
            item.mandatory = mandatory_by_type(inspection)
        filling = Filling(self, visit, item, typed)
        for part in (filling.words, filling.place, filling.ours, filling.people, filling.rating):
            part()
        for part in (filling.deadline, filling.target, filling.rhythm, filling.family_and_numbers):
            part()
        item.title = item.title or short_title(item.text or "")
        if not item.title:
            raise Mistyped("An item needs a title or a text.", 'Add --title "…" or --text-file FILE.')
        filling.objections.settle()
        return visit.items.add(item)

    def put_right(self, visit: Visit, item: Item, typed: Fields) -> None:
        """Change an item within a visit, by every rule of `edit`; raises `Refused` and `Mistyped`."""
        filling = Filling(self, visit, item, typed)
        _object_to_editing(item, typed, filling.objections, reviewed=bool(visit.reviews.of(item.known_id)))
        note_reasons(item, typed, filling.objections)
        filling.objections.settle()
        with visit.session.no_autoflush:
            for part in (filling.words, filling.place, filling.ours, filling.people, filling.agreement, filling.rating):
                part()
            for part in (filling.deadline, filling.target, filling.rhythm, filling.family_and_numbers):
                part()
        filling.objections.settle()
        visit.session.flush()

    def _answer(
        self, command: str, refs: list[str], answer: Acceptance, why: str | None, decided_by: str | None
    ) -> Done:
        with self.visit(command) as visit:
            items = visit.items.get_all(refs)
            _require_not_mandatory(items, in_words(answer))
            for item in items:
                item.acceptance, item.acceptance_why = answer, why
                item.acceptance_by = one_line(decided_by, "name of who decided")
                visit.say(f"{titled(item)}: {in_words(answer)}{_still_open(item, answer)}.")
        return self.done(visit)


def _added(item: Item) -> str:
    clocks = clocks_told(item)
    return f"{titled(item)} is added, {in_words(item.kind)}" + (f": {clocks}." if clocks else ".")


def _edited(visit: Visit, item: Item, typed: Fields) -> str:
    """What was understood of an edit: the kind, where it stands, whose it is, on whom it waits, and every day."""
    report = visit.inspections.by_id(item.inspection_id).code if item.inspection_id else "no inspection"
    above = visit.items.by_id(item.parent_id).ref if item.parent_id else "no other"
    board = visit.boards.by_id(item.agreed_by_id).name if item.agreed_by_id else None
    understood = (
        (typed.kind, in_words(item.kind)),
        (typed.inspection, f"from {report}"),
        (typed.parent, f"under {above}"),
        (typed.ours, "ours" if item.ours else "not ours"),
        (typed.waiting_on, f"waiting on {item.waiting_on or 'nobody'}"),
        (typed.agreed_by and board, f"agreed by {board}"),
    )
    told = [words for given, words in understood if given is not None]
    return "; ".join([*told, *filter(None, [clocks_told(item)])]) or "edited"


def say_what_became_of_children(
    visit: Visit, item: Item, was: Kind, *, apart_from: frozenset[str] = frozenset()
) -> None:
    """Say that what a cause contained are parts from now on, or the other way round, where another kind made it so.

    ``apart_from`` are those that came to it by the same act.
    """
    refs = [child.ref for child in visit.items.children(item) if child.ref not in apart_from]
    if not refs or item.kind == was or Kind.CAUSE_OF_CONCERN not in {item.kind, was}:
        return
    one = refs[0] if len(refs) == 1 else ""
    if was == Kind.CAUSE_OF_CONCERN:
        whose = f"Its child {one} is a part of it" if one else f"Its {len(refs)} children are parts of it"
        visit.say(f"{whose} from now on, which no figure counts.")
    else:
        whose = f"Its part {one} is its child" if one else f"Its {len(refs)} parts are its children"
        visit.say(f"{whose} from now on, which the figures count.")


def _still_open(item: Item, answer: Acceptance) -> str:
    """That what was declined stays among what is open until it is closed as such."""
    if answer != Acceptance.NOT_ACCEPTED or item.closed_on:
        return ""
    return f"; it stays open until recreg close {item.ref} --as not-accepted"


def _whose(visit: Visit, item: Item) -> str:
    owner = visit.people.by_id(item.owner_id).name if item.owner_id else "no owner"
    board = visit.boards.by_id(item.board_id).name if item.board_id else "no board"
    portfolio = f", {visit.portfolios.by_id(item.portfolio_id).name}" if item.portfolio_id else ""
    return f"{owner}, {board}{portfolio}; {in_words(item.status or '')}"


def _require_live(items: list[Item], act: str) -> None:
    objections = Objections()
    for item in items:
        object_unless_live(item, objections, act)
    objections.settle()


def _require_not_mandatory(items: list[Item], answer: str) -> None:
    objections = Objections()
    for item in items:
        object_unless_live(item, objections, answer)
        if item.mandatory:
            objections.add(
                f"{item.ref} is mandatory, so there is nothing to accept or decline.",
                f"recreg edit {item.ref} --not-mandatory, if it is not.",
            )
    objections.settle()


def _refuse_empty_text(typed: Fields) -> None:
    """Raise `Mistyped` for a text given empty: the text is HMICFRS's own words, which nobody takes away unsaid."""
    if typed.text is not None and not typed.text.strip():
        raise Mistyped(
            "The text is empty: it is the recommendation, verbatim.",
            "Give its words, or leave the text out. What must not be kept is taken out by "
            'recreg redact REF --field text --why "…".',
        )


def _object_to_editing(item: Item, typed: Fields, objections: Objections, *, reviewed: bool) -> None:
    if item.withdrawn_on:
        object_unless_live(item, objections, "edited")
    elif item.closed_on:
        frozen = {"rag": typed.rag, "target": typed.target, "review-every": typed.review_every,
                  "last-review": typed.last_review, "owner": typed.owner, "board": typed.board}  # fmt: skip
        for option in (name for name, value in frozen.items() if value is not None):
            object_unless_live(item, objections, f"given another --{option}")
    if typed.last_review is not None and reviewed and item.last_review_on:
        objections.add(
            f"{item.ref} was last reviewed on {spoken(item.last_review_on)}.",
            "recreg correct V-… --on DAY puts the day of a review right.",
        )


def _refuse_while_anything_hangs(visit: Visit, items: list[Item]) -> None:
    objections, going = Objections(), {item.id for item in items}
    for item in items:
        if item.withdrawn_on:
            objections.add(f"{item.ref} was withdrawn on {spoken(item.withdrawn_on)} already.")
        for child in visit.items.children(item):
            if child.id not in going:
                objections.add(f"{child.ref} hangs on {item.ref}.", f"recreg withdraw {child.ref} too, or first.")
        for evidence in visit.evidence.of(item.known_id):
            objections.add(
                f"The evidence {evidence.ref} “{evidence.title}” stands for {item.ref}.",
                f"recreg undo {adding_of(visit.db, 'evidence', evidence.known_id)} takes it away.",
            )
    objections.settle()


def _by_day_added(visit: Visit, items: list[Item]) -> dict[date, list[Item]]:
    """The items by the day with effect from which they are there, which is when withdrawing counts from."""
    days: dict[date, list[Item]] = {}
    for item in items:
        born = born_on(visit.db, "item", item.known_id)
        days.setdefault(date.fromisoformat(born) if born else visit.on, []).append(item)
    return days
