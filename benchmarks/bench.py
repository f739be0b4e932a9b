"""Every budget, measured in one run: ``make bench``. Ends with 1 where a limit is passed.

    python benchmarks/bench.py [--write] [NAME…]

``--write`` keeps the table in docs/performance.md, with the machine and how cost grows; a NAME measures
that group alone.
"""

import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import growth
from budgets import GROUPS, Result

PAGE = Path(__file__).parents[1] / "docs/performance.md"
_BEGIN, _END = "<!-- what make bench printed -->", "<!-- the end of it -->"


def main(words: list[str]) -> int:
    """Measure, print, and keep where asked; 1 where a limit is passed."""
    for name in ("RECREG_REGISTER", "RECREG_TODAY", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    wanted = [word for word in words if not word.startswith("-")]
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        for group in GROUPS:
            if not wanted or group.__name__ in wanted:
                results += _printed(group(Path(folder)))
        if "--write" in words:
            _write(results, growth.measured(Path(folder)))
    beyond = [result for result in results if not result.holds]
    print(f"{len(results)} measured, {len(beyond)} beyond their limit.")
    return 1 if beyond else 0


def _printed(results: Iterable[Result]) -> list[Result]:
    kept = []
    for result in results:
        print(_line(result), flush=True)
        kept.append(result)
    return kept


def _line(result: Result) -> str:
    limit = "none" if result.limit == float("inf") else f"{result.limit:.3g}"
    verdict = "" if result.holds else " **beyond**"
    return f"| {result.what} | {result.against} | {result.measured:.2f} {result.unit} | {limit}{verdict} |"


def _write(results: list[Result], costs: growth.Costs) -> None:
    """The page keeps its words; what was measured between its marks is new."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    after = rest.split(_END)[1]
    table = ["| what | against | measured | limit |", "|---|---|---|---|", *map(_line, results)]
    machine = (
        f"{datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    )
    growth.plot(costs)
    kept = [before + _BEGIN, "", machine, "", *table, "", *growth.table(costs), "", _END + after]
    PAGE.write_text("\n".join(kept), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
