"""XLSX: what a person sees in a cell is what is read, or the cell is named."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from damaged_workbooks import packed, unpacked
from made import Held, inline, put, read, refusal, sheet_xml, workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from promising import promise

Made = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Made:
    """A workbook made by openpyxl: the rows of a sheet, and the number formats of its cells."""

    def made(*rows: list[Any], formats: dict[str, str] | None = None, epoch: datetime | None = None) -> Path:
        workbook = openpyxl.Workbook()
        workbook.epoch = epoch or workbook.epoch
        sheet = workbook.worksheets[0]
        sheet.title = "Items"
        for row in rows:
            sheet.append(row)
        for place, code in (formats or {}).items():
            sheet[place].number_format = code
        workbook.save(tmp_path / "items.xlsx")
        return tmp_path / "items.xlsx"

    return made


def first_cell(held: Held) -> str | None:
    """The cell below the first heading."""
    return held.rows[0].cells[0]


@promise("D2")
@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        (10618, "General", "10618"),
        (10618.0, "0.00", "10618"),
        (123, "00000", "00123"),
        ("00123", "General", "00123"),
        ("1e5", "General", "1e5"),
        (100000.0, "0.00E+00", "100000"),
        (0.1, "0%", "0.1"),
        (-2.5, "General", "-2.5"),
        (1e300, "General", "1e+300"),
        (True, "General", "yes"),
        (False, "General", "no"),
        (date(2022, 9, 29), "dd/mm/yyyy", "2022-09-29"),
        (datetime(2022, 9, 29), "yyyy-mm-dd", "2022-09-29"),  # noqa: DTZ001  # A cell's day has no zone.
        (date(2022, 9, 29), '[$-809]dd" of "mmmm yyyy;@', "2022-09-29"),
        (date(2023, 3, 1), "mmm-yy", "March 2023"),
        (date(2023, 3, 2), "mmmm yyyy", "2023-03-02"),
        (date(1900, 1, 1), "dd/mm/yyyy", "1900-01-01"),
        (date(1900, 3, 1), "dd/mm/yyyy", "1900-03-01"),
        (44833, "General", "44833"),
        (44833, '0" days"', "44833"),
        (44833, "[Red]0", "44833"),
        ("two\nlines", "General", "two\nlines"),
        ("'=1+1", "General", "=1+1"),
        ("'tis", "General", "'tis"),
        ("_x005F_x0041_", "General", "_x0041_"),
        ("a_x000D_\nb", "General", "a\nb"),
        ("  ", "General", None),
    ],
)
def test_d2_a_cell_is_read_as_a_person_sees_it(value: Any, code: str, told: str | None, book: Made) -> None:
    held = read(book(["a", "b"], [value, "x"], formats={"A2": code}))
    assert (first_cell(held), held.faults, held.notices) == (told, [], [])


@promise("D2")
def test_d2_a_workbook_of_an_old_macintosh_counts_from_1904(book: Made) -> None:
    path = book(["a"], [date(2022, 9, 29)], epoch=CALENDAR_MAC_1904)
    assert first_cell(read(path)) == "2022-09-29"
    assert b'date1904="1"' in openpyxl_part(path, "xl/workbook.xml")


def openpyxl_part(path: Path, name: str) -> bytes:
    """A part of a workbook, as it is packed."""
    import zipfile

    with zipfile.ZipFile(path) as packed:
        return packed.read(name)


@promise("D2")
@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        (datetime(2022, 9, 29, 14, 30), "dd/mm/yyyy hh:mm", "A day has no time"),  # noqa: DTZ001  # As above.
        (0.5, "hh:mm", "A day has no time"),
        (0.5, "[h]:mm", "A day has no time"),
        (60, "dd/mm/yyyy", "No day has this number"),
        (-1, "dd/mm/yyyy", "No day has this number"),
        (9_999_999, "dd/mm/yyyy", "No day has this number"),
        ("=A1", "General", "It is a formula without a value"),
        ("#N/A", "General", "It is an error of the workbook"),
    ],
)
def test_d2_a_cell_that_cannot_be_told_is_a_fault_at_its_place(value: Any, code: str, says: str, book: Made) -> None:
    held = read(book(["Ref", None], [None, None], ["R-1", "x"], ["R-2", None]))
    assert [fault.place for fault in held.faults] == ["items.xlsx, sheet Items, row 3, column B"]
    held = read(book(["ref", "Due date"], ["R-1", None], ["R-2", value], formats={"B3": code}))
    (fault,) = held.faults
    assert fault.place == "items.xlsx, sheet Items, row 3, column B (Due date)"
    assert fault.sentence.startswith(says)
    assert held.cells == [("R-1", None), ("R-2", None)]


def test_the_value_last_worked_out_of_a_formula_is_read_with_a_notice(tmp_path: Path) -> None:
    cells = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>"a"</f><v>a</v></c><c r="C2" t="str"><f>""</f><v></v></c></row>'
    held = read(workbook(tmp_path / "items.xlsx", sheet_xml(inline(1, "a", "b", "c") + cells)))
    assert held.cells == [("2", "a", None)]
    assert held.notices == ["items.xlsx: A2 is a formula; of such cells the value last worked out was read."]


def test_merged_cells_are_faults_where_they_reach_into_the_table(book: Made) -> None:
    path = book(["ref", "owner"], ["R-1", "Head of PPU"], ["R-2", None], ["R-3", "Head of Crime"])
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0].merge_cells("B2:B3")
    workbook.worksheets[0].merge_cells("A9:B9")
    workbook.save(path)
    assert read(path).told == [
        "items.xlsx, sheet Items, row 2: The cells B2:B3 are merged. Unmerge them, and fill each row."
    ]


def test_empty_rows_and_columns_are_no_part_of_the_table(book: Made) -> None:
    held = read(book([], [None, "ref", None, " Due\n date "], [], [None, "R-1", None, "x"], [None, None, None, " "]))
    assert held.headings == ("ref", "Due date")
    assert [(row.number, row.cells) for row in held.rows] == [(4, ("R-1", "x"))]


def sheets(path: Path, **content: list[list[Any]]) -> Path:
    """A workbook of several sheets; a name that ends in an underscore is of a hidden one."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in content.items():
        sheet = workbook.create_sheet(name.rstrip("_"))
        sheet.sheet_state = "hidden" if name.endswith("_") else "visible"
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def test_the_only_sheet_with_content_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    one, two, path = [["ref"], ["R-1"]], [["ref"], ["R-2"]], tmp_path / "items.xlsx"
    held = read(sheets(path, Sheet1=[], Data=one, Lists_=two))
    assert (held.sheet, held.cells, held.notices) == ("Data", [("R-1",)], [])
    assert read(path, sheet="LISTS").cells == [("R-2",)]
    assert str(refusal(path, sheet="none")) == "items.xlsx has no sheet “none”."
    assert "holds nothing" in str(refusal(path, sheet="sheet1"))
    error = refusal(sheets(path, Data=one, More=two))
    assert str(error) == "items.xlsx has several sheets: Data, More."
    assert error.hint == "Say which with --sheet NAME."
    held = read(sheets(path, Items=one, Reviews=two))
    assert (held.cells, held.notices) == ([("R-1",)], ["items.xlsx has 2 sheets, and its sheet Items was read."])
    assert read(path, noun="reviews").cells == [("R-2",)]
    assert "holds nothing" in str(refusal(sheets(path, A=[], B_=one)))


