"""Which causes of concern are open, and where does each of their recommendations stand?"""

import sqlite3
from datetime import date
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.vocabulary import counted, in_words
from recreg.questions import Answer, answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import Column

COLUMNS = (
    Column("cause", "Cause", listed=True, weight=7, least=6),
    Column("rag", "RAG", listed=True, weight=7, least=7),
    Column("status", "Status", listed=True, weight=6, least=11),
    Column("deadline_on", "Deadline", listed=True, weight=5, least=10),
    Column("next_review_on", "Next review", listed=True, weight=4, least=11),
    Column("position", "Position", listed=True, weight=6, least=12),
)


def statements() -> dict[str, Any]:
    """The selects of the causes and of what they contain, by the names of their SQL files."""
    from sqlalchemy.orm import aliased
    from sqlmodel import col, exists, or_

    from recreg.domain.models import Item
    from recreg.questions.selects import asked_of, is_open, item_in_words, parent, select_of

    more = (Item.ours, Item.deadline_on, Item.next_review_on, Item.rag_why)
    contained = item_in_words().where(parent.kind == "cause_of_concern", parent.closed_on.is_(None))
    child: Any = aliased(Item, name="child")
    live = (child.ours == 1, child.closed_on.is_(None), child.withdrawn_on.is_(None))
    holding = or_(col(Item.ours) == 1, exists().where(child.parent_id == Item.id, *live))
    left = select_of(Item.ref).join(parent, parent.id == Item.parent_id).where(is_open(), col(Item.ours) == 1)
    left = left.where(parent.kind == "cause_of_concern", parent.closed_on.is_not(None))
    return {
        "causes": asked_of(*more, ours=None).where(col(Item.kind) == "cause_of_concern", holding),
        "causes_contain": contained.order_by(col(Item.parent_id), col(Item.id)),
        "causes_left": left.order_by(col(Item.id)),
    }


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Each open cause of concern, and under it what it contains, closed ones too.

    One that is not ours is among them where it contains what is open and ours.
    """
    under: dict[str, Answer] = {}
    for child in asked_rows_of_children(db):
        under.setdefault(child["parent"], []).append(child)
    found = []
    for cause in asked_rows(db, "causes", asked):
        children = under.get(cause["ref"], [])
        ours = "" if cause["ours"] else ", not ours"
        told = {"cause": cause["ref"], "position": f"{_of_cause(children)}{ours}"}
        found.append(cause | told | {"counts": bool(cause["ours"])})
        found += [child | {"cause": cause["ref"], "position": _of_child(child)} for child in children]
    return found


def asked_rows_of_children(db: sqlite3.Connection) -> Answer:
    """What open causes of concern contain; it counts where it is open and ours."""
    found = answer(db, "ask/causes_contain")
    return [row | {"counts": bool(row["ours"]) and row["closed_on"] is None} for row in found]


def told(db: sqlite3.Connection, asked: Asked, rows: Answer) -> list[str]:
    """That a cause closes by HMICFRS's own letter, and what is still open under one that is closed."""
    done = [row["ref"] for row in rows if row["ref"] == row["cause"] and row["position"].startswith("all ")]
    told = [f"{ref}: all it contains is closed; it stays open until HMICFRS signs it off." for ref in done]
    left = [row["ref"] for row in answer(db, "ask/causes_left")] if asked.everybodys else []
    return told + ([f"Still open under causes of concern that are closed: {', '.join(left)}."] if left else [])


def _of_cause(children: Answer) -> str:
    still = sum(child["closed_on"] is None for child in children)
    if not children:
        return "contains nothing yet"
    if not still:
        return (
            f"all {counted(len(children), 'recommendation')} closed" if len(children) > 1 else "all it contains closed"
        )
    return f"{still} of {counted(len(children), 'recommendation')} open"


def _of_child(child: dict[str, Any]) -> str:
    ours = "" if child["ours"] else ", not ours"
    if child["closed_on"]:
        return f"{in_words(child['closed_as'])} {spoken(date.fromisoformat(child['closed_on']))}{ours}"
    return f"{in_words(child['status'])}{ours}"
