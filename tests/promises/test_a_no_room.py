"""A full disk, a read-only place or a locked file gives one plain sentence, and nothing half done."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle, starmap
from pathlib import Path
from random import Random

import pytest
from killing import wrong_with

from conftest import Said, Typed, type_all
from promising import promise
from recreg.exchange import export
from recreg.store.file import connect_for_reading
from recreg.store.log import head

#: What a disk gives out at once.
PAGE = 4096


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register in it, its evidence, and a backup of both that it has gone on from."""
    top = tmp_path_factory.mktemp("made")
    path = Path(shutil.copy(empty_register, top))
    (top / "audit.txt").write_text("It was done.\n" * 20_000)
    (top / "plan.txt").write_text("It will be done.\n" * 20_000)
    rows = "".join(f"rec,CAOP,Item {row}\n" for row in range(300))
    (top / "items.csv").write_text(f"Type,Report,Title\n{rows}")
    return type_all(path, [
        ["inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic", "--published", "2019-07-17"],
        ["add", "--kind", "rec", "--inspection", "CAOP", "--title", "Number 1"],
        ["evidence", "add", str(top / "audit.txt"), "--for", "R-0001"],
        ["backup", str(top / "kept.zip")],
        ["note", "R-0001", "Since then. " * 2_000],
    ])  # fmt: skip


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    (tmp_path / "disk").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "recreg-test", str(tmp_path / "disk")]
    mounted = subprocess.run(mount, capture_output=True, check=False) if shutil.which("mount") else None
    if mounted is None or mounted.returncode:
        pytest.skip("no small disk may be mounted here")
    try:
        yield tmp_path / "disk"
    finally:
        subprocess.run(["umount", "--lazy", tmp_path / "disk"], check=True)


#: What is typed, with which exit codes it may fail, and the room that is enough for it.
COMMANDS: dict[str, tuple[list[str], set[int], int]] = {
    "init": (["--register", "{disk}/new/register.db", "init"], {5}, 800_000),
    "note": (["note", "R-0001", "Once more"], {5}, 100_000),
    "import": (["import", "{made}/items.csv"], {5}, 800_000),
    "evidence": (["evidence", "add", "{made}/plan.txt", "--for", "R-0001"], {5}, 500_000),
    "redact": (["redact", "E-0001", "--why", "a name"], {5}, 150_000),
    "backup": (["backup"], {74}, 1_400_000),
    "export": (["export", "{disk}/all.json", "--all"], {74}, 60_000),
    "restore": (["restore", "{made}/kept.zip", "--force"], {5, 74}, 2_000_000),
}


def leave(disk: Path, room: int) -> Path:
    """Fill the disk but for so many bytes; what fills it."""
    filler = disk / ".filler"
    free = os.statvfs(disk)
    with filler.open("wb") as written:
        os.posix_fallocate(written.fileno(), 0, max(PAGE, free.f_bavail * free.f_frsize - room))
    return filler


def held(top: Path, *aside: Path) -> dict[str, bytes]:
    """Every file of a folder but the register with its journal, and what is put aside."""
    apart = {top / "register.db", top / "register.db-journal", *aside}
    files = (file for file in top.rglob("*") if file.is_file() and file not in apart)
    return {str(file.relative_to(top)): file.read_bytes() for file in files}


def head_of(register: Path) -> tuple[int, str]:
    with closing(connect_for_reading(register)) as db:
        return head(db)


@promise("A5", of="amounts of room", ci=16, full=400)
def test_a5_a_full_disk_leaves_everything_as_it_was(size: int, made: Path, disk: Path, recreg: Typed) -> None:
    random, failed = Random(size), Counter[str]()
    for number, (command, (*_, enough)) in zip(range(size), cycle(COMMANDS.items()), strict=False):
        room = random.randrange(enough) if number >= len(COMMANDS) else 0
        failed[command] += not is_done(recreg, command, made, disk, room)
    assert set(failed) == set(COMMANDS)
    assert size == 16 or [command for command in COMMANDS if not 5 < failed[command] < size // len(COMMANDS)] == []


def is_done(recreg: Typed, command: str, made: Path, disk: Path, room: int) -> bool:
    """Whether a command is done with so much room; where it is not, all has to be as it was, and it is done later."""
    words, codes, _ = COMMANDS[command]
    register = disk / "register.db"
    typed = ["--register", register, *(word.format(disk=disk, made=made.parent) for word in words)]
    begin_anew(made, disk)
    before, stood = held(disk), head_of(register)
    filler = leave(disk, room)
    said = recreg(*typed)
    filler.unlink()
    if said.code != 0:
        assert (said.code in codes, is_plain(said)) == (True, True), said
        # Before it is written over, a register is copied whole: such a copy may stay.
        copies = list(disk.glob("register.db.backups/*-before-restore.db"))
        assert held(disk, *copies) == before, f"something was half done: {said}"
        assert {head_of(each) for each in (register, *copies)} == {stood}, said
        assert recreg(*typed).code == 0, "once there is room it is done"
    assert wrong_with(register) == []
    return said.code == 0


def test_an_export_written_under_its_own_name_on_a_full_disk_is_found_out(
    made: Path, disk: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "whole", lambda file: file.open("wb"))
    with pytest.raises(AssertionError, match="something was half done"):
        is_done(recreg, "export", made, disk, 4 * PAGE)


def begin_anew(made: Path, disk: Path) -> None:
    for each in disk.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    shutil.copy(made, disk)
    shutil.copytree(f"{made}.evidence", disk / "register.db.evidence")


def is_plain(said: Said) -> bool:
    """Whether it is told in a sentence and a hint, and nothing is on stdout."""
    return not said.out and "bug" not in said.err and 1 <= len(said.err.splitlines()) <= 2


#: A file that may not grow beyond so many bytes is as a disk that is full; modules need not be compiled onto it.
LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from recreg import cli
cli.main()
"""


def limited(limit: int, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a command that may write no file longer than so many bytes."""
    command = [sys.executable, "-B", "-c", LIMITED, limit, *words]
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)


