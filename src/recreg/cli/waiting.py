"""What somebody at a terminal sees while long work goes on: how far it is. It goes away when the work is done.

Quick work shows nothing, and Rich is not loaded for it. A thread of its own draws, so that what is shown
moves while SQLite works too.
"""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING, TypeVar

from recreg.cli.printer import is_terminal

if TYPE_CHECKING:
    from recreg.cli.bar import Bar
    from recreg.exchange.tables import Row, Table

T = TypeVar("T")
#: Work is long, and its bar shown, after so many seconds.
_LONG = 0.7
#: How far it is, is noted every so many rows.
_EVERY = 100


class Work:
    """Some work, and how far it is: what is being done, how many rows went by, and which share of all, if known.

    ``then`` is what follows once its rows are read, and ``of`` what they are called. Of work that ``prints``
    to stdout nothing is shown where a pipe takes it: there may be a pager at its end. Nor before the first
    row, if somebody may be typing them.
    """

    def __init__(
        self, says: str, then: str = "", *, of: str = "rows", prints: bool = False, is_typed: bool = False
    ) -> None:
        self.says, self.of = says, of
        self.rows = 0
        self.share: float | None = None
        self._is_watched = _is_seen() and not (prints and _is_piped())
        self._is_typed = is_typed
        self._reads, self._then = says, then or says
        self._total = 1
        self._over = False
        self._drawing = Lock()
        self._bar: Bar | None = None
        self._timer = Timer(_LONG, self._show)
        self._timer.daemon = True

    def begin(self) -> None:
        """Count the time from now on after which the work is long."""
        if self._is_watched and not self._is_typed and self._timer.ident is None:
            self._timer.start()

    def reading(self, table: "Table") -> "Iterator[Row]":
        """The rows of a file, each as it is."""
        return self._reading(table) if self._is_watched else table.rows()

    def go_on(self, says: str, total: int) -> None:
        """Go on with something else, of so many rows."""
        self.says, self._total = says, total

    def passing(self, rows: Iterable[T]) -> Iterable[T]:
        """The rows that go out, each as it is."""
        return self._passing(rows) if self._is_watched else rows

    def end(self) -> None:
        """Show nothing any more."""
        self._timer.cancel()
        with self._drawing:
            self._over = True
            if self._bar is not None:
                with suppress(Exception):  # The terminal may have gone; what is done is done.
                    self._bar.stop()

    def _reading(self, table: "Table") -> "Iterator[Row]":
        self._is_typed = False
        self.begin()
        self.says, rows = self._reads, self.rows
        for row in table.rows():
            rows += 1
            if rows % _EVERY == 0:
                self.rows, self.share = rows, table.share_read(row.number)
            yield row
        self.says, self.rows, self.share = self._then, rows, None

    def _passing(self, rows: Iterable[T]) -> Iterator[T]:
        for row in rows:
            yield row
            self.rows += 1
            self.share = self.rows / self._total

    def _show(self) -> None:
        with self._drawing:
            if not self._over:
                from recreg.cli.bar import Bar

                self._bar = Bar(self)
                with suppress(OSError, ValueError):
                    self._bar.start()


@contextmanager
def waiting(work: Work) -> Iterator[Work]:
    """The work, of which nothing is shown any more once it is done, or given up."""
    try:
        work.begin()
        yield work
    finally:
        work.end()


def waiting_for(file: str, then: str, *, prints: bool = False) -> AbstractContextManager[Work]:
    """The work of reading a file, and of what is done then with its rows."""
    name = "stdin" if file == "-" else Path(file).name
    return waiting(Work(f"Reading {name}", f"{then} {name}", prints=prints, is_typed=file == "-"))


def _is_seen() -> bool:
    """Whether stderr is a terminal that can draw a line anew."""
    if sys.stderr is None or not is_terminal(sys.stderr):
        return False
    unnamed = "dumb" if os.name == "posix" else ""
    return (os.environ.get("TERM") or unnamed) not in {"dumb", "unknown"}


def _is_piped() -> bool:
    try:
        mode = os.fstat(sys.stdout.fileno()).st_mode
    except (OSError, ValueError):
        return True
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
