"""A sheet that cannot be taken: every row at fault is told by its place, every file by what to do with it."""

import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from a_board_sheet import Answers, agenda_of, fill_in, fill_register, write
from conftest import Typed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register and its sheet, made once and copied."""
    return tmp_path_factory.mktemp("bad_sheet") / "made"


@pytest.fixture
def filled(made: Path, recreg: Typed, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with what a board has before it."""
    if not made.exists():
        fill_register(recreg, monkeypatch)
        write(recreg, tmp_path / "board.xlsx")
        shutil.copytree(tmp_path, made)
    shutil.copyfile(made / "register.db", register)
    return register


@pytest.fixture
def sheet(filled: Path, made: Path, tmp_path: Path) -> Path:
    """The sheet of everything that falls due by the end of the year."""
    return Path(shutil.copyfile(made / "board.xlsx", tmp_path / "board.xlsx"))


Fill = Callable[[Answers], None]


@pytest.fixture
def fill(sheet: Path) -> Fill:
    """Fill in the sheet."""
    return lambda answers: fill_in(sheet, answers)


BAD: dict[str, tuple[Answers, str]] = {
    "an unknown reference": (
        {"R-0001": {"Reference": "R-0099", "Position": "x"}},
        "row 6, Reference “R-0099”: There is no item R-0099. Nearest:",
    ),
    "an item twice": (
        {"R-0001": {"Reference": 10618, "Title": None, "Position": "x"}, "R-0002": {"Position": "y"}},
        "row 6, Reference “10618”: R-0002 is in row 5 too: an item has one row.",
    ),
    "a closed item": (
        {"R-0001": {"Reference": "R-0006", "Title": None, "Position": "x"}},
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
    "a tick": ({"R-0001": {"Position": True}}, "row 6, Position “TRUE”: it is a tick or a yes-or-no, and no words."),
    "a tick of LibreOffice": ({"R-0001": {"Position": "=TRUE()"}}, "row 6, Position “TRUE”: it is a tick or a yes-or"),
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
            "R-0001": {"Reference": "R-0006", "Title": None, "Outcome": "fine", "RAG": "pink"},
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
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', 0, "Nothing was filled in on "),
        (b'<row r="1999999999"><c r="A1999999999"><v>1</v></c></row>', 4, "is damaged"),
        (rows.replace(b'r="4"', b'r="8"'), 4, "has more than 10,000 rows"),
    ):
        vast = head.replace(b"A1:K7", b"A1:XFD1048576") + extra + b"</sheetData>" + tail
        (tmp_path / "vast.xlsx").write_bytes(with_part(sheet.read_bytes(), "xl/worksheets/sheet1.xml", vast))
        began = time.monotonic()
        said = recreg("minute", tmp_path / "vast.xlsx")
        assert (said.code, sentence in said.err) == (code, True), said
        assert time.monotonic() - began < 20
