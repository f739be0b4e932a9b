"""What the officer asks of the whole register."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from conftest import After, Said, Typed
from recreg.domain.vocabulary import Bearer, Change, Question, Travel
from recreg.questions.ask import columns_of, module_of, sorting_of
from recreg.questions.ask.age import age_of
from recreg.questions.ask.rag import travel

QUESTIONS = [question.replace("_", "-") for question in Question]


#: A year of a register: acts on their days.
YEAR = [
    line.split("|")
    for line in (
        "2021-09-01|inspection|add|OLD-1|--title|Old|--type|thematic|--published|2019-07-17",
        "2021-09-01|add|--kind|coc|--title|Cause|--inspection|OLD-1",
        ("2021-09-01|add|--kind|rec|--title|Needs|--hmicfrs-ref|10618|--parent|R-0001|--inspection|OLD-1"
         "|--target|2022-03-31"),
        ("2021-09-01|add|--kind|rec|--title|Referrals|--hmicfrs-ref|9962|--parent|R-0001|--inspection|OLD-1"
         "|--target|2022-03-31"),
        ("2021-10-01|assign|R-0001|10618|9962|--owner|Head of PPU|--board|Vulnerability Board"
         "|--portfolio|Vulnerability"),
        "2022-05-01|rag|amber|10618|--why|at risk",
        "2022-05-02|defer|9962|--to|2022-10-31|--why|system late",
        "2022-06-01|evidence|add|--link|https://force.example/a|--for|9962",
        "2022-06-02|complete|9962",
        "2022-06-03|submit|9962|--agreed-by|Vulnerability Board|--level|2",
        "2022-07-05|add|--kind|afi|--title|Recording|--owner|Head of Crime",
        ("2022-07-06|add|--kind|rec|--title|For the commissioner|--not-ours|--why|local"
         "|--addressee|Police and Crime Commissioners"),
        "2022-08-01|rag|red|10618|--why|audit failed",
        "2022-08-02|return|9962|--why|cases of this quarter wanted",
        "2022-09-01|sign-off|9962|--letter|HMI/22/1|--direct",
    )
]  # fmt: skip


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, recreg: Typed, register_after: After) -> Any:
    """The year was typed; more acts on their days, each of which must be taken."""
    register_after(YEAR)

    def typed(day: str, *words: str) -> Said:
        monkeypatch.setenv("RECREG_TODAY", day)
        said = recreg(*words)
        assert said.code == 0, (words, said.err)
        return said

    return typed


def rows(said: Said) -> list[dict[str, Any]]:
    assert said.code == 0, said.err
    return list(said.json)


def test_what_changed_since_a_day_each_thing_with_its_day_and_its_reason(told: Any, recreg: Typed) -> None:
    found = [
        (row["change"], row["ref"], row["on"], row["count"], row["detail"])
        for row in rows(recreg("ask", "changed", "--since", "2022-07-01", "-f", "json"))
    ]
    assert found == [
        ("new", "R-0004", "2022-07-05", 1, None),
        ("rated", "R-0002", "2022-08-01", 0, "amber → red: audit failed"),
        ("returned", "R-0003", "2022-08-02", 0, "by HMICFRS: cases of this quarter wanted"),
        ("signed_off", "R-0003", "2022-09-01", -1, "signed off: HMI/22/1"),
    ]


def test_the_movements_add_up_by_kind(told: Any, recreg: Typed) -> None:
    said = recreg("ask", "changed", "--since", "2022-07-01", "-f", "table").err
    assert "Open and ours on 30 June 2022, what moved since, and open now:" in said
    assert "recommendations: 2 - 1 signed off = 1" in said
    assert "areas for improvement: 0 + 1 new = 1" in said
    assert "causes of concern: 1 = 1" in said


def test_an_act_and_its_undo_in_one_period_count_as_neither(told: Any, recreg: Typed) -> None:
    before = recreg("ask", "changed", "--since", "2022-07-01", "-f", "json").out
    recreg("reopen", "R-0003", "--why", "by mistake")
    assert recreg("ask", "changed", "--since", "2022-07-01", "-f", "json").out != before
    recreg("undo")
    assert recreg("ask", "changed", "--since", "2022-07-01", "-f", "json").out == before


def test_each_sort_of_closing_and_every_correction_is_counted_apart(told: Any, recreg: Typed) -> None:
    for words in (
        ("add", "--kind", "rec", "--title", "A"),
        ("add", "--kind", "rec", "--title", "B"),
        ("add", "--kind", "rec", "--title", "C"),
        ("close", "R-0006", "--as", "not-applicable", "--why", "x", "--decided-by", "force", "--approved-by", "DCC"),
        ("close", "R-0007", "--as", "no-further-action", "--why", "x", "--decided-by", "hmicfrs", "--letter", "H/2"),
        ("edit", "R-0008", "--kind", "afi"),
        ("edit", "R-0008", "--not-ours", "--why", "theirs"),
        ("reopen", "R-0003", "--why", "undone"),
    ):
        assert recreg(*words).code == 0, words
    found = rows(recreg("ask", "changed", "--since", "today", "-f", "json"))
    assert [(row["change"], row["kind"], row["count"]) for row in found if row["count"]] == [
        *[("new", "recommendation", 1)] * 3,
        ("closed_by_force", "recommendation", -1),
        ("otherwise_closed", "recommendation", -1),
        ("corrected", "recommendation", -1),
        ("corrected", "area_for_improvement", 1),
        ("corrected", "area_for_improvement", -1),
        ("reopened", "recommendation", 1),
    ]
    assert [row["detail"] for row in found if row["change"] == "corrected"] == [
        "recommendation → area for improvement", "recommendation → area for improvement", "not ours: theirs",
    ]  # fmt: skip


def test_a_reason_given_twice_in_the_same_words_is_told_twice(told: Any, recreg: Typed) -> None:
    told("2022-09-02", "rag", "amber", "R-0004", "--why", "awaiting guidance")
    told("2022-09-03", "rag", "red", "R-0004", "--why", "awaiting guidance")
    (last, *_) = reversed(rows(recreg("ask", "changed", "--since", "2022-09-02", "-f", "json")))
    assert last["detail"] == "amber → red: awaiting guidance"


def test_a_spreadsheet_can_add_up_what_moved(told: Any, recreg: Typed) -> None:
    lines = csv.DictReader(io.StringIO(recreg("ask", "changed", "--since", "2022-07-01", "-f", "csv").out))
    assert sum(int(line["count"]) for line in lines) == 0


def test_an_item_withdrawn_was_never_there(told: Any, recreg: Typed) -> None:
    recreg("withdraw", "R-0004", "--why", "typed twice")
    found = rows(recreg("ask", "changed", "--since", "2022-07-01", "-f", "json"))
    assert "R-0004" not in [row["ref"] for row in found]


def test_who_is_silent_and_for_how_long_what_is_with_hmicfrs_left_out(told: Any, recreg: Typed) -> None:
    found = rows(recreg("ask", "silent", "-f", "json"))
    assert [(row["ref"], row["last_update_on"], row["days_silent"]) for row in found] == [
        ("R-0001", None, 393),
        ("R-0002", None, 393),
    ]
    recreg("note", "R-0002", "Under way")
    assert [row["ref"] for row in rows(recreg("ask", "silent", "-f", "json"))] == ["R-0001"]
    assert recreg("ask", "silent", "--since", "2021-09-01", "-f", "ids").out == ""


def test_what_is_with_hmicfrs_for_how_long_and_who_agreed(told: Any, recreg: Typed) -> None:
    assert rows(recreg("ask", "with-hmicfrs", "-f", "json")) == []
    told("2022-09-02", "reopen", "9962", "--why", "undone")
    told("2022-09-02", "complete", "9962")
    told("2022-09-03", "submit", "9962", "--agreed-by", "Vulnerability Board", "--level", "2")
    told("2022-11-19", "list")
    (row,) = rows(recreg("ask", "with-hmicfrs", "-f", "json"))
    keys = ("ref", "submitted_on", "days_with_hmicfrs", "agreed_by", "sign_off_level", "times_returned")
    assert [row[key] for key in keys] == ["R-0003", "2022-09-03", 77, "Vulnerability Board", "2", 1]
    assert "With HMICFRS, the longest for 77 days." in recreg("ask", "with-hmicfrs", "-f", "table").err
    assert "R-0003" not in recreg("overdue", "--clock", "all", "--within", "9m", "-f", "ids").out


def test_what_came_back_by_whom_and_why(told: Any, recreg: Typed) -> None:
    recreg("reopen", "9962", "--why", "undone")
    (row,) = rows(recreg("ask", "returned", "-f", "json"))
    assert [row[key] for key in ("returned_on", "returned_by", "returned_why", "times_returned", "times_sent_back")] == [
        "2022-08-02", "hmicfrs", "cases of this quarter wanted", 1, 0,
    ]  # fmt: skip
    assert recreg("ask", "returned", "--since", "2022-08-03", "-f", "ids").out == ""


def test_each_open_cause_with_where_what_it_contains_stands(told: Any, recreg: Typed) -> None:
    found = rows(recreg("ask", "causes", "-f", "json"))
    assert [(row["cause"], row["ref"], row["position"], row["counts"]) for row in found] == [
        ("R-0001", "R-0001", "1 of 2 recommendations open", True),
        ("R-0001", "R-0002", "in progress", True),
        ("R-0001", "R-0003", "signed off 1 September 2022", False),
    ]
    recreg("sign-off", "10618", "--letter", "HMI/22/2", "--direct")
    said = recreg("ask", "causes", "-f", "table")
    assert "all 2 recommendations closed" in said.out
    assert "R-0001: all it contains is closed; it stays open until HMICFRS signs it off." in said.err


def test_a_cause_that_is_not_ours_is_among_them_while_it_contains_what_is(told: Any, recreg: Typed) -> None:
    recreg("edit", "R-0001", "--not-ours", "--why", "the commissioner's")
    said = recreg("ask", "causes", "-f", "table")
    assert "1 recommendation (1 under causes), 1 area for improvement and 0 causes of concern" in said.err
    found = rows(recreg("ask", "causes", "-f", "json"))
    assert [(row["ref"], row["position"], row["counts"]) for row in found] == [
        ("R-0001", "1 of 2 recommendations open, not ours", False),
        ("R-0002", "in progress", True),
        ("R-0003", "signed off 1 September 2022", False),
    ]
    out = recreg("paper", "--to", "today").out
    assert "No cause of concern is open." in out
    assert "1 of 2 recommendations open, not ours" in out
    assert "under causes of concern that are closed" not in out
    recreg("sign-off", "10618", "--letter", "HMI/22/2", "--direct")
    assert rows(recreg("ask", "causes", "-f", "json")) == []


def test_what_is_open_under_a_closed_cause_is_told_beside_the_causes(told: Any, recreg: Typed) -> None:
    recreg("sign-off", "R-0001", "--letter", "HMI/22/2", "--direct", "--leaving-children-open", "--why", "one left")
    said = recreg("ask", "causes", "-f", "table").err
    assert "Still open under causes of concern that are closed: R-0002." in said
    assert "under causes" in said


def test_since_a_meeting_that_there_is_not_names_the_nearest_one(told: Any, recreg: Typed) -> None:
    hint = "recreg meeting list shows those there are.\nA day is written 2022-09-29"
    for meetings in ((), ("JAC January 2022",)):
        for name in meetings:
            recreg("meeting", "add", name, "2022-01-20")
            hint = 'Nearest: "JAC January 2022".'
        for words in (("ask", "changed"), ("paper",)):
            said = recreg(*words, "--since", "JAC Januar", *(("--to", "today") if words == ("paper",) else ()))
            assert (said.code, said.out) == (3, "")
            assert said.err.startswith("“JAC Januar” is neither a day nor a meeting.\n")
            assert hint in said.err
            assert "A day is written 2022-09-29" in said.err


def test_what_slipped_how_far_how_often_why_and_who_approved(told: Any, recreg: Typed) -> None:
    recreg("defer", "10618", "--to", "2022-06-30", "--why", "once")
    recreg("defer", "10618", "--to", "2022-12-31", "--why", "staff left", "--approved-by", "DCC")
    (row,) = rows(recreg("ask", "slipped", "-f", "json"))
    keys = ("original_target_on", "target_on", "days_slipped", "times_deferred", "deferred_why", "deferred_approved_by")
    assert [row[key] for key in keys] == ["2022-03-31", "2022-12-31", 275, 2, "staff left", "DCC"]
    assert row["is_past"] is True, "a move takes nothing off the list of what is past its original target"
    assert recreg("overdue", "--clock", "target", "-f", "ids").out == "R-0002\n"
    recreg("evidence", "add", "--link", "https://force.example/b", "--for", "10618")
    recreg("complete", "10618")
    recreg("submit", "10618")
    (row,) = rows(recreg("ask", "slipped", "-f", "json"))
    assert (row["is_past"], recreg("overdue", "--clock", "target", "-f", "ids").out) == (False, "")


def test_where_evidence_is_missing_unverified_insufficient_changed_or_old(
    told: Any, recreg: Typed, tmp_path: Path
) -> None:
    file = tmp_path / "audit.txt"
    file.write_text("an audit")
    recreg("evidence", "add", file, "--for", "R-0002", "--received", "2021-01-31")
    recreg("evidence", "judge", "E-0002", "insufficient", "--why", "two districts of five")
    for kept in (tmp_path / "register.db.evidence").iterdir():
        kept.chmod(0o600)
        kept.write_text("tampered")
    found = rows(recreg("ask", "evidence", "-f", "json"))
    assert [(row["ref"], row["fault"], row["evidence"]) for row in found] == [
        ("R-0001", "missing", None),
        ("R-0002", "insufficient", "E-0002"),
        ("R-0002", "changed", "E-0002"),
        ("R-0002", "old", None),
        ("R-0004", "missing", None),
    ]


def test_ratings_with_their_reasons_and_the_way_they_went(told: Any, recreg: Typed) -> None:
    (red, *others) = rows(recreg("ask", "rag", "--since", "2022-07-01", "-f", "json"))
    assert [red[key] for key in ("ref", "rag", "rag_before", "travel", "rag_why")] == [
        "R-0002", "red", "amber", "worsened", "audit failed",
    ]  # fmt: skip
    assert [(row["ref"], row["rag_before"], row["travel"]) for row in others] == [
        ("R-0001", "unrated", "unchanged"),
        ("R-0004", None, "new"),
    ]
    said = recreg("ask", "rag", "--since", "2022-07-01", "-f", "table").err
    assert "1 red, 0 amber, 0 green, 2 unrated." in said
    assert "Since 1 July 2022: 0 improved, 1 worsened, 1 unchanged, 0 changed, 1 new." in said


def test_a_green_rating_that_the_facts_gainsay_has_the_other_beside_it_with_the_rule(told: Any, recreg: Typed) -> None:
    def beside(ref: str) -> tuple[str | None, str | None]:
        (row,) = [row for row in rows(recreg("ask", "rag", "-f", "json")) if row["ref"] == ref]
        return row["suggested"], row["suggested_why"]

    recreg("rag", "green", "R-0002", "R-0004", "--why", "all well")
    assert beside("R-0002") == ("amber", "past its original target, 31 March 2022")
    assert beside("R-0004") == (None, None)
    recreg("review", "R-0004", "--outcome", "on-track", "--note", "fine")
    assert beside("R-0004") == ("amber", "no evidence since its last review, 29 September 2022")
    recreg("evidence", "add", "--link", "https://force.example/b", "--for", "R-0004")
    assert beside("R-0004") == (None, None)


@pytest.mark.parametrize(
    ("was", "now", "way"),
    [
        ("red", "amber", Travel.IMPROVED), ("amber", "red", Travel.WORSENED), ("red", "green", Travel.IMPROVED),
        ("green", "green", Travel.UNCHANGED), ("unrated", "green", Travel.CHANGED), ("blue", "red", Travel.CHANGED),
        (None, "red", Travel.NEW),
    ],
)  # fmt: skip
def test_a_rating_goes_one_way_or_the_other(was: str | None, now: str, way: Travel) -> None:
    assert travel(was, now) == way


def test_how_old_what_is_open_is_from_publication_where_that_is_known(told: Any, recreg: Typed) -> None:
    found = rows(recreg("ask", "age", "-f", "json"))
    assert [(row["ref"], row["open_since"], row["days_open"], row["age"]) for row in found] == [
        ("R-0001", "2019-07-17", 1170, "over_3_years"),
        ("R-0002", "2019-07-17", 1170, "over_3_years"),
        ("R-0004", "2022-07-05", 86, "under_6_months"),
    ]


@pytest.mark.parametrize(
    ("since", "today", "age"),
    [
        ("2022-03-30", "2022-09-29", "under_6_months"),
        ("2022-03-29", "2022-09-29", "6_to_12_months"),
        ("2021-08-31", "2022-02-28", "6_to_12_months"),
        ("2021-09-29", "2022-09-29", "1_to_2_years"),
        ("2020-09-29", "2022-09-29", "2_to_3_years"),
        ("2019-09-29", "2022-09-29", "over_3_years"),
    ],
)
def test_an_age_is_of_whole_calendar_months(since: str, today: str, age: str) -> None:
    from datetime import date

    assert age_of(date.fromisoformat(since), date.fromisoformat(today)) == age


def test_what_is_not_ours_is_listed_apart_with_the_reason_and_counts_in_nothing(told: Any, recreg: Typed) -> None:
    (row,) = rows(recreg("ask", "not-ours", "-f", "json"))
    assert [row[key] for key in ("ref", "addressees", "ours_why", "counts")] == [
        "R-0005", "Police and Crime Commissioners", "local", False,
    ]  # fmt: skip
    for question in set(QUESTIONS) - {"not-ours"}:
        assert "R-0005" not in recreg("ask", question, "-f", "ids").out, question


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers_in_every_format_and_by_whose_it_is(question: str, told: Any, recreg: Typed) -> None:
    keys = [column.key for column in columns_of(Question(question.replace("-", "_")))]
    for form in ("table", "plain", "json", "jsonl", "csv", "ids"):
        said = recreg("ask", question, "-f", form)
        assert said.code == 0
        assert bool(said.err) == (form == "table")
    assert recreg("ask", question, "-f", "csv").first == ",".join(keys)
    assert all(list(row) == keys for row in recreg("ask", question, "-f", "json").json)
    for by in ("owner", "board", "portfolio"):
        said = recreg("ask", question, "--group", by, "-f", "csv")
        assert said.first.split(",")[:2] == [by, "items"]
        assert said.err == ""


def test_sums_by_owner_name_each_item_and_nobodys_come_last(told: Any, recreg: Typed) -> None:
    assert rows(recreg("ask", "rag", "--group", "board", "-f", "json")) == [
        {"board": "Vulnerability Board", "items": 2, "red": 1, "amber": 0, "green": 0, "unrated": 1, "blue": 0,
         "white": 0, "refs": "R-0002, R-0001"},
        {"board": None, "items": 1, "red": 0, "amber": 0, "green": 0, "unrated": 1, "blue": 0, "white": 0,
         "refs": "R-0004"},
    ]  # fmt: skip
    assert "no board" in recreg("ask", "rag", "--group", "board", "-f", "table").out


@pytest.mark.parametrize(
    ("noun", "name", "refs"),
    [
        ("owner", "head of ppu", ["R-0002", "R-0001"]),
        ("board", "Vulnerability Board", ["R-0002", "R-0001"]),
        ("portfolio", "Vulnerability", ["R-0002", "R-0001"]),
        ("owner", "Head of Crime", ["R-0004"]),
    ],
)
def test_a_question_may_be_of_one_owners_items_or_a_boards(
    noun: str, name: str, refs: list[str], told: Any, recreg: Typed
) -> None:
    assert recreg("ask", "rag", f"--{noun}", name, "-f", "ids").out.split() == refs
    assert set(recreg("ask", "changed", "--since", "2021-09-01", f"--{noun}", name, "-f", "ids").out.split()) >= set(
        refs
    )


def test_a_part_is_listed_and_counts_in_no_sum(told: Any, recreg: Typed) -> None:
    recreg("add", "--kind", "afi", "--title", "First part", "--parent", "R-0004", "--owner", "Head of Crime")
    (row,) = [row for row in rows(recreg("ask", "age", "-f", "json")) if row["ref"] == "R-0006"]
    assert row["counts"] is False
    (sums,) = [
        row for row in rows(recreg("ask", "age", "--group", "owner", "-f", "json")) if row["owner"] == "Head of Crime"
    ]
    assert (sums["items"], sums["refs"]) == (1, "R-0004, R-0006")
    changed = rows(recreg("ask", "changed", "--since", "today", "-f", "json"))
    assert [row for row in changed if row["ref"] == "R-0006" and row["count"]] == []


def test_the_columns_of_every_question_are_its_own_and_those_all_begin_with() -> None:
    for question in Question:
        keys = [column.key for column in columns_of(question)]
        assert len(keys) == len(set(keys))
        assert keys[:10] == "ref hmicfrs_ref kind title owner board portfolio rag status counts".split()
        assert [column.key for column in sorting_of(question).columns(Bearer.OWNER)][:2] == ["owner", "items"]
        assert module_of(question).__doc__.strip().splitlines()[0].rstrip().endswith(("?", "here.", "lateness."))
    assert list(module_of(Question.CHANGED).SORTS) == list(Change)
