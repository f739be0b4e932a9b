"""The command that writes to owners: drafts of mail in a folder, sent by nobody here."""

from collections.abc import Iterator
from datetime import date
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recreg.cli import settings
from recreg.cli.options import Boards, Owners, Portfolios, reading
from recreg.cli.printer import say
from recreg.cli.spans import end_of
from recreg.domain.dates import spoken, understand
from recreg.domain.text import shell_word
from recreg.domain.vocabulary import Clock, counted, word
from recreg.errors import Mistyped, Refused

if TYPE_CHECKING:
    from recreg.questions.chase import Chase

app = typer.Typer()

#: An owner has so long to answer, where no day is given.
_TO_REPLY = "2w"
#: So many references are named one by one.
_NAMED = 20


@app.command("chase")
def chase(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write the letters into.")],
    within: Annotated[str, typer.Option("--within", metavar="30d", help="What falls due in it, too.")] = "30d",
    clock: Annotated[str, typer.Option("--clock", metavar="CLOCK", help="review, target, deadline or all.")] = "all",
    reply_by: Annotated[str | None, typer.Option("--reply-by", metavar="DAY", help="The day to answer by; in two weeks "
                        "unless given.")] = None,
    escalate_after: Annotated[int | None, typer.Option("--escalate-after", metavar="DAYS", min=0, help="Write to the "
                              "portfolio's lead as well, of what is overdue by more days.")] = None,
    owner: Owners = None, board: Boards = None, portfolio: Portfolios = None,
    sender: Annotated[str | None, typer.Option("--from", metavar="ADDRESS", help="Who writes; whoever sends it unless "
                      "given.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over the letters of an earlier run.")] = False,
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

    today, author = settings.today(), _author(sender)
    until, answer_by, asked = end_of(within, today), _answer_by(reply_by, today), _clock(clock)
    with reading() as db:
        found = whom_to_chase(
            db, today=today, until=until, clock=asked, escalate_after=escalate_after,
            owner=tuple(owner or ()), board=tuple(board or ()), portfolio=tuple(portfolio or ()),
        )  # fmt: skip
        told = particulars(db, ())
    letters = drafts(found, told, Terms(today, until, answer_by, told.marking, escalate_after), author)
    earlier = _earlier(out, letters, replace=replace)
    if letters:
        put_letters(out, letters)
    for sentence in _told(found, out, until, earlier):
        say(sentence)


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
    """Who writes, as name and address; raises `Mistyped` where it is neither an address nor one behind a name."""
    if typed is None:
        return None
    from recreg.exchange.letters import is_address

    name, address = parseaddr(typed)
    if not typed.isprintable() or not is_address(address):
        raise Mistyped(
            f"“{typed}” is not an e-mail address.",
            'Write --from name@force.police.uk, or --from "Liaison Officer <name@force.police.uk>".',
        )
    return name, address


def _earlier(out: Path, letters: dict[str, bytes], *, replace: bool) -> list[str]:
    """The letters of an earlier run that would stay; raises `Refused` for any unless they may be written over."""
    there = sorted(file.name for file in out.glob("*.eml")) if out.is_dir() else []
    if letters and there and not replace:
        raise Refused(
            f"{counted(len(there), 'letter')} of an earlier run {'is' if len(there) == 1 else 'are'} in {out}.",
            "Give --out a new folder, or add --replace to write over those of the same owner.",
        )
    return [name for name in there if name not in letters]


def _told(found: "Chase", out: Path, until: date, earlier: list[str]) -> Iterator[str]:
    """How many letters there are, and then whatever keeps one from reaching whom it should."""
    from recreg.paper.drafts import without_address

    if found.letters:
        count = len(found.letters)
        are = "1 letter is" if count == 1 else f"{count:,} letters are"
        yield f"{are} in {out}, as drafts of mail: nothing was sent."
    else:
        yield f"No owner has anything that is overdue or due by {spoken(until)}: no letter was written."
    for each in without_address(found):
        what = f"“{each.email}” is no address that mail can go to" if each.email else "no address is known"
        yield f"{each.name}: {what}. recreg person edit {shell_word(each.name)} --email ADDRESS"
    yield from _gaps(found)
    if found.letters and earlier:
        yield f"Of an earlier run, and still in {out}: {', '.join(earlier)}. Take out what is not to be sent."


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
