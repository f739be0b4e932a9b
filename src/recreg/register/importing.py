"""The act of taking in a file of items: planned while nobody waits, then written whole or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from sqlite3 import Connection
from typing import Any, Protocol

from recreg.domain.arrival import Arrival, Surroundings
from recreg.domain.models import ImportFile
from recreg.domain.rows import CLEAR, ITEM_KEYS, Reader, Wrong
from recreg.domain.text import much_alike
from recreg.domain.vocabulary import Rag, counted
from recreg.errors import Busy, Mistyped, RecregError, Refused
from recreg.register.acts import Done
from recreg.register.items import ItemActs
from recreg.register.merging import change, differences_told, may_change
from recreg.store import incoming, merging
from recreg.store.log import head
from recreg.store.visit import Visit

_CHUNK = 5_000
#: New rows are named one by one up to so many; a dry run names them all.
_NAMED_AT_MOST = 50


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

    def faults(self) -> list[str]:
        """What was found wrong with the file itself while it was read."""

    def placed(self, wrong: Wrong) -> str:
        """What is wrong, with its place in the file."""


class RowsRefused(Refused):
    """Rows that cannot be taken, each with what is wrong; ``rows`` are their numbers."""

    def __init__(self, sentences: list[str], rows: dict[int, list[str]]) -> None:
        self.rows = rows
        many = f"{counted(len(rows), 'row')} cannot be taken, so nothing was written."
        super().__init__([*sentences, many], "Put them right in the file, and import it again.")


@dataclass
class _Found:
    """What was found while the file was read: what is wrong in any case, and what is wrong if a row is new."""

    wrong: list[Wrong] = field(default_factory=list)
    if_new: list[Wrong] = field(default_factory=list)
    planned_at: tuple[int, str] = (0, "")
    reports: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    colours: frozenset[str] = frozenset()


class ImportActs(ItemActs):
    """What comes in from spreadsheets and scripts."""

    def import_items(
        self,
        source: Source,
        *,
        on_conflict: OnConflict = OnConflict.ERROR,
        opening: bool = False,
        again: bool = False,
        sure: bool = False,
    ) -> Done:
        """Take in a file of items: new ones, and with ``update`` what it says otherwise of known ones.

        ``opening`` rows stood before this register began: each takes effect on its own days. Raises
        `RowsRefused` naming everything that is wrong with any row.
        """
        found = _Found()

        def before(db: Connection) -> None:
            if again or not _is_known(db, source):
                self._read(db, source, found, opening=opening)

        with self.visit("import", before) as visit:
            known = visit.imports.of(source.sha256, "items")
            if known is not None and not again:
                visit.say(_known(source, known))
                return self.done(visit)
            if not found.planned_at[0]:
                raise Busy("The file was undone while it was looked at; nothing was written.", "Try again.")
            self._plan_again(visit, found)
            refs = self._take(visit, source, found, on_conflict, opening=opening, sure=sure)
        return self.done(visit, refs)

    def _read(self, db: Connection, source: Source, found: _Found, *, opening: bool) -> None:
        """Read and understand the whole file, and plan, on the register as it stands now."""
        incoming.make(db)
        found.planned_at, (found.reports, found.colours) = head(db), _surroundings(db)
        around = Surroundings(self.on, self.today, found.colours, opening=opening)
        chunk: list[tuple[Any, ...]] = []
        for row in _understood(source, Reader(self.today, source.epoch), around, found):
            chunk.append(row)
            if len(chunk) == _CHUNK:
                incoming.take(db, chunk)
                chunk.clear()
        incoming.take(db, chunk)
        found.wrong += incoming.plan(db)

    def _plan_again(self, visit: Visit, found: _Found) -> None:
        """Where somebody wrote since: plan once more; raises `Busy` where what was worked out rests on what changed."""
        if head(visit.db) == found.planned_at:
            return
        if _surroundings(visit.db) != (found.reports, found.colours):
            raise Busy("The register's inspections changed while the file was read; nothing was written.", "Try again.")
        found.wrong = [wrong for wrong in found.wrong if not wrong.key.startswith("plan ")]
        found.wrong = list(dict.fromkeys([*found.wrong, *incoming.plan(visit.db)]))

    def _take(
        self, visit: Visit, source: Source, found: _Found, on_conflict: OnConflict, *, opening: bool, sure: bool
    ) -> list[str]:
        """Write what was planned, and what file it was; the references of the new items."""
        new, known = merging.counts(visit.db)
        rows = list(merging.differing(visit.db, source.keys))
        wrong = found.wrong + _wrong_if_new(visit.db, found.if_new)
        wrong += [w for each in rows for w in may_change(each, on_conflict, opening=opening)]
        if opening:
            wrong += [Wrong(row, "parent", "", f"What it hangs on was added later, on {day}.")
                      for row, day in merging.parents_later(visit.db)]  # fmt: skip
        wrong += list(_slips(visit, sure=sure))
        changed = self._change_rows(visit, rows, wrong) if on_conflict == OnConflict.UPDATE and not wrong else 0
        _refuse(source, wrong)
        _take_on_names(visit)
        _write(visit, opening=opening)
        if new or changed:
            kept = ImportFile(name=source.name, sheet=source.sheet, sha256=source.sha256, what="items", added=new,
                              changed=changed, unchanged=known - len(rows))  # fmt: skip
            visit.imports.add(kept)
        refs = self._tell(visit, rows, on_conflict)
        skipped = len(rows) if on_conflict == OnConflict.SKIP else 0
        visit.say(_totals(source, new, changed, known - len(rows), skipped))
        return refs

    def _change_rows(self, visit: Visit, rows: list[Any], wrong: list[Wrong]) -> int:
        """Change the items that differ, each by the very rules of `recreg edit`."""
        for number, item_id, says, _ in rows:
            try:
                change(self, visit, visit.items.by_id(item_id), says)
            except RecregError as error:
                wrong += [Wrong(number, "", f"R-{item_id:04d}", sentence) for sentence in error.sentences]
        return len(rows)

    def _tell(self, visit: Visit, rows: list[Any], on_conflict: OnConflict) -> list[str]:
        """Say per row what becomes of it."""
        new = merging.new_items(visit.db)
        named = new if self.dry_run else new[:_NAMED_AT_MOST]
        for row, number, title in named:
            visit.say(f"row {row}: R-{number:04d} “{title}” is added.")
        if len(new) > len(named):
            visit.say(f"and {len(new) - len(named):,} more are added.")
        for each in rows:
            visit.say(differences_told(each, "is left as it is" if on_conflict == OnConflict.SKIP else "is changed"))
        return [f"R-{number:04d}" for _, number, _ in new]


def _understood(source: Source, reader: Reader, around: Surroundings, found: _Found) -> Iterator[tuple[Any, ...]]:
    """Each row's number, what it clears, what its cells mean, and what follows from them if it is new."""
    places = [(place, key) for place, key in enumerate(source.keys) if key]
    empty = dict.fromkeys(ITEM_KEYS)
    for number, cells in source.rows():
        row, cleared = empty.copy(), []
        for place, key in places:
            cell = cells[place]
            if cell is None:
                continue
            if cell == CLEAR:
                cleared.append(key)
                continue
            try:
                row[key] = reader.meaning(key, cell)
            except Mistyped as error:
                found.wrong.append(Wrong(number, key, cell, " ".join([*error.sentences, error.hint]).strip()))
        yield (number, " ".join(cleared) or None, *row.values(), *_if_new(number, row, around, found))


