"""What the taking in of any noun's rows shares: rows understood, what is wrong with them, what became of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from recreg.domain.noun_rows import MEANINGS, REQUIRED, NounRow, understood
from recreg.domain.rows import Reader, Wrong
from recreg.errors import RecregError
from recreg.register.arriving_rows import OnConflict, Source, Tally
from recreg.store.visit import Visit


@dataclass
class Rows:
    """The rows of one noun, as they were understood while nobody waits."""

    noun: str
    source: Source
    rows: list[NounRow] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def read(self, today: date) -> None:
        """Understand every row."""
        reader = Reader(today, self.source.epoch, MEANINGS[self.noun])
        for number, cells in self.source.rows():
            row, wrong = understood(number, self.source.keys, cells, reader)
            self.rows.append(row)
            self.wrong += [Wrong(number, *each) for each in wrong]


class Taking:
    """The taking in of one noun's rows: each is new, unchanged, changed or left, or something is wrong with it."""

    def __init__(self, visit: Visit, rows: Rows, on_conflict: OnConflict, *, sure: bool) -> None:
        self.visit, self.rows, self.on_conflict, self.sure = visit, rows, on_conflict, sure
        self.noun, self.wrong, self.tally = rows.noun, rows.wrong, Tally()
        self._bad = {wrong.row for wrong in rows.wrong}

    def take(self) -> None:
        """Take every row."""
        raise NotImplementedError

    def sound_rows(self) -> Iterator[NounRow]:
        """The rows whose cells could be understood."""
        return (row for row in self.rows.rows if row.number not in self._bad)

    def object(self, row: NounRow, key: str, sentence: str) -> None:
        """Note what is wrong with a row, or with one of its cells."""
        self.wrong.append(Wrong(row.number, key, str(row.says.get(key) or ""), sentence))

    def is_sound(self, row: NounRow) -> bool:
        """Whether nothing was found wrong with a row so far."""
        return all(wrong.row != row.number for wrong in self.wrong)

    def lacks(self, row: NounRow) -> bool:
        """Object to a new row that does not say what every one must."""
        missing = [key for key in REQUIRED[self.noun] if key not in row.says]
        for key in missing:
            self.object(row, key, f"A new row needs its {key}.")
        return bool(missing)

    def attempt(self, row: NounRow, doing: Callable[[], None]) -> None:
        """Do what a row asks for, and keep what is said against it."""
        try:
            doing()
        except RecregError as error:
            told = " ".join([*error.sentences, error.hint]).strip()
            self.wrong.append(Wrong(row.number, "", "", told))

    def differs(self, row: NounRow, held: dict[str, Any], called: str, cure: str = "") -> bool:
        """Whether a row that says otherwise than what is stored is to be taken over; objects where it may not be."""
        said = {key: value for key, value in row.says.items() if key in held and value != held[key]}
        said |= {key: None for key in row.cleared if held.get(key) is not None}
        if not said:
            self.tally.unchanged += 1
        elif self.on_conflict == OnConflict.SKIP:
            self.tally.skipped += 1
            self.visit.say(f"row {row.number}: {called} is left as it is.")
        elif self.on_conflict == OnConflict.UPDATE and not cure:
            fields = "; ".join(f"{key} {quoted(held[key])} → {quoted(value)}" for key, value in said.items())
            self.visit.say(f"row {row.number}: {called} is changed: {fields}.")
            self.tally.changed += 1
            return True
        else:
            way = cure or "--on-conflict update takes it over, skip leaves it"
            for key in said:
                self.object(row, key, f"{called} has {quoted(held[key])} there: {way}.")
        return False


def quoted(value: Any) -> str:
    """A value as a sentence shows it, no longer than a line takes."""
    if value is None:
        return "nothing"
    shown = " ".join(str(value).split())
    return f"“{shown if len(shown) <= 60 else f'{shown[:59]}…'}”"
