"""Somebody's list is held against the register: every difference with its cure, and nothing is written."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from conftest import After, Said, Typed, run

TEXT = "Chief constables should see to it that every victim has a plan."


@pytest.fixture
def filled(register_after: After) -> Path:
    """A cause with a child of its number, an item of a report, and one that is closed."""
    return register_after((
        ["inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic", "--published", "2019-07-17"],
        ["add", "--kind", "coc", "--title", "Plans", "--hmicfrs-ref", "10618"],
        ["add", "--kind", "rec", "--text", TEXT, "--hmicfrs-ref", "10618", "--parent", "R-0001"],
        ["add", "--kind", "rec", "--title", "Needs", "--inspection", "CAOP", "--number", "1", "--deadline", "by 2020"],
        ["add", "--kind", "afi", "--title", "Old", "--hmicfrs-ref", "9962"],
        ["sign-off", "R-0004", "--letter", "HMI/1", "--direct"],
    ))  # fmt: skip


def file_of(folder: Path, *lines: str, name: str = "theirs.csv") -> Path:
    file = folder / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def against(recreg: Typed, filled: Path, tmp_path: Path) -> Any:
    """The differences of a list, written as CSV: each by its difference, field and reference."""

    def differences(*lines: str) -> list[dict[str, Any]]:
        before = filled.read_bytes()
        said = recreg("reconcile", file_of(tmp_path, *lines), "-f", "json")
        assert said.code == (6 if said.json else 0), said.err
        assert filled.read_bytes() == before, "nothing is written"
        return list(said.json)

    return differences


ALL = ["ref", "R-0001", "R-0002", "R-0003"]


def brief(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(row["difference"], row["ref"], row["field"], row["row"]) for row in rows]


def refused(said: Said, *sentences: str) -> None:
    assert (said.code, said.out) == (4, ""), said
    assert [each for each in sentences if each not in said.err] == []


@pytest.mark.parametrize("name", ["own.csv", "own.tsv", "own.xlsx", "own.json", "own.jsonl", "all.xlsx", "all.json"])
def test_an_export_of_ours_differs_in_nothing(name: str, recreg: Typed, filled: Path, tmp_path: Path) -> None:
    for words in (
        ["assign", "R-0003", "--owner", "Head of PPU", "--board", "Vulnerability Board"],
        ["add", "--kind", "rec", "--title", "A part", "--parent", "R-0003"],
        ["evidence", "add", "--link", "https://example.org/plan", "--for", "R-0003"],
        ["complete", "R-0003"],
    ):
        assert recreg(*words).code == 0, words
    assert recreg("export", tmp_path / name, *(["--all"] if name.startswith("all") else [])).code == 0
    said = recreg("reconcile", tmp_path / name)
    notice = "all.xlsx has 10 sheets, and its sheet items was read.\n"
    assert said == Said(0, "", notice if name == "all.xlsx" else "")


def test_what_only_they_have_comes_with_the_command_that_adds_it(against: Any) -> None:
    (row,) = against(
        "ref,hmicfrs_ref,kind,report,number,text,timescale,status",
        *[f"{ref},,,,,,," for ref in ALL[1:]],
        ',77,AFI,older people,2,"Plans, at $5",Within six months,In progress',
    )
    assert row == {
        "ref": None, "hmicfrs_ref": "77", "kind": "area_for_improvement", "title": None, "difference": "theirs",
        "field": None, "ours": None, "theirs": "In progress", "row": 5,
        "cure": "recreg add --kind area_for_improvement --inspection CAOP --number 2 --hmicfrs-ref 77 "
        "--deadline \"Within six months\" --text 'Plans, at $5'",
    }  # fmt: skip


def test_what_only_they_have_and_say_little_of_leaves_gaps_to_fill(against: Any) -> None:
    rows = against("report,number,text", "Unheard of,2,", f"Unheard of,3,{'word ' * 60}")
    assert [row["cure"] for row in rows if row["difference"] == "theirs"] == [
        "recreg add --kind … --inspection … --number 2 --title …",
        "recreg add --kind … --inspection … --number 3 --text-file …",
    ]


def test_what_is_open_and_ours_and_not_in_their_list_is_told(recreg: Typed, against: Any) -> None:
    recreg("add", "--kind", "rec", "--title", "Theirs", "--not-ours", "--why", "the College's")
    recreg("add", "--kind", "rec", "--title", "A part", "--parent", "R-0003")
    rows = against("HMICFRS ID,Type", "10618,rec")
    assert brief(rows) == [("ours", "R-0001", None, None), ("ours", "R-0003", None, None)]
    assert [row["cure"] for row in rows] == [
        "recreg sign-off R-0001 --letter … --direct", "recreg edit R-0003 --hmicfrs-ref …",
    ]  # fmt: skip
    assert [row["ours"] for row in rows] == ["new", "new"]


@pytest.mark.parametrize(
    ("cells", "cure"),
    [
        ("Closed,", "recreg sign-off R-0003 --letter … --direct"),
        ("COMPLETE,HMI 7", 'recreg sign-off R-0003 --letter "HMI 7" --direct'),
        ("Signed-off by HMICFRS,", "recreg sign-off R-0003 --letter … --direct"),
        (
            "No further action needed: subsequently inspected,",
            "recreg close R-0003 --as no-further-action --why … --decided-by hmicfrs --letter …",
        ),
        ("superseded,", "recreg close R-0003 --as superseded --why … --of … --decided-by hmicfrs --letter …"),
    ],
)
def test_what_they_have_closed_comes_with_the_command_that_closes_it(cells: str, cure: str, against: Any) -> None:
    (row,) = against("ref,status,closed_letter", "R-0001,,", "R-0002,Ongoing,", f"R-0003,{cells}")
    assert (row["difference"], row["field"], row["ours"], row["cure"]) == ("differs", "status", "new", cure)


def test_a_day_or_basis_of_closing_says_closed_without_a_status(against: Any) -> None:
    rows = against("ref,closed_on,closed_as", *[f"{ref},," for ref in ALL[1:3]], "R-0003,14/09/2022,not_applicable")
    assert [(row["theirs"], row["cure"]) for row in rows] == [
        (
            "closed",
            "recreg close R-0003 --as not-applicable --why … --decided-by hmicfrs --letter … --on 2022-09-14",
        )
    ]


@pytest.mark.parametrize("word", ["open", "In progress", "ongoing", "New", "not started", "Submitted"])
def test_what_they_have_open_comes_with_the_command_that_reopens_it(word: str, against: Any) -> None:
    (row,) = against("ref,status", *[f"{ref}," for ref in ALL[1:]], f"R-0004,{word}")
    assert (row["field"], row["ours"], row["theirs"]) == ("status", "closed", word)
    assert row["cure"] == "recreg reopen R-0004 --why …"


def test_complete_is_closed_unless_it_is_our_own_word_for_where_the_item_stands(recreg: Typed, against: Any) -> None:
    lines = ["ref,status", "R-0001,", "R-0002,", "R-0003,Complete"]
    assert brief(against(*lines)) == [("differs", "R-0003", "status", 4)]
    recreg("assign", "R-0003", "--owner", "Head of PPU", "--board", "Vulnerability Board")
    recreg("evidence", "add", "--link", "https://example.org/plan", "--for", "R-0003")
    assert recreg("complete", "R-0003").code == 0
    assert against(*lines) == []


def test_other_words_are_told_one_by_one_with_both_wordings(against: Any) -> None:
    rows = against(
        "ref,hmicfrs_ref,kind,title,text,deadline_words", "R-0001,,,,,", "R-0002,,,,Other text,",
        "R-0003,88,afi,Other title,New text,by 2021",
    )  # fmt: skip
    assert [(row["ref"], row["field"], row["ours"], row["theirs"]) for row in rows] == [
        ("R-0002", "text", TEXT, "Other text"),
        ("R-0003", "hmicfrs_ref", None, "88"),
        ("R-0003", "kind", "recommendation", "area_for_improvement"),
        ("R-0003", "title", "Needs", "Other title"),
        ("R-0003", "text", None, "New text"),
        ("R-0003", "deadline_words", "by 2020", "by 2021"),
    ]
    assert [row["cure"] for row in rows][1:] == [
        "recreg edit R-0003 --hmicfrs-ref 88",
        "recreg edit R-0003 --kind area_for_improvement",
        'recreg edit R-0003 --title "Other title"',
        'recreg edit R-0003 --text "New text"',
        'recreg edit R-0003 --deadline "by 2021" --why …',
    ]


def test_white_space_blank_cells_and_the_case_of_a_number_are_no_difference(recreg: Typed, against: Any) -> None:
    recreg("edit", "R-0003", "--hmicfrs-ref", "Ab7")
    spaced = TEXT.replace(" ", "  ").replace("see", "\nsee")
    assert against("ref,hmicfrs_ref,title,text", "R-0001,,,", f'R-0002,,,"{spaced}"', "R-0003,aB7,,#CLEAR") == []


def test_typing_the_cures_cures_it(recreg: Typed, against: Any, tmp_path: Path) -> None:
    """Each run of the list names fewer; what was theirs and closed is first added and then closed."""
    lines = [
        "hmicfrs_ref,kind,report,number,text,status",
        f'10618,rec,,,"{TEXT}",Signed off',
        "10618,coc,,,,Open",
        "9962,afi,,,,Open",
        '77,rec,CAOP,1,"It’s now `worded` otherwise, at $5",Ongoing',
        "78,afi,caop,2,Another,Closed",
    ]
    filled_in = {"--letter": "HMI/2", "--why": "their list", "--text-file": "-"}
    for _ in range(3):
        for row in against(*lines):
            words = shlex.split(row["cure"])[1:]
            typed = [
                filled_in[before] if word == "…" else word for before, word in zip(["", *words], words, strict=False)
            ]
            assert recreg(*typed).code == 0, row["cure"]
    assert against(*lines) == []
    assert recreg("show", "77", "-f", "json").json["text"] == "It’s now `worded` otherwise, at $5"
    assert recreg("show", "78", "-f", "json").json["status"] == "closed"


def test_a_cause_and_its_children_are_told_apart_by_their_kind(recreg: Typed, against: Any, tmp_path: Path) -> None:
    assert brief(against("hmicfrs_ref,kind,title", "10618,coc,Plan", "10618,rec,")) == [
        ("differs", "R-0001", "title", 2), ("ours", "R-0003", None, None),
    ]  # fmt: skip
    said = recreg("reconcile", file_of(tmp_path, "hmicfrs_ref", "10618"))
    refused(said, "line 2", "It means several items (R-0001, R-0002): give its kind", "1 row cannot be compared")


def test_a_number_of_another_kind_is_the_item_that_no_other_row_is(against: Any) -> None:
    rows = against("hmicfrs_ref,kind", "9962,rec", "10618,coc", "10618,rec")
    assert brief(rows) == [("differs", "R-0004", "kind", 2), ("ours", "R-0003", None, None)]


def test_a_number_that_two_of_other_kinds_have_is_theirs(against: Any) -> None:
    rows = against("hmicfrs_ref,kind", "10618,afi")
    assert [row["difference"] for row in rows] == ["theirs", "ours", "ours", "ours"]


def test_a_number_in_a_report_is_of_one_kind_and_the_report_known_by_its_title(against: Any) -> None:
    rows = against("Report,No,Type", "older people,1,rec", "Older people,1,afi")
    assert ("theirs", None, None, 3) in brief(rows)
    assert [row["row"] for row in rows if row["difference"] != "ours"] == [3]


def test_what_was_withdrawn_here_says_so(recreg: Typed, against: Any) -> None:
    recreg("withdraw", "R-0003", "--why", "typed twice")
    (row,) = against("ref", "R-0001", "R-0002", "R-0003")
    assert (row["difference"], row["ours"], row["cure"]) == ("theirs", "withdrawn", "recreg history R-0003")
    rows = against("report,number", "CAOP,1")
    assert rows[0]["cure"] == "recreg add --kind … --inspection CAOP --number 1 --title …"


def test_every_bad_row_is_named_with_its_place_at_once(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    before = filled.read_bytes()
    file = file_of(
        tmp_path, "ref,hmicfrs_ref,kind,status,closed_on", "R-0001,,,Perhaps,", "R-0002,,thing,,", ",,,,",
        "X-1,,,,soon", "R-0001,,,,", ",,rec,,",
    )  # fmt: skip
    refused(
        recreg("reconcile", file),
        "theirs.csv, line 2, column status: “Perhaps”", "says neither that it is open nor that it is closed",
        "Closed is: closed, complete", "line 3, column kind: “thing”", "line 5, column ref: “X-1”",
        "line 5, column closed_on: “soon”", "It is the same item as row 2", "line 7", "it could be any item",
        "5 rows cannot be compared", '--map "Column="',
    )  # fmt: skip
    assert filled.read_bytes() == before


def test_a_title_that_several_reports_have_is_refused(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    recreg("inspection", "add", "CAOP-2", "--title", "Older people", "--type", "revisit")
    said = recreg("reconcile", file_of(tmp_path, "Report,No", "Older people,1"))
    refused(said, "line 2, column Report: “Older people”", "Several reports have this title")


def test_columns_that_nobody_knows_are_left_out_and_named(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path, "ref,Colour of folder,Theme,Owner", *[f"{ref},x,y,z" for ref in ALL[1:]])
    said = recreg("reconcile", file)
    assert (said.code, said.out) == (0, "")
    assert said.err == 'Left out, as not known: “Colour of folder”, “Theme”. --map "Column=key" says what one is.\n'
    said = recreg("reconcile", file, "--map", "Colour of folder=", "--map", "Theme=text")
    assert (said.code, said.err) == (6, "")
    assert recreg("reconcile", file, "--map", "Theme=thing").code == 2
    refused(recreg("reconcile", file, "--map", "Topic=text"), "There is no column “Topic”.")


def test_a_list_without_a_column_that_says_which_item_a_row_is_is_refused(
    recreg: Typed, filled: Path, tmp_path: Path
) -> None:
    file = file_of(tmp_path, "Rec ID,Status,Report", "9962,Open,x")
    refused(recreg("reconcile", file), "has no column that says which item", "“Rec ID”", '--map "Column=hmicfrs_ref"')
    assert recreg("reconcile", file, "--map", "Rec ID=hmicfrs_ref").code == 6


def test_a_saved_mapping_serves_here_as_for_an_import(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    saved = file_of(tmp_path, "Rec ID = hmicfrs_ref", "Theirs = owner", name="crime.map")
    file = file_of(tmp_path, "Rec ID,Theirs,Status", "9962,x,Open")
    said = recreg("reconcile", file, "--map", saved, "-f", "json")
    assert (said.code, said.err) == (6, "")
    assert said.json[0]["cure"] == "recreg reopen R-0004 --why …"


def test_every_format_has_the_differences(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path, "hmicfrs_ref,kind,status", "9962,,Open", "5,rec,Open", "10618,coc,", "10618,rec,")
    keys = "ref hmicfrs_ref kind title difference field ours theirs row cure".split()
    assert [list(row) for row in recreg("reconcile", file, "-f", "json").json] == [keys] * 3
    lines = recreg("reconcile", file, "-f", "jsonl").out.splitlines()
    assert [json.loads(line)["difference"] for line in lines] == ["differs", "theirs", "ours"]
    assert recreg("reconcile", file, "-f", "csv").first == ",".join(keys)
    assert recreg("reconcile", file, "-f", "ids").out == "R-0004\nR-0003\n"
    assert recreg("reconcile", file).first.split("\t")[4:] == [
        "differs", "status", "closed", "Open", "2", "recreg reopen R-0004 --why …",
    ]  # fmt: skip


def test_a_table_says_how_many_and_shows_where_long_words_part(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    other = TEXT.replace("a plan", "no plan")
    file = file_of(tmp_path, "ref,text", "R-0001,", f"R-0002,{other}", "R-0003,")
    said = recreg("reconcile", file, "-f", "table")
    assert said.code == 6
    assert "every victim has no plan." in " ".join(said.out.split())
    assert "1 difference. Open and ours: " in said.err
    same = file_of(tmp_path, *ALL, name="same.csv")
    said = recreg("reconcile", same, "-f", "table")
    assert said.code == 0
    assert "Nothing differs. " in said.err


def test_a_sheet_of_a_workbook_is_read_by_its_name(recreg: Typed, filled: Path, tmp_path: Path) -> None:
    assert recreg("export", tmp_path / "all.xlsx", "--all").code == 0
    assert recreg("reconcile", tmp_path / "all.xlsx", "--sheet", "items").code == 0
    refused(recreg("reconcile", tmp_path / "all.xlsx", "--sheet", "Cases"), "has no sheet “Cases”")


def test_a_list_comes_in_by_stdin_and_the_register_may_be_read_only(filled: Path) -> None:
    filled.chmod(0o400)
    said = run("reconcile", "-", "-f", "ids", stdin="ref\nR-0001\nR-0003\n")
    assert (said.code, said.out) == (6, "R-0002\n")
