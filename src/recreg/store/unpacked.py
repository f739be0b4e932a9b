"""A backup taken apart in a private folder: its register proved and current, its evidence ready to be put back."""

import re
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from recreg.errors import Mistyped, Unusable
from recreg.store import evidence_files, schema
from recreg.store.backup import EVIDENCE, REGISTER, copy_all
from recreg.store.file import connect_for_reading, told_plainly
from recreg.store.lasting import make_folder
from recreg.store.log import Act
from recreg.store.proof import faults

#: What a backup calls a file of evidence: its hash, never a path to anywhere else.
_KEPT = re.compile(re.escape(EVIDENCE) + r"[0-9a-f]{64}")
#: What reading a ZIP file raises where it is not whole, or not one of ours.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)
_COPY = 1024 * 1024
_ANOTHER = "Take another one; nothing was changed."


@contextmanager
def unpacked(backup: Path, register: Path, act: Act) -> Iterator[tuple[Path, zipfile.ZipFile | None]]:
    """The backup's register in a private folder, proved and current, and the ZIP file it came in if it came in one."""
    if not backup.is_file():
        raise Mistyped(f"There is no backup at {backup}.", "recreg doctor names the newest; recreg restore FILE.")
    make_folder(register.parent)
    with told_plainly(register), TemporaryDirectory(prefix=f".{register.name}.", dir=register.parent) as folder:
        copied = Path(folder, REGISTER)
        if not zipfile.is_zipfile(backup):
            _copy_bare(backup, copied)
            _must_be_proved(copied, backup, act)
            yield copied, None
            return
        with _opened(backup) as packed:
            _extract(packed, backup, copied)
            _must_be_proved(copied, backup, act)
            yield copied, packed


def _copy_bare(backup: Path, copied: Path) -> None:
    with closing(connect_for_reading(backup, any_schema=True)) as source, closing(sqlite3.connect(copied)) as made:
        copy_all(source, made, backup)


def _opened(backup: Path) -> zipfile.ZipFile:
    with _damage_told(backup):
        return zipfile.ZipFile(backup)


def _extract(packed: zipfile.ZipFile, backup: Path, copied: Path) -> None:
    if REGISTER not in packed.namelist():
        raise Unusable(f"{backup} is not a backup of a register.", "recreg restore FILE names the right one.")
    _pour(packed, REGISTER, copied)


def _pour(packed: zipfile.ZipFile, name: str, file: Path) -> None:
    with _damage_told(packed.filename), packed.open(name) as source, file.open("xb") as target:
        while chunk := source.read(_COPY):
            target.write(chunk)


@contextmanager
def _damage_told(backup: Path | str | None) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise Unusable(f"The backup {backup} is damaged ({type(error).__name__}).", _ANOTHER) from error


def _must_be_proved(copied: Path, backup: Path, act: Act) -> None:
    with told_plainly(backup), closing(connect_for_reading(copied, any_schema=True)) as db:
        found = next(faults(db), None)
    if found:
        raise Unusable(f"The backup {backup} does not stand its proof: {found.message}", _ANOTHER)
    schema.bring_up(copied, Act("migrate", act.by, act.effective_on))


def missing_evidence(register: Path, copied: Path, packed: zipfile.ZipFile | None) -> tuple[list[str], list[str]]:
    """What the folder beside the register lacks, or has spoilt, of the backup's evidence.

    First the hashes of what the backup holds itself, then what is the matter with the rest: “E-0001 is missing”.
    """
    names = packed.namelist() if packed else []
    held = {name.removeprefix(EVIDENCE) for name in names if _KEPT.fullmatch(name)}
    with closing(connect_for_reading(copied)) as db:
        kept = evidence_files.filed(db)
    folder, faults = evidence_files.folder_of(register), {}
    for sha256, refs in kept.items():
        if fault := evidence_files.fault_of(folder / sha256, sha256):
            faults[sha256] = f"{refs} is {fault}"
    return sorted(faults.keys() & held), sorted(fault for sha256, fault in faults.items() if sha256 not in held)


@contextmanager
def evidence_back(register: Path, packed: zipfile.ZipFile | None, missing: list[str]) -> Iterator[None]:
    """The missing files are there, whole and under their hashes, before any row speaks of them."""
    if packed is None or not missing:
        yield
        return
    with TemporaryDirectory(prefix=f".{register.name}.", dir=register.parent) as folder:
        for sha256 in missing:
            _pour(packed, EVIDENCE + sha256, Path(folder, sha256))
        with evidence_files.staged([Path(folder, sha256) for sha256 in missing], register) as copies:
            for copy, sha256 in zip(copies, missing, strict=True):
                if copy.kept.sha256 != sha256:
                    raise Unusable(f"The backup's evidence {sha256[:16]} is damaged.", _ANOTHER)
            for copy in copies:
                copy.keep()
            yield
