"""What comes back is of this register, of one sheet in sight, and of the item that its row says: or it is refused."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from a_board_sheet import UNTIL, Answers, agenda_of, fill_in, fill_register, write
from conftest import Said, Typed

Change = Callable[[Any], None]
SEEN: Answers = {"R-0003": {"Position": "Seen"}}
CUSTODY: Answers = {"R-0004": {"Position": "No change"}}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register, a board's sheet and an owner's letter, made once and copied."""
    return tmp_path_factory.mktemp("right_sheet") / "made"


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
    """The sheet of everything that falls due by the end of the year: R-0004, R-0002, R-0001 and R-0003."""
    return Path(shutil.copyfile(made / "board.xlsx", tmp_path / "board.xlsx"))


def changed(sheet: Path, *changes: Change) -> Path:
    """The sheet, which somebody went on changing."""
    book = openpyxl.load_workbook(sheet)
    for change in changes:
        change(book)
    book.save(sheet)
    return sheet


def copied(sheet: Path, first: int = 1) -> Path:
    """What stands on the sheet from some row on, in a workbook of another program, with nothing else of it."""
    book = openpyxl.Workbook()
    for row in agenda_of(openpyxl.load_workbook(sheet)).iter_rows(min_row=first, values_only=True):
        book.worksheets[0].append(row)
    book.save(sheet)
    return sheet


def _refused(said: Said, *sentences: str) -> None:
    assert (said.code, said.out) == (4, ""), said
    for sentence in sentences:
        assert sentence in said.err, said.err


def notes_of(recreg: Typed, ref: str) -> list[str]:
    return [note["text"] for note in recreg("show", ref, "-f", "json").json["notes"]]


# Another register.


@pytest.mark.parametrize("lost", [False, True], ids=["as it was", "without its properties"])
def test_a_sheet_of_another_register_is_refused(
    lost: bool, recreg: Typed, sheet: Path, register: Path, empty_register: Path, tmp_path: Path
) -> None:
    fill_in(sheet, SEEN)
    sheet = copied(sheet) if lost else sheet
    other = tmp_path / "other.db"
    assert recreg("--register", other, "init").code == 0
    for number in range(1, 5):
        recreg("--register", other, "add", "--kind", "afi", "--title", f"Other {number}", "--owner", "Head of Custody")
    before = other.read_bytes()
    for words in (["minute", sheet], ["returns", sheet, "--owner", "Head of Custody"], ["minute", sheet, "-n"]):
        _refused(
            recreg("--register", other, *words),
            f"{sheet} was written from another register than {other}.\nTake it in there, with recreg --register FILE;",
        )
    assert other.read_bytes() == before
    assert recreg("minute", sheet).code == 0


# Another item.


def swapped(book: Any) -> None:
    """The references of R-0002 and R-0003 in each other's place, as when one column alone was sorted."""
    page = agenda_of(book)
    page["A5"].value, page["A7"].value = page["A7"].value, page["A5"].value


@pytest.mark.parametrize("first", [1, 3], ids=["all of the sheet", "the table alone"])
def test_a_row_whose_reference_its_number_or_title_gainsays_is_refused(
    first: int, recreg: Typed, sheet: Path, filled: Path
) -> None:
    fill_in(sheet, {"R-0002": {"Position": "x"}, "R-0003": {"Position": "y"}, "R-0004": {"Position": "well"}})
    changed(sheet, swapped)
    sheet = sheet if first == 1 else copied(sheet, first)
    before, above = filled.read_bytes(), first - 1
    for words in (["minute", sheet], ["returns", sheet, "--owner", "Head of PPU"]):
        said = recreg(*words)
        _refused(
            said,
            f"board.xlsx, row {5 - above}, HMICFRS “10618”: it is the number of R-0002, and R-0003, the row's Reference, "
            "has no number of HMICFRS's. Put right whichever is wrong.",
            f"board.xlsx, row {7 - above}, Title “Crime recording”: it is the title of R-0003, and R-0002, the row's "
            "Reference, is “Needs”. Put right whichever is wrong.",
        )
        assert filled.read_bytes() == before


