"""An upgrade ends well or leaves the register as it was; what was upgraded is as new; what is no register is left alone."""

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from every_command import EVERY, here, office, words
from older import ROWS, older

from conftest import Typed
from promising import promise
from recreg.store.file import SCHEMA_NUMBER
from recreg.store.log import head
from recreg.store.verify import Rows, stored

__all__ = ["here", "office"]


#: What docs/register-file.md gives an auditor to run, without recreg.
AUDITORS = re.findall(
    r"```python\n(.*?)```", (Path(__file__).parents[2] / "docs/register-file.md").read_text(encoding="utf-8"), re.DOTALL
)


def made_of(register: Path) -> list[tuple[str, ...]]:
    """Every table, index, view and trigger of a register, by its text."""
    with closing(sqlite3.connect(register)) as db:
        return sorted(db.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"))


def held_by(register: Path) -> tuple[tuple[int, str], Rows]:
    """The end of a register's log, and all its rows but the settings."""
    with closing(sqlite3.connect(register)) as db:
        return head(db), {key: row for key, row in stored(db).items() if key[0] != "setting"}


def test_all_that_is_wrong_with_an_older_register_is_told_where_it_is_not_upgraded(
    tmp_path: Path, recreg: Typed
) -> None:
    register = older(tmp_path / "7.db", 7, 4)
    with closing(sqlite3.connect(register)) as db:
        db.executescript("DROP TRIGGER log_item_changed; DROP TRIGGER log_note_changed;"
                         "UPDATE item SET title = 'Forged' WHERE id = 1; UPDATE note SET text = 'Forged' WHERE id = 2;")  # fmt: skip
    said = recreg("--register", register, "migrate")
    assert said.code == 5
    assert "R-0001 is not what the log says: title." in said.err
    assert "N-0002 is not what the log says: text." in said.err
    assert "recreg restore FILE puts the last good backup back" in said.err
    triggers = [
        row["found"] for row in recreg("--register", register, "doctor", "-f", "json").json if row["what"] == "triggers"
    ]
    assert triggers == ["not looked at: another recreg wrote them, and a migration writes them anew"]


@promise("H2", of="items in a register of each older schema", ci=5, full=3500)
def test_h2_what_was_upgraded_is_as_new_and_has_every_row_and_the_same_log(
    size: int, recreg: Typed, empty_register: Path, tmp_path: Path
) -> None:
    for number in range(1, SCHEMA_NUMBER):
        register = older(tmp_path / f"{number}.db", number, size)
        (last, whole), rows = held_by(register)
        assert {noun for noun, _ in rows} >= set(list(ROWS)[:9])
        said = recreg("--register", register, "migrate")
        assert said.code == 0, said.err
        assert made_of(register) == made_of(empty_register), number
        (newest, _), now = held_by(register)
        assert newest == last + 1
        assert {key: {name: now[key][name] for name in row} for key, row in rows.items()} == rows
        assert now.keys() == rows.keys()
        said = recreg("--register", register, "log", "verify", "--head", f"{last}/{whole}")
        assert (said.code, said.out) == (0, ""), said.out
        for program in AUDITORS if number == 1 else ():
            assert subprocess.run([sys.executable, "-I", "-S", "-c", program, register], check=False).returncode == 0


FAULTY = Path(__file__).with_name("faulty.py")
#: Each statement is a transaction of its own, as it is where nobody says BEGIN; without waiting for the disk each time.
WITHOUT_BEGIN = """
from recreg.store import engine, file
prepared = file.prepare_for_writing
engine._begin_immediate = lambda connection: None
file.prepare_for_writing = lambda db: (prepared(db), db.execute("PRAGMA synchronous = OFF"))
"""


def faulty_upgrades(folder: Path, count: int, schemas: range, spoilt: str = "") -> dict[str, Any]:
    """How many places there are at which making or upgrading a register can go wrong, and what is wrong after so many."""
    registers = {number: str(older(folder / f"{number}.db", number, 4)) for number in schemas}
    given = {"registers": registers, "folder": str(folder), "count": count, "spoilt": spoilt}
    ended = subprocess.run(
        [sys.executable, FAULTY], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


@promise("H1", of="places at which it goes wrong", ci=5, full=3000)
def test_h1_an_upgrade_that_goes_wrong_anywhere_leaves_the_register_as_it_was_and_can_be_done_again(
    size: int, tmp_path: Path
) -> None:
    found = faulty_upgrades(tmp_path, size, range(1, SCHEMA_NUMBER) if size > 100 else range(1, 2))
    assert found["wrong"] == []
    assert found["tried"] >= size
    assert size <= 100 or not found["passed by"], "more migrations have more places than the full size tries"


def test_an_upgrade_that_is_left_half_done_would_be_noticed(tmp_path: Path) -> None:
    assert faulty_upgrades(tmp_path, 3, range(1, 2), WITHOUT_BEGIN)["wrong"] != []


# H3.


def wrong_files(folder: Path, sound: Path) -> dict[str, Path]:
    """What may stand where a register was meant to: of another program, of another time, or nothing at all."""
    files = {name: folder / f"{name}.db" for name in ("other", "list", "empty", "newer", "cut", "damaged", "text")}
    with closing(sqlite3.connect(files["other"])) as other:
        other.execute("CREATE TABLE song (title TEXT)")
    files["list"].write_text("ref,title\nR-0001,Needs\n" * 100, encoding="utf-8")
    files["empty"].touch()
    files["text"].write_text("SQLite format 3\0 is how such a file begins", encoding="utf-8")
    content = sound.read_bytes()
    files["newer"].write_bytes(content)
    with closing(sqlite3.connect(files["newer"])) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA_NUMBER + 1}")
    files["cut"].write_bytes(content[:1000])
    files["damaged"].write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    (folder / "folder.db").mkdir()
    return files | {"folder": folder / "folder.db", "typo": folder / "regsiter.db", "path": folder / "none/register.db"}


def as_it_stands(folder: Path) -> dict[str, str]:
    """Everything in a folder, with the hash of each file."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in folder.rglob("*")
    }


def touched_by(recreg: Typed, here: Path, wrong: dict[str, Path], names: list[str]) -> list[str]:
    """The commands that do not refuse such a file with code 5, or leave anything other than it was."""
    found = []
    for sort, file in wrong.items():
        for name in names:
            before = as_it_stands(here)
            said = recreg("--register", file, *words(EVERY[name], here))
            proved = 6 if (name, sort) == ("log verify", "damaged") else 5
            if said.code != proved or not said.out + said.err or as_it_stands(here) != before:
                found.append(f"{name} of {sort}: {said.code} {said.err}")
    return found


#: Those that are about no register, or put one where there is none.
ELSEWHERE = {"draft", "demo", "init", "restore", "doctor", "backup"}


@promise("H3", of="commands at each wrong file", ci=8, full=70)
def test_h3_a_wrong_file_is_refused_by_every_command_and_left_as_it_is(size: int, recreg: Typed, here: Path) -> None:
    names = [name for name in EVERY if name not in ELSEWHERE]
    first = ["migrate", "log verify", "import", "undo"]
    (here / "wrong").mkdir()
    wrong = wrong_files(here / "wrong", here / "register.db")
    assert touched_by(recreg, here, wrong, list(dict.fromkeys([*first, *names]))[:size]) == []


@promise("H3")
def test_h3_a_backup_of_a_wrong_file_makes_nothing(recreg: Typed, here: Path) -> None:
    (here / "wrong").mkdir()
    assert touched_by(recreg, here, wrong_files(here / "wrong", here / "register.db"), ["backup"]) == []


@promise("H3")
def test_h3_no_wrong_file_is_overwritten_by_a_new_register_or_a_backup(recreg: Typed, here: Path) -> None:
    (here / "wrong").mkdir()
    wrong = wrong_files(here / "wrong", here / "register.db")
    before = as_it_stands(here)
    for sort, file in wrong.items():
        if file.exists():
            assert recreg("--register", file, "init").code == 4, sort
            assert recreg("--register", file, "restore", here / "older.zip").code in {4, 5}, sort
        assert recreg("restore", file, "--force").code in {2, 5}, sort
    assert as_it_stands(here) == before


def test_a_command_that_makes_a_register_where_there_is_none_would_be_noticed(
    recreg: Typed, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recreg.store.file._must_be_a_file", lambda path: path.touch())
    assert touched_by(recreg, here, {"typo": here / "regsiter.db"}, ["overdue"]) != []
