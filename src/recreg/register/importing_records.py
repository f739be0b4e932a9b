"""Rows of notes and evidence: what hangs on items, each under its own permanent reference."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.models import Evidence, EvidenceItem, Note, Row
from recreg.domain.noun_rows import DAYS, NounRow
from recreg.domain.rows import Wrong
from recreg.domain.vocabulary import Verdict
from recreg.errors import NotFound
from recreg.register.arriving_nouns import Taking
from recreg.store.records import next_after, stored
from recreg.store.references import item_meant
from recreg.store.visit import Visit


@dataclass(frozen=True, slots=True)
class Meant:
    """An item that rows name, so far as what hangs on it must know of it."""

    id: int
    ref: str
    added_on: str
    closed_on: str | None
    withdrawn_on: str | None


@dataclass
class ItemsMeant:
    """Which item each reference means, and which items came in with the same document.

    ``held`` says that those came from a register, and that its own acts let in what hangs on them.
    """

    visit: Visit
    arrived: frozenset[int] = frozenset()
    held: bool = False
    _known: dict[str, Meant] = field(default_factory=dict)

    def get(self, typed: str) -> Meant:
        """The item of a reference or HMICFRS number; raises `NotFound`."""
        if typed not in self._known:
            number = item_meant(self.visit.db, typed).id
            query = "SELECT id, ref, added_on, closed_on, withdrawn_on FROM item WHERE id = ?"
            self._known[typed] = Meant(*self.visit.db.execute(query, (number,)).fetchone())
        return self._known[typed]

    def came_along(self, item: Meant) -> bool:
        """Whether the item came in with the same document."""
        return item.id in self.arrived

    def was_held(self, item: Meant) -> bool:
        """Whether the item came in with the same document, out of a register."""
        return self.held and item.id in self.arrived


class TakingRecords(Taking):
    """Rows under references of their own, which are kept where they are free and refused where they are not."""

    noun_in_file: str
    model: type[Row]
    #: What tells a row without a reference from others; where these are alike, it is the same one.
    identity: tuple[str, ...]
    items: ItemsMeant

    def take(self) -> None:
        """Take every row: those with references first, so that no other is given theirs."""
        self.stored = stored(self.visit.db, self.noun_in_file, self.identity)
        sound = list(self.sound_rows())
        given = {row.says["ref"] for row in sound if "ref" in row.says}
        self._next = next_after(self.visit.db, self.noun_in_file, given)
        self._taken: set[int] = set()
        made = [self._made(row) for row in sorted(sound, key=lambda row: "ref" not in row.says)]
        new = [each for each in made if each is not None]
        self.write(new)
        self.tally.added += len(new)

    def write(self, new: list[tuple[NounRow, Any]]) -> None:
        """Write the new rows, in the order of their references."""
        self.visit.session.add_all(row for _, row in sorted(new, key=lambda each: each[1].id))
        self.visit.session.flush()

    def _made(self, row: NounRow) -> tuple[NounRow, Any] | None:
        says = self.in_numbers(row)
        if says is None:
            return None
        said = NounRow(row.number, says, row.cleared)
        number = self._known(said)
        if number is not None:
            held = self.stored.rows[number]
            ref = f"{self.letter}-{number:04d}"
            cure = f"an import never changes it: recreg correct {ref} puts it right; --on-conflict skip leaves it"
            self.differs(said, held, ref, cure)
            return None
        if not self.is_sound(row) or self.lacks(row):
            return None
        self.check(row)
        return (row, self._row(said)) if self.is_sound(row) else None

    @property
    def letter(self) -> str:
        """What its references begin with."""
        return {"review": "V", "note": "N", "evidence": "E"}[self.noun_in_file]

    def in_numbers(self, row: NounRow) -> dict[str, Any] | None:
        """What a row says, its item by the item's number; None where there is no such item."""
        says = dict(row.says)
        if "item" not in says:
            return says
        item = self.item(row, "item", says.pop("item"))
        return None if item is None else says | {"item_id": item.id}

    def item(self, row: NounRow, key: str, typed: str) -> Meant | None:
        """The item that a row names; objects where there is none, or where it is withdrawn."""
        try:
            item = self.items.get(typed)
        except NotFound as error:
            self.object(row, key, " ".join([*error.sentences, error.hint]).strip())
            return None
        if item.withdrawn_on:
            self.object(row, key, f"{item.ref} was withdrawn on {item.withdrawn_on}: nothing more hangs on it.")
            return None
        return item

    def check(self, row: NounRow) -> None:
        """Object to what no act would let in."""
        today = self.visit.today.isoformat()
        for key in sorted(DAYS[self.noun] & row.says.keys()):
            if row.says[key] > today:
                self.object(row, key, f"{spoken(date.fromisoformat(row.says[key]))} is in the future.")

    def check_day(self, row: NounRow, key: str, done: str) -> None:
        """Object to a day on which the item had been closed, unless a register held both."""
        item = self.items.get(row.says["item"])
        if item.closed_on and row.says[key] > item.closed_on and not self.items.was_held(item):
            self.object(row, key, f"{item.ref} was closed on {item.closed_on}: it was not {done} after that.")

    def _known(self, row: NounRow) -> int | None:
        """The number of the very row that is stored already."""
        if "ref" not in row.says:
            return self.stored.same(row.says)
        number = int(row.says["ref"])
        if number in self.stored.rows:
            return number
        sentence = None
        if number in self._taken:
            sentence = "Another row of the file has this reference."
        elif number <= self.stored.newest:
            sentence = "It was given before, to what was undone since: leave it out."
        if sentence:
            self.wrong.append(Wrong(row.number, "ref", f"{self.letter}-{number:04d}", sentence))
        self._taken.add(number)
        return None

    def _row(self, said: NounRow) -> Any:
        number = said.says.get("ref")
        if number is None:
            number, self._next = self._next, self._next + 1
        values = {key: value for key, value in self.completed(said.says).items() if key in self.model.model_fields}
        days = {key: date.fromisoformat(values[key]) for key in DAYS[self.noun] & values.keys() if values[key]}
        return self.model(**values | days | {"id": number})

    def completed(self, says: dict[str, Any]) -> dict[str, Any]:
        """What a row says, with what follows where it is silent."""
        return {key: value for key, value in says.items() if key != "ref"}


