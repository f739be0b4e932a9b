"""What is wrong with the data? `recreg check`: each finding with a stable code and the command that cures it.

Withdrawn items are never looked at. Of what is not ours only what spoils the file is told.
"""

import sqlite3
from collections.abc import Collection
from datetime import date
from pathlib import Path

from recreg.questions import Answer
from recreg.questions.check import days, families, files, missing, names, texts
from recreg.questions.check.finding import Asked, Rule

#: Every code and what it means: a promise, as the keys are (docs/machine-output.md).
CODES = {
    "RR101": "an open item has no owner",
    "RR102": "an open item has no board",
    "RR103": "an open cause of concern has no recommendation under it",
    "RR104": "an open item hangs on a cause of concern that is closed",
    "RR105": "a target was in the past when it was entered",
    "RR106": "no day follows from the words of a deadline",
    "RR107": "an item is rated green past its first target",
    "RR108": "an item is complete or submitted without evidence that was judged sufficient",
    "RR109": "an item was submitted without a board's agreement",
    "RR110": "an item was closed by HMICFRS without its letter",
    "RR111": "a file of evidence is missing or changed",
    "RR112": "two names in use are much alike",
    "RR113": "two items have near-identical texts",
    "RR114": "an area for improvement is open though a cause of concern was escalated from it",
}

_RULES: dict[str, Rule] = {
    "RR101": missing.without_owner,
    "RR102": missing.without_board,
    "RR103": families.childless_cause,
    "RR104": families.child_of_closed_cause,
    "RR105": days.target_in_the_past,
    "RR106": days.words_without_day,
    "RR107": days.green_past_target,
    "RR108": missing.without_evidence,
    "RR109": missing.without_agreement,
    "RR110": missing.without_letter,
    "RR111": files.spoiled_evidence,
    "RR112": names.alike,
    "RR113": texts.near_identical,
    "RR114": families.escalated_and_open,
}


def check(db: sqlite3.Connection, register_path: Path, today: date, ignore: Collection[str] = ()) -> Answer:
    """One row for each thing that is wrong, by code and then by reference."""
    asked = Asked(db, register_path, today)
    rules = {code: rule for code, rule in _RULES.items() if code not in ignore}
    found = [{"code": code} | each for code, rule in rules.items() for each in rule(asked)]
    return sorted(found, key=lambda row: (row["code"], len(row["ref"] or ""), row["ref"] or "", row["message"]))
