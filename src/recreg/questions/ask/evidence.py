"""Where is evidence missing, unverified, changed or old?"""

import sqlite3
from pathlib import Path
from typing import Any

from recreg.domain.dates import spoken
from recreg.questions import Answer
from recreg.questions.ask import Asked, asked_rows
from recreg.questions.columns import Column
from recreg.questions.evidence import evidence, evidence_faults

TAKES_SINCE = True
COLUMNS = (
    Column("fault", "Fault", listed=True, weight=8, least=10),
    Column("evidence", "Evidence", listed=True, weight=7, least=6),
    Column("evidence_title", "What it is", listed=True, weight=5, least=12),
    Column("last_evidence_on", "Newest", listed=True, weight=5, least=10),
)
SORTED_BY, SORTS = "fault", ("missing", "unverified", "insufficient", "changed", "old")


def statements() -> dict[str, Any]:
    """The select, by the name of its SQL file."""
    from recreg.questions.selects import asked_of, last_evidence

    return {"evidence": asked_of(last_evidence().label("last_evidence_on"))}


def rows(db: sqlite3.Connection, asked: Asked) -> Answer:
    """A row for each fault of an open item's evidence; a piece for several items has a row under each.

    Old is evidence of which nothing was received or shared since the day, or for twelve calendar months.
    """
    since, pieces = asked.since_or(12).isoformat(), _by_item(db)
    found = []
    for item in asked_rows(db, "evidence", asked):
        for fault, piece in _faults(item, pieces.get(item["ref"], []), since):
            found.append(item | {"fault": fault, "evidence": piece.get("ref"), "evidence_title": piece.get("title")})
    return found


def told(_db: sqlite3.Connection, asked: Asked, _rows: Answer) -> list[str]:
    """What counts as old, and how a piece is judged."""
    return [
        f"Old: nothing received or shared since {spoken(asked.since_or(12))}.",
        "recreg evidence judge E-… sufficient verifies a piece.",
    ]


def _faults(item: dict[str, Any], pieces: Answer, since: str) -> list[tuple[str, dict[str, Any]]]:
    if not pieces:
        return [("missing", {})]
    faults = [("unverified", piece) for piece in pieces if piece["verdict"] is None]
    faults += [("insufficient", piece) for piece in pieces if piece["verdict"] == "insufficient"]
    faults += [("changed", piece) for piece in pieces if piece["is_changed"]]
    return faults + ([("old", {})] if (item["last_evidence_on"] or "") < since else [])


def _by_item(db: sqlite3.Connection) -> dict[str, Answer]:
    (_, _, file), *_ = db.execute("PRAGMA database_list").fetchall()
    changed = {fault["ref"] for fault in evidence_faults(db, Path(file))}
    pieces: dict[str, Answer] = {}
    for piece in evidence(db):
        for ref in (piece["items"] or "").split("; "):
            pieces.setdefault(ref, []).append(piece | {"is_changed": piece["ref"] in changed})
    return pieces
