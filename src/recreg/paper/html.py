"""A document as one HTML file that needs nothing else: sober, readable by a screen reader, fit to be printed."""

from xml.etree.ElementTree import Element, SubElement, tostring

from recreg.domain.text import visible
from recreg.paper.document import Block, Document, Heading, Pairs, Paragraph, Table, Verbatim

_STYLE = """
body { max-width: 50rem; margin: 0 auto; padding: 1rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.5 Georgia, "Times New Roman", serif; }
h1, h2, h3, th, .marking { font-family: Arial, Helvetica, sans-serif; line-height: 1.25; }
h1 { font-size: 1.6rem; border-bottom: 2px solid #1a1a1a; padding-bottom: .3rem; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
h3 { font-size: 1rem; }
p, td, blockquote { white-space: pre-line; overflow-wrap: break-word; }
.pairs td, blockquote, p { overflow-wrap: anywhere; }
blockquote { margin: 0; padding: .2rem 1rem; border-left: 4px solid #767676; white-space: pre-wrap; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #b5b5b5; }
th { font-size: .9rem; }
.pairs th { width: 11rem; font-weight: normal; color: #404040; }
.marking { text-align: center; font-weight: bold; letter-spacing: .08em; }
@page { margin: 2cm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h1, h2, h3 { break-after: avoid; }
  tr, blockquote { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


def html(document: Document) -> str:
    """The whole file, the marking at its head and foot."""
    root = Element("html", lang="en-GB")
    head, body = SubElement(root, "head"), SubElement(root, "body")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _said(head, "title", document.title)
    SubElement(head, "style").text = _STYLE
    for place in ("header", "main", "footer"):
        within = SubElement(body, place)
        if place == "main":
            _fill(within, document.blocks)
        elif document.marking.strip():
            _said(within, "p", document.marking, {"class": "marking"})
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def _fill(main: Element, blocks: tuple[Block, ...]) -> None:
    heading = ""
    for place, block in enumerate(blocks):
        match block:
            case Heading():
                heading = f"part-{place}"
                _said(main, f"h{block.level}", block.text, id=heading)
            case Paragraph():
                _said(main, "p", block.text)
            case Verbatim():
                _said(main, "blockquote", block.text)
            case Pairs():
                _pairs(_named(main, heading), block)
            case Table():
                _table(_named(main, heading), block)


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
    heads = SubElement(SubElement(table, "thead"), "tr")
    for column in block.columns:
        _said(heads, "th", column, scope="col")
    body = SubElement(table, "tbody")
    for first, *rest in block.rows:
        row = SubElement(body, "tr")
        _said(row, "th", first, scope="row")
        for cell in rest:
            _said(row, "td", cell)


def _said(within: Element, tag: str, text: str, attributes: dict[str, str] | None = None, **more: str) -> None:
    SubElement(within, tag, (attributes or {}) | more).text = visible(text, keep="\n\t")
