"""The register as it stood: TEMP tables in front of the real ones, on a connection that only reads.

The names of TEMP tables win over those of the file, so that every question runs unchanged, for any
day. What was recorded later, or takes effect later, is taken back from the log, newest first: the
oldest value before wins. The log itself is shown as far as it went then.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from recreg.domain.cells import ALWAYS_THERE
from recreg.errors import NotFound
from recreg.store.days import cancelled_among
from recreg.store.triggers import logged_tables


@dataclass(frozen=True)
class Moment:
    """Which register is asked for: as it stood at the end of a day, as recorded up to a changeset; None is now."""

    day: date | None = None
    number: int | None = None

    @property
    def is_now(self) -> bool:
        """Whether nothing is to be taken back."""
        return self.day is None and self.number is None


@dataclass
class _Then:
    """What a row was: the cells that were otherwise, or all of them where it has gone since; or not there yet."""

    cells: dict[str, Any]
    whole: bool = False
    absent: bool = False


_Rows = dict[str, dict[int, _Then]]


def rewind(db: sqlite3.Connection, moment: Moment) -> None:
    """Show this connection the register of that moment; the file is not touched.

    Without ``number`` it is the register as it should have been, what was put right since put right;
    with it, what was known. Raises `NotFound` for a changeset that is not there.
    """
    db.execute("PRAGMA query_only = OFF")  # TEMP tables count as writing; the file itself is opened read-only.
    db.execute("PRAGMA ignore_check_constraints = ON")
    rows: _Rows = {}
    if moment.number is not None:
        _must_be_recorded(db, moment.number)
        _take_back(rows, db, "s.number > ?", moment.number)
    _end_log_at(db, known := f"number <= {moment.number or 'number'}")
    if moment.day is not None:
        _take_back(rows, db, "s.effective_on > ?", moment.day.isoformat(), there=ALWAYS_THERE)
        _end_log_at(db, f"{known} AND effective_on <= '{moment.day.isoformat()}'")
    for table, then in rows.items():
        _stand(db, table, then)
    db.execute("PRAGMA query_only = ON")


def _must_be_recorded(db: sqlite3.Connection, number: int) -> None:
    (newest,) = db.execute("SELECT max(number) FROM changeset").fetchone()
    if not 0 < number <= newest:
        raise NotFound(f"There is no changeset {number}; the newest is {newest}.", "recreg log shows those there are.")


def _take_back(
    rows: _Rows, db: sqlite3.Connection, where: str, value: str | int, there: frozenset[str] = frozenset()
) -> None:
    """Put what the rows were before the changes into ``rows``; the adding of what is always there stays."""
    cancelled = cancelled_among(db, where, (value,))
    for changeset, noun, row, before, removed in db.execute(
        "SELECT c.changeset, c.noun, c.row, c.before, c.after IS NULL "
        f"FROM changeset AS s JOIN change AS c ON c.changeset = s.number WHERE {where} ORDER BY c.id DESC",
        (value,),
    ):
        if changeset in cancelled or (before is None and noun in there):
            continue
        _go_back(rows.setdefault(noun, {}), row, json.loads(before) if before is not None else None, removed=removed)


def _go_back(rows: dict[int, _Then], row: int, before: dict[str, Any] | None, *, removed: bool) -> None:
    if before is None:
        rows[row] = _Then({}, absent=True)
    elif removed:
        rows[row] = _Then(before, whole=True)
    elif row in rows:
        rows[row].cells.update(before)
    else:
        rows[row] = _Then(before)


def _end_log_at(db: sqlite3.Connection, known: str) -> None:
    """Let the log end where it ended then."""
    within = {"changeset": known, "change": f"changeset IN (SELECT number FROM main.changeset WHERE {known})"}
    for table, condition in within.items():
        db.execute(f"DROP VIEW IF EXISTS temp.{table}")
        db.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {condition}")


def _stand(db: sqlite3.Connection, table: str, then: dict[int, _Then]) -> None:
    """Put a table in front of the real one, with its rows as they were."""
    columns = ", ".join(logged_tables(db)[table])
    db.execute(_in_front(db, table))
    db.execute(f"INSERT INTO temp.{table} ({columns}) SELECT {columns} FROM main.{table}")
    db.executemany(f"DELETE FROM temp.{table} WHERE id = ?", [(row,) for row, was in then.items() if was.absent])
    for row, was in then.items():
        if was.whole:
            marks = ", ".join("?" * (len(was.cells) + 1))
            db.execute(f"INSERT INTO temp.{table} (id, {', '.join(was.cells)}) VALUES ({marks})",
                       (row, *was.cells.values()))  # fmt: skip
        elif not was.absent:
            cells = ", ".join(f"{column} = ?" for column in was.cells)
            db.execute(f"UPDATE temp.{table} SET {cells} WHERE id = ?", (*was.cells.values(), row))
    for index in _indexes(db, table):
        db.execute(index)


def _in_front(db: sqlite3.Connection, table: str) -> str:
    """The table's own text, in TEMP, without what may be there once only.

    A name given on may be another's by now: on a day before, both are there.
    """
    (sql,) = db.execute("SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    free = re.sub(r" AUTOINCREMENT|,?\s*CONSTRAINT \w+ UNIQUE(\s*\([^)]*\))?", "", sql)
    return re.sub(rf"CREATE TABLE \"?{table}\"?", f"CREATE TEMP TABLE {table}", free, count=1)


def _indexes(db: sqlite3.Connection, table: str) -> Iterator[str]:
    found = db.execute(
        "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
    )
    for (sql,) in found.fetchall():
        yield re.sub(r"CREATE (?:UNIQUE )?INDEX (\w+)", r"CREATE INDEX temp.\1", sql, count=1)
