"""What the cells of an item's row mean: text from a spreadsheet or a script, understood key by key.

Nothing here looks into a register: a kind is a kind and a day a day whatever is stored. A blank
cell is None, and says nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from recreg.domain.text import are_plain, clean, clean_line, of_cell
from recreg.domain.typed_days import understand
from recreg.domain.vocabulary import Acceptance, ClosedAs, DecidedBy, Kind, Precision, Rag, Status, word
from recreg.errors import Mistyped

_LINES = (
    "number title waiting_on owner board portfolio inspection parent hmicfrs_ref deadline_words closed_letter "
    "approved_by closed_of acceptance_by deadline_letter target_approved_by agreed_by sign_off_level ref"
).split()
_TEXTS = "text rag_why closed_why ours_why acceptance_why deadline_why target_why returned_why reopened_why".split()
_DAYS = (
    "target_on original_target_on last_review_on next_review_on added_on completed_on submitted_on closed_on "
    "returned_on reopened_on review_anchor_on deadline_on"
).split()
_COUNTS = "times_deferred review_every_months review_round times_sent_back times_returned times_reopened".split()
#: The keys of a yes or no.
YES_NO = ("ours", "mandatory")
_WORDS = {
    "kind": (Kind, "kind"),
    "rag": (Rag, "RAG rating"),
    "status": (Status, "status"),
    "acceptance": (Acceptance, "acceptance"),
    "closed_as": (ClosedAs, "basis"),
    "decided_by": (DecidedBy, "decider"),
    "returned_by": (DecidedBy, "side"),
    "deadline_precision": (Precision, "precision"),
}

#: Every key of an item's row, in the order in which it is kept while it is looked at.
ITEM_KEYS = (*_LINES, *_TEXTS, *_DAYS, *_COUNTS, *YES_NO, *_WORDS, "addressees")

#: The keys under which words stand, or names.
WORDS = frozenset([*_LINES, *_TEXTS, "addressees"])

#: What a row says that was exported from a register: every key.
STORED_KEYS = frozenset(ITEM_KEYS)

#: The keys that follow from others: taken where they agree, refused where they do not.
COMPUTED = ("status", "deadline_on", "deadline_precision", "next_review_on")

#: The keys under which the same few texts come again and again, and how many of them are remembered.
_RECURRING = {*_DAYS, *_COUNTS, *YES_NO, *_WORDS, *"owner board portfolio inspection deadline_words agreed_by".split()}
_REMEMBERED = 5_000

#: What spreadsheets call their first day, by the number of it: Windows and the old Macintosh.
EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell, or a row where ``key`` is empty, that cannot be taken: what is so, and what is allowed."""

    row: int
    key: str
    value: str
    sentence: str


@dataclass
class Reader:
    """Understands the cells of rows; what the same text means is worked out once.

    ``today`` is what “today” and “+3m” count from; ``epoch`` the first day of the workbook's own
    calendar, from which a number in a column of days is counted.
    """

    today: date
    epoch: int = 1900
    meanings: Mapping[str, "Meaning"] = field(default_factory=lambda: ITEM_MEANINGS)
    _by_key: dict[str, Callable[[str], Any]] = field(default_factory=dict)

    def meaning(self, key: str, cell: str) -> Any:
        """The value of a cell; raises `Mistyped` where it has none."""
        return self._of(key)(cell)

    def column(self, key: str, cells: Sequence[str | None]) -> list[Any]:
        """The values of a column's cells, None of a blank one; raises `Mistyped` where one has none."""
        if self.meanings[key] in {line, text} and are_plain(cells):
            return list(cells)
        means = self._of(key)
        return [cell if cell is None else means(cell) for cell in cells]

    def _of(self, key: str) -> Callable[[str], Any]:
        """What gives the values of a column's cells."""
        if key not in self._by_key:
            means = self.meanings[key]
            one: Callable[[str], Any] = partial(means, self, key)
            recurs = key in _RECURRING or means in {day, count, yes_no}
            self._by_key[key] = lru_cache(maxsize=_REMEMBERED)(one) if recurs else one
        return self._by_key[key]


def line(_reader: Reader, key: str, cell: str) -> str:
    """One line."""
    return clean_line(of_cell(cell), key)


def _own(_reader: Reader, _key: str, cell: str) -> str:
    # Shorter by a figure than those that can be typed: what is added after it has to have one as well.
    if not re.fullmatch(r"R-(?!0+$)\d{4,8}", cell.strip(), re.ASCII | re.IGNORECASE):
        raise Mistyped(f"“{cell}” is not a reference of this register.", "It is written R-0001.")
    return cell.strip().upper()


def _hmicfrs(_reader: Reader, _key: str, cell: str) -> str:
    if re.fullmatch(r"R-\d+", cell.strip(), re.ASCII | re.IGNORECASE):
        raise Mistyped(f"{cell} looks like one of the register's own references.", "HMICFRS's numbers are other.")
    return clean_line(of_cell(cell), "HMICFRS number")


def text(_reader: Reader, key: str, cell: str) -> str:
    """A text, verbatim."""
    return clean(of_cell(cell), key).strip("\n")


def day(reader: Reader, key: str, cell: str) -> str:
    """A day, as ISO has it; a number of a spreadsheet's calendar too."""
    if re.fullmatch(r"[1-9]\d{4}", cell, re.ASCII):
        cell = (EPOCHS[reader.epoch] + timedelta(days=int(cell))).isoformat()
    return understand(cell, today=reader.today, what=f"day for {key}").on.isoformat()


def count(_reader: Reader, key: str, cell: str) -> int:
    """A whole number."""
    if not re.fullmatch(r"\d{1,4}", cell.strip(), re.ASCII):
        raise Mistyped(f"“{cell}” is not a whole number for {key}.", "Give figures alone, such as 3.")
    return int(cell)


def yes_no(_reader: Reader, key: str, cell: str) -> int:
    """Yes as 1, no as 0."""
    known = {"yes": 1, "y": 1, "true": 1, "1": 1, "no": 0, "n": 0, "false": 0, "0": 0}
    answer = known.get(cell.strip().casefold())
    if answer is None:
        raise Mistyped(f"“{cell}” is not a yes or no for {key}.", "Give yes or no.")
    return answer


def _word(_reader: Reader, key: str, cell: str) -> str:
    vocabulary, what = _WORDS[key]
    return str(word(vocabulary, cell, what))


def _addressees(_reader: Reader, _key: str, cell: str) -> str | None:
    return "; ".join(clean_line(each, "addressee") for each in of_cell(cell).split(";") if each.strip()) or None


#: What a cell means under a key.
Meaning = Callable[[Reader, str, str], Any]
ITEM_MEANINGS: dict[str, Meaning] = {
    **dict.fromkeys(_LINES, line),
    **dict.fromkeys(_TEXTS, text),
    **dict.fromkeys(_DAYS, day),
    **dict.fromkeys(_COUNTS, count),
    "ref": _own,
    "hmicfrs_ref": _hmicfrs,
    **dict.fromkeys(YES_NO, yes_no),
    **dict.fromkeys(_WORDS, _word),
    "addressees": _addressees,
}
