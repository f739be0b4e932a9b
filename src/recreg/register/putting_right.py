"""Acts that put right what was recorded: `correct` a review, note or evidence; `undo` any act."""

from datetime import date
from typing import NamedTuple

from recreg.domain import reviews
from recreg.domain.dates import spoken
from recreg.domain.models import Evidence, Inspection, Item, Note, Review
from recreg.domain.text import clean_line
from recreg.domain.vocabulary import Outcome, in_words
from recreg.errors import Mistyped, Objections, Refused
from recreg.register.acts import Acts, Done, required, titled, verbatim
from recreg.register.fields import object_to_childrens_numbers, object_to_family, object_to_numbers, settle_deadline
from recreg.register.names import follow_publication
from recreg.register.progress import met_told
from recreg.store import undo
from recreg.store.days import born_on
from recreg.store.references import row_meant
from recreg.store.visit import Visit


class Given(NamedTuple):
    """What was typed of a correction: the day, the words, the day of the meeting with the owner, and the reason."""

    to: date | None
    words: str | None
    met: date | None
    why: str | None


class PuttingRight(Acts):
    """Both take effect on the day of what they put right, and both stay in the log."""

    def correct(
        self,
        ref: str,
        *,
        why: str | None,
        day: str | date | None = None,
        note: str | None = None,
        met: str | date | None = None,
    ) -> Done:
        """Put right the day or the words of a review or a note, or the day of receipt or title of evidence.

        A corrected last review moves the next one. The day on which its owner was ``met`` needs a reason only
        where another is on record.
        """
        given = self._given(ref, day, note, met, why)
        with self.visit("correct") as visit:
            noun, number = row_meant(visit.db, ref, "review", "note", "evidence")
            if noun == "review":
                self._correct_review(visit, visit.reviews.by_id(number), given)
            elif given.met is not None:
                raise Mistyped(f"{ref} is no review: the meeting with the owner is of a review.", "Leave --met out.")
            elif noun == "note":
                self._correct_note(visit, visit.notes.by_id(number), given)
            else:
                self._correct_evidence(visit, visit.evidence.by_id(number), given)
            visit.session.flush()
            day_of_it = born_on(visit.db, noun, number)
            visit.seal(on=date.fromisoformat(day_of_it) if day_of_it else None)
        return self.done(visit)

    def undo(self, number: int | None = None) -> Done:
        """Reverse a changeset, the newest unless told, as a new one; an undo too, so that twice puts it back.

        Raises `Refused`, naming the culprit, when a later changeset that still stands touched one of
        the same cells or refers to a row that would go.
        """
        with self.visit("undo") as visit:
            members = undo.members(visit.db, number)
            for member in members:
                undo.reverse(visit.db, member)
                visit.session.expire_all()
                _settle_deadlines(visit, member)
                day = undo.effective_day(visit.db, member)
                visit.seal(on=date.fromisoformat(day), undoes=member)
                visit.say(f"Changeset {member} ({undo.command_of(visit.db, member)}) is undone.")
            _require_every_rule(visit, members)
        return self.done(visit)

    def _given(
        self, ref: str, day: str | date | None, note: str | None, met: str | date | None, why: str | None
    ) -> Given:
        """What was typed of a correction, understood; raises `Mistyped` for what it lacks."""
        if note is not None and not note.strip():
            raise Mistyped("The corrected words are empty.", 'Give --note "…" some words, or leave it out.')
        if day is None and note is None and met is None:
            raise Mistyped(f"Nothing was given to correct of {ref}.", "Add --on DAY or --note TEXT.")
        reason = required(why, "--why", "A correction") if why or day is not None or note is not None else None
        to = self.past_day(day, "corrected day") if day is not None else None
        return Given(to, note, self.past_day(met, "day of the meeting") if met is not None else None, reason)

    def _correct_review(self, visit: Visit, review: Review, given: Given) -> None:
        item = visit.items.by_id(review.item_id)
        if given.met is not None:
            _record_meeting(visit, item, review, given.met, given.why)
        review.corrected_why = given.why or review.corrected_why
        review.note = verbatim(given.words, "note") or review.note
        if given.to is not None and given.to != review.held_on:
            _object_to_day(item, given.to)
            others = [other for other in visit.reviews.of(item.known_id) if other.id != review.id]
            reviews.move(item, review, given.to, others)
        following = f"; next review {spoken(item.next_review_on)}" if item.next_review_on else ""
        visit.say(f"{review.ref} of {titled(item)} was held on {spoken(review.held_on)}{met_told(review)}{following}.")

    def _correct_note(self, visit: Visit, note: Note, given: Given) -> None:
        note.corrected_why = given.why
        note.text = verbatim(given.words, "note") or note.text
        note.noted_on = given.to or note.noted_on
        item = visit.items.by_id(note.item_id)
        visit.say(f"{note.ref} of {titled(item)} is corrected, {spoken(note.noted_on)}.")

    def _correct_evidence(self, visit: Visit, evidence: Evidence, given: Given) -> None:
        evidence.corrected_why = given.why
        evidence.title = clean_line(given.words, "title") if given.words else evidence.title
        evidence.received_on = given.to or evidence.received_on
        visit.say(f"{evidence.ref} “{evidence.title}” was received on {spoken(evidence.received_on)}.")


def _record_meeting(visit: Visit, item: Item, review: Review, met: date, why: str | None) -> None:
    """The owner was met on that day to support; raises `Refused` where the review asked for no support."""
    if review.outcome != Outcome.SUPPORT_NEEDED and review.met_on is None:
        raise Refused(
            f"{review.ref} came to {in_words(review.outcome)}: the meeting with the owner is of one that came to "
            "support needed.",
            f'Leave --met out; recreg note {item.ref} "…" keeps what was said.',
        )
    if review.met_on and review.met_on != met:
        required(why, "--why", f"Another day of the meeting than {spoken(review.met_on)}")
    owner = visit.people.by_id(item.owner_id).name if item.owner_id else "the owner"
    review.met_with, review.met_on = review.met_with or owner, met


def _object_to_day(item: Item, to: date) -> None:
    """Raise `Refused` for a review of a day when the item was not there yet."""
    if to < item.added_on:
        raise Refused(
            f"{item.ref} was added on {spoken(item.added_on)}, so no review of it was held on {spoken(to)}.",
            "Give --on a day from then on.",
        )


_TOUCHED = "SELECT DISTINCT noun, row FROM change WHERE changeset = ? AND noun IN ('item', 'inspection')"


def _touched_items(visit: Visit, member: int) -> list[Item]:
    rows = [row for noun, row in visit.db.execute(_TOUCHED, (member,)) if noun == "item"]
    found = (visit.session.get(Item, row) for row in rows)
    return [item for item in found if item is not None and not item.withdrawn_on]


def _settle_deadlines(visit: Visit, member: int) -> None:
    """After rows were put back: deadlines follow the publication days as they are now."""
    for noun, row in visit.db.execute(_TOUCHED, (member,)).fetchall():
        if noun == "inspection" and (inspection := visit.session.get(Inspection, row)):
            follow_publication(visit, inspection)
    for item in _touched_items(visit, member):
        settle_deadline(item, visit.inspections.by_id(item.inspection_id) if item.inspection_id else None)
    visit.session.flush()


def _require_every_rule(visit: Visit, members: list[int]) -> None:
    """Once all is put back, numbers and families must still hold."""
    objections = Objections()
    for member in members:
        for item in _touched_items(visit, member):
            object_to_numbers(visit, item, objections)
            object_to_family(visit, item, objections)
            object_to_childrens_numbers(visit, item, objections)
    objections.settle()
