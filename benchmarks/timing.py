"""Whole processes, timed side by side: what is compared runs by turns, so that a busy moment falls on both."""

import os
import pty
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

BIN = Path(sys.executable).parent
RECREG = BIN / "recreg"

Run = Callable[[], object]


def medians(runs: dict[str, Run], rounds: int = 11) -> dict[str, float]:
    """Seconds that each takes, as the median of so many rounds, after one that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, run in runs.items():
            seconds = _seconds(run)
            if turn:
                taken[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def rounds_of(runs: dict[str, Run], rounds: int = 31) -> dict[str, list[float]]:
    """Seconds that each takes in each round, after one that is not counted."""
    taken = [{name: _seconds(run) for name, run in runs.items()} for _ in range(rounds + 1)][1:]
    return {name: [each[name] for each in taken] for name in runs}


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The one to the other: the median of what each round says, so that a slow minute falls on both."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def more(longer: Run, shorter: Run, rounds: int = 31) -> float:
    """How many milliseconds more the one takes than the other: the median of what each round says."""
    os.sync()  # What was just written is on the disk, and nobody is disturbed by it.
    taken = [[_seconds(run) for run in (longer, shorter)] for _ in range(rounds + 1)][1:]
    return statistics.median(a - b for a, b in taken) * 1000


def _seconds(run: Run) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def process(*words: object, **environment: str) -> Run:
    """A process of its own, its output into a pipe that is read; it must end well."""
    command, surroundings = [str(word) for word in words], {**os.environ, **environment}
    return lambda: subprocess.run(command, check=True, capture_output=True, env=surroundings)


def recreg(*words: object, **environment: str) -> Run:
    """The installed command."""
    return process(RECREG, *words, **environment)


def at_a_terminal(*words: object) -> Run:
    """A process whose output goes to a terminal of 160 columns."""
    command = [str(word) for word in words]
    return lambda: _shown(command)


def _shown(command: Sequence[str]) -> None:
    ours, theirs = pty.openpty()
    surroundings = {**os.environ, "COLUMNS": "160", "TERM": "xterm-256color"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings) as it:
        os.close(theirs)
        while _read(ours):
            pass
        if it.wait():
            raise subprocess.CalledProcessError(it.returncode, command)
    os.close(ours)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so where the last writer has gone.
        return b""