def test_a_number_of_no_item_is_refused_and_one_as_a_spreadsheet_shows_it_is_not(recreg: Typed, sheet: Path) -> None:
    fill_in(sheet, {"R-0002": {"HMICFRS": "10619", "Position": "x"}})
    _refused(recreg("minute", sheet), "row 5, HMICFRS “10619”: it is no item's number, and R-0002, the row's Ref")
    fill_in(sheet, {"R-0002": {"HMICFRS": "=A5"}})
    _refused(
        recreg("minute", sheet), "row 5, HMICFRS “=A5”: it is no item's number, and R-0002, the row's Reference, has"
    )
    recreg("edit", "R-0002", "--hmicfrs-ref", "00618")
    for shown in (618, 618.0, " 00618", None, "-"):
        fill_in(sheet, {"R-0002": {"HMICFRS": shown, "Reference": "R-0002"}})
        assert recreg("minute", sheet, "-n").code == 0, shown


def test_what_was_put_right_in_the_register_since_the_sheet_was_drawn_is_no_contradiction(
    recreg: Typed, sheet: Path
) -> None:
    fill_in(sheet, {"R-0002": {"Position": "x"}, "R-0003": {"Position": "y"}})
    recreg("edit", "R-0002", "--hmicfrs-ref", "10619", "--title", "Needs of victims")
    recreg("edit", "R-0003", "--hmicfrs-ref", "20001", "--title", "Recording")
    recreg("edit", "R-0004", "--title", "Crime recording")
    said = recreg("minute", sheet, "-n")
    assert said.code == 0, said
    changed(sheet, swapped)
    _refused(recreg("minute", sheet), "row 7, Title “Crime recording”: it is the title of R-0003, R-0004, and R-0002")
    recreg("edit", "R-0001", "--hmicfrs-ref", "10618")
    changed(sheet, swapped)
    _refused(recreg("minute", sheet), "row 5, HMICFRS “10618”: it is the number of R-0001, and R-0002, the row's Ref")


def test_a_title_that_another_item_had_when_the_sheet_was_drawn_gainsays_a_reference(
    recreg: Typed, sheet: Path
) -> None:
    recreg("add", "--kind", "afi", "--title", "Added by mistake")
    assert recreg("agenda", "--until", UNTIL, "--sheet", sheet).code == 0
    recreg("undo")
    recreg("edit", "R-0004", "--title", "Cells")
    undone = {"Title": "Added by mistake", "Position": "y"}
    fill_in(sheet, {"R-0003": {"Title": "Custody", "Position": "x"}, "R-0004": undone})
    said = recreg("minute", sheet)
    _refused(said, "Title “Custody”: it is the title of R-0004, and R-0003, the row's Reference, is “Crime recording”.")
    assert said.err.count("it is the title of") == 1


def test_a_title_that_somebody_put_otherwise_on_the_sheet_is_their_own_affair(recreg: Typed, sheet: Path) -> None:
    fill_in(sheet, {"R-0003": {"Title": "Crime recording (see minutes)", "Position": "x"}, "R-0001": {"Title": "=A1"}})
    assert recreg("minute", sheet).code == 0
    assert notes_of(recreg, "R-0003") == ["x"]


# Another sheet of the workbook.


def test_a_second_copy_of_the_sheet_is_refused_with_both_names(recreg: Typed, sheet: Path, filled: Path) -> None:
    fill_in(sheet, SEEN)

    def doubled(book: Any) -> None:
        book.move_sheet(book.copy_worksheet(book["Agenda"]), -2)
        agenda_of(book)["I7"] = None

    changed(sheet, doubled)
    before = filled.read_bytes()
    _refused(
        recreg("minute", sheet),
        f"{sheet} has several sheets with the headings of answers, “Agenda Copy”, “Agenda”: which of them was filled in "
        "cannot be told.\nDelete the others, or save the one that was filled in as a workbook of its own.",
    )
    assert filled.read_bytes() == before


