"""The act of taking in a file of items: planned while nobody waits, then written whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from sqlite3 import Connection

from recreg.domain.arrival import Surroundings
from recreg.domain.events import OPENING
from recreg.domain.models import ImportFile
from recreg.domain.rows import STORED_KEYS, Reader, Wrong
from recreg.domain.text import much_alike, name_key
from recreg.domain.vocabulary import Kind, Rag
from recreg.errors import Busy, RecregError
from recreg.register.acts import Done
from recreg.register.arriving_rows import OnConflict, Source, Tally, is_known, kept_before, known_told, refuse
from recreg.register.items import ItemActs, say_what_became_of_children
from recreg.register.merging import Differing, change, differences_told, may_change, refused
from recreg.register.reading import Chunk, chunks
from recreg.register.settling import Settling
from recreg.store import incoming, matching, merging
from recreg.store.log import head
from recreg.store.visit import Visit

#: New rows are named one by one up to so many; a dry run names them all.
_NAMED_AT_MOST = 50


@dataclass
class Found:
    """What was found while the file was read: what is wrong in any case, and what is wrong if a row is new."""

    wrong: list[Wrong] = field(default_factory=list)
    if_new: list[Wrong] = field(default_factory=list)
    planned_at: tuple[int, str] = (0, "")
    reports: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    colours: frozenset[str] = frozenset()
    kept: list[str] = field(default_factory=list)


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
        found = Found()

        def before(db: Connection) -> None:
            if again or not is_known(db, source.sha256, "items"):
                self._read(db, source, found, opening=opening)
                found.kept = [] if found.wrong else kept_before(self, db, incoming.rows(db))

        with self.visit("import", before) as visit:
            known = visit.imports.of(source.sha256, "items")
            if known is not None and not again:
                visit.say(known_told(source.name, known))
                return self.done(visit)
            if not found.planned_at[0]:
                raise Busy("The file was undone while it was looked at; nothing was written.", "Try again.")
            self._plan_again(visit, found)
            found.wrong += matching.unnamed(visit.db) if again else []
            visit.said += found.kept
            refs = self._take(visit, source, found, on_conflict, opening=opening, sure=sure)
        return self.done(visit, refs)

    def _read(self, db: Connection, source: Source, found: Found, *, opening: bool) -> None:
        """Read and understand the whole file, and plan, on the register as it stands now."""
        found.planned_at, (found.reports, found.colours) = head(db), surroundings(db)
        self.read_items(db, source, found, opening=opening)
        found.wrong += incoming.plan(db)

    def read_items(self, db: Connection, source: Source, found: Found, *, opening: bool) -> None:
        """Read and understand the whole file, beside the register."""
        around = Surroundings(self.on, self.today, found.colours, opening=opening, held=is_whole(source))
        keys = [key for key in source.keys if key]
        settling = Settling(found.reports, around)
        numbers = incoming.make(db, keys)
        for chunk in chunks(source, Reader(self.today, source.epoch), found.wrong):
            _take_in(db, chunk, settling, numbers)
        incoming.take_names(db, numbers)
        found.if_new += settling.wrong

    def _plan_again(self, visit: Visit, found: Found) -> None:
        """Where somebody wrote since: plan once more; raises `Busy` where what was worked out rests on what changed."""
        if head(visit.db) == found.planned_at:
            return
        if surroundings(visit.db) != (found.reports, found.colours):
            raise Busy("The register's inspections changed while the file was read; nothing was written.", "Try again.")
        found.wrong = [wrong for wrong in found.wrong if not wrong.key.startswith("plan ")]
        found.wrong = list(dict.fromkeys([*found.wrong, *incoming.plan(visit.db)]))

    def _take(
        self, visit: Visit, source: Source, found: Found, on_conflict: OnConflict, *, opening: bool, sure: bool
    ) -> list[str]:
        """Write what was planned, and what file it was; the references of the new items."""
        differing = self.judge(visit, source, found, on_conflict, opening=opening, sure=sure)
        refuse([(source, found.wrong)])
        taken = self.put(visit, differing, on_conflict, opening=opening)
        if taken.added or taken.changed:
            kept = ImportFile(name=source.name, sheet=source.sheet, sha256=source.sha256, what="items",
                              added=taken.added, changed=taken.changed, unchanged=taken.unchanged)  # fmt: skip
            visit.imports.add(kept)
        refs = self.tell_items(visit, differing, on_conflict)
        visit.say(taken.told(source.name))
        return refs

    def judge(
        self, visit: Visit, source: Source, found: Found, on_conflict: OnConflict, *, opening: bool, sure: bool
    ) -> list[Differing]:
        """Note everything that is wrong with what was planned, and change what may be; the rows that differ."""
        rows = list(merging.differing(visit.db, source.keys))
        found.wrong += _wrong_if_new(visit.db, found.if_new)
        found.wrong += [w for each in rows for w in may_change(each, on_conflict, opening=opening)]
        if opening:
            found.wrong += [Wrong(row, "parent", "", f"What it hangs on was added later, on {day}.")
                            for row, day in merging.parents_later(visit.db)]  # fmt: skip
        found.wrong += list(_slips(visit, sure=sure))
        if on_conflict == OnConflict.UPDATE and not found.wrong:
            self._change_rows(visit, rows, found.wrong, sure=sure)
        return rows

    def put(self, visit: Visit, differing: list[Differing], on_conflict: OnConflict, *, opening: bool) -> Tally:
        """Write the new rows; how many of all there were."""
        new, known = merging.counts(visit.db)
        _take_on_names(visit)
        if new:  # To insert none would still leave a trace in SQLite's own count of references.
            _write(visit, opening=opening)
        tally = Tally(added=new, unchanged=known - len(differing))
        if on_conflict == OnConflict.SKIP:
            tally.skipped = len(differing)
        else:
            tally.changed = len(differing)
        return tally

    def _change_rows(self, visit: Visit, rows: list[Differing], wrong: list[Wrong], *, sure: bool) -> None:
        """Change the items that differ, each by the very rules of `recreg edit`."""
        for row in rows:
            _, item_id, says, _ = row
            try:
                change(self, visit, visit.items.by_id(item_id), says, sure=sure)
            except RecregError as error:
                wrong.append(refused(row, error))

    def tell_items(self, visit: Visit, rows: list[Differing], on_conflict: OnConflict) -> list[str]:
        """Say per row what becomes of it."""
        refs = merging.new_refs(visit.db)
        for row, number, title in merging.new_items(visit.db, -1 if self.dry_run else _NAMED_AT_MOST):
            visit.say(f"row {row}: R-{number:04d} “{title}” is added.")
        if len(refs) > _NAMED_AT_MOST and not self.dry_run:
            visit.say(f"and {len(refs) - _NAMED_AT_MOST:,} more are added.")
        if on_conflict == OnConflict.SKIP:
            visit.said += [differences_told(each, "is left as it is") for each in rows]
        else:
            _tell_changed(visit, rows, refs)
        return refs


def _tell_changed(visit: Visit, rows: list[Differing], new: list[str]) -> None:
    """Say what each row changed, and what another kind made of those that its item contained before."""
    came = frozenset([*new, *(f"R-{item:04d}" for _, item, says, _ in rows if "parent" in says)])
    for row in rows:
        visit.say(differences_told(row, "is changed"))
        _, item, says, held = row
        if "kind" in says:
            say_what_became_of_children(visit, visit.items.by_id(item), Kind(held["kind"]), apart_from=came)


def _take_in(db: Connection, chunk: Chunk, settling: Settling, numbers: incoming.Numbers) -> None:
    """Take in rows with what follows from each if it is new; a name goes in by its number."""
    titles, follows = settling.of(chunk.numbers, chunk.said)
    said = [[*map(numbers[key].__getitem__, column)] if key in numbers else column
            for key, column in chunk.said.items()]  # fmt: skip
    rows = zip(chunk.numbers, chunk.cleared, *said, titles, follows, strict=True)
    incoming.take(db, chunk.said, rows, settling.kept())


def surroundings(db: Connection) -> tuple[dict[str, tuple[str | None, str]], frozenset[str]]:
    """What a row is judged by: the reports with their day and sort, by code and title, and the colours in use."""
    by_title, by_code = {}, {}
    for code, title, published_on, kind in db.execute("SELECT code, title, published_on, type FROM inspection"):
        by_title[title.casefold()] = by_code[code.casefold()] = (published_on, kind)
    reports = by_title | by_code  # A code is what it says, whatever another report is called.
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
            if name_key(name) in map(name_key, known):
                continue  # One name, spelt in another way further up.
            if alike := next((other for other in known if much_alike(name, other)), None):
                sentence = f"It is much like the {noun} “{alike}”: type that, or add --new if it is another one."
                yield Wrong(row, key, name, sentence)
            known.append(name)


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
        visit.seal(on=date.fromisoformat(day), command=OPENING)


def is_whole(source: Source) -> bool:
    """Whether a row says everything of an item, as one does that another register held."""
    return set(STORED_KEYS) <= set(source.keys)
