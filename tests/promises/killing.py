"""Commands of recreg that are cut off at a chosen moment, and what may be wrong with what they leave."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from conftest import INSTALLED
from recreg.store import evidence_files
from recreg.store.file import connect_for_reading
from recreg.store.proof import faults

#: What is typed to run recreg: the installed one, or one that was spoilt on purpose.
Recreg = Sequence[object]
THE_INSTALLED: Recreg = (INSTALLED,)
#: Something that comes to be so while a command runs; it is told when that began, in nanoseconds.
Stage = Callable[[int], bool]
#: Seconds between two looks at it; and how many go by at most after each step of its writing before it is cut off.
_LOOK, _LASTS = 0.0003, (0.03, 0.003, 0.02)


@contextmanager
def copied_to_a_disk(register: Path) -> Iterator[Path]:
    """A copy of a register and its evidence on a disk: in memory all is written before anybody could kill it."""
    disk = Path("/var/tmp")  # noqa: S108 - the folder in it is made by tempfile, for this account alone
    with TemporaryDirectory(dir=disk if disk.is_dir() else None) as folder:
        evidence = evidence_files.folder_of(register)
        if evidence.exists():
            shutil.copytree(evidence, Path(folder, evidence.name))
        yield Path(shutil.copy(register, folder))


def spoilt(patch: str) -> Recreg:
    """A recreg that does something else than ours: ``patch`` runs before it does."""
    program = f"import sys, time\n{patch}\nfrom recreg import cli\ncli.main()\n"
    return (sys.executable, "-c", program)


@dataclass(frozen=True)
class Ended:
    """How a command came to its end, and all that it said until then."""

    code: int
    said: str


@dataclass(frozen=True)
class Moment:
    """When a command is cut off: so many seconds after its start, or after the last of some stages."""

    seconds: float
    stages: Sequence[Stage] = ()

    def wait(self, started: "subprocess.Popen[bytes]") -> None:
        """Wait for it, or for the command's own end."""
        since = time.time_ns()
        for stage in self.stages:
            _wait(stage, since, started)
        until = time.monotonic() + self.seconds
        _wait(lambda _: time.monotonic() >= until, since, started)


def _wait(stage: Stage, since: int, started: "subprocess.Popen[bytes]") -> None:
    while not stage(since) and started.poll() is None:
        time.sleep(_LOOK)


@contextmanager
def _started(recreg: Recreg, words: Sequence[object]) -> "Iterator[subprocess.Popen[bytes]]":
    """A command that is running; a shell's deafness to Ctrl-C, as in the background, is not passed on to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    typed = [str(word) for word in (*recreg, *words)]
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(typed, stdin=subprocess.DEVNULL, stdout=pipe, stderr=subprocess.STDOUT) as started:
            yield started
    finally:
        signal.signal(signal.SIGINT, before)


def cut_off(recreg: Recreg, words: Sequence[object], when: Moment, sent: int = signal.SIGKILL) -> Ended:
    """Run a command and send it a signal at that moment, unless it has ended by then."""
    with _started(recreg, words) as started:
        when.wait(started)
        started.send_signal(sent)
        said = started.communicate(timeout=120)[0]
    return Ended(started.returncode, said.decode(errors="replace"))


def lengths(recreg: Recreg, words: Sequence[object], *stages: Stage) -> list[float]:
    """Seconds that a command takes to each of some stages, and from the last of them to its end."""
    at, since = [time.monotonic()], time.time_ns()
    with _started(recreg, words) as started:
        for stage in stages:
            _wait(stage, since, started)
            at.append(time.monotonic())
        said = started.communicate(timeout=120)[0]
    assert started.returncode == 0, (words, said)
    return [after - before for before, after in pairwise([*at, time.monotonic()])]


@cache
def life_of(recreg: Recreg) -> float:
    """How long a command lives that has only to start, to look into a register and to write a little."""
    with TemporaryDirectory() as folder:
        return lengths(recreg, ["--register", f"{folder}/register.db", "init"])[0]


def journal_of(register: Path) -> Path:
    """Where SQLite keeps what pages were before it writes them anew."""
    return register.with_name(f"{register.name}-journal")


def has_begun(register: Path, since: int) -> bool:
    """Whether a transaction is writing: a journal that a killed command left is older."""
    try:
        found = journal_of(register).stat()
    except FileNotFoundError:
        return False
    return found.st_size > 0 and found.st_mtime_ns > since


def is_committed(register: Path, _since: int) -> bool:
    """Whether one that was writing no longer is."""
    journal = journal_of(register)
    return not journal.exists() or journal.stat().st_size == 0


def is_written_over(register: Path, _since: int = 0) -> bool:
    """Whether pages of the register itself may be written by now: should it end so, they have to be put back."""
    journal = journal_of(register)
    return journal.exists() and journal.read_bytes()[:1] not in {b"", b"\0"}


def wrong_with(register: Path) -> list[str]:
    """What recreg's own proof finds in a register, and evidence of which there is no file, or another."""
    with closing(connect_for_reading(register)) as db:
        wrong = [fault.message for fault in faults(db)]
        kept = db.execute("SELECT ref, sha256 FROM evidence WHERE sha256 NOT NULL AND path IS NULL").fetchall()
    folder = evidence_files.folder_of(register)
    spoilt_files = ((ref, evidence_files.fault_of(folder / sha256, sha256)) for ref, sha256 in kept)
    return wrong + [f"The file of {ref} is {fault}." for ref, fault in spoilt_files if fault]


