"""A document as a small tree of blocks. Texts are plain: what comes from the register is never markup."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is the document's own, or an item's; 2 and 3 stand below it."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Verbatim:
    """Somebody's own words, with their line breaks and spaces."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Names and what is so of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Columns with their headings; a cell is one line in Markdown, where no table has more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | Verbatim | Pairs | Table


@dataclass(frozen=True)
class Document:
    """A title, the protective marking for head and foot, and the blocks between."""

    title: str
    marking: str = ""
    blocks: tuple[Block, ...] = field(default=())
