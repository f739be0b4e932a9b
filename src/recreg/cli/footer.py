"""What stands below a table: the day, what is open, what is left out."""

import sqlite3
import sys
from datetime import date

from recreg.cli import settings
from recreg.cli.printer import Format, is_terminal
from recreg.domain.dates import spoken


def footer(db: sqlite3.Connection, today: date | None, form: Format | None, *first: str) -> list[str] | None:
    """The lines below a table; None where no table is printed, which is then not counted either.

    The day is asked for only then, unless it is given.
    """
    if form not in {None, Format.TABLE} or (form is None and not is_terminal(sys.stdout)):
        return None
    from recreg.questions.figures import figures

    known = figures(db)
    left_out = f"Left out of the figures: {known.left_out}." if known.left_out else ""
    lines = [
        ". ".join([*first, f"Open and ours: {known.sentence}"]) + ".",
        left_out,
        f"As at {day_shown(today or settings.today())}.",
    ]
    return [line for line in lines if line]


def day_shown(today: date) -> str:
    """The day in words, saying so where RECREG_TODAY sets it or where it is looked back to."""
    told = spoken(today) + (" (set by RECREG_TODAY)" if settings.today_is_set() else "")
    moment = settings.moment()
    return told if moment is None or moment.number is None else f"{told}, as recorded up to changeset {moment.number}"
