"""`recreg check`: what is wrong with the data, each found, cured by the command it names, and then gone."""

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import INSTALLED, Typed, is_sound
from recreg.questions.check import CODES
from recreg.store.log import Act, seal
from recreg.store.triggers import allow_writing

TEXT = (
    "Within six months, chief constables should make sure that victim needs assessments are completed for all "
    "older victims of crime, and that the officers who carry them out have had the training that they need"
)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch, recreg: Typed, register: Path) -> Any:
    """Type a command on a day; it must be taken."""

    def typed(today: str, *words: object) -> str:
        monkeypatch.setenv("RECREG_TODAY", today)
        said = recreg(*words)
        assert said.code == 0, (words, said.err)
        monkeypatch.setenv("RECREG_TODAY", "2022-09-29")
        return said.err

    return typed


@pytest.fixture
def added(day: Any) -> Any:
    """Add an item with owner and board, on 3 January 2022 unless told otherwise."""

    def typed(title: str, *words: object, today: str = "2022-01-03", kind: str = "rec") -> None:
        day(today, "add", "--kind", kind, "--title", title, "--owner", "Head of PPU", "--board", "Vulnerability Board",
            *words)  # fmt: skip

    return typed


def found(recreg: Typed, *codes: str) -> list[dict[str, Any]]:
    """What check finds of these codes; of every code where none is named."""
    said = recreg("check", "-f", "json")
    rows = list(said.json)
    assert said.code == (6 if rows else 0)
    assert said.err == ""
    return [row for row in rows if not codes or row["code"] in codes]


def finding(recreg: Typed, code: str) -> dict[str, Any]:
    """The one thing that check finds, which is of that code."""
    (row,) = found(recreg)
    assert row["code"] == code
    assert list(row) == ["code", "ref", "hmicfrs_ref", "message", "cure"]
    return dict(row)


def cure(recreg: Typed, words: str, **filled: str) -> None:
    """Type a cure as it is printed, with what the officer fills in."""
    for name, value in {"…": "agreed", **filled}.items():
        words = words.replace(name, value)
    for command in words.split(", or ")[0].split(", where ")[0].split(", then "):
        typed = shlex.split(command)
        if typed[0] in {"cp", "mkdir"}:
            subprocess.run(command, shell=True, check=True)
            continue
        assert typed.pop(0) == "recreg"
        said = recreg(*typed)
        assert said.code == 0, (command, said.err)


