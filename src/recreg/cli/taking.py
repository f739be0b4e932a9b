"""How a filled sheet is taken: every row is shown first at a terminal, and it is asked whether to take them."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from recreg.cli.printer import is_terminal, say

if TYPE_CHECKING:
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
