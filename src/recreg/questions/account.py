"""Does what the last paper printed, with all that moved since, give what is open now?"""

import sqlite3
from dataclasses import dataclass
from datetime import date

from recreg.domain.dates import spoken
from recreg.domain.movements import Items, Statement, counted_as, put_right_since
from recreg.domain.movements import statements as by_kind
from recreg.domain.vocabulary import Kind
from recreg.questions import Answer
from recreg.questions.ask.changed import closing, correction, rows_of
from recreg.questions.walk import Walk
from recreg.store.days import entries


class DoesNotAddUp(Exception):
    """The statement of movements does not add up, which is a bug: no paper is drawn."""


@dataclass(frozen=True)
class Printed:
    """The last final paper: the open items that it printed, and the items as it knew them on its last day."""

    opened: dict[Kind, int]
    items: Items
    changeset: int
    until: date


@dataclass(frozen=True)
class Account:
    """The statement of movements by kind, and the rows behind its figures.

    ``before`` is what was open before, by kind; ``moved`` what moved a figure in the period; ``put_right``
    what the last paper counted otherwise than it is known now, each row with its ``count``.
    """

    before: dict[str, list[str]]
    statements: list[Statement]
    moved: Answer
    put_right: Answer


def account(
    db: sqlite3.Connection,
    walked: Walk,
    last: Printed | None = None,
) -> Account:
    """The account of the period that was walked, from what the ``last`` paper printed, where there is one.

    Raises `DoesNotAddUp`, also where what was printed is not what the register says of that day.
    """
    known = last.items if last else walked.before
    late = list(put_right_since(known, walked.before))
    found = by_kind(walked.before, walked.moved, walked.now, late)
    if not all(each.adds_up for each in found) or (last and last.opened != {s.kind: s.before for s in found}):
        raise DoesNotAddUp
    moved = [row for row in rows_of(db, walked) if row["count"]]
    return Account(_refs_of(known), found, moved, _late_rows(db, known, walked, late, last))


def _refs_of(items: Items) -> dict[str, list[str]]:
    refs: dict[str, list[str]] = {kind: [] for kind in Kind}
    for number in items:
        if kind := counted_as(number, items):
            refs[kind].append(f"R-{number:04d}")
    return refs


def _late_rows(
    db: sqlite3.Connection, known: Items, walked: Walk, late: list[tuple[int, str, int]], last: Printed | None
) -> Answer:
    """What was put right since, each with what became of it, and by which act."""
    acts = _acts_since(db, last) if last and late else {}
    named = known | walked.before | walked.now
    return [
        named[number]
        | {"kind": kind, "count": count}
        | {"detail": _joined(_what(db, number, known, walked.before), acts.get(number))}
        for number, kind, count in late
    ]


def _what(db: sqlite3.Connection, number: int, known: Items, before: Items) -> str:
    """What became of an item that the last paper counted otherwise: on which basis, by whose decision, why."""
    was, now = known.get(number, {}), before.get(number, {})
    if not now:
        (why,) = db.execute("SELECT withdrawn_why FROM item WHERE id = ?", (number,)).fetchone() or ("",)
        return _joined("withdrawn", why)
    if not was:
        return "entered since"
    if now.get("closed_on") and not was.get("closed_on"):
        approved = f"approved by {now['approved_by']}" if now.get("approved_by") else ""
        return _joined(closing(was, now), approved)
    if was.get("closed_on") and not now.get("closed_on"):
        return _joined("reopened", now.get("reopened_why"))
    return correction(was, now)


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _acts_since(db: sqlite3.Connection, last: Printed) -> dict[int, str]:
    """The acts that moved each item, recorded after the last paper and dated up to its last day."""
    told: dict[int, dict[str, None]] = {}
    where = "s.number > ? AND s.effective_on <= ? AND c.noun = 'item'"
    for entry in entries(db, where, (last.changeset, last.until.isoformat())):
        if entry.before is None or entry.after is None or _MOVES & set(entry.after):
            on = spoken(date.fromisoformat(entry.effective_on))
            told.setdefault(entry.row, {})[f"{entry.command} with effect on {on} (changeset {entry.changeset})"] = None
    return {row: ", ".join(acts) for row, acts in told.items()}


_MOVES = {"closed_on", "withdrawn_on", "ours", "kind", "parent_id"}
