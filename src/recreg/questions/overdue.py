"""What is overdue? *Overdue*, unqualified, is the three-month review; the other clocks are asked for.

Overdue starts the day after: due today is due today.
"""

import sqlite3
from datetime import date
from typing import Any

from recreg.domain.dates import days_overdue, pcc_comments_due, spoken
from recreg.domain.shown import is_immediate, shown_deadline
from recreg.domain.vocabulary import Clock, Status, counted, how_often
from recreg.questions import Answer, answer
from recreg.questions.sums import Sorting
from recreg.store import references

_OF_ITEMS = (Clock.REVIEW, Clock.TARGET, Clock.DEADLINE)


def statements() -> dict[str, Any]:
    """A select for each clock, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import Board, Inspection, Item, Person, Portfolio
    from recreg.questions.selects import counts, equal_or_any, is_open, named, parent, select_of, whose, with_names

    of_item: Any = (Item.ref, Item.hmicfrs_ref, Item.kind, Item.title, col(Person.name).label("owner"),
               col(Board.name).label("board"), col(Portfolio.name).label("portfolio"), Item.rag, Item.status,
               Item.last_review_on)  # fmt: skip

    def running(due: Any, *more: Any) -> Any:
        query = select_of(due.label("due_on"), *of_item, *more).select_from(Item)
        query = with_names(query.add_columns(counts().label("counts")))
        query = query.outerjoin(parent, parent.id == Item.parent_id).where(is_open(), due < named("before"))
        return query.where(equal_or_any(col(Item.ours), "ours"), *whose()).order_by(due, col(Item.id))

    target = running(col(Item.original_target_on), Item.target_on, Item.times_deferred)
    inspections = select_of(Inspection.code, Inspection.title, Inspection.published_on).where(
        col(Inspection.published_on).is_not(None),
        col(Inspection.pcc_applies) == 1,
        col(Inspection.pcc_comments_on).is_(None),
    )
    return {
        "overdue_review": running(col(Item.next_review_on)),
        "overdue_target": target.where(col(Item.submitted_on).is_(None)),
        "overdue_deadline": running(
            col(Item.deadline_on), Item.deadline_words, Item.deadline_precision, Item.submitted_on
        ),
        "overdue_pcc": inspections.order_by(col(Inspection.published_on), col(Inspection.id)),
    }


def overdue(
    db: sqlite3.Connection,
    *,
    today: date,
    clock: Clock = Clock.REVIEW,
    until: date | None = None,
    owner: tuple[str, ...] = (),
    board: tuple[str, ...] = (),
    portfolio: tuple[str, ...] = (),
    ours: bool | None = True,
) -> Answer:
    """What fell due before ``today``, or falls due up to ``until``, longest overdue first.

    ``Clock.ALL`` is the three clocks of an item; the inspections' 56 days are asked for alone.
    """
    last = until.isoformat() if until else None
    filters = {
        "before": _day_after(last) if last else today.isoformat(),
        "owner": [references.name_meant(db, "person", name)[0] for name in owner] or None,
        "board": [references.name_meant(db, "board", name)[0] for name in board] or None,
        "portfolio": [references.name_meant(db, "portfolio", name)[0] for name in portfolio] or None,
        "ours": None if ours is None else int(ours),
    }
    if clock == Clock.PCC:
        rows = [row for row in _comments(db, today) if row["due_on"] < filters["before"]]
    else:
        clocks = _OF_ITEMS if clock == Clock.ALL else (clock,)
        rows = [_placed(row, each, today) for each in clocks for row in answer(db, f"overdue_{each}", **filters)]
    return sorted(rows, key=lambda row: (-(row["days_overdue"] or 0), row["due_on"], row["ref"]))


def is_late(row: dict[str, Any]) -> bool:
    """Whether something is late, and the force with it: not yet due, “immediate” and with HMICFRS are not."""
    return bool(row["days_overdue"]) and row.get("status") != Status.SUBMITTED


def for_sums(rows: Answer) -> Answer:
    """The rows as they are summed: of what is nobody's lateness here, the days are nobody's either."""
    return [row if is_late(row) else row | {"days_overdue": None} for row in rows]


def never_late(rows: Answer, today: date) -> dict[str, int]:
    """How many whose day has passed count as overdue in no figure, by why; a part counts in none anyway."""
    passed = [row for row in rows if row["counts"] and row["due_on"] < today.isoformat() and not is_late(row)]
    immediate = sum(row["days_overdue"] is None for row in passed)
    return {"immediate": immediate, "with HMICFRS": len(passed) - immediate}


def sorting(clock: Clock) -> Sorting:
    """What the rows are told apart by, where they are summed by whose they are: the clocks, if there are several."""
    clocks = _OF_ITEMS if clock == Clock.ALL else ()
    return Sorting("clock", clocks, "days_overdue")


def _placed(row: dict[str, Any], clock: Clock, today: date) -> dict[str, Any]:
    due = date.fromisoformat(row["due_on"])
    # What is with HMICFRS waits for nobody here, so that its days stop where it was submitted.
    late = days_overdue(due, date.fromisoformat(row["submitted_on"]) if row.get("submitted_on") else today)
    position = {Clock.REVIEW: _of_review, Clock.TARGET: _of_target, Clock.DEADLINE: _of_deadline}[clock]
    deadline = clock == Clock.DEADLINE
    immediate = deadline and is_immediate(row["deadline_words"])
    keys = ("ref", "hmicfrs_ref", "kind", "title", "owner", "board", "portfolio", "rag", "status")
    return {key: row[key] for key in keys} | {
        "counts": bool(row["counts"]),
        "clock": str(clock),
        "due_on": row["due_on"],
        "days_overdue": None if immediate else late,
        "last_review_on": row["last_review_on"],
        "position": position(row, due, today),
        "due_shown": shown_deadline(due, row["deadline_precision"], row["deadline_words"]) if deadline else None,
    }


def for_people(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a table shows it: a deadline of a month as its month, in words."""
    return row | {"due_on": row.get("due_shown") or row["due_on"]}


