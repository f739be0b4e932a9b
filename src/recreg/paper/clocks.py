"""An item's three clocks in words: when each falls due, and where its day comes from."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from recreg.domain.dates import days_overdue, spoken
from recreg.domain.deadlines import shown_deadline
from recreg.domain.vocabulary import counted
from recreg.questions.rules import said

Row = dict[str, Any]


def clocks(item: Row, today: date) -> Iterator[tuple[str, str]]:
    """Review, target and deadline, each with what it counts from."""
    last = said(item["last_review_on"]) if item["last_review_on"] else "never"
    rhythm = f"every {_months(item['review_every_months'])}; last {last}; {_next(item, today)}"
    yield "review", f"{rhythm}\n{_sentence(item['review_rule'])}"
    yield "target", target(item)
    yield "deadline", _deadline(item, today)


def target(item: Row) -> str:
    """The force's own date, with the first one given and how often it moved."""
    if not item["target_on"]:
        return "none given"
    times = counted(item["times_deferred"], "time")
    moved = f" (first {said(item['original_target_on'])}, moved {times})" if item["times_deferred"] else ""
    return f"{said(item['target_on'])}{moved}"


def deadline_day(on: str | None, precision: str | None, words: str | None) -> str:
    """The day that follows from HMICFRS's words, as precisely as they name it."""
    if on is None:
        return "no day"
    day = date.fromisoformat(on)
    shown = shown_deadline(day, precision, words)
    return spoken(day) if shown == on else shown


def _months(rhythm: int) -> str:
    return "month" if rhythm == 1 else f"{rhythm} months"


def _next(item: Row, today: date) -> str:
    if item["withdrawn_on"] or not item["next_review_on"]:
        return "none falls due"
    due = date.fromisoformat(item["next_review_on"])
    late = days_overdue(due, today)
    return f"next {spoken(due)}" + (f", {counted(late, 'day')} overdue" if late else "")


def _deadline(item: Row, today: date) -> str:
    words, rule = item["deadline_words"], item["deadline_rule"]
    if not words:
        return str(rule)
    if not item["deadline_on"]:
        return f"“{words}”: {rule}"
    shown = deadline_day(item["deadline_on"], item["deadline_precision"], words)
    stopped = shown == "immediate" or any(item[day] for day in ("closed_on", "submitted_on", "withdrawn_on"))
    late = 0 if stopped else days_overdue(date.fromisoformat(item["deadline_on"]), today)
    past = f"; {counted(late, 'day')} past" if late else ""
    return f"{shown}, from “{words}”{past}\n{_sentence(rule)}"


def _sentence(phrase: str) -> str:
    return f"{phrase[0].upper()}{phrase[1:]}."
