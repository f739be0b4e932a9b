"""What commands that were cut off left behind: unfinished files, folders of a restore or an editor, evidence.

None of it is looked at before it is an hour old: it may be somebody's who is at work.
"""

import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from recreg.domain.redaction import REDACTED
from recreg.errors import RecregError
from recreg.store import evidence_files, journals
from recreg.store.backups_there import folder_of as backups_of
from recreg.store.backups_there import made_of
from recreg.store.file import SCHEMA_NUMBER, connect_for_reading
from recreg.store.heads import known_heads, not_in_the_log
from recreg.store.proof import is_sound

OLD_SECONDS = 3600.0
#: The file in which an editor is given a text to write.
EDITED_TEXT = "text.txt"
_PASSING = re.compile(r"\..+\.(?P<process>\d+)\.unfinished(-journal)?", re.ASCII)
_COPIED = re.compile(r"\.[0-9a-f]{32}\.unfinished")
_HASH = re.compile(r"[0-9a-f]{64}")
_EDITED = re.compile(r"\.recreg-(?P<process>\d+)-[a-z0-9_]{8}", re.ASCII)
_UNPACKED = re.compile(r"register\.db(-journal)?|[0-9a-f]{64}")


@dataclass(frozen=True)
class Leftover:
    """Something left behind: where, what it is, and why it is not recreg's to take away, where it is not."""

    path: Path
    what: str
    stays: str | None = None

    def remove(self) -> None:
        """Take it away for good."""
        if self.path.is_dir() and not self.path.is_symlink():
            shutil.rmtree(self.path)
        else:
            self.path.unlink(missing_ok=True)


def leftovers(register: Path) -> Iterator[Leftover]:
    """What lies beside the register, among its backups and in its evidence folder, and is an hour old."""
    for folder in (register.parent, backups_of(register)):
        for path in _old_files(folder):
            if found := _PASSING.fullmatch(path.name):
                yield Leftover(path, "a file that was never finished", _at_work(int(found["process"])))
    for path in _old_files(evidence_files.folder_of(register)):
        if _COPIED.fullmatch(path.name):
            yield Leftover(path, "a file that was never finished")
    yield from _of_restores(register)
    yield from _of_editors(register)
    if not (journals.is_wal(register) or journals.has_strange_wal(register)):
        for path in filter(_is_old, (journals.beside(register, ending) for ending in ("-wal", "-shm"))):
            yield Leftover(path, "what WAL mode left, which another program had switched on")


def orphans(db: sqlite3.Connection, register: Path) -> Iterator[Leftover]:
    """Files of evidence that no entry of the log speaks of, nor that of a copy beside it, and those redacted."""
    if db.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_NUMBER:
        return  # What its log speaks of is known once it is migrated.
    now = _in_the_table(db)
    filed = [path for path in _old_files(evidence_files.folder_of(register)) if _HASH.fullmatch(path.name)]
    filed = [path for path in filed if path.name not in now]
    if not filed:
        return
    redacted, unknown = _redacted(db), {path.name for path in filed} - _in_the_log(db)
    told = [_spoken_of_by(copy) for copy in _copies(register)] if unknown else []
    unknown = unknown.difference(*(hashes for hashes in told if hashes))
    stays = _doubt(db, register, is_unread=None in told) if unknown else None
    for path in filed:
        if path.name in redacted:
            yield Leftover(path, "the file of evidence that was redacted")
        elif path.name in unknown:
            yield Leftover(path, "a file of evidence that the log does not speak of", stays)


def _of_restores(register: Path) -> Iterator[Leftover]:
    """The private folder of a restore that was cut off, and what one set aside, which is for the officer."""
    name, kept = re.escape(register.name), "recreg restore set it aside: delete it once nobody needs it"
    for path in _old(register.parent):
        if re.fullmatch(rf"\.{name}\.[a-z0-9_]{{8}}", path.name) and _is_unpacked(path):
            yield Leftover(path, "the folder of a restore that was cut off")
        elif re.fullmatch(rf"{name}(-(journal|wal|shm)\.left|\.damaged)-.*", path.name):
            yield Leftover(path, "what lay in the register's place", kept)