@promise("A5")
def test_a5_an_import_that_may_not_write_all_of_its_pages_writes_none(made: Path, path: Path) -> None:
    begin_anew(made, path.parent)
    before = path.read_bytes()
    ended = limited(len(before) + 20_000, "import", made.parent / "items.csv")
    assert (ended.returncode, len(ended.stderr.splitlines())) == (5, 2), ended
    assert wrong_with(path) == []
    assert path.read_bytes() == before


@promise("A5")
@pytest.mark.parametrize("filed_before", [False, True])
def test_a5_evidence_whose_row_may_not_be_written_is_not_kept(filed_before: bool, made: Path, path: Path) -> None:
    begin_anew(made, path.parent)
    add = ["evidence", "add", made.parent / ("audit.txt" if filed_before else "plan.txt"), "--for", "R-0001"]
    before, file = held(path.parent), path.read_bytes()
    ended = limited(len(file), *add, "--title", "long " * 20_000)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (5, 2), ended
    assert (held(path.parent), path.read_bytes()) == (before, file)
    assert limited(len(file) * 2, *add).returncode == 0


# A place that may only be read.


@pytest.fixture(scope="module")
def heeding_rights() -> list[str]:
    """What makes a command heed the rights of files, which root need not."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everything, and there is no setpriv here to take that away")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


READ_ONLY = {
    "register.db": {"list": 0, "note R-0001 More": 5, "backup": 0},
    ".": {"list": 0, "note R-0001 More": 5, "backup": 74},
    "register.db.evidence": {
        "list": 0, "evidence add plan.txt --for R-0001": 5, "backup": 0, "redact E-0001 --why x": 5,
    },
}  # fmt: skip
#: Several commands in a process of their own.
ONE_AFTER_ANOTHER = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from recreg import cli
said = []
for words in sys.argv[1:]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run(words.split())
    said.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(said))
"""


@pytest.mark.parametrize("what", READ_ONLY)
@promise("A5")
def test_a5_what_may_only_be_read_is_read_and_never_half_written(
    what: str, made: Path, tmp_path: Path, heeding_rights: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path(shutil.copytree(made.parent, tmp_path / "force"))
    monkeypatch.setenv("RECREG_REGISTER", str(place / "register.db"))
    (place / "register.db-journal").unlink()  # Where a writer left one, it could be written to in such a folder too.
    (place / what).chmod(0o500 if (place / what).is_dir() else 0o400)
    before, codes = held(place), READ_ONLY[what]
    typed = [*heeding_rights, sys.executable, "-B", "-c", ONE_AFTER_ANOTHER, *codes]
    ended = subprocess.run(typed, capture_output=True, text=True, check=True, cwd=place)
    for said, code in zip(starmap(Said, json.loads(ended.stdout)), codes.values(), strict=True):
        assert said.code == code, said
        assert code == 0 or is_plain(said), said
    assert {name: content for name, content in held(place).items() if name in before} == before
    assert wrong_with(place / "register.db") == []


# A register that somebody else holds.


@promise("A5")
def test_a5_a_locked_register_is_busy_in_one_sentence_for_whoever_writes(
    made: Path, path: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_anew(made, path.parent)
    monkeypatch.setenv("RECREG_WAIT", "0.1")
    items, kept = made.with_name("items.csv"), made.with_name("kept.zip")
    locked: dict[str, list[list[object]]] = {
        "IMMEDIATE": [["note", "R-0001", "x"], ["import", items], ["redact", "R-0001", "--why", "x"],
                      ["restore", kept, "--force"]],
        "EXCLUSIVE": [["list"], ["backup"], ["export", path.with_name("all.json")]],
    }  # fmt: skip
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for lock, words in locked.items():
            other.execute(f"BEGIN {lock}")
            for each in words:
                said = recreg(*each)
                assert (said.code, is_plain(said)) == (75, True), said
                assert "busy" in said.err
            other.execute("ROLLBACK")
    assert wrong_with(path) == []
    assert not path.with_name("all.json").exists()
