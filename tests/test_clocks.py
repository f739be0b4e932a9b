"""The clocks, as the commands show them."""

from collections.abc import Callable
from typing import TypeAlias

import pytest

from conftest import After, Typed, run

Overdue: TypeAlias = Callable[..., list[tuple[str, str, int]]]


@pytest.fixture
def overdue(recreg: Typed, monkeypatch: pytest.MonkeyPatch) -> Overdue:
    """What is overdue on a day: its reference, its day and for how many days."""

    def on(*words: str, today: str) -> list[tuple[str, str, int]]:
        with monkeypatch.context() as surroundings:
            surroundings.setenv("RECREG_TODAY", today)
            rows = recreg("overdue", *words, "-f", "json").json
        return [(row["ref"], row["due_on"], row["days_overdue"]) for row in rows]

    return on


@pytest.fixture
def item(register_after: After) -> None:
    """One recommendation, added on 31 May 2022."""
    register_after((
        ["inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic", "--published", "17/07/2019"],
        ["add", "--kind", "rec", "--title", "Needs", "--inspection", "CAOP", "--deadline", "Within six months",
         "--on", "2022-05-31"],
    ))  # fmt: skip


@pytest.mark.usefixtures("item")
@pytest.mark.parametrize(("held", "due"), [("2022-08-31", "2022-11-30"), ("2022-11-30", "2023-02-28")])
def test_a_review_falls_due_three_calendar_months_after_the_one_held(
    held: str, due: str, monkeypatch: pytest.MonkeyPatch, recreg: Typed
) -> None:
    monkeypatch.setenv("RECREG_TODAY", held)
    said = recreg("review", "R-0001", "--outcome", "on-track", "--note", "fine")
    assert said.code == 0
    assert recreg("show", "R-0001", "-f", "json").json["next_review_on"] == due


@pytest.mark.usefixtures("item")
def test_due_today_is_due_today_and_overdue_by_a_day_tomorrow(recreg: Typed, overdue: Overdue) -> None:
    assert recreg("review", "R-0001", "--outcome", "on-track", "--note", "fine", "--on", "2022-08-31").code == 0
    assert overdue(today="2022-11-30") == []
    assert overdue("--within", "0d", today="2022-11-30") == [("R-0001", "2022-11-30", 0)]
    assert overdue(today="2022-12-01") == [("R-0001", "2022-11-30", 1)]


@pytest.mark.usefixtures("item")
def test_the_first_review_counts_from_the_day_of_adding_and_says_none_was_held(recreg: Typed) -> None:
    (row,) = recreg("overdue", "-f", "json").json
    assert (row["due_on"], row["days_overdue"], row["position"]) == ("2022-08-31", 29, "overdue, never held")


