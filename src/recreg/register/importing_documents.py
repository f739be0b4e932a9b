"""The act of taking in other nouns than items: one of them, or every noun of a document, in one changeset."""

from collections.abc import Mapping
from sqlite3 import Connection

from recreg.domain.models import ImportFile
from recreg.errors import Busy
from recreg.register.acts import Done
from recreg.register.arriving_nouns import Rows, Taking
from recreg.register.arriving_rows import OnConflict, Source, Tally, is_known, kept_before, known_told, refuse
from recreg.register.importing import Found, ImportActs, is_whole, surroundings
from recreg.register.importing_names import TakingInspections, TakingKey, TakingNames
from recreg.register.importing_records import ItemsMeant, TakingEvidence, TakingNotes, TakingRecords
from recreg.register.importing_reviews import TakingLinks, TakingReviews
from recreg.register.names import NameActs
from recreg.store import incoming, merging
from recreg.store.log import head
from recreg.store.visit import Visit

#: The nouns in their order: what is named comes before what names it.
_BEFORE_ITEMS: dict[str, type[Taking]] = {
    "key": TakingKey, "people": TakingNames, "boards": TakingNames, "portfolios": TakingNames,
    "inspections": TakingInspections,
}  # fmt: skip
_AFTER_ITEMS: dict[str, type[Taking]] = {
    "reviews": TakingReviews, "notes": TakingNotes, "evidence": TakingEvidence, "links": TakingLinks,
}  # fmt: skip
_EVERY = "every noun"


class DocumentActs(ImportActs, NameActs):
    """What comes in beside items."""

    def import_nouns(
        self,
        sources: Mapping[str, Source],
        *,
        on_conflict: OnConflict = OnConflict.ERROR,
        opening: bool = False,
        again: bool = False,
        sure: bool = False,
    ) -> Done:
        """Take in the rows of one noun or of several, as `recreg export --all` gives them, all in one act.

        Raises `RowsRefused` naming everything that is wrong with any row.
        """
        taking = _Document(self, sources, on_conflict, opening=opening, sure=sure)
        what, source = _EVERY if len(sources) > 1 else next(iter(sources)), next(iter(sources.values()))

        def before(db: Connection) -> None:
            if again or not is_known(db, source.sha256, what):
                taking.read(db)
                taking.found.kept = kept_before(self, db, taking.size(db))

        with self.visit("import", before) as visit:
            known = visit.imports.of(source.sha256, what)
            if known is not None and not again:
                visit.say(known_told(source.name, known))
                return self.done(visit)
            visit.said += taking.found.kept
            total = taking.take(visit)
            if total.added or total.changed:
                sheet = source.sheet if len(sources) == 1 else None
                visit.imports.add(ImportFile(name=source.name, sheet=sheet, sha256=source.sha256, what=what,
                                  added=total.added, changed=total.changed, unchanged=total.unchanged))  # fmt: skip
        return self.done(visit, taking.refs)


