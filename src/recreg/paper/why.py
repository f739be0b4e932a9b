"""Why an item stands as it does, as one paragraph that can be pasted into a letter."""

from collections.abc import Callable
from datetime import date
from itertools import zip_longest
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.text import visible
from recreg.domain.vocabulary import counted, in_words
from recreg.paper.clocks import deadline_day
from recreg.questions import Answer
from recreg.questions.rules import NO_DEADLINE, NO_TARGET, said

Row = dict[str, Any]


def paragraph(rows: Answer, today: date) -> str:
    """The facts of one item, a sentence each, with every act it tells of; who acted once, where it was one person."""
    first, names = rows[0], _recorders(rows)
    number = f" (HMICFRS {first['hmicfrs_ref']})" if first["hmicfrs_ref"] else ""
    whose = f"{first['ref']}{number}, “{first['title']}”,"
    sentences = [_sentence(row, several=len(names) > 1) for row in rows]
    recorded = [] if len(names) > 1 else [f"All of it was recorded by {names[0]}."]
    return visible(" ".join([f"As at {spoken(today)}, {whose} {sentences[0]}", *sentences[1:], *recorded]))


def _recorders(rows: Answer) -> list[str]:
    """Whoever recorded an act that the paragraph tells of."""
    acts = [part.act for row in rows if not _tells_nothing(row) for part in row["reason"] if part.act]
    return list(dict.fromkeys(act.by for act in acts))


def _sentence(row: Row, *, several: bool) -> str:
    if _tells_nothing(row):
        return _NOTHING[row["fact"], row["because"]]
    lead = _LEADS[row["fact"]](row)
    return f"{lead if lead.endswith(';') else f'{lead}:'} {_reason(row, several=several)}."


def _reason(row: Row, *, several: bool) -> str:
    """The reason, each act cited behind what is told of it; once, where it goes on telling of the same."""
    told = []
    for part, following in zip_longest(row["reason"], row["reason"][1:]):
        goes_on = following and following.act and part.act and following.act.changeset == part.act.changeset
        told.append(part.words if goes_on or not part.act else f"{part.words} {_cited(part.act, several=several)}")
    return "".join(told)


def _cited(act: Any, *, several: bool) -> str:
    by = f", by {act.by}" if several else ""
    return f"(changeset {act.changeset}, {said(act.on)}{by})"


def _tells_nothing(row: Row) -> bool:
    return row["value"] is None and (row["fact"], row["because"]) in _NOTHING


_NOTHING = {
    ("target", NO_TARGET): "The force has given it no target.",
    ("deadline", NO_DEADLINE): "HMICFRS gave no deadline.",
}


def _of_status(row: Row) -> str:
    return f"is {in_words(row['value'])}"


def _of_rag(row: Row) -> str:
    return "It is unrated" if row["value"] == "unrated" else f"It is rated {row['value']}"


def _of_review(row: Row) -> str:
    if row["value"] is None:
        return "No review falls due"
    if row["late"]:
        return f"Its review was due on {said(row['value'])} and is {counted(row['late'], 'day')} overdue"
    return f"Its next review is due on {said(row['value'])}"


def _of_target(row: Row) -> str:
    day, original = row["value"], row["item"]["original_target_on"]
    if not row["late"]:
        return f"Its target is {said(day)}"
    passed = f"passed {counted(row['late'], 'day')} ago"
    if original == day:
        return f"Its target, {said(day)}, {passed}" + (";" if len(row["item"]["target_moves"]) == 1 else "")
    return f"Its target is {said(day)}, and the original one, {said(original)}, {passed}"


def _of_deadline(row: Row) -> str:
    if row["value"] is None:
        return "HMICFRS's deadline has no day"
    shown = deadline_day(row["value"], row["item"]["deadline_precision"], row["item"]["deadline_words"])
    if row["late"]:
        return f"HMICFRS's deadline, {shown}, passed {counted(row['late'], 'day')} ago"
    return f"HMICFRS's deadline is {shown}"


def _of_ours(row: Row) -> str:
    return "It is ours to deliver" if row["value"] else "It is not ours to deliver"


def _of_waiting_on(row: Row) -> str:
    return f"It is waiting on {row['value']}"


def _of_link(row: Row) -> str:
    return f"It {row['value']}"


def _of_acceptance(row: Row) -> str:
    return {
        "pending": "It is neither accepted nor declined",
        "accepted": "It is accepted",
        "partly_accepted": "It is accepted in part",
        "not_accepted": "It is not accepted",
    }[row["value"]]


def _of_withdrawn(row: Row) -> str:
    return f"was withdrawn on {said(row['value'])}"


_LEADS: dict[str, Callable[[Row], str]] = {
    "status": _of_status,
    "rag": _of_rag,
    "review": _of_review,
    "target": _of_target,
    "deadline": _of_deadline,
    "ours": _of_ours,
    "acceptance": _of_acceptance,
    "waiting_on": _of_waiting_on,
    "link": _of_link,
    "withdrawn": _of_withdrawn,
}
