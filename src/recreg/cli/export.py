"""The command by which what was recorded goes out."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from recreg.cli import settings
from recreg.cli.filters import (
    Closed,
    NotOurs,
    NoUpdateSince,
    OfBoard,
    OfInspection,
    OfKind,
    OfOwner,
    OfParent,
    OfPortfolio,
    OfRag,
    OfStatus,
    chosen_items,
)
from recreg.cli.options import reading
from recreg.cli.printer import only_ascii, put_lines, say
from recreg.cli.waiting import Work, waiting
from recreg.domain.vocabulary import word
from recreg.errors import Mistyped
from recreg.exchange.export import FileKind, Nouns, kind_of

app = typer.Typer()


@app.command("export")
def export(
    file: Annotated[str, typer.Argument(metavar="FILE|-",
                    help="Ending in .csv, .tsv, .xlsx, .json or .jsonl; - is stdout.")],
    what: Annotated[str, typer.Option("--what", metavar="NOUN", help="items, reviews, notes, evidence, inspections, "
                    "people, boards, portfolios, links or key.")] = "items",
    every: Annotated[bool, typer.Option("--all", help="Every noun, in one JSON document or workbook.")] = False,
    form: Annotated[FileKind | None, typer.Option("--format", "-f", help="Where FILE does not say: for -, csv unless "
                    "given.")] = None,
    kind: OfKind = None, status: OfStatus = None, rag: OfRag = None, owner: OfOwner = None, board: OfBoard = None,
    portfolio: OfPortfolio = None, inspection: OfInspection = None, parent: OfParent = None,
    no_update_since: NoUpdateSince = None, not_ours: NotOurs = False, closed: Closed = False,
) -> None:  # fmt: skip
    """recreg export items.xlsx

    Export what was recorded: every item unless options choose, closed ones and those that are not ours
    too; or another noun, or all of them. recreg import takes it back. A file is replaced whole.
    """
    from recreg.exchange.export import lines, write_export
    from recreg.questions.everything import EVERY_ITEM, Noun
    from recreg.questions.everything import every as every_one

    sort = kind_of(file, form, several=every)
    chosen = chosen_items(
        kind=kind, status=status, rag=rag, owner=owner, board=board, portfolio=portfolio, inspection=inspection,
        parent=parent, no_update_since=no_update_since, closed=closed or None, ours=False if not_ours else None,
    )  # fmt: skip
    noun = word(Noun, what, "noun")
    if chosen != EVERY_ITEM and (every or noun != Noun.ITEMS):
        raise Mistyped("Only items can be chosen by kind, owner and the like.", "Leave these options out.")
    with waiting(Work("Reading the register", prints=file == "-")) as work:
        with reading() as db:
            nouns = {str(each): every_one(db, each, chosen) for each in (Noun if every else (noun,))}
        if file != "-":
            work.go_on(f"Writing {Path(file).name}", sum(map(len, nouns.values())))
            write_export(
                Path(file), nouns, sort, several=every, register=settings.register_file(), passing=work.passing
            )
    if file == "-":
        put_lines(lines(nouns, sort, several=every, ascii_only=only_ascii(sys.stdout)))
    else:
        say(_told(nouns, file))


def _told(nouns: Nouns, file: str) -> str:
    """How many of what are in the file: “120 items are in items.csv.”"""
    counts = [
        f"{len(rows):,} {_ONE[noun] if len(rows) == 1 else _SEVERAL.get(noun, noun)}" for noun, rows in nouns.items()
    ]
    are = "is" if [len(rows) for rows in nouns.values()] == [1] else "are"
    listed = f"{', '.join(counts[:-1])} and {counts[-1]}" if counts[1:] else counts[0]
    return f"{listed} {are} in {file}."


_SEVERAL = {"key": "colours of the key", "evidence": "pieces of evidence"}
_ONE = {
    "key": "colour of the key", "people": "person", "boards": "board", "portfolios": "portfolio",
    "inspections": "inspection", "items": "item", "reviews": "review", "notes": "note",
    "evidence": "piece of evidence", "links": "link",
}  # fmt: skip
