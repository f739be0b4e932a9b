"""Acts on an item's progress: its owner's updates, its rating, its three-month reviews."""

from collections.abc import Iterable
from datetime import date

from recreg.domain import reviews
from recreg.domain.dates import spoken
from recreg.domain.lifecycle import object_unless_live
from recreg.domain.models import Item, Note, Review
from recreg.domain.status import status_of
from recreg.domain.vocabulary import Kind, Outcome, Status, in_words, word
from recreg.errors import Mistyped, Objections
from recreg.register.acts import Acts, Done, one_line, titled, verbatim
from recreg.register.fields import rate
from recreg.store.visit import Visit


class ProgressActs(Acts):
    """What becomes of an item between being added and being done."""

    def note(self, refs: list[str], text: str) -> Done:
        """Record an owner's update, verbatim, on the day it takes effect."""
        words = verbatim(text, "note")
        if words is None:
            raise Mistyped("The note is empty.", 'recreg note R-0001 "what the owner says"')
        with self.visit("note") as visit:
            for item in _live(visit, refs, "noted on"):
                note = visit.notes.add(Note(item_id=item.known_id, noted_on=visit.on, text=words))
                visit.say(f"{note.ref} is noted on {titled(item)}, {spoken(visit.on)}.")
        return self.done(visit)

    def rag(self, colour: str, refs: list[str], *, why: str | None) -> Done:
        """Rate items, with the reason of the judgement; frozen on what is closed."""
        with self.visit("rag") as visit:
            objections = Objections()
            for item in visit.items.get_all(refs):
                object_unless_live(item, objections, "rated")
                rate(visit, item, colour, why, objections)
                visit.say(f"{titled(item)} is {item.rag} from {spoken(visit.on)}.")
            objections.settle()
        return self.done(visit)

    def review(
        self,
        refs: list[str],
        *,
        outcome: str,
        note: str,
        rag: str | None = None,
        why: str | None = None,
        met: str | None = None,
        met_on: str | date | None = None,
        keep_schedule: bool = False,
        alone: bool = False,
    ) -> Done:
        """Record a three-month review held on the day it takes effect; the next one counts from it.

        A cause of concern takes its open children along, unless ``alone``.
        """
        result, words = word(Outcome, outcome, "review outcome"), _said(note, rag, why)
        who, met_day = one_line(met, "name of who was met"), self._met_on(met, met_on)
        with self.visit("review") as visit:
            for item in _with_children(visit, _live(visit, refs, "reviewed"), alone=alone):
                held = Review(item_id=item.known_id, held_on=visit.on, outcome=result, note=words)
                held.met_with, held.kept_schedule = who, keep_schedule
                held.met_on = met_day or (visit.on if who else None)
                self._hold(visit, item, held, rag, why)
        return self.done(visit)

    def _met_on(self, met: str | None, met_on: str | date | None) -> date | None:
        """The day of the meeting, where one was given; raises `Mistyped` for a day without anybody."""
        if met_on is None:
            return None
        if not one_line(met, "name of who was met"):
            raise Mistyped("The meeting has a day and nobody in it.", 'Add --met "who".')
        return self.past_day(met_on, "day of the meeting")

    def _hold(self, visit: Visit, item: Item, held: Review, rag: str | None, why: str | None) -> None:
        objections = Objections()
        reviews.hold(item, held)
        if rag is not None:
            rate(visit, item, rag, why, objections)
        objections.settle()
        visit.reviews.add(held)
        following = f"next review {spoken(item.next_review_on)}" if item.next_review_on else "no review falls due"
        rated = f"; {item.rag}" if rag is not None else ""
        told = f"{spoken(held.held_on)}: {in_words(held.outcome)}{rated}{met_told(held)}"
        visit.say(f"{held.ref} of {titled(item)}, {told}; {following}.")
        if held.outcome == Outcome.SUPPORT_NEEDED and not held.met_on:
            cure = f"recreg correct {held.ref} --met DAY"
            visit.say(f"No meeting with the owner is recorded of {held.ref}; once it is held: {cure}")


def _said(note: str, rag: str | None, why: str | None) -> str:
    """What was said at a review; raises `Mistyped` for nothing, and for the reason of a rating that is not given."""
    words = verbatim(note, "note")
    if words is None:
        raise Mistyped("A review needs a note of what was said.", 'Add --note "…".')
    if why and rag is None:
        raise Mistyped(
            "--why is the reason of a rating, and none was given.",
            "Add --rag COLOUR, or put it into --note and leave --why out.",
        )
    return words


def met_told(held: Review) -> str:
    """Whom the officer met to support, and when, for the echo."""
    return f"; met {held.met_with} on {spoken(held.met_on)}" if held.met_with and held.met_on else ""


def _live(visit: Visit, refs: Iterable[str], act: str) -> list[Item]:
    objections = Objections()
    items = visit.items.get_all(refs)
    for item in items:
        object_unless_live(item, objections, act)
    objections.settle()
    return items


def _with_children(visit: Visit, items: list[Item], *, alone: bool) -> list[Item]:
    taken = {item.id: item for item in items}
    for cause in items if not alone else []:
        if cause.kind == Kind.CAUSE_OF_CONCERN:
            there = [c for c in visit.items.children(cause) if c.added_on <= visit.on]
            taken |= {c.id: c for c in there if status_of(c) != Status.CLOSED}
    return list(taken.values())
