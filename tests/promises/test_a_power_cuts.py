"""What a command said it did is there after a power cut too.

Real commands are watched as they ask the disk to write and to sync. Then the power goes, at a point drawn by
lot: what was not synced by then may be there, or not, or in pieces, and so may names. The folder is put together
anew from what is left, and recreg opens it.
"""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from disk import Said, Synced, after_power_cut
from killing import THE_INSTALLED, Recreg, spoilt, wrong_with
from watching import Watch, can_watch

from conftest import type_all
from promising import promise
from recreg.errors import RecregError
from recreg.store.file import connect_for_reading
from recreg.store.log import head

pytestmark = pytest.mark.skipif(not can_watch(), reason="there is no strace here that could watch the disk")

REGISTER = "register.db"
Files = dict[str, bytes]


@dataclass
class Cuts:
    """What was watched, the power cut again and again: what was wrong with what was left, and how often it was there."""

    watch: Watch
    folder: Path
    random: Random
    wrong: list[str] = field(default_factory=list)
    seen: dict[bytes, tuple[object, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stands = [self._clean(end) for end in self.watch.ends]
        self.heads = [self._opened(files)[0] for files in self.stands]

    def run(self, size: int) -> "Cuts":
        """Cut the power so many times."""
        events = self.watch.events
        spoken = [place + 1 for place, event in enumerate(events) if event == Said()]
        synced = [place for place, event in enumerate(events) if isinstance(event, Synced)]
        for number in range(size):
            places: Sequence[int] = (spoken, synced, ())[number % 3] or range(len(events) + 1)
            self._cut(self.random.choice(places))
        return self

    def _clean(self, end: int) -> Files:
        """The folder as it is after so many events where the power stays."""
        disk = self.watch.before.copy()
        for event in self.watch.events[:end]:
            disk.take(event)
        return disk.files()

    def _cut(self, place: int) -> None:
        events = self.watch.events[:place]
        left = after_power_cut(self.watch.before, events, self.random)
        done = events.count(Said())
        head_left, wrong = self._opened(left)
        if head_left not in self.heads[done : done + 2]:
            wrong = [*wrong, f"the log ends at {head_left}"]
        self.wrong += [f"{place} of {len(self.watch.events)}, {done} done: {each}" for each in wrong]
        self.wrong += [f"{place}, {done} done: {name} is neither whole nor absent" for name in self._odd(left, done)]

    def _odd(self, left: Files, done: int) -> list[str]:
        """Files with names of their own that are as they were neither before nor after what was being done."""
        stands = self.stands[done : done + 2]
        names = {name for files in (left, *stands) for name in files if self._is_final(name)}
        return sorted(name for name in names if left.get(name) not in [files.get(name) for files in stands])

    def _is_final(self, name: str) -> bool:
        """Whether it is no passing name, nor the register itself, whose pages and journal belong together."""
        passing = any(part.startswith(".") for part in Path(name).parts)
        return not passing and name.removesuffix("-journal") != self.watch.register

    def _opened(self, files: Files) -> tuple[object, list[str]]:
        """The head of the register's log, and what is wrong with it; each of many that are alike is opened once."""
        beside = {name: content for name, content in files.items() if not name.endswith((".zip", ".json"))}
        key = b"".join(sha256(each).digest() for name in sorted(beside) for each in (name.encode(), beside[name]))
        if key not in self.seen:
            self.seen[key] = self._looked_at(beside)
        return self.seen[key]

    def _looked_at(self, files: Files) -> tuple[object, list[str]]:
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, content in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(content)
        register = self.folder / self.watch.register
        if not register.exists():
            return None, []
        try:
            wrong = wrong_with(register)
            with closing(connect_for_reading(register)) as db:
                return head(db), wrong
        except (sqlite3.Error, RecregError) as error:
            return None, [str(error)]


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two items."""
    path = Path(shutil.copy(empty_register, tmp_path_factory.mktemp("made") / REGISTER))
    return type_all(path, [
        ["inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic", "--published", "2019-07-17"],
        *(["add", "--kind", "rec", "--inspection", "CAOP", "--title", f"Number {number}"] for number in (1, 2)),
    ])  # fmt: skip


@pytest.fixture
def watch(made: Path, tmp_path: Path) -> Watch:
    """A folder with that register in it."""
    (tmp_path / "top").mkdir()
    shutil.copy(made, tmp_path / "top")
    return Watch(tmp_path / "top", REGISTER)


def typed(watch: Watch, recreg: Recreg, *lines: Sequence[object]) -> None:
    for words in lines:
        watch.run([*recreg, "--register", watch.top / watch.register, *words], watch.top.parent / "trace")


@promise("A2", of="power cuts", ci=100, full=1500)
def test_a2_what_was_said_is_there_after_a_power_cut_and_nothing_is_half_done(
    size: int, watch: Watch, tmp_path: Path
) -> None:
    top, audit, items = watch.top, tmp_path / "audit.txt", tmp_path / "items.csv"
    audit.write_text("It was done.\n" * 300)
    items.write_text("Type,Report,Title\n" + "".join(f"rec,CAOP,Item {row}\n" for row in range(40)))
    typed(
        watch, THE_INSTALLED,
        ["backup"],
        ["evidence", "add", audit, "--for", "R-0001"],
        ["export", top / "items.json"],
        ["backup", top / "kept.zip"],
        ["import", items],
        ["export", top / "items.json"],
        ["redact", "E-0001", "--why", "a name"],
        ["restore", top / "kept.zip", "--force"],
    )  # fmt: skip
    cuts = Cuts(watch, tmp_path / "left", Random(size)).run(size)
    assert cuts.wrong == []


@promise("A2", of="power cuts", ci=40, full=600)
def test_a2_a_register_that_was_made_or_put_back_where_none_was_is_there_after_a_power_cut(
    size: int, made: Path, tmp_path: Path
) -> None:
    wrong = []
    acts: dict[str, list[object]] = {"made": ["init"], "put back": ["restore", made]}
    for name, words in acts.items():
        (tmp_path / name).mkdir()
        watch = Watch(tmp_path / name, "the/force/register.db")
        typed(watch, THE_INSTALLED, words)
        wrong += Cuts(watch, tmp_path / "left", Random(size)).run(size // 2).wrong
    assert wrong == []


SYNCS_LESS = """
from recreg.store import file
def prepare(db, _ours=file.prepare_for_writing):
    _ours(db)
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = {}")
file.prepare_for_writing = prepare
"""


@pytest.mark.parametrize("pragma", ["NORMAL", pytest.param("OFF", marks=pytest.mark.soak)])
def test_a_recreg_whose_commits_are_not_synced_is_found_out(pragma: str, watch: Watch, tmp_path: Path) -> None:
    typed(watch, spoilt(SYNCS_LESS.format(pragma)), ["note", "R-0001", "One"])
    cuts = Cuts(watch, tmp_path / "left", Random(1)).run(60)
    assert [wrong for wrong in cuts.wrong if "1 done: the log ends at" in wrong]
    assert pragma != "OFF" or [wrong for wrong in cuts.wrong if "SQLite finds damage" in wrong]


SYNCS_NO_FILES = """
import os
os.fsync = lambda handle: None
"""


def test_a_recreg_whose_files_are_not_synced_is_found_out(watch: Watch, tmp_path: Path) -> None:
    typed(watch, spoilt(SYNCS_NO_FILES), ["backup", watch.top / "kept.zip"])
    cuts = Cuts(watch, tmp_path / "left", Random(1)).run(30)
    assert [wrong for wrong in cuts.wrong if "kept.zip is neither whole nor absent" in wrong]
