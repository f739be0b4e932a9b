"""The one file: made once, readable by its owner, shared by many at once, and proof against other programs."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from conftest import INSTALLED, Typed, is_sound, run
from promising import promise
from recreg.store.file import APPLICATION_ID, SCHEMA_NUMBER
from recreg.store.verify import broken_links, strayed_rows


@promise("F1")
def test_f1_init_makes_a_register_that_only_its_owner_may_read(path: Path) -> None:
    ended = subprocess.run(
        f"umask 000; '{INSTALLED}' --register '{path.parent}/deep/er/r.db' init",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    made = path.parent / "deep/er/r.db"
    assert ended.returncode == 0, ended.stderr
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert made.read_bytes()[68:72] == b"RECR"


def test_init_never_touches_a_file_that_is_there(recreg: Typed, register: Path) -> None:
    before = register.read_bytes()
    said = recreg("init")
    assert (said.code, said.out) == (4, "")
    assert f"There is a file at {register} already." in said.err
    assert register.read_bytes() == before


def test_the_default_register_is_in_the_users_own_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recreg: Typed
) -> None:
    monkeypatch.delenv("RECREG_REGISTER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert recreg("init").code == 0
    assert (tmp_path / "data/recreg/register.db").is_file()


def test_the_option_goes_before_the_environment(tmp_path: Path, recreg: Typed, register: Path) -> None:
    recreg("--register", tmp_path / "other.db", "init")
    recreg("--register", tmp_path / "other.db", "add", "--kind", "afi", "--title", "There")
    assert recreg("list", "-f", "ids").out == ""
    assert recreg("--register", tmp_path / "other.db", "list", "-f", "ids").out == "R-0001\n"


def test_a_path_with_odd_characters_is_the_file_it_names(tmp_path: Path, recreg: Typed) -> None:
    odd = tmp_path / "a b#c?d%20e.db"
    assert recreg("--register", odd, "init").code == 0
    assert recreg("--register", odd, "list").code == 0
    assert odd.is_file()


def test_reading_leaves_the_file_and_its_folder_as_they_are(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "afi", "--title", "x")
    before = {file: file.read_bytes() for file in register.parent.iterdir()}
    for command in ("list", "overdue", "log", "show R-0001", "history R-0001", "person list", "inspection list", ""):
        assert recreg(*command.split()).code == 0
    assert {file: file.read_bytes() for file in register.parent.iterdir()} == before


def test_a_report_can_be_read_while_somebody_writes(register: Path) -> None:
    with closing(sqlite3.connect(register, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert run("overdue").code == 0


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE change SET after = '{}'",
        "DELETE FROM change",
        "UPDATE changeset SET by_whom = 'nobody'",
        "DELETE FROM changeset",
        "INSERT OR REPLACE INTO change SELECT * FROM change WHERE id = 1",
        "INSERT OR REPLACE INTO changeset SELECT * FROM changeset WHERE number = 1",
        "INSERT INTO change SELECT 999, 1, noun, row, before, after, salt, digest FROM change WHERE id = 1",
        "INSERT INTO changeset SELECT 7, at, effective_on, by_whom, command, NULL, NULL, previous_hash, hash FROM changeset",
        "UPDATE item SET title = 'forged'",
        "DELETE FROM item",
        "INSERT INTO item (kind, title, added_on, review_anchor_on) VALUES ('recommendation', 'x', '2022-01-01', '2022-01-01')",
        "INSERT OR REPLACE INTO item SELECT * FROM item",
    ],
)
def test_another_program_cannot_write_past_the_log(attack: str, recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "afi", "--title", "true")
    before = register.read_bytes()
    with closing(sqlite3.connect(register)) as db, pytest.raises(sqlite3.DatabaseError):
        db.execute(attack)
    assert register.read_bytes() == before


def test_a_change_behind_the_log_is_found_and_located(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "afi", "--title", "true")
    with closing(sqlite3.connect(register)) as db:
        db.create_function("recreg_digest", 6, lambda *_: b"\0" * 32)
        db.execute("UPDATE item SET title = 'forged'")
        db.execute("INSERT INTO changeset SELECT 3, at, effective_on, by_whom, command, NULL, NULL, hash, hash "
                   "FROM changeset WHERE number = 2")  # fmt: skip
        db.commit()
        assert {number for number, _ in broken_links(db)} == {3}
        db.execute("DROP TRIGGER log_item_changed")
        db.execute("UPDATE item SET title = 'forged again'")
        assert strayed_rows(db) == [("item", 1)]


def test_what_a_crash_left_half_done_is_rolled_back_by_the_next_reader(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "afi", "--title", "kept")
    crash = f"""
import os, sqlite3
from recreg.store.triggers import allow_writing
db = sqlite3.connect({str(register)!r}, isolation_level=None)
allow_writing(db)
db.execute("PRAGMA journal_mode = TRUNCATE")
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN IMMEDIATE")
for n in range(400):
    db.execute("UPDATE item SET text = ?", ("lost" * 500 + str(n),))
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", crash], check=False).returncode == 9
    assert register.with_name("register.db-journal").stat().st_size > 0, "the crash left a hot journal"
    said = run("list", "-f", "json")
    assert said.code == 0, said.err
    assert [(item["title"], item["text"]) for item in said.json] == [("kept", None)]
    assert is_sound(register)


def test_a_register_says_what_it_is(db: sqlite3.Connection) -> None:
    assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_NUMBER,)


@promise("D5")
@pytest.mark.parametrize(
    "bad",
    ["kind = 'thing'", "rag = 'red'", "rag = 'purple'", "target_on = '2022-02-30'", "added_on = NULL", "title = ''",
     "ours = 2", "ours = 0", "closed_on = '2022-01-01'", "review_every_months = 0", "owner_id = 99", "parent_id = 1",
     "deadline_on = '29/09/2022'", "next_review_on = 'soon'", "withdrawn_on = '2022-01-01'", "mandatory = 0"],
)  # fmt: skip
def test_d5_the_file_itself_refuses_what_no_rule_allows(bad: str, recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "afi", "--title", "x")
    with closing(sqlite3.connect(register)) as db:
        db.create_function("recreg_digest", 6, lambda *_: b"\0" * 32)
        db.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(f"UPDATE item SET {bad}")
