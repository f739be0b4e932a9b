"""What a command said it did is on the disk, whatever ends it; and an import is there whole or not at all."""

import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from killing import (
    THE_INSTALLED,
    Act,
    Moment,
    Trial,
    copied_to_a_disk,
    cut_off,
    entries,
    has_begun,
    is_committed,
    spoilt,
    wrong_with,
)

from conftest import Typed, type_all
from promising import promise
from recreg.store import guards

ROWS = 24
#: At most so many seconds go by after the commit before it is killed: it may not have ended by itself by then.
LEAVING = 0.02
#: The items, and what file they came by.
ENTRIES = ROWS + 1
#: What comes in is of several days, each of which is a changeset of its own.
DAYS = 4


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a cause of concern and a recommendation under it."""
    path = Path(shutil.copy(empty_register, tmp_path_factory.mktemp("made")))
    return type_all(path, [
        ["inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic", "--published", "2019-07-17"],
        ["add", "--kind", "coc", "--inspection", "CAOP", "--title", "A cause"],
        ["add", "--kind", "rec", "--inspection", "CAOP", "--title", "Under it", "--parent", "R-0001"],
    ])  # fmt: skip


@pytest.fixture
def held(made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with copied_to_a_disk(made) as path:
        monkeypatch.setenv("RECREG_REGISTER", str(path))
        yield path


def file_of_items(folder: Path, mark: str, rows: int = ROWS) -> Path:
    file = folder / f"{mark}csv"
    lines = [f"rec,CAOP,{mark} row {row},2020-01-0{1 + row % DAYS}" for row in range(rows)]
    file.write_text("\n".join(["Type,Report,Title,added_on", *lines]) + "\n", encoding="utf-8")
    return file


def acts(folder: Path) -> list[Act]:
    """What an officer types, the import last."""

    def evidence(mark: str) -> Sequence[object]:
        files = [folder / f"{mark}{name}" for name in ("audit.txt", "plan.txt")]
        for file in files:
            file.write_text(f"{file.name} of {mark}" * 2_000)
        return ["evidence", "add", *files, "--for", "R-0001", "--title", mark]

    return [
        Act(lambda mark: ["add", "--kind", "rec", "--inspection", "CAOP", "--text", mark], "is added", 1),
        Act(lambda mark: ["note", "R-0001", "R-0002", mark], "is noted", 2),
        Act(lambda mark: ["rag", "red", "R-0001", "R-0002", "--why", mark], "is red", 2),
        Act(lambda mark: ["review", "R-0001", "--outcome", "on-track", "--note", mark], "on track", 2),
        Act(evidence, "is filed", 2),
        importing(folder),
    ]


def importing(folder: Path) -> Act:
    return Act(lambda mark: ["import", file_of_items(folder, mark), "--opening"], "is added", ENTRIES)


# What was said is so.


@promise("A1", of="kills", ci=8, full=200)
def test_a1_what_a_killed_command_said_it_did_is_there_and_nothing_is_half_done(
    size: int, held: Path, tmp_path: Path
) -> None:
    trial = Trial(THE_INSTALLED, held, acts(tmp_path), Random(size))
    trial.run(trial.spread(size))
    assert trial.wrong == []
    assert {ended.code for ended in trial.ended} <= {0, -signal.SIGKILL}
    assert trial.hot >= size // 20, "many have to be killed in the middle of their writing"


TALKS_FIRST = """
from recreg.store import visit
def say(self, sentence):
    print(sentence, file=sys.stderr)
def seal(self, *args, _seal=visit.Visit.seal, **named):
    number = _seal(self, *args, **named)
    time.sleep(5)
    return number
visit.Visit.say, visit.Visit.seal = say, seal
"""
COMMITS_BETWEEN = """
from recreg.store import visit
def seal(self, *args, _seal=visit.Visit.seal, **named):
    number = _seal(self, *args, **named)
    self.session.commit()
    time.sleep(0.5)
    return number
visit.Visit.seal = seal
"""


@pytest.mark.parametrize(
    ("patch", "kind", "found"), [(TALKS_FIRST, 1, "and is lost"), (COMMITS_BETWEEN, 5, f" of {ENTRIES} entries")]
)
def test_a_recreg_that_talks_first_or_commits_in_between_is_found_out(
    patch: str, kind: int, found: str, held: Path, tmp_path: Path
) -> None:
    trial = Trial(spoilt(patch), held, [acts(tmp_path)[kind]], Random(1))
    trial.run([Moment(0.4, (partial(has_begun, held),))])
    assert [wrong for wrong in trial.wrong if found in wrong], trial.ended


# An import is interrupted, or is killed once it is done.


@promise("A3", of="signals", ci=6, full=180)
def test_a3_an_import_that_is_interrupted_is_there_whole_or_not_at_all(size: int, held: Path, tmp_path: Path) -> None:
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    trial = Trial(THE_INSTALLED, held, [importing(tmp_path)], Random(size), signals)
    trial.run(trial.spread(size))
    assert trial.wrong == []
    # Until Python has found its packages, no line of recreg's has run, and what Python then says of Ctrl-C is its own.
    codes = {ended.code for ended in trial.ended if not ended.said.startswith("Fatal Python error: init_import_site")}
    assert codes <= {0, 130, *(-sent for sent in signals)}


@promise("A3")
def test_a3_ctrl_c_while_sqlite_asks_whether_it_may_is_no_fault_of_the_program(
    recreg: Typed, held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, file = held.read_bytes(), file_of_items(tmp_path, "Mark.")
    for asked in (1, 100, 1_000):
        left = iter(range(asked, -1, -1))

        def may(*asks: Any, left: Iterator[int] = left, of: Callable[..., int] = guards._may) -> int:
            if next(left, None) == 0:
                signal.raise_signal(signal.SIGINT)
            return of(*asks)

        with monkeypatch.context() as here:
            here.setattr(guards, "_may", may)
            said = recreg("import", file)
        assert (said.code, said.err.split()[0]) == (130, "Interrupted."), (asked, said)
        assert held.read_bytes() == before


@promise("A4", of="kills", ci=2, full=200)
def test_a4_an_import_that_was_killed_is_typed_again_and_nothing_is_there_twice(
    size: int, made: Path, held: Path, recreg: Typed, tmp_path: Path
) -> None:
    """Between its commit and its end, too: it is done, and nobody was told."""
    steps, shares, done = (partial(has_begun, held), partial(is_committed, held)), Random(size), 0
    for number in range(size):
        shutil.copy(made, held)
        file = file_of_items(tmp_path, "Mark.")
        when = Moment(shares.random() ** 2 * LEAVING if number else 0, steps[: 2 - number % 2])
        ended = cut_off(THE_INSTALLED, ["import", file], when)
        done += (ended.code, entries(held, "Mark.")) == (-signal.SIGKILL, ENTRIES)
        for _ in range(2):
            assert recreg("import", file).code == 0
            assert entries(held, "Mark.") == ENTRIES
        assert wrong_with(held) == []
    assert done >= size // 20, "many have to be killed when they are done"
