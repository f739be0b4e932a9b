"""The command that answers the officer's questions of the whole register."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli import settings
from recreg.cli.footer import footer
from recreg.cli.options import AsOf, AsRecorded, Boards, Form, GroupBy, Owners, Portfolios, reading
from recreg.cli.printer import print_rows
from recreg.cli.sums import print_sums
from recreg.domain.vocabulary import Bearer, Question, counted, word
from recreg.errors import Mistyped
from recreg.questions import Answer

if TYPE_CHECKING:
    import sqlite3

app = typer.Typer()

_TITLES = {
    Question.CHANGED: "What changed",
    Question.SILENT: "Who has not given an update",
    Question.WITH_HMICFRS: "What is with HMICFRS",
    Question.RETURNED: "What came back",
    Question.CAUSES: "Open causes of concern and what they contain",
    Question.SLIPPED: "Targets that were moved",
    Question.EVIDENCE: "Where evidence is missing, unverified, changed or old",
    Question.RAG: "Ratings, and which way they went",
    Question.AGE: "How old is what is open",
    Question.NOT_OURS: "What is not ours to deliver",
}


@app.command("ask")
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION",
                        help=f"{', '.join(q.replace('_', '-') for q in Question)}.")],
    since: Annotated[str | None, typer.Option("--since", metavar="DAY|MEETING",
                     help="From that day on, or from the day after a meeting's cut-off.")] = None,
    owner: Owners = None, board: Boards = None, portfolio: Portfolios = None, group: GroupBy = None,
    _as_of: AsOf = None, _as_recorded: AsRecorded = None, form: Form = None,
) -> None:  # fmt: skip
    """recreg ask changed --since 2022-07-01

    Answer a question of the whole register: what changed and whether it adds up, who is silent, what
    came back or slipped, which causes are open, how ratings went. With --group, sums by whose it is.
    """
    from recreg.questions.ask import Asked, columns_of, module_of, sorting_of

    today, which = settings.today(), word(Question, question, "question")
    bearer = word(Bearer, group, "group") if group is not None else None
    module = module_of(which)
    _refuse_a_period(since, which)
    with reading() as db:
        whose = tuple(owner or ()), tuple(board or ()), tuple(portfolio or ())
        asked = Asked(today, _since(db, since, today), *whose)
        rows = module.rows(db, asked)
        lines = footer(db, today, form, _listed(rows))
        told = module.told(db, asked, rows) if lines is not None else []
    title, below = _title(which, bearer), [*told, *(lines or ())]
    if bearer is None:
        print_rows(rows, columns_of(which), form, title=title, footer=below)
    else:
        print_sums(rows, sorting_of(which), bearer, form, title=title, footer=below)


def _refuse_a_period(since: str | None, question: Question) -> None:
    """Raise `Mistyped` where the question is not of a period."""
    from recreg.questions.ask import module_of

    if since is not None and not getattr(module_of(question), "TAKES_SINCE", False):
        raise Mistyped(
            f"The answer to {question.replace('_', '-')} is of today, not since a day.", "Leave --since out."
        )


def _since(db: "sqlite3.Connection", typed: str | None, today: date) -> date | None:
    """The day typed, or the one after the cut-off of the meeting typed; raises `Mistyped` for one to come."""
    if typed is None:
        return None
    from recreg.questions.meetings import first_day, meetings

    day = first_day(meetings(db), typed, today)
    if day > today:
        raise Mistyped(f"“{typed}” is in the future.", "Give --since a day up to today.")
    return day


def _listed(rows: Answer) -> str:
    """How many rows, and how many of them are of what no figure counts: parts, closed ones, those not ours."""
    aside = sum(not row["counts"] for row in rows)
    return counted(len(rows), "row") + (f", {aside} of them not counted (parts, closed, not ours)" if aside else "")


def _title(question: Question, by: Bearer | None) -> str:
    return f"{_TITLES[question]}{f', by {by}' if by else ''}"
