"""`recreg why`: each derived fact of an item, the rule it follows from, and the act behind it."""

from pathlib import Path
from typing import Any

import pytest

from a_whole_life import Life, life
from conftest import Typed

__all__ = ["life"]


def facts(life: Life, ref: str = "10618") -> dict[str, dict[str, Any]]:
    return facts_of(life.recreg, ref)


def facts_of(recreg: Typed, ref: str) -> dict[str, dict[str, Any]]:
    return {row["fact"]: row for row in recreg("why", ref, "-f", "json").json}


def test_a_new_item_says_why_it_is_new_and_unrated_and_when_its_first_review_falls_due(life: Life) -> None:
    life.until("2022-01-10")
    text = life.told("why", "10618")
    assert text.startswith(
        "As at 10 January 2022, R-0001 (HMICFRS 10618), “Needs”, is new: it has no owner and no board"
    )
    assert "It is unrated: a new item is unrated until somebody judges it (changeset 3, 10 January 2022)." in text
    assert (
        "Its next review is due on 10 April 2022: three calendar months from the day it was added, 10 January 2022, "
        "since no review has been held yet (changeset 3, 10 January 2022)."
    ) in text
    assert "The force has given it no target." in text
    assert (
        "HMICFRS's deadline is 1 May 2022: “within six months”, calendar months from publication on 1 November 2021, "
        "the day of publication left out, to the corresponding day or, where there is none, the month's last day"
    ) in text
    assert text.endswith("All of it was recorded by Liaison Officer.\n")


def test_it_is_in_progress_since_it_has_an_owner_and_a_board(life: Life) -> None:
    life.until("2022-01-12")
    row = facts(life)["status"]
    assert row["because"] == "it has an owner, Head of PPU, and a board, Vulnerability Board"
    assert (row["value"], row["changeset"], row["on"], row["by"]) == (
        "in_progress", 5, "2022-01-12", "Liaison Officer",
    )  # fmt: skip
    assert list(row) == ["ref", "fact", "value", "because", "changeset", "on", "by"]


def test_a_deadline_that_followed_a_corrected_publication_day_names_that_act(life: Life) -> None:
    life.until("2022-01-11")
    row = facts(life)["deadline"]
    assert (row["value"], row["on"]) == ("2022-06-01", "2022-01-11")
    assert "from publication on 1 December 2021" in row["because"]


def test_words_of_a_deadline_that_changed_are_told_with_the_letter_or_the_reason(life: Life) -> None:
    life.until("2022-02-02")
    assert facts(life)["deadline"]["because"] == (
        "“by 31 August 2022”, the day that the words name; "
        "the words were “within six months” until 1 February 2022, changed by HMICFRS's letter HMI/2022/3; "
        "the words were “by 31 July 2022” until 2 February 2022, changed for this reason: “the letter says August”"
    )


def test_the_review_counts_from_the_one_held_and_stands_still_with_hmicfrs_and_starts_again(life: Life) -> None:
    for day, due, because in (
        ("2022-04-10", "2022-07-10", "three calendar months from the review V-0001 held on 10 April 2022"),
        ("2022-11-21", None, "it stands still while with HMICFRS, since 21 November 2022"),
        ("2023-02-06", "2023-05-06", ("three calendar months from its return by HMICFRS on 6 February 2023, "
                                     "since the review starts again from the return")),
        ("2023-05-18", None, "nothing falls due once an item is closed"),
        ("2024-01-09", "2024-04-09", ("three calendar months from the day it was reopened, 9 January 2024, "
                                     "since the review starts again from there")),
    ):  # fmt: skip
        life.until(day)
        row = facts(life)["review"]
        assert (row["value"], row["because"], row["on"]) == (due, because, day)


