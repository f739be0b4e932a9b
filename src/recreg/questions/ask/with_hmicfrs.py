"""What is with HMICFRS, and for how long? The wait is nobody's lateness."""

import sqlite3
from datetime import date
from typing import Any

from recreg.domain.vocabulary import counted
from recreg.questions import Answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import Column

TAKES_SINCE = True
COLUMNS = (
    Column("submitted_on", "Submitted", listed=True, weight=7, least=10),
    Column("days_with_hmicfrs", "Days", listed=True, weight=8, least=5),
    Column("agreed_by", "Agreed by", listed=True, weight=5, least=12),
    Column("sign_off_level", "Level", listed=True, weight=2, least=5),
    Column("times_returned", "Returned before", listed=True, weight=3, least=8),
)
DAYS = "days_with_hmicfrs"


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import Item
    from recreg.questions.selects import agreed_by, asked_of

    query = asked_of(Item.submitted_on, agreed_by.name.label("agreed_by"), Item.sign_off_level, Item.times_returned)
    query = query.outerjoin(agreed_by, agreed_by.id == Item.agreed_by_id)
    return {"with_hmicfrs": query.where(col(Item.submitted_on).is_not(None))}


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """What was submitted and has not come back, longest first."""
    since = asked.since.isoformat() if asked.since else ""
    found = [row for row in asked_rows(db, "with_hmicfrs", asked) if row["submitted_on"] >= since]
    waiting = [row | {"days_with_hmicfrs": _days(row["submitted_on"], asked.today)} for row in found]
    return sorted(waiting, key=lambda row: -row["days_with_hmicfrs"])


def told(_db: sqlite3.Connection, _asked: Asked, rows: Answer) -> list[str]:
    """The longest wait."""
    longest = max((row["days_with_hmicfrs"] for row in rows), default=0)
    return [f"With HMICFRS, the longest for {counted(longest, 'day')}."] if rows else []


def _days(submitted_on: str, today: date) -> int:
    return (today - date.fromisoformat(submitted_on)).days
