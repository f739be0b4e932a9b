"""A damaged file at a register: refused and nothing written, or taken as a second reader reads it."""

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from damage import damaged
from damaged_workbooks import damaged_workbook, sound_workbooks
from made import put, read
from naive_csv import NoTable, rows, text_of
from second_xlsx import Value, filled_rows, is_told, on_a_line, plain, says

from conftest import Typed
from promising import promise
from recreg.errors import Refused
from recreg.exchange.headings import mapped
from recreg.exchange.spellings import ITEMS

#: What is kept of a cell as it stands, so that it can be compared.
COMPARED = ("title", "number", "hmicfrs_ref")
HEADINGS = ["Type", "Title", "HMICFRS ref", "Number", "Waiting on"]
ROWS = [
    ["rec", "’–£ and “so”", "10618", "00123", "NPCC"],
    ["area for improvement", "two words", "9962", "", ""],
    ["coc", "'=1+1", "", "1e5", ""],
]
Table = tuple[list[Value], list[list[Value]]]


def told(recreg: Typed, register: Path, file: Path) -> list[dict[str, Any]] | None:
    """What an empty register holds once it has taken a file; None where it refused the file and kept as it was."""
    before = register.read_bytes()
    said = recreg("import", file, "--what", "items")
    assert "Traceback" not in said.err
    if said.code:
        assert said.code in {2, 4}, said
        assert said.err
        assert register.read_bytes() == before, "nothing may be written"
        return None
    held: list[dict[str, Any]] = recreg("export", "-", "-f", "json").json
    register.write_bytes(before)
    return held


def is_alike(held: list[dict[str, Any]], table: Table) -> bool:
    """Whether the items are the rows of the second reader's table."""
    headings, records = table
    columns = [at for at, heading in enumerate(headings) if is_told(heading)]
    try:
        keys = dict(zip(mapped([str(on_a_line(headings[at])) for at in columns], ITEMS, {}), columns, strict=True))
    except Refused:  # Parted by another mark than it was.
        return False
    return len(held) == len(records) and all(
        says(item[key], on_a_line(plain(cell) if isinstance(cell := record[keys[key]], str) else cell))
        for item, record in zip(held, records, strict=True)
        for key in COMPARED
        if key in keys
    )


def csv_again(file: Path) -> list[Table]:
    """A file of lines, read by the second reader, whatever parts its cells."""
    found: list[Table] = []
    for delimiter in ",;\t|":
        try:
            headings, records = rows(text_of(file.read_bytes()), delimiter)
        except NoTable:
            continue
        found.append(([*headings], [[*record] for record in records]))
    return found


def json_again(file: Path) -> list[Table]:
    """An array of objects, read by the standard library."""
    records = json.loads(text_of(file.read_bytes()))
    keys = list(dict.fromkeys(key for each in records for key in each))
    return [([*keys], [[each.get(key) for key in keys] for each in records])]


def xlsx_again(file: Path) -> list[Table]:
    """A workbook, read by calamine."""
    (_, headings), *records = filled_rows(file, str(read(file).sheet))
    return [(headings, [record for _, record in records])]


def of_lines(rng: random.Random, folder: Path) -> bytes:
    """A damaged file of lines."""
    with (folder / "sound").open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, delimiter=rng.choice(",;\t")).writerows([HEADINGS, *ROWS])
    return damaged(rng, (folder / "sound").read_bytes(), most=1)


def of_objects(rng: random.Random, folder: Path) -> bytes:
    """A damaged document."""
    objects = [{key: cell.lstrip("'") or None for key, cell in zip(HEADINGS, row, strict=True)} for row in ROWS]
    return damaged(rng, json.dumps(objects, ensure_ascii=rng.random() < 0.5).encode(), most=1)


def of_parts(rng: random.Random, folder: Path) -> bytes:
    """A damaged workbook."""
    return damaged_workbook(rng, sound_workbooks(folder))


Made = Callable[[random.Random, Path], bytes]
Again = Callable[[Path], list[Table]]
SORTS: list[tuple[str, Made, Again]] = [
    ("csv", of_lines, csv_again), ("json", of_objects, json_again), ("xlsx", of_parts, xlsx_again),
]  # fmt: skip


def taken_of(recreg: Typed, register: Path, count: int, suffix: str, made: Made, again: Again) -> int:
    """How many damaged files a register took; every one as the second reader reads it."""
    rng, taken, file = random.Random(f"{suffix} {count}"), 0, register.with_name(f"items.{suffix}")
    for _ in range(count):
        put(file, made(rng, register.parent))
        held = told(recreg, register, file)
        if held:
            taken += 1
            assert any(is_alike(held, table) for table in again(file)), (held, again(file))
    return taken


@promise("D1", of="damaged files of each sort", ci=50, full=1000)
def test_d1_a_register_takes_no_damaged_file_otherwise_than_a_second_reader_reads_it(
    size: int, recreg: Typed, register: Path
) -> None:
    for sort in SORTS:
        assert taken_of(recreg, register, size, *sort) >= size // 10
