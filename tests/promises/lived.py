"""A register that has seen some life: rows in every table, and acts of every kind in its log."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random

import pytest

from conftest import type_all
from recreg.errors import RecregError
from recreg.register import Register
from recreg.store.triggers import logged_tables
from test_undo import TODAY, prepared

_LIFE = """
inspection add CAOP --title Older_people --type thematic --published 2019-07-17 --pcc-applies
inspection add SC-1 --title Complaint --type super-complaint --published 2022-06-30 --summary-file summary.txt
person add Head_of_PPU --role Superintendent --email head@force.example
board add Vulnerability_Board --lead Head_of_PPU
portfolio add Vulnerability --lead Head_of_PPU
add --kind coc --title Older_people_are_not_safe --inspection CAOP --on 2022-01-01
add --kind rec --title Needs --hmicfrs-ref 10618 --number 1 --parent R-0001 --inspection CAOP --deadline within_six_months --target 2022-06-30 --on 2022-01-01
add --kind rec --title Audit --inspection SC-1 --number 1 --on 2022-07-01 --not-mandatory
add --kind afi --title Custody --inspection CAOP --rag red --why nothing_is_done --text-file text.txt
add --kind rec --title Needs_again --addressee chief_constables --addressee NPCC --waiting-on the_NPCC
assign 10618 R-0003 R-0004 --owner Head_of_PPU --board Vulnerability_Board --portfolio Vulnerability
accept R-0003 --partly --why in_part
note 10618 the_owner_says_that_A_Person_is_unhappy --on 2022-02-01
note R-0003 R-0004 begun
review 10618 --outcome support-needed --note held_with_the_owner --rag amber --why some_is_done --met Head_of_PPU --met-on 2022-03-03 --on 2022-03-04
defer 10618 --to 2022-12-31 --why staff
defer 10618 --to 2023-03-31 --why staff_again --approved-by DCC
evidence add statement.txt --for 10618 --for R-0003 --dated 2022-08-01 --from the_owner
evidence add plan.txt --for R-0004
evidence add --link https://force.example/plan --for R-0003 --title The_plan
evidence judge E-0001 partial --why one_district_of_two
evidence share E-0001 --with the_inspectorate
link R-0005 --related R-0003
key red not_met_and_not_moving
complete R-0003
submit R-0003 --agreed-by Vulnerability_Board
return R-0003 --why more_is_wanted
withdraw R-0005 --why typed_twice
undo
correct N-0001 --note the_owner_says_that_A_Person_is_content --why mistyped
meeting add JAC_June_2022 2022-09-20
paper JAC_June_2022 --final -o paper.md
meeting add JAC_September_2022 2022-09-29
import new.csv
sign-off R-0004 --letter HMI/1 --direct
redact N-0001 --words A_Person --why names_a_victim
backup before.zip
note R-0003 given_up_with_the_backup
restore before.zip --force
rag green 10618 --why all_but_done
reopen R-0004 --why not_so
close R-0006 --as duplicate --of R-0007 --why twice --decided-by force --approved-by DCC
"""


def lived(empty: Path, folders: pytest.TempPathFactory) -> Path:
    """The register, with all that was filed and written beside it but no backups; made once for all that ask."""
    made = folders.getbasetemp() / "lived" / "register.db"
    if not made.exists():
        _make(empty, folders.mktemp("lived", numbered=False))
    return made


def _make(empty: Path, folder: Path) -> None:
    before, register = Path.cwd(), Path(shutil.copy(empty, folder / "register.db"))
    os.chdir(folder)
    for name in ("statement", "plan", "summary", "text"):
        Path(f"{name}.txt").write_text(f"The {name}, of\nseveral lines, “quoted”.\n", encoding="utf-8")
    Path("new.csv").write_text("Type,Title,Text\n" + "".join(f"rec,New {n},{'words ' * 99}\n" for n in range(40)))
    try:
        type_all(register, ([word.replace("_", " ") for word in line.split()] for line in _LIFE.strip().splitlines()))
    finally:
        os.chdir(before)
    shutil.rmtree(folder / "register.db.backups")
    with closing(sqlite3.connect(register)) as db:
        assert all(db.execute(f"SELECT 1 FROM {table}").fetchone() for table in logged_tables(db))


def put(made: Path, path: Path) -> Path:
    """A copy of it at the path, with its evidence."""
    shutil.copyfile(made, path)
    shutil.copytree(made.with_name("register.db.evidence"), path.with_name(path.name + ".evidence"))
    return path


def random_acts(path: Path, size: int, chance: Random) -> list[Callable[[], object]]:
    """What an officer does in no order; now and then words are redacted."""
    officer, clerk = prepared(path), Register(path, by="Clerk", today=TODAY)

    def redact(ref: str, words: list[str]) -> None:
        with suppress(RecregError):
            clerk.redact([ref], why="personal", words=words)

    def some_act() -> Callable[[], object]:
        if chance.random() < 0.1:
            ref = f"{chance.choice('RVNE')}-{chance.randint(1, 6):04d}"
            return partial(redact, ref, chance.choice([[], ["note"], ["title"], ["why"]]))
        return partial(officer.does, chance.randrange(28), chance.randrange(61), chance.randrange(61),
                       chance.choice([0, 0, 0, 5, 40]))  # fmt: skip

    return [some_act() for _ in range(size)]
