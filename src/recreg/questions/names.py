"""Which people, boards and portfolios are there, and how many open items has each?"""

import sqlite3
from typing import Any

from recreg.questions import Answer, answer


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlmodel import col

    from recreg.domain.models import Board, Item, Person, Portfolio
    from recreg.questions.selects import counting, select_of

    def led(body: Any, pointer: Any) -> Any:
        query = select_of(body.name, col(Person.name).label("lead"), counting(pointer, body.id).label("open_items"))
        return query.outerjoin(Person, col(Person.id) == body.lead_id).order_by(body.name)

    owned = counting(col(Item.owner_id), Person.id).label("open_items")
    return {
        "people": select_of(Person.name, Person.role, Person.email, owned).order_by(col(Person.name)),
        "boards": led(Board, col(Item.board_id)),
        "portfolios": led(Portfolio, col(Item.portfolio_id)),
    }


def people(db: sqlite3.Connection) -> Answer:
    """Every person, by name."""
    return answer(db, "people")


def bodies(db: sqlite3.Connection, plural: str) -> Answer:
    """Every board, or every portfolio, by name."""
    return answer(db, plural)