def test_headings_that_are_one_are_refused_by_their_columns(book: Made) -> None:
    error = refusal(book(["ref", "Due date", "x", "DUE-DATE"], ["a"]))
    assert "row 1: the columns B (“Due date”) and D (“DUE-DATE”) have one heading" in str(error)


def test_a_workbook_under_the_name_of_csv_is_read_as_what_it_is(tmp_path: Path, book: Made) -> None:
    held = read(book(["ref"], ["R-1"]).rename(tmp_path / "items.csv"))
    assert held.cells == [("R-1",)]
    assert held.notices == ["items.csv is an Excel workbook, and was read as one."]


@promise("D2")
@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (inline(2, "a") + inline(2, "b"), "two rows in one place"),
        (inline(3, "a") + inline(2, "b"), "rows out of order"),
        ('<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>', "two cells in one place"),
        ('<row r="2"><c r="A3"><v>1</v></c></row>', "a cell in another row's place"),
        ('<row r="2"><c r="A2" t="s"><v>7</v></c></row>', "a shared text that is not there"),
        ('<row r="2"><c r="A2" t="s"><v>-1</v></c></row>', "a shared text before the first"),
        ('<row r="2"><c r="A2" t="b"><v>2</v></c></row>', "neither yes nor no"),
        ('<row r="2"><c r="A2"><v>one</v></c></row>', "a number that is none"),
        ('<row r="2"><c r="A2"><v>nan</v></c></row>', "no number by its own name"),
        ('<row r="2"><c r="A2"><v>1_0</v></c></row>', "a number as Python alone reads it"),
        ('<row r="2"><c r="A2"><v>1e400</v></c>', "a number without end"),
        ('<row r="2"><c r="A2"><v>1</v></c>', "cut short"),
        ('<row r="2"><c r="A2"><v>1</v><v>2</v></c></row>', "two values in one cell"),
        ('<row r="2"><c r="A2" t="inlineStr"><v>1</v></c></row>', "a value out of place"),
        ('<row r="2"><c r="A2"><is><t>1</t></is></c></row>', "a text out of place"),
        ('<row r="2"><c r="A2" t="z"><v>1</v></c></row>', "a cell of no known sort"),
        ('<row r="2"><c r="A"><v>1</v></c></row>', "a cell of no row"),
        ('<row r="2"><row r="3"><c r="A3"><v>1</v></c></row></row>', "rows in each other"),
        ('<row r="2"><c r="A2" s="7"><v>44833</v></c></row>', "a style that is not there: it may be a day's"),
        ('<row r="2"><c r="A2" t="d"><v>2022-02-30</v></c></row>', "a day that there is not"),
        ('<row r="2"><c r="A2" t="s"><v>0_0</v></c></row>', "a shared text's number as Python alone reads it"),
        ('<row r="+2"><c r="A2"><v>1</v></c></row>', "a row's number as Python alone reads it"),
    ],
)
def test_d2_a_damaged_workbook_is_refused_whole(rows: str, why: str, tmp_path: Path) -> None:
    assert "damaged" in str(refusal(workbook(tmp_path / "items.xlsx", sheet_xml(inline(1, "a") + rows)))), why


