"""Opening the register file, for reading and for writing, without any ORM.

Only ``recreg init`` ever creates a register: everything else opens what is there or says what is
wrong with it. The journal is TRUNCATE with ``synchronous=FULL``: nothing acknowledged is lost in a
power cut, and an account that may only read can read it in a folder it cannot write.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from recreg.errors import Busy, Mistyped, RecregError, Refused, Unusable
from recreg.store.lasting import make_folder

if TYPE_CHECKING:
    from recreg.store.rewind import Moment

#: "RECR" in ASCII, at byte 68 of every register.
APPLICATION_ID = 0x52454352
#: The number of the newest migration, which the file carries as its ``user_version``.
SCHEMA_NUMBER = 8
#: Seconds that a command waits for somebody else who is writing; RECREG_WAIT sets another number.
WAIT_SECONDS = 30.0


def connect_for_reading(path: Path, *, any_schema: bool = False) -> sqlite3.Connection:
    """A read-only connection that never creates, migrates or locks; raises `Unusable` or `Busy`.

    ``any_schema`` lets a backup be made of an older register, and read.
    """
    with told_plainly(path):
        _must_be_a_file(path)
        try:
            return _checked(_open(path, "ro"), path, any_schema=any_schema)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
                raise
            _finish_what_a_crash_left(path)
            return _checked(_open(path, "ro"), path, any_schema=any_schema)


@contextmanager
def reading_at(path: Path, moment: "Moment | None" = None) -> Iterator[sqlite3.Connection]:
    """The register of a moment, of now unless given, on a read-only connection; all is read within the ``with``."""
    db = connect_for_reading(path)
    try:
        with told_plainly(path):
            db.execute("BEGIN")
            if moment is not None and not moment.is_now:
                from recreg.store.rewind import rewind

                rewind(db, moment)
            yield db
    finally:
        db.close()


def connect_for_writing(path: Path, *, any_schema: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode, so that the caller alone says BEGIN IMMEDIATE.

    ``any_schema`` lets ``recreg migrate`` open an older register.
    """
    with told_plainly(path):
        _must_be_a_file(path)
        db = _checked(_open(path, "rw"), path, any_schema=any_schema)
        prepare_for_writing(db)
        return db


def prepare_for_writing(db: sqlite3.Connection) -> None:
    """The settings that make a commit last and the rules of the tables hold."""
    for pragma in (
        "journal_mode = TRUNCATE",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "cell_size_check = ON",
    ):
        db.execute(f"PRAGMA {pragma}")


def refuse_to_overwrite(path: Path) -> None:
    """Raise `Refused` where a file, or a link to one, stands already."""
    if path.exists() or path.is_symlink():
        hint = "recreg --register FILE init makes a register elsewhere."
        raise Refused(f"There is a file at {path} already.", hint)


def create_empty(path: Path, application_id: int) -> None:
    """A register of no schema yet that only its owner may read, in a folder made the same way where missing."""
    make_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    db = sqlite3.connect(path)
    # An item with its words fills a quarter of SQLite's usual page: looking through all of them takes a fifth less so.
    db.execute("PRAGMA page_size = 8192")
    db.execute(f"PRAGMA application_id = {application_id}")
    db.close()


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turns what SQLite and the system say of the register file into sentences."""
    try:
        yield
    except RecregError:
        raise
    except sqlite3.Error as error:
        raise plainly(error, path) from error
    except ValueError as error:
        if not _is_garbled(error):
            raise
        raise damaged(path) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Unusable(_FULL.format(path=path), _ROOM) from error
        reason = error.strerror or type(error).__name__
        raise Unusable(f"The register {path} cannot be opened: {reason}.", _WHOSE) from error


def plainly(error: sqlite3.Error, path: Path) -> RecregError | sqlite3.Error | KeyboardInterrupt:
    """The error in the officer's words, or the error itself where it is a bug of ours."""
    if _is_ctrl_c(error):
        return KeyboardInterrupt()
    name = getattr(error, "sqlite_errorname", "") or ""
    kind = name.removeprefix("SQLITE_").split("_")[0]
    if kind in {"BUSY", "LOCKED"}:
        return Busy(f"The register {path} is busy: somebody else is writing.", "Try again in a moment.")
    if kind in _FAULTS:
        sentence, hint = _FAULTS[kind]
        return Unusable(sentence.format(path=path), hint)
    if isinstance(error, sqlite3.DatabaseError) and any(said in str(error) for said in _DAMAGE):
        return damaged(path)
    return error


