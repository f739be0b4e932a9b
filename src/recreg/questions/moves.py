"""How a row came to stand as it does: what each act that still counts did to it, oldest first.

An act and its living undo count as neither, as when a past day is looked at.
"""

import json
import sqlite3
from collections.abc import Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from recreg.domain.vocabulary import how_often
from recreg.questions import Answer, answer
from recreg.questions.history import Names
from recreg.store.days import stands

Row = dict[str, Any]


class Move(NamedTuple):
    """What one act did to the row: what it wrote, and the whole row as it found and as it left it."""

    changeset: int
    on: str
    by: str
    command: str
    wrote: Row
    found: Row
    left: Row

    def touched(self, *fields: str) -> bool:
        """Whether it wrote one of the fields; adding the row wrote those that held something."""
        return any(field in self.wrote for field in fields)

    def gave(self, field: str) -> bool:
        """Whether it filled the field."""
        return self.wrote.get(field) is not None

    def counted_up(self, field: str) -> bool:
        """Whether it made a count go up."""
        return (self.wrote.get(field) or 0) > (self.found.get(field) or 0)

    def act(self) -> Row:
        """By which act, and whose."""
        return {"changeset": self.changeset, "by": self.by, "command": self.command}


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlmodel import col

    from recreg.domain.changes import Change, Changeset
    from recreg.questions.selects import named, select_of

    told = select_of(Changeset.number, Changeset.effective_on, Changeset.by_whom, Changeset.command, Change.after)
    told = told.join(Change, col(Change.changeset) == Changeset.number).where(col(Changeset.undoes).is_(None))
    of_row = told.where(col(Change.noun) == named("noun"), col(Change.row) == named("row"))
    undoings = select_of(Changeset.undoes, Changeset.number).where(col(Changeset.undoes).is_not(None))
    return {
        "moves": of_row.order_by(col(Changeset.effective_on), col(Change.id)),
        "undoings": undoings.order_by(col(Changeset.number)),
    }


def moves(db: sqlite3.Connection, noun: str, row: int) -> list[Move]:
    """Every act on a row that still counts, in the order of the days with effect from which they do."""
    undone_by = {each["undoes"]: each["number"] for each in answer(db, "undoings")}
    left: Row = {}
    found = []
    for each in answer(db, "moves", noun=noun, row=row):
        if stands(each["number"], undone_by):
            before, wrote = left, json.loads(each["after"] or "{}")
            left = before | wrote
            told = (each["number"], each["effective_on"], each["by_whom"], each["command"])
            found.append(Move(*told, wrote, before, left))
    return found


def owner_history(those: list[Move], names: Names) -> Answer:
    """Whose the item was, from which day, by which act."""
    fields = {"owner": "owner_id", "board": "board_id", "portfolio": "portfolio_id"}
    return [
        {"on": move.on}
        | {key: names.shown("item", field, move.left.get(field)) for key, field in fields.items()}
        | move.act()
        for move in those
        if move.touched(*fields.values())
    ]


def rag_moves(those: list[Move]) -> Answer:
    """How the item was rated, from which colour to which, and why; a new item is unrated."""
    return [
        {"on": move.on, "from": before[0], "to": after[0], "why": after[1]} | move.act()
        for move in those
        for before, after in [(_rating(move.found), _rating(move.left))]
        if before != after
    ]


def _rating(row: Row) -> tuple[str, str | None]:
    return row.get("rag", "unrated"), row.get("rag_why")


def target_moves(those: list[Move]) -> Answer:
    """Each target that the force gave itself: the first one, one put right, each deferral."""
    return [told for move in those if move.gave("target_on") for told in _targets(move)]


def _targets(move: Move) -> Iterator[Row]:
    """The target that an act gave; where it added the row with another original one, that one before it."""
    row, kind = move.left, _kind_of_target(move)
    original, target = row.get("original_target_on"), row["target_on"]
    if kind == "first" and original not in {None, target}:
        yield _target(move, "first", None, original)
        yield _target(move, "deferred", original, target) | {"why": _moved_before(row)}
    else:
        yield _target(move, kind, move.found.get("target_on"), target)


