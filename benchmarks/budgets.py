"""What each command may cost: a ratio to something else that runs beside it, or a difference."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import imports
import peers
from registers import filled
from timing import BIN, Run, at_a_terminal, medians, more, process, ratio, recreg, rounds_of

PYTHON = sys.executable
#: Rounds of what takes seconds.
LONG = 9


class Result(NamedTuple):
    """One line of the table: what was measured, against what, what came of it, and the limit."""

    what: str
    against: str
    measured: float
    limit: float
    unit: str = "×"

    @property
    def holds(self) -> bool:
        """Whether the limit was kept."""
        return self.measured <= self.limit


def everyday(folder: Path) -> Iterator[Result]:
    """What an officer types all day, in a register of 45 items."""
    register = filled(folder / "small.db", 45)
    at = {"RECREG_REGISTER": str(register), "RECREG_BY": "Benchmark"}
    os.environ.update(at)
    completing = {"_RECREG_COMPLETE": "complete_bash", "COMP_WORDS": "recreg show R-00", "COMP_CWORD": "2"}
    runs: dict[str, Run] = {  # In a round, each is near what it is held against: the machine is as quick for both.
        "--version": recreg("--version"),
        "python -c pass": process(PYTHON, "-c", "pass"),
        "--help": recreg("--help"),
        "overdue": recreg("overdue"),
        "sqlite-utils rows": process(BIN / "sqlite-utils", "rows", register, "item"),
        "show": recreg("show", "R-0007"),
        "list": recreg("list"),
        "completion of a reference": recreg(**completing),
        "rag": recreg("rag", "red", "R-0001", "--why", "late"),
        "import sqlmodel": process(PYTHON, "-c", "import sqlmodel"),
        "add": recreg("add", "--kind", "afi", "--title", "Custody"),
    }
    took = rounds_of(runs)
    for command in ("list", "overdue", "show"):
        yield Result(
            f"`{command}` in a pipe", "`sqlite-utils rows`", ratio(took[command], took["sqlite-utils rows"]), 0.55
        )
        yield Result(f"`{command}` in a pipe", "`python -c pass`", ratio(took[command], took["python -c pass"]), 7)
    yield Result("`--version`", "`python -c pass`", ratio(took["--version"], took["python -c pass"]), 6.5)
    yield Result("`--help`, with its panels", "`python -c pass`", ratio(took["--help"], took["python -c pass"]), 10)
    yield Result(
        "completion of a reference", "`list` in a pipe", ratio(took["completion of a reference"], took["list"]), 1
    )
    for command in ("rag", "add"):
        yield Result(f"`{command}`", "`import sqlmodel`", ratio(took[command], took["import sqlmodel"]), 1.15)


def on_a_terminal(folder: Path) -> Iterator[Result]:
    """The same list as a Rich table."""
    register = filled(folder / "shown.db", 45)
    os.environ["RECREG_REGISTER"] = str(register)
    ours, theirs = [BIN / "recreg"], [BIN / "sqlite-utils", "rows", register, "item", "-t"]
    runs = {command: at_a_terminal(*ours, command) for command in ("list", "overdue")} | {
        "show": at_a_terminal(*ours, "show", "R-0007"),
        "peer": at_a_terminal(*theirs),
    }
    took = rounds_of(runs)
    for command in ("list", "overdue", "show"):
        yield Result(f"`{command}` on a terminal", "`sqlite-utils rows -t`", ratio(took[command], took["peer"]), 1)


def large(folder: Path) -> Iterator[Result]:
    """What must not grow with the register."""
    few, many = filled(folder / "few.db", 1_000, overdue=100), filled(folder / "many.db", 1_000_000, overdue=100)
    measured = more(recreg("--register", many, "overdue"), recreg("--register", few, "overdue"))
    yield Result("`overdue` at 1,000,000 items, 100 of them overdue", "the same at 1,000", measured, 10, "ms more")
    many.unlink()


def long_lists(folder: Path) -> Iterator[Result]:
    """100,000 items out, and words looked for in them."""
    register = filled(folder / "long.db", 100_000)
    at = ("--register", register)
    by_hand = process(PYTHON, Path(peers.__file__), "rows", register)
    took = rounds_of({"jsonl": recreg(*at, "list", "--all", "-f", "jsonl"), "by hand": by_hand}, LONG)
    yield Result("`list -f jsonl` of 100,000", "sqlite3 and json by hand", ratio(took["jsonl"], took["by hand"]), 2)
    small = filled(folder / "tenth.db", 10_000)
    memory = [
        peers.memory(BIN / "recreg", "--register", file, "list", "--all", "-f", "jsonl") for file in (register, small)
    ]
    yield Result("its memory", "the memory of 10,000", memory[0] / memory[1], 1.25)
    few = filled(folder / "start.db", 45)
    measured = more(recreg(*at, "list", "victim 99999"), recreg("--register", few, "list", "nowhere"))
    yield Result("words looked for in 100,000 items", "start-up", measured, 50, "ms more")


def looking_back(folder: Path) -> Iterator[Result]:
    """A year back, among 10,000 items with 50,000 changes."""
    register = filled(folder / "back.db", 10_000, changes=50_000)
    at = ("--register", register, "list", "--all", "-f", "jsonl")
    year_back = str(peers.a_year_back())
    took = rounds_of({"back": recreg(*at, "--as-of", year_back), "now": recreg(*at)}, LONG)
    yield Result("`list --as-of` a year back", "the plain list", ratio(took["back"], took["now"]), 4)


def proving(folder: Path) -> Iterator[Result]:
    """The whole proof, of 100,000 changes to 10,000 items."""
    register = filled(folder / "proof.db", 10_000, changes=90_000)
    by_hand = process(PYTHON, Path(peers.__file__), "hashes", register)
    took = rounds_of({"verify": recreg("--register", register, "log", "verify"), "by hand": by_hand}, LONG)
    yield Result(
        "`log verify`, 100,000 changes", "reading and hashing by hand", ratio(took["verify"], took["by hand"]), 3
    )


def importing(folder: Path) -> Iterator[Result]:
    """100,000 rows in."""
    raw, theirs = imports.ratios(folder, 100_000, BIN / "sqlite-utils", LONG)
    yield Result("import of 100,000 rows", "`executemany` of the same rows", raw, 2)
    yield Result("import of 100,000 rows", "`sqlite-utils insert --csv --pk`", theirs, 0.65)


def others(folder: Path) -> Iterator[Result]:
    """What other programs of the kind take for their list, where they are installed; it has no limit."""
    found = dict(peers.lists(folder))
    if found:
        os.environ["RECREG_REGISTER"] = str(filled(folder / "beside.db", 45))
        took = medians({"ours": recreg("list"), **found})
        for name in found:
            yield Result("`list` in a pipe", f"`{name}`", took["ours"] / took[name], float("inf"))


GROUPS = (everyday, on_a_terminal, large, long_lists, looking_back, proving, importing, others)
