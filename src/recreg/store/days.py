"""Whether an act may take effect on a day: the one place that decides, asked by every act.

An act may be dated back to day D, never forward, if

1. no cell it writes was last changed with effect after D (adding a row writes all its cells, and
   fields tied by one rule count as one);
2. every row it points at came into being on or before D (inspections, people, boards and
   portfolios count as there on every day);
3. a unique value that it takes was free on D.

Without them the register as of some day would show what never was.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from recreg.domain.cells import ALWAYS_THERE, POINTERS, with_tied
from recreg.domain.dates import spoken
from recreg.errors import Refused
from recreg.store.called import called


class Entry(NamedTuple):
    """One change of one row, as the log has it."""

    changeset: int
    effective_on: str
    command: str
    noun: str
    row: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def fields(self) -> set[str] | None:
        """The fields it wrote with those tied to them; None for all, where the row was added or removed."""
        if self.before is None or self.after is None:
            return None
        return with_tied(self.noun, set(self.after))

    def same_cells(self, other: "Entry") -> set[str] | None:
        """The fields that both wrote; None where one wrote them all."""
        mine, theirs = self.fields(), other.fields()
        return None if mine is None or theirs is None else mine & theirs


#: Acts whose day is not theirs to choose: they take that of what they put right.
_OF_ANOTHERS_DAY = ("undo", "correct", "withdraw")


def require(db: sqlite3.Connection, number: int, on: date, command: str) -> None:
    """Raise `Refused`, naming every rule in the way, unless changeset ``number`` may take effect on ``on``."""
    if not db.execute("SELECT 1 FROM changeset WHERE effective_on > ? LIMIT 1", (on.isoformat(),)).fetchone():
        return  # Nothing at all took effect since, as when an act is dated today.
    pending = list(entries(db, "c.changeset = ?", (number,), sealed=False))
    later = list(entries(db, "s.effective_on > ?", (on.isoformat(),)))
    in_the_way = _changed_since(pending, later)
    sentences = _not_born(db, pending, on) + _told_changed(db, in_the_way, on, command)
    sentences += _taken_since(db, pending, later, on) + _family_since(db, pending, later, on)
    if sentences:
        numbers = sorted({other.changeset for other in in_the_way.values()}, reverse=True)
        raise Refused(sentences, _cure(command, numbers))


def _cure(command: str, in_the_way: list[int]) -> str:
    if command not in _OF_ANOTHERS_DAY:
        return "Give a later --on DAY, or undo what is in the way first."
    undone = ", then ".join(f"recreg undo {number}" for number in in_the_way) or "recreg undo N"
    return f"Undo what is in the way first: {undone}."


def entries(db: sqlite3.Connection, where: str, values: tuple[Any, ...], *, sealed: bool = True) -> Iterator[Entry]:
    """The changes that still count, oldest first: an act and its living undo count as neither."""
    join = "JOIN" if sealed else "LEFT JOIN"
    cancelled = cancelled_among(db, where, values) if sealed else set()
    for changeset, day, command, noun, row, before, after in db.execute(
        "SELECT c.changeset, s.effective_on, s.command, c.noun, c.row, c.before, c.after "
        f"FROM change AS c {join} changeset AS s ON s.number = c.changeset WHERE {where} ORDER BY c.id",
        values,
    ).fetchall():
        if changeset not in cancelled:
            yield Entry(changeset, day, command, noun, row, _read(before), _read(after))


def cancelled_among(db: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> set[int]:
    """The changesets of a stretch of the log that cancel each other out within it."""
    undone_by = dict(db.execute("SELECT undoes, number FROM changeset WHERE undoes IS NOT NULL ORDER BY number"))
    if not undone_by:
        return set()
    joined = "changeset AS s LEFT JOIN change AS c ON c.changeset = s.number"
    stretch = dict(db.execute(f"SELECT DISTINCT s.number, s.undoes FROM {joined} WHERE {where}", values).fetchall())
    fallen = {number for number in stretch if not stands(number, undone_by)}
    return fallen | {number for number, undoes in stretch.items() if undoes in stretch and undoes in fallen}


def stands(number: int, undone_by: dict[int, int]) -> bool:
    """Whether a changeset has no undo that stands itself."""
    standing = True
    while number in undone_by:
        number = undone_by[number]
        standing = not standing
    return standing


def _changed_since(pending: list[Entry], later: list[Entry]) -> dict[tuple[str, int], Entry]:
    """The last change of each row that is in the way."""
    by_row: dict[tuple[str, int], list[Entry]] = {}
    for other in later:
        by_row.setdefault((other.noun, other.row), []).append(other)
    return {
        (entry.noun, entry.row): other
        for entry in pending
        for other in by_row.get((entry.noun, entry.row), [])
        if entry.same_cells(other) != set()
    }


def _told_changed(
    db: sqlite3.Connection, in_the_way: dict[tuple[str, int], Entry], on: date, command: str
) -> list[str]:
    day = f"the day of what it puts right, {spoken(on)}" if command in _OF_ANOTHERS_DAY else spoken(on)
    return [
        f"{called(db, *row)} was changed by changeset {other.changeset} ({other.command}) with effect on "
        f"{spoken(date.fromisoformat(other.effective_on))}, so this cannot take effect on {day}."
        for row, other in in_the_way.items()
    ]


def _not_born(db: sqlite3.Connection, pending: list[Entry], on: date) -> list[str]:
    pointed = {
        (noun, entry.after[column])
        for entry in pending
        for column, noun in POINTERS.get(entry.noun, {}).items()
        if noun not in ALWAYS_THERE and entry.after and entry.after.get(column) is not None
    }
    return [
        f"{called(db, noun, row)} is in the register from {spoken(date.fromisoformat(born))} only, so nothing can "
        f"rest on it on {spoken(on)}."
        for noun, row in sorted(pointed)
        if (born := born_on(db, noun, row)) and born > on.isoformat()
    ]


def born_on(db: sqlite3.Connection, noun: str, row: int) -> str | None:
    """The day with effect from which the row is there; None while its adding is not sealed yet."""
    found = db.execute(
        "SELECT s.effective_on FROM change AS c JOIN changeset AS s ON s.number = c.changeset "
        "WHERE c.noun = ? AND c.row = ? AND c.before IS NULL ORDER BY c.id DESC LIMIT 1",
        (noun, row),
    ).fetchone()
    return found[0] if found else None


def adding_of(db: sqlite3.Connection, noun: str, row: int) -> int:
    """The newest changeset that added a row."""
    (number,) = db.execute(
        "SELECT max(changeset) FROM change WHERE noun = ? AND row = ? AND before IS NULL", (noun, row)
    ).fetchone()
    return int(number)


def _taken_since(db: sqlite3.Connection, pending: list[Entry], later: list[Entry], on: date) -> list[str]:
    """A unique value taken by an item, at any time since the day, that was another's at some time since."""
    taking = {entry.row for entry in pending if entry.noun == "item" and entry.after and _wrote(entry, _UNIQUE)}
    if not taking:
        return []
    by_item = _by_row([entry for entry in later if entry.noun == "item" and _wrote(entry, _UNIQUE)])
    sentences = set()
    for row in taking:
        mine = _values_since(db, row, by_item.get(row, []))
        for holder, entries_of_holder in by_item.items():
            if holder != row:
                lost = _values_since(db, holder, entries_of_holder) - _values_since(db, holder, [])
                whose = called(db, "item", holder)
                sentences |= {f"{what} was of {whose} on some day from {spoken(on)} on." for what, _ in mine & lost}
    return sorted(sentences)


