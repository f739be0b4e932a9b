"""What evidence is there, and is each file still as it was filed?"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from recreg.questions import Answer, answer
from recreg.store import evidence_files


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from sqlalchemy import func, or_
    from sqlmodel import col

    from recreg.domain.models import Evidence, EvidenceItem, Item
    from recreg.questions.selects import named, select_of

    query = select_of(
        Evidence.ref, func.group_concat(Item.ref, "; ").label("items"), Evidence.title, Evidence.file_name,
        Evidence.link, Evidence.path, Evidence.sha256, Evidence.size_bytes, Evidence.dated_on, Evidence.received_on,
        Evidence.received_from, Evidence.shared_on, Evidence.shared_with, Evidence.verdict, Evidence.verdict_why,
        Evidence.judged_on, Evidence.corrected_why,
    )  # fmt: skip
    query = query.outerjoin(EvidenceItem, col(EvidenceItem.evidence_id) == Evidence.id)
    query = query.outerjoin(Item, col(Item.id) == EvidenceItem.item_id)
    asked = select_of(EvidenceItem.evidence_id).where(col(EvidenceItem.item_id) == named("item_id"))
    query = query.where(or_(named("item_id").is_(None), col(Evidence.id).in_(asked)))
    return {"evidence": query.group_by(col(Evidence.id)).order_by(col(Evidence.id))}


def evidence(db: sqlite3.Connection, item_id: int | None = None) -> Answer:
    """Every piece of evidence, or what stands for one item."""
    return answer(db, "evidence", item_id=item_id)


def evidence_faults(db: sqlite3.Connection, register: Path) -> Answer:
    """The evidence whose file is missing, unreadable or no longer what was filed."""
    faults, filed = [], answer(db, "evidence", item_id=None)
    with _others_may_write(db):
        for row in filed:
            file = Path(row["path"]) if row["path"] else evidence_files.folder_of(register) / str(row["sha256"])
            if fault := evidence_files.fault_of(file, row["sha256"]) if row["sha256"] else None:
                told = {key: row[key] for key in ("ref", "items", "title")}
                faults.append(told | {"fault": fault, "file": str(file)})
    return faults


@contextmanager
def _others_may_write(db: sqlite3.Connection) -> Iterator[None]:
    """Hold nobody up while files are read, which may take minutes: what is asked afterwards may be later."""
    looks_back = db.execute("SELECT 1 FROM temp.sqlite_master").fetchone()  # Its TEMP tables are of this moment.
    was_reading = db.in_transaction and not looks_back
    if was_reading:
        db.execute("COMMIT")
    yield
    if was_reading:
        db.execute("BEGIN")