def _if_new(number: int, row: dict[str, Any], around: Surroundings, found: _Found) -> Iterator[Any]:
    """What a row settles for itself, should it be new."""
    published_on, kind = found.reports.get((row["inspection"] or "").casefold(), (None, None))
    arrival = Arrival(row.copy(), published_on, kind, around)
    settled = arrival.settled()
    found.if_new += [Wrong(number, key, str(row[key] or ""), sentence) for key, sentence in arrival.wrong]
    yield from (settled[key] for key in incoming.SETTLED)
    yield settled.get("open_review_on")


def _surroundings(db: Connection) -> tuple[dict[str, tuple[str | None, str]], frozenset[str]]:
    """What a row is judged by: the reports with their day and sort, by code and title, and the colours in use."""
    reports = {}
    for code, title, published_on, kind in db.execute("SELECT code, title, published_on, type FROM inspection"):
        reports[title.casefold()] = reports[code.casefold()] = (published_on, kind)
    defined = {colour for (colour,) in db.execute("SELECT colour FROM rag_key")}
    return reports, frozenset(defined | {Rag.RED, Rag.AMBER, Rag.GREEN, Rag.UNRATED})


def _wrong_if_new(db: Connection, wrong: list[Wrong]) -> list[Wrong]:
    if not wrong:
        return []
    new = {row for (row,) in db.execute("SELECT row FROM incoming WHERE is_new")}
    return [each for each in wrong if each.row in new]


