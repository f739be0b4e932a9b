"""What a paper says, gathered once: every figure with the references behind it, and the rows of every annex."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from recreg.domain.movements import MOVING, Items, counted_as
from recreg.domain.vocabulary import Clock, Kind, Rag
from recreg.paper.period import Period
from recreg.paper.wording import is_marked
from recreg.questions import Answer
from recreg.questions.account import Account, DoesNotAddUp, Printed, account
from recreg.questions.ask import Asked, age, causes, not_ours, rag, returned, slipped, with_hmicfrs
from recreg.questions.dossier import marking
from recreg.questions.inspections import inspections
from recreg.questions.items import Chosen, items
from recreg.questions.key import key
from recreg.questions.overdue import is_late, overdue
from recreg.questions.ratings import Ratings, days_to_rate, ratings_on
from recreg.questions.walk import Walk, items_now, steps_from, walked
from recreg.store.file import reading_at
from recreg.store.rewind import Moment

Row = dict[str, Any]
PLURALS = {
    Kind.RECOMMENDATION: "recommendations",
    Kind.AREA_FOR_IMPROVEMENT: "areas_for_improvement",
    Kind.CAUSE_OF_CONCERN: "causes_of_concern",
}


@dataclass(frozen=True)
class Figure:
    """A figure of the paper and the references it counts; a correction's have their signs."""

    count: int
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """All that a paper of a period says, in the order that the questions give it."""

    period: Period
    marking: str
    account: Account
    ratings: list[tuple[date, Ratings]]
    causes: Answer
    rated: Answer
    aged: Answer
    slipped: Answer
    with_hmicfrs: Answer
    returned: Answer
    reviews: Answer
    targets: Answer
    deadlines: Answer
    comments: Answer
    not_ours: Answer
    inspections: Answer
    reported: dict[str, Answer]
    key: Answer
    roles: dict[str, str]
    under_causes: tuple[str, ...]
    marked: frozenset[str]
    #: The reports that the last final paper could tell of.
    told: frozenset[str]

    @property
    def published(self) -> Answer:
        """The reports published in the period, and those published before it that no paper could tell of."""
        until = self.period.until.isoformat()
        first = "" if self.period.last else self.period.since.isoformat()
        known = [row for row in self.inspections if row["published_on"] and first <= row["published_on"] <= until]
        return [row for row in known if row["code"] not in self.told]

    @property
    def forthcoming(self) -> Answer:
        """The inspections without a report yet."""
        return [row for row in self.inspections if row["published_on"] is None]

    @property
    def reds(self) -> Answer:
        """What is rated red and counts in the figures."""
        return [row for row in self.rated if row["rag"] == Rag.RED and row["counts"]]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every figure of the paper by its name, with the references behind it."""
        return dict(_figures(self))


def gathered(path: Path, period: Period) -> Facts:
    """The facts of a period, read at its moment; raises `DoesNotAddUp` where the movements do not, a bug."""
    last, told = _printed(path, period)
    with reading_at(path, Moment(number=period.changeset)) as known, reading_at(path, period.now) as db:
        return _read(db, period, last, known, told)


def _printed(path: Path, period: Period) -> tuple[Printed | None, frozenset[str]]:
    """What the last final paper knew, and the reports that it could tell of; None where there is none."""
    if period.printed is None:
        return None, frozenset()
    before = period.before
    day = before.day or period.since
    with reading_at(path, before) as then:
        told = {row["code"] for row in inspections(then) if (row["published_on"] or "~") <= day.isoformat()}
        return Printed(period.printed, items_now(then), before.number or 0, day), frozenset(told)


def _read(db: Connection, period: Period, last: Printed | None, known: Connection, told: frozenset[str]) -> Facts:
    """The facts of the register at the period's end; ``known`` is the same register without looking back."""
    until, asked = period.until, Asked(period.until, period.since)
    period_walked, ratings = _over_time(db, period)
    facts = Facts(
        period=period,
        marking=marking(db),
        account=account(db, period_walked, last),
        ratings=ratings,
        causes=causes.rows(db, asked),
        rated=rag.rows(db, asked),
        aged=age.rows(db, Asked(until)),
        slipped=_whole(slipped.rows(db, Asked(until))),
        with_hmicfrs=with_hmicfrs.rows(db, Asked(until)),
        returned=returned.rows(db, asked),
        reviews=_whole(overdue(db, today=until, clock=Clock.REVIEW), is_late),
        targets=_whole(overdue(db, today=until, clock=Clock.TARGET), is_late),
        deadlines=_whole(overdue(db, today=until, clock=Clock.DEADLINE), is_late),
        comments=overdue(db, today=until, clock=Clock.PCC, until=date.max),
        not_ours=not_ours.rows(db, Asked(until)),
        inspections=_described(inspections(db), known),
        reported={},
        key=key(db),
        roles=_roles(db, known),
        under_causes=_under_causes(period_walked.now),
        marked=_marked(db),
        told=told,
    )
    _must_agree(facts)
    facts.reported.update((row["code"], _items_of(db, row["code"])) for row in facts.published)
    return facts