class TakingNotes(TakingRecords):
    """Owners' updates."""

    noun_in_file, model, identity = "note", Note, ("item_id", "noted_on", "text")

    def check(self, row: NounRow) -> None:
        """Object to a note of a day to come, or of a day when its item was closed."""
        super().check(row)
        self.check_day(row, "noted_on", "noted on")


class TakingEvidence(TakingRecords):
    """Records of evidence: of a file, whose copy comes by backup, or of a link."""

    noun_in_file, model, identity = "evidence", Evidence, ("title", "link", "sha256")

    def in_numbers(self, row: NounRow) -> dict[str, Any] | None:
        """What a row says, its items by their numbers; None where one is not there."""
        says = dict(row.says)
        found = [self.item(row, "items", ref) for ref in says.pop("items", "").split("; ") if ref]
        if None in found:
            return None
        items = sorted({item.id for item in found if item is not None})
        title = says.get("title") or says.get("link") or says.get("file_name") or says.get("sha256")
        says |= {"title": title} if title else {}
        return says | ({"items": tuple(items)} if items else {})

    def check(self, row: NounRow) -> None:
        """Object to what is neither a file nor a link, and to a judgement or a sharing that is half there."""
        super().check(row)
        says = row.says
        if ("link" in says) == ("sha256" in says):
            self.object(row, "link", "Evidence is a file, with its sha256, or a link.")
        if "sha256" in says and "size_bytes" not in says:
            self.object(row, "size_bytes", "A file has its size in bytes.")
        if says.get("verdict", Verdict.SUFFICIENT) != Verdict.SUFFICIENT and "verdict_why" not in says:
            self.object(row, "verdict_why", f"“{says['verdict']}” needs a reason.")
        for key, of in (("judged_on", "verdict"), ("verdict_why", "verdict"), ("shared_with", "shared_on")):
            if key in says and of not in says:
                self.object(row, key, f"It goes with {of}, and there is none.")

    def completed(self, says: dict[str, Any]) -> dict[str, Any]:
        """Received, judged and shared on the day of the act unless told."""
        on = self.visit.on.isoformat()
        says = {"received_on": on} | says
        if says.get("verdict"):
            says = {"judged_on": on} | says
        if says.get("shared_on"):
            says = {"shared_with": "HMICFRS Force Liaison Lead"} | says
        return super().completed(says)

    def write(self, new: list[tuple[NounRow, Any]]) -> None:
        """Write the records, and which items each stands for."""
        super().write(new)
        for row, evidence in sorted(new, key=lambda each: int(each[1].id)):
            items = dict.fromkeys(self.items.get(ref).id for ref in row.says["items"].split("; ") if ref)
            self.visit.session.add_all(EvidenceItem(evidence_id=evidence.id, item_id=item) for item in items)
        self.visit.session.flush()
