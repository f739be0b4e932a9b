"""Files that something has gone through: refused in words, or read as a second reader reads them, and nothing else."""

import csv
import io
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from damage import damaged
from damaged_workbooks import damaged_workbook, packed, sound_workbooks
from made import Held, put, read
from naive_csv import NoTable, records, rows, text_of
from second_xlsx import differences

from promising import promise
from recreg.errors import Mistyped, Refused

SEEDS = [
    'ref,text,owner\r\nR-0001,"two\r\nlines, ""so""",Head of PPU\r\n00123,1e5,\r\n,,\r\nR-0003,’–£,x\r\n'.encode(),
    'ref;text;owner\nR-0001;"a;b";Head of PPU\n\'=1+1;"";10618\n'.encode("utf-8-sig"),
    "ref\ttext\towner\rR-0001\t’–£\tx\rR-0002\ty\tz\r".encode("cp1252"),
    'ref,text\nR-0001,"é"\nR-0002,b\n'.encode("utf-16"),
    b"sep=|\nref|text|owner\nR-0001|a, b|c\n",
]


@contextmanager
def at_once() -> Iterator[None]:
    """However a file is damaged, it is read or refused in two seconds."""
    began = time.process_time()
    try:
        yield
    finally:
        assert time.process_time() - began < 2


def mutated_csv(tmp_path: Path, count: int) -> tuple[int, int]:
    """How many damaged files were read, and how many refused; each is compared with the second reader."""
    rng, taken, refused = random.Random(count), 0, 0
    path = tmp_path / "items.csv"
    for _ in range(count):
        content = damaged(rng, rng.choice(SEEDS))
        try:
            with at_once():
                held = read(put(path, content))
        except (Refused, Mistyped):
            refused += 1
            continue
        if held.faults:
            refused += 1
            continue
        taken += 1
        assert any((list(held.headings), held.cells) == read_again for read_again in second_readings(content)), content
    return taken, refused


def second_readings(content: bytes) -> list[tuple[list[str], list[tuple[str | None, ...]]]]:
    """What the second reader makes of a file, whatever parts its cells."""
    found, text = [], text_of(content)
    for delimiter in ",;\t|:^~!#$%&*/":
        first, _, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
        says = first.strip('"').lower() == f"sep={delimiter}"
        try:
            found.append(rows(rest if says else text, delimiter))
        except NoTable:
            continue
    return found


@promise("D1", of="damaged files of CSV", ci=3000, full=10_000)
def test_d1_no_damaged_csv_is_read_otherwise_than_a_second_reader_reads_it(size: int, tmp_path: Path) -> None:
    taken, refused = mutated_csv(tmp_path, size)
    assert taken + refused == size
    assert min(taken, refused) > size // 6


def plain_json(content: bytes) -> list[tuple[str | None, ...]]:
    """The rows of an array of objects of texts, as the standard library reads them."""
    whole = json.loads(content)
    listed = whole["items"] if isinstance(whole, dict) else whole
    keys = list(dict.fromkeys(key for each in listed for key in each))
    cells = [[each.get(key) for key in keys] for each in listed]
    return [tuple(told(cell) for cell in row) for row in cells]


def told(value: object) -> str | None:
    """A value as a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(str(each) for each in value if str(each).strip()) or None
    if isinstance(value, float):
        value = int(value)
    return None if value is None or not str(value).strip() else str(value)


def mutated_json(tmp_path: Path, count: int) -> int:
    """How many damaged documents were read; each as the standard library reads it."""
    rng, taken = random.Random(count), 0
    rows = [
        {"ref": "R-0001", "text": "a\n’", "ours": True, "n": 10618},
        {"ref": "R-2", "addressees": ["NPCC", "CPS"], "x": None},
    ]
    seeds = [
        json.dumps(rows).encode(),
        json.dumps({"recreg": {"schema": 4}, "items": rows}, ensure_ascii=False).encode(),
    ]
    for _ in range(count):
        content = damaged(rng, rng.choice(seeds))
        try:
            with at_once():
                held = read(put(tmp_path / "items.json", content))
        except (Refused, Mistyped):
            continue
        if not held.faults and not held.notices:
            taken += 1
            assert held.cells == plain_json(content), content
    return taken


@promise("D1", of="damaged documents of JSON", ci=800, full=2000)
def test_d1_no_damaged_json_is_read_otherwise_than_the_standard_library_reads_it(size: int, tmp_path: Path) -> None:
    assert mutated_json(tmp_path, size) > size // 40


def mutated_workbooks(tmp_path: Path, count: int) -> int:
    """How many damaged workbooks were read; each is compared with the second reader."""
    rng, taken, sound = random.Random(count), 0, sound_workbooks(tmp_path)
    for _ in range(count):
        path = put(tmp_path / "items.xlsx", damaged_workbook(rng, sound))
        try:
            with at_once():
                held = read(path)
        except (Refused, Mistyped):
            continue
        if not held.faults and held.sheet is not None:
            taken += 1
            assert differences(path, held) == []
    return taken


@promise("D1", of="damaged workbooks", ci=500, full=5000)
def test_d1_no_damaged_workbook_is_read_otherwise_than_a_second_reader_reads_it(size: int, tmp_path: Path) -> None:
    assert mutated_workbooks(tmp_path, size) > size // 5


@pytest.mark.parametrize("harness", [mutated_csv, mutated_json, mutated_workbooks])
def test_a_reader_that_loses_the_last_row_would_be_noticed(
    harness: Callable[[Path, int], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = read

    def losing(path: Path) -> Held:
        held = sound(path)
        held.rows = held.rows[:-1]
        return held

    monkeypatch.setitem(globals(), "read", losing)
    with pytest.raises(AssertionError):
        harness(tmp_path, 300)


def test_no_sound_workbook_is_read_otherwise_than_the_second_reader_reads_it(tmp_path: Path) -> None:
    for parts in sound_workbooks(tmp_path):
        path = put(tmp_path / "items.xlsx", packed(parts))
        held = read(path)
        assert (held.faults, differences(path, held), len(held.rows)) == ([], [], 3)


def test_the_second_reader_and_the_standard_library_agree() -> None:
    text = 'a,"b ""c"", d"\n"x\ny",z\n'
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == records(text, ",")
