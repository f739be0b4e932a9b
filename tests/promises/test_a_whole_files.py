"""Backups and exports are whole or not there, whatever kills what makes them; so is a register that is put back."""

import shutil
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pytest
from killing import (
    THE_INSTALLED,
    Ended,
    Moment,
    Recreg,
    Stage,
    copied_to_a_disk,
    cut_off,
    is_written_over,
    lengths,
    spoilt,
    wrong_with,
)

from conftest import type_all
from promising import promise
from recreg.store.backup import head_of
from recreg.store.file import connect_for_reading
from recreg.store.log import head

#: At most so many seconds go by between a change in the folder and the killing.
SOON = 0.01


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with 400 items and evidence of a megabyte."""
    top = tmp_path_factory.mktemp("made")
    path = Path(shutil.copy(empty_register, top))
    (top / "audit.txt").write_text("It was done.\n" * 80_000)
    rows = "".join(f"rec,CAOP,Item {row}\n" for row in range(400))
    (top / "items.csv").write_text(f"Type,Report,Title\n{rows}")
    return type_all(path, [
        ["inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic", "--published", "2019-07-17"],
        ["import", str(top / "items.csv")],
        ["evidence", "add", str(top / "audit.txt"), "--for", "R-0001"],
        ["backup", str(top / "kept.zip")],
        ["note", "R-0001", "Since then"],
    ])  # fmt: skip


@pytest.fixture
def held(made: Path) -> Iterator[Path]:
    with copied_to_a_disk(made) as path:
        yield path


def has_changed(folder: Path, since: int) -> bool:
    """Whether anything in the folder was made, or written to."""
    return any(each.stat().st_mtime_ns > since for each in (folder, *folder.glob("*")) if each.exists())


@dataclass
class Killing:
    """A command that writes a file, killed again and again; ``begin`` makes all as it was, ``look`` finds what is wrong."""

    recreg: Recreg
    words: list[object]
    folder: Path
    begin: Callable[[], None]
    look: Callable[[Ended], Iterator[str]]
    #: What comes late in its writing.
    step: Stage | None = None
    wrong: list[str] = field(default_factory=list)
    #: How often it was killed while it wrote, and how often at that late step.
    halved: int = 0
    late: int = 0

    def run(self, size: int) -> "Killing":
        """Kill it so often: by turns anywhere in its life, while it writes, and as soon as it does."""
        self.begin()
        random, changed = Random(size), partial(has_changed, self.folder)
        before, writing = lengths(self.recreg, self.words, changed)
        for number in range(size):
            share = random.random()
            moments = (
                Moment(share * writing, (changed,)),
                Moment(share**5 * SOON, (self.step or changed,)),
                Moment(share * (before + writing)),
            )
            self.kill(moments[number % len(moments)])
        return self

    def kill(self, when: Moment) -> None:
        """Kill it once."""
        self.begin()
        ended = cut_off(self.recreg, self.words, when)
        if ended.code not in {0, -signal.SIGKILL}:
            self.wrong.append(f"ended with {ended}")
        self.halved += any(is_passing(path) for path in self.folder.rglob("*"))
        self.late += ended.code != 0 and self.step is not None and self.step(0)
        self.wrong += self.look(ended)


def is_passing(path: Path) -> bool:
    """Whether it is what a command writes under before it is done."""
    return path.name.startswith(".")


def tidy(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


# Exports.


def exporting(recreg: Recreg, register: Path, folder: Path, name: str) -> Killing:
    file, old = folder / name, b"as it was"
    folder.mkdir()
    words = ["--register", register, "export", file]
    lengths(THE_INSTALLED, words)
    whole = file.read_bytes()

    def begin() -> None:
        tidy(folder)
        file.write_bytes(old)

    def look(ended: Ended) -> Iterator[str]:
        there = file.read_bytes()
        if there not in {old, whole}:
            yield f"{len(there)} of {len(whole)} bytes are there"
        if "are in" in ended.said and there == old:
            yield f"said “{ended.said}”, and nothing is there"

    return Killing(recreg, words, folder, begin, look)


@promise("A6", of="kills", ci=4, full=200)
def test_a6_an_export_that_is_killed_is_there_whole_or_not_at_all(size: int, held: Path) -> None:
    for name in ("items.csv", "items.json"):
        killing = exporting(THE_INSTALLED, held, held.parent / name.replace(".", "-"), name).run(size // 2)
        assert killing.wrong == []
        assert killing.halved >= size // 20, "many have to be killed while they write"


WRITES_PLAINLY = """
from contextlib import contextmanager
from recreg.exchange import whole
@contextmanager
def plain(file):
    with open(file, "wb", buffering=0) as writing:
        class Slow:
            def write(self, content):
                writing.write(content)
                time.sleep(0.002)
            def writelines(self, lines):
                for line in lines:
                    self.write(line)
        yield Slow()
