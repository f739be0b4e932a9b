"""How long an import takes, as a ratio: against raw ``executemany`` of the very rows that it leaves.

The denominator writes the same item rows and the same log rows into the same tables, in one
transaction with the same settings of SQLite, from lists that are in memory already: no file is
read, nothing is understood, matched, compared or hashed. Both are measured in one run.

    python benchmarks/imports.py [ROWS]
"""

import csv
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from timing import ratio

RECREG = Path(sys.executable).with_name("recreg")
HEADINGS = "kind inspection number title text deadline_words owner board rag rag_why target_on".split()
TEXT = (
    "Chief constables should make sure that every victim is asked what they need, that the answer is "
    "written down in the file, and that a supervisor looks at it each month and says what follows."
)


def main(rows: int) -> None:
    """Print the ratios of a first import and of an identical second one, and the memory of the first."""
    with tempfile.TemporaryDirectory() as folder:
        file, register = prepared(Path(folder), rows)
        first, memory = timed(register, "import", file)
        raw = raw_of(register, Path(folder, "raw.db"))
        second, _ = timed(register, "import", file)
        compared, _ = timed(register, "import", file, "--again")
        print(f"rows                                {rows:,}")
        print(f"first import / raw executemany      {first / raw:.2f}  ({first:.2f} s / {raw:.2f} s)")
        print(f"the same file again / first import  {second / first:.2f}")
        print(f"the same, row by row / first import {compared / first:.2f}")
        print(f"memory of the first import          {memory:.0f} MB")


def ratios(folder: Path, rows: int, sqlite_utils: Path, rounds: int) -> tuple[float, float]:
    """A first import against raw ``executemany``, and against what checks and logs nothing: medians of the rounds."""
    ours, raw, theirs = [], [], []
    for turn in range(rounds):
        place = folder / f"import-{turn}"
        place.mkdir()
        file, register = prepared(place, rows)
        ours.append(timed(register, "import", file)[0])
        raw.append(raw_of(register, place / "raw.db"))
        begun = time.perf_counter()
        subprocess.run(
            [sqlite_utils, "insert", place / "theirs.db", "item", file, "--csv", "--pk", "number"],
            check=True,
            capture_output=True,
        )
        theirs.append(time.perf_counter() - begun)
        shutil.rmtree(place)
    return ratio(ours, raw), ratio(ours, theirs)


def prepared(folder: Path, rows: int) -> tuple[Path, Path]:
    """A file of new items, and a register that has their report."""
    file, register = folder / "items.csv", folder / "register.db"
    write(file, rows)
    recreg(register, "init")
    report = ["A", "--title", "A report", "--type", "thematic", "--published", "2019-07-17"]
    recreg(register, "inspection", "add", *report)
    return file, register


def write(file: Path, rows: int) -> None:
    """A file of new items, each with its own words."""
    with file.open("w", newline="", encoding="utf-8") as out:
        written = csv.writer(out)
        written.writerow(HEADINGS)
        for number in range(rows):
            written.writerow(
                ["recommendation", "A", number, f"Title {number}", f"{TEXT} {number}", "within six months",
                 f"Owner {'ABCDE'[number % 5] * 5}", "Vulnerability Board", "amber", "at risk", "2030-12-31"]
            )  # fmt: skip


def recreg(register: Path, *words: object) -> None:
    """Run the installed command; it must be taken."""
    subprocess.run([RECREG, "--register", register, *map(str, words)], check=True, capture_output=True)


def timed(register: Path, *words: object) -> tuple[float, float]:
    """Seconds of a whole process, and the most memory of any child so far, in MB."""
    begun = time.perf_counter()
    recreg(register, *words)
    return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def raw_of(register: Path, target: Path) -> float:
    """Seconds to write the rows that the import left, and its log, into the same tables without triggers."""
    with closing(sqlite3.connect(register)) as source:
        (page,) = source.execute("PRAGMA page_size").fetchone()
        for (sql,) in source.execute(
            "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        ):
            if not sql.startswith("CREATE TABLE sqlite_"):
                with closing(sqlite3.connect(target)) as made:
                    made.execute(f"PRAGMA page_size = {page}")
                    made.execute(sql)
        kept = {
            table: rows_of(source, table) for table in ("person", "board", "inspection", "item", "changeset", "change")
        }
    with closing(sqlite3.connect(target, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;")
        begun = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        for table, (columns, rows) in kept.items():
            marks = ", ".join("?" * len(columns))
            db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        db.execute("COMMIT")
        return time.perf_counter() - begun


def rows_of(db: sqlite3.Connection, table: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """A table's stored columns and its rows."""
    columns = [name for _, name, *_, hidden in db.execute(f"PRAGMA table_xinfo({table})") if not hidden]
    return columns, db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1").fetchall()


if __name__ == "__main__":
    os.environ.pop("RECREG_REGISTER", None)
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
