"""What another program edits is found: in the log with the number of the changeset, in the tables with the row."""

import random
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lived import lived, put
from outside import another, retyped, unguarded

from conftest import Typed, is_sound
from promising import promise
from recreg.store import proof
from recreg.store.triggers import digest, logged_tables
from test_undo import Officer, prepared


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived(empty_register, tmp_path_factory)


@pytest.fixture
def filled(made: Path, path: Path) -> Path:
    return put(made, path)


#: Does something to a register by chance, and says in other words what.
Edit = Callable[[Path, random.Random], str]
LOG = {"changeset": "number", "change": "id"}


def rows_of(path: Path, table: str, key: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as db:
        cursor = db.execute(f"SELECT * FROM {table} ORDER BY {key}")
        return [dict(zip([name for name, *_ in cursor.description], row, strict=True)) for row in cursor]


def drawn(path: Path, chance: random.Random) -> tuple[str, str, list[dict[str, Any]], dict[str, Any]]:
    """One of the two tables of the log, the name of its key, its rows, and one of them."""
    table = chance.choice(list(LOG))
    rows = rows_of(path, table, LOG[table])
    return table, LOG[table], rows, chance.choice(rows)


def changesets_of(rows: Iterable[dict[str, Any]]) -> set[int]:
    """The changesets that the rows are or belong to, and those that come next: what follows a gap does not follow."""
    numbers = {row.get("changeset", row.get("number", 0)) for row in rows}
    return numbers | {number + 1 for number in numbers}


def edited(path: Path, chance: random.Random) -> set[int]:
    table, key, rows, row = drawn(path, chance)
    column = chance.choice(list(row))
    value = max(each[key] for each in rows) + 7 if column == key else another(row[column], column)
    with unguarded(path) as db:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, row[key]))
    return changesets_of([row, row | {column: value}])


def deleted(path: Path, chance: random.Random) -> set[int]:
    table, key, _, row = drawn(path, chance)
    with unguarded(path) as db:
        db.execute(f"DELETE FROM {table} WHERE {key} = ?", (row[key],))
    return changesets_of([row])


def inserted(path: Path, chance: random.Random) -> set[int]:
    table, key, rows, row = drawn(path, chance)
    new = row | {key: max(each[key] for each in rows) + 1}
    with unguarded(path) as db:
        db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(new))})", (*new.values(),))
    return changesets_of([new])


def swapped(path: Path, chance: random.Random) -> set[int]:
    table, key, rows, row = drawn(path, chance)
    other = chance.choice([each for each in rows if each[key] != row[key]])
    assignments = ", ".join(f"{column} = ?" for column in row if column != key)
    with unguarded(path) as db:
        for content, place in ((row, other), (other, row)):
            values = [value for column, value in content.items() if column != key]
            db.execute(f"UPDATE {table} SET {assignments} WHERE {key} = ?", (*values, place[key]))
    return changesets_of([row, other])


def given_another_type(path: Path, chance: random.Random) -> set[int]:
    table, key, _, row = drawn(path, chance)
    column = chance.choice([column for column, value in row.items() if column != key and value is not None])
    retyped(path, table, column, row[key])
    return changesets_of([row])


EDITS = (edited, edited, deleted, inserted, swapped, given_another_type)


def not_found_out(path: Path, made: Path, recreg: Typed, size: int) -> list[str]:
    """Edit the log so many times, each time another copy of it, and say which edits were not found, or not where."""
    chance, unseen = random.Random(size), []
    for number in range(size):
        path.write_bytes(made.read_bytes())
        edit = chance.choice(EDITS)
        named = edit(path, chance)
        said = recreg("log", "verify", "-f", "json")
        if said.code != 6 or not {row["changeset"] for row in said.json} & named:
            unseen.append(f"{number}: {edit.__name__} {named}: {said.code} {said.out}")
    return unseen


@promise("C2", of="edits of the log", ci=20, full=300)
def test_c2_an_edit_of_the_log_is_found_with_its_changeset(filled: Path, made: Path, recreg: Typed, size: int) -> None:
    assert not_found_out(filled, made, recreg, size) == []


