"""What a register stands in: the programs that read it, the file system it is on, the room that is left."""

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import recreg

#: What is typed to have put right what can be.
FIX = "recreg doctor --fix"
#: File systems whose files are on another machine, or shared with one: locks may not hold there.
_NETWORK = {
    "9p", "afs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs",
    "fuse.sshfs", "fuse.vmhgfs-fuse", "gfs2", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs", "vboxsf",
    "network",
}  # fmt: skip
#: Older series of SQLite that its fault in WAL mode was cured in too, with the number in the series.
_CURED_IN = {(3, 44): 6, (3, 50): 7}


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and what to do; nothing to do where all is well."""

    what: str
    found: str
    advice: str | None = None


def programs(*, is_wal: bool) -> Iterator[Finding]:
    """recreg, Python, SQLite and the libraries; SQLite's fault matters where a register is in WAL mode."""
    yield Finding("recreg", f"{recreg.__version__}, {Path(recreg.__file__).parent}")
    yield Finding("python", f"{'.'.join(map(str, sys.version_info[:3]))}, {sys.executable}")
    yield _sqlite(is_wal=is_wal)
    found = libraries()
    missing = [name for name, version in found.items() if version is None]
    told = ", ".join(f"{name} {version or 'missing'}" for name, version in found.items())
    yield Finding("libraries", told or "not known", "Install recreg anew." if missing else None)


def _sqlite(*, is_wal: bool) -> Finding:
    version = sqlite3.sqlite_version
    if not has_wal_fault():
        return Finding("sqlite", version)
    if is_wal:
        found = f"{version}, which can lose pages of a file in WAL mode, as this register is"
        return Finding("sqlite", found, f"{FIX} puts TRUNCATE back; SQLite 3.51.3 has the fault no more.")
    return Finding("sqlite", f"{version}; it has a fault in WAL mode, which no register of recreg is in")


def has_wal_fault(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite can, very rarely, lose pages of a file in WAL mode that two programs write."""
    if version >= (3, 51, 3) or version < (3, 7, 0):
        return False
    cured = _CURED_IN.get((version[0], version[1]))
    return cured is None or version[2] < cured


@cache
def libraries() -> dict[str, str | None]:
    """What recreg needs, with the version that is installed; None for one that is missing."""
    from importlib import metadata

    needed: list[str] = []
    with suppress(metadata.PackageNotFoundError):
        needed = [line for line in metadata.requires("recreg") or [] if "extra ==" not in line]
    names = sorted(found[0] for line in needed if (found := re.match(r"[\w.-]+", line)))
    return {name: _version(name) for name in names}


def _version(name: str) -> str | None:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def folder(place: Path) -> Finding:
    """The folder that a register is in: on which file system, and whether others may put files there."""
    kind = file_system(place.resolve(), mounts())
    if kind in _NETWORK:
        cure = "Locks may fail on another machine's disk, and writing at once damage the file: keep it on your own."
        return Finding("folder", f"{place}, on a network file system ({kind})", cure)
    return Finding("folder", f"{place}, on {kind}" if kind else f"{place}, on a file system that is not known")


def mounts() -> str:
    """What Linux tells of its file systems; nothing where the system does not tell."""
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def file_system(place: Path, told: str) -> str | None:
    """The kind of the file system that a place is on, by the longest mount point it lies under; None for unknown."""
    if os.name == "nt":
        return "network" if str(place).startswith("\\\\") else None
    kinds = {}
    for line in told.splitlines():
        before, _, after = line.partition(" - ")
        if after and (point := Path(_unescaped(before.split(" ")[4]))) in {place, *place.parents}:
            kinds[len(point.parts)] = after.split(" ")[0]  # A later mount hides an earlier one of that place.
    return kinds[max(kinds)] if kinds else None


def _unescaped(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)


def disk(register: Path) -> Finding:
    """The room on the disk: a backup, an import and a migration each need about as much as the file has."""
    size, free = register.stat().st_size, shutil.disk_usage(register.parent).free
    found = f"{in_bytes(free)} free; the register has {in_bytes(size)}"
    return Finding("disk", found, "Make room: less than twice the register is free." if free < 2 * size else None)


def in_bytes(size: int) -> str:
    """A size as people say it: 336 KB, 76.2 GB."""
    for unit, length in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= length:
            return f"{size / length:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
