"""Which inspections and reports are there, and until when do their 56 days run?"""

import sqlite3
from datetime import date
from typing import Any

from recreg.domain.dates import pcc_comments_due
from recreg.questions import Answer, answer


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import Inspection, Item
    from recreg.questions.selects import counting, equal_or_any, select_of

    query = select_of(
        Inspection.code, Inspection.title, Inspection.type, Inspection.publishers, Inspection.published_on,
        Inspection.expected_words, Inspection.our_part, Inspection.url, Inspection.summary, Inspection.pcc_applies,
        Inspection.pcc_comments_on,
        counting(col(Item.inspection_id), Inspection.id, open_only=False).label("items"),
        counting(col(Item.inspection_id), Inspection.id).label("open_items"),
    )  # fmt: skip
    query = query.where(equal_or_any(col(Inspection.code), "code"))
    return {"inspections": query.order_by(col(Inspection.published_on), col(Inspection.code))}


def inspections(db: sqlite3.Connection, code: str | None = None) -> Answer:
    """Every inspection, or the one of that code, with the end of its 56 days."""
    return [_with_comments(row) for row in answer(db, "inspections", code=code)]


def _with_comments(row: dict[str, Any]) -> dict[str, Any]:
    running = row["published_on"] and row["pcc_applies"]
    due = pcc_comments_due(date.fromisoformat(row["published_on"])).isoformat() if running else None
    return row | {"pcc_applies": bool(row["pcc_applies"]), "pcc_due_on": due}
