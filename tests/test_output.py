"""What a person, a pipe and a script get to see."""

import csv
import io
import json
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from conftest import INSTALLED, After, Typed, run
from promising import promise

TITLE = "Victims’ needs → [red] [/] [bold"


@pytest.fixture
def filled(register_after: After) -> Path:
    """One item with a title that Rich, a spreadsheet and a poor terminal would each trip over."""
    return register_after((
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "11/08/2022"],
        ["add", "--kind", "rec", "--title", TITLE, "--text", "a\tb\nc\\d", "--hmicfrs-ref", "10618", "--number", "1",
         "--inspection", "OLD-1", "--deadline", "By March 2023", "--addressee", "NPCC", "--addressee", "CPS",
         "--on", "2022-05-31"],
    ))  # fmt: skip


def test_the_keys_of_an_item_are_a_promise(recreg: Typed, filled: Path) -> None:
    assert recreg("list", "-f", "json").json == [
        {
            "ref": "R-0001",
            "hmicfrs_ref": "10618",
            "kind": "recommendation",
            "inspection": "OLD-1",
            "number": "1",
            "parent": None,
            "title": TITLE,
            "text": "a\tb\nc\\d",
            "addressees": "NPCC; CPS",
            "ours": True,
            "waiting_on": None,
            "mandatory": True,
            "acceptance": None,
            "deadline_words": "By March 2023",
            "deadline_on": "2023-03-31",
            "deadline_precision": "month",
            "target_on": None,
            "original_target_on": None,
            "times_deferred": 0,
            "owner": None,
            "board": None,
            "portfolio": None,
            "status": "new",
            "rag": "unrated",
            "rag_why": None,
            "review_every_months": 3,
            "last_review_on": None,
            "next_review_on": "2022-08-31",
            "added_on": "2022-05-31",
            "submitted_on": None,
            "closed_on": None,
            "closed_as": None,
            "closed_letter": None,
            "closed_why": None,
            "decided_by": None,
            "approved_by": None,
            "closed_of": None,
        }
    ]


def test_the_keys_of_overdue_are_a_promise(recreg: Typed, filled: Path) -> None:
    assert recreg("overdue", "-f", "json").json == [
        {
            "ref": "R-0001",
            "hmicfrs_ref": "10618",
            "kind": "recommendation",
            "title": TITLE,
            "owner": None,
            "board": None,
            "rag": "unrated",
            "clock": "review",
            "due_on": "2022-08-31",
            "days_overdue": 29,
            "last_review_on": None,
            "position": "overdue, never held",
        }
    ]


def test_the_keys_of_a_pcc_row_are_those_of_overdue(recreg: Typed, filled: Path) -> None:
    assert recreg("overdue", "--clock", "pcc", "--within", "30d", "-f", "json").json == [
        {
            "ref": "OLD-1",
            "hmicfrs_ref": None,
            "kind": None,
            "title": "Old",
            "owner": None,
            "board": None,
            "rag": None,
            "clock": "pcc",
            "due_on": "2022-10-05",
            "days_overdue": 0,
            "last_review_on": None,
            "position": "comments not published, due in 6 days",
        }
    ]


def test_history_tells_who_did_what_and_what_stood_before_and_after(recreg: Typed, filled: Path) -> None:
    recreg("rag", "amber", "10618", "--why", "audit late", "--by", "Deputy", "--on", "2022-09-01")
    rows = recreg("history", "10618", "-f", "json").json
    assert [list(row) for row in rows[:1]] == [
        ["changeset", "at", "on", "by", "command", "event", "field", "before", "after"]
    ]
    told = [{key: row[key] for key in row if key != "at"} for row in rows[-2:]]
    assert told == [
        {"changeset": 4, "on": "2022-09-01", "by": "Deputy", "command": "rag", "event": "rated",
         "field": "rag", "before": "unrated", "after": "amber"},
        {"changeset": 4, "on": "2022-09-01", "by": "Deputy", "command": "rag", "event": "rated",
         "field": "rag_why", "before": None, "after": "audit late"},
    ]  # fmt: skip


@promise("E2")
def test_e2_a_pipe_gets_plain_lines_whole_and_unfolded(recreg: Typed, filled: Path) -> None:
    long = "word " * 100 + "end"
    recreg("add", "--kind", "afi", "--title", long)
    said = run("list", COLUMNS="20", TERM="dumb", PYTHONUNBUFFERED="1", LC_ALL="C")
    lines = said.out.splitlines()
    assert said.err == ""
    assert [line.split("\t") for line in lines] == [
        ["R-0001", "10618", "recommendation", TITLE, "", "", "unrated", "new", "2023-03-31", "", "2022-08-31"],
        ["R-0002", "", "area_for_improvement", long, "", "", "unrated", "new", "", "", "2022-12-29"],
    ]


