"""`recreg why`: which act is behind each fact, and who recorded each act that is told."""

import json
from pathlib import Path

from a_whole_life import Life, life
from conftest import Typed
from test_why import facts, facts_of

__all__ = ["life"]


def test_another_owner_is_told_by_the_act_that_gave_it_and_the_board_by_its_own(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--owner", "Head of PPU", "--board", "B")
    recreg("assign", "R-0001", "--owner", "Head of Crime", "--by", "Deputy")
    row = facts_of(recreg, "R-0001")["status"]
    assert row["because"] == "it has an owner, Head of Crime, and a board, B"
    assert (row["changeset"], row["by"]) == (3, "Deputy")
    text = recreg("why", "R-0001").out
    assert (
        "it has an owner, Head of Crime (changeset 3, 29 September 2022, by Deputy), "
        "and a board, B (changeset 2, 29 September 2022, by Liaison Officer)."
    ) in text
    assert "All of it" not in text


def test_what_is_still_new_names_the_act_that_left_it_without_each(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x")
    recreg("assign", "R-0001", "--owner", "Head of PPU", "--by", "Deputy")
    row = facts_of(recreg, "R-0001")["status"]
    assert (row["because"], row["changeset"]) == ("it has no board", 2)


def test_a_review_held_on_the_day_of_the_return_or_the_reopening_is_not_what_the_rule_is_about(life: Life) -> None:
    for day, event in (("2023-02-06", "returned"), ("2024-01-09", "reopened")):
        life.until(day)
        life.type(day, "review", "10618", "--outcome", "on-track", "--note", "the same day")
        row = facts(life)["review"]
        assert "since the review starts again from" in row["because"]
        (act,) = {
            each["changeset"]
            for each in life.recreg("history", "10618", "-f", "json").json
            if (each["on"], each["event"]) == (day, event)
        }
        assert (row["changeset"], row["on"]) == (act, day)
        assert f"starts again from {'the return' if event == 'returned' else 'there'} (changeset {act}, " in life.told(
            "why", "10618"
        )


def test_a_review_counts_from_hmicfrs_return_though_the_force_sent_it_back_since(life: Life) -> None:
    life.until("2023-03-01")
    life.type("2023-03-01", "return", "10618", "--why", "not yet")
    because = (
        "three calendar months from its return by HMICFRS on 6 February 2023, "
        "since the review starts again from the return"
    )
    row = facts(life)["review"]
    assert (row["because"], row["on"]) == (because, "2023-02-06")
    assert life.shown()["review_rule"] == because
    assert "it was sent back by the force on 1 March 2023: “not yet”" in facts(life)["status"]["because"]


def test_another_rhythm_is_an_act_beside_the_review_it_counts_from(life: Life) -> None:
    life.until("2022-04-10")
    life.type("2022-04-11", "edit", "10618", "--review-every", "6", "--by", "Deputy")
    text = life.told("why", "10618")
    assert (
        "six calendar months (changeset 9, 11 April 2022, by Deputy) from the review V-0001 held on 10 April 2022 "
        "(changeset 8, 10 April 2022, by Liaison Officer)."
    ) in text


def test_every_act_that_is_told_is_cited_with_its_recorder(life: Life) -> None:
    life.until("2022-10-09")
    defer = ("defer", "10618", "--to", "2023-01-31", "--why", "later still", "--approved-by", "DCC")
    life.type("2022-11-01", *defer, "--by", "Deputy")
    text = life.told("why", "10618")
    log = {row["command"]: row["changeset"] for row in life.recreg("log", "-f", "json").json}
    first = log["defer"] - 1
    assert f"“system late” (changeset {first}, 9 October 2022, by Liaison Officer); it was deferred to 31 Jan" in text
    assert f"approved by DCC: “later still” (changeset {log['defer']}, 1 November 2022, by Deputy)." in text
    assert (
        "the words were “within six months” until 1 February 2022, changed by HMICFRS's letter HMI/2022/3 "
        "(changeset 6, 1 February 2022, by Liaison Officer); the words were “by 31 July 2022”"
    ) in text
    assert "All of it" not in text
    assert facts(life)["target"]["by"] == "Deputy"


def test_where_another_recorded_an_earlier_act_it_is_not_said_that_one_recorded_all(
    recreg: Typed, register: Path
) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--target", "2022-12-01", "--by", "Deputy")
    recreg("assign", "R-0001", "--owner", "Head of PPU", "--board", "B")
    recreg("rag", "red", "R-0001", "--why", "late")
    recreg("review", "R-0001", "--outcome", "on-track", "--note", "x")
    recreg("defer", "R-0001", "--to", "2022-12-31", "--why", "later")
    assert {row["by"] for fact, row in facts_of(recreg, "R-0001").items() if fact != "deadline"} == {"Liaison Officer"}
    text = recreg("why", "R-0001").out
    assert "was 1 December 2022 (changeset 2, 29 September 2022, by Deputy); it was deferred" in text
    assert "All of it" not in text


def test_an_act_that_was_undone_is_behind_nothing(life: Life) -> None:
    life.until("2022-09-01")
    rag = facts(life)["rag"]
    assert (rag["value"], rag["on"]) == ("green", "2022-07-10")


def test_where_several_people_acted_each_sentence_names_its_own(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x")
    recreg("rag", "amber", "R-0001", "--why", "late", "--by", "Deputy")
    text = recreg("why", "R-0001").out
    assert "It is rated amber: “late” (changeset 3, 29 September 2022, by Deputy)." in text
    assert "by Liaison Officer)" in text
    assert "All of it" not in text


def test_what_was_imported_as_moved_and_returned_is_told_as_no_more_than_is_known(
    recreg: Typed, register: Path, tmp_path: Path
) -> None:
    item = {"kind": "rec", "title": "x", "added_on": "2021-12-01", "target_on": "2022-05-01", "times_deferred": 2}
    item |= {"original_target_on": "2022-02-01", "target_why": "late", "target_approved_by": "DCC"}
    item |= {"times_sent_back": 1, "times_returned": 1, "returned_on": "2022-03-01", "returned_by": "hmicfrs"}
    item |= {"returned_why": "more", "review_anchor_on": "2022-03-01", "review_round": 1}
    (tmp_path / "items.json").write_text(json.dumps([item]), encoding="utf-8")
    assert recreg("import", str(tmp_path / "items.json")).code == 0
    told = facts_of(recreg, "R-0001")
    moved = "it was moved 2 times, the last time to 1 May 2022, before it was recorded on 29 September 2022"
    because = told["target"]["because"]
    assert because == f"the first one was 1 February 2022; {moved}, approved by DCC: “late”"
    moves = recreg("show", "R-0001", "-f", "json").json["target_moves"]
    assert [(move["move"], move["from"], move["to"], move["why"], move["approved_by"]) for move in moves] == [
        ("first", None, "2022-02-01", None, None),
        ("deferred", "2022-02-01", "2022-05-01", "moved 2 times before it was recorded here: late", "DCC"),
    ]
    assert len({move["changeset"] for move in moves}) == 1
    assert "| first | 1 February 2022 |" in recreg("show", "R-0001", "-f", "md").out
    assert "from its return by HMICFRS on 1 March 2022" in told["review"]["because"]
    assert [step["step"] for step in recreg("show", "R-0001", "-f", "json").json["submissions"]] == ["returned"]
