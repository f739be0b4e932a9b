"""Several at one register at once, as a program of its own: writers, readers and backups, each a process.

    python several.py REGISTER FOLDER SIZE [SPOILT]

What each of them did and saw is in FOLDER afterwards, in a file of JSON named after it. They are forked,
so that the program is loaded once; SPOILT is a way in which recreg is made worse before they begin.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from recreg.questions.items import Chosen, items
from recreg.register import Register
from recreg.register.fields import Fields
from recreg.store import engine
from recreg.store.backup import back_up
from recreg.store.file import connect_for_reading
from recreg.store.proof import faults

TODAY = date(2022, 9, 29)
WRITERS = "ABCDEFGH"


def begin_later() -> None:
    """SQLAlchemy's own way: a transaction that becomes a writing one where it first writes."""
    engine._begin_immediate = lambda connection: connection.exec_driver_sql("BEGIN")


SPOILT: dict[str, Callable[[], None]] = {"begins deferred": begin_later}


def write(register: Path, name: str, size: int) -> dict[str, Any]:
    """Add an item of its own and count a move of the one item that all share, in turn."""
    clerk = Register(register, by=name, today=TODAY)
    added, moved, errors = [], 0, []
    for n in range(size):
        try:
            if n % 2:
                with clerk.visit("defer") as visit:
                    visit.items.get("R-0001").times_deferred += 1
                moved += 1
            else:
                added += clerk.add(Fields(kind="recommendation", title=f"{name} {n}")).refs
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            errors.append(f"{type(error).__name__}: {error}")
    return {"added": added, "moved": moved, "errors": errors}


def read(register: Path, stop: Path) -> dict[str, Any]:
    """Look at the register again and again: what is listed and what was done, at one moment; now and then, the proof."""
    looks, errors = 0, []
    while not stop.exists():
        with closing(connect_for_reading(register)) as db:
            db.execute("BEGIN")
            listed = len(items(db, Chosen()))
            (moved,) = db.execute("SELECT times_deferred FROM item WHERE id = 1").fetchone()
            done = dict(db.execute("SELECT command, count(*) FROM changeset GROUP BY command").fetchall())
            if (listed, moved) != (done["add"], done.get("defer", 0)):
                errors.append(f"{listed} items and {moved} moves, of {done}")
            errors += [fault.message for fault in faults(db)] if looks % 20 == 0 else []
        looks += 1
        time.sleep(0.3)
    return {"looks": looks, "errors": errors}


def keep(register: Path, folder: Path, stop: Path) -> dict[str, Any]:
    """Make one backup after the other."""
    made = []
    while not stop.exists():
        made.append(str(back_up(register, folder).path))
        time.sleep(0.6)
    return {"made": made, "errors": []}


def started(told: Path, what: Callable[..., dict[str, Any]], *given: Any) -> int:
    """A process that does it, and leaves what it has to tell."""
    if process := os.fork():
        return process
    try:
        seen = what(*given)
    except BaseException as error:  # noqa: BLE001 - as above
        seen = {"errors": [f"{type(error).__name__}: {error}"]}
    told.write_text(json.dumps(seen))
    os._exit(0)


def main(register: Path, folder: Path, size: int) -> None:
    stop = folder / "stop"
    beside = [started(folder / f"reader {n}.json", read, register, stop) for n in range(2)]
    beside.append(started(folder / "backups.json", keep, register, folder, stop))
    for process in [started(folder / f"writer {name}.json", write, register, name, size) for name in WRITERS]:
        os.waitpid(process, 0)
    stop.touch()
    for process in beside:
        os.waitpid(process, 0)


if __name__ == "__main__":
    for spoilt in sys.argv[4:]:
        SPOILT[spoilt]()
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
