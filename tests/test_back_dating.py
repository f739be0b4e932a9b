"""Acts may be dated back, and the register of any past day is still one that could have been."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Typed
from recreg.store.days import entries
from recreg.store.verify import Rows, stored
from test_undo import TODAY, Deed, deeds, prepared


def as_of(db: sqlite3.Connection, day: date) -> Rows:
    """Every row as it stood on a day: what took effect later is taken back, newest first."""
    rows = {key: dict(row) for key, row in stored(db).items()}
    for entry in reversed(list(entries(db, "s.effective_on > ?", (day.isoformat(),)))):
        if entry.before is None:
            rows.pop((entry.noun, entry.row), None)
        elif entry.after is None:
            rows[entry.noun, entry.row] = dict(entry.before)
        else:
            rows[entry.noun, entry.row].update(entry.before)
    return {key: {name: value for name, value in row.items() if value is not None} for key, row in rows.items()}


def what_never_was(rows: Rows) -> list[str]:
    """What is wrong with the register of a day: orphans, numbers held twice, families that cannot be."""
    items = {number: item for (noun, number), item in rows.items() if noun == "item"}
    live = {number: item for number, item in items.items() if "withdrawn_on" not in item}
    wrong = []
    for number, item in live.items():
        parent = live.get(int(item["parent_id"])) if "parent_id" in item else None
        if "parent_id" in item and parent is None:
            wrong.append(f"{number} hangs on nothing")
        if parent and parent["kind"] not in {"cause_of_concern", item["kind"]}:
            wrong.append(f"{number} is part of another kind")
        line, above = {number}, item.get("parent_id")
        while above in items:
            if above in line:
                wrong.append(f"{number} is its own ancestor")
                break
            line.add(above)
            above = items[above].get("parent_id")
    for noun in ("review", "note", "evidence_item"):
        wrong += [
            f"{noun} {n} hangs on nothing"
            for (name, n), row in rows.items()
            if name == noun and row["item_id"] not in items
        ]
    return wrong + _held_twice(live)


def _held_twice(live: dict[int, dict[str, object]]) -> list[str]:
    places: dict[object, int] = {}
    wrong = []
    for number, item in live.items():
        if "number" in item and "inspection_id" in item:
            place = (item["inspection_id"], item["number"], item["kind"], item.get("parent_id"))
            if places.setdefault(place, number) != number:
                wrong.append(f"{number} and {places[place]} are one place in one report")
    families: dict[object, set[object]] = {}
    for number, item in live.items():
        if "hmicfrs_ref" in item:
            families.setdefault(item["hmicfrs_ref"], set()).add(item.get("parent_id") or number)
    return wrong + [f"number {ref} is of two" for ref, owners in families.items() if len(owners) > 1]


def no_wrong_day(empty_register: Path, done: list[Deed]) -> None:
    """Whatever was done, each day of the history is a register that could have been."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_register, folder))
        officer = prepared(path)
        for deed in done:
            officer.does(*deed)
        with closing(sqlite3.connect(path)) as db:
            days = [TODAY - timedelta(days=back) for back in (0, 3, 5, 10, 20, 40, 60, 100)]
            assert {str(day): what_never_was(as_of(db, day)) for day in days} == {str(day): [] for day in days}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_no_past_day_shows_what_never_was(empty_register: Path, done: list[Deed]) -> None:
    no_wrong_day(empty_register, done)


@pytest.mark.soak
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(*[st.integers(0, 26), *[st.integers(0, 60)] * 2, st.sampled_from([0, 5, 20, 40])]),
        min_size=20,
        max_size=50,
    )
)
def test_no_past_day_shows_what_never_was_in_long_histories(empty_register: Path, done: list[Deed]) -> None:
    no_wrong_day(empty_register, done)


@pytest.mark.usefixtures("register")
def test_the_oracle_sees_an_orphan() -> None:
    """What cannot fail proves nothing."""
    rows: Rows = {("item", 2): {"kind": "recommendation", "parent_id": 1}, ("note", 1): {"item_id": 9}}
    assert what_never_was(rows) == ["2 hangs on nothing", "note 1 hangs on nothing"]


@pytest.mark.usefixtures("register")
def test_an_act_is_dated_back_where_nothing_stands_in_the_way(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "One", "--on", "2022-01-10")
    recreg("rag", "red", "R-0001", "--why", "late", "--on", "2022-08-01")
    assert recreg("rag", "amber", "R-0001", "--why", "better", "--on", "2022-07-31").code == 4
    assert recreg("rag", "amber", "R-0001", "--why", "better", "--on", "2022-08-01").code == 0
    assert recreg("assign", "R-0001", "--owner", "Head of PPU", "--on", "2022-02-01").code == 0
    assert recreg("note", "R-0001", "Begun", "--on", "2022-01-09").code == 4


@pytest.mark.usefixtures("register")
def test_a_number_is_taken_on_a_day_only_where_it_was_free(recreg: Typed) -> None:
    for title in ("One", "Two"):
        recreg("add", "--kind", "rec", "--title", title, "--on", "2022-01-10")
    recreg("edit", "R-0001", "--hmicfrs-ref", "10618", "--on", "2022-02-01")
    recreg("edit", "R-0001", "--hmicfrs-ref", "20000", "--on", "2022-06-01")
    said = recreg("edit", "R-0002", "--hmicfrs-ref", "10618", "--on", "2022-03-01")
    assert said.code == 4
    assert "The HMICFRS number 10618 was of R-0001 on some day from 1 March 2022 on." in said.err
    assert recreg("edit", "R-0002", "--hmicfrs-ref", "10618", "--on", "2022-06-01").code == 0


@pytest.mark.usefixtures("register")
def test_an_item_is_not_dated_back_under_a_parent_that_was_of_another_kind_then(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "Parent", "--on", "2022-01-01")
    recreg("edit", "R-0001", "--kind", "afi", "--on", "2022-06-01")
    said = recreg("add", "--kind", "afi", "--title", "Part", "--parent", "R-0001", "--on", "2022-05-31")
    assert said.code == 4
    assert "R-0001 had another place or kind until changeset 3 (edit), so R-0002 cannot take its place" in said.err
    assert recreg("add", "--kind", "afi", "--title", "Part", "--parent", "R-0001", "--on", "2022-06-01").code == 0


@pytest.mark.usefixtures("register")
def test_an_undo_that_cannot_be_says_what_to_undo_first(recreg: Typed) -> None:
    recreg(
        "inspection", "add", "A", "--title", "t", "--type", "peel", "--published", "2022-07-01", "--on", "2022-07-01"
    )
    recreg("inspection", "edit", "A", "--published", "2022-06-20", "--on", "2022-07-02")
    recreg(
        "add",
        "--kind",
        "rec",
        "--title",
        "x",
        "--inspection",
        "A",
        "--deadline",
        "within six months",
        "--on",
        "2022-08-01",
    )
    said = recreg("undo", 3)
    assert said.code == 4
    assert "changeset 4 (add)" in said.err
    assert "so this cannot take effect on the day of what it puts right, 2 July 2022." in said.err
    assert "Undo what is in the way first: recreg undo 4." in said.err
