"""The log is only ever added to: by whatever an officer does, and by whatever recreg's own connection is told to do."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lived import lived, put, random_acts
from outside import unguarded

from conftest import Typed
from promising import promise
from recreg.errors import RecregError
from recreg.register import Register
from recreg.store import guards
from recreg.store.engine import driver, writing_engine
from test_undo import TODAY, prepared

Entry = tuple[Any, ...]
#: Where an entry's salt, and its values before and after, stand in its row.
_SALT, _SIDES = 6, slice(4, 6)


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived(empty_register, tmp_path_factory)


@pytest.fixture
def filled(made: Path, path: Path) -> Path:
    """A register with some life in its log."""
    return put(made, path)


def log_of(path: Path) -> tuple[list[Entry], dict[int, Entry]]:
    """Every changeset, and every change by its number."""
    with closing(sqlite3.connect(path)) as db:
        changes = db.execute("SELECT id, changeset, noun, row, before, after, salt, digest FROM change ORDER BY id")
        return db.execute("SELECT * FROM changeset ORDER BY number").fetchall(), {row[0]: row for row in changes}


def redacted_in(path: Path) -> set[int]:
    """The entries that redactions name."""
    with closing(sqlite3.connect(path)) as db:
        return {change for (change,) in db.execute("SELECT change_id FROM redaction")}


def altered(path: Path, acts: list[Callable[[], object]]) -> list[str]:
    """Do each act, and say which earlier entry is no longer, byte for byte, what it was before it."""
    wrong = []
    for number, act in enumerate(acts):
        changesets, changes = log_of(path)
        act()
        now, those = log_of(path)
        if now[: len(changesets)] != changesets:
            wrong.append(f"act {number} altered a changeset")
        redacted = redacted_in(path)
        for change, was in changes.items():
            if those.get(change) != was and not (change in redacted and only_redacted(was, those.get(change))):
                wrong.append(f"act {number} altered change {change}")
    return wrong


def only_redacted(was: Entry, now: Entry | None) -> bool:
    """Whether an entry lost words and its salt, and nothing else of it is other than before."""
    if now is None or now[_SALT] is not None:
        return False
    kept = [was[:4] + was[7:] == now[:4] + now[7:]]
    kept += ["[redacted]" in side for old, side in zip(was[_SIDES], now[_SIDES], strict=True) if old != side]
    return all(kept)


@promise("C1", of="random acts", ci=40, full=2000)
def test_c1_no_act_changes_or_removes_an_entry_of_the_log(register: Path, size: int) -> None:
    assert altered(register, random_acts(register, size, Random(size))) == []
    assert len(log_of(register)[0]) > size / 4, "most of it was done"


@pytest.mark.parametrize(
    "rewriting",
    ["UPDATE changeset SET by_whom = 'nobody' WHERE number = 2", "DELETE FROM change WHERE id = 3",
     "UPDATE change SET after = replace(after, 'first', 'second')", "DELETE FROM changeset WHERE number = 1",
     "UPDATE change SET salt = NULL WHERE id = 5", "UPDATE change SET digest = zeroblob(32) WHERE id = 5"],
)  # fmt: skip
def test_an_act_that_rewrites_the_log_is_found_out(rewriting: str, register: Path) -> None:
    def rewrite() -> None:
        with unguarded(register) as db:
            db.execute(rewriting)

    prepared(register)
    assert altered(register, [rewrite]) != []


ATTACKS = [
    "UPDATE change SET after = '{}'",
    "UPDATE change SET before = NULL, after = NULL, salt = NULL WHERE id = 1",
    "UPDATE changeset SET by_whom = 'nobody'",
    "DELETE FROM change",
    "DELETE FROM changeset WHERE number = (SELECT max(number) FROM changeset)",
    "INSERT OR REPLACE INTO change SELECT * FROM change WHERE id = 1",
    "REPLACE INTO changeset SELECT * FROM changeset WHERE number = 1",
    "PRAGMA recursive_triggers = OFF; REPLACE INTO change SELECT * FROM change WHERE id = 1",
    "INSERT INTO change SELECT * FROM change WHERE id = 1 ON CONFLICT DO UPDATE SET after = '{}'",
    "UPDATE OR REPLACE change SET id = 1 WHERE id = 2",
    "INSERT INTO change SELECT 999, 1, noun, row, before, after, salt, digest FROM change WHERE id = 1",
    "INSERT INTO change SELECT NULL, (SELECT max(number) + 1 FROM changeset), noun, row, before, after, salt, digest FROM change WHERE id = 1",
    "INSERT INTO changeset SELECT 999, at, effective_on, by_whom, command, NULL, NULL, hash, hash FROM changeset ORDER BY number DESC LIMIT 1",
    "INSERT INTO changeset SELECT 0, at, effective_on, by_whom, command, NULL, NULL, '', hash FROM changeset",
    "DROP TRIGGER guard_change_UPDATE",
    "DROP TRIGGER log_item_changed",
    "DROP TABLE link",
    "DROP INDEX item_by_owner",
    "DROP VIEW item_in_words",
    "ALTER TABLE item RENAME TO things",
    "ALTER TABLE item ADD COLUMN secret TEXT",
    "ALTER TABLE item DROP COLUMN waiting_on",
    "CREATE TABLE shadow (id INTEGER PRIMARY KEY)",
    "CREATE INDEX shadow ON item (title)",
    "CREATE VIEW shadow AS SELECT * FROM item",
    "CREATE TRIGGER shadow AFTER INSERT ON item BEGIN DELETE FROM note; END",
    "CREATE TEMP TRIGGER shadow BEFORE INSERT ON main.change BEGIN SELECT raise(IGNORE); END",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'ABORT', 'IGNORE')",
    "PRAGMA Writable_Schema = ON; DELETE FROM sqlite_master WHERE name LIKE 'guard%'",
    "PRAGMA main.user_version = 99",
    "PRAGMA application_id = 0",
    "PRAGMA schema_version = 1",
    "PRAGMA foreign_keys = OFF; DELETE FROM person",
    "PRAGMA ignore_check_constraints = ON; UPDATE item SET rag = 'purple'",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA secure_delete = OFF",
    "UPDATE sqlite_sequence SET seq = 0",
    "DELETE FROM sqlite_sequence",
    "UPDATE alembic_version SET version_num = '0001'",
    "ATTACH 'register.db' AS again; UPDATE again.change SET after = '{}'",
    "ATTACH 'new.db' AS other",
    "VACUUM INTO 'new.db'",
    "VACUUM",
    "ANALYZE",
    "INSERT INTO log_entry SELECT max(number) + 1, 'item', 1, NULL, '{}', x'00' FROM changeset",
    "DROP VIEW log_entry",
]


def refused_in_a_visit(path: Path, attack: str) -> None:
    with Register(path, by="Attacker", today=TODAY).visit("attack") as visit:
        for statement in attack.split("; "):
            visit.db.execute(statement)


def refused_between_visits(path: Path, attack: str) -> None:
    with writing_engine(path).connect() as connection:
        for statement in attack.split("; "):
            driver(connection).execute(statement)


def got_through(path: Path, attack: str) -> list[str]:
    """Try it on recreg's own connection, in a transaction and outside of one, and say what came of it."""
    wrong, before = [], path.read_bytes()
    for attempt in (refused_in_a_visit, refused_between_visits):
        try:
            attempt(path, attack)
            wrong.append(f"{attempt.__name__}: it was let through")
        except (sqlite3.DatabaseError, RecregError):
            pass
        if path.read_bytes() != before or path.with_name("new.db").exists():
            wrong.append(f"{attempt.__name__}: it left its mark")
    return wrong


