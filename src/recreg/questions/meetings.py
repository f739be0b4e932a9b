"""Which meetings of the audit committee are there, and which has its final paper?"""

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from recreg.domain.text import name_key
from recreg.domain.typed_days import OutsideYears, understand
from recreg.domain.vocabulary import Kind, PaperForm
from recreg.errors import Mistyped, NotFound
from recreg.questions import Answer, answer
from recreg.store import references


@dataclass(frozen=True)
class FinalPaper:
    """What was recorded of a final paper: the changeset it rests on, and the open items it printed."""

    since: date
    drawn_on: date
    changeset: int
    form: PaperForm
    sha256: str
    opened: dict[Kind, int]
    why: str | None


@dataclass(frozen=True)
class Meeting:
    """A meeting, and its final paper where it has one."""

    number: int
    name: str
    held_on: date
    cutoff_on: date
    final: FinalPaper | None


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlmodel import col

    from recreg.domain.models import Meeting as Kept
    from recreg.questions.selects import select_of

    columns: Any = (
        Kept.id, Kept.name, Kept.held_on, Kept.cutoff_on, Kept.final_since_on, Kept.final_drawn_on,
        Kept.final_changeset, Kept.final_form, Kept.final_sha256, Kept.final_recommendations,
        Kept.final_areas_for_improvement, Kept.final_causes_of_concern, Kept.final_why,
    )  # fmt: skip
    return {"meetings": select_of(*columns).order_by(col(Kept.cutoff_on), col(Kept.id))}


def rows(db: sqlite3.Connection) -> Answer:
    """Every meeting, earliest cut-off first, with the keys of the machine formats."""
    return answer(db, "meetings")


def meetings(db: sqlite3.Connection) -> list[Meeting]:
    """Every meeting, earliest cut-off first."""
    return [_read(row) for row in rows(db)]


def meeting_meant(db: sqlite3.Connection, typed: str) -> Meeting:
    """The meeting of that name, whatever its case and spaces; raises `NotFound` with the nearest."""
    _, name = references.name_meant(db, "meeting", typed)
    return next(each for each in meetings(db) if each.name == name)


def named(those: list[Meeting], typed: str) -> Meeting | None:
    """The meeting of that name, if there is one."""
    return next((each for each in those if name_key(each.name) == name_key(typed)), None)


def first_day(those: list[Meeting], typed: str, today: date) -> date:
    """The day typed, or the one after a meeting's cut-off; raises `NotFound` for what is neither, or `OutsideYears`."""
    meeting = named(those, typed)
    return meeting.cutoff_on + timedelta(days=1) if meeting else _day(those, typed, today)


def last_day(those: list[Meeting], typed: str, today: date) -> date:
    """The day typed, or a meeting's cut-off; raises `NotFound` for what is neither, or `OutsideYears`."""
    meeting = named(those, typed)
    return meeting.cutoff_on if meeting else _day(those, typed, today)


def _day(those: list[Meeting], typed: str, today: date) -> date:
    try:
        return understand(typed, today=today).on
    except OutsideYears:
        raise
    except Mistyped as error:
        near = references.nearest_names("meeting", typed, (each.name for each in those))
        raise NotFound(f"“{typed}” is neither a day nor a meeting.", f"{near}\n{error.hint}") from error


def next_meeting(those: list[Meeting], today: date) -> Meeting | None:
    """The first that is still to come or is today; else the last there was."""
    by_day = sorted(those, key=lambda each: each.held_on)
    return next((each for each in by_day if each.held_on >= today), by_day[-1] if by_day else None)


def last_final(those: list[Meeting], before: date) -> Meeting | None:
    """The last meeting with a final paper whose cut-off is before the day; of several of one day the one drawn last."""
    final = [(each.cutoff_on, each.final.changeset, each) for each in those if each.final and each.cutoff_on < before]
    return max(final, key=lambda found: found[:2])[2] if final else None


def _read(row: dict[str, Any]) -> Meeting:
    final = None
    if row["final_changeset"] is not None:
        final = FinalPaper(
            date.fromisoformat(row["final_since_on"]),
            date.fromisoformat(row["final_drawn_on"]),
            row["final_changeset"],
            PaperForm(row["final_form"]),
            row["final_sha256"],
            {
                Kind.RECOMMENDATION: row["final_recommendations"],
                Kind.AREA_FOR_IMPROVEMENT: row["final_areas_for_improvement"],
                Kind.CAUSE_OF_CONCERN: row["final_causes_of_concern"],
            },
            row["final_why"],
        )
    held, cutoff = date.fromisoformat(row["held_on"]), date.fromisoformat(row["cutoff_on"])
    return Meeting(row["id"], row["name"], held, cutoff, final)
