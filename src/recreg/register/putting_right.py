"""Acts that put right what was recorded: `correct` a review, note or evidence; `undo` any act."""

from datetime import date

from recreg.domain import reviews
from recreg.domain.dates import spoken
from recreg.domain.models import Evidence, Inspection, Item, Note, Review
from recreg.domain.text import clean_line
from recreg.errors import Mistyped, Objections
from recreg.register.acts import Acts, Done, required, titled, verbatim
from recreg.register.fields import object_to_family, object_to_numbers, settle_deadline
from recreg.register.names import follow_publication
from recreg.store import undo
from recreg.store.days import born_on
from recreg.store.references import row_meant
from recreg.store.visit import Visit


class PuttingRight(Acts):
    """Both take effect on the day of what they put right, and both stay in the log."""

    def correct(self, ref: str, *, why: str | None, day: str | date | None = None, note: str | None = None) -> Done:
        """Put right the day or the words of a review or a note, or the day of receipt or title of evidence.

        A corrected last review moves the next one.
        """
        reason = required(why, "--why", "A correction")
        if day is None and note is None:
            raise Mistyped(f"Nothing was given to correct of {ref}.", "Add --on DAY or --note TEXT.")
        to = self.past_day(day, "corrected day") if day is not None else None
        with self.visit("correct") as visit:
            noun, number = row_meant(visit.db, ref, "review", "note", "evidence")
            if noun == "review":
                self._correct_review(visit, visit.reviews.by_id(number), to, note, reason)
            elif noun == "note":
                self._correct_note(visit, visit.notes.by_id(number), to, note, reason)
            else:
                self._correct_evidence(visit, visit.evidence.by_id(number), to, note, reason)
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
            for member in undo.members(visit.db, number):
                undo.reverse(visit.db, member)
                visit.session.expire_all()
                _settle_what_rests_on(visit, visit.db.execute(_TOUCHED, (member,)).fetchall())
                day = undo.effective_day(visit.db, member)
                visit.seal(on=date.fromisoformat(day), undoes=member)
                (command,) = visit.db.execute("SELECT command FROM changeset WHERE number = ?", (member,)).fetchone()
                visit.say(f"Changeset {member} ({command}) is undone.")
        return self.done(visit)

    def _correct_review(self, visit: Visit, review: Review, to: date | None, note: str | None, why: str) -> None:
        item = visit.items.by_id(review.item_id)
        review.corrected_why = why
        review.note = verbatim(note, "note") or review.note
        if to is not None and to != review.held_on:
            was, review.held_on = review.held_on, to
            latest = visit.reviews.of(item.known_id)[-1]
            last = item.last_review_on
            if last == was or last is None or latest.held_on > last:
                reviews.moved(item, last or was, latest.held_on, kept_schedule=latest.kept_schedule)
        following = f"; next review {spoken(item.next_review_on)}" if item.next_review_on else ""
        visit.say(f"{review.ref} of {titled(item)} was held on {spoken(review.held_on)}{following}.")

    def _correct_note(self, visit: Visit, note: Note, to: date | None, text: str | None, why: str) -> None:
        note.corrected_why = why
        note.text = verbatim(text, "note") or note.text
        note.noted_on = to or note.noted_on
        item = visit.items.by_id(note.item_id)
        visit.say(f"{note.ref} of {titled(item)} is corrected, {spoken(note.noted_on)}.")

    def _correct_evidence(self, visit: Visit, evidence: Evidence, to: date | None, title: str | None, why: str) -> None:
        evidence.corrected_why = why
        evidence.title = clean_line(title, "title") if title else evidence.title
        evidence.received_on = to or evidence.received_on
        visit.say(f"{evidence.ref} “{evidence.title}” was received on {spoken(evidence.received_on)}.")


_TOUCHED = "SELECT DISTINCT noun, row FROM change WHERE changeset = ? AND noun IN ('item', 'inspection')"


def _settle_what_rests_on(visit: Visit, touched: list[tuple[str, int]]) -> None:
    """After rows were put back: deadlines follow publication, and numbers and families must still hold."""
    objections = Objections()
    for noun, row in touched:
        if noun == "inspection" and (inspection := visit.session.get(Inspection, row)):
            follow_publication(visit, inspection)
        if noun == "item" and (item := visit.session.get(Item, row)):
            _settle_item(visit, item, objections)
    objections.settle()
    visit.session.flush()


def _settle_item(visit: Visit, item: Item, objections: Objections) -> None:
    if item.withdrawn_on:
        return
    object_to_numbers(visit, item, objections)
    object_to_family(visit, item, objections)
    settle_deadline(item, visit.inspections.by_id(item.inspection_id) if item.inspection_id else None)
