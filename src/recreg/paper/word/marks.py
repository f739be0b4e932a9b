"""The marks of a Word document: paragraphs, runs and cells. A text becomes text, line breaks and tabs, and no mark."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from lxml.etree import SubElement, XMLParser, fromstring  # type: ignore[import-untyped]

from recreg.domain.text import by_number, visible

#: An element of a Word document, as lxml keeps it.
Element = Any

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Characters that no XML may hold and that are no control characters either.
_NEVER = re.compile("[\ufffe\uffff]")
_PARTS = re.compile(r"([\n\t])")
_QUOTE = {'"': "&quot;"}
_TEXT = '<w:t xml:space="preserve">'
#: A line of no height, where Word wants a paragraph and the reader does not.
_NOTHING = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}


@dataclass(frozen=True)
class Run:
    """How a piece of text looks, where its style does not say it; ``fill`` is a grey, or two with a hatch."""

    bold: bool = False
    size: int = 0
    color: str = ""
    fill: tuple[str, str, str] | None = None


PLAIN = Run()


def put(within: Element, tag: str, **attributes: str) -> Element:
    """A new element at the end of another."""
    return SubElement(within, MAIN + tag, {MAIN + name: value for name, value in attributes.items()})


def shown(text: str) -> str:
    """A text as Word can hold it: unseen characters by their number, but for line breaks and tabs."""
    return _NEVER.sub(lambda found: by_number(found[0]), visible(text, keep="\n\t"))


def paragraph(within: Element, style: str, *, side: str = "", keep: bool = False, new_page: bool = False) -> Element:
    """A paragraph; ``keep`` holds it on the page of what follows, ``new_page`` begins one."""
    made = put(within, "p")
    properties = put(made, "pPr")
    put(properties, "pStyle", val=style)
    for tag in ["keepNext"] * keep + ["pageBreakBefore"] * new_page:
        put(properties, tag)
    if side:
        put(properties, "jc", val=side)
    return made


def nothing(within: Element, *, height: int = 20, keep: bool = False, new_page: bool = False) -> None:
    """A paragraph without text that takes up next to no room: tables are kept apart by it."""
    properties = put(put(within, "p"), "pPr")
    for tag in ["keepNext"] * keep + ["pageBreakBefore"] * new_page:
        put(properties, tag)
    put(properties, "spacing", **_NOTHING | {"line": str(height)})


def say(within: Element, text: str, look: Run = PLAIN) -> None:
    """Put a text into a paragraph, with its line breaks, tabs and spaces."""
    run = put(within, "r")
    if look != PLAIN:
        _dress(put(run, "rPr"), look)
    for part in _PARTS.split(shown(text)):
        if part == "\n":
            put(run, "br")
        elif part == "\t":
            put(run, "tab")
        elif part:
            said = put(run, "t")
            said.text = part
            said.set(_SPACE, "preserve")


def field(within: Element, instruction: str) -> None:
    """What Word counts itself: the page, and how many there are."""
    said = put(put(put(within, "fldSimple", instr=f" {instruction} "), "r"), "t")
    said.text = "1"


def table(within: Element, widths: list[int], style: str = "", *, fixed: bool = False) -> Element:
    """A table with columns of these widths; whoever asks for it puts its borders and rows in."""
    made = put(within, "tbl")
    properties = put(made, "tblPr")
    if style:
        put(properties, "tblStyle", val=style)
    put(properties, "tblW", w=str(sum(widths)), type="dxa")
    put(properties, "tblBorders")
    put(properties, "tblLayout", type="fixed" if fixed else "autofit")
    put(properties, "tblCellMar")
    put(properties, "tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", noHBand="1", noVBand="1")
    grid = put(made, "tblGrid")
    for width in widths:
        put(grid, "gridCol", w=str(width))
    return made


def margins(of_table: Element, *, top: int, side: int) -> None:
    """How far the texts of a table stand from the edges of their cells."""
    found = of_table.find(f"{MAIN}tblPr/{MAIN}tblCellMar")
    for edge, width in (("top", top), ("left", side), ("bottom", top), ("right", side)):
        put(found, edge, w=str(width), type="dxa")


def borders(of_table: Element, *edges: str, color: str = "7F7F7F") -> None:
    """The lines of a table: which edges, in the order top, left, bottom, right, insideH, insideV."""
    found = of_table.find(f"{MAIN}tblPr/{MAIN}tblBorders")
    for edge in edges:
        put(found, edge, val="single", sz="4", space="0", color=color)


def described(of_table: Element, title: str, says: str) -> None:
    """What is read to who cannot see the table."""
    properties = of_table.find(f"{MAIN}tblPr")
    put(properties, "tblCaption", val=_attribute(title))
    put(properties, "tblDescription", val=_attribute(says))


def row(of_table: Element, *, head: bool = False) -> Element:
    """A row that no page break cuts in two; one that is a head is repeated on every page."""
    made = put(of_table, "tr")
    properties = put(made, "trPr")
    for tag in ["cantSplit", *["tblHeader"] * head]:
        put(properties, tag)
    return made


def cell(of_row: Element, width: int, fill: tuple[str, str, str] | None = None, *, edged: bool = False) -> Element:
    """A cell; ``fill`` is the hatch, its grey and the grey behind it."""
    made = put(of_row, "tc")
    properties = put(made, "tcPr")
    put(properties, "tcW", w=str(width), type="dxa")
    if edged:
        edges = put(properties, "tcBorders")
        for edge in ("top", "left", "bottom", "right"):
            put(edges, edge, val="single", sz="6", space="0", color="1A1A1A")
    if fill:
        _fill(properties, fill)
    return made


def plain_rows(of_table: Element, starts: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows of nothing but text, each cell behind its start, in one go: there may be as many as the register has items.

    They are read as XML, many times as quickly as they could be put in one by one.
    """
    name = MAIN.strip("{}")
    xml = "".join(_plain_row(starts, texts) for texts in rows)
    parser = XMLParser(huge_tree=True, resolve_entities=False)
    of_table.extend(list(fromstring(f'<w:tbl xmlns:w="{name}">{xml}</w:tbl>', parser)))


def plain_start(width: int, style: str, side: str) -> str:
    """The start of a plain cell, up to its text."""
    aligned = f'<w:jc w:val="{side}"/>' if side else ""
    look = f'<w:pPr><w:pStyle w:val="{escape(style, _QUOTE)}"/>{aligned}</w:pPr>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{look}<w:r>{_TEXT}'


def _plain_row(starts: Sequence[str], texts: Sequence[str]) -> str:
    cells = (f"{start}{_escaped(text)}</w:t></w:r></w:p></w:tc>" for start, text in zip(starts, texts, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _escaped(text: str) -> str:
    said = escape(shown(text))
    return said.replace("\n", f"</w:t><w:br/>{_TEXT}").replace("\t", f"</w:t><w:tab/>{_TEXT}")


def _dress(properties: Element, look: Run) -> None:
    if look.bold:
        put(properties, "b")
    if look.color:
        put(properties, "color", val=look.color)
    if look.size:
        put(properties, "sz", val=str(look.size))
    if look.fill:
        put(properties, "bdr", val="single", sz="6", space="0", color="1A1A1A")
        _fill(properties, look.fill)


def _fill(properties: Element, fill: tuple[str, str, str]) -> None:
    hatch, color, ground = fill
    put(properties, "shd", val=hatch, color=color, fill=ground)


def _attribute(text: str) -> str:
    return visible(shown(text).replace("\n", " ").replace("\t", " "))
