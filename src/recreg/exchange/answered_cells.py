"""What stands in a cell that somebody filled in, as a person sees it there."""

import re
from datetime import date, datetime, time
from typing import Any

from openpyxl.utils.escape import unescape

from recreg.domain.dates import spoken
from recreg.domain.text import short_title

#: The part of a cell's format that shows a number as a percentage, with how many places.
_PERCENT = re.compile(r"(?:\.(?P<places>[0#?]+))?%")


def fault(cell: Any) -> str:
    """What keeps a cell from being read; nothing where it can be."""
    shown = str(getattr(cell.value, "text", cell.value))
    # A tick is TRUE or FALSE to a spreadsheet; some programs save it as the formula of that name.
    if isinstance(cell.value, bool) or shown.upper() in {"=TRUE()", "=FALSE()"}:
        tick = shown.upper().strip("=()")
        return f"“{tick}”: it is a tick or a yes-or-no, and no words. Type what it should say."
    if cell.data_type == "f":
        return f"“{short_title(shown)}”: it is a formula. Type what it should say."
    return f"“{shown}”: it is an error of the workbook. Type what it should say." if cell.data_type == "e" else ""


def text(cell: Any) -> str:
    """What a person sees in a cell: a number without its point, a percentage as one, a day and time in words."""
    value = cell.value
    if isinstance(value, datetime | date | time):
        return _moment(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, cell.number_format)
    return "" if value is None else unescape(str(value))


def on_one_line(cell: Any) -> str:
    """What a person sees in a cell, whatever its white space and case, as a heading is compared."""
    return " ".join(text(cell).split()).casefold()


def is_blank(cell: Any) -> bool:
    """Whether nothing is to be seen in a cell."""
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


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
