"""Putting a backup back: proved before anything is touched, written over the register in one transaction.

It is written through SQLite, never by putting another file in its place: a journal that was left
over would be played back over that one.
"""

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from recreg.domain.vocabulary import counted
from recreg.errors import Busy, Refused, Unusable
from recreg.store import schema
from recreg.store.backup import copy_over, head_of, keep_copy, moment, named_damaged, set_apart
from recreg.store.backups_there import beside
from recreg.store.file import connect_for_reading, connect_for_writing, told_plainly, wait_seconds
from recreg.store.lasting import make_lasting
from recreg.store.log import Act, hash_of, head, seal
from recreg.store.proof import day_of, is_sound
from recreg.store.triggers import allow_writing, logged_tables
from recreg.store.unpacked import evidence_back, missing_evidence, unpacked

Head = tuple[int, str]
#: An entry of a log that is not gone on with, or None where none is known, and how far that log is the backup's own.
Given = tuple[int | None, str | None, int]
#: Where SQLite counts, in the first bytes of a file, how often it was written to.
_COUNTER = (24, 4)
#: How long a hash is that nothing else wrote.
_HASH = 64
_MEANWHILE = "Somebody wrote to the register meanwhile; nothing was restored."


@dataclass(frozen=True)
class Held:
    """The register that a backup would replace: its head, what both logs share, what the backup lacks."""

    head: Head | None = None
    shared: int = 0
    lacking: list[tuple[int, str, str]] = field(default_factory=list)
    counter: bytes = b""
    #: Every entry that is given up with it, so that none is missed afterwards as the head that somebody noted.
    given_up: list[Given] = field(default_factory=list)
    #: Whether it can be read but does not stand its proof, whether it cannot be read, and whether it is not there.
    is_unsound: bool = False
    is_damaged: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class Restored:
    """What came of it: the heads before and after, the copy of what was replaced, the files put back, and lost."""

    backup: Head
    held: Held
    kept: Path | None
    files: int
    lost: list[str]
    written: bool


def restore(register: Path, backup: Path, act: Act, *, force: bool = False, dry_run: bool = False) -> Restored:
    """Put the register of a backup in the place of this one, and the evidence that is missing.

    It begins again where somebody else wrote meanwhile, as long as a command waits. Raises `Mistyped` where
    there is no such file, `Unusable` where the backup does not stand its proof, `Busy`, and `Refused` over a
    register that has changes which it lacks, unless ``force``.
    """
    until = time.monotonic() + wait_seconds()
    while True:
        try:
            return _restored(register, backup, act, force=force, dry_run=dry_run)
        except _Overtaken:
            if time.monotonic() > until:
                raise


class _Overtaken(Busy):
    """Somebody wrote between the comparing of a register with a backup and the writing of the backup over it."""


def _restored(register: Path, backup: Path, act: Act, *, force: bool, dry_run: bool) -> Restored:
    with unpacked(backup, register, act) as (copied, packed):
        of, held = _head(copied), _held(register, copied)
        _must_lack_nothing(register, backup, held, force=force)
        is_whole = not (held.is_gone or held.is_damaged or held.is_unsound)
        is_new = not is_whole or bool(_lacking(held)) or of[0] > held.shared
        missing, lost = missing_evidence(register, copied, packed)
        if dry_run or not (is_new or missing):
            return Restored(of, held, None, len(missing), lost, written=False)
        with evidence_back(register, packed, missing):
            kept = _put_in_place(register, copied, of, held, act) if is_new else None
    return Restored(of, held, kept, len(missing), lost, written=True)


def _head(copied: Path) -> Head:
    with closing(connect_for_reading(copied)) as db:
        return head(db)


def _held(register: Path, copied: Path) -> Held:
    """What the register has that the backup has not; where it is gone, what the newest backup beside it had."""
    if not register.exists():
        return replace(_known_of(register, copied), is_gone=True)
    # The handle is closed last of all: closing it drops every lock that this process holds on the file.
    handle = os.open(register, os.O_RDONLY)
    try:
        with (
            closing(connect_for_reading(register, any_schema=True)) as live,
            closing(connect_for_reading(copied)) as back,
        ):
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM changeset").fetchone()
            return _compared(live, back, _counter(handle))
    except (Unusable, sqlite3.DatabaseError):
        return replace(_known_of(register, copied), is_damaged=True)
    finally:
        os.close(handle)


