"""Files that something has gone through: refused in words, or read as a second reader reads them, and nothing else."""

import csv
import io
import json
import random
import time
from pathlib import Path

import pytest
from damage import damaged
from damaged_workbooks import damaged_workbook, packed, sound_workbooks
from made import put, read
from naive_csv import NoTable, records, rows, text_of
from second_xlsx import differences

from recreg.errors import Mistyped, Refused

SEEDS = [
    'ref,text,owner\r\nR-0001,"two\r\nlines, ""so""",Head of PPU\r\n00123,1e5,\r\n,,\r\nR-0003,’–£,x\r\n'.encode(),
    'ref;text;owner\nR-0001;"a;b";Head of PPU\n\'=1+1;"";10618\n'.encode("utf-8-sig"),
    "ref\ttext\towner\rR-0001\t’–£\tx\rR-0002\ty\tz\r".encode("cp1252"),
    'ref,text\nR-0001,"é"\nR-0002,b\n'.encode("utf-16"),
    b"sep=|\nref|text|owner\nR-0001|a, b|c\n",
]


def mutated_csv(tmp_path: Path, count: int, seed: int) -> tuple[int, int]:
    """How many damaged files were read, and how many refused; each is compared with the second reader."""
    rng, taken, refused = random.Random(seed), 0, 0
    path = tmp_path / "items.csv"
    for _ in range(count):
        content = damaged(rng, rng.choice(SEEDS))
        began = time.process_time()
        try:
            held = read(put(path, content))
        except (Refused, Mistyped):
            refused += 1
            continue
        finally:
            assert time.process_time() - began < 2
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


def test_no_damaged_csv_is_read_otherwise_than_a_second_reader_reads_it(tmp_path: Path) -> None:
    taken, refused = mutated_csv(tmp_path, 3000, 20220929)
    assert taken > 500
    assert refused > 500


@pytest.mark.soak
def test_none_of_ten_thousand_damaged_csv_is_read_otherwise_either(tmp_path: Path) -> None:
    taken, refused = mutated_csv(tmp_path, 10_000, 1)
    assert taken + refused == 10_000


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
            held = read(put(tmp_path / "items.json", content))
        except (Refused, Mistyped):
            continue
        if not held.faults and not held.notices:
            taken += 1
            assert held.cells == plain_json(content), content
    return taken


def test_no_damaged_json_is_read_otherwise_than_the_standard_library_reads_it(tmp_path: Path) -> None:
    assert mutated_json(tmp_path, 800) > 20


@pytest.mark.soak
def test_none_of_two_thousand_damaged_json_is_read_otherwise_either(tmp_path: Path) -> None:
    assert mutated_json(tmp_path, 2000) > 50


def mutated_workbooks(tmp_path: Path, count: int) -> int:
    """How many damaged workbooks were read; each is compared with the second reader."""
    rng, taken, sound = random.Random(count), 0, sound_workbooks(tmp_path)
    for _ in range(count):
        path = put(tmp_path / "items.xlsx", damaged_workbook(rng, sound))
        began = time.process_time()
        try:
            held = read(path)
        except (Refused, Mistyped):
            continue
        finally:
            assert time.process_time() - began < 2
        if not held.faults and held.sheet is not None:
            taken += 1
            assert differences(path, held) == []
    return taken


def test_no_damaged_workbook_is_read_otherwise_than_a_second_reader_reads_it(tmp_path: Path) -> None:
    assert mutated_workbooks(tmp_path, 500) > 100


@pytest.mark.soak
def test_none_of_five_thousand_damaged_workbooks_is_read_otherwise_either(tmp_path: Path) -> None:
    assert mutated_workbooks(tmp_path, 5000) > 1000


def test_no_sound_workbook_is_read_otherwise_than_the_second_reader_reads_it(tmp_path: Path) -> None:
    for parts in sound_workbooks(tmp_path):
        path = put(tmp_path / "items.xlsx", packed(parts))
        held = read(path)
        assert (held.faults, differences(path, held), len(held.rows)) == ([], [], 3)


def test_the_second_reader_and_the_standard_library_agree() -> None:
    text = 'a,"b ""c"", d"\n"x\ny",z\n'
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == records(text, ",")
