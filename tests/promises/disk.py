"""A disk that loses its power: what was not synced may be there, or not, or in pieces, and so may names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from random import Random

#: What a disk writes whole or not at all.
SECTOR = 512
#: Files by the number that they keep under every name.
Number = int


@dataclass(frozen=True)
class Wrote:
    """Bytes into a file."""

    file: Number
    at: int
    content: bytes


@dataclass(frozen=True)
class Sized:
    """A file made shorter, or longer."""

    file: Number
    size: int


@dataclass(frozen=True)
class Named:
    """A name for a file, a new one or one more; without a number, for a folder."""

    path: str
    file: Number | None


@dataclass(frozen=True)
class Unnamed:
    """A name that goes."""

    path: str


@dataclass(frozen=True)
class Renamed:
    """A name that goes, as another comes, at once."""

    old: str
    new: str
    file: Number | None


@dataclass(frozen=True)
class Synced:
    """All that was written to a file, or all the names in a folder: on the disk for good."""

    what: Number | str


@dataclass(frozen=True)
class Said:
    """recreg gave its word."""


Event = Wrote | Sized | Named | Unnamed | Renamed | Synced | Said
#: Whether something that was not synced is on the disk all the same.
Chance = Callable[[Event], bool]


def place_of(event: Event) -> Number | str | None:
    """The file or folder whose sync makes an event last."""
    match event:
        case Wrote(file=file) | Sized(file=file):
            return file
        case Named(path=path) | Unnamed(path=path) | Renamed(new=path):
            return str(PurePosixPath(path).parent)
    return None


def lasting(events: Sequence[Event]) -> list[bool]:
    """Which events were made to last by a later one."""
    synced: set[Number | str] = set()
    last = []
    for event in reversed(events):
        if isinstance(event, Synced):
            synced.add(event.what)
        last.append(place_of(event) in synced)
    return last[::-1]


def pieces(event: Event) -> Iterator[Event]:
    """What of an event may be there without the rest: each sector by itself."""
    if not isinstance(event, Wrote):
        yield event
        return
    at, content = event.at, event.content
    while content:
        whole = SECTOR - at % SECTOR
        yield Wrote(event.file, at, content[:whole])
        at, content = at + whole, content[whole:]


@dataclass
class Disk:
    """Names, and what the files are that have them; a folder's name stands for no file."""

    names: dict[str, Number | None] = field(default_factory=dict)
    contents: dict[Number, bytearray] = field(default_factory=dict)
    #: What a file holds where it became longer and what was written there did not arrive.
    fill: bytes = b"\0"

    def copy(self, fill: bytes = b"\0") -> "Disk":
        """Another disk that holds the same."""
        return Disk(dict(self.names), {number: bytearray(held) for number, held in self.contents.items()}, fill)

    def take(self, event: Event) -> None:
        """Let an event be on the disk."""
        match event:
            case Wrote(file, at, content):
                held = self._grown(file, at, self.fill)
                held[at : at + len(content)] = content
            case Sized(file, size):
                del self._grown(file, size, b"\0")[size:]
            case Named(path, number):
                self._name(path, number)
            case Unnamed(path):
                self.names.pop(path, None)
            case Renamed(old, new, number):
                self.names.pop(old, None)
                self._name(new, number)

    def _grown(self, file: Number, size: int, fill: bytes) -> bytearray:
        held = self.contents.setdefault(file, bytearray())
        held.extend(fill * (size - len(held)))
        return held

    def _name(self, path: str, number: Number | None) -> None:
        self.names[path] = number
        if number is not None:
            self.contents.setdefault(number, bytearray())

    def files(self) -> dict[str, bytes]:
        """What can be reached: each file by its path from the top folder, whose own name is a dot."""
        return {
            path: bytes(self.contents[number])
            for path, number in self.names.items()
            if number is not None and all(self._is_folder(str(each)) for each in PurePosixPath(path).parents)
        }

    def _is_folder(self, path: str) -> bool:
        return path == "." or (path in self.names and self.names[path] is None)


def after_power_cut(before: Disk, events: Sequence[Event], random: Random) -> dict[str, bytes]:
    """What is on the disk when the power goes after these events."""
    disk, by_chance = before.copy(random.choice((b"\0", b"\xa5"))), chance(random)
    for event, lasts in zip(events, lasting(events), strict=True):
        if lasts:
            disk.take(event)
            continue
        for piece in pieces(event):
            if by_chance(piece):
                disk.take(piece)
    return disk.files()


def chance(random: Random) -> Chance:
    """One of the ways in which what was not synced may come off."""
    likely, whole = random.random(), dict[Number | str | None, bool]()

    def by_place(event: Event) -> bool:
        return whole.setdefault(place_of(event), random.random() < likely)

    ways: list[Chance] = [
        lambda _: False,
        lambda _: True,
        lambda event: isinstance(event, Wrote | Sized),
        lambda event: not isinstance(event, Wrote | Sized),
        lambda _: random.random() < likely,
        lambda _: random.random() < 0.97,
        by_place,
    ]
    return random.choice(ways)
