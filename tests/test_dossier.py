"""`recreg show`: the dossier of an item, in every form."""

import re
from pathlib import Path
from typing import Any

import pytest

from a_whole_life import Life, life
from conftest import Typed

__all__ = ["life"]

#: Every step of the story that the dossier has to tell: its day, and what was said of it.
STEPS = [
    ("2022-01-10", "within six months"),
    ("2022-01-11", "published 1 December 2021"),
    ("2022-01-12", "Public Protection"),
    ("2022-02-01", "HMI/2022/3"),
    ("2022-02-01", "by 31 July 2022"),
    ("2022-02-02", "the letter says August"),
    ("2022-04-10", "leads are named"),
    ("2022-05-05", "nothing is measured yet"),
    ("2022-07-08", "help is asked for (met Head of PPU, 8 July 2022)"),
    ("2022-07-09", "Head of Vulnerability"),
    ("2022-07-10", "the audit is running"),
    ("2022-07-11", "Half of the districts are done"),
    ("2022-10-05", "going well"),
    ("2022-10-06", "partial (two of five districts)"),
    ("2022-10-07", "first"),
    ("2022-10-08", "the board said October"),
    ("2022-10-09", "system late"),
    ("2022-11-01", "later still (approved by DCC)"),
    ("2022-11-02", "complete, as its owner says"),
    ("2022-11-03", "two districts missing"),
    ("2022-11-03", "sent back by the force"),
    ("2022-11-21", "agreed by Vulnerability Board; sign-off level 2"),
    ("2023-02-06", "cases of this quarter wanted"),
    ("2023-02-06", "returned by HMICFRS"),
    ("2023-03-02", "submitted to HMICFRS"),
    ("2023-05-18", "letter HMI/2023/9"),
    ("2024-01-09", "the revisit found it undone"),
    ("2024-02-01", "superseded, decided by HMICFRS; of R-0002; letter HMI/2024/1; asked anew"),
]


def spoken(day: str) -> str:
    months = "January February March April May June July August September October November December".split()
    year, month, of_month = day.split("-")
    return f"{int(of_month)} {months[int(month) - 1]} {year}"


def undrawn(form: str, printed: str) -> str:
    """What a form says, without what it is drawn with."""
    if form == "md":
        printed = re.sub(r"\\(.)", r"\1", printed)
    return re.sub(r"<[^>]+>", " ", printed) if form == "html" else printed


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_a_whole_life_is_told_without_a_gap(form: str, life: Life) -> None:
    life.until("2024-03-01")
    text = undrawn(form, life.told("show", "10618", "-f", form))
    for day, words in STEPS:
        assert spoken(day) in text, (day, words)
        assert words in text, (day, words)
    assert "typed for another item" not in text, "an act that was undone is no move"


def test_the_json_has_each_step_with_its_day_its_reason_and_its_act(life: Life) -> None:
    life.until("2024-03-01")
    shown = life.shown()
    steps = [(step["on"], step["step"]) for step in shown["submissions"]]
    assert steps == [
        ("2022-11-02", "complete"), ("2022-11-03", "sent_back"), ("2022-11-20", "complete"),
        ("2022-11-21", "submitted"), ("2023-02-06", "returned"), ("2023-03-01", "complete"),
        ("2023-03-02", "submitted"), ("2023-05-18", "signed_off"), ("2024-01-09", "reopened"),
        ("2024-02-01", "closed"),
    ]  # fmt: skip
    assert [step["why"] for step in shown["submissions"] if step["why"]] == [
        "two districts missing", "cases of this quarter wanted", "the revisit found it undone", "asked anew",
    ]  # fmt: skip
    submitted, signed_off = shown["submissions"][3], shown["submissions"][7]
    assert (submitted["agreed_by"], submitted["level"], signed_off["letter"]) == (
        "Vulnerability Board", "2", "HMI/2023/9",
    )  # fmt: skip
    assert [(move["on"], move["from"], move["to"], move["why"]) for move in shown["rag_moves"]] == [
        ("2022-05-05", "unrated", "amber", "nothing is measured yet"),
        ("2022-07-10", "amber", "green", "the audit is running"),
    ]
    log = {row["changeset"]: row for row in life.recreg("log", "-f", "json").json}
    for kept in ("owner_history", "rag_moves", "deadline_history", "target_moves", "submissions"):
        for row in shown[kept]:
            assert {"by": row["by"], "command": row["command"]} == {
                key: log[row["changeset"]][key] for key in ("by", "command")
            }


