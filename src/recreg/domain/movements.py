"""How the number of open items came to be what it is: every step of a period, by kind.

The audit committee's first question is what changed since its last meeting, and whether it adds up.
It does, by the way it is counted: the log's steps are walked from the period's first day to its
last, and whenever an item begins or ceases to count, under one kind or another, that is a movement.
"""

from collections import defaultdict
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
    """One change of one item, as the log has it, with the day it takes effect in ISO form.

    An ``opening`` step adds what stood before the register began.
    """

    changeset: int
    on: str
    item: int
    before: State | None
    after: State | None
    opening: bool = False


@dataclass(frozen=True)
class Movement:
    """What became of an item: ``count`` is what it adds to its kind's figure, 1, -1 or 0.

    ``counts`` is whether the item is in a figure at all, before it or after; ``was`` and ``now`` are
    the whole item as it stood then.
    """

    step: Step
    item: int
    kind: str
    change: Change
    count: int
    was: State
    now: State
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
    under: dict[int, set[int]] = defaultdict(set)
    for number, state in items.items():
        _hang(under, number, {}, state)
    return [movement for step in steps for movement in _taken(items, under, step)]


def put_right_since(printed: Items, known: Items) -> Iterator[tuple[int, str, int]]:
    """What a paper would have counted otherwise, as its last day is known now: item, kind, and 1 or -1."""
    for number in sorted(printed.keys() | known.keys()):
        was, now = counted_as(number, printed), counted_as(number, known)
        if was != now:
            yield from ((number, kind, count) for kind, count in ((was, -1), (now, 1)) if kind)


def statements(
    before: Items, moved: Iterable[Movement], now: Items, put_right: Iterable[tuple[int, str, int]] = ()
) -> list[Statement]:
    """The statement of each kind; ``put_right`` is what changed of the items before, which were counted otherwise."""
    listed, late = list(moved), list(put_right)
    told = []
    for kind in Kind:
        since = sum(count for _, of, count in late if of == kind)
        net = {change: _net(listed, kind, change) for change in MOVING}
        net[Change.CORRECTED] += since
        told.append(Statement(kind, _open(before, kind) - since, net, _open(now, kind)))
    return told


def _taken(items: Items, under: dict[int, set[int]], step: Step) -> Iterator[Movement]:
    """Take a step, and tell what it moved: the item itself, and the parts or children of one whose kind changed."""
    touched = [step.item, *(sorted(under[step.item] - {step.item}) if _wrote_kind(step) else ())]
    was = {number: (counted_as(number, items), items.get(number, {})) for number in touched}
    _apply(items, step.item, step.before, step.after)
    _hang(under, step.item, was[step.item][1], items.get(step.item, {}))
    for number in touched:
        state = items.get(number, {})
        change = _sort(step, was[number][1], state) if number == step.item else Change.CORRECTED
        for kind, sort, count in _moved(was[number][0], counted_as(number, items), change):
            yield Movement(step, number, kind, sort, count, was[number][1], state)
    before, state = was[step.item]
    for change in _progress(step):
        counts = before is not None or counted_as(step.item, items) is not None
        yield Movement(step, step.item, items[step.item]["kind"], change, 0, state, items[step.item], counts)


def _moved(was: str | None, now: str | None, change: Change) -> Iterator[tuple[str, Change, int]]:
    """What leaves the figure of one kind, and what enters that of another."""
    if was == now:
        return
    sort = Change.CORRECTED if was and now else change
    if was:
        yield was, sort, -1
    if now:
        yield now, sort, 1


def _sort(step: Step, was: State, now: State) -> Change:
    """What sort of movement it is where an item begins or ceases to count."""
    if step.before is None:
        return Change.CORRECTED if step.opening else Change.NEW
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


def _hang(under: dict[int, set[int]], number: int, was: State, now: State) -> None:
    """Keep who hangs on whom, so that no step has to look through all of them."""
    under[was.get("parent_id") or 0].discard(number)
    under[now.get("parent_id") or 0].add(number)


def _wrote_kind(step: Step) -> bool:
    """Whether what hangs on the item may count otherwise."""
    return step.before is None or step.after is None or "kind" in step.after


def _open(items: Items, kind: Kind) -> int:
    return sum(counted_as(number, items) == kind for number in items)


def _net(moved: list[Movement], kind: Kind, change: Change) -> int:
    return sum(each.count for each in moved if each.kind == kind and each.change == change)
