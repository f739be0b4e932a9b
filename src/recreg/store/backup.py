"""Backups: the register by SQLite's own copying, the only way that is safe while others write, with its evidence.

Nothing has a backup's name that was not read back and proved first.
"""

import os
import re
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from recreg.errors import Busy, RecregError, Refused, Unusable, Unwritable
from recreg.store import evidence_files
from recreg.store.backups_there import folder_of
from recreg.store.file import SCHEMA_NUMBER, connect_for_reading, plainly, told_plainly, wait_seconds
from recreg.store.lasting import make_folder, make_lasting
from recreg.store.log import hash_of, head
from recreg.store.proof import faults

#: What a backup calls its register and the folder of its evidence.
REGISTER, EVIDENCE = "register.db", "evidence/"
#: How many copies are kept that recreg made of itself for one reason; what was asked for is never taken away.
KEPT = 10

_HEAD = re.compile(rb"recreg (\d{1,18})/([0-9a-f]{64})\Z")
_LONGEST = len(b"recreg /") + 18 + 64


@dataclass(frozen=True)
class Backup:
    """A backup that was made: where, the head of its log, how many files of evidence are in it, and what is not."""

    path: Path
    head: tuple[int, str]
    files: int
    missing: list[str]


def moment() -> str:
    """This moment, in UTC, as the names of backups begin: they sort by it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")


def back_up(register: Path, target: Path | None) -> Backup:
    """Write the register and its evidence to one ZIP file, which appears whole and proved or not at all.

    ``target`` may be a folder. Raises `Refused` where another file stands in its place, `Unusable` where
    the register does not stand its proof, `Unwritable` where the place cannot be written to, `Busy`.
    """
    if target is None:
        with _own_folder(register) as folder:
            return back_up(register, folder)
    if target.is_dir():
        target /= f"{moment()}.zip"
    with passing_name(target) as unfinished, passing_name(target, ".db") as copied:
        of = _proved_copy(register, copied)
        _may_be_replaced(target, copied)
        files, missing = _pack(unfinished, copied, register, of)
        _put(unfinished, target)
    return Backup(target, of, files, missing)


def keep_copy(register: Path, reason: str) -> Path:
    """A proved copy of the register alone in its folder of backups; the oldest of that reason make room."""
    with _own_folder(register) as folder:
        kept = copy(register, folder / f"{moment()}-{reason}.db")
        for old in sorted(folder.glob(f"[0-9]*-{reason}.db"))[:-KEPT]:
            old.unlink(missing_ok=True)
    return kept


@contextmanager
def _own_folder(register: Path) -> Iterator[Path]:
    """The register's folder of backups; one that was made for a backup that came to nothing is gone at the end."""
    connect_for_reading(register, any_schema=True).close()  # Beside what is no register nothing is made.
    folder = folder_of(register)
    is_new = not folder.is_dir()
    try:
        make_folder(folder)
    except OSError as error:
        raise _unwritable(folder, error.strerror or type(error).__name__) from error
    try:
        yield folder
    finally:
        with suppress(OSError):  # It goes only where it is empty.
            if is_new:
                folder.rmdir()


def copy(register: Path, target: Path) -> Path:
    """Copy the register to ``target``, which appears whole and proved or not at all."""
    with passing_name(target) as unfinished:
        _proved_copy(register, unfinished)
        _put(unfinished, target)
    return target


def set_apart(register: Path) -> Path:
    """A copy of a register that does not stand its proof, beside it: a backup's name it does not get."""
    target = named_damaged(register)
    with passing_name(target) as unfinished:
        _copy_pages(register, unfinished)
        _put(unfinished, target)
    return target


def named_damaged(register: Path) -> Path:
    """The name under which a register is kept that is damaged, or was changed behind recreg's back."""
    return register.with_name(f"{register.name}.damaged-{moment()}")


def head_of(backup: Path) -> tuple[int, str] | None:
    """The head of a backup's log; None for what is no backup, or can be read no more."""
    try:
        return _head_of_packed(backup) if zipfile.is_zipfile(backup) else _head_of_copy(backup)
    except (OSError, RecregError, sqlite3.Error):
        return None


def copy_all(source: sqlite3.Connection, target: sqlite3.Connection, path: Path) -> None:
    """Copy every page in one step; raises `Busy` where somebody else holds the register for too long."""
    source.backup(target, progress=_bounded(path), sleep=0.05)


def copy_over(source: sqlite3.Connection, target: sqlite3.Connection, path: Path, begun: Callable[[], None]) -> None:
    """Copy every page over a register in use; raises `Busy`.

    ``begun`` is called once the target is locked and nothing is written to it yet; what it raises leaves it as it was.
    """
    source.execute("BEGIN")  # Held throughout, so that each step need not lock it anew.
    source.backup(target, pages=1, progress=_bounded(path, begun), sleep=0.05)


