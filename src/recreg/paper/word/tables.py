"""Tables and pairs in a Word document."""

from dataclasses import dataclass

from recreg.paper.document import Pairs, Table
from recreg.paper.word.marks import (
    Element,
    Run,
    borders,
    cell,
    margins,
    paragraph,
    plain_rows,
    plain_start,
    row,
    say,
    table,
)

_HEAD = ("clear", "auto", "E7E7E7")
_NAMES = 0.26
#: How wide a letter of a table's text is, on the safe side; what stands beside a text in a cell; the most it is given.
_LETTER, _NARROW, _WIDE, _BESIDE = 114, 70, 155, 180
_NARROW_ONES = frozenset("fijlrt.,;:'’|!() -")
_MOST = 5000


@dataclass(frozen=True)
class Place:
    """Where blocks are put: into which body, how wide, and by which names the styles go there."""

    body: Element
    width: int
    styles: dict[str, str]


def put_table(place: Place, block: Table, *, snug: bool = False) -> None:
    """A table with lines that can be seen; its head is repeated on every page and no row is cut in two.

    It is as wide as the page, or ``snug`` around what it says.
    """
    widths = _widths(block, place.width, snug=snug)
    made = table(place.body, widths, place.styles["Table Grid"])
    if not place.styles["Table Grid"]:
        borders(made, "top", "left", "bottom", "right", "insideH", "insideV")
    margins(made, top=30, side=85)
    heads = row(made, head=True)
    for number, (text, width) in enumerate(zip(block.columns, widths, strict=True)):
        head = paragraph(cell(heads, width, _HEAD), place.styles["Table Text"], side=_side(block, number), keep=True)
        say(head, text, Run(bold=True))
    style = place.styles["Table Text"]
    starts = [plain_start(width, style, _side(block, number)) for number, width in enumerate(widths)]
    plain_rows(made, starts, block.rows)


def put_pairs(place: Place, block: Pairs) -> None:
    """Names and what is so of each, side by side, with a line between them."""
    names = round(place.width * _NAMES)
    widths = [names, place.width - names]
    made = table(place.body, widths, fixed=True)
    borders(made, "top", "bottom", "insideH")
    margins(made, top=30, side=85)
    for pair in block.rows:
        cells = row(made)
        for text, width, look in zip(pair, widths, (Run(color="404040"), Run()), strict=True):
            say(paragraph(cell(cells, width), place.styles["Table Text"]), text, look)


def _side(block: Table, column: int) -> str:
    return "right" if column in block.numbers else ""


def _widths(block: Table, width: int, *, snug: bool) -> list[int]:
    """Room for the longest word of every column, and what is left over to those with the most to say."""
    columns = [[head, *(texts[place] for texts in block.rows)] for place, head in enumerate(block.columns)]
    least = [_room(max((word for text in column for word in text.split()), key=len, default="")) for column in columns]
    wants = [_room(max(column, key=len)) for column in columns]
    room = max(width - _BESIDE * len(columns), len(columns))
    if snug:
        room = min(room, sum(wants))
    over, more = room - sum(least), max(sum(wants) - sum(least), 1)
    if over > 0:
        least = [has + over * (want - has) // more for has, want in zip(least, wants, strict=True)]
    return [part + _BESIDE for part in _shared(least, room)]


def _room(text: str) -> int:
    """How wide a text is on one line, on the safe side, though never more than the longest that need be."""
    return min(_MOST, sum(map(_breadth, text[: _MOST // _NARROW])) or _LETTER)


def _breadth(letter: str) -> int:
    if letter in _NARROW_ONES:
        return _NARROW
    return _WIDE if letter.isupper() or letter in "mw—" else _LETTER


def _shared(parts: list[int], width: int) -> list[int]:
    """The width, divided as the parts are."""
    made = [part * width // sum(parts) for part in parts]
    made[-1] += width - sum(made)
    return made
