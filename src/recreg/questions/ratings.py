"""How was everything rated at the end of each quarter? What the paper's picture shows."""

import sqlite3
from datetime import date, timedelta

from recreg.domain.movements import counted_as, rewound
from recreg.domain.vocabulary import Rag
from recreg.questions.walk import items_now, steps_from

Ratings = dict[Rag, int]


def ratings_over_time(db: sqlite3.Connection, until: date, quarters: int = 7) -> list[tuple[date, Ratings]]:
    """How many open items of ours had each rating at the end of the last quarters, and on the day itself.

    Quarters end with March, June, September and December. Those before the first act are left out.
    """
    (first,) = db.execute("SELECT min(effective_on) FROM changeset").fetchone()
    days = [day for day in quarter_ends(until, quarters) if first and day.isoformat() >= first]
    items = items_now(db)
    steps = steps_from(db, days[0] + timedelta(days=1) if days else until, items)
    found = [(until, _rated(items))]
    for day in reversed(days):
        later = [step for step in steps if step.on > day.isoformat()]
        del steps[len(steps) - len(later) :]
        items = rewound(items, later)
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


def _rated(items: dict[int, dict[str, object]]) -> Ratings:
    ratings = dict.fromkeys(Rag, 0)
    for number, item in items.items():
        if counted_as(number, items):
            ratings[Rag(str(item["rag"]))] += 1
    return ratings
