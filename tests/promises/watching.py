"""What commands really ask of the disk, in order, as strace sees it."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disk import Disk, Event, Named, Number, Renamed, Said, Sized, Synced, Unnamed, Wrote

#: What changes a disk, or where in a file the next byte goes; not every machine has those with a question mark.
_CALLS = (
    "?open openat ?creat close write pwrite64 writev pwritev lseek ftruncate truncate fallocate ?rename renameat "
    "renameat2 ?unlink unlinkat ?rmdir ?mkdir mkdirat ?link linkat ?symlink symlinkat fsync fdatasync sync syncfs "
    "sendfile copy_file_range sync_file_range"
)
_STRACE = ("strace", "-f", "--seccomp-bpf", "-xx", "-s67108864", "-e", f"trace={','.join(_CALLS.split())}", "-o")
_CALL = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")
_HALF = re.compile(r"(\d+) +(?:(?P<begun>.*) <unfinished \.\.\.>|<\.\.\. \w+ resumed>(?P<rest>.*))")
_HERE = "AT_FDCWD"
#: What a call with these arguments does to the folder.
Meaning = Callable[..., Iterator[Event]]


def can_watch() -> bool:
    """Whether there is a strace here, and it may do its work."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run([*_STRACE, os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


@dataclass
class Open:
    """A file that is open, and where the next byte goes; or a folder."""

    what: Number | str
    at: int = 0
    appends: bool = False

    @property
    def number(self) -> Number:
        """Which file it is."""
        assert isinstance(self.what, int)
        return self.what


@dataclass
class Watch:
    """A folder, what was in it, and all that commands did to it since; and where in it the register is."""

    top: Path
    register: str

    def __post_init__(self) -> None:
        self.before = _held(self.top)
        self.now = self.before.copy()
        self.events: list[Event] = []
        #: After how many events each command had ended.
        self.ends = [0]
        self.open: dict[Any, Open] = {}

    def run(self, typed: Sequence[object], trace: Path) -> None:
        """Run a command to its good end, and note what it does in the folder, and when it first speaks."""
        ended = subprocess.run([*_STRACE, str(trace), *map(str, typed)], capture_output=True, text=True, check=False)
        assert ended.returncode == 0, (typed, ended.stderr)
        self.open.clear()
        with trace.open(encoding="ascii") as lines:
            for call in _calls(lines):
                self._note(call)
        if not self.has_spoken:
            self.events.append(Said())
        self.ends.append(len(self.events))
        assert self.now.files() == _held(self.top).files(), "what was seen has to be all that was done"

    @property
    def has_spoken(self) -> bool:
        """Whether the command that is running has said anything."""
        return Said() in self.events[self.ends[-1] :]

    def _note(self, call: str) -> None:
        found = _CALL.match(call)
        if not found or found[3].startswith("-"):
            return
        arguments = [_argument(each) for each in found[2].split(", ")]
        meaning: Meaning = _MEANING.get(found[1], _not_known)
        for event in meaning(self, int(found[3]), *arguments):
            self.events.append(event)
            self.now.take(event)

    def within(self, folder: Any, path: bytes) -> str | None:
        """A path as told from the top of the folder that is watched; None for what lies elsewhere."""
        whole = Path(os.fsdecode(path))
        if not whole.is_absolute() and folder != _HERE:
            if folder not in self.open:
                return None
            whole = self.top / str(self.open[folder].what) / whole
        whole = Path(os.path.normpath(whole.absolute()))
        return str(whole.relative_to(self.top)) if whole.is_relative_to(self.top) else None

    def is_folder(self, path: str) -> bool:
        """Whether it is one, as things stand."""
        return path == "." or self.now.names.get(path, 0) is None


def _held(top: Path) -> Disk:
    """What is in a folder now."""
    disk = Disk()
    for path in sorted(top.rglob("*")):
        number = None if path.is_dir() else len(disk.contents)
        disk.names[str(path.relative_to(top))] = number
        if number is not None:
            disk.contents[number] = bytearray(path.read_bytes())
    return disk


def _calls(lines: Iterable[str]) -> Iterator[str]:
    """Each call on one line, also where those of two threads are interwoven."""
    begun: dict[str, str] = {}
    for line in lines:
        half = _HALF.match(line)
        if half is None:
            yield line
        elif half["begun"] is not None:
            begun[half[1]] = f"{half[1]} {half['begun']}"
        else:
            yield begun.pop(half[1], "") + half["rest"]


