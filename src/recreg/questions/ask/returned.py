"""What came back, from HMICFRS or from ourselves, how often and why?"""

import sqlite3
from typing import Any

from recreg.domain.vocabulary import DecidedBy
from recreg.questions import Answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import Column

TAKES_SINCE = True
COLUMNS = (
    Column("returned_on", "Last returned", listed=True, weight=7, least=10),
    Column("returned_by", "By", listed=True, weight=6, least=7),
    Column("returned_why", "Why", listed=True, weight=7, least=14),
    Column("times_returned", "By HMICFRS", listed=True, weight=5, least=5),
    Column("times_sent_back", "By us", listed=True, weight=4, least=5),
    Column("status", "Status", listed=True, weight=3, least=11),
)
SORTED_BY, SORTS = "returned_by", tuple(DecidedBy)


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import Item
    from recreg.questions.selects import asked_of

    query = asked_of(Item.returned_on, Item.returned_by, Item.returned_why, Item.times_returned, Item.times_sent_back)
    return {"returned": query.where(col(Item.returned_on).is_not(None))}


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """The open items that ever came back, or that did since the day; the last to come back first."""
    since = asked.since.isoformat() if asked.since else ""
    found = [row for row in asked_rows(db, "returned", asked) if row["returned_on"] >= since]
    return sorted(found, key=lambda row: row["returned_on"], reverse=True)


def told(_db: sqlite3.Connection, _asked: Asked, rows: Answer) -> list[str]:
    """How often, by either side."""
    hmicfrs, us = (sum(row[key] for row in rows) for key in ("times_returned", "times_sent_back"))
    return [f"Returned {hmicfrs} times by HMICFRS and {us} times by ourselves."] if rows else []
