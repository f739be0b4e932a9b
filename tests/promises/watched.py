"""Types commands, one after the other, and watches every file that they make while they do: run in a process of its own.

It is given a JSON document on stdin: the commands, the folder in which all is theirs, the folders in which nothing may
be found, the words that may not be found there, what is done to recreg first, for it to be found out, and the file in
which it is to tell what it saw.
"""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

given: dict[str, Any] = json.load(sys.stdin)
#: What may happen to a file: before each of these, everything that is there is looked at.
EVENTS = {"open", "sqlite3.connect", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate",
          "subprocess.Popen", "os.exec", "os.posix_spawn"}  # fmt: skip
modes: dict[str, str] = {}
found: list[str] = []
running: list[str] = []


def look() -> None:
    """Note the mode of everything that is new in the folder, and what is where nothing may be."""
    for path in Path(given["here"]).rglob("*"):
        if str(path) not in known:
            _note(path)
    for folder in given["elsewhere"]:
        for path in Path(folder).rglob("*"):
            _search(path)


def _note(path: Path) -> None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    allowed = 0o700 if stat.S_ISDIR(status.st_mode) else 0o600
    if stat.S_IMODE(status.st_mode) & ~allowed:
        modes[str(path)] = f"{stat.S_IMODE(status.st_mode):o} by {running[-1]}"


def _search(path: Path) -> None:
    try:
        held = path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return
    if any(each in path.name or each.encode() in held for each in given["words"]):
        found.append(f"{path} by {running[-1]}")


def hook(event: str, args: tuple[object, ...]) -> None:
    if event not in EVENTS or not running or looking or (event == "open" and not str(args[0]).startswith(theirs)):
        return
    looking.append(True)
    if event in {"subprocess.Popen", "os.exec", "os.posix_spawn"} and any(each in str(args) for each in given["words"]):
        found.append(f"{args} by {running[-1]}")
    look()
    looking.pop()


looking: list[bool] = []
theirs = str(Path(given["here"]).parent)
known = {str(path) for path in Path(given["here"]).rglob("*")}
from recreg import cli  # noqa: E402 - no module that it loads is looked at

exec(given["spoilt"])  # noqa: S102 - the test's own
sys.addaudithook(hook)
os._exit = sys.exit  # type: ignore[assignment]  # After a command comes the next one.
codes: dict[str, int] = {}
for typed in given["commands"]:
    os.umask(0)
    running[:] = [" ".join(typed)]
    try:
        cli.main(typed)
    except SystemExit as ended:
        codes[running[-1]] = int(ended.code or 0)
    look()
made = sorted(str(path) for path in Path(given["here"]).rglob("*") if str(path) not in known)
Path(given["told"]).write_text(
    json.dumps({"codes": codes, "modes": modes, "found": found, "made": made}), encoding="utf-8"
)
