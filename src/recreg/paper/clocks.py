"""An item's three clocks in words: when each falls due, and where its day comes from."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.shown import shown_deadline
from recreg.domain.vocabulary import counted, how_often
from recreg.questions.rules import days_past, said, submitted_after

Row = dict[str, Any]


def clocks(item: Row, today: date) -> Iterator[tuple[str, str]]:
    """Review, target and deadline, each with what it counts from and how long it is past."""
    late = days_past(item, today)
    last = said(item["last_review_on"]) if item["last_review_on"] else "never"
    rhythm = f"every {_months(item['review_every_months'])}; last {last}; {_next(item, late.get('review', 0))}"
    yield "review", f"{rhythm}\n{_sentence(item['review_rule'])}"
    yield "target", target(item, late.get("target", 0))
    yield "deadline", _deadline(item, late.get("deadline", 0))


def target(item: Row, late: int) -> str:
    """The force's own date, with the original one, how often it moved and how long the original is past."""
    if not item["target_on"]:
        return "none given"
    day, past = said(item["target_on"]), f"; {counted(late, 'day')} past" if late else ""
    if not item["times_deferred"]:
        return f"{day}{past}"
    original, often = said(item["original_target_on"]), f"moved {how_often(item['times_deferred'])}"
    return f"{day}{past} its original, {original}; {often}" if late else f"{day}; {often}, original {original}"


def deadline_day(on: str | None, precision: str | None, words: str | None) -> str:
    """The day that follows from HMICFRS's words, as precisely as they name it."""
    if on is None:
        return "no day"
    day = date.fromisoformat(on)
    shown = shown_deadline(day, precision, words)
    return spoken(day) if shown == on else shown


def _months(rhythm: int) -> str:
    return "month" if rhythm == 1 else f"{rhythm} months"


def _next(item: Row, late: int) -> str:
    if item["withdrawn_on"] or not item["next_review_on"]:
        return "none falls due"
    return f"next {said(item['next_review_on'])}" + (f", {counted(late, 'day')} overdue" if late else "")


def _deadline(item: Row, late: int) -> str:
    words, rule = item["deadline_words"], item["deadline_rule"]
    if not words:
        return str(rule)
    if not item["deadline_on"]:
        return f"“{words}”: {rule}"
    shown = deadline_day(item["deadline_on"], item["deadline_precision"], words)
    after = f"{counted(late, 'day')} past" if late else submitted_after(item)
    return "; ".join(part for part in (f"{shown}, from “{words}”", after) if part) + f"\n{_sentence(rule)}"


def _sentence(phrase: str) -> str:
    return f"{phrase[0].upper()}{phrase[1:]}."