def _of_editors(register: Path) -> Iterator[Leftover]:
    """The private folder of a text that was being written, which is for the officer where it holds words."""
    for path in _old(register.parent):
        if (found := _EDITED.fullmatch(path.name)) and path.is_dir() and not path.is_symlink():
            yield Leftover(
                path, "the folder of an editor that was cut off", _at_work(int(found["process"])) or _words(path)
            )


def edited_in(register: Path) -> tempfile.TemporaryDirectory[str]:
    """A private folder beside the register to write a text in, named after this process."""
    return tempfile.TemporaryDirectory(prefix=f".recreg-{os.getpid()}-", dir=register.parent)


def _words(folder: Path) -> str | None:
    """Why the folder stays that was cut off: somebody's words are in it, or another file than ours."""
    try:
        lines = (folder / EDITED_TEXT).read_bytes().splitlines() if (folder / EDITED_TEXT).exists() else []
        is_empty = all(line.startswith(b"#") or not line.strip() for line in lines)
        is_empty = is_empty and all(each.name == EDITED_TEXT for each in folder.iterdir())
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    return None if is_empty else "it may hold text that was never recorded: take it over, and delete it"


def _is_unpacked(folder: Path) -> bool:
    """Whether it is such a folder: with a register or evidence in it, an hour old, and nothing else."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return all(_UNPACKED.fullmatch(each.name) and _is_old(each) for each in folder.iterdir())


def _old(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if _is_old(path))
    return []


def _old_files(folder: Path) -> list[Path]:
    return [path for path in _old(folder) if path.is_symlink() or not path.is_dir()]


def _is_old(path: Path) -> bool:
    with suppress(OSError):
        return time.time() - path.lstat().st_mtime > OLD_SECONDS
    return False


def _at_work(process: int) -> str | None:
    """Why a file stays that a process was writing: it is there still, or another one of that number."""
    if os.name != "posix":
        return None  # To ask Windows after a process in this way would end it.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return None
    except (PermissionError, OverflowError):
        pass
    return f"the process {process} may be writing it still"


def _in_the_table(db: sqlite3.Connection) -> set[str]:
    return {sha256 for (sha256,) in db.execute("SELECT sha256 FROM evidence WHERE sha256 NOT NULL")}


def _in_the_log(db: sqlite3.Connection) -> set[str]:
    """Every hash that the log of the evidence names: an undo may need its file again."""
    sides = db.execute("SELECT coalesce(before, '') || coalesce(after, '') FROM change WHERE noun = 'evidence'")
    return {sha256 for (told,) in sides for sha256 in _HASH.findall(told)}


def _redacted(db: sqlite3.Connection) -> set[str]:
    """The hashes of evidence that was redacted, and whose file should have gone with it."""
    query = "SELECT before FROM change WHERE noun = 'evidence' AND row IN (SELECT id FROM evidence WHERE link = ?)"
    return {sha256 for (told,) in db.execute(query, (REDACTED,)) if told for sha256 in _HASH.findall(told)}


def _copies(register: Path) -> list[Path]:
    """Registers that one may still go back to, and that have no evidence of their own."""
    with suppress(OSError):
        aside = [each for each in register.parent.iterdir() if each.name.startswith(f"{register.name}.damaged-")]
        return [*aside, *(each for each in made_of(register) if each.suffix == ".db")]
    return []


def _spoken_of_by(copy: Path) -> set[str] | None:
    """The hashes that a copy speaks of; None where it cannot be read."""
    try:
        with closing(connect_for_reading(copy, any_schema=True)) as db:
            return _in_the_table(db) | _in_the_log(db)
    except (RecregError, sqlite3.DatabaseError):
        return None


def _doubt(db: sqlite3.Connection, register: Path, *, is_unread: bool) -> str | None:
    """Why the log is not to be believed when it is silent: it is not whole, or another register may have spoken."""
    if is_unread:
        return "a register that was set aside cannot be read, and may speak of it"
    if not is_sound(db) or any(not_in_the_log(db, [*known_heads(db, register)])):
        return "recreg log verify finds faults, so that it may be needed"
    return None
