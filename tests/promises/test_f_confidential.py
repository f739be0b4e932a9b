"""What recreg writes is its owner's alone, and what records say stands in them and nowhere else."""

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from every_command import CANARY, EVERY, READING, TYPED, WRITING, here, office, words
from older import older

from conftest import Typed
from promising import promise
from recreg.cli import editor, printer, settings
from recreg.store.file import SCHEMA_NUMBER, connect_for_reading, prepare_for_writing

__all__ = ["here", "office"]

WATCHED = Path(__file__).with_name("watched.py")


@dataclass
class Seen:
    """What came of watched commands: exit codes, what others could have read, what was found elsewhere, what was made."""

    codes: dict[str, int]
    modes: dict[str, str]
    found: list[str]
    made: list[str]


def watched(here: Path, lines: list[str], spoilt: str = "") -> Seen:
    """Commands typed under a umask of 0, and everything that was made of files meanwhile."""
    elsewhere, told = here.with_name(f"{here.name} elsewhere"), here.with_name(f"{here.name} told")
    elsewhere.mkdir()
    given = {
        "here": str(here), "elsewhere": [str(elsewhere)], "words": CANARY.split(), "spoilt": spoilt,
        "told": str(told), "commands": [words(line, here) for line in lines],
    }  # fmt: skip
    places = {"RECREG_REGISTER": str(here / "register.db"), "TMPDIR": str(elsewhere), "SQLITE_TMPDIR": str(elsewhere)}
    subprocess.run(
        [sys.executable, WATCHED], input=json.dumps(given).encode(), check=True, capture_output=True,
        env=os.environ | places,
    )  # fmt: skip
    return Seen(**json.loads(told.read_text(encoding="utf-8")))


#: What makes files, each in another way.
MAKING = """
--register HERE/deep/er/r.db init
--register HERE/older.db migrate
import --template HERE/made/t.csv
import HERE/bad.csv --rejects HERE/made/rejects.csv
import HERE/many.csv
export HERE/made/x.csv
export HERE/made/x.json --all
export HERE/made/x.xlsx --all
paper --to today -o HERE/made/p.docx
paper --to today -o HERE/made/p.html
show 10618 -o HERE/made/s.md
draft HERE/report.txt -o HERE/made/d.csv
calendar -o HERE/made/c.ics
evidence add HERE/more.txt --for R-0004
redact E-0001 N-0001 --why x
backup HERE/made/b.zip
backup
restore HERE/older.zip --force
--register HERE/restored/r.db restore HERE/older.zip
list --as-of 2022-09-01
"""
#: Sheets are kept in a file of the system's own folder while they are packed, which a test of its own tells.
SHEETS = ["agenda --until 2022-12-31 --sheet HERE/made/a.xlsx", "chase --out HERE/made/letters"]


Watching = Callable[..., Seen]


