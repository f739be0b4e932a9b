"""Registers of any size, made by recreg's own connection: every row is logged as any other."""

import sqlite3
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path

from timing import RECREG

from recreg.store.file import connect_for_writing
from recreg.store.log import Act, seal
from recreg.store.triggers import allow_writing

TODAY = date.today()  # noqa: DTZ011 - any day up to today will do
TEXT = (
    "Chief constables should make sure that every victim is asked what they need, that the answer is written "
    "down in the file, and that a supervisor looks at it each month and says what follows from it for the force."
)


def typed(register: Path, *words: object) -> None:
    """Type a command; it must be taken."""
    subprocess.run([RECREG, "--register", register, *map(str, words)], check=True, capture_output=True)


def filled(register: Path, items: int, *, overdue: int | None = None, changes: int = 0) -> Path:
    """A register of so many items, of which so many have a review overdue (all, unless given).

    ``changes`` are further entries of the log: ratings and notes, a thousand to an act, a year back and since.
    """
    typed(register, "init")
    typed(
        register,
        "inspection",
        "add",
        "A-2019",
        "--title",
        "A report",
        "--type",
        "thematic",
        "--published",
        "2019-07-17",
    )
    with closing(connect_for_writing(register)) as db:
        allow_writing(db)
        _act(db, "add", _people)
        _act(
            db,
            "add",
            lambda: _items(db, items, items if overdue is None else overdue),
            TODAY.replace(year=TODAY.year - 2),
        )
        for turn in range(0, changes, 1_000):
            _act(
                db, "rag", lambda turn=turn: _changes(db, items, turn, min(1_000, changes - turn)), _day(turn, changes)
            )
    return register


def _act(db: sqlite3.Connection, command: str, write: object, on: date = TODAY) -> None:
    db.execute("BEGIN IMMEDIATE")
    write(db) if write is _people else write()  # type: ignore[operator]
    seal(db, Act(command, "Benchmark", on))
    db.execute("COMMIT")


def _people(db: sqlite3.Connection) -> None:
    people = [(f"Head of Unit {n}", f"head of unit {n}") for n in range(1, 41)]
    db.executemany("INSERT INTO person (name, name_key) VALUES (?, ?)", people)
    db.execute("INSERT INTO board (name, name_key) VALUES ('Vulnerability Board', 'vulnerability board')")


def _items(db: sqlite3.Connection, items: int, overdue: int) -> None:
    """Every item has its own words; reviews fall due in years to come, but for those that are overdue."""
    db.execute(
        "WITH RECURSIVE turn (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < ?1) "
        "INSERT INTO item (hmicfrs_ref, kind, inspection_id, number, title, text, owner_id, board_id, rag, rag_why, "
        "review_anchor_on, next_review_on, added_on) "
        "SELECT 10000000 + n, 'recommendation', 1, n, 'Title ' || n, ?2 || ' ' || n, 1 + n % 40, 1, 'amber', "
        "'at risk', '2023-01-31', "
        "CASE WHEN n <= ?3 THEN '2024-01-31' ELSE date('2090-01-01', (n % 3000) || ' days') END, '2023-01-31' "
        "FROM turn",
        (items, TEXT, overdue),
    )


def _changes(db: sqlite3.Connection, items: int, turn: int, count: int) -> None:
    """Half of them ratings of items, half of them notes."""
    rated = [
        (("red", "green", "amber")[(turn + n) % 3], f"turn {turn + n}", 1 + (turn + 7 * n) % items)
        for n in range(count // 2)
    ]
    db.executemany("UPDATE item SET rag = ?, rag_why = ? WHERE id = ?", rated)
    noted = [
        (1 + (turn + 11 * n) % items, f"An update of the owner's, number {turn + n}. {TEXT}")
        for n in range(count - count // 2)
    ]
    db.executemany("INSERT INTO note (item_id, noted_on, text) VALUES (?, '2024-01-31', ?)", noted)


def _day(turn: int, changes: int) -> date:
    """Over the last two years, evenly."""
    return date.fromordinal(TODAY.toordinal() - 730 + 730 * turn // max(changes, 1))
