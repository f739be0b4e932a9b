"""What is due on which day, for a calendar: the rows of `recreg overdue`, and what is due no longer.

Nothing of it depends on today: the same register gives the same events.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from recreg.domain.vocabulary import Clock, Status
from recreg.questions import answer
from recreg.questions.dossier import marking
from recreg.questions.identity import identity
from recreg.questions.no_longer_due import DAYS, Whose, no_longer_due
from recreg.questions.overdue import overdue
from recreg.store import references

Row = dict[str, Any]
#: The clocks of an item, and the one of an inspection's report.
CLOCKS = (Clock.REVIEW, Clock.TARGET, Clock.DEADLINE, Clock.PCC)
#: With what letter a row is told from others in a calendar; it is never given to another row.
_LETTERS = {"item": "R", "inspection": "I"}


@dataclass(frozen=True)
class Event:
    """A day of one clock of one row, and the newest entry of the log that it rests on."""

    uid: str
    clock: Clock
    on: date
    changeset: int
    changed_at: datetime
    row: Row
    is_gone: bool = False


@dataclass(frozen=True)
class Diary:
    """The events, whose they are where some were chosen, and the register's marking and newest entry."""

    events: list[Event]
    whose: list[str]
    marking: str
    changeset: int


def statements() -> dict[str, Any]:
    """What an event rests on, and when it was recorded, by the names of their SQL files."""
    from sqlalchemy import func
    from sqlmodel import col

    from recreg.domain.changes import Change, Changeset
    from recreg.domain.models import Inspection, Item
    from recreg.questions.selects import among, select_of

    def newest(noun: str, row: Any) -> Any:
        written = select_of(func.max(col(Change.changeset))).where(col(Change.noun) == noun, col(Change.row) == row)
        return func.coalesce(written.scalar_subquery(), 0)

    rests_on = func.max(newest("item", Item.id), newest("person", Item.owner_id), newest("board", Item.board_id))
    items = select_of(Item.id, Item.ref, Item.target_on, Item.original_target_on, Item.times_deferred,
                      Item.deadline_words, Item.deadline_precision, rests_on.label("changeset"))  # fmt: skip
    inspections = select_of(
        Inspection.id, col(Inspection.code).label("ref"), newest("inspection", Inspection.id).label("changeset")
    )
    return {
        "calendar_items": items.where(among(col(Item.ref), "refs")),
        "calendar_inspections": inspections.where(among(col(Inspection.code), "refs")),
        "calendar_entries": select_of(Changeset.number, Changeset.at).where(among(col(Changeset.number), "numbers")),
    }


def calendar(
    db: sqlite3.Connection,
    *,
    today: date,
    clocks: tuple[Clock, ...] = CLOCKS,
    owner: tuple[str, ...] = (),
    board: tuple[str, ...] = (),
    portfolio: tuple[str, ...] = (),
) -> Diary:
    """Every day on which something open, ours and not with HMICFRS is due, however far away.

    What an earlier calendar of the same choice held and this one does not is an event that is gone.
    """
    meant = {noun: [references.name_meant(db, noun, name) for name in names]
             for noun, names in (("person", owner), ("board", board), ("portfolio", portfolio))}  # fmt: skip
    rows = [
        row
        for clock in clocks
        for row in overdue(db, today=today, clock=clock, until=date.max, owner=owner, board=board, portfolio=portfolio)
        if row["status"] != Status.SUBMITTED
    ]
    events = _due(db, rows)
    whose = Whose(*({number for number, _ in meant[noun]} for noun in ("person", "board", "portfolio")))
    events += _gone(db, clocks, whose, {event.uid for event in events})
    (newest,) = db.execute("SELECT max(number) FROM changeset").fetchone()
    names = [name for found in meant.values() for _, name in found]
    return Diary(sorted(events, key=_by_day), names, marking(db), newest)


def _due(db: sqlite3.Connection, rows: list[Row]) -> list[Event]:
    """The rows as events, each on the day that its clock stands at now: of a target that is the one moved to."""
    kept = {noun: {each["ref"]: each for each in answer(db, f"calendar_{noun}s", refs=_refs(rows, noun))}
            for noun in _LETTERS}  # fmt: skip
    told = [row | kept[_noun(row)][row["ref"]] for row in rows]
    at = _recorded(db, {row["changeset"] for row in told})
    of = identity(db)
    return [
        Event(
            _uid(_noun(row), row["id"], row["clock"], of), Clock(row["clock"]), _day(row), row["changeset"],
            at[row["changeset"]], row,
        )
        for row in told
    ]  # fmt: skip


def _gone(db: sqlite3.Connection, clocks: tuple[Clock, ...], whose: Whose, still: set[str]) -> list[Event]:
    """What is due no longer, as events that say so and hold nothing of the row but its references."""
    of = identity(db)
    found = {_uid(gone.noun, gone.row, gone.clock, of): gone for gone in no_longer_due(db, clocks, whose)}
    at = _recorded(db, {gone.changeset for gone in found.values()})
    return [
        Event(uid, gone.clock, gone.on, gone.changeset, at[gone.changeset], gone.references, is_gone=True)
        for uid, gone in found.items()
        if uid not in still
    ]


def _refs(rows: list[Row], noun: str) -> list[str]:
    return sorted({row["ref"] for row in rows if _noun(row) == noun})


def _noun(row: Row) -> str:
    return DAYS[Clock(row["clock"])].noun


def _day(row: Row) -> date:
    return date.fromisoformat(row["target_on"] if row["clock"] == Clock.TARGET else row["due_on"])


def _recorded(db: sqlite3.Connection, numbers: set[int]) -> dict[int, datetime]:
    """When these entries of the log were recorded."""
    found = answer(db, "calendar_entries", numbers=sorted(numbers))
    return {row["number"]: datetime.fromisoformat(row["at"]) for row in found}


def _uid(noun: str, row: int, clock: str, of: str) -> str:
    return f"{_LETTERS[noun]}-{row:04d}-{clock}-{of}@recreg"


def _by_day(event: Event) -> tuple[Any, ...]:
    return (event.is_gone, event.on, event.uid)
