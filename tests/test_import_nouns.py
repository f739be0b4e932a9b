"""Reviews, notes, evidence, names, inspections, links and the key come in from files too."""

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import After, Said, Typed, is_sound, run

HASH = "ab" * 32


@pytest.fixture
def filled(register_after: After) -> Path:
    """A register with a report and three items since January, the last of them closed."""
    return register_after((
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "2021-07-17"],
        ["add", "--kind", "rec", "--title", "One", "--hmicfrs-ref", "10618", "--on", "2022-01-10"],
        ["add", "--kind", "afi", "--title", "Two", "--on", "2022-01-10"],
        ["add", "--kind", "coc", "--title", "Three", "--on", "2022-01-10"],
        ["sign-off", "R-0003", "--letter", "HMI/1", "--direct", "--on", "2022-06-01"],
    ))  # fmt: skip


@pytest.fixture
def takes(recreg: Typed, tmp_path: Path) -> Any:
    """Write a file of rows, and import it."""

    def taken(noun: str, *rows: str, name: str | None = None, how: str = "error") -> Said:
        file = tmp_path / (name or f"{noun}{len(list(tmp_path.iterdir()))}.csv")
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return recreg("import", file, "--what", noun, "--on-conflict", how, "--again")

    return taken


def exported(recreg: Typed, noun: str) -> list[dict[str, Any]]:
    return list(recreg("export", "-", "--what", noun, "-f", "json").json)


def counted(said: Said, added: int, changed: int, unchanged: int) -> None:
    assert said.code == 0, said.err
    assert f"{added} added, {changed} changed, {unchanged} unchanged" in said.err


def refused(said: Said, register: Path, before: bytes, *sentences: str) -> None:
    assert (said.code, said.out) == (4, ""), said
    assert [each for each in sentences if each not in said.err] == []
    assert register.read_bytes() == before, "nothing may be written"


ROWS = {
    "key": ("colour,words", "red,will not be met", "blue,waiting for the national lead"),
    "people": ("name,role,email", "Head of PPU,Superintendent,ppu@force.example", "Head of Crime,,"),
    "boards": ("name,lead", "Vulnerability Board,Head of PPU", "Crime Board,"),
    "portfolios": ("name,lead", "Vulnerability,Head of PPU"),
    "inspections": (
        "code,title,type,published_on,pcc_applies,publishers", "NEW-1,New,peel,2022-05-04,no,HMICFRS; CPS",
        "NEW-2,Later,joint,,,",
    ),
    "reviews": ("item,held_on,outcome,note", "10618,2022-04-10,on track,fine", "R-0002,2022-05-10,escalate,not fine"),
    "notes": ("item,noted_on,text", "10618,2022-04-10,begun", "R-0003,2022-05-10,nearly"),
    "evidence": (
        "items,title,sha256,size_bytes,link,verdict,verdict_why", f"10618; R-0002,Audit,{HASH},17,,,",
        "R-0002,,,,https://force.example/1,partial,one district",
    ),
    "links": ("item,relation,other", "10618,related,R-0002", "R-0003,escalated from,R-0002"),
}  # fmt: skip


@pytest.mark.parametrize("noun", ROWS)
def test_each_noun_comes_in_in_one_act_and_the_same_rows_change_nothing(
    noun: str, recreg: Typed, filled: Path, takes: Any
) -> None:
    rows = ROWS[noun]
    before = exported(recreg, noun)
    counted(takes(noun, *rows), len(rows) - 1, 0, 0)
    after = exported(recreg, noun)
    assert len(after) == len(before) + len(rows) - 1
    assert recreg("log", "-f", "json").json[-1]["command"] == "import"
    stored = filled.read_bytes()
    counted(takes(noun, *rows), 0, 0, len(rows) - 1)
    same = recreg("export", "-", "--what", noun).out
    counted(takes(noun, *same.splitlines()), 0, 0, len(after))
    assert filled.read_bytes() == stored
    assert is_sound(filled)
    assert recreg("undo").code == 0
    assert exported(recreg, noun) == before
    assert is_sound(filled)


