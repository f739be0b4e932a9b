"""Which sheet of a workbook was filled in, and what stands around its answers: its headings, its mark, merged cells.

Only what somebody can see is read, and only where it is plain which sheet is meant.
"""

import io
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import range_boundaries

from recreg.domain.text import short_title, visible
from recreg.errors import Refused
from recreg.exchange.answered_cells import on_one_line, text
from recreg.exchange.packed import Attributes, Package, Reading
from recreg.exchange.sheet import ANSWERS
from recreg.exchange.workbook_parts import parts_of

#: The columns that must be there; each answer stands in one of them.
READ = ("Reference", *ANSWERS)
#: The columns that are held against the register, where they are there: whether a row is of its reference's item.
HELD_AGAINST = ("HMICFRS", "Title")
SAVE = "Open it in Excel and save it as an Excel Workbook (.xlsx), without a password."
#: Excel's own last row; what claims more is no workbook of Excel's.
_LAST_ROW = 1_048_576
_LOOKED_AT_FOR_HEADING = 100
_MOST_COLUMNS = 100
#: What recreg writes above the headings, at the end of a cell.
_MARK = re.compile(
    r".*\bchangeset (?P<drawn_at>\d{1,18}) of register (?P<register>[0-9a-f]{32})(?:, sent to (?P<owner>.+))?",
    re.DOTALL | re.ASCII,
)


class NoSheet(Refused):
    """A workbook that can be read, and is another one than a sheet of recreg's."""


@dataclass
class Answered:
    """The sheet that was filled in, the row of its headings and what stands in it, and what its mark says.

    ``unseen`` are the hidden sheets with such headings, which are not read.
    """

    sheet: Any
    heading_row: int
    headings: list[str]
    mark: dict[str, str]
    unseen: list[str] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, int]:
        """The place of each column that is read, and of those that are held against the register."""
        there = [name for name in (*READ, *HELD_AGAINST) if name.casefold() in self.headings]
        return {name: self.headings.index(name.casefold()) for name in there}


def answered_sheet(file: Path, sheets: list[Any]) -> Answered:
    """The one sheet in sight that has the headings; raises `Refused` where there is none, or are several."""
    found = [each for sheet in sheets if (each := _with_headings(file, sheet))]
    seen = [each for each in found if each.sheet.sheet_state == "visible"]
    unseen = [each.sheet.title for each in found if each not in seen]
    if len(seen) > 1:
        raise Refused(
            f"{file} has several sheets with the headings of answers, {named([each.sheet.title for each in seen])}: "
            "which of them was filled in cannot be told.",
            "Delete the others, or save the one that was filled in as a workbook of its own.",
        )
    if not seen and unseen:
        raise Refused(
            f"The answers of {file} are on a hidden sheet, {named(unseen)}: what nobody sees is not taken.",
            "Unhide it in Excel (right-click the name of a sheet, Unhide), look at what it says, and save it.",
        )
    if not seen:
        raise NoSheet(
            f"{file} has no heading row with the columns {', '.join(READ)}.",
            "Give a sheet that recreg agenda --until DAY --sheet FILE wrote.",
        )
    _refuse_unless_whole(file, seen[0])
    seen[0].unseen = unseen
    return seen[0]


def named(sheets: list[str]) -> str:
    """Sheets by their names, as a sentence has them."""
    return ", ".join(f"“{visible(short_title(name))}”" for name in sheets)


def numbered(file: Path, sheet: Any, first: int) -> Iterator[tuple[int, Any]]:
    """A sheet's rows with their numbers, whatever size the sheet claims to have."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(min_row=first, max_col=_MOST_COLUMNS), first):
        if number > _LAST_ROW:
            raise Refused(f"{file} has rows beyond Excel's last one: it is damaged.", SAVE)
        yield number, row


def merged_answers(file: Path, content: bytes, found: Answered, last: int) -> list[tuple[int, str]]:
    """The ranges of merged cells, with their first rows, of whose answer the row or the column cannot be told.

    Not so one that is a whole row's, its reference's among them, nor one of a single row that begins as an answer.
    """
    reading = _Merged()
    with closing(Package(io.BytesIO(content), str(file))) as package:
        parts = {sheet.name: sheet.part for sheet in parts_of(package).sheets}
        package.read_whole(parts[found.sheet.title], reading)
    ranges = [(_place(reference), reference) for reference in reading.ranges]
    return sorted((place[1], reference) for place, reference in ranges if _hides_answers(place, found, last))


def _with_headings(file: Path, sheet: Any) -> Answered | None:
    """A sheet that has a row with the reference's heading and another one."""
    mark: dict[str, str] = {}
    for number, row in islice(numbered(file, sheet, 1), _LOOKED_AT_FOR_HEADING):
        names = [on_one_line(cell) for cell in row]
        known = [name for name in READ if name.casefold() in names]
        if READ[0] in known and len(known) > 1:
            return Answered(sheet, number, names, mark)
        for cell in row:
            mark = _mark_of(cell) or mark
    return None


def _mark_of(cell: Any) -> dict[str, str]:
    """What a cell says of the register that the sheet was written from; nothing where it says nothing of it."""
    found = _MARK.fullmatch(text(cell).strip()) if isinstance(cell.value, str) else None
    return {name: said for name, said in found.groupdict().items() if said} if found else {}


def _refuse_unless_whole(file: Path, found: Answered) -> None:
    """Raise `Refused` where a column of the heading row is not there, or there twice: its answers would be lost."""
    missing = [name for name in READ if name not in found.columns]
    twice = [name for name in found.columns if found.headings.count(name.casefold()) > 1]
    place = f"{file}, row {found.heading_row}"
    if missing:
        raise Refused(f"{place}: the column {', '.join(missing)} is missing.", "Put its heading back.")
    if twice:
        raise Refused(f"{place}: the column {', '.join(twice)} is there twice.", "Take one of them out.")


class _Merged(Reading):
    """The ranges of merged cells of a sheet."""

    def __init__(self) -> None:
        self.ranges: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """A range is named where its mark begins."""
        if tag == "mergeCell":
            self.ranges.append(attributes["ref"])


def _place(reference: str) -> tuple[int, int, int, int]:
    """The first column and row of a range, and the last; raises `ValueError` for what is no range of cells."""
    left, top, right, bottom = range_boundaries(reference)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError("whole rows or columns")
    return left, top, right, bottom


def _hides_answers(place: tuple[int, int, int, int], found: Answered, last: int) -> bool:
    left, top, right, bottom = place
    columns = {name: found.columns[name] + 1 for name in READ}
    covered = [name for name, column in columns.items() if left <= column <= right]
    begins_as_answer = left in [columns[name] for name in ANSWERS]
    return (
        bottom > found.heading_row
        and top <= last
        and bool(covered)
        and READ[0] not in covered
        and not (top == bottom and begins_as_answer)
    )
