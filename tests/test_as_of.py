"""`--as-of` and `--as-recorded`: every list and page of any day, and as it was known then."""

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import After, Typed
from recreg.domain.cells import ALWAYS_THERE
from recreg.domain.vocabulary import Clock, Question
from recreg.questions.ask import Asked, module_of
from recreg.questions.figures import figures
from recreg.questions.items import Chosen, items
from recreg.questions.overdue import overdue
from recreg.store.days import stands
from recreg.store.file import connect_for_reading
from recreg.store.log import head
from recreg.store.rewind import Moment, rewind
from recreg.store.triggers import logged_tables
from recreg.store.verify import Rows, stored
from test_undo import TODAY, Deed, deeds, prepared


def at(path: Path, moment: Moment) -> Rows:
    """Every row of the register as it stood."""
    with closing(connect_for_reading(path)) as db:
        rewind(db, moment)
        return stored(db)


def should_have_been(db: sqlite3.Connection, day: date) -> Rows:
    """The register of a day, played forward from nothing: every act that stands and took effect by then."""
    undone_by = dict(db.execute("SELECT undoes, number FROM changeset WHERE undoes IS NOT NULL ORDER BY number"))
    rows: Rows = {}
    for number, on, undoes, noun, row, before, after in db.execute(
        "SELECT s.number, s.effective_on, s.undoes, c.noun, c.row, c.before, c.after "
        "FROM change AS c JOIN changeset AS s ON s.number = c.changeset ORDER BY c.id"
    ):
        there = before is None and noun in ALWAYS_THERE
        if undoes is None and stands(number, undone_by) and (on <= day.isoformat() or there):
            assert after is not None or before is not None
            if after is None:
                del rows[noun, row]
            else:
                rows[noun, row] = rows.get((noun, row), {}) | json.loads(after)
    return {key: {name: value for name, value in row.items() if value is not None} for key, row in rows.items()}


DAYS_BACK = [0, 1, 3, 5, 6, 20, 39, 40, 41, 60, 270, 300]


def every_moment_is_right(empty_register: Path, done: list[Deed]) -> None:
    """Whatever was done, back-dated and undone: each day is as it should have been, each number as it was known."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_register, folder))
        officer = prepared(path)
        known: dict[int, Rows] = {}
        for deed in done:
            officer.does(*deed)
            with closing(sqlite3.connect(path)) as db:
                known[head(db)[0]] = stored(db)
        bytes_before = path.read_bytes()
        for number, rows in known.items():
            assert at(path, Moment(number=number)) == rows, f"as recorded {number}"
        with closing(sqlite3.connect(path)) as db:
            for day in (TODAY - timedelta(days=back) for back in DAYS_BACK):
                assert at(path, Moment(day=day)) == should_have_been(db, day), f"as of {day}"
        assert path.read_bytes() == bytes_before


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_every_day_is_as_it_should_have_been_and_every_number_as_it_was_known(
    empty_register: Path, done: list[Deed]
) -> None:
    every_moment_is_right(empty_register, done)


@pytest.mark.soak
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_every_day_of_many_long_histories_is_as_it_should_have_been(empty_register: Path, done: list[Deed]) -> None:
    every_moment_is_right(empty_register, done)


def told_on(db: sqlite3.Connection, day: date) -> dict[str, Any]:
    """What every list, question and figure says on a day."""
    since = day - timedelta(days=20)
    lists = {clock: overdue(db, today=day, clock=clock, ours=None) for clock in Clock if clock != Clock.PCC}
    asked = {question: module_of(question).rows(db, Asked(day, since if takes else None))
             for question in Question for takes in [getattr(module_of(question), "TAKES_SINCE", False)]}  # fmt: skip
    return {"items": items(db, Chosen()), "figures": figures(db)} | lists | asked


#: No undo, withdrawal or correction, which put past days right, too.
plain_deeds = st.lists(
    st.tuples(st.integers(0, 24).filter(lambda act: act not in {10, 11}), st.integers(0, 60), st.integers(0, 60),
              st.integers(0, 4)), max_size=25,
)  # fmt: skip


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(plain_deeds)
def test_every_list_of_a_past_day_is_the_record_kept_on_that_day(empty_register: Path, done: list[Deed]) -> None:
    the_record_kept(empty_register, done)


@pytest.mark.soak
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(plain_deeds)
def test_every_list_of_any_past_day_of_many_is_the_record_kept_on_it(empty_register: Path, done: list[Deed]) -> None:
    the_record_kept(empty_register, done)


def the_record_kept(empty_register: Path, done: list[Deed]) -> None:
    """Keep a record beside a register day by day, and compare each day of it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_register, folder))
        officer, day = prepared(path), date(2022, 1, 1)
        kept: dict[date, Any] = {}
        for act, a, b, days in [*done, (0, 0, 0, 12)]:
            for _ in range(days):
                with closing(connect_for_reading(path)) as db:
                    kept[day] = told_on(db, day)
                day += timedelta(days=1)
            officer.does_on(day, act, a, b)
        for each, told in kept.items():
            with closing(connect_for_reading(path)) as db:
                rewind(db, Moment(day=each))
                assert told_on(db, each) == told, each


