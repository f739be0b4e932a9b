"""Days: how they are understood, counted and shown.

A day has no time and no zone and is Europe/London's. Months are calendar months: the day of the
event is left out and the period ends on the corresponding day, or on the month's last day where
there is none (*Dodds v Walker* [1981] 1 WLR 1027), which is what ``relativedelta`` does.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from recreg.domain.vocabulary import Precision
from recreg.errors import Mistyped

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty", "twenty-one", "twenty-two", "twenty-three", "twenty-four",
)  # fmt: skip

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


@dataclass(frozen=True)
class Day:
    """A day that was understood, and how exactly it was named."""

    on: date
    precision: Precision = Precision.DAY


def today_in_london(now: datetime | None = None) -> date:
    """The day it is in London, whatever zone the machine is in."""
    return (now or datetime.now(UTC)).astimezone(ZoneInfo("Europe/London")).date()


def understand(words: str, *, today: date, published_on: date | None = None, what: str = "day") -> Day:
    """The day that ``words`` name.

    ``published_on`` lets “within six months” be counted from publication. A day and month given in
    figures are read day first, as in Britain. Raises `Mistyped` for all that is not a day of the
    calendar between 1990 and 2100.
    """
    typed = words.strip()
    found = _from_figures(typed) or _from_today(typed, today) or _from_publication(typed, published_on)
    if found is None:
        raise Mistyped(f"“{words}” is not a {what} that recreg understands.", f"A day is written {EXAMPLES}.")
    if not EARLIEST <= found.on <= LATEST:
        raise Mistyped(f"“{words}” is outside the years 1990 to 2100.", f"A day is written {EXAMPLES}.")
    return found


def add_months(start: date, months: int) -> date:
    """The corresponding day that many calendar months on, or the month's last day."""
    return start + relativedelta(months=months)


def rounds_until_after(anchor: date, every_months: int, day: date) -> int:
    """How many rounds of a rhythm from its anchor lead to the first day of it that lies after ``day``.

    Always counted from the anchor, so that 30 November goes to 28 February and on to 30 May.
    """
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    rounds = max(1, months // every_months)
    return rounds if add_months(anchor, rounds * every_months) > day else rounds + 1


def pcc_comments_due(published_on: date) -> date:
    """The last of the 56 days *beginning with* publication (Police Act 1996, s.55(5A))."""
    return published_on + timedelta(days=55)


def days_overdue(due_on: date, today: date) -> int:
    """Whole days past the day; due today is due today, so 0."""
    return max(0, (today - due_on).days)


def spoken(on: date) -> str:
    """The day as a sentence has it: 29 September 2022."""
    return f"{on.day} {MONTHS[on.month - 1].capitalize()} {on.year}"


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
