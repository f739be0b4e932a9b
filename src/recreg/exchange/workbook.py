"""What was recorded, as a workbook with a sheet for each noun; its rows pass by one by one, whatever their number."""

import errno
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.styles.numbers import FORMAT_DATE_YYYYMMDD2
from openpyxl.utils import get_column_letter

from recreg.errors import Objections, Refused
from recreg.exchange.sheet import LONGEST_CELL
from recreg.exchange.sheet_rows import Styles, as_xml, is_day, shown
from recreg.exchange.writing import Passing, unwatched
from recreg.questions.held import Held

#: The most rows that a sheet of Excel has.
MOST_ROWS = 1_048_576
#: What a sheet may unpack to; beyond it a ZIP takes another form, of which Excel complains.
LARGEST_SHEET = 2_000_000_000
_WIDTHS = {"text": 60, "note": 60, "summary": 40, "title": 40, "words": 40, "url": 30, "sha256": 20}
_SHORT = set("ref hmicfrs_ref number parent ours mandatory rag status item items outcome colour".split())
_NARROW, _WIDE = 12, 24
_BOLD = Font(name="Calibri", bold=True)
_END_OF_ROWS = b"</sheetData>"
_ELSEWHERE = "Export to CSV or JSON, which hold a text of any length."


def workbook(nouns: Mapping[str, Held], passing: Passing = unwatched) -> memoryview:
    """A workbook with a sheet for each noun; raises `Refused` for what Excel could not hold."""
    refuse_unless_it_fits(nouns)
    # Packed, it is small, and on a disk that fills up nothing is left half done.
    content = io.BytesIO()
    headed, styles, sheets = _headed(nouns)
    with ZipFile(headed) as begun, ZipFile(content, "w", ZIP_DEFLATED) as packed:
        for part in begun.namelist():
            with packed.open(part, "w") as writing:
                before, end, after = begun.read(part).partition(_END_OF_ROWS)
                writing.write(before)
                if noun := sheets.get(part):
                    for row in fitting(noun, as_xml(passing(nouns[noun]), _keys(nouns[noun]), styles)):
                        writing.write(row)
                writing.write(end + after)
    return content.getbuffer()


def fitting(noun: str, rows: Iterator[bytes]) -> Iterator[bytes]:
    """The rows, so long as they are not more than a workbook holds; raises `Refused` then."""
    size = 0
    for row in rows:
        size += len(row)
        if size > LARGEST_SHEET:
            raise Refused(f"There is more text in the {noun} than the 2 GB that a workbook holds.", _ELSEWHERE)
        yield row


def _headed(nouns: Mapping[str, Held]) -> tuple[io.BytesIO, Styles, dict[str, str]]:
    """A workbook of headings alone, the numbers of its styles, and which of its parts is the sheet of which noun."""
    book, content = Workbook(write_only=True), io.BytesIO()
    book.properties.creator = "recreg"
    try:
        for noun, rows in nouns.items():
            _head(book.create_sheet(noun), rows)
        styles = _styles(book.worksheets[0])
        book.save(content)
    except BaseException as error:
        _give_up(book)
        _tell_as_the_system_does(error)
        raise
    return content, styles, {sheet.path.lstrip("/"): sheet.title for sheet in book.worksheets}


def _give_up(book: Workbook) -> None:
    """Close what openpyxl has begun, which would otherwise complain at its end of what is told already."""
    for sheet in book.worksheets:
        with suppress(Exception):
            sheet.close()


def _tell_as_the_system_does(error: BaseException) -> None:
    """Raise `OSError` for a full disk, which lxml, by which openpyxl writes where it finds it, tells as “IO_ENOSPC”."""
    said, _, name = str(error).partition("IO_")
    if name and not said:
        number = getattr(errno, name, errno.EIO)
        raise OSError(number, os.strerror(number)) from error


def refuse_unless_it_fits(nouns: Mapping[str, Held]) -> None:
    """Raise `Refused` naming every text that is longer than a cell, and every noun with more rows than a sheet."""
    objections = Objections()
    for noun, rows in nouns.items():
        if len(rows) >= MOST_ROWS:
            objections.add(f"There are {len(rows):,} {noun}; a sheet of Excel holds {MOST_ROWS - 1:,}.", _ELSEWHERE)
        for row in rows:
            for key in _too_long(row):
                objections.add(
                    f"The {key.replace('_', ' ')} of {_called(row, noun)} is longer than the {LONGEST_CELL:,} "
                    "characters that a cell of Excel holds.",
                    _ELSEWHERE,
                )
    objections.settle()


def _too_long(row: dict[str, Any]) -> Iterator[str]:
    """The keys of the texts that do not fit; Excel counts a character beyond the first 65,536 twice."""
    for key, value in row.items():
        # Below a seventh of it, a text fits even if each of its characters is escaped.
        if isinstance(value, str) and len(value) > LONGEST_CELL // 7 and _length(shown(value)) > LONGEST_CELL:
            yield key


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _called(row: dict[str, Any], noun: str) -> str:
    """How a sentence names a row: by its reference, and of a review or note with its item."""
    name = row.get("ref") or row.get("code") or row.get("name") or row.get("colour") or noun
    return f"{name} of {row['item']}" if "item" in row and "ref" in row else str(name)


def _head(sheet: Any, rows: Held) -> None:
    """A heading that stays in sight and can be filtered by."""
    keys = _keys(rows)
    for number, key in enumerate(keys, 1):
        wide = _NARROW if is_day(key) or key in _SHORT else _WIDE
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(key, wide)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(keys))}{len(rows) + 1}"
    headings = [WriteOnlyCell(sheet, key) for key in keys]
    for cell in headings:
        cell.font = _BOLD
    sheet.append(headings)


def _styles(sheet: Any) -> Styles:
    """The styles of the rows, made known to the workbook by a cell of each."""
    day, quoted = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
    day.number_format = FORMAT_DATE_YYYYMMDD2
    quoted.quotePrefix = True  # Typed over in Excel, it is still no formula.
    return Styles(day=day.style_id, quoted=quoted.style_id)


def _keys(rows: Held) -> list[str]:
    return [column.key for column in rows.columns]
