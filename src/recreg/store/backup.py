"""Copies of the register by SQLite's own backup, the only way that is safe while others write."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from recreg.errors import Unusable
from recreg.store.file import told_plainly


def keep_copy(path: Path, reason: str) -> Path:
    """A verified copy of the register in ``<register>.backups/``, named by the moment and the reason."""
    folder = path.with_name(path.name + ".backups")
    folder.mkdir(mode=0o700, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    return copy(path, folder / f"{moment}-{reason}.db")


def copy(path: Path, target: Path) -> Path:
    """Copy the register to ``target``, which appears whole and checked or not at all."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        with told_plainly(path):
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _copy_pages(path, unfinished)
            make_lasting(unfinished)
            unfinished.replace(target)
            make_lasting(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _copy_pages(path: Path, target: Path) -> None:
    source, copied = sqlite3.connect(path, timeout=30), sqlite3.connect(target)
    try:
        source.backup(copied)
        (verdict,) = copied.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise Unusable(f"The copy of {path} is not sound: {verdict}.", "Check the register and the disk.")
    finally:
        source.close()
        copied.close()


def make_lasting(path: Path) -> None:
    """Have the system write a file or a folder's list of names to the disk itself."""
    if os.name == "nt" and path.is_dir():
        return  # Windows keeps folders by itself and refuses to open them.
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
