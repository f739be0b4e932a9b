"""The command that writes to owners: drafts of mail in a folder, sent by nobody here."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import Boards, Owners, Portfolios, reading, whole_number
from recreg.cli.printer import say
from recreg.cli.spans import end_of
from recreg.cli.waiting import Work, waiting
from recreg.domain.dates import spoken
from recreg.domain.text import shell_word
from recreg.domain.typed_days import understand
from recreg.domain.vocabulary import Clock, word
from recreg.errors import Mistyped

if TYPE_CHECKING:
    from recreg.questions.chase import Chase

app = typer.Typer()

#: An owner has so long to answer, where no day is given.
_TO_REPLY = "2w"
#: So many references are named one by one.
_NAMED = 20


@app.command("chase")
def chase(
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="The new folder to write the letters into.")],
    within: Annotated[str, typer.Option("--within", metavar="30d", help="What falls due in it, too.")] = "30d",
    clock: Annotated[str, typer.Option("--clock", metavar="CLOCK", help="review, target, deadline or all.")] = "all",
    reply_by: Annotated[str | None, typer.Option("--reply-by", metavar="DAY", help="The day to answer by; in two weeks "
                        "unless given.")] = None,
    escalate_after: Annotated[int | None, typer.Option("--escalate-after", metavar="DAYS", parser=whole_number,
                              help="Write to the portfolio's lead as well, of what is overdue by more days.")] = None,
    owner: Owners = None, board: Boards = None, portfolio: Portfolios = None,
    sender: Annotated[str | None, typer.Option("--from", metavar="ADDRESS", help="Who writes; whoever sends it unless "
                      "given.")] = None,
) -> None:  # fmt: skip
    """recreg chase --out letters --reply-by +2w --escalate-after 60

    Write to each owner of what is overdue or falls due soon: one letter per owner, as a draft of mail with
    a sheet to fill in. It only reads, and sends nothing; recreg returns takes the filled sheets back.
    """
    from recreg.exchange.letters import put_letters
    from recreg.paper.drafts import drafts
    from recreg.paper.letter import Terms
    from recreg.questions.agenda import particulars
    from recreg.questions.chase import chase as whom_to_chase

    today, folder, author = settings.today(), _folder(out), _author(sender)
    until, answer_by, asked = end_of(within, today), _answer_by(reply_by, today), _clock(clock)
    with waiting(Work("Reading the register", of="letters")) as work:
        with reading() as db:
            found = whom_to_chase(
                db, today=today, until=until, clock=asked, escalate_after=escalate_after,
                owner=tuple(owner or ()), board=tuple(board or ()), portfolio=tuple(portfolio or ()),
            )  # fmt: skip
            told = particulars(db, ())
        letters = drafts(found, told, Terms(today, until, answer_by, told.marking, escalate_after), author)
        if found.letters:
            work.go_on("Writing letters", len(found.letters) + len(found.leads))
            put_letters(folder, work.passing(letters))
    for sentence in _told(found, folder, until):
        say(sentence)


def _folder(typed: str) -> Path:
    if not typed:
        raise Mistyped("--out names no folder.", "Give --out letters, or another new folder.")
    return Path(typed)


def _clock(typed: str) -> Clock:
    asked = word(Clock, typed, "clock")
    if asked == Clock.PCC:
        raise Mistyped(
            "The 56 days are of inspections, and no owner has one.", "Give --clock review, target, deadline or all."
        )
    return asked


def _answer_by(typed: str | None, today: date) -> date:
    """The day to answer by; raises `Mistyped` for one that is past."""
    if typed is None:
        return end_of(_TO_REPLY, today)
    day = understand(typed, today=today).on
    if day < today:
        raise Mistyped(f"{spoken(day)} is before today, {spoken(today)}.", "Give --reply-by today or a later day.")
    return day


def _author(typed: str | None) -> tuple[str, str] | None:
    """Who writes, as name and address; raises `Mistyped` where it is neither one address nor one behind a name."""
    if typed is None:
        return None
    from recreg.exchange.letters import is_address

    match = _SENDER.fullmatch(typed.strip())
    address = (match["behind"] or match["alone"]) if match else ""
    if not typed.isprintable() or not is_address(address):
        what = "more than one e-mail address" if typed.count("@") > 1 else "not an e-mail address"
        raise Mistyped(
            f"“{typed}” is {what}.",
            'Write --from name@force.police.uk, or --from "Liaison Officer <name@force.police.uk>".',
        )
    return (match["name"] or "").strip(' "') if match else "", address


#: An address, or a name without any and the address behind it.
_SENDER = re.compile(r"(?P<name>[^<>@]*)<(?P<behind>[^<>]+)>|(?P<alone>[^<>]+)")


def _told(found: "Chase", folder: Path, until: date) -> Iterator[str]:
    """How many letters there are, and then whatever keeps one from reaching whom it should."""
    from recreg.exchange.letters import left_unfinished
    from recreg.paper.drafts import without_address

    none = f"No owner has anything that is overdue or due by {spoken(until)}: no letter was written."
    yield _counted(found, folder) or none
    for each in without_address(found):
        what = f"“{each.email}” is no address that mail can go to" if each.email else "no address is known"
        yield f"{each.name}: {what}. recreg person edit {shell_word(each.name)} --email ADDRESS"
    yield from _gaps(found)
    for left in left_unfinished(folder):
        yield f"A run that was cut short left {left}. Delete it, unless that run goes on still: none of it was sent."


def _counted(found: "Chase", folder: Path) -> str:
    """How many letters are where; nothing where there are none."""
    count, leads = len(found.letters) + len(found.leads), len(found.leads)
    if not found.letters:
        return ""
    are = "1 letter is" if count == 1 else f"{count:,} letters are"
    to = f", {leads:,} of them to {'the lead of a portfolio' if leads == 1 else 'leads of portfolios'}" if leads else ""
    return f"{are} in {folder}{to}, as drafts of mail: nothing was sent."


def _gaps(found: "Chase") -> Iterator[str]:
    """The items that nobody is written to about, each with the command that cures it."""
    if found.ownerless:
        yield f"Nobody owns {_listed(found.ownerless)}. recreg assign {_some(found.ownerless)} --owner NAME"
    if found.unplaced:
        yield (
            f"No portfolio, and so no lead to write to: {_listed(found.unplaced)}. "
            f"recreg assign {_some(found.unplaced)} --portfolio NAME"
        )
    for portfolio in found.unled:
        yield (
            f"Nobody leads the portfolio {portfolio}: its lead was not written to. "
            f"recreg portfolio edit {shell_word(portfolio)} --lead PERSON"
        )


def _some(refs: list[str]) -> str:
    return " ".join(refs[:_NAMED])


def _listed(refs: list[str]) -> str:
    more = f" and {len(refs) - _NAMED:,} more" if len(refs) > _NAMED else ""
    return f"{', '.join(refs[:_NAMED])}{more}"
