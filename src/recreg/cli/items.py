"""Commands on items as such: add, edit, assign, accept, decline, withdraw."""

from typing import Annotated

import typer

from recreg.cli.options import By, DryRun, New, On, Ref, Refs, Why, acting, tell, text_from, whole_number

app = typer.Typer()

Kind = Annotated[str | None, typer.Option("--kind", metavar="WORD", help="recommendation, afi or coc.")]
Inspection = Annotated[str | None, typer.Option("--inspection", metavar="CODE", help="Where it comes from.")]
Number = Annotated[str | None, typer.Option("--number", metavar="TEXT", help="Its number in the report.")]
HmicfrsRef = Annotated[str | None, typer.Option("--hmicfrs-ref", metavar="NUMBER", help="HMICFRS's own number.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The text's first words unless given.")]
Text = Annotated[str | None, typer.Option("--text", metavar="TEXT", help="The recommendation, verbatim.")]
TextFile = Annotated[str | None, typer.Option("--text-file", metavar="FILE", help="The same from a file; - is stdin.")]
Deadline = Annotated[str | None, typer.Option("--deadline", metavar="WORDS", help="HMICFRS's own words.")]
Target = Annotated[str | None, typer.Option("--target", metavar="DAY", help="The force's own first date.")]
Owner = Annotated[str | None, typer.Option("--owner", metavar="NAME", help="The recommendation owner.")]
Board = Annotated[str | None, typer.Option("--board", metavar="NAME", help="The governance board.")]
Portfolio = Annotated[str | None, typer.Option("--portfolio", metavar="NAME", help="The portfolio.")]
Addressees = Annotated[
    list[str] | None, typer.Option("--addressee", metavar="WHO", help="Whom HMICFRS addresses; may be repeated.")
]
Ours = Annotated[
    bool | None, typer.Option("--ours/--not-ours", help="Whether it is ours to deliver; another answer needs --why.")
]
WaitingOn = Annotated[str | None, typer.Option("--waiting-on", metavar="WORDS", help="Another body it waits on.")]
Parent = Annotated[
    str | None, typer.Option("--parent", metavar="REF", help="Its cause of concern, or what it is part of.")
]
Rag = Annotated[str | None, typer.Option("--rag", metavar="COLOUR", help="Its rating; needs --why.")]
Mandatory = Annotated[
    bool | None, typer.Option("--mandatory/--not-mandatory", help="By the type of inspection unless given.")
]
ReviewEvery = Annotated[
    int | None, typer.Option("--review-every", metavar="MONTHS", parser=whole_number, help="3 unless given.")
]
LastReview = Annotated[str | None, typer.Option("--last-review", metavar="DAY", help="The last one held before now.")]
Letter = Annotated[
    str | None, typer.Option("--letter", metavar="REFERENCE", help="HMICFRS's letter that changed a deadline.")
]
AgreedBy = Annotated[
    str | None, typer.Option("--agreed-by", metavar="BOARD", help="Who agreed to what is with HMICFRS.")
]


