"""Two who write on and on, as a program of its own, whatever becomes of the register meanwhile.

    python writing_on.py REGISTER FOLDER

Each notes in FOLDER what it was told is done: when it began, when it was told, and the item's title. It
ends when a file `stop` appears there.
"""

import os
import sys
import time
from datetime import date
from pathlib import Path
from random import Random

from recreg.errors import RecregError
from recreg.register import Register
from recreg.register.fields import Fields


def write_on(register: Path, folder: Path, name: str) -> None:
    clerk, number, chance = Register(register, by=name, today=date(2022, 9, 29)), 0, Random(name)
    with (folder / f"{name}.txt").open("w") as told:
        while not (folder / "stop").exists():
            number += 1
            began = time.time_ns()
            try:
                clerk.add(Fields(kind="recommendation", title=f"{name}{number}"))
            except RecregError:
                time.sleep(0.01)
                continue
            print(began, time.time_ns(), f"{name}{number}", file=told, flush=True)
            time.sleep(chance.uniform(0.05, 0.4))


if __name__ == "__main__":
    child = os.fork()
    write_on(Path(sys.argv[1]), Path(sys.argv[2]), "B" if child else "A")
    if child:
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
