"""What another program does to a register: the file open in plain sqlite3, past every guard."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """The register without its triggers, which are back word for word at the end; no rule of its tables holds."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.execute("BEGIN")
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _, sql in triggers:
            db.execute(sql)
        db.execute("COMMIT")


def retyped(path: Path, table: str, column: str, row: int) -> None:
    """Make text or a number of the log bytes, and bytes text: for which the table must not be strict for a while."""
    told = "UPDATE sqlite_master SET sql = {} WHERE name = ?"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        db.execute("PRAGMA writable_schema = ON")
        db.execute(told.format("replace(sql, 'STRICT', '')"), (table,))
    cast = f"CASE typeof({column}) WHEN 'blob' THEN hex({column}) ELSE CAST(CAST({column} AS TEXT) AS BLOB) END"
    with unguarded(path) as db:
        db.execute(f"UPDATE {table} SET {column} = {cast} WHERE rowid = ?", (row,))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(told.format("?"), (sql, table))


def another(value: object, column: str = "") -> object:
    """A value of the same type that is another one, and is nobody else's; for none, one that any column takes."""
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, str) and value:
        return f"{value[:-1]}{'x' if value[-1] != 'x' else 'y'}"
    return b"7" if column == "salt" else "7"