def damaged(path: Path) -> Unusable:
    """A register that holds what recreg never wrote."""
    return Unusable(*(part.format(path=path) for part in _FAULTS["CORRUPT"]))


def _is_garbled(error: ValueError) -> bool:
    """Whether a text in the register is none: no UTF-8, or no JSON in the log."""
    from json import JSONDecodeError  # Loaded already where it was raised.

    return isinstance(error, UnicodeDecodeError | JSONDecodeError)


def _is_ctrl_c(error: sqlite3.Error) -> bool:
    """SQLite takes a Ctrl-C that lands in a function of ours for a fault of that function, or for its no."""
    from recreg.store.guards import denied

    said = str(error)
    refused = getattr(error, "sqlite_errorname", "") == "SQLITE_AUTH" or "not authorized" in said
    return "user-defined function raised exception" in said or (refused and not denied)


_WHOSE = "Ask whoever keeps the file, or name another with --register FILE."
_DAMAGE = ("malformed", "Could not decode to UTF-8")
_FULL, _ROOM = "The disk is full: nothing was written to {path}.", "Make room and type the command again."
_FAULTS = {
    "NOTADB": ("{path} is not a recreg register.", "recreg --register FILE names the right one."),
    "CORRUPT": ("The register {path} is damaged.", "recreg restore FILE puts the last good backup back."),
    "READONLY": ("The register {path} may not be written by this account or in this folder.", _WHOSE),
    "FULL": (_FULL, _ROOM),
    "CANTOPEN": ("The register {path} cannot be opened.", _WHOSE),
    "IOERR": ("The disk gave an error while {path} was read or written.", "Check the disk and the last backup."),
    "PERM": ("The register {path} may not be opened by this account.", _WHOSE),
}


def _must_be_a_file(path: Path) -> None:
    if path.is_dir():
        raise Unusable(f"{path} is a folder, not a register.", "recreg --register FILE names a file.")
    if not path.exists():
        raise Unusable(
            f"There is no register at {path}.",
            "recreg init makes one there; recreg --register FILE names another.",
        )
    if not path.is_file():
        raise Unusable(f"{path} is not a recreg register.", "recreg --register FILE names the right one.")


def _open(path: Path, mode: str) -> sqlite3.Connection:
    where = f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
    db = sqlite3.connect(where, uri=True, timeout=wait_seconds(), isolation_level=None)
    if mode == "ro":
        db.execute("PRAGMA query_only = ON")
        # Else SQLite sorts long lists, and keeps the register of another day, in files of the system's own folder.
        db.execute("PRAGMA temp_store = MEMORY")
        # A writing connection has to trust the schema, whose triggers call recreg's own function.
        db.execute("PRAGMA trusted_schema = OFF")
    return db


def wait_seconds() -> float:
    """How long to wait for somebody else who is writing; raises `Mistyped` where RECREG_WAIT is no number."""
    typed = os.environ.get("RECREG_WAIT") or str(WAIT_SECONDS)
    try:
        return max(0.0, float(typed))
    except ValueError as error:
        raise Mistyped(f"“{typed}” in RECREG_WAIT is not a number of seconds.", "Set it to 30, for one.") from error


def _checked(db: sqlite3.Connection, path: Path, *, any_schema: bool = False) -> sqlite3.Connection:
    try:
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (schema,) = db.execute("PRAGMA user_version").fetchone()
        _must_be_ours(path, application, schema, any_schema=any_schema)
    except BaseException:
        db.close()
        raise
    return db


def _must_be_ours(path: Path, application: int, schema: int, *, any_schema: bool) -> None:
    if application != APPLICATION_ID:
        raise Unusable(f"{path} is not a recreg register.", "recreg --register FILE names the right one.")
    if schema > SCHEMA_NUMBER:
        raise Unusable(
            f"The register {path} was written by a newer recreg (schema {schema}; this one knows {SCHEMA_NUMBER}).",
            "Install the newer recreg; nothing was touched.",
        )
    if schema < SCHEMA_NUMBER and not any_schema:
        raise Unusable(
            f"The register {path} is older than this recreg (schema {schema}; this one needs {SCHEMA_NUMBER}).",
            "recreg migrate brings it up to date, after a backup.",
        )


def _finish_what_a_crash_left(path: Path) -> None:
    """Roll back a command that was killed half-way, which a read-only connection cannot do."""
    with suppress(sqlite3.Error):
        db = _open(path, "rw")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        db.close()
        return
    raise Unusable(
        f"A command was cut off while writing {path}, and this account may not tidy up after it.",
        "Run any recreg command once as the register's owner.",
    )
