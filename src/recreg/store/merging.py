"""Rows of an import against the items they are: what differs, and the new ones written."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from recreg.domain.rows import ITEM_KEYS
from recreg.store.incoming import NAMED, POINTING, SETTLED, has
from recreg.store.triggers import logged_tables

_POINTER = {key: column for key, (column, _) in NAMED.items()} | POINTING
_AT_ONCE = 2_000
_CLOSING = ("closed_on", "closed_as", "closed_letter", "closed_why", "decided_by", "approved_by", "closed_of_id")


def counts(db: sqlite3.Connection) -> tuple[int, int]:
    """How many rows are new, and how many are items that the register has."""
    new, known = db.execute(
        "SELECT coalesce(sum(is_new), 0), count(*) - coalesce(sum(is_new), 0) FROM meant"
    ).fetchone()
    return int(new), int(known)


def differing(db: sqlite3.Connection, keys: Iterable[str]) -> Iterator[tuple[int, int, dict[str, Any], dict[str, Any]]]:
    """Each row that says otherwise than its item: row, item, what it says, and what is stored, by key."""
    present = [key for key in ITEM_KEYS if key in set(keys) and key != "ref"]
    if not present:
        return
    differ = {key: _differs(key) for key in present}
    said, stored = ", ".join(f"i.{key}" for key in present), ", ".join(_stored(key) for key in present)
    flags = ", ".join(differ.values())
    rows = db.execute(
        f"SELECT i.row, i.item_id, i.cleared, {flags}, {said}, {stored} FROM incoming AS i "
        "JOIN item AS s ON s.id = i.item_id "
        f"WHERE NOT i.is_new AND (i.cleared IS NOT NULL OR {' OR '.join(differ.values())})"
    ).fetchall()
    for row, number, cleared, *values in rows:
        said_otherwise, held = _difference(present, cleared, values)
        if said_otherwise:
            yield row, number, said_otherwise, held


def _difference(keys: list[str], cleared: str | None, values: list[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a row says otherwise and what is stored there: ``values`` tell per key whether, what it says, what it is."""
    width = len(keys)
    says = dict(zip(keys, values[width : 2 * width], strict=True))
    held = dict(zip(keys, values[2 * width :], strict=True))
    found = [key for key, differs in zip(keys, values[:width], strict=True) if differs]
    emptied = [key for key in (cleared or "").split() if held.get(key) is not None]
    said_otherwise = {key: says[key] for key in found} | dict.fromkeys(emptied)
    return said_otherwise, {key: held[key] for key in [*found, *emptied]}


def _differs(key: str) -> str:
    column = _POINTER.get(key, key)
    is_new = f"i.{column} IS NULL OR " if key in NAMED else ""  # A name that nobody has yet is nobody's here.
    return f"(i.{key} IS NOT NULL AND ({is_new}i.{column} IS NOT s.{column} COLLATE BINARY))"


def _stored(key: str) -> str:
    """What an item holds under a key, in words."""
    if key in NAMED:
        column, noun = NAMED[key]
        return f"(SELECT name FROM {noun} WHERE id = s.{column})"
    if key == "inspection":
        return "(SELECT code FROM inspection WHERE id = s.inspection_id)"
    return f"(SELECT o.ref FROM item AS o WHERE o.id = s.{POINTING[key]})" if key in POINTING else f"s.{key}"


def new_items(db: sqlite3.Connection, at_most: int = -1) -> list[tuple[int, int, str]]:
    """The new rows in their order, or the first few: row, the number it has as an item, title."""
    return db.execute(
        "SELECT row, item_id, new_title FROM incoming WHERE is_new ORDER BY row LIMIT ?", (at_most,)
    ).fetchall()


def new_refs(db: sqlite3.Connection) -> list[str]:
    """The references that the new rows have as items, in the order of the rows."""
    return [f"R-{number:04d}" for (number,) in db.execute("SELECT item_id FROM meant WHERE is_new ORDER BY row")]


def insert(db: sqlite3.Connection) -> None:
    """Write every new row as an item, whatever its stage."""
    _put(db, _columns(db), "incoming.is_new")


