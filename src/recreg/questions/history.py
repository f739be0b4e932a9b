"""What happened to an item, oldest first: `recreg history`; and the whole log: `recreg log`."""

import json
import sqlite3
from typing import Any

from recreg.domain.cells import POINTERS, field_shown
from recreg.domain.events import EVENTS
from recreg.domain.vocabulary import READS, Relation
from recreg.questions import Answer, answer
from recreg.store.days import stands

#: Fields that follow from others and would only repeat them.
_FOLLOWING = {
    *("review_anchor_on", "review_round", "found_last_on", "found_anchor_on", "found_round"),
    *("item_id", "evidence_id", "deadline_precision", "name_key"),
}
_YES_NO = {"ours", "mandatory", "kept_schedule"}
_NAMED = {"person": "name", "board": "name", "portfolio": "name", "inspection": "code", "item": "ref"}


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    return {"history": _of_one_item(), "log": _of_all()}


def _of_one_item() -> Any:
    """The changes of an item's own row, and of the rows that hang on it or once did."""
    from sqlalchemy import and_, func, or_
    from sqlalchemy.orm import aliased
    from sqlmodel import col

    from recreg.domain.changes import Change, Changeset
    from recreg.domain.models import EvidenceItem
    from recreg.questions.selects import named, select_of

    asked, inner = named("item_id"), aliased(Change)
    ends = [(side, end) for side in (inner.after, inner.before) for end in ("$.item_id", "$.other_id")]
    hung = or_(*(func.json_extract(side, end) == asked for side, end in ends))
    hanging = select_of(inner.row).where(inner.noun == Change.noun, hung)
    evidence = select_of(EvidenceItem.evidence_id).where(col(EvidenceItem.item_id) == asked)
    about = or_(
        and_(col(Change.noun) == "item", col(Change.row) == asked),
        and_(col(Change.noun).in_(["review", "note", "evidence_item", "link"]), col(Change.row).in_(hanging)),
        and_(col(Change.noun) == "evidence", col(Change.row).in_(evidence)),
    )
    told = (Changeset.number, Changeset.at, Changeset.effective_on, Changeset.by_whom, Changeset.command,
            Change.noun, Change.row, Change.before, Change.after)  # fmt: skip
    joined = select_of(*told).join(Change, col(Change.changeset) == Changeset.number)
    return joined.where(about).order_by(col(Change.id))


def _of_all() -> Any:
    """Every changeset with the number of its changes and the items among them."""
    from sqlalchemy import func, literal
    from sqlmodel import col

    from recreg.domain.changes import Change, Changeset
    from recreg.questions.selects import select_of

    hung_on = func.coalesce(*(func.json_extract(side, "$.item_id") for side in (Change.after, Change.before)))
    number = func.iif(col(Change.noun) == "item", col(Change.row), hung_on)
    ref = func.iif(number.is_(None), None, func.printf(literal("R-%04d"), number))
    told = (Changeset.number, Changeset.at, Changeset.effective_on, Changeset.by_whom, Changeset.command,
            Changeset.undoes, Changeset.hash, func.count(col(Change.id)).label("changes"),
            func.group_concat(ref.distinct()).label("items"))  # fmt: skip
    joined = select_of(*told).outerjoin(Change, col(Change.changeset) == Changeset.number)
    return joined.group_by(col(Changeset.number)).order_by(col(Changeset.number))


def history(db: sqlite3.Connection, item_id: int) -> Answer:
    """One row for each field that an act wrote of the item, its reviews, notes, evidence and links."""
    names = Names(db)
    return [
        {
            "changeset": row["number"], "at": row["at"], "on": row["effective_on"], "by": row["by_whom"],
            "command": row["command"], "event": EVENTS.get(row["command"], row["command"]),
            "field": _prefix(row["noun"], row["row"]) + field_shown(field),
            "before": names.shown(row["noun"], field, before), "after": names.shown(row["noun"], field, after),
        }
        for row in answer(db, "history", item_id=item_id)
        for field, before, after in _fields(row, item_id, names)
    ]  # fmt: skip


def log(db: sqlite3.Connection) -> Answer:
    """Every changeset, oldest first, with what it undoes and what undoes it."""
    rows = answer(db, "log")
    undone_by = {row["undoes"]: row["number"] for row in rows if row["undoes"]}
    return [
        {
            "changeset": row["number"], "at": row["at"], "on": row["effective_on"], "by": row["by_whom"],
            "command": row["command"], "undoes": row["undoes"],
            "undone_by": None if stands(row["number"], undone_by) else undone_by[row["number"]],
            "changes": row["changes"], "items": ", ".join(sorted((row["items"] or "").split(","))) or None,
            "hash": row["hash"],
        }
        for row in rows
    ]  # fmt: skip


class Names:
    """What the numbers in pointers stand for, as they are called today."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._known: dict[tuple[str, int], str] = {}

    def shown(self, noun: str, field: str, value: Any) -> Any:
        """A field's value in words: a pointer as the name of what it points at."""
        target = POINTERS.get(noun, {}).get(field)
        if field in _YES_NO and value is not None:
            return bool(value)
        if target is None or value is None:
            return value
        if (target, value) not in self._known:
            self._known[target, value] = self._now(target, value) or self._once(target, value)
        return self._known[target, value]

    def _now(self, noun: str, row: int) -> str | None:
        """What a row is called; each is asked for, since there may be a million."""
        found = self.db.execute(f"SELECT {_NAMED[noun]} FROM {noun} WHERE id = ?", (row,)).fetchone()
        return found[0] if found else None

    def _once(self, noun: str, row: int) -> str:
        """What a row was called whose adding has been undone."""
        adding = "SELECT after FROM change WHERE noun = ? AND row = ? AND before IS NULL ORDER BY id DESC"
        (kept,) = self.db.execute(adding, (noun, row)).fetchone()
        return str(json.loads(kept).get(_NAMED[noun], f"R-{row:04d}"))


def _fields(row: dict[str, Any], item_id: int, names: Names) -> list[tuple[str, Any, Any]]:
    before = json.loads(row["before"]) if row["before"] else {}
    after = json.loads(row["after"]) if row["after"] else {}
    written = [field for field in dict.fromkeys([*before, *after]) if field not in _FOLLOWING]
    if row["noun"] == "evidence_item":
        return [("evidence", _evidence_ref(before), _evidence_ref(after))]
    if row["noun"] == "link":
        return [("link", _link_read(before, item_id, names), _link_read(after, item_id, names))]
    return [(field, before.get(field), after.get(field)) for field in written]


def _evidence_ref(link: dict[str, Any]) -> str | None:
    return f"E-{link['evidence_id']:04d}" if link else None


def _link_read(link: dict[str, Any], item_id: int, names: Names) -> str | None:
    """A link as it reads from this item: “repeats R-0003”, or from the other one “is repeated by R-0012”."""
    if not link:
        return None
    made_here = link["item_id"] == item_id
    reads = READS[Relation(link["relation"])][0 if made_here else 1]
    other = "other_id" if made_here else "item_id"
    return f"{reads} {names.shown('link', other, link[other])}"


def _prefix(noun: str, row: int) -> str:
    letter = {"review": "V", "note": "N", "evidence": "E"}.get(noun)
    return f"{letter}-{row:04d} " if letter else ""
