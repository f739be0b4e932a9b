"""Whom to write to, and about what: each owner's open items that are overdue or fall due soon."""

import sqlite3
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

    name: str
    email: str | None


@dataclass(frozen=True)
class Copied:
    """The lead of a portfolio who is written to as well, and for which items of it."""

    lead: Addressee
    portfolio: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Chased:
    """An owner, and the rows of the agenda that an answer is asked to.

    ``waiting`` are the rows of what is with HMICFRS, to which nobody here has an answer.
    """

    number: int
    owner: Addressee
    asked: Answer
    waiting: Answer
    copied: tuple[Copied, ...] = ()


@dataclass(frozen=True)
class Chase:
    """Every owner to be written to, and what is in the way of writing to more.

    ``ownerless`` are items of nobody, ``unplaced`` such that should be escalated and are in no portfolio,
    ``unled`` portfolios whose lead should be written to and that have none. ``people`` is everyone there
    is, by number.
    """

    letters: list[Chased]
    ownerless: list[str]
    people: dict[int, str]
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

    What has been overdue for more days than ``escalate_after`` goes to its portfolio's lead as well.
    """
    rows = [row for row in agenda(db, today=today, until=until, **whose) if clock in {Clock.ALL, row["clock"]}]
    asked = [row for row in rows if row["status"] != Status.SUBMITTED]
    found = Chase([], _refs(row for row in asked if not row["owner"]), dict(references.names(db, "person").values()))
    addresses = {row["name"]: row["email"] for row in people(db)}
    numbers = {name: number for number, name in found.people.items()}
    leads = _leads(db, addresses) if escalate_after is not None else {}
    for name in dict.fromkeys(row["owner"] for row in asked if row["owner"]):
        own = [row for row in asked if row["owner"] == name]
        late = [row for row in own if is_late(row) and row["days_overdue"] > (escalate_after or 0)]
        copied = _copied(late if escalate_after is not None else [], leads, found)
        found.letters.append(
            Chased(
                numbers[name],
                Addressee(name, addresses[name]),
                own,
                [row for row in rows if row["owner"] == name and row not in own],
                tuple(each for each in copied if each.lead.name != name),
            )
        )
    return found


def _leads(db: sqlite3.Connection, addresses: dict[str, str | None]) -> dict[str, Addressee]:
    """Who leads each portfolio that is led."""
    led = {row["name"]: row["lead"] for row in bodies(db, "portfolios") if row["lead"]}
    return {portfolio: Addressee(lead, addresses[lead]) for portfolio, lead in led.items()}


def _copied(late: Answer, leads: dict[str, Addressee], found: Chase) -> list[Copied]:
    """The leads of the portfolios of what is so late; what has none is noted."""
    copied = []
    found.unplaced.extend(_refs(row for row in late if not row["portfolio"]))
    for portfolio in dict.fromkeys(row["portfolio"] for row in late if row["portfolio"]):
        if portfolio in leads:
            refs = _refs(row for row in late if row["portfolio"] == portfolio)
            copied.append(Copied(leads[portfolio], portfolio, tuple(refs)))
        elif portfolio not in found.unled:
            found.unled.append(portfolio)
    return copied


def _refs(rows: Any) -> list[str]:
    return list(dict.fromkeys(row["ref"] for row in rows))
