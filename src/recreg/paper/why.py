"""Why an item stands as it does, as one paragraph that can be pasted into a letter."""

from collections.abc import Callable
from datetime import date
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.text import visible
from recreg.domain.vocabulary import counted, in_words
from recreg.questions import Answer
from recreg.questions.rules import NO_DEADLINE, NO_TARGET, said

Row = dict[str, Any]


def paragraph(rows: Answer, today: date) -> str:
    """The facts of one item, a sentence each, with the act behind each; who acted once, where it was one person."""
    first, names = rows[0], list(dict.fromkeys(row["by"] for row in rows))
    number = f" (HMICFRS {first['hmicfrs_ref']})" if first["hmicfrs_ref"] else ""
    whose = f"{first['ref']}{number}, “{first['title']}”,"
    sentences = [_sentence(row, several=len(names) > 1) for row in rows]
    recorded = [] if len(names) > 1 else [f"All of it was recorded by {names[0]}."]
    return visible(" ".join([f"As at {spoken(today)}, {whose} {sentences[0]}", *sentences[1:], *recorded]))


def _sentence(row: Row, *, several: bool) -> str:
    by = f", by {row['by']}" if several else ""
    source = f"(changeset {row['changeset']}, {said(row['on'])}{by})"
    if row["value"] is None and (row["fact"], row["because"]) in _NOTHING:
        return _NOTHING[row["fact"], row["because"]]
    return f"{_LEADS[row['fact']](row['value'], row['late'])}: {row['because']} {source}."


_NOTHING = {
    ("target", NO_TARGET): "The force has given it no target.",
    ("deadline", NO_DEADLINE): "HMICFRS gave no deadline.",
}


def _of_status(value: str, _: int) -> str:
    return f"is {in_words(value)}"


def _of_rag(value: str, _: int) -> str:
    return "It is unrated" if value == "unrated" else f"It is rated {value}"


def _of_review(value: str | None, late: int) -> str:
    if value is None:
        return "No review falls due"
    if late:
        return f"Its review was due on {said(value)} and is {counted(late, 'day')} overdue"
    return f"Its next review is due on {said(value)}"


def _of_target(value: str, late: int) -> str:
    past = f", and the first one passed {counted(late, 'day')} ago" if late else ""
    return f"Its target is {said(value)}{past}"


def _of_deadline(value: str | None, late: int) -> str:
    if value is None:
        return "HMICFRS's deadline has no day"
    passed = f"passed on {said(value)}, {counted(late, 'day')} ago" if late else f"is {said(value)}"
    return f"HMICFRS's deadline {passed}"


def _of_ours(*_: Any) -> str:
    return "It is not ours to deliver"


def _of_acceptance(value: str, _: int) -> str:
    return {
        "pending": "It is neither accepted nor declined",
        "accepted": "It is accepted",
        "partly_accepted": "It is accepted in part",
        "not_accepted": "It is not accepted",
    }[value]


def _of_withdrawn(value: str, _: int) -> str:
    return f"was withdrawn on {said(value)}"


_LEADS: dict[str, Callable[[Any, int], str]] = {
    "status": _of_status,
    "rag": _of_rag,
    "review": _of_review,
    "target": _of_target,
    "deadline": _of_deadline,
    "ours": _of_ours,
    "acceptance": _of_acceptance,
    "withdrawn": _of_withdrawn,
}
