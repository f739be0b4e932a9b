"""A board's sheet as it comes back, from whatever program filled it in: read with suspicion, row by row."""

import io
import re
import stat
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from recreg.domain.dates import spoken
from recreg.domain.text import short_title
from recreg.errors import Mistyped, RecregError, Refused
from recreg.exchange.sheet import ANSWERS, DRAWN_AT, OWNER, UNTIL
from recreg.register.minutes import Minute

#: The columns that are read; all others are the reader's own.
READ = ("Reference", *ANSWERS)
MOST_ROWS = 10_000
#: A workbook unpacks to no more bytes than these: a small file may hold a mountain.
LARGEST = 100_000_000
#: Excel's own last row; what claims more is no workbook of Excel's.
_LAST_ROW = 1_048_576
_LOOKED_AT_FOR_HEADING = 100
_MOST_COLUMNS = 100
_OF_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The part of a cell's format that shows a number as a percentage, with how many places.
_PERCENT = re.compile(r"(?:\.(?P<places>[0#?]+))?%")
_SAVE = "Open it in Excel and save it as an Excel Workbook (.xlsx), without a password."

Cells = dict[str, Any]


class NoSheet(Refused):
    """A workbook that can be read, and is another one than a sheet of recreg's."""


@dataclass(frozen=True)
class Filled:
    """The rows of a sheet that have an answer, how many have none, and up to which day it is, where it says.

    ``owner`` is whose sheet it is, where it went to an owner with a letter.
    """

    rows: list[Minute]
    left_out: int
    until: date | None
    owner: str = ""


def filled_in(file: Path, content: bytes | None = None) -> Filled:
    """The rows of a sheet that were filled in; the ``content`` is the file's own unless given.

    Raises `Mistyped` where there is no such file, and `Refused` where it is no sheet that can be read.
    """
    content = content_of(file) if content is None else content
    _refuse_unless_workbook(file, content)
    with _damage_told(file), closing(load_workbook(io.BytesIO(content), read_only=True, keep_links=False)) as book:
        rows = [_minute(file, number, cells) for number, cells in _rows(file, book.worksheets)]
        until, drawn_at, owner = _until(book), _drawn_at(book), _written(book, OWNER)
    rows = [replace(row, drawn_at=drawn_at) for row in rows]
    answered = [row for row in rows if row.faults or row.outcome or row.position or row.rag or row.why]
    return Filled(answered, len(rows) - len(answered), until, owner)


def _until(book: Any) -> date | None:
    """The day up to which a sheet lists what falls due, which recreg wrote into it."""
    try:
        return date.fromisoformat(_written(book, UNTIL))
    except ValueError:
        return None  # Somebody else wrote it: the sheet is no worse for that.


def _drawn_at(book: Any) -> int | None:
    """The newest changeset when the sheet was written."""
    written = _written(book, DRAWN_AT)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < _DIGITS_OF_64_BITS else None


_DIGITS_OF_64_BITS = 19


def _written(book: Any, name: str) -> str:
    return next((str(each.value) for each in book.custom_doc_props.props if each.name == name), "")


def content_of(file: Path) -> bytes:
    """The bytes of a file that came back; raises `Mistyped` or `Refused` where it is none that could be a sheet."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise Mistyped(f"{file} is not a file.", "Give the sheet that was filled in.")
        if file.stat().st_size > LARGEST:
            raise Refused(
                f"{file} is larger than 100 MB: it is no board's sheet.", "Give the sheet that was filled in."
            )
        return file.read_bytes()
    except OSError as error:
        raise Mistyped(f"The file {file} cannot be read: {error.strerror}.", "Check its name and place.") from error


def _refuse_unless_workbook(file: Path, content: bytes) -> None:
    """Raise `Refused` for what is no workbook, before anything unpacks it."""
    if content.startswith(_OF_OLD_EXCEL):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        what = "is locked with a password" if locked else "is of an old Excel (.xls)"
        raise Refused(f"{file} {what}: it cannot be read.", _SAVE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
            is_workbook = "[Content_Types].xml" in packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused(f"{file} is not an Excel workbook, or is damaged.", _SAVE) from error
    if not is_workbook:
        raise Refused(f"{file} is not an Excel workbook.", _SAVE)
    if size > LARGEST:
        raise Refused(
            f"{file} would unpack to {size:,} bytes: it is no board's sheet.", "Give the sheet that was filled in."
        )


@contextmanager
def _damage_told(file: Path) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # What the reader does not know of other programs' files is no news.
            yield
    except RecregError:
        raise
    except Exception as error:  # A damaged file makes a reader fail in any way there is.
        raise Refused(f"{file} is not an Excel workbook, or is damaged.", _SAVE) from error


def _rows(file: Path, sheets: list[Any]) -> Iterator[tuple[int, Cells]]:
    """The rows below the heading row that hold anything in the columns that are read, with their numbers."""
    sheet, heading_row, columns = _heading(file, sheets)
    taken = 0
    for number, row in _numbered(file, sheet, heading_row + 1):
        if not all(_is_blank(row[column]) for column in columns.values()):
            taken += 1
            if taken > MOST_ROWS:
                raise Refused(f"{file} has more than {MOST_ROWS:,} rows.", "A board's sheet has a row for each item.")
            yield number, {name: row[column] for name, column in columns.items()}


def _numbered(file: Path, sheet: Any, first: int) -> Iterator[tuple[int, Any]]:
    """A sheet's rows with their numbers, whatever size the sheet claims to have."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(min_row=first, max_col=_MOST_COLUMNS), first):
        if number > _LAST_ROW:
            raise Refused(f"{file} has rows beyond Excel's last one: it is damaged.", _SAVE)
        yield number, row


