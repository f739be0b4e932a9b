"""What the tests share: a register in an empty folder, and recreg to type at it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from recreg import cli
from recreg.store.verify import broken_links, strayed_rows

#: The console script that pip made, as cron and scripts call it.
INSTALLED = Path(sys.executable).with_name("recreg")
TODAY = "2022-09-29"


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


def type_all(path: Path, lines: Iterable[list[str]]) -> Path:
    """Type commands at a register, each of which must be taken: for what a module makes once and copies."""
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("RECREG_TODAY", TODAY)
        surroundings.setenv("RECREG_BY", "Liaison Officer")
        for words in lines:
            assert cli.run(["--register", str(path), *words]) == 0, words
    return path


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
