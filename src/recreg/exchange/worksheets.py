"""XLSX: a workbook's sheet as a table, read in a stream, with all that its cells hide from a careless reader.

Formulas, errors, merged cells, days as numbers from two first days, and texts that look like numbers.
"""

from collections.abc import Generator, Iterator
from contextlib import closing

from recreg.errors import Refused
from recreg.exchange.headings import MOST_COLUMNS, refuse_headings
from recreg.exchange.packed import Package, damage_told
from recreg.exchange.sources import Source
from recreg.exchange.spellings import BY_NOUN
from recreg.exchange.tables import Fault, Row, Table, shown
from recreg.exchange.workbook_cells import Style, Unread, text_in, text_of_iso, text_of_number, unescaped
from recreg.exchange.workbook_parts import (
    RawCell,
    RawSheet,
    Rows,
    column_letters,
    figures,
    merged_rows,
    parts_of,
    strings_of,
    styles_of,
)

_PLAIN = Style()
_YES_NO = {"1": "yes", "true": "yes", "0": "no", "false": "no", "": None}
Cells = dict[int, str | Unread]


class Workbook(Table):
    """A workbook, of which one sheet is read: the one with content, the one named, or the noun's."""

    counted = "row"

    def __init__(self, source: Source, sheet: str | None, noun: str) -> None:
        super().__init__(source)
        self._package = Package(source.stream, source.name)
        with damage_told(self.name):
            parts = parts_of(self._package)
            self.epoch = parts.epoch
            self._strings = strings_of(self._package, parts.strings)
            self._styles = styles_of(self._package, parts.styles)
            self._filled: list[RawSheet] = []
            chosen = self._named(parts.sheets, sheet) if sheet is not None else self._chosen(parts.sheets, noun)
        self.sheet = chosen.name
        self._merged: list[str] = []
        self._records = self._read(chosen)
        with damage_told(self.name):
            self._heading_row = self._take_headings()

    def rows(self) -> Iterator[Row]:
        """The rows below the heading row that hold anything, and last a fault for each range of merged cells."""
        last = self._heading_row
        with damage_told(self.name):
            for number, cells in self._records:
                row = self._row(number, cells)
                if row is not None:
                    last = number
                    yield row
            yield from self._rows_merged(last)

    def nouns(self) -> list[str]:
        """The nouns whose sheets it has in sight, where no sheet was named."""
        there = {sheet.name.casefold() for sheet in self._filled}
        return [noun for noun in BY_NOUN if noun in there]

    def of_noun(self, noun: str) -> "Workbook":
        """The sheet of another noun."""
        return Workbook(self._source, noun, noun)

    def place(self, number: int, column: int | None = None) -> str:
        """Where a row stands, or a cell of it."""
        cell = "" if column is None else f", column {self._letters[column]} ({self.headings[column]})"
        return f"{self.name}, sheet {self.sheet}, row {number}{cell}"

    def close(self) -> None:
        """Let go of the file."""
        self._package.close()
        super().close()

    def _named(self, sheets: list[RawSheet], name: str) -> RawSheet:
        found = [each for each in sheets if each.name.casefold() == name.strip().casefold()]
        if not found:
            raise Refused(f"{self.name} has no sheet “{shown(name)}”.", f"Its sheets are {_listed(sheets)}.")
        return found[0]

    def _chosen(self, sheets: list[RawSheet], noun: str) -> RawSheet:
        """The only sheet in sight that holds anything, or, of several, the one that bears the noun's name."""
        filled = [each for each in sheets if not each.hidden and self._holds_anything(each)]
        self._filled = filled
        meant = [each for each in filled if each.name.casefold() == noun.casefold()] or filled
        if len(meant) > 1:
            raise Refused(f"{self.name} has several sheets: {_listed(filled)}.", "Say which with --sheet NAME.")
        if not meant:
            hidden = [each for each in sheets if each.hidden]
            hint = (
                f"Hidden sheets, {_listed(hidden)}, are read by --sheet NAME." if hidden else "Give a sheet with rows."
            )
            raise Refused(f"{self.name} holds nothing.", hint)
        if len(filled) > 1:
            self.notices.append(f"{self.name} has {len(filled)} sheets, and its sheet {shown(meant[0].name)} was read.")
        return meant[0]

    def _holds_anything(self, sheet: RawSheet) -> bool:
        with closing(self._read(sheet)) as records:
            return any(any(cells.values()) for _, cells in records)

    def _read(self, sheet: RawSheet) -> Generator[tuple[int, Cells]]:
        """The rows of a sheet that have cells, each cell by its column, as text or as what is wrong with it."""
        reading = Rows()
        for _ in self._package.read(sheet.part, reading):
            for number, raw in reading.found:
                yield number, {cell.column: text for cell in raw if (text := self._told(cell, number))}
            reading.found.clear()
        self._merged = reading.merged

    def _told(self, cell: RawCell, row: int) -> str | Unread | None:
        try:
            text = self._text(cell)
        except Unread as error:
            return error
        if cell.has_formula and text and not any("formula" in notice for notice in self.notices):
            where = f"{column_letters(cell.column)}{row}"
            self.notices.append(f"{self.name}: {where} is a formula; of such cells the value last worked out was read.")
        return text

    def _text(self, cell: RawCell) -> str | None:
        style = self._style(cell.style)
        if cell.value is None or (cell.has_formula and not cell.value and cell.kind != "str"):
            raise Unread("", "It is a formula without a value. Open it in Excel and save it, or type the value.")
        if cell.kind == "e":
            raise Unread(cell.value, "It is an error of the workbook. Type what it should say.")
        if cell.kind == "s":
            return text_in(self._strings[figures(cell.value)], style) if cell.value else None
        if cell.kind in {"str", "inlineStr"}:
            return text_in(unescaped(cell.value), style)
        if cell.kind == "b":
            return _YES_NO[cell.value]
        if not cell.value.strip():
            return None
        if cell.kind == "d":
            return text_of_iso(cell.value)
        if cell.kind != "n":
            raise ValueError("a cell of no known sort")
        return text_of_number(cell.value, style, self.epoch)

    def _style(self, number: int) -> Style:
        """A cell's style; raises `ValueError` for one that is not there: its days would be told as numbers."""
        if number and number >= len(self._styles):
            raise ValueError("no such style")
        return self._styles[number] if self._styles else _PLAIN

    def _take_headings(self) -> int:
        """Name the columns by the first row that holds anything; its number."""
        for number, cells in self._records:
            if cells:
                self._refuse_far(number, cells)
                self._refuse_unread(number, cells)
                names = {column: " ".join(str(_heading(cell)).split()) for column, cell in cells.items()}
                self._at = {column: index for index, column in enumerate(sorted(names))}
                self._letters = [column_letters(column) for column in self._at]
                self.headings = tuple(names[column] for column in self._at)
                refuse_headings(self.headings, self._letters, f"{self.name}, sheet {self.sheet}, row {number}")
                return number
        raise Refused(f"{self.name}, sheet {self.sheet}: it holds nothing.", "Give a sheet with rows.")

    def _refuse_unread(self, number: int, cells: Cells) -> None:
        """Raise `Refused` for a heading that cannot be told."""
        for column, cell in cells.items():
            if isinstance(cell, Unread):
                where = f"{self.name}, sheet {self.sheet}, row {number}, column {column_letters(column)}"
                raise Refused(f"{where}: “{shown(cell.value)}” is no heading.", cell.sentence)

    def _row(self, number: int, cells: Cells) -> Row | None:
        """A row as it is told; None of one that holds nothing."""
        if not cells:
            return None
        texts: list[str | None] = [None] * len(self._at)
        faults = []
        for column, cell in cells.items():
            at = self._at.get(column)
            if at is None:
                self._refuse_far(number, cells)
                faults.append(self._fault_beside(number, column, cell))
            elif isinstance(cell, Unread):
                faults.append(Fault(self.place(number, at), cell.value, cell.sentence))
            else:
                texts[at] = cell
        return Row(number, tuple(texts), tuple(faults))

    def _fault_beside(self, number: int, column: int, cell: str | Unread) -> Fault:
        place = f"{self.place(number)}, column {column_letters(column)}"
        return Fault(place, _heading(cell), "This column has no heading. Give it one, or empty it.")

    def _rows_merged(self, last: int) -> Iterator[Row]:
        """A row with a fault for each range that reaches into the table: which row its value is of cannot be told."""
        for reference in self._merged:
            first, final, column = merged_rows(reference)
            if final >= self._heading_row and first <= last and column <= max(self._at):
                sentence = f"The cells {shown(reference)} are merged. Unmerge them, and fill each row."
                fault = Fault(self.place(first), "", sentence)
                yield Row(first, (None,) * len(self.headings), (fault,))

    def _refuse_far(self, number: int, cells: Cells) -> None:
        """Raise `Refused` for a cell beyond the columns that a table has."""
        column = max(cells)
        if column > MOST_COLUMNS:
            where = f"{self.name}, sheet {self.sheet}, row {number}, column {column_letters(column)}"
            raise Refused(f"{where}: a table has {MOST_COLUMNS} columns at most.", "Delete the columns to its right.")


def _heading(cell: str | Unread) -> str:
    return cell.value if isinstance(cell, Unread) else cell


def _listed(sheets: list[RawSheet]) -> str:
    return ", ".join(shown(sheet.name) for sheet in sheets)
