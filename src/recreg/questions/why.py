"""Why does an item stand as it does? Each derived fact, the rule it follows from, and the acts behind it."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from recreg.domain.vocabulary import Status, how_often, in_words
from recreg.questions import Answer
from recreg.questions.dossier import came_about
from recreg.questions.moves import Move, moves
from recreg.questions.rules import NO_TARGET, days_past, review_rule_parts, said, started_again, submitted_after

Row = dict[str, Any]


class Told(NamedTuple):
    """Some words of a reason, and the act that they tell of, where they tell of one."""

    words: str
    act: Move | None = None


class Fact(NamedTuple):
    """What is derived, its value, and its reason part by part; the act behind it, where not the newest told."""

    name: str
    value: Any
    reason: list[Told]
    act: Move | None = None


@dataclass(frozen=True)
class Past:
    """The acts on an item that still count, oldest first."""

    acts: list[Move]

    def last(self, *fields: str) -> Move:
        """The last act that wrote one of the fields, or that added the item without them."""
        return next((act for act in reversed(self.acts) if act.touched(*fields)), self.acts[0])

    def changed(self, field: str) -> Move | None:
        """The last act that changed the field from what it was when the item was added."""
        return next((act for act in reversed(self.acts[1:]) if act.touched(field)), None)

    def numbered(self, changeset: int) -> Move:
        """The act of that number."""
        return next(act for act in self.acts if act.changeset == changeset)

    def since(self) -> Move:
        """The act by which the item came to stand where it stands."""
        return [act for act in self.acts if not act.found or _status(act.found) != _status(act.left)][-1]

    def newest(self, reason: list[Told]) -> Move:
        """The newest of the acts that a reason tells of."""
        told = {part.act.changeset for part in reason if part.act}
        return next((act for act in reversed(self.acts) if act.changeset in told), self.acts[0])


def why(db: sqlite3.Connection, number: int, *, today: date) -> Answer:
    """A row for each derived fact of the item: its value, because of what rule, by which act.

    For the paragraph, a row also holds the item, its reason part by part, and how many days late the clock is.
    """
    past = Past(moves(db, "item", number))
    item = came_about(db, number, past.acts, today=today)
    late = days_past(item, today)
    return [_row(item, fact, fact.act or past.newest(fact.reason), late) for fact in _facts(item, past)]


def _row(item: Row, fact: Fact, act: Move, late: dict[str, int]) -> Row:
    return (
        {key: item[key] for key in ("ref", "hmicfrs_ref", "title")}
        | {"fact": fact.name, "value": fact.value, "because": "".join(part.words for part in fact.reason)}
        | {"changeset": act.changeset, "on": act.on, "by": act.by}
        | {"item": item, "reason": fact.reason, "late": late.get(fact.name, 0)}
    )


def _facts(item: Row, past: Past) -> Iterator[Fact]:
    if item["withdrawn_on"]:
        because = f"{_quoted(item['withdrawn_why'])}; it is in no list and no figure of any day"
        yield Fact("withdrawn", item["withdrawn_on"], [Told(because, past.last("withdrawn_on"))])
        return
    yield Fact("status", item["status"], _of_status(item, past))
    yield Fact("rag", item["rag"], _of_rag(item, past))
    yield Fact("review", item["next_review_on"], _of_review(item, past))
    yield Fact("target", item["target_on"], _of_target(item, past))
    day = past.last("deadline_words", "deadline_on")
    yield Fact("deadline", item["deadline_on"], _of_deadline(item, past, day), day)
    if not item["ours"]:
        yield Fact("ours", False, [Told(_of_ours(item), past.last("ours", "ours_why"))])
    if not item["mandatory"]:
        told = Told(_of_acceptance(item), past.last("acceptance", "acceptance_why", "acceptance_by"))
        yield Fact("acceptance", item["acceptance"], [told])


def _status(row: Row) -> Status:
    """Where a row of the log stands; the register file derives the very same."""
    by_day = {"closed_on": Status.CLOSED, "submitted_on": Status.SUBMITTED, "completed_on": Status.COMPLETE}
    reached = next((status for day, status in by_day.items() if row.get(day)), None)
    return reached or (Status.IN_PROGRESS if row.get("owner_id") and row.get("board_id") else Status.NEW)


def _of_status(item: Row, past: Past) -> list[Told]:
    open_: dict[str, Callable[[Row, Past], list[Told]]] = {"new": _of_new, "in_progress": _of_progress}
    if item["status"] in open_:
        return open_[item["status"]](item, past) + _back(item, past)
    tell = {"complete": _of_complete, "submitted": _of_submitted, "closed": _of_closed}
    return [Told(tell[item["status"]](item), past.since())]


def _of_new(item: Row, past: Past) -> list[Told]:
    missing = [key for key in ("owner", "board") if not item[key]]
    leads = ("it has", " and")
    return [Told(f"{lead} no {key}", past.last(f"{key}_id")) for lead, key in zip(leads, missing, strict=False)]


def _of_progress(item: Row, past: Past) -> list[Told]:
    owner = Told(f"it has an owner, {item['owner']}", past.last("owner_id"))
    return [owner, Told(f", and a board, {item['board']}", past.last("board_id"))]


def _back(item: Row, past: Past) -> list[Told]:
    """What brought it back to be worked on, where something did."""
    came = [step for step in item["submissions"] if step["step"] in _BACK][-1:]
    return [
        Told(
            f"; it was {_BACK[step['step']]} on {said(step['on'])}: {_quoted(step['why'])}",
            past.numbered(step["changeset"]),
        )
        for step in came
    ]


_BACK = {"sent_back": "sent back by the force", "returned": "returned by HMICFRS", "reopened": "reopened"}


def _of_complete(item: Row) -> str:
    return f"its owner says it is done, from {said(item['completed_on'])}; it has not gone to HMICFRS yet"


def _of_submitted(item: Row) -> str:
    agreed = f"agreed by {item['agreed_by']}" if item["agreed_by"] else "no board's agreement is recorded"
    return f"it went to HMICFRS on {said(item['submitted_on'])}, {agreed}, and is not answered yet"


def _of_closed(item: Row) -> str:
    by = "HMICFRS" if item["decided_by"] == "hmicfrs" else "the force"
    of = f" of {item['closed_of']}" if item["closed_as"] == "duplicate" else f" by {item['closed_of']}"
    basis = in_words(item["closed_as"]) + (of if item["closed_of"] else "")
    parts = [
        f"it was closed on {said(item['closed_on'])} as {basis}, which {by} decided",
        item["closed_letter"] and f"letter {item['closed_letter']}",
        item["approved_by"] and f"approved by {item['approved_by']}",
        item["closed_why"] and f"reason {_quoted(item['closed_why'])}",
    ]
    return ", ".join(part for part in parts if part)


def _of_rag(item: Row, past: Past) -> list[Told]:
    unrated = item["rag"] == "unrated" and not item["rag_why"]
    reason = "a new item is unrated until somebody judges it" if unrated else _quoted(item["rag_why"] or "no reason")
    told = [Told(reason, past.last("rag", "rag_why"))]
    if item["status"] == Status.CLOSED:
        return [*told, Told("; it is frozen since the item is closed")]
    other = item["suggested_rag"]
    return [*told, Told(f"; the facts suggest {other}: {item['suggested_why']}")] if other else told


def _of_review(item: Row, past: Past) -> list[Told]:
    """Why the next review falls due then: another rhythm than the first one is an act of its own."""
    rhythm, start = review_rule_parts(item)
    if not rhythm:
        return [Told(start, past.since())]
    return [Told(rhythm, past.changed("review_every_months")), Told(start, _start(item, past))]


def _start(item: Row, past: Past) -> Move:
    """The act that gave the day from which the review counts, which need not be the last that wrote it."""
    step, anchor, last = started_again(item), item["review_anchor_on"], item["last_review_on"]
    kept = last and anchor < last
    if step and not kept:
        return past.numbered(step["changeset"])
    return past.last("last_review_on" if kept or last == anchor else "review_anchor_on")


def _of_target(item: Row, past: Past) -> list[Told]:
    known = [(move, past.numbered(move["changeset"])) for move in item["target_moves"]]
    if not known:
        return [Told(NO_TARGET, past.acts[0])]
    if len(known) == 1 and not item["times_deferred"]:
        ((move, act),) = known
        told = [Told(f"it was never moved since it was given on {said(move['on'])}", act)]
    else:
        told = [Told(f"{'; ' if place else ''}{_moved(*each)}", each[1]) for place, each in enumerate(known)]
    still = [Told("; it stands still while with HMICFRS")] if item["status"] == Status.SUBMITTED else []
    return told + still


def _moved(move: Row, act: Move) -> str:
    """One target as it was given, put right or deferred to; what was imported may have been moved before."""
    if move["move"] == "first":
        first = f"first one, given on {said(move['on'])},"
        before = act.left.get("times_deferred")
        given = f"one recorded on {said(move['on'])}, moved {how_often(before)} before," if before else None
        return f"the {given or first} was {said(move['to'])}"
    what = "it was deferred" if move["move"] == "deferred" else "it was put right"
    approved = f", approved by {move['approved_by']}" if move["approved_by"] else ""
    return f"{what} to {said(move['to'])} on {said(move['on'])}{approved}: {_quoted(move['why'])}"


def _of_deadline(item: Row, past: Past, day: Move) -> list[Told]:
    """HMICFRS's words, how their day follows, the words before them, and how the submission lies to the day."""
    if item["deadline_words"]:
        told = [Told(_quoted(item["deadline_words"]), past.last("deadline_words"))]
        told.append(Told(f", {item['deadline_rule']}", day))
    else:
        told = [Told(str(item["deadline_rule"]), day)]
    return told + _earlier_words(item, past) + _submitted(item, past)


