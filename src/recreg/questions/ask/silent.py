"""Who has not given an update, and since when? What is with HMICFRS waits for nobody here."""

import sqlite3
from datetime import date
from typing import Any

from recreg.domain.dates import spoken
from recreg.questions import Answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import Column

TAKES_SINCE = True
COLUMNS = (
    Column("last_update_on", "Last update", listed=True, weight=7, least=11),
    Column("days_silent", "Days", listed=True, weight=8, least=5),
    Column("next_review_on", "Next review", listed=True, weight=5, least=11),
)
DAYS = "days_silent"


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col, func

    from recreg.domain.models import Evidence, EvidenceItem, Item, Note, Review
    from recreg.questions.selects import asked_of, latest, named

    hangs = (col(EvidenceItem.item_id) == Item.id, col(EvidenceItem.evidence_id) == Evidence.id)
    last = func.max(
        latest(Note.noted_on, col(Note.item_id) == Item.id),
        latest(Review.held_on, col(Review.item_id) == Item.id),
        latest(Evidence.received_on, *hangs),
        func.coalesce(col(Item.last_review_on), ""),
    )
    query = asked_of(func.nullif(last, "").label("last_update_on"), Item.next_review_on, Item.added_on)
    unheard = (last < named("since"), col(Item.added_on) < named("since"))
    return {"silent": query.where(col(Item.submitted_on).is_(None), *unheard)}


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """The items of which nothing was heard since the day, or for three calendar months; the longest first.

    An item added since then had no time to be silent.
    """
    found = asked_rows(db, "silent", asked, since=asked.since_or(3))
    silent = [row | {"days_silent": _days(row, asked.today)} for row in found]
    return sorted(silent, key=lambda row: -row["days_silent"])


def told(_db: sqlite3.Connection, asked: Asked, _rows: Answer) -> list[str]:
    """Since when."""
    return [f"Added before {spoken(asked.since_or(3))}, and no note, review or evidence since; not with HMICFRS."]


def _days(row: dict[str, Any], today: date) -> int:
    return (today - date.fromisoformat(row["last_update_on"] or row["added_on"])).days
