"""Bars as a picture in a page: SVG drawn by recreg itself, legible in black and white and to who cannot see it.

Sizes are in the picture's own units, of which the page's width has 720.
"""

import textwrap
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from xml.etree.ElementTree import Element, SubElement

from recreg.domain.text import visible
from recreg.paper.bars import Fill, fill_of, lengths, longest
from recreg.paper.document import Bars

_WIDE = 720
_LABELS = 250
_SIZE, _SMALL = 14, 11
_LINE = 17
_BAR = 26
_GAP = 14
_SWATCH = 26
_THINNEST = 3
_INK = "#1a1a1a"


def picture(within: Element, bars: Bars, name: str) -> None:
    """Draw the bars, with their legend above them; ``name`` is what the ids of the picture begin with."""
    svg = SubElement(within, "svg", role="img", xmlns="http://www.w3.org/2000/svg")
    svg.set("aria-labelledby", f"{name}-title {name}-says")
    SubElement(svg, "title", id=f"{name}-title").text = _shown(bars.title)
    SubElement(svg, "desc", id=f"{name}-says").text = _shown(bars.says)
    hatches = SubElement(svg, "defs")
    for place in range(len(bars.parts)):
        _hatch(hatches, fill_of(place), f"{name}-{place}")
    down = _legend(svg, bars, name)
    left = min(_LABELS, max((_room(label) for label, _ in bars.rows), default=0)) + 12
    for label, counts in bars.rows:
        down = _row(_Bar(svg, name, left, down, longest(bars)), label, counts)
    svg.set("viewBox", f"0 0 {_WIDE} {down + 2}")


class _Bar:
    """Where one bar stands: in which picture, how far from its left and top, and what the longest one stands for."""

    def __init__(self, svg: Element, name: str, left: int, top: int, whole: int) -> None:
        self.svg, self.name, self.left, self.top, self.whole = svg, name, left, top, whole
        self.room = _WIDE - left - _room(str(whole)) - 12

    def parts(self, counts: tuple[int, ...]) -> list[tuple[int, int]]:
        """Where each part begins, and how long it is."""
        made = lengths(counts, self.whole, self.room, _THINNEST) if self.whole else [0] * len(counts)
        return list(zip(accumulate(made, initial=self.left), made, strict=False))


def _row(bar: _Bar, label: str, counts: tuple[int, ...]) -> int:
    """Draw one bar with its label and its numbers; where the next one begins."""
    lines = _folded(label, bar.left - 12)
    tall = max(_BAR, len(lines) * _LINE)
    middle = bar.top + _GAP + tall // 2
    _lines(bar.svg, lines, bar.left - 12, middle)
    above = 0
    for place, ((start, length), count) in enumerate(zip(bar.parts(counts), counts, strict=True)):
        if count:
            _box(bar.svg, bar.name, place, (start, middle - _BAR // 2, length, _BAR))
            above = _number(bar.svg, count, (start, length, middle), fill_of(place), above)
    end = max(start + length for start, length in [(bar.left, 0), *bar.parts(counts)])
    _text(bar.svg, str(sum(counts)), end + 7, middle + 5, {"font-weight": "bold"})
    return bar.top + _GAP + tall


def _number(svg: Element, count: int, place: tuple[int, int, int], fill: Fill, above: int) -> int:
    """A part's number in it; above it, where it is too narrow, unless another number stands there already."""
    (start, length, middle), said = place, str(count)
    centre = start + length / 2
    if _room(said) <= length:
        # On a hatch a number stands in a white seam, or its lines would run into the figures.
        seam = {} if fill.hatch == "solid" else {"stroke": "#ffffff", "stroke-width": "5", "paint-order": "stroke"}
        _text(svg, said, centre, middle + 5, {"text-anchor": "middle", "fill": f"#{fill.ink}"} | seam)
    elif centre - _room(said) / 2 >= above:
        _text(svg, said, centre, middle - _BAR // 2 - 3, {"text-anchor": "middle", "font-size": str(_SMALL)})
        return round(centre + _room(said) / 2)
    return above


def _legend(svg: Element, bars: Bars, name: str) -> int:
    """What each fill stands for, as many side by side as have room; how far down it reaches."""
    if len(bars.parts) < 2:
        return 0
    across, down = 0, 0
    for place, part in enumerate(bars.parts):
        lines = _folded(part, _WIDE - _SWATCH - 8)
        wide = _SWATCH + 8 + max(map(_room, lines)) + 18
        if across and across + wide > _WIDE + 18:
            across, down = 0, down + _LINE + 5
        _box(svg, name, place, (across + 1, down + 1, _SWATCH, _LINE - 1))
        for number, line in enumerate(lines):
            _text(svg, line, across + _SWATCH + 8, down + number * _LINE + 14)
        across, down = across + wide, down + (len(lines) - 1) * _LINE
    return down + _LINE + 2


def _hatch(within: Element, fill: Fill, name: str) -> None:
    """The pattern of a part, on white; a plain grey is one as well, so that every part is filled in one way."""
    pattern = SubElement(within, "pattern", id=name, width="8", height="8", patternUnits="userSpaceOnUse")
    ground = f"#{fill.grey}" if fill.hatch == "solid" else "#ffffff"
    SubElement(pattern, "rect", width="8", height="8", fill=ground)
    line = {"stroke": f"#{fill.grey}", "stroke-width": "2", "fill": "none"}
    if fill.hatch == "stripes":
        SubElement(pattern, "path", line | {"d": "M-2 2l4-4M0 8l8-8M6 10l4-4"})
    elif fill.hatch == "dots":
        for x, y in ((2, 2), (6, 6)):
            SubElement(pattern, "circle", cx=str(x), cy=str(y), r="1.1", fill=f"#{fill.grey}")
    elif fill.hatch == "crosses":
        SubElement(pattern, "path", line | {"d": "M4 0v8M0 4h8", "stroke-width": "1"})


def _box(svg: Element, name: str, part: int, place: tuple[int, int, int, int]) -> None:
    x, y, width, height = map(str, place)
    box = {"fill": f"url(#{name}-{part})", "stroke": _INK}
    SubElement(svg, "rect", box, x=x, y=y, width=width, height=height)


def _lines(svg: Element, lines: list[str], right: int, middle: int) -> None:
    """A label in its lines, which read one after the other are the label itself."""
    text = _text(svg, "", right, middle, {"text-anchor": "end"})
    first = middle + 5 - (len(lines) - 1) * _LINE // 2
    for number, line in enumerate(lines):
        SubElement(text, "tspan", x=str(right), y=str(first + number * _LINE)).text = line


def _text(svg: Element, said: str, x: float, y: int, look: dict[str, str] | None = None) -> Element:
    text = SubElement(svg, "text", {"fill": _INK, "font-size": str(_SIZE)} | (look or {}), x=f"{x:g}", y=str(y))
    text.text = said
    return text


def _folded(text: str, room: int) -> list[str]:
    """A text in lines that fit; joined again they are the text."""
    return list(_pieces(_shown(text), max(6, room // 8))) or [""]


def _pieces(text: str, most: int) -> Iterator[str]:
    wrapper = textwrap.TextWrapper(most, drop_whitespace=False, replace_whitespace=False, expand_tabs=False)
    yield from wrapper.wrap(text)


def _room(text: str) -> int:
    """The width of a text, on the safe side: what it has depends on the reader's fonts."""
    return sum(_SIZE if unicodedata.east_asian_width(c) in "WF" else 8 for c in _shown(text)) + 4


def _shown(text: str) -> str:
    return visible(text, keep="\n\t")