def test_the_targets_tell_the_first_one_the_slip_and_each_deferral(life: Life) -> None:
    life.until("2022-11-01")
    moves = life.shown()["target_moves"]
    assert [(move["move"], move["from"], move["to"], move["why"], move["approved_by"]) for move in moves] == [
        ("first", None, "2022-11-30", None, None),
        ("put_right", "2022-11-30", "2022-10-31", "the board said October", None),
        ("deferred", "2022-10-31", "2022-12-31", "system late", None),
        ("deferred", "2022-12-31", "2023-01-31", "later still", "DCC"),
    ]


def test_old_words_of_a_deadline_stay_on_show_with_the_publication_day_they_counted_from(life: Life) -> None:
    life.until("2022-02-02")
    told = life.shown()["deadline_history"]
    keys = ("on", "words", "deadline_on", "published_on", "letter", "why")
    assert [tuple(row[key] for key in keys) for row in told] == [
        ("2022-01-10", "within six months", "2022-05-01", "2021-11-01", None, None),
        ("2022-01-11", "within six months", "2022-06-01", "2021-12-01", None, None),
        ("2022-02-01", "by 31 July 2022", "2022-07-31", "2021-12-01", "HMI/2022/3", None),
        ("2022-02-02", "by 31 August 2022", "2022-08-31", "2021-12-01", None, "the letter says August"),
    ]


def test_an_undone_publication_day_leaves_the_deadline_as_it_counts_now(life: Life) -> None:
    life.until("2022-01-11")
    life.type("2022-01-11", "undo")
    (row,) = life.shown()["deadline_history"]
    assert (row["deadline_on"], row["published_on"]) == ("2022-05-01", "2021-11-01")


def test_the_owners_are_told_from_which_day_and_by_whose_act(life: Life) -> None:
    life.until("2022-07-09")
    keys = ("on", "owner", "board", "portfolio", "by", "command")
    assert [tuple(row[key] for key in keys) for row in life.shown()["owner_history"]] == [
        ("2022-01-12", "Head of PPU", "Vulnerability Board", "Public Protection", "Liaison Officer", "assign"),
        ("2022-07-09", "Head of Vulnerability", "Vulnerability Board", "Public Protection", "Liaison Officer",
         "reassign"),
    ]  # fmt: skip


def test_an_act_undone_and_done_again_is_told_once(life: Life) -> None:
    life.until("2022-05-05")
    for _ in range(2):
        life.type("2022-05-06", "undo")
    assert [move["to"] for move in life.shown()["rag_moves"]] == ["amber"]
    life.type("2022-05-06", "undo")
    assert life.shown()["rag_moves"] == []


def test_an_act_dated_back_stands_in_its_place(life: Life) -> None:
    life.until("2022-02-02")
    life.type("2022-03-01", "assign", "10618", "--owner", "Head of Crime", "--on", "2022-02-10")
    assert [row["on"] for row in life.shown()["owner_history"]] == ["2022-01-12", "2022-02-10"]


