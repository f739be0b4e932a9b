"""What the officer types: the table of contents, commands loaded by name, the one error funnel."""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

# Importing makes many objects, none of which can be freed: collecting in between would cost a tenth of a short answer.
gc.disable()

import typer
from typer.core import TyperCommand, TyperGroup

from recreg.cli import settings
from recreg.cli.contents import PANELS, Entry, entries

HELP = """A force's register of HMICFRS recommendations, areas for improvement and causes of concern.

    recreg overdue                          three-month reviews that are overdue
    recreg add --kind recommendation --inspection SAC-2022 --text-file r1.txt
    recreg review 10618 --outcome on-track --note "Audit done; report due in May"
"""

INTERRUPTED = 130
_HELP = {"--help", "-h"}


class Contents(TyperGroup):
    """A group whose commands are imported one at a time, when they are typed.

    Building every command of the program at once would take most of the time of a short answer.
    """

    chapter = ""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's own signature
        """The command, from its own module; None for a word that is none."""
        entry = entries(self.chapter).get(cmd_name)
        if entry is None:
            return None
        module = import_module(f"recreg.cli.{entry.module}")
        gc.freeze()
        gc.enable()
        return _offering(command_named(module, cmd_name, group=entry.is_group))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's own signature
        """The names in the table of contents."""
        return list(entries(self.chapter))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The commands that begin so, from the table of contents, and the options."""
        from recreg.cli.completion import commands

        listed = {name: entry.says for name, entry in entries(self.chapter).items()}
        return commands(listed, incomplete) + TyperCommand.shell_complete(self, ctx, incomplete)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help page, from the table of contents alone."""
        listed: dict[str, Any] = {name: _stub(name, entry) for name, entry in entries(self.chapter).items()}
        page = TyperGroup(name=self.name, commands=listed, help=self.help, params=self.params, rich_markup_mode=None)
        page.rich_markup_mode = self.rich_markup_mode
        page.format_help(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command, or an error with the nearest one."""
        self.commands = {name: _stub(name, entry) for name, entry in entries(self.chapter).items()}
        return super().resolve_command(ctx, args)


def _offering(command: Any) -> Any:
    """The command; where a shell asks what could be typed, with what it offers."""
    if not _completing():
        return command
    from recreg.cli.completion import offer

    return offer(command)


def _completing() -> bool:
    return "_RECREG_COMPLETE" in os.environ


def command_named(module: Any, name: str, *, group: bool) -> Any:
    """One command of a module's app, or its whole app where that is a group of its own."""
    built = typer.main.get_command(module.app) if group else _one_command(module.app, name)
    built.name = name
    return built


def _one_command(app: typer.Typer, name: str) -> Any:
    info = next(info for info in app.registered_commands if info.name == name)
    return typer.main.get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=app.rich_markup_mode)


def _stub(name: str, entry: Entry) -> TyperCommand:
    return TyperCommand(name, help=entry.says, short_help=entry.says, rich_help_panel=PANELS[entry.panel])


app = typer.Typer(
    cls=Contents,
    help=HELP,
    add_completion=True,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None if os.environ.get("TERM") == "dumb" else "rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from recreg import __version__

        typer.echo(f"recreg {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    register: str = typer.Option(None, "--register", metavar="FILE", help="The register; else RECREG_REGISTER says."),
    _version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """Take the register file that was named; without a command, show the dashboard."""
    settings.choose_register(register)
    if context.invoked_subcommand is None:
        import_module("recreg.cli.dashboard").dashboard()


def main(args: list[str] | None = None) -> None:
    """The program: what is wrong is told on stderr in a sentence, and its exit code is a promise."""
    os.umask(0o077)
    code = run(sys.argv[1:] if args is None else args)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # What could not be written is told already.
            stream.flush()
    # Taking apart what is about to go anyway would cost a tenth of a short answer.
    os._exit(code)


def run(args: list[str]) -> int:
    """Do what was typed and return the exit code."""
    from recreg.cli import printer

    try:
        printer.prepare_streams()
        if _completing():
            import_module("recreg.cli.completion").prepare()
        if not _HELP.isdisjoint(args):
            import_module("recreg.cli.help_page").lighten()
        code = typer.main.get_command(app).main(args=args, prog_name="recreg", standalone_mode=False)
        printer.finish()
        if code == INTERRUPTED:  # Typer makes an exit code of Ctrl-C, and says nothing.
            raise KeyboardInterrupt
        return code if isinstance(code, int) else 0
    except BaseException as error:  # noqa: BLE001 - the one funnel: whatever it is, it is told plainly
        return _told(error)


def _told(error: BaseException) -> int:
    """Tell what is wrong, in a sentence and a hint, and give its exit code."""
    if isinstance(error, SystemExit):
        # Typer ends so where the reader of a help page has gone, as `head` does, and where a shell was answered.
        gone = type(sys.stdout).__name__ == "PacifyFlushWrapper"
        return 0 if gone else error.code if isinstance(error.code, int) else 1
    from recreg.cli.printer import give_up_stdout
    from recreg.cli.telling import tell_error

    if not isinstance(error, OSError):
        return tell_error(error)
    give_up_stdout()
    return tell_error(error)
