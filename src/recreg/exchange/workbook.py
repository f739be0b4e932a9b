"""What was recorded, as a workbook with a sheet for each noun; made row by row, whatever its size."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from recreg.domain.text import by_number, is_unseen
from recreg.errors import Objections
from recreg.exchange.cells import word
from recreg.exchange.sheet import LONGEST_CELL
from recreg.exchange.writing import WELCOME
from recreg.questions.held import Held

#: The most rows that a sheet of Excel has.
MOST_ROWS = 1_048_576
_WIDTHS = {"text": 60, "note": 60, "summary": 40, "title": 40, "words": 40, "url": 30, "sha256": 20}
_SHORT = set("ref hmicfrs_ref number parent ours mandatory rag status item items outcome colour".split())
_NARROW, _WIDE = 12, 24
_LIKE_NO_TEXT = tuple("=+-@#'")
_BOLD = Font(name="Calibri", bold=True)


def workbook(nouns: Mapping[str, Held]) -> memoryview:
    """A workbook with a sheet for each noun; raises `Refused` for what Excel could not hold."""
    refuse_unless_it_fits(nouns)
    # Packed, it is small; on a disk that fills up, openpyxl would leave its archive open.
    book, content = Workbook(write_only=True), io.BytesIO()
    book.properties.creator = "recreg"
    try:
        for noun, rows in nouns.items():
            _fill(book.create_sheet(noun), rows)
        book.save(content)
    except BaseException:
        _give_up(book)
        raise
    return content.getbuffer()


def _give_up(book: Workbook) -> None:
    """Close what openpyxl has begun, which would otherwise complain at its end of what is told already."""
    for sheet in book.worksheets:
        with suppress(Exception):
            sheet.close()


def refuse_unless_it_fits(nouns: Mapping[str, Held]) -> None:
    """Raise `Refused` naming every text that is longer than a cell, and every noun with more rows than a sheet."""
    objections, hint = Objections(), "Export to CSV or JSON, which hold a text of any length."
    for noun, rows in nouns.items():
        if len(rows) >= MOST_ROWS:
            objections.add(f"There are {len(rows):,} {noun}; a sheet of Excel holds {MOST_ROWS - 1:,}.", hint)
        for row in rows:
            for key in _too_long(row):
                objections.add(
                    f"The {key.replace('_', ' ')} of {_called(row, noun)} is longer than the {LONGEST_CELL:,} "
                    "characters that a cell of Excel holds.",
                    hint,
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


def shown(text: str) -> str:
    """The text as a cell holds it: what hides or commands by its number, and what looks like a number of Excel's."""
    if "_x" not in text and text.replace("\n", "").isprintable():
        return text
    # Excel reads _x0041_ in a cell as the character of that number, so what looks so is escaped itself.
    safe = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return "".join(by_number(c) if (is_unseen(c) and c not in WELCOME) or c in "\ufffe\uffff" else c for c in safe)


def _fill(sheet: Any, rows: Held) -> None:
    """A heading that stays in sight and can be filtered by, then a row for each."""
    keys = [column.key for column in rows.columns]
    last = get_column_letter(len(keys))
    for number, key in enumerate(keys, 1):
        wide = _NARROW if _is_day(key) or key in _SHORT else _WIDE
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(key, wide)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    sheet.append([_cell(sheet, key, font=_BOLD) for key in keys])
    for row in rows:
        sheet.append([_value(sheet, key, row[key]) for key in keys])


def _value(sheet: Any, key: str, value: Any) -> Any:
    """What a cell is given: a day as a day, a count as a number, all else as text and never as a formula."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, str) and _is_day(key):
        return date.fromisoformat(value)
    text = shown(word(value))
    return _cell(sheet, text) if text.startswith(_LIKE_NO_TEXT) else text


def _is_day(key: str) -> bool:
    return key.endswith("_on") and key != "waiting_on"


def _cell(sheet: Any, text: str, font: Font | None = None) -> Any:
    """A cell whose text stays text, whatever it begins with: neither a formula nor an error."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if text.startswith(_LIKE_NO_TEXT):
        cell.quotePrefix = True  # Typed over in Excel, it is still no formula.
    if font:
        cell.font = font
    return cell
