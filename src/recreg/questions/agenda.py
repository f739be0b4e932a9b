"""What falls due before a board meets, if nothing happens; what is overdue already is among it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from recreg.domain.dates import days_overdue
from recreg.domain.vocabulary import Clock, Status
from recreg.questions import Answer, answer
from recreg.questions.identity import identity
from recreg.questions.key import key
from recreg.questions.overdue import overdue
from recreg.store import references

#: So much of a last position stands in a table; the other formats have all of it.
SHOWN = 200


@dataclass(frozen=True)
class Particulars:
    """What a sheet says of the register, and which one that is, and of whom it is for: boards, or one owner."""

    marking: str
    boards: list[str]
    colours: Answer
    drawn_at: int
    register: str
    owner: str = ""


def statements() -> dict[str, Any]:
    """Where each item stood last, and the register's marking, by the names of their SQL files."""
    from sqlmodel import col, select

    from recreg.domain.models import Item, Note, Review, Setting
    from recreg.questions.selects import among, is_open, select_of

    def newest(column: Any, row: Any, day: Any) -> Any:
        found = select(column).where(row.item_id == Item.id).order_by(day.desc(), col(row.id).desc()).limit(1)
        return found.correlate(Item).scalar_subquery().label(f"{row.__tablename__}_{column.key}")

    held, noted = col(Review.held_on), col(Note.noted_on)
    there = [newest(held, Review, held), newest(Review.note, Review, held)]
    there += [newest(noted, Note, noted), newest(Note.text, Note, noted)]
    return {
        "last_positions": select_of(Item.ref, *there).where(is_open(), among(col(Item.ref), "items")),
        "marking": select_of(Setting.value).where(Setting.name == "marking"),
    }


def agenda(
    db: sqlite3.Connection,
    *,
    today: date,
    until: date,
    owner: tuple[str, ...] = (),
    board: tuple[str, ...] = (),
    portfolio: tuple[str, ...] = (),
) -> Answer:
    """What falls due up to and including ``until`` on an item's three clocks, by owner, those of nobody last."""
    due = overdue(db, today=today, clock=Clock.ALL, until=until, owner=owner, board=board, portfolio=portfolio)
    stood = _last_positions(db, sorted({row["ref"] for row in due}))
    rows = [
        row
        | {"days_overdue_then": _days_then(row, until)}
        | dict(zip(("last_position_on", "last_position"), stood[row["ref"]], strict=True))
        for row in due
    ]
    return sorted(rows, key=_by_owner)


def particulars(db: sqlite3.Connection, board: Sequence[str]) -> Particulars:
    """The register's marking, the boards as it spells them, each colour in use with its words, and where it stands."""
    (marking,) = [row["value"] for row in answer(db, "marking")] or [""]
    (drawn_at,) = db.execute("SELECT max(number) FROM changeset").fetchone()
    boards = [references.name_meant(db, "board", name)[1] for name in board]
    return Particulars(marking, boards, key(db), drawn_at, identity(db))


def for_people(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a table shows it: of the last position its first line, and of a long line its beginning."""
    line = next(iter((row["last_position"] or "").strip().splitlines()), "")
    return row | {"last_position": line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()}…"}


def _last_positions(db: sqlite3.Connection, refs: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """The newest of each item's last review and last note, with its day; a note of the same day follows the review."""
    stood = {}
    for row in answer(db, "last_positions", items=refs):
        review, note = (row["review_held_on"], row["review_note"]), (row["note_noted_on"], row["note_text"])
        stood[row["ref"]] = note if (note[0] or "") >= (review[0] or "") else review
    return stood


def _days_then(row: dict[str, Any], until: date) -> int | None:
    """How many days overdue it is on the board's day; none ever for what was due immediately.

    Of what is with HMICFRS they stopped when it was submitted.
    """
    late: int | None = row["days_overdue"]
    if late is None or row["status"] == Status.SUBMITTED:
        return late
    return days_overdue(date.fromisoformat(row["due_on"]), until)


def _by_owner(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["owner"] is None, (row["owner"] or "").casefold(), row["due_on"], row["ref"], row["clock"])
