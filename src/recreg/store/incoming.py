"""Rows of an import while they are looked at: TEMP tables beside the register, and SQL over both.

What is asked of a hundred thousand rows is asked of all of them at once. Nothing of it is in the
register until `insert`, and the register is not locked until then. What the rows say is written once
(``said``); what they mean is written beside it, in few columns (``meant``). What a name or a reference
means (``named``), and what follows from a row, should it be new (``follows``), is written once for all
the rows that have it. ``incoming`` shows all four as one.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from recreg.domain.arrival import wrong_family
from recreg.domain.rows import ITEM_KEYS, Wrong
from recreg.domain.text import name_key
from recreg.domain.vocabulary import Kind
from recreg.store import matching

#: What an arriving row has settled for itself, beside its title and what its cells said; ``open_review_on`` is
#: the review that an item now closed had before it was.
SETTLED = (
    "ours rag mandatory acceptance deadline_on deadline_precision times_deferred original_target_on added_on "
    "times_sent_back times_returned times_reopened decided_by review_every_months review_anchor_on review_round "
    "next_review_on open_review_on"
).split()

#: A key that names another row, with the column that points there and the noun it points at.
NAMED = {
    "owner": ("owner_id", "person"),
    "board": ("board_id", "board"),
    "portfolio": ("portfolio_id", "portfolio"),
    "agreed_by": ("agreed_by_id", "board"),
}
POINTING = {"inspection": "inspection_id", "parent": "parent_id", "closed_of": "closed_of_id"}
_NOUNS = {key: noun for key, (_, noun) in NAMED.items()}
_NOUNS |= {"inspection": "inspection", "parent": "item", "closed_of": "item"}
_POINTERS = {key: column for key, (column, _) in NAMED.items()} | POINTING

_SETTLED_COLUMNS = tuple(f"new_{key}" for key in SETTLED)

#: So few names are looked for one by one, and are mostly found among the first rows; more by an index.
_FEW = 8
_IS_NEW = "(SELECT is_new FROM meant WHERE meant.row = said.row)"

#: The number in ``named`` of each text, by the key under which it stands.
Numbers = Mapping[str, "Numbered"]


class Numbered(dict[str | None, int | None]):
    """The texts that name rows of a noun, each with its number; a text that is asked for first is given the next."""

    def __init__(self, noun: str, numbers: Iterator[int]) -> None:
        super().__init__({None: None})
        self.noun = noun
        self._numbers = numbers

    def __missing__(self, text: str | None) -> int:
        number = self[text] = next(self._numbers)
        return number


def make(db: sqlite3.Connection, keys: Collection[str]) -> Numbers:
    """Empty tables for the rows of one file with these keys, and the numbers for what the rows name."""
    db.execute("PRAGMA temp_store = MEMORY")  # What is in them is the force's; no copy is left on a disk.
    db.execute("DROP VIEW IF EXISTS temp.incoming")
    for table in ("said", "meant", "named", "follows"):
        db.execute(f"DROP TABLE IF EXISTS temp.{table}")
    said = ", ".join(("cleared", *(key for key in ITEM_KEYS if key in keys), "made_title", "follows"))
    db.execute(f"CREATE TEMP TABLE said (row INTEGER PRIMARY KEY, {said})")
    db.execute("CREATE TEMP TABLE meant (row INTEGER PRIMARY KEY, item_id INTEGER, is_new INTEGER NOT NULL)")
    db.execute("CREATE TEMP TABLE named (number INTEGER PRIMARY KEY, noun TEXT, name TEXT, id INTEGER)")
    db.execute(f"CREATE TEMP TABLE follows (number INTEGER PRIMARY KEY, {', '.join(_SETTLED_COLUMNS)})")
    columns = ", ".join(f"{source} AS {name}" for name, source in _shown(keys).items())
    db.execute(  # LEFT, since SQLite leaves such a join out where nothing of it is asked for, but in a sum.
        f"CREATE TEMP VIEW incoming AS SELECT {columns} FROM said JOIN meant ON meant.row = said.row "
        "LEFT JOIN follows ON follows.number = said.follows"
    )
    numbers = count(1)
    by_noun = {noun: Numbered(noun, numbers) for noun in _NOUNS.values()}
    return {key: by_noun[noun] for key, noun in _NOUNS.items() if key in keys}


def _shown(keys: Collection[str]) -> dict[str, str]:
    """Where each column of ``incoming`` comes from; a key that the file does not have is empty."""
    shown = {"row": "said.row", "item_id": "meant.item_id", "is_new": "meant.is_new", "cleared": "said.cleared"}
    for key in ITEM_KEYS:
        shown[key] = f"said.{key}" if key in keys else "NULL"
    for key, column in _POINTERS.items():
        named = f"(SELECT {{}} FROM named WHERE number = said.{key})" if key in keys else "NULL"
        shown[key], shown[column] = named.format("name"), named.format("id")
    shown["new_title"] = "coalesce(said.title, said.made_title)" if "title" in keys else "said.made_title"
    return shown | {column: f"follows.{column}" for column in _SETTLED_COLUMNS}


def take(
    db: sqlite3.Connection, keys: Iterable[str], rows: Iterable[Sequence[Any]], follows: Iterable[Sequence[Any]]
) -> None:
    """Take rows in, each with its number, what it clears, what the cells of these keys mean, and the title it makes.

    What a cell names, and what follows from the row, is given by its number; and so is, with all it
    settles, what was not known to follow yet.
    """
    columns = ("row", "cleared", *keys, "made_title", "follows")
    marks = ", ".join("?" * len(columns))
    db.execute("SAVEPOINT taking")  # Without, each row would be a transaction of its own.
    db.executemany(f"INSERT INTO said ({', '.join(columns)}) VALUES ({marks})", rows)
    db.executemany(f"INSERT INTO follows VALUES (?{', ?' * len(SETTLED)})", follows)
    db.execute("RELEASE taking")


def take_names(db: sqlite3.Connection, numbers: Numbers) -> None:
    """Take in what the rows name."""
    for each in {id(each): each for each in numbers.values()}.values():
        rows = ((number, each.noun, text) for text, number in each.items() if number is not None)
        db.executemany("INSERT INTO named (number, noun, name) VALUES (?, ?, ?)", rows)


def plan(db: sqlite3.Connection) -> list[Wrong]:
    """Find what each row means in the register as it stands; what is wrong, of every row."""
    db.execute("UPDATE named SET id = NULL")
    db.execute("DELETE FROM meant")
    db.execute("INSERT INTO meant SELECT row, NULL, 1 FROM said")
    wrong = list(_inspections(db))
    for noun in ("person", "board", "portfolio"):
        _names(db, noun)
    wrong += matching.match(db)
    _number(db)
    db.execute("CREATE INDEX IF NOT EXISTS temp.meant_by_item ON meant (item_id)")
    wrong += [*matching.doubles(db), *_references(db)]
    return [*wrong, *_families(db), *matching.numbers_taken(db), *matching.places_taken(db)]


def _inspections(db: sqlite3.Connection) -> Iterator[Wrong]:
    """Each report by its code, else by its exact title."""
    unknown = {}
    for number, typed in _typed(db, "inspection"):
        found = db.execute("SELECT id FROM inspection WHERE code = ?", (typed,)).fetchall()
        found = found or db.execute("SELECT id FROM inspection WHERE title = ?", (typed,)).fetchall()
        if len(found) == 1:
            _know(db, number, found[0][0])
            continue
        sentence = "Several reports have this title: give the code." if found else "There is no such inspection."
        unknown[number] = f"{sentence} recreg inspection list shows those there are."
    yield from _wrongly_named(db, "inspection", unknown)


def _names(db: sqlite3.Connection, noun: str) -> None:
    """Each name by what is known; a new one has no number yet."""
    known = dict(db.execute(f"SELECT name_key, id FROM {noun}"))
    for number, name in _typed(db, noun):
        if name_key(name) in known:
            _know(db, number, known[name_key(name)])


def _typed(db: sqlite3.Connection, noun: str) -> list[tuple[int, str]]:
    return db.execute("SELECT number, name FROM named WHERE noun = ? ORDER BY number", (noun,)).fetchall()


def _know(db: sqlite3.Connection, number: int, meant: int) -> None:
    db.execute("UPDATE named SET id = ? WHERE number = ?", (meant, number))


def _wrongly_named(db: sqlite3.Connection, key: str, sentences: Mapping[int, str]) -> Iterator[Wrong]:
    """The rows that name under a key what is not there, or is several."""
    if not sentences or not has(db, key):
        return
    rows = db.execute(
        f"SELECT said.row, named.number, name FROM said JOIN named ON named.number = said.{key} WHERE id IS NULL"
    )
    for row, number, name in rows.fetchall():
        yield Wrong(row, key, name, sentences[number])


def rows(db: sqlite3.Connection) -> int:
    """How many rows the file has."""
    (count,) = db.execute("SELECT count(*) FROM temp.said").fetchone()
    return int(count)


def has(db: sqlite3.Connection, key: str) -> bool:
    """Whether the file has a column of this key."""
    return key in {name for _, name, *_ in db.execute("PRAGMA temp.table_info(said)")}


def new_names(db: sqlite3.Connection, key: str) -> list[tuple[int, str]]:
    """The names of new rows under a key that the register does not know, each with the first row that has it."""
    unknown = "FROM named WHERE noun = ? AND id IS NULL"
    (count,) = db.execute(f"SELECT count(*) {unknown}", (_NOUNS[key],)).fetchone()
    if not count or not has(db, key):
        return []
    if count > _FEW:
        db.execute(f"CREATE INDEX IF NOT EXISTS temp.said_by_{key} ON said ({key})")
    first = f"SELECT row FROM said WHERE said.{key} = named.number AND {_IS_NEW} ORDER BY row LIMIT 1"
    return db.execute(
        f"SELECT first, name FROM (SELECT ({first}) AS first, name {unknown}) WHERE first IS NOT NULL ORDER BY first",
        (_NOUNS[key],),
    ).fetchall()


def know(db: sqlite3.Connection, key: str, name: str, meant: int) -> None:
    """Let a name that was new mean the row that was made of it."""
    db.execute("UPDATE named SET id = ? WHERE noun = ? AND name = ?", (meant, _NOUNS[key], name))


def _number(db: sqlite3.Connection) -> None:
    """Give the new rows the numbers they will have: their own reference's, else the next ones."""
    db.execute("UPDATE meant SET is_new = 0 WHERE item_id IS NOT NULL")
    if has(db, "ref"):
        db.execute(
            "UPDATE meant SET item_id = CAST(substr(ref, 3) AS INTEGER) FROM said "
            "WHERE said.row = meant.row AND is_new AND ref IS NOT NULL"
        )
    (last,) = db.execute(
        "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'item'), 0), "
        "coalesce((SELECT max(item_id) FROM meant WHERE is_new), 0))"
    ).fetchone()
    db.execute("CREATE TEMP TABLE numbered (place INTEGER PRIMARY KEY, row INTEGER)")
    db.execute("INSERT INTO numbered (row) SELECT row FROM meant WHERE item_id IS NULL ORDER BY row")
    db.execute("INSERT OR REPLACE INTO meant SELECT row, ? + place, 1 FROM numbered", (last,))
    db.execute("DROP TABLE temp.numbered")