def _slips(visit: Visit, *, sure: bool) -> Iterator[Wrong]:
    """New names that are much like a known one, or like another new one of the file."""
    for key, (_, noun) in incoming.NAMED.items() if not sure else ():
        known = [name for (name,) in visit.db.execute(f"SELECT name FROM {noun}")]
        for row, name in incoming.new_names(visit.db, key):
            if alike := next((other for other in known if much_alike(name, other)), None):
                sentence = f"It is much like the {noun} “{alike}”: type that, or add --new if it is another one."
                yield Wrong(row, key, name, sentence)
            known.append(name)


def _refuse(source: Source, wrong: list[Wrong]) -> None:
    """Raise `RowsRefused` where anything is wrong, each thing once, in the order of the rows."""
    if not wrong and not source.faults():
        return
    by_row: dict[int, list[str]] = {}
    for each in sorted(dict.fromkeys(wrong), key=lambda each: (each.row, each.key)):
        by_row.setdefault(each.row, []).append(source.placed(each))
    told = [sentence for sentences in by_row.values() for sentence in sentences]
    raise RowsRefused([*source.faults(), *told], by_row)


def _take_on_names(visit: Visit) -> None:
    """Make a row of every new name, with a notice."""
    for key, (_, noun) in incoming.NAMED.items():
        names = {"person": visit.people, "board": visit.boards, "portfolio": visit.portfolios}[noun]
        for _, name in incoming.new_names(visit.db, key):
            if not names.has(name):  # type: ignore[attr-defined]
                visit.say(f"“{name}” is new, and is taken on as a {noun}.")
                names.new(name, sure=True)  # type: ignore[attr-defined]
            incoming.know(visit.db, key, name, names.get(name).known_id)  # type: ignore[attr-defined]


def _write(visit: Visit, *, opening: bool) -> None:
    """Write the new rows: all with effect from the act's day, or each on its own days."""
    if not opening:
        merging.insert(visit.db)
        return
    visit.seal()
    for day in merging.days(visit.db):
        merging.insert_of(visit.db, day)
        visit.seal(on=date.fromisoformat(day))


def _totals(source: Source, new: int, changed: int, unchanged: int, skipped: int) -> str:
    left = f", {skipped:,} left as they are" if skipped else ""
    return f"{source.name}: {new:,} added, {changed:,} changed, {unchanged:,} unchanged{left}."


def _is_known(db: Connection, source: Source) -> bool:
    """Whether this very file was taken before: then it need not be read."""
    query = "SELECT 1 FROM import_file WHERE sha256 = ? AND what = 'items'"
    return db.execute(query, (source.sha256,)).fetchone() is not None


def _known(source: Source, known: ImportFile) -> str:
    """That this very file was taken before."""
    return (
        f"{source.name} was imported before, as {known.name} ({known.added:,} added, {known.changed:,} changed). "
        "Nothing is written; --again takes it once more."
    )