def test_every_format_has_the_same_rows(recreg: Typed, filled: Path) -> None:
    whole = recreg("list", "-f", "json").json
    assert [json.loads(line) for line in recreg("list", "-f", "jsonl").out.splitlines()] == whole
    (from_csv,) = csv.DictReader(io.StringIO(recreg("list", "-f", "csv").out))
    assert from_csv == {
        key: {True: "yes", False: "no", None: ""}.get(value, str(value)) if not isinstance(value, int | None)
        or isinstance(value, bool) else ("" if value is None else str(value))
        for key, value in whole[0].items()
    }  # fmt: skip
    assert recreg("list", "-f", "ids").out == "R-0001\n"


@pytest.mark.parametrize(
    ("form", "empty"), [("json", "[]\n"), ("jsonl", ""), ("ids", ""), ("plain", ""), ("csv", "ref,hmicfrs_ref,")]
)
def test_an_empty_answer_is_an_answer(form: str, empty: str, recreg: Typed, register: Path) -> None:
    said = recreg("list", "-f", form)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(empty) if form == "csv" else said.out == empty


def test_a_table_has_its_heading_on_stdout_and_its_footer_on_stderr(recreg: Typed, filled: Path) -> None:
    said = recreg("list", "-f", "table")
    assert said.out.startswith("Items\n")
    assert TITLE in said.out
    assert "March 2023" in said.out
    assert "1 recommendation, 0 areas for improvement and 0 causes of concern" in said.err
    assert "As at 29 September 2022 (set by RECREG_TODAY)." in said.err


@promise("E2")
@pytest.mark.parametrize(
    "setting", [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}]
)
@pytest.mark.parametrize("form", ["table", "plain", "csv", "json"])
def test_e2_a_poor_encoding_gets_a_plain_stand_in_and_never_an_error(
    setting: dict[str, str], form: str, filled: Path
) -> None:
    ended = subprocess.run(
        [INSTALLED, "list", "-f", form], capture_output=True, env={**os.environ, **setting}, check=False
    )
    assert ended.returncode == 0, ended.stderr
    shown = ended.stdout.decode(setting.get("PYTHONIOENCODING", "utf-8"))
    if form == "json":
        assert json.loads(shown)[0]["title"] == TITLE
    else:
        assert "Victims’ needs → [red]" in shown.replace("'", "’").replace("->", "→")


