"""The rows of a sheet as a workbook holds them: as XML, cell by cell, in a stream.

openpyxl makes the rest of a workbook. Of each cell, and of each mark around it, it would make an object,
which takes some ten times as long: minutes for a large register.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from recreg.domain.text import as_text, by_number, is_unseen, word_of
from recreg.exchange.writing import WELCOME

#: With one of these a text begins that Excel takes for something else when it is typed over.
LIKE_NO_TEXT = tuple("=+-@#'")


@dataclass(frozen=True)
class Styles:
    """The numbers of a workbook's styles: of a day, and of a text that is no formula whatever it begins with."""

    day: int
    quoted: int


def as_xml(rows: Iterable[dict[str, Any]], keys: Sequence[str], styles: Styles) -> Iterator[bytes]:
    """Each row as XML, from the sheet's second row on: its first is the heading."""
    columns = [(key, get_column_letter(place), is_day(key)) for place, key in enumerate(keys, 1)]
    for number, row in enumerate(rows, 2):
        cells = [
            _cell(f"{letters}{number}", value, styles, day=day)
            for key, letters, day in columns
            if (value := row[key]) is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'.encode()


def is_day(key: str) -> bool:
    """Whether the values of a key are days."""
    return key.endswith("_on") and key != "waiting_on"


def shown(text: str) -> str:
    """The text as a cell holds it: what hides or commands by its number, and what looks like a number of Excel's."""
    if "_x" not in text and text.replace("\n", "").isprintable():
        return text
    # Excel reads _x0041_ in a cell as the character of that number, so what looks so is escaped itself.
    safe = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return "".join(by_number(c) if (is_unseen(c) and c not in WELCOME) or c in "\ufffe\uffff" else c for c in safe)


def _cell(place: str, value: Any, styles: Styles, *, day: bool) -> str:
    """A day as a day, a count as a number, all else as text and never as a formula."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<c r="{place}"><v>{value}</v></c>'
    if day:
        return f'<c r="{place}" s="{styles.day}"><v>{_serial(value)}</v></c>'
    text = shown(as_text(word_of(value)))
    style = f' s="{styles.quoted}"' if text.startswith(LIKE_NO_TEXT) else ""
    space = "" if text == text.strip() and "\n" not in text else ' xml:space="preserve"'
    return f'<c r="{place}" t="inlineStr"{style}><is><t{space}>{_escaped(text)}</t></is></c>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(10_000)
def _serial(day: str) -> float:
    """The number by which Excel counts a day."""
    serial: float = to_excel(date.fromisoformat(day))  # type: ignore[no-untyped-call]
    return serial
