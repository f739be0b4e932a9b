"""What one can ask: each question is one SQLModel select, its compiled SQL beside it.

A command runs the compiled text on a read-only connection, so that reading loads no ORM; an auditor
can read in SQL what *overdue* means. ``make sql`` compiles, and a test holds the two together.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

Answer = list[dict[str, Any]]


def answer(db: "sqlite3.Connection", question: str, **filters: Any) -> Answer:
    """The rows that a question's SQL gives, each a dict by column; a filter left out is None.

    A list becomes JSON, which the SQL looks into. ``ask/silent`` is the question in that folder.
    """
    cursor = asked(db, question, **filters)
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def asked(db: "sqlite3.Connection", question: str, **filters: Any) -> "sqlite3.Cursor":
    """The same, not fetched yet, for an answer that is too long to be held."""
    sql = (Path(__file__).parent / f"{question}.sql").read_text(encoding="utf-8")
    return db.execute(sql, {name: _bound(value) for name, value in filters.items()})


def _bound(value: Any) -> Any:
    if isinstance(value, str | int | None):
        return value
    if not isinstance(value, Iterable):
        return value.isoformat()
    import json

    return json.dumps(list(value), ensure_ascii=False)