def _of_review(row: dict[str, Any], due: date, today: date) -> str:
    never = "" if row["last_review_on"] else ", never held"
    return _when(due, today) + never


def _of_target(row: dict[str, Any], due: date, today: date) -> str:
    if not row["times_deferred"]:
        return "past" if due < today else _when(due, today)
    times = how_often(row["times_deferred"])
    return f"extended to {spoken(date.fromisoformat(row['target_on']))} (moved {times})"


def _of_deadline(row: dict[str, Any], due: date, today: date) -> str:
    if is_immediate(row["deadline_words"]):
        return "immediate"
    if row["submitted_on"]:
        after = days_overdue(due, date.fromisoformat(row["submitted_on"]))
        return f"submitted {counted(after, 'day')} after" if after else "submitted in time"
    return "past" if due < today else _when(due, today)


def _when(due: date, today: date) -> str:
    if due < today:
        return "overdue"
    return "due today" if due == today else f"due in {counted((due - today).days, 'day')}"


def _comments(db: sqlite3.Connection, today: date) -> Answer:
    """The inspections whose 56 days are running, or are over without comments, as rows of the list."""
    rows = []
    for inspection in answer(db, "overdue_pcc"):
        due = pcc_comments_due(date.fromisoformat(inspection["published_on"]))
        empty = dict.fromkeys("hmicfrs_ref kind owner board portfolio rag status last_review_on".split())
        rows.append(
            {"ref": inspection["code"], "title": inspection["title"]}
            | empty
            | {
                "counts": True,
                "clock": "pcc",
                "due_on": due.isoformat(),
                "days_overdue": days_overdue(due, today),
            }
            | {"position": f"comments not published, {_when(due, today)}"}
        )
    return rows


def _day_after(last: str) -> str:
    return last + "T"  # Sorts after the day itself and before the next one.
