"""What no command of recreg may do to a register, whatever SQL it comes to run: SQLite asks here before it does.

The triggers guard the log against SQL; this guards the triggers, and the tables themselves.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_LOG = {"change", "changeset"}
#: What the triggers alone write to.
_TRIGGERED = {"change", "log_entry"}
#: What only SQLite itself and a migration write to.
_OTHERS = {"sqlite_sequence", "alembic_version"}
#: Making, changing and dropping what is not TEMP, triggers of any sort, and joining other files to the register.
_NEVER = {
    sqlite3.SQLITE_ANALYZE,
    sqlite3.SQLITE_ALTER_TABLE,
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_DETACH,
    sqlite3.SQLITE_CREATE_INDEX,
    sqlite3.SQLITE_CREATE_TABLE,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
    sqlite3.SQLITE_CREATE_TRIGGER,
    sqlite3.SQLITE_CREATE_VIEW,
    sqlite3.SQLITE_CREATE_VTABLE,
    sqlite3.SQLITE_DROP_INDEX,
    sqlite3.SQLITE_DROP_TABLE,
    sqlite3.SQLITE_DROP_TRIGGER,
    sqlite3.SQLITE_DROP_VIEW,
    sqlite3.SQLITE_DROP_VTABLE,
}
#: The only pragmas that may be given a value: those that ask, and where TEMP tables are.
_PRAGMAS = {"table_info", "table_xinfo", "foreign_key_check", "integrity_check", "quick_check", "temp_store"}
#: What was asked for here and denied: without any, SQLITE_AUTH is a Ctrl-C that landed in `_may`.
denied: list[tuple[int, str | None]] = []


def guard(db: sqlite3.Connection) -> None:
    """From now on this connection writes rows, and adds to the log, and nothing else."""
    db.set_authorizer(_may)


@contextmanager
def unguarded(db: sqlite3.Connection) -> Iterator[None]:
    """As a redaction needs it, and nothing else."""
    db.set_authorizer(None)
    try:
        yield
    finally:
        guard(db)


def _may(action: int, first: str | None, second: str | None, _database: str | None, inside: str | None) -> int:
    changes = action in {sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
    if (
        action in _NEVER
        or (changes and first in _LOG | _OTHERS)
        or (action == sqlite3.SQLITE_INSERT and (first in _OTHERS or (first in _TRIGGERED and inside is None)))
        or (action == sqlite3.SQLITE_PRAGMA and second is not None and (first or "").lower() not in _PRAGMAS)
    ):
        denied.append((action, first))
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
