"""Compiles every question's select to SQLite text beside it: ``python -m recreg.questions.compiler``."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from recreg import questions


class _Compiler(SQLiteCompiler):
    """Constants as literals, so that SQLite can use partial indexes; filters open, as ``:name``.

    SQLAlchemy's own ``literal_binds`` would write NULL for every open filter, without a word.
    """

    def visit_bindparam(self, bindparam: Any, **options: Any) -> str:  # type: ignore[override]
        options["literal_binds"] = bindparam.unique
        return str(super().visit_bindparam(bindparam, **options))  # type: ignore[no-untyped-call]


class _Dialect(SQLiteDialect_pysqlite):
    statement_compiler = _Compiler
    paramstyle = "named"


def compiled() -> Iterator[tuple[Path, str]]:
    """Each question's file and the SQL that belongs in it."""
    for module in pkgutil.walk_packages(questions.__path__, "recreg.questions."):
        loaded = importlib.import_module(module.name)
        for name, statement in getattr(loaded, "statements", dict)().items():
            yield Path(str(loaded.__file__)).with_name(f"{name}.sql"), sql_of(statement)


def sql_of(statement: Any) -> str:
    """The select as SQLite reads it."""
    dialect = _Dialect(paramstyle="named")
    text = str(statement.compile(dialect=dialect))
    for word in (" LEFT OUTER JOIN ", " AND (", " ORDER BY ", " GROUP BY "):
        text = text.replace(word, f"\n{word[1:]}")
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def main() -> None:
    """Write every question's SQL anew."""
    for path, sql in compiled():
        path.write_text(sql, encoding="utf-8")


if __name__ == "__main__":
    main()
