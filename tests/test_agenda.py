"""What falls due before a board, its sheet, and the sheet taken back."""

import os
import pty
import shutil
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from conftest import INSTALLED, Typed, is_sound
from recreg.questions.columns import AGENDA
from recreg.store.verify import stored

UNTIL = "2022-12-31"
HEADINGS = "Reference|HMICFRS|Title|Owner|Due|RAG now|Last position|Outcome|Position|RAG|Why".split("|")
SAID = "=1+1 is what the owner wrote"


@pytest.fixture
def filled(recreg: Typed, register: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cause with a recommendation, one of nobody, one that is not ours, one that is closed."""
    monkeypatch.setenv("RECREG_TODAY", "2022-08-31")
    for words in (
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "10/04/2019"],
        ["add", "--kind", "coc", "--title", "=Older people", "--inspection", "OLD-1", "--owner", "Head of PPU",
         "--board", "Vulnerability & Crime Board"],
        ["add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618", "--parent", "R-0001",
         "--inspection", "OLD-1", "--deadline", "within six months", "--owner", "Head of PPU",
         "--board", "Vulnerability & Crime Board", "--portfolio", "Vulnerability"],
        ["add", "--kind", "afi", "--title", "Crime recording"],
        ["add", "--kind", "rec", "--title", "Custody", "--owner", "Head of Custody", "--target", "2022-09-28"],
        ["add", "--kind", "rec", "--title", "Theirs", "--not-ours", "--why", "the NPCC's"],
        ["add", "--kind", "rec", "--title", "Done"],
        ["sign-off", "R-0006", "--letter", "HMI/1", "--direct"],
        ["note", "10618", SAID + "\nand went on"],
        ["defer", "R-0004", "--to", "2023-01-31", "--why", "late"],
    ):  # fmt: skip
        assert recreg(*words).code == 0, words
    monkeypatch.setenv("RECREG_TODAY", "2022-09-29")
    return register


@pytest.fixture
def sheet(filled: Path, tmp_path: Path, recreg: Typed) -> Path:
    """The sheet of everything that falls due by the end of the year."""
    said = recreg("agenda", "--until", UNTIL, "--sheet", tmp_path / "board.xlsx")
    assert (said.code, said.out) == (0, ""), said
    assert said.err == f"4 items are on the sheet {tmp_path / 'board.xlsx'}.\n"
    return tmp_path / "board.xlsx"


def agenda_of(book: openpyxl.Workbook) -> Worksheet:
    found = book["Agenda"]
    assert isinstance(found, Worksheet)
    return found


Answers = dict[str, dict[str, Any]]
Fill = Callable[[Answers], None]


@pytest.fixture
def fill(sheet: Path) -> Fill:
    """Fill in the sheet: for a reference, a heading and what stands below it."""

    def typed(answers: Answers) -> None:
        book = openpyxl.load_workbook(sheet)
        page = agenda_of(book)
        rows = {str(page.cell(row, 1).value): row for row in range(4, page.max_row + 1)}
        for ref, given in answers.items():
            for heading, value in given.items():
                page.cell(rows[ref], HEADINGS.index(heading) + 1).value = value
        book.save(sheet)

    return typed


ANSWERS: Answers = {
    "R-0001": {"Outcome": "Support Needed", "Position": "Wait for the audit"},
    "R-0002": {"Outcome": "on track", "Position": "Nearly there\nsays the owner", "RAG": "green", "Why": "audit done"},
    "R-0003": {"RAG": "Amber", "Why": "nobody owns it"},
    "R-0004": {"Position": "Cells were rebuilt"},
}


def rows_of(path: Path) -> Any:
    with closing(sqlite3.connect(path)) as db:
        return stored(db)


# The list.


def test_what_falls_due_by_the_day_is_listed_by_owner_those_of_nobody_last(recreg: Typed, filled: Path) -> None:
    rows = recreg("agenda", "--until", UNTIL, "-f", "json").json
    assert [(row["owner"], row["ref"], row["clock"], row["due_on"]) for row in rows] == [
        ("Head of Custody", "R-0004", "target", "2022-09-28"),
        ("Head of Custody", "R-0004", "review", "2022-11-30"),
        ("Head of PPU", "R-0002", "deadline", "2019-10-10"),
        ("Head of PPU", "R-0001", "review", "2022-11-30"),
        ("Head of PPU", "R-0002", "review", "2022-11-30"),
        (None, "R-0003", "review", "2022-11-30"),
    ]
    assert list(rows[0]) == [column.key for column in AGENDA]
    late = rows[2]
    assert (late["days_overdue"], late["days_overdue_then"], late["position"]) == (1085, 1178, "past")
    assert (late["portfolio"], late["status"]) == ("Vulnerability", "in_progress")
    assert rows[0]["position"] == "extended to 2023-01-31 (moved once)"


def test_the_day_itself_is_among_it_and_the_day_after_is_not(recreg: Typed, filled: Path) -> None:
    def due(until: str) -> list[str]:
        return recreg("agenda", "--until", until, "-f", "ids").out.split()

    assert due("2022-11-29") == ["R-0004", "R-0002"]
    assert due("2022-11-30") == ["R-0004", "R-0002", "R-0001", "R-0003"]
    assert due("today") == ["R-0004", "R-0002"], "what is overdue already"


@pytest.mark.parametrize(
    ("option", "refs"),
    [
        ("--owner=Head of Custody", ["R-0004"]),
        ("--board=vulnerability & crime board", ["R-0002", "R-0001"]),
        ("--portfolio=Vulnerability", ["R-0002"]),
    ],
)
def test_an_agenda_may_be_of_one_board_owner_or_portfolio(
    option: str, refs: list[str], recreg: Typed, filled: Path
) -> None:
    assert recreg("agenda", "--until", UNTIL, option, "-f", "ids").out.split() == refs


def test_where_an_item_stood_last_is_its_newest_review_or_note(recreg: Typed, filled: Path) -> None:
    def last() -> Any:
        rows = recreg("agenda", "--until", "+9m", "--owner", "Head of PPU", "-f", "json").json
        return next(row["last_position"] for row in rows if row["ref"] == "R-0002")

    assert last() == f"{SAID}\nand went on"
    recreg("review", "R-0002", "--outcome", "on-track", "--note", "Held", "--on", "2022-09-05")
    assert last() == "Held"
    recreg("note", "R-0002", "Noted the same day", "--on", "2022-09-05")
    assert last() == "Noted the same day"


def test_a_table_names_the_day_and_shows_of_a_long_position_its_first_line(recreg: Typed, filled: Path) -> None:
    recreg("note", "R-0003", "word " * 60 + "\nsecond line")
    said = recreg("agenda", "--until", UNTIL, "-f", "table")
    assert said.first == "What falls due up to 31 December 2022"
    assert "…" in said.out
    assert "second line" not in said.out
    assert "6 listed. Open and ours: " in said.err
    assert "second line" in recreg("agenda", "--until", UNTIL, "-f", "csv").out


def test_nothing_that_falls_due_is_no_error(recreg: Typed, register: Path, tmp_path: Path) -> None:
    assert recreg("agenda", "--until", "today", "-f", "json").out == "[]\n"
    said = recreg("agenda", "--until", "today", "--sheet", tmp_path / "b.xlsx")
    assert said.code == 0
    assert said.err.startswith("0 items are on the sheet")


# The sheet.


def test_the_sheet_has_a_row_for_each_item_with_all_that_is_due_of_it(sheet: Path) -> None:
    page = agenda_of(openpyxl.load_workbook(sheet))
    assert [cell.value for cell in page[3]] == HEADINGS
    rows = [[cell.value for cell in row[:7]] for row in page.iter_rows(min_row=4)]
    assert [row[0] for row in rows] == ["R-0004", "R-0002", "R-0001", "R-0003"]
    assert rows[1][1:6] == [
        "10618", "Needs", "Head of PPU", "review 30 November 2022; deadline 10 October 2019, 1,085 days past", "unrated",
    ]  # fmt: skip
    assert rows[1][6] == f"31 August 2022: {SAID}\nand went on"
    assert rows[0][4] == (
        "review 30 November 2022; target 28 September 2022, 1 day past (extended to 2023-01-31 (moved once))"
    )


def test_only_the_four_answers_can_be_typed_into_and_two_are_chosen_from_a_list(sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    page = agenda_of(book)
    assert page.protection.sheet
    assert not page.protection.password
    for row in page.iter_rows():
        for cell in row:
            assert cell.protection.locked == (int(cell.coordinate[1:]) < 4 or cell.coordinate[0] < "H"), cell.coordinate
    lists = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    assert lists == {
        "H4:H7": '"on track,support needed,escalate,propose closure"',
        "J4:J7": '"red,amber,green,unrated"',
    }
    assert book["How to fill in"].protection.sheet


def test_the_sheet_prints_across_one_page_wide_with_its_heading_and_its_marking(recreg: Typed, filled: Path) -> None:
    file = filled.parent / "one.xlsx"
    recreg("agenda", "--until", UNTIL, "--board", "vulnerability & crime board", "--sheet", file)
    book = openpyxl.load_workbook(file)
    page = agenda_of(book)
    assert (page.freeze_panes, page.print_title_rows) == ("B4", "$3:$3")
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.oddHeader is not None
    head = (page.oddHeader.left.text, page.oddHeader.center.text, page.oddHeader.right.text)
    assert head == ("Vulnerability && Crime Board", "OFFICIAL", "Agenda up to 31 December 2022")
    assert book.properties.title == "Agenda up to 31 December 2022"
    assert "29 September 2022" in str(book.properties.description)
    assert file.stat().st_mode & 0o777 == 0o600


def test_text_that_begins_a_formula_is_text_and_what_is_hidden_is_seen(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    recreg("edit", "R-0004", "--title", "@Custody")
    with closing(sqlite3.connect(filled)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE item SET title = '#REF!' || char(7) || char(0xFFFF) || '_x0041_' WHERE id = 3")
        db.commit()
    assert recreg("agenda", "--until", UNTIL, "--sheet", tmp_path / "b.xlsx").code == 0
    page = agenda_of(openpyxl.load_workbook(tmp_path / "b.xlsx"))
    titles = {page.cell(row, 1).value: page.cell(row, 3) for row in range(4, 8)}
    assert {cell.data_type for cell in titles.values()} == {"s"}
    assert (titles["R-0001"].value, titles["R-0001"].quotePrefix) == ("=Older people", True)
    assert (titles["R-0004"].value, titles["R-0004"].quotePrefix) == ("@Custody", True)
    assert titles["R-0003"].value == "#REF!\\u0007\\uffff_x005F_x0041_"


def test_a_text_longer_than_a_cell_is_refused_and_no_file_made(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    recreg("note", "R-0003", "x" * 32_768)
    said = recreg("agenda", "--until", UNTIL, "--sheet", tmp_path / "b.xlsx")
    assert said.code == 4
    assert "The last position of R-0003 is longer than the 32,767 characters" in said.err
    assert "recreg note R-0003" in said.err
    assert list(tmp_path.glob("*xlsx*")) == []


def test_a_sheet_that_cannot_be_written_leaves_what_was_there(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    said = recreg("agenda", "--until", UNTIL, "--sheet", tmp_path / "nowhere" / "b.xlsx")
    assert said.code == 74
    assert "could not be written: No such file or directory." in said.err
    (tmp_path / "b.xlsx").mkdir()
    assert recreg("agenda", "--until", UNTIL, "--sheet", tmp_path / "b.xlsx").code == 74
    assert [file.name for file in tmp_path.glob(".*")] == []


# Taking it back.


def test_a_filled_sheet_is_taken_as_one_act_and_undone_as_one(
    recreg: Typed, filled: Path, sheet: Path, fill: Fill
) -> None:
    before, log = rows_of(filled), recreg("log", "-f", "json").json
    fill(ANSWERS)
    said = recreg("minute", sheet)
    assert (said.code, said.out) == (0, ""), said
    assert "4 rows with effect from 29 September 2022: 2 reviews, 2 ratings, 1 note." in said.err
    assert "Row 6: V-0002 of R-0001 “=Older people”, 29 September 2022: support needed; next review" in said.err
    cause, child = (recreg("show", ref, "-f", "json").json for ref in ("R-0001", "R-0002"))
    assert [each["note"] for each in cause["reviews"]] == ["Wait for the audit"]
    assert [each["note"] for each in child["reviews"]] == ["Nearly there\nsays the owner"], "not the cause's as well"
    assert (child["rag"], child["rag_why"], child["next_review_on"]) == ("green", "audit done", "2022-12-29")
    nobodys, custody = (recreg("show", ref, "-f", "json").json for ref in ("R-0003", "R-0004"))
    assert (nobodys["rag"], nobodys["reviews"]) == ("amber", [])
    assert [each["text"] for each in custody["notes"]] == ["Cells were rebuilt"]
    acts = recreg("log", "-f", "json").json[len(log) :]
    assert [act["command"] for act in acts] == ["minute"]
    assert recreg("history", "R-0003", "-f", "json").json[-1]["event"] == "minuted"
    assert recreg("undo").code == 0
    assert rows_of(filled) == before
    assert is_sound(filled)


def test_rows_without_an_answer_are_left_out_and_counted(recreg: Typed, filled: Path, sheet: Path, fill: Fill) -> None:
    before = filled.read_bytes()
    said = recreg("minute", sheet)
    assert (said.code, "4 rows have no answer and are left out." in said.err) == (0, True)
    assert "Nothing was changed" in said.err
    assert filled.read_bytes() == before
    fill({"R-0003": {"Position": "Seen"}})
    assert "3 rows have no answer and are left out." in recreg("minute", sheet).err


def test_a_sheet_taken_twice_changes_nothing_the_second_time(
    recreg: Typed, filled: Path, sheet: Path, fill: Fill
) -> None:
    fill(ANSWERS)
    recreg("minute", sheet)
    before = filled.read_bytes()
    said = recreg("minute", sheet)
    assert said.code == 0
    assert said.err.count("stands so already, and is left out.") == 4
    assert "Nothing was changed: it stands so already." in said.err
    assert filled.read_bytes() == before
    fill({"R-0003": {"Position": "and one thing more"}})
    assert "1 row with effect from 29 September 2022: 1 note." in recreg("minute", sheet).err


def test_another_review_of_the_same_day_is_refused(recreg: Typed, filled: Path, sheet: Path, fill: Fill) -> None:
    fill(ANSWERS)
    recreg("minute", sheet)
    fill({"R-0002": {"Position": "Put otherwise"}})
    before = filled.read_bytes()
    said = recreg("minute", sheet)
    assert said.code == 4
    assert "board.xlsx, row 5, Reference “R-0002”: R-0002 has a review of 29 September 2022 already, V-" in said.err
    assert "recreg correct V-" in said.err
    assert filled.read_bytes() == before


def test_a_dry_run_shows_every_row_and_takes_none(recreg: Typed, filled: Path, sheet: Path, fill: Fill) -> None:
    fill(ANSWERS)
    before = filled.read_bytes()
    dry = recreg("minute", sheet, "-n")
    assert filled.read_bytes() == before
    real = recreg("minute", sheet)
    assert dry.err.splitlines()[:-1] == real.err.splitlines()[:-1]
    assert dry.err.endswith("Dry run: nothing was written.\n")


def test_a_review_is_held_on_the_day_that_is_given(recreg: Typed, filled: Path, sheet: Path, fill: Fill) -> None:
    fill(ANSWERS)
    assert recreg("minute", sheet, "--on", "2022-09-15", "--by", "Board Secretary").code == 0
    (review,) = recreg("show", "R-0002", "-f", "json").json["reviews"]
    assert review["held_on"] == "2022-09-15"
    last = recreg("log", "-f", "json").json[-1]
    assert (last["on"], last["by"]) == ("2022-09-15", "Board Secretary")


def test_columns_may_stand_in_any_order_below_any_heading_row_among_others(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Cover"])
    page = book.create_sheet("Minutes")
    for row in (
        [],
        ["Minutes of the board"],
        ["Why", "position", "Chair's own", " OUTCOME ", "Reference", "rag"],
        [None, "as a number", 1, "Propose-Closure", 10618, None],
        [],
        [None, 7, None, None, "r-0003", None],
    ):
        page.append(row)
    book.save(tmp_path / "own.xlsx")
    said = recreg("minute", tmp_path / "own.xlsx")
    assert said.code == 0, said
    (review,) = recreg("show", "R-0002", "-f", "json").json["reviews"]
    assert (review["outcome"], review["note"]) == ("propose_closure", "as a number")
    assert recreg("show", "R-0003", "-f", "json").json["notes"][0]["text"] == "7"


BAD: dict[str, tuple[Answers, str]] = {
    "an unknown reference": (
        {"R-0001": {"Reference": "R-0099", "Position": "x"}},
        "row 6, Reference “R-0099”: There is no item R-0099. Nearest:",
    ),
    "an item twice": (
        {"R-0001": {"Reference": 10618, "Position": "x"}, "R-0002": {"Position": "y"}},
        "row 6, Reference “10618”: R-0002 is in row 5 too: an item has one row.",
    ),
    "a closed item": (
        {"R-0001": {"Reference": "R-0006", "Position": "x"}},
        "row 6, Reference “R-0006”: R-0006 was closed on 31 August 2022: it cannot be minuted.",
    ),
    "no reference": ({"R-0001": {"Reference": None, "Position": "x"}}, "row 6, Reference is empty"),
    "an unknown outcome": (
        {"R-0001": {"Outcome": "fine", "Position": "x"}},
        "row 6, Outcome “fine”: “fine” is not a review outcome. A review outcome is one of: on_track",
    ),
    "an outcome without a position": ({"R-0001": {"Outcome": "escalate"}}, "row 6, Outcome “escalate”: it needs a P"),
    "a rating without a why": ({"R-0001": {"RAG": "red"}}, "row 6, RAG “red”: it needs a Why"),
    "a why without a rating": ({"R-0001": {"Why": "late", "Position": "x"}}, "row 6, Why “late”: it needs a RAG"),
    "an unknown colour": ({"R-0001": {"RAG": "pink", "Why": "x"}}, "RAG “pink”: “pink” is not a RAG rating."),
    "a colour that the key lacks": (
        {"R-0001": {"RAG": "blue", "Why": "x"}}, "This force's key does not define blue. Rate it red, amber, green",
    ),
    "a formula": ({"R-0001": {"Position": "=A1&B1"}}, "row 6, Position “=A1&B1”: it is a formula."),
    "an error of the workbook": ({"R-0001": {"Position": "#REF!"}}, "row 6, Position “#REF!”: it is an error"),
    "a hidden character": ({"R-0001": {"Position": "a\u200bb"}}, "row 6, Position “a\\u200bb”: The position has a con"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_row_that_cannot_be_taken_is_told_by_its_place_and_nothing_is_taken(
    case: str, recreg: Typed, filled: Path, sheet: Path, fill: Fill
) -> None:
    answers, sentence = BAD[case]
    fill({"R-0004": {"Position": "this one is well"}} | answers)
    before = filled.read_bytes()
    said = recreg("minute", sheet)
    assert (said.code, said.out) == (4, ""), said
    assert f"board.xlsx, {sentence}" in said.err or sentence in said.err
    assert "Put it right in the sheet and type it again: nothing was taken." in said.err
    assert len(said.err.splitlines()) == 2
    assert filled.read_bytes() == before


def test_every_row_that_cannot_be_taken_is_told_at_once(recreg: Typed, filled: Path, sheet: Path, fill: Fill) -> None:
    fill(
        {
            "R-0001": {"Reference": "R-0006", "Outcome": "fine", "RAG": "pink"},
            "R-0002": {"Position": "=1+1", "Outcome": "nor this"},
            "R-0003": {"Why": "because"},
        }
    )
    before = filled.read_bytes()
    said = recreg("minute", sheet)
    assert said.code == 4
    places = [line.partition(":")[0] for line in said.err.splitlines()[:-1]]
    assert places == [
        "board.xlsx, row 5, Position “=1+1”",
        "board.xlsx, row 5, Outcome “nor this”",
        "board.xlsx, row 6, Reference “R-0006”",
        "board.xlsx, row 6, Outcome “fine”",
        "board.xlsx, row 6, RAG “pink”",
        "board.xlsx, row 6, Outcome “fine”",
        "board.xlsx, row 6, RAG “pink”",
        "board.xlsx, row 7, Why “because”",
    ]
    assert filled.read_bytes() == before


def test_a_number_that_a_cause_and_its_child_share_is_refused_with_both(
    recreg: Typed, filled: Path, sheet: Path, fill: Fill
) -> None:
    recreg("edit", "R-0001", "--hmicfrs-ref", "10618")
    fill({"R-0001": {"Reference": "10618", "Position": "x"}})
    said = recreg("minute", sheet)
    assert said.code == 4
    assert "10618 means 2 items: R-0001" in said.err


def faulty(folder: Path, good: bytes) -> dict[str, tuple[bytes, str]]:
    """Files that are no sheet, and what is said of them."""
    bomb, other, torn = folder / "bomb", folder / "other", folder / "torn"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("xl/workbook.xml", b"\0" * 100_000_001)
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with zipfile.ZipFile(folder / "good", "w"), zipfile.ZipFile(torn, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types")
    entities = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>"
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return {
        "empty": (b"", "is not an Excel workbook, or is damaged."),
        "csv": (b"Reference,Outcome\nR-0001,on track\n", "is not an Excel workbook, or is damaged."),
        "old": (old + b"\0" * 500, "is of an old Excel (.xls)"),
        "locked": (old + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
        "bomb": (bomb.read_bytes(), "would unpack to 100,000,002 bytes"),
        "ods": (other.read_bytes(), "is not an Excel workbook."),
        "torn": (torn.read_bytes(), "is not an Excel workbook, or is damaged."),
        "cut": (good[: len(good) // 2], "is not an Excel workbook, or is damaged."),
        "bits": (with_part(good, "xl/worksheets/sheet1.xml", b"\xff\xfe nonsense"), "or is damaged."),
        "entities": (with_part(good, "xl/worksheets/sheet1.xml", entities), "or is damaged."),
    }


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one of its parts put in the place of what was there."""
    import io

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return made.getvalue()


def test_a_file_that_is_no_workbook_is_refused_with_what_to_do(
    recreg: Typed, filled: Path, sheet: Path, tmp_path: Path
) -> None:
    before = filled.read_bytes()
    for name, (content, sentence) in faulty(tmp_path, sheet.read_bytes()).items():
        (tmp_path / f"{name}.xlsx").write_bytes(content)
        said = recreg("minute", tmp_path / f"{name}.xlsx")
        assert (said.code, said.out) == (4, ""), (name, said)
        assert sentence in said.err, name
        assert len(said.err.splitlines()) == 2, "a sentence and a hint"
    assert filled.read_bytes() == before


def test_a_sheet_without_its_headings_is_refused_naming_them(
    recreg: Typed, filled: Path, sheet: Path, tmp_path: Path
) -> None:
    openpyxl.Workbook().save(tmp_path / "blank.xlsx")
    said = recreg("minute", tmp_path / "blank.xlsx")
    assert said.code == 4
    assert "no heading row with the columns Reference, Outcome, Position, RAG, Why." in said.err
    for cell, heading, sentence in (("K3", "Reason", "the column Why is missing"), ("G3", "Why", "Why is there twice")):
        book = openpyxl.load_workbook(sheet)
        agenda_of(book)[cell] = heading
        book.save(tmp_path / "changed.xlsx")
        said = recreg("minute", tmp_path / "changed.xlsx")
        assert (said.code, f"row 3: the column {sentence}" in said.err or sentence in said.err) == (4, True), said


def test_a_sheet_that_claims_to_be_vast_is_answered_at_once(
    recreg: Typed, filled: Path, sheet: Path, tmp_path: Path
) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(4, 10_010))
    with zipfile.ZipFile(sheet) as packed:
        page = packed.read("xl/worksheets/sheet1.xml")
    head, _, tail = page.partition(b"</sheetData>")
    for extra, code, sentence in (
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 0, "4 rows have no answer"),
        (b'<row r="1999999999"><c r="A1999999999"><v>1</v></c></row>', 4, "is damaged"),
        (rows.replace(b'r="4"', b'r="8"'), 4, "has more than 10,000 rows"),
    ):
        vast = head.replace(b"A1:K7", b"A1:XFD1048576") + extra + b"</sheetData>" + tail
        (tmp_path / "vast.xlsx").write_bytes(with_part(sheet.read_bytes(), "xl/worksheets/sheet1.xml", vast))
        began = time.monotonic()
        said = recreg("minute", tmp_path / "vast.xlsx")
        assert (said.code, sentence in said.err) == (code, True), said
        assert time.monotonic() - began < 20


