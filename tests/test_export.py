"""What was recorded goes out: every format, every noun, whole or not at all."""

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections import deque
from contextlib import closing
from datetime import date, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from conftest import INSTALLED, Typed, run, type_all
from promising import promise
from recreg.errors import Refused
from recreg.exchange.cells import harmless, unharmed
from recreg.exchange.workbook import fitting
from recreg.questions.columns import ITEM
from recreg.questions.everything import COLUMNS, Noun
from recreg.store.file import SCHEMA_NUMBER

MACHINE = (Path(__file__).parents[1] / "docs/machine-output.md").read_text(encoding="utf-8")

#: The keys by which each noun goes out and comes back.
KEYS = {
    "key": "colour words",
    "people": "name role email",
    "boards": "name lead",
    "portfolios": "name lead",
    "inspections": "code title type publishers published_on expected_words our_part url summary pcc_applies"
    " pcc_comments_on",
    "items": " ".join(column.key for column in ITEM) + " ours_why acceptance_why acceptance_by deadline_why"
    " deadline_letter target_why target_approved_by completed_on agreed_by sign_off_level times_sent_back"
    " times_returned returned_on returned_by returned_why times_reopened reopened_on reopened_why review_anchor_on"
    " review_round",
    "reviews": "ref item held_on outcome note met_with met_on kept_schedule corrected_why found_last_on"
    " found_anchor_on found_round",
    "notes": "ref item noted_on text corrected_why",
    "evidence": "ref items title file_name link path sha256 size_bytes dated_on received_on received_from shared_on"
    " shared_with verdict verdict_why judged_on corrected_why",
    "links": "item relation other",
}  # fmt: skip
TEXT = "=1+1 “quoted”,\n\tand – ‘so’ on\u00ad\nfamily \U0001f468\u200d\U0001f469"


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Something of every noun; one item closed, one not ours, one withdrawn with its review and note."""
    path = Path(shutil.copy(empty_register, tmp_path_factory.mktemp("made") / "register.db"))
    return type_all(path, (
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "10/04/2019"],
        ["person", "add", "Head of PPU", "--role", "Detective Superintendent"],
        ["board", "add", "Vulnerability Board", "--lead", "Head of PPU"],
        ["portfolio", "add", "Vulnerability"],
        ["key", "red", "will not be met"],
        ["add", "--kind", "coc", "--title", "=Older people", "--inspection", "OLD-1"],
        ["add", "--kind", "rec", "--hmicfrs-ref", "00123", "--number", "1", "--parent", "R-0001", "--text", TEXT,
         "--inspection", "OLD-1", "--deadline", "By March 2023", "--owner", "Head of PPU", "--board",
         "Vulnerability Board", "--addressee", "Chief constables", "--addressee", "NPCC", "--target", "2022-12-31"],
        ["add", "--kind", "afi", "--title", "Theirs", "--not-ours", "--why", "the NPCC's"],
        ["add", "--kind", "rec", "--title", "Done"],
        ["sign-off", "R-0004", "--letter", "HMI/1", "--direct"],
        ["add", "--kind", "rec", "--title", "In error"],
        ["review", "R-0002", "--outcome", "on-track", "--note", "Held", "--keep-schedule"],
        ["review", "R-0005", "--outcome", "on-track", "--note", "Held in error"],
        ["note", "R-0002", "@owner says"],
        ["note", "R-0005", "Noted in error"],
        ["evidence", "add", "--link", "https://force.example/1", "--for", "R-0002", "--for", "R-0003"],
        ["link", "R-0002", "--related", "R-0003"],
        ["link", "R-0005", "--related", "R-0003"],
        ["withdraw", "R-0005", "--why", "twice"],
    ))  # fmt: skip


@pytest.fixture
def filled(made: Path, register: Path) -> Path:
    """A copy of it to type at."""
    shutil.copyfile(made, register)
    return register


def exported(recreg: Typed, file: Path, *words: str) -> Any:
    """What is in the file that an export wrote, as rows of dicts or the whole document."""
    said = recreg("export", file, *words)
    assert (said.code, said.out) == (0, ""), said
    if file.suffix == ".json":
        return json.loads(file.read_text(encoding="utf-8"))
    if file.suffix == ".jsonl":
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows: list[list[Any]]
    if file.suffix == ".xlsx":
        rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(file).worksheets[0].iter_rows()]
    else:
        text = file.read_text(encoding="utf-8-sig")
        rows = [[*row] for row in csv.reader(io.StringIO(text), delimiter="\t" if file.suffix == ".tsv" else ",")]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def in_cells(value: Any) -> str:
    """A value of JSON as a cell of text has it."""
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: ""}[value]
    return harmless(str(value))


# Nouns and keys.


def test_the_keys_of_every_noun_are_those_by_which_import_takes_it_back() -> None:
    assert {str(noun): " ".join(column.key for column in held) for noun, held in COLUMNS.items()} == KEYS
    assert list(COLUMNS) == list(Noun)


@pytest.mark.parametrize("noun", KEYS)
def test_every_noun_goes_out_with_its_keys_in_every_format(
    noun: str, recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    rows = exported(recreg, tmp_path / "x.json", "--what", noun)
    assert rows
    assert {" ".join(row) for row in rows} == {KEYS[noun]}
    assert exported(recreg, tmp_path / "x.jsonl", "--what", noun) == rows
    in_csv = [{key: in_cells(value) for key, value in row.items()} for row in rows]
    assert exported(recreg, tmp_path / "x.csv", "--what", noun) == in_csv
    assert exported(recreg, tmp_path / "x.tsv", "--what", noun) == in_csv
    cells = exported(recreg, tmp_path / "x.xlsx", "--what", noun)
    assert [{key: unharmed(value) for key, value in row.items()} for row in in_csv] == [
        {key: plainly(value) for key, value in row.items()} for row in cells
    ]


def plainly(value: Any) -> str:
    """A cell of a workbook in words."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


