"""What is wrong with an item's days: a target in the past, words no day follows from, a green that is late."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from recreg.domain.deadlines import deadline
from recreg.domain.text import shell_word
from recreg.questions import answer
from recreg.questions.check.finding import Asked, Finding, day, finding
from recreg.store.days import stands


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlmodel import col

    from recreg.domain.changes import Changeset
    from recreg.domain.models import Inspection, Item
    from recreg.questions.selects import is_open, named, select_of

    words = select_of(Item.ref, Item.hmicfrs_ref, Item.deadline_words, Inspection.code, Inspection.published_on)
    words = words.outerjoin(Inspection, col(Inspection.id) == Item.inspection_id).where(is_open(), col(Item.ours) == 1)
    green = select_of(Item.ref, Item.hmicfrs_ref, Item.original_target_on, Item.target_on, Item.times_deferred)
    green = green.where(is_open(), col(Item.ours) == 1, col(Item.rag) == "green", col(Item.submitted_on).is_(None))
    undone = select_of(Changeset.undoes, Changeset.number).where(col(Changeset.undoes).is_not(None))
    return {
        "targets_entered": _targets_entered(),
        "undone": undone.order_by(col(Changeset.number)),
        "words_without_day": words.where(col(Item.deadline_words).is_not(None), col(Item.deadline_on).is_(None)),
        "green_past_target": green.where(col(Item.original_target_on) < named("today")),
    }


def _targets_entered() -> Any:
    """Every time that a first target was written, with the day it was entered on, oldest first.

    Of an item that came with an earlier day of its own as added, that day: it had its target then. One that
    came with a target moved before has it from before the register knew of it.
    """
    from sqlalchemy import func
    from sqlmodel import and_, col

    from recreg.domain.changes import Change, Changeset
    from recreg.domain.models import Item
    from recreg.questions.selects import is_open, named, select_of

    written, added_on, moved = (
        func.json_extract(Change.after, f"$.{field}") for field in ("original_target_on", "added_on", "times_deferred")
    )
    entered = func.min(Changeset.effective_on, func.coalesce(added_on, Changeset.effective_on))
    query = select_of(Item.ref, Item.hmicfrs_ref, Item.times_deferred, Changeset.number, entered.label("entered_on"),
                      written.label("target_on")).select_from(Item)  # fmt: skip
    query = query.join(Change, and_(col(Change.noun) == "item", col(Change.row) == Item.id))
    query = query.join(Changeset, col(Changeset.number) == Change.changeset)
    query = query.where(is_open(), col(Item.ours) == 1, col(Item.original_target_on) < named("today"))
    query = query.where(written.is_not(None), func.coalesce(moved, 0) == 0)
    # What an undo wrote is what stood before: it was entered earlier.
    return query.where(col(Changeset.undoes).is_(None)).order_by(col(Change.id))


def target_in_the_past(asked: Asked) -> Iterator[Finding]:
    """RR105: a target that was over before it was given."""
    undone = {row["undoes"]: row["number"] for row in answer(asked.db, "check/undone")}
    rows = answer(asked.db, "check/targets_entered", today=asked.today)
    latest = {row["ref"]: row for row in rows if stands(row["number"], undone)}
    for row in latest.values():
        if row["entered_on"] > row["target_on"]:
            entered = f"was in the past when it was entered, on {day(row['entered_on'])}"
            yield finding(row, f"The target of {row['ref']}, {day(row['target_on'])}, {entered}.", _retargeted(row))


def _retargeted(row: dict[str, Any]) -> str:
    editing = f'recreg edit {row["ref"]} --target DAY --why "…"'
    if not row["times_deferred"]:
        return editing
    return f"recreg undo N for each deferral in recreg history {row['ref']}, newest first, then {editing}"


_DAYLESS = re.compile(
    r"\bas\s+\w+\s+as\s+(?:is\s+)?(?:reasonably\s+)?(?:possible|practicable|practical)\b", re.IGNORECASE
)
_ANY_DAY = date(2022, 9, 29)


def words_without_day(asked: Asked) -> Iterator[Finding]:
    """RR106: words that are not understood, or that count from a publication day that is not there."""
    for row in answer(asked.db, "check/words_without_day"):
        words, ref = row["deadline_words"], row["ref"]
        if row["published_on"] is None and deadline(words, _ANY_DAY).on:
            report = f"of {row['code']}" if row["code"] else "of its report"
            said = f"The deadline of {ref}, “{words}”, counts from the publication {report}, whose day is not known."
            editing = f"recreg inspection edit {shell_word(row['code'] or '')} --published DAY"
            yield finding(row, said, editing if row["code"] else f"recreg edit {ref} --inspection CODE")
        elif not _DAYLESS.search(words):
            said = f"No day follows from the words of the deadline of {ref}, “{words}”."
            yield finding(row, said, f'recreg edit {ref} --deadline "…" --why "…"')


def green_past_target(asked: Asked) -> Iterator[Finding]:
    """RR107: a rating that says all is well, and a first target that is over."""
    for row in answer(asked.db, "check/green_past_target", today=asked.today):
        moved = f" (moved to {day(row['target_on'])})" if row["times_deferred"] else ""
        said = f"{row['ref']} is rated green, and its first target, {day(row['original_target_on'])}{moved}, is past."
        yield finding(row, said, f'recreg rag amber {row["ref"]} --why "…"')
