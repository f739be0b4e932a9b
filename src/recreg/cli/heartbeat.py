"""The line by which an empty report is seen to be a real one: which register, how it stands, and who says so."""

import sqlite3
from datetime import date, datetime
from pathlib import Path

from recreg.cli.footer import day_shown
from recreg.domain.dates import spoken, today_in_london
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
    """The day, in London, on which the register was last written to, and by which entry of the log."""
    number, at = db.execute("SELECT number, at FROM changeset ORDER BY number DESC LIMIT 1").fetchone()
    return f"last change {spoken(today_in_london(datetime.fromisoformat(at)))} (changeset {number})"


def last_backup(path: Path) -> str:
    """The day, in London, of the newest backup beside the register."""
    from recreg.store.backups_there import newest

    try:
        made = newest(path)
    except OSError:  # An account that may read the register need not be let into the folder.
        return "last backup not known to this account"
    return f"last backup {spoken(today_in_london(made))}" if made else "no backup yet"
