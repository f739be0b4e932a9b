"""What slipped: the original target against the current one, how often, why, and who approved?"""

import sqlite3
from datetime import date
from typing import Any

from recreg.domain.vocabulary import Status, how_often
from recreg.questions import Answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import HMICFRS_REF, OWNER, Column

COLUMNS = (
    HMICFRS_REF._replace(weight=3),
    OWNER._replace(weight=5),
    Column("original_target_on", "Original target", listed=True, weight=8, least=10),
    Column("target_on", "Target now", listed=True, weight=8, least=10),
    Column("days_slipped", "Days", listed=True, weight=4, least=5),
    Column("times_deferred", "Times", listed=True, weight=9, least=5),
    Column("deferred_why", "Last reason", listed=True, weight=8, least=12),
    Column("deferred_approved_by", "Approved by", listed=True, weight=7, least=8),
    Column("is_past", "Past original", listed=True, yes_no=True, weight=3, least=8),
)
DAYS = "days_slipped"


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import Item
    from recreg.questions.selects import asked_of

    query = asked_of(
        Item.original_target_on, Item.target_on, Item.times_deferred, col(Item.target_why).label("deferred_why"),
        col(Item.target_approved_by).label("deferred_approved_by"),
    )  # fmt: skip
    return {"slipped": query.where(col(Item.times_deferred) > 0)}


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """The open items whose target was moved, the furthest first."""
    found = [row | _slip(row, asked.today) for row in asked_rows(db, "slipped", asked)]
    return sorted(found, key=lambda row: -row["days_slipped"])


def told(_db: sqlite3.Connection, _asked: Asked, rows: Answer) -> list[str]:
    """How often altogether, and where every move is told."""
    times = sum(row["times_deferred"] for row in rows)
    return [f"Moved {how_often(times)} in all; recreg show REF tells of each."] if rows else []


def _slip(row: dict[str, Any], today: date) -> dict[str, Any]:
    """How far it was moved, and whether the target clock lists it, which counts from the original target."""
    original, target = (date.fromisoformat(row[key]) for key in ("original_target_on", "target_on"))
    is_past = original < today and row["status"] != Status.SUBMITTED
    return {"days_slipped": (target - original).days, "is_past": is_past}
