"""The three-month review: the first one, one that was held, a kept schedule, and standing still."""

from datetime import date

import pytest

from recreg.domain.models import Item, Review
from recreg.domain.reviews import change_rhythm, given_last, held, hold, move, settle_next_review
from recreg.domain.vocabulary import Kind, Outcome
from recreg.errors import Objections, Refused

ADDED = date(2022, 9, 29)


def item_of(anchor: date = ADDED, *, every: int = 3) -> Item:
    """An item as it stands on the day it was added."""
    item = Item(
        kind=Kind.RECOMMENDATION,
        title="Victims",
        added_on=anchor,
        review_anchor_on=anchor,
        review_every_months=every,
    )
    settle_next_review(item)
    return item


def test_the_first_review_falls_due_three_months_after_the_item_was_added() -> None:
    item = item_of(date(2022, 9, 29))
    assert item.next_review_on == date(2022, 12, 29)
    assert item.last_review_on is None


@pytest.mark.parametrize(
    ("every", "due"),
    [(1, date(2022, 9, 30)), (3, date(2022, 11, 30)), (6, date(2023, 2, 28)), (36, date(2025, 8, 31))],
)
def test_an_item_may_have_its_own_rhythm(every: int, due: date) -> None:
    assert item_of(date(2022, 8, 31), every=every).next_review_on == due


def test_a_review_counts_from_the_day_it_was_held() -> None:
    item = item_of()
    held(item, date(2022, 12, 12), keep_schedule=False)
    assert item.last_review_on == date(2022, 12, 12)
    assert item.next_review_on == date(2023, 3, 12)


def test_a_late_review_counts_from_the_day_it_was_held_too() -> None:
    item = item_of()
    held(item, date(2023, 2, 1), keep_schedule=False)
    assert item.next_review_on == date(2023, 5, 1)


def test_the_next_review_follows_every_review_held() -> None:
    item = item_of()
    for on, following in [
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2023, 2, 28), date(2023, 5, 28)),
        (date(2023, 5, 31), date(2023, 8, 31)),
    ]:
        held(item, on, keep_schedule=False)
        assert item.next_review_on == following


def test_on_a_kept_schedule_a_second_early_review_answers_for_no_further_day() -> None:
    item = item_of(date(2022, 11, 30))
    held(item, date(2023, 2, 20), keep_schedule=True)
    held(item, date(2023, 2, 25), keep_schedule=True)
    assert item.next_review_on == date(2023, 5, 30)


def test_on_a_kept_schedule_a_review_soon_after_the_last_does_not_answer_for_the_next() -> None:
    item = item_of(date(2022, 11, 30))
    held(item, date(2022, 12, 1), keep_schedule=True)
    assert item.next_review_on == date(2023, 2, 28)


def test_a_kept_schedule_goes_back_to_the_day_of_its_anchor() -> None:
    item = item_of(date(2022, 11, 30))
    due = [item.next_review_on]
    for on in (date(2023, 2, 28), date(2023, 5, 30), date(2023, 8, 30)):
        held(item, on, keep_schedule=True)
        due.append(item.next_review_on)
    assert due == [date(2023, 2, 28), date(2023, 5, 30), date(2023, 8, 30), date(2023, 11, 30)]


def test_on_a_kept_schedule_an_early_review_answers_for_the_day_that_was_coming() -> None:
    item = item_of(date(2022, 11, 30))
    held(item, date(2023, 2, 20), keep_schedule=True)
    assert item.last_review_on == date(2023, 2, 20)
    assert item.next_review_on == date(2023, 5, 30)


def test_on_a_kept_schedule_a_late_review_takes_no_day_from_the_next_one() -> None:
    item = item_of(date(2022, 11, 30))
    held(item, date(2023, 3, 20), keep_schedule=True)
    assert item.next_review_on == date(2023, 5, 30)


def test_on_a_kept_schedule_days_that_were_missed_are_passed_over() -> None:
    item = item_of(date(2022, 11, 30))
    held(item, date(2023, 9, 1), keep_schedule=True)
    assert item.next_review_on == date(2023, 11, 30)


def test_a_review_held_off_schedule_starts_a_rhythm_of_its_own() -> None:
    item = item_of(date(2022, 11, 30))
    held(item, date(2023, 2, 28), keep_schedule=True)
    held(item, date(2023, 5, 10), keep_schedule=False)
    assert item.next_review_on == date(2023, 8, 10)
    held(item, date(2023, 8, 9), keep_schedule=True)
    assert item.next_review_on == date(2023, 11, 10)


def review_of(item: Item, on: date, *, keep_schedule: bool = False) -> Review:
    """A review that was held of the item."""
    review = Review(item_id=1, held_on=on, outcome=Outcome.ON_TRACK, note="fine", kept_schedule=keep_schedule)
    hold(item, review)
    return review


def test_a_corrected_review_day_moves_the_next_review() -> None:
    item = item_of()
    move(item, review_of(item, date(2022, 12, 12)), date(2022, 12, 2), [])
    assert item.last_review_on == date(2022, 12, 2)
    assert item.next_review_on == date(2023, 3, 2)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("typed", [date(2023, 2, 20), date(2023, 3, 20), date(2022, 12, 1), date(2023, 9, 1)])
@pytest.mark.parametrize("meant", [date(2022, 12, 10), date(2023, 2, 21), date(2023, 3, 1), date(2023, 6, 1)])
def test_a_corrected_review_is_as_if_typed_rightly_at_once(typed: date, meant: date, kept: bool) -> None:
    put_right, at_once = item_of(date(2022, 11, 30)), item_of(date(2022, 11, 30))
    move(put_right, review_of(put_right, typed, keep_schedule=kept), meant, [])
    review_of(at_once, meant, keep_schedule=kept)
    assert put_right == at_once


