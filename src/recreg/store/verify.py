"""Proof: the chain is whole, and the history says what the tables hold."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from recreg.store.log import changeset_hash
from recreg.store.triggers import digest, logged_tables

Rows = dict[tuple[str, int], dict[str, Any]]


def broken_links(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Each changeset whose content, place or hash is not as it was sealed, with what is wrong."""
    previous, expected = "", 1
    for number, at, on, by, command, part_of, undoes, before, kept in db.execute(
        "SELECT number, at, effective_on, by_whom, command, part_of, undoes, previous_hash, hash "
        "FROM changeset ORDER BY number"
    ).fetchall():
        if number != expected or before != previous:
            yield number, "does not follow the one before it"
        digests = []
        for *content, sealed in db.execute(
            "SELECT salt, changeset, noun, row, before, after, digest FROM change WHERE changeset = ? ORDER BY id",
            (number,),
        ):
            digests.append(sealed)
            if digest(*content) != sealed:
                yield number, "holds a change that is not as it was recorded"
        if changeset_hash(before, number, at, on, by, command, part_of, undoes, digests) != kept:
            yield number, "does not match its hash"
        previous, expected = kept, number + 1
    (strays,) = db.execute("SELECT count(*) FROM change WHERE changeset >= ?", (expected,)).fetchone()
    if strays:
        yield expected, "was never sealed"


def replayed(db: sqlite3.Connection) -> Rows:
    """Every row as the history alone says it stands."""
    rows: Rows = {}
    for noun, row, before, after in db.execute("SELECT noun, row, before, after FROM change ORDER BY id"):
        if after is None:
            rows.pop((noun, row), None)
        elif before is None:
            rows[noun, row] = json.loads(after)
        else:
            rows.setdefault((noun, row), {}).update(json.loads(after))
    return {key: _without_nulls(row) for key, row in rows.items()}


def stored(db: sqlite3.Connection) -> Rows:
    """Every row of every logged table as it stands."""
    rows: Rows = {}
    for table, columns in logged_tables(db).items():
        names = [column for column in columns if column != "id"]
        for number, *values in db.execute(f"SELECT id, {', '.join(names)} FROM {table}"):
            rows[table, number] = _without_nulls(dict(zip(names, values, strict=True)))
    return rows


def strayed_rows(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """The rows that are not what the history says: changed, added or removed behind recreg's back."""
    told, held = replayed(db), stored(db)
    return sorted(key for key in told.keys() | held.keys() if told.get(key) != held.get(key))


def _without_nulls(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