def _target(move: Move, kind: str, before: str | None, to: str | None) -> Row:
    why = None if kind == "first" else move.left.get("target_why")
    approved_by = move.left.get("target_approved_by") if kind == "deferred" else None
    told = {"on": move.on, "move": kind, "from": before, "to": to, "why": why, "approved_by": approved_by}
    return told | move.act()


def _moved_before(row: Row) -> str:
    """How often a target was moved that came with its original one, and why it was last."""
    moved = f"moved {how_often(row.get('times_deferred') or 0)} before it was recorded here"
    return f"{moved}: {row['target_why']}" if row.get("target_why") else moved


def _kind_of_target(move: Move) -> str:
    if move.found.get("target_on") is None:
        return "first"
    return "deferred" if move.counted_up("times_deferred") else "put_right"


def deadline_history(db: sqlite3.Connection, those: list[Move]) -> Answer:
    """HMICFRS's words as they stood one after the other, the day that followed, and why either changed."""
    told = []
    for move in those:
        if move.touched("deadline_words", "deadline_on"):
            other_words = bool(move.found.get("deadline_words")) and move.touched("deadline_words")
            told.append(
                {"on": move.on, "words": move.left.get("deadline_words"), "deadline_on": move.left.get("deadline_on")}
                | {"deadline_precision": move.left.get("deadline_precision"), "published_on": published(db, move)}
                | {key: move.left.get(f"deadline_{key}") if other_words else None for key in ("why", "letter")}
                | move.act()
            )
    return told


def published(db: sqlite3.Connection, move: Move) -> str | None:
    """The publication day of the item's report, as it stood when the act was recorded."""
    inspection = move.left.get("inspection_id")
    known = moves(db, "inspection", inspection) if inspection else []
    days = [each.left.get("published_on") for each in known if each.changeset <= move.changeset]
    return days[-1] if days else None


def submissions(those: list[Move], names: Names) -> Answer:
    """Each time it was complete, submitted, sent back, signed off, closed or opened again, with its day."""
    steps = [
        step
        for place, move in enumerate(those)
        for step in sorted(_steps(move, those[place + 1 :], names), key=lambda step: step["on"])
    ]
    return [dict.fromkeys(_OF_STEP) | step for step in steps]


_OF_STEP = "on step closed_as agreed_by level letter decided_by approved_by of why changeset by command".split()


def _steps(move: Move, later: list[Move], names: Names) -> Iterator[Row]:
    row, act = move.left, move.act()
    for count, step, side in _RETURNS:
        if move.counted_up(count) and row.get("returned_by") in {side, None}:
            yield {"on": row["returned_on"], "step": step, "why": row["returned_why"]} | act
    if move.counted_up("times_reopened"):
        yield {"on": row["reopened_on"], "step": "reopened", "why": row["reopened_why"]} | act
    if move.gave("completed_on"):
        yield {"on": row["completed_on"], "step": "complete"} | act
    if move.gave("submitted_on"):
        agreed_by = names.shown("item", "agreed_by_id", _agreement(row, later))
        level = row.get("sign_off_level")
        yield {"on": row["submitted_on"], "step": "submitted", "agreed_by": agreed_by, "level": level} | act
    if move.gave("closed_on"):
        yield _closing(row, names) | act


def _agreement(row: Row, later: list[Move]) -> Any:
    """The board that agreed to a submission, put on record with it or while it was with HMICFRS."""
    same = takewhile(lambda left: left.get("submitted_on") == row["submitted_on"], (move.left for move in later))
    return next((left["agreed_by_id"] for left in (row, *same) if left.get("agreed_by_id")), None)


#: What was imported as having come back from both sides has the day and the reason of the last one only.
_RETURNS = (("times_sent_back", "sent_back", "force"), ("times_returned", "returned", "hmicfrs"))


def _closing(row: Row, names: Names) -> Row:
    step = "signed_off" if row["closed_as"] == "signed_off" else "closed"
    of = names.shown("item", "closed_of_id", row.get("closed_of_id"))
    kept = {key: row.get(key) for key in ("closed_as", "decided_by", "approved_by")}
    return {"on": row["closed_on"], "step": step, "of": of, "letter": row.get("closed_letter")} | kept | {
        "why": row.get("closed_why")
    }  # fmt: skip
