"""What is not ours to deliver, whose is it, and why do we keep it?"""

import sqlite3
from typing import Any

from recreg.questions import Answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import Column

COLUMNS = (
    Column("addressees", "Addressed to", listed=True, weight=6, least=14),
    Column("ours_why", "Why not ours", listed=True, weight=7, least=14),
    Column("waiting_on", "Waiting on", listed=True, weight=5, least=12),
    Column("next_review_on", "Next review", listed=True, weight=4, least=11),
)


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from recreg.domain.models import Item
    from recreg.questions.selects import asked_of

    return {"not_ours": asked_of(Item.addressees, Item.ours_why, Item.waiting_on, Item.next_review_on, ours=0)}


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """The open items that are not ours; none of them counts in a figure, though each keeps its review."""
    return [row | {"counts": False} for row in asked_rows(db, "not_ours", asked)]


def told(_db: sqlite3.Connection, _asked: Asked, _rows: Answer) -> list[str]:
    """How that is said of an item."""
    return ['recreg edit REF --not-ours --why "…" says so of an item; --ours takes it back.']
