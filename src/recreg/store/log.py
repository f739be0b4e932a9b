"""The log: every act is a changeset, chained by its hash to the one before.

The triggers write the changes under the next number; `seal` writes the changeset's own row last,
with a hash over the digests of its changes. Nothing is ever updated.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from recreg.store.triggers import digest, framed


class Act(NamedTuple):
    """Who did what, and the day it takes effect."""

    command: str
    by: str
    effective_on: date
    part_of: int | None = None
    undoes: int | None = None


#: A digest that is not its change's, as by another SQLite's reading of the triggers, shows in the first of them;
#: `recreg log verify` looks at every one.
_CHECKED = 1_000


def next_number(db: sqlite3.Connection) -> int:
    """The number that the changes written now are kept under."""
    (number,) = db.execute("SELECT coalesce(max(number), 0) + 1 FROM changeset").fetchone()
    return int(number)


def head(db: sqlite3.Connection) -> tuple[int, str]:
    """The number and hash of the newest changeset; (0, "") for an empty log."""
    row = db.execute("SELECT number, hash FROM changeset ORDER BY number DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def hash_of(db: sqlite3.Connection, number: int) -> str | None:
    """The hash of a changeset; None where there is none of that number."""
    found = db.execute("SELECT hash FROM changeset WHERE number = ?", (number,)).fetchone()
    return str(found[0]) if found else None


def has_pending(db: sqlite3.Connection) -> bool:
    """Whether anything was changed since the last changeset was sealed."""
    return bool(db.execute("SELECT 1 FROM change WHERE changeset = ? LIMIT 1", (next_number(db),)).fetchone())


def seal(db: sqlite3.Connection, act: Act) -> int | None:
    """Write the changeset of what was just changed and return its number; None if nothing was.

    The changes are read back, and the first thousand checked against their digests: what is sealed is
    what the file holds, not what was meant.
    """
    previous, number = head(db)[1], next_number(db)
    if not has_pending(db):
        return None
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    on = act.effective_on.isoformat()
    digests = _checked_digests(db, number)
    hashed = changeset_hash(previous, number, at, on, act.by, act.command, act.part_of, act.undoes, digests)
    db.execute(
        "INSERT INTO changeset (number, at, effective_on, by_whom, command, part_of, undoes, previous_hash, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, at, on, act.by, act.command, act.part_of, act.undoes, previous, hashed),
    )
    return number


def changeset_hash(
    previous: str,
    number: int,
    at: str,
    on: str,
    by: str,
    command: str,
    part_of: int | None,
    undoes: int | None,
    digests: Iterable[bytes],
) -> str:
    """SHA-256, in hex, over all that a changeset says and the digests of its changes in order."""
    import hashlib

    hasher = hashlib.sha256(framed(previous, number, at, on, by, command, part_of, undoes))
    for change in digests:
        hasher.update(change)
    return hasher.hexdigest()


def _checked_digests(db: sqlite3.Connection, number: int) -> Iterator[bytes]:
    told = "SELECT digest, salt, changeset, noun, row, before, after FROM change WHERE changeset = ? ORDER BY id"
    for kept, *change in db.execute(f"{told} LIMIT {_CHECKED}", (number,)):
        if digest(*change) != kept:
            raise sqlite3.DatabaseError("database disk image is malformed: a change does not match its digest")
        yield kept
    rest = db.execute(
        f"SELECT digest FROM change WHERE changeset = ? ORDER BY id LIMIT -1 OFFSET {_CHECKED}", (number,)
    )
    while many := rest.fetchmany(_CHECKED):
        yield b"".join([kept for (kept,) in many])
