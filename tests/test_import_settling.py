"""What follows from an arriving row is worked out once for all rows alike in it, and is what each would have alone."""

import string
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from recreg.domain.arrival import ONLY_WHETHER, Arrival, Surroundings
from recreg.domain.rows import ITEM_KEYS
from recreg.domain.text import short_title
from recreg.domain.vocabulary import Acceptance, ClosedAs, DecidedBy, Kind, Precision, Rag, Status
from recreg.register.settling import Settling
from recreg.store.incoming import SETTLED

TODAY = date(2022, 9, 29)
REPORTS = {"a": ("2019-07-17", "thematic"), "b": ("2022-02-01", "super_complaint"), "c": (None, "peel")}
AROUND = [
    Surroundings(TODAY, TODAY, frozenset({"red", "amber", "green", "unrated"}), opening=opening, held=held)
    for opening, held in ((False, False), (True, False), (False, True))
]
WORDS = st.text(string.ascii_letters, min_size=1, max_size=8)
DAYS = st.sampled_from(["2019-01-01", "2020-02-29", "2022-01-31", "2022-09-29", "2023-06-30"])
COUNTS = st.integers(0, 40)
OWN = {
    "inspection": st.sampled_from([*"ABCD"]),
    "text": WORDS | st.just(" "),
    "deadline_words": st.sampled_from(["within six months", "by 31 May 2022", "soon"]),
}
MEMBERS = {
    "kind": Kind, "rag": Rag, "status": Status, "acceptance": Acceptance, "closed_as": ClosedAs,
    "decided_by": DecidedBy, "returned_by": DecidedBy, "deadline_precision": Precision,
}  # fmt: skip


def meant(key: str) -> st.SearchStrategy[Any]:
    """What a cell of this key may mean."""
    if key in OWN:
        return OWN[key]
    if key in MEMBERS:
        return st.sampled_from([str(member) for member in MEMBERS[key]])
    if key in {"ours", "mandatory"}:
        return st.sampled_from([0, 1])
    if key.startswith("times_") or key in {"review_every_months", "review_round"}:
        return COUNTS
    return DAYS if key.endswith("_on") and key != "waiting_on" else WORDS


#: A row with something under every key.
FULL = st.tuples(*(meant(key) for key in ITEM_KEYS))


@st.composite
def rows(draw: st.DrawFn) -> tuple[Any, ...]:
    """A row with little in it, of which nothing may be wrong: only then is it remembered."""
    told = draw(st.sets(st.sampled_from(ITEM_KEYS), max_size=5)) | {"kind", "text"}
    likely = draw(st.sets(st.sampled_from(["inspection", "deadline_words", "owner", "board", "target_on"])))
    return tuple(draw(meant(key)) if key in told | likely else None for key in ITEM_KEYS)


def alone(said: tuple[Any, ...], around: Surroundings) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """What follows from a row that is looked at by itself, and what is wrong with it."""
    row = dict(zip(ITEM_KEYS, said, strict=True))
    published_on, sort = REPORTS.get((row["inspection"] or "").casefold(), (None, None))
    arrival = Arrival(row, published_on, sort, around)
    return arrival.settled(), arrival.wrong


def agrees(rows: list[tuple[Any, ...]], around: Surroundings) -> None:
    settling = Settling(REPORTS, around)
    told = list[tuple[str | None, int]]()
    for first in range(0, len(rows), 2):
        columns = dict(zip(ITEM_KEYS, zip(*rows[first : first + 2], strict=True), strict=True))
        told += zip(*settling.of(range(len(rows))[first : first + 2], columns), strict=True)
    kept = {number: dict(zip(SETTLED, values, strict=True)) for number, *values in settling.kept()}
    wrong = []
    for number, (said, (title, follows)) in enumerate(zip(rows, told, strict=True)):
        row, objections = alone(said, around)
        assert kept[follows] == {key: row[key] for key in SETTLED}
        assert (said[ITEM_KEYS.index("title")] or title or "") == row["title"]
        wrong += [(number, *each) for each in objections]
    assert [(each.row, each.key, each.value, each.sentence) for each in settling.wrong] == wrong


@given(st.lists(rows(), max_size=4), st.lists(st.sampled_from(range(4)), max_size=8), st.sampled_from(AROUND))
def test_whatever_rows_come_together_each_is_settled_as_it_would_be_alone(
    sorts: list[tuple[Any, ...]], turns: list[int], around: Surroundings
) -> None:
    agrees([sorts[turn] for turn in turns if turn < len(sorts)], around)


@given(rows(), FULL, st.sampled_from(AROUND))
def test_other_words_in_a_row_let_nothing_else_follow(
    said: tuple[Any, ...], other: tuple[Any, ...], around: Surroundings
) -> None:
    reworded = tuple(
        new if key in ONLY_WHETHER and old and new else old
        for key, old, new in zip(ITEM_KEYS, said, other, strict=True)
    )
    agrees([said, reworded, said], around)


def test_more_sorts_of_rows_than_are_remembered_are_settled_all_the_same() -> None:
    first = date(1990, 1, 1)
    settling = Settling(REPORTS, AROUND[0])
    days = [(first + timedelta(days=turn)).isoformat() for turn in range(10_050)] * 2
    each = len(days)
    said = {"kind": ["recommendation"] * each, "text": ["Words."] * each, "added_on": days}
    titles, all_follows = settling.of(range(each), said)
    kept = {number: values[SETTLED.index("added_on")] for number, *values in settling.kept()}
    assert [kept[follows] for follows in all_follows] == days
    assert {*titles} == {short_title("Words.")}
    assert settling.kept() == []
