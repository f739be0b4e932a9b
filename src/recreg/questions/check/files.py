"""Evidence whose file is missing, or no longer what was filed."""

from collections.abc import Iterator
from typing import Any

from recreg.questions.check.finding import Asked, Finding, finding
from recreg.questions.evidence import evidence_faults
from recreg.store.evidence_files import folder_of


def spoiled_evidence(asked: Asked) -> Iterator[Finding]:
    """RR111: what an inspector would be shown is not there."""
    kept_under = str(folder_of(asked.register))
    for row in evidence_faults(asked.db, asked.register):
        fault = {"missing": "is missing", "changed": "is no longer what was filed"}.get(row["fault"])
        said = f"The file of the evidence {row['ref']} “{row['title']}” {fault or 'is ' + row['fault']}: {row['file']}."
        yield finding(row, said, _refiled(row) if row["file"].startswith(kept_under) else _put_back(row))


def _refiled(row: dict[str, Any]) -> str:
    """The same file filed again takes its old place, since a file is kept under the hash of its content."""
    items = " ".join(f"--for {ref}" for ref in (row["items"] or "REF").split("; "))
    return f"recreg evidence add FILE {items}"


def _put_back(row: dict[str, Any]) -> str:
    return f"recreg evidence check, once the file is at {row['file']} again"
