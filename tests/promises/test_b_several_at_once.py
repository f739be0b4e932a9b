"""Several at once wait for each other, a report holds nobody up, and no waiting is without end."""

import itertools
import json
import select
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import several
from killing import spoilt

from conftest import INSTALLED, Typed, is_sound
from promising import promise
from recreg.errors import Busy
from recreg.questions.items import Chosen, items
from recreg.register import Register
from recreg.register.fields import Fields
from recreg.store import evidence_files
from recreg.store.file import WAIT_SECONDS, connect_for_reading

TODAY = date(2022, 9, 29)


@pytest.fixture
def shared(register: Path) -> Path:
    """A register with the one item whose target everybody moves."""
    Register(register, by="Clerk", today=TODAY).add(Fields(kind="recommendation", title="Shared", target=TODAY))
    return register


def all_at_once(register: Path, folder: Path, size: int, *spoilt: str) -> list[str]:
    """Let eight write, two read and one make backups, and hold what they were told against what there is."""
    folder.mkdir()
    subprocess.run([sys.executable, several.__file__, register, folder, str(size), *spoilt], check=True)
    told = {file.stem: json.loads(file.read_text()) for file in folder.glob("*.json")}
    wrong = [f"{who}: {error}" for who, seen in told.items() for error in seen["errors"]]
    return wrong + list(what_is_lost(register, told)) + list(bad_backups(register, folder))


def what_is_lost(register: Path, told: dict[str, Any]) -> list[str]:
    """Whatever a writer was told is done, and is not there; or is there, and nobody was told."""
    writers = [told[f"writer {name}"] for name in several.WRITERS]
    added = sorted(["R-0001"] + [ref for each in writers for ref in each["added"]])
    moved = sum(each["moved"] for each in writers)
    with closing(sqlite3.connect(register)) as db:
        there = sorted(ref for (ref,) in db.execute("SELECT ref FROM item"))
        (times,) = db.execute("SELECT times_deferred FROM item WHERE id = 1").fetchone()
        (last,) = db.execute("SELECT max(number) FROM changeset").fetchone()
    found = {
        "items": (there, added), "moves": (times, moved), "changesets": (last, 1 + len(added) + moved),
        "proof": (is_sound(register), True), "anybody looked": (told["reader 0"].get("looks", 0) > 0, True),
    }  # fmt: skip
    return [f"{what}: {there} for {expected}" for what, (there, expected) in found.items() if there != expected]


def bad_backups(register: Path, folder: Path) -> list[str]:
    """Backups that are not whole, not sound, or of another log."""
    backups = sorted(folder.glob("*.zip"))
    wrong = [] if backups else ["no backup was made"]
    with closing(sqlite3.connect(register)) as db:
        log = dict(db.execute("SELECT number, hash FROM changeset"))
    for backup in backups:
        with zipfile.ZipFile(backup) as packed:
            copy = Path(packed.extract("register.db", folder / backup.stem))
        with closing(sqlite3.connect(copy)) as db:
            theirs = dict(db.execute("SELECT number, hash FROM changeset"))
        if not is_sound(copy) or any(log.get(number) != theirs[number] for number in theirs):
            wrong.append(f"{backup.name} is bad")
    return wrong


@promise("B1", of="commits by each of eight", ci=12, full=500)
def test_b1_eight_at_once_lose_nothing_and_are_never_refused(shared: Path, tmp_path: Path, size: int) -> None:
    assert all_at_once(shared, tmp_path / "told", size) == []


def test_a_recreg_that_begins_to_write_late_is_found_out(shared: Path, tmp_path: Path) -> None:
    assert all_at_once(shared, tmp_path / "told", 2, "begins deferred") != []


@pytest.fixture
def long(register: Path, tmp_path: Path, recreg: Typed) -> Path:
    """A register whose reports are more than a pipe takes in before somebody reads it."""
    rows = "\n".join(f"rec,{n} {'title ' * 150},2020-01-01" for n in range(200))
    (tmp_path / "long.csv").write_text(f"Type,Title,added_on\n{rows}\n")
    assert recreg("import", tmp_path / "long.csv", "--opening").code == 0
    return register


