"""Is the register what was recorded? The file, its log, its tables, its evidence, and every head that is known."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recreg.questions import Answer
from recreg.questions.evidence import evidence_faults
from recreg.store import heads, proof
from recreg.store.log import head


@dataclass(frozen=True)
class Proof:
    """What was found wrong, and what was looked at: the head, the counts, the heads compared, what was redacted."""

    faults: Answer
    head: tuple[int, str]
    changes: int
    heads: int
    redacted: Answer


def proof_of(db: sqlite3.Connection, register: Path, noted: list[heads.Head]) -> Proof:
    """Hold a register against itself, its evidence, and every head of its log that is known or was ``noted``."""
    found = [*proof.faults(db)]
    try:
        if not any(fault.what == "file" for fault in found):
            return _whole(db, register, noted, found)
    except proof.UNREADABLE as error:
        found.append(proof.unreadable(error))
    return Proof([_row(fault) for fault in found], (0, ""), 0, 0, [])


def _whole(
    db: sqlite3.Connection, register: Path, noted: list[heads.Head], found: list[proof.Fault]
) -> Proof:  # fmt: skip
    known = [*noted, *heads.known_heads(db, register)]
    found += [_astray(head, means) for head, means in heads.not_in_the_log(db, known)]
    (changes,) = db.execute("SELECT count(*) FROM change").fetchone()
    newest, taken_out = head(db), _redacted(db)
    found += [_spoilt(row) for row in evidence_faults(db, register)]
    return Proof([_row(fault) for fault in found], newest, changes, len(known), taken_out)


def _astray(noted: heads.Head, means: str) -> proof.Fault:
    return proof.Fault(
        "head",
        f"{noted.where[0].upper()}{noted.where[1:]} ends with changeset {noted.number}, and {means}.",
        "recreg restore FILE puts a backup back that has them; ask who else writes to the file.",
        changeset=noted.number,
    )


def _spoilt(row: dict[str, object]) -> proof.Fault:
    said = f"The file of the evidence {row['ref']} is {row['fault']}: {row['file']}."
    return proof.Fault("evidence", said, "recreg check tells how to put it right.", ref=str(row["ref"]))


def _row(fault: proof.Fault) -> dict[str, object]:
    return {
        "what": fault.what,
        "changeset": fault.changeset,
        "ref": fault.ref,
        "message": fault.message,
        "cure": fault.cure,
    }


def _redacted(db: sqlite3.Connection) -> Answer:
    """Each row that words were redacted from, with the act that did it."""
    query = (
        "SELECT DISTINCT c.changeset, s.at, s.by_whom, r.noun, r.row, r.fields FROM redaction AS r "
        "JOIN change AS c ON c.noun = 'redaction' AND c.row = r.id JOIN changeset AS s ON s.number = c.changeset "
        "ORDER BY r.id"
    )
    found: dict[tuple[Any, ...], set[str]] = {}
    for *act_and_row, fields in db.execute(query):
        found.setdefault(tuple(act_and_row), set()).update(fields.split(", "))
    return [
        {
            "changeset": number,
            "at": at,
            "by": by,
            "called": proof.own_ref(noun, row),
            "fields": ", ".join(sorted(fields)),
        }
        for (number, at, by, noun, row), fields in found.items()
    ]