@pytest.mark.parametrize("noun", ["reviews", "notes", "links"])
def test_the_keys_of_a_noun_that_no_list_has_are_promised(noun: str) -> None:
    (below,) = re.findall(rf"^#### {noun.capitalize()}\n(.*?)(?=^#|\Z)", MACHINE, re.MULTILINE | re.DOTALL)
    assert re.findall(r"^\| `(\w+)` \|", below, re.MULTILINE) == KEYS[noun].split()


def test_the_further_keys_of_an_item_are_promised() -> None:
    (below,) = re.findall(r"^#### Items\n(.*?)(?=^#|\Z)", MACHINE, re.MULTILINE | re.DOTALL)
    assert re.findall(r"^\| `(\w+)` \|", below, re.MULTILINE) == KEYS["items"].split()[len(ITEM) :]


# What goes out.


def test_every_item_goes_out_unless_options_choose_and_what_was_withdrawn_never_does(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    def refs(*words: str) -> list[str]:
        return [row["ref"] for row in exported(recreg, tmp_path / "x.json", *words)]

    assert refs() == ["R-0001", "R-0002", "R-0003", "R-0004"]
    assert refs("--closed") == ["R-0004"]
    assert refs("--not-ours") == ["R-0003"]
    assert (
        refs("--owner", "head of ppu")
        == refs("--parent", "R-0001")
        == refs("--inspection", "OLD-1", "--kind", "rec")
        == ["R-0002"]
    )
    assert [row["ref"] for row in exported(recreg, tmp_path / "x.json", "--what", "reviews")] == ["V-0001"]
    assert len(exported(recreg, tmp_path / "x.json", "--what", "links")) == 1
    assert exported(recreg, tmp_path / "x.json", "--what", "evidence")[0]["items"] == "R-0002; R-0003"


def test_the_shared_keys_are_those_of_list_with_the_same_values(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    listed = recreg("list", "--all", "-f", "json").json
    rows = exported(recreg, tmp_path / "x.json")
    assert [{key: row[key] for key in listed[0]} for row in rows] == listed
    one = recreg("show", "R-0002", "-f", "json").json
    assert {key: value for key, value in rows[1].items() if key in one} == {
        key: one[key] for key in one if key in rows[1]
    }


def test_everything_is_one_document_in_an_order_in_which_it_can_be_taken_back(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    document = exported(recreg, tmp_path / "all.json", "--all")
    assert list(document) == ["recreg", *KEYS]
    assert document.pop("recreg") == {"schema": SCHEMA_NUMBER}
    for noun, rows in document.items():
        assert rows == exported(recreg, tmp_path / "x.json", "--what", noun)
    assert json.loads(run("export", "-", "--all").out)["items"] == document["items"]
    said = recreg("export", tmp_path / "all.xlsx", "--all")
    assert said.err == (
        "1 colour of the key, 1 person, 1 board, 1 portfolio, 1 inspection, 4 items, 1 review, 1 note, "
        f"1 piece of evidence and 1 link are in {tmp_path / 'all.xlsx'}.\n"
    )
    assert openpyxl.load_workbook(tmp_path / "all.xlsx").sheetnames == list(KEYS)


def test_an_empty_register_goes_out_as_headings_alone(recreg: Typed, register: Path, tmp_path: Path) -> None:
    assert exported(recreg, tmp_path / "x.json") == exported(recreg, tmp_path / "x.jsonl") == []
    assert (tmp_path / "x.jsonl").read_bytes() == b""
    recreg("export", tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig") == KEYS["items"].replace(" ", ",") + "\n"
    assert exported(recreg, tmp_path / "x.xlsx") == []
    assert exported(recreg, tmp_path / "all.json", "--all") == {"recreg": {"schema": SCHEMA_NUMBER}} | {
        n: [] for n in KEYS
    }
    assert recreg("export", tmp_path / "all.xlsx", "--all").code == 0


# Where it goes.


def test_a_file_of_csv_has_the_mark_that_excel_needs_and_stdout_has_none(filled: Path, tmp_path: Path) -> None:
    said = run("export", tmp_path / "x.csv")
    assert (said.code, said.out, said.err) == (0, "", f"4 items are in {tmp_path / 'x.csv'}.\n")
    out = run("export", "-")
    assert (out.code, out.err) == (0, "")
    assert (tmp_path / "x.csv").read_bytes() == b"\xef\xbb\xbf" + out.out.encode()
    assert (tmp_path / "x.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("form", ["tsv", "json", "jsonl"])
def test_a_format_may_be_named_where_no_file_says_it(form: str, filled: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / f"x.{form}").code == 0
    assert run("export", "-", "-f", form).out.encode() == (tmp_path / f"x.{form}").read_bytes().removeprefix(
        b"\xef\xbb\xbf"
    )
    assert run("export", tmp_path / "x.dat", "-f", form).code == 0
    assert (tmp_path / "x.dat").read_bytes() == (tmp_path / f"x.{form}").read_bytes()


def test_the_register_itself_is_never_replaced(recreg: Typed, filled: Path) -> None:
    before = filled.read_bytes()
    said = recreg("export", filled, "-f", "csv")
    assert said.code == 4
    assert "is the register itself." in said.err
    assert filled.read_bytes() == before


@promise("E3")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to write to")
@pytest.mark.parametrize("form", ["csv", "json"])
def test_e3_a_full_disk_behind_stdout_is_no_success(form: str, filled: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([INSTALLED, "export", "-", "-f", form], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 74
    assert b"No space left" in ended.stderr


#: A file that may not grow beyond a kilobyte is as a disk that is full.
LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
from recreg import cli
cli.main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name != "posix", reason="only POSIX limits how large a file may grow")
@pytest.mark.parametrize("name", ["x.csv", "x.json", "x.xlsx"])
@promise("A5")
def test_a5_what_cannot_be_written_whole_leaves_what_was_there(name: str, filled: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_text("as it was")
    there = sorted(tmp_path.iterdir())
    # Without -B, Python would leave modules that it compiles on such a disk cut short, for every later command.
    command = [str(INSTALLED.with_name("python")), "-B", "-c", LIMITED, "export", str(tmp_path / name)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 74, ended
    assert len(ended.stderr.splitlines()) == 2, ended.stderr
    assert f"The file {tmp_path / name} could not be written: File too large." in ended.stderr
    assert (tmp_path / name).read_text() == "as it was"
    assert sorted(tmp_path.iterdir()) == there


# What a cell can hold.


FORMULAS = [f"{begin}{rest}" for begin in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'=", "''+", "'") for rest in (
    "1+1", "SUM(A1:A9)", "cmd|' /C calc'!A0", 'HYPERLINK("https://x.example")', "1e5", "10618", "x,y", "a\nb", "", "-",
    "=", "@", "\ttab", " space", "“quoted”", "'", "#REF!", 'DDE("x")', "<r><t>x</t></r>", "&amp; ]]>",
)] + ["#REF!", "#N/A", "_x0041_", "1e5", "10618", "00123", "2022-09-29", "TRUE", "<r><t>x</t></r>", "last "]  # fmt: skip


@promise("E4")
def test_e4_no_text_becomes_a_formula_and_each_comes_back(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    assert len(FORMULAS) > 200
    with closing(sqlite3.connect(filled)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        rows = [("x" if not text.strip("'") else text,) for text in FORMULAS]
        db.executemany("INSERT INTO note (item_id, noted_on, text) VALUES (2, '2022-09-29', ?)", rows)
        db.commit()
    texts = ["@owner says", *(text for (text,) in rows)]
    in_csv = [row["text"] for row in exported(recreg, tmp_path / "x.csv", "--what", "notes")]
    assert [unharmed(text) for text in in_csv] == texts
    assert not [text for text in in_csv if text.startswith(tuple("=+-@＝＋－＠"))]
    assert [row["text"] for row in exported(recreg, tmp_path / "x.json", "--what", "notes")] == texts
    exported(recreg, tmp_path / "x.xlsx", "--what", "notes")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    cells = [row[3] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [unescape(str(cell.value)) for cell in cells] == texts
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "'")))


def test_days_are_days_and_counts_are_numbers_below_a_heading_that_stays(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    rows = exported(recreg, tmp_path / "x.xlsx")
    assert rows[1]["deadline_on"] == datetime(2023, 3, 31)  # noqa: DTZ001 - a day in a workbook has no zone
    assert (rows[1]["times_deferred"], rows[1]["hmicfrs_ref"], rows[1]["ours"]) == (0, "00123", "yes")
    assert rows[1]["text"] == TEXT
    sheet: Any = openpyxl.load_workbook(tmp_path / "x.xlsx")["items"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:BE5"
    assert sheet["A1"].font.bold
    place = KEYS["items"].split().index("deadline_on")
    assert sheet[3][place].number_format == "yyyy-mm-dd"
    assert date.fromisoformat("2023-03-31") == rows[1]["deadline_on"].date()


def test_a_text_longer_than_a_cell_of_excel_is_refused_naming_it_and_no_file_made(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    recreg("note", "R-0003", "x" * 32_768)
    recreg("edit", "R-0004", "--text", "y" * 32_767)
    assert exported(recreg, tmp_path / "fits.xlsx")[3]["text"] == "y" * 32_767
    for words in (["--what", "notes"], ["--all"]):
        said = recreg("export", tmp_path / "x.xlsx", *words)
        assert said.code == 4
        assert (
            "The text of N-0003 of R-0003 is longer than the 32,767 characters that a cell of Excel holds." in said.err
        )
        assert "Export to CSV or JSON" in said.err
        assert not list(tmp_path.glob("*x.xlsx*"))
    assert exported(recreg, tmp_path / "x.csv", "--what", "notes")[1]["text"] == "x" * 32_768


def test_more_text_than_a_sheet_of_excel_may_have_is_refused() -> None:
    with pytest.raises(Refused, match=r"There is more text in the notes than the 2 GB"):
        deque(fitting("notes", repeat(b" " * 1_000_000, 2_001)), maxlen=0)


@promise("E4")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_e4_libreoffice_opens_the_workbook_and_finds_the_same_cells(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    recreg("note", "R-0002", "_x0041_ and\n=SUM(A1)")
    for noun in ("items", "notes", "inspections"):
        rows = exported(recreg, tmp_path / f"{noun}.csv", "--what", noun)
        exported(recreg, tmp_path / f"{noun}.xlsx", "--what", noun)
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1"
        home = f"-env:UserInstallation=file://{tmp_path}/office"
        out = tmp_path / "opened"
        subprocess.run(["soffice", home, "--headless", "--convert-to", form, "--outdir", out, tmp_path / f"{noun}.xlsx"],
                       check=True, capture_output=True, timeout=120)  # fmt: skip
        with (out / f"{noun}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert found == [{key: unharmed(value) for key, value in row.items()} for row in rows]