def _family_since(db: sqlite3.Connection, pending: list[Entry], later: list[Entry], on: date) -> list[str]:
    """A parent or kind moved, or an item withdrawn, under or over another whose own moved since the day."""
    moved = [entry for entry in later if entry.noun == "item" and entry.before and _wrote(entry, _FAMILY)]
    if not moved:
        return []
    sentences = set()
    for entry in pending:
        if entry.noun == "item" and entry.after and _wrote(entry, _FAMILY):
            kin = _kin(db, entry)
            # What is only now added moves nobody; but its parent may have been of another kind on that day.
            written = {"kind"} if entry.before is None else _FAMILY
            near = [
                other
                for other in moved
                if other.row != entry.row
                and _wrote(other, written)
                and (other.row in kin or _pointed(other, entry.row))
            ]
            sentences |= {
                f"{called(db, 'item', other.row)} had another place or kind until changeset {other.changeset} "
                f"({other.command}), so {called(db, 'item', entry.row)} cannot take its place on {spoken(on)}."
                for other in near
            }
    return sorted(sentences)


_UNIQUE = {"hmicfrs_ref", "number", "inspection_id", "kind", "parent_id", "withdrawn_on"}
_FAMILY = {"kind", "parent_id", "withdrawn_on"}


def _wrote(entry: Entry, fields: set[str]) -> bool:
    return entry.before is None or entry.after is None or bool(fields & set(entry.after))


def _by_row(those: list[Entry]) -> dict[int, list[Entry]]:
    rows: dict[int, list[Entry]] = {}
    for entry in those:
        rows.setdefault(entry.row, []).append(entry)
    return rows


def _kin(db: sqlite3.Connection, entry: Entry) -> set[int]:
    """The parents an item leaves and takes with all above them, and its children."""
    above = {side["parent_id"] for side in (entry.before, entry.after) if side and side.get("parent_id")}
    line = list(above)
    while line:
        found = db.execute("SELECT parent_id FROM item WHERE id = ?", (line.pop(),)).fetchone()
        if found and found[0] and found[0] not in above:
            above.add(found[0])
            line.append(found[0])
    return above | {row for (row,) in db.execute("SELECT id FROM item WHERE parent_id = ?", (entry.row,))}


def _pointed(entry: Entry, row: int) -> bool:
    return any(side.get("parent_id") == row for side in (entry.before, entry.after) if side)


def _values_since(db: sqlite3.Connection, row: int, since: list[Entry]) -> set[tuple[str, Any]]:
    """The unique values that an item holds now, or held before one of the changes since."""
    values = _item(db, row)
    if not values or values["withdrawn_on"]:
        return set()  # A withdrawn item is out on every day.
    held = set(_unique_values(values).items())
    for entry in reversed([entry for entry in since if entry.before and entry.after]):
        values |= entry.before or {}
        held |= set(_unique_values(values).items())
    return held


def _unique_values(item: dict[str, Any]) -> dict[str, Any]:
    if item.get("withdrawn_on") is not None:
        return {}
    held = {}
    if item.get("hmicfrs_ref"):
        held[f"The HMICFRS number {item['hmicfrs_ref']}"] = item["hmicfrs_ref"].casefold()
    if item.get("number") and item.get("inspection_id"):
        place = (item["inspection_id"], item["number"].casefold(), item["kind"], item.get("parent_id"))
        held[f"The number {item['number']} in its report"] = place
    return held


def _item(db: sqlite3.Connection, row: int) -> dict[str, Any]:
    cursor = db.execute(
        "SELECT hmicfrs_ref, number, inspection_id, kind, parent_id, withdrawn_on FROM item WHERE id = ?", (row,)
    )
    values = cursor.fetchone()
    return dict(zip([name for name, *_ in cursor.description], values, strict=True)) if values else {}


def _read(kept: str | None) -> dict[str, Any] | None:
    return None if kept is None else json.loads(kept)
