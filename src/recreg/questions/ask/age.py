"""How old is what is open?"""

import sqlite3
from datetime import date
from functools import lru_cache
from typing import Any

from recreg.domain.dates import add_months
from recreg.questions import Answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import Column

COLUMNS = (
    Column("open_since", "Since", listed=True, weight=7, least=10),
    Column("published_on"),
    Column("added_on"),
    Column("days_open", "Days", listed=True, weight=8, least=5),
    Column("age", "Age", listed=True, weight=6, least=14),
    Column("status", "Status", listed=True, weight=4, least=11),
)
#: An age, and the calendar months up to which it goes.
AGES = {"under_6_months": 6, "6_to_12_months": 12, "1_to_2_years": 24, "2_to_3_years": 36, "over_3_years": None}
SORTED_BY, SORTS, DAYS = "age", tuple(AGES), "days_open"


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import Inspection, Item
    from recreg.questions.selects import asked_of

    query = asked_of(Inspection.published_on, Item.added_on)
    return {"age": query.outerjoin(Inspection, col(Inspection.id) == Item.inspection_id)}


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Every open item by its age, from publication where that day is known, else from being added; oldest first."""
    found = [row | _aged(row, asked.today) for row in asked_rows(db, "age", asked)]
    return sorted(found, key=lambda row: -row["days_open"])


def told(_db: sqlite3.Connection, _asked: Asked, rows: Answer) -> list[str]:
    """How many of each age."""
    counts = {age: sum(row["counts"] and row["age"] == age for row in rows) for age in AGES}
    return [", ".join(f"{count} {age.replace('_', ' ')}" for age, count in counts.items()) + "."]


def _aged(row: dict[str, Any], today: date) -> dict[str, Any]:
    since = date.fromisoformat(row["published_on"] or row["added_on"])
    return {"open_since": since.isoformat(), "days_open": (today - since).days, "age": age_of(since, today)}


@lru_cache(maxsize=10_000)
def age_of(since: date, today: date) -> str:
    """The age in whole calendar months, so that six months to the day is not under six months."""
    return next(age for age, months in AGES.items() if months is None or add_months(since, months) > today)
