"""The folder of the letters: all of a run's letters are in it, or none, whatever becomes of the run."""

import json
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Typed, type_all

OWNERS = ["Head of PPU", "Head of Custody"]
NAMES = ["head-of-custody.eml", "head-of-ppu.eml"]


@pytest.fixture(scope="module")
def due(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An item of each of two owners, its review overdue; made once, and only read."""
    file = Path(shutil.copy(empty_register, tmp_path_factory.mktemp("folder") / "register.db"))
    words = ["add", "--kind", "rec", "--title", "Needs", "--last-review", "2022-01-10", "--new"]
    return type_all(file, [[*words, "--owner", owner] for owner in OWNERS])


@pytest.fixture
def place(tmp_path: Path, due: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where folders are made; somebody is in it."""
    monkeypatch.setenv("RECREG_REGISTER", str(due))
    made = tmp_path / "place"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_only_this_account_can_read_them(recreg: Typed, place: Path) -> None:
    assert recreg("chase", "--out", "letters").code == 0
    assert (names(place), names(place / "letters")) == (["letters"], NAMES)
    assert stat.S_IMODE((place / "letters").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (place / "letters").iterdir()} == {0o600}


def test_an_empty_folder_is_filled_and_a_link_to_one_stays_a_link(recreg: Typed, place: Path) -> None:
    (place / "empty").mkdir(mode=0o755)
    (place / "link").symlink_to("empty")
    assert recreg("chase", "--out", "link").code == 0
    assert (names(place), names(place / "empty")) == (["empty", "link"], NAMES)
    assert (place / "link").is_symlink()
    assert stat.S_IMODE((place / "empty").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("X.EML", "1 letter is in letters already."), ("notes", "letters is not empty: notes is in it.")],
)
def test_nothing_that_is_in_a_folder_is_touched(name: str, sentence: str, recreg: Typed, place: Path) -> None:
    (place / "letters").mkdir()
    (place / "letters" / name).write_text("mine")
    (place / "letters-2").mkdir()
    said = recreg("chase", "--out", "letters")
    assert (said.code, said.out) == (4, "")
    assert said.err.splitlines() == [sentence, "Give --out a new folder, such as letters-3"]
    assert (names(place), names(place / "letters")) == (["letters", "letters-2"], [name])
    assert (place / "letters" / name).read_text() == "mine"


def test_the_folder_that_somebody_is_in_is_not_taken_away_from_below(recreg: Typed, place: Path) -> None:
    said = recreg("chase", "--out", ".")
    assert (said.code, said.err.splitlines()) == (
        4, [". is the folder that you are in.", "Give --out a new folder, such as letters"],
    )  # fmt: skip


def test_a_place_that_takes_no_folder_is_told_of_and_has_no_letter(recreg: Typed, place: Path) -> None:
    (place / "file").write_text("mine")
    (place / "loop").symlink_to("loop")
    for words, sentence in (
        ("no/such", "The folder no/such could not be written: No such file or directory."),
        ("file", "The folder file could not be made: file is not a folder."),
        ("file/x", "The folder file/x could not be written: Not a directory."),
        ("loop", "The folder loop could not be written: Not a directory."),
    ):
        said = recreg("chase", "--out", words)
        assert (said.code, said.out, said.err.splitlines()) == (74, "", [sentence, "Give another name or place."])
    assert names(place) == ["file", "loop"]


def test_a_disk_that_takes_no_more_has_no_letter(recreg: Typed, place: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, limits[1]))
    try:
        said = recreg("chase", "--out", "letters")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (said.code, said.err.splitlines()[0]) == (74, "The folder letters could not be written: File too large.")
    assert names(place) == []


#: Run chase again and again, each time in a process of its own that is sent a signal: before each thing in turn
#: (each second one, where it is Ctrl-C) that it does in the folder, and killed at moments of chance too. Each line says what it left; the last run is left alone.
CUT_SHORT = """
import json, os, random, shutil, sys, time
from recreg import cli
import recreg.cli.chase, recreg.paper.drafts  # Once, and not anew in each.

sent, place = int(sys.argv[1]), sys.argv[2]
DONE = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}

def begin(before):
    child = os.fork()
    if not child:
        done = [0]
        def doing(what, about):
            done[0] += what in DONE and str(about[0]).startswith(place)
            if done[0] == before:
                done[0] += 1000
                os.kill(os.getpid(), sent)
        sys.addaudithook(doing)
        os._exit(cli.run(["chase", "--out", place + "/letters"]))
    return child

def end(child):
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = {name: sorted(os.listdir(os.path.join(place, name))) for name in sorted(os.listdir(place))}
    print(json.dumps([code, left]), flush=True)
    return code

before, begun = 1, time.monotonic()
while end(begin(before)):
    before, begun = before + (1 if sent == 9 else 2), time.monotonic()
    for name in os.listdir(place):
        shutil.rmtree(os.path.join(place, name))
took = time.monotonic() - begun
for _ in range(3 if sent == 9 else 0):
    for name in os.listdir(place):
        shutil.rmtree(os.path.join(place, name))
    child = begin(-1)
    time.sleep(random.uniform(0.4, 1) * took)
    os.kill(child, sent)
    end(child)
"""


def cut_short(sent: signal.Signals, place: Path) -> list[tuple[int, dict[str, list[str]]]]:
    """The exit code of each run, and the folders that it left."""
    command = [sys.executable, "-c", CUT_SHORT, str(int(sent)), str(place)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    return [tuple(json.loads(line)) for line in ended.stdout.splitlines()]


def test_whenever_a_run_is_killed_all_letters_are_there_or_none(place: Path) -> None:
    runs = cut_short(signal.SIGKILL, place)
    assert [left.get("letters", NAMES) for _, left in runs] == [NAMES] * len(runs)
    assert {code for code, _ in runs} <= {0, -9}
    killed = [left for code, left in runs if code == -9]
    assert any("letters" in left for left in killed), "after the folder took its name"
    assert len({len(letters) for left in killed for name, letters in left.items() if name != "letters"}) == 3
    assert {name for left in killed for name in left if not name.endswith(".unfinished")} == {"letters"}


def test_ctrl_c_leaves_all_letters_or_none_and_nothing_else(place: Path) -> None:
    runs = cut_short(signal.SIGINT, place)
    assert {code for code, _ in runs} == {0, 130}
    assert len(runs) > 3
    assert all(left in ({}, {"letters": NAMES}) for _, left in runs)


def test_what_a_killed_run_left_is_named_by_the_next_one_until_it_is_gone(recreg: Typed, place: Path) -> None:
    left = place / ".letters.ab12.unfinished"
    left.mkdir()
    (left / "head-of-ppu.eml").write_text("x")
    (place / ".letters.of-mine.unfinished").write_text("a file is none")
    said = recreg("chase", "--out", "letters")
    assert said.code == 0
    assert said.err.splitlines()[-1] == (
        f"A run that was cut short left {os.path.realpath(left)}. "
        "Delete it, unless that run goes on still: none of it was sent."
    )
    assert names(left) == ["head-of-ppu.eml"], "another run may be writing it"
    shutil.rmtree(left)
    assert "cut short" not in recreg("chase", "--out", "others").err