def import_over(path: Path, *statements: str) -> None:
    """What an import of rows from before the register would let in."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        allow_writing(db)
        db.execute("BEGIN")
        for statement in statements:
            db.execute(statement)
        seal(db, Act("import", "Liaison Officer", date(2022, 9, 28)))
        db.execute("COMMIT")


def test_an_open_item_without_owner_or_board(recreg: Typed, day: Any) -> None:
    day("2022-01-03", "add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618")
    owner, board = found(recreg)
    assert (owner["code"], board["code"], owner["ref"], owner["hmicfrs_ref"]) == ("RR101", "RR102", "R-0001", "10618")
    assert owner["message"] == "R-0001 was added on 3 January 2022 and has no owner."
    assert board["message"] == "R-0001 was added on 3 January 2022 and has no governance board."
    cure(recreg, owner["cure"], **{"…": "Head of PPU"})
    cure(recreg, board["cure"], **{"…": "Vulnerability Board"})
    assert found(recreg) == []


def test_a_cause_of_concern_without_recommendation(recreg: Typed, added: Any, tmp_path: Path) -> None:
    added("Cause", kind="coc")
    row = finding(recreg, "RR103")
    assert row["message"] == "The cause of concern R-0001, added on 3 January 2022, has no recommendation under it."
    (tmp_path / "text").write_text(TEXT)
    cure(recreg, row["cure"], FILE=str(tmp_path / "text"))
    assert found(recreg, "RR103") == []


def test_an_open_child_of_a_closed_cause_ours_or_not(recreg: Typed, added: Any, day: Any) -> None:
    added("Cause", kind="coc")
    added("Child", "--parent", "R-0001")
    added("Child of another force", "--parent", "R-0001", "--not-ours", "--why", "the NPCC's")
    day(
        "2022-09-01",
        "sign-off",
        "R-0001",
        "--letter",
        "HMI/1",
        "--direct",
        "--leaving-children-open",
        "--why",
        "two left",
    )
    ours, theirs = found(recreg, "RR104")
    assert (ours["ref"], theirs["ref"]) == ("R-0002", "R-0003")
    closed = "its cause of concern R-0001 was closed on 1 September 2022 (two left)."
    assert ours["message"] == f"R-0002 is open, and {closed}"
    cure(recreg, ours["cure"])
    assert [row["ref"] for row in found(recreg)] == ["R-0003"]
    cure(recreg, theirs["cure"].split(", or ")[1])
    assert found(recreg) == []


def test_a_target_that_was_past_when_it_was_entered(recreg: Typed, added: Any, day: Any) -> None:
    added("One", "--target", "2021-06-30")
    added("Two", "--target", "2022-06-30")
    added("Three", "--target", "2021-12-31", "--on", "2021-12-31")
    row = finding(recreg, "RR105")
    entered = "was in the past when it was entered, on 3 January 2022."
    assert row["message"] == f"The target of R-0001, 30 June 2021, {entered}"
    day("2022-02-01", "edit", "R-0002", "--target", "2022-01-31", "--why", "misread")
    assert [each["ref"] for each in found(recreg)] == ["R-0001", "R-0002"], "what was put right to a past day, too"
    day("2022-02-02", "undo")
    assert finding(recreg, "RR105") == row, "what an undo put back was entered before"
    cure(recreg, row["cure"], DAY="2022-12-31")
    assert found(recreg) == []


def test_a_target_in_the_past_that_was_deferred_since(recreg: Typed, added: Any, day: Any) -> None:
    added("One", "--target", "2021-06-30")
    day("2022-02-01", "defer", "R-0001", "--to", "2022-12-31", "--why", "late")
    row = finding(recreg, "RR105")
    assert row["cure"].startswith("recreg undo N for each deferral in recreg history R-0001, newest first, then ")
    day("2022-02-01", "undo")
    cure(recreg, row["cure"].split(", then ")[1], DAY="2022-12-31")
    assert found(recreg) == []


def test_a_target_that_came_with_its_history_was_not_entered_late(
    recreg: Typed, register: Path, tmp_path: Path
) -> None:
    item = {"kind": "rec", "owner": "Head of PPU", "board": "Crime Board", "target_on": "2022-05-01"}
    rows = [
        item | {"title": "moved before", "original_target_on": "2022-03-01", "times_deferred": 1},
        item | {"title": "given in its time", "added_on": "2021-12-01"},
        item | {"title": "mistyped", "added_on": "2022-06-01"},
    ]
    (tmp_path / "items.json").write_text(json.dumps(rows), encoding="utf-8")
    assert recreg("import", tmp_path / "items.json").code == 0
    (row,) = found(recreg, "RR105")
    assert row["message"] == "The target of R-0003, 1 May 2022, was in the past when it was entered, on 1 June 2022."
    cure(recreg, row["cure"], DAY="2022-12-31")
    assert found(recreg, "RR105") == []


def test_words_of_a_deadline_from_which_no_day_follows(recreg: Typed, added: Any, day: Any) -> None:
    day("2022-01-03", "inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic")
    added("As soon as possible", "--deadline", "As soon as possible")
    added("Quickly", "--deadline", "as quickly as reasonably practicable, please")
    added("Six months", "--deadline", "within six months", "--inspection", "CAOP")
    added("Three months", "--deadline", "within three months")
    added("Odd", "--deadline", "when the new system is in place")
    report, none, odd = found(recreg)
    unknown = "counts from the publication of CAOP, whose day is not known."
    assert report["message"] == f"The deadline of R-0003, “within six months”, {unknown}"
    assert report["cure"] == "recreg inspection edit CAOP --published DAY"
    cure(recreg, report["cure"], DAY="2021-12-01")
    assert none["message"].endswith("counts from the publication of its report, whose day is not known.")
    cure(recreg, none["cure"], CODE="CAOP")
    assert odd["message"] == (
        "No day follows from the words of the deadline of R-0005, “when the new system is in place”."
    )
    cure(recreg, odd["cure"].replace("…", "by March 2023", 1))
    assert found(recreg) == []


def test_green_past_the_first_target_unless_it_is_with_hmicfrs(recreg: Typed, added: Any, day: Any) -> None:
    for title in ("One", "Two"):
        added(title, "--target", "2022-06-30", "--rag", "green", "--why", "on track")
    day("2022-06-01", "defer", "R-0001", "--to", "2022-12-31", "--why", "late")
    day("2022-06-01", "evidence", "add", "--link", "https://force.example/audit", "--for", "R-0002")
    day("2022-06-01", "evidence", "judge", "E-0001", "sufficient")
    day("2022-06-01", "complete", "R-0002")
    day("2022-06-01", "submit", "R-0002", "--agreed-by", "Vulnerability Board")
    row = finding(recreg, "RR107")
    first = "its first target, 30 June 2022 (moved to 31 December 2022), is past."
    assert row["message"] == f"R-0001 is rated green, and {first}"
    cure(recreg, row["cure"])
    assert found(recreg) == []


def test_complete_without_evidence_judged_sufficient(recreg: Typed, added: Any, day: Any, tmp_path: Path) -> None:
    added("One")
    day("2022-06-01", "evidence", "add", "--link", "https://force.example/audit", "--for", "R-0001")
    day("2022-06-01", "complete", "R-0001")
    row = finding(recreg, "RR108")
    assert row["message"] == "R-0001 has been complete since 1 June 2022, and no evidence of it was judged sufficient."
    assert row["cure"] == "recreg evidence judge E-0001 sufficient"
    day("2022-06-02", "evidence", "judge", "E-0001", "partial", "--why", "two districts only")
    row = finding(recreg, "RR108")
    (tmp_path / "audit.pdf").write_text("five districts")
    cure(recreg, row["cure"], FILE=str(tmp_path / "audit.pdf"))
    cure(recreg, finding(recreg, "RR108")["cure"])
    assert found(recreg) == []


def test_submitted_without_a_boards_agreement(recreg: Typed, added: Any, day: Any, register: Path) -> None:
    added("One")
    added("Two")
    for ref, piece in (("R-0001", "E-0001"), ("R-0002", "E-0002")):
        day("2022-06-01", "evidence", "add", "--link", f"https://force.example/{ref}", "--for", ref)
        day("2022-06-01", "evidence", "judge", piece, "sufficient")
    day("2022-06-01", "complete", "R-0001", "R-0002")
    day("2022-06-03", "submit", "R-0001", "R-0002")
    one, two = found(recreg)
    assert one["message"] == "R-0001 was submitted on 3 June 2022 without a board's agreement on record."
    assert (one["code"], one["cure"]) == ("RR109", 'recreg edit R-0001 --agreed-by "…"')
    figures = recreg().out
    for each in (one, two):
        cure(recreg, each["cure"], **{"…": "Vulnerability Board"})
    assert found(recreg) == []
    two_now = recreg("show", "R-0002", "-f", "json").json
    assert (two_now["submitted_on"], two_now["agreed_by"]) == ("2022-06-03", "Vulnerability Board")
    assert [(step["step"], step["agreed_by"]) for step in two_now["submissions"]] == [
        ("complete", None), ("submitted", "Vulnerability Board"),
    ]  # fmt: skip
    assert recreg().out == figures
    assert is_sound(register)


def test_an_agreement_is_put_on_record_only_where_something_went_without_one(
    recreg: Typed, added: Any, day: Any, register: Path
) -> None:
    submitted_together(day, added)
    recreg("board", "add", "Crime Board")
    recreg("edit", "R-0001", "--agreed-by", "Vulnerability Board")
    again = recreg("edit", "R-0001", "--agreed-by", "vulnerability board")
    assert (again.code, "Nothing" in again.err or "nothing" in again.err) == (0, True)
    added("Three")
    before = register.read_bytes()
    for ref, board, code, sentence, hint in (
        ("R-0001", "Crime Board", 4, "R-0001 has the agreement of “Vulnerability Board” on record.", "recreg undo"),
        ("R-0003", "Crime Board", 4, "R-0003 is in progress: a board agrees to what is with", "recreg submit R-0003"),
        ("R-0002", "Crime Bord", 3, "There is no board “Crime Bord”.", "Nearest"),
    ):
        said = recreg("edit", ref, "--agreed-by", board)
        assert (said.code, said.out) == (code, ""), said.err
        assert sentence in said.err
        assert hint in said.err
    assert register.read_bytes() == before


def test_imported_as_submitted_without_agreement_keeps_its_day_and_is_never_told_as_sent_back(
    recreg: Typed, register: Path, tmp_path: Path
) -> None:
    item = {"kind": "rec", "title": "One", "added_on": "2021-12-01", "owner": "Head of PPU", "board": "Crime Board"}
    item |= {"completed_on": "2022-05-01", "submitted_on": "2022-06-03"}
    (tmp_path / "items.json").write_text(json.dumps([item]), encoding="utf-8")
    assert recreg("import", tmp_path / "items.json").code == 0
    figures = recreg().out
    (row,) = found(recreg, "RR109")
    cure(recreg, row["cure"], **{"…": "Crime Board"})
    assert found(recreg, "RR109") == []
    now = recreg("show", "R-0001", "-f", "json").json
    keys = ("status", "submitted_on", "agreed_by", "times_returned", "times_sent_back")
    assert [now[key] for key in keys] == ["submitted", "2022-06-03", "Crime Board", 0, 0]
    assert "returned" not in {step["step"] for step in now["submissions"]}
    told = (
        "it went to HMICFRS on 3 June 2022, and is not answered yet (changeset 2, 29 September 2022); that Crime Board"
    )
    assert f"{told} agreed was put on record later (changeset 3, 29 September 2022)." in recreg("why", "R-0001").out
    assert recreg().out == figures
    assert is_sound(register)


def submitted_together(day: Any, added: Any) -> None:
    """Two items that went to HMICFRS in one act, on 3 June 2022, without a board's agreement."""
    for ref, piece in (("R-0001", "E-0001"), ("R-0002", "E-0002")):
        added(f"Item {ref}")
        day("2022-06-01", "evidence", "add", "--link", f"https://force.example/{ref}", "--for", ref)
        day("2022-06-01", "evidence", "judge", piece, "sufficient")
    day("2022-06-01", "complete", "R-0001", "R-0002")
    day("2022-06-03", "submit", "R-0001", "R-0002")


