"""A register with a board's items in it, its sheet, and what the board writes on it."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from conftest import Typed

UNTIL = "2022-12-31"
HEADINGS = "Reference|HMICFRS|Title|Owner|Due|RAG now|Last position|Outcome|Position|RAG|Why".split("|")
SAID = "=1+1 is what the owner wrote"

Answers = dict[str, dict[str, Any]]

ANSWERS: Answers = {
    "R-0001": {"Outcome": "Support Needed", "Position": "Wait for the audit"},
    "R-0002": {"Outcome": "on track", "Position": "Nearly there\nsays the owner", "RAG": "green", "Why": "audit done"},
    "R-0003": {"RAG": "Amber", "Why": "nobody owns it"},
    "R-0004": {"Position": "Cells were rebuilt"},
}


def fill_register(recreg: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
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


def write(recreg: Typed, file: Path) -> Path:
    """The sheet of everything that falls due by the end of the year."""
    said = recreg("agenda", "--until", UNTIL, "--sheet", file)
    assert (said.code, said.out) == (0, ""), said
    assert said.err == f"4 items are on the sheet {file}.\n"
    return file


def agenda_of(book: openpyxl.Workbook) -> Worksheet:
    """The sheet that the board fills in."""
    found = book["Agenda"]
    assert isinstance(found, Worksheet)
    return found


def fill_in(sheet: Path, answers: Answers) -> None:
    """Fill in the sheet: for a reference, a heading and what stands below it; with its format, where it has one."""
    book = openpyxl.load_workbook(sheet)
    page = agenda_of(book)
    rows = {str(page.cell(row, 1).value): row for row in range(4, page.max_row + 1)}
    for ref, given in answers.items():
        for heading, value in given.items():
            cell = page.cell(rows[ref], HEADINGS.index(heading) + 1)
            cell.value, form = value if isinstance(value, tuple) else (value, None)
            cell.number_format = form or cell.number_format
    book.save(sheet)
