"""The reviews, notes and evidence that the register holds, as the rows of a file are compared with them."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Stored:
    """The rows of a noun by their numbers, and by what tells one from another."""

    identity: tuple[str, ...]
    rows: dict[int, dict[str, Any]]
    #: The highest number that was ever given, to a row that is there or to one that is gone.
    newest: int
    _alike: dict[tuple[Any, ...], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._alike = defaultdict(list)
        for number, row in self.rows.items():
            self._alike[tuple(row[key] for key in self.identity)].append(number)

    def same(self, says: dict[str, Any]) -> int | None:
        """The number of the row that is told by what this one says; one that says nothing else, if there are more."""
        found = self._alike.get(tuple(says.get(key) for key in self.identity), [])
        equal = (number for number in found if all(self.rows[number].get(key) == says[key] for key in says))
        return next(equal, found[0] if found else None)


def stored(db: sqlite3.Connection, noun: str, identity: tuple[str, ...]) -> Stored:
    """Every row of a noun, with the items that a piece of evidence stands for."""
    cursor = db.execute(f"SELECT * FROM {noun} ORDER BY id")
    names = [name for name, *_ in cursor.description]
    rows = {row["id"]: row for row in (dict(zip(names, values, strict=True)) for values in cursor)}
    for row in rows.values():
        row["ref"] = row["id"]
    if noun == "evidence":
        for number, items in _items_of_evidence(db).items():
            rows[number]["items"] = tuple(sorted(items))
    return Stored(identity, rows, _newest(db, noun))


def next_after(db: sqlite3.Connection, noun: str, given: set[int]) -> int:
    """The number of the first row that is given one, after every one that was or will be another's."""
    return max(_newest(db, noun), *given, 0) + 1


def _newest(db: sqlite3.Connection, noun: str) -> int:
    found = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (noun,)).fetchone()
    return int(found[0]) if found else 0


def _items_of_evidence(db: sqlite3.Connection) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    query = (
        "SELECT evidence_id, item_id FROM evidence_item JOIN item ON item.id = evidence_item.item_id "
        "WHERE item.withdrawn_on IS NULL"
    )
    for evidence, item in db.execute(query):
        found[evidence].append(item)
    return found
