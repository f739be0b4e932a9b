"""The paper for everyone: no text that carries a marking stands in it, wherever it came from."""

from collections.abc import Callable
from dataclasses import replace

from recreg.paper.document import Bars, Block, Bullets, Document, Heading, NewPage, Pairs, Paragraph, Table, Verbatim
from recreg.paper.wording import LEFT_OUT, is_marked


def for_everyone(document: Document, marked: frozenset[str]) -> Document:
    """The document without any text that is marked, nor one of the ``marked`` titles, which begin such a text."""

    def passed(text: str) -> str:
        return LEFT_OUT if is_marked(text) or any(title in text for title in marked) else text

    return replace(
        document,
        title=passed(document.title),
        blocks=tuple(_passed(block, passed) for block in document.blocks),
    )


def _passed(block: Block, text: Callable[[str], str]) -> Block:
    """A block with each of its texts passed or left out."""
    match block:
        case Heading() | Paragraph() | Verbatim():
            return replace(block, text=text(block.text))
        case Bullets():
            return Bullets(tuple(map(text, block.items)))
        case Pairs():
            return Pairs(tuple((text(name), text(value)) for name, value in block.rows))
        case Table():
            rows = tuple(tuple(map(text, row)) for row in block.rows)
            return Table(tuple(map(text, block.columns)), rows, block.numbers)
        case Bars():
            return replace(block, rows=tuple((text(label), counts) for label, counts in block.rows))
        case NewPage():
            return block
