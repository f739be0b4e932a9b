"""The options that many commands share, and the two ways into the register."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

import typer

from recreg.cli import settings
from recreg.cli.printer import Format, put_lines, say

if TYPE_CHECKING:
    import sqlite3

    from recreg.register import Done, Register
    from recreg.register.acts import Acts
    from recreg.register.importing_documents import DocumentActs

_A = TypeVar("_A", bound="Acts")


def whole_number(typed: str) -> int:
    """A number in plain figures; raises `Mistyped` for those of other scripts and for 1_0, which int() reads."""
    if typed.isascii() and typed.isdecimal():
        return int(typed)
    from recreg.errors import Mistyped

    raise Mistyped(f"“{typed}” is not a whole number.", "Give figures alone, such as 3.")


Ref: TypeAlias = Annotated[str, typer.Argument(metavar="REF", help="R-0001, or HMICFRS's number.")]
Refs: TypeAlias = Annotated[list[str], typer.Argument(metavar="REF…", help="R-0001, or HMICFRS's number.")]
On: TypeAlias = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="The day it takes effect; today unless given.")
]
By: TypeAlias = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who is recorded as acting; else RECREG_BY, or the login.")
]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", "-n", help="Do everything, and take it back.")]
Why: TypeAlias = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason.")]
New: TypeAlias = Annotated[
    bool, typer.Option("--new", help="A name that is much like a known one is another one all the same.")
]
Owners: TypeAlias = Annotated[list[str] | None, typer.Option("--owner", metavar="NAME", help="Whose; may be repeated.")]
Boards: TypeAlias = Annotated[
    list[str] | None, typer.Option("--board", metavar="NAME", help="Which board's; may be repeated.")
]
Portfolios: TypeAlias = Annotated[
    list[str] | None, typer.Option("--portfolio", metavar="NAME", help="Which portfolio's; may be repeated.")
]
GroupBy: TypeAlias = Annotated[
    str | None, typer.Option("--group", metavar="WHOSE", help="Sums by owner, board or portfolio.")
]
AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DAY", callback=settings.look_back_to, help="The register as it stood on that day."
    ),
]
AsRecorded: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--as-recorded",
        metavar="N",
        parser=whole_number,
        callback=settings.look_back_to_changeset,
        help="As it was known up to that changeset of recreg log.",
    ),
]
Form: TypeAlias = Annotated[
    Format | None,
    typer.Option("--format", "-f", help="A table on a terminal, plain in a pipe, unless given."),
]


def acting(on: str | None, by: str | None, dry_run: bool) -> "Register":
    """The register to write to, with who acts and the day it takes effect."""
    with _loading_the_orm():
        from recreg.register import Register
    return _on_its_day(Register, on, by, dry_run)


def taking_in(on: str | None, by: str | None, dry_run: bool) -> "DocumentActs":
    """The same, to take in a file; what that needs is of no use to the other commands."""
    with _loading_the_orm():
        from recreg.register.importing_documents import DocumentActs
    return _on_its_day(DocumentActs, on, by, dry_run)


@contextmanager
def _loading_the_orm() -> Iterator[None]:
    # Importing the ORM makes many objects, none of which can be freed: collecting in between, and
    # once more at exit, would cost a quarter of the whole command.
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def _on_its_day(acts: type[_A], on: str | None, by: str | None, dry_run: bool) -> _A:
    from recreg.domain.typed_days import understand

    today = settings.today()
    day = understand(on, today=today).on if on is not None else None
    return acts(settings.register_file(), by=settings.who(by), today=today, on=day, dry_run=dry_run)


def tell(done: "Done", *, references_out: bool = False) -> None:
    """Echo an act on stderr; `add` alone prints the new reference on stdout."""
    for sentence in done.said:
        say(sentence)
    if references_out and done.written:
        put_lines(done.refs)


@contextmanager
def reading() -> "Iterator[sqlite3.Connection]":
    """The register, read-only: everything is read and the register closed before anything is printed.

    It is the register of the moment that ``--as-of`` and ``--as-recorded`` name.
    """
    from recreg.store.file import reading_at

    with reading_at(settings.register_file(), settings.moment()) as db:
        yield db


def text_from(file: str) -> str:
    """The text of a file, or of stdin for “-”; raises `Mistyped` where it cannot be read."""
    from recreg.errors import Mistyped

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise Mistyped(f"The file {file} cannot be read: {error.strerror}.", "Check its name and place.") from error
    except UnicodeDecodeError as error:
        raise Mistyped(f"The file {file} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8 first.") from error


def text_or_editor(text: str | None, option: str, about: str) -> str:
    """The text given; else, at a terminal, what is written in $EDITOR; raises `Mistyped` elsewhere."""
    from recreg.errors import Mistyped

    if text is not None:
        return text
    if not (sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()):
        raise Mistyped(f"{about} has no text.", f'Add {option} "…".')
    from recreg.cli.editor import written

    return written(about)
