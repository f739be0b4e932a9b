"""Proof: the chain is whole, and the history says what the tables hold."""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from recreg.store.log import changeset_hash
from recreg.store.triggers import digest, logged_tables, whole_row

Rows = dict[tuple[str, int], dict[str, Any]]
#: The changes are numbered one after the other: by these numbers the history is replayed, and no hash covers them.
_OUT_OF_TURN = (
    "SELECT CAST(changeset AS INTEGER) "
    "FROM (SELECT id, changeset, row_number() OVER (ORDER BY changeset, id) AS turn FROM change) "
    "WHERE id <> turn ORDER BY turn LIMIT 1"
)
#: Nor does any cover of what type a value is.
_OF_ANOTHER_TYPE = (
    "SELECT CAST(changeset AS INTEGER) FROM change "
    "WHERE typeof(changeset) || typeof(noun) || typeof(row) <> 'integertextinteger' "
    "OR typeof(digest) <> 'blob' OR typeof(salt) NOT IN ('blob', 'null') "
    "OR typeof(before) NOT IN ('text', 'null') OR typeof(after) NOT IN ('text', 'null') "
    "UNION SELECT number FROM changeset WHERE typeof(at) || typeof(effective_on) || typeof(by_whom) "
    "|| typeof(command) || typeof(previous_hash) || typeof(hash) <> 'texttexttexttexttexttext' "
    "OR typeof(part_of) NOT IN ('integer', 'null') OR typeof(undoes) NOT IN ('integer', 'null')"
)


def broken_links(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Each changeset whose content, place or hash is not as it was sealed, with what is wrong."""
    yield from ((number, "holds a value of another type") for (number,) in db.execute(_OF_ANOTHER_TYPE))
    previous, expected, left = "", 1, redacted(db)
    for number, at, on, by, command, part_of, undoes, before, kept in db.execute(
        "SELECT number, at, effective_on, by_whom, command, part_of, undoes, previous_hash, hash "
        "FROM changeset ORDER BY number"
    ).fetchall():
        if number != expected or before != previous:
            yield number, "does not follow the one before it"
        digests: list[bytes] = []
        if _changes_are_spoilt(db, number, left, digests):
            yield number, "holds a change that is not as it was recorded"
        if changeset_hash(before, number, at, on, by, command, part_of, undoes, digests) != kept:
            yield number, "does not match its hash"
        previous, expected = kept, number + 1
    (strays,) = db.execute("SELECT count(*) FROM change WHERE changeset >= ?", (expected,)).fetchone()
    if strays:
        yield expected, "was never sealed"
    yield from ((number, "holds a change that is out of turn") for (number,) in db.execute(_OUT_OF_TURN))


def _changes_are_spoilt(db: sqlite3.Connection, number: int, left: dict[int, str], digests: list[bytes]) -> bool:
    """Whether a change of the changeset is not as it was sealed, or as its redaction left it; notes their digests."""
    spoilt = False
    for change, *content, sealed in db.execute(
        "SELECT id, salt, changeset, noun, row, before, after, digest FROM change WHERE changeset = ? ORDER BY id",
        (number,),
    ):
        digests.append(sealed)
        found = digest(*content)
        spoilt |= found.hex() != left[change] if change in left else found != sealed
    return spoilt


def redacted(db: sqlite3.Connection) -> dict[int, str]:
    """The changes that a redaction took values from, each with the hash of what is left of it.

    The log says it, not the table of redactions: another program could add a row there to excuse what it did.
    """
    return dict(
        db.execute(
            "SELECT json_extract(after, '$.change_id'), json_extract(after, '$.left_sha256') FROM change "
            "WHERE noun = 'redaction' AND before IS NULL AND json_valid(after) ORDER BY id"
        )
    )


def replayed(db: sqlite3.Connection, only: dict[str, set[int]] | None = None) -> Rows:
    """Every row as the history alone says it stands; ``only`` some rows of some nouns, where given."""
    rows: Rows = {}
    for noun, row, before, after in db.execute("SELECT noun, row, before, after FROM change ORDER BY id"):
        if only is not None and row not in only.get(noun, ()):
            continue
        if after is None:
            rows.pop((noun, row), None)
        elif before is None:
            rows[noun, row] = json.loads(after)
        else:
            rows.setdefault((noun, row), {}).update(json.loads(after))
    return {key: _without_nulls(row) for key, row in rows.items()}


def stored(db: sqlite3.Connection, only: dict[str, set[int]] | None = None) -> Rows:
    """Every row of every logged table as it stands; ``only`` some of them, where given."""
    rows: Rows = {}
    for table, columns in logged_tables(db).items():
        names = [column for column in columns if column != "id"]
        wanted = only.get(table, set()) if only is not None else None
        for number, *values in db.execute(f"SELECT id, {', '.join(names)} FROM {table}") if wanted != set() else ():
            if wanted is None or number in wanted:
                rows[table, number] = _without_nulls(dict(zip(names, values, strict=True)))
    return rows


def strays(db: sqlite3.Connection) -> dict[tuple[str, int], set[str]]:
    """The rows that are not what the history says, each with its columns that differ: written behind recreg's back."""
    doubtful = {table: _doubtful(db, table) for table in logged_tables(db)}
    told, held = _with_what_was_added(db, replayed(db, doubtful)), stored(db, doubtful)
    return {
        key: {name for name, _ in told.get(key, {}).items() ^ held.get(key, {}).items()}
        for key in sorted(told.keys() | held.keys())
        if told.get(key) != held.get(key)
    }


def _with_what_was_added(db: sqlite3.Connection, told: Rows) -> Rows:
    """The rows of the history, with the defaults of columns that a migration added since, of which it cannot tell."""
    given = {table: _defaults(db, table) for table in logged_tables(db)}
    return {key: given[key[0]] | row for key, row in told.items()}


def _defaults(db: sqlite3.Connection, table: str) -> dict[str, Any]:
    """What stands in the columns of a table that are never empty and were not given: a log of them never lacks it."""
    columns = db.execute(f"PRAGMA main.table_xinfo({table})").fetchall()
    return {
        name: db.execute(f"SELECT {default}").fetchone()[0]
        for _, name, _, required, default, *_ in columns
        if required and default is not None
    }


def _doubtful(db: sqlite3.Connection, table: str) -> set[int]:
    """The rows that SQLite cannot tell by itself to be what the log says: all but those added once and as they were."""
    whole = whole_row(db, table, table, checked=False)
    query = (
        "WITH said AS (SELECT row, count(*) AS times, max(after) AS after FROM change WHERE noun = ?1 GROUP BY row) "
        f"SELECT said.row FROM said LEFT JOIN {table} ON {table}.id = said.row "
        f"WHERE said.times > 1 OR {table}.id IS NULL OR said.after IS NOT {whole} "
        f"UNION ALL SELECT id FROM {table} WHERE id NOT IN (SELECT row FROM change WHERE noun = ?1)"
    )
    return {row for (row,) in db.execute(query, (table,))}


def strayed_rows(db: sqlite3.Connection) -> list[tuple[str, int]]:
    """The rows that are not what the history says: changed, added or removed behind recreg's back."""
    return list(strays(db))


def _without_nulls(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
