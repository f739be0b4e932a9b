"""Items come in from a file: whole or not at all, with every day understood and every bad row named."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Said, Typed, is_sound
from promising import promise
from recreg.domain.rows import ITEM_KEYS
from recreg.exchange.arriving import TEMPLATE

HEADINGS = (
    "Type,Report,Rec No,HMICFRS ref,Recommendation,HMICFRS deadline,Due date,Lead officer,Board,RAG,RAG rationale"
)
ROWS = [
    (
        'recommendation,CAOP,1,10618,"Chief constables should\ndo this, and that",Within six months,31/12/2022,'
        "Head of PPU,Vulnerability Board,amber,at risk"
    ),
    "rec,caop,2,9962,Referrals should be made,within three months,,,,,",
    "coc,Older people,,,A cause of concern,,,Head of PPU,Vulnerability Board,red,no plan yet",
]


@pytest.fixture
def reports(recreg: Typed, register: Path) -> Path:
    """A register with one report in it, and no item."""
    recreg("inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic", "--published", "2019-07-17")
    return register


def file_of(folder: Path, *rows: str, headings: str = HEADINGS, name: str = "items.csv") -> Path:
    file = folder / name
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return file


def shown(recreg: Typed, ref: str) -> dict[str, Any]:
    return dict(recreg("show", ref, "-f", "json").json)


def refused(said: Said, register: Path, before: bytes, *sentences: str) -> None:
    assert (said.code, said.out) == (4, ""), said
    assert [each for each in sentences if each not in said.err] == []
    assert register.read_bytes() == before, "nothing may be written"


def test_items_come_in_with_their_words_days_names_and_reasons(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    said = recreg("import", file_of(tmp_path, *ROWS))
    assert said.code == 0, said.err
    assert said.out == ""
    assert "items.csv: 3 added, 0 changed, 0 unchanged." in said.err
    first = shown(recreg, "10618")
    assert [first[key] for key in ("ref", "kind", "inspection", "number", "text", "deadline_on", "target_on", "status")] == [
        "R-0001", "recommendation", "CAOP", "1", "Chief constables should\ndo this, and that", "2020-01-17",
        "2022-12-31", "in_progress",
    ]  # fmt: skip
    assert [first[key] for key in ("original_target_on", "rag", "rag_why", "next_review_on", "added_on")] == [
        "2022-12-31", "amber", "at risk", "2022-12-29", "2022-09-29",
    ]  # fmt: skip
    assert shown(recreg, "R-0003")["inspection"] == "CAOP", "a report is known by its exact title too"
    assert is_sound(reports)


def test_what_comes_in_is_as_if_it_had_been_typed(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    recreg("import", file_of(tmp_path, ROWS[1]))
    typed = ("add", "--kind", "rec", "--inspection", "CAOP", "--number", "3", "--text", "Referrals should be made",
             "--deadline", "within three months")  # fmt: skip
    recreg(*typed)
    one, other = (shown(recreg, ref) for ref in ("R-0001", "R-0002"))
    aside = {"ref", "number", "hmicfrs_ref", "owner_history", "deadline_history", "rag_moves", "target_moves"}
    assert {k: v for k, v in one.items() if k not in aside} == {k: v for k, v in other.items() if k not in aside}


def test_an_import_is_one_act_and_is_undone_as_one(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    recreg("import", file_of(tmp_path, *ROWS))
    assert recreg("log", "-f", "json").json[-1]["command"] == "import"
    assert recreg("undo").code == 0
    assert recreg("list", "--all", "-f", "ids").out == ""
    assert recreg("person", "list", "-f", "ids").out == ""
    assert recreg("undo").code == 0
    assert recreg("list", "--all", "-f", "ids").out.split() == ["R-0001", "R-0002", "R-0003"]
    assert is_sound(reports)


def test_a_dry_run_counts_as_the_real_one_does_and_writes_nothing(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    file, before = file_of(tmp_path, *ROWS), reports.read_bytes()
    dry = recreg("import", file, "--dry-run")
    assert "Dry run: nothing was written." in dry.err
    assert reports.read_bytes() == before
    real = recreg("import", file)
    assert dry.err.replace("Dry run: nothing was written.\n", "") == real.err


def test_every_bad_row_is_named_at_once_with_its_place_and_nothing_is_written(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    file = file_of(
        tmp_path, *ROWS,
        "pile,CAOP,4,,x,,,,,,", "rec,NONE,5,,x,,,,,,", "rec,CAOP,6,,x,,31/02/2023,,,,", "rec,CAOP,7,,x,,,,,red,",
        "rec,CAOP,8,,x,,,,,purple,y", "rec,CAOP,1,,x,,,,,,", "rec,CAOP,9,10618,x,,,,,,", "rec,CAOP,10,R-77,x,,,,,,",
        "rec,CAOP,11,,x,,2018-01-01,,,,", "rec,CAOP,12,,,,,,,,", "rec,CAOP,13,,x,,,Head of Custdy,,,", "rec,CAOP,16,,y,,,Head of Custody,,,", "rec,,14",
        ",CAOP,15,,x,,,,,,",
    )  # fmt: skip
    before = reports.read_bytes()
    said = recreg("import", file)
    refused(
        said, reports, before,
        "items.csv, line 6, column Type: “pile”: “pile” is not a kind.",
        "line 7, column Report: “NONE”: There is no such inspection.",
        "line 8, column Due date: “31/02/2023”: “31/02/2023” is not a day for target_on",
        "line 9, column RAG rationale: A rating of red needs a reason.",
        "line 10, column RAG: “purple”: “purple” is not a RAG rating.",
        "line 11, column Rec No: “1”: This number of that report is row 2 already.",
        "line 12, column HMICFRS ref: “10618”: It belongs to row 2",
        "line 13, column HMICFRS ref: “R-77”",
        "line 14, column Due date: “2018-01-01”: The target, 1 January 2018, is before publication, 17 July 2019.",
        "line 15: title: A new item needs a title or a text.",
        "line 17, column Lead officer: “Head of Custody”: It is much like the person “Head of Custdy”",
        "items.csv, line 18", "line 19, column Type: A new item needs its kind",
        "cannot be taken, so nothing was written.",
    )  # fmt: skip


@promise("A3")
def test_a3_a_bad_last_row_of_5000_leaves_nothing_and_is_the_one_line_told(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    rows = [f"rec,CAOP,{number},,Text {number},,,,,," for number in range(4_999)]
    file, before = file_of(tmp_path, *rows, "rec,CAOP,5000,,x,,soon,,,,"), reports.read_bytes()
    said = recreg("import", file)
    refused(said, reports, before, "items.csv, line 5001, column Due date: “soon”")
    assert "1 row cannot be taken" in said.err


@promise("A4")
def test_a4_the_same_file_comes_three_times_and_the_log_stays_where_it_was(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    file = file_of(tmp_path, *ROWS[:2])
    recreg("import", file)
    after = reports.read_bytes()
    for words in (
        ["import", file],
        ["import", file, "--again"],
        ["import", file, "--on-conflict", "update", "--again"],
    ):
        said = recreg(*words)
        assert said.code == 0, said.err
        assert "Nothing was changed" in said.err
        assert reports.read_bytes() == after
    assert "was imported before" in recreg("import", file).err


def test_rows_equal_to_what_is_stored_are_unchanged_under_every_way(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    recreg("import", file_of(tmp_path, *ROWS))
    for way in ("error", "skip", "update"):
        other = file_of(tmp_path, *reversed(ROWS[:2]), name=f"{way}.csv")
        said = recreg("import", other, "--on-conflict", way)
        assert f"{way}.csv: 0 added, 0 changed, 2 unchanged." in said.err


def test_a_row_that_says_otherwise_is_refused_or_left_or_taken_over_as_told(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    recreg("import", file_of(tmp_path, *ROWS))
    changed = ROWS[0].replace("Vulnerability Board", "Crime Board").replace("amber,at risk", "green,done")
    file, before = file_of(tmp_path, changed, name="new.csv"), reports.read_bytes()
    refused(recreg("import", file), reports, before,
            "column Board: “Crime Board”: R-0001 has “Vulnerability Board” there: --on-conflict update takes it over")  # fmt: skip
    said = recreg("import", file, "--on-conflict", "skip")
    assert "0 changed, 0 unchanged, 1 left as they are" in said.err
    assert reports.read_bytes() == before
    said = recreg("import", file, "--on-conflict", "update")
    assert said.code == 0, said.err
    assert "row 2: R-0001 is changed: " in said.err
    assert "board “Vulnerability Board” → “Crime Board”" in said.err
    assert [shown(recreg, "R-0001")[key] for key in ("board", "rag", "rag_why")] == ["Crime Board", "green", "done"]
    assert is_sound(reports)


def test_a_blank_cell_leaves_and_clear_empties(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    recreg("import", file_of(tmp_path, ROWS[0]))
    recreg("edit", "R-0001", "--waiting-on", "NPCC")
    file = file_of(tmp_path, "R-0001,,#CLEAR", headings="ref,title,waiting_on", name="clear.csv")
    said = recreg("import", file, "--on-conflict", "update")
    assert said.code == 0, said.err
    item = shown(recreg, "R-0001")
    assert (item["waiting_on"], item["title"]) == (None, "Chief constables should do this, and that")


def test_an_import_never_closes_what_is_open_nor_moves_a_target(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    recreg("import", file_of(tmp_path, ROWS[0]))
    before = reports.read_bytes()
    file = file_of(
        tmp_path, "R-0001,2022-09-01,signed_off,HMI/1", headings="ref,closed_on,closed_as,closed_letter", name="c.csv"
    )
    said = recreg("import", file, "--on-conflict", "update")
    refused(said, reports, before, "R-0001 has nothing there, which an import never changes")
    file = file_of(tmp_path, "R-0001,closed", headings="ref,status", name="s.csv")
    refused(recreg("import", file, "--on-conflict", "update"), reports, before, "sign-off and reopen move it")
    recreg("defer", "R-0001", "--to", "2023-03-31", "--why", "late")
    before = reports.read_bytes()
    file = file_of(tmp_path, "R-0001,2023-06-30", headings="ref,target_on", name="t.csv")
    refused(recreg("import", file, "--on-conflict", "update"), reports, before, "moved by deferring it again")


def test_a_new_row_may_arrive_at_any_stage_with_its_days_and_basis(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    headings = "kind,title,added_on,owner,board,completed_on,submitted_on,closed_on,closed_as,closed_letter,status"
    file = file_of(
        tmp_path, "rec,Done,2021-01-04,A B,C D,2021-05-01,2021-06-01,2021-09-01,signed off,HMI/21/3,closed",
        "rec,Waiting,2021-01-04,A B,C D,2021-05-01,2021-06-01,,,,submitted", headings=headings,
    )  # fmt: skip
    assert recreg("import", file).code == 0
    done, waiting = (shown(recreg, ref) for ref in ("R-0001", "R-0002"))
    keys = ("status", "added_on", "closed_on", "closed_as", "closed_letter", "decided_by", "next_review_on")
    assert [done[key] for key in keys] == [
        "closed", "2021-01-04", "2021-09-01", "signed_off", "HMI/21/3", "hmicfrs", None,
    ]  # fmt: skip
    assert (waiting["status"], waiting["next_review_on"]) == ("submitted", None)
    before = reports.read_bytes()
    for row, sentence in (
        ("rec,x,,,,,,2021-09-01,,,", "A closed item has its basis"),
        ("rec,x,,,,,,2021-09-01,signed off,,", "What HMICFRS decided has its letter."),
        ("rec,x,,,,,,,,HMI/1,", "It is of a closed item"),
        ("rec,x,,,,,,2023-09-01,signed off,L,", "1 September 2023 is in the future."),
        ("rec,x,,,,2022-06-01,2022-05-01,,,,", "1 May 2022 is before completed, 1 June 2022."),
        ("rec,x,,,,,,,,,closed", "It follows from its days, its owner and its board, which give new"),
    ):
        refused(recreg("import", file_of(tmp_path, row, headings=headings, name="b.csv")), reports, before, sentence)


def test_parents_stand_in_any_order_within_the_file(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    headings = "kind,title,hmicfrs_ref,parent,ref"
    file = file_of(
        tmp_path, "rec,Child,9001,9000,", "rec,Other child,,R-0050,", "coc,Cause,9000,,R-0050", "rec,Shares,9000,R-0050,",
        headings=headings,
    )  # fmt: skip
    said = recreg("import", file)
    assert said.code == 0, said.err
    listed = recreg("list", "-f", "json").json
    assert {row["title"]: row["parent"] for row in listed} == {
        "Child": "R-0050", "Other child": "R-0050", "Cause": None, "Shares": "R-0050",
    }  # fmt: skip
    before = reports.read_bytes()
    for row, sentence in (
        ("afi,x,,R-0050,", "A cause of concern contains recommendations only."),
        ("coc,x,,R-0050,", "A cause of concern has no parent"),
        ("rec,x,,R-0777,", "There is no such item, here or in the file."),
        ("rec,x,,,R-0002", "It was given before"),
    ):
        refused(recreg("import", file_of(tmp_path, row, headings=headings, name="b.csv")), reports, before, sentence)


def test_opening_rows_take_effect_on_their_own_days_and_count_as_nothing_new(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    rows = [f"rec,Open {n},2021-03-0{n % 9 + 1},,," for n in range(61)]
    rows += [f"rec,Closed {n},2020-03-0{n % 9 + 1},2022-02-0{n % 9 + 1},signed off," for n in range(60)]
    file = file_of(tmp_path, *rows, headings="kind,title,added_on,closed_on,closed_as,rag")
    said = recreg("import", file, "--opening")
    assert said.code == 0, said.err
    assert "121 added" in said.err
    told = recreg("ask", "changed", "--since", "2022-06-01", "-f", "table").err
    assert "recommendations: 61 = 61" in told
    told = recreg("ask", "changed", "--since", "2022-01-01", "-f", "table").err
    assert "recommendations: 121 - 60 signed off = 61" in told
    assert {row["code"] for row in recreg("check", "-f", "json").json} >= {"RR110"}
    assert is_sound(reports)
    assert recreg("undo").code == 0
    assert recreg("list", "--all", "-f", "ids").out == ""


def test_columns_that_are_not_known_are_refused_unless_told_what_they_are(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    file = file_of(tmp_path, "rec,x,Head of PPU,blue sky", headings="kind,title,Action ovner,Theme")
    before = reports.read_bytes()
    refused(recreg("import", file), reports, before, "Action ovner", "Theme")
    said = recreg("import", file, "--map", "Action ovner=owner", "--map", "Theme=")
    assert said.code == 0, said.err
    assert shown(recreg, "R-0001")["owner"] == "Head of PPU"


def test_bad_rows_are_kept_aside_with_what_is_wrong_where_asked(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path, ROWS[0], "pile,CAOP,4,,x,,,,,,")
    said = recreg("import", file, "--rejects", tmp_path / "bad.csv")
    assert said.code == 4
    with (tmp_path / "bad.csv").open(encoding="utf-8-sig", newline="") as kept:
        (bad,) = list(csv.DictReader(kept))
    assert bad["Type"] == "pile"
    assert "is not a kind" in bad["what is wrong"]


def test_every_row_that_cannot_be_taken_is_counted_whatever_is_wrong_with_it(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    rows = ["rec,Fine,x", "rec,Short", "pile,Wrong,x", "rec,Long,x,y", 'rec,"Not" quoted,x']
    file, before = file_of(tmp_path, *rows, headings="kind,title,owner"), reports.read_bytes()
    said = recreg("import", file, "--rejects", tmp_path / "bad.csv")
    refused(said, reports, before, "line 3: “rec”: This row has 2 cells", "line 4, column kind", "line 5", "line 6")
    assert "\n4 rows cannot be taken, so nothing was written." in said.err
    assert "4 bad rows are in" in said.err


def test_bad_rows_that_were_put_right_come_in_with_every_other_text_unchanged(
    recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    rows = ["'=1+1,pile,''=A1", "'#CLEAR,pile,#CLEAR"]
    file = file_of(tmp_path, *rows, headings="title,kind,waiting_on")
    assert recreg("import", file, "--rejects", bad).code == 4
    text = bad.read_text(encoding="utf-8-sig")
    assert "\n=" not in text, "a spreadsheet opens it without harm"
    bad.write_text(text.replace("pile", "rec", 1).replace("\n'#CLEAR,pile", "\n'#CLEAR,afi"), encoding="utf-8")
    said = recreg("import", bad, "--map", "what is wrong=")
    assert said.code == 0, said.err
    held = [(row["title"], row["waiting_on"]) for row in recreg("list", "-f", "json").json]
    assert held == [("=1+1", "'=A1"), ("#CLEAR", None)]


def test_every_heading_of_the_empty_sheet_is_a_key_of_an_item() -> None:
    assert set(TEMPLATE) <= set(ITEM_KEYS)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_empty_sheet_is_written_that_can_be_filled_in_and_taken(
    suffix: str, recreg: Typed, reports: Path, tmp_path: Path
) -> None:
    said = recreg("import", "--template", tmp_path / f"empty.{suffix}")
    assert (said.code, said.out) == (0, "")
    said = recreg("import", tmp_path / f"empty.{suffix}")
    assert "0 added" in said.err or "no row" in said.err, said


def test_json_comes_in_as_scripts_write_it(recreg: Typed, reports: Path, tmp_path: Path) -> None:
    file = tmp_path / "items.json"
    rows = [{"kind": "rec", "title": "One", "ours": False, "ours_why": "theirs", "review_every_months": 6,
             "addressees": ["Chief Constables", "NPCC"]}]  # fmt: skip
    file.write_text(json.dumps(rows))
    assert recreg("import", file).code == 0
    item = shown(recreg, "R-0001")
    assert (item["ours"], item["addressees"], item["next_review_on"]) == (False, "Chief Constables; NPCC", "2023-03-29")


def test_before_a_large_file_a_copy_of_the_register_is_kept_and_before_a_dry_run_or_a_small_file_none(
    recreg: Typed, register: Path, tmp_path: Path
) -> None:
    assert recreg("add", "--kind", "afi", "--title", "There before").code == 0
    kept = register.with_name("register.db.backups")
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    small.write_text("kind,title\n" + "".join(f"afi,Small {n}\n" for n in range(5)))
    large.write_text("kind,title\n" + "".join(f"afi,Large {n}\n" for n in range(1_000)))
    assert recreg("import", small).code == 0
    assert recreg("import", large, "--dry-run").code == 0
    assert not kept.exists()
    before = register.read_bytes()
    said = recreg("import", large)
    (copy,) = kept.glob("*-before-import.db")
    assert f"As the register was before: {copy}" in said.err
    assert copy.read_bytes()[100:] == before[100:], "but for the counters in its head"
