"""What a table is: headings, and rows of text, whatever file they stand in; and which reader a file is for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from recreg.domain.text import visible
from recreg.errors import Refused
from recreg.exchange.cells import unharmed
from recreg.exchange.sources import Source, sourced

#: A text of the register has up to a million characters, and its export may put an apostrophe before it.
LONGEST_FIELD = 1_000_001
_SHOWN = 60
_OBJECTS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\]])")
_WEB = re.compile(rb"\s*<(?:!doctype|html|head|body|table|\?xml|meta|div)", re.IGNORECASE)
_SAVE = "Save it as .xlsx or CSV first."
_LINES_OF_OBJECTS = {".jsonl", ".ndjson"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of a file: the place, the value, and a sentence what is so and what is allowed."""

    place: str
    value: str
    sentence: str

    def __post_init__(self) -> None:
        """Show the value so that it can do no harm, and no longer than a line takes."""
        cut = self.value if len(self.value) <= _SHOWN else f"{self.value[: _SHOWN - 1]}…"
        object.__setattr__(self, "value", shown(cut))
        object.__setattr__(self, "place", shown(self.place))

    def told(self) -> str:
        """The fault as a line for the officer."""
        return f"{self.place}: “{self.value}”: {self.sentence}" if self.value else f"{self.place}: {self.sentence}"


class Row(NamedTuple):
    """A record of a file: its number as the file's own program counts, and its cells in the order of the headings.

    A blank cell is None. The cells of a row with a fault are all there are of it, and None for the rest.
    """

    number: int
    cells: tuple[str | None, ...]
    faults: tuple[Fault, ...] = ()


class Table:
    """What a file holds. Its rows are read once, in a stream; its notices are whole when they have been."""

    #: What the file's own program calls the place of a record, and of a cell.
    counted = "line"

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self.sha256 = source.sha256
        self.sheet: str | None = None
        self.headings: tuple[str, ...] = ()
        #: The year whose beginning a workbook's serial days count from: 1900, or 1904 on an old Macintosh.
        self.epoch = 1900
        self.notices = source.notices
        self._source = source

    def rows(self) -> Iterator[Row]:
        """The records, one after the other."""
        raise NotImplementedError

    def of_noun(self, noun: str) -> "Table":
        """The table of another noun of the same document."""
        raise NotImplementedError

    def nouns(self) -> list[str]:
        """The nouns whose lists a document holds, in the order in which they are taken; none of a plain table."""
        return []

    def place(self, number: int, column: int | None = None) -> str:
        """Where a record stands, or a cell of it, by its column's index in the headings."""
        cell = "" if column is None else f", column {self.headings[column]}"
        return f"{self.name}, {self.counted} {number}{cell}"

    def share_read(self, number: int) -> float:  # noqa: ARG002 - what is held already is counted by its records
        """How much of it has been read once the record of that number was: 0.5 is half."""
        return self._source.stream.tell() / self._source.size

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def opened(source: str | Path, *, sheet: str | None = None, noun: str | None = None) -> Table:
    """The table in a file, or in what comes in by stdin, which is ``-``.

    ``sheet`` is the one to read of a workbook; ``noun`` names the list to read of a document that has
    several. What a file is, its content says, not its name. Raises `Mistyped` where there is no such
    file, and `Refused` for everything wrong inside it.
    """
    given = sourced(source)
    try:
        return _read_as_it_is(given, sheet, noun or "items")
    except BaseException:
        given.close()
        raise


def shown(text: str) -> str:
    """A text out of a file in a sentence: on one line, with nothing that could command a terminal."""
    return visible(text)


def as_typed(text: str) -> str | None:
    """A cell's text, exact; None of a blank one, and without the apostrophe that an export puts before a formula."""
    typed = unharmed(text)
    return typed if typed and not typed.isspace() else None


def _read_as_it_is(source: Source, sheet: str | None, noun: str) -> Table:
    if source.is_packed():
        from recreg.exchange.worksheets import Workbook

        workbook = Workbook(source, sheet, noun)
        if source.suffix in {".csv", ".tsv", ".txt", ".json", ".jsonl", ".xls"}:
            workbook.notices.insert(0, f"{source.name} is an Excel workbook, and was read as one.")
        return workbook
    _refuse_what_is_no_table(source)
    if sheet is not None:
        raise Refused(f"{source.name} is not a workbook and has no sheets.", "Leave --sheet out.")
    source.settle_encoding()
    return _document(source, noun) if _holds_objects(source) else _separated(source)


def _refuse_what_is_no_table(source: Source) -> None:
    """Raise `Refused`, with the cure, for the files that are taken for tables and are none."""
    if not source.size and source.suffix not in _LINES_OF_OBJECTS:  # No object at all is a list of none.
        raise Refused(f"{source.name} is empty.", "Give a file with a heading row and the rows below it.")
    if source.is_of_old_excel():
        what = "is locked with a password" if source.is_locked() else "is of an old Excel (.xls)"
        raise Refused(f"{source.name} {what}: it cannot be read.", f"{_SAVE} Leave the password out.")
    if source.head.startswith(b"%PDF"):
        raise Refused(f"{source.name} is a PDF: it has no rows.", f"Give a table. {_SAVE}")
    if _WEB.match(source.head.removeprefix(b"\xef\xbb\xbf")):
        raise Refused(f"{source.name} is a web page or XML, whatever its name says.", f"Open it in Excel. {_SAVE}")


def _holds_objects(source: Source) -> bool:
    named = source.suffix in {".json", *_LINES_OF_OBJECTS}
    return named or _OBJECTS.match(source.first_characters()) is not None


def _document(source: Source, noun: str) -> Table:
    from recreg.exchange.documents import Document, Lines, is_lines

    in_lines = source.suffix in _LINES_OF_OBJECTS or (source.suffix != ".json" and is_lines(source))
    return Lines(source) if in_lines else Document(source, noun)


def _separated(source: Source) -> Table:
    from recreg.exchange.separated import Separated

    table = Separated(source)
    if source.suffix in {".xlsx", ".xlsm", ".xls"}:
        table.notices.insert(0, f"{source.name} is not an Excel workbook, and was read as CSV.")
    return table