# At a terminal.


def at_a_terminal(*words: object, answer: str) -> tuple[int, str]:
    """Type a command at a terminal of its own and answer what it asks."""
    mine, theirs = pty.openpty()
    command = [str(INSTALLED), *map(str, words)]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs) as typed:
        os.close(theirs)
        os.write(mine, answer.encode())
        told = b""
        while True:
            try:
                more = os.read(mine, 4096)
            except OSError:
                break
            if not more:
                break
            told += more
        code = typed.wait(timeout=60)
    os.close(mine)
    return code, " ".join(told.decode().split())


def test_at_a_terminal_the_rows_are_shown_and_asked_for(filled: Path, sheet: Path, fill: Fill) -> None:
    fill(ANSWERS)
    before = filled.read_bytes()
    code, told = at_a_terminal("minute", sheet, answer="n\n")
    assert code == 0
    assert "Row 4: N-0002 is noted on R-0004" in told
    assert "Take these 4 rows? [y/N]:" in told
    assert told.endswith("Nothing was taken.")
    assert filled.read_bytes() == before
    code, told = at_a_terminal("minute", sheet, answer="y\n")
    assert (code, told.count("Row 4:")) == (0, 1)
    assert told.endswith("Taken as one act: recreg undo takes it all back.")
    assert filled.read_bytes() != before
    code, told = at_a_terminal("minute", sheet, answer="")
    assert (code, "Take " in told) == (0, False), "nothing to take is nothing to ask"


