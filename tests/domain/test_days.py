"""How a typed day is understood, and which days are refused."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promising import promise
from recreg.domain.dates import spoken
from recreg.domain.typed_days import EARLIEST, LATEST, Day, understand
from recreg.domain.vocabulary import Precision
from recreg.errors import Mistyped

TODAY = date(2022, 9, 29)
PUBLISHED = date(2022, 6, 30)

MONTHS_OF_THE_YEAR = [
    ("January", "Jan", 31), ("February", "Feb", 28), ("March", "Mar", 31), ("April", "Apr", 30),
    ("May", "May", 31), ("June", "Jun", 30), ("July", "Jul", 31), ("August", "Aug", 31),
    ("September", "Sep", 30), ("October", "Oct", 31), ("November", "Nov", 30), ("December", "Dec", 31),
]  # fmt: skip

days_of_the_calendar = st.dates(EARLIEST, LATEST)
#: Pieces that days are made of, put together at random, are closer to a day than any text is.
nearly_days = st.lists(
    st.sampled_from([
        "29", "31", "02", "13", "0", "/", "-", " ", ",", "September", "feb", "2022", "9999", "0000", "+", "3",
        "m", "y", "within", "in", "six", "a", "months", "of", "today", "٢", "２",
    ]),
    max_size=9,
).map("".join)  # fmt: skip


def read(words: str, *, published_on: date | None = None) -> date:
    return understand(words, today=TODAY, published_on=published_on).on


@pytest.mark.parametrize(
    "words",
    [
        "2022-09-29",
        "29/09/2022",
        "29/9/2022",
        "29 September 2022",
        "29 september 2022",
        "29 SEPTEMBER 2022",
        "29 Sep 2022",
        "29 Sept 2022",
        "29 Sep. 2022",
        "29th September 2022",
        "29 September, 2022",
        "29  September  2022",
        "  29/09/2022\t",
    ],
)
def test_a_day_may_be_typed_in_any_of_these_forms(words: str) -> None:
    assert understand(words, today=TODAY) == Day(date(2022, 9, 29), Precision.DAY)


@pytest.mark.parametrize(("full", "short", "last"), MONTHS_OF_THE_YEAR)
def test_every_month_is_known_by_its_full_and_its_short_name(full: str, short: str, last: int) -> None:
    month = [name for name, _, _ in MONTHS_OF_THE_YEAR].index(full) + 1
    assert read(f"1 {full} 2023") == read(f"1 {short} 2023") == date(2023, month, 1)
    assert read(f"{full} 2023") == read(f"{short} 2023") == date(2023, month, last)


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("March 2023", date(2023, 3, 31)),
        ("feb 2024", date(2024, 2, 29)),
        ("FEBRUARY 2023", date(2023, 2, 28)),
    ],
)
def test_a_month_alone_means_its_last_day_and_stays_a_month(words: str, last: date) -> None:
    assert understand(words, today=TODAY) == Day(last, Precision.MONTH)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("today", TODAY),
        ("Today", TODAY),
        ("TODAY ", TODAY),
        ("yesterday", date(2022, 9, 28)),
        ("tomorrow", date(2022, 9, 30)),
    ],
)
def test_the_days_around_today_have_names(words: str, on: date) -> None:
    assert read(words) == on


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("+0d", TODAY),
        ("+1d", date(2022, 9, 30)),
        ("+14d", date(2022, 10, 13)),
        ("+2w", date(2022, 10, 13)),
        ("+3m", date(2022, 12, 29)),
        ("+3M", date(2022, 12, 29)),
        ("+5m", date(2023, 2, 28)),
        ("+1y", date(2023, 9, 29)),
    ],
)
def test_a_span_is_counted_from_today(words: str, on: date) -> None:
    assert read(words) == on


def test_a_span_of_months_from_the_end_of_a_month_ends_with_the_shorter_month() -> None:
    assert understand("+3m", today=date(2022, 11, 30)).on == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("within six months", date(2022, 12, 30)),
        ("Within Six Months", date(2022, 12, 30)),
        ("in 6 months", date(2022, 12, 30)),
        ("within a year", date(2023, 6, 30)),
        ("within 28 days", date(2022, 7, 28)),
        ("within six weeks", date(2022, 8, 11)),
    ],
)
def test_a_period_is_counted_from_publication_and_not_from_today(words: str, on: date) -> None:
    assert read(words, published_on=PUBLISHED) == on


@pytest.mark.parametrize("words", ["within six months", "in 6 months", "within 28 days"])
def test_a_period_is_refused_where_no_publication_day_is_known(words: str) -> None:
    with pytest.raises(Mistyped):
        understand(words, today=TODAY)


@promise("D3")
def test_d3_figures_are_read_day_first() -> None:
    assert read("03/04/2023") == date(2023, 4, 3)
    assert read("04/03/2023") == date(2023, 3, 4)


@given(days_of_the_calendar)
@settings(max_examples=300, deadline=None)
def test_every_day_is_understood_in_each_form_as_the_day_it_is(day: date) -> None:
    assert read(f"{day.year}-{day.month:02}-{day.day:02}") == day
    assert read(f"{day.day:02}/{day.month:02}/{day.year}") == day
    assert read(f"{day.day}/{day.month}/{day.year}") == day
    assert read(f"{day.day} {MONTHS_OF_THE_YEAR[day.month - 1][1]} {day.year}") == day


@given(days_of_the_calendar)
@settings(max_examples=100, deadline=None)
def test_a_day_as_a_sentence_has_it_can_be_typed_back(day: date) -> None:
    assert read(spoken(day)) == day


def test_a_sentence_has_a_day_without_a_leading_nought() -> None:
    assert spoken(date(2022, 9, 5)) == "5 September 2022"


@promise("D3")
@pytest.mark.parametrize(
    "words",
    [
        "31/02/2023", "29/02/2023", "31/04/2023", "2023-02-31", "31 February 2023", "00/01/2023",
        "2022-00-10", "32 January 2023", "0 January 2023",
    ],
)  # fmt: skip
def test_d3_a_day_that_the_calendar_does_not_have_is_refused(words: str) -> None:
    with pytest.raises(Mistyped):
        understand(words, today=TODAY)


def test_the_twenty_ninth_of_february_is_a_day_of_leap_years_only() -> None:
    assert read("29/02/2024") == date(2024, 2, 29)
    assert read("29 February 2000") == date(2000, 2, 29)
    with pytest.raises(Mistyped):
        understand("29/02/2100", today=TODAY)


@promise("D3")
@pytest.mark.parametrize("words", ["03/13/2023", "12/31/2022", "2023-13-03"])
def test_d3_a_day_in_figures_is_never_read_month_first(words: str) -> None:
    with pytest.raises(Mistyped):
        understand(words, today=TODAY)


@promise("D3")
@pytest.mark.parametrize(
    "words",
    [
        "1", "Mar", "1/2/24", "86400", "2024-W09-4",
        "soon", "", "   ", "asap", "next week", "early October", "Q1 2023", "2023", "March", "29 September",
        "29/09", "29/09/22", "29.09.2022", "29-09-2022", "2022-9-29", "2022/09/29", "20220929",
        "September 29 2022", "29September2022", "29 Septembre 2022", "29 Semptember 2022",
        "2022-09-29T10:00", "2022-09-29 or later", "by March 2023", "29/09/2022 30/09/2022", "None",
    ],
)  # fmt: skip
def test_d3_words_that_name_no_day_are_refused(words: str) -> None:
    with pytest.raises(Mistyped):
        understand(words, today=TODAY)


@pytest.mark.parametrize(
    "words",
    [
        "3m", "+3", "+m", "-3m", "++3m", "+ 3m", "+3 m", "+3q", "+3months", "+1.5m", "+99999d", "+٣m",
        "within months", "within minus six months", "within 1.5 months", "within twenty-five months",
        "six months",
    ],
)  # fmt: skip
def test_a_span_that_is_not_whole_is_refused(words: str) -> None:
    with pytest.raises(Mistyped):
        understand(words, today=TODAY, published_on=PUBLISHED)


@promise("D3")
@pytest.mark.parametrize(
    "words",
    [
        "٢٠٢٢-٠٩-٢٩",
        "２０２２-０９-２９",
        "２９/０９/２０２２",
        "२९/०९/२०२२",
        "29 September ２０２２",
        "²9/09/2022",
        "Ⅸ 2022",
    ],
)
def test_d3_digits_of_other_scripts_are_refused(words: str) -> None:
    with pytest.raises(Mistyped):
        understand(words, today=TODAY)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("1990-01-01", date(1990, 1, 1)),
        ("31/12/2100", date(2100, 12, 31)),
        ("December 2100", date(2100, 12, 31)),
    ],
)
def test_the_first_and_the_last_day_of_the_register_are_understood(words: str, on: date) -> None:
    assert read(words) == on


@pytest.mark.parametrize(
    "words",
    [
        "31/12/1989", "1989-12-31", "December 1989", "1 January 2101", "01/01/2101", "January 2101",
        "0001-01-01", "9999-12-31", "01/01/0202", "+79y", "+1000m", "+9999w",
    ],
)  # fmt: skip
def test_a_year_outside_1990_to_2100_is_refused_as_such(words: str) -> None:
    with pytest.raises(Mistyped, match="outside the years 1990 to 2100"):
        understand(words, today=TODAY)


@pytest.mark.parametrize("words", ["0000-01-01", "01/01/0000", "March 0000", "+9999y"])
def test_a_year_that_no_calendar_has_is_refused(words: str) -> None:
    with pytest.raises(Mistyped):
        understand(words, today=TODAY)


def test_a_refusal_repeats_what_was_typed_and_shows_how_a_day_is_written() -> None:
    with pytest.raises(Mistyped) as refusal:
        understand("31/02/2023", today=TODAY, what="target")
    assert refusal.value.sentences == ["“31/02/2023” is not a target that recreg understands."]
    assert "29/09/2022" in refusal.value.hint
    assert refusal.value.exit_code == 2


@given(st.text() | nearly_days, st.none() | days_of_the_calendar)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_a_day_in_range_or_refused(words: str, published_on: date | None) -> None:
    try:
        day = understand(words, today=TODAY, published_on=published_on)
    except Mistyped:
        return
    assert date(1990, 1, 1) <= day.on <= date(2100, 12, 31)
