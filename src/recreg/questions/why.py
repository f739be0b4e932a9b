"""Why does an item stand as it does? Each derived fact, the rule it follows from, and the act behind it."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from recreg.domain.dates import days_overdue
from recreg.domain.deadlines import is_immediate
from recreg.domain.vocabulary import Status, in_words
from recreg.questions import Answer
from recreg.questions.dossier import came_about
from recreg.questions.moves import Move, moves
from recreg.questions.rules import NO_TARGET, said

Row = dict[str, Any]


def why(db: sqlite3.Connection, number: int, *, today: date) -> Answer:
    """A row for each derived fact of the item: its value, because of what rule, by which act.

    A row also says, for the paragraph, how its item is called and how many days late the clock is.
    """
    those = moves(db, "item", number)
    item = came_about(db, number, those, today=today)
    called, late = {key: item[key] for key in ("ref", "hmicfrs_ref", "title")}, _late(item, today)
    return [
        called
        | {"fact": fact, "value": value, "because": because, "late": late.get(fact, 0)}
        | {"changeset": act.changeset, "on": act.on, "by": act.by}
        for fact, value, because, act in _facts(item, those)
    ]


def _facts(item: Row, those: list[Move]) -> Iterator[tuple[str, Any, str, Move]]:
    if item["withdrawn_on"]:
        because = f"{_quoted(item['withdrawn_why'])}; it is in no list and no figure of any day"
        yield "withdrawn", item["withdrawn_on"], because, _last(those, "withdrawn_on")
        return
    yield "status", item["status"], _of_status(item), _since(those)
    yield "rag", item["rag"], _of_rag(item), _last(those, "rag", "rag_why")
    still = item["status"] in {Status.SUBMITTED, Status.CLOSED}
    settled = _since(those) if still else _last(those, *_OF_REVIEW)
    yield "review", item["next_review_on"], item["review_rule"], settled
    yield "target", item["target_on"], _of_target(item), _last(those, "target_on", "target_why")
    yield "deadline", item["deadline_on"], _of_deadline(item), _last(those, "deadline_words", "deadline_on")
    if not item["ours"]:
        yield "ours", False, _of_ours(item), _last(those, "ours", "ours_why")
    if not item["mandatory"]:
        yield "acceptance", item["acceptance"], _of_acceptance(item), _last(those, "acceptance", "acceptance_why")


def _late(item: Row, today: date) -> dict[str, int]:
    """How many days each clock that runs is past its day; a target its first one."""
    if item["submitted_on"] or item["closed_on"]:
        return {}
    due = {"review": item["next_review_on"], "target": item["original_target_on"], "deadline": item["deadline_on"]}
    if is_immediate(item["deadline_words"]):
        due["deadline"] = None
    return {clock: days_overdue(date.fromisoformat(day), today) for clock, day in due.items() if day}


_OF_REVIEW = ("review_every_months", "review_anchor_on", "review_round", "last_review_on", "next_review_on")


def _last(those: list[Move], *fields: str) -> Move:
    """The last act that wrote one of the fields, or that added the item without them."""
    return next((move for move in reversed(those) if move.touched(*fields)), those[0])


def _since(those: list[Move]) -> Move:
    """The act by which the item came to stand where it stands."""
    steps = [move for move in those if not move.found or _status(move.found) != _status(move.left)]
    return steps[-1]


def _status(row: Row) -> Status:
    """Where a row of the log stands; the register file derives the very same."""
    by_day = {"closed_on": Status.CLOSED, "submitted_on": Status.SUBMITTED, "completed_on": Status.COMPLETE}
    reached = next((status for day, status in by_day.items() if row.get(day)), None)
    return reached or (Status.IN_PROGRESS if row.get("owner_id") and row.get("board_id") else Status.NEW)


def _of_status(item: Row) -> str:
    tell: dict[str, Callable[[Row], str]] = {
        "new": _of_new, "in_progress": _of_progress, "complete": _of_complete,
        "submitted": _of_submitted, "closed": _of_closed,
    }  # fmt: skip
    return tell[item["status"]](item)


def _of_new(item: Row) -> str:
    missing = " and ".join(f"no {key}" for key in ("owner", "board") if not item[key])
    return f"it has {missing}{_back(item)}"


def _of_progress(item: Row) -> str:
    return f"it has an owner, {item['owner']}, and a board, {item['board']}{_back(item)}"


def _back(item: Row) -> str:
    """What brought it back to be worked on, where something did."""
    came = [step for step in item["submissions"] if step["step"] in _BACK]
    return f"; it was {_BACK[came[-1]['step']]} on {said(came[-1]['on'])}: {_quoted(came[-1]['why'])}" if came else ""


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


def _of_rag(item: Row) -> str:
    unrated = item["rag"] == "unrated" and not item["rag_why"]
    reason = "a new item is unrated until somebody judges it" if unrated else _quoted(item["rag_why"] or "no reason")
    if item["status"] == Status.CLOSED:
        return f"{reason}; it is frozen since the item is closed"
    other = item["suggested_rag"]
    return reason + (f"; the facts suggest {other}: {item['suggested_why']}" if other else "")


def _of_target(item: Row) -> str:
    if item["target_on"] is None:
        return NO_TARGET
    told = [_moved(move) for move in item["target_moves"]]
    if len(told) == 1:
        told = [f"given on {said(item['target_moves'][0]['on'])} and never moved"]
    still = ["it stands still while with HMICFRS"] if item["status"] == Status.SUBMITTED else []
    return "; ".join(told + still)


def _moved(move: Row) -> str:
    """One target as it was given, put right or deferred to."""
    if move["move"] == "first":
        return f"the first one, given on {said(move['on'])}, was {said(move['to'])}"
    what = "it was deferred" if move["move"] == "deferred" else "it was put right"
    approved = f", approved by {move['approved_by']}" if move["approved_by"] else ""
    return f"{what} to {said(move['to'])} on {said(move['on'])}{approved}: {_quoted(move['why'])}"


def _of_deadline(item: Row) -> str:
    if not item["deadline_words"]:
        return str(item["deadline_rule"])
    return f"{_quoted(item['deadline_words'])}, {item['deadline_rule']}{_earlier_words(item)}"


def _earlier_words(item: Row) -> str:
    """The words that stood before, and why they changed."""
    known = item["deadline_history"]
    told = []
    for before, after in pairwise(known):
        if before["words"] and before["words"] != after["words"]:
            by = f"HMICFRS's letter {after['letter']}" if after["letter"] else f"a reason: {_quoted(after['why'])}"
            told.append(f"; the words were {_quoted(before['words'])} until {said(after['on'])}, changed by {by}")
    return "".join(told)


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
