"""What can be put right of a register without touching a record: its journal, rights, triggers, leftovers.

Each thing that is done is told, and each that cannot be. Nothing here is an act: no changeset is written.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from recreg.errors import Busy, RecregError
from recreg.store import journals, proof, triggers
from recreg.store.backup import moment
from recreg.store.file import connect_for_writing, told_plainly
from recreg.store.leftovers import Leftover, leftovers, orphans
from recreg.store.rights import are_known, open_to_everybody, take_from_everybody


def mended(register: Path) -> Iterator[str]:
    """Put right what can be, and tell of each."""
    for part in (_strange_wal, _journal, _rights, _leftovers, _inside):
        try:
            with told_plainly(register):
                yield from part(register)
        except RecregError as error:
            yield f"Not put right: {' '.join([*error.sentences, error.hint])}"
            return
        except sqlite3.Error as error:
            yield f"Not put right: SQLite refused it ({error.sqlite_errorname})."
            return


def _strange_wal(register: Path) -> Iterator[str]:
    if journals.has_strange_wal(register):
        stranger = journals.beside(register, "-wal")
        aside = stranger.rename(stranger.with_name(f"{stranger.name}.left-{moment()}"))
        yield f"{stranger} belonged to another file of that name. It is set aside: {aside}"


def _journal(register: Path) -> Iterator[str]:
    if journals.was_cut_off(register):
        journals.put_back(register)
        yield "A command was cut off while it wrote: what it had begun is undone."
    if journals.is_wal(register):
        try:
            journals.put_back(register)
        except Busy:
            yield "The register stays in WAL mode: another program has it open. Close that one first."
        else:
            yield "The register was in WAL mode, and is in TRUNCATE again."


def _rights(register: Path) -> Iterator[str]:
    for place in open_to_everybody(register) if are_known() else []:
        try:
            take_from_everybody(place)
        except OSError as error:
            yield f"{place} stays open to everybody: {error.strerror}."
        else:
            yield f"{place} is open to everybody no more."


def _leftovers(register: Path) -> Iterator[str]:
    for left in leftovers(register):
        yield _removed(left)


def _inside(register: Path) -> Iterator[str]:
    """What is put right under a lock, so that nobody changes the log, or files evidence, meanwhile."""
    with closing(connect_for_writing(register, any_schema=True)) as db:
        db.execute("BEGIN IMMEDIATE")
        if next(proof.damage(db), None):
            yield "Not put right: the register is damaged. recreg restore FILE puts the last good backup back."
            return
        if next(proof.trigger_faults(db), None):
            triggers.install(db)
            yield "The triggers of the log are written anew. recreg log verify tells what happened without them."
        yield from map(_removed, orphans(db, register))
        db.execute("COMMIT")


def _removed(left: Leftover) -> str:
    if left.stays:
        return f"{left.path} stays: {left.stays}."
    try:
        left.remove()
    except OSError as error:
        return f"{left.path} stays: {error.strerror}."
    return f"Removed: {left.path}, {left.what}."
