"""Where a review asks for support, the officer meets the recommendation owner: recorded, or asked for."""

from pathlib import Path
from typing import Any

import pytest

from conftest import After, Typed, is_sound


@pytest.fixture
def reviewed(register_after: After) -> Path:
    """An item whose review of 31 August asked for support, and one whose review did not."""
    review = ["review", "--note", "said", "--outcome"]
    return register_after((
        ["2022-06-01", "add", "--kind", "rec", "--title", "One", "--owner", "Head of PPU"],
        ["2022-06-01", "add", "--kind", "rec", "--title", "Two"],
        ["2022-08-31", *review, "support-needed", "R-0001"],
        ["2022-08-31", *review, "on-track", "R-0002"],
    ))  # fmt: skip


def review_of(recreg: Typed, ref: str) -> dict[str, Any]:
    (review,) = recreg("show", ref, "-f", "json").json["reviews"]
    return dict(review)


def test_support_needed_without_a_meeting_says_how_to_record_it(recreg: Typed, reviewed: Path) -> None:
    said = recreg("review", "R-0002", "--outcome", "support-needed", "--note", "help is asked for")
    assert said.code == 0
    assert (
        "No meeting with the owner is recorded of V-0003; once it is held: recreg correct V-0003 --met DAY" in said.err
    )
    assert "no meeting with the owner is recorded" in recreg("show", "R-0002", "-f", "md").out
    assert "No meeting" not in recreg("review", "R-0002", "--outcome", "on-track", "--note", "x").err


def test_the_echo_of_a_review_names_the_meeting_and_its_day(recreg: Typed, reviewed: Path) -> None:
    words = ("review", "R-0001", "--outcome", "support-needed", "--note", "x", "--met", "Head of PPU")
    said = recreg(*words, "--met-on", "2022-09-20")
    assert "support needed; met Head of PPU on 20 September 2022; next review 29 December 2022." in said.err
    assert "No meeting" not in said.err


def test_a_meeting_is_recorded_once_it_was_held_and_another_day_of_it_needs_a_reason(
    recreg: Typed, reviewed: Path
) -> None:
    said = recreg("correct", "V-0001", "--met", "5 September 2022")
    assert said.code == 0, said
    assert "was held on 31 August 2022; met Head of PPU on 5 September 2022; next review" in said.err
    review = review_of(recreg, "R-0001")
    assert (review["met_with"], review["met_on"], review["corrected_why"]) == ("Head of PPU", "2022-09-05", None)
    assert "(met Head of PPU, 5 September 2022)" in recreg("show", "R-0001", "-f", "md").out
    assert "Nothing was changed" in recreg("correct", "V-0001", "--met", "2022-09-05").err
    said = recreg("correct", "V-0001", "--met", "2022-09-06")
    assert (said.code, said.err.splitlines()[0]) == (
        2, "Another day of the meeting than 5 September 2022 needs a reason.",
    )  # fmt: skip
    assert recreg("correct", "V-0001", "--met", "2022-09-06", "--why", "misread").code == 0
    review = review_of(recreg, "R-0001")
    assert (review["met_on"], review["corrected_why"], review["held_on"]) == ("2022-09-06", "misread", "2022-08-31")
    assert is_sound(reviewed)


@pytest.mark.parametrize(
    ("words", "code", "sentence", "hint"),
    [
        (
            "V-0002 --met 2022-09-05",
            4,
            "V-0002 came to on track: the meeting with the owner is of",
            "recreg note R-0002",
        ),
        ("V-0001 --met soon", 2, "“soon” is not a day of the meeting", "2022-09-29"),
        ("V-0001 --met 2022-09-30", 2, "The day of the meeting, 30 September 2022, is in the future.", "up to today"),
        ("V-0001 --met 2022-09-05 --note x", 2, "A correction needs a reason.", "--why"),
        ("N-0001 --met 2022-09-05", 2, "N-0001 is no review", "Leave --met out."),
    ],
)
def test_a_meeting_is_of_a_review_that_asked_for_support(
    words: str, code: int, sentence: str, hint: str, recreg: Typed, reviewed: Path
) -> None:
    recreg("note", "R-0002", "Begun")
    before = reviewed.read_bytes()
    said = recreg("correct", *words.split())
    assert said.code == code, said
    assert sentence in said.err
    assert hint in said.err
    assert reviewed.read_bytes() == before


def test_of_two_reviews_of_one_day_the_newest_is_named_with_its_own_act(recreg: Typed, reviewed: Path) -> None:
    recreg("review", "R-0001", "--outcome", "on-track", "--note", "first")
    recreg("review", "R-0001", "--outcome", "escalate", "--note", "second", "--by", "Deputy")
    rule = "three calendar months from the review V-0004 held on 29 September 2022"
    assert rule in recreg("why", "R-0001").out
    assert recreg("show", "R-0001", "-f", "json").json["review_rule"].startswith(rule)
    (row,) = [row for row in recreg("why", "R-0001", "-f", "json").json if row["fact"] == "review"]
    assert (row["changeset"], row["by"]) == (7, "Deputy")
