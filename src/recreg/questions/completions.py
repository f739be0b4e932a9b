"""What could be meant by the beginning of a reference or a name, with what tells it from others."""

import sqlite3
from typing import Any

from recreg.questions import answer

#: So many are offered at most; a longer beginning tells them apart.
MOST = 200

Offered = list[tuple[str, str]]


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlalchemy import literal, or_
    from sqlmodel import col

    from recreg.domain.models import Board, Evidence, Inspection, Item, Meeting, Person, Portfolio
    from recreg.questions.selects import named, select_of

    begins = named("typed").op("||")(literal("%"))
    either = or_(col(Item.ref).like(begins), col(Item.hmicfrs_ref).like(begins))
    items = select_of(Item.ref, Item.hmicfrs_ref, Item.title).where(col(Item.withdrawn_on).is_(None), either)
    return {
        "completions_items": items.order_by(col(Item.closed_on).is_not(None), col(Item.id)).limit(MOST),
        "completions_evidence": select_of(Evidence.ref, Evidence.title).order_by(col(Evidence.id)),
        "completions_people": select_of(Person.name, Person.role).order_by(col(Person.name)),
        "completions_boards": select_of(Board.name).order_by(col(Board.name)),
        "completions_portfolios": select_of(Portfolio.name).order_by(col(Portfolio.name)),
        "completions_inspections": select_of(Inspection.code, Inspection.title).order_by(col(Inspection.code)),
        "completions_meetings": select_of(Meeting.name, Meeting.held_on).order_by(col(Meeting.held_on).desc()),
    }


def items(db: sqlite3.Connection, typed: str) -> Offered:
    """Items whose own reference, or HMICFRS's number, begins so: those open first, each with its title."""
    begun = typed.casefold()
    return [
        (ref, row["title"])
        for row in answer(db, "completions_items", typed=typed)
        for ref in (row["ref"], row["hmicfrs_ref"])
        if ref and ref.casefold().startswith(begun)
    ]


def named(db: sqlite3.Connection, nouns: str, typed: str) -> Offered:
    """Evidence, people, boards, portfolios, inspections or meetings whose reference or name begins so."""
    rows = (list(row.values()) for row in answer(db, f"completions_{nouns}"))
    begun = typed.casefold()
    return [
        (str(first), str(rest[0] or "") if rest else "") for first, *rest in rows if first.casefold().startswith(begun)
    ]
