"""Words looked for in items: wherever they stand, in whatever case, from whichever letter SQLite begins."""

import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Typed
from recreg.questions.items import rarest_on, spelt, with_gaps

SIGNS = st.text(" eEtTvVqQ9éÉ'’-–*?[]^\n", max_size=12)


@given(SIGNS, SIGNS, SIGNS)
@settings(max_examples=300, deadline=None)
def test_where_a_word_stands_so_does_its_end_from_the_rarest_letter_on(before: str, word: str, after: str) -> None:
    text, tail = before + word.swapcase() + after, rarest_on(word)
    assert word.endswith(tail)
    assert len(tail) >= min(3, len(word))
    with closing(sqlite3.connect(":memory:")) as db:
        query = "SELECT ?1 LIKE '%' || ?2 || '%', ?1 LIKE '%' || ?3 || '%'"
        holds_word, holds_tail = db.execute(query, (text, word, tail)).fetchone()
    assert holds_tail or not holds_word


@pytest.mark.parametrize(
    ("word", "tail"), [("evidence", "vidence"), ("victim 99999", "99999"), ("the", "the"), ("is", "is"), ("", "")]
)
def test_the_rarest_letter_leaves_three_at_least(word: str, tail: str) -> None:
    assert rarest_on(word) == tail


@given(SIGNS, SIGNS, SIGNS)
@settings(max_examples=300, deadline=None)
def test_a_word_is_spelt_so_that_it_is_found_just_where_it_stands(before: str, word: str, after: str) -> None:
    text = before + word.swapcase() + after
    with closing(sqlite3.connect(":memory:")) as db:
        query = "SELECT ?1 GLOB ?2, ?3 GLOB ?2, ?1 LIKE '%' || ?4 || '%'"
        found = db.execute(query, (text, spelt(word), before, rarest_on(with_gaps(word)))).fetchone()
    assert found == (1, plainly(word) in plainly(before), 1)


def plainly(text: str) -> str:
    """The text in one case, with one apostrophe and one dash."""
    return re.sub("[‘’ʼ]", "'", re.sub("[‐‑–—]", "-", text.casefold()))


@pytest.mark.usefixtures("register")
def test_what_is_written_in_several_ways_is_found_by_any_of_them(recreg: Typed) -> None:
    for title in ("Visited the café in ÉPINAL", "CAFÉ society", "Women’s refuge", "A three‑month [sic*] review, 5_5%"):
        recreg("add", "--kind", "rec", "--title", title)
    recreg("note", "R-0003", "the force's plan")
    found = {
        "café": "R-0001 R-0002", "Café": "R-0001 R-0002", "épinal": "R-0001", "cafe": "", "women's": "R-0003",
        "WOMEN’S": "R-0003", "force’s": "R-0003", "three-month": "R-0004", "[sic*]": "R-0004", "s?c": "", "5_5%": "R-0004",
        "5-5": "", "e_b": "",
    }  # fmt: skip
    assert {word: " ".join(recreg("list", word, "-f", "ids").out.split()) for word in found} == found


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("word", "refs"),
    [
        ("evidence", "R-0001 R-0003"), ("EVIDENCE", "R-0001 R-0003"), ("vidence", "R-0001 R-0002 R-0003"),
        ("of evidence at", "R-0001"), ("50%", "R-0002"), ("e", "R-0001 R-0002 R-0003"), ("", "R-0001 R-0002 R-0003"),
        ("in evidence of", ""),
    ],
)  # fmt: skip
def test_a_word_is_found_in_whatever_case_and_only_where_all_of_it_stands(word: str, refs: str, recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "One", "--text", "Of Evidence at scenes")
    recreg("add", "--kind", "rec", "--title", "Two", "--text", "Providence: 50% of it")
    recreg("add", "--kind", "rec", "--title", "Evidence", "--text", "Three")
    assert recreg("list", word, "-f", "ids").out.split() == refs.split()
