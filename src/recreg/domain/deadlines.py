"""HMICFRS's own words for a deadline, and the day that follows from them, if one does.

The words are kept whatever they say and are never refused. A day that is wrong is worse than none:
where the words count from something other than publication, or name two different days, no day
follows from them.
"""

import re
from dataclasses import dataclass
from datetime import date

from recreg.domain.typed_days import (
    DAY,
    EARLIEST,
    FLAGS,
    LATEST,
    MONTH_NAMES,
    NUMBER,
    PERIOD,
    UNIT,
    Day,
    calendar_day,
    counted,
    moved,
    named_day,
)
from recreg.domain.vocabulary import Precision


@dataclass(frozen=True)
class Deadline:
    """HMICFRS's words for a deadline, and the day that follows from them, if one does."""

    words: str | None
    on: date | None = None
    precision: Precision | None = None


def deadline(words: str | None, published_on: date | None) -> Deadline:
    """The deadline in HMICFRS's own words, which are never refused.

    Periods count from ``published_on``; without it they name no day yet. Where no single day
    follows from the words (“as soon as possible”, or two different days in one sentence), the words
    are kept with no day.
    """
    if words is None or not words.strip():
        return Deadline(None)
    found = _days_named(words, published_on)
    days = {day.on if day else None for day in found}
    if len(days) != 1 or None in days:
        return Deadline(words)
    exactness = list(Precision)
    named = min((day for day in found if day), key=lambda day: exactness.index(day.precision))
    return Deadline(words, named.on, named.precision)


def deadline_phrases(text: str) -> list[str]:
    """The words of a text that set a deadline, as they stand in it: “Within six months”, “By March 2023”."""
    found = [(match.start(), _phrase(match)) for match in _WITHIN.finditer(text) if match[0][:1] in "Ww"]
    found += [(match.start(), match[0]) for pattern in (_BY, _AT_ONCE) for match in pattern.finditer(text)]
    return list(dict.fromkeys(" ".join(words.split()) for _, words in sorted(found)))


def says_at_once(words: str) -> bool:
    """Whether the words ask for it at once, and name no period or day."""
    return bool(_IMMEDIATE.search(words) and not _WITHIN.search(words) and not _BY.search(words))


_IMMEDIATE = re.compile(r"\bimmediately\b|\bwith\s+immediate\s+effect\b|^\s*immediate[\s.!]*$", FLAGS)
# What follows a period is only looked at, so that a second period in the sentence is found as well.
_WITHIN = re.compile(rf"\b(?:with)?in\s+(?:the\s+(?:next\s+)?)?{PERIOD}(?=(?P<rest>[^.;,]{{0,200}}))", FLAGS)
_ANY_DAY = re.sub(r"\?P<\w+>", "?:", DAY.pattern)
_BY = re.compile(
    r"\b(?:by|no\s+later\s+than|not\s+later\s+than|before\s+the\s+end\s+of)\s+(?:(?:the\s+)?end\s+of\s+)?"
    rf"(?:{DAY.pattern}|(?P<year>\d{{4}}))\b(?!\s*[-–—/]\s*\d)"
    rf"(?P<joined>\s*,?\s*(?:and|or)\s+(?:{_ANY_DAY}|\d{{4}})\b)?",
    FLAGS,
)
# “within 28 days of arrest” counts from something else, so no day follows from it.
_COUNTED_FROM = re.compile(
    r"^\s*\(?(?:of|from|after|following|before|since|upon|beginning|starting|ending|prior\s+to"
    rf"|to(?=\s+(?:\d|(?:{MONTH_NAMES})\b)))\b(?P<event>.*)",
    FLAGS | re.DOTALL,
)
# Of “within six months of publication, forces should …” what it counts from is a part of the words.
_EVENT = re.compile(r"\s*\(?[^.;,:\n]*?(?=\s+(?:the\s+|all\s+)?(?:\w+\s+){0,6}?(?:should|must)\b|[.;,:\n]|$)", FLAGS)
_AT_ONCE = re.compile(
    r"\bwith\s+immediate\s+effect\b|(?<=should\s)immediately\b|^\W*immediately\b"
    r"|\bat\s+the\s+earliest\s+(?:possible\s+|practicable\s+)?opportunity\b"
    r"|\bas\s+(?:soon|quickly)\s+as\s+(?:is\s+)?(?:reasonably\s+)?(?:possible|practicable)\b",
    FLAGS,
)
_JOINED = re.compile(rf"^\s*(?:(?:and|or|to)\s+)?(?:{NUMBER})\s+(?:calendar\s+)?(?:{UNIT})\b", FLAGS)
_OUR_REPORT = r"(?:(?:the|this|our)\s+)?(?:inspection\s+)?report\b"
_PUBLICATION = re.compile(
    r"^\s*(?:(?:with|on|the|this|its|our|date|day|of|inspection)\s+)*"
    rf"(?:publishing(?=\s+{_OUR_REPORT}|\W*$)"
    rf"|(?:publication|report|being\s+published)\b(?!\s+of\s+(?!{_OUR_REPORT})))",
    FLAGS,
)


def _days_named(words: str, published_on: date | None) -> list[Day | None]:
    """Every day the words name, with None for one that is named but cannot be counted."""
    days = [_within(match, published_on) for match in _WITHIN.finditer(words)]
    days += [_by(match) for match in _BY.finditer(words)]
    if _IMMEDIATE.search(words):
        days.append(Day(published_on) if published_on else None)
    return [day if day and EARLIEST <= day.on <= LATEST else None for day in days]


def _phrase(match: re.Match[str]) -> str:
    if not _COUNTED_FROM.match(match["rest"]):
        return match[0]
    event = _EVENT.match(match["rest"])
    return match[0] + (event[0] if event else "")


def _within(match: re.Match[str], published_on: date | None) -> Day | None:
    counted_from = _COUNTED_FROM.match(match["rest"])
    elsewhere = counted_from and not _PUBLICATION.match(counted_from["event"])
    if published_on is None or elsewhere or _JOINED.match(match["rest"]):
        return None
    return moved(published_on, counted(match["count"]), match["unit"])


def _by(match: re.Match[str]) -> Day | None:
    if match["joined"]:
        return None
    if match["year"]:
        last = calendar_day(int(match["year"]), 12, 31)
        return Day(last.on, Precision.YEAR) if last else None
    return named_day(match)