def test_submitted_without_agreement_with_an_item_that_hmicfrs_signed_off_since(
    recreg: Typed, added: Any, day: Any, register: Path
) -> None:
    submitted_together(day, added)
    day("2022-07-01", "sign-off", "R-0001", "--letter", "HMI/1")
    row = finding(recreg, "RR109")
    assert (row["ref"], "undo" in row["cure"]) == ("R-0002", False), "the sign-off stays"
    cure(recreg, row["cure"], **{"…": "Vulnerability Board"})
    assert found(recreg) == []
    first, second = (recreg("show", ref, "-f", "json").json for ref in ("R-0001", "R-0002"))
    assert (first["status"], second["submitted_on"]) == ("closed", "2022-06-03")
    assert is_sound(register)


def test_submitted_without_agreement_and_reviewed_since(recreg: Typed, added: Any, day: Any) -> None:
    submitted_together(day, added)
    day("2022-07-05", "review", "R-0001", "--outcome", "on-track", "--note", "Awaiting HMICFRS")
    for row in found(recreg, "RR109"):
        cure(recreg, row["cure"], **{"…": "Vulnerability Board"})
    assert found(recreg) == []


def test_with_hmicfrs_without_evidence_judged_sufficient(recreg: Typed, added: Any, day: Any) -> None:
    submitted_together(day, added)
    day("2022-06-04", "evidence", "judge", "E-0002", "insufficient", "--why", "of another force")
    row = found(recreg, "RR108")[0]
    assert row["message"].startswith("R-0002 has been with HMICFRS since 3 June 2022, and no evidence of it")


