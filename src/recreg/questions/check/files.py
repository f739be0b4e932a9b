"""Evidence whose file is missing, or no longer what was filed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recreg.domain.text import shell_word
from recreg.questions.check.finding import Asked, Finding, finding
from recreg.questions.evidence import evidence_faults
from recreg.store.evidence_files import folder_of


def spoiled_evidence(asked: Asked) -> Iterator[Finding]:
    """RR111: what an inspector would be shown is not there."""
    folder = folder_of(asked.register)
    for row in evidence_faults(asked.db, asked.register):
        fault = {"missing": "is missing", "changed": "is no longer what was filed"}.get(row["fault"])
        said = f"The file of the evidence {row['ref']} “{row['title']}” {fault or 'is ' + row['fault']}: {row['file']}."
        is_copy = fault is not None and Path(row["file"]).parent == folder
        yield finding(row, said, _copied_back(row, folder) if is_copy else _put_back(row))


def _copied_back(row: dict[str, Any], folder: Path) -> str:
    """The very file in its old place, under its hash: filed again, it would be another piece of evidence."""
    made = "" if folder.exists() else f"mkdir -m 700 {shell_word(str(folder))}, then "
    return f"{made}cp FILE {shell_word(row['file'])}, where FILE is the very file that was filed as {row['ref']}"


def _put_back(row: dict[str, Any]) -> str:
    what = "can be read" if row["fault"].startswith("unreadable") else "is there again, the very one that was filed"
    return f"recreg evidence check, once the file {shell_word(row['file'])} {what}"
