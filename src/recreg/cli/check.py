"""The command that says what is wrong with the data."""

from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.footer import footer
from recreg.cli.options import AsOf, AsRecorded, Form, reading
from recreg.cli.printer import print_rows
from recreg.errors import Mistyped
from recreg.questions.columns import CHECK

app = typer.Typer()


@app.command("check")
def check(
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODE",
                      help="Leave these findings out; may be repeated.")] = None,
    _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None,
) -> None:  # fmt: skip
    """recreg check --ignore RR106

    List what is wrong with the data, each with the command that cures it; exit code 6 when there is something.
    """
    from recreg.questions.check import check as what_is_wrong

    today = settings.today()
    ignored = [_code(typed) for typed in ignore or ()]
    with reading() as db:
        rows = what_is_wrong(db, settings.register_file(), today, ignored)
        lines = footer(db, today, form, f"{len(rows)} found" if rows else "Nothing wrong was found")
    print_rows(rows, CHECK, form, title="What is wrong with the data", footer=lines or ())
    if rows:
        raise typer.Exit(6)


def _code(typed: str) -> str:
    """The code that was typed, in any case; raises `Mistyped` with every code and what it means."""
    from recreg.questions.check import CODES

    code = typed.strip().upper()
    if code not in CODES:
        listed = "\n".join(f"  {known}  {meaning}" for known, meaning in CODES.items())
        raise Mistyped(f"“{typed}” is not a code of recreg check.", f"A code is one of:\n{listed}")
    return code