def _over_time(db: Connection, period: Period) -> tuple[Walk, list[tuple[date, Ratings]]]:
    """What became of the items in the period, and how they were rated over the quarters; the log is read once."""
    now, days = items_now(db), days_to_rate(db, period.until)
    steps = steps_from(db, min(period.since, days[0]), now)
    in_period = [step for step in steps if step.on >= period.since.isoformat()]
    return walked(now, in_period), ratings_on(days, now, steps)


def _must_agree(facts: Facts) -> None:
    """Raise `DoesNotAddUp` where the items that are listed as open are not those of the statement of movements."""
    if any(facts.figures[f"open_{PLURALS[s.kind]}"].count != s.now for s in facts.account.statements):
        raise DoesNotAddUp


def _items_of(db: Connection, code: str) -> Answer:
    """What a report brought, closed items and those that are not ours too."""
    return items(db, Chosen(inspection=(code,), closed=None, ours=None))


def _whole(rows: Answer, also: Callable[[Row], bool] = bool) -> Answer:
    """The rows that count in a figure: parts of items are left out of the paper's lists as of its figures."""
    return [row for row in rows if row["counts"] and also(row)]


def _under_causes(now: Items) -> tuple[str, ...]:
    """The open recommendations that hang on a cause of concern, an open one or one that is closed."""
    found = (n for n, item in now.items() if item.get("parent_id") and counted_as(n, now) == Kind.RECOMMENDATION)
    return tuple(f"R-{number:04d}" for number in found)


def _marked(db: Connection) -> frozenset[str]:
    """The titles of items whose text carries a marking: a title that was not given begins that text."""
    rows = db.execute("SELECT title, text FROM item WHERE text LIKE '%SENSITIVE%' OR text LIKE '%SECRET%' "
                      "OR text LIKE '%PUBLICATION%'")  # fmt: skip
    return frozenset(title for title, text in rows if is_marked(text))


def _described(reports: Answer, known: Connection) -> Answer:
    """The reports, told of in the words that the register has of them when the paper is drawn.

    A summary that is written for the paper, after its cut-off, is in it.
    """
    words = {row["code"]: {key: row[key] for key in ("summary", "url", "publishers")} for row in inspections(known)}
    return [row | words.get(row["code"], {}) for row in reports]


def _roles(db: Connection, known: Connection) -> dict[str, str]:
    """People's roles as the register has them when the paper is drawn, by the names of the period's end."""
    roles = dict(known.execute("SELECT id, role FROM person WHERE role IS NOT NULL"))
    return {name: roles[number] for number, name in db.execute("SELECT id, name FROM person") if number in roles}


def _figures(facts: Facts) -> Iterable[tuple[str, Figure]]:
    for statement in facts.account.statements:
        named, kind = PLURALS[statement.kind], statement.kind
        yield f"before_{named}", Figure(statement.before, tuple(facts.account.before[kind]))
        for change in MOVING:
            moved = [row for row in facts.account.moved if (row["kind"], row["change"]) == (kind, change)]
            late = [row for row in facts.account.put_right if row["kind"] == kind] if change == MOVING[-1] else []
            count = statement.moved[change] if change == MOVING[-1] else abs(statement.moved[change])
            yield f"{change}_{named}", Figure(count, tuple(_with_signs(moved + late, change)))
        yield f"open_{named}", _counted([row for row in facts.rated if row["kind"] == kind])
    yield from _others(facts)


def _others(facts: Facts) -> Iterable[tuple[str, Figure]]:
    """The figures beside the movements."""
    counting = [row for row in facts.rated if row["counts"]]
    yield "open_under_causes", Figure(len(facts.under_causes), facts.under_causes)
    for colour in Rag:
        yield f"{colour}", _figure([row for row in counting if row["rag"] == colour])
    yield "with_hmicfrs", _counted(facts.with_hmicfrs)
    yield "returned", _counted(facts.returned)
    yield "reviews_overdue", _counted(facts.reviews)
    yield "past_target", _counted(facts.targets)
    yield "past_deadline", _counted(facts.deadlines)
    yield "past_pcc", _counted([row for row in facts.comments if is_late(row)])
    yield "slipped", _counted(facts.slipped)
    yield "not_ours", _figure(facts.not_ours)
    yield "published", Figure(len(facts.published), tuple(row["code"] for row in facts.published))
    yield "forthcoming", Figure(len(facts.forthcoming), tuple(row["code"] for row in facts.forthcoming))


def _with_signs(rows: Answer, change: str) -> Iterable[str]:
    signs = change == MOVING[-1]
    return (f"{'+' if row['count'] > 0 else '-'}{row['ref']}" if signs else row["ref"] for row in rows)


def _counted(rows: Answer) -> Figure:
    return _figure([row for row in rows if row["counts"]])


def _figure(rows: Answer) -> Figure:
    return Figure(len(rows), _refs(rows))


def _refs(rows: Answer) -> tuple[str, ...]:
    return tuple(sorted((row["ref"] for row in rows), key=lambda ref: (len(ref), ref)))