def test_a_kept_rhythm_and_a_short_month_are_told(recreg: Typed, register: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("RECREG_TODAY", "2021-11-30")
    recreg("add", "--kind", "rec", "--title", "x")
    rule = recreg("why", "R-0001", "-f", "json").json[2]
    assert rule["value"] == "2022-02-28"
    assert rule["because"].endswith("; the month's last day where it has no such day")
    monkeypatch.setenv("RECREG_TODAY", "2022-03-02")
    assert recreg("review", "R-0001", "--outcome", "on-track", "--note", "x", "--keep-schedule").code == 0
    rule = recreg("why", "R-0001", "-f", "json").json[2]
    assert (rule["value"], rule["because"]) == (
        "2022-05-30",
        (
            "the next day of the rhythm that is kept, every three calendar months from 30 November 2021, after the review "
            "held on 2 March 2022; the month's last day where it has no such day"
        ),
    )


def test_a_target_tells_each_move_with_its_reason_and_approver(life: Life) -> None:
    life.until("2022-11-10")
    text = life.told("why", "10618")
    assert "Its target is 31 January 2023, and the original one, 31 October 2022, passed 10 days ago: " in text
    for words in (
        "the first one, given on 7 October 2022, was 30 November 2022",
        "it was put right to 31 October 2022 on 8 October 2022: “the board said October”",
        "it was deferred to 31 December 2022 on 9 October 2022: “system late”",
        "it was deferred to 31 January 2023 on 1 November 2022, approved by DCC: “later still”",
    ):
        assert words in text


def test_a_target_that_was_never_moved_and_a_deadline_of_a_month_pass_as_they_are_called(
    recreg: Typed, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECREG_TODAY", "2022-02-01")
    recreg("add", "--kind", "rec", "--title", "x", "--target", "2022-08-31", "--deadline", "By March 2022")
    text = recreg("why", "R-0001").out
    assert "Its target is 31 August 2022: it was never moved since it was given on 1 February 2022" in text
    assert "HMICFRS's deadline is March 2022: “By March 2022”" in text
    monkeypatch.setenv("RECREG_TODAY", "2022-09-29")
    text = recreg("why", "R-0001").out
    assert (
        "Its target, 31 August 2022, passed 29 days ago; it was never moved since it was given on 1 February 2022 "
        "(changeset 2, 1 February 2022)."
    ) in text
    assert "HMICFRS's deadline, March 2022, passed 182 days ago: “By March 2022”, the last day of the month" in text


def test_what_was_submitted_after_its_deadline_says_so_and_nothing_grows(life: Life) -> None:
    life.until("2022-11-20")
    assert "HMICFRS's deadline, 31 August 2022, passed 81 days ago: " in life.told("why", "10618")
    for day in ("2022-11-21", "2023-02-05"):
        life.until(day)
        text = life.told("why", "10618")
        assert "HMICFRS's deadline is 31 August 2022: " in text
        assert "; it was submitted 82 days after (changeset 27, 21 November 2022)." in text
        assert "ago" not in text
        assert facts(life)["deadline"]["on"] == "2022-02-02", "the act behind the day is the one that gave it"
    life.until("2023-05-18")
    assert "; it was submitted 183 days after" in life.told("why", "10618")


def test_what_came_back_says_who_sent_it_and_why(life: Life) -> None:
    life.until("2022-11-03")
    assert "it was sent back by the force on 3 November 2022: “two districts missing”" in life.told("why", "10618")
    life.until("2022-11-20")
    assert "is complete: its owner says it is done, from 20 November 2022" in life.told("why", "10618")
    life.until("2022-11-21")
    text = life.told("why", "10618")
    assert "is submitted: it went to HMICFRS on 21 November 2022, agreed by Vulnerability Board" in text
    assert "it stands still while with HMICFRS" in text
    life.until("2023-02-06")
    assert "it was returned by HMICFRS on 6 February 2023: “cases of this quarter wanted”" in life.told("why", "10618")


def test_a_closed_item_says_on_what_basis_and_a_reopened_one_why(life: Life) -> None:
    life.until("2023-05-18")
    text = life.told("why", "10618")
    assert "is closed: it was closed on 18 May 2023 as signed off, which HMICFRS decided, letter HMI/2023/9" in text
    assert (
        "It is rated green: “the audit is running” (changeset 12, 10 July 2022); it is frozen since the item is closed."
    ) in text
    life.until("2024-01-09")
    assert "it was reopened on 9 January 2024: “the revisit found it undone”" in life.told("why", "10618")
    life.until("2024-03-01")
    text = life.told("why", "10618")
    assert "as superseded by R-0002, which HMICFRS decided, letter HMI/2024/1, reason “asked anew”" in text
    assert "ago" not in text, "nothing of what is closed is late"


def test_the_suggested_rating_is_told_where_it_is_another(life: Life) -> None:
    life.until("2022-11-01")
    said = "“the audit is running”; the facts suggest amber: past its original target, 31 October 2022"
    assert facts(life)["rag"]["because"] == said


def test_what_is_not_ours_and_what_was_answered_is_told(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--not-ours", "--why", "for the ministry", "--not-mandatory")
    text = recreg("why", "R-0001").out
    assert "It is not ours to deliver: “for the ministry”; it is out of the figures, and keeps its review" in text
    assert "It is neither accepted nor declined: it is not mandatory" in text
    recreg("accept", "R-0001", "--partly", "--why", "in two districts", "--decided-by", "Chief Officer")
    said = "It is accepted in part: it is not mandatory, decided by Chief Officer: “in two districts”"
    assert said in recreg("why", "R-0001").out


def test_a_withdrawn_item_says_when_and_why_and_no_more(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x")
    recreg("withdraw", "R-0001", "--why", "typed twice")
    said = recreg("why", "R-0001")
    assert "was withdrawn on 29 September 2022: “typed twice”; it is in no list and no figure of any day" in said.out
    assert [row["fact"] for row in recreg("why", "R-0001", "-f", "json").json] == ["withdrawn"]


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ("as soon as possible", "“as soon as possible”, no day follows from these words"),
        ("within six months", "“within six months”, no day follows from these words before the report is published"),
        ("By March 2023", "“By March 2023”, the last day of the month that the words name"),
        ("By September 30 or 2023", None),
        ("by 2023", "“by 2023”, the last day of the year that the words name"),
    ],
)
def test_each_sort_of_deadline_names_its_rule(words: str, because: str | None, recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--deadline", words)
    (row,) = [row for row in recreg("why", "R-0001", "-f", "json").json if row["fact"] == "deadline"]
    assert row["because"] == because or (because is None and row["value"] is None)


def test_days_weeks_and_immediately_have_rules_of_their_own(recreg: Typed, register: Path) -> None:
    recreg("inspection", "add", "P", "--title", "t", "--type", "peel", "--published", "2022-09-01")
    for words in ("within six weeks", "immediately"):
        recreg("add", "--kind", "rec", "--title", "x", "--inspection", "P", "--deadline", words)
    weeks, at_once = (
        next(row for row in recreg("why", ref, "-f", "json").json if row["fact"] == "deadline")
        for ref in ("R-0001", "R-0002")
    )
    assert weeks["because"].endswith("counted from publication on 1 September 2022, the day of publication left out")
    assert at_once["because"] == "“immediately”, which is the day of publication and is never counted in days late"
    assert "ago" not in recreg("why", "R-0002").out


def test_every_item_of_a_shared_number_has_its_paragraph(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause", "--hmicfrs-ref", "9472")
    recreg("add", "--kind", "rec", "--title", "Child", "--hmicfrs-ref", "9472", "--parent", "R-0001")
    paragraphs = recreg("why", "9472").out.split("\n\n")
    assert [text.split(",")[1].split(" (")[0] for text in paragraphs] == [" R-0001", " R-0002"]
    assert {row["ref"] for row in recreg("why", "9472", "-f", "json").json} == {"R-0001", "R-0002"}


def test_a_reason_of_several_lines_stays_one_paragraph(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--rag", "red", "--why", "first line\n\n second line.")
    text = recreg("why", "R-0001").out
    assert "“first line second line”" in text
    assert text.count("\n") == 1
