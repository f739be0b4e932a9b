"""A document as a small tree of blocks. Texts are plain: what comes from the register is never markup."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is the document's own, or an item's; 2 to 4 stand below it."""

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
class Bullets:
    """A list of short texts, none of which comes before another."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Columns with their headings; a cell is one line in Markdown, where no table has more.

    ``numbers`` are the columns, counted from nought, that hold figures and stand to the right.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Bars:
    """A picture: a bar for each row, in parts that are told apart without colour, with every number in text.

    ``parts`` names the parts of a bar in their order; each row is its label and as many counts. ``says``
    is the picture in a sentence, for who cannot see it.
    """

    title: str
    parts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    says: str


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own."""


Block: TypeAlias = Heading | Paragraph | Verbatim | Bullets | Pairs | Table | Bars | NewPage


@dataclass(frozen=True)
class Document:
    """A title, the protective marking for head and foot, and the blocks between."""

    title: str
    marking: str = ""
    blocks: tuple[Block, ...] = field(default=())
