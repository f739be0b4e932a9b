"""The line by which an empty report is seen to be a real one: which register, how it stands, and who says so."""

import sqlite3
from datetime import date
from pathlib import Path

from recreg.cli.footer import day_shown
from recreg.domain.dates import spoken
from recreg.domain.vocabulary import counted
from recreg.questions import Answer


def heartbeat(db: sqlite3.Connection, rows: Answer, path: Path, today: date) -> str:
    """What `recreg overdue --always` prints in any case, on one line."""
    from recreg import __version__
    from recreg.questions.figures import figures

    open_items = counted(sum(figures(db).by_kind.values()), "item")
    told = [f"{len(rows)} listed", f"{open_items} open and ours", last_change(db), last_backup(path)]
    return f"recreg {__version__}: {'; '.join(told)}; as at {day_shown(today)}; {path}."


def last_change(db: sqlite3.Connection) -> str:
    """When the register was last written to, in UTC, and by which entry of the log."""
    number, at = db.execute("SELECT number, at FROM changeset ORDER BY number DESC LIMIT 1").fetchone()
    return f"last change {spoken(date.fromisoformat(at[:10]))} (changeset {number})"


def last_backup(path: Path) -> str:
    """The day of the newest copy beside the register."""
    folder = path.with_name(path.name + ".backups")
    kept = sorted(folder.glob("[0-9]*.db")) if folder.is_dir() else []
    return f"last backup {spoken(date.fromisoformat(kept[-1].name[:10]))}" if kept else "no backup yet"