def test_a_review_of_before_the_last_one_moves_no_clock() -> None:
    item = item_of(date(2022, 1, 1))
    review_of(item, date(2022, 9, 28))
    review_of(item, date(2022, 8, 1))
    assert item.last_review_on == date(2022, 9, 28)
    assert item.next_review_on == date(2022, 12, 28)


def test_a_last_review_corrected_to_before_another_leaves_that_one_the_last() -> None:
    item = item_of(date(2022, 1, 1))
    first, second = review_of(item, date(2022, 4, 1)), review_of(item, date(2022, 7, 1))
    move(item, second, date(2022, 3, 1), [first])
    assert (item.last_review_on, item.next_review_on) == (date(2022, 4, 1), date(2022, 7, 1))
    move(item, first, date(2022, 2, 1), [second])
    assert (item.last_review_on, item.next_review_on) == (date(2022, 3, 1), date(2022, 6, 1))


def test_an_older_review_corrected_to_after_the_last_is_the_last() -> None:
    item = item_of(date(2022, 1, 1))
    first, second = review_of(item, date(2022, 4, 1)), review_of(item, date(2022, 7, 1))
    move(item, first, date(2022, 8, 1), [second])
    assert (item.last_review_on, item.next_review_on) == (date(2022, 8, 1), date(2022, 11, 1))


def test_a_review_corrected_to_before_a_given_last_one_leaves_that_one_the_last() -> None:
    item = item_of(date(2022, 6, 15))
    given_last(item, date(2022, 6, 1), date(2022, 6, 15), Objections())
    move(item, review_of(item, date(2022, 8, 31)), date(2022, 5, 1), [])
    assert (item.last_review_on, item.next_review_on) == (date(2022, 6, 1), date(2022, 9, 1))


def test_another_rhythm_counts_from_the_last_review_held() -> None:
    item = item_of()
    held(item, date(2022, 12, 31), keep_schedule=False)
    change_rhythm(item, 6)
    assert item.review_every_months == 6
    assert item.next_review_on == date(2023, 6, 30)


def test_another_rhythm_counts_from_the_day_of_adding_before_the_first_review() -> None:
    item = item_of(date(2022, 9, 29))
    change_rhythm(item, 1)
    assert item.next_review_on == date(2022, 10, 29)


def test_a_last_review_from_before_the_register_is_counted_from() -> None:
    item, objections = item_of(), Objections()
    given_last(item, date(2022, 7, 31), ADDED, objections)
    objections.settle()
    assert item.last_review_on == date(2022, 7, 31)
    assert item.next_review_on == date(2022, 10, 31)


def test_a_last_review_may_be_of_the_very_day() -> None:
    item, objections = item_of(), Objections()
    given_last(item, ADDED, ADDED, objections)
    assert objections.sentences == []


def test_a_last_review_cannot_lie_ahead() -> None:
    objections = Objections()
    given_last(item_of(), date(2022, 9, 30), ADDED, objections)
    with pytest.raises(Refused, match="30 September 2022, is after 29 September 2022"):
        objections.settle()


@pytest.mark.parametrize("standing", ["submitted_on", "closed_on"])
def test_no_review_falls_due_while_an_item_is_with_hmicfrs_or_closed(standing: str) -> None:
    item = item_of()
    setattr(item, standing, date(2022, 10, 20))
    settle_next_review(item)
    assert item.next_review_on is None


def test_a_complete_item_is_still_reviewed() -> None:
    item = item_of()
    item.completed_on = date(2022, 10, 20)
    settle_next_review(item)
    assert item.next_review_on == date(2022, 12, 29)


@pytest.mark.parametrize("standing", ["submitted_on", "closed_on"])
def test_a_review_held_while_standing_still_is_kept_and_makes_nothing_fall_due(standing: str) -> None:
    item = item_of()
    setattr(item, standing, date(2022, 10, 20))
    held(item, date(2022, 11, 1), keep_schedule=False)
    assert item.last_review_on == date(2022, 11, 1)
    assert item.next_review_on is None


def test_a_changed_rhythm_makes_nothing_fall_due_while_standing_still() -> None:
    item = item_of()
    item.submitted_on = date(2022, 10, 20)
    change_rhythm(item, 6)
    assert item.next_review_on is None


def returned_item_and_review() -> tuple[Item, Review]:
    """Reviewed in January, then with HMICFRS, and back in September: the review starts again from there."""
    item = item_of(date(2021, 10, 1))
    review = review_of(item, date(2022, 1, 10))
    item.review_anchor_on, item.review_round = date(2022, 9, 1), 1
    settle_next_review(item)
    return item, review


def returned_item() -> Item:
    return returned_item_and_review()[0]


def test_after_a_return_the_next_review_counts_from_the_return() -> None:
    item = returned_item()
    assert item.next_review_on == date(2022, 12, 1)
    held(item, date(2022, 11, 15), keep_schedule=False)
    assert item.next_review_on == date(2023, 2, 15)


def test_after_a_return_another_rhythm_counts_from_the_return() -> None:
    item = returned_item()
    change_rhythm(item, 6)
    assert item.next_review_on == date(2023, 3, 1)


def test_after_a_return_a_corrected_review_of_before_leaves_the_next_one_alone() -> None:
    item, review = returned_item_and_review()
    move(item, review, date(2022, 1, 11), [])
    assert item.last_review_on == date(2022, 1, 11)
    assert item.next_review_on == date(2022, 12, 1)
