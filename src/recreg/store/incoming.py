"""Rows of an import while they are looked at: a TEMP table beside the register, and SQL over both.

What is asked of a hundred thousand rows is asked of all of them at once. Nothing of it is in the
register until `insert`, and the register is not locked until then.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from recreg.domain.arrival import wrong_family
from recreg.domain.rows import ITEM_KEYS, Wrong
from recreg.domain.text import name_key
from recreg.domain.vocabulary import Kind
from recreg.store import matching

#: What an arriving row has settled for itself, beside what its cells said.
SETTLED = (
    "title ours rag mandatory acceptance deadline_on deadline_precision times_deferred original_target_on added_on "
    "times_sent_back times_returned times_reopened decided_by review_every_months review_anchor_on review_round "
    "next_review_on"
).split()

#: A key that names another row, with the column that points there and the noun it points at.
NAMED = {
    "owner": ("owner_id", "person"),
    "board": ("board_id", "board"),
    "portfolio": ("portfolio_id", "portfolio"),
    "agreed_by": ("agreed_by_id", "board"),
}
POINTING = {"inspection": "inspection_id", "parent": "parent_id", "closed_of": "closed_of_id"}

#: ``open_review_on`` is the review that an item now closed had before it was.
_COLUMNS = ("row", "cleared", *ITEM_KEYS, *(f"new_{key}" for key in SETTLED), "open_review_on")
_POINTERS = (*(column for column, _ in NAMED.values()), *POINTING.values())


def make(db: sqlite3.Connection) -> None:
    """An empty table for the rows of one file."""
    db.execute("PRAGMA temp_store = MEMORY")  # What is in it is the force's; no copy is left on a disk.
    db.execute("DROP TABLE IF EXISTS temp.incoming")
    columns = ", ".join(f"{name}" for name in _COLUMNS[1:])
    pointers = ", ".join(f"{name} INTEGER" for name in _POINTERS)
    db.execute(
        f"CREATE TEMP TABLE incoming (row INTEGER PRIMARY KEY, {columns}, {pointers}, "
        "item_id INTEGER, is_new INTEGER NOT NULL DEFAULT 1)"
    )


def take(db: sqlite3.Connection, keys: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Take rows in, each with its number, what it clears, what the cells of these keys mean, and what it settled."""
    columns = ("row", "cleared", *keys, *(f"new_{key}" for key in SETTLED), "open_review_on")
    marks = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO incoming ({', '.join(columns)}) VALUES ({marks})", rows)


def plan(db: sqlite3.Connection) -> list[Wrong]:
    """Find what each row means in the register as it stands; what is wrong, of every row."""
    pointers = ", ".join(f"{name} = NULL" for name in _POINTERS)
    db.execute(f"UPDATE incoming SET {pointers}, item_id = NULL, is_new = 1")
    wrong = list(_inspections(db))
    for key, (column, noun) in NAMED.items():
        _names(db, key, column, noun)
    wrong += matching.match(db)
    _number(db)
    wrong += matching.doubles(db)
    db.execute("CREATE INDEX IF NOT EXISTS temp.incoming_by_item ON incoming (item_id)")
    wrong += [*_references(db, "parent"), *_references(db, "closed_of")]
    return [*wrong, *_families(db), *matching.numbers_taken(db), *matching.places_taken(db)]


def _inspections(db: sqlite3.Connection) -> Iterator[Wrong]:
    """Each report by its code, else by its exact title."""
    for (typed,) in db.execute("SELECT DISTINCT inspection FROM incoming WHERE inspection IS NOT NULL").fetchall():
        found = db.execute("SELECT id FROM inspection WHERE code = ?", (typed,)).fetchall()
        found = found or db.execute("SELECT id FROM inspection WHERE title = ?", (typed,)).fetchall()
        if len(found) == 1:
            db.execute("UPDATE incoming SET inspection_id = ? WHERE inspection = ?", (found[0][0], typed))
            continue
        sentence = "Several reports have this title: give the code." if found else "There is no such inspection."
        for (row,) in db.execute("SELECT row FROM incoming WHERE inspection = ?", (typed,)):
            yield Wrong(row, "inspection", typed, f"{sentence} recreg inspection list shows those there are.")


def _names(db: sqlite3.Connection, key: str, column: str, noun: str) -> None:
    """Each name by what is known; a new one has no number yet."""
    known = dict(db.execute(f"SELECT name_key, id FROM {noun}"))
    typed = [name for (name,) in db.execute(f"SELECT DISTINCT {key} FROM incoming WHERE {key} IS NOT NULL")]
    found = [(known[name_key(name)], name) for name in typed if name_key(name) in known]
    if found:
        db.execute("CREATE TEMP TABLE meant (name TEXT PRIMARY KEY, id INTEGER)")
        db.executemany("INSERT INTO meant (id, name) VALUES (?, ?)", found)
        db.execute(f"UPDATE incoming SET {column} = (SELECT id FROM meant WHERE name = {key}) WHERE {key} IS NOT NULL")
        db.execute("DROP TABLE temp.meant")


