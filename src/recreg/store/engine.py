"""SQLAlchemy's way to the register file: each transaction begins IMMEDIATE.

Left to itself SQLAlchemy lets a second writer slip in between a read and the write that rests on
it, and the first one's change is lost without a word.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from recreg.store.file import connect_for_writing, plainly
from recreg.store.guards import guard
from recreg.store.triggers import allow_writing


def writing_engine(path: Path, *, any_schema: bool = False) -> Engine:
    """An engine on a register that is there already; ``any_schema`` is for migrating only.

    Foreign keys are off for a migration, and must be switched off before its transaction begins.
    """

    def connect() -> sqlite3.Connection:
        db = connect_for_writing(path, any_schema=any_schema)
        allow_writing(db)
        if any_schema:
            db.execute("PRAGMA foreign_keys = OFF")
        else:
            guard(db)
        return db

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def driver(connection: Connection) -> sqlite3.Connection:
    """The standard library's connection beneath SQLAlchemy's, inside the same transaction."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)


@contextmanager
def database_errors_told(path: Path) -> Iterator[None]:
    """Turns the errors that SQLAlchemy wraps into sentences."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise plainly(error.orig, path) from error
        raise
    except sqlite3.Error as error:
        raise plainly(error, path) from error


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