@pytest.fixture(scope="module")
def watching(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Watching:
    """So many commands watched: first what makes files, each in another way, then every one there is; once."""
    known: dict[object, Seen] = {}

    def watch(size: int, lines: tuple[str, ...] = (), spoilt: str = "") -> Seen:
        if (size, spoilt) not in known:
            here = prepared(office, tmp_path_factory.mktemp("watched") / "here")
            others = [typed for name, typed in EVERY.items() if name not in {"chase", "demo"}]
            every = [*MAKING.strip().split("\n"), *others][:size]
            known[size, spoilt] = watched(here, [*every, *(lines or SHEETS)], spoilt)
        return known[size, spoilt]

    return watch


def prepared(office: Path, here: Path) -> Path:
    """A copy of the folder, with an older register, and a file so large that a copy is kept before it is taken in."""
    shutil.copytree(office, here)
    (here / "made").mkdir(mode=0o700)
    older(here / "older.db", SCHEMA_NUMBER - 1, 4)
    rows = "".join(f"rec,Another {number}\n" for number in range(1_000))
    (here / "many.csv").write_text(f"kind,title\n{rows}", encoding="utf-8")
    return here


@promise("F1", of="commands", ci=20, full=88)
def test_f1_every_file_that_a_command_makes_is_its_owners_alone(size: int, watching: Watching) -> None:
    seen = watching(size)
    assert len(seen.codes) >= min(size, 80)
    assert set(seen.codes.values()) <= {0, 4, 6}, seen.codes
    assert seen.modes == {}
    assert len(seen.made) > 20


#: A file is made for all to read, is closed to them at last, and lies in a temporary one for a moment.
CARELESS = """
import tempfile
from recreg.exchange import whole

def careless(folder):
    (folder / "x.csv").chmod(0o600)
    with tempfile.NamedTemporaryFile() as passing:
        passing.write((folder / "x.csv").read_bytes())
        passing.flush()

os.umask = lambda mask: 0
whole.os = type("os", (), {**vars(os), "open": lambda path, flags, mode: os.open(path, flags, 0o666)})
whole.make_lasting = careless
"""


def test_a_file_that_others_could_read_or_that_is_gone_at_last_would_be_noticed(watching: Watching) -> None:
    seen = watching(0, ("export HERE/made/x.csv",), CARELESS)
    assert any("unfinished" in path for path in seen.modes), seen
    assert seen.found


@promise("F2", of="commands", ci=20, full=88)
def test_f2_the_text_of_records_is_in_no_temporary_file_and_in_no_name(size: int, watching: Watching) -> None:
    seen = watching(size)
    assert [each for each in seen.found if not is_of_a_sheet(each)] == []
    assert not [path for path in seen.made if any(word in path for word in CANARY.split())]


@promise("F2")
def test_f2_the_text_of_a_sheet_is_in_no_temporary_file(watching: Watching) -> None:
    assert [each for each in watching(20).found if is_of_a_sheet(each)] == []


def is_of_a_sheet(found: str) -> bool:
    """Whether something was found while a sheet was written."""
    return any(f" by {line.split()[0]}" in found for line in SHEETS)


@promise("F2")
def test_f2_what_comes_by_stdin_or_is_sorted_is_in_no_file_of_the_systems_own(
    recreg: Typed, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", None)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((here / "items.csv").read_bytes())))
    assert recreg("import", "-").code == 0
    with closing(connect_for_reading(here / "register.db")) as db:
        assert db.execute("PRAGMA temp_store").fetchone() == (2,), "in memory"


@promise("F2")
def test_f2_what_is_written_in_an_editor_lies_beside_the_register_and_is_gone_after(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'echo "$1" > seen; stat -c %a "${1%/*}" >> seen; cat "$1" >> seen; echo "Audit begun" >> "$1"'
    monkeypatch.chdir(here)
    monkeypatch.setenv("EDITOR", f"sh -c '{script}' sh")
    monkeypatch.setenv("TMPDIR", "/nowhere")
    settings.choose_register(None)
    assert editor.written("The review of R-0002") == "Audit begun"
    file, mode, _, asked, _ = (here / "seen").read_text(encoding="utf-8").splitlines()
    assert Path(file).parent.parent == here
    assert mode == "700"
    assert asked == "# The review of R-0002"
    assert not Path(file).parent.exists()


# What is told of a failure.


class Failing(sqlite3.Cursor):
    """On which no row can be written."""

    def execute(self, sql: str, *values: Any) -> Any:
        if re.match("INSERT INTO (?!incoming)|UPDATE|DELETE", sql):
            raise sqlite3.IntegrityError("no")
        return super().execute(sql, *values)


class FailingRegister(sqlite3.Connection):
    """A register that such cursors write to."""

    def cursor(self, *_: Any) -> Any:
        return super().cursor(Failing)

    def execute(self, *statement: Any) -> Any:
        return self.cursor().execute(*statement)


@pytest.fixture
def failing(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a register to which nothing can be written, for no reason that anybody knows."""
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=FailingRegister))
    return here


def told_of_failures(recreg: Typed, here: Path, lines: list[str]) -> list[str]:
    """Whatever tells a text of the register, or what was typed to go into it; each command has to fail for a bug."""
    found = []
    for typed in lines:
        said = recreg(*(CANARY if word == "x" else word for word in words(typed, here)))
        assert said.code == 1, (typed, said)
        if any(word in said.out + said.err for word in CANARY.split()):
            found.append(f"{typed}: {said.err}")
    return found


@promise("F2", of="failures", ci=8, full=35)
def test_f2_no_failure_tells_a_text_of_the_register(size: int, recreg: Typed, failing: Path) -> None:
    lines = [typed for name, typed in WRITING.items() if name not in {"restore", "undo", "redact"}]
    assert len(lines) >= 35
    assert told_of_failures(recreg, failing, lines[:size]) == []


@promise("F2", of="bugs of each sort", ci=8, full=50)
def test_f2_no_bug_tells_what_it_was_at(size: int, recreg: Typed, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object, **__: object) -> int:
        held = f"{CANARY} is in a variable too"
        raise LookupError(held)

    with monkeypatch.context() as spoilt:
        spoilt.setattr(sys, "stdout", type("Broken", (io.StringIO,), {"write": bug, "writelines": bug})())
        assert told_of_failures(recreg, here, list(READING.values())[:size]) == []
    monkeypatch.setattr(sqlite3, "connect", bug)
    assert told_of_failures(recreg, here, ["log verify", "evidence check", "backup", *WRITING.values()][:size]) == []


def test_a_failure_that_tells_the_text_would_be_noticed(
    recreg: Typed, failing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def telling(error: BaseException) -> int:
        printer.say("".join(traceback.format_exception(error)))
        return 1

    monkeypatch.setattr("recreg.cli.telling._tell_bug", telling)
    assert told_of_failures(recreg, failing, [WRITING["note"]]) != []


# What was redacted.


#: What no redaction reaches, since it is of no item, review, note or evidence.
OF_OTHERS = {"report", "role", "is", "summed"}
SAID = sorted(
    {f"{CANARY} {word}" for word in re.findall(rf"{CANARY} (\w+)", TYPED)} - {f"{CANARY} {word}" for word in OF_OTHERS}
)
GONE = [*SAID, f"{CANARY} in a text", f"{CANARY} in a file", f"{CANARY} at length"]
REDACTING = "redact R-0001 R-0002 R-0003 R-0004 R-0005 R-0006 R-0007 R-0008 R-0009 R-0010 V-0001 N-0001 N-0002 E-0001 E-0002 --why x"


def left_of(phrases: list[str], files: list[Path]) -> list[str]:
    """Where any of the phrases stands still, in bytes that SQLite no longer looks at too."""
    return [f"{phrase} in {file.name}" for file in files for phrase in phrases if phrase.encode() in file.read_bytes()]


def redacted(recreg: Typed, here: Path) -> list[Path]:
    """The files of the register once all its words were redacted, and of a backup made then."""
    (here / "long.txt").write_text(f"{CANARY} at length\n" * 20_000, encoding="utf-8")
    assert recreg("note", "R-0004", "--file", here / "long.txt").code == 0
    files = [here / "register.db", *(here / "register.db.evidence").iterdir()]
    assert [phrase for phrase in GONE if not left_of([phrase], files)] == []
    assert recreg(*words(REDACTING, here)).code == 0
    assert recreg("backup", here / "new.zip").code == 0
    assert recreg("log", "verify").code == 0
    return [file for file in here.glob("register.db*") if file.is_file()] + [
        here / "new.zip",
        *here.glob("register.db.evidence/*"),
    ]


@promise("F2")
def test_f2_what_was_redacted_is_not_in_the_bytes_of_the_register_nor_of_new_backups(recreg: Typed, here: Path) -> None:
    files = redacted(recreg, here)
    assert left_of(GONE, files) == []


def test_redacted_words_in_pages_that_are_free_would_be_noticed(
    recreg: Typed, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepared(db: sqlite3.Connection) -> None:
        prepare_for_writing(db)
        db.execute("PRAGMA secure_delete = OFF")

    monkeypatch.setattr("recreg.store.file.prepare_for_writing", prepared)
    assert left_of(GONE, redacted(recreg, here)) != []
