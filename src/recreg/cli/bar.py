"""How far some work is, drawn by Rich on stderr; loaded only where the work turns out long."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column

from recreg.domain.text import visible

if TYPE_CHECKING:
    from recreg.cli.waiting import Work


#: How wide the bar itself may be, what its numbers take, and the least of what says what is done.
_BAR, _NUMBERS, _SAYS = (6, 30), 32, 10


class Bar(Progress):
    """A line that says how far some work is, as it stands whenever the line is drawn."""

    def __init__(self, work: "Work") -> None:
        screen = _Screen(file=sys.stderr, force_terminal=True, force_interactive=True)
        bar = max(_BAR[0], min(_BAR[1], screen.width - 2 * _NUMBERS))
        says = Column(no_wrap=True, overflow="ellipsis", max_width=max(_SAYS, screen.width - bar - _NUMBERS))
        super().__init__(
            TextColumn("{task.description}", markup=False, table_column=says),
            BarColumn(bar),
            TextColumn("{task.fields[far]}", markup=False),
            TimeElapsedColumn(),
            console=screen,
            refresh_per_second=5,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._work = work
        self.add_task("", far="")

    def get_renderables(self) -> Iterable[RenderableType]:
        """The line, brought up to how far the work is."""
        for task in self.tasks:
            share = self._work.share
            task.description = visible(self._work.says)
            task.total, task.completed = (None, 0) if share is None else (1.0, min(share, 1.0))
            task.fields["far"] = "  ".join(_far(self._work, share))
        yield from super().get_renderables()


def _far(work: "Work", share: float | None) -> Iterator[str]:
    if share is not None:
        yield f"{min(share, 1.0):4.0%}"
    if work.rows:
        yield f"{work.rows:,} {work.of}"


class _Screen(Console):
    """A terminal whose cursor is never hidden: a process that is killed could not bring it back."""

    def show_cursor(self, show: bool = True) -> bool:  # noqa: ARG002 - Rich's own signature
        """Leave it as it is."""
        return False
