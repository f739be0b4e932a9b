"""Which item of the register a row of an import is, and which numbers belong to whom."""

import sqlite3
from collections.abc import Iterator

from recreg.domain.rows import Wrong

_LIVE = "item.withdrawn_on IS NULL"


def match(db: sqlite3.Connection) -> Iterator[Wrong]:
    """By its own reference, else HMICFRS's number, else its number in the report; several are refused."""
    db.execute(
        "UPDATE meant SET item_id = item.id FROM incoming JOIN item "
        "ON item.id = CAST(substr(incoming.ref, 3) AS INTEGER) "
        f"WHERE incoming.ref IS NOT NULL AND incoming.row = meant.row AND {_LIVE}"
    )
    yield from _given_before(db)
    # A cause and its children share a number, so the kind tells them apart where it is given.
    kin = "(incoming.kind IS NULL OR item.kind = incoming.kind)"
    by_number = f"item.hmicfrs_ref = incoming.hmicfrs_ref AND {kin} AND {_LIVE}"
    yield from _matched(db, by_number, "hmicfrs_ref", "incoming.hmicfrs_ref IS NOT NULL")
    place = "incoming.inspection_id IS NOT NULL AND incoming.number IS NOT NULL"
    by_place = f"item.inspection_id = incoming.inspection_id AND item.number = incoming.number AND {kin} AND {_LIVE}"
    yield from _matched(db, by_place, "number", place)


def _given_before(db: sqlite3.Connection) -> Iterator[Wrong]:
    """An own reference that is no item's and was given once is never given again."""
    rows = db.execute(
        "SELECT row, ref FROM incoming WHERE ref IS NOT NULL AND item_id IS NULL AND CAST(substr(ref, 3) AS INTEGER) "
        "<= coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'item'), 0)"
    )
    for row, ref in rows.fetchall():
        yield Wrong(row, "ref", ref, "It was given before, to an item that is withdrawn or undone: leave it out.")


def _matched(db: sqlite3.Connection, same: str, key: str, where: str) -> Iterator[Wrong]:
    """Rows by what is the same; found in one join, since a subquery for each row may take the wrong index."""
    open_rows = f"incoming.ref IS NULL AND incoming.item_id IS NULL AND {where}"
    db.execute(
        f"CREATE TEMP TABLE matched AS SELECT incoming.row, max(item.id) AS id, count(*) AS items, "
        f"group_concat(item.ref, ', ') AS refs FROM incoming JOIN item ON {same} "
        f"WHERE {open_rows} GROUP BY incoming.row"
    )
    db.execute("UPDATE meant SET item_id = matched.id FROM matched WHERE matched.row = meant.row")
    several = db.execute(
        f"SELECT incoming.row, incoming.{key}, refs FROM matched JOIN incoming ON incoming.row = matched.row "
        "WHERE items > 1"
    ).fetchall()
    db.execute("DROP TABLE temp.matched")
    for row, value, refs in several:
        yield Wrong(row, key, value, f"It means several items ({refs}): give the R- reference in a column ref.")


def doubles(db: sqlite3.Connection) -> Iterator[Wrong]:
    """Rows of one file that are one and the same item."""
    rows = db.execute(
        "SELECT row, first_value(row) OVER same AS first, item_id FROM meant WHERE item_id IN "
        "(SELECT item_id FROM meant GROUP BY item_id HAVING count(*) > 1) "
        "WINDOW same AS (PARTITION BY item_id ORDER BY row)"
    )
    for row, first, number in rows.fetchall():
        if row != first:
            yield Wrong(row, "", f"R-{number:04d}", f"It is the same item as row {first}: an item has one row.")


def unnamed(db: sqlite3.Connection) -> Iterator[Wrong]:
    """New rows that nothing tells apart from an item of the same title and kind: where a file is taken once more."""
    rows = db.execute(
        "SELECT i.row, i.new_title, min(item.ref) FROM incoming AS i "
        "JOIN item ON item.title = i.new_title AND item.kind = i.kind "
        "WHERE i.is_new AND i.ref IS NULL AND i.hmicfrs_ref IS NULL AND (i.inspection IS NULL OR i.number IS NULL) "
        f"AND {_LIVE} GROUP BY i.row"
    )
    for row, title, ref in rows.fetchall():
        sentence = (
            f"Nothing tells whether it is {ref}, which has the same title: give its R- reference in a column ref."
        )
        yield Wrong(row, "title", title, sentence)


