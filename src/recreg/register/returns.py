"""The act that takes owners' filled sheets back: what an owner claims is noted as the owner's words, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recreg.domain.dates import spoken
from recreg.domain.events import EVENTS
from recreg.domain.models import Item, Person
from recreg.domain.text import name_key
from recreg.domain.vocabulary import Outcome, Rag, counted, in_words, word
from recreg.errors import Objections, Refused
from recreg.register.acts import Done, titled, verbatim
from recreg.register.meant import Minute, at, item_of
from recreg.register.minutes import since_drawn, wrong_in
from recreg.register.progress import ProgressActs
from recreg.store.days import entries
from recreg.store.visit import Visit

#: So much of a note is shown before it is taken.
SHOWN = 300


@dataclass(frozen=True)
class Returned:
    """A sheet that came back: its file, whose it says it is, and the rows that were filled in."""

    file: str
    owner: str
    rows: Sequence[Minute]


@dataclass(frozen=True)
class _Owner:
    """Whose words they are: the person, and the name by which the sheet went out."""

    person: Person
    name: str


class ReturnActs(ProgressActs):
    """What owners say of their items, on the sheets that they were sent."""

    def returns(self, sheets: Sequence[Returned], owner: str | None = None) -> Done:
        """Take filled sheets: a note for each row that has one; what was noted already is left out.

        ``owner`` is whose words they are where a sheet does not say. Raises `Refused` naming everything that
        is wrong with any row of any sheet.
        """
        with self.visit("returns") as visit:
            whose, faults, noted = _owners(visit, sheets, owner), list[str](), list[str]()
            for sheet, each in zip(sheets, whose, strict=True):
                met: dict[int, Minute] = {}
                for row in sheet.rows:
                    item, found = _item_of(visit, row, met, each)
                    faults += found
                    if item is not None and not found and self._noted(visit, item, row, each):
                        noted.append(str(item.ref))
            if faults:
                raise Refused(faults, "Put it right in the sheet and type it again: nothing was taken.")
            if noted:
                visit.say(f"{counted(len(noted), 'note')} with effect from {spoken(visit.on)}.")
        return self.done(visit, noted)

    def _noted(self, visit: Visit, item: Item, row: Minute, owner: _Owner) -> bool:
        """Note what a row says, but for what was noted already; whether it was."""
        words, said = _words(row, owner), len(visit.said)
        already = _noted_on(visit, item, row, words)
        if already is None:
            self.note([str(item.ref)], words)
            told = [f"{visit.said[-1]} “{_on_one_line(words)}”", *_changed_since(visit, item, row)]
        else:
            told = [f"{titled(item)} was taken on {spoken(already)} already, and is left out."]
        visit.said[said:] = [f"{row.place}: {sentence}" for sentence in told]
        return already is None


def _owners(visit: Visit, sheets: Sequence[Returned], owner: str | None) -> list[_Owner]:
    """Whose words each sheet has; raises `Refused` naming every sheet of nobody."""
    typed = visit.people.get(owner) if owner else None
    objections, found = Objections(), list[_Owner]()
    for sheet in sheets:
        known = _person_once_called(visit, sheet.owner) if sheet.owner else None
        if known is not None:
            found.append(known)
        elif sheet.owner:
            hint = "recreg person list shows those there are; the sheet may be of another register."
            objections.add(f"{sheet.file} is the sheet of “{sheet.owner}”, whom the register does not know.", hint)
        elif typed is not None:
            found.append(_Owner(typed, typed.name))
        else:
            hint = "--owner NAME says so. A board's sheet is taken by recreg minute FILE."
            objections.add(f"{sheet.file} does not say whose words are on it.", hint)
    objections.settle()
    return found


def _person_once_called(visit: Visit, name: str) -> _Owner | None:
    """The person of that name, or who had it before another one, as the log has it."""
    if visit.people.has(name):
        person = visit.people.get(name)
        return _Owner(person, person.name)
    for entry in entries(visit.db, "c.noun = ?", ("person",)):
        if entry.before and name_key(entry.before.get("name") or "") == name_key(name):
            return _Owner(visit.people.by_id(entry.row), entry.before["name"])
    return None


def _item_of(visit: Visit, row: Minute, met: dict[int, Minute], owner: _Owner) -> tuple[Item | None, list[str]]:
    """The item that a row is of, with all that is wrong with the row; an owner answers for no item of another."""
    item, found = item_of(visit, row, met, "noted on")
    found += wrong_in(row)
    if item is not None and item.owner_id != owner.person.known_id:
        whose = f"{visit.people.by_id(item.owner_id).name}'s" if item.owner_id else "nobody's"
        by_now = " by now" if _was_of(visit, item, owner.person) else ""
        found.append(
            f"{at(row, 'Reference', row.ref)} {item.ref} is {whose}{by_now}, and the sheet is {owner.name}'s. "
            f'What it says can be noted by hand: recreg note {item.ref} "…".'
        )
    return item, found


def _was_of(visit: Visit, item: Item, person: Person) -> bool:
    """Whether an item was that person's once."""
    earlier = entries(visit.db, "c.noun = 'item' AND c.row = ?", (item.known_id,))
    return any(entry.before and entry.before.get("owner_id") == person.known_id for entry in earlier)


def _words(row: Minute, owner: _Owner) -> str:
    """The note: whose words these are and how they came, the words, and what is claimed beside them."""
    claimed = [in_words(word(Outcome, row.outcome, "review outcome"))] if row.outcome else []
    claimed += [f"{word(Rag, row.rag, 'RAG rating')}, because {row.why.rstrip('.')}"] if row.rag else []
    said = verbatim(row.position, "position")
    first = f"{owner.name}, by the sheet" + (f": {said}" if said else "")
    return f"{first}\nClaimed: {'; '.join(claimed)}." if claimed else first


def _on_one_line(words: str) -> str:
    """The words as a line tells them, with no more of them than can be looked over."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()}…"


def _noted_on(visit: Visit, item: Item, row: Minute, words: str) -> date | None:
    """The day on which the very words were noted since the sheet was drawn, or today."""
    same = (note for note in visit.notes.of(item.known_id) if note.text == words)
    for note in same:
        if note.noted_on == visit.on or since_drawn(visit, "note", note.known_id, row):
            return note.noted_on
    return None


def _changed_since(visit: Visit, item: Item, row: Minute) -> list[str]:
    """What became of the item while the sheet was away: what it says may be of an item that stood otherwise."""
    where = "s.number > ? AND c.noun = 'item' AND c.row = ?"
    acts = entries(visit.db, where, (row.drawn_at, item.known_id)) if row.drawn_at is not None else iter(())
    events = dict.fromkeys(EVENTS.get(entry.command, entry.command) for entry in acts)
    return [f"{item.ref} has changed since the sheet was drawn: {', '.join(events)}."] if events else []