whole.whole = plain
"""


def test_an_export_that_is_written_under_its_own_name_is_found_out(held: Path) -> None:
    killing = exporting(spoilt(WRITES_PLAINLY), held, held.parent / "out", "items.csv")
    killing.kill(Moment(0.1, (partial(has_changed, held.parent / "out"),)))
    assert [wrong for wrong in killing.wrong if "bytes are there" in wrong]


# Backups.


def backing_up(recreg: Recreg, register: Path, folder: Path, target: Path) -> Killing:
    folder.mkdir()

    def look(ended: Ended) -> Iterator[str]:
        made = [path for path in folder.iterdir() if not is_passing(path)]
        for path in made:
            yield from (f"{path.name}: {wrong}" for wrong in wrong_with_backup(path, register))
        if "is made and proved" in ended.said and not made:
            yield f"said “{ended.said}”, and no backup is there"

    return Killing(recreg, ["--register", register, "backup", target], folder, partial(tidy, folder), look)


def wrong_with_backup(path: Path, register: Path) -> list[str]:
    """What is wrong with a backup of the register as it is."""
    if not zipfile.is_zipfile(path):
        return ["it is no ZIP file"]
    with closing(connect_for_reading(register)) as db:
        if head_of(path) != head(db):
            return ["it has not the head of the register's log"]
    place = register.with_name("unpacked")
    shutil.rmtree(place, ignore_errors=True)
    with zipfile.ZipFile(path) as packed:
        packed.extractall(place)
    (place / "evidence").rename(place / "register.db.evidence")
    return wrong_with(place / "register.db")


@promise("A6", of="kills", ci=3, full=200)
def test_a6_a_backup_that_is_killed_is_there_whole_and_proved_or_not_at_all(size: int, held: Path) -> None:
    killing = backing_up(THE_INSTALLED, held, held.parent / "out", held.parent / "out").run(size)
    assert killing.wrong == []
    assert killing.halved >= size // 10, "many have to be killed while they write"


NAMES_IT_FIRST = """
from contextlib import contextmanager
from recreg.store import backup
@contextmanager
def named(target, ending=""):
    yield target.with_name(target.name + ending)
backup.passing_name, backup._put = named, lambda unfinished, target: None
"""


def test_a_backup_that_has_its_name_before_it_is_proved_is_found_out(held: Path) -> None:
    killing = backing_up(spoilt(NAMES_IT_FIRST), held, held.parent / "out", held.parent / "out/kept.zip")
    killing.kill(Moment(0, (partial(has_changed, held.parent / "out"),)))
    assert killing.wrong


# A register that is put back.


@promise("A6", of="kills", ci=4, full=200)
def test_a6_a_register_whose_restoring_is_killed_is_the_old_one_or_the_new(size: int, made: Path, held: Path) -> None:
    evidence = next(Path(f"{held}.evidence").iterdir())
    old, kept = whole_log(made), head_of(made.parent / "kept.zip")
    assert kept is not None

    def begin() -> None:
        for passing in held.parent.glob(".register.db.*"):
            shutil.rmtree(passing)
        shutil.copy(made, held)
        held.with_name("register.db-journal").unlink(missing_ok=True)
        evidence.unlink(missing_ok=True)

    def look(ended: Ended) -> Iterator[str]:
        wrong = wrong_with(held)
        if whole_log(held) == old:
            wrong = [each for each in wrong if "is missing" not in each]
            if "The register is as" in ended.said:
                wrong.append(f"said “{ended.said}”, and it is the old one")
        elif whole_log(held)[:-1] != old[: kept[0]]:
            wrong.append("it is neither the old one nor the new")
        yield from wrong

    killing = Killing(
        THE_INSTALLED,
        ["--register", held, "restore", made.parent / "kept.zip", "--force"],
        held.parent,
        begin,
        look,
        partial(is_written_over, held),
    )
    assert killing.run(size).wrong == []
    assert killing.halved >= size // 10
    assert killing.late >= size // 10, "many have to be killed while pages of the register are written"


def whole_log(register: Path) -> list[tuple[int, str]]:
    with closing(connect_for_reading(register)) as db:
        return db.execute("SELECT number, hash FROM changeset ORDER BY number").fetchall()
