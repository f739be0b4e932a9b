"""What was due on some day of the last year of the log, and may be due no longer.

A calendar that was made then still holds it. Every state that a row went through is looked at, those
of acts undone since as well. It may name what no calendar ever held, or what is due still on another
day: the one is nobody's, and the other the calendar knows itself.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from recreg.domain.dates import add_months, pcc_comments_due
from recreg.domain.vocabulary import Clock
from recreg.questions import answer

Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """Where the day of a clock is kept."""

    noun: str
    field: str


DAYS = {
    Clock.REVIEW: Kept("item", "next_review_on"),
    Clock.TARGET: Kept("item", "target_on"),
    Clock.DEADLINE: Kept("item", "deadline_on"),
    Clock.PCC: Kept("inspection", "published_on"),
}


@dataclass(frozen=True)
class Whose:
    """The numbers of the owners, boards and portfolios that were chosen; none is all."""

    owner_id: set[int] = field(default_factory=set)
    board_id: set[int] = field(default_factory=set)
    portfolio_id: set[int] = field(default_factory=set)

    def had(self, state: Row) -> bool:
        """Whether an item in this state was one of theirs."""
        chosen = vars(self).items()
        return all(not numbers or state.get(pointer) in numbers for pointer, numbers in chosen)


@dataclass(frozen=True)
class Gone:
    """A clock that stood at this day until an entry of the log, and what its row was called."""

    noun: str
    row: int
    clock: Clock
    on: date
    changeset: int
    references: Row


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlalchemy import func
    from sqlmodel import col

    from recreg.domain.changes import Change, Changeset
    from recreg.domain.models import Inspection, Item
    from recreg.questions.selects import among, named, select_of

    act = func.coalesce(Changeset.part_of, Changeset.number).label("act")
    changes = select_of(act, Change.changeset, Change.noun, Change.row, Change.before)
    changes = changes.join(Changeset, col(Changeset.number) == Change.changeset)
    changes = changes.where(col(Change.noun).in_(["item", "inspection"]), col(Changeset.at) >= named("since"))
    items = select_of(Item.id, Item.hmicfrs_ref, Item.ours, Item.owner_id, Item.board_id, Item.portfolio_id,
                      Item.next_review_on, Item.target_on, Item.deadline_on, Item.submitted_on, Item.closed_on,
                      Item.withdrawn_on)  # fmt: skip
    inspections = select_of(
        Inspection.id, Inspection.code, Inspection.published_on, Inspection.pcc_applies, Inspection.pcc_comments_on
    )
    return {
        "changes_since": changes.order_by(col(Change.id).desc()),
        "changed_items": items.where(among(col(Item.id), "rows")),
        "changed_inspections": inspections.where(among(col(Inspection.id), "rows")),
    }


def no_longer_due(db: sqlite3.Connection, clocks: tuple[Clock, ...], whose: Whose) -> list[Gone]:
    """Each clock that ran in a state before the present one, with the last day that it stood at.

    The year ends with the newest entry of the log, so that the answer is the same whenever it is asked.
    """
    found: dict[tuple[str, int, Clock], Gone] = {}
    for noun, row, changeset, state in _states(db):
        for clock in clocks:
            if DAYS[clock].noun == noun and (noun, row, clock) not in found and (day := _stood_at(clock, state, whose)):
                found[noun, row, clock] = Gone(noun, row, clock, day, changeset, _references(noun, row, state))
    return list(found.values())


def _states(db: sqlite3.Connection) -> Iterator[tuple[str, int, int, Row]]:
    """Every earlier state of every row changed in the year, newest first, with the entry that ended it.

    What a row went through within one act nobody ever saw.
    """
    (at,) = db.execute("SELECT at FROM changeset ORDER BY number DESC LIMIT 1").fetchone()
    changes = answer(db, "changes_since", since=add_months(date.fromisoformat(at[:10]), -12).isoformat())
    states = _now(db, changes)
    for _, done in groupby(changes, key=itemgetter("act")):
        ended: dict[tuple[str, int], int] = {}
        for change in done:
            key = change["noun"], change["row"]
            ended.setdefault(key, change["changeset"])
            # Before it was added, a row was in no state.
            states[key] = states.get(key, {}) | json.loads(change["before"]) if change["before"] else {}
        for key, changeset in ended.items():
            yield *key, changeset, states[key]


def _now(db: sqlite3.Connection, changes: list[Row]) -> dict[tuple[str, int], Row]:
    """The rows of these changes as they stand, but for those whose adding was undone."""
    rows = {noun: sorted({each["row"] for each in changes if each["noun"] == noun}) for noun in ("item", "inspection")}
    return {(noun, row["id"]): row for noun in rows for row in answer(db, f"changed_{noun}s", rows=rows[noun])}


def _stood_at(clock: Clock, state: Row, whose: Whose) -> date | None:
    """The day that the clock stood at; none where it did not run."""
    kept: str | None = state.get(DAYS[clock].field)
    if kept is None:
        return None
    if clock == Clock.PCC:
        runs = state.get("pcc_applies") and not state.get("pcc_comments_on")
        return pcc_comments_due(date.fromisoformat(kept)) if runs else None
    stopped = any(state.get(day) for day in ("submitted_on", "closed_on", "withdrawn_on"))
    return date.fromisoformat(kept) if state.get("ours") and not stopped and whose.had(state) else None


def _references(noun: str, row: int, state: Row) -> Row:
    if noun == "inspection":
        return {"ref": state["code"], "hmicfrs_ref": None}
    return {"ref": f"R-{row:04d}", "hmicfrs_ref": state.get("hmicfrs_ref")}
