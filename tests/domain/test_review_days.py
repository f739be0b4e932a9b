"""Every start day of eleven years and eight reviews after it, against a calendar of the test's own."""

from collections.abc import Iterator
from datetime import date

import pytest

from promising import promise
from recreg.domain import reviews
from recreg.domain.dates import add_months
from recreg.domain.models import Item
from recreg.domain.reviews import held, settle_next_review
from recreg.domain.vocabulary import Kind

Day = tuple[int, int, int]


def days_in(year: int, month: int) -> int:
    """How many days a month has, by the rule of the calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def every_day() -> Iterator[Day]:
    """Each day from 2020 to 2030, counted."""
    for year in range(2020, 2031):
        for month in range(1, 13):
            for day in range(1, days_in(year, month) + 1):
                yield year, month, day


def three_months_on(day: Day, rounds: int) -> Day:
    """The corresponding day so many times three months on; the month's last where it has none."""
    year, month = day[0], day[1]
    for _ in range(3 * rounds):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return year, month, min(day[2], days_in(year, month))


def item_of(start: Day) -> Item:
    item = Item(kind=Kind.RECOMMENDATION, title="t", added_on=date(*start), review_anchor_on=date(*start))
    settle_next_review(item)
    return item


def test_there_are_4018_start_days() -> None:
    assert sum(1 for _ in every_day()) == 4018


def wrong_days(*, keep_schedule: bool) -> Iterator[tuple[Day, int, date | None]]:
    """Each review that falls due on another day than it should: from which start, which of the eight, and on what day."""
    for start in every_day():
        item, anchor = item_of(start), start
        for number in range(1, 9):
            due = three_months_on(anchor, number if keep_schedule else 1)
            if item.next_review_on != date(*due):
                yield start, number, item.next_review_on
            held(item, date(*due), keep_schedule=keep_schedule)
            anchor = anchor if keep_schedule else due


@promise("G1")
@pytest.mark.parametrize("keep_schedule", [True, False])
def test_g1_from_every_start_day_eight_reviews_held_when_due_fall_due_on_the_right_days(keep_schedule: bool) -> None:
    assert list(wrong_days(keep_schedule=keep_schedule)) == []


def test_a_rhythm_that_drifts_from_review_to_review_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def drifting(start: date, months: int) -> date:
        for _ in range(months // 3):
            start = add_months(start, 3)
        return start

    monkeypatch.setattr(reviews, "add_months", drifting)
    assert next(wrong_days(keep_schedule=True)) == ((2020, 1, 31), 2, date(2020, 7, 30))
