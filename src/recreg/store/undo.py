"""Undo: the reverse of a changeset, written as a new one."""

import sqlite3
from typing import Any

from recreg.domain.cells import POINTERS
from recreg.errors import NotFound, Objections, Refused
from recreg.store.called import called, field_names
from recreg.store.days import Entry, entries, stands

#: Acts that nothing puts back.
NEVER_UNDONE = {"init", "migrate", "restore", "redact", "paper"}

#: What each noun may hold once only, so that putting a row back can meet another in its place.
_ONCE = {
    "person": ("name_key",),
    "board": ("name_key",),
    "portfolio": ("name_key",),
    "meeting": ("name_key",),
    "inspection": ("code",),
    "setting": ("name",),
    "rag_key": ("colour",),
    "evidence_item": ("evidence_id", "item_id"),
    "link": ("item_id", "relation", "other_id"),
}


_LATER_OF_ITS_ROWS = "s.number > ? AND (c.noun, c.row) IN (SELECT noun, row FROM change WHERE changeset = ?)"


def members(db: sqlite3.Connection, number: int | None) -> list[int]:
    """The changesets that one command made, newest first; without a number those of the newest command.

    Raises `NotFound` where there is none of that number, `Refused` where it is never undone or is
    undone already.
    """
    if number is not None and not 0 < number < 2**63:
        raise NotFound(f"There is no changeset {number}.", "recreg log shows those there are.")
    if number is None:
        (number,) = db.execute("SELECT max(number) FROM changeset").fetchone()
    row = db.execute("SELECT coalesce(part_of, number), command FROM changeset WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"There is no changeset {number}.", "recreg log shows those there are.")
    first, command = row
    if command in NEVER_UNDONE:
        raise Refused(f"Changeset {number} is an act that is never undone ({command}).", "recreg log shows the others.")
    found = db.execute(
        "SELECT number FROM changeset WHERE coalesce(part_of, number) = ? ORDER BY number DESC", (first,)
    )
    numbers = [member for (member,) in found]
    for member in numbers:
        _must_stand(db, member)
    return numbers


def reverse(db: sqlite3.Connection, number: int) -> None:
    """Put back what changeset ``number`` changed; raises `Refused`, naming each changeset in the way."""
    changes = list(entries(db, "c.changeset = ?", (number,)))
    objections = Objections()
    _nothing_since(db, number, objections)
    objections.settle()
    _nothing_rests_on(db, number, changes, objections)
    objections.settle()
    for change in reversed(changes):
        _put_back(db, change, objections)
    objections.settle()


def effective_day(db: sqlite3.Connection, number: int) -> str:
    """The day with effect from which a changeset counts, in ISO form."""
    (day,) = db.execute("SELECT effective_on FROM changeset WHERE number = ?", (number,)).fetchone()
    return str(day)


def command_of(db: sqlite3.Connection, number: int) -> str:
    """The command that made a changeset."""
    (command,) = db.execute("SELECT command FROM changeset WHERE number = ?", (number,)).fetchone()
    return str(command)


def _must_stand(db: sqlite3.Connection, number: int) -> None:
    undone_by = dict(db.execute("SELECT undoes, number FROM changeset WHERE undoes IS NOT NULL ORDER BY number"))
    if not stands(number, undone_by):
        raise Refused(
            f"Changeset {number} is undone already, by changeset {undone_by[number]}.",
            f"recreg undo {undone_by[number]} puts it forward again.",
        )


def _nothing_since(db: sqlite3.Connection, number: int, objections: Objections) -> None:
    """Object to each later changeset that still stands and touched one of the same cells."""
    mine: dict[tuple[str, int], list[Entry]] = {}
    for change in entries(db, "c.changeset = ?", (number,)):
        mine.setdefault((change.noun, change.row), []).append(change)
    for other in _newest_first(db, _LATER_OF_ITS_ROWS, number, number):
        for change in mine.get((other.noun, other.row), []):
            shared = change.same_cells(other)
            if shared != set():
                objections.add(
                    f"Changeset {other.changeset} ({other.command}) changed {called(db, other.noun, other.row)} since: "
                    f"{field_names(_written(other, shared))}.",
                    _how(other),
                )


def _newest_first(db: sqlite3.Connection, where: str, *values: int) -> list[Entry]:
    """The changes that still count, in the order in which they can be undone."""
    return [*entries(db, where, values)][::-1]


def _how(other: Entry) -> str:
    if other.command in NEVER_UNDONE:
        return f"Changeset {other.changeset} ({other.command}) is never undone, and rests on it."
    return f"recreg undo {other.changeset} first."


def _written(other: Entry, shared: set[str] | None) -> set[str] | None:
    """What a later act itself wrote of the cells that are in the way, without those that are tied to them."""
    if other.before is None or other.after is None:
        return None
    wrote = set(other.after)
    return wrote if shared is None else (wrote & shared) or wrote


def _nothing_rests_on(db: sqlite3.Connection, number: int, changes: list[Entry], objections: Objections) -> None:
    """Object to each later changeset that still stands and points, or once pointed, at a row that would go."""
    going = {(change.noun, change.row) for change in changes if change.before is None}
    for other in _newest_first(db, "s.number > ?", number) if going else ():
        for column, noun in POINTERS.get(other.noun, {}).items():
            pointed = {side[column] for side in (other.before, other.after) if side and side.get(column) is not None}
            for row in (row for row in pointed if (noun, row) in going):
                resting = f"{called(db, other.noun, other.row)} rest on {called(db, noun, row)}"
                objections.add(
                    f"Changeset {other.changeset} ({other.command}) made {resting}.",
                    _how(other),
                )


def _put_back(db: sqlite3.Connection, change: Entry, objections: Objections) -> None:
    try:
        if change.before is None:
            db.execute(f"DELETE FROM {change.noun} WHERE id = ?", (change.row,))
        elif change.after is None:
            _insert(db, change, change.before, objections)
        else:
            _update(db, change, change.before, objections)
    except sqlite3.IntegrityError as error:
        taken = "what it rests on is gone"
        if "item_number_once" in str(error):
            taken = "its number in the report has been taken since"
        objections.add(f"{called(db, change.noun, change.row)} cannot be put back: {taken}.")


def _insert(db: sqlite3.Connection, change: Entry, row: dict[str, Any], objections: Objections) -> None:
    if _place_is_free(db, change, row, objections):
        columns = ["id", *row]
        marks = ", ".join("?" * len(columns))
        db.execute(f"INSERT INTO {change.noun} ({', '.join(columns)}) VALUES ({marks})", (change.row, *row.values()))


def _update(db: sqlite3.Connection, change: Entry, before: dict[str, Any], objections: Objections) -> None:
    if _place_is_free(db, change, before, objections):
        assignments = ", ".join(f"{column} = ?" for column in before)
        db.execute(f"UPDATE {change.noun} SET {assignments} WHERE id = ?", (*before.values(), change.row))


def _place_is_free(db: sqlite3.Connection, change: Entry, row: dict[str, Any], objections: Objections) -> bool:
    columns = _ONCE.get(change.noun, ())
    if not columns or not all(column in row for column in columns):
        return True
    same = " AND ".join(f"{column} = ?" for column in columns)
    holder = db.execute(
        f"SELECT id FROM {change.noun} WHERE {same} AND id <> ?", (*[row[c] for c in columns], change.row)
    ).fetchone()
    if holder:
        objections.add(f"{called(db, change.noun, holder[0])} stands in the place of what would be put back.")
    return holder is None