def entries(register: Path, mark: str) -> int:
    """How many entries of the log hold these words."""
    with closing(connect_for_reading(register)) as db:
        return int(db.execute("SELECT count(*) FROM change WHERE instr(after, ?)", (mark,)).fetchone()[0])


@dataclass(frozen=True)
class Act:
    """Something that an officer types, with words of its own to be found by, and what recreg says when it is done."""

    words: Callable[[str], Sequence[object]]
    says: str
    entries: int


@dataclass
class Trial:
    """Acts at a register, each cut off at some moment: what was wrong after any, and where the moments fell."""

    recreg: Recreg
    register: Path
    acts: Sequence[Act]
    random: Random
    sent: Sequence[int] = (signal.SIGKILL,)

    def __post_init__(self) -> None:
        self.wrong: list[str] = []
        self.ended: list[Ended] = []
        self.whole: dict[str, int] = {}
        self.hot = 0

    def spread(self, size: int) -> list[Moment]:
        """So many moments, by turns: anywhere in a command's life, and soon after each step of its writing."""
        life = life_of(THE_INSTALLED)
        steps = [partial(step, self.register) for step in (has_begun, is_written_over, is_committed)]
        moments = []
        for number in range(size):
            share, taken = self.random.random() ** 2, number % (len(steps) + 1)
            moments.append(Moment(share * _LASTS[taken - 1], steps[:taken]) if taken else Moment(share**0.5 * life))
        return moments

    def run(self, moments: Iterable[Moment]) -> "Trial":
        """Cut off an act at each moment."""
        for number, when in enumerate(moments):
            self._cut_off(self.acts[number % len(self.acts)], f"Mark {number:04}.", when, number)
        self.wrong += [
            f"{mark} was there, and is gone" for mark, held in self.whole.items() if self._held(mark) != held
        ]
        return self

    def _typed(self, act: Act, mark: str) -> Sequence[object]:
        return ("--register", self.register, *act.words(mark))

    def _held(self, mark: str) -> int:
        return entries(self.register, mark)

    def _cut_off(self, act: Act, mark: str, when: Moment, number: int) -> None:
        sent = self.sent[number % len(self.sent)]
        ended = cut_off(self.recreg, self._typed(act, mark), when, sent)
        self.ended.append(ended)
        self.hot += is_written_over(self.register)
        held = self._held(mark)
        if held not in {0, act.entries}:
            self.wrong.append(f"{mark} {held} of {act.entries} entries are there")
        if held == 0 and act.says in ended.said:
            self.wrong.append(f"{mark} said “{act.says}”, and is lost")
        self.wrong += [f"{mark} {each}" for each in wrong_with(self.register)]
        if held:
            self.whole[mark] = held
