"""Bars in a Word document: cells as long as what they count, filled so that they are told apart in black and white."""

from recreg.domain.text import visible
from recreg.paper.bars import Fill, fill_of, lengths, longest, numbers
from recreg.paper.document import Bars
from recreg.paper.word.marks import (
    Element,
    Run,
    cell,
    described,
    margins,
    nothing,
    paragraph,
    put,
    row,
    say,
    table,
)
from recreg.paper.word.tables import Place, put_table

_HATCHES = {"solid": "clear", "stripes": "diagStripe", "dots": "pct10", "crosses": "thinHorzCross"}
_LABELS = 0.34
#: How wide a figure is, and in the widest of a force's fonts.
_CHARACTER, _WIDEST = 108, 150
_BAR, _THINNEST = 360, 70
_SIZE = 17


def put_bars(place: Place, block: Bars, *, new_page: bool) -> None:
    """The picture under its title, with its legend, and its numbers as a table."""
    title = paragraph(place.body, place.styles["caption"], keep=True, new_page=new_page)
    say(title, block.title)
    if len(block.parts) > 1:
        _legend(paragraph(place.body, place.styles["Table Text"], keep=True), block)
    nothing(place.body, height=60, keep=True)
    _picture(place, block)
    nothing(place.body, height=120)
    put_table(place, numbers(block), snug=True)


def _legend(line: Element, bars: Bars) -> None:
    for number, part in enumerate(bars.parts):
        say(line, "\u2003\u2003", Run(fill=_shade(fill_of(number))))
        say(line, "\u00a0\u00a0")
        say(line, part)
        say(line, "\u00a0\u00a0\u00a0 ")


def _picture(place: Place, bars: Bars) -> None:
    """A row for each bar, its label beside it."""
    wanted = max((len(visible(label)) for label, _ in bars.rows), default=0) * _CHARACTER + 120
    labels = min(round(place.width * _LABELS), wanted)
    made = table(place.body, [labels, place.width - labels], fixed=True)
    margins(made, top=45, side=0)
    described(made, bars.title, bars.says)
    for number, (label, counts) in enumerate(bars.rows):
        cells, keep = row(made), number < len(bars.rows) - 1
        beside = cell(cells, labels)
        put(beside.find("./{*}tcPr"), "vAlign", val="center")
        say(paragraph(beside, place.styles["Table Text"], keep=keep), label)
        _bar(place, cell(cells, place.width - labels), (place.width - labels, longest(bars)), counts)


def _bar(place: Place, within: Element, room: tuple[int, int], counts: tuple[int, ...]) -> None:
    """One bar: a cell for each part with its number where there is room, and the total behind the last."""
    (width, whole), total = room, str(sum(counts))
    longest_bar = width - len(str(whole)) * _WIDEST - 240
    parts = lengths(counts, whole, longest_bar, _THINNEST) if whole else [0] * len(counts)
    behind = width - sum(parts)
    made = table(within, [*filter(None, parts), behind], fixed=True)
    margins(made, top=0, side=0)
    cells = row(made)
    put(cells.find("./{*}trPr"), "trHeight", val=str(_BAR), hRule="exact")
    for number, (part, count) in enumerate(zip(parts, counts, strict=True)):
        if part:
            _part(place, cell(cells, part, _shade(fill_of(number)), edged=True), (part, str(count)), fill_of(number))
    end = cell(cells, behind)
    put(end.find("./{*}tcPr"), "vAlign", val="center")
    say(paragraph(end, place.styles["Table Text"]), f"\u00a0\u00a0{total}", Run(bold=True, size=_SIZE))
    nothing(within)


def _part(place: Place, within: Element, part: tuple[int, str], fill: Fill) -> None:
    width, count = part
    put(within.find("./{*}tcPr"), "vAlign", val="center")
    line = paragraph(within, place.styles["Table Text"], side="center")
    if len(count) * _CHARACTER <= width:
        say(line, count, Run(bold=True, size=_SIZE, color=fill.ink))


def _shade(fill: Fill) -> tuple[str, str, str]:
    """A fill in Word's words: the hatch, its grey, and what is behind it."""
    hatch = _HATCHES[fill.hatch]
    return (hatch, "auto", fill.grey) if hatch == "clear" else (hatch, fill.grey, "FFFFFF")
