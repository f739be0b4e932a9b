"""Commands that put right: correct, undo."""

from typing import Annotated

import typer

from recreg.cli.options import By, DryRun, Why, acting, tell, whole_number

app = typer.Typer()


@app.command("correct")
def correct(
    ref: Annotated[str, typer.Argument(metavar="REF", help="V-0012, N-0003 or E-0002.")],
    day: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it should have had.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="The words it should have had.")] = None,
    met: Annotated[
        str | None, typer.Option("--met", metavar="DAY", help="When you met the owner who needed support.")
    ] = None,
    why: Why = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg correct V-0012 --on 30/08/2022 --why "typed the wrong day"

    Put right the day or the words of a review, a note or a piece of evidence. A corrected last review
    moves the next one. --met records the meeting with the owner that a review was still to lead to; it
    needs --why only where another day is on record.
    """
    tell(acting(None, by, dry_run).correct(ref, day=day, note=note, met=met, why=why))


@app.command("undo")
def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="[N]", parser=whole_number, help="Its number in the log.")
    ] = None,
    by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg undo

    Undo the newest act, or the one of that number in the log, as a new act; typed twice, it puts it back.
    """
    tell(acting(None, by, dry_run).undo(number))