def test_submitted_without_agreement_before_the_register_began(recreg: Typed, added: Any, register: Path) -> None:
    added("One")
    import_over(
        register,
        "UPDATE item SET completed_on = '2022-06-01', submitted_on = '2022-06-03'",
        "INSERT INTO evidence (title, link, received_on, verdict) VALUES ('Audit', 'https://x', '2022-06-01', 'sufficient')",
        "INSERT INTO evidence_item (evidence_id, item_id) VALUES (1, 1)",
    )
    row = finding(recreg, "RR109")
    cure(recreg, row["cure"], **{"…": "Vulnerability Board"})
    assert found(recreg) == []


@pytest.mark.parametrize("basis", ["signed_off", "no_further_action"])
def test_closed_by_hmicfrs_without_its_letter(basis: str, recreg: Typed, added: Any, register: Path) -> None:
    added("One")
    import_over(register, f"UPDATE item SET closed_on = '2022-09-28', closed_as = '{basis}', decided_by = 'hmicfrs'")
    row = finding(recreg, "RR110")
    told = f"closed by HMICFRS on 28 September 2022 as {basis.replace('_', ' ')}, without its letter."
    assert row["message"] == f"R-0001 was {told}"
    cure(recreg, row["cure"], **{"…": "HMI/2022/1"})
    assert found(recreg) == []
    shown = recreg("show", "R-0001", "-f", "json").json
    assert [shown[key] for key in ("closed_on", "closed_as", "closed_letter")] == ["2022-09-28", basis, "HMI/2022/1"]


