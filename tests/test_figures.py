"""One truth: how many items are open, by kind, is the same wherever it is told, and it adds up."""

import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Typed
from recreg.domain.movements import Items, Step, counted_as, movements, rewound, statements
from recreg.domain.vocabulary import Kind
from recreg.questions.ask.changed import movements_statement
from recreg.questions.figures import counted, figures
from test_back_dating import as_of
from test_undo import TODAY, Deed, deeds, prepared


def kinds(rows: list[dict[str, Any]]) -> dict[str, int]:
    found = Counter(row["kind"] for row in rows)
    return {str(kind): found[kind] for kind in Kind}


def without_parts(listed: list[dict[str, Any]], everything: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The items of a list that are no parts, found as a script would find them."""
    causes = {row["ref"] for row in everything if row["kind"] == Kind.CAUSE_OF_CONCERN}
    return [row for row in listed if row["parent"] is None or row["parent"] in causes]


def told_everywhere(recreg: Typed) -> dict[str, dict[str, int]]:
    """The open items that are ours, by kind, as each of the ways to ask tells it."""
    everything = recreg("list", "--all", "-f", "json").json
    told = {"list": kinds(without_parts(recreg("list", "-f", "json").json, everything))}
    lines = dict(line.split("\t") for line in recreg().out.splitlines())
    told["dashboard"] = {str(kind): int(lines[f"open_{kind}"]) for kind in Kind}
    for question in ("age", "rag"):
        told[f"ask {question}"] = kinds([r for r in recreg("ask", question, "-f", "json").json if r["counts"]])
    sums = recreg("ask", "age", "--group", "owner", "-f", "json").json
    told["ask, by owner"] = told["list"] if sum(r["items"] for r in sums) == sum(told["list"].values()) else {}
    return told


def under_causes(recreg: Typed) -> int:
    """How many open items of ours the causes of concern contain that are listed as open, or else are closed."""
    listed = recreg("ask", "causes", "-f", "json").json
    closed = {row["ref"] for row in recreg("list", "--kind", "coc", "--closed", "--all", "-f", "json").json}
    contained = {row["ref"] for row in listed if row["counts"] and row["ref"] != row["cause"]}
    return len(contained | {row["ref"] for row in recreg("list", "-f", "json").json if row["parent"] in closed})


def footers(recreg: Typed) -> dict[str, str]:
    """What is told below the tables."""
    tables = ("list", "overdue", "check", "ask age", "ask changed", "ask causes", "agenda --until today")
    return {words: " ".join(recreg(*words.split(), "-f", "table").err.split()) for words in tables}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_the_count_of_open_items_is_the_same_wherever_it_is_told(
    empty_register: Path, recreg: Typed, done: list[Deed]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_register, folder))
        officer = prepared(path)
        for deed in done:
            officer.does(*deed)
        with pytest.MonkeyPatch.context() as here:
            here.setitem(os.environ, "RECREG_REGISTER", str(path))
            told = told_everywhere(recreg)
            assert len({tuple(each.items()) for each in told.values()}) == 1, told
            with closing(sqlite3.connect(path)) as db:
                known = figures(db)
            assert {str(kind): count for kind, count in known.by_kind.items()} == told["list"]
            assert under_causes(recreg) == known.under_causes
            sentence = f"Open and ours: {counted(known.by_kind, known.under_causes)}."
            assert [words for words, said in footers(recreg).items() if sentence not in said] == []


def add_up(empty_register: Path, done: list[Deed]) -> None:
    """From any day to today: what was open, as another reckoning has it, and what moved, give what is open."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_register, folder))
        officer = prepared(path)
        for deed in done:
            officer.does(*deed)
        with closing(sqlite3.connect(path)) as db:
            for back in (0, 4, 5, 6, 39, 40, 41, 400):
                since = TODAY - timedelta(days=back)
                told = movements_statement(db, since)
                assert all(each.adds_up for each in told), (since, told)
                assert {each.kind: each.before for each in told} == open_on(db, since - timedelta(days=1)), since
                assert {each.kind: each.now for each in told} == figures(db).by_kind


def open_on(db: sqlite3.Connection, day: date) -> dict[Kind, int]:
    """How many were open and ours at the end of a day, from the rows as they stood."""
    items = {number: row for (noun, number), row in as_of(db, day).items() if noun == "item"}
    causes = {number for number, row in items.items() if row["kind"] == Kind.CAUSE_OF_CONCERN}
    counting = [
        row["kind"]
        for row in items.values()
        if row["ours"]
        and not {"closed_on", "withdrawn_on"} & set(row)
        and row.get("parent_id", None) in {None, *causes}
    ]
    return {kind: counting.count(kind) for kind in Kind}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_the_movements_of_any_period_add_up_to_what_is_open(empty_register: Path, done: list[Deed]) -> None:
    add_up(empty_register, done)


@pytest.mark.soak
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_the_movements_of_any_period_add_up_at_length(empty_register: Path, done: list[Deed]) -> None:
    add_up(empty_register, done)


states = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([str(kind) for kind in Kind]),
        "ours": st.sampled_from([0, 1]),
        "parent_id": st.sampled_from([None, 1, 2]),
        "closed_on": st.sampled_from([None, "2022-01-01"]),
        "closed_as": st.sampled_from(["signed_off", "no_further_action"]),
        "decided_by": st.sampled_from(["hmicfrs", "force", None]),
    }
)


@given(st.dictionaries(st.integers(1, 5), states), st.lists(st.tuples(st.integers(1, 5), states), max_size=12))
def test_movements_add_up_whatever_becomes_of_whatever_items(now: Items, taken: list[tuple[int, Any]]) -> None:
    before, steps, items = dict(now), [], {number: dict(state) for number, state in now.items()}
    for turn, (number, state) in enumerate(taken):
        steps.append(Step(turn, "2022-01-01", number, items.get(number), state))
        items[number] = dict(state)
    assert rewound(items, steps) == before
    for each in statements(before, movements(before, steps), items):
        assert each.adds_up
        assert each.now == sum(counted_as(number, items) == each.kind for number in items)
