"""HMICFRS's own words for a deadline: never refused, and no day but the one that follows from them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recreg.domain.dates import days_overdue
from recreg.domain.deadlines import Deadline, deadline
from recreg.domain.shown import is_immediate, shown_deadline
from recreg.domain.vocabulary import Precision

PUBLISHED = date(2022, 6, 30)

IN_WORDS = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    "twenty-one", "twenty-two", "twenty-three", "twenty-four",
]  # fmt: skip

FORMS = [
    ("within six months", date(2022, 12, 30), Precision.DAY),
    ("within 6 months", date(2022, 12, 30), Precision.DAY),
    ("in six months", date(2022, 12, 30), Precision.DAY),
    ("within six (6) months", date(2022, 12, 30), Precision.DAY),
    ("within the next six months", date(2022, 12, 30), Precision.DAY),
    ("within one month", date(2022, 7, 30), Precision.DAY),
    ("within a month", date(2022, 7, 30), Precision.DAY),
    ("within eight months", date(2023, 2, 28), Precision.DAY),
    ("within six weeks", date(2022, 8, 11), Precision.DAY),
    ("within 1 week", date(2022, 7, 7), Precision.DAY),
    ("within 28 days", date(2022, 7, 28), Precision.DAY),
    ("in 90 calendar days", date(2022, 9, 28), Precision.DAY),
    ("within two years", date(2024, 6, 30), Precision.DAY),
    ("in a year", date(2023, 6, 30), Precision.DAY),
    ("by 31 August 2015", date(2015, 8, 31), Precision.DAY),
    ("by 31st August 2015", date(2015, 8, 31), Precision.DAY),
    ("by 31/08/2015", date(2015, 8, 31), Precision.DAY),
    ("by 2015-08-31", date(2015, 8, 31), Precision.DAY),
    ("by 03/04/2023", date(2023, 4, 3), Precision.DAY),
    ("not later than 31 March 2015", date(2015, 3, 31), Precision.DAY),
    ("no later than 1 Sep 2017", date(2017, 9, 1), Precision.DAY),
    ("no later than September 2017", date(2017, 9, 30), Precision.MONTH),
    ("by September 2014", date(2014, 9, 30), Precision.MONTH),
    ("by March 2023", date(2023, 3, 31), Precision.MONTH),
    ("by Feb 2024", date(2024, 2, 29), Precision.MONTH),
    ("by the end of March 2023", date(2023, 3, 31), Precision.MONTH),
    ("before the end of March 2023", date(2023, 3, 31), Precision.MONTH),
    ("by no later than the end of March 2023", date(2023, 3, 31), Precision.MONTH),
    ("by 2023", date(2023, 12, 31), Precision.YEAR),
    ("by the end of 2023", date(2023, 12, 31), Precision.YEAR),
    ("before the end of 2023", date(2023, 12, 31), Precision.YEAR),
    ("not later than 2023", date(2023, 12, 31), Precision.YEAR),
    ("immediately", date(2022, 6, 30), Precision.DAY),
    ("with immediate effect", date(2022, 6, 30), Precision.DAY),
]

#: From published reports, as the register's own papers cite them.
REAL_CASES = [
    ("Crimes against older people, 10618", date(2019, 7, 17), "within six months", date(2020, 1, 17), "day"),
    (
        "Crimes against older people, 9962",
        date(2019, 7, 17),
        "within three months",
        date(2019, 10, 17),
        "day",
    ),
    ("Stalking and harassment, 9472", date(2019, 4, 10), "within six months", date(2019, 10, 10), "day"),
    (
        "Police perpetrated domestic abuse, 1",
        date(2022, 6, 30),
        "within six months",
        date(2022, 12, 30),
        "day",
    ),
    ("Police perpetrated domestic abuse, 2 and 3", date(2022, 6, 30), None, None, None),
    ("Finding time for crime, 1 and 2", date(2022, 8, 11), "By March 2023", date(2023, 3, 31), "month"),
]

pieces_of_deadlines = st.lists(
    st.sampled_from([
        *[words for words, _, _ in FORMS],
        "within", "in", "by", "0", "9999", "years", "days", "of", "publication", "the end of",
        "31 February 2023", "2022/23", "(", ")", ".", ",", ";", "\n", "٣",
    ]),
    max_size=8,
).map(" ".join)  # fmt: skip
any_words = st.text() | pieces_of_deadlines
publication_days = st.none() | st.dates(date(1990, 1, 1), date(2100, 12, 31))


def due(words: str, published_on: date | None = PUBLISHED) -> date | None:
    return deadline(words, published_on).on


@pytest.mark.parametrize(("words", "on", "precision"), FORMS)
def test_these_words_name_their_day(words: str, on: date, precision: Precision) -> None:
    assert deadline(words, PUBLISHED) == Deadline(words, on, precision)


@pytest.mark.parametrize(("words", "on", "precision"), FORMS)
def test_case_makes_no_difference(words: str, on: date, precision: Precision) -> None:
    assert deadline(words.upper(), PUBLISHED) == Deadline(words.upper(), on, precision)
    assert deadline(words.capitalize(), PUBLISHED) == Deadline(words.capitalize(), on, precision)


@pytest.mark.parametrize(("words", "on", "precision"), FORMS)
def test_the_words_are_found_inside_a_sentence(words: str, on: date, precision: Precision) -> None:
    sentence = f"Chief constables should, {words}, put effective processes in place for all victims."
    assert deadline(sentence, PUBLISHED) == Deadline(sentence, on, precision)


@pytest.mark.parametrize(("number", "spelt"), [*enumerate(IN_WORDS, 1)])
def test_numbers_up_to_twenty_four_may_be_spelt_out(number: int, spelt: str) -> None:
    counted = PUBLISHED + timedelta(days=number)
    assert due(f"within {spelt} days") == due(f"within {number} days") == counted
    assert due(f"within {spelt.replace('-', ' ')} days") == counted
    assert due(f"Within {spelt.title()} Days") == counted


@pytest.mark.parametrize("spelt", ["twenty-five", "thirty", "one hundred", "a hundred", "several", "a few"])
def test_a_number_that_is_not_understood_gives_no_day(spelt: str) -> None:
    assert deadline(f"within {spelt} days", PUBLISHED) == Deadline(f"within {spelt} days")


@pytest.mark.parametrize("words", ["within 24 hours", "within 28 working days", "within two quarters"])
def test_a_unit_that_is_not_a_calendar_one_gives_no_day(words: str) -> None:
    assert due(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "within six months of publication",
        "within six months of the publication of this report",
        "within six months of publishing this report",
        "within six months from publication",
        "within six months after publication",
        "within six months following publication",
        "within six months of this report",
        "within six months of this report’s publication",
        "within six months of this report being published",
        "within six months from the date of publication",
        "within six months of the date of this report",
        "within six months after its publication",
        "within six months from the date of its publication",
        "within six months of the day of publication",
        "within six months (of publication)",
    ],
)
def test_a_period_may_say_that_it_counts_from_publication(words: str) -> None:
    assert due(words) == date(2022, 12, 30)


@pytest.mark.parametrize(
    "words",
    [
        "within 28 days of arrest",
        "within 28 days of the arrest of a suspect",
        "within three months from receipt of the guidance",
        "within two weeks after a complaint is made",
        "within six months following the next inspection",
        "within six months of 1 January 2023",
        "All victims should be contacted within five days of the first call.",
    ],
)
def test_a_period_counted_from_something_else_gives_no_day(words: str) -> None:
    assert deadline(words, PUBLISHED) == Deadline(words)


@pytest.mark.parametrize(
    "words",
    [
        "within three months of the publication of the College’s guidance",
        "within three months of publication of the new authorised professional practice",
    ],
)
def test_a_period_counted_from_the_publication_of_something_else_gives_no_day(words: str) -> None:
    assert due(words) is None


@pytest.mark.parametrize("words", ["within 7 days of the report of a crime", "within 28 days of a report"])
def test_a_report_of_a_crime_is_not_the_inspection_report(words: str) -> None:
    assert due(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "within 28 days beginning with the day of arrest",
        "within 28 days starting on the day of arrest",
        "in the 12 months to 31 March 2022",
        "in the 12 months before the inspection",
    ],
)
def test_a_period_that_begins_or_ends_on_another_day_gives_no_day(words: str) -> None:
    assert due(words) is None


@pytest.mark.parametrize(
    "words",
    ["within six months", "immediately", "with immediate effect", "within 28 days of publication"],
)
def test_without_a_publication_day_a_period_names_no_day_yet(words: str) -> None:
    assert deadline(words, None) == Deadline(words)


def test_a_named_day_needs_no_publication_day() -> None:
    assert deadline("By March 2023", None) == Deadline("By March 2023", date(2023, 3, 31), Precision.MONTH)


def test_a_deadline_follows_a_corrected_publication_day() -> None:
    assert due("within six months", date(2023, 3, 15)) == date(2023, 9, 15)
    assert due("within six months", date(2019, 7, 17)) == date(2020, 1, 17)


def test_a_period_ends_on_the_last_day_of_a_month_too_short_for_the_corresponding_one() -> None:
    assert due("within six months", date(2022, 8, 31)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    "words",
    [
        "as soon as possible", "As quickly as possible", "at the earliest possible opportunity", "in due course", "by the end of the year",
        "by early 2023", "by mid-2023", "by spring 2023", "by 31 March", "by the summer",
        "by the time of our next inspection", "promptly", "2023", "31 March 2023", "at the next review", "?",
    ],
)  # fmt: skip
def test_words_from_which_no_day_follows_are_kept_without_one(words: str) -> None:
    assert deadline(words, PUBLISHED) == Deadline(words)


def test_as_soon_as_possible_takes_no_day_away_from_the_day_beside_it() -> None:
    assert due("As soon as possible, and no later than March 2023") == date(2023, 3, 31)


@pytest.mark.parametrize("words", ["by 31/02/2023", "by 03/13/2023", "by 31 February 2023", "by 2023-02-31"])
def test_a_day_that_the_calendar_does_not_have_gives_no_day(words: str) -> None:
    assert deadline(words, PUBLISHED) == Deadline(words)


@pytest.mark.parametrize("words", ["by 31 March 1989", "by 2101", "by 0000", "in 200 years", "in 9999 years"])
def test_a_day_outside_1990_to_2100_gives_no_day(words: str) -> None:
    assert deadline(words, PUBLISHED) == Deadline(words)


@pytest.mark.parametrize("dash", ["/", "-", "–", "—"])
def test_a_financial_year_is_not_its_first_calendar_year(dash: str) -> None:
    assert due(f"by 2022{dash}23") is None
    assert due(f"by the end of 2022{dash}2023") is None


@pytest.mark.parametrize("words", [None, "", "  ", "\n"])
def test_no_words_are_no_deadline(words: str | None) -> None:
    assert deadline(words, PUBLISHED) == Deadline(None, None, None)


@pytest.mark.parametrize(
    "words",
    [
        "within three months, or within six months",
        "within three months and by March 2023",
        "by 31 March 2023, or by 31 March 2024 at the latest",
        "immediately, and within six months",
        "by March 2023 and no later than 15 March 2023",
        "by 31/02/2023 or by 31/03/2023",
    ],
)
def test_two_different_days_in_a_sentence_give_none(words: str) -> None:
    assert deadline(words, PUBLISHED) == Deadline(words)


def test_two_periods_with_no_comma_between_them_give_no_day() -> None:
    assert due("within three months for forces and within six months for the College") is None


@pytest.mark.parametrize("words", ["By 31 March 2023 and 31 March 2024", "by March 2023 or September 2023"])
def test_two_days_after_one_by_give_no_day(words: str) -> None:
    assert due(words) is None


@pytest.mark.parametrize(
    "words",
    ["within one year and six months", "within three months or six months", "within six months to a year"],
)
def test_a_period_that_another_is_joined_to_gives_no_day(words: str) -> None:
    assert due(words) is None


@pytest.mark.parametrize("words", ["within three or six months", "within six to nine months", "in 6-9 days"])
def test_a_range_of_months_gives_no_day(words: str) -> None:
    assert due(words) is None


def test_the_same_day_in_two_wordings_is_one_day() -> None:
    words = "within six months of publication, that is by 30 December 2022"
    assert deadline(words, PUBLISHED) == Deadline(words, date(2022, 12, 30), Precision.DAY)


def test_a_month_and_its_last_day_are_one_day_named_exactly() -> None:
    words = "by March 2023, and no later than 31 March 2023"
    assert deadline(words, PUBLISHED) == Deadline(words, date(2023, 3, 31), Precision.DAY)


@pytest.mark.parametrize(("item", "published_on", "words", "on", "precision"), REAL_CASES)
def test_deadlines_of_published_reports_are_right(
    item: str, published_on: date, words: str | None, on: date | None, precision: str | None
) -> None:
    understood = deadline(words, published_on)
    assert (understood.words, understood.on, understood.precision) == (words, on, precision), item


@given(any_words, publication_days)
@settings(max_examples=300, deadline=None)
def test_words_are_never_refused_and_are_kept_as_they_are(words: str, published_on: date | None) -> None:
    understood = deadline(words, published_on)
    assert understood.words == (words if words.strip() else None)


@given(any_words, publication_days)
@settings(max_examples=300, deadline=None)
def test_a_deadline_has_a_precision_exactly_where_it_has_a_day(words: str, published_on: date | None) -> None:
    understood = deadline(words, published_on)
    assert (understood.on is None) == (understood.precision is None)
    assert understood.on is None or date(1990, 1, 1) <= understood.on <= date(2100, 12, 31)


@given(any_words)
@settings(max_examples=300, deadline=None)
def test_a_publication_day_never_takes_a_named_day_to_another(words: str) -> None:
    before, after = due(words, None), due(words, PUBLISHED)
    assert before is None or after == before


@given(any_words)
@settings(max_examples=200, deadline=None)
def test_what_is_shown_as_immediate_is_due_on_publication_or_on_no_day(words: str) -> None:
    assert not is_immediate(words) or due(words) in {None, PUBLISHED}


@pytest.mark.parametrize(
    "words",
    [
        "immediately",
        "Immediately.",
        "with immediate effect",
        "With  immediate effect",
        "immediate",
        "Immediate.",
    ],
)
def test_at_once_is_due_on_publication_and_shown_as_immediate(words: str) -> None:
    assert due(words) == PUBLISHED
    assert shown_deadline(PUBLISHED, Precision.DAY, words) == "immediate"


@pytest.mark.parametrize("words", ["in six months", "by March 2023", "immediately and by March 2023", None])
def test_a_deadline_with_a_day_of_its_own_is_not_immediate(words: str | None) -> None:
    assert not is_immediate(words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("within six months", "2022-12-30"),
        ("by 31 August 2015", "2015-08-31"),
        ("by March 2023", "March 2023"),
        ("by the end of 2023", "2023"),
    ],
)
def test_a_deadline_is_shown_no_more_exactly_than_it_was_worded(words: str, shown: str) -> None:
    understood = deadline(words, PUBLISHED)
    assert understood.on is not None
    assert shown_deadline(understood.on, understood.precision, words) == shown


def test_due_today_is_due_today_and_overdue_starts_the_day_after() -> None:
    on = date(2022, 9, 29)
    assert days_overdue(on, date(2022, 9, 28)) == 0
    assert days_overdue(on, date(2022, 9, 29)) == 0
    assert days_overdue(on, date(2022, 9, 30)) == 1


@pytest.mark.parametrize(
    ("item", "published_on", "words", "days"),
    [
        ("10618", date(2019, 7, 17), "within six months", 986),
        ("9962", date(2019, 7, 17), "within three months", 1078),
        ("9472", date(2019, 4, 10), "within six months", 1085),
    ],
)
def test_items_of_a_committee_paper_were_this_long_past_their_deadline(
    item: str, published_on: date, words: str, days: int
) -> None:
    on = due(words, published_on)
    assert on is not None, item
    assert days_overdue(on, date(2022, 9, 29)) == days
