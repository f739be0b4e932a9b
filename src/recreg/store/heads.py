"""Ends of the log that were noted elsewhere, which no edit of the register alone can reach.

A chain of hashes cannot see that its own end was cut off, nor that all of it was written anew. A
number and hash that stand on paper, or in a backup, can.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recreg.errors import Mistyped
from recreg.store.backup import head_of
from recreg.store.backups_there import beside
from recreg.store.log import hash_of

_TYPED = re.compile(r"(?P<number>\d{1,18})/(?P<hash>[0-9a-f]{8,64})", re.IGNORECASE)
#: How much of a hash is printed: enough that no other can be found for it.
PRINTED = 16


@dataclass(frozen=True)
class Head:
    """The number and hash of a changeset, or the beginning of its hash, and where they were noted."""

    number: int
    hash: str
    where: str


def printed(head: tuple[int, str]) -> str:
    """A head as papers and backups print it: 312/5e8c0a1f9b2d4477."""
    number, whole = head
    return f"{number}/{whole[:PRINTED]}"


def understood(typed: str) -> Head:
    """The head that was typed as N/HASH; raises `Mistyped` where it is none."""
    found = _TYPED.fullmatch(typed.strip())
    if not found or not int(found["number"]):
        hint = "Type it as it was printed, the number and 8 or more characters of the hash: 312/5e8c0a1f9b2d4477."
        raise Mistyped(f"“{typed}” is not the head of a log.", hint)
    return Head(int(found["number"]), found["hash"].lower(), f"the head {typed.strip()}")


def known_heads(db: sqlite3.Connection, register: Path) -> Iterator[Head]:
    """The heads that the backups beside the register and the final papers rest on."""
    for backup in beside(register):
        if found := head_of(backup):
            yield Head(*found, f"the backup {backup.name}")
    for name, number, whole in db.execute(
        "SELECT name, final_changeset, final_hash FROM meeting WHERE final_hash IS NOT NULL ORDER BY id"
    ):
        yield Head(number, whole, f"the final paper of “{name}”")


def not_in_the_log(db: sqlite3.Connection, heads: list[Head]) -> Iterator[tuple[Head, str]]:
    """Each head that the log does not hold, and that no restoring of a backup accounts for, with what that means."""
    (newest,) = db.execute("SELECT coalesce(max(number), 0) FROM changeset").fetchone()
    replaced = db.execute(
        "SELECT replaced_changeset, replaced_hash FROM restoration WHERE replaced_hash IS NOT NULL"
    ).fetchall()
    for head in heads:
        found = hash_of(db, head.number)
        if found is not None and found.startswith(head.hash):
            continue
        if any(gone == head.number and whole.startswith(head.hash) for gone, whole in replaced):
            continue
        if found is None:
            yield head, f"the log ends at {newest}, so that {head.number - newest} or more changesets are gone"
        else:
            yield head, f"the log has another changeset {head.number}, so that it was written anew since"