def test_a_table_in_front_has_every_column_of_the_real_one(register: Path, recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "One", "--owner", "Head of PPU", "--on", "2022-01-01")
    recreg("person", "rename", "Head of PPU", "Head of Protection")
    with closing(connect_for_reading(register)) as db:
        rewind(db, Moment(number=1))
        fronted = {name for (name,) in db.execute("SELECT name FROM temp.sqlite_master WHERE type = 'table'")}
        assert {"item", "person"} <= fronted
        for table in fronted - {"sqlite_sequence"}:
            real, front = (
                [row[1:5] + row[6:] for row in db.execute(f"PRAGMA {schema}.table_xinfo({table})")]
                for schema in ("main", "temp")
            )
            assert real == front
        assert set(logged_tables(db)) >= fronted


def test_a_name_given_on_is_on_a_day_before_the_name_of_both(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "One", "--owner", "Head of PPU", "--on", "2022-01-01")
    recreg("person", "rename", "Head of PPU", "Head of Protection", "--on", "2022-06-01")
    recreg("add", "--kind", "rec", "--title", "Two", "--owner", "Head of PPU", "--on", "2022-01-02")
    shown = recreg("list", "--as-of", "2022-05-31", "-f", "json").json
    assert [row["owner"] for row in shown] == ["Head of PPU", "Head of PPU"]
    assert [row["owner"] for row in recreg("list", "-f", "json").json] == ["Head of Protection", "Head of PPU"]


@pytest.fixture
def moved(register_after: After) -> Path:
    """An item that was rated, put right and closed on days of this year."""
    return register_after((
        ["add", "--kind", "rec", "--title", "One", "--hmicfrs-ref", "10618", "--owner", "Head of PPU",
         "--board", "Vulnerability Board", "--on", "2022-01-10"],
        ["rag", "red", "R-0001", "--why", "late", "--on", "2022-03-01"],
        ["review", "R-0001", "--outcome", "on-track", "--note", "held", "--on", "2022-05-01"],
        ["sign-off", "R-0001", "--letter", "HMI/1", "--direct", "--on", "2022-08-01"],
    ))  # fmt: skip


LOOKS_BACK = [
    ["list"], ["show", "10618"], ["history", "10618"], ["why", "10618"], ["overdue"], ["ask", "rag"], ["log"],
    ["agenda", "--until", "2022-12-31"], ["inspection", "list"], ["person", "list"], ["board", "list"],
    ["portfolio", "list"], ["evidence", "list"], ["key"],
]  # fmt: skip


@pytest.mark.parametrize("words", LOOKS_BACK, ids=" ".join)
def test_every_list_and_page_looks_back(words: list[str], recreg: Typed, moved: Path) -> None:
    for back in (["--as-of", "2022-04-01"], ["--as-recorded", "4"], ["--as-of", "1 April 2022", "--as-recorded", "4"]):
        said = recreg(*words, *back, "-f", "json")
        assert said.code in {0, 6}, said.err
        assert said.json is not None