def _bounded(path: Path, begun: Callable[[], None] = lambda: None) -> Callable[[int, int, int], None]:
    """What SQLite calls after each step: it would wait for others for ever."""
    until, first = time.monotonic() + wait_seconds(), True

    def stepped(status: int, *_: int) -> None:
        nonlocal first
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            if time.monotonic() > until:
                raise Busy(f"The register {path} is busy: somebody else is writing.", "Try again in a moment.")
        elif first:
            first = False
            begun()

    return stepped


@contextmanager
def passing_name(target: Path, ending: str = "") -> Iterator[Path]:
    """A new file beside the target that only its owner may read, gone at the end unless it took another name.

    Raises `Unwritable` where the place cannot be written to, or is full.
    """
    unfinished = target.with_name(f".{target.name}{ending}.{os.getpid()}.unfinished")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield unfinished
    except OSError as error:
        raise _unwritable(target, error.strerror or type(error).__name__) from error
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", "")
        if not name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise
        raise _unwritable(target, "the disk is full" if name == "SQLITE_FULL" else str(error)) from error
    finally:
        for leftover in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
            leftover.unlink(missing_ok=True)


def _unwritable(target: Path, reason: str) -> Unwritable:
    return Unwritable(f"The copy {target} could not be written: {reason}.", "Make room, or name another place.")


def _put(unfinished: Path, target: Path) -> None:
    """Give a finished file its name, for good."""
    make_lasting(unfinished)
    unfinished.replace(target)
    make_lasting(target.parent)


def _proved_copy(register: Path, target: Path) -> tuple[int, str]:
    """Copy the register and prove the copy; the head of its log."""
    _copy_pages(register, target)
    with told_plainly(register), closing(sqlite3.connect(target)) as made:
        _must_be_proved(made, register)
        return head(made)


def _copy_pages(register: Path, target: Path) -> None:
    with (
        closing(connect_for_reading(register, any_schema=True)) as source,
        closing(sqlite3.connect(target)) as made,
    ):
        try:
            copy_all(source, made, register)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
                raise  # The register is only read: it is the copy that has no room, and `passing_name` tells that.
            raise plainly(error, register) from error


def _must_be_proved(db: sqlite3.Connection, register: Path) -> None:
    """Raise `Unusable` where something is wrong; it tells all of an older register, which `log verify` cannot read."""
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    found = [fault.message for fault in islice(faults(db), None if schema < SCHEMA_NUMBER else 1)]
    if found:
        first = f"The register {register} does not stand its proof, so no backup was made of it: {found[0]}"
        by_hand = "copy the file by hand before anything else is done."
        if schema < SCHEMA_NUMBER:
            raise Unusable([first, *found[1:]], f"recreg restore FILE puts the last good backup back; {by_hand}")
        raise Unusable(first, f"recreg log verify tells all that is wrong; {by_hand}")


def _may_be_replaced(target: Path, copied: Path) -> None:
    """A packed backup gives way to a later one of the same register, and nothing else does; raises `Refused`.

    Not even a bare register of the same log: it may be the very one that is backed up.
    """
    if not target.exists():
        return
    found = head_of(target)
    if found is None or not zipfile.is_zipfile(target):
        raise Refused(f"There is another file at {target}.", "Name another place: recreg backup FILE.")
    with closing(sqlite3.connect(copied)) as db:
        if hash_of(db, found[0]) != found[1]:
            raise Refused(
                f"{target} is a backup that holds what this register lacks, up to changeset {found[0]}.",
                "Name another place, or look into it first: recreg restore FILE.",
            )


def _pack(unfinished: Path, copied: Path, register: Path, of: tuple[int, str]) -> tuple[int, list[str]]:
    """Fill the ZIP file and read it back; how many files of evidence it holds, and what is the matter with the rest."""
    with closing(sqlite3.connect(copied)) as db:
        kept = evidence_files.filed(db)
    missing = []
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as packed:
        packed.write(copied, REGISTER)
        for sha256, refs in kept.items():
            file = evidence_files.folder_of(register) / sha256
            if fault := evidence_files.fault_of(file, sha256):
                missing.append(f"{refs} is {fault}")
            else:
                packed.write(file, EVIDENCE + sha256)
        packed.comment = b"recreg %d/%b" % (of[0], of[1].encode())
    with zipfile.ZipFile(unfinished) as packed:
        spoilt = packed.testzip()
    if spoilt:
        raise Unwritable(f"The backup did not read back as it was written ({spoilt}).", "Check the disk it is on.")
    return len(kept) - len(missing), sorted(missing)


def _head_of_packed(backup: Path) -> tuple[int, str] | None:
    """The head in the comment, with which such a file ends."""
    with backup.open("rb") as packed:
        packed.seek(-_LONGEST, os.SEEK_END)
        found = _HEAD.search(packed.read())
    return (int(found[1]), found[2].decode()) if found else None


def _head_of_copy(backup: Path) -> tuple[int, str] | None:
    with closing(connect_for_reading(backup, any_schema=True)) as db:
        found = head(db)
        return found if found[0] else None
