"""Why does an item stand as it does? Each derived fact, the rule it follows from, and the acts behind it."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from recreg.domain.vocabulary import Status, how_often, in_words
from recreg.questions import Answer, answer
from recreg.questions.dossier import came_about, link_read
from recreg.questions.moves import Move, moves
from recreg.questions.rules import NO_TARGET, days_past, review_rule_parts, said, started_again, submitted_after
from recreg.questions.told import Fact, Past, Told, quoted

Row = dict[str, Any]


def why(db: sqlite3.Connection, number: int, *, today: date) -> Answer:
    """A row for each derived fact of the item: its value, because of what rule, by which act.

    For the paragraph, a row also holds the item, its reason part by part, and how many days late the clock is.
    """
    past = Past(moves(db, "item", number))
    item = came_about(db, number, past.acts, today=today)
    item["held_act"], late = _newest_of_day(db, item), days_past(item, today)
    facts = [*_facts(item, past), *([] if item["withdrawn_on"] else _links(db, number))]
    return [_row(item, fact, fact.act or past.newest(fact.reason), late) for fact in facts]


def _row(item: Row, fact: Fact, act: Move, late: dict[str, int]) -> Row:
    return (
        {key: item[key] for key in ("ref", "hmicfrs_ref", "title")}
        | {"fact": fact.name, "value": fact.value, "because": "".join(part.words for part in fact.reason)}
        | {"changeset": act.changeset, "on": act.on, "by": act.by}
        | {"item": item, "reason": fact.reason, "late": late.get(fact.name, 0)}
    )


def _facts(item: Row, past: Past) -> Iterator[Fact]:
    if item["withdrawn_on"]:
        because = f"{quoted(item['withdrawn_why'])}; it is in no list and no figure of any day"
        yield Fact("withdrawn", item["withdrawn_on"], [Told(because, past.last("withdrawn_on"))])
        return
    submitted = past.since() if item["status"] == Status.SUBMITTED else None
    yield Fact("status", item["status"], _of_status(item, past), submitted)
    yield Fact("rag", item["rag"], _of_rag(item, past))
    yield Fact("review", item["next_review_on"], _of_review(item, past))
    yield Fact("target", item["target_on"], _of_target(item, past))
    day = past.last("deadline_words", "deadline_on")
    yield Fact("deadline", item["deadline_on"], _of_deadline(item, past, day), day)
    if not item["ours"] or item["ours_why"]:
        yield Fact("ours", item["ours"], [Told(_of_ours(item), past.last("ours", "ours_why"))])
    if not item["mandatory"]:
        told = Told(_of_acceptance(item), past.last("acceptance", "acceptance_why", "acceptance_by"))
        yield Fact("acceptance", item["acceptance"], [told])
    if item["waiting_on"]:
        told = Told("a note, which takes it out of no list and no figure", past.last("waiting_on"))
        yield Fact("waiting_on", item["waiting_on"], [told])


def _links(db: sqlite3.Connection, number: int) -> Iterator[Fact]:
    """What the item has to do with others, read from its side."""
    for row in answer(db, "dossier_links", item_id=number):
        other, act = link_read(row), moves(db, "link", row["link_id"])[-1]
        hmicfrs_ref = f" (HMICFRS {other['hmicfrs_ref']})" if other["hmicfrs_ref"] else ""
        stands = f"{quoted(other['title'])}{hmicfrs_ref}, which is {in_words(other['status'])}"
        yield Fact("link", f"{other['reads']} {other['ref']}", [Told(stands, act)], act)


def _of_status(item: Row, past: Past) -> list[Told]:
    open_: dict[str, Callable[[Row, Past], list[Told]]] = {"new": _of_new, "in_progress": _of_progress}
    if item["status"] in open_:
        return open_[item["status"]](item, past) + _back(item, past)
    if item["status"] == Status.SUBMITTED:
        return _of_submitted(item, past)
    tell = {"complete": _of_complete, "closed": _of_closed}
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
            f"; it was {_BACK[step['step']]} on {said(step['on'])}: {quoted(step['why'])}",
            past.numbered(step["changeset"]),
        )
        for step in came
    ]


_BACK = {"sent_back": "sent back by the force", "returned": "returned by HMICFRS", "reopened": "reopened"}


def _of_complete(item: Row) -> str:
    return f"its owner says it is done, from {said(item['completed_on'])}; it has not gone to HMICFRS yet"


def _of_submitted(item: Row, past: Past) -> list[Told]:
    """When it went, and which board agreed; by an act of its own where that was put on record later."""
    gone, agreeing, board = past.since(), past.last("agreed_by_id"), item["agreed_by"]
    went = f"it went to HMICFRS on {said(item['submitted_on'])}"
    if board and agreeing.changeset != gone.changeset:
        return [
            Told(f"{went}, and is not answered yet", gone),
            Told(f"; that {board} agreed was put on record later", agreeing),
        ]
    agreed = f"agreed by {board}" if board else "no board's agreement is recorded"
    return [Told(f"{went}, {agreed}, and is not answered yet", gone)]


def _of_closed(item: Row) -> str:
    by = "HMICFRS" if item["decided_by"] == "hmicfrs" else "the force"
    of = f" of {item['closed_of']}" if item["closed_as"] == "duplicate" else f" by {item['closed_of']}"
    basis = in_words(item["closed_as"]) + (of if item["closed_of"] else "")
    parts = [
        f"it was closed on {said(item['closed_on'])} as {basis}, which {by} decided",
        item["closed_letter"] and f"letter {item['closed_letter']}",
        item["approved_by"] and f"approved by {item['approved_by']}",
        item["closed_why"] and f"reason {quoted(item['closed_why'])}",
    ]
    return ", ".join(part for part in parts if part)


def _of_rag(item: Row, past: Past) -> list[Told]:
    unrated = item["rag"] == "unrated" and not item["rag_why"]
    reason = "a new item is unrated until somebody judges it" if unrated else quoted(item["rag_why"] or "no reason")
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
    if last == anchor and item["held_act"]:
        return item["held_act"]  # type: ignore[no-any-return]
    return past.last("last_review_on" if kept or last == anchor else "review_anchor_on")


def _newest_of_day(db: sqlite3.Connection, item: Row) -> Move | None:
    """The act that gave the newest review its day, where the review counts from a day that has several."""
    held = [review["ref"] for review in item["reviews"] if review["held_on"] == item["review_anchor_on"]]
    acts = moves(db, "review", int(held[-1].removeprefix("V-"))) if len(held) > 1 else []
    return next((act for act in reversed(acts) if act.touched("held_on")), None)


def _of_target(item: Row, past: Past) -> list[Told]:
    known = [(move, past.numbered(move["changeset"])) for move in item["target_moves"]]
    if not known:
        return [Told(NO_TARGET, past.acts[0])]
    if len(known) == 1 and not item["times_deferred"]:
        ((move, act),) = known
        told = [Told(f"it was never moved since it was given on {said(move['on'])}{_because(item['target_why'])}", act)]
    else:
        told = [Told(f"{'; ' if place else ''}{_moved(*each)}", each[1]) for place, each in enumerate(known)]
    still = [Told("; it stands still while with HMICFRS")] if item["status"] == Status.SUBMITTED else []
    return told + still


def _moved(move: Row, act: Move) -> str:
    """One target as it was given, put right or deferred to; what was imported may have been moved before."""
    approved = f", approved by {move['approved_by']}" if move["approved_by"] else ""
    before = None if act.found else act.left.get("times_deferred")
    if before and act.left["original_target_on"] != act.left["target_on"]:
        return _moved_before(move, act, before)
    if move["move"] == "first":
        first = f"first one, given on {said(move['on'])},"
        given = f"one recorded on {said(move['on'])}, moved {how_often(before)} before," if before else None
        return f"the {given or first} was {said(move['to'])}{_because(act.left.get('target_why'))}"
    what = "it was deferred" if move["move"] == "deferred" else "it was put right"
    return f"{what} to {said(move['to'])} on {said(move['on'])}{approved}: {quoted(move['why'])}"


def _moved_before(move: Row, act: Move, times: int) -> str:
    """The original target of what was imported, or where it was moved to before it was."""
    if move["move"] == "first":
        return f"the first one was {said(move['to'])}"
    last = f"{how_often(times)}, {'the last time ' if times > 1 else ''}to {said(move['to'])}"
    approved = f", approved by {move['approved_by']}" if move["approved_by"] else ""
    reason = _because(act.left.get("target_why"))
    return f"it was moved {last}, before it was recorded on {said(move['on'])}{approved}{reason}"


def _of_deadline(item: Row, past: Past, day: Move) -> list[Told]:
    """HMICFRS's words, how their day follows, the words before them, and how the submission lies to the day."""
    if item["deadline_words"]:
        told = [Told(quoted(item["deadline_words"]), past.last("deadline_words"))]
        told.append(Told(f", {item['deadline_rule']}", day))
    else:
        told = [Told(str(item["deadline_rule"]), day)]
    return told + _earlier_words(item, past) + _own_reason(item, past) + _submitted(item, past)