def test_a_link_is_told_from_both_sides_and_in_both_histories(life: Life) -> None:
    life.until("2024-01-11")
    told = [(link["reads"], link["ref"], link["hmicfrs_ref"], link["title"]) for link in life.shown()["links"]]
    assert told == [("is repeated by", "R-0002", "20001", "Needs anew")]
    assert [(link["reads"], link["ref"]) for link in life.shown("20001")["links"]] == [("repeats", "R-0001")]
    for ref, reads in (("10618", "is repeated by R-0002"), ("20001", "repeats R-0001")):
        row = life.recreg("history", ref, "-f", "json").json[-1]
        assert (row["event"], row["field"], row["before"], row["after"]) == ("linked", "link", None, reads)
        assert "- **{}**: {}".format(*reads.rsplit(" ", 1)) in life.told("show", ref, "-f", "md")
    life.type("2024-01-12", "undo")
    assert life.shown()["links"] == []
    undone = life.recreg("history", "10618", "-f", "json").json[-1]
    assert (undone["before"], undone["after"]) == ("is repeated by R-0002", None)


def test_the_history_tells_every_step_too(life: Life) -> None:
    life.until("2024-03-01")
    rows = life.recreg("history", "10618", "-f", "json").json
    told = {(row["on"], row["event"]) for row in rows}
    for day, typed in (
        ("2022-01-12", "assigned"), ("2022-02-01", "edited"), ("2022-07-09", "reassigned"), ("2022-09-01", "undone"),
        ("2022-10-09", "deferred"), ("2022-11-03", "returned"), ("2023-02-06", "returned"),
        ("2023-05-18", "signed off"), ("2024-01-09", "reopened"), ("2024-02-01", "closed"),
    ):  # fmt: skip
        assert (day, typed) in told
    assert not {row["field"].split()[-1] for row in rows} & {"found_last_on", "found_anchor_on", "found_round"}
    after = {str(row["after"]) for row in rows}
    for _, words in STEPS:
        reason = re.split(r" \(|; |, ", words)[-1].removeprefix("letter ").rstrip(")")
        if reason in {"system late", "later still", "two districts missing", "asked anew", "HMI/2023/9"}:
            assert reason in after


@pytest.mark.parametrize(("change", "fault"), [("alter", "changed"), ("remove", "missing"), (None, None)])
def test_it_says_whether_the_filed_copy_is_still_as_filed(
    change: str | None, fault: str | None, life: Life, path: Path
) -> None:
    life.until("2022-10-06")
    (copy,) = path.with_name("register.db.evidence").iterdir()
    if change == "alter":
        copy.chmod(0o600)
        copy.write_text("another audit", encoding="utf-8")
    elif change == "remove":
        copy.unlink()
    (piece,) = life.shown()["evidence"]
    assert (piece["as_filed"], piece["fault"], piece["sha256"]) == (fault is None, fault, copy.name)
    said = f"the filed copy is not as filed: {fault}" if fault else "the filed copy is as filed"
    assert said in life.told("show", "10618", "-f", "md")


def test_of_a_link_to_what_is_kept_elsewhere_no_copy_is_looked_at(life: Life) -> None:
    life.until("2022-05-05")
    life.type("2022-05-05", "evidence", "add", "--link", "https://force.example/audit", "--for", "10618")
    (piece,) = life.shown()["evidence"]
    assert (piece["as_filed"], piece["fault"]) == (None, None)
    assert "Kept elsewhere: https://force.example/audit" in life.told("show", "10618", "-f", "md")


def test_the_marking_stands_at_the_head_and_at_the_foot(life: Life) -> None:
    life.until("2022-05-05")
    lines = life.told("show", "10618", "-f", "md").splitlines()
    assert (lines[0], lines[-1]) == ("**OFFICIAL**", "**OFFICIAL**")
    page = life.told("show", "10618", "-f", "html")
    assert page.count('<p class="marking">OFFICIAL</p>') == 2


def test_a_document_pins_the_end_of_the_log_that_it_rests_on(life: Life) -> None:
    life.until("2022-05-05")
    newest = life.recreg("log", "-f", "json").json[-1]
    for form in ("md", "html"):
        text = life.told("show", "10618", "-f", form)
        assert f"The register's log stood at changeset {newest['changeset']}, SHA-256 {newest['hash']}." in text
        assert "As at 5 May 2022 (set by RECREG_TODAY)." in undrawn(form, text)


