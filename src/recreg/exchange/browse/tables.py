"""What the pages say of tables and columns: titles, the words of docs/register-file.md, labels, facets.

The page of the register file is the one place that tells of a column; a test holds it to the schema.
"""

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import recreg
from recreg.questions import answer

#: What the register is called in every address.
NAME = "register"

#: Tables that only the machinery wants.
HIDDEN = ("alembic_version", "log_entry", "sqlite_sequence")

#: In the order of the first page; a table that is not among them comes after them, by its own name.
TITLES = {
    "item_in_words": "Items, in words",
    "item": "Items, as stored",
    "inspection": "Inspections and their reports",
    "review": "Three-month reviews",
    "note": "Owners' updates",
    "evidence": "Evidence",
    "evidence_item": "Which evidence stands for which item",
    "link": "What items have to do with each other",
    "meeting": "Committee meetings",
    "person": "People",
    "board": "Governance boards",
    "portfolio": "Portfolios",
    "rag_key": "What the colours mean",
    "import_file": "Files that were imported",
    "setting": "Settings",
    "changeset": "The log: acts",
    "change": "The log: what each act changed",
}

#: The column that names a row wherever another table points at it: the first of these that there is.
_LABELS = ("ref", "name", "code", "command", "colour")
#: What a list is worth being counted by.
_FACETS = "kind status rag owner owner_id outcome verdict type our_part relation by_whom command noun".split()
#: The log is read from its end.
_NEWEST_FIRST = {"changeset": "number", "change": "id"}


@dataclass(frozen=True)
class Shown:
    """The register as the pages show it: its protective marking, and its tables and views with their columns."""

    marking: str
    columns: dict[str, list[str]]


def shown(db: sqlite3.Connection) -> Shown:
    """What there is to show in a register."""
    (marking,) = answer(db, "marking") or [{"value": ""}]
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    columns = {name: [row[1] for row in db.execute(f"PRAGMA table_xinfo({name})")] for name in names}
    return Shown(marking["value"], columns)


def metadata(register: Shown) -> dict[str, Any]:
    """What Datasette is told of the register and its tables."""
    told = descriptions()
    ranks = {table: rank for rank, table in enumerate(TITLES)}
    tables = sorted(register.columns, key=lambda table: ranks.get(table, len(ranks)))
    return {
        "title": "The register",
        "extra_css_urls": ["/static/browse.css"],
        "databases": {
            NAME: {
                "title": "The register",
                "description": "What stands here can be read, and nothing can be changed. Every page shows the "
                "register as it is when the page is opened.",
                "tables": {table: _of_table(table, register.columns[table], told) for table in tables},
            }
        },
    }


def _of_table(table: str, columns: list[str], told: "Descriptions") -> dict[str, Any]:
    words = told.columns.get(table, {})
    labels = [name for name in _LABELS if name in columns]
    return {
        "title": TITLES.get(table, table.replace("_", " ").capitalize()),
        "description": told.tables.get(table, ""),
        "columns": {name: words[name] for name in columns if words.get(name)},
        "facets": [name for name in _FACETS if name in columns],
        "hidden": table in HIDDEN,
        **({"label_column": labels[0]} if labels else {}),
        **({"units": {"size_bytes": "B"}} if "size_bytes" in columns else {}),
        **({"sort_desc": _NEWEST_FIRST[table]} if table in _NEWEST_FIRST else {}),
    }


@dataclass(frozen=True)
class Descriptions:
    """A paragraph for each table that has one, and a line for each column."""

    tables: dict[str, str]
    columns: dict[str, dict[str, str]]


def descriptions() -> Descriptions:
    """The words of the page of the register file, plain."""
    tables, columns = {}, {}
    for heading, section in re.findall(r"^### (.*`.*)\n((?:(?!^##).*\n?)*)", _page(), re.MULTILINE):
        named = re.findall(r"`(\w+)`", heading)
        first = section.strip().split("\n\n")[0]
        rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.MULTILINE)
        for table in named:
            tables[table] = "" if first.startswith("|") else _plain(re.sub(r"\s[^.]*:$", "", first))
            columns[table] = {column: _plain(words) for column, words in rows if words != "see above"}
    of_item = columns["item"]
    columns["item_in_words"] = of_item | {name.removesuffix("_id"): words for name, words in of_item.items()}
    return Descriptions(tables, columns)


def _plain(words: str) -> str:
    """Without the marks of Markdown, and without saying which of several tables has the column: its page shows it."""
    words = re.sub(r"^(?:`\w+`(?:, | and )?)+(?: only(?:: |$)|: )", "", words)
    words = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", words)
    return " ".join(re.sub(r"[`*]", "", words).split())


def _page() -> str:
    """The page: inside the installed package, or beside ``src`` in a checkout."""
    package = Path(recreg.__file__).parent
    inside = package / "docs/register-file.md"
    return (inside if inside.is_file() else package.parents[1] / "docs/register-file.md").read_text(encoding="utf-8")
