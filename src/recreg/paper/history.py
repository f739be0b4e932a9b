"""How an item came to stand as it does, in tables: owners, ratings, targets, deadlines, submissions."""

from collections.abc import Iterator
from typing import Any

from recreg.domain.vocabulary import in_words
from recreg.paper.clocks import deadline_day
from recreg.paper.document import Block, Heading, Table
from recreg.questions.rules import said

Row = dict[str, Any]

_STEPS = {
    "complete": "complete, as its owner says",
    "sent_back": "sent back by the force",
    "submitted": "submitted to HMICFRS",
    "returned": "returned by HMICFRS",
    "signed_off": "signed off by HMICFRS",
    "closed": "closed",
    "reopened": "reopened",
}
_MOVES = {"first": "first", "put_right": "put right", "deferred": "deferred"}


def histories(item: Row) -> Iterator[Block]:
    """A table for each thing of the item that moved; none where nothing did."""
    yield from _told("Owners, boards and portfolios", "From", "Owner Board Portfolio", map(_owner, _of(item, "owner")))
    yield from _told("Ratings", "On", "From To Why", map(_rated, item["rag_moves"]))
    yield from _told("Targets", "On", "Move Target Why", map(_target, item["target_moves"]))
    yield from _told("HMICFRS's deadline", "On", "Words Day Because", map(_deadline, item["deadline_history"]))
    yield from _told("Submissions and decisions", "On", "Step Details", map(_step, item["submissions"]))


def _of(item: Row, what: str) -> list[Row]:
    return list(item[f"{what}_history"])


def _told(title: str, first: str, more: str, rows: Iterator[tuple[Row, tuple[str, ...]]]) -> Iterator[Block]:
    cells = tuple((said(row["on"]), *said_of, _by(row)) for row, said_of in rows)
    if cells:
        yield Heading(2, title)
        yield Table((first, *more.split(), "By"), cells)


def _by(row: Row) -> str:
    return f"{row['by']} (changeset {row['changeset']})"


def _owner(row: Row) -> tuple[Row, tuple[str, ...]]:
    return row, tuple(row[key] or "none" for key in ("owner", "board", "portfolio"))


def _rated(row: Row) -> tuple[Row, tuple[str, ...]]:
    return row, (row["from"], row["to"], row["why"] or "")


def _target(row: Row) -> tuple[Row, tuple[str, ...]]:
    approved = f" (approved by {row['approved_by']})" if row["approved_by"] else ""
    return row, (_MOVES[row["move"]], said(row["to"]), f"{row['why'] or ''}{approved}".strip())


def _deadline(row: Row) -> tuple[Row, tuple[str, ...]]:
    words = f"“{row['words']}”" if row["words"] else "none"
    day = deadline_day(row["deadline_on"], row["deadline_precision"], row["words"])
    return row, (words, day, _why_of_deadline(row))


def _why_of_deadline(row: Row) -> str:
    """The reason of other words or HMICFRS's letter, and the publication day they were counted from."""
    published = f"published {said(row['published_on'])}" if row["published_on"] else "not published yet"
    letter = f"changed by HMICFRS, letter {row['letter']}" if row["letter"] else None
    return "; ".join(part for part in (letter, row["why"], published) if part)


def _step(row: Row) -> tuple[Row, tuple[str, ...]]:
    agreed = row["agreed_by"] and f"agreed by {row['agreed_by']}"
    if row["step"] == "submitted":
        agreed = agreed or "no board's agreement recorded"
    parts = (
        row["step"] == "closed" and f"{in_words(row['closed_as'])}, decided by {_decider(row)}",
        agreed,
        row["level"] and f"sign-off level {row['level']}",
        row["of"] and f"of {row['of']}",
        row["letter"] and f"letter {row['letter']}",
        row["approved_by"] and f"approved by {row['approved_by']}",
        row["why"],
    )
    return row, (_STEPS[row["step"]], "; ".join(part for part in parts if part))


def _decider(row: Row) -> str:
    return "HMICFRS" if row["decided_by"] == "hmicfrs" else "the force"
