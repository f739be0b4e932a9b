"""The command that cron runs: what is overdue."""

from datetime import date
from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.footer import footer
from recreg.cli.heartbeat import heartbeat
from recreg.cli.options import AsOf, AsRecorded, Boards, Form, GroupBy, Owners, Portfolios, reading
from recreg.cli.printer import Format, print_rows, put_lines
from recreg.cli.spans import end_of
from recreg.cli.sums import print_sums
from recreg.domain.text import visible
from recreg.domain.vocabulary import Bearer, Clock, counted, word
from recreg.errors import Mistyped
from recreg.questions import Answer
from recreg.questions.columns import OVERDUE, OVERDUE_BY_CLOCK

app = typer.Typer()


@app.command("overdue")
def overdue(
    clock: Annotated[str, typer.Option("--clock", metavar="CLOCK",
                     help="review, target, deadline, pcc or all.")] = "review",
    within: Annotated[str | None, typer.Option("--within", metavar="30d", help="What falls due in it, too.")] = None,
    owner: Owners = None, board: Boards = None, portfolio: Portfolios = None, group: GroupBy = None,
    every: Annotated[bool, typer.Option("--all", help="What is not ours, too.")] = False,
    always: Annotated[bool, typer.Option("--always", help="A line that says so, also when nothing is.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit 10 when something is overdue.")] = False,
    _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None,
) -> None:  # fmt: skip
    """recreg overdue

    List the three-month reviews that are overdue, longest first; or another clock. Overdue starts the
    day after: due today is due today.
    """
    from recreg.questions.overdue import for_people, for_sums, is_late, sorting
    from recreg.questions.overdue import overdue as what_is_overdue

    today, path = settings.today(), settings.register_file()
    _refuse_a_line_among_data(always=always, form=form)
    asked, bearer = word(Clock, clock, "clock"), _bearer(group)
    _refuse_of_nobody(asked, owner, board, portfolio, group)
    until = end_of(within, today) if within is not None else None
    with reading() as db:
        rows = what_is_overdue(
            db, today=today, clock=asked, until=until, owner=tuple(owner or ()), board=tuple(board or ()),
            portfolio=tuple(portfolio or ()), ours=None if every else True,
        )  # fmt: skip
        lines = footer(db, today, form, _listed(rows, today))
        beat = heartbeat(db, rows, path, today) if always else ""
    title = _title(asked, until is not None)
    if bearer is None:
        shown = [for_people(row) for row in rows] if lines is not None else rows
        print_rows(shown, OVERDUE_BY_CLOCK if asked == Clock.ALL else OVERDUE, form, title=title, footer=lines or ())
    else:
        print_sums(for_sums(rows), sorting(asked), bearer, form, title=f"{title}, by {bearer}", footer=lines or ())
    if always:
        put_lines([visible(beat)])
    if exit_code and any(is_late(row) for row in rows):
        raise typer.Exit(10)


def _refuse_a_line_among_data(*, always: bool, form: Format | None) -> None:
    """Raise `Mistyped` where the line of --always would stand among data for a program."""
    if always and form not in {None, Format.TABLE, Format.PLAIN}:
        raise Mistyped(f"--always is a line for people, and -f {form} is for a program.", "Leave one of them out.")


def _refuse_of_nobody(clock: Clock, *filters: object) -> None:
    """Raise `Mistyped` where the 56 days are asked for by whose they are: they are of inspections."""
    if clock == Clock.PCC and any(filters):
        raise Mistyped(
            "The 56 days are of inspections, and no owner, board or portfolio has one.",
            "Leave --owner, --board, --portfolio and --group out.",
        )


def _bearer(group: str | None) -> Bearer | None:
    """By what to sum."""
    return word(Bearer, group, "group") if group is not None else None


def _listed(rows: Answer, today: date) -> str:
    """How many rows there are, and how many of them no figure of what is overdue counts."""
    from recreg.questions.overdue import never_late

    parts = sum(not row["counts"] for row in rows)
    listed = f"{len(rows)} listed" + (f", {counted(parts, 'part')} among them" if parts else "")
    never = never_late(rows, today)
    aside = " and ".join(f"{count} {why}" for why, count in never.items() if count)
    are = "is" if sum(never.values()) == 1 else "are"
    return f"{listed}, of which {aside} {are} not counted as overdue" if aside else listed


def _title(clock: Clock, soon: bool) -> str:
    named = {
        Clock.REVIEW: "Three-month reviews",
        Clock.TARGET: "Our own targets",
        Clock.DEADLINE: "HMICFRS's deadlines",
        Clock.PCC: "The commissioner's 56 days",
        Clock.ALL: "Reviews, targets and deadlines",
    }[clock]
    return f"{named} that are overdue{' or fall due soon' if soon else ''}"
