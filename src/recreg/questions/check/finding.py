"""One thing that is wrong with the data: of which item, in a sentence, with the command that cures it."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from recreg.domain.dates import spoken

Finding = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What is looked through: the register, where its file is, and the day it is."""

    db: sqlite3.Connection
    register: Path
    today: date


Rule = Callable[[Asked], Iterator[Finding]]


def finding(row: dict[str, Any], message: str, cure: str) -> Finding:
    """A finding about the item, or the piece of evidence, of that row."""
    return {"ref": row["ref"], "hmicfrs_ref": row.get("hmicfrs_ref"), "message": message, "cure": cure}


def day(stored: str) -> str:
    """A stored day as a sentence has it."""
    return spoken(date.fromisoformat(stored))
