"""CSV and TSV from whatever program: the text exact, or a refusal that names the place."""

from pathlib import Path

import pytest
from made import put, read, refusal

from promising import promise
from recreg.errors import Mistyped
from recreg.exchange.tables import opened

ROWS = [
    ("R-0001", "“Naïve” – it’s £5", "10618"),
    ("00123", "two\nlines, and a ; too", "1e5"),
    ("R-0003", 'a "quoted" word', None),
]
LINES = '{0}ref{1}text{1}hmicfrs_ref{2}"R-0001"{1}“Naïve” – it’s £5{1}10618{2}00123{1}"two\nlines, and a ; too"{1}1e5{2}R-0003{1}"a ""quoted"" word"{1}'
ENCODINGS = {
    "UTF-8": ("", "utf-8"),
    "UTF-8 with BOM": ("", "utf-8-sig"),
    "UTF-16 LE": ("\ufeff", "utf-16-le"),
    "UTF-16 BE": ("\ufeff", "utf-16-be"),
    "Windows-1252": ("", "cp1252"),
}
DELIMITERS = {
    "comma": ("", ","),
    "semicolon": ("", ";"),
    "tab": ("", "\t"),
    "bar": ("", "|"),
    "sep=;": ("sep=;\n", ";"),
    "sep=^": ("sep=^\n", "^"),
}
ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


@promise("D2")
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_d2_every_encoding_and_dialect_is_read_to_the_letter(
    encoding: str, delimiter: str, end: str, tmp_path: Path
) -> None:
    mark, codec = ENCODINGS[encoding]
    first, parting = DELIMITERS[delimiter]
    text = LINES.format(first, parting, "\n").replace("\n", ENDS[end])
    held = read(put(tmp_path / "items.csv", (mark + text).encode(codec)))
    assert held.headings == ("ref", "text", "hmicfrs_ref")
    assert held.cells == ROWS
    assert held.faults == []
    before = 2 if first else 1
    assert [row.number - before for row in held.rows] == [1, 2, 4], "the physical line on which each begins"
    notices = [f"items.csv: its first line, `sep={parting}`, says what parts the cells."] if first else []
    if codec == "cp1252":
        notices.insert(0, "items.csv is not UTF-8 and was read as Windows-1252.")
    assert held.notices == notices


@promise("D2")
@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"ref,text\nR-1,a\x81b\n", 2, "byte 81"),
        (b"ref,text\nR-1,a\x00b\n", 2, "NUL"),
        ("ref,text\nR-1,a".encode("utf-16-le"), 1, "NUL"),
        (b"\xff\xferef", 1, "marked as UTF-16, but is damaged"),
        (b"\xef\xbb\xbfref,text\nR-1,\xff\n", 2, "marked as UTF-8, but is damaged"),
        (b"\xff\xfe\x00\x00r\x00\x00\x00", 1, "NUL"),
    ],
)
def test_d2_bytes_that_are_no_text_are_refused_by_their_line(
    content: bytes, line: int, says: str, tmp_path: Path
) -> None:
    error = refusal(put(tmp_path / "items.csv", content))
    assert str(error).startswith(f"items.csv, line {line}: ")
    assert says in str(error)
    assert "CSV UTF-8" in error.hint


@promise("D2")
def test_d2_every_bad_row_is_told_with_its_line_and_the_good_ones_are_read(tmp_path: Path) -> None:
    lines = ["ref,title,text", "R-1,a,b", "R-2,a", "", ",,", "R-3,a,b,c", '"R-4"x,a,b', "R-5,a,b", ' ,"\t",', "R-6"]
    held = read(put(tmp_path / "items.csv", "\n".join(lines)))
    assert held.told == [
        "items.csv, line 3: “R-2”: This row has 2 cells, and the heading row has 3. Each row has as many.",
        "items.csv, line 6: “R-3”: This row has 4 cells, and the heading row has 3. Each row has as many.",
        'items.csv, line 7: “"R-4"x,a,b”: This quotation is not closed. A field that begins with a quotation mark ends with one, and one inside it is doubled.',
        "items.csv, line 10: “R-6”: This row has 1 cell, and the heading row has 3. Each row has as many.",
    ]
    assert [row.number for row in held.rows if not row.faults] == [2, 8]
    assert {len(row.cells) for row in held.rows} == {3}


@promise("D2")
@pytest.mark.parametrize(
    "lines",
    [
        ["ref,text", 'R-1,"never closed', "R-2,b", "R-3,c"],
        ["ref,text", 'R-1,"never closed', 'R-2,"b"', "R-3,c"],
        ["ref,text", 'R-1,"never ""closed', "R-2,b", 'R-3,"c,d"'],
    ],
)
def test_d2_an_unclosed_quotation_is_named_where_it_opened_and_swallows_no_row(
    lines: list[str], tmp_path: Path
) -> None:
    held = read(put(tmp_path / "items.csv", "\n".join(lines)))
    assert [fault.place for fault in held.faults] == ["items.csv, line 2"]
    assert [row.number for row in held.rows] == [2, 3, 4]
    assert "not closed" in held.faults[0].sentence