@pytest.mark.parametrize("merged", ["A:B", "2:2", ""])
def test_merged_cells_whose_place_cannot_be_told_are_refused(merged: str, tmp_path: Path) -> None:
    after = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>'
    sheet = sheet_xml(inline(1, "a") + inline(2, "b"), after=after)
    assert "damaged" in str(refusal(workbook(tmp_path / "items.xlsx", sheet)))


@pytest.mark.parametrize(
    ("part", "was", "now"),
    [
        ("xl/_rels/workbook.xml.rels", 'Id="rId1"', 'Id="rId9"'),
        ("xl/_rels/workbook.xml.rels", "/worksheet", "/workshoot"),
        ("xl/workbook.xml", "<sheet name", '<sheet name="ITEMS" sheetId="2" r:id="rId1"/><sheet name'),
        ("xl/workbook.xml", "<sheet name", '<sheet state="hiden" name'),
        ("_rels/.rels", "/officeDocument", "/officeDocumint"),
    ],
)
def test_a_workbook_whose_sheets_cannot_be_told_is_refused(part: str, was: str, now: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "items.xlsx", sheet_xml(inline(1, "a") + inline(2, "b")))
    parts = unpacked(path.read_bytes())
    assert was in parts[part]
    put(path, packed(parts | {part: parts[part].replace(was, now, 1)}))
    assert "damaged" in str(refusal(path))


def test_an_archive_that_has_lost_a_part_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "items.xlsx", sheet_xml(inline(1, "a") + inline(2, "b")))
    content, end = path.read_bytes(), path.read_bytes().rindex(b"PK\x05\x06")
    put(path, content[: end + 8] + b"\x06\x00\x06\x00" + content[end + 12 :])
    assert "damaged" in str(refusal(path))


def test_what_is_no_cell_of_a_sheet_is_no_part_of_the_table(tmp_path: Path) -> None:
    around = '<controls xmlns:d="x"><d:row>7</d:row><d:c><d:v>8</d:v></d:c></controls>'
    held = read(workbook(tmp_path / "items.xlsx", sheet_xml(inline(1, "a") + inline(2, "b"), after=around)))
    assert held.cells == [("b",)]


@pytest.mark.parametrize(("cell", "says"), [("<f>A9</f>", "a formula without a value"), ("<v>#N/A</v>", "an error")])
def test_a_heading_that_cannot_be_told_is_refused_at_its_place(cell: str, says: str, tmp_path: Path) -> None:
    kind = "e" if "#" in cell else "n"
    rows = f'<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="{kind}">{cell}</c></row>'
    error = refusal(workbook(tmp_path / "items.xlsx", sheet_xml(rows)))
    assert "items.xlsx, sheet Items, row 2, column B: “" in str(error)
    assert says in error.hint


def test_texts_in_parts_are_whole_and_how_they_are_pronounced_is_left_out(tmp_path: Path) -> None:
    strings = '<sst xmlns="x"><si><t>ref</t></si><si><r><t>Head </t></r><r><t>of PPU</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si></sst>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'
    held = read(workbook(tmp_path / "items.xlsx", sheet_xml(rows), sharedStrings=strings))
    assert (held.headings, held.cells) == (("ref",), [("Head of PPU",)])


def test_a_text_that_excel_itself_holds_for_text_keeps_its_apostrophe(book: Made) -> None:
    path = book(["a"], ["'=x"])
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["A2"].quotePrefix = True
    workbook.save(path)
    assert first_cell(read(path)) == "'=x"


def test_an_archive_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as packed:
        packed.writestr("word/document.xml", "<document/>")
    assert "not an Excel workbook" in str(refusal(tmp_path / "letter.docx"))
    assert "not an Excel workbook" in str(refusal(put(tmp_path / "x.xlsx", b"PK\x03\x04" * 9)))