def test_a_file_of_evidence_that_is_missing_or_changed(
    recreg: Typed, added: Any, day: Any, tmp_path: Path, path: Path
) -> None:
    audit, log = tmp_path / "audit.pdf", tmp_path / "log.pdf"
    audit.write_text("audit")
    log.write_text("log")
    added("One", "--not-ours", "--why", "the NPCC's")
    day("2022-06-01", "evidence", "add", audit, "--for", "R-0001")
    day("2022-06-01", "evidence", "add", log, "--for", "R-0001", "--in-place")
    assert found(recreg) == []
    (kept,) = path.with_name(f"{path.name}.evidence").iterdir()
    kept.unlink()
    row = finding(recreg, "RR111")
    assert (row["ref"], row["hmicfrs_ref"]) == ("E-0001", None)
    assert row["message"] == f"The file of the evidence E-0001 “audit.pdf” is missing: {kept}."
    assert row["cure"] == f"cp FILE {kept}, where FILE is the very file that was filed as E-0001"
    cure(recreg, row["cure"], FILE=str(audit))
    assert (found(recreg), len(recreg("evidence", "list", "-f", "json").json)) == ([], 2), "no evidence beside it"
    shutil.rmtree(kept.parent)
    cure(recreg, finding(recreg, "RR111")["cure"], FILE=str(audit))
    assert found(recreg) == []
    log.write_text("another")
    row = finding(recreg, "RR111")
    assert row["message"] == f"The file of the evidence E-0002 “log.pdf” is no longer what was filed: {log}."
    again = "is there again, the very one that was filed"
    assert row["cure"] == f"recreg evidence check, once the file {log} {again}"
    log.write_text("log")
    assert found(recreg) == []


def test_two_names_in_use_that_differ_little(recreg: Typed, added: Any, day: Any) -> None:
    for title in ("One", "Two"):
        added(title, "--owner", "Head of Crime")
    new = ("--owner", "Head of Crmie", "--board", "Vulnerability Borad", "--new", "--not-ours", "--why", "the NPCC's")
    day("2022-01-03", "add", "--kind", "rec", "--title", "Three", *new)
    day("2022-01-03", "board", "edit", "Vulnerability Borad", "--lead", "Head of Crmie")
    board, person = found(recreg)
    assert {row["code"] for row in (board, person)} == {"RR112"}
    assert (board["ref"], person["hmicfrs_ref"]) == (None, None)
    assert person["message"] == (
        "The person “Head of Crmie” is much like the person “Head of Crime”, and both are in use."
    )
    assert board["cure"] == 'recreg assign R-0003 --board "Vulnerability Board"'
    assert person["cure"] == 'recreg reassign "Head of Crmie" "Head of Crime"'
    cure(recreg, person["cure"])
    cure(recreg, board["cure"])
    row = finding(recreg, "RR112")
    assert row["cure"] == 'recreg board edit "Vulnerability Borad" --lead "Head of Crime"', "it still leads"
    cure(recreg, row["cure"])
    assert found(recreg) == [], "a name that is not in use is no trouble"
    assert recreg("check").out == ""


