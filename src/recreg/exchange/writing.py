"""What was recorded, line by line, as CSV, TSV or JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from recreg.domain.text import CLEAR, as_text
from recreg.exchange.cells import csv_cell, json_text
from recreg.questions.held import Held

T = TypeVar("T")


class Passing(Protocol):
    """What rows pass by on their way out, each as it is: somebody may be watching how far they are."""

    def __call__(self, rows: Iterable[T]) -> Iterable[T]:
        """The same rows."""


def unwatched(rows: Iterable[T]) -> Iterable[T]:
    """The rows themselves: nobody is watching."""
    return rows


#: Characters that show nothing of themselves and that a text may have all the same: soft hyphen, joiners.
WELCOME = "\n\t\u00ad\u200c\u200d"


def separated(rows: Held, separator: str = ",") -> Iterator[str]:
    """A heading of keys, then a line for each row."""
    yield separator.join(column.key for column in rows.columns)
    for row in rows:
        cells = [csv_cell(v, separator=separator, keep=WELCOME) if v is not None else "" for v in row.values()]
        yield separator.join(cells)


def json_lines(rows: Held, *, ascii_only: bool) -> Iterator[str]:
    """An object on each line."""
    for row in rows:
        yield _object(row, ascii_only=ascii_only)


def json_array(rows: Held, *, ascii_only: bool) -> Iterator[str]:
    """One array of objects, none of which need be held beside the others."""
    yield from _array(rows, "", ascii_only=ascii_only)


def document(head: dict[str, Any], nouns: Mapping[str, Held], *, ascii_only: bool) -> Iterator[str]:
    """One object: what wrote it, then an array for each noun."""
    yield "{"
    yield f'  "recreg": {json_text(head, ascii_only=ascii_only)},'
    for number, (noun, rows) in enumerate(nouns.items(), 1):
        yield from _array(rows, f'  "{noun}": ', ascii_only=ascii_only, end="," if number < len(nouns) else "")
    yield "}"


def _array(rows: Held, opening: str, *, ascii_only: bool, end: str = "") -> Iterator[str]:
    if not len(rows):
        yield f"{opening}[]{end}"
        return
    yield f"{opening}["
    indent = " " * (len(opening) - len(opening.lstrip()) + 2)
    for number, row in enumerate(rows, 1):
        text = _object(row, ascii_only=ascii_only, indent=2).replace("\n", f"\n{indent}")
        yield f"{indent}{text}" + ("," if number < len(rows) else "")
    yield f"{indent[2:]}]{end}"


def _object(row: dict[str, Any], *, ascii_only: bool, indent: int | None = None) -> str:
    """A row as an object, which comes in again as what it was."""
    told = json_text(row, ascii_only=ascii_only, indent=indent)
    if CLEAR not in told:
        return told
    row = {key: as_text(value) if isinstance(value, str) else value for key, value in row.items()}
    return json_text(row, ascii_only=ascii_only, indent=indent)
