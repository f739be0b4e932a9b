"""The commands of a board's sheet: what falls due before it meets, and what it decided."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli import settings
from recreg.cli.footer import footer
from recreg.cli.options import AsOf, AsRecorded, By, DryRun, Form, On, acting, reading
from recreg.cli.printer import Format, print_rows, say
from recreg.cli.taking import left_out, not_read, refuse_of_another, take
from recreg.domain.dates import spoken
from recreg.domain.text import shell_word
from recreg.domain.typed_days import understand
from recreg.domain.vocabulary import counted
from recreg.errors import Mistyped, Refused
from recreg.questions import Answer
from recreg.questions.columns import AGENDA

if TYPE_CHECKING:
    from recreg.exchange.minutes import Filled
    from recreg.register import Done

app = typer.Typer()

#: So many days after its board a sheet is taken without a question about the day.
_SOON = 31


@app.command("agenda")
def agenda(
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="The day the board meets.")] = None,
    board: Annotated[list[str] | None, typer.Option("--board", metavar="NAME", help="Which; may be repeated.")] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="NAME", help="Whose; may be repeated.")] = None,
    portfolio: Annotated[list[str] | None, typer.Option("--portfolio", metavar="NAME",
                         help="Which; may be repeated.")] = None,
    sheet: Annotated[Path | None, typer.Option("--sheet", metavar="FILE",
                     help="Write the board's sheet, an Excel workbook, instead.")] = None,
    _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None,
) -> None:  # fmt: skip
    """recreg agenda --until 30/11/2022 --board "Vulnerability Board" --sheet board.xlsx

    List what falls due before a board, and write its sheet: every clock of what is open and ours, up to
    and including --until DAY, by owner, if nothing happens until then. What is overdue already is among it.
    """
    from recreg.questions.agenda import agenda as what_falls_due
    from recreg.questions.agenda import for_people, particulars

    today, file = settings.today(), _workbook(sheet, form)
    if file is not None:
        settings.must_be_now("A board's sheet")
    day = _meeting_day(until, today)
    with reading() as db:
        rows = what_falls_due(
            db, today=today, until=day, owner=tuple(owner or ()), board=tuple(board or ()),
            portfolio=tuple(portfolio or ()),
        )  # fmt: skip
        told, lines = particulars(db, board or ()), footer(db, today, form, _listed(rows))
    if file is not None:
        from recreg.exchange.sheet import write_sheet

        items = write_sheet(file, rows, told, today=today, until=day)
        say(f"{counted(items, 'item')} {'is' if items == 1 else 'are'} on the sheet {file}.")
        return
    shown = [for_people(row) for row in rows] if lines is not None else rows
    print_rows(shown, AGENDA, form, title=f"What falls due up to {spoken(day)}", footer=lines or ())


@app.command("minute")
def minute(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A sheet of recreg agenda that was filled in.")],
    meeting: Annotated[str | None, typer.Option("--meeting", metavar="NAME",
                       help="The meeting whose minutes it is: its day, instead of --on.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take it without asking.")] = False,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg minute board.xlsx --on 30/11/2022

    Take back a board's sheet that was filled in, as one act: a review for each row with an outcome, a
    note for one with a position alone, a rating for one with a RAG and why. It takes effect on --on DAY, or
    on the day of --meeting. At a terminal every row is shown first, and you are asked; elsewhere they are
    taken at once.
    """
    from recreg.exchange.minutes import filled_in

    on = on if meeting is None else _day_of(meeting, on)
    filled = filled_in(file)
    _refuse_an_owners(file, filled)
    if not filled.rows:
        for sentence in [*not_read(filled), f"Nothing was filled in on {file}: nothing was taken."]:
            say(sentence)
        return
    refuse_of_another([(file, filled)])
    take(
        lambda dry: acting(on, by, dry).minute(filled.rows), lambda done: _told(done, filled, on),
        yes=yes, dry_run=dry_run,
    )  # fmt: skip


def _day_of(meeting: str, on: str | None) -> str:
    """The day of the meeting of that name; raises `Mistyped` beside another day, `Refused` where it is to come."""
    from recreg.questions.meetings import meeting_meant

    if on is not None:
        raise Mistyped("Minutes are of a day or of a meeting.", "Give --on or --meeting, not both.")
    with reading() as db:
        meant = meeting_meant(db, meeting)
    if meant.held_on > settings.today():
        raise Refused(
            f"“{meant.name}” is on {spoken(meant.held_on)}, which is to come: it has no minutes yet.",
            f"Where it met already, recreg meeting edit {shell_word(meant.name)} --day DAY puts its day right.",
        )
    return meant.held_on.isoformat()


def _refuse_an_owners(file: Path, filled: "Filled") -> None:
    """Raise `Refused` for the sheet of an owner, who claims and decides nothing."""
    if filled.owner:
        raise Refused(
            f"{file} is the sheet of an owner, {filled.owner}, and no board's: what it says is claimed, not decided.",
            f"recreg returns {shell_word(str(file))} takes it as notes.",
        )


def _told(done: "Done", filled: "Filled", on: str | None) -> list[str]:
    """What there is to tell of the sheet, and then of each row."""
    return [*(_late(filled, on) if done.refs else []), *not_read(filled), *left_out(filled.left_out), *done.said]


def _late(filled: "Filled", on: str | None) -> list[str]:
    """A word of warning where a sheet is taken long after its board met, and no day is given."""
    today, until = settings.today(), filled.until
    if on is not None or until is None or (today - until).days <= _SOON:
        return []
    reviewed = any(row.outcome for row in filled.rows)
    as_of = "the reviews are recorded as held on" if reviewed else "what it says is recorded as of"
    return [f"The sheet is of the board up to {spoken(until)}; {as_of} {spoken(today)}: --on DAY says otherwise."]


def _meeting_day(typed: str | None, today: date) -> date:
    """The day that the agenda is for; raises `Mistyped` where it is left out or past."""
    if typed is None:
        raise Mistyped("An agenda is for a day.", "Add --until DAY, the day the board meets.")
    day = understand(typed, today=today).on
    if day < today:
        hint = "Give --until today or a later day; recreg overdue lists what is overdue now."
        raise Mistyped(f"{spoken(day)} is before today, {spoken(today)}.", hint)
    return day


def _workbook(sheet: Path | None, form: Format | None) -> Path | None:
    """The sheet's file; raises `Mistyped` where Excel would not open it, or a list is asked for as well."""
    if sheet is not None and sheet.suffix.casefold() != ".xlsx":
        instead = shell_word(str(sheet.parent / f"{sheet.stem or 'board'}.xlsx"))
        raise Mistyped(f"{sheet} does not end in .xlsx, as a workbook does.", f"Give --sheet {instead}")
    if sheet is not None and form is not None:
        raise Mistyped("An agenda is a list or a sheet.", "Leave --format out, or --sheet.")
    return sheet


def _listed(rows: Answer) -> str:
    parts = sum(not row["counts"] for row in rows)
    return f"{len(rows)} listed" + (f", {counted(parts, 'part')} among them" if parts else "")
