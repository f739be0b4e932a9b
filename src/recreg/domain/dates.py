"""Days: how they are counted and shown.

A day has no time and no zone and is Europe/London's. Months are calendar months: the day of the
event is left out and the period ends on the corresponding day, or on the month's last day where
there is none (*Dodds v Walker* [1981] 1 WLR 1027), which is what ``relativedelta`` does.
"""

from datetime import UTC, date, datetime, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty", "twenty-one", "twenty-two", "twenty-three", "twenty-four",
)  # fmt: skip

#: From this hour of UTC on, it may be tomorrow in London, which is never behind UTC nor three hours ahead of it.
_LATE = 21


def today_in_london(now: datetime | None = None) -> date:
    """The day it is in London, whatever zone the machine is in."""
    utc = (now or datetime.now(UTC)).astimezone(UTC)
    if utc.hour < _LATE:
        return utc.date()
    from zoneinfo import ZoneInfo  # Only then is it worth what loading it costs.

    return utc.astimezone(ZoneInfo("Europe/London")).date()


def add_months(start: date, months: int) -> date:
    """The corresponding day that many calendar months on, or the month's last day."""
    from dateutil.relativedelta import relativedelta  # Not every command counts months.

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
