"""A question asked of the ORM and of its compiled SQL gets one answer."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from recreg.questions import answer
from recreg.questions.compiler import compiled
from recreg.questions.items import statements as of_items
from recreg.questions.overdue import statements as of_overdue

FILTERS: dict[str, dict[str, Any]] = {
    "items": {
        "kind": None, "status": None, "rag": '["red","green"]', "owner": None, "board": None, "portfolio": None,
        "inspection": None, "parent": None, "holding": None, "no_update_since": None, "closed": 0, "ours": 1,
    },
    "items_holding_word": {"word": "%police%", "tail": "%police%"},
    "overdue_review": {"before": "2022-09-29", "ours": 1, "owner": None, "board": None, "portfolio": None},
    "overdue_deadline": {"before": "2022-09-29", "ours": 1, "owner": "[1,2,3]", "board": None, "portfolio": None},
}  # fmt: skip


@pytest.mark.parametrize("question", FILTERS)
def test_both_roads_give_one_answer(question: str, demo: Path) -> None:
    statement = {**of_items(), **of_overdue()}[question]
    with create_engine(f"sqlite:///{demo}", poolclass=NullPool).connect() as connection:
        by_orm = [[str(value) for value in row] for row in connection.execute(statement, FILTERS[question])]
    with closing(sqlite3.connect(demo)) as db:
        by_sql = [list(map(str, row.values())) for row in answer(db, question, **FILTERS[question])]
    plain = {"True": "1", "False": "0"}
    assert [[plain.get(value, value) for value in row] for row in by_orm] == by_sql
    assert by_sql, "the filters chose something"


def test_every_question_is_compiled() -> None:
    assert {path.stem for path, _ in compiled()} >= {"items", "overdue_review", "history", "log", "figures"}