@pytest.mark.usefixtures("register")
def test_the_first_review_counts_from_a_last_one_that_was_given(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--last-review", "2022-06-30", "--review-every", "6")
    shown = recreg("show", "R-0001", "-f", "json").json
    assert (shown["last_review_on"], shown["next_review_on"]) == ("2022-06-30", "2022-12-30")


@pytest.mark.usefixtures("item")
def test_a_kept_schedule_counts_from_its_anchor(recreg: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    days = []
    for held in ("2022-08-29", "2022-12-05", "2023-02-20"):
        monkeypatch.setenv("RECREG_TODAY", held)
        recreg("review", "R-0001", "--outcome", "on-track", "--note", "n", "--keep-schedule")
        days.append(recreg("show", "R-0001", "-f", "json").json["next_review_on"])
    assert days == ["2022-11-30", "2023-02-28", "2023-05-31"]


@pytest.mark.usefixtures("item")
def test_overdue_is_the_review_unless_another_clock_is_asked_for(overdue: Overdue) -> None:
    assert overdue(today="2022-09-29") == [("R-0001", "2022-08-31", 29)]
    assert overdue("--clock", "deadline", today="2022-09-29") == [("R-0001", "2020-01-17", 986)]
    assert overdue("--clock", "target", today="2022-09-29") == []
    assert overdue("--clock", "all", today="2022-09-29") == [
        ("R-0001", "2020-01-17", 986),
        ("R-0001", "2022-08-31", 29),
    ]


@pytest.mark.usefixtures("item")
def test_a_corrected_publication_day_moves_the_deadlines_and_says_so(recreg: Typed) -> None:
    said = recreg("inspection", "edit", "CAOP", "--published", "2023-03-15", "-n")
    assert said.code == 2, "a publication day in the future is none"
    said = recreg("inspection", "edit", "CAOP", "--published", "2019-08-31")
    assert "R-0001: its deadline follows, 17 January 2020 → 29 February 2020." in said.err
    assert recreg("show", "R-0001", "-f", "json").json["deadline_on"] == "2020-02-29"


@pytest.mark.usefixtures("register")
def test_an_immediate_deadline_is_never_days_late(recreg: Typed) -> None:
    recreg("inspection", "add", "I", "--title", "t", "--type", "peel", "--published", "2019-07-17")
    recreg("add", "--kind", "rec", "--title", "x", "--inspection", "I", "--deadline", "With immediate effect")
    (row,) = recreg("overdue", "--clock", "deadline", "-f", "json").json
    assert (row["due_on"], row["days_overdue"], row["position"]) == ("2019-07-17", None, "immediate")
    said = recreg("overdue", "--clock", "deadline", "-f", "table").err
    assert said.startswith("1 listed, of which 1 immediate is not counted as overdue. Open and ours: 1 recommendation,")
    assert "immediate" in recreg("list", "-f", "table").out


@pytest.mark.usefixtures("register")
def test_the_56_days_begin_with_publication_and_end_with_the_comments(recreg: Typed, overdue: Overdue) -> None:
    recreg("inspection", "add", "SAC", "--title", "t", "--type", "spotlight", "--published", "2022-08-11")
    recreg("inspection", "add", "SC", "--title", "t", "--type", "super-complaint", "--published", "2022-06-30")
    assert overdue("--clock", "pcc", today="2022-10-05") == []
    assert overdue("--clock", "pcc", today="2022-10-06") == [("SAC", "2022-10-05", 1)]
    said = recreg("inspection", "edit", "SAC", "--pcc-comments-on", "2022-09-20")
    assert "comments were due by 5 October 2022 (56 days beginning with publication), and were published on" in said.err
    assert (
        "Lists of days before 29 September 2022 do not know of it. recreg undo takes it back; typed again with --on 2022-09-20"
        in said.err
    )
    assert overdue("--clock", "pcc", today="2022-10-06") == []
    recreg(
        "inspection",
        "add",
        "LAST",
        "--title",
        "t",
        "--type",
        "spotlight",
        "--published",
        "2022-08-01",
        "--on",
        "2022-08-01",
    )
    said = recreg("inspection", "edit", "LAST", "--pcc-comments-on", "20/09/2022", "--on", "2022-09-20")
    assert "and were published on 20 September 2022." in said.err
    assert "do not know" not in said.err


@pytest.mark.usefixtures("item")
def test_a_review_of_a_cause_takes_its_open_children_along(recreg: Typed) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause")
    recreg("add", "--kind", "rec", "--title", "Child", "--parent", "R-0002")
    recreg("review", "R-0002", "--outcome", "support-needed", "--note", "n", "--met", "Head of PPU")
    (review,) = recreg("show", "R-0003", "-f", "json").json["reviews"]
    assert (review["outcome"], review["met_with"], review["met_on"]) == ("support_needed", "Head of PPU", "2022-09-29")
    recreg("review", "R-0002", "--outcome", "on-track", "--note", "n", "--alone")
    assert len(recreg("show", "R-0003", "-f", "json").json["reviews"]) == 1


@pytest.mark.usefixtures("item")
def test_a_corrected_last_review_moves_the_next_one(recreg: Typed) -> None:
    recreg("review", "R-0001", "--outcome", "on-track", "--note", "fine", "--on", "2022-09-13")
    said = recreg("correct", "V-0001", "--on", "2022-08-31", "--note", "fine, really", "--why", "typed the wrong day")
    assert "next review 30 November 2022" in said.err
    (review,) = recreg("show", "R-0001", "-f", "json").json["reviews"]
    assert (review["held_on"], review["note"], review["corrected_why"]) == (
        "2022-08-31", "fine, really", "typed the wrong day",
    )  # fmt: skip


@pytest.mark.usefixtures("item")
def test_overdue_with_exit_code_is_10_when_something_is_and_0_when_nothing_is() -> None:
    assert run("overdue", "--exit-code", RECREG_TODAY="2022-08-31").code == 0
    assert run("overdue", "--exit-code", RECREG_TODAY="2022-09-01").code == 10
    assert run("overdue", RECREG_TODAY="2022-09-01").code == 0


@pytest.mark.usefixtures("item")
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "America/New_York"])
def test_what_is_overdue_is_the_same_in_every_zone(zone: str) -> None:
    assert run("overdue", TZ=zone).out == run("overdue", TZ="Europe/London").out


