"""What a command loads: reading never loads the ORM, and help loads no command."""

import subprocess
import sys
from pathlib import Path

import pytest

SLOW = ["sqlalchemy", "sqlmodel", "pydantic", "alembic"]


def loaded_by(*words: str) -> set[str]:
    """The modules that a process has loaded once it has answered."""
    program = (
        "import sys; from recreg import cli; code = cli.run(sys.argv[1:]); "
        "sys.stdout.flush(); print(code, *sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=True)
    code, *modules = ended.stderr.splitlines()[-1].split()
    assert code == "0", ended
    return set(modules)


@pytest.mark.parametrize(
    "command",
    ["--version", "--help", "rag --help", "list", "list -f table", "overdue", "overdue --clock all", "agenda --until today", "calendar", "show R-0001",
     "show R-0001 -f html", "show R-0001 -f md", "show R-0001 -f table", "why R-0001", "why R-0001 -f json", "history R-0001", "log", "person list", "inspection list", "evidence list", "evidence check",
     "check --ignore RR101 --ignore RR102", "export -", "export - --all", ""],
)  # fmt: skip
def test_a_reading_command_never_loads_the_orm(command: str, register: Path, recreg: object) -> None:
    from recreg import cli

    cli.run(["add", "--kind", "afi", "--title", "x"])
    loaded = loaded_by(*command.split())
    assert not loaded.intersection(SLOW)


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


def test_help_loads_no_command() -> None:
    loaded = loaded_by("--help")
    commands = {name for name in loaded if name.startswith("recreg.cli.")}
    assert commands == {"recreg.cli.settings", "recreg.cli.contents", "recreg.cli.printer"}
