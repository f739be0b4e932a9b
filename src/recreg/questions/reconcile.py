"""Where does somebody's list differ from ours? HMICFRS's own, or anybody's, row by row, each with its cure."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from recreg.domain.rows import Wrong
from recreg.domain.standing import is_the_word
from recreg.questions import Answer, answer, cures
from recreg.questions.counterparts import Counterparts, Item, Theirs

#: What is compared of an item that both have, beside whether it is open.
WORDS = ("hmicfrs_ref", "kind", "title", "text", "deadline_words")
_SHOWN = 60
_BEFORE = 20


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlmodel import col

    from recreg.domain.models import Inspection, Item
    from recreg.questions.selects import counts, parent, select_of

    columns: Any = (Item.ref, Item.hmicfrs_ref, Item.kind, col(Inspection.code).label("inspection"), Item.number,
                    Item.title, Item.text, Item.deadline_words, Item.status, Item.ours, Item.closed_on,
                    Item.withdrawn_on, counts().label("counts"))  # fmt: skip
    items = select_of(*columns).select_from(Item).outerjoin(Inspection, col(Inspection.id) == Item.inspection_id)
    return {
        "reconcile": items.outerjoin(parent, parent.id == Item.parent_id).order_by(col(Item.id)),
        "reconcile_reports": select_of(Inspection.code, Inspection.title).order_by(col(Inspection.id)),
    }


def reconcile(db: sqlite3.Connection, rows: Sequence[Theirs], keys: Sequence[str]) -> tuple[Answer, list[Wrong]]:
    """The differences, in the order of their rows and then of our items, and what is wrong with the rows.

    ``keys`` are those of their columns. Ours are those open and ours, but for parts, which are our own division.
    """
    ours = answer(db, "reconcile")
    found = Counterparts()
    found.know(ours, answer(db, "reconcile_reports"))
    found.settle(rows)
    differences = [each for row in rows for each in _of_row(row, found)]
    theirs = {item["ref"] for item in found.of.values()}
    for item in ours:
        if item["ref"] not in theirs and _is_expected(item):
            cure = cures.to_find(item, numbered="hmicfrs_ref" in keys)
            differences.append(_difference(item, "ours", cure, ours=item["status"]))
    return differences, found.wrong


def for_people(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a table shows it: of long words, those around where they part."""
    ours, theirs = row["ours"] or "", row["theirs"] or ""
    if row["difference"] != "differs" or max(len(ours), len(theirs)) <= _SHOWN:
        return row
    same = next(
        (at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
    )
    return row | {"ours": _around(ours, same), "theirs": _around(theirs, same)}


def _is_expected(item: Item) -> bool:
    return bool(item["ours"] and item["counts"] and not item["closed_on"] and not item["withdrawn_on"])


def _of_row(row: Theirs, found: Counterparts) -> Iterator[dict[str, Any]]:
    item = found.of.get(row.number)
    if item is None:
        cure = cures.to_add(row, found.code(row))
        yield _difference(row.says, "theirs", cure, row=row.number, theirs=row.says.get("status"))
    elif item["withdrawn_on"]:
        cure = cures.to_look_back(item)
        yield _difference(item, "theirs", cure, row=row.number, ours="withdrawn", theirs=row.says.get("status"))
    else:
        yield from _differing(row, item)


def _differing(row: Theirs, item: Item) -> Iterator[dict[str, Any]]:
    status = row.says.get("status")
    is_closed = bool(item["closed_on"])
    if status and not is_the_word(status, item["status"]) and (row.closed_as is not None) != is_closed:
        cure = cures.to_reopen(item) if is_closed else cures.to_close(item, row)
        yield _difference(item, "differs", cure, row=row.number, field="status", ours=item["status"], theirs=status)
    for key in WORDS:
        says, has = row.says.get(key), item[key]
        if says and _folded(key, says) != _folded(key, has):
            cure = cures.to_edit(item, key, says)
            yield _difference(item, "differs", cure, row=row.number, field=key, ours=has, theirs=says)


def _difference(about: dict[str, Any], difference: str, cure: str, **more: Any) -> dict[str, Any]:
    known = {key: about.get(key) for key in ("ref", "hmicfrs_ref", "kind", "title")}
    empty = dict.fromkeys(("field", "ours", "theirs", "row"))
    return known | {"difference": difference} | empty | more | {"cure": cure}


def _folded(key: str, text: str | None) -> str:
    """Words as they are compared: white space is no difference, nor case in a number."""
    line = " ".join((text or "").split())
    return line.casefold() if key == "hmicfrs_ref" else line


def _around(text: str, place: int) -> str:
    start = max(0, place - _BEFORE) if len(text) > _SHOWN else 0
    piece = text[start : start + _SHOWN]
    return ("…" if start else "") + piece + ("…" if start + _SHOWN < len(text) else "")
