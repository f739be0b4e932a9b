"""Writes docs/commands.md, docs/promises.md and the output in README.md's session: ``make docs``.

None depends on the terminal it is run at, so that a test can hold both against the program.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer
from typer.core import TyperGroup, TyperOption

from recreg import cli
from recreg.cli.contents import PANELS, entries

sys.path.insert(0, str(Path(__file__).parent))
import promises_page

COMMANDS = Path(__file__).with_name("commands.md")
PROMISES = Path(__file__).with_name("promises.md")
README = Path(__file__).parents[1] / "README.md"

_TOP = """# Commands

This page is made from the program itself by `make docs`. It says the same as `recreg COMMAND --help`.

A word in capitals stands for what you type there. `…` marks what may be given several times in a row;
an option that “may be repeated” is typed again for each value. What is not marked *required* may be
left out. Options of `recreg` itself stand before the command: `recreg --register FILE overdue`.
"""


def reference() -> str:
    """The whole page of commands."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    program: Any = typer.main.get_command(cli.app)
    yield _TOP
    yield "## Before the command\n"
    yield from _parameters(program)
    for panel, heading in PANELS.items():
        yield f"## {heading}\n"
        for name, entry in entries().items():
            if entry.panel == panel:
                yield from _command(program.get_command(None, name), f"recreg {name}")


def _command(command: Any, path: str, level: int = 3) -> Iterator[str]:
    """One command's section; those of its own commands follow it."""
    example, _, description = (command.help or "").partition("\n\n")
    yield f"{'#' * level} `{path}`\n"
    yield f"```\n{example}\n```\n"
    yield f"{' '.join(description.split())}\n"
    if isinstance(command, TyperGroup):
        if command.invoke_without_command:
            yield from _parameters(command)
        for name, each in command.commands.items():
            yield from _command(each, f"{path} {name}", level + 1)
    else:
        yield from _parameters(command)


def _parameters(command: Any) -> Iterator[str]:
    told = [_told(parameter) for parameter in command.params if not parameter.hidden]
    if told:
        yield "\n".join(told) + "\n"


def _told(parameter: Any) -> str:
    """One argument or option on one line: how it is typed, and what it is."""
    says = [parameter.help, *_notes(parameter)]
    return f"- `{_typed(parameter)}`: {' '.join(part for part in says if part)}"


def _typed(parameter: Any) -> str:
    if not isinstance(parameter, TyperOption):
        return str(parameter.metavar or parameter.name.upper())
    names = " / ".join([", ".join(parameter.opts), *parameter.secondary_opts])
    return names if parameter.is_flag else f"{names} {_value(parameter)}"


def _value(option: TyperOption) -> str:
    """What stands for an option's value: its own word, or the words that it may be."""
    return option.metavar or "|".join(getattr(option.type, "choices", [])) or "VALUE"


def _notes(parameter: Any) -> Iterator[str]:
    if parameter.required:
        yield "*Required.*"
    elif isinstance(parameter.default, str):
        yield f"`{parameter.default}` unless given."


def played(page: str) -> str:
    """The page with its session typed anew: what each command prints stands below it."""
    return re.sub(r"(?<=```console\n).*?(?=```)", lambda found: _screen(found[0]), page, flags=re.DOTALL)


def _screen(session: str) -> str:
    """What a terminal of 100 columns shows of a session; a line that begins with “> ” goes on with a command."""
    typed = [line for line in session.splitlines() if line.startswith(("$ ", "> "))]
    commands = re.split(r"^\$ ", "\n".join(typed), flags=re.MULTILINE)[1:]
    script = [f"printf '%s\\n' {shlex.quote('$ ' + command.rstrip())}\n{_joined(command)}" for command in commands]
    with TemporaryDirectory() as folder:
        shown = _on_a_terminal("\n".join(script), folder)
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def _joined(command: str) -> str:
    return command.replace("\n> ", "\n")


def _on_a_terminal(script: str, folder: str) -> str:
    import pty  # Windows has none: there only the reference can be made.

    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 - the session is this repository's own
        ["/bin/bash", "-c", script], stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=_surroundings()
    ):
        os.close(theirs)
        screen = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return re.sub(r"\x1b\[[\d;]*m", "", screen.decode().replace("\r\n", "\n"))


def _read(terminal: int) -> bytes:
    with suppress(OSError):  # Linux says so where the last writer has gone.
        return os.read(terminal, 65536)
    return b""


def _surroundings() -> dict[str, str]:
    """The same whoever makes the page: the recreg of this very Python, UTF-8, 100 columns."""
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.defpath])
    return {**kept, "PATH": path, "COLUMNS": "100", "TERM": "xterm", "LC_ALL": "C.UTF-8"}


if __name__ == "__main__":
    PROMISES.write_text(promises_page.page(), encoding="utf-8")
    COMMANDS.write_text(reference(), encoding="utf-8")
    README.write_text(played(README.read_text(encoding="utf-8")), encoding="utf-8")
