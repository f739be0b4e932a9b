"""Does what the last paper printed, with all that moved since, give what is open now?"""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.movements import Items, Statement, counted_as, put_right_since
from recreg.domain.movements import statements as by_kind
from recreg.domain.vocabulary import Kind
from recreg.questions import Answer
from recreg.questions.ask.changed import rows_of
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
    acts = _acts_since(db, last) if last and late else {}
    return Account(_refs_of(known), found, moved, _late_rows(known | walked.now, late, acts))


def _refs_of(items: Items) -> dict[str, list[str]]:
    refs: dict[str, list[str]] = {kind: [] for kind in Kind}
    for number in items:
        if kind := counted_as(number, items):
            refs[kind].append(f"R-{number:04d}")
    return refs


def _late_rows(items: Items, late: list[tuple[int, str, int]], acts: dict[int, list[str]]) -> Answer:
    return [
        items[number] | {"kind": kind, "count": count, "detail": ", ".join(acts.get(number, [])) or _OF_ANOTHER}
        for number, kind, count in late
    ]


_OF_ANOTHER = "what it hangs on was put right"


def _acts_since(db: sqlite3.Connection, last: Printed) -> dict[int, list[str]]:
    """The acts on each item that were recorded after the last paper and dated up to its last day."""
    told: dict[int, dict[str, Any]] = {}
    where = "s.number > ? AND s.effective_on <= ? AND c.noun = 'item'"
    for entry in entries(db, where, (last.changeset, last.until.isoformat())):
        on = spoken(date.fromisoformat(entry.effective_on))
        told.setdefault(entry.row, {})[f"{entry.command} with effect on {on} (changeset {entry.changeset})"] = None
    return {row: list(acts) for row, acts in told.items()}
