"""Tables for a person at a terminal, drawn by Rich, which only this module and `bar` import."""

import os
import sys
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from recreg.cli.printer import MOST_DRAWN
from recreg.domain.text import visible
from recreg.domain.vocabulary import Rag, in_words
from recreg.questions.columns import Column

_COLOURS = {Rag.RED: "red", Rag.AMBER: "yellow", Rag.GREEN: "green", Rag.BLUE: "blue"}
#: What stands between two columns.
_AROUND = 3
_WORDS = {"kind", "status", "type", "our_part", "outcome", "change", "age"}


def draw(rows: Sequence[dict[str, Any]], columns: Sequence[Column], title: str) -> Iterable[str]:
    """The lines of a table as wide as the terminal; one of many rows is aligned, and nothing of it folded."""
    console = _console()
    if len(rows) > MOST_DRAWN:
        return _aligned(rows, columns, title)
    table = Table(title=_title(title) if title else None, title_justify="left", box=_spaced(), padding=0)
    table.show_edge = False
    for column in columns:
        # Rich narrows the foldable columns, widest first; told a least width it would overrun the screen.
        table.add_column(column.heading, overflow="fold", no_wrap=_is_whole(column))
    for row in rows:
        table.add_row(*(_cell(column, row[column.key]) for column in columns))
    with console.capture() as captured:
        # Rich takes what stands between two columns for one character wide.
        console.print(table, width=console.width - (_AROUND - 1) * (len(columns) - 1))
    return (line.rstrip() for line in captured.get().splitlines())


def _spaced() -> box.Box:
    """Columns apart, with a line below their headings; to pad each cell instead would take twice as long."""
    spaced = copy(box.SIMPLE_HEAD)
    for name in ("head_vertical", "mid_vertical", "foot_vertical"):
        setattr(spaced, name, " " * _AROUND)
    spaced.head_row_cross = spaced.head_row_horizontal * _AROUND
    return spaced


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
