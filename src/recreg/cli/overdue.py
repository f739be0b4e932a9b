"""The command that cron runs: what is overdue."""

from datetime import date
from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.footer import footer
from recreg.cli.options import Form, reading
from recreg.cli.printer import print_rows
from recreg.domain.dates import understand
from recreg.domain.vocabulary import Clock, counted, word
from recreg.errors import Mistyped
from recreg.questions import Answer
from recreg.questions.columns import OVERDUE, OVERDUE_BY_CLOCK

app = typer.Typer()


@app.command("overdue")
def overdue(
    clock: Annotated[str, typer.Option("--clock", metavar="CLOCK",
                     help="review, target, deadline, pcc or all.")] = "review",
    within: Annotated[str | None, typer.Option("--within", metavar="30d", help="What falls due in it, too.")] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="NAME", help="Whose; may be repeated.")] = None,
    every: Annotated[bool, typer.Option("--all", help="What is not ours, too.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 10 when something is listed.")] = False,
    form: Form = None,
) -> None:  # fmt: skip
    """recreg overdue

    List the three-month reviews that are overdue, longest first; or another clock. Overdue starts the
    day after: due today is due today.
    """
    from recreg.questions.overdue import overdue as what_is_overdue

    today = settings.today()
    asked = word(Clock, clock, "clock")
    until = _end_of(within, today) if within is not None else None
    with reading() as db:
        rows = what_is_overdue(
            db, today=today, clock=asked, until=until, owner=tuple(owner or ()), ours=None if every else True
        )
        lines = footer(db, today, form, _listed(rows))
    columns = OVERDUE_BY_CLOCK if asked == Clock.ALL else OVERDUE
    print_rows(rows, columns, form, title=_title(asked, until is not None), footer=lines or ())
    if exit_code and rows:
        raise typer.Exit(10)


def _listed(rows: Answer) -> str:
    parts = sum(row["is_part"] for row in rows)
    return f"{len(rows)} listed" + (f", {counted(parts, 'part')} among them" if parts else "")


def _end_of(within: str, today: date) -> date:
    """The last day of a span such as 30d, 2w, 3m or 1y from today."""
    try:
        return understand(f"+{within.strip().removeprefix('+')}", today=today).on
    except Mistyped as error:
        raise Mistyped(f"“{within}” is not a span of days.", "A span is written 30d, 2w, 3m or 1y.") from error


def _title(clock: Clock, soon: bool) -> str:
    named = {
        Clock.REVIEW: "Three-month reviews",
        Clock.TARGET: "Our own targets",
        Clock.DEADLINE: "HMICFRS's deadlines",
        Clock.PCC: "The commissioner's 56 days",
        Clock.ALL: "Reviews, targets and deadlines",
    }[clock]
    return f"{named} that are overdue{' or fall due soon' if soon else ''}"
