"""How many are open, by kind, and how the clocks stand: the dashboard and every footer.

A part never counts in a figure; a recommendation under a cause of concern counts as one.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from recreg.domain.vocabulary import Clock, Kind, Rag, Status, plural
from recreg.questions import answer
from recreg.questions.overdue import is_late, overdue


@dataclass(frozen=True)
class Figures:
    """Open items that are ours, by kind and RAG, and what is left out of them."""

    by_kind: dict[str, int]
    under_causes: int
    by_kind_and_rag: dict[tuple[str, str], int]
    with_hmicfrs: int
    first_submitted_on: str | None
    parts: int
    not_ours: int
    closed: int

    def longest_with_hmicfrs(self, today: date) -> int:
        """For how many days what HMICFRS has had longest has been with it; 0 where it has nothing."""
        return (today - date.fromisoformat(self.first_submitted_on)).days if self.first_submitted_on else 0

    @property
    def sentence(self) -> str:
        """The figures as the paper has them."""
        return counted(self.by_kind, self.under_causes)

    @property
    def left_out(self) -> str:
        """What no figure holds, in words; empty where there is nothing."""
        found = [
            (self.parts, "part", "parts"),
            (self.not_ours, "not ours", "not ours"),
            (self.closed, "closed", "closed"),
        ]
        return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in found if count)


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col, func

    from recreg.domain.models import Item
    from recreg.questions.selects import parent, select_of

    grouped = (
        col(Item.kind),
        col(Item.rag),
        col(Item.status),
        col(Item.ours),
        col(Item.closed_on).is_not(None).label("is_closed"),
        (parent.kind == "cause_of_concern").label("under_cause"),
        col(Item.parent_id).is_not(None).label("has_parent"),
    )
    counted_up = (func.count().label("items"), func.min(Item.submitted_on).label("first_submitted_on"))
    query = select_of(*grouped, *counted_up).select_from(Item)
    query = query.outerjoin(parent, parent.id == Item.parent_id)
    return {"figures": query.where(col(Item.withdrawn_on).is_(None)).group_by(*grouped)}


def figures(db: sqlite3.Connection) -> Figures:
    """The figures as the register stands."""
    rows = answer(db, "figures")
    live = [row for row in rows if not row["is_closed"]]
    ours = [row for row in live if row["ours"]]
    counting = [row for row in ours if not _is_part(row)]
    submitted = [row for row in counting if row["status"] == Status.SUBMITTED]
    return Figures(
        by_kind={kind: _total(counting, kind=kind) for kind in Kind},
        under_causes=_total(counting, under_cause=1),
        by_kind_and_rag={(kind, rag): _total(counting, kind=kind, rag=rag) for kind in Kind for rag in Rag},
        with_hmicfrs=_total(counting, status=Status.SUBMITTED),
        first_submitted_on=min((row["first_submitted_on"] for row in submitted), default=None),
        parts=_total(ours) - _total(counting),
        not_ours=_total(live) - _total(ours),
        closed=_total(rows) - _total(live),
    )


def clocks(db: sqlite3.Connection, today: date) -> dict[Clock, int]:
    """How many of ours are overdue, by clock.

    A part, what was due “immediately” and what is with HMICFRS are listed by `overdue` and never count
    in a figure.
    """
    running = [clock for clock in Clock if clock != Clock.ALL]
    listed = {clock: overdue(db, today=today, clock=clock) for clock in running}
    return {clock: sum(row["counts"] and is_late(row) for row in rows)
            for clock, rows in listed.items()}  # fmt: skip


def counted(by_kind: dict[str, int], under_causes: int) -> str:
    """“8 recommendations (3 under causes), 0 areas for improvement and 2 causes of concern”."""
    parts = [f"{by_kind[kind]} {plural(kind, by_kind[kind])}" for kind in Kind]
    under = f" ({under_causes} under causes)" if under_causes else ""
    return f"{parts[0]}{under}, {parts[1]} and {parts[2]}"


def _is_part(row: dict[str, Any]) -> bool:
    return bool(row["has_parent"] and not row["under_cause"])


def _total(rows: list[dict[str, Any]], **wanted: Any) -> int:
    return sum(row["items"] for row in rows if all(row[key] == value for key, value in wanted.items()))
