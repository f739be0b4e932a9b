"""What recreg is held against: the same by hand, and other programs where they are installed."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from timing import BIN, Run, process


def rows(register: str) -> None:
    """Every item as a line of JSON, with what Python has."""
    with closing(sqlite3.connect(f"file:{register}?mode=ro", uri=True)) as db:
        cursor = db.execute("SELECT * FROM item_in_words")
        names = [name for name, *_ in cursor.description]
        for row in cursor:
            sys.stdout.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")


def hashes(register: str) -> None:
    """Every entry of the log read, and hashed as recreg hashes it."""
    with closing(sqlite3.connect(f"file:{register}?mode=ro", uri=True)) as db:
        wrong = 0
        for *content, kept in db.execute(
            "SELECT salt, changeset, noun, row, before, after, digest FROM change ORDER BY id"
        ):
            wrong += hashlib.sha256(_framed(content)).digest() != kept
        sys.exit(bool(wrong))


def _framed(fields: list[object]) -> bytes:
    raw = [field if isinstance(field, bytes | None) else str(field).encode() for field in fields]
    return b"".join(b"-;" if field is None else b"%d:%b;" % (len(field), field) for field in raw)


def memory(*words: object) -> float:
    """The most memory that a process had, in MB."""
    command = [str(word) for word in words]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        _, code, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(code)
    return used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def a_year_back() -> date:
    """The day a year ago."""
    return date.today() - timedelta(days=365)  # noqa: DTZ011 - any day will do


def lists(folder: Path) -> Iterator[tuple[str, Run]]:
    """Other programs that list what they hold, each with 45 things to list."""
    if program := _found("todo"):
        yield "todo list", _todoman(program, folder)
    if program := _found("task"):
        yield "task list", _taskwarrior(program, folder)


def _found(name: str) -> str | None:
    beside = BIN / name
    return str(beside) if beside.exists() else shutil.which(name)


def _todoman(program: str, folder: Path) -> Run:
    """todoman, over a folder of 45 files."""
    lists = folder / "todos" / "register"
    lists.mkdir(parents=True)
    for n in range(45):
        told = ["VERSION:2.0", "PRODID:-//benchmark//EN", "BEGIN:VTODO", f"UID:{n}", "DTSTAMP:20220929T000000Z",
                f"SUMMARY:Title {n}", "DUE;VALUE=DATE:20240131", "END:VTODO"]  # fmt: skip
        (lists / f"{n}.ics").write_text("\r\n".join(["BEGIN:VCALENDAR", *told, "END:VCALENDAR", ""]))
    settings = folder / "todoman.py"
    settings.write_text(f"path = {str(folder / 'todos' / '*')!r}\ncache_path = {str(folder / 'todo.cache')!r}\n")
    return process(program, "--config", settings, "list")


def _taskwarrior(program: str, folder: Path) -> Run:
    """Taskwarrior, with 45 tasks."""
    settings = folder / "taskrc"
    settings.write_text(f"data.location={folder / 'tasks'}\nconfirmation=off\n")
    tasks = json.dumps(
        [{"description": f"Title {n}", "due": "20240131T000000Z", "status": "pending"} for n in range(45)]
    )
    environment = {**os.environ, "TASKRC": str(settings)}
    subprocess.run([program, "import", "-"], input=tasks.encode(), env=environment, check=True, capture_output=True)
    return process(program, "list", TASKRC=str(settings))


if __name__ == "__main__":
    {"rows": rows, "hashes": hashes}[sys.argv[1]](sys.argv[2])
