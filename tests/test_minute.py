"""A board's sheet taken back as one act, and taken again without harm."""

import os
import pty
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from a_board_sheet import ANSWERS, Answers, agenda_of, fill_in, fill_register, write
from conftest import INSTALLED, Typed, is_sound
from recreg.store.verify import stored


@pytest.fixture
def filled(recreg: Typed, register: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with what a board has before it."""
    fill_register(recreg, monkeypatch)
    return register


@pytest.fixture
def sheet(filled: Path, tmp_path: Path, recreg: Typed) -> Path:
    """The sheet of everything that falls due by the end of the year."""
    return write(recreg, tmp_path / "board.xlsx")


Fill = Callable[[Answers], None]


@pytest.fixture
def fill(sheet: Path) -> Fill:
    """Fill in the sheet."""
    return lambda answers: fill_in(sheet, answers)


def rows_of(path: Path) -> Any:
    with closing(sqlite3.connect(path)) as db:
        return stored(db)


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


def test_a_sheet_on_which_nothing_was_filled_in_says_so(recreg: Typed, filled: Path, sheet: Path) -> None:
    before = filled.read_bytes()
    said = recreg("minute", sheet)
    assert (said.code, said.out, said.err) == (0, "", f"Nothing was filled in on {sheet}: nothing was taken.\n")
    assert filled.read_bytes() == before


def test_rows_without_an_answer_are_left_out_and_counted(recreg: Typed, sheet: Path, fill: Fill) -> None:
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
    assert said.err.count("was taken on 29 September 2022 already, and is left out.") == 3
    assert said.err.count("stands so already, and is left out.") == 1, "a rating has no day of its own"
    assert "Nothing was changed: it stands so already." in said.err
    assert filled.read_bytes() == before
    fill({"R-0003": {"Position": "and one thing more"}})
    assert "1 row with effect from 29 September 2022: 1 note." in recreg("minute", sheet).err


def test_a_sheet_taken_again_on_a_later_day_changes_nothing_either(
    recreg: Typed, filled: Path, sheet: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ANSWERS)
    recreg("minute", sheet)
    before = filled.read_bytes()
    monkeypatch.setenv("RECREG_TODAY", "2022-10-06")
    said = recreg("minute", sheet)
    assert "Row 4: R-0004 “Custody” was taken on 29 September 2022 already, and is left out." in said.err
    assert "Row 5: R-0002 10618 “Needs” was taken on 29 September 2022 already, and is left out." in said.err
    assert "Nothing was changed: it stands so already." in said.err
    assert filled.read_bytes() == before
    fill({"R-0002": {"RAG": "amber", "Why": "the audit was withdrawn"}})
    said = recreg("minute", sheet)
    assert "1 row with effect from 6 October 2022: 1 rating." in said.err
    assert "Row 5: its review was taken on 29 September 2022 already." in said.err
    fill({"R-0002": {"Position": "Another quarter"}, "R-0004": {"Position": "Cells are in use"}})
    assert "2 rows with effect from 6 October 2022: 1 review, 1 note." in recreg("minute", sheet).err


def test_a_later_boards_sheet_that_says_the_same_again_is_another_review(
    recreg: Typed, filled: Path, sheet: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill({"R-0002": {"Outcome": "on track", "Position": "No change"}})
    assert "1 review" in recreg("minute", sheet).err
    monkeypatch.setenv("RECREG_TODAY", "2022-12-29")
    assert recreg("agenda", "--until", "2023-01-31", "--sheet", sheet).code == 0
    fill({"R-0002": {"Outcome": "on track", "Position": "No change"}})
    assert "1 row with effect from 29 December 2022: 1 review." in recreg("minute", sheet).err


def test_a_sheet_taken_long_after_its_board_says_what_day_it_takes(
    recreg: Typed, sheet: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill({"R-0001": ANSWERS["R-0001"]})
    monkeypatch.setenv("RECREG_TODAY", "2023-01-31")
    assert "of the board up to" not in recreg("minute", sheet, "-n").err, "a month is soon enough"
    monkeypatch.setenv("RECREG_TODAY", "2023-02-01")
    late = "The sheet is of the board up to 31 December 2022; "
    said = recreg("minute", sheet, "-n").err
    assert said.startswith(f"{late}the reviews are recorded as held on 1 February 2023: --on DAY says otherwise.\n")
    assert late not in recreg("minute", sheet, "-n", "--on", "2022-12-31").err
    assert late in recreg("minute", sheet).err
    assert late not in recreg("minute", sheet).err, "nothing is recorded the second time"
    fill({"R-0001": {"Outcome": None, "Position": "A note"}})
    assert f"{late}what it says is recorded as of 1 February 2023: --on" in recreg("minute", sheet).err


def test_a_sheet_whose_day_somebody_else_wrote_is_taken_all_the_same(recreg: Typed, sheet: Path, fill: Fill) -> None:
    fill({"R-0003": {"Position": "Seen"}})
    book: Any = openpyxl.load_workbook(sheet)
    book.custom_doc_props["Agenda until"].value = "the autumn"
    book.save(sheet)
    assert "1 row with effect from 29 September 2022" in recreg("minute", sheet).err


def test_a_cell_is_taken_as_it_is_shown(recreg: Typed, sheet: Path, fill: Fill) -> None:
    shown = {
        "25%": (0.25, "0%"), "12.50%": (0.125, "0.00%"), "7": (7.0, "General"), "0.25": (0.25, "General"),
        "29 September 2022": (datetime.fromisoformat("2022-09-29"), "dd/mm/yyyy"),
        "29 September 2022, 14:30": (datetime.fromisoformat("2022-09-29T14:30"), "dd/mm/yyyy hh:mm"),
        "09:05": (time(9, 5), "hh:mm"),
    }  # fmt: skip
    for value in shown.values():
        fill({"R-0003": {"Position": value}})
        assert recreg("minute", sheet).code == 0
    assert [note["text"] for note in recreg("show", "R-0003", "-f", "json").json["notes"]] == list(shown)


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


def test_the_minutes_of_a_meeting_take_effect_on_its_day(recreg: Typed, filled: Path, sheet: Path, fill: Fill) -> None:
    recreg("meeting", "add", "JAC September 2022", "15/09/2022")
    recreg("meeting", "add", "JAC December 2022", "08/12/2022")
    fill(ANSWERS)
    before = filled.read_bytes()
    for words, code, sentence, hint in (
        (("JAC September 2022", "--on", "today"), 2, "Minutes are of a day or of a meeting.", "not both"),
        (("JAC Spetember 2022",), 3, "There is no meeting “JAC Spetember 2022”.", 'Nearest: "JAC September 2022"'),
        (("JAC December 2022",), 4, "“JAC December 2022” is on 8 December 2022, which is to come", "meeting edit"),
    ):
        said = recreg("minute", sheet, "--meeting", *words)
        assert (said.code, said.out) == (code, ""), said
        assert sentence in said.err
        assert hint in said.err
    assert filled.read_bytes() == before
    said = recreg("minute", sheet, "--meeting", "jac september 2022")
    assert said.code == 0, said
    assert "4 rows with effect from 15 September 2022" in said.err
    (review,) = recreg("show", "R-0002", "-f", "json").json["reviews"]
    assert review["held_on"] == "2022-09-15"


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
    book: Any = page.parent
    assert book.custom_doc_props["Agenda until"].value == "2022-12-31"
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