def test_the_suggested_rating_stands_beside_the_declared_one(life: Life) -> None:
    life.until("2022-11-01")
    shown = life.shown()
    assert (shown["rag"], shown["suggested_rag"]) == ("green", "amber")
    assert shown["suggested_why"] == "past its original target, 31 October 2022"
    said = "green: the audit is running; suggested amber: past its original target, 31 October 2022"
    assert said in life.told("show", "10618", "-f", "table")


def test_all_items_of_one_number_are_in_one_document(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause", "--hmicfrs-ref", "9472")
    recreg("add", "--kind", "rec", "--title", "Child", "--hmicfrs-ref", "9472", "--parent", "R-0001")
    text = recreg("show", "9472", "-f", "md").out
    assert "# R-0001 · HMICFRS 9472 · Cause" in text
    assert "# R-0002 · HMICFRS 9472 · Child" in text
    assert "- **R-0002**: 9472 Child: new, unrated" in text
    page = recreg("show", "9472", "-f", "html").out
    assert "<title>Dossier of R-0001 · HMICFRS 9472 and R-0002 · HMICFRS 9472</title>" in page


def test_the_terminals_form_fits_eighty_columns(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    life.until("2024-03-01")
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, life.told("show", "10618", "-f", "table").splitlines())) <= 80


def test_what_the_register_holds_is_never_markup(recreg: Typed, register: Path) -> None:
    hostile = "<script>alert(1)</script> | **x** \x60y\x60 [a](b)"
    assert recreg("add", "--kind", "rec", "--title", hostile, "--text", f"1. {hostile}\n# {hostile}").code == 0
    page = recreg("show", "R-0001", "-f", "html").out
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    text = recreg("show", "R-0001", "-f", "md").out
    assert "<script>" not in text.replace("\\<script\\>", "")


def test_html_goes_whole_through_a_stdout_of_another_encoding(register: Path, recreg: Typed) -> None:
    from conftest import run

    recreg("add", "--kind", "rec", "--title", "‘Needs’ – “żółć”")
    said: Any = run("show", "R-0001", "-f", "html", PYTHONIOENCODING="ascii")
    assert said.code == 0
    assert "&#8216;Needs&#8217; &#8211; &#8220;&#380;" in said.out


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_file_holds_what_would_be_printed_and_nothing_is_said(form: str, life: Life, tmp_path: Path) -> None:
    life.until("2022-05-05")
    file = tmp_path / f"dossier.{form}"
    file.write_text("an older one", encoding="utf-8")
    assert life.told("show", "10618", "-o", str(file)) == ""
    assert file.read_text(encoding="utf-8") == life.told("show", "10618", "-f", form)


def test_a_file_that_is_named_as_another_form_is_refused(recreg: Typed, register: Path, tmp_path: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x")
    for words, name, form in ((("show", "R-0001"), "x.html", "md"), (("paper", "--to", "today"), "x.docx", "html")):
        said = recreg(*words, "-o", tmp_path / name, "-f", form)
        assert (said.code, said.out) == (2, "")
        assert f"{name} is named as {name[2:]}, and -f {form} is asked for.\nLeave -f out, or" in said.err
        assert not (tmp_path / name).exists()
    assert recreg("show", "R-0001", "-o", tmp_path / "x.txt", "-f", "md").code == 0


def test_a_file_that_cannot_be_written_is_told_and_what_stood_there_stays(life: Life, tmp_path: Path) -> None:
    life.until("2022-05-05")
    said = life.recreg("show", "10618", "-o", str(tmp_path / "nowhere" / "dossier.md"))
    assert said.code == 74
    assert "could not be written" in said.err
    assert said.out == ""
    (tmp_path / "folder.md").mkdir()
    assert life.recreg("show", "10618", "-o", str(tmp_path / "folder.md")).code == 74
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith((".", "folder"))) == ["folder.md"]
