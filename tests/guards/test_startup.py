"""What a command loads: reading never loads the ORM, and help loads no command."""

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Typing

SLOW = ["sqlalchemy", "sqlmodel", "pydantic", "alembic"]


#: Types each line of stdin in a process of its own, none of which loads anything for another.
PROGRAM = """
import os, sys
from recreg import cli
for line in sys.stdin.read().splitlines():
    if not os.fork():
        code = cli.run(line.split())
        sys.stdout.flush()
        print("LOADED", code, *sys.modules, file=sys.stderr, flush=True)
        os._exit(0)
    os.wait()
"""


def loaded_by_each(*lines: str) -> list[set[str]]:
    """The modules that a process has loaded once it has answered, for each command."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
    )
    told = [line.split() for line in ended.stderr.splitlines() if line.startswith("LOADED ")]
    assert [code for _, code, *_ in told] == ["0"] * len(lines), ended.stderr
    return [set(modules) for _, _, *modules in told]


def loaded_by(*words: str) -> set[str]:
    """The modules that a process has loaded once it has answered a command."""
    (loaded,) = loaded_by_each(" ".join(words))
    return loaded


READING = [
    "--version", "--help", "rag --help", "list", "list -f table", "overdue", "overdue --clock all", "agenda --until today", "calendar", "show R-0001",
    "show R-0001 -f html", "show R-0001 -f md", "show R-0001 -f table", "why R-0001", "why R-0001 -f json", "history R-0001", "log", "person list", "inspection list", "evidence list", "evidence check",
    "check --ignore RR101 --ignore RR102", "export -", "export - --all", "doctor", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def loaded(typing: Typing) -> dict[str, set[str]]:
    """What each reading command loads."""
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("RECREG_REGISTER", str(typing.after([["add", "--kind", "afi", "--title", "x"]])))
        return dict(zip(READING, loaded_by_each(*READING), strict=True))


@pytest.mark.parametrize("command", READING)
def test_a_reading_command_never_loads_the_orm(command: str, loaded: dict[str, set[str]]) -> None:
    assert not loaded[command].intersection(SLOW)


def test_a_command_that_loads_the_orm_would_be_noticed(register: Path) -> None:
    assert loaded_by(*"add --kind afi --title x".split()).issuperset({"sqlalchemy", "sqlmodel", "pydantic"})


def test_reconciling_with_another_list_never_loads_the_orm(register: Path) -> None:
    from recreg import cli

    theirs = str(register.with_name("theirs.csv"))
    cli.run(["add", "--kind", "afi", "--title", "x"])
    cli.run(["export", theirs])
    assert not loaded_by("reconcile", theirs).intersection(SLOW)


def test_an_agenda_loads_no_workbook_unless_a_sheet_is_written(register: Path) -> None:
    assert "openpyxl" not in loaded_by("agenda", "--until", "today", "-f", "table")
    written = loaded_by("agenda", "--until", "today", "--sheet", str(register.with_name("b.xlsx")))
    assert "openpyxl" in written
    assert not written.intersection(SLOW)


def test_in_a_pipe_no_table_is_drawn_and_rich_not_loaded(register: Path) -> None:
    assert "rich" not in loaded_by("list")
    assert "rich" not in loaded_by("overdue", "-f", "json")


def test_the_last_backup_is_told_without_loading_what_makes_one(register: Path) -> None:
    assert not loaded_by("overdue", "--always").intersection([*SLOW, "zipfile", "hashlib"])


def test_help_loads_no_command() -> None:
    loaded = loaded_by("--help")
    commands = {name for name in loaded if name.startswith("recreg.cli.")}
    assert commands == {f"recreg.cli.{name}" for name in ("settings", "contents", "printer", "help_page")}
    assert not loaded.intersection({"rich.markdown", "markdown_it", "pygments"}), "nothing of it is Markdown"


def test_a_short_answer_loads_no_reading_of_days_no_hash_and_no_zone_that_it_does_not_ask_for(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RECREG_TODAY")
    idle = {"recreg.domain.typed_days", "recreg.domain.deadlines", "zoneinfo", "hashlib", "dateutil", "rich"}
    assert not loaded_by("list").intersection(idle | {"json"})
    assert not loaded_by("overdue").intersection(idle - {"zoneinfo"} | {"json"})
    assert not loaded_by("--version").intersection(idle | {"json", "sqlite3", "recreg.domain.vocabulary"})
