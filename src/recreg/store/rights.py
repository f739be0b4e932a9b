"""Who may do what with the files of a register: they are made for their owner alone.

A register that was opened to a group on purpose, as for the account that cron uses, stays so. What
everybody may, is taken away.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from recreg.domain.vocabulary import counted
from recreg.store import evidence_files, journals
from recreg.store.backups_there import folder_of as backups_of
from recreg.store.surroundings import FIX, Finding

_RIGHTS = {4: "read", 2: "write", 1: "run"}
_IN_FOLDERS = {4: "list", 2: "change", 1: "enter"}
_OTHERS, _ALL_BUT_OWNER = 0o007, 0o077


def are_known() -> bool:
    """Whether the system keeps rights in the way of owner, group and others."""
    return os.name == "posix"


def rights(register: Path) -> Iterator[Finding]:
    """The rights of the register, of what lies beside it, and of the folder around it."""
    if not are_known():
        yield Finding("permissions", "not looked at: this system keeps them in another way")
        return
    for place in _places(register):
        if place == register or place.is_dir() or mode_of(place) & _ALL_BUT_OWNER:
            yield _of(place)
    parent = register.parent.stat().st_mode
    if parent & stat.S_IWOTH and not parent & stat.S_ISVTX:
        cure = f"Whoever wants can put another file in the register's place: chmod o-w {register.parent}"
        yield Finding("permissions", f"{register.parent}: everybody may change it", cure)


def open_to_everybody(register: Path) -> list[Path]:
    """Every file and folder of the register that others than its owner and its group have rights to."""
    return [place for place in [*_places(register), *_within(register)] if mode_of(place) & _OTHERS]


def take_from_everybody(place: Path) -> None:
    """Leave a file or folder to its owner and its group."""
    place.chmod(mode_of(place) & ~_OTHERS)


def mode_of(place: Path) -> int:
    """The rights of a file or folder."""
    return stat.S_IMODE(place.lstat().st_mode)


def _of(place: Path) -> Finding:
    mode, inside = mode_of(place), _files_in(place)
    loose = [each for each in inside if mode_of(each) & _ALL_BUT_OWNER]
    told = [f"{mode:04o}, owned by {_owner(place)}", *_let_in(place)]
    if loose:
        told.append(f"{counted(len(loose), 'file')} in it {'is' if len(loose) == 1 else 'are'} not the owner's alone")
    if not os.access(place, os.W_OK):
        told.append("this account may not write it")
    cure = None
    if any(mode_of(each) & _OTHERS for each in [place, *inside]):
        cure = f"{FIX} takes it from everybody."
    elif loose or mode & _ALL_BUT_OWNER:
        cure = f"Where that group is not meant to: chmod {'-R ' if place.is_dir() else ''}go= {place}"
    return Finding("permissions", f"{place}: {'; '.join(told)}", cure)


def _places(register: Path) -> list[Path]:
    """The register, its journals and its folders, as far as they are there; never what a link points at."""
    beside = [journals.beside(register, ending) for ending in ("-journal", "-wal", "-shm")]
    every = [register, *beside, evidence_files.folder_of(register), backups_of(register)]
    return [place for place in every if place.exists() and not place.is_symlink()]


def _within(register: Path) -> Iterator[Path]:
    for place in (evidence_files.folder_of(register), backups_of(register)):
        yield from _files_in(place)


def _files_in(place: Path) -> list[Path]:
    if place.is_symlink() or not place.is_dir() or not os.access(place, os.R_OK | os.X_OK):
        return []
    return [each for each in place.iterdir() if not each.is_symlink()]


def _let_in(place: Path) -> Iterator[str]:
    """Who but its owner may do what with a file or folder."""
    held = place.lstat()
    rights = _IN_FOLDERS if stat.S_ISDIR(held.st_mode) else _RIGHTS
    for who, bits in ((f"the group {_group(held.st_gid)}", held.st_mode >> 3), ("everybody", held.st_mode)):
        may = [name for bit, name in rights.items() if bits & bit]
        if may:
            yield f"{who} may {', '.join(may)} it"


def _owner(place: Path) -> str:
    import pwd  # Windows has none.

    number = place.lstat().st_uid
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _group(number: int) -> str:
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