def _argument(text: str) -> Any:
    if text.startswith('"'):
        assert text.endswith('"'), "a text must not be cut short"
        return bytes.fromhex(text[1:-1].replace("\\x", ""))
    return int(text) if text.lstrip("-").isdecimal() else text


def _opened(watch: Watch, handle: int, folder: Any, path: bytes, flags: str, *_: Any) -> Iterator[Event]:
    watch.open.pop(handle, None)
    where = watch.within(folder, path)
    if where is None:
        return
    if watch.is_folder(where):
        watch.open[handle] = Open(where)
        return
    if where not in watch.now.names:
        yield Named(where, len(watch.now.contents))
    number = watch.now.names[where]
    assert number is not None
    if "O_TRUNC" in flags and watch.now.contents[number]:
        yield Sized(number, 0)
    watch.open[handle] = Open(number, appends="O_APPEND" in flags)


def _closed(watch: Watch, _: int, handle: int) -> Iterator[Event]:
    watch.open.pop(handle, None)
    yield from ()


def _wrote(watch: Watch, count: int, handle: int, content: bytes, _: int) -> Iterator[Event]:
    into = watch.open.get(handle)
    if into is not None:
        at = len(watch.now.contents[into.number]) if into.appends else into.at
        into.at = at + count
        yield Wrote(into.number, at, content[:count])
    elif handle in {1, 2} and not watch.has_spoken:
        yield Said()


def _wrote_at(watch: Watch, count: int, handle: int, content: bytes, _: int, at: int) -> Iterator[Event]:
    if handle in watch.open:
        yield Wrote(watch.open[handle].number, at, content[:count])


def _sought(watch: Watch, at: int, handle: int, *_: Any) -> Iterator[Event]:
    if handle in watch.open:
        watch.open[handle].at = at
    yield from ()


def _sized(watch: Watch, _: int, handle: int, size: int) -> Iterator[Event]:
    if handle in watch.open:
        yield Sized(watch.open[handle].number, size)


def _synced(watch: Watch, _: int, handle: int) -> Iterator[Event]:
    if handle in watch.open:
        yield Synced(watch.open[handle].what)


def _renamed(watch: Watch, _: int, old_in: Any, old: bytes, new_in: Any, new: bytes, *__: Any) -> Iterator[Event]:
    before, after = watch.within(old_in, old), watch.within(new_in, new)
    if before is not None and after is not None:
        assert not watch.is_folder(before), "the names in a folder would have to go along"
        yield Renamed(before, after, watch.now.names[before])
    else:
        assert before == after, "nothing comes from elsewhere, or goes there"


def _linked(watch: Watch, _: int, old_in: Any, old: bytes, new_in: Any, new: bytes, *__: Any) -> Iterator[Event]:
    before, after = watch.within(old_in, old), watch.within(new_in, new)
    if after is not None:
        assert before is not None, "nothing comes from elsewhere"
        yield Named(after, watch.now.names[before])


def _gone(watch: Watch, _: int, folder: Any, path: bytes, *__: Any) -> Iterator[Event]:
    where = watch.within(folder, path)
    if where is not None:
        yield Unnamed(where)


def _folder_made(watch: Watch, _: int, folder: Any, path: bytes, *__: Any) -> Iterator[Event]:
    where = watch.within(folder, path)
    if where is not None:
        yield Named(where, None)


def _not_known(watch: Watch, _: int, *arguments: Any) -> Iterator[Event]:
    assert not [each for each in arguments if each in watch.open], "what it does is not known here"
    yield from ()


def _from_here(meaning: Meaning) -> Meaning:
    """The older calls, which know of no folder but the one that they run in."""
    return lambda watch, result, *arguments: meaning(
        watch, result, *(part for each in arguments for part in ((_HERE, each) if isinstance(each, bytes) else (each,)))
    )


_MEANING: dict[str, Meaning] = {
    "openat": _opened, "close": _closed, "write": _wrote, "pwrite64": _wrote_at, "lseek": _sought,
    "ftruncate": _sized, "fsync": _synced, "fdatasync": _synced, "renameat": _renamed, "renameat2": _renamed,
    "linkat": _linked, "unlinkat": _gone, "mkdirat": _folder_made, "open": _from_here(_opened),
    "rename": _from_here(_renamed), "link": _from_here(_linked), "unlink": _from_here(_gone),
    "rmdir": _from_here(_gone), "mkdir": _from_here(_folder_made),
}  # fmt: skip
