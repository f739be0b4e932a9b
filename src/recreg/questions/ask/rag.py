"""How is everything rated, which way did it go, and why is what is red red?"""

import sqlite3
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.rating import suggested
from recreg.domain.vocabulary import Rag, Travel
from recreg.questions import Answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import Column
from recreg.store.days import cancelled_among

TAKES_SINCE = True
COLUMNS = (
    Column("rag", "RAG", listed=True, weight=8, least=7),
    Column("rag_before", "Before", listed=True, weight=5, least=7),
    Column("travel", "Travel", listed=True, weight=8, least=9),
    Column("rag_why", "Why", listed=True, weight=7, least=14),
    Column("suggested", "Suggested", listed=True, weight=5, least=9),
    Column("suggested_why", "By the rule", listed=True, weight=4, least=12),
)
SORTED_BY, SORTS = "rag", tuple(Rag)
_ORDER = (Rag.RED, Rag.AMBER, Rag.GREEN)


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from recreg.domain.models import Item
    from recreg.questions.selects import asked_of, last_evidence

    more = (Item.rag_why, Item.original_target_on, Item.last_review_on, last_evidence().label("last_evidence_on"))
    return {"rag": asked_of(*more)}


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Every open item by its rating, red first, with the rating of the day before the one asked for."""
    before = _before(db, asked)
    found = [row | _went(row, before) | _beside(row, asked) for row in asked_rows(db, "rag", asked)]
    return sorted(found, key=lambda row: list(Rag).index(row["rag"]))


def told(_db: sqlite3.Connection, asked: Asked, rows: Answer) -> list[str]:
    """How many of each colour, and which way they went."""
    counting = [row for row in rows if row["counts"]]
    colours = ", ".join(f"{sum(row['rag'] == rag for row in counting)} {rag}" for rag in Rag if _is_used(rag, rows))
    went = ", ".join(f"{sum(row['travel'] == way for row in counting)} {way}" for way in Travel)
    return [f"{colours}. Since {spoken(asked.since_or(3))}: {went}."]


def _before(db: sqlite3.Connection, asked: Asked) -> dict[int, str | None]:
    """What an item was rated before the day, where that has changed since; None where it was not there yet."""
    since = asked.since_or(3).isoformat()
    cancelled = cancelled_among(db, "s.effective_on >= ?", (since,))
    # Only what was rated is read: a log holds much else of an item.
    rated = db.execute(
        "SELECT c.changeset, c.row, json_extract(c.before, '$.rag') FROM change AS c "
        "JOIN changeset AS s ON s.number = c.changeset WHERE s.effective_on >= ? AND c.noun = 'item' "
        "AND (c.before IS NULL OR json_type(c.before, '$.rag') IS NOT NULL) ORDER BY s.effective_on, c.id",
        (since,),
    )
    before: dict[int, str | None] = {}
    for changeset, row, rag in rated:
        if changeset not in cancelled:
            before.setdefault(row, rag)
    return before


def _went(row: dict[str, Any], before: dict[int, str | None]) -> dict[str, Any]:
    was, now = before.get(row["id"], row["rag"]), row["rag"]
    return {"rag_before": was, "travel": str(travel(was, now))}


def travel(was: str | None, now: str) -> Travel:
    """Which way a rating went; blue, white and unrated are no better or worse than another."""
    if was is None:
        return Travel.NEW
    if was == now:
        return Travel.UNCHANGED
    if was not in _ORDER or now not in _ORDER:
        return Travel.CHANGED
    return Travel.IMPROVED if _ORDER.index(Rag(now)) > _ORDER.index(Rag(was)) else Travel.WORSENED


def _beside(row: dict[str, Any], asked: Asked) -> dict[str, Any]:
    keys = ("rag", "status", "original_target_on", "last_review_on", "last_evidence_on")
    other = suggested(**{key: row[key] for key in keys}, today=asked.today)
    return {"suggested": str(other.rag) if other else None, "suggested_why": other.rule if other else None}


def _is_used(rag: Rag, rows: Answer) -> bool:
    return rag not in {Rag.BLUE, Rag.WHITE} or any(row["rag"] == rag for row in rows)
