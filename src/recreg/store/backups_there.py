"""Which backups stand beside a register, and when each was made: their names tell, and nothing else is loaded."""

import re
from datetime import UTC, datetime
from pathlib import Path

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d{6}", re.ASCII)


def folder_of(register: Path) -> Path:
    """Where a register's backups are kept unless another place is named."""
    return register.with_name(register.name + ".backups")


def made_of(register: Path) -> list[Path]:
    """The backups beside the register, oldest first."""
    return [each for each in beside(register) if made_at(each)]


def beside(register: Path) -> list[Path]:
    """The files in the register's folder of backups, by name; none where this account may not look into it."""
    try:
        return _files(folder_of(register))
    except OSError:
        return []


def dated(register: Path) -> list[tuple[datetime, Path]]:
    """The backups beside the register with when each was made, in UTC, oldest first.

    Raises `OSError` where this account may not look into their folder: that is not to have none.
    """
    folder = folder_of(register)
    return [(at, each) for each in (_files(folder) if folder.is_dir() else []) if (at := made_at(each))]


def newest(register: Path) -> datetime | None:
    """When the newest backup beside the register was made, in UTC; None where there is none; raises `OSError`."""
    made = dated(register)
    return made[-1][0] if made else None


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_file() and each.name[0] != ".")


def made_at(backup: Path) -> datetime | None:
    """When a backup was made, as its name says; None for a name that is no backup's."""
    found = _MOMENT.match(backup.name)
    if not found or backup.suffix not in {".zip", ".db"}:
        return None
    try:
        return datetime.fromisoformat(found[0]).replace(tzinfo=UTC)
    except ValueError:  # Figures, but no day or no hour.
        return None
