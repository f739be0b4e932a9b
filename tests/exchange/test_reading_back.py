"""Whatever text a program writes into a table comes out of it as the same text."""

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import Held, put, read
from openpyxl.cell import WriteOnlyCell

from promising import promise
from recreg.exchange.cells import harmless, unharmed

#: Texts as people and hostile people write them; halves of characters and NUL are in no file of text.
TEXT = st.text(
    st.one_of(
        st.sampled_from("a1;,|\t\n \"'=+-@＝’–£é\u00a0\u2028\u202e\x0b\x1c\x85\ufeff"),
        st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]),
    ),
    max_size=12,
)
WIDTH = 3
TABLES = st.lists(st.lists(TEXT, min_size=WIDTH, max_size=WIDTH), max_size=8)
HEADINGS = ["ref", "text", "owner"]
AS_OFTEN = settings(max_examples=150, deadline=None)


def shown(cell: str) -> str | None:
    """What a cell of such text is read as."""
    return None if not cell or cell.isspace() else cell


def expected(rows: list[list[str]]) -> list[tuple[str | None, ...]]:
    """The rows that hold anything."""
    found = [tuple(shown(cell) for cell in row) for row in rows]
    return [row for row in found if any(row)]


def of(name: str, content: str | bytes) -> Held:
    """What is read of a file of that name."""
    with TemporaryDirectory() as folder:
        return read(put(Path(folder) / name, content))


@AS_OFTEN
@given(TABLES, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))  # fmt: skip
def test_csv_comes_back_in_every_dialect(
    rows: list[list[str]], delimiter: str, end: str, quoting: Any, codec: str
) -> None:
    written = io.StringIO(newline="")
    # Told to end lines by one mark, the writer of Python 3.11 forgets to quote the other.
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n", quoting=quoting)
    writer.writerow(HEADINGS)
    writer.writerows([[harmless(cell) for cell in row] for row in rows])
    held = of("items.csv", written.getvalue().replace("\r\n", end).encode(codec))
    assert (held.headings, held.faults) == (tuple(HEADINGS), [])
    assert held.cells == expected(rows)


@AS_OFTEN
@given(TABLES, st.booleans())
def test_json_comes_back(rows: list[list[str]], ascii_only: bool) -> None:
    objects = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    cells = [tuple(shown(cell) for cell in row) for row in rows]
    assert of("items.json", json.dumps(objects, ensure_ascii=ascii_only)).cells == cells
    # A line ends at a newline alone: JSON may hold the other marks that some programs take for an end.
    lines = "".join(json.dumps(each, ensure_ascii=ascii_only) + "\n" for each in objects)
    if lines:
        assert of("items.jsonl", lines).cells == cells


def of_a_workbook(text: str) -> str:
    """A text without the characters that no cell of a workbook can hold, and without Excel's own escapes."""
    return "".join(c for c in text if (c >= " " or c in "\t\n") and c not in "\x7f\ufffe\uffff").replace("_x", "x")


@AS_OFTEN
@given(TABLES)
def test_a_workbook_comes_back(rows: list[list[str]]) -> None:
    rows = [[of_a_workbook(cell) for cell in row] for row in rows]
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Items")
    sheet.append(HEADINGS)
    for row in rows:
        cells = [WriteOnlyCell(sheet, harmless(cell)) for cell in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    held = of("items.xlsx", content.getvalue())
    assert (held.headings, held.faults) == (tuple(HEADINGS), [])
    assert held.cells == expected(rows)


@given(TEXT)
def test_the_apostrophe_that_is_put_before_a_formula_is_the_one_that_is_taken_away(text: str) -> None:
    assert unharmed(harmless(text)) == text


SOFFICE = shutil.which("soffice")


@promise("D2")
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed: its workbooks are not tried here")
def test_d2_a_workbook_made_by_libreoffice_is_read(tmp_path: Path) -> None:
    put(
        tmp_path / "items.csv",
        'ref,text,Due date,n,none\nR-0001,"two\nlines – “so”",2022-09-29,10618,\nR-0002,=1+1,2022-10-01,1.5,\n',
    )
    made = subprocess.run(
        [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx",
         "--outdir", tmp_path, "--infilter=CSV:44,34,UTF8,1,,0,false,true,false", tmp_path / "items.csv"],
        check=False, capture_output=True, timeout=180,
    )  # fmt: skip
    assert made.returncode == 0, made
    held = read(tmp_path / "items.xlsx")
    assert held.headings == ("ref", "text", "Due date", "n", "none")
    first, second = held.cells
    assert first == ("R-0001", "two\nlines – “so”", "2022-09-29", "10618", None)
    assert second[0] == "R-0002"
    assert second[2:4] == ("2022-10-01", "1.5")
    assert held.faults == []