def test_a_quotation_that_opens_inside_a_longer_record_is_named_by_its_own_line(tmp_path: Path) -> None:
    held = read(put(tmp_path / "items.csv", 'ref,text,title\nR-1,"two\nlines","open\nR-2,b,c\n'))
    assert held.faults[0].place == "items.csv, line 3"
    assert [row.number for row in held.rows] == [2, 4]
    assert held.cells[1] == ("R-2", "b", "c")


def test_too_many_bad_quotations_are_no_csv(tmp_path: Path) -> None:
    error = refusal(put(tmp_path / "items.csv", "ref,text\n" + 'R-1,"a"b\n' * 30))
    assert len(error.sentences) == 22
    assert error.sentences[0].startswith("items.csv, line 2: ")


def test_an_apostrophe_before_a_formula_is_taken_away_and_no_other(tmp_path: Path) -> None:
    typed = ["'=1+1", "'+44", "'-1", "'@x", "'＝x", "''=x", "'tis", "=1+1", "'", "“", "\u00a0", "\u00a0a "]
    held = read(
        put(tmp_path / "items.csv", "text,n\n" + "".join(f"{text},x\n" for text in typed) + '"\'\tx",x\n"\'\nx",x\n')
    )
    assert [cells[0] for cells in held.cells] == [
        "=1+1", "+44", "-1", "@x", "＝x", "'=x", "'tis", "=1+1", "'", "“", None, "\u00a0a ", "\tx", "\nx",
    ]  # fmt: skip


@promise("D2")
@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("ref,Due date,x,due-date", "line 1: the columns 2 (“Due date”) and 4 (“due-date”) have one heading"),
        (",".join(f"c{n}" for n in range(201)), "line 1: there are 201 columns; a table has 200 at most"),
        ('ref,"text', 'line 1: “"text”: This quotation is not closed'),
    ],
)
def test_d2_a_bad_heading_row_is_refused(heading: str, says: str, tmp_path: Path) -> None:
    assert says in str(refusal(put(tmp_path / "items.csv", f"{heading}\n1,2\n")))


def test_a_column_without_a_heading_is_left_out_while_it_is_empty(tmp_path: Path) -> None:
    held = read(put(tmp_path / "items.csv", "\n,,,\nref,,text,\nR-1,,a,\nR-2,oh,b,\n"))
    assert held.headings == ("ref", "text")
    assert held.cells == [("R-1", "a"), ("R-2", "b")]
    assert held.told == ["items.csv, line 5, column 2: “oh”: This column has no heading. Give it one, or empty it."]


@pytest.mark.parametrize(
    ("first", "headings"),
    [
        ("text", ("text",)),
        ("Ref;Title, short;Owner, lead, all", ("Ref", "Title, short", "Owner, lead, all")),
        ("A;B,C;D\n1;2,3;4\n5;6,7;8", ("A", "B,C", "D")),
        ("A,B;C\n1,2;3\n4,5;6", ("A", "B;C")),
        ("sep=\t\nRef\tTitle", ("Ref", "Title")),
        ('"sep=|"\nRef|Title', ("Ref", "Title")),
    ],
)
def test_what_parts_the_cells_is_found_from_the_headings(first: str, headings: tuple[str, ...], tmp_path: Path) -> None:
    assert read(put(tmp_path / "items.csv", first)).headings == headings


def test_a_place_can_be_named_for_whoever_finds_more_wrong(tmp_path: Path) -> None:
    with opened(put(tmp_path / "items.csv", "ref,Due date\nR-1,soon\n")) as table:
        assert table.place(2) == "items.csv, line 2"
        assert table.place(2, 1) == "items.csv, line 2, column Due date"


def test_what_is_not_there_or_no_file_is_mistyped(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "none.csv", "No such file"), (tmp_path, "is a folder"), (Path("a\0b"), "NUL")):
        with pytest.raises(Mistyped, match=says):
            opened(path)


@pytest.mark.parametrize("content", ["", "\n\n", ",,,\n", "\ufeff", "sep=;\n"])
def test_a_file_without_headings_is_refused(content: str, tmp_path: Path) -> None:
    assert "items.csv" in str(refusal(put(tmp_path / "items.csv", content)))


@pytest.mark.parametrize(
    ("name", "content", "says", "hint"),
    [
        ("items.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel (.xls)", "Save it as .xlsx or CSV"),
        ("items.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90) + "EncryptedPackage".encode("utf-16-le"), "password", "password"),
        ("items.xlsx", b"<html><table><tr><td>ref</td></tr></table></html>", "a web page", "Save it as"),
        ("items.csv", b"%PDF-1.7", "a PDF", "Save it as"),
        ("items.xlsx", b"PK\x03\x04 and no more", "not an Excel workbook", "save it as"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_known_by_its_content(
    name: str, content: bytes, says: str, hint: str, tmp_path: Path
) -> None:
    error = refusal(put(tmp_path / name, content))
    assert says in str(error)
    assert hint in error.hint


def test_csv_under_the_name_of_a_workbook_is_read_as_what_it_is(tmp_path: Path) -> None:
    held = read(put(tmp_path / "items.xlsx", "ref\ttext\nR-1\ta\n"))
    assert held.cells == [("R-1", "a")]
    assert held.notices == ["items.xlsx is not an Excel workbook, and was read as CSV."]
    assert "has no sheets" in str(refusal(tmp_path / "items.xlsx", sheet="Items"))
