"""`recreg demo` is the register of the committee paper of 29 September 2022, and works like any other."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from conftest import Said, Typed, is_sound, run

MARK = "Illustrative: "


Asked: TypeAlias = Callable[..., Any]


@pytest.fixture
def said(demo_as_shown: tuple[Path, Said]) -> Said:
    return demo_as_shown[1]


@pytest.fixture
def asked(demo: Path, recreg: Typed) -> Asked:
    """What a question answers of the demo, as JSON."""

    def answered(*words: str) -> Any:
        answer = recreg("--register", demo, *words, "-f", "json")
        assert answer.code == 0, answer.err
        return answer.json

    return answered


def by_number(asked: Asked, inspection: str) -> dict[str, Any]:
    return {item["number"]: item for item in asked("list", "--inspection", inspection, "--all")}


@pytest.fixture(scope="module")
def passing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """Where a demo that nobody keeps was built, with another day set than the paper's, and what it said."""
    folder = tmp_path_factory.mktemp("passing")
    return folder, run("demo", COLUMNS="120", RECREG_TODAY="2019-05-01", TMPDIR=str(folder))


@pytest.mark.parametrize(
    ("number", "words", "due"),
    [
        ("10618", "Within six months", "2020-01-17"),
        ("9962", "Within three months", "2019-10-17"),
        ("9472", "Within six months", "2019-10-10"),
    ],
)
def test_a_numbered_item_has_the_day_of_its_words(asked: Asked, number: str, words: str, due: str) -> None:
    item = asked("show", number)
    assert (item["deadline_words"], item["deadline_on"], item["deadline_precision"]) == (words, due, "day")


def test_the_super_complaint_gives_a_deadline_to_its_first_recommendation_only(asked: Asked) -> None:
    items = by_number(asked, "PPDA-2022")
    assert (items["1"]["deadline_words"], items["1"]["deadline_on"]) == ("within six months", "2022-12-30")
    assert [items[number]["deadline_words"] for number in "23"] == [None, None]
    assert [items[number]["deadline_on"] for number in "23"] == [None, None]


def test_the_super_complaint_binds_nobody_and_is_accepted(asked: Asked) -> None:
    items = by_number(asked, "PPDA-2022")
    assert [(items[n]["mandatory"], items[n]["acceptance"]) for n in "123"] == [(False, "accepted")] * 3


def test_its_third_recommendation_goes_to_three_bodies_and_only_the_forces_parts_are_ours(asked: Asked) -> None:
    whole = by_number(asked, "PPDA-2022")["3"]
    assert whole["addressees"] == "Police and Crime Commissioners; Ministry of Justice; Chief Constables"
    parts = asked("list", "--parent", whole["ref"], "--all")
    assert Counter((part["addressees"], part["ours"]) for part in parts) == {
        ("Police and Crime Commissioners", False): 1,
        ("Ministry of Justice", False): 1,
        ("Chief Constables", True): 3,
    }
    assert all(asked("show", part["ref"])["ours_why"] for part in parts if not part["ours"])


def test_acquisitive_crime_is_due_by_the_end_of_march(asked: Asked) -> None:
    items = by_number(asked, "SAC-2022")
    assert [items[number]["deadline_on"] for number in "12"] == ["2023-03-31"] * 2
    assert [items[number]["deadline_precision"] for number in "12"] == ["month"] * 2


def test_a_deadline_of_a_month_is_shown_as_the_month(demo: Path, recreg: Typed) -> None:
    shown = recreg("--register", demo, "list", "--inspection", "SAC-2022", "-f", "table")
    assert shown.out.count("March 2023") == 2
    assert "2023-03-31" not in shown.out


def test_the_figures_are_those_that_the_paper_itemises(said: Said) -> None:
    figures = "8 recommendations (3 under causes), 0 areas for improvement and 2 causes of concern"
    assert f"Open and ours: {figures}." in said.err.splitlines()


def test_parts_are_listed_and_not_counted(asked: Asked) -> None:
    items = asked("list")
    kinds = {item["ref"]: item["kind"] for item in items}
    counted = [item for item in items if not item["parent"] or kinds[item["parent"]] == "cause_of_concern"]
    assert Counter(item["kind"] for item in counted) == {"recommendation": 8, "cause_of_concern": 2}
    under_causes = [item["hmicfrs_ref"] for item in counted if item["parent"]]
    assert sorted(under_causes) == ["10618", "9472", "9962"]


def test_what_is_addressed_to_national_leads_can_still_be_ours(asked: Asked) -> None:
    item = asked("show", "9472")
    assert (item["addressees"], item["ours"]) == ("NPCC lead; CPS lead", True)


