"""Whom to write to, and about what: each owner's open items that are overdue or fall due soon."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from recreg.domain.vocabulary import Clock, Status
from recreg.questions import Answer
from recreg.questions.agenda import agenda
from recreg.questions.names import bodies, people
from recreg.questions.overdue import is_late
from recreg.store import references


@dataclass(frozen=True)
class Addressee:
    """Somebody who is written to, with the address that the register has."""

    number: int
    name: str
    email: str | None


@dataclass(frozen=True)
class Escalated:
    """About which of an owner's items the lead of their portfolio is written to as well."""

    lead: Addressee
    portfolio: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Chased:
    """An owner, and the rows of the agenda that an answer is asked to.

    ``waiting`` are the rows of what is with HMICFRS, to which nobody here has an answer.
    """

    owner: Addressee
    asked: Answer
    waiting: Answer
    escalated: tuple[Escalated, ...] = ()


@dataclass(frozen=True)
class Led:
    """Somebody who leads portfolios, and what has been overdue for so long in these, and in no other."""

    lead: Addressee
    portfolios: tuple[str, ...]
    late: Answer


@dataclass(frozen=True)
class Chase:
    """Every owner to be written to, the leads to be written to as well, and what is in the way of more.

    ``ownerless`` are items of nobody, ``unplaced`` such that should be escalated and are in no portfolio,
    ``unled`` portfolios whose lead should be written to and that have none. ``people`` is everyone there
    is, by number.
    """

    letters: list[Chased]
    ownerless: list[str]
    people: dict[int, str]
    leads: list[Led] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    unled: list[str] = field(default_factory=list)


def chase(
    db: sqlite3.Connection,
    *,
    today: date,
    until: date,
    clock: Clock = Clock.ALL,
    escalate_after: int | None = None,
    **whose: tuple[str, ...],
) -> Chase:
    """The letters to write, by owner; ``whose`` are the filters of the agenda.

    About what has been overdue for more days than ``escalate_after`` its portfolio's lead is written to as well.
    """
    rows = [row for row in agenda(db, today=today, until=until, **whose) if clock in {Clock.ALL, row["clock"]}]
    asked = [row for row in rows if row["status"] != Status.SUBMITTED]
    late = [row for row in asked if row["owner"] and _is_late_by_more(row, escalate_after)]
    everyone = _everyone(db)
    leads = {body["name"]: everyone[body["lead"]] for body in bodies(db, "portfolios") if body["lead"]}
    letters = [_chased(everyone[name], own, leads, escalate_after) for name, own in _by("owner", rows).items()]
    return Chase(
        [chased for chased in letters if chased.asked],
        _refs(row for row in asked if not row["owner"]),
        {each.number: each.name for each in everyone.values()},
        _led(late, leads),
        _refs(row for row in late if not row["portfolio"]),
        [portfolio for portfolio in _by("portfolio", late) if portfolio not in leads],
    )


def _everyone(db: sqlite3.Connection) -> dict[str, Addressee]:
    addresses = {row["name"]: row["email"] for row in people(db)}
    return {name: Addressee(number, name, addresses[name]) for number, name in references.names(db, "person").values()}


def _is_late_by_more(row: dict[str, Any], days: int | None) -> bool:
    return days is not None and is_late(row) and row["days_overdue"] > days


def _chased(owner: Addressee, own: Answer, leads: dict[str, Addressee], escalate_after: int | None) -> Chased:
    """What an owner is asked, and which leads but the owner are written to about it."""
    asked = [row for row in own if row["status"] != Status.SUBMITTED]
    late = _by("portfolio", [row for row in asked if _is_late_by_more(row, escalate_after)])
    escalated = (
        Escalated(leads[portfolio], portfolio, tuple(_refs(rows)))
        for portfolio, rows in late.items()
        if portfolio in leads and leads[portfolio] != owner
    )
    return Chased(owner, asked, [row for row in own if row["status"] == Status.SUBMITTED], tuple(escalated))


def _led(late: Answer, leads: dict[str, Addressee]) -> list[Led]:
    """Each lead with the rows of the portfolios they lead, but for what they own themselves."""
    found: dict[Addressee, Answer] = {}
    for row in late:
        lead = leads.get(row["portfolio"])
        if lead and lead.name != row["owner"]:
            found.setdefault(lead, []).append(row)
    return [Led(lead, tuple(_by("portfolio", rows)), rows) for lead, rows in found.items()]


def _by(key: str, rows: Answer) -> dict[str, Answer]:
    """The rows that have one, by their owner or portfolio."""
    found: dict[str, Answer] = {}
    for row in rows:
        if row[key]:
            found.setdefault(row[key], []).append(row)
    return found


def _refs(rows: Iterable[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(row["ref"] for row in rows))