def _compared(live: sqlite3.Connection, back: sqlite3.Connection, counter: bytes) -> Held:
    query = "SELECT number, hash, command, at FROM changeset ORDER BY number"
    shared, theirs = 0, back.execute(query)
    lacking: list[tuple[int, str, str]] = []
    given_up: list[Given] = []
    for number, whole, command, at in live.execute(query):
        other = theirs.fetchone()
        if not lacking and other and other[:2] == (number, whole):
            shared = number
        else:
            lacking.append((number, command, at))
            given_up.append((number, whole, shared))
    given_up = [*(given_up or [(*head(live), shared)]), *_given_up_before(live, back, shared)]
    whole_ones = [given for given in given_up if given[0] and len(given[1] or "") == _HASH]
    return Held(head(live), shared, lacking, counter, whole_ones, is_unsound=not is_sound(live))


def _given_up_before(live: sqlite3.Connection, back: sqlite3.Connection, shared: int) -> list[Given]:
    """What earlier restorings gave up, where the backup does not tell of it itself."""
    if "restoration" not in logged_tables(live):
        return []
    query = "SELECT replaced_changeset, replaced_hash, shared_changeset FROM restoration WHERE replaced_hash NOT NULL"
    known = set(back.execute(query))
    return [(*ended, min(was, shared)) for *ended, was in live.execute(query) if (*ended, was) not in known]


def _known_of(register: Path, copied: Path) -> Held:
    """A register that cannot be asked had at least what its backups have."""
    with closing(connect_for_reading(copied)) as back:
        ends = head(back)[0]
        known = {found for each in beside(register) if (found := head_of(each))}
        given_up: list[Given] = [(*found, ends) for found in sorted(known) if hash_of(back, found[0]) != found[1]]
    newest = max((found for found in known if found[0] > ends), default=None)
    return Held(newest, ends, given_up=given_up)


def _must_lack_nothing(register: Path, backup: Path, held: Held, *, force: bool) -> None:
    if force:
        return
    if held.is_damaged:
        raise Refused(
            f"{register} cannot be read, so what it has that {backup} lacks cannot be told.",
            "Add --force: the file is set aside, never deleted.",
        )
    if lacking := _lacking(held):
        number, command, at = lacking[-1]
        raise Refused(
            f"The register has {counted(len(lacking), 'changeset')} that {backup} lacks, the last of them {number} "
            f"({command}) of {day_of(at)}.",
            "Add --force to give them up: a copy of the register as it is is kept beside it.",
        )


def _lacking(held: Held) -> list[tuple[int, str, str]]:
    """What would be lost: that a backup was put back before is no loss."""
    return [lacking for lacking in held.lacking if lacking[1] != "restore"]


def _put_in_place(register: Path, copied: Path, of: Head, held: Held, act: Act) -> Path | None:
    """Write the changeset that names what is replaced, keep what is replaced, and write the backup over it."""
    _note(copied, of, held, act)
    make_lasting(copied)
    aside = _set_aside(register) if held.is_damaged else None
    if held.is_damaged or held.is_gone:
        _set_aside_leftovers(register)
        schema.appear(copied, register)
        return aside
    kept = set_apart(register) if held.is_unsound else keep_copy(register, "before-restore")
    try:
        _write_over(register, copied, held)
    except Busy:
        kept.unlink()  # The register is as it was, or goes on: nothing was replaced that is to be kept.
        raise
    return kept


def _note(copied: Path, of: Head, held: Held, act: Act) -> None:
    with closing(connect_for_writing(copied)) as db:
        allow_writing(db)
        db.execute("BEGIN IMMEDIATE")
        db.executemany(
            "INSERT INTO restoration (replaced_changeset, replaced_hash, shared_changeset, backup_changeset, "
            "backup_hash) VALUES (?, ?, ?, ?, ?)",
            [(*given, *of) for given in held.given_up or [(None, None, held.shared)]],
        )
        seal(db, act)
        db.execute("COMMIT")


def _write_over(register: Path, copied: Path, held: Held) -> None:
    handle = os.open(register, os.O_RDONLY)  # Closed last of all, as above.
    try:
        with (
            told_plainly(register),
            closing(connect_for_reading(copied)) as source,
            closing(connect_for_writing(register, any_schema=True)) as target,
        ):

            def must_be_the_same() -> None:
                if _counter(handle) != held.counter:
                    raise _Overtaken(_MEANWHILE, "Type it again.")

            copy_over(source, target, register, must_be_the_same)
    finally:
        os.close(handle)


def _counter(handle: int) -> bytes:
    os.lseek(handle, _COUNTER[0], os.SEEK_SET)
    return os.read(handle, _COUNTER[1])


def _set_aside(register: Path) -> Path:
    return register.rename(named_damaged(register))


def _set_aside_leftovers(register: Path) -> None:
    """A journal without its register would be played back over the next one of that name."""
    for ending in ("-journal", "-wal", "-shm"):
        leftover = register.with_name(register.name + ending)
        if leftover.exists() and leftover.stat().st_size:
            leftover.rename(leftover.with_name(f"{leftover.name}.left-{moment()}"))
        leftover.unlink(missing_ok=True)