def test_a_day_is_today_for_every_clock(recreg: Typed, moved: Path) -> None:
    assert recreg("overdue", "--as-of", "2022-04-10").out == ""
    (row,) = recreg("overdue", "--as-of", "2022-04-11", "-f", "json").json
    assert (row["ref"], row["due_on"], row["days_overdue"]) == ("R-0001", "2022-04-10", 1)
    assert recreg("show", "10618", "--as-of", "2022-03-01", "-f", "json").json["rag"] == "red"
    assert recreg("show", "10618", "--as-of", "2022-02-28", "-f", "json").json["rag"] == "unrated"
    assert recreg("list", "--as-of", "2022-07-31", "-f", "ids").out == "R-0001\n"
    assert recreg("list", "--as-of", "2022-08-01", "-f", "ids").out == ""


def test_before_the_first_act_the_register_is_empty(recreg: Typed, moved: Path) -> None:
    assert recreg("list", "--as-of", "2018-01-01", "--all", "-f", "json").json == []
    said = recreg("show", "R-0001", "--as-of", "2022-01-09")
    assert said.code == 3
    assert "There is no item R-0001." in said.err


def test_what_was_put_right_is_right_on_its_day_and_as_it_was_known_by_its_number(recreg: Typed, moved: Path) -> None:
    recreg("undo")
    number = recreg("log", "-f", "json").json[-1]["changeset"]
    assert recreg("correct", "V-0001", "--on", "2022-04-20", "--why", "mistyped").code == 0
    assert recreg("show", "10618", "--as-of", "2022-06-01", "-f", "json").json["last_review_on"] == "2022-04-20"
    told = recreg("show", "10618", "--as-of", "2022-06-01", "--as-recorded", number, "-f", "json").json
    assert told["last_review_on"] == "2022-05-01"


def test_the_foot_of_a_table_says_which_register_it_is_of(recreg: Typed, moved: Path) -> None:
    said = recreg("list", "--as-of", "2022-04-01", "--as-recorded", "3", "-f", "table")
    assert "As at 1 April 2022, as recorded up to changeset 3." in said.err
    assert "1 recommendation" in said.err
    assert "(set by RECREG_TODAY)." in recreg("list", "-f", "table").err, "the next command is of today again"


def test_history_and_log_end_where_they_ended_then(recreg: Typed, moved: Path) -> None:
    assert recreg("history", "10618", "--as-of", "2022-03-01", "-f", "json").json[-1]["field"] == "rag_why"
    assert recreg("log", "--as-recorded", "3", "-f", "json").json[-1]["changeset"] == 3


@pytest.mark.parametrize(
    ("words", "code", "sentence", "hint"),
    [
        (["list", "--as-of", "2022-09-30"], 2, "“2022-09-30” is in the future.", "recreg agenda --until DAY"),
        (["list", "--as-of", "soon"], 2, "“soon” is not a day", "2022-09-29"),
        (["list", "--as-recorded", "99"], 3, "There is no changeset 99; the newest is 5.", "recreg log"),
        (["list", "--as-recorded", "0"], 3, "There is no changeset 0; the newest is 5.", "recreg log"),
        (["agenda", "--until", "2022-12-31", "--sheet", "b.xlsx", "--as-of", "2022-04-01"], 2,
         "A board's sheet is of the register as it stands now.", "Leave --as-of and --as-recorded out."),
        (["key", "red", "bad", "--as-recorded", "2"], 2,
         "What a colour means from now on is of the register as it stands now.", "Leave --as-of"),
    ],
)  # fmt: skip
def test_a_moment_that_cannot_be_looked_back_to_is_refused(
    words: list[str], code: int, sentence: str, hint: str, recreg: Typed, moved: Path
) -> None:
    before = moved.read_bytes()
    said = recreg(*words)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert hint in said.err
    assert moved.read_bytes() == before
