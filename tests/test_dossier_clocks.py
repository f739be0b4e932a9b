"""`recreg show`: what the dossier says of each clock, and how often it moved or came back."""

import re
from pathlib import Path

import pytest

from a_whole_life import Life, life
from conftest import Typed
from test_dossier import undrawn

__all__ = ["life"]


def clocks(life: Life, form: str) -> str:
    """What a document says of the clocks, on one line."""
    text = " ".join(undrawn(form, life.told("show", "10618", "-f", form)).split())
    return text[text.index("Clocks") : text.index("Owners, boards")]


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_each_clock_says_how_long_it_is_past_until_the_submission(form: str, life: Life) -> None:
    for day, words in (
        ("2022-10-08", ("31 October 2022", "38 days past")),
        ("2022-10-31", ("31 December 2022; moved once, original 31 October 2022",)),
        ("2022-11-10", ("31 January 2023; 10 days past its original, 31 October 2022; moved 2 times", "71 days past")),
        ("2023-02-05", ("31 January 2023; moved 2 times, original 31 October 2022", "; submitted 82 days after")),
        ("2023-02-06", ("98 days past its original, 31 October 2022; moved 2 times", "159 days past")),
        ("2023-05-18", ("; submitted 183 days after",)),
    ):
        life.until(day)
        told = clocks(life, form)
        assert [each for each in words if each not in told] == [], (day, told)
        assert (" past" in told) == (life.shown()["submitted_on"] is None)


def test_a_target_that_never_moved_says_how_long_it_is_past(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--target", "2022-08-31", "--on", "2022-08-01")
    assert "**target**: 31 August 2022; 29 days past\n" in recreg("show", "R-0001", "-f", "md").out


def test_how_often_it_came_back_is_counted_once_or_so_many_times(life: Life) -> None:
    life.until("2022-11-03")
    assert "by us once, by HMICFRS never; last 3 November 2022" in life.told("show", "10618", "-f", "md")
    life.until("2024-01-09")
    text = life.told("show", "10618", "-f", "md")
    assert "by us once, by HMICFRS once; last 6 February 2023" in text
    assert "once; last 9 January 2024: the revisit found it undone" in text
    assert not re.search(r"\b1 time\b", text)