@pytest.mark.parametrize(("today", "days"), [("2022-11-30", None), ("2022-12-01", 1)])
def test_a_review_on_31_august_is_due_again_on_30_november_and_overdue_the_day_after(
    asked: Asked, today: str, days: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = asked("show", "9962")
    assert (item["last_review_on"], item["next_review_on"]) == ("2022-08-31", "2022-11-30")
    monkeypatch.setenv("RECREG_TODAY", today)
    overdue = {row["ref"]: row["days_overdue"] for row in asked("overdue")}
    assert overdue.get(item["ref"]) == days


def test_some_reviews_are_overdue_on_the_day_of_the_paper_and_others_are_not(asked: Asked) -> None:
    overdue = [(row["hmicfrs_ref"], row["days_overdue"]) for row in asked("overdue")]
    assert ("9472", 79) in overdue
    assert ("10618", 36) in overdue
    assert len(overdue) < len(asked("list"))


def test_the_stalking_reviews_keep_to_the_twelfth_however_late_they_were_held(asked: Asked) -> None:
    (cause,) = asked("list", "--kind", "coc", "--inspection", "STALKING-2019")
    assert (cause["last_review_on"], cause["next_review_on"]) == ("2022-07-19", "2022-10-12")


def test_an_inspection_to_come_has_its_vague_words(asked: Asked) -> None:
    coming = next(row for row in asked("inspection", "list") if row["code"] == "ROCU-2022")
    assert (coming["expected_words"], coming["published_on"]) == ("early October", None)


def test_ratings_vary_and_each_red_has_its_reason(asked: Asked) -> None:
    items = asked("list")
    assert {item["rag"] for item in items} == {"red", "amber", "green", "unrated"}
    assert all(item["rag_why"] for item in items if item["rag"] == "red")


def test_what_the_paper_does_not_say_is_marked_as_illustrative(asked: Asked) -> None:
    for ref in (item["ref"] for item in asked("list", "--all")):
        item = asked("show", ref)
        made_up = [review["note"] for review in item["reviews"]] + [note["text"] for note in item["notes"]]
        made_up += [piece["title"] for piece in item["evidence"]] + [item["rag_why"] or MARK]
        assert [words for words in made_up if not words.startswith(MARK)] == []


def test_the_history_is_told_from_2019_in_the_order_of_its_days(asked: Asked) -> None:
    days = [act["on"] for act in asked("log")]
    assert days == sorted(days)
    assert (days[0], days[-1] <= "2022-09-29") == ("2019-04-12", True)


def test_the_chain_is_whole_and_the_history_says_what_the_tables_hold(demo: Path) -> None:
    assert is_sound(demo)


def test_each_piece_of_evidence_is_as_it_was_filed(asked: Asked) -> None:
    assert asked("evidence", "check") == []
    assert sum(piece["link"] is not None for piece in asked("evidence", "list")) == 1


def test_it_says_what_day_it_plays_on_and_what_it_leaves_out(said: Said) -> None:
    assert said.code == 0
    assert "29 September 2022" in said.err
    assert "45 recommendations and 14 areas for improvement" in said.err


def test_it_shows_what_the_commands_themselves_show(demo: Path, said: Said) -> None:
    commands = (["list"], ["overdue"], ["inspection", "list"])
    assert said.out == "".join(run("--register", demo, *words, "-f", "table", COLUMNS="120").out for words in commands)


def test_the_line_to_type_next_works_as_it_is(demo: Path, said: Said) -> None:
    (line,) = [line for line in said.err.splitlines() if line.startswith("Next: ")]
    assert line == f"Next: RECREG_TODAY=2022-09-29 recreg --register {demo} overdue"


def test_a_file_that_is_there_is_never_written_over(demo: Path, tmp_path: Path) -> None:
    kept = shutil.copyfile(demo, tmp_path / "mine.db")
    refused = run("demo", "--keep", kept)
    assert (refused.code, refused.out) == (4, "")
    assert refused.err.startswith(f"There is a file at {kept} already.")
    assert kept.read_bytes() == demo.read_bytes()


def test_stopped_half_way_it_takes_away_what_it_made_and_nothing_else(tmp_path: Path) -> None:
    in_the_way = tmp_path / "demo.db.evidence"
    in_the_way.write_text("a file where the folder of evidence would be")
    assert run("demo", "--keep", tmp_path / "demo.db").code != 0
    assert list(tmp_path.iterdir()) == [in_the_way]


def test_without_keep_nothing_is_left_behind(passing: tuple[Path, Said]) -> None:
    folder, shown = passing
    assert shown.code == 0
    assert "recreg demo --keep demo.db" in shown.err
    assert list(folder.iterdir()) == []


def test_the_day_of_the_paper_holds_whatever_day_is_set(passing: tuple[Path, Said], said: Said) -> None:
    assert passing[1].out == said.out
