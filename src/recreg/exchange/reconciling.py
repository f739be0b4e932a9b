"""Somebody's list, read to be held against the register: whatever columns it has beside those compared."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from recreg.domain.rows import Reader, Wrong
from recreg.domain.standing import basis_of
from recreg.domain.text import CLEAR
from recreg.domain.vocabulary import ClosedAs, Status, counted
from recreg.errors import Mistyped, Refused
from recreg.exchange.arriving import Arriving
from recreg.exchange.headings import strange
from recreg.exchange.spellings import ITEMS
from recreg.exchange.tables import Row, Table, shown
from recreg.questions import Answer
from recreg.questions.counterparts import Theirs
from recreg.questions.reconcile import WORDS, reconcile

#: What is read of a row; what else a list may have is not looked at.
_READ = {*WORDS, *"ref inspection number parent status closed_on closed_as closed_letter".split()}


class TheirList:
    """A list, understood: its rows, what is wrong with them, and the columns that nobody knows."""

    def __init__(
        self,
        table: Table,
        given: Mapping[str, str],
        today: date,
        reading: Callable[[Table], Iterator[Row]] | None = None,
    ) -> None:
        """Read it whole; raises `Refused` where no column says which item a row is."""
        self.name = table.name
        self.strange = strange(table.headings, ITEMS, given)
        self._arriving = Arriving(table, {**dict.fromkeys(self.strange, ""), **given})
        self._arriving.reading = reading or self._arriving.reading
        self._refuse_unknowable()
        self._wrong: list[Wrong] = []
        self._reader = Reader(today, table.epoch)
        self.rows = [self._row(number, cells) for number, cells in self._arriving.rows()]

    def differences(self, db: sqlite3.Connection) -> Answer:
        """Where it differs from the register; raises `Refused` naming everything wrong with any row."""
        found, wrong = reconcile(db, self.rows, self._arriving.keys)
        wrong = sorted(dict.fromkeys([*self._wrong, *wrong]), key=lambda each: (each.row, each.key))
        told = [*self._arriving.faults(), *map(self._arriving.placed, wrong)]
        if told:
            rows = {each.row for each in wrong} | self._arriving.bad
            many = f"{counted(len(rows), 'row')} cannot be compared, so nothing was."
            hint = 'Put them right in the file, or leave a column out: --map "Column=".'
            raise Refused([*told, many], hint)
        return found

    def _refuse_unknowable(self) -> None:
        keys = set(self._arriving.keys)
        if not keys & {"ref", "hmicfrs_ref"} and not {"inspection", "number"} <= keys:
            named = f" Not known: {_listed(self.strange)}." if self.strange else ""
            raise Refused(
                f"{self.name} has no column that says which item a row is.{named}",
                'Say which one does: --map "Column=hmicfrs_ref", or =ref, or =inspection and =number.',
            )

    def _row(self, number: int, cells: tuple[str | None, ...]) -> Theirs:
        says: dict[str, Any] = {}
        for key, cell in zip(self._arriving.keys, cells, strict=True):
            if key in _READ and cell is not None and cell != CLEAR:
                try:
                    says[key] = _status(cell) if key == "status" else self._reader.meaning(key, cell)
                except Mistyped as error:
                    sentence = " ".join([*error.sentences, error.hint]).strip()
                    self._wrong.append(Wrong(number, key, cell, sentence))
        return _settled(number, says)


def left_out(columns: tuple[str, ...]) -> Iterator[str]:
    """That columns were left out, by their names."""
    if columns:
        yield f'Left out, as not known: {_listed(columns)}. --map "Column=key" says what one is.'


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f"“{shown(column)}”" for column in columns)


def _status(cell: str) -> str:
    basis_of(cell)
    return " ".join(cell.split())


def _settled(number: int, says: dict[str, Any]) -> Theirs:
    """A row with a day or a basis of closing is closed, unless its status speaks."""
    if says.get("closed_on") or says.get("closed_as"):
        says.setdefault("status", str(Status.CLOSED))
    closed_as = basis_of(says["status"]) if says.get("status") else None
    if closed_as == ClosedAs.SIGNED_OFF:
        closed_as = ClosedAs(says.get("closed_as") or closed_as)
    return Theirs(number, says, closed_as)
