"""What the cells of a column mean, looked at all at once or one by one."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recreg.domain.rows import ITEM_KEYS, Reader
from recreg.domain.text import CLEAR, are_plain, clean_line
from recreg.errors import Mistyped

TODAY = date(2022, 9, 29)
WORDS = st.lists(st.sampled_from(["Needs", "victims", "42", "-", "it's"]), min_size=1).map(" ".join)
#: As they mostly are, and with what makes a second look needful here and there.
CELLS = WORDS | st.sampled_from(
    [None, "", " ", "a  b", " a", "a ", "a\tb", "a\nb", "\n", "é", "e\u0301", "a\x00", CLEAR, f"'{CLEAR}", f"''{CLEAR}"]
)


@given(st.lists(CELLS, max_size=6), st.sampled_from(["title", "text"]))
@settings(deadline=None)
def test_texts_that_are_plain_mean_themselves(cells: list[str | None], key: str) -> None:
    reader = Reader(TODAY)
    if are_plain(cells):
        assert [cell if cell is None else reader.meaning(key, cell) for cell in cells] == cells


@given(st.lists(WORDS | st.none()))
def test_words_of_ascii_with_single_spaces_are_plain(cells: list[str | None]) -> None:
    assert are_plain(cells)


@given(
    st.lists(CELLS | st.sampled_from(["31/12/2022", "amber", "3", "yes", "R-0001", "REC"])), st.sampled_from(ITEM_KEYS)
)
@settings(max_examples=400, deadline=None)
def test_a_column_means_what_its_cells_mean_one_by_one(cells: list[str | None], key: str) -> None:
    try:
        alone = [None if cell is None else Reader(TODAY).meaning(key, cell) for cell in cells]
    except Mistyped:
        with pytest.raises(Mistyped):
            Reader(TODAY).column(key, cells)
        return
    assert Reader(TODAY).column(key, cells) == alone


def test_a_text_too_long_to_be_kept_is_refused_among_plain_ones_too() -> None:
    with pytest.raises(Mistyped, match="longer than 1,000,000"):
        Reader(TODAY).column("title", ["Needs", "a" * 1_000_001])
    assert clean_line("a" * 999_999, "title") == Reader(TODAY).column("title", ["a" * 999_999, "b"])[0]