@contextmanager
def unread(*words: object) -> Iterator["subprocess.Popen[bytes]"]:
    """A report that is under way in a pipe, which nobody reads."""
    with subprocess.Popen([*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as report:
        assert report.stdout is not None
        select.select([report.stdout], [], [], 60)
        yield report
        report.kill()


def slowest_edit(register: Path, size: int) -> float:
    """How long the slowest of so many ratings took."""
    clerk, taken = Register(register, by="Clerk", today=TODAY), []
    for n in range(size):
        began = time.monotonic()
        clerk.rag(["red", "amber", "green"][n % 3], ["R-0001"], why=f"why {n}")
        taken.append(time.monotonic() - began)
    return max(taken)


@promise("B2", of="edits beside an open report", ci=5, full=50)
def test_b2_a_report_that_nobody_reads_holds_no_edit_up(long: Path, size: int) -> None:
    for report in ("list", "overdue"):
        with unread(INSTALLED, report, "-f", "jsonl") as open_report:
            assert slowest_edit(long, size) < 1
            assert open_report.poll() is None, "it was open all the while"
            whole = open_report.stdout.read() if open_report.stdout else b""
            assert len(whole.splitlines()) == 200


def test_a_recreg_that_prints_while_it_reads_is_found_out(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECREG_WAIT", "0.2")
    with unread(*spoilt(PRINTING_WHILE_READING), "list", "-f", "jsonl"), pytest.raises(Busy):
        slowest_edit(long, 1)


@pytest.mark.parametrize("command", ["log verify", "evidence check", "check"])
@promise("B2")
def test_b2_files_of_evidence_are_read_while_others_may_write(
    command: str, shared: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECREG_WAIT", "0.1")
    (shared.parent / "plan.txt").write_text("The plan.\n")
    assert recreg("evidence", "add", shared.parent / "plan.txt", "--for", "R-0001").code == 0
    really, edits = evidence_files.fault_of, []

    def slowly(file: Path, sha256: str) -> str | None:
        edits.append(slowest_edit(shared, 1))
        return really(file, sha256)

    monkeypatch.setattr(evidence_files, "fault_of", slowly)
    assert recreg(*command.split()).code in {0, 6}
    assert len(edits) == 1


PRINTING_WHILE_READING = """
import contextlib
from recreg.store import file
opened = []

@contextlib.contextmanager
def reading_at(path, moment=None):
    opened.append(file.connect_for_reading(path))
    opened[-1].execute("BEGIN")
    yield opened[-1]

file.reading_at = reading_at
"""

BATCH = 20
#: Imports batch after batch until it is told to stop; in two acts for each, where it was spoilt.
IMPORTING = """
import sys
from pathlib import Path
from recreg import cli
folder, batch, acts = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
number = 0
while not (folder / "stop").exists():
    for act in range(acts):
        number += 1
        rows = [f"rec,{number} {row}" for row in range(batch // acts)]
        (folder / "batch.csv").write_text("\\n".join(["Type,Title", *rows]))
        assert cli.run(["import", str(folder / "batch.csv")]) == 0
"""


def seen_while_importing(register: Path, folder: Path, looks: int, acts: int = 1) -> set[int]:
    """How many items a reader counts, looking so often while batches come in, and at three of them at least."""
    words = [sys.executable, "-c", IMPORTING, str(folder), str(BATCH), str(acts)]
    counts: set[int] = set()
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as importing:
        for look in itertools.count():
            with closing(connect_for_reading(register)) as db:
                counts.add(len(items(db, Chosen())))
            if look >= looks and len(counts) >= 3:
                break
        (folder / "stop").touch()
    assert importing.returncode == 0
    return counts


@promise("B2", of="looks at a register that batches come into", ci=10, full=1000)
def test_b2_an_import_is_seen_whole_or_not_at_all(register: Path, tmp_path: Path, size: int) -> None:
    assert {count % BATCH for count in seen_while_importing(register, tmp_path, size)} == {0}


def test_an_import_of_two_acts_is_found_out(register: Path, tmp_path: Path) -> None:
    assert {count % BATCH for count in seen_while_importing(register, tmp_path, 10, acts=2)} == {0, BATCH // 2}


@contextmanager
def held(register: Path, how: str) -> Iterator[None]:
    """Somebody else has the register locked."""
    with closing(sqlite3.connect(register, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield


@promise("B3", of="seconds of waiting", ci=1, full=30)
def test_b3_waiting_for_the_register_ends_and_says_why(
    shared: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    if size != WAIT_SECONDS:
        monkeypatch.setenv("RECREG_WAIT", str(size))
    before = shared.read_bytes()
    with held(shared, "IMMEDIATE"):
        began = time.monotonic()
        said = recreg("rag", "red", "R-0001", "--why", "late")
        assert size <= time.monotonic() - began < size + 2
        assert recreg("list", "-f", "ids").out == "R-0001\n", "a report can be read meanwhile"
    assert (said.code, said.out) == (75, "")
    assert said.err == f"The register {shared} is busy: somebody else is writing.\nTry again in a moment.\n"
    assert shared.read_bytes() == before
    assert recreg("rag", "red", "R-0001", "--why", "late").code == 0


@pytest.mark.parametrize(
    "command",
    ["list", "overdue", "log verify", "backup", "import new.csv", "restore old.zip --force", "redact R-0001 --why x",
     "undo", "migrate"],
)  # fmt: skip
@promise("B3")
def test_b3_no_command_waits_for_ever(
    command: str, shared: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shared.parent)
    Path("new.csv").write_text("Type,Title\nrec,New\n")
    assert recreg("backup", "old.zip").code == 0
    Register(shared, by="Clerk", today=TODAY).note(["R-0001"], "Begun")
    before = shared.read_bytes()
    monkeypatch.setenv("RECREG_WAIT", "0.1")
    with held(shared, "EXCLUSIVE"):
        said = recreg(*command.split())
    assert (said.code, said.out) == (75, ""), said
    assert "is busy: somebody else is writing.\nTry again in a moment.\n" in said.err
    assert shared.read_bytes() == before
    assert not list(shared.parent.glob(".*")), "nothing half done is left"