@promise("E3")
def test_e3_head_takes_what_it_wants_and_nothing_is_said(recreg: Typed, filled: Path) -> None:
    ended = subprocess.run(
        f"'{INSTALLED}' list | head -n 0; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == ("0\n", "")


@promise("E3")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to write to")
@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
@pytest.mark.parametrize("form", ["plain", "table", "json"])
def test_e3_an_answer_that_cannot_be_written_is_never_a_success(where: str, form: str, filled: Path) -> None:
    ended = subprocess.run(
        f"'{INSTALLED}' list -f {form} {where}", shell=True, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert ended.returncode == 74
    assert ended.stderr.startswith("The output could not be written")
    assert "Traceback" not in ended.stderr


def test_on_a_terminal_a_list_is_a_table_as_wide_as_the_terminal(filled: Path) -> None:
    screen = on_a_terminal("list", columns=80)
    assert "Next review" in screen
    assert all(len(line.rstrip()) <= 80 for line in screen.splitlines())
    assert "Not shown for want of width: " in screen


@pytest.mark.parametrize(("columns", "given_up"), [(80, ""), (60, "blue"), (46, "unrated, blue")])
def test_on_a_narrow_dashboard_red_is_given_up_last(columns: int, given_up: str, filled: Path, recreg: Typed) -> None:
    recreg("key", "blue", "with HMICFRS")
    recreg("rag", "blue", "R-0001", "--why", "it is there")
    screen = on_a_terminal(columns=columns)
    assert re.search("Open and ours.*red.*amber.*green.*all", screen)
    assert [*re.findall("for want of width: (.*?)[.] A ", " ".join(screen.split())), ""][0] == given_up


@pytest.mark.parametrize("words", ["overdue --clock all", "agenda --until 2022-12-31"])
def test_on_a_narrow_terminal_the_clock_tells_an_items_rows_apart(words: str, filled: Path, recreg: Typed) -> None:
    recreg("edit", "R-0001", "--target", "2022-09-28")
    screen = on_a_terminal(*words.split(), columns=60)
    assert "Clock" in screen
    assert "Title" in screen


def test_a_hostile_row_in_the_file_cannot_command_the_terminal(register: Path, recreg: Typed) -> None:
    """Entry refuses such characters; should another program have put them there, display still does."""
    from recreg.domain.text import visible

    hostile = "\x1b]0;owned\x07\x9b31m\u202eevil\u200b\x00\ttab\nline"
    shown = visible(hostile)
    assert shown.isprintable()
    assert shown == r"\u001b]0;owned\u0007\u009b31m\u202eevil\u200b\u0000\u0009tab\u000aline"


def test_spaces_of_word_processors_and_new_characters_come_out_as_they_went_in(recreg: Typed, register: Path) -> None:
    text = "By 31\u00a0March 2023 — £50\u2009000 \U0001fae8"
    recreg("add", "--kind", "rec", "--title", "x", "--text", text)
    assert text in recreg("list", "-f", "csv").out
    assert text in recreg("show", "R-0001", "-f", "table").out


def test_a_cell_that_would_start_a_formula_is_harmless_in_csv(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "=HYPERLINK(1)")
    (row,) = csv.DictReader(io.StringIO(recreg("list", "-f", "csv").out))
    assert row["title"] == "'=HYPERLINK(1)"


def test_the_dashboard_in_a_pipe_is_a_line_for_each_figure(recreg: Typed, filled: Path) -> None:
    said = recreg()
    assert said.err == ""
    assert dict(line.split("\t") for line in said.out.splitlines()) == {
        "open_recommendation": "1",
        "open_area_for_improvement": "0",
        "open_cause_of_concern": "0",
        "under_causes": "0",
        "with_hmicfrs": "0",
        "overdue_review": "1",
        "overdue_target": "0",
        "overdue_deadline": "0",
        "overdue_pcc": "0",
        "with_hmicfrs_longest_days": "0",
    }


def test_the_dashboard_on_a_terminal_says_there_is_no_backup_yet(filled: Path) -> None:
    screen = on_a_terminal(columns=100)
    assert "recommendations" in screen
    assert "1 overdue for the three-month review" in screen
    assert "No backup yet." in screen


def on_a_terminal(*words: str, columns: int) -> str:
    """What a person sees who types that at a terminal of so many columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen([INSTALLED, *words], stdout=theirs, stderr=theirs, stdin=theirs, env=environment) as typed:
        os.close(theirs)
        screen = b""
        while True:
            try:
                read = os.read(ours, 65536)
            except OSError:  # Linux says so where the last writer has gone.
                break
            if not read:
                break
            screen += read
        assert typed.wait() == 0
    os.close(ours)
    return re.sub(r"\x1b\[[\d;]*m", "", screen.decode().replace("\r\n", "\n"))


def test_the_other_lists_are_promises_too(recreg: Typed, filled: Path) -> None:
    recreg("assign", "10618", "--owner", "Head of PPU", "--board", "Crime Board", "--portfolio", "Crime")
    recreg("board", "edit", "Crime Board", "--lead", "Head of PPU")
    assert recreg("person", "list", "-f", "json").json == [
        {"name": "Head of PPU", "role": None, "email": None, "open_items": 1}
    ]
    assert recreg("board", "list", "-f", "json").json == [
        {"name": "Crime Board", "lead": "Head of PPU", "open_items": 1}
    ]
    assert recreg("portfolio", "list", "-f", "json").json == [{"name": "Crime", "lead": None, "open_items": 1}]
    assert recreg("inspection", "list", "-f", "json").json == [
        {"code": "OLD-1", "title": "Old", "type": "thematic", "publishers": None, "published_on": "2022-08-11",
         "expected_words": None, "our_part": "none", "url": None, "summary": None, "pcc_applies": True,
         "pcc_due_on": "2022-10-05", "pcc_comments_on": None, "items": 1, "open_items": 1}
    ]  # fmt: skip
    newest = recreg("log", "-f", "json").json[-2]
    assert {key: newest[key] for key in newest if key not in {"at", "hash"}} == {
        "changeset": 4, "on": "2022-09-29", "by": "Liaison Officer", "command": "assign", "undoes": None,
        "undone_by": None, "changes": 4, "items": "R-0001",
    }  # fmt: skip
    assert list(newest) == ["changeset", "at", "on", "by", "command", "undoes", "undone_by", "changes", "items", "hash"]