def _earlier_words(item: Row, past: Past) -> list[Told]:
    """The words that stood before, and why they changed."""
    told = []
    for before, after in pairwise(item["deadline_history"]):
        if before["words"] and before["words"] != after["words"]:
            why = f"for this reason: {quoted(after['why'])}"
            by = f"by HMICFRS's letter {after['letter']}" if after["letter"] else why
            words = f"; the words were {quoted(before['words'])} until {said(after['on'])}, changed {by}"
            told.append(Told(words, past.numbered(after["changeset"])))
    return told


def _own_reason(item: Row, past: Past) -> list[Told]:
    """A letter or a reason that is on record of words which took no other words' place."""
    known = {each[key] for each in item["deadline_history"] for key in ("letter", "why")} | {None}
    letter, reason = item["deadline_letter"], item["deadline_why"]
    given = [
        letter not in known and f"HMICFRS's letter {letter}",
        reason not in known and f"the reason given is {quoted(reason)}",
    ]
    words = "; ".join(part for part in given if part)
    return [Told(f"; {words}", past.last("deadline_letter", "deadline_why"))] if words else []


def _submitted(item: Row, past: Past) -> list[Told]:
    after = submitted_after(item)
    if not after:
        return []
    step = [step for step in item["submissions"] if step["step"] == "submitted"][-1]
    return [Told(f"; it was {after}", past.numbered(step["changeset"]))]


def _of_ours(item: Row) -> str:
    return quoted(item["ours_why"]) + ("" if item["ours"] else "; it is out of the figures, and keeps its review")


def _of_acceptance(item: Row) -> str:
    if item["acceptance"] == "pending":
        return "it is not mandatory, and nobody has accepted or declined it yet"
    by = f", decided by {item['acceptance_by']}" if item["acceptance_by"] else ""
    return f"it is not mandatory{by}{_because(item['acceptance_why'])}"


def _because(reason: str | None) -> str:
    return f": {quoted(reason)}" if reason else ""