class _Document:
    """The nouns of one file: read while nobody waits, then taken one after the other."""

    def __init__(
        self, acts: DocumentActs, sources: Mapping[str, Source], on_conflict: OnConflict, *, opening: bool, sure: bool
    ) -> None:
        self.acts, self.sources, self.on_conflict, self.opening, self.sure = acts, sources, on_conflict, opening, sure
        self.rows: dict[str, Rows] = {}
        self.found, self.refs = Found(), list[str]()
        self._tallies: dict[str, Tally] = {}

    def read(self, db: Connection) -> None:
        """Understand the rows of every noun; what items are judged by may stand in the file itself."""
        self.found.planned_at = head(db)
        for noun, source in self.sources.items():
            if noun != "items":
                self.rows[noun] = Rows(noun, source)
                self.rows[noun].read(self.acts.today)
        if "items" in self.sources:
            self.found.reports, self.found.colours = surroundings(db)
            self._take_surroundings()
            self.acts.read_items(db, self.sources["items"], self.found, opening=self.opening)

    def size(self, db: Connection) -> int:
        """How many rows there are to take, of all nouns."""
        return sum(len(rows.rows) for rows in self.rows.values()) + ("items" in self.sources and incoming.rows(db))

    def take(self, visit: Visit) -> Tally:
        """Take every noun in its order; raises `RowsRefused` with all that is wrong."""
        if not self.found.planned_at[0]:
            raise Busy("The file was undone while it was looked at; nothing was written.", "Try again.")
        self._take_all(visit, _BEFORE_ITEMS, ItemsMeant(visit))
        arrived = self._take_items(visit) if "items" in self.sources else frozenset[int]()
        held = "items" in self.sources and is_whole(self.sources["items"])
        self._take_all(visit, _AFTER_ITEMS, ItemsMeant(visit, arrived, held))
        self._refuse()
        return self._told(visit)

    def _take_surroundings(self) -> None:
        """The reports and colours of the file itself, beside those of the register."""
        inspections, key = self.rows.get("inspections"), self.rows.get("key")
        reports = dict(self.found.reports)
        for row in inspections.rows if inspections else ():
            says = row.says
            if {"code", "title", "type"} <= says.keys():
                report = says.get("published_on"), says["type"]
                if self.on_conflict == OnConflict.UPDATE or says["code"].casefold() not in reports:
                    reports[says["title"].casefold()] = reports[says["code"].casefold()] = report
        self.found.reports = reports
        self.found.colours |= {row.says["colour"] for row in (key.rows if key else ()) if "colour" in row.says}

    def _take_all(self, visit: Visit, nouns: Mapping[str, type[Taking]], items: ItemsMeant) -> None:
        for noun, sort in nouns.items():
            if noun in self.rows:
                taking = sort(visit, self.rows[noun], self.on_conflict, sure=self.sure)
                if isinstance(taking, TakingRecords | TakingLinks):
                    taking.items = items
                if isinstance(taking, TakingInspections):
                    taking.acts = self.acts
                taking.take()
                self._tallies[noun] = taking.tally

    def _take_items(self, visit: Visit) -> frozenset[int]:
        """Plan and write the items, once what they name is there; the numbers of the new ones."""
        source, found = self.sources["items"], self.found
        visit.session.flush()
        if head(visit.db) != found.planned_at and self._changed_meanwhile(visit):
            raise Busy("The register's inspections changed while the file was read; nothing was written.", "Try again.")
        found.wrong += incoming.plan(visit.db)
        differing = self.acts.judge(visit, source, found, self.on_conflict, opening=self.opening, sure=self.sure)
        if found.wrong or source.faults() or any(rows.wrong for rows in self.rows.values()):
            self._refuse()
        arrived = frozenset(number for _, number, _ in merging.new_items(visit.db))
        self._tallies["items"] = self.acts.put(visit, differing, self.on_conflict, opening=self.opening)
        self.refs = self.acts.tell_items(visit, differing, self.on_conflict)
        visit.session.expire_all()
        return arrived

    def _changed_meanwhile(self, visit: Visit) -> bool:
        """Whether the reports or the colours are others than those that the rows were judged by."""
        reports, colours = surroundings(visit.db)
        return (self.found.reports | reports, self.found.colours | colours) != (self.found.reports, self.found.colours)

    def _refuse(self) -> None:
        each = [(rows.source, rows.wrong) for rows in self.rows.values()]
        items = [(self.sources["items"], self.found.wrong)] if "items" in self.sources else []
        refuse([*each, *items])

    def _told(self, visit: Visit) -> Tally:
        """Say what became of the rows of each noun; all of them together."""
        total = Tally()
        for noun, tally in self._tallies.items():
            source = self.sources[noun]
            if len(self.sources) == 1:
                visit.say(tally.told(source.name))
            elif tally != Tally():
                visit.say(tally.told(f"{source.name}, {noun}"))
            for count in ("added", "changed", "unchanged", "skipped"):
                setattr(total, count, getattr(total, count) + getattr(tally, count))
        return total
