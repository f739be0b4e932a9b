"""The dossier of an item: show."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recreg.cli import settings
from recreg.cli.options import AsOf, AsRecorded, Ref, reading
from recreg.cli.printer import Format, is_terminal, plain_fields, print_rows, put_lines, put_one
from recreg.errors import Mistyped
from recreg.questions.columns import ITEM, LISTED

if TYPE_CHECKING:
    from recreg.paper.document import Document

app = typer.Typer()


class Shown(StrEnum):
    """How a dossier is printed: as a list is, or as a document."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    IDS = "ids"
    MD = "md"
    HTML = "html"


@app.command("show")
def show(
    ref: Ref,
    _as_of: AsOf = None,
    _as_recorded: AsRecorded = None,
    form: Annotated[
        Shown | None,
        typer.Option("--format", "-f", help="A table on a terminal, plain in a pipe, unless given; md and html too."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Into a file that ends in .md or .html.")
    ] = None,
) -> None:
    """recreg show 10618

    Show everything about an item: its words, its clocks and what each counts from, how its owners,
    rating, target and deadline came about, its reviews, notes and evidence.
    """
    from recreg.questions.dossier import dossiers, marking
    from recreg.store.log import head
    from recreg.store.references import items_meant

    chosen = _chosen(form, output)
    with reading() as db:
        numbers = [each.id for each in items_meant(db, ref)]
        found = dossiers(db, numbers, today=settings.today(), register=settings.register_file())
        carried, at = marking(db), head(db)
    if chosen in {Shown.MD, Shown.HTML}:
        _hand_out(_document(found, carried, at), chosen, output)
    else:
        _print(found, chosen)


def _chosen(form: Shown | None, output: Path | None) -> Shown:
    """The form asked for; of a file, what its name says, unless told."""
    if output is None:
        return form or (Shown.TABLE if is_terminal(sys.stdout) else Shown.PLAIN)
    by_name = {".md": Shown.MD, ".html": Shown.HTML}
    named = by_name.get(output.suffix.casefold())
    chosen = form or named or Shown.PLAIN
    if chosen not in by_name.values():
        raise Mistyped("A dossier goes into a file as md or html.", "Name a FILE.md or FILE.html, or add -f md.")
    if named not in {None, chosen}:
        said = f"{output} is named as {named}, and -f {chosen} is asked for."
        raise Mistyped(said, "Leave -f out, or name it otherwise.")
    return chosen


def _print(found: list[dict[str, Any]], chosen: Shown) -> None:
    if chosen == Shown.TABLE:
        from recreg.cli.blocks import draw_blocks
        from recreg.paper.dossier import blocks_of

        put_lines(draw_blocks(block for each in found for block in blocks_of(each, settings.today())))
    elif chosen == Shown.JSON:
        put_one(found[0] if len(found) == 1 else {"items": found})
    elif chosen == Shown.PLAIN:
        put_lines(line for each in found for line in plain_fields(each))
    else:
        print_rows(found, ITEM, Format(chosen), order=LISTED)


def _document(found: list[dict[str, Any]], marking: str, head: tuple[int, str]) -> "Document":
    from recreg.cli.footer import day_shown
    from recreg.paper.dossier import dossier_document

    today = settings.today()
    return dossier_document(found, marking=marking, today=today, as_at=day_shown(today), head=head)


def _hand_out(document: "Document", chosen: Shown, output: Path | None) -> None:
    from recreg.cli.showing import drawn, print_drawn

    text = drawn(document, html=chosen == Shown.HTML)
    if output is None:
        print_drawn(text, html=chosen == Shown.HTML)
    else:
        from recreg.exchange.whole import put_whole

        put_whole(output, text.encode())