def test_a_hidden_sheet_is_never_read(recreg: Typed, sheet: Path) -> None:
    fill_in(sheet, SEEN)

    def hide_a_copy(book: Any) -> None:
        twin = book.copy_worksheet(book["Agenda"])
        book.move_sheet(twin, -2)
        twin["I7"], twin.sheet_state = "Not this", "veryHidden"
        book.active = book["Agenda"]

    changed(sheet, hide_a_copy)
    said = recreg("minute", sheet)
    assert said.err.startswith("The hidden sheet “Agenda Copy” has the headings of answers too, and was not read.\n")
    assert notes_of(recreg, "R-0003") == ["Seen"]

    def hide_it(book: Any) -> None:
        book.active = book["How to fill in"]
        del book["Agenda Copy"]
        book["Agenda"].sheet_state = "hidden"

    changed(sheet, hide_it)
    _refused(
        recreg("minute", sheet), f"The answers of {sheet} are on a hidden sheet, “Agenda”: what nobody sees is not taken.",
        "Unhide it in Excel",
    )  # fmt: skip


MERGED = {
    "I6:I7": True,  # Two rows' position in one.
    "G7:I7": True,  # The position beneath what is not read.
    "K7:K20": True,
    "I7:K7": False,  # More room for a position.
    "B6:G7": False,
    "A9:K9": False,  # A line of the board's own across the table.
    "I8:K12": False,  # Below it.
}


@pytest.mark.parametrize("cells", MERGED)
def test_merged_cells_that_hide_whose_an_answer_is_are_refused_by_name(cells: str, recreg: Typed, sheet: Path) -> None:
    fill_in(sheet, SEEN)
    changed(sheet, lambda book: agenda_of(book).merge_cells(cells))
    said = recreg("minute", sheet, "-n")
    assert said.code == (4 if MERGED[cells] else 0), said
    where = f"board.xlsx, row {cells[1]}: the cells {cells} are merged. Unmerge them, and fill in each row.\n"
    assert (where in said.err) == MERGED[cells]


# What a program took away.


def test_a_sheet_that_lost_its_properties_is_still_taken_once_and_a_later_one_that_says_the_same_is_too(
    recreg: Typed, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_in(sheet, CUSTODY | {"R-0002": {"Outcome": "on track", "Position": "As before"}})
    copied(sheet)
    assert "1 review, 1 note." in recreg("minute", sheet).err
    for day in ("2022-10-06", "2022-11-06"):
        monkeypatch.setenv("RECREG_TODAY", day)
        said = recreg("minute", sheet)
        assert said.err.count("was taken on 29 September 2022 already, and is left out.") == 2
        assert "Nothing was changed" in said.err
    write(recreg, sheet)
    fill_in(sheet, CUSTODY)
    assert "1 note." in recreg("minute", copied(sheet)).err
    assert notes_of(recreg, "R-0004") == ["No change", "No change"]


def test_an_owners_sheet_without_its_properties_is_still_the_owners(
    recreg: Typed, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from a_chase import letters_in, sheet_of

    assert recreg("chase", "--out", tmp_path / "letters", "--owner", "Head of Custody").code == 0
    (letter,) = letters_in(tmp_path / "letters").values()
    back = tmp_path / "back.xlsx"
    back.write_bytes(sheet_of(letter)[1])
    fill_in(back, CUSTODY)
    copied(back)
    _refused(recreg("minute", back), "is the sheet of an owner, Head of Custody, and no board's")
    for day in ("2022-09-29", "2022-10-20"):
        monkeypatch.setenv("RECREG_TODAY", day)
        assert recreg("returns", back).code == 0
    assert notes_of(recreg, "R-0004") == ["Head of Custody, by the sheet: No change"]
