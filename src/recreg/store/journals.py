"""The journals beside a register: whose they are, and what another program or a crash left of them.

The file's first bytes are read before SQLite is let at it: it plays back whatever journal it finds.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from recreg.store.file import connect_for_writing

#: Where a file says how it is written and read: 1 is a rollback journal, 2 is WAL.
_FORMAT = slice(18, 20)
_SQLITE = b"SQLite format 3\0"


def beside(register: Path, ending: str) -> Path:
    """A journal's own name: ``-journal``, ``-wal`` or ``-shm``."""
    return register.with_name(register.name + ending)


def size_of(file: Path) -> int | None:
    """The size of a file in bytes; None where there is none."""
    try:
        return file.stat().st_size
    except OSError:
        return None


def is_wal(register: Path) -> bool:
    """Whether the file says of itself that it is in WAL mode: another program switched it."""
    return 2 in _formats(register)


def is_rollback(register: Path) -> bool:
    """Whether the file says that it is in no WAL mode, as recreg leaves it."""
    return _formats(register) == b"\1\1"


def has_strange_wal(register: Path) -> bool:
    """Whether a ``-wal`` lies beside a file that was never in that mode: it belonged to another one of that name.

    Whoever opens the register next has its pages played over it.
    """
    return is_rollback(register) and bool(size_of(beside(register, "-wal")))


def was_cut_off(register: Path) -> bool:
    """Whether a command was killed while it wrote, and what it had begun is still to be undone."""
    if not size_of(beside(register, "-journal")):
        return False
    where = f"file:{quote(os.fsencode(register.absolute()))}?mode=ro"
    with closing(sqlite3.connect(where, uri=True)) as db:
        try:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            return error.sqlite_errorname == "SQLITE_READONLY_ROLLBACK"
    return False


def put_back(register: Path) -> None:
    """Have the register's own journal again, and what a crash left undone; raises `Busy` and `Unusable`."""
    connect_for_writing(register, any_schema=True).close()


def _formats(register: Path) -> bytes:
    try:
        with register.open("rb") as file:
            head = file.read(100)
    except OSError:
        return b""
    return head[_FORMAT] if head.startswith(_SQLITE) else b""
