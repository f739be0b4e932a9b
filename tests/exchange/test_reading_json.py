"""JSON: what it can write and a register cannot hold is told where it stands, and nothing changes unseen."""

import hashlib
import io
import json
import sys
from pathlib import Path

import pytest
from made import put, put_json, read, refusal


def test_an_array_of_objects_is_a_table_of_all_their_keys(tmp_path: Path) -> None:
    held = read(put(tmp_path / "items.json", '[{"ref": "R-1", "ours": true, "n": 007}]'.replace("007", "7")))
    assert (held.headings, held.cells) == (("ref", "ours", "n"), [("R-1", "yes", "7")])
    rows = [{"ref": "00123", "addressees": ["NPCC", "CPS"]}, {"text": "1e5\n", "ours": False, "n": None, "ref": ""}]
    held = read(put_json(tmp_path / "items.json", rows))
    assert held.headings == ("ref", "addressees", "text", "ours", "n")
    assert held.cells == [("00123", "NPCC; CPS", None, None, None), (None, None, "1e5\n", "no", None)]
    assert [row.number for row in held.rows] == [1, 2]


def test_a_document_of_every_noun_gives_the_list_that_is_asked_for(tmp_path: Path) -> None:
    whole = {"recreg": {"schema": 4}, "people": [{"name": "Head of PPU"}], "items": [{"ref": "R-1"}], "notes": []}
    path = put_json(tmp_path / "all.json", whole)
    assert read(path).cells == [("R-1",)]
    assert read(path, noun="people").cells == [("Head of PPU",)]
    assert read(path, noun="notes").headings == ()
    error = refusal(path, noun="reviews")
    assert str(error) == "all.json has no list of reviews."
    assert error.hint == "It holds people, items, notes."


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("1.5", "“1.5”: A number is a whole one"),
        ("1e5", "“1e5”: A number is a whole one"),
        ("NaN", "“NaN”: This is no number"),
        ("-Infinity", "“-Infinity”: This is no number"),
        ("1" * 31, "A number has 30 figures at most"),
        ('{"a": 1}', '“{"a": "1"}”: A value is a text'),
        ('["a", ["b"]]', "A list holds texts"),
        ('["a", null]', "A list holds texts"),
        ('["a;b", "c"]', "“a;b”: Semicolons part the texts of a list"),
        ('"a\\ud800b"', "“a\\ud800b”: It has half a character"),
        ('"x", "due": "y"', '“"y"”: This key stands here twice'),
    ],
)
@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_what_no_cell_can_be_is_a_fault_at_its_place(kind: str, value: str, says: str, tmp_path: Path) -> None:
    good, bad = '{"ref": "R-1", "due": "x"}', f'{{"ref": "R-2", "due": {value}}}'
    path = put(
        tmp_path / f"items.{kind}", f"[{good}, {bad}, {good}]" if kind == "json" else f"{good}\n{bad}\n\n{good}\n"
    )
    held = read(path)
    (told,) = held.told
    assert told.startswith(f"items.{kind}, {'record' if kind == 'json' else 'line'} 2, due: ")
    assert says in told
    assert held.cells == [("R-1", "x"), ("R-2", None), ("R-1", "x")]


def test_a_whole_number_written_with_a_point_is_the_reference_that_was_meant(tmp_path: Path) -> None:
    held = read(put(tmp_path / "items.json", '[{"a": 10618.0, "b": 12345678901234567890, "c": -1}]'))
    assert held.cells == [("10618", "12345678901234567890", "-1")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[{"a": 1},\n{"a": }]', "items.json, line 2, column 7: this is not JSON"),
        ('[{"a": 1}', "items.json, line 1, column 10: this is not JSON"),
        ('"text"', "items.json holds no records"),
        ("{}", "items.json has no list of items"),
        ('{"items": [], "items": [{"a": 1}]}', "items.json, items: This key stands here twice"),
        ('{"items": {"a": 1}}', "items.json has no list of items"),
        ('[{"Due date": 1, "due_date": 2}]', "the columns no 1 (“Due date”) and no 2 (“due_date”) have one heading"),
        ("\n\n" + "[" * 100_000, "items.json, line 3: it is nested more than 100 deep"),
        ('{"a":' * 100_000, "items.json, line 1: it is nested more than 100 deep"),
        ('[{"a": "\x01"}]', "this is not JSON"),
    ],
)
def test_a_document_that_is_none_is_refused_with_its_place(content: str, says: str, tmp_path: Path) -> None:
    assert says in str(refusal(put(tmp_path / "items.json", content)))


def test_records_that_are_no_objects_are_faults_among_the_others(tmp_path: Path) -> None:
    held = read(put(tmp_path / "items.json", '["R-1", {"ref": "R-2"}, null, [1.5]]'))
    assert held.told == [
        'items.json, record 1: “"R-1"”: This is no object. Write an array of objects, one for each record.',
        "items.json, record 3: “null”: This is no object. Write an array of objects, one for each record.",
        'items.json, record 4: “["1.5"]”: This is no object. Write an array of objects, one for each record.',
    ]
    held = read(put(tmp_path / "items.jsonl", '{"ref": "R-1"}\n{"ref": \n3\n{"ref": "R-4"}\n' + "[" * 5000))
    assert [fault.place for fault in held.faults] == [
        "items.jsonl, line 2",
        "items.jsonl, line 3",
        "items.jsonl, line 5",
    ]
    assert "this is not JSON" in held.faults[0].sentence
    assert "nested" in held.faults[2].sentence


def test_what_came_in_by_stdin_is_known_by_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [("R-1", "a")]
    one = '{"ref": "R-1", "text": "a"}'
    for content in ("ref,text\nR-1,a\n", f"[{one}]", f"{one}\n", f'{{"items": [{one}]}}', f'{{"items":\n [{one}]}}'):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        held = read("-")
        assert held.cells == expected, content
        assert held.sha256 == hashlib.sha256(content.encode()).hexdigest()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"ref,text\nR-1\n")))
    assert read("-").faults[0].place == "stdin, line 2"


def test_utf_16_and_a_mark_are_no_hindrance(tmp_path: Path) -> None:
    for codec in ("utf-8-sig", "utf-16"):
        path = put(tmp_path / "items.json", json.dumps([{"text": "’–"}], ensure_ascii=False).encode(codec))
        assert read(path).cells == [("’–",)]


def test_lines_of_no_object_are_a_list_of_none_and_no_other_empty_file_is_anything(tmp_path: Path) -> None:
    for content in ("", "\n", " \n\n"):
        held = read(put(tmp_path / "items.jsonl", content))
        assert (held.headings, held.rows, held.notices) == ((), [], [])
    for name in ("items.json", "items.csv", "items.xlsx"):
        assert str(refusal(put(tmp_path / name, ""))) == f"{name} is empty."