def new_names(db: sqlite3.Connection, key: str) -> list[tuple[int, str]]:
    """The names of new rows under a key that the register does not know, each with the first row that has it."""
    column, _ = NAMED[key]
    return db.execute(
        f"SELECT min(row), {key} FROM incoming WHERE is_new AND {key} IS NOT NULL AND {column} IS NULL "
        f"GROUP BY {key} ORDER BY 1"
    ).fetchall()


def know(db: sqlite3.Connection, key: str, name: str, number: int) -> None:
    """Let a name that was new mean the row that was made of it."""
    column, _ = NAMED[key]
    db.execute(f"UPDATE incoming SET {column} = ? WHERE {key} = ?", (number, name))


def _number(db: sqlite3.Connection) -> None:
    """Give the new rows the numbers they will have: their own reference's, else the next ones."""
    db.execute("UPDATE incoming SET is_new = item_id IS NULL")
    db.execute("UPDATE incoming SET item_id = CAST(substr(ref, 3) AS INTEGER) WHERE is_new AND ref IS NOT NULL")
    db.execute(
        "UPDATE incoming SET item_id = numbered.item_id FROM (SELECT row, row_number() OVER (ORDER BY row) + max("
        "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'item'), 0), "
        "coalesce((SELECT max(item_id) FROM incoming WHERE is_new), 0)) AS item_id "
        "FROM incoming WHERE item_id IS NULL) AS numbered WHERE numbered.row = incoming.row"
    )


def _references(db: sqlite3.Connection, key: str) -> Iterator[Wrong]:
    """What a row says it hangs on, or repeats: an item of the file, in any order, or of the register."""
    typed = [ref for (ref,) in db.execute(f"SELECT DISTINCT {key} FROM incoming WHERE {key} IS NOT NULL")]
    if typed:
        for column in ("ref", "hmicfrs_ref", "title"):
            db.execute(f"CREATE INDEX IF NOT EXISTS temp.incoming_by_{column} ON incoming ({column} COLLATE NOCASE)")
    for ref in typed:
        found = matching.meant(db, ref)
        if len(found) == 1:
            db.execute(f"UPDATE incoming SET {POINTING[key]} = ? WHERE {key} = ?", (found[0], ref))
            continue
        sentence = (
            f"It means {len(found)} items: give an R- reference."
            if found
            else "There is no such item, here or in the file."
        )
        for (row,) in db.execute(f"SELECT row FROM incoming WHERE {key} = ?", (ref,)):
            yield Wrong(row, key, ref, sentence)


def _families(db: sqlite3.Connection) -> Iterator[Wrong]:
    """New rows under a parent that cannot hold them."""
    rows = db.execute(
        "SELECT i.row, i.parent, i.kind, coalesce(p.kind, s.kind), s.closed_on, i.parent_id = i.item_id "
        "FROM incoming AS i LEFT JOIN incoming AS p ON p.item_id = i.parent_id "
        "LEFT JOIN item AS s ON s.id = i.parent_id WHERE i.is_new AND i.parent_id IS NOT NULL AND i.kind IS NOT NULL"
    )
    for row, parent, kind, parent_kind, closed_on, is_itself in rows.fetchall():
        if is_itself or row in _in_a_ring(db):
            yield Wrong(row, "parent", parent, "It would be its own ancestor.")
        elif closed_on:
            yield Wrong(row, "parent", parent, f"{parent} was closed on {closed_on} and takes no child or part.")
        elif parent_kind and (sentence := wrong_family(kind, parent_kind)):
            yield Wrong(row, "parent", parent, sentence)


def _in_a_ring(db: sqlite3.Connection) -> set[int]:
    """The rows whose line of parents comes back to themselves; a cause or a part of a part has a short one."""
    parts = dict(db.execute(
        "SELECT i.item_id, i.parent_id FROM incoming AS i JOIN incoming AS p ON p.item_id = i.parent_id "
        "WHERE i.is_new AND p.is_new AND p.kind <> ?", (Kind.CAUSE_OF_CONCERN,)))  # fmt: skip
    ringed = set()
    for start in parts:
        seen, at = {start}, parts.get(start)
        while at is not None and at not in seen:
            seen.add(at)
            at = parts.get(at)
        if at == start:
            ringed.add(start)
    return (
        {row for (row, item) in db.execute("SELECT row, item_id FROM incoming") if item in ringed} if ringed else set()
    )
