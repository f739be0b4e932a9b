"""XLSX as a second reader reads it: calamine, which is written in Rust and shares no code with the first one."""

import re
from datetime import date
from pathlib import Path

from made import Held
from python_calamine import CalamineWorkbook

Value = object


def filled_rows(path: Path, sheet: str) -> list[tuple[int, list[Value]]]:
    """The rows of a sheet that hold anything, by their numbers; raises what calamine raises."""
    with CalamineWorkbook.from_path(str(path)) as book:
        # A line break within a name is a space to XML, and to the first reader.
        found = book.get_sheet_by_name(next(name for name in book.sheet_names if name.split() == sheet.split()))
        first = (found.start or (0, 0))[0] + 1
        return [(number, [*row]) for number, row in enumerate(found.to_python(), first) if any(map(is_told, row))]


def differences(path: Path, held: Held) -> list[str]:
    """Where what was read is not what the second reader reads in that sheet."""
    (_, headings), *records = filled_rows(path, str(held.sheet))
    columns = [at for at, heading in enumerate(headings) if is_told(heading)]
    found = [] if agree(held.headings, [on_a_line(headings[at]) for at in columns]) else [f"{held.headings} {headings}"]
    if [row.number for row in held.rows] != [number for number, _ in records]:
        return [*found, f"rows {[row.number for row in held.rows]} {[number for number, _ in records]}"]
    for row, (number, values) in zip(held.rows, records, strict=True):
        if not agree(row.cells, [values[at] for at in columns]):
            found.append(f"row {number}: {row.cells} {values}")
        found += [f"row {number}: {value}" for at, value in enumerate(values) if is_told(value) and at not in columns]
    return found


def on_a_line(value: Value) -> Value:
    """A heading, with single spaces."""
    return " ".join(value.split()) if isinstance(value, str) else value


def is_told(value: Value) -> bool:
    """Whether a cell holds anything."""
    return value is not None and bool(str(value).strip())


def agree(cells: tuple[str | None, ...], values: list[Value]) -> bool:
    """Whether all cells of a row say what the second reader read."""
    return len(cells) == len(values) and all(map(says, cells, values))


def says(cell: str | None, value: Value) -> bool:
    """Whether a cell's text is a value of the second reader's: a day in ISO, a whole number without a point."""
    if not is_told(value) or cell is None:
        return cell is None and not is_told(value)
    if isinstance(value, bool):
        return cell == ("yes" if value else "no")
    if isinstance(value, date):
        return cell == value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, float | int):
        # Beyond fifteen figures a number is read with those it is written with, or as a power of ten.
        whole = float(value).is_integer() and (abs(value) < 1e15 or cell.isdigit())
        return bool(re.fullmatch("-?[0-9]+", cell)) == whole and float(cell) == value
    return cell == plain(str(value))


def plain(text: str) -> str:
    """A text with plain line breaks, and without the apostrophe that stands before a formula."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if re.match("'+[=+@\t\n＝＋－＠-]", text) else text
