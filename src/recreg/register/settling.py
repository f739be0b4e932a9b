"""What follows from a row of an import, should it be new: worked out once for all the rows that are alike in it."""

from collections.abc import Mapping, Sequence
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
    """Settles rows with these keys, one after the other; what is wrong with each, should it be new, is in ``wrong``."""

    def __init__(self, keys: Sequence[str], reports: Reports, around: Surroundings) -> None:
        self.wrong: list[Wrong] = []
        self._keys, self._reports, self._around = keys, reports, around
        self._only_whether = [key in ONLY_WHETHER for key in keys]
        self._title, self._text = (keys.index(key) if key in keys else None for key in ("title", "text"))
        self._empty: dict[str, Any] = dict.fromkeys(ITEM_KEYS)
        self._known: dict[tuple[Any, ...], int] = {}
        self._new: list[tuple[Any, ...]] = []
        self._count = 0

    def of(self, number: int, said: Sequence[Any]) -> tuple[str | None, int]:
        """The title that the row's text gives, if it has none, and the number under which it is kept what follows."""
        title = None if self._title is not None and said[self._title] else self._made_of(said)
        alike = tuple([bool(cell) if only else cell for cell, only in zip(said, self._only_whether, strict=True)])
        known = None if title == "" else self._known.get(alike)  # Without a title it is wrong, whatever it is like.
        return title, known or self._settle(alike, number, said)

    def kept(self) -> list[tuple[Any, ...]]:
        """What was found to follow since this was asked for last: a number, and the values."""
        new, self._new = self._new, []
        return new

    def _made_of(self, said: Sequence[Any]) -> str:
        return "" if self._text is None else short_title(said[self._text] or "")

    def _settle(self, alike: tuple[Any, ...], number: int, said: Sequence[Any]) -> int:
        row = self._empty | dict(zip(self._keys, said, strict=True))
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
