"""What the officer asks of the whole register: `recreg ask QUESTION`, a module for each question.

Each has its ``COLUMNS`` beyond those that every answer begins with, ``rows(db, asked)``, and what it
has to tell beside its rows, ``told(db, asked, rows)``. The committee's paper takes its figures from
the same answers.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from recreg.domain.dates import add_months
from recreg.domain.vocabulary import Question
from recreg.questions import Answer, answer
from recreg.questions.columns import BOARD, HMICFRS_REF, KIND, OWNER, RAG, REF, STATUS, TITLE, Column
from recreg.questions.sums import Sorting
from recreg.store import references

#: What every answer begins with. A row counts unless it is of a part, or of what is closed or not ours.
BASE = (
    REF, HMICFRS_REF, KIND._replace(weight=2), TITLE, OWNER, BOARD._replace(listed=False), Column("portfolio"),
    RAG._replace(listed=False), STATUS._replace(listed=False), Column("counts", yes_no=True),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Of which day, since when, and whose items; what is left out does not choose."""

    today: date
    since: date | None = None
    owner: tuple[str, ...] = ()
    board: tuple[str, ...] = ()
    portfolio: tuple[str, ...] = ()

    @property
    def everybodys(self) -> bool:
        """Whether it is asked of everybody's items."""
        return not (self.owner or self.board or self.portfolio)

    def since_or(self, months: int) -> date:
        """The day asked for, or so many calendar months before today."""
        return self.since or add_months(self.today, -months)

    def whose(self, db: sqlite3.Connection) -> dict[str, Any]:
        """What the SQL takes; raises `NotFound` for a name that is not there."""
        return {
            noun: [references.name_meant(db, noun, name)[0] for name in named] or None
            for noun, named in (("person", self.owner), ("board", self.board), ("portfolio", self.portfolio))
        }


def asked_rows(db: sqlite3.Connection, question: str, asked: Asked, **more: Any) -> Answer:
    """The rows of a question's SQL, of the items that were asked for."""
    whose = asked.whose(db)
    found = answer(
        db, f"ask/{question}", owner=whose["person"], board=whose["board"], portfolio=whose["portfolio"], **more
    )
    return [row | {"counts": bool(row["counts"])} for row in found]


def module_of(question: Question) -> Any:
    """The module of a question."""
    return import_module(f"recreg.questions.ask.{question}")


def columns_of(question: Question) -> tuple[Column, ...]:
    """The columns of a question's answer: its own say which of the first ones it shows otherwise."""
    own = module_of(question).COLUMNS
    named = {column.key: column for column in own}
    return (*(named.pop(column.key, column) for column in BASE), *named.values())


def sorting_of(question: Question) -> Sorting:
    """What a question's rows are told apart by, where they are summed by whose they are."""
    module = module_of(question)
    return Sorting(getattr(module, "SORTED_BY", ""), getattr(module, "SORTS", ()), getattr(module, "DAYS", ""))
