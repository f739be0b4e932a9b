"""A document's blocks at a terminal, which only a dossier and an explanation have."""

from collections.abc import Iterable

from recreg.cli.tables import draw, draw_pairs
from recreg.paper.bars import numbers
from recreg.paper.document import Bars, Block, Bullets, Heading, NewPage, Pairs, Paragraph, Verbatim
from recreg.paper.document import Table as Cells
from recreg.questions.columns import Column


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
