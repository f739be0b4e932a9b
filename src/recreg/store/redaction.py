"""Redaction: words gone from the tables and from every entry of the log, the one exception to its only being added to.

The hash of each entry stays as it was, so that the chain stays whole; its salt goes, so that nobody
can try what the words were. A row of its own says what was redacted, and holds the hash of what is left.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from recreg.domain.redaction import stands_in, without
from recreg.store.guards import unguarded
from recreg.store.log import next_number
from recreg.store.triggers import digest

Cells = dict[str, Any]


def redact(
    db: sqlite3.Connection, noun: str, row: int, fields: tuple[str, ...], words: list[str], why: str
) -> set[str]:
    """Take the words out of these fields of a row, of all it ever held; the fields that held any.

    Nothing is sealed. Without ``words`` all that the fields hold is taken.
    """
    gone = _from_the_table(db, noun, row, fields, words)
    cleaned = [(*entry, [_cleaned(side, fields, words) for side in entry[2:]]) for entry in _entries(db, noun, row)]
    if any(left != [before, after] for _, _, before, after, left in cleaned):
        with _log_may_be_changed(db):
            for change, changeset, before, after, left in cleaned:
                if taken := _differing(before, left[0]) | _differing(after, left[1]):
                    _rewrite(db, change, changeset, noun, row, left, taken, why)
                    gone |= taken
    return gone


def standing_in(db: sqlite3.Connection, words: list[str]) -> list[tuple[str, int]]:
    """The rows whose present or past texts hold any of the words."""
    found: set[tuple[str, int]] = set()
    for noun, row, *sides in db.execute("SELECT noun, row, before, after FROM change") if words else ():
        if noun != "redaction" and (noun, row) not in found and _any_stands_in(words, sides):
            found.add((noun, row))
    return sorted(found)


def not_ever_held(db: sqlite3.Connection, rows: list[tuple[str, int]], words: list[str]) -> list[str]:
    """The words that stand in none of the rows, nor ever did."""
    held = [sides for noun, row in rows for _, _, *sides in _entries(db, noun, row)]
    texts = [value for sides in held for side in sides for value in (side or {}).values() if isinstance(value, str)]
    return [each for each in words if not any(stands_in(each, text) for text in texts)]


def _any_stands_in(words: list[str], sides: list[str | None]) -> bool:
    texts = [value for side in sides if side for value in json.loads(side).values() if isinstance(value, str)]
    return any(stands_in(each, text) for each in words for text in texts)


@contextmanager
def _log_may_be_changed(db: sqlite3.Connection) -> Iterator[None]:
    """Without the one trigger that keeps its entries from being changed, which is back before anything is sealed."""
    name = "guard_change_UPDATE"
    (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    with unguarded(db):
        db.execute(f"DROP TRIGGER {name}")
        yield
        db.execute(sql)


def _from_the_table(db: sqlite3.Connection, noun: str, row: int, fields: tuple[str, ...], words: list[str]) -> set[str]:
    cursor = db.execute(f"SELECT {', '.join(fields)} FROM {noun} WHERE id = ?", (row,))
    values = cursor.fetchone()
    held = dict(zip(fields, values, strict=True)) if values else {}
    left = {name: without(value, words) for name, value in held.items() if value is not None}
    changed = {name: value for name, value in left.items() if value != held[name]}
    if changed:
        assignments = ", ".join(f"{name} = ?" for name in changed)
        db.execute(f"UPDATE {noun} SET {assignments} WHERE id = ?", (*changed.values(), row))
    return set(changed)


def _entries(db: sqlite3.Connection, noun: str, row: int) -> list[tuple[int, int, Cells | None, Cells | None]]:
    rows = db.execute("SELECT id, changeset, before, after FROM change WHERE noun = ? AND row = ?", (noun, row))
    return [(change, changeset, _read(before), _read(after)) for change, changeset, before, after in rows.fetchall()]


def _cleaned(cells: Cells | None, fields: tuple[str, ...], words: list[str]) -> Cells | None:
    if cells is None:
        return None
    return {
        name: without(value, words) if name in fields and isinstance(value, str) else value
        for name, value in cells.items()
    }


def _differing(before: Cells | None, after: Cells | None) -> set[str]:
    return {name for name, value in (before or {}).items() if (after or {})[name] != value}


def _rewrite(
    db: sqlite3.Connection, change: int, changeset: int, noun: str, row: int, left: list[Cells | None],
    taken: set[str], why: str,
) -> None:  # fmt: skip
    sides = [None if side is None else json.dumps(side, ensure_ascii=False, separators=(",", ":")) for side in left]
    if changeset == next_number(db):  # The redaction's own entry is not sealed yet: it never says what was there.
        (salt,) = db.execute("SELECT salt FROM change WHERE id = ?", (change,)).fetchone()
        whole = digest(salt, changeset, noun, row, *sides)
        db.execute("UPDATE change SET before = ?, after = ?, digest = ? WHERE id = ?", (*sides, whole, change))
        return
    db.execute("UPDATE change SET before = ?, after = ?, salt = NULL WHERE id = ?", (*sides, change))
    db.execute(
        "INSERT INTO redaction (change_id, noun, row, fields, left_sha256, why) VALUES (?, ?, ?, ?, ?, ?)",
        (change, noun, row, ", ".join(sorted(taken)), digest(None, changeset, noun, row, *sides).hex(), why),
    )


def _read(kept: str | None) -> Cells | None:
    return None if kept is None else json.loads(kept)
