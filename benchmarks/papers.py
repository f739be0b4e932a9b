"""How long the committee's paper takes, as a ratio: against reading the very same tables in plain sqlite3.

The register holds so many items with five changes each, logged as any other. The
denominator reads every row of every table, the log's too, into dicts, and does nothing with them.

    python benchmarks/papers.py [ITEMS]
"""

import csv
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from recreg.store.file import connect_for_writing
from recreg.store.log import Act, seal
from recreg.store.triggers import allow_writing

RECREG = Path(sys.executable).with_name("recreg")
COLOURS = ("amber", "red", "amber", "green")


def main(items: int) -> None:
    """Print the ratio of a paper in each form to reading its tables."""
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder, "register.db")
        make(register, items)
        raw = statistics.median(reading(register) for _ in range(3))
        print(f"items                                 {items:,}, each changed five times")
        for form in ("md", "html"):
            seconds = statistics.median(
                timed(register, "paper", "--to", "today", "-o", Path(folder, f"p.{form}")) for _ in range(3)
            )
            print(f"paper as {form:4} / reading its tables    {seconds / raw:.2f}  ({seconds:.2f} s / {raw:.2f} s)")


def make(register: Path, items: int) -> None:
    """A register of items that were imported, then rated four times, each time by one changeset of the log."""
    recreg(register, "init")
    recreg(register, "inspection", "add", "A", "--title", "A report", "--type", "thematic", "--published", "2019-07-17")
    file = register.with_name("items.csv")
    write(file, [["recommendation", "A", n, f"Title {n}", "Vulnerability Board"] for n in range(items)],
          "kind inspection number title board")  # fmt: skip
    recreg(register, "import", file)
    with closing(connect_for_writing(register)) as db:
        allow_writing(db)
        for turn, colour in enumerate(COLOURS):
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE item SET rag = ?, rag_why = ?", (colour, f"turn {turn}"))
            seal(db, Act("rag", "Benchmark", date.today()))  # noqa: DTZ011 - any day up to today will do
            db.execute("COMMIT")


def write(file: Path, rows: list[list[object]], headings: str) -> None:
    """A file of rows."""
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([headings.split(), *rows])


def recreg(register: Path, *words: object) -> None:
    """Run the installed command; it must be taken."""
    subprocess.run([RECREG, "--register", register, *map(str, words)], check=True, capture_output=True)


def timed(register: Path, *words: object) -> float:
    """Seconds of a whole process."""
    begun = time.perf_counter()
    recreg(register, *words)
    return time.perf_counter() - begun


def reading(register: Path) -> float:
    """Seconds of a process that reads every row of every table into dicts."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, __file__, "--read", register], check=True)
    return time.perf_counter() - begun


def read(register: str) -> None:
    """Read every row of every table into dicts."""
    with closing(sqlite3.connect(register)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            cursor = db.execute(f"SELECT * FROM {name}")
            names = [column for column, *_ in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor]
            del rows


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
