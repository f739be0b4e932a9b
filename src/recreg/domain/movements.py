"""How the number of open items came to be what it is: every step of a period, by kind.

The audit committee's first question is what changed since its last meeting, and whether it adds up.
It does, by the way it is counted: the log's steps are walked from the period's first day to its
last, and whenever an item begins or ceases to count, under one kind or another, that is a movement.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from recreg.domain.vocabulary import Change, ClosedAs, DecidedBy, Kind

State = dict[str, Any]
Items = dict[int, State]

#: The changes that move a figure, in the order of the statement.
MOVING = (
    Change.NEW,
    Change.REOPENED,
    Change.SIGNED_OFF,
    Change.OTHERWISE_CLOSED,
    Change.CLOSED_BY_FORCE,
    Change.CORRECTED,
)


@dataclass(frozen=True)
class Step:
    """One change of one item, as the log has it, with the day it takes effect in ISO form."""

    changeset: int
    on: str
    item: int
    before: State | None
    after: State | None


@dataclass(frozen=True)
class Movement:
    """What became of an item: ``count`` is what it adds to its kind's figure, 1, -1 or 0.

    ``counts`` is whether the item is in a figure at all, before it or after.
    """

    step: Step
    item: int
    kind: str
    change: Change
    count: int
    counts: bool = True


@dataclass(frozen=True)
class Statement:
    """The movements of one kind between two days; `adds_up` for every register there can be."""

    kind: Kind
    before: int
    moved: dict[Change, int]
    now: int

    @property
    def adds_up(self) -> bool:
        """Whether the figure before and all that moved give the figure now."""
        return self.before + sum(self.moved.values()) == self.now


def counted_as(number: int, items: Items) -> str | None:
    """The kind under which an item counts: open, ours, not withdrawn, and no part of another."""
    item = items.get(number)
    if item is None or item.get("withdrawn_on") or item.get("closed_on") or not item["ours"]:
        return None
    parent = items.get(item["parent_id"]) if item.get("parent_id") else None
    return None if parent and parent["kind"] != Kind.CAUSE_OF_CONCERN else str(item["kind"])


def rewound(now: Items, steps: Sequence[Step]) -> Items:
    """The items as they stood before these steps."""
    items = {number: dict(state) for number, state in now.items()}
    for step in reversed(steps):
        _apply(items, step.item, step.after, step.before)
    return items


def movements(before: Items, steps: Iterable[Step]) -> list[Movement]:
    """What became of the items at each step, in the order of the steps."""
    items = {number: dict(state) for number, state in before.items()}
    return [movement for step in steps for movement in _taken(items, step)]


def statements(before: Items, moved: Iterable[Movement], now: Items) -> list[Statement]:
    """The statement of each kind."""
    listed = list(moved)
    return [
        Statement(
            kind, _open(before, kind), {change: _net(listed, kind, change) for change in MOVING}, _open(now, kind)
        )
        for kind in Kind
    ]


def _taken(items: Items, step: Step) -> Iterator[Movement]:
    """Take a step, and tell what it moved: the item itself, and the parts or children of one whose kind changed."""
    was = dict(items.get(step.item, {}))
    touched = [step.item, *(_under(items, step.item) if _wrote(step, "kind") else ())]
    counted = {number: counted_as(number, items) for number in touched}
    _apply(items, step.item, step.before, step.after)
    for number in touched:
        change = _sort(step, was, items.get(step.item, {})) if number == step.item else Change.CORRECTED
        yield from _moved(step, number, counted[number], counted_as(number, items), change)
    for change in _progress(step):
        counts = counted_as(step.item, items) is not None or counted[step.item] is not None
        yield Movement(step, step.item, items[step.item]["kind"], change, 0, counts)


def _moved(step: Step, number: int, was: str | None, now: str | None, change: Change) -> Iterator[Movement]:
    if was == now:
        return
    sort = Change.CORRECTED if was and now else change
    if was:
        yield Movement(step, number, was, sort, -1)
    if now:
        yield Movement(step, number, now, sort, 1)


def _sort(step: Step, was: State, now: State) -> Change:
    """What sort of movement it is where an item begins or ceases to count."""
    if step.before is None:
        return Change.NEW
    if was.get("closed_on") and not now.get("closed_on"):
        return Change.REOPENED
    if now.get("closed_on") and not was.get("closed_on"):
        return closing(now)
    return Change.CORRECTED


def closing(item: State) -> Change:
    """Signed off by HMICFRS, otherwise closed by it, or closed by the force: counted apart."""
    if item.get("closed_as") == ClosedAs.SIGNED_OFF:
        return Change.SIGNED_OFF
    return Change.CLOSED_BY_FORCE if item.get("decided_by") == DecidedBy.FORCE else Change.OTHERWISE_CLOSED


def _progress(step: Step) -> Iterator[Change]:
    """What happened to an item without moving a figure."""
    if step.before is None or step.after is None:
        return
    for field, change in _PROGRESS.items():
        if field in step.after and step.after[field] and step.after[field] != step.before.get(field):
            yield change


_PROGRESS = {
    "completed_on": Change.COMPLETED,
    "submitted_on": Change.SUBMITTED,
    "times_sent_back": Change.RETURNED,
    "times_returned": Change.RETURNED,
    "rag": Change.RATED,
    "times_deferred": Change.DEFERRED,
    "owner_id": Change.ASSIGNED,
}


def _apply(items: Items, number: int, old: State | None, new: State | None) -> None:
    if new is None:
        items.pop(number, None)
    elif old is None:
        items[number] = dict(new)
    else:
        items[number] = items.get(number, {}) | new


def _under(items: Items, number: int) -> list[int]:
    return [each for each, item in items.items() if item.get("parent_id") == number != each]


def _wrote(step: Step, field: str) -> bool:
    return step.before is None or step.after is None or field in step.after


def _open(items: Items, kind: Kind) -> int:
    return sum(counted_as(number, items) == kind for number in items)


def _net(moved: list[Movement], kind: Kind, change: Change) -> int:
    return sum(each.count for each in moved if each.kind == kind and each.change == change)
