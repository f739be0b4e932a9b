"""Which inspections, people, boards, portfolios and evidence are there?"""

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from recreg.domain.dates import pcc_comments_due
from recreg.questions import Answer, answer
from recreg.store import evidence_files


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlalchemy import and_, func, or_
    from sqlmodel import col

    from recreg.domain.models import Board, Evidence, EvidenceItem, Inspection, Item, Person, Portfolio
    from recreg.questions.selects import counts, named, parent, select_of

    there = and_(col(Item.withdrawn_on).is_(None), counts())
    is_open = and_(col(Item.closed_on).is_(None), col(Item.ours) == 1, there)

    def items_of(pointer: Any, target: Any, condition: Any) -> Any:
        query = select_of(func.count()).select_from(Item).outerjoin(parent, parent.id == Item.parent_id)
        return query.where(pointer == target, condition).scalar_subquery()

    def led(body: Any, pointer: Any) -> Any:
        open_items = items_of(pointer, body.id, is_open).label("open_items")
        query = select_of(body.name, col(Person.name).label("lead"), open_items)
        return query.outerjoin(Person, col(Person.id) == body.lead_id).order_by(body.name)

    inspection = select_of(
        Inspection.code, Inspection.title, Inspection.type, Inspection.publishers, Inspection.published_on,
        Inspection.expected_words, Inspection.our_part, Inspection.url, Inspection.summary, Inspection.pcc_applies,
        Inspection.pcc_comments_on, items_of(col(Item.inspection_id), Inspection.id, there).label("items"),
        items_of(col(Item.inspection_id), Inspection.id, is_open).label("open_items"),
    )  # fmt: skip
    evidence = select_of(
        Evidence.ref, func.group_concat(Item.ref, "; ").label("items"), Evidence.title, Evidence.file_name,
        Evidence.link, Evidence.path, Evidence.sha256, Evidence.size_bytes, Evidence.dated_on, Evidence.received_on,
        Evidence.received_from, Evidence.shared_on, Evidence.shared_with, Evidence.verdict, Evidence.verdict_why,
        Evidence.judged_on, Evidence.corrected_why,
    )  # fmt: skip
    evidence = evidence.outerjoin(EvidenceItem, col(EvidenceItem.evidence_id) == Evidence.id)
    evidence = evidence.outerjoin(Item, col(Item.id) == EvidenceItem.item_id)
    people = select_of(Person.name, Person.role, Person.email,
                    items_of(col(Item.owner_id), Person.id, is_open).label("open_items"))  # fmt: skip
    return {
        "inspections": inspection.where(or_(named("code").is_(None), col(Inspection.code) == named("code"))).order_by(
            col(Inspection.published_on), col(Inspection.code)
        ),
        "people": people.order_by(col(Person.name)),
        "boards": led(Board, col(Item.board_id)),
        "portfolios": led(Portfolio, col(Item.portfolio_id)),
        "evidence": evidence.where(
            or_(named("item_id").is_(None), col(Evidence.id).in_(
                select_of(EvidenceItem.evidence_id).where(col(EvidenceItem.item_id) == named("item_id"))))
        ).group_by(col(Evidence.id)).order_by(col(Evidence.id)),
    }  # fmt: skip


def inspections(db: sqlite3.Connection, code: str | None = None) -> Answer:
    """Every inspection, or the one of that code, with the end of its 56 days."""
    return [_with_comments(row) for row in answer(db, "inspections", code=code)]


def evidence(db: sqlite3.Connection, item_id: int | None = None) -> Answer:
    """Every piece of evidence, or what stands for one item."""
    return answer(db, "evidence", item_id=item_id)


def evidence_faults(db: sqlite3.Connection, register: Path) -> Answer:
    """The evidence whose file is missing, unreadable or no longer what was filed."""
    faults = []
    for row in answer(db, "evidence", item_id=None):
        file = Path(row["path"]) if row["path"] else evidence_files.folder_of(register) / str(row["sha256"])
        fault = evidence_files.fault_of(file, row["sha256"]) if row["sha256"] else None
        if fault:
            faults.append({key: row[key] for key in ("ref", "items", "title")} | {"fault": fault, "file": str(file)})
    return faults


def _with_comments(row: dict[str, Any]) -> dict[str, Any]:
    running = row["published_on"] and row["pcc_applies"]
    due = pcc_comments_due(date.fromisoformat(row["published_on"])).isoformat() if running else None
    return row | {"pcc_applies": bool(row["pcc_applies"]), "pcc_due_on": due}
