"""The command by which what is due gets into other people's calendars."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import Boards, Owners, Portfolios, reading
from recreg.cli.printer import is_terminal, put_text, say
from recreg.cli.waiting import Work, waiting
from recreg.domain.text import shell_word
from recreg.domain.vocabulary import Clock, counted, word
from recreg.errors import Mistyped
from recreg.questions.calendar import CLOCKS, Diary
from recreg.questions.calendar import calendar as what_is_due

app = typer.Typer()


@app.command("calendar")
def calendar(
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE",
                      help="Into a file that ends in .ics; else to stdout, where that is a pipe.")] = None,
    clock: Annotated[str | None, typer.Option("--clock", metavar="CLOCK", help="review, target, deadline or pcc; all "
                     "is the three of an item. Every clock unless given.")] = None,
    owner: Owners = None, board: Boards = None, portfolio: Portfolios = None,
) -> None:  # fmt: skip
    """recreg calendar -o recreg.ics

    Write a calendar of what is due, for Outlook and others: every day of a clock as an all-day event. A
    file of a later day moves the events of an earlier one, in readers that know an event again.
    """
    from recreg.exchange.calendar import written
    from recreg.exchange.whole import put_whole

    file, whose = _file(output), (tuple(owner or ()), tuple(board or ()), tuple(portfolio or ()))
    clocks = _clocks(clock, of_somebody=any(whose))
    with waiting(Work("Reading the register", of="events", prints=file is None)) as work:
        with reading() as db:
            diary = what_is_due(
                db, today=settings.today(), clocks=clocks, owner=whose[0], board=whose[1], portfolio=whose[2]
            )
        work.go_on(f"Writing {file.name if file else 'the calendar'}", len(diary.events))
        content = written(diary, work.passing)
        if file is not None:
            put_whole(file, content)
    if file is None:
        put_text(content.decode())
    else:
        say(_told(diary, file))


def _file(output: Path | None) -> Path | None:
    """Where it goes; raises `Mistyped` where that is a terminal, or a file that no calendar program would take."""
    if output is None and is_terminal(sys.stdout):
        raise Mistyped("A calendar goes into a file.", "Add -o recreg.ics.")
    if output is not None and output.suffix.casefold() != ".ics":
        instead = shell_word(str(output.parent / f"{output.stem or 'recreg'}.ics"))
        raise Mistyped(f"{output} does not end in .ics, as a calendar does.", f"Give -o {instead}")
    return output


def _clocks(typed: str | None, *, of_somebody: bool) -> tuple[Clock, ...]:
    """The clocks asked for; the 56 days are of inspections, and so nobody's."""
    asked = word(Clock, typed, "clock") if typed is not None else None
    if asked == Clock.PCC and of_somebody:
        raise Mistyped(
            "The 56 days are of inspections, and no owner, board or portfolio has one.",
            "Leave --owner, --board and --portfolio out.",
        )
    if asked in {None, Clock.ALL}:
        return CLOCKS if asked is None and not of_somebody else CLOCKS[:-1]
    return tuple(each for each in CLOCKS if each == asked)


def _told(diary: Diary, file: Path) -> str:
    gone = sum(event.is_gone for event in diary.events)
    due = len(diary.events) - gone
    also = f" It also cancels {gone} that an earlier calendar may hold." if gone else ""
    return f"{counted(due, 'event')} {'is' if due == 1 else 'are'} in {file}.{also}"
