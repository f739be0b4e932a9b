"""What is told of a fact: its reason part by part, and the acts behind it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from recreg.domain.vocabulary import Status
from recreg.questions.moves import Move

Row = dict[str, Any]


class Told(NamedTuple):
    """Some words of a reason, and the act that they tell of, where they tell of one."""

    words: str
    act: Move | None = None


class Fact(NamedTuple):
    """What is derived, its value, and its reason part by part; the act behind it, where not the newest told."""

    name: str
    value: Any
    reason: list[Told]
    act: Move | None = None


@dataclass(frozen=True)
class Past:
    """The acts on an item that still count, oldest first."""

    acts: list[Move]

    def last(self, *fields: str) -> Move:
        """The last act that wrote one of the fields, or that added the item without them."""
        return next((act for act in reversed(self.acts) if act.touched(*fields)), self.acts[0])

    def changed(self, field: str) -> Move | None:
        """The last act that changed the field from what it was when the item was added."""
        return next((act for act in reversed(self.acts[1:]) if act.touched(field)), None)

    def numbered(self, changeset: int) -> Move:
        """The act of that number."""
        return next(act for act in self.acts if act.changeset == changeset)

    def since(self) -> Move:
        """The act by which the item came to stand where it stands."""
        return [act for act in self.acts if not act.found or status(act.found) != status(act.left)][-1]

    def newest(self, reason: list[Told]) -> Move:
        """The newest of the acts that a reason tells of."""
        told = [part.act for part in reason if part.act]
        return max(told, key=lambda act: (act.on, act.changeset), default=self.acts[0])


def status(row: Row) -> Status:
    """Where a row of the log stands; the register file derives the very same."""
    by_day = {"closed_on": Status.CLOSED, "submitted_on": Status.SUBMITTED, "completed_on": Status.COMPLETE}
    reached = next((status for day, status in by_day.items() if row.get(day)), None)
    return reached or (Status.IN_PROGRESS if row.get("owner_id") and row.get("board_id") else Status.NEW)


def quoted(reason: str | None) -> str:
    """Somebody's own words, on one line and without the full stop that ends them."""
    return f"“{' '.join((reason or '').split()).rstrip('.')}”"
