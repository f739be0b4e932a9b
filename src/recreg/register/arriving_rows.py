"""What every import works with: a file of rows, what becomes of a row that differs, and a refusal of many rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from sqlite3 import Connection
from typing import Protocol

from recreg.domain.models import ImportFile
from recreg.domain.rows import Wrong
from recreg.domain.vocabulary import counted
from recreg.errors import Refused
from recreg.register.acts import Acts

#: Before a file of so many rows is taken in, a copy of the register is kept.
LARGE = 1_000


class OnConflict(StrEnum):
    """What becomes of a row that says otherwise than the item it is."""

    ERROR = "error"
    SKIP = "skip"
    UPDATE = "update"


class Source(Protocol):
    """A file of rows: what it is called, its hash, the keys of its columns, and its rows as text."""

    @property
    def name(self) -> str:
        """What the file is called."""

    @property
    def sheet(self) -> str | None:
        """The sheet of a workbook."""

    @property
    def sha256(self) -> str:
        """The hash of its content."""

    @property
    def epoch(self) -> int:
        """The first year of its calendar, from which a number in a column of days is counted."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each column; empty for a column that is left out."""

    def rows(self) -> Iterable[tuple[int, tuple[str | None, ...]]]:
        """Each row's number and its cells."""

    @property
    def bad(self) -> set[int]:
        """The rows that the file itself has wrong, and that are not among its rows."""

    def faults(self) -> list[str]:
        """What was found wrong with the file itself while it was read."""

    def placed(self, wrong: Wrong) -> str:
        """What is wrong, with its place in the file."""


class RowsRefused(Refused):
    """Rows that cannot be taken, each with what is wrong; ``rows`` are their numbers."""

    def __init__(self, sentences: list[str], rows: dict[int, list[str]], *, count: int) -> None:
        self.rows = rows
        many = f"{counted(count, 'row')} cannot be taken, so nothing was written."
        super().__init__([*sentences, many], "Put them right in the file, and import it again.")


def refuse(each_wrong: Sequence[tuple[Source, list[Wrong]]]) -> None:
    """Raise `RowsRefused` where anything is wrong with a file, each thing once, in the order of the rows."""
    told: list[str] = []
    by_row: dict[int, list[str]] = {}
    for source, wrong in each_wrong:
        told += source.faults()
        for each in sorted(dict.fromkeys(wrong), key=lambda each: (each.row, each.key)):
            told.append(source.placed(each))
            by_row.setdefault(each.row, []).append(told[-1])
    if told:
        count = sum(len({each.row for each in wrong} | source.bad) for source, wrong in each_wrong)
        raise RowsRefused(told, by_row, count=count)


@dataclass
class Tally:
    """What became of the rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0

    def told(self, name: str) -> str:
        """The counts, as the last line of an import tells them."""
        left = f", {self.skipped:,} left as they are" if self.skipped else ""
        return f"{name}: {self.added:,} added, {self.changed:,} changed, {self.unchanged:,} unchanged{left}."


def is_known(db: Connection, sha256: str, what: str) -> bool:
    """Whether this very file was taken before: then it need not be read."""
    query = "SELECT 1 FROM import_file WHERE sha256 = ? AND what = ?"
    return db.execute(query, (sha256, what)).fetchone() is not None


def kept_before(acts: Acts, db: Connection, rows: int) -> list[str]:
    """Keep a copy of the register as it is before a large file is taken in; what to tell of it."""
    if rows < LARGE or acts.dry_run or not db.execute("SELECT 1 FROM item LIMIT 1").fetchone():
        return []
    from recreg.store.backup import keep_copy

    return [f"As the register was before: {keep_copy(acts.path, 'before-import')}"]


def known_told(name: str, known: ImportFile) -> str:
    """That this very file was taken before."""
    return (
        f"{name} was imported before, as {known.name} ({known.added:,} added, {known.changed:,} changed). "
        "Nothing is written; --again takes it once more."
    )
