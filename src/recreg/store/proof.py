"""What the register file itself can be held against: SQLite's own checks, its triggers, its chain, its history."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from recreg.domain.cells import field_shown
from recreg.domain.dates import spoken
from recreg.store import triggers
from recreg.store.called import called
from recreg.store.file import SCHEMA_NUMBER
from recreg.store.verify import broken_links, strays

#: What is raised by a file that holds what recreg never wrote.
UNREADABLE = (sqlite3.DatabaseError, ValueError, TypeError, LookupError, AttributeError, OverflowError)
_LAST = "SELECT CAST(max(changeset) AS INTEGER) FROM change WHERE noun = ? AND row = ?"
_RESTORE = "recreg restore FILE puts the last good backup back."
_WHO = "Ask who else writes to the file; recreg restore FILE puts the last good backup back."


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was recorded: what was held against what, the changeset, a sentence, the cure."""

    what: str
    message: str
    cure: str
    changeset: int | None = None
    ref: str | None = None


def faults(db: sqlite3.Connection) -> Iterator[Fault]:
    """Everything in the file that is not as recreg left it, the chain's first changeset first.

    What cannot even be read is a fault too, and ends that part of the proof only.
    """
    told: set[Fault] = set()
    for part in (_file, _pointers, trigger_faults, _chain, _history, _numbers):
        for fault in _read(part, db):
            if fault not in told:
                told.add(fault)
                yield fault


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether nothing is the matter with the file."""
    return next(faults(db), None) is None


def damage(db: sqlite3.Connection) -> Iterator[Fault]:
    """What SQLite's own checks find."""
    yield from _read(_file, db)
    yield from _read(_pointers, db)


def schema_hash(db: sqlite3.Connection) -> str:
    """SHA-256, in hex, of the text of every table, index and view; the triggers are told by the tables."""
    hasher = hashlib.sha256()
    for row in db.execute(
        "SELECT type, name, sql FROM main.sqlite_master WHERE type <> 'trigger' AND name NOT LIKE 'sqlite_stat%' "
        "ORDER BY type, name"  # What SQLite counted for its own use is no table of ours, and says nothing.
    ):
        hasher.update(triggers.framed(*row))
    return hasher.hexdigest()


def _read(part: Callable[[sqlite3.Connection], Iterator[Fault]], db: sqlite3.Connection) -> Iterator[Fault]:
    try:
        yield from part(db)
    except UNREADABLE as error:
        yield unreadable(error)


def unreadable(error: Exception) -> Fault:
    """The fault that what cannot be read is; raises the error where it is only that somebody else is writing."""
    if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        raise error
    return Fault("file", f"The file cannot be read to its end ({type(error).__name__}).", _RESTORE)


def _file(db: sqlite3.Connection) -> Iterator[Fault]:
    for (said,) in db.execute("PRAGMA integrity_check").fetchall():
        if said != "ok":
            yield Fault("file", f"SQLite finds damage: {said}.", _RESTORE)


def _pointers(db: sqlite3.Connection) -> Iterator[Fault]:
    for table, row, other, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        yield Fault("file", f"Row {row} of the table {table} points at a row of {other} that is not there.", _RESTORE)


def trigger_faults(db: sqlite3.Connection) -> Iterator[Fault]:
    """The triggers that write and guard the log, and the tables they stand on, are as recreg makes them."""
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    if schema < SCHEMA_NUMBER:
        return  # An older register: another recreg wrote its triggers, and a migration writes them anew.
    held = {sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    wanted = set(triggers.generated(db))
    if held != wanted:
        said = (
            f"{len(wanted - held)} triggers of the log are missing or changed, {len(held - wanted)} are not recreg's."
        )
        yield Fault("triggers", said, "recreg doctor --fix writes them anew; ask who else writes to the file.")
    kept = dict(db.execute("SELECT name, value FROM setting WHERE name IN ('schema', 'schema_sha256')"))
    if kept.get("schema_sha256") != schema_hash(db):
        yield Fault("triggers", "The tables themselves are not as recreg made them.", _WHO)
    if db.execute("SELECT version_num FROM alembic_version").fetchall() != [(kept.get("schema"),)]:
        yield Fault("triggers", "The number of the last migration is not the one that recreg noted.", _WHO)


def _chain(db: sqlite3.Connection) -> Iterator[Fault]:
    for number, wrong in broken_links(db):
        yield Fault("chain", f"Changeset {number} {wrong}.", _WHO, changeset=number)


def _history(db: sqlite3.Connection) -> Iterator[Fault]:
    """The tables hold what the log says; no value is told, since cron mails what is found."""
    for (noun, row), fields in strays(db).items():
        last = db.execute(_LAST, (noun, row)).fetchone()[0]
        names = ", ".join(sorted(map(field_shown, fields)))
        said = f"{called(db, noun, row)} is not what the log says: {names}."
        yield Fault("history", said, _WHO, changeset=last, ref=own_ref(noun, row))


def _numbers(db: sqlite3.Connection) -> Iterator[Fault]:
    """No number that a row ever had will be given again."""
    last = dict(db.execute("SELECT name, seq FROM sqlite_sequence"))
    for noun, most in db.execute("SELECT noun, max(row) FROM change GROUP BY noun ORDER BY noun").fetchall():
        if last.get(noun, 0) < most:
            said = f"The count of {noun} rows was set back: numbers up to {most} would be given a second time."
            yield Fault("history", said, _WHO)


def own_ref(noun: str, row: int) -> str | None:
    """The reference of an item, a review, a note or a piece of evidence; None for other rows."""
    letter = {"item": "R", "review": "V", "note": "N", "evidence": "E"}.get(noun)
    return f"{letter}-{row:04d}" if letter else None


def day_of(stamp: str) -> str:
    """The day of a stamp in the log, as a sentence says it; what another program wrote in its place, as it is."""
    try:
        return spoken(date.fromisoformat(stamp[:10]))
    except ValueError:
        return stamp
