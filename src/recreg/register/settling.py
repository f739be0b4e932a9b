"""What follows from a row of an import, should it be new: worked out once for all the rows that are alike in it."""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from recreg.domain.arrival import ONLY_WHETHER, Arrival, Surroundings
from recreg.domain.rows import ITEM_KEYS, Wrong
from recreg.domain.text import short_title
from recreg.store import incoming

Reports = Mapping[str, tuple[str | None, str]]
_VALUES = itemgetter(*incoming.SETTLED)
#: So many sorts of row are remembered; a file may have as many as rows.
_REMEMBERED = 10_000


class Settling:
    """Settles rows of the same keys, some at a time; what is wrong with each, should it be new, is in ``wrong``."""

    def __init__(self, reports: Reports, around: Surroundings) -> None:
        self.wrong: list[Wrong] = []
        self._reports, self._around = reports, around
        self._empty: dict[str, Any] = dict.fromkeys(ITEM_KEYS)
        self._known: dict[tuple[Any, ...], int] = {}
        self._new: list[tuple[Any, ...]] = []
        self._count = 0

    def of(self, numbers: Sequence[int], said: Mapping[str, Sequence[Any]]) -> tuple[list[str | None], list[int]]:
        """For each row the title that its text gives, if it has none, and the number under which stands what follows.

        ``numbers`` are those of the rows, and ``said`` is what they say, by key.
        """
        titles, follows = list(_made_titles(len(numbers), said)), list[int]()
        told = [map(bool, column) if key in ONLY_WHETHER else column for key, column in said.items()]
        for at, (title, alike) in enumerate(zip(titles, zip(*told, strict=True), strict=True)):
            known = None if title == "" else self._known.get(alike)  # Without a title it is wrong, whatever it is like.
            follows.append(known or self._settle(alike, numbers[at], {key: column[at] for key, column in said.items()}))
        return titles, follows

    def kept(self) -> list[tuple[Any, ...]]:
        """What was found to follow since this was asked for last: a number, and the values."""
        new, self._new = self._new, []
        return new

    def _settle(self, alike: tuple[Any, ...], number: int, said: dict[str, Any]) -> int:
        row = self._empty | said
        published_on, kind = self._reports.get((row["inspection"] or "").casefold(), (None, None))
        arrival = Arrival(row, published_on, kind, self._around)
        values = _VALUES(arrival.settled())
        self._count += 1
        self._new.append((self._count, *values))
        self.wrong += [Wrong(number, *each) for each in arrival.wrong]
        if not arrival.wrong:
            self._remember(alike)
        return self._count

    def _remember(self, alike: tuple[Any, ...]) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[alike] = self._count


def _made_titles(count: int, said: Mapping[str, Sequence[Any]]) -> Iterator[str | None]:
    """For each row without a title of its own the one that its text gives, which may be empty; for others None."""
    nothing = [None] * count
    for title, text in zip(said.get("title", nothing), said.get("text", nothing), strict=True):
        yield None if title else short_title(text or "")