@app.command("add")
def add(
    kind: Kind = None, inspection: Inspection = None, number: Number = None, hmicfrs_ref: HmicfrsRef = None,
    title: Title = None, text: Text = None, text_file: TextFile = None, deadline: Deadline = None,
    target: Target = None, owner: Owner = None, board: Board = None, portfolio: Portfolio = None,
    addressee: Addressees = None, ours: Ours = None, waiting_on: WaitingOn = None, parent: Parent = None,
    rag: Rag = None, why: Why = None, mandatory: Mandatory = None, review_every: ReviewEvery = None,
    last_review: LastReview = None, new: New = False, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg add --kind recommendation --inspection SAC-2022 --number 1 --deadline "By March 2023" --text-file r1.txt

    Add a recommendation, area for improvement or cause of concern. It prints the new reference. --why is
    the reason of --rag, --ours or --not-ours.
    """
    register = acting(on, by, dry_run)
    typed = _fields(
        kind=kind, inspection=inspection, number=number, hmicfrs_ref=hmicfrs_ref, title=title,
        text=text_from(text_file) if text_file else text, deadline=deadline, target=target, owner=owner,
        board=board, portfolio=portfolio, addressees=addressee, ours=ours, waiting_on=waiting_on, parent=parent,
        rag=rag, why=why, mandatory=mandatory, review_every=review_every, last_review=last_review, new=new,
    )  # fmt: skip
    tell(register.add(typed), references_out=True)


@app.command("edit")
def edit(
    ref: Ref, kind: Kind = None, inspection: Inspection = None, number: Number = None,
    hmicfrs_ref: HmicfrsRef = None, title: Title = None, text: Text = None, text_file: TextFile = None,
    deadline: Deadline = None, target: Target = None, owner: Owner = None, board: Board = None,
    portfolio: Portfolio = None, addressee: Addressees = None, ours: Ours = None, waiting_on: WaitingOn = None,
    parent: Parent = None, rag: Rag = None, why: Why = None, letter: Letter = None, mandatory: Mandatory = None,
    review_every: ReviewEvery = None, last_review: LastReview = None, agreed_by: AgreedBy = None, new: New = False,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg edit R-0007 --deadline "Within six months" --why "copied wrongly"

    Put right what was typed of an item, from today on; --on with the day it was typed puts it right for every
    day. An empty text (--waiting-on "") empties a field, but for the
    text itself. Other words of a deadline need --why, or --letter where HMICFRS changed them; --why is also
    the reason of --rag, --ours, --not-ours or --target, and of nothing else. --agreed-by is of what went to
    HMICFRS without a board's agreement on record.
    """
    register = acting(on, by, dry_run)
    typed = _fields(
        kind=kind, inspection=inspection, number=number, hmicfrs_ref=hmicfrs_ref, title=title,
        text=text_from(text_file) if text_file else text, deadline=deadline, target=target, owner=owner,
        board=board, portfolio=portfolio, addressees=addressee, ours=ours, waiting_on=waiting_on, parent=parent,
        rag=rag, why=why, letter=letter, mandatory=mandatory, review_every=review_every, last_review=last_review,
        agreed_by=agreed_by, new=new,
    )  # fmt: skip
    tell(register.edit(ref, typed))


@app.command("assign")
def assign(
    refs: Refs, owner: Owner = None, board: Board = None, portfolio: Portfolio = None, new: New = False,
    on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg assign 10618 9962 --owner "Head of PPU" --board "Vulnerability Board"

    Give items an owner, a board or a portfolio. With owner and board an item is in progress. A new name
    is taken on, unless it is much like a known one.
    """
    register = acting(on, by, dry_run)
    tell(register.assign(refs, owner=owner, board=board, portfolio=portfolio, new=new))


DecidedBy = Annotated[str | None, typer.Option("--decided-by", metavar="NAME", help="Who decided.")]


@app.command("accept")
def accept(
    refs: Refs,
    partly: Annotated[bool, typer.Option("--partly", help="In part; needs --why.")] = False,
    why: Why = None, decided_by: DecidedBy = None, on: On = None, by: By = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg accept R-0006 R-0007 R-0008 --decided-by "Chief Officer Team"

    Accept recommendations that are not mandatory, such as those of a super-complaint.
    """
    tell(acting(on, by, dry_run).accept(refs, partly=partly, why=why, decided_by=decided_by))


@app.command("decline")
def decline(
    refs: Refs, why: Why = None, decided_by: DecidedBy = None, on: On = None, by: By = None,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """recreg decline R-0008 --why "The Ministry of Justice alone can do this"

    Decline recommendations that are not mandatory, with the reason.
    """
    tell(acting(on, by, dry_run).decline(refs, why=why, decided_by=decided_by))


@app.command("withdraw")
def withdraw(refs: Refs, why: Why = None, on: On = None, by: By = None, dry_run: DryRun = False) -> None:
    """recreg withdraw R-0012 --why "the same as R-0009, typed twice"

    Withdraw items that were entered in error: out of every list and figure for every day, kept in the log.
    """
    tell(acting(on, by, dry_run).withdraw(refs, why=why))


def _fields(**typed: object):  # type: ignore[no-untyped-def]  # noqa: ANN202 - its class is loaded late
    from recreg.register.fields import Fields

    return Fields(**typed)  # type: ignore[arg-type]
