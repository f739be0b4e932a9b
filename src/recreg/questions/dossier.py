"""Everything about one item, with where each date comes from: what an inspector could be handed."""

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from recreg.domain.rating import suggested
from recreg.domain.vocabulary import READS, Relation
from recreg.questions import Answer, answer
from recreg.questions.history import Names
from recreg.questions.item import item
from recreg.questions.moves import Move, deadline_history, moves, owner_history, rag_moves, submissions, target_moves
from recreg.questions.rules import deadline_rule, review_rule

Row = dict[str, Any]


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlalchemy import or_
    from sqlmodel import case, col

    from recreg.domain.models import Inspection, Item, Link, Setting
    from recreg.questions.selects import named, select_of

    asked = named("item_id")
    of_item = select_of(col(Inspection.title).label("inspection_title"), Inspection.published_on,
                        Item.review_anchor_on, Item.returned_by)  # fmt: skip
    of_item = of_item.select_from(Item).outerjoin(Inspection, col(Inspection.id) == Item.inspection_id)
    made_here = col(Link.item_id) == asked
    links = select_of(col(Link.id).label("link_id"), Link.relation, made_here.label("made_here"), Item.ref,
                      Item.hmicfrs_ref, Item.title, Item.status)  # fmt: skip
    links = links.join(Item, col(Item.id) == case((made_here, Link.other_id), else_=Link.item_id))
    touching = or_(made_here, col(Link.other_id) == asked)
    return {
        "dossier": of_item.where(col(Item.id) == asked),
        "dossier_links": links.where(touching, col(Item.withdrawn_on).is_(None)).order_by(col(Link.id)),
        "marking": select_of(Setting.value).where(col(Setting.name) == "marking"),
    }


def dossier(db: sqlite3.Connection, number: int, *, today: date, register: Path) -> Row:
    """The item, what hangs on it and how it came about, each filed copy of its evidence looked at."""
    told = came_about(db, number, moves(db, "item", number), today=today)
    return told | {"evidence": [_looked_at(piece, register) for piece in told["evidence"]]}


def came_about(db: sqlite3.Connection, number: int, those: list[Move], *, today: date) -> Row:
    """The item with what hangs on it, how each of its dates, ratings and owners came about, and its links."""
    (more,) = answer(db, "dossier", item_id=number)
    told, names = item(db, number) | more, Names(db)
    deadlines = deadline_history(db, those)
    if deadlines:  # An undone publication day moves the deadline, too, and is an act that does not count.
        deadlines[-1] |= {key: told[key] for key in ("deadline_on", "deadline_precision", "published_on")}
    told["submissions"] = submissions(those, names)
    return told | {
        "review_rule": review_rule(told),
        "deadline_rule": deadline_rule(*(told[key] for key in _OF_DEADLINE)),
        "links": [link_read(row) for row in answer(db, "dossier_links", item_id=number)],
        "owner_history": owner_history(those, names),
        "rag_moves": rag_moves(those),
        "deadline_history": deadlines,
        "target_moves": target_moves(those),
    } | _suggestion(told, today)  # fmt: skip


def marking(db: sqlite3.Connection) -> str:
    """The protective marking that the force's papers carry."""
    return str(next((row["value"] for row in answer(db, "marking")), ""))


_OF_DEADLINE = ("deadline_words", "deadline_on", "deadline_precision", "published_on")


def _suggestion(told: Row, today: date) -> Row:
    """Another rating than the declared one, where the facts suggest it."""
    days = [piece[key] for piece in told["evidence"] for key in ("received_on", "shared_on") if piece[key]]
    known = {key: told[key] for key in ("rag", "status", "original_target_on", "last_review_on")}
    other = suggested(**known, last_evidence_on=max(days, default=None), today=today)
    return {"suggested_rag": str(other.rag) if other else None, "suggested_why": other.rule if other else None}


def link_read(row: Row) -> Row:
    """A link as it reads from the item's side."""
    reads = READS[Relation(row["relation"])][0 if row["made_here"] else 1]
    return {"relation": row["relation"], "reads": reads} | {
        key: row[key] for key in ("ref", "hmicfrs_ref", "title", "status")
    }


def _looked_at(piece: Row, register: Path) -> Row:
    """Whether the filed copy of a piece of evidence is still as it was filed; null of a link."""
    path, sha256 = piece["path"], piece["sha256"]
    if sha256 is None:
        return piece | {"as_filed": None, "fault": None}
    from recreg.store import evidence_files  # Most items have no file to look at.

    file = Path(path) if path else evidence_files.folder_of(register) / sha256
    fault = evidence_files.fault_of(file, sha256)
    return piece | {"as_filed": fault is None, "fault": fault}


def dossiers(db: sqlite3.Connection, numbers: list[int], *, today: date, register: Path) -> Answer:
    """The dossier of each item that a number means."""
    return [dossier(db, number, today=today, register=register) for number in numbers]
