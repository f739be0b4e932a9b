"""A document as a Word file: real headings, lists and tables, the marking and the page's number on every page."""

import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from recreg.exchange.repacked import packed_anew
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
from recreg.paper.word import template as templates
from recreg.paper.word.bars import put_bars
from recreg.paper.word.marks import MAIN, Element, Run, field, nothing, paragraph, put, say, shown
from recreg.paper.word.styles import bulleted, bullets, dressed, in_english, named
from recreg.paper.word.tables import Place, put_pairs, put_table

_CENTIMETRE = 360_000
_TWIP = 635
_A4 = (21, 29.7)
_MARGIN, _EDGE = 2, 1
_LONGEST_TITLE = 255
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def docx(document: Document, template: Path | None = None, *, drawn_on: date | None = None) -> bytes:
    """The whole file, in the look of a template where one is given.

    The same document, template and day make the same bytes. Raises `Mistyped` for a template that is not there,
    and `Refused` for one that is no Word document.
    """
    if template is None:
        word, place = _begun(_plain(), document.marking)
    else:
        content = templates.read(template)
        with templates.damage_told(template):
            word, place = _begun(_kept(content), document.marking)
    _draw(place, document.blocks)
    _sign(word, document.title, drawn_on)
    made = io.BytesIO()
    word.save(made)
    return packed_anew(made.getvalue())


def _plain() -> Any:
    """An A4 page in recreg's own look."""
    import docx

    word: Any = docx.Document()
    templates.emptied(word.part)
    dressed(word.styles.element)
    section = word.sections[0]
    section.page_width, section.page_height = (round(side * _CENTIMETRE) for side in _A4)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", _MARGIN * _CENTIMETRE)
    section.header_distance = section.footer_distance = _EDGE * _CENTIMETRE
    for mode in word.settings.element.iter(f"{MAIN}compatSetting"):
        if mode.get(f"{MAIN}name") == "compatibilityMode":
            mode.set(f"{MAIN}val", "15")  # Or Word says of a new document that it is an old one.
    return word


def _kept(content: bytes) -> Any:
    """A template without what it says."""
    import docx

    word = docx.Document(io.BytesIO(content))
    templates.emptied(word.part)
    return word


def _begun(word: Any, marking: str) -> tuple[Any, Place]:
    """A document ready to be filled: its styles, its head and foot, and how wide its text is."""
    styles, settings = word.styles.element, word.settings.element
    templates.settled(word.part.part_related_by(f"{_RELATIONS}/settings"))
    in_english(styles, settings)
    place = Place(word.element.body, _width(word.sections[0]), named(styles))
    _mark(word, marking, place.styles)
    if not bulleted(styles, place.styles["List Bullet"]):
        _give_bullets(word, place.styles["List Bullet"])
    return word, place


def _width(section: Any) -> int:
    """How wide the text is, in twentieths of a point."""
    page = section.page_width or round(_A4[0] * _CENTIMETRE)
    beside = [section.left_margin, section.right_margin]
    margins = sum(_MARGIN * _CENTIMETRE if margin is None else margin for margin in beside) + (section.gutter or 0)
    return max(int(page - margins), 5 * _CENTIMETRE) // _TWIP


def _give_bullets(word: Any, style: str) -> None:
    """Give the style of bullets its bullets, where the template has none."""
    import docx

    kind = f"{_RELATIONS}/numbering"
    if not any(relation.reltype == kind for relation in word.part.rels.values()):
        word.part.relate_to(docx.Document().part.numbering_part, kind)
    number = bullets(word.part.numbering_part.element)
    for found in word.styles.element.iter(f"{MAIN}style"):
        if found.get(f"{MAIN}styleId") == style:
            put(found.get_or_add_pPr().get_or_add_numPr(), "numId", val=number)


def _mark(word: Any, marking: str, styles: dict[str, str]) -> None:
    """Put the marking into every head and foot that a page may have, with the page's number in the foot."""
    section = word.sections[0]
    kinds = ["", *["first_page_"] * section.different_first_page_header_footer]
    for kind in [*kinds, *["even_page_"] * word.settings.odd_and_even_pages_header_footer]:
        head, foot = (_opened(getattr(section, f"{kind}{end}")) for end in ("header", "footer"))
        if marking.strip() and not _says(head, marking):
            _marking(head, styles["header"], marking)
            head.insert(0, head[-1])
        if not any("PAGE" in (each.text or each.get(f"{MAIN}instr", "")) for each in _fields(foot)):
            _number(paragraph(foot, styles["footer"], side="center"))
        if marking.strip() and not _says(foot, marking):
            _marking(foot, styles["footer"], marking)


def _opened(end: Any) -> Element:
    """A head or foot; one that is new, or holds but an empty line, is empty."""
    new = end.is_linked_to_previous
    element = end.part.element
    if new or (len(element) == 1 and not list(element.iter(f"{MAIN}r", f"{MAIN}fldSimple"))):
        for child in list(element):
            element.remove(child)
    return element


def _fields(end: Element) -> list[Element]:
    return [*end.iter(f"{MAIN}instrText", f"{MAIN}fldSimple")]


def _says(end: Element, marking: str) -> bool:
    """Whether a line of a template's head or foot is the marking already."""
    lines = ("".join(text.text or "" for text in line.iter(f"{MAIN}t")) for line in end.iter(f"{MAIN}p"))
    return any(line.strip() == shown(marking).strip() for line in lines)


def _marking(end: Element, style: str, marking: str) -> None:
    say(paragraph(end, style, side="center"), marking, Run(bold=True))


def _number(line: Element) -> None:
    say(line, "Page ")
    field(line, "PAGE")
    say(line, " of ")
    field(line, "NUMPAGES")


def _draw(place: Place, blocks: tuple[Block, ...]) -> None:
    """Draw every block before the mark of the last section, which must stay the last."""
    end = place.body[-1]
    new_page = False
    for block in blocks:
        if isinstance(block, NewPage):
            new_page = len(place.body) > 1
        else:
            _block(place, block, new_page=new_page)
            new_page = False
    place.body.append(end)


def _block(place: Place, block: Block, *, new_page: bool) -> None:
    match block:
        case Heading():
            _text(place, f"heading {block.level}", block.text, new_page=new_page)
        case Paragraph():
            _text(place, "Normal", block.text, new_page=new_page)
        case Verbatim():
            _text(place, "Quote", block.text, new_page=new_page)
        case Bullets():
            for number, item in enumerate(block.items):
                _text(place, "List Bullet", item, new_page=new_page and not number)
        case Bars():
            put_bars(place, block, new_page=new_page)
            nothing(place.body, height=120)
        case Table() | Pairs():
            if new_page:
                nothing(place.body, new_page=True)
            put_table(place, block) if isinstance(block, Table) else put_pairs(place, block)
            nothing(place.body, height=120)


def _text(place: Place, style: str, text: str, *, new_page: bool) -> None:
    say(paragraph(place.body, place.styles[style], new_page=new_page), text)


def _sign(word: Any, title: str, drawn_on: date | None) -> None:
    """Say what the document is, and nothing of who made the template, or on which machine and day it was drawn."""
    properties = word.core_properties
    element = word.part.package.part_related_by(_PROPERTIES).element
    for child in list(element):
        element.remove(child)
    properties.title = shown(title)[:_LONGEST_TITLE]
    properties.author = properties.last_modified_by = "recreg"
    properties.language = "en-GB"
    if drawn_on:
        properties.created = properties.modified = datetime.combine(drawn_on, time(), UTC)
