"""How a register is: what was looked at, what was found, and what to do about it.

No word of the records is in it: places, numbers, days.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from recreg.domain.dates import spoken, today_in_london
from recreg.domain.vocabulary import counted
from recreg.errors import RecregError, Unusable
from recreg.store import evidence_files, journals, proof, surroundings
from recreg.store.backups_there import dated
from recreg.store.backups_there import folder_of as backups_of
from recreg.store.file import SCHEMA_NUMBER, connect_for_reading, told_plainly
from recreg.store.leftovers import Leftover, leftovers, orphans
from recreg.store.rights import rights
from recreg.store.surroundings import FIX, Finding

#: A backup older than this is old, if the register was written to since.
_OLD = timedelta(days=7)
_WHO = "Ask whoever keeps it, or type it as the register's owner."
_RESTORE = "recreg restore FILE puts the last good backup back."


@dataclass
class _Read:
    """What the file itself told, as far as it could be read."""

    findings: list[Finding] = field(default_factory=list)
    error: RecregError | None = None
    changed_at: datetime | None = None
    orphans: list[Leftover] = field(default_factory=list)


def health(register: Path, link: Path | None = None) -> tuple[list[Finding], RecregError | None]:
    """All that is found of a register and what it stands among, and why it cannot be used, where it cannot.

    ``link`` is the one that the register was named by, if it was.
    """
    around = [*_as_far_as_let(_around(register), register.parent)]
    # Before SQLite is let at the file: it plays back whatever journal it finds.
    is_strange = journals.has_strange_wal(register)
    was_cut_off = not is_strange and journals.was_cut_off(register)
    read = _read(register)
    findings = [
        *surroundings.programs(is_wal=journals.is_wal(register)),
        _itself(register, link, read.error),
        *around,
        *_journal(register, is_strange=is_strange, was_cut_off=was_cut_off),
        *read.findings,
        _backups(register, read.changed_at),
        *_left([*leftovers(register), *read.orphans]),
    ]
    return findings, read.error


def nowhere(error: RecregError) -> list[Finding]:
    """What can be told where nobody can say where the register is."""
    return [*surroundings.programs(is_wal=False), Finding("register", " ".join(error.sentences), error.hint or None)]


def _itself(register: Path, link: Path | None, error: RecregError | None) -> Finding:
    if error is not None:
        return Finding("register", " ".join(error.sentences), error.hint or None)
    named = f", by the link {link}" if link else ""
    names = register.stat().st_nlink
    if names > 1:
        return Finding(
            "register",
            f"{register}{named}; the same file has {names} names",
            "Keep one of them: what a crash leaves beside the one is not seen by the other.",
        )
    return Finding("register", f"{register}{named}")


def _around(register: Path) -> Iterator[Finding]:
    if register.parent.is_dir():
        yield surroundings.folder(register.parent)
    if register.is_file():
        yield from rights(register)
        yield surroundings.disk(register)


def _as_far_as_let(findings: Iterator[Finding], place: Path) -> Iterator[Finding]:
    try:
        yield from findings
    except OSError as error:
        yield Finding("folder", f"{place} cannot be looked into: {error.strerror}", _WHO)


def _journal(register: Path, *, is_strange: bool, was_cut_off: bool) -> Iterator[Finding]:
    if is_strange:
        yield Finding(
            "journal",
            f"{journals.beside(register, '-wal')} belonged to another file of that name",
            f"{FIX} sets it aside; any other command would have it played over the register.",
        )
    elif was_cut_off and journals.was_cut_off(register):
        found = "a command was cut off while it wrote; what it had begun is not undone yet"
        yield Finding("journal", found, "Type any command as the register's owner.")
    elif was_cut_off:
        yield Finding("journal", "a command was cut off while it wrote; what it had begun is undone by looking at it")
    elif journals.is_wal(register):
        yield Finding("journal", "WAL: another program switched it", f"{FIX} puts TRUNCATE back.")
    elif journals.is_rollback(register):
        yield Finding("journal", "TRUNCATE")


def _read(register: Path) -> _Read:
    read = _Read()
    try:
        _refuse_to_open(register)
        with told_plainly(register), closing(connect_for_reading(register, any_schema=True)) as db:
            db.execute("BEGIN")
            _look_inside(db, register, read)
    except RecregError as error:
        read.error = error
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        read.error = Unusable(f"The register {register} cannot be read to its end ({type(error).__name__}).", _RESTORE)
    return read


def _refuse_to_open(register: Path) -> None:
    if journals.has_strange_wal(register):
        raise Unusable(
            f"{journals.beside(register, '-wal')} would be played over the register {register}, which it is not of.",
            f"{FIX} sets it aside.",
        )


def _look_inside(db: sqlite3.Connection, register: Path, read: _Read) -> None:
    damage = [*proof.damage(db)]
    if damage:
        more = f" And {len(damage) - 1} more." if len(damage) > 1 else ""
        read.findings.append(Finding("file", damage[0].message + more, _RESTORE))
        raise Unusable(f"The register {register} is damaged.", _RESTORE)
    read.findings.append(Finding("file", "whole, as far as SQLite can tell"))
    read.findings += [_schema(db), *_triggers(db), _counts(db), _evidence(db, register)]
    (at,) = db.execute("SELECT max(at) FROM changeset").fetchone()
    read.changed_at = datetime.fromisoformat(at) if at else None
    read.orphans = [*orphans(db, register)]


def _schema(db: sqlite3.Connection) -> Finding:
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    if schema < SCHEMA_NUMBER:
        cure = "recreg migrate brings it up to date, after a backup."
        return Finding("schema", f"{schema}, and this recreg needs {SCHEMA_NUMBER}", cure)
    return Finding("schema", str(schema))


def _triggers(db: sqlite3.Connection) -> Iterator[Finding]:
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    if schema < SCHEMA_NUMBER:
        yield Finding("triggers", "not looked at: another recreg wrote them, and a migration writes them anew")
        return
    found = [*proof.trigger_faults(db)]
    yield from (Finding("triggers", fault.message, fault.cure) for fault in found)
    if not found:
        yield Finding("triggers", "as recreg makes them")


def _counts(db: sqlite3.Connection) -> Finding:
    items, changesets = (db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("item", "changeset"))
    return Finding("counts", f"{counted(items, 'item')}, {counted(changesets, 'changeset')}")


def _evidence(db: sqlite3.Connection, register: Path) -> Finding:
    folder = evidence_files.folder_of(register)
    wanted = {sha256 for (sha256,) in db.execute("SELECT sha256 FROM evidence WHERE sha256 NOT NULL AND path IS NULL")}
    try:
        there = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    except OSError as error:
        return Finding("evidence", f"{folder} cannot be looked into: {error.strerror}", _WHO)
    missing = len(wanted - there)
    told = f"{_shown(folder)}: {counted(len(wanted & there), 'file')}"
    if missing:
        return Finding("evidence", f"{told}, {missing} missing", "recreg evidence check names what is missing.")
    return Finding("evidence", told)


def _backups(register: Path, changed_at: datetime | None) -> Finding:
    """The backups beside the register; where it has evidence, a copy of the file alone is none."""
    folder = backups_of(register)
    try:
        has_evidence = evidence_files.folder_of(register).is_dir()
        made = [(at, each) for at, each in dated(register) if each.suffix == ".zip" or not has_evidence]
    except OSError as error:
        return Finding("backup", f"{folder} cannot be looked into: {error.strerror}", _WHO)
    if not made:
        return Finding(
            "backup", f"{_shown(folder)}: none", "recreg backup makes one; of those kept elsewhere nothing is known."
        )
    at, newest = made[-1]
    told = f"{_shown(folder)}: {len(made)}, the newest of {spoken(today_in_london(at))}, {newest.name}"
    is_old = datetime.now(UTC) - at > _OLD and (changed_at is None or changed_at > at)
    return Finding("backup", told, "The register was written to since: recreg backup." if is_old else None)


def _shown(folder: Path) -> str:
    """The folder, and the one that it is a link to."""
    return f"{folder}, a link to {folder.resolve()}" if folder.is_symlink() else str(folder)


def _left(found: list[Leftover]) -> Iterator[Finding]:
    for left in found:
        cure = f"It stays: {left.stays}." if left.stays else f"{FIX} removes it."
        yield Finding("leftovers", f"{left.path}: {left.what}", cure)
    if not found:
        yield Finding("leftovers", "none seen")
