"""How a filled sheet is taken: every row is shown first at a terminal, and it is asked whether to take them."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from recreg.cli import settings
from recreg.cli.options import reading
from recreg.cli.printer import is_terminal, say
from recreg.errors import Objections
from recreg.questions.identity import identity

if TYPE_CHECKING:
    from recreg.exchange.minutes import Filled
    from recreg.register import Done


def take(act: Callable[[bool], "Done"], told: Callable[["Done"], list[str]], *, yes: bool, dry_run: bool) -> None:
    """Do an act, which is told whether to do it dry, having shown what it would take; say what was told of it."""
    known = list[str]()
    if not yes and not dry_run and is_terminal(sys.stdin) and is_terminal(sys.stderr):
        plan = act(True)
        known = told(plan)
        if not _agreed(plan, known):
            return
    done = act(dry_run)
    _say_but(known, told(done))
    if done.written:
        say("Taken as one act: recreg undo takes it all back.")


def refuse_of_another(sheets: "Iterable[tuple[Path, Filled]]") -> None:
    """Raise `Refused` naming every sheet that another register wrote: its references mean other items here."""
    with reading() as db:
        own = identity(db)
    objections = Objections()
    for file, filled in sheets:
        if filled.register and filled.register != own:
            objections.add(
                f"{file} was written from another register than {settings.register_file()}.",
                "Take it in there, with recreg --register FILE; or have the answers put on a sheet of this register.",
            )
    objections.settle()


def not_read(filled: "Filled") -> list[str]:
    """Each hidden sheet that looks like the one that was filled in: it was not read."""
    from recreg.exchange.answered_sheet import named

    return [f"The hidden sheet {named([each])} has the headings of answers too, and was not read."
            for each in filled.unseen]  # fmt: skip


def left_out(rows: int) -> list[str]:
    """How many rows of a sheet have no answer, where any has none."""
    are = "row has no answer and is" if rows == 1 else "rows have no answer and are"
    return [f"{rows} {are} left out."] if rows else []


def _agreed(plan: "Done", told: Sequence[str]) -> bool:
    """Show what would be taken, and ask whether to take it; nothing to take is nothing to ask."""
    rows = len(plan.refs)
    _say_but(plan.said[-1:] if rows else [], told)
    agreed = bool(rows) and typer.confirm(f"Take {'this row' if rows == 1 else f'these {rows} rows'}?", err=True)
    if rows and not agreed:
        say("Nothing was taken.")
    return agreed


def _say_but(known: Sequence[str], sentences: Sequence[str]) -> None:
    """Say each sentence, but for those told before."""
    for sentence in sentences:
        if sentence not in known:
            say(sentence)
