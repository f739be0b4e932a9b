"""The three-month review: when it falls due, and what holding one does.

From the paper: items “are reviewed every three months”. The rhythm counts from its *anchor*, the
review actually held or, before the first, the day the item was added; ``review_round`` says which
of the rhythm's days comes next.
"""

from collections.abc import Iterable
from datetime import date

from recreg.domain.dates import add_months, rounds_until_after, spoken
from recreg.domain.models import Item, Review
from recreg.domain.status import status_of
from recreg.domain.vocabulary import Status
from recreg.errors import Objections


def settle_next_review(item: Item) -> None:
    """The day of the next review, in calendar months from the anchor.

    Reviews stand still, and the day is empty, while the item is with HMICFRS or closed.
    """
    months = item.review_every_months * item.review_round
    standing_still = status_of(item) in {Status.SUBMITTED, Status.CLOSED}
    item.next_review_on = None if standing_still else add_months(item.review_anchor_on, months)


def hold(item: Item, review: Review) -> None:
    """Count from a review that was held, which keeps the clock as it found it.

    A review of before the last one is on record and moves no clock.
    """
    if item.last_review_on is None or review.held_on >= item.last_review_on:
        review.found_last_on, review.found_anchor_on = item.last_review_on, item.review_anchor_on
        review.found_round = item.review_round
        held(item, review.held_on, keep_schedule=review.kept_schedule)


def held(item: Item, on: date, *, keep_schedule: bool) -> None:
    """Count from a review held on that day; or keep the rhythm's own days, counted from the anchor.

    On a kept schedule a review held early, in the second half of the time before it falls due,
    answers for the day that was coming.
    """
    item.last_review_on = on
    if keep_schedule:
        item.review_round = _next_round(item, on, coming=item.review_round)
    else:
        item.review_anchor_on, item.review_round = on, 1
    settle_next_review(item)


def move(item: Item, review: Review, to: date, others: Iterable[Review]) -> None:
    """Put right the day of a review, as if it had been typed so at once.

    Where it was the last one, the clock goes back to what the review found and counts anew over all
    that were held since. Where the rhythm counts from something later, as after a return, only the
    day of the last review changes.
    """
    was, review.held_on = review.held_on, to
    if item.last_review_on == was:
        if item.review_anchor_on > was:
            item.last_review_on = max(to, *(other.held_on for other in others), review.found_last_on or to)
            return
        _go_back(item, review)
    for each in sorted([*others, review], key=lambda held_review: held_review.held_on):
        if item.last_review_on is None or each.held_on > item.last_review_on:
            hold(item, each)
    settle_next_review(item)


def _go_back(item: Item, review: Review) -> None:
    """The clock as the review found it."""
    item.last_review_on = review.found_last_on
    item.review_anchor_on = review.found_anchor_on or item.review_anchor_on
    item.review_round = review.found_round or 1


def change_rhythm(item: Item, every_months: int) -> None:
    """Another rhythm, in calendar months, counted from the last review held or from the anchor."""
    item.review_every_months = every_months
    item.review_anchor_on = max(item.last_review_on or item.review_anchor_on, item.review_anchor_on)
    item.review_round = 1
    settle_next_review(item)


def _reached(item: Item, day: date) -> int:
    return rounds_until_after(item.review_anchor_on, item.review_every_months, day)


def _next_round(item: Item, on: date, *, coming: int) -> int:
    """The round that comes next after a review held while round ``coming`` was coming."""
    every = item.review_every_months
    due, before = (add_months(item.review_anchor_on, every * each) for each in (coming, coming - 1))
    if on >= due:
        return _reached(item, on)
    return coming + 1 if due - on < on - before else coming


def given_last(item: Item, last: date, on: date, objections: Objections) -> None:
    """Take a review that was held before the item was logged here as the last one."""
    if last > on:
        objections.add(f"The last review, {spoken(last)}, is after {spoken(on)}.", "Give an earlier --last-review.")
    item.last_review_on = item.review_anchor_on = last
    item.review_round = 1
    settle_next_review(item)