def _heading(file: Path, sheets: list[Any]) -> tuple[Any, int, dict[str, int]]:
    """The sheet and the row of it that name the columns, with each column's place."""
    for sheet in sheets:
        for number, row in islice(_numbered(file, sheet, 1), _LOOKED_AT_FOR_HEADING):
            names = [_plain(cell) for cell in row]
            known = [name for name in READ if name.casefold() in names]
            if READ[0] in known and len(known) > 1:
                _refuse_unless_whole(file, number, known, names)
                return sheet, number, {name: names.index(name.casefold()) for name in READ}
    raise NoSheet(
        f"{file} has no heading row with the columns {', '.join(READ)}.",
        "Give a sheet that recreg agenda --until DAY --sheet FILE wrote.",
    )


def _refuse_unless_whole(file: Path, number: int, known: list[str], names: list[str]) -> None:
    """Raise `Refused` where a column of the heading row is not there, or there twice: its answers would be lost."""
    missing = [name for name in READ if name not in known]
    twice = [name for name in READ if names.count(name.casefold()) > 1]
    if missing:
        raise Refused(f"{file}, row {number}: the column {', '.join(missing)} is missing.", "Put its heading back.")
    if twice:
        raise Refused(f"{file}, row {number}: the column {', '.join(twice)} is there twice.", "Take one of them out.")


def _minute(file: Path, number: int, cells: Cells) -> Minute:
    place = f"{file.name}, row {number}"
    faults = [f"{place}, {name} {fault}" for name, cell in cells.items() if (fault := _fault(cell))]
    texts = {name: "" if _fault(cell) else _text(cell).strip() for name, cell in cells.items()}
    ref, outcome, position, rag, why = (texts.get(name, "") for name in READ)
    return Minute(place, number, ref, outcome, position, rag, why, tuple(faults))


def _fault(cell: Any) -> str:
    """What keeps a cell from being read; nothing where it can be."""
    shown = str(getattr(cell.value, "text", cell.value))
    # A tick is TRUE or FALSE to a spreadsheet; some programs save it as the formula of that name.
    if isinstance(cell.value, bool) or shown.upper() in {"=TRUE()", "=FALSE()"}:
        tick = shown.upper().strip("=()")
        return f"“{tick}”: it is a tick or a yes-or-no, and no words. Type what it should say."
    if cell.data_type == "f":
        return f"“{short_title(shown)}”: it is a formula. Type what it should say."
    return f"“{shown}”: it is an error of the workbook. Type what it should say." if cell.data_type == "e" else ""


def _text(cell: Any) -> str:
    """What a person sees in a cell: a number without its point, a percentage as one, a day and time in words."""
    value = cell.value
    if isinstance(value, datetime | date | time):
        return _moment(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, cell.number_format)
    return "" if value is None else unescape(str(value))


def _moment(value: date | time) -> str:
    """A day in words, with the time where there is one."""
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    moment = value.time() if isinstance(value, datetime) else time()
    return f"{spoken(value)}, {_moment(moment)}" if moment != time() else spoken(value)


def _number(value: float, form: str) -> str:
    if percent := _PERCENT.search(form):
        return f"{value:.{len(percent['places'] or '')}%}"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _plain(cell: Any) -> str:
    return " ".join(_text(cell).split()).casefold()


def _is_blank(cell: Any) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
