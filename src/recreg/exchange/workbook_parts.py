"""What the parts of a workbook say: its sheets, its shared texts, its styles, and the rows of a sheet."""

import posixpath
import re
from dataclasses import dataclass, field

from recreg.exchange.packed import Attributes, Package, Reading
from recreg.exchange.tables import LONGEST_FIELD
from recreg.exchange.workbook_cells import Style, style_of, unescaped

_LETTERS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_MOST_ROWS = 1_100_000
#: What the sort of a relation begins with: as Excel writes it, as the standard would have it, and of old macros.
_FAMILIES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.microsoft.com/office/2006/relationships/",
)
#: What a tab of a workbook may be; one sort alone has cells.
_TABS = {"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"}
_HIDDEN = {"visible": False, "hidden": True, "veryHidden": True}


@dataclass(slots=True)
class RawCell:
    """A cell as the file has it."""

    column: int
    kind: str = "n"
    style: int = 0
    has_formula: bool = False
    value: str | None = None


@dataclass(slots=True)
class RawSheet:
    """A sheet, before it is read."""

    name: str
    hidden: bool
    part: str


@dataclass(slots=True)
class Parts:
    """Where everything is in a workbook."""

    sheets: list[RawSheet] = field(default_factory=list)
    epoch: int = 1900
    strings: str | None = None
    styles: str | None = None


def parts_of(package: Package) -> Parts:
    """Where everything is; raises `ValueError` where this is no workbook."""
    main, *_ = [to for kind, to in _relations(package, "").values() if kind == "officeDocument"]
    book, related = _Book(), _relations(package, main)
    package.read_whole(main, book)
    kinds = dict(related.values())
    _refuse_lost_tabs(book.sheets, related)
    sheets = [
        RawSheet(name, _HIDDEN[state], related[by][1])
        for name, state, by in book.sheets
        if related[by][0] == "worksheet"
    ]
    if not sheets:
        raise ValueError("no sheets")
    return Parts(sheets, book.epoch, kinds.get("sharedStrings"), kinds.get("styles"))


def _refuse_lost_tabs(tabs: list[tuple[str, str, str]], related: dict[str, tuple[str, str]]) -> None:
    """Raise `ValueError` where a tab leads nowhere, or two have one name: what it holds would be left out unseen."""
    lost = [by for _, _, by in tabs if related[by][0] not in _TABS]
    if lost or len({name.casefold() for name, _, _ in tabs}) < len(tabs):
        raise ValueError("a tab that leads nowhere, or two of one name")


def strings_of(package: Package, part: str | None) -> list[str]:
    """The texts that the cells share."""
    strings = _Strings()
    if part is not None and package.has(part):
        package.read_whole(part, strings)
    return strings.texts


def styles_of(package: Package, part: str | None) -> list[Style]:
    """What the styles say of what a number means."""
    styles = _Styles()
    if part is not None and package.has(part):
        package.read_whole(part, styles)
    return [style_of(number, styles.formats.get(number, ""), quoted=quoted) for number, quoted in styles.of_cells]


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    relations = _Relations(folder)
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    if package.has(where):
        package.read_whole(where, relations)
    return relations.found


class _Relations(Reading):
    def __init__(self, folder: str) -> None:
        self.found: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes["Target"]))
            kind = attributes["Type"]
            for family in _FAMILIES:
                kind = kind.removeprefix(family)
            self.found[attributes["Id"]] = (kind, target.lstrip("/"))


class _Book(Reading):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.epoch = 1900

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr" and attributes.get("date1904") in {"1", "true", "on"}:
            self.epoch = 1904
        elif tag == "sheet":
            by = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes["name"], attributes.get("state", "visible"), by))


