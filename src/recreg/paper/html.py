"""A document as one HTML file that needs nothing else: sober, readable by a screen reader, fit to be printed."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from recreg.domain.text import visible
from recreg.paper.bars import numbers
from recreg.paper.document import (
    Bars,
    Block,
    Bullets,
    Document,
    Heading,
    NewPage,
    Pairs,
    Paragraph,
    Table,
    Verbatim,
)
from recreg.paper.svg import picture

#: A column of texts no longer than this is kept as wide as they are.
_SHORT = 12


def html(document: Document) -> str:
    """The whole file, the marking at its head and foot and on every printed page."""
    root = Element("html", lang="en-GB")
    head, body = SubElement(root, "head"), SubElement(root, "body")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = visible(document.title, keep="\n\t")
    SubElement(head, "style").text = _style(document.marking)
    for place in ("header", "main", "footer"):
        within = SubElement(body, place)
        if place == "main":
            _fill(within, document)
        elif document.marking.strip():
            _said(within, "p", document.marking, {"class": "marking"})
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def _style(marking: str) -> str:
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return style.replace("MARKING", _css(marking if marking.strip() else ""))


def _css(text: str) -> str:
    """A text as a string of CSS in which no character can end the string or the style."""
    said = re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", visible(text))
    return f'"{said}"'


def _fill(main: Element, document: Document) -> None:
    """Draw every block; a page has one heading of the first level, which may be the document's title."""
    heads = sum(isinstance(block, Heading) and block.level == 1 for block in document.blocks)
    heading, below = "", int(heads > 1)
    if heads != 1:
        heading = "title"
        _said(main, "h1", document.title, id=heading)
    for place, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            heading = f"part-{place}"
            _said(main, f"h{block.level + below}", block.text, id=heading)
        else:
            _draw(main, block, heading, f"part-{place}")


def _draw(main: Element, block: Block, heading: str, name: str) -> None:
    match block:
        case Paragraph():
            _said(main, "p", block.text)
        case Verbatim():
            _said(main, "blockquote", block.text)
        case Bullets():
            _bullets(main, block)
        case Pairs():
            _pairs(_named(main, heading), block)
        case Table():
            _table(_named(main, heading), block)
        case Bars():
            _figure(main, block, name)
        case NewPage():
            SubElement(main, "hr", {"class": "new-page"})


def _bullets(main: Element, block: Bullets) -> None:
    bullets = SubElement(main, "ul")
    for item in block.items:
        _said(bullets, "li", item)


def _figure(main: Element, block: Bars, name: str) -> None:
    """A picture under its title, and its numbers as a table that is called by the same title."""
    figure = SubElement(main, "figure")
    _said(figure, "figcaption", block.title, id=name)
    picture(figure, block, f"{name}-bars")
    _table(_named(figure, name), numbers(block))


def _named(main: Element, heading: str) -> Element:
    """A table that a screen reader calls by the heading above it; no text of the register is in an attribute."""
    return SubElement(main, "table", {"aria-labelledby": heading} if heading else {})


def _pairs(table: Element, pairs: Pairs) -> None:
    table.set("class", "pairs")
    body = SubElement(table, "tbody")
    for name, value in pairs.rows:
        row = SubElement(body, "tr")
        _said(row, "th", name, scope="row")
        _said(row, "td", value)


def _table(table: Element, block: Table) -> None:
    looks = [_look(block, place) for place in range(len(block.columns))]
    heads = SubElement(SubElement(table, "thead"), "tr")
    for column, look in zip(block.columns, looks, strict=True):
        # An empty heading is none; a screen reader would stop at it.
        _cell(heads, column, "col" if column.strip() else "", look)
    body = SubElement(table, "tbody")
    for cells in block.rows:
        row = SubElement(body, "tr")
        for place, (cell, look) in enumerate(zip(cells, looks, strict=True)):
            _cell(row, cell, "" if place else "row", look)


def _look(table: Table, place: int) -> dict[str, str]:
    """The classes of a column: figures stand to the right, and what is short is not broken at a hyphen."""
    short = all(len(row[place]) <= _SHORT for row in table.rows)
    named = " ".join(["number"] * (place in table.numbers) + ["short"] * short)
    return {"class": named} if named else {}


def _cell(row: Element, text: str, scope: str, look: dict[str, str]) -> None:
    """A cell, or a heading of what ``scope`` says."""
    _said(row, "th" if scope else "td", text, look | ({"scope": scope} if scope else {}))


def _said(within: Element, tag: str, text: str, attributes: dict[str, str] | None = None, **more: str) -> None:
    """A text in an element, its lines parted by breaks: what reads mail may heed no style that keeps them apart."""
    element = SubElement(within, tag, (attributes or {}) | more)
    element.text, *others = visible(text, keep="\n\t").split("\n")
    for line in others:
        SubElement(element, "br").tail = line