def test_yes_takes_the_rows_without_asking(filled: Path, sheet: Path, fill: Fill) -> None:
    fill(ANSWERS)
    code, told = at_a_terminal("minute", sheet, "--yes", answer="")
    assert (code, "[y/N]" in told) == (0, False)
    assert told.endswith("recreg undo takes it all back.")


# Filled in by another program than the one that wrote it.


@pytest.fixture
def libreoffice(tmp_path: Path) -> Callable[..., Path]:
    """Have LibreOffice open a file and save it as another."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (libreoffice-calc) is not installed")

    def saved(file: Path, form: str, folder: str) -> Path:
        own = f"-env:UserInstallation=file://{tmp_path}/profile"
        where = tmp_path / folder
        subprocess.run(
            [program, own, "--headless", "--convert-to", form, "--outdir", where, file],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return where / f"{file.stem}.{form}"

    return saved


def test_a_sheet_that_libreoffice_saved_is_taken_and_is_still_locked(
    recreg: Typed, filled: Path, sheet: Path, fill: Fill, libreoffice: Callable[..., Path]
) -> None:
    fill(ANSWERS)
    saved = libreoffice(sheet, "xlsx", "saved")
    page = agenda_of(openpyxl.load_workbook(saved))
    assert page.protection.sheet
    assert page["A4"].protection.locked
    assert not page["H4"].protection.locked
    assert {str(each.formula1) for each in page.data_validations.dataValidation} == {
        '"on track,support needed,escalate,propose closure"', '"red,amber,green,unrated"',
    }  # fmt: skip
    assert (page["C6"].value, page["C6"].data_type) == ("=Older people", "s")
    said = recreg("minute", saved)
    assert said.code == 0, said
    assert "4 rows with effect from 29 September 2022: 2 reviews, 2 ratings, 1 note." in said.err
    (review,) = recreg("show", "R-0002", "-f", "json").json["reviews"]
    assert review["note"] == "Nearly there\nsays the owner"


def test_a_sheet_that_libreoffice_made_of_a_list_is_taken(
    recreg: Typed, filled: Path, tmp_path: Path, libreoffice: Callable[..., Path]
) -> None:
    rows = [
        "Reference,Outcome,Position,RAG,Why",
        '10618,escalate,"More, later",,',
        "R-0003,,2022-09-29,red,Nobody owns it",
    ]
    (tmp_path / "own.csv").write_text("\n".join(rows), encoding="utf-8")
    own = libreoffice(tmp_path / "own.csv", "xlsx", "made")
    (page,) = openpyxl.load_workbook(own).worksheets
    assert page["A2"].value == 10618, "a number, as a spreadsheet makes it"
    said = recreg("minute", own)
    assert said.code == 0, said
    (review,) = recreg("show", "R-0002", "-f", "json").json["reviews"]
    assert (review["outcome"], review["note"]) == ("escalate", "More, later")
    nobodys = recreg("show", "R-0003", "-f", "json").json
    assert (nobodys["rag_why"], nobodys["notes"][0]["text"]) == ("Nobody owns it", "29 September 2022")