def test_a_name_that_a_shell_would_run_is_harmless_in_a_cure(
    recreg: Typed, added: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = 'Head `touch a` $(touch b) "of" $HOME \\ Crime!'
    slip = hostile.replace("Crime", "Crmie")
    added("One", "--owner", hostile)
    added("Two", "--owner", slip, "--new")
    row = finding(recreg, "RR112")
    monkeypatch.setenv("PATH", f"{INSTALLED.parent}:/usr/bin:/bin")
    subprocess.run(row["cure"], shell=True, check=True, cwd=tmp_path, capture_output=True)
    assert [found(recreg), list(tmp_path.glob("[ab]"))] == [[], []]
    said = recreg("assign", "R-0001", "--owner", hostile.replace("Crime", "Crmee"))
    assert f"Type {shlex.quote(slip)}, or add --new" in said.err
    recreg("inspection", "add", "CA $(touch b)", "--title", "Older people", "--type", "thematic")
    added("Three", "--deadline", "within six months", "--inspection", "CA $(touch b)", "--owner", "Head of PPU")
    assert finding(recreg, "RR106")["cure"] == "recreg inspection edit 'CA $(touch b)' --published DAY"


def test_two_items_of_near_identical_texts(recreg: Typed, added: Any, day: Any) -> None:
    added("One", "--text", TEXT, "--hmicfrs-ref", "10618", "--not-ours", "--why", "the NPCC's")
    added("Two", "--text", TEXT.upper())
    added("Three", "--text", TEXT.replace("six", "three"))
    added("Four")
    added("four!", kind="afi")
    two, three, four = found(recreg)
    assert {row["code"] for row in (two, three, four)} == {"RR113"}
    assert two["message"] == "The text of R-0002 is much like that of R-0001 10618 “One”."
    assert [row["ref"] for row in (two, three, four)] == ["R-0002", "R-0003", "R-0005"]
    cure(recreg, two["cure"])
    cure(recreg, three["cure"])
    cure(recreg, four["cure"].split(", or ")[1].removesuffix(" if it was"))
    assert found(recreg) == []


def test_what_is_known_of_two_items_of_one_text_is_not_told_again(recreg: Typed, added: Any, day: Any) -> None:
    added("Cause", "--text", TEXT, kind="coc")
    added("Child", "--text", TEXT, "--parent", "R-0001")
    assert found(recreg) == [], "parent and child"
    added("Again", "--text", TEXT)
    day("2022-01-04", "link", "R-0001", "--related", "R-0003")
    added("Once more", "--text", TEXT)
    closing = ("--of", "R-0003", "--why", "one finding twice", "--decided-by", "force", "--approved-by", "DCC")
    day("2022-01-04", "close", "R-0004", "--as", "duplicate", *closing)
    row = finding(recreg, "RR113")
    assert (row["ref"], "R-0001" in row["message"]) == ("R-0003", False), (
        "only the child is left, and it is linked to none"
    )
    cure(recreg, row["cure"])
    assert found(recreg) == []


def test_an_area_for_improvement_that_was_escalated_and_is_open(recreg: Typed, added: Any, day: Any) -> None:
    added("Custody records", kind="afi")
    added("Custody", kind="coc")
    added("Records must be kept", "--parent", "R-0002")
    day("2022-01-04", "link", "R-0002", "--escalated-from", "R-0001")
    row = finding(recreg, "RR114")
    assert row["message"] == "R-0001 is open, and the cause of concern R-0002 was escalated from it."
    cure(recreg, row["cure"])
    assert found(recreg) == []
    assert recreg("show", "R-0001", "-f", "json").json["closed_of"] == "R-0002"


def test_what_is_not_ours_or_withdrawn_is_not_looked_through_for_what_is_missing(recreg: Typed, day: Any) -> None:
    not_ours = ("--not-ours", "--why", "the NPCC's")
    day("2022-01-03", "add", "--kind", "coc", "--title", "Cause", "--target", "2021-01-01", "--deadline", "in time",
        *not_ours)  # fmt: skip
    day("2022-01-03", "add", "--kind", "rec", "--title", "Gone", "--text", "Cause")
    assert [row["code"] for row in found(recreg)] == ["RR101", "RR102", "RR113"]
    day("2022-01-03", "withdraw", "R-0002", "--why", "entered in error")
    assert found(recreg) == []


def test_a_part_is_checked_as_an_item_is(recreg: Typed, added: Any, day: Any) -> None:
    added("Whole")
    day("2022-01-03", "add", "--kind", "rec", "--title", "Part", "--parent", "R-0001", "--owner", "Head of PPU")
    assert finding(recreg, "RR102")["ref"] == "R-0002"


def test_codes_are_left_out_by_ignore_in_any_case_and_as_often_as_told(recreg: Typed, day: Any) -> None:
    day("2022-01-03", "add", "--kind", "coc", "--title", "Cause")
    assert recreg("check", "-f", "ids").out == "RR101\nRR102\nRR103\n"
    some = recreg("check", "--ignore", "rr101", "--ignore", "RR103")
    assert (some.code, [line.split("\t")[0] for line in some.out.splitlines()]) == (6, ["RR102"])
    none = recreg("check", *(word for code in CODES for word in ("--ignore", code)))
    assert (none.code, none.out, none.err) == (0, "", "")


def test_every_format_and_the_table_that_says_how_many_or_that_there_is_nothing(recreg: Typed, day: Any) -> None:
    for form, nothing in (("json", "[]\n"), ("csv", "code,ref,hmicfrs_ref,message,cure\n"), ("plain", ""), ("ids", "")):
        said = recreg("check", "-f", form)
        assert (said.code, said.out, said.err) == (0, nothing, "")
    assert "Nothing wrong was found." in recreg("check", "-f", "table").err
    day("2022-01-03", "add", "--kind", "afi", "--title", "One", "--board", "Vulnerability Board")
    table = recreg("check", "-f", "table")
    assert table.code == 6
    assert (
        'RR101   R-0001             R-0001 was added on 3 January 2022 and has no owner.   recreg assign R-0001 --owner "…"'
        in table.out
    )
    assert "1 found. Open and ours: 0 recommendations, 1 area for improvement and 0 causes of concern." in table.err
    assert recreg("check").out == (
        'RR101\tR-0001\t\tR-0001 was added on 3 January 2022 and has no owner.\trecreg assign R-0001 --owner "…"\n'
    )


def test_findings_stand_by_code_and_then_by_reference(recreg: Typed, day: Any, register: Path) -> None:
    import_over(
        register,
        "INSERT INTO item (id, kind, title, added_on, review_anchor_on) "
        "VALUES (9999, 'recommendation', 'One', '2022-01-03', '2022-01-03'), "
        "(10000, 'recommendation', 'Two', '2022-01-03', '2022-01-03')",
    )
    assert [(row["code"], row["ref"]) for row in found(recreg)] == [
        ("RR101", "R-9999"), ("RR101", "R-10000"), ("RR102", "R-9999"), ("RR102", "R-10000"),
    ]  # fmt: skip


def test_the_codes_on_the_page_are_those_there_are() -> None:
    page = (Path(__file__).parents[1] / "docs/machine-output.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `(RR\d{3})` \| (.+) \|$", page, re.MULTILINE)) == CODES


