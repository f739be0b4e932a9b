"""What the tests share: a register in an empty folder, and recreg to type at it."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from recreg import cli
from recreg.store.verify import broken_links, strayed_rows

#: The console script that pip made, as cron and scripts call it.
INSTALLED = Path(sys.executable).with_name("recreg")
TODAY = "2022-09-29"
LAST_FULL = Path(__file__).with_name("promises") / "last_full.json"


def in_memory() -> str | None:
    """A folder in memory for the files of the tests, where there is room; on a disk each act would wait for it."""
    there = Path("/dev/shm")  # noqa: S108 - the folders in it are made by tempfile, for this account alone
    if "TMPDIR" in os.environ or not there.is_dir() or not os.access(there, os.W_OK):
        return None
    is_for_programs = not os.statvfs(there).f_flag & os.ST_NOEXEC
    return str(there) if is_for_programs and shutil.disk_usage(there).free > 4 * 2**30 else None


tempfile.tempdir = in_memory()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of one file run in one process, which makes what they share once; files keep their order.

    Else those of a few long tests would come last, and one process would wait for the other.
    """
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


@dataclass
class Said:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)

    @property
    def first(self) -> str:
        """The first line it printed."""
        return self.out.splitlines()[0]


class LastFull:
    """Notes what came of each promise's test at its full size, and how long it took; docs/promises.md tells it."""

    def __init__(self) -> None:
        self.notes: dict[str, dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the note of a test that ran, or failed before it did."""
        if {"soak", "promise"} <= set(report.keywords) and (report.when == "call" or report.failed):
            day = datetime.now(UTC).date().isoformat()
            self.notes[report.nodeid] = {"on": day, "outcome": report.outcome, "seconds": round(report.duration)}

    def pytest_sessionfinish(self) -> None:
        """Keep the notes of this run beside those of others."""
        if self.notes:
            known = json.loads(LAST_FULL.read_text(encoding="utf-8")) if LAST_FULL.exists() else {}
            LAST_FULL.write_text(json.dumps(known | self.notes, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Let the one process that hears of every test take the notes."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(LastFull())


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests reaches them; it is 29 September 2022."""
    for name in list(os.environ):
        if name.startswith("RECREG_") or name in {"COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONUNBUFFERED"}:
            monkeypatch.delenv(name)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("RECREG_REGISTER", str(tmp_path / "register.db"))
    monkeypatch.setenv("RECREG_TODAY", TODAY)
    monkeypatch.setenv("RECREG_BY", "Liaison Officer")
    monkeypatch.setenv("COLUMNS", "250")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the register is."""
    return tmp_path / "register.db"


Typed = Callable[..., Said]


@pytest.fixture
def recreg(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Type a command; it runs in this very process, as the console script would run it."""

    def typed(*words: object) -> Said:
        capsys.readouterr()
        code = cli.run([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return typed


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register as `recreg init` makes it, made once and copied."""
    made = tmp_path_factory.mktemp("empty") / "register.db"
    environment = {**os.environ, "RECREG_TODAY": "2019-01-02", "RECREG_BY": "Liaison Officer"}
    subprocess.run([INSTALLED, "--register", made, "init"], check=True, env=environment, capture_output=True)
    return made


def type_all(path: Path, lines: Iterable[Sequence[str]]) -> Path:
    """Type commands at a register, each of which must be taken: for what is made once and copied.

    One that begins with a day is typed on that day.
    """
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("RECREG_BY", "Liaison Officer")
        for line in lines:
            day, *words = line if re.fullmatch(r"\d{4}-\d\d-\d\d", line[0]) else (TODAY, *line)
            surroundings.setenv("RECREG_TODAY", day)
            assert cli.run(["--register", str(path), *words]) == 0, line
    return path


def copied(register: Path, to: Path) -> Path:
    """A copy of a register that nobody has open, with the evidence filed in it."""
    shutil.copyfile(register, to)
    filed, copies = (file.with_name(f"{file.name}.evidence") for file in (register, to))
    if copies.exists():
        shutil.rmtree(copies)
    if filed.exists():
        shutil.copytree(filed, copies)
    return to


@pytest.fixture(scope="session")
def demo_as_shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """The register of the paper, as `recreg demo` keeps it, and what it said; nobody types at it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    return path, run("demo", "--keep", path, COLUMNS="120")


@pytest.fixture(scope="session")
def demo(demo_as_shown: tuple[Path, Said]) -> Path:
    """The register of the paper, to read."""
    path, said = demo_as_shown
    assert said.code == 0, said.err
    return path


After = Callable[[Iterable[Sequence[str]]], Path]


class Typing:
    """Registers by all that was typed at them: each line is typed once, however many tests begin with it."""

    def __init__(self, empty: Path, folder: Path) -> None:
        self.made: dict[tuple[tuple[str, ...], ...], Path] = {(): empty}
        self.folder = folder

    def after(self, lines: Iterable[Sequence[str]]) -> Path:
        """The register after these lines, made from one that was made of the first of them."""
        typed = tuple(tuple(line) for line in lines)
        if typed not in self.made:
            known = next(typed[:count] for count in range(len(typed), -1, -1) if typed[:count] in self.made)
            begun = copied(self.made[known], self.folder / f"{len(self.made)}.db")
            self.made[typed] = type_all(begun, typed[len(known) :])
        return self.made[typed]


@pytest.fixture(scope="session")
def typing(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Typing:
    """What was typed so far, for every test of this process."""
    return Typing(empty_register, tmp_path_factory.mktemp("typed"))


@pytest.fixture
def register_after(typing: Typing, path: Path) -> After:
    """A register to type at, at which all these lines were typed before."""
    return lambda lines: copied(typing.after(lines), path)


@pytest.fixture
def register(empty_register: Path, path: Path) -> Path:
    """An empty register to type at."""
    shutil.copyfile(empty_register, path)
    return path


@pytest.fixture
def db(register: Path) -> Iterator[sqlite3.Connection]:
    """The register as another program sees it."""
    with closing(sqlite3.connect(register)) as connection:
        yield connection


def run(*words: object, stdin: str | None = None, **environment: str) -> Said:
    """Run the installed command in a process of its own."""
    ended = subprocess.run(
        [INSTALLED, *map(str, words)],
        input=stdin.encode() if stdin is not None else None,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )
    return Said(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def is_sound(path: Path) -> bool:
    """Whether the chain is whole and the history says what the tables hold."""
    with closing(sqlite3.connect(path)) as connection:
        return not list(broken_links(connection)) and not strayed_rows(connection)