@pytest.mark.usefixtures("register")
def test_act_of_yesterday_is_dated_by_on_and_recorded_now(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "x", "--on", "28 September 2022")
    newest = recreg("log", "-f", "json").json[-1]
    assert newest["on"] == "2022-09-28"
    assert newest["at"].endswith("Z")
    assert recreg("show", "R-0001", "-f", "json").json["added_on"] == "2022-09-28"


@pytest.mark.usefixtures("item")
def test_what_is_overdue_is_summed_by_whose_it_is(recreg: Typed) -> None:
    recreg("assign", "R-0001", "--owner", "Head of PPU", "--board", "Vulnerability Board")
    recreg("add", "--kind", "rec", "--title", "Nobody's", "--last-review", "2022-01-31")
    recreg("add", "--kind", "rec", "--title", "A part", "--parent", "R-0001", "--last-review", "2022-01-31")
    assert recreg("overdue", "--group", "owner", "-f", "json").json == [
        {"owner": "Head of PPU", "items": 1, "longest_days": 29, "refs": "R-0001"},
        {"owner": None, "items": 1, "longest_days": 152, "refs": "R-0002, R-0003"},
    ]
    (first, _) = recreg("overdue", "--clock", "all", "--group", "board", "-f", "json").json
    assert {key: first[key] for key in ("review", "target", "deadline")} == {"review": 1, "target": 0, "deadline": 1}
    assert recreg("overdue", "--board", "vulnerability board", "-f", "ids").out == "R-0001\n"
    assert recreg("overdue", "--portfolio", "Crime").code == 3
    assert "no owner" in recreg("overdue", "--group", "owner", "-f", "table").out


@pytest.mark.usefixtures("register")
def test_a_deadline_of_a_month_is_shown_as_its_month_and_told_to_scripts_as_its_day(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "By a month", "--deadline", "By March 2022")
    recreg("add", "--kind", "rec", "--title", "At once", "--deadline", "by 4 April 2022")
    assert "March 2022" in recreg("overdue", "--clock", "deadline", "-f", "table").out
    assert [row["due_on"] for row in recreg("overdue", "--clock", "deadline", "-f", "json").json] == [
        "2022-03-31",
        "2022-04-04",
    ]


@pytest.mark.usefixtures("item")
def test_the_dashboard_says_how_long_the_longest_has_been_with_hmicfrs(recreg: Typed) -> None:
    recreg("assign", "R-0001", "--owner", "Head of PPU", "--board", "Vulnerability Board", "--on", "2022-06-01")
    recreg("evidence", "add", "--link", "https://force.example/a", "--for", "R-0001", "--on", "2022-06-02")
    recreg("complete", "R-0001", "--on", "2022-07-13")
    recreg("submit", "R-0001", "--on", "2022-07-14")
    recreg("add", "--kind", "rec", "--title", "x", "--inspection", "CAOP", "--deadline", "Immediately")
    for words in ((), ("--group", "owner")):
        said = recreg("overdue", "--clock", "deadline", *words, "-f", "table").err
        assert said.startswith("2 listed, of which 1 immediate and 1 with HMICFRS are not counted as overdue. Open")
    assert "past_deadline\t0" in recreg().out or "deadline" in recreg().out
    with_hmicfrs = [line for line in recreg().out.splitlines() if line.startswith("with_hmicfrs")]
    assert with_hmicfrs == ["with_hmicfrs\t1", "with_hmicfrs_longest_days\t77"]
