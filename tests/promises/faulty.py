"""Makes and upgrades registers, each attempt going wrong at another place: run in a process of its own, which forks for each.

It is given a JSON document on stdin: registers by the numbers of their schemas, a folder, how many attempts, and what is
done to recreg first, for it to be found out. It prints how many places there are, how many were tried, how many of the
new and the oldest register were passed by, and what was wrong.
"""

import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from recreg.store import schema
from recreg.store.file import SCHEMA_NUMBER
from recreg.store.log import Act
from recreg.store.verify import broken_links, stored, strayed_rows

given: dict[str, Any] = json.load(sys.stdin)
folder = Path(given["folder"])
connect = sqlite3.connect
#: A new register and one of the first schema: between them they run every statement of every migration.
ENDS = {0, 1}


class Fault(Exception):
    """What goes wrong."""


@dataclass(frozen=True)
class Place:
    """A register of a schema, 0 being none, and what goes wrong at which statement, or at which size of a file."""

    schema: int
    how: str
    at: int


class Counted:
    """The statements that were run; at one of them comes the fault."""

    count = 0
    place: Place | None = None

    def another(self) -> None:
        """Run another statement, unless it is the one."""
        self.count += 1
        if self.place and self.count == self.place.at:
            if self.place.how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            raise Fault


counted = Counted()


class Cursor(sqlite3.Cursor):
    """Runs statements up to a place."""

    def execute(self, *statement: Any) -> Any:
        """As SQLite's own."""
        counted.another()
        return super().execute(*statement)


class Connection(sqlite3.Connection):
    """Hands such cursors out; the end of a transaction is a place too."""

    def cursor(self, *_: Any) -> Any:
        """As SQLite's own."""
        return super().cursor(Cursor)

    def execute(self, *statement: Any) -> Any:
        """As SQLite's own."""
        return self.cursor().execute(*statement)

    def commit(self) -> None:
        """As SQLite's own."""
        counted.another()
        super().commit()


def faulty(*where: Any, **how: Any) -> sqlite3.Connection:
    """Such a connection."""
    return connect(*where, **how, factory=Connection)


def bring_about(register: Path, number: int, place: Place | None = None) -> None:
    """Make the register, or upgrade it; at the place it goes wrong."""
    counted.count, counted.place, act = 0, place, Act("migrate" if number else "init", "Clerk", date(2022, 9, 29))
    if place and place.how == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (place.at, place.at))
    elif place:
        sqlite3.connect = faulty  # type: ignore[assignment]
    if number:
        schema.migrate(register, act)
    else:
        schema.create(register, {"marking": "OFFICIAL"}, act)


def attempted(register: Path, number: int, place: Place | None = None) -> bool:
    """Whether that went well in a process of its own."""
    child = os.fork()
    if not child:
        try:
            bring_about(register, number, place)
        except BaseException:  # noqa: BLE001 - whatever it is
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def wrong_after(place: Place, sound: Path | None, expected: Any) -> Iterator[str]:
    """What is wrong once it went wrong there: with the register, the copy that is kept of it, and another attempt."""
    register = folder / "tried.db"
    for each in folder.glob("*tried.db*"):
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    if sound:
        shutil.copy(sound, register)
    well = attempted(register, place.schema, place)
    number = _schema_of(register)
    if well != (number == SCHEMA_NUMBER) and (well or place.how == "raised"):
        yield "it is not as it was said to be"
    if number != SCHEMA_NUMBER and (register.read_bytes() if sound else register.exists()) != (
        sound.read_bytes() if sound else False
    ):
        yield "it is not as it was"
    for copy in folder.glob("tried.db.backups/[!.]*.db"):
        if sound and told(copy) != told(sound):
            yield "a copy that is kept of it is not what it was"
    if number != SCHEMA_NUMBER and not attempted(register, place.schema):
        yield "it cannot be done again"
    elif told(register) != expected:
        yield "it is not what comes of it where nothing goes wrong"


def _schema_of(register: Path) -> int:
    """The schema of a register, once what was cut off is rolled back; 0 where there is none."""
    if not register.exists():
        return 0
    with closing(sqlite3.connect(register)) as db:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def told(register: Path) -> Any:
    """What a register is made of and holds, and whether its log is whole."""
    with closing(sqlite3.connect(register)) as db:
        made = sorted(db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master"))
        return made, stored(db), list(broken_links(db)), strayed_rows(db)


def places(number: int, register: Path) -> Iterator[Place]:
    """Every place at which it can go wrong; the register is there and whole then."""
    sqlite3.connect = faulty  # type: ignore[assignment]
    bring_about(register, number)
    sqlite3.connect = connect
    for at in range(1, counted.count + 1):
        yield Place(number, "raised", at)
        yield Place(number, "killed", at)
    for size in range(4096, register.stat().st_size, 4096):
        yield Place(number, "full", size)


def chosen(every: list[Place], count: int) -> list[Place]:
    """So many of them at least: all of a new register and of the oldest, if they may be so many, and some of the rest."""
    first = [place for place in every if place.schema in ENDS]
    rest = [place for place in every if place.schema not in ENDS]
    if count < len(first):
        return first[:: len(first) // count]
    return first + rest[:: max(1, len(rest) // max(1, count - len(first)))]


exec(given["spoilt"])  # noqa: S102 - the test's own
sound = {int(number): Path(path) for number, path in given["registers"].items()}
every, results = list[Place](), dict[int, Any]()
for number in sound if given["spoilt"] else (0, *sound):
    made = folder / f"counted {number}.db"
    if number:
        shutil.copy(sound[number], made)
    every += places(number, made)
    results[number] = told(made)
tried = chosen(every, given["count"])
wrong = [
    f"{place}: {each}" for place in tried for each in wrong_after(place, sound.get(place.schema), results[place.schema])
]
passed_by = sum(place.schema in ENDS for place in {*every} - {*tried})
answer = {"places": len(every), "tried": len(tried), "passed by": passed_by, "wrong": wrong}
print(json.dumps(answer))  # noqa: T201 - its answer
