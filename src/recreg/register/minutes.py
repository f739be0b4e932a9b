"""The act that takes a board's sheet back: every row or none, as one changeset."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from recreg.domain.dates import spoken
from recreg.domain.models import Item
from recreg.domain.text import clean, short_title
from recreg.domain.vocabulary import Outcome, Rag, counted, word
from recreg.errors import Mistyped, RecregError, Refused
from recreg.register.acts import Done, titled, verbatim
from recreg.register.meant import Minute, at, item_of, told
from recreg.register.progress import ProgressActs
from recreg.store.days import adding_of
from recreg.store.visit import Visit


class MinuteActs(ProgressActs):
    """What a board decided, taken over by the very acts that an officer would type."""

    def minute(self, rows: Sequence[Minute]) -> Done:
        """Take a filled sheet: reviews, notes and ratings; what was taken already, on whatever day, is left out.

        Raises `Refused` naming everything that is wrong with any of the rows.
        """
        with self.visit("minute") as visit:
            faults: list[str] = []
            met: dict[int, Minute] = {}
            done: Counter[str] = Counter()
            taken = [item.ref or "" for row in rows if (item := self._taken(visit, row, met, faults, done))]
            if faults:
                raise Refused(faults, "Put it right in the sheet and type it again: nothing was taken.")
            if taken:
                parts = ", ".join(counted(number, noun) for noun, number in sorted(done.items(), reverse=True))
                visit.say(f"{counted(len(taken), 'row')} with effect from {spoken(visit.on)}: {parts}.")
        return self.done(visit, taken)

    def _taken(
        self, visit: Visit, row: Minute, met: dict[int, Minute], faults: list[str], done: Counter[str]
    ) -> Item | None:
        """The item of a row from which something was taken."""
        item, found = item_of(visit, row, met, "minuted")
        found += wrong_in(row)
        said, parts = len(visit.said), list[str]()
        if item is not None and not found:
            try:
                parts = self._done(visit, item, row)
            except RecregError as error:
                found.append(told(row, "Reference", row.ref, error))
        faults += found
        if item is not None and not found:
            _say_of_row(visit, row, parts, said)
        done.update(parts)
        return item if parts else None

    def _done(self, visit: Visit, item: Item, row: Minute) -> list[str]:
        """Do what a row says, each part of it by its own act, but for what was taken already; what was done."""
        ref, rated = str(item.ref), bool(row.rag) and not _is_rated(item, row)
        part, taken_on = ("review", _held_on) if row.outcome else ("note", _noted_on)
        already = taken_on(visit, item, row) if row.position else None
        if row.outcome and not already:
            self.review(
                [ref], outcome=row.outcome, note=row.position, rag=row.rag or None, why=row.why or None, alone=True
            )
            return ["review", "rating"] if rated else ["review"]
        done = []
        if row.position and not already:
            self.note([ref], row.position)
            done.append("note")
        if rated:
            self.rag(row.rag, [ref], why=row.why)
            done.append("rating")
        _say_what_stood(visit, item, part, already, done)
        return done


def wrong_in(row: Minute) -> list[str]:
    """What is wrong with a row whatever the register holds."""
    found = list(row.faults)
    for column, typed, understand in (
        ("Outcome", row.outcome, lambda text: word(Outcome, text, "review outcome")),
        ("Position", row.position, lambda text: clean(text, "position")),
        ("RAG", row.rag, lambda text: word(Rag, text, "RAG rating")),
        ("Why", row.why, lambda text: clean(text, "reason")),
    ):
        found += _misunderstood(row, column, typed, understand)
    return found if row.faults else found + _half_filled(row)


def _misunderstood(row: Minute, column: str, typed: str, understand: Callable[[str], object]) -> list[str]:
    try:
        if typed:
            understand(typed)
    except Mistyped as error:
        return [told(row, column, typed, error)]
    return []


def _half_filled(row: Minute) -> list[str]:
    """What one answer asks of another."""
    needed = (
        (row.outcome and not row.position, f"{at(row, 'Outcome', row.outcome)} it needs a Position: what was said."),
        (row.rag and not row.why, f"{at(row, 'RAG', row.rag)} it needs a Why: the reason of the rating."),
        (row.why and not row.rag, f"{at(row, 'Why', row.why)} it needs a RAG: the rating that it is the reason of."),
    )
    return [sentence for is_so, sentence in needed if is_so]


def _held_on(visit: Visit, item: Item, row: Minute) -> date | None:
    """The day of the very review, the newest or one of this day; raises `Refused` where another of this day is."""
    reviews = visit.reviews.of(item.known_id)
    held = [review for review in reviews if review.held_on == visit.on]
    wanted = (word(Outcome, row.outcome, "review outcome"), verbatim(row.position, "position"))
    taken = [review for review in reviews[-1:] if since_drawn(visit, "review", review.known_id, row)]
    for review in taken + held:
        if (review.outcome, review.note) == wanted:
            return review.held_on
    if held:
        raise Refused(
            f"{item.ref} has a review of {spoken(visit.on)} already, {held[-1].ref}, with another outcome or note.",
            f"Put that one right with recreg correct {held[-1].ref}, or leave Outcome empty to add a note.",
        )
    return None


def _noted_on(visit: Visit, item: Item, row: Minute) -> date | None:
    """The day of the very note, the newest or one of this day."""
    words, notes = verbatim(row.position, "position"), visit.notes.of(item.known_id)
    taken = [note for note in notes[-1:] if since_drawn(visit, "note", note.known_id, row)]
    near = taken + [note for note in notes if note.noted_on == visit.on]
    return next((note.noted_on for note in near if note.text == words), None)


def since_drawn(visit: Visit, noun: str, number: int, row: Minute) -> bool:
    """Whether something was recorded after the sheet was written, so that it may be what the sheet says."""
    return row.drawn_at is not None and adding_of(visit.db, noun, number) > row.drawn_at


def _is_rated(item: Item, row: Minute) -> bool:
    return (item.rag, item.rag_why) == (word(Rag, row.rag, "RAG rating"), clean(row.why, "reason").strip())


def _say_what_stood(visit: Visit, item: Item, part: str, already: date | None, done: list[str]) -> None:
    """Say what of a row was taken before, and on which day."""
    if already and done:
        visit.say(f"its {part} was taken on {spoken(already)} already.")
    elif already:
        visit.say(f"{titled(item)} was taken on {spoken(already)} already, and is left out.")
    elif not done:
        visit.say(f"{titled(item)} stands so already, and is left out.")


def _say_of_row(visit: Visit, row: Minute, parts: list[str], said: int) -> None:
    """Let what was said of a row begin with its number, and say the words that it recorded."""
    told = visit.said[said:]
    words = f" “{short_title(row.position)}”" if {"review", "note"} & set(parts) else ""
    visit.said[said:] = [f"Row {row.number}: {told[0]}{words}", *(f"Row {row.number}: {more}" for more in told[1:])]
