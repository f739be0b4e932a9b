"""Days as they are typed and as reports name them: which day is meant, and how exactly."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from recreg.domain.dates import MONTHS, NUMBERS
from recreg.domain.vocabulary import Precision
from recreg.errors import Mistyped

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)
# ASCII keeps out digits of other scripts, which int() would read without a murmur.
FLAGS = re.ASCII | re.IGNORECASE
MONTH_NAMES = "|".join(sorted({m for name in MONTHS for m in (name, name[:3], "sept")}, key=len, reverse=True))
NUMBER = r"\d{1,4}|an?|" + "|".join(sorted((n.replace("-", "[- ]") for n in NUMBERS[1:]), key=len, reverse=True))
UNIT = r"days?|weeks?|months?|years?"
_ISO = r"(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})"
_SLASHED = r"(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})"
_WORDED = rf"(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m3>{MONTH_NAMES})\.?,?\s+(?P<y3>\d{{4}})"
_MONTHLY = rf"(?P<m4>{MONTH_NAMES})\.?,?\s+(?P<y4>\d{{4}})"
DAY = re.compile(rf"(?:{_ISO}|{_SLASHED}|{_WORDED}|{_MONTHLY})", FLAGS)
_FROM_TODAY = re.compile(r"\+(?P<count>\d{1,4})(?P<unit>[dwmy])", FLAGS)
PERIOD = rf"(?P<count>{NUMBER})(?:\s*\(\d+\))?\s+(?:calendar\s+)?(?P<unit>{UNIT})\b"

EXAMPLES = "2022-09-29, 29/09/2022, 29 September 2022, March 2023, today or +3m"


class OutsideYears(Mistyped):
    """A day of the calendar that no register can hold."""


@dataclass(frozen=True)
class Day:
    """A day that was understood, and how exactly it was named."""

    on: date
    precision: Precision = Precision.DAY


def understand(words: str, *, today: date, published_on: date | None = None, what: str = "day") -> Day:
    """The day that ``words`` name.

    ``published_on`` lets “within six months” be counted from publication. A day and month given in
    figures are read day first, as in Britain. Raises `Mistyped` for all that is not a day of the
    calendar, and `OutsideYears` for one that is not between 1990 and 2100.
    """
    typed = words.strip()
    found = _from_figures(typed) or _from_today(typed, today) or _from_publication(typed, published_on)
    if found is None:
        raise Mistyped(f"“{words}” is not a {what} that recreg understands.", f"A day is written {EXAMPLES}.")
    if not EARLIEST <= found.on <= LATEST:
        raise OutsideYears(f"“{words}” is outside the years 1990 to 2100.", f"A day is written {EXAMPLES}.")
    return found


def _from_figures(typed: str) -> Day | None:
    match = DAY.fullmatch(typed)
    return named_day(match) if match else None


def _from_today(typed: str, today: date) -> Day | None:
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if typed.casefold() in near:
        return Day(today + timedelta(days=near[typed.casefold()]))
    match = _FROM_TODAY.fullmatch(typed)
    return moved(today, int(match["count"]), match["unit"]) if match else None


def _from_publication(typed: str, published_on: date | None) -> Day | None:
    match = re.fullmatch(rf"(?:with)?in\s+{PERIOD}", typed, FLAGS)
    if match is None or published_on is None:
        return None
    return moved(published_on, counted(match["count"]), match["unit"])


def named_day(match: re.Match[str]) -> Day | None:
    """The day of a match of `DAY`; None where the calendar has no such day."""
    for form in "123":
        if match[f"y{form}"]:
            return calendar_day(int(match[f"y{form}"]), _month(match[f"m{form}"]), int(match[f"d{form}"]))
    year, month = int(match["y4"]), _month(match["m4"])
    last = calendar_day(year, month, monthrange(year, month)[1]) if year else None
    return Day(last.on, Precision.MONTH) if last else None


def calendar_day(year: int, month: int, day: int) -> Day | None:
    """That day; None where the calendar has no such day."""
    try:
        return Day(date(year, month, day))
    except ValueError:
        return None


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(n for n, full in enumerate(MONTHS, 1) if full.startswith(name.casefold()[:3]))


def counted(number: str) -> int:
    """A number in figures or, up to twenty-four, in words."""
    if number.isdigit():
        return int(number)
    spelt = number.casefold().replace(" ", "-")
    return 1 if spelt in {"a", "an"} else NUMBERS.index(spelt)


def moved(start: date, count: int, unit: str) -> Day | None:
    """So many days, weeks, months or years on; None where that leaves the calendar."""
    units = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
    try:
        return Day(start + relativedelta(**{units[unit[0].casefold()]: count}))  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
