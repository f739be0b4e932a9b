"""Counting: calendar months by the corresponding day, rhythms from their anchor, 56 days, London's day."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recreg.domain.dates import add_months, pcc_comments_due, rounds_until_after, today_in_london

ONE_DAY = timedelta(days=1)
start_days = st.dates(date(1990, 1, 1), date(2095, 12, 31))


def walked(start: date, months: int) -> date:
    """That many months on, found by walking one day at a time and using no calendar arithmetic."""
    if months == 0:
        return start
    day, begun = start, 0
    while begun < months:
        day += ONE_DAY
        begun += day.day == 1
    while day.day != start.day and (day + ONE_DAY).day != 1:
        day += ONE_DAY
    return day


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(1978, 9, 30), 4, date(1979, 1, 30)),
        (date(2022, 6, 30), 6, date(2022, 12, 30)),
        (date(2019, 7, 17), 3, date(2019, 10, 17)),
        (date(2022, 1, 31), 12, date(2023, 1, 31)),
        (date(2023, 2, 28), 1, date(2023, 3, 28)),
        (date(2022, 12, 1), 1, date(2023, 1, 1)),
        (date(2022, 9, 29), 0, date(2022, 9, 29)),
    ],
)
def test_a_period_of_months_ends_on_the_corresponding_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2022, 1, 31), 1, date(2022, 2, 28)),
        (date(2022, 1, 29), 1, date(2022, 2, 28)),
        (date(2022, 3, 31), 1, date(2022, 4, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)),
    ],
)
def test_a_period_ends_on_the_last_day_where_there_is_no_corresponding_one(
    start: date,
    months: int,
    end: date,
) -> None:
    assert add_months(start, months) == end


@given(start_days, st.integers(0, 60))
@settings(max_examples=300, deadline=None)
def test_months_from_any_day_agree_with_walking_the_calendar(start: date, months: int) -> None:
    assert add_months(start, months) == walked(start, months)


def test_months_from_every_day_of_a_leap_cycle_agree_with_walking_the_calendar() -> None:
    for offset in range(4 * 365 + 1):
        start = date(2022, 1, 1) + timedelta(days=offset)
        for months in (1, 3, 6):
            assert add_months(start, months) == walked(start, months)


def test_a_kept_rhythm_comes_back_to_the_day_of_its_anchor() -> None:
    anchor = date(2022, 11, 30)
    days = [add_months(anchor, 3 * rounds) for rounds in range(1, 6)]
    assert [day.isoformat() for day in days] == [
        "2023-02-28", "2023-05-30", "2023-08-30", "2023-11-30", "2024-02-29",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "rounds"),
    [
        (date(2022, 11, 30), 1),
        (date(2023, 2, 27), 1),
        (date(2023, 2, 28), 2),
        (date(2023, 5, 29), 2),
        (date(2023, 5, 30), 3),
        (date(2024, 2, 28), 5),
        (date(2024, 2, 29), 6),
    ],
)
def test_the_next_day_of_a_rhythm_lies_after_the_day_asked(day: date, rounds: int) -> None:
    assert rounds_until_after(date(2022, 11, 30), 3, day) == rounds


def test_a_day_before_the_anchor_has_the_first_round_ahead_of_it() -> None:
    assert rounds_until_after(date(2022, 11, 30), 3, date(2021, 1, 1)) == 1


@given(start_days, st.integers(1, 36), st.integers(-400, 1500))
@settings(max_examples=200, deadline=None)
def test_rounds_of_any_rhythm_agree_with_walking_the_calendar(anchor: date, every: int, later: int) -> None:
    day = anchor + timedelta(days=later)
    first = next(rounds for rounds in count(1) if walked(anchor, rounds * every) > day)
    assert rounds_until_after(anchor, every, day) == first


def test_comments_are_due_on_the_last_of_56_days_that_begin_with_publication() -> None:
    assert pcc_comments_due(date(2022, 8, 11)) == date(2022, 10, 5)


@given(start_days)
@settings(max_examples=50, deadline=None)
def test_publication_is_the_first_of_the_56_days(published_on: date) -> None:
    day, nth = published_on, 1
    while day < pcc_comments_due(published_on):
        day, nth = day + ONE_DAY, nth + 1
    assert nth == 56


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2022, 6, 30, 22, 59, tzinfo=UTC), date(2022, 6, 30)),
        (datetime(2022, 6, 30, 23, 30, tzinfo=UTC), date(2022, 7, 1)),
        (datetime(2022, 3, 26, 23, 30, tzinfo=UTC), date(2022, 3, 26)),
        (datetime(2022, 3, 27, 23, 30, tzinfo=UTC), date(2022, 3, 28)),
        (datetime(2022, 10, 29, 23, 30, tzinfo=UTC), date(2022, 10, 30)),
        (datetime(2022, 10, 30, 23, 30, tzinfo=UTC), date(2022, 10, 30)),
    ],
)
def test_in_summer_london_is_an_hour_ahead_of_utc(now: datetime, day: date) -> None:
    assert today_in_london(now) == day


def test_in_winter_londons_day_is_that_of_utc() -> None:
    assert today_in_london(datetime(2022, 12, 31, 23, 30, tzinfo=UTC)) == date(2022, 12, 31)
    assert today_in_london(datetime(2023, 1, 1, 0, 0, tzinfo=UTC)) == date(2023, 1, 1)


@pytest.mark.parametrize("hours", [-8, 0, 5, 10, 13])
def test_the_day_is_londons_wherever_the_machine_is(hours: int) -> None:
    here = datetime(2022, 6, 30, 23, 30, tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))
    assert today_in_london(here) == date(2022, 7, 1)


def test_unless_told_it_is_the_day_that_it_is() -> None:
    before = today_in_london(datetime.now(UTC))
    assert today_in_london() in {before, before + ONE_DAY}
