"""What falls due before a board, and the sheet of it."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from a_board_sheet import HEADINGS, SAID, UNTIL, agenda_of, fill_register, write
from conftest import Said, Typed, copied
from recreg import cli
from recreg.questions.columns import AGENDA
from recreg.store.log import Act, seal
from recreg.store.triggers import allow_writing


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with what a board has before it."""
    path = copied(empty_register, tmp_path_factory.mktemp("made") / "register.db")
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("RECREG_BY", "Liaison Officer")
        fill_register(lambda *words: Said(cli.run(["--register", str(path), *words]), "", ""), surroundings)
    return path


@pytest.fixture
def filled(made: Path, path: Path) -> Path:
    """A copy of it to type at."""
    return copied(made, path)


@pytest.fixture
def sheet(filled: Path, tmp_path: Path, recreg: Typed) -> Path:
    """The sheet of everything that falls due by the end of the year."""
    return write(recreg, tmp_path / "board.xlsx")


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
    assert rows[0]["position"] == "extended to 31 January 2023 (moved once)"


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


def test_the_days_of_what_is_with_hmicfrs_stopped_when_it_was_submitted(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    recreg("evidence", "add", "--link", "https://force.example/audit", "--for", "R-0002", "--on", "2022-09-01")
    recreg("complete", "R-0002", "--on", "2022-09-01")
    assert recreg("submit", "R-0002", "--on", "2022-09-01").code == 0
    row = next(row for row in recreg("agenda", "--until", UNTIL, "-f", "json").json if row["ref"] == "R-0002")
    assert (row["clock"], row["days_overdue"], row["days_overdue_then"]) == ("deadline", 1057, 1057)
    page = agenda_of(openpyxl.load_workbook(write(recreg, tmp_path / "board.xlsx")))
    due = next(str(page.cell(row, 5).value) for row in range(4, 8) if page.cell(row, 1).value == "R-0002")
    assert due == "deadline 10 October 2019, submitted 1057 days after"


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
        "review 30 November 2022; target 28 September 2022, 1 day past, extended to 31 January 2023 (moved once)"
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


def test_a_file_that_is_no_workbook_is_refused_with_a_name_in_the_same_folder(recreg: Typed, tmp_path: Path) -> None:
    said = recreg("agenda", "--until", UNTIL, "--sheet", tmp_path / "my boards" / "x.xls")
    assert said.code == 2
    assert f'Give --sheet "{tmp_path}/my boards/x.xlsx"\n' in said.err


def test_a_sheet_of_more_than_two_thousand_items_is_refused_with_how_to_make_it_smaller(
    recreg: Typed, register: Path, tmp_path: Path
) -> None:
    many(register, 2_001)
    said = recreg("agenda", "--until", "today", "--sheet", tmp_path / "b.xlsx")
    assert (said.code, said.out, list(tmp_path.glob("b.xlsx"))) == (4, "", [])
    assert "2,001 items would be on the sheet; 2,000 is the most that one has." in said.err
    assert "add --board NAME, --owner NAME or --portfolio NAME." in said.err
    recreg("review", "R-0001", "--outcome", "on-track", "--note", "Held")
    assert recreg("agenda", "--until", "today", "--sheet", tmp_path / "b.xlsx").code == 0
    assert "Nothing was filled in" in recreg("minute", tmp_path / "b.xlsx").err, "what was written can be read"


def many(register: Path, items: int) -> None:
    """So many items whose reviews are overdue, as an import would bring them."""
    with closing(sqlite3.connect(register, isolation_level=None)) as db:
        allow_writing(db)
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO item (kind, title, added_on, review_anchor_on, next_review_on) "
            "VALUES ('recommendation', ?, '2022-01-03', '2022-01-03', '2022-04-03')",
            [(f"Item {number}",) for number in range(items)],
        )
        seal(db, Act("import", "Liaison Officer", date(2022, 9, 28)))
        db.execute("COMMIT")


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
