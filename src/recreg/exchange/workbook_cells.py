"""What a workbook's cell says, as text: a day in ISO, a whole number without a point, a text exact."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from math import isinf

from recreg.domain.dates import MONTHS
from recreg.domain.rows import EPOCHS
from recreg.exchange.tables import as_typed

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
#: The formats of Excel's own that show a day, a month of a year, or a time.
_DAYS = {14, 15, 16, 22, *range(27, 37), *range(50, 59)}
_MONTH = 17
_TIMES = {18, 19, 20, 21, 45, 46, 47}
#: What in a format's code is shown as it stands: quoted, escaped, or in brackets that name no time.
_AS_IT_STANDS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_WHOLE = re.compile("-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+(?:[Ee][+-]?[0-9]+)?")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T00:00(?::00(?:\.0+)?)?Z?)?")
_DAY_SO = "A day has no time. Type the day alone."


class Unread(Exception):
    """A cell that makes no text: what it shows, and what is so."""

    def __init__(self, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.value = value
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its cells: that numbers are days, months or times; or of how many figures they are."""

    shows: str = ""
    figures: int = 0
    quoted: bool = False


def style_of(number: int, code: str, *, quoted: bool = False) -> Style:
    """What a number format of Excel's own, or a code, says."""
    if not code:
        shows = "day" if number in _DAYS else "time" if number in _TIMES else "month" if number == _MONTH else ""
        return Style(shows, quoted=quoted)
    bare = _AS_IT_STANDS.sub("", code.partition(";")[0]).casefold().replace("general", "")
    if not re.search("[dmyhs]", bare):
        return Style(figures=len(code) if set(code) == {"0"} else 0, quoted=quoted)
    if "d" in bare:
        return Style("day", quoted=quoted)
    return Style("month" if "y" in bare else "time", quoted=quoted)


def unescaped(text: str) -> str:
    """The text in which Excel has written a character as ``_x000D_``; line breaks as one newline."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def text_in(text: str, style: Style) -> str | None:
    """A cell's text; an apostrophe before a formula is taken away unless Excel itself holds it for text."""
    typed = as_typed(text)
    return text if style.quoted and typed is not None else typed


def text_of_number(written: str, style: Style, epoch: int) -> str:
    """A number as a person sees it; raises `Unread` for a day that there is not, or that has a time."""
    if not _NUMBER.fullmatch(written):
        raise ValueError("no number")
    if style.shows:
        return _day(float(written), style.shows, epoch)
    if _WHOLE.fullmatch(written):
        return written.zfill(style.figures) if written != "-0" else "0"
    number = float(written)
    if isinf(number):
        raise ValueError("no number")
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number)).zfill(style.figures)
    return repr(number)


def text_of_iso(written: str) -> str:
    """A day that the file has in words of its own; raises `Unread` for one with a time, `ValueError` for none."""
    found = _ISO.fullmatch(written)
    if not found:
        raise Unread(written, _DAY_SO)
    return date.fromisoformat(found[1]).isoformat()


def _day(serial: float, shows: str, epoch: int) -> str:
    """The day of that number, in ISO; shown as a month, as March 2023, if it is the first: that was typed."""
    days = int(serial)
    if shows == "time" or serial != days:
        raise Unread(f"{serial:g}", _DAY_SO)
    if not 0 < days < 2_958_466 or (epoch == 1900 and days == 60):
        raise Unread(f"{serial:g}", "No day has this number. Type the day, as in 2022-09-29.")
    # Excel's 1900 has a 29 February, as Lotus's had.
    first = date(1899, 12, 31) if epoch == 1900 and days < 60 else EPOCHS[epoch]
    on = first + timedelta(days)
    return f"{MONTHS[on.month - 1].capitalize()} {on.year}" if shows == "month" and on.day == 1 else on.isoformat()
