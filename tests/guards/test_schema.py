"""The models, the migrations, the questions' SQL and the triggers agree."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from recreg import questions
from recreg.domain.cells import ALWAYS_THERE, POINTERS, TIED
from recreg.domain.changes import Change
from recreg.domain.models import Row
from recreg.questions.columns import ITEM
from recreg.questions.compiler import compiled
from recreg.store import schema
from recreg.store.file import SCHEMA_NUMBER
from recreg.store.triggers import UNLOGGED, generated, logged_tables

#: Every table, the log's among them, which its module adds to the others.
TABLES = [table.name for table in Change.metadata.sorted_tables]
#: Every noun that is logged, with its class; the log itself is not among them.
NOUNS = {str(noun.__tablename__): noun for noun in Row.__subclasses__()}


@pytest.fixture
def file(empty_register: Path) -> Any:
    """A fresh register."""
    with closing(sqlite3.connect(empty_register)) as db:
        yield db


def test_every_table_has_its_model_and_every_model_its_table(file: sqlite3.Connection) -> None:
    made = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert made - {"alembic_version", "sqlite_sequence"} == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_a_models_columns_are_the_tables(table: str, file: sqlite3.Connection) -> None:
    stored = {
        name: (affinity, bool(required or key))
        for _, name, affinity, required, _, key, _ in file.execute(f"PRAGMA table_xinfo({table})")
    }
    known = {"VARCHAR": "TEXT", "DATE": "TEXT", "INTEGER": "INTEGER", "BOOLEAN": "INTEGER", "BLOB": "BLOB"}
    model = {
        column.name: (
            known[re.sub(r"\(.*", "", column.type.compile(dialect=sqlite.dialect()))],
            not column.nullable,
        )
        for column in Row.metadata.tables[table].columns
    }
    assert model == stored


@pytest.mark.parametrize("table", TABLES)
def test_a_models_pointers_are_the_tables(table: str, file: sqlite3.Connection) -> None:
    stored = {(row[3], row[2]) for row in file.execute(f"PRAGMA foreign_key_list({table})")}
    columns = Row.metadata.tables[table].columns
    model = {(column.name, key.column.table.name) for column in columns for key in column.foreign_keys}
    assert model == stored
    if table in NOUNS:
        assert stored == set(POINTERS.get(table, {}).items())


def test_every_table_is_strict_and_deletes_nothing_by_itself(file: sqlite3.Connection) -> None:
    for name, sql in file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
        assert name in {"alembic_version", "sqlite_sequence"} or sql.rstrip().endswith("STRICT"), name
        assert "ON DELETE" not in sql


def test_no_check_of_a_word_is_one_that_sqlite_builds_a_list_for_with_every_row(file: sqlite3.Connection) -> None:
    tables = [
        sql for (sql,) in file.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '% = ''%'")
    ]
    assert len(tables) >= 7
    assert [sql for sql in tables if re.search(r"CHECK\s*\(\w+ IN \('", sql)] == []


def test_every_noun_is_logged_and_its_triggers_are_as_generated(file: sqlite3.Connection) -> None:
    assert set(logged_tables(file)) == set(NOUNS)
    assert set(TABLES) - set(NOUNS) <= UNLOGGED
    written = [sql for (sql,) in file.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
    assert sorted(written) == sorted(generated(file))


def test_the_rule_of_a_status_in_the_file_is_the_models(file: sqlite3.Connection) -> None:
    (sql,) = file.execute("SELECT sql FROM sqlite_master WHERE name = 'item'").fetchone()
    rule = Row.metadata.tables["item"].columns["status"].computed
    assert rule is not None
    assert " ".join(str(rule.sqltext).split()) in " ".join(sql.split())


def test_the_fields_that_rules_tie_are_fields_there_are() -> None:
    for noun, groups in TIED.items():
        columns = set(Row.metadata.tables[noun].columns.keys())
        assert all(group <= columns for group in groups)
    assert set(NOUNS) >= ALWAYS_THERE


def test_the_schema_number_is_that_of_the_newest_migration() -> None:
    newest = max(int(script.name[:4]) for script in (schema.scripts_folder() / "versions").glob("[0-9]*.py"))
    assert newest == SCHEMA_NUMBER


def test_the_view_in_words_has_the_keys_of_the_machine_formats(file: sqlite3.Connection) -> None:
    assert [row[1] for row in file.execute("PRAGMA table_info(item_in_words)")] == [column.key for column in ITEM]


COMPILED = list(compiled())


@pytest.mark.parametrize(("path", "sql"), COMPILED, ids=[path.stem for path, _ in COMPILED])
def test_a_questions_sql_is_current_and_every_filter_stands_open_in_it(
    path: Path, sql: str, file: sqlite3.Connection
) -> None:
    assert path.read_text(encoding="utf-8") == sql, "make sql"
    assert not re.search(r"[=<>]\s*NULL", sql)
    assert "?" not in sql
    file.execute(f"EXPLAIN {sql}", dict.fromkeys(re.findall(r":(\w+)", sql)))


def test_no_sql_is_left_over_of_a_question_that_is_gone() -> None:
    folder = Path(questions.__file__).parent
    assert set(folder.rglob("*.sql")) == {path for path, _ in COMPILED}


def test_an_index_answers_what_is_overdue(file: sqlite3.Connection) -> None:
    for path, sql in COMPILED:
        if path.stem in {"overdue_review", "overdue_target", "overdue_deadline"}:
            filters = {"before": "2022", "ours": 1, "owner": None, "board": None, "portfolio": None}
            plan = " ".join(row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {sql}", filters))
            assert "SEARCH item USING INDEX item_open_by" in plan, plan
