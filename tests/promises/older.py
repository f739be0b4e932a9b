"""Registers as older recregs made them: the older migrations alone, with rows in every table that there was."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from recreg.store import schema
from recreg.store.file import APPLICATION_ID, connect_for_writing, create_empty
from recreg.store.log import Act, seal
from recreg.store.triggers import allow_writing, logged_tables

Row = dict[str, Any]
#: A row of each table, by its number; there are as many items, reviews and notes as are asked for, of the rest a few.
ROWS: dict[str, Callable[[int], Row]] = {
    "person": lambda n: {"name": f"Officer {n}", "name_key": f"officer {n}", "role": "Lead", "email": None},
    "board": lambda n: {"name": f"Board {n}", "name_key": f"board {n}", "lead_id": n},
    "portfolio": lambda n: {"name": f"Portfolio {n}", "name_key": f"portfolio {n}", "lead_id": None},
    "inspection": lambda n: {"code": f"I-{n}", "title": f"Report {n}", "type": "thematic", "published_on": "2021-11-01"},
    "item": lambda n: {
        "kind": "recommendation", "title": f"Needs {n}", "text": "=1+1\n“so”", "inspection_id": 1 + n % 3, "number": str(n),
        "owner_id": 1 + n % 3, "added_on": "2022-01-01", "review_anchor_on": "2022-01-01", "next_review_on": "2022-04-01",
        "rag": "red", "rag_why": "late", "deadline_words": "within six months", "target_on": "2022-12-31",
        "original_target_on": "2022-12-31",
    },
    "review": lambda n: {"item_id": n, "held_on": "2022-02-01", "outcome": "on_track", "note": f"held {n}"},
    "note": lambda n: {"item_id": n, "noted_on": "2022-03-01", "text": f"noted {n}"},
    "evidence": lambda n: {"title": f"audit {n}", "link": "https://x.example", "received_on": "2022-03-01"},
    "evidence_item": lambda n: {"evidence_id": n, "item_id": n},
    "rag_key": lambda n: {"colour": ("red", "amber", "green")[n - 1], "words": "in our words"},
    "link": lambda n: {"item_id": n, "relation": "related", "other_id": n + 1},
    "import_file": lambda n: {"name": f"{n}.csv", "sha256": f"{n:064}", "what": "items", "added": n, "changed": 0, "unchanged": 0},
    "meeting": lambda n: {"name": f"JAC {n}", "name_key": f"jac {n}", "held_on": "2022-09-29", "cutoff_on": "2022-09-15"},
}  # fmt: skip
MANY, FEW = {"item", "review", "note"}, 3


def scripts_up_to(number: int, folder: Path) -> Path:
    """The migrations that there were then."""
    scripts = Path(shutil.copytree(schema.scripts_folder(), folder, ignore=shutil.ignore_patterns("__pycache__")))
    for script in (scripts / "versions").glob("[0-9]*.py"):
        if int(script.name[:4]) > number:
            script.unlink()
    return scripts


def older(path: Path, number: int, rows: int) -> Path:
    """A register of that schema, with so many items, each with a review and a note, and some of the rest."""
    create_empty(path, APPLICATION_ID)
    act = Act("init", "Clerk", date(2022, 1, 1))
    schema._upgrade(path, scripts_up_to(number, path.with_name(f"{path.name} scripts")), act, {"marking": "OFFICIAL"})
    with closing(connect_for_writing(path, any_schema=True)) as db:
        allow_writing(db)
        for command, statements in _acts(db, rows).items():
            db.execute("BEGIN IMMEDIATE")
            for sql, values in statements:
                db.execute(sql, values)
            seal(db, Act(command, "Clerk", date(2022, 3, 1)))
            db.execute("COMMIT")
    return path


def _acts(db: sqlite3.Connection, rows: int) -> dict[str, Iterator[tuple[str, tuple[Any, ...]]]]:
    there = logged_tables(db)
    return {
        "import": (
            _inserting(table, n)
            for table in ROWS
            if table in there
            for n in range(1, 1 + (rows if table in MANY else FEW))
        ),
        "edit": iter([("UPDATE item SET title = 'Needs put right', rag = 'amber' WHERE id <= 2", ())]),
        "undo": iter([("DELETE FROM note WHERE id = ?", (rows,))]),
    }


def _inserting(table: str, n: int) -> tuple[str, tuple[Any, ...]]:
    row = ROWS[table](n)
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