def _put(db: sqlite3.Connection, columns: dict[str, str], condition: str, *values: str) -> None:
    """Write the rows that fulfil the condition, none before what it hangs on or repeats.

    A few thousand at a time, since SQLite holds in memory what a single statement changes; but those
    that point at each other in a ring at once, since each has to be there when the statement ends.
    """
    in_a_ring = _take_turns(db, condition, *values)
    (end,) = db.execute("SELECT coalesce(max(place), 0) + 1 FROM turn").fetchone()
    named, sources = ", ".join(columns), ", ".join(columns.values())
    insertion = (
        f"INSERT INTO item ({named}) SELECT {sources} FROM turn JOIN incoming ON incoming.row = turn.row "
        "WHERE place >= ? AND place < ? ORDER BY place"
    )
    for first in [*range(1, in_a_ring, _AT_ONCE), in_a_ring]:
        db.execute(insertion, (first, end if first == in_a_ring else min(first + _AT_ONCE, in_a_ring)))


def _take_turns(db: sqlite3.Connection, condition: str, *values: str) -> int:
    """Put the rows in the order in which they can be written (``turn``); the place from which on they make rings."""
    db.execute("DROP TABLE IF EXISTS temp.turn")
    db.execute("CREATE TEMP TABLE turn (place INTEGER PRIMARY KEY, row INTEGER NOT NULL)")
    left = f"INSERT INTO turn (row) SELECT incoming.row FROM incoming WHERE {condition}"
    if not _points_down(db, condition, *values):
        return 1 + db.execute(f"{left} ORDER BY incoming.row", values).rowcount
    db.execute("CREATE UNIQUE INDEX temp.turn_of_row ON turn (row)")
    left += " AND incoming.row NOT IN (SELECT row FROM turn)"
    free = left + "".join(_WAITS.format(column) for column in ("parent_id", "closed_of_id"))
    ring = 1
    while taken := db.execute(f"{free} ORDER BY incoming.row", values).rowcount:
        ring += taken
    db.execute(f"{left} ORDER BY incoming.row", values)
    return ring


_WAITS = (
    " AND NOT EXISTS (SELECT 1 FROM meant WHERE meant.item_id = incoming.{} AND meant.is_new "
    "AND meant.row NOT IN (SELECT row FROM turn))"
)


def _points_down(db: sqlite3.Connection, condition: str, *values: str) -> bool:
    """Whether a row hangs on, or repeats, one that comes after it."""
    joined = "SELECT 1 FROM incoming JOIN meant ON meant.item_id = incoming.{} AND meant.row > incoming.row"
    pointers = [POINTING[key] for key in ("parent", "closed_of") if has(db, key)]
    return any(db.execute(f"{joined.format(each)} WHERE {condition}", values).fetchone() for each in pointers)


def days(db: sqlite3.Connection) -> list[str]:
    """The days on which new rows were added or closed, earliest first."""
    db.execute("CREATE INDEX IF NOT EXISTS temp.follows_by_added_on ON follows (new_added_on)")
    for column in ("follows", *(["closed_on"] if has(db, "closed_on") else [])):
        db.execute(f"CREATE INDEX IF NOT EXISTS temp.said_by_{column} ON said ({column})")
    return [day for (day,) in db.execute(
        "SELECT new_added_on FROM incoming WHERE is_new UNION "
        "SELECT closed_on FROM incoming WHERE is_new AND closed_on IS NOT NULL ORDER BY 1")]  # fmt: skip


def insert_of(db: sqlite3.Connection, day: str) -> None:
    """Write the new rows that were added on a day, open; then close those that were closed on it."""
    columns = _columns(db) | dict.fromkeys(_CLOSING, "NULL") | {"next_review_on": "new_open_review_on"}
    _put(db, columns, "incoming.is_new AND new_added_on = ?", day)
    assignments = ", ".join(f"{column} = i.{_source(column)}" for column in (*_CLOSING, "next_review_on"))
    db.execute(
        f"UPDATE item SET {assignments} FROM incoming AS i WHERE i.item_id = item.id AND i.is_new AND i.closed_on = ?",
        (day,),
    )


def parents_later(db: sqlite3.Connection) -> list[tuple[int, str]]:
    """New rows that were added before what they hang on or repeat was there."""
    return db.execute(
        "SELECT i.row, p.new_added_on FROM incoming AS i JOIN incoming AS p ON p.item_id = i.parent_id "
        "WHERE i.is_new AND p.is_new AND p.new_added_on > i.new_added_on"
    ).fetchall()


def _columns(db: sqlite3.Connection) -> dict[str, str]:
    """Each stored column of an item with where its value stands among the rows."""
    return {column: "item_id" if column == "id" else _source(column) for column in _stored_columns(db)}


def _stored_columns(db: sqlite3.Connection) -> list[str]:
    return [column for column in logged_tables(db)["item"] if column not in {"withdrawn_on", "withdrawn_why"}]


def _source(column: str) -> str:
    return f"new_{column}" if column in SETTLED or column == "title" else column
