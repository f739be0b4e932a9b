"""The rules by which an item's clocks run, in words: for the dossier, and for `recreg why`."""

import re
from datetime import date
from typing import Any

from recreg.domain.dates import NUMBERS, days_overdue, spoken
from recreg.domain.shown import is_immediate
from recreg.domain.vocabulary import Precision, Status, counted

Row = dict[str, Any]

NO_DEADLINE = "HMICFRS gave none"
NO_TARGET = "no target has been given"


def review_rule(item: Row) -> str:
    """From what the three-month review counts, or why none falls due."""
    return "".join(review_rule_parts(item))


def review_rule_parts(item: Row) -> tuple[str, str]:
    """The rhythm, then the day that it counts from, each of which an act gave; no rhythm where none falls due."""
    if item["withdrawn_on"]:
        return "", "nothing falls due on what was withdrawn"
    if item["status"] == Status.CLOSED:
        return "", "nothing falls due once an item is closed"
    if item["status"] == Status.SUBMITTED:
        return "", f"it stands still while with HMICFRS, since {said(item['submitted_on'])}"
    rhythm, start = _counted(item)
    return rhythm, f"{start}{_short_month(item['review_anchor_on'])}"


def _counted(item: Row) -> tuple[str, str]:
    """From what the next review counts: the last one held, or the rhythm's own first day where that is kept."""
    months, anchor, last = _months(item["review_every_months"]), item["review_anchor_on"], item["last_review_on"]
    if last and anchor < last:
        kept = f"the next day of the rhythm that is kept, every {months.removeprefix('a ')} from {said(anchor)}"
        return kept, f", after the review held on {said(last)}"
    return months, f" from {_anchor(item)}"


def started_again(item: Row) -> Row | None:
    """HMICFRS's return or the reopening from which the review counts; the log has it whatever came after."""
    steps = [step for step in item["submissions"] if step["step"] in {"returned", "reopened"}]
    return next((step for step in reversed(steps) if step["on"] == item["review_anchor_on"]), None)


def _anchor(item: Row) -> str:
    anchor, step = item["review_anchor_on"], started_again(item)
    if step:
        which = "the day it was reopened," if step["step"] == "reopened" else "its return by HMICFRS on"
        there = "there" if step["step"] == "reopened" else "the return"
        return f"{which} {said(anchor)}, since the review starts again from {there}"
    if item["last_review_on"] == anchor:
        held = next((review["ref"] for review in reversed(item["reviews"]) if review["held_on"] == anchor), None)
        which = f"the review {held} held on" if held else "the last review as it was given,"
        return f"{which} {said(anchor)}"
    if anchor == item["added_on"]:
        return f"the day it was added, {said(anchor)}, since no review has been held yet"
    return said(anchor)


def _months(rhythm: int) -> str:
    if rhythm == 1:
        return "a calendar month"
    return f"{NUMBERS[rhythm] if rhythm < len(NUMBERS) else rhythm} calendar months"


def _short_month(anchor: str) -> str:
    return "; the month's last day where it has no such day" if int(anchor[8:]) > 28 else ""


def deadline_rule(words: str | None, deadline_on: str | None, precision: str | None, published_on: str | None) -> str:
    """How HMICFRS's words give their day, or why they give none."""
    if not words:
        return NO_DEADLINE
    if deadline_on is None:
        return _no_day_rule(words, published_on)
    if is_immediate(words):
        return "which is the day of publication and is never counted in days late"
    if precision in {Precision.MONTH, Precision.YEAR}:
        return f"the last day of the {precision} that the words name"
    if _day_of(words, None) is not None:
        return "the day that the words name"
    return _period_rule(words, published_on)


def _day_of(words: str, published_on: date | None) -> date | None:
    from recreg.domain.deadlines import deadline  # Most items' words need not be understood again.

    return deadline(words, published_on).on


def _no_day_rule(words: str, published_on: str | None) -> str:
    waits = published_on is None and _day_of(words, date(2000, 1, 1)) is not None
    return "no day follows from these words" + (" before the report is published" if waits else "")


def _period_rule(words: str, published_on: str | None) -> str:
    counted = f"from publication on {said(published_on)}, the day of publication left out"
    if re.search(r"month|year", words, re.IGNORECASE) is None:
        return f"counted {counted}"
    return f"calendar months {counted}, to the corresponding day or, where there is none, the month's last day"


def days_past(item: Row, today: date) -> dict[str, int]:
    """How many days each clock that runs is past its day, a target its original one; nothing grows with HMICFRS."""
    if any(item[day] for day in ("withdrawn_on", "closed_on", "submitted_on")):
        return {}
    due = {"review": item["next_review_on"], "target": item["original_target_on"], "deadline": item["deadline_on"]}
    if is_immediate(item["deadline_words"]):
        due["deadline"] = None
    return {clock: days_overdue(date.fromisoformat(day), today) for clock, day in due.items() if day}


def submitted_after(item: Row) -> str | None:
    """How its submission lies to HMICFRS's deadline; it stays so, however long the answer takes."""
    submitted_on, deadline_on = item["submitted_on"], item["deadline_on"]
    if not submitted_on or not deadline_on or is_immediate(item["deadline_words"]):
        return None
    after = days_overdue(date.fromisoformat(deadline_on), date.fromisoformat(submitted_on))
    return f"submitted {counted(after, 'day')} after" if after else "submitted in time"


def said(day: str | None) -> str:
    """A day in ISO form as a sentence has it."""
    return spoken(date.fromisoformat(day)) if day else "no day"
