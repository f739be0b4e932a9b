"""What became of the items over a stretch of days: as they stood before it, each step, and as they stand."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from recreg.domain.events import OPENING
from recreg.domain.movements import Items, Movement, Step, movements, rewound
from recreg.questions import answer
from recreg.store.days import entries


@dataclass(frozen=True)
class Walk:
    """The items before the first day, what moved from it on, and the items now; as known now."""

    before: Items
    moved: list[Movement]
    now: Items


def statements() -> dict[str, Any]:
    """The select of every item as it stands, withdrawn ones left out, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import Board, Item, Person, Portfolio
    from recreg.questions.selects import select_of, with_names

    columns: Any = (Item.id, Item.ref, Item.hmicfrs_ref, Item.kind, Item.title, col(Person.name).label("owner"),
               col(Board.name).label("board"), col(Portfolio.name).label("portfolio"), Item.rag, Item.status,
               Item.ours, Item.parent_id, Item.closed_on, Item.closed_as, Item.decided_by, Item.approved_by,
               Item.withdrawn_on, Item.owner_id, Item.board_id, Item.portfolio_id, Item.rag_why, Item.ours_why,
               Item.target_on, Item.target_why, Item.returned_by, Item.returned_why, Item.reopened_why,
               Item.closed_letter, Item.closed_why)  # fmt: skip
    query = with_names(select_of(*columns).select_from(Item)).where(col(Item.withdrawn_on).is_(None))
    return {"walk": query.order_by(col(Item.id))}


def items_now(db: sqlite3.Connection) -> Items:
    """Every item as it stands, by number; what was withdrawn was never there, on any day."""
    return {row["id"]: row for row in answer(db, "walk")}


def steps_from(db: sqlite3.Connection, since: date, items: Items) -> list[Step]:
    """What was done to these items from a day on, in the order of the days."""
    found = entries(db, "s.effective_on >= ? AND c.noun = 'item'", (since.isoformat(),))
    steps = [Step(e.changeset, e.effective_on, e.row, e.before, e.after, e.command == OPENING)
             for e in found if e.row in items]  # fmt: skip
    return sorted(steps, key=lambda step: step.on)


def walk(db: sqlite3.Connection, since: date) -> Walk:
    """Walk from the beginning of a day to now."""
    now = items_now(db)
    return walked(now, steps_from(db, since, now))


def walked(now: Items, steps: list[Step]) -> Walk:
    """Walk over these steps, the last of which left the items as they stand now."""
    before = rewound(now, steps)
    return Walk(before, movements(before, steps), now)