def _references(db: sqlite3.Connection) -> Iterator[Wrong]:
    """What a row says it hangs on, or repeats: an item of the file, in any order, or of the register."""
    typed, unknown = _typed(db, "item"), {}
    for column in ("ref", "hmicfrs_ref", "title") if typed else ():
        if has(db, column):
            db.execute(f"CREATE INDEX IF NOT EXISTS temp.said_by_{column} ON said ({column} COLLATE NOCASE)")
    for number, ref in typed:
        found = matching.meant(db, ref)
        if len(found) == 1:
            _know(db, number, found[0])
            continue
        unknown[number] = (
            f"It means {len(found)} items: give an R- reference."
            if found
            else "There is no such item, here or in the file."
        )
    for key in ("parent", "closed_of"):
        yield from _wrongly_named(db, key, unknown)
    itself = "SELECT row, closed_of FROM incoming WHERE is_new AND closed_of_id = item_id"
    for row, ref in db.execute(itself).fetchall() if has(db, "closed_of") else ():
        yield Wrong(row, "closed_of", ref, "It is the item itself: give the reference of another one.")


def _families(db: sqlite3.Connection) -> Iterator[Wrong]:
    """New rows under a parent that cannot hold them."""
    rows = db.execute(
        "SELECT i.row, i.parent, i.kind, coalesce((SELECT p.kind FROM incoming AS p WHERE p.item_id = i.parent_id), "
        "s.kind), s.closed_on, i.parent_id = i.item_id FROM incoming AS i LEFT JOIN item AS s ON s.id = i.parent_id "
        "WHERE i.is_new AND i.parent_id IS NOT NULL AND i.kind IS NOT NULL"
    )
    found = rows.fetchall()
    ringed = _in_a_ring(db) if found else set()
    for row, parent, kind, parent_kind, closed_on, is_itself in found:
        if is_itself or row in ringed:
            yield Wrong(row, "parent", parent, "It would be its own ancestor.")
        elif closed_on:
            yield Wrong(row, "parent", parent, f"{parent} was closed on {closed_on} and takes no child or part.")
        elif parent_kind and (sentence := wrong_family(kind, parent_kind)):
            yield Wrong(row, "parent", parent, sentence)


def _in_a_ring(db: sqlite3.Connection) -> set[int]:
    """The rows whose line of parents comes back to themselves; a cause or a part of a part has a short one."""
    parents, rows = {}, {}
    for item, parent, row in db.execute(
        "SELECT i.item_id, i.parent_id, i.row FROM incoming AS i JOIN incoming AS p ON p.item_id = i.parent_id "
        "WHERE i.is_new AND p.is_new AND p.kind <> ?", (Kind.CAUSE_OF_CONCERN,)):  # fmt: skip
        parents[item], rows[item] = parent, row
    ringed, seen = set(), set[int]()
    for start in parents:
        line, at = dict[int, int](), start
        while at in parents and at not in seen:
            seen.add(at)
            line[at] = len(line)
            at = parents[at]
        if at in line:
            ringed |= {rows[item] for item, place in line.items() if place >= line[at]}
    return ringed