@pytest.mark.parametrize(
    ("noun", "headings", "row", "sentence"),
    [
        ("key", "colour,words", "purple,x", "column colour: “purple”: “purple” is not a RAG rating."),
        ("key", "colour,words", "red,", "words: A new row needs its words."),
        ("people", "name,email", "Head of Crime,nowhere", "“nowhere” is not an e-mail address."),
        ("boards", "name,lead", ",Head of PPU", "A new row needs its name."),
        ("inspections", "code,title", "NEW-1,New", "type: A new row needs its type."),
        ("inspections", "code,title,type,published_on", "N-1,New,peel,2023-01-01", "1 January 2023, is in the future."),
        ("reviews", "item,held_on,outcome,note", "R-0099,2022-04-10,on track,x", "There is no item R-0099."),
        ("reviews", "item,held_on,outcome,note", "R-0003,2022-07-01,on track,x", "R-0003 was closed on 2022-06-01"),
        ("reviews", "item,held_on,outcome,note", "10618,2021-07-01,on track,x", "R-0001 was added on 2022-01-10"),
        ("reviews", "item,held_on,outcome,note", "10618,2023-07-01,on track,x", "1 July 2023 is in the future."),
        ("reviews", "item,held_on,outcome,note", "10618,2022-07-01,so so,x", "“so so” is not a review outcome."),
        ("reviews", "item,held_on,outcome,note,met_on", "10618,2022-07-01,on track,x,2022-07-01", "nobody in it"),
        ("notes", "item,noted_on,text", "10618,31/02/2022,x", "column noted_on: “31/02/2022”"),
        ("notes", "item,noted_on,text,ref", "10618,2022-02-01,x,V-0001", "It is written N-0001."),
        ("evidence", "items,title", "10618,x", "Evidence is a file, with its sha256, or a link."),
        ("evidence", "items,sha256", f"10618,{HASH}", "A file has its size in bytes."),
        ("evidence", "items,sha256,size_bytes", "10618,abc,1", "“abc” is not a SHA-256."),
        ("evidence", "items,link,verdict", "10618,https://x.example,partial", "“partial” needs a reason."),
        ("evidence", "items,link,judged_on", "10618,https://x.example,2022-02-01", "It goes with verdict"),
        ("links", "item,relation,other", "10618,repeats,10618", "R-0001 cannot be linked to itself."),
        ("links", "item,relation,other", "10618,escalated from,R-0002", "A cause of concern is escalated from"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_with_what_is_wrong(
    noun: str, headings: str, row: str, sentence: str, filled: Path, takes: Any
) -> None:
    before = filled.read_bytes()
    refused(takes(noun, headings, row), filled, before, "line 2", sentence, "1 row cannot be taken")


def test_every_bad_row_is_named_at_once_and_the_good_ones_are_not_written(filled: Path, takes: Any) -> None:
    before = filled.read_bytes()
    said = takes("notes", "item,noted_on,text", "10618,2022-04-10,fine", "R-0099,soon,x", "R-0098,2022-04-10,")
    refused(said, filled, before, "line 3, column noted_on", "line 4", "2 rows cannot be taken")


def test_a_row_that_says_otherwise_is_refused_left_or_taken_over(recreg: Typed, filled: Path, takes: Any) -> None:
    takes("people", *ROWS["people"])
    other = ("name,role", "head of ppu,Chief Inspector")
    before = filled.read_bytes()
    refused(takes("people", *other), filled, before, "has “Superintendent” there: --on-conflict update takes it over")
    assert "1 left as they are" in takes("people", *other, how="skip").err
    assert filled.read_bytes() == before
    counted(takes("people", *other, how="update"), 0, 1, 0)
    counted(takes("people", "name,role", "Head of PPU,#CLEAR", how="update"), 0, 1, 0)
    assert exported(recreg, "people")[1]["role"] is None
    counted(takes("inspections", "code,title,pcc_applies", "old-1,Older,no", how="update"), 0, 1, 0)
    counted(takes("inspections", "code,type,title", "OLD-1,thematic,Oldest", how="update"), 0, 1, 0)
    assert [exported(recreg, "inspections")[0][key] for key in ("title", "pcc_applies")] == ["Oldest", False]


def test_what_was_recorded_is_put_right_by_correct_alone(filled: Path, takes: Any) -> None:
    takes("notes", *ROWS["notes"])
    before = filled.read_bytes()
    said = takes("notes", "ref,item,text", "N-0001,10618,otherwise", how="update")
    refused(said, filled, before, "N-0001 has “begun” there: an import never changes it: recreg correct N-0001")


def test_a_new_name_much_like_a_known_one_is_refused(filled: Path, takes: Any) -> None:
    takes("people", *ROWS["people"])
    before = filled.read_bytes()
    refused(takes("people", "name", "Head of Crimes"), filled, before, "much like the person “Head of Crime”")


def test_a_reference_that_is_free_is_kept_and_one_that_was_given_is_refused(
    recreg: Typed, filled: Path, takes: Any
) -> None:
    headings = "ref,item,noted_on,text"
    said = takes(
        "notes", headings, ",10618,2022-04-10,no ref", "N-0002,10618,2022-04-10,two", "N-0007,10618,2022-04-10,x"
    )
    counted(said, 3, 0, 0)
    assert {row["text"]: row["ref"] for row in exported(recreg, "notes")} == {
        "two": "N-0002", "x": "N-0007", "no ref": "N-0008",
    }  # fmt: skip
    before = filled.read_bytes()
    refused(takes("notes", headings, "N-0003,10618,2022-04-10,y"), filled, before, "It was given before")
    refused(takes("notes", headings, "N-0009,10618,2022-04-10,y", "n-0009,10618,2022-04-10,z"), filled, before,
            "Another row of the file has this reference.")  # fmt: skip
    refused(takes("notes", headings, "N-0007,R-0002,2022-04-10,x"), filled, before, "N-0007 has")


def test_a_review_that_comes_in_moves_the_clock_as_a_typed_one_does(recreg: Typed, filled: Path, takes: Any) -> None:
    recreg("review", "R-0002", "--outcome", "on-track", "--note", "a", "--on", "2022-04-10")
    recreg("review", "R-0002", "--outcome", "on-track", "--note", "b", "--keep-schedule", "--on", "2022-07-20")
    takes("reviews", "item,held_on,outcome,note,kept_schedule", "10618,2022-07-20,on track,b,yes",
          "10618,2022-04-10,on track,a,no")  # fmt: skip
    clocks = ("last_review_on", "next_review_on", "review_anchor_on", "review_round")
    one, two = ([row[key] for key in clocks] for row in exported(recreg, "items")[:2])
    assert one == two
    found = ("found_last_on", "found_anchor_on", "found_round")
    by_item = {(row["item"], row["note"]): [row[key] for key in found] for row in exported(recreg, "reviews")}
    assert by_item["R-0001", "a"] == by_item["R-0002", "a"]
    assert by_item["R-0001", "b"] == by_item["R-0002", "b"]


def test_evidence_of_a_file_comes_without_its_copy_which_the_check_says_is_missing(
    recreg: Typed, filled: Path, takes: Any
) -> None:
    takes("evidence", *ROWS["evidence"])
    said = recreg("evidence", "check", "-f", "json")
    assert said.code == 6
    assert [(row["ref"], row["fault"]) for row in said.json] == [("E-0001", "missing")]


def test_the_deadlines_of_a_report_follow_a_day_that_comes_in(recreg: Typed, filled: Path, takes: Any) -> None:
    recreg("edit", "10618", "--inspection", "OLD-1", "--deadline", "within six months")
    said = takes("inspections", "code,published_on", "OLD-1,2021-08-17", how="update")
    assert "R-0001: its deadline follows, 17 January 2022 → 17 February 2022." in said.err


def test_a_document_of_several_nouns_comes_in_whole_or_not_at_all(
    recreg: Typed, register: Path, tmp_path: Path
) -> None:
    item = {"ref": "R-0005", "kind": "rec", "title": "One", "inspection": "OLD-1", "owner": "Head of PPU"}
    note = {"item": "R-0005", "noted_on": "2022-04-10", "text": "begun"}
    inspection = {"code": "OLD-1", "title": "Old", "type": "thematic", "published_on": "2021-07-17"}
    file, before = tmp_path / "all.json", register.read_bytes()
    file.write_text(json.dumps({"inspections": [inspection], "items": [item], "notes": [note | {"item": "R-9"}, {}]}))
    refused(recreg("import", file), register, before, "all.json, notes, record 1, item: “R-9”", "record 2",
            "2 rows cannot be taken")  # fmt: skip
    file.write_text(json.dumps({"inspections": [inspection], "items": [item | {"kind": "pile"}], "notes": [note]}))
    refused(recreg("import", file), register, before, "all.json, items, record 1, kind: “pile”")
    file.write_text(json.dumps({"inspections": [inspection], "items": [item], "notes": [note]}))
    number = recreg("log", "-f", "json").json[-1]["changeset"]
    dry = recreg("import", file, "--dry-run")
    assert (dry.code, register.read_bytes()) == (0, before)
    said = recreg("import", file)
    assert said.code == 0, said.err
    assert said.err == dry.err.replace("Dry run: nothing was written.\n", "")
    assert recreg("log", "-f", "json").json[-1]["changeset"] == number + 1
    assert "all.json was imported before" in recreg("import", file).err
    assert [row["item"] for row in exported(recreg, "notes")] == ["R-0005"]
    assert recreg("undo").code == 0
    assert exported(recreg, "items") == exported(recreg, "inspections") == []
    assert is_sound(register)


def test_one_noun_of_a_document_is_taken_where_it_is_named(recreg: Typed, register: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    file.write_text(json.dumps({"people": [{"name": "Head of PPU"}], "items": [{"kind": "rec", "title": "One"}]}))
    counted(recreg("import", file, "--what", "people"), 1, 0, 0)
    assert exported(recreg, "items") == []
    said = recreg("import", file, "--map", "title=text")
    assert (said.code, said.out) == (2, "")
    assert "Leave --map out, or name one noun by --what." in said.err


def test_a_word_that_is_no_noun_is_refused(recreg: Typed, register: Path, tmp_path: Path) -> None:
    said = recreg("import", tmp_path / "x.csv", "--what", "meetings")
    assert said.code == 2
    assert "“meetings” is not a noun." in said.err


def test_a_document_comes_in_by_stdin(recreg: Typed, register: Path) -> None:
    text = json.dumps({"people": [{"name": "Head of PPU"}], "items": [{"kind": "rec", "title": "One"}]})
    said = run("import", "-", stdin=text)
    assert said.code == 0, said.err
    assert "stdin, people: 1 added" in said.err
