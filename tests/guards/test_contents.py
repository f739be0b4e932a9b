"""The table of contents and the commands agree: the help page is made from the one, the answers from the other."""

import shlex
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import typer

from conftest import Typed
from recreg import cli
from recreg.cli.contents import PANELS, entries

PROGRAM: Any = typer.main.get_command(cli.app)


def all_commands() -> Iterator[tuple[str, Any]]:
    """Every command and every command of a group, with the words that call it."""
    for name in entries():
        command = PROGRAM.get_command(None, name)
        yield name, command
        for inner, each in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", each


COMMANDS = dict(all_commands())


def says(command: Any) -> str:
    """What a command's help says once its example is left out."""
    return " ".join(command.help.partition("\n\n")[2].split())


@pytest.mark.parametrize("name", entries())
def test_an_entry_is_a_command_in_a_panel_and_a_group_if_it_says_so(name: str) -> None:
    entry = entries()[name]
    assert COMMANDS[name].name == name
    assert hasattr(COMMANDS[name], "commands") == entry.is_group
    assert entry.panel in PANELS


def test_every_command_of_every_module_has_its_entry() -> None:
    for entry in set(entries().values()):
        if not entry.is_group:
            made = {info.name for info in import_module(f"recreg.cli.{entry.module}").app.registered_commands}
            assert made == {name for name, other in entries().items() if other.module == entry.module}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_help_begins_with_an_example_of_itself_that_its_parser_takes(name: str) -> None:
    command = COMMANDS[name]
    example = command.help.splitlines()[0]
    assert example == f"recreg {name}" or example.startswith(f"recreg {name} ")
    words = shlex.split(example)[1 + len(name.split()) :]
    if hasattr(command, "commands") and words:
        command = command.commands[words.pop(0)]
    command.make_context(name, words)
    assert says(COMMANDS[name]).endswith((".", "stdin")), "and goes on with what it does"


@pytest.mark.parametrize("name", entries())
def test_the_one_line_in_the_contents_is_a_sentence_that_a_help_page_can_hold(name: str) -> None:
    says = entries()[name].says
    assert says[0].isupper()
    assert says.endswith(".")
    assert len(says) <= 72


@pytest.mark.parametrize("terminal", ["xterm", "dumb"])
def test_the_help_page_lists_every_entry_with_its_line(terminal: str, recreg: Typed, monkeypatch: Any) -> None:
    monkeypatch.setenv("TERM", terminal)
    page = recreg("--help").out
    for name, entry in entries().items():
        assert f"{name} " in page
        assert entry.says in page
