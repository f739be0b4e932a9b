"""What changed since a day, by kind, and does it add up?"""

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.movements import MOVING, Movement, Statement
from recreg.domain.movements import statements as by_kind
from recreg.domain.vocabulary import Change, DecidedBy, in_words, plural
from recreg.questions import Answer
from recreg.questions.ask import Asked
from recreg.questions.columns import KIND, OWNER, Column
from recreg.questions.walk import Walk, walk

TAKES_SINCE = True
COLUMNS = (
    KIND._replace(weight=5),
    OWNER._replace(weight=1),
    Column("change", "Change", listed=True, weight=9, least=10),
    Column("on", "On", listed=True, weight=7, least=10),
    Column("count", "Count", listed=True, weight=8, least=5),
    Column("detail", "Detail", listed=True, weight=8, least=14),
    Column("by", "By", weight=1),
    Column("changeset"),
)
SORTED_BY, SORTS = "change", tuple(Change)


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """Each thing that became of an item from the day asked for on, in the order of the days."""
    walked = walk(db, asked.since_or(3))
    chosen = _chosen(db, walked.now, asked)
    return [row for row in rows_of(db, walked) if row["id"] in chosen]


def rows_of(db: sqlite3.Connection, walked: Walk) -> Answer:
    """A row for each movement of a stretch of days."""
    by = dict(db.execute("SELECT number, by_whom FROM changeset"))
    names = dict(db.execute("SELECT id, name FROM person"))
    return [_row(walked.now[each.item], each, by, names) for each in walked.moved]


def movements_statement(db: sqlite3.Connection, since: date) -> list[Statement]:
    """By kind: open before the day, what moved from that day on, open now."""
    walked = walk(db, since)
    return by_kind(walked.before, walked.moved, walked.now)


def told(db: sqlite3.Connection, asked: Asked, _rows: Answer) -> list[str]:
    """The statement in sentences; of the whole register only, since owners come and go."""
    if not asked.everybodys:
        return ["The statement of movements is of the whole register: leave --owner, --board and --portfolio out."]
    since = asked.since_or(3)
    first = f"Open and ours on {spoken(since - timedelta(days=1))}, what moved since, and open now:"
    return [first, *(_sentence(each) for each in movements_statement(db, since))]


def _chosen(db: sqlite3.Connection, items: dict[int, Any], asked: Asked) -> set[int]:
    whose = {f"{noun.replace('person', 'owner')}_id": wanted for noun, wanted in asked.whose(db).items() if wanted}
    return {number for number, item in items.items() if all(item[key] in wanted for key, wanted in whose.items())}


def _row(item: dict[str, Any], each: Movement, by: dict[int, str], names: dict[int, str]) -> dict[str, Any]:
    return item | {
        "kind": each.kind,
        "counts": each.counts,
        "change": str(each.change),
        "on": each.step.on,
        "count": each.count,
        "detail": _detail(each, names),
        "approved_by": each.now.get("approved_by"),
        "by": by[each.step.changeset],
        "changeset": each.step.changeset,
    }


def _detail(each: Movement, names: dict[int, str]) -> str | None:
    """Why, in the words of the act; from what to what, where that is the point."""
    if each.change == Change.ASSIGNED:
        return f"{_name(each.was, names)} → {_name(each.now, names)}"
    return _TOLD[each.change](each.was, each.now) if each.change in _TOLD else None


def _name(item: dict[str, Any], names: dict[int, str]) -> str:
    return names.get(item.get("owner_id") or 0, "nobody")


def correction(was: dict[str, Any], now: dict[str, Any]) -> str:
    """What was put right, so that the item counts otherwise; what it hangs on where nothing of its own was."""
    if not was:
        return "stood before this register began"
    if was.get("kind") != now.get("kind"):
        return f"{in_words(was['kind'])} → {in_words(now['kind'])}"
    if was.get("ours") != now.get("ours"):
        return _joined("ours" if now["ours"] else "not ours", now.get("ours_why"))
    if was.get("parent_id") != now.get("parent_id"):
        return f"{_hangs_on(was)} → {_hangs_on(now)}"
    return "what it hangs on is of another kind"


def _hangs_on(item: dict[str, Any]) -> str:
    return f"under R-{item['parent_id']:04d}" if item.get("parent_id") else "under nothing"


def _joined(*parts: str | None) -> str:
    return ": ".join(part for part in parts if part)


def _spoken(day: str) -> str:
    return spoken(date.fromisoformat(day))


def closing(_was: dict[str, Any], now: dict[str, Any]) -> str:
    """On what basis an item was closed, by what letter, and why."""
    return _joined(in_words(now["closed_as"]), now.get("closed_letter"), now.get("closed_why"))


def _return(_was: dict[str, Any], now: dict[str, Any]) -> str:
    side = "by HMICFRS" if now.get("returned_by") == DecidedBy.HMICFRS else "by the force"
    return _joined(side, now.get("returned_why"))


def _rating(was: dict[str, Any], now: dict[str, Any]) -> str:
    return _joined(f"{was['rag']} → {now['rag']}", now.get("rag_why"))


def _deferral(was: dict[str, Any], now: dict[str, Any]) -> str:
    return _joined(f"{_spoken(was['target_on'])} → {_spoken(now['target_on'])}", now.get("target_why"))


def _reopening(_was: dict[str, Any], now: dict[str, Any]) -> str | None:
    return now.get("reopened_why")


_TOLD: dict[Change, Callable[[dict[str, Any], dict[str, Any]], str | None]] = {
    **dict.fromkeys((Change.SIGNED_OFF, Change.OTHERWISE_CLOSED, Change.CLOSED_BY_FORCE), closing),
    Change.RETURNED: _return,
    Change.RATED: _rating,
    Change.DEFERRED: _deferral,
    Change.REOPENED: _reopening,
    Change.CORRECTED: correction,
}


def _sentence(each: Statement) -> str:
    moved = "".join(f" {_signed(count)} {_WORDS[change]}" for change in MOVING if (count := each.moved[change]))
    return f"{plural(each.kind, 2)}: {each.before}{moved} = {each.now}"


def _signed(count: int) -> str:
    return f"{'-' if count < 0 else '+'} {abs(count)}"


_WORDS = {
    Change.NEW: "new",
    Change.REOPENED: "reopened",
    Change.SIGNED_OFF: "signed off",
    Change.OTHERWISE_CLOSED: "otherwise closed by HMICFRS",
    Change.CLOSED_BY_FORCE: "closed by the force",
    Change.CORRECTED: "corrected",
}
