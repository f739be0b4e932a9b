"""The evidence folder, ``<register>.evidence/``: each file under the SHA-256 of its content.

The file is there, whole and lasting, before the row that speaks of it: whatever kills the command,
no row is without its file. A name that came with a file is kept as text and never used as a path.
"""

import os
import sqlite3
import stat
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from recreg.errors import Mistyped, RecregError, Refused, Unusable
from recreg.store.file import connect_for_writing
from recreg.store.lasting import make_folder, make_lasting

LARGEST = 2 * 1024**3
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """A file as it was read: its hash, its size in bytes, and the name it came under."""

    sha256: str
    size_bytes: int
    name: str


def folder_of(register: Path) -> Path:
    """Where a register's evidence is kept."""
    return register.with_name(register.name + ".evidence")


def filed(db: sqlite3.Connection) -> dict[str, str]:
    """The hash of each file that is kept beside the register, with every piece of evidence that is this file."""
    query = (
        "SELECT sha256, group_concat(ref, ', ') FROM (SELECT sha256, ref FROM evidence WHERE sha256 NOT NULL "
        "AND path IS NULL ORDER BY id) GROUP BY sha256"
    )
    return dict(db.execute(query))


def weigh(file: Path) -> Kept:
    """The hash and size of a file, which stays where it is; raises `Mistyped` or `Refused`."""
    with _opened(file) as source:
        return _read(source, file, None)


@dataclass
class Staged:
    """A file that was copied into the evidence folder under a passing name, and is not kept yet."""

    kept: Kept
    unfinished: Path
    #: Whether it was kept, and no file of that hash was there before.
    is_new: bool = False

    @property
    def lasting(self) -> Path:
        """Where it is kept, under its hash."""
        return self.unfinished.with_name(self.kept.sha256)

    def keep(self) -> None:
        """Give the copy its lasting name; one that is there already is kept once."""
        with _told(self.unfinished.parent):
            self.is_new = not self.lasting.exists()
            self.unfinished.replace(self.lasting)
            make_lasting(self.unfinished.parent)


@contextmanager
def staged(files: list[Path], register: Path) -> Iterator[list[Staged]]:
    """Copies of the files in the evidence folder, whole and lasting; those not kept by the end are gone.

    So are those kept whose rows were not written after all. Copying takes its time, and nobody else
    should have to wait for it: so it comes before the visit.
    """
    folder = folder_of(register)
    copies: list[Staged] = []
    try:
        with _told(folder):
            for file in files:
                copies.append(_copied(file, folder))  # noqa: PERF401 - those made before a failure are swept too
        yield copies
    except BaseException:
        _take_back(register, [copy for copy in copies if copy.is_new])
        raise
    finally:
        for copy in copies:
            copy.unfinished.unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()  # Goes only where it is empty, as after a first filing that was refused.


def _take_back(register: Path, copies: list[Staged]) -> None:
    """Remove what was kept for rows that could not be written; while it is locked, nobody else files the same.

    What cannot be looked at now, `recreg doctor` finds later.
    """
    if not copies:
        return
    with suppress(sqlite3.Error, OSError, RecregError), closing(connect_for_writing(register)) as db:
        db.execute("BEGIN IMMEDIATE")
        for copy in copies:
            if not db.execute("SELECT 1 FROM evidence WHERE sha256 = ?", (copy.kept.sha256,)).fetchone():
                copy.lasting.unlink(missing_ok=True)


def _copied(file: Path, folder: Path) -> Staged:
    make_folder(folder)
    unfinished = folder / f".{uuid.uuid4().hex}.unfinished"
    with _opened(file) as source:
        handle = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as copied:
                kept = _read(source, file, copied)
                copied.flush()
                os.fsync(copied.fileno())
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    return Staged(kept, unfinished)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unusable(
            f"The evidence could not be kept in {folder}: {error.strerror}.", "Nothing was recorded of it."
        ) from error


def remove(register: Path, sha256: str) -> bool:
    """Take a file that no row speaks of any more out of the evidence folder for good; whether it was there."""
    file = folder_of(register) / sha256
    try:
        file.unlink()
        make_lasting(file.parent)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Unusable(
            f"The register is changed, but the file {file} could not be removed: {error.strerror}.",
            "recreg doctor --fix removes it once this account may write there.",
        ) from error
    return True


def fault_of(file: Path, sha256: str) -> str | None:
    """What is wrong with a file that should have that hash: missing, unreadable or changed; else None."""
    import hashlib

    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return "unreadable (not a file)"  # A pipe of that name would be waited on for ever.
        with file.open("rb") as source:
            found = hashlib.file_digest(source, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"unreadable ({error.strerror})"
    except ValueError:  # No file has such a name; another program may have written one into the register.
        return "missing"
    return None if found == sha256 else "changed"


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    try:
        # O_NONBLOCK keeps a pipe of that name from holding the command up before it is refused.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Mistyped(f"The file {file} cannot be read: {error.strerror}.", "Check its name and place.") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Mistyped(f"{file} is not a file.", "Give a file, or --link URL for what is kept elsewhere.")
    with os.fdopen(handle, "rb") as source:
        yield source


def _read(source: BinaryIO, file: Path, copied: BinaryIO | None) -> Kept:
    import hashlib

    hasher, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise Refused(f"{file} is larger than 2 GB.", "Add --in-place to keep its path and hash only.")
        hasher.update(chunk)
        if copied:
            copied.write(chunk)
    return Kept(hasher.hexdigest(), size, file.name)
