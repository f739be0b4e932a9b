"""Sheets as forces have them: a title above the headings, and columns that nobody knows."""

from pathlib import Path

import openpyxl
import pytest

from conftest import Typed

TRACKER = [
    ["Force HMICFRS tracker 2022"], [], ["HMICFRS No", "Type", "Recommendation", "Owner"],
    ["10618", "rec", "Forces should do this", "Head of PPU"],
]  # fmt: skip


@pytest.fixture(params=["csv", "ragged.csv", "xlsx"])
def tracker(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A tracker with a title and an empty row above its headings."""
    file = tmp_path / f"tracker.{request.param}"
    if file.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in TRACKER:
            book.worksheets[0].append(row)
        book.save(file)
    else:
        full = [row if file.name == "tracker.ragged.csv" else [*row, *[""] * (4 - len(row))] for row in TRACKER]
        file.write_text("".join(f"{','.join(row)}\n" for row in full), encoding="utf-8")
    return file


@pytest.mark.usefixtures("register")
def test_headings_below_a_title_are_told_with_their_place(recreg: Typed, tracker: Path) -> None:
    said = recreg("import", tracker)
    assert (said.code, said.out) == (4, "")
    assert said.err.splitlines()[0].endswith(" 3: the headings seem to stand here, below something else.")
    assert said.err.splitlines()[1] == "Take the rows above them away, so that they come first, and try again."


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("heading", "guess"), [("Recomendation", " Is it text?"), ("Theme", ""), ("Comments", ""), ("Strange", "")]
)
def test_a_column_is_taken_for_a_slip_only_of_what_it_is_much_like(
    heading: str, guess: str, recreg: Typed, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"Type,Title,{heading}\nrec,One,x\n", encoding="utf-8")
    said = recreg("import", tmp_path / "a.csv")
    assert said.code == 4
    assert said.err.splitlines()[0] == f"The column “{heading}” is not known.{guess}"
