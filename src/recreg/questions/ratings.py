"""How was everything rated at the end of each quarter? What the paper's picture shows."""

import sqlite3
from datetime import date, timedelta

from recreg.domain.movements import Items, Step, counted_as, rewound
from recreg.domain.vocabulary import Rag

Ratings = dict[Rag, int]


def days_to_rate(db: sqlite3.Connection, until: date) -> list[date]:
    """The ends of the last seven quarters, those before the first act left out, and the day itself.

    Quarters end with March, June, September and December.
    """
    (first,) = db.execute("SELECT min(effective_on) FROM changeset").fetchone()
    return [*(day for day in quarter_ends(until, 7) if first and day.isoformat() >= first), until]


def ratings_on(days: list[date], now: Items, steps: list[Step]) -> list[tuple[date, Ratings]]:
    """How many open items of ours had each rating on these days, the last of which is now.

    ``steps`` are those since the first of the days, in their order, or more.
    """
    items, left, found = now, list(steps), []
    for day in reversed(days):
        later = [step for step in left if step.on > day.isoformat()]
        del left[len(left) - len(later) :]
        items = rewound(items, later) if later else items
        found.append((day, _rated(items)))
    return found[::-1]


def quarter_ends(before: date, count: int) -> list[date]:
    """The last days of so many quarters before a day, earliest first."""
    ends: list[date] = []
    year, month = before.year, (before.month - 1) // 3 * 3 + 1
    while len(ends) < count:
        ends.append(date(year, month, 1) - timedelta(days=1))
        year, month = (year, month - 3) if month > 3 else (year - 1, month + 9)
    return ends[::-1]


def _rated(items: Items) -> Ratings:
    ratings = dict.fromkeys(Rag, 0)
    for number, item in items.items():
        if counted_as(number, items):
            ratings[Rag(str(item["rag"]))] += 1
    return ratings