class _Styles(Reading):
    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.of_cells: list[tuple[int, bool]] = []
        self._in_cells = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "numFmt" and "formatCode" in attributes:
            self.formats[figures(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "xf" and self._in_cells:
            quoted = attributes.get("quotePrefix") in {"1", "true"}
            self.of_cells.append((figures(attributes.get("numFmtId", "0")), quoted))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._in_cells = False


class _Strings(Reading):
    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._beside = False

    def start(self, tag: str, attributes: Attributes) -> None:  # noqa: ARG002  # Every reading is told of them.
        if tag == "t" and not self._beside:
            self.parser.CharacterDataHandler = self._parts.append
        elif tag == "rPh":  # How a name is pronounced, in Japanese: it stands beside the text.
            self._beside = True

    def end(self, tag: str) -> None:
        if tag == "t":
            self.parser.CharacterDataHandler = None
        elif tag == "rPh":
            self._beside = False
        elif tag == "si":
            self.texts.append(unescaped("".join(self._parts)))
            self._parts.clear()


class Rows(Reading):
    """The rows of a sheet that have cells with values, as they are read; and the cells that are merged."""

    def __init__(self) -> None:
        self.found: list[tuple[int, list[RawCell]]] = []
        self.merged: list[str] = []
        self._row, self._row_number = 0, ""
        self._cells: list[RawCell] = []
        self._cell: RawCell | None = None
        self._parts: list[str] = []
        self._column = 0
        self._columns: dict[str, int] = {}
        self._in_data = self._in_row = self._in_text = self._beside = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """A row, a cell, or its value begins; elsewhere in a sheet, the same words are of other things."""
        if self._cell is not None:
            self._begin_in_cell(tag, self._cell)
        elif tag == "c" and self._in_row:
            column, style = self._column_of(attributes.get("r")), figures(attributes.get("s", "0"))
            self._cell = RawCell(column, attributes.get("t", "n"), style)
        elif tag == "row" and self._in_data:
            self._begin_row(attributes)
        elif tag == "sheetData":
            self._in_data = True
        elif tag == "mergeCell":
            self.merged.append(attributes["ref"])

    def _begin_in_cell(self, tag: str, cell: RawCell) -> None:
        if tag in {"v", "is"}:
            if cell.value is not None or (tag == "is") != (cell.kind == "inlineStr"):
                raise ValueError("two values in one cell, or one out of place")
            cell.value, self._in_text = "", tag == "is"
        elif tag == "f":
            cell.has_formula = True
        elif tag == "rPh":
            self._beside = True
        if tag == "v" or (tag == "t" and self._in_text and not self._beside):
            self.parser.CharacterDataHandler = self._parts.append

    def end(self, tag: str) -> None:
        """A value, a cell or a row is whole."""
        if tag in {"v", "t"}:
            self.parser.CharacterDataHandler = None
        elif tag == "is":
            self._in_text = False
        elif tag == "rPh":
            self._beside = False
        elif tag == "c" and self._cell is not None:
            if self._cell.value is not None or self._cell.has_formula:
                self._take(self._cell)
            self._cell = None
        elif tag == "row":
            if self._cells:
                self.found.append((self._row, self._cells))
            self._cells, self._in_row = [], False
        elif tag == "sheetData":
            self._in_data = False

    def _take(self, cell: RawCell) -> None:
        if cell.value is not None:
            cell.value = "".join(self._parts)
            if len(cell.value) > LONGEST_FIELD:
                raise ValueError("a cell too long")
        self._parts.clear()
        self._cells.append(cell)

    def _begin_row(self, attributes: Attributes) -> None:
        number = figures(attributes["r"]) if "r" in attributes else self._row + 1
        if self._in_row or not self._row < number <= _MOST_ROWS:
            raise ValueError("rows in each other, out of order, or beyond Excel's last one")
        self._row, self._row_number, self._column, self._in_row = number, str(number), 0, True

    def _column_of(self, reference: str | None) -> int:
        """The cell's column, from 1; two cells in one place would leave one unread."""
        column = self._column + 1
        if reference is not None:
            letters = reference.removesuffix(self._row_number)
            if letters == reference:
                raise ValueError("a cell of no row, or of another")
            if letters not in self._columns:
                self._columns[letters] = column_number(letters)  # What is left of another row's has a figure.
            column = self._columns[letters]
        if column <= self._column:
            raise ValueError("two cells in one place")
        self._column = column
        return column


def figures(text: str) -> int:
    """A number as Excel writes one; Python would take signs, spaces, underscores and figures of any script."""
    if not (text.isascii() and text.isdigit()) or (text[0] == "0" and text != "0"):
        raise ValueError("no number")
    return int(text)


def column_number(letters: str) -> int:
    """A column's number: A is 1, XFD the last."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError("no column")
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A column's letters, as Excel shows them."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def merged_rows(reference: str) -> tuple[int, int, int]:
    """The first and the last row that a range of cells has a part of, and its first column."""
    found = _LETTERS.findall(reference.replace("$", ""))
    rows = [int(row) for _, row in found]
    return min(rows), max(rows), min(column_number(letters) for letters, _ in found)
