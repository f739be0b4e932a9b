"""A new item that arrives with all its history at once, as a row of an import does.

It may arrive at any stage, closed too, with its days and basis. The rules are those of the acts that
would have brought it there; what is missing is named, not guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

from recreg.domain.closing import foreign_to_closing, missing_of_closing
from recreg.domain.dates import add_months, spoken
from recreg.domain.deadlines import deadline
from recreg.domain.rows import WORDS
from recreg.domain.text import short_title
from recreg.domain.vocabulary import (
    Acceptance,
    ClosedAs,
    DecidedBy,
    InspectionType,
    Kind,
    Rag,
    Status,
    in_words,
    with_article,
)

Row = dict[str, Any]
_UNRATED, _NEW, _IN_PROGRESS = str(Rag.UNRATED), str(Status.NEW), str(Status.IN_PROGRESS)
_OF_STATUS = "its days, its owner and its board"
_CLOSING = ("closed_as", "closed_letter", "closed_why", "decided_by", "approved_by", "closed_of")
#: Of these cells it only matters whether they hold anything; of all others, what they hold, too.
ONLY_WHETHER = WORDS - {"inspection", "deadline_words"}
#: What is said of an item of which something has come; most have none of it.
_COME_SO_FAR = itemgetter(
    "completed_on", "submitted_on", "closed_on", "times_sent_back", "times_returned", "returned_on", "returned_why",
    "times_reopened", "reopened_on", "reopened_why", *_CLOSING,
)  # fmt: skip


@dataclass(frozen=True)
class Surroundings:
    """What an arriving item is judged by: the day, its report, the colours in use, and whether it was here before.

    ``opening`` is of what stood before this register began: then a sign-off may lack its letter and a
    rating its reason, but for red. ``held`` is of a row that a register exported in full: what came about
    there is let in, as a publication day put right to one after the target, or a duplicate of an item that
    was withdrawn since, which goes out without it.
    """

    on: date
    today: date
    colours: frozenset[str]
    opening: bool = False
    held: bool = False

    @cached_property
    def on_iso(self) -> str:
        """The day of the act, as it is stored."""
        return self.on.isoformat()

    @cached_property
    def today_iso(self) -> str:
        """What counts as today, as it is stored."""
        return self.today.isoformat()

    @property
    def older(self) -> bool:
        """Whether what was not recorded at the time may stay so."""
        return self.opening or self.held


class Arrival:
    """One arriving row: settles what was left out, and collects what is wrong as (key, value, sentence)."""

    def __init__(self, row: Row, published_on: str | None, inspection_type: str | None, around: Surroundings) -> None:
        self.row, self.published_on, self.type, self.around = row, published_on, inspection_type, around
        self.wrong: list[tuple[str, str, str]] = []

    def settled(self) -> Row:
        """The row with every default and every day that follows from others."""
        for step in _STEPS:
            step(self)
        for step in _ON_ITS_WAY if any(_COME_SO_FAR(self.row)) else _AT_THE_START:
            step(self)
        self.review()
        return self.row

    def object(self, key: str, sentence: str) -> None:
        """Note what is wrong with a key."""
        self.wrong.append((key, str(self.row[key] or ""), sentence))

    def words(self) -> None:
        """Its kind and its words."""
        row = self.row
        if row["kind"] is None:
            self.object("kind", "A new item needs its kind: recommendation, afi or coc.")
        row["title"] = row["title"] or short_title(row["text"] or "")
        if not row["title"]:
            self.object("title", "A new item needs a title or a text.")
        row["ours"] = 1 if row["ours"] is None else row["ours"]
        if not row["ours"] and not row["ours_why"]:
            self.object("ours_why", "What is not ours needs a reason.")

    def rating(self) -> None:
        """Its rating, with the reason."""
        row = self.row
        rag = row["rag"] = row["rag"] or _UNRATED
        if rag not in self.around.colours and not self.around.held:
            self.object("rag", f"This force's key does not define {rag}: recreg key {rag} “…” does.")
        if row["rag_why"] or rag == _UNRATED:
            return
        if rag == Rag.RED or not self.around.older:
            self.object("rag_why", f"A rating of {rag} needs a reason.")

    def acceptance(self) -> None:
        """Whether it is mandatory, and what was said to it where it is not."""
        row = self.row
        if row["mandatory"] is None:
            row["mandatory"] = int(self.type != InspectionType.SUPER_COMPLAINT)
        if row["mandatory"]:
            if row["acceptance"]:
                self.object("acceptance", "A mandatory recommendation is neither accepted nor declined.")
            for key, words in (("acceptance_why", "for a reason"), ("acceptance_by", "by anybody")):
                if row[key] and not self.around.held:
                    self.object(key, f"A mandatory recommendation is neither accepted nor declined {words}.")
            return
        row["acceptance"] = row["acceptance"] or str(Acceptance.PENDING)
        if row["acceptance"] in {Acceptance.PARTLY_ACCEPTED, Acceptance.NOT_ACCEPTED} and not row["acceptance_why"]:
            self.object("acceptance_why", f"{in_words(row['acceptance']).capitalize()} needs a reason.")

    def deadline(self) -> None:
        """HMICFRS's day, from its own words."""
        on, precision = _deadline(self.row["deadline_words"], self.published_on)
        self._follows("deadline_on", on, "deadline_words and the day of publication")
        self._follows("deadline_precision", precision, "deadline_words")

    def target(self) -> None:
        """The force's own target; the first one given is the original."""
        row = self.row
        row["times_deferred"] = row["times_deferred"] or 0
        row["original_target_on"] = row["original_target_on"] or row["target_on"]
        if row["original_target_on"] and not row["target_on"]:
            self.object("target_on", "An original target needs the target as it is now.")
        elif not row["times_deferred"] and row["original_target_on"] != row["target_on"]:
            self.object("times_deferred", "A target that is not the original one was deferred: say how often.")
        first = row["original_target_on"]
        if first and self.published_on and first < self.published_on and not self.around.held:
            self.object(
                "target_on", f"The target, {_spoken(first)}, is before publication, {_spoken(self.published_on)}."
            )

    def added(self) -> None:
        """The day it was added and that of its last review are not to come."""
        row, today = self.row, self.around.today_iso
        row["added_on"] = row["added_on"] or self.around.on_iso
        for key in ("added_on", "last_review_on"):
            if row[key] and row[key] > today:
                self.object(key, f"{_spoken(row[key])} is in the future.")

    def begun(self) -> None:
        """Nothing has come of it yet: it is with its owner, or has none."""
        row = self.row
        row["times_sent_back"] = row["times_returned"] = row["times_reopened"] = 0
        self._follows("status", _IN_PROGRESS if row["owner"] and row["board"] else _NEW, _OF_STATUS)

    def days(self) -> None:
        """No day of what has happened is to come, and each step follows the one before."""
        row, today = self.row, self.around.today_iso
        for key in ("completed_on", "submitted_on", "closed_on", "returned_on", "reopened_on"):
            if row[key] and row[key] > today:
                self.object(key, f"{_spoken(row[key])} is in the future.")
        steps = [key for key in ("completed_on", "submitted_on", "closed_on") if row[key]]
        for earlier, later in pairwise(steps):
            if row[earlier] > row[later]:
                self.object(
                    later, f"{_spoken(row[later])} is before {in_words(earlier[:-3])}, {_spoken(row[earlier])}."
                )

    def life(self) -> None:
        """How far it has come: a return or a reopening has its reason, and the status is what the days say."""
        row = self.row
        for key in ("times_sent_back", "times_returned", "times_reopened"):
            row[key] = row[key] or 0
        for key in ("returned", "reopened"):
            if bool(row[f"{key}_on"]) != bool(row[f"{key}_why"]):
                self.object(f"{key}_why", f"{key.capitalize()} has a day and a reason, or neither.")
        self._follows("status", str(self.status), _OF_STATUS)

    @property
    def status(self) -> Status:
        """Where it stands, as `recreg.domain.status.status_of` has it."""
        row = self.row
        for key, status in (
            ("closed_on", Status.CLOSED),
            ("submitted_on", Status.SUBMITTED),
            ("completed_on", Status.COMPLETE),
        ):
            if row[key]:
                return status
        return Status.IN_PROGRESS if row["owner"] and row["board"] else Status.NEW

    def closing(self) -> None:
        """A closed item has its basis, who decided, and what that basis asks for."""
        row = self.row
        if not row["closed_on"]:
            for key in _CLOSING:
                if row[key]:
                    self.object(key, "It is of a closed item, and this one has no closed_on.")
            return
        if row["closed_as"] is None:
            self.object("closed_as", "A closed item has its basis, such as signed_off.")
            return
        if row["closed_as"] == ClosedAs.SIGNED_OFF:
            row["decided_by"] = row["decided_by"] or str(DecidedBy.HMICFRS)
        for key, sentence in missing_of_closing(row, older=self.around.older, held=self.around.held):
            self.object(key, sentence)
        for key, sentence in foreign_to_closing(row) if not self.around.older else ():
            self.object(key, sentence)

    def review(self) -> None:
        """Its rhythm, counted from the last review or from the day it was added."""
        row = self.row
        row["open_review_on"] = None
        row["review_every_months"] = 3 if row["review_every_months"] is None else row["review_every_months"]
        if not 1 <= row["review_every_months"] <= 36:
            self.object("review_every_months", "A review falls due every 1 to 36 months.")
            return
        row["review_anchor_on"] = row["review_anchor_on"] or row["last_review_on"] or row["added_on"]
        row["review_round"] = row["review_round"] or 1
        due = _due(row["review_anchor_on"], row["review_every_months"] * row["review_round"])
        row["open_review_on"] = None if row["submitted_on"] else due
        rests = row["submitted_on"] or row["closed_on"]
        self._follows("next_review_on", None if rests else due, "the last review, or the day it was added")

    def _follows(self, key: str, value: str | None, source: str) -> None:
        """A computed key is taken where it agrees and refused where it does not."""
        if self.row[key] is not None and self.row[key] != value:
            self.object(key, f"It follows from {source}, which give {value or 'none'}: correct it or leave it out.")
        self.row[key] = value


