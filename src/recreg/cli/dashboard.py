"""`recreg` alone: how the register stands, on one screen."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recreg.cli import settings
from recreg.cli.footer import day_shown
from recreg.cli.heartbeat import last_backup
from recreg.cli.options import reading
from recreg.cli.printer import Format, is_terminal, print_rows
from recreg.domain.vocabulary import Clock, Kind, Rag, counted, plural
from recreg.questions.columns import FIGURES, Column

if TYPE_CHECKING:
    from recreg.questions.figures import Figures

#: Red goes last where a screen is narrow.
_WEIGHTS = (8, 7, 6, 5, 4, 4)
_COLUMNS = (
    Column("figure", "Open and ours", listed=True, weight=9, least=15),
    *(
        Column(str(rag), str(rag), listed=True, weight=weight, least=len(rag))
        for weight, rag in zip(_WEIGHTS, Rag, strict=True)
    ),
    Column("all", "all", listed=True, weight=9, least=4),
)

_CLOCKS = {
    Clock.REVIEW: "overdue for the three-month review",
    Clock.TARGET: "past the original target",
    Clock.DEADLINE: "past HMICFRS's deadline",
    Clock.PCC: "past the commissioner's 56 days (reports)",
}


def dashboard() -> None:
    """Open items by kind and RAG, the clocks, what is with HMICFRS, and the last backup.

    A table and sentences on a terminal; in a pipe a line for each figure.
    """
    from recreg.questions.figures import clocks, figures

    today, path = settings.today(), settings.register_file()
    with reading() as db:
        known, late = figures(db), clocks(db, today)
    if not is_terminal(sys.stdout):
        print_rows(_in_lines(known, late, today), FIGURES, None)
        return
    rows = [
        {"figure": plural(kind, 2), "all": known.by_kind[kind]}
        | {str(rag): known.by_kind_and_rag[kind, rag] for rag in Rag}
        for kind in Kind
    ]
    used = [c for c in _COLUMNS if c.key not in {Rag.BLUE, Rag.WHITE} or any(row[c.key] for row in rows)]
    print_rows(
        rows,
        used,
        Format.TABLE,
        title=str(path),
        footer=_footer(known, late, path, today),
        cure="A wider window has them.",
    )


def _footer(known: "Figures", late: dict[Clock, int], path: Path, today: date) -> list[str]:
    recreg = settings.register_word()
    left_out = [f"Left out of the figures: {known.left_out}."] if known.left_out else []
    return [
        f"Open and ours: {known.sentence}.",
        *(f"{count:>5} {_CLOCKS[clock]}" for clock, count in late.items()),
        f"{known.with_hmicfrs:>5} with HMICFRS{_longest(known, today)}",
        *left_out,
        f"{_capital(last_backup(path))}. As at {day_shown(today)}.",
        f"Next: {recreg} overdue · {recreg} list · {recreg} --help",
    ]


def _in_lines(known: "Figures", late: dict[Clock, int], today: date) -> list[dict[str, Any]]:
    figures = {f"open_{kind}": count for kind, count in known.by_kind.items()}
    figures |= {"under_causes": known.under_causes, "with_hmicfrs": known.with_hmicfrs}
    figures |= {f"overdue_{clock}": count for clock, count in late.items()}
    figures |= {"with_hmicfrs_longest_days": known.longest_with_hmicfrs(today)}
    return [{"figure": name, "count": count} for name, count in figures.items()]


def _longest(known: "Figures", today: date) -> str:
    days = known.longest_with_hmicfrs(today)
    return f", the longest for {counted(days, 'day')}" if known.with_hmicfrs else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
