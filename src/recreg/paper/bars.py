"""What a picture's bars have in common in every form: how long each part is, how parts are told apart, the numbers."""

from dataclasses import dataclass

from recreg.paper.document import Bars, Table


@dataclass(frozen=True)
class Fill:
    """How a part is filled: told apart in black and white by its hatch and its grey, never by a colour.

    Both greys are light enough for the black number on it, but for the one dark fill, whose number is white.
    """

    character: str
    hatch: str
    grey: str
    ink: str = "000000"


#: The fills of the parts, in their order: what is named first weighs most.
FILLS = (
    Fill("█", "solid", "333333", ink="FFFFFF"),
    Fill("▓", "stripes", "767676"),
    Fill("▒", "solid", "B3B3B3"),
    Fill("░", "dots", "7F7F7F"),
    Fill("·", "solid", "FFFFFF"),
    Fill("╳", "crosses", "A0A0A0"),
)
TOTAL = "Total"


def fill_of(part: int) -> Fill:
    """The fill of a part by its place; beyond the last they begin again, and the numbers alone tell."""
    return FILLS[part % len(FILLS)]


def longest(bars: Bars) -> int:
    """The largest total: what the longest bar stands for."""
    return max((sum(counts) for _, counts in bars.rows), default=0)


def lengths(counts: tuple[int, ...], whole: int, width: int, least: int = 1) -> list[int]:
    """How long each part is where ``whole`` is ``width`` long; nothing that is there is shorter than ``least``."""
    made = [max(least, (2 * count * width + whole) // (2 * whole)) if count else 0 for count in counts]
    while sum(made) > width:
        made[made.index(max(made))] -= 1
    return made


def numbers(bars: Bars) -> Table:
    """The numbers of a picture as a table, with the total of each bar where it has several parts."""
    several = len(bars.parts) > 1
    rows = ((label, *map(str, counts), *([str(sum(counts))] if several else [])) for label, counts in bars.rows)
    columns = ("", *bars.parts, *([TOTAL] if several else []))
    return Table(columns, tuple(rows), frozenset(range(1, len(columns))))
