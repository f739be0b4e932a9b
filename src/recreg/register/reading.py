"""The rows of a file on their way in: hundreds at a time, and these column by column, since there may be millions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from recreg.domain.rows import Reader, Wrong
from recreg.domain.text import CLEAR
from recreg.errors import Mistyped
from recreg.register.arriving_rows import Source

_AT_ONCE = 500

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a file: their numbers, which keys each clears, and by key what the cells of each mean."""

    numbers: Sequence[int]
    cleared: Sequence[str | None]
    said: Mapping[str, Sequence[Any]]


def chunks(source: Source, reader: Reader, wrong: list[Wrong]) -> Iterator[Chunk]:
    """The rows of a file, in their order; what is wrong with a cell is noted, and it means nothing then."""
    rows = iter(source.rows())
    while taken := list(islice(rows, _AT_ONCE)):
        numbers, of_rows = zip(*taken, strict=True)
        columns: dict[str, Cells] = dict(zip(source.keys, zip(*of_rows, strict=True), strict=True))
        columns.pop("", None)  # Those that are left out.
        cleared, columns = _cleared(len(numbers), columns)
        yield Chunk(numbers, cleared, {key: _meant(reader, key, numbers, columns[key], wrong) for key in columns})


def _cleared(count: int, columns: dict[str, Cells]) -> tuple[Cells, dict[str, Cells]]:
    """Which keys each row clears, and the columns without the cells that say so."""
    clearing = {key for key, cells in columns.items() if CLEAR in cells}
    if not clearing:
        return [None] * count, columns
    cleared = [" ".join(key for key in columns if columns[key][at] == CLEAR) or None for at in range(count)]
    emptied = {key: [None if cell == CLEAR else cell for cell in columns[key]] for key in clearing}
    return cleared, columns | emptied


def _meant(reader: Reader, key: str, numbers: Sequence[int], cells: Cells, wrong: list[Wrong]) -> list[Any]:
    """What the cells of a column mean; where one is wrong, each is looked at by itself."""
    try:
        return reader.column(key, cells)
    except Mistyped:
        return [_one(reader, key, number, cell, wrong) for number, cell in zip(numbers, cells, strict=True)]


def _one(reader: Reader, key: str, number: int, cell: str | None, wrong: list[Wrong]) -> Any:
    try:
        return None if cell is None else reader.meaning(key, cell)
    except Mistyped as error:
        wrong.append(Wrong(number, key, cell or "", " ".join([*error.sentences, error.hint]).strip()))
        return None