_Steps = tuple[Callable[[Arrival], None], ...]
_STEPS: _Steps = (
    Arrival.words, Arrival.rating, Arrival.acceptance, Arrival.deadline, Arrival.target, Arrival.added,
)  # fmt: skip
_ON_ITS_WAY: _Steps = (Arrival.days, Arrival.life, Arrival.closing)
_AT_THE_START: _Steps = (Arrival.begun,)


def wrong_family(kind: str, parent_kind: str) -> str | None:
    """Why an item of a kind cannot stand under one of another; None where it can."""
    if kind == Kind.CAUSE_OF_CONCERN:
        return "A cause of concern has no parent: it contains recommendations."
    if parent_kind == Kind.CAUSE_OF_CONCERN:
        return None if kind == Kind.RECOMMENDATION else "A cause of concern contains recommendations only."
    return None if kind == parent_kind else f"A part of {with_article(in_words(parent_kind))} is one too."


@lru_cache(maxsize=10_000)
def _deadline(words: str | None, published_on: str | None) -> tuple[str | None, str | None]:
    understood = deadline(words, date.fromisoformat(published_on) if published_on else None)
    return (
        understood.on.isoformat() if understood.on else None,
        str(understood.precision) if understood.precision else None,
    )


@lru_cache(maxsize=10_000)
def _due(anchor_on: str, months: int) -> str:
    return add_months(date.fromisoformat(anchor_on), months).isoformat()


def _spoken(day: str) -> str:
    return spoken(date.fromisoformat(day))