def _earlier_words(item: Row, past: Past) -> list[Told]:
    """The words that stood before, and why they changed."""
    told = []
    for before, after in pairwise(item["deadline_history"]):
        if before["words"] and before["words"] != after["words"]:
            by = f"HMICFRS's letter {after['letter']}" if after["letter"] else f"a reason: {_quoted(after['why'])}"
            words = f"; the words were {_quoted(before['words'])} until {said(after['on'])}, changed by {by}"
            told.append(Told(words, past.numbered(after["changeset"])))
    return told


def _submitted(item: Row, past: Past) -> list[Told]:
    after = submitted_after(item)
    if not after:
        return []
    step = [step for step in item["submissions"] if step["step"] == "submitted"][-1]
    return [Told(f"; it was {after}", past.numbered(step["changeset"]))]


def _of_ours(item: Row) -> str:
    return f"{_quoted(item['ours_why'])}; it is out of the figures, and keeps its review"


def _of_acceptance(item: Row) -> str:
    if item["acceptance"] == "pending":
        return "it is not mandatory, and nobody has accepted or declined it yet"
    by = f", decided by {item['acceptance_by']}" if item["acceptance_by"] else ""
    reason = f": {_quoted(item['acceptance_why'])}" if item["acceptance_why"] else ""
    return f"it is not mandatory{by}{reason}"


def _quoted(reason: str | None) -> str:
    """Somebody's own words, on one line and without the full stop that ends them."""
    return f"“{' '.join((reason or '').split()).rstrip('.')}”"