# The notice on `recreg add`.


def test_adding_what_is_much_like_another_item_says_so_and_is_done(recreg: Typed, added: Any, day: Any) -> None:
    added("Needs", "--text", TEXT, "--hmicfrs-ref", "10618")
    like = "R-0002 is much like R-0001 10618 “Needs”: recreg link R-0002 --repeats R-0001, or recreg withdraw R-0002"
    words = ("add", "--kind", "rec", "--text", TEXT.replace("six", "three"))
    assert like in recreg(*words, "-n").err, "a dry run says it too"
    day("2022-09-28", "sign-off", "10618", "--letter", "HMI/1", "--direct")
    said = recreg(*words)
    assert (said.code, said.out) == (0, "R-0002\n")
    assert like.replace("”:", "” (closed):") in said.err
    assert recreg("add", "--kind", "rec", "--text", TEXT).err.count("much like R-0001") == 1, "the one most like it"


def test_adding_what_is_like_a_withdrawn_item_its_parent_or_nothing_says_nothing(
    recreg: Typed, added: Any, day: Any
) -> None:
    added("Withdrawn", "--text", TEXT)
    day("2022-09-29", "withdraw", "R-0001", "--why", "entered in error")
    assert "much like" not in recreg("add", "--kind", "coc", "--text", TEXT).err
    assert "much like" not in recreg("add", "--kind", "rec", "--text", TEXT, "--parent", "R-0002").err
    assert "much like" not in recreg("add", "--kind", "rec", "--title", "Stalking").err
    assert "R-0005 is much like R-0004 “Stalking”: " in recreg("add", "--kind", "rec", "--title", "stalking.").err
