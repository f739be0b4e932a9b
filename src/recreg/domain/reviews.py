"""The three-month review: when it falls due, and what holding one does.

From the paper: items “are reviewed every three months”. The rhythm counts from its *anchor*, the
review actually held or, before the first, the day the item was added; ``review_round`` says which
of the rhythm's days comes next.
"""

from datetime import date

from recreg.domain.dates import add_months, rounds_until_after, spoken
from recreg.domain.models import Item
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


def moved(item: Item, was: date, to: date, *, kept_schedule: bool) -> None:
    """Put right the day of the last review held, and count from there.

    Where the rhythm counts from something later, as after a return, only the day itself changes.
    """
    item.last_review_on = to
    if item.review_anchor_on > max(was, to):
        return
    if not kept_schedule:
        item.review_anchor_on, item.review_round = to, 1
    elif _reached(item, to) != _reached(item, was):
        item.review_round = _next_round(item, to, coming=_reached(item, to))
    settle_next_review(item)


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
