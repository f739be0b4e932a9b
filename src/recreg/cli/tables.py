"""Tables for a person at a terminal, drawn by Rich, which only this module and `bar` import."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from recreg.cli.printer import MOST_DRAWN
from recreg.domain.text import visible
from recreg.domain.vocabulary import Rag, in_words
from recreg.paper.bars import numbers
from recreg.paper.document import Bars, Block, Bullets, Heading, NewPage, Pairs, Paragraph, Verbatim
from recreg.paper.document import Table as Cells
from recreg.questions.columns import Column

_COLOURS = {Rag.RED: "red", Rag.AMBER: "yellow", Rag.GREEN: "green", Rag.BLUE: "blue"}
#: What stands around a column's text: a space each side, and the gap to the next column.
_AROUND = 3
_WORDS = {"kind", "status", "type", "our_part", "outcome", "change", "age"}


def draw(rows: Sequence[dict[str, Any]], columns: Sequence[Column], title: str) -> Iterable[str]:
    """The lines of a table as wide as the terminal; one of many rows is aligned, and nothing of it folded."""
    console = _console()
    if len(rows) > MOST_DRAWN:
        return _aligned(rows, columns, title)
    table = Table(title=_title(title) if title else None, title_justify="left", box=box.SIMPLE_HEAD)
    table.show_edge = False
    for column in columns:
        # Rich narrows the foldable columns, widest first; told a least width it would overrun the screen.
        table.add_column(column.heading, overflow="fold", no_wrap=_is_whole(column))
    for row in rows:
        table.add_row(*(_cell(column, row[column.key]) for column in columns))
    with console.capture() as captured:
        console.print(table)
    return (line.rstrip() for line in captured.get().splitlines())


def draw_pairs(pairs: Iterable[tuple[str, Any]], title: str) -> Iterable[str]:
    """Names and values, one pair a line, values folded under themselves."""
    console = _console()
    table = Table(title=_title(title), title_justify="left", box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(Text(visible(name)), Text(_multiline(value)))
    with console.capture() as captured:
        console.print(table)
    return (line.rstrip() for line in captured.get().splitlines())


def draw_blocks(blocks: Iterable[Block]) -> Iterable[str]:
    """A document's blocks as wide as the terminal, a heading in bold over what stands below it."""
    title, first = "", True
    for block in blocks:
        if isinstance(block, Heading):
            title = block.text
            continue
        yield from [] if first else [""]
        yield from _draw_block(block, title)
        title, first = "", False


def _draw_block(block: Block, title: str) -> Iterable[str]:
    match block:
        case Pairs():
            return draw_pairs(block.rows, title)
        case Cells():
            columns = tuple(Column(_key_of(place), name) for place, name in enumerate(block.columns))
            keys = [column.key for column in columns]
            return draw([dict(zip(keys, row, strict=True)) for row in block.rows], columns, title)
        case Paragraph() | Verbatim():
            return draw_pairs([("", block.text)], title)
        case Bullets():
            return draw_pairs([("", "\n".join(f"• {item}" for item in block.items))], title)
        case Bars():
            return _draw_block(numbers(block), block.title)
        case Heading() | NewPage():
            return []


def _key_of(place: int) -> str:
    return f"{place}" if place else "on"  # A table's first column holds a day, which is never folded.


def _console() -> Console:
    # Rich sees 80 columns under TERM=dumb whatever COLUMNS says, unless it is told a height too.
    width = os.environ.get("COLUMNS", "")
    size = {"width": int(width), "height": 50} if width.isascii() and width.isdigit() and int(width) > 0 else {}
    return Console(file=sys.stdout, markup=False, emoji=False, highlight=False, **size)  # type: ignore[arg-type]


def fitting(columns: Sequence[Column]) -> list[Column]:
    """The columns that fit the terminal, the least important given up first."""
    kept, width = list(columns), _console().width
    while len(kept) > 2 and sum(column.least + _AROUND for column in kept) - 1 > width:
        kept.remove(min(kept, key=lambda column: column.weight))
    return kept


def _is_whole(column: Column) -> bool:
    """Whether a column's cells are never folded: references, days and numbers."""
    return column.key.endswith("_on") or column.key in {"ref", "hmicfrs_ref", "rag", "at", "on", "changeset", "code"}


def _title(title: str) -> Text:
    return Text(visible(title), style="bold")


def _cell(column: Column, value: Any) -> Text:
    text = _shown(column, value)
    return Text(text, style=_COLOURS.get(value, "") if column.key == "rag" else "")


def _shown(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.key in {"returned_by", "decided_by"}:
        return "HMICFRS" if value == "hmicfrs" else "the force"
    text = in_words(str(value)) if column.key in _WORDS else str(value)
    return visible(" ".join(text.split("\n")).replace("\t", " "))


def _multiline(value: Any) -> str:
    if value is None:
        return ""
    shown = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return visible(shown.replace("\t", "    "), keep="\n")


def _aligned(rows: Sequence[dict[str, Any]], columns: Sequence[Column], title: str) -> Iterable[str]:
    """A long table, its columns aligned and nothing folded."""
    cells = [[_shown(column, row[column.key]) for column in columns] for row in rows]
    headings = [column.heading for column in columns]
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
    yield from [visible(title)] if title else []
    for line in [headings, *cells]:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