@pytest.mark.parametrize("attack", ATTACKS)
@promise("C1")
def test_c1_recregs_own_connection_refuses_it(attack: str, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(filled.parent)
    assert got_through(filled, attack) == []


def test_a_recreg_without_guards_is_found_out(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(guards, "_may", lambda *_: sqlite3.SQLITE_OK)
    bare = tmp_path / "bare.db"
    tried, let_through = ATTACKS[::3], set()
    for attack in tried:
        bare.write_bytes(made.read_bytes())
        with closing(sqlite3.connect(bare)) as db:
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE name LIKE 'guard%'").fetchall():
                db.execute(f"DROP TRIGGER {name}")
        if got_through(bare, attack):
            let_through.add(attack)
    assert len(let_through) > 0.8 * len(tried), set(tried) - let_through


def content(path: Path) -> list[str]:
    """All that a register holds, in SQL, in whatever order it is kept."""
    with closing(sqlite3.connect(path)) as db:
        try:
            marks = [str(db.execute(f"PRAGMA {each}").fetchone()) for each in ("user_version", "application_id")]
            return [*marks, *sorted(db.iterdump())]
        except sqlite3.DatabaseError:
            return ["not to be read"]


@pytest.mark.parametrize("attack", ATTACKS)
@promise("C1")
def test_c1_what_another_program_gets_through_is_found(
    attack: str, filled: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(filled.parent)
    before = content(filled)
    with closing(sqlite3.connect(filled, isolation_level=None)) as db, suppress(sqlite3.DatabaseError):
        for statement in attack.split("; "):
            db.execute(statement)
    if content(filled) != before and attack != "ANALYZE":
        assert recreg("log", "verify").code in {5, 6}