def meant(db: sqlite3.Connection, typed: str) -> list[int]:
    """The items that a reference means: of the file or the register, a cause of concern before its children."""
    rows = db.execute(
        # Apart, not by OR, so that each finds its index where the file has one of the columns only.
        "SELECT item_id, kind FROM incoming WHERE ref = :r COLLATE NOCASE "
        "UNION SELECT item_id, kind FROM incoming WHERE hmicfrs_ref = :r COLLATE NOCASE "
        f"UNION SELECT id, kind FROM item WHERE (hmicfrs_ref = :r OR id = :n) AND {_LIVE}",
        {
            "r": typed,
            "n": int(typed[2:]) if typed[:2].upper() == "R-" and typed.isascii() and typed[2:].isdecimal() else None,
        },
    ).fetchall()
    if not rows:
        titled = "SELECT item_id, kind FROM incoming WHERE title = ? COLLATE NOCASE AND kind = 'cause_of_concern'"
        rows = db.execute(titled, (typed,)).fetchall()
    causes = [number for number, kind in rows if kind == "cause_of_concern"]
    return causes if len(rows) > 1 and causes else sorted({number for number, _ in rows})


def numbers_taken(db: sqlite3.Connection) -> Iterator[Wrong]:
    """HMICFRS's numbers of new rows that belong to others; a cause of concern and its children share one."""
    kind_of = "coalesce((SELECT kind FROM incoming WHERE item_id = {0}), (SELECT kind FROM item WHERE id = {0}))"
    family = (
        "CASE WHEN {1}.kind = 'cause_of_concern' THEN {0} "
        "WHEN {2} = 'cause_of_concern' THEN {1}.parent_id ELSE -{0} END"
    )
    mine = family.format("i.item_id", "i", kind_of.format("i.parent_id"))
    theirs = family.format("item.id", "item", "(SELECT p.kind FROM item AS p WHERE p.id = item.parent_id)")
    db.execute("CREATE TEMP TABLE holding (number TEXT COLLATE NOCASE, family INTEGER, row INTEGER, ref TEXT)")
    db.execute(
        f"INSERT INTO holding SELECT i.hmicfrs_ref, {mine}, i.row, NULL FROM incoming AS i "
        "WHERE i.is_new AND i.hmicfrs_ref IS NOT NULL"
    )
    db.execute(
        f"INSERT INTO holding SELECT item.hmicfrs_ref, {theirs}, NULL, item.ref FROM item "
        f"WHERE item.hmicfrs_ref IN (SELECT number FROM holding) AND {_LIVE}"
    )
    shared = "SELECT number FROM holding GROUP BY number HAVING count(DISTINCT family) > 1"
    rows = db.execute(
        f"SELECT h.row, h.number, (SELECT coalesce(o.ref, 'row ' || o.row) FROM holding AS o WHERE o.number = h.number "
        f"AND o.family <> h.family ORDER BY o.ref IS NULL, o.row LIMIT 1) FROM holding AS h "
        f"WHERE h.row IS NOT NULL AND h.number IN ({shared})"
    ).fetchall()
    db.execute("DROP TABLE temp.holding")
    for row, number, holder in rows:
        yield Wrong(row, "hmicfrs_ref", number, f"It belongs to {holder}: only a cause and its children share one.")


def places_taken(db: sqlite3.Connection) -> Iterator[Wrong]:
    """Numbers in a report that another item of the same kind and parent has already."""
    # The number first, since that settles most comparisons; lower() is what NOCASE does, and is sorted sooner.
    place = "lower(number), inspection_id, kind, coalesce(parent_id, 0)"
    new = "is_new AND inspection_id IS NOT NULL AND number IS NOT NULL"
    within = list[tuple[int, str, int]]()
    # Which row was first is only asked where two share a place at all, which is sooner known.
    if db.execute(f"SELECT 1 FROM incoming WHERE {new} GROUP BY {place} HAVING count(*) > 1 LIMIT 1").fetchone():
        within = db.execute(
            f"SELECT row, number, first FROM (SELECT row, number, min(row) OVER (PARTITION BY {place}) AS first "
            f"FROM incoming WHERE {new}) WHERE first <> row"
        ).fetchall()
    stored = db.execute(
        f"SELECT i.row, i.number, item.ref FROM incoming AS i JOIN item ON item.inspection_id = i.inspection_id "
        "AND item.number = i.number AND item.kind = i.kind AND coalesce(item.parent_id, 0) = coalesce(i.parent_id, 0) "
        f"WHERE i.is_new AND {_LIVE}"
    ).fetchall()
    for row, number, holder in [*((r, n, f"row {first}") for r, n, first in within), *stored]:
        yield Wrong(row, "number", number, f"This number of that report is {holder} already.")