def test_a_recreg_that_does_not_look_at_the_chain_is_found_out(
    filled: Path, made: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "_chain", lambda _: iter(()))
    assert len(not_found_out(filled, made, recreg, 5)) >= 3


def test_c2_a_forged_redaction_excuses_no_edit(filled: Path, recreg: Typed) -> None:
    with unguarded(filled) as db:
        db.execute("UPDATE change SET after = replace(after, 'Custody', 'Nothing'), salt = NULL WHERE noun = 'item'")
        ((change, *content),) = db.execute(
            "SELECT id, changeset, noun, row, before, after FROM change WHERE after LIKE '%Nothing%'"
        )
        left = digest(None, *content).hex()
        db.execute("INSERT INTO redaction (change_id, noun, row, fields, left_sha256, why) "
                   "VALUES (?, 'item', ?, 'title', ?, 'x')", (change, content[2], left))  # fmt: skip
    said = recreg("log", "verify", "-f", "json")
    assert said.code == 6
    assert content[0] in {row["changeset"] for row in said.json if row["what"] == "chain"}


@promise("C3", of="random acts", ci=40, full=2000)
def test_c3_the_tables_are_what_the_log_says_whatever_was_done(register: Path, size: int) -> None:
    chance, officer = random.Random(size), prepared(register)
    done = [some_deed(officer, chance) for _ in range(size)]
    assert sum(done) > size / 4
    assert is_sound(register)


def some_deed(officer: Officer, chance: random.Random) -> bool:
    numbers = chance.randrange(28), chance.randrange(61), chance.randrange(61)
    return officer.does(*numbers, chance.choice([0, 0, 0, 5, 40]))


def cells_of(path: Path) -> list[tuple[str, str]]:
    """Every column of every table that is logged."""
    with closing(sqlite3.connect(path)) as db:
        return [(table, column) for table, columns in logged_tables(db).items() for column in columns if column != "id"]


def changed_by_hand(path: Path, table: str, column: str, chance: random.Random) -> None:
    row = chance.choice(rows_of(path, table, "id"))
    with unguarded(path) as db:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (another(row[column]), row["id"]))


def hand_edits_not_found(path: Path, made: Path, recreg: Typed, size: int) -> list[str]:
    """Change so many cells by hand, each time in another copy, and say which of them were not found."""
    chance, unseen = random.Random(size), []
    cells = cells_of(made)
    chance.shuffle(cells)
    for number in range(size):
        table, column = cells[number % len(cells)]
        path.write_bytes(made.read_bytes())
        changed_by_hand(path, table, column, chance)
        said = recreg("log", "verify", "-f", "json")
        if said.code != 6 or not any(is_told(row, column) for row in said.json):
            unseen.append(f"{table}.{column}: {said.code} {said.out}")
    return unseen


def is_told(row: dict[str, Any], column: str) -> bool:
    return row["what"] == "history" and str(row["message"]).endswith(f": {column.removesuffix('_id')}.")


@promise("C3", of="cells edited by hand", ci=15, full=200)
def test_c3_a_hand_edit_of_any_column_is_found(filled: Path, made: Path, recreg: Typed, size: int) -> None:
    assert hand_edits_not_found(filled, made, recreg, size) == []


def test_a_recreg_that_does_not_replay_its_log_is_found_out(
    filled: Path, made: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "_history", lambda _: iter(()))
    assert len(hand_edits_not_found(filled, made, recreg, 3)) == 3


@pytest.mark.parametrize(
    "edit",
    ["DELETE FROM note WHERE id = 2", "INSERT INTO note (item_id, noted_on, text) VALUES (3, '2022-09-29', 'forged')",
     "UPDATE note SET id = 99 WHERE id = 2", "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'note'",
     "DELETE FROM sqlite_sequence WHERE name = 'note'"],
)  # fmt: skip
@promise("C3")
def test_c3_rows_that_came_or_went_behind_the_log_are_found(edit: str, filled: Path, recreg: Typed) -> None:
    with unguarded(filled) as db:
        db.execute(edit)
    said = recreg("log", "verify", "-f", "json")
    assert said.code == 6
    assert "history" in {row["what"] for row in said.json}
