"""The command that shows the register in the browser."""

import importlib.util
import os
import sys
from threading import Thread
from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import reading, whole_number
from recreg.cli.printer import is_terminal, put_lines, say
from recreg.errors import Mistyped

app = typer.Typer()


def _port(typed: str) -> int:
    """The number of a port; raises `Mistyped` for one that no machine has."""
    number = whole_number(typed)
    if 1 <= number <= 65535:
        return number
    raise Mistyped(f"There is no port {typed}.", "Give --port a number from 1 to 65535, or leave it out.")


@app.command("browse")
def browse(
    port: Annotated[int | None, typer.Option("--port", parser=_port, metavar="N",
                    help="The port of this machine; one that is free unless given.")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the link, and open no browser.")] = False,
) -> None:  # fmt: skip
    """recreg browse

    Browse the register in the web browser, until Ctrl-C: every table, and the officer's questions with
    their SQL. It is read-only, and for this machine alone. The link on stdout opens it, once.
    """
    _must_be_installed()
    from recreg.exchange.browse.tables import shown

    with reading() as db:
        register = shown(db)
    from recreg.exchange.browse.served import listening, serve

    serve(settings.register_file(), register, at=listening(port), today=settings.today,
          up=lambda link: _tell(link, opens=not no_open))  # fmt: skip
    say("The register is no longer shown.")


def _must_be_installed() -> None:
    """Raise `Mistyped` where recreg was installed without what browsing takes."""
    if importlib.util.find_spec("datasette") is None or importlib.util.find_spec("uvicorn") is None:
        raise Mistyped(
            "recreg browse needs Datasette, which is not installed here.",
            'pip install "recreg[browse]", or pipx inject recreg "recreg[browse]", installs it.',
        )


def _tell(link: str, *, opens: bool) -> None:
    """Say where to look, and look there where somebody sits at a terminal with a browser to open."""
    put_lines([link])
    say("The register is shown there, read-only. The link works once, in the browser that opens it first.")
    say("Ctrl-C ends it.")
    if opens and is_terminal(sys.stdout) and _has_browser():
        import webbrowser

        Thread(target=webbrowser.open, args=[link], daemon=True).start()


def _has_browser() -> bool:
    """Whether there is a screen for a browser: one of text would take the terminal."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))
