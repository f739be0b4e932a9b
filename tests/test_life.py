"""The whole life of an item, through the commands an officer types."""

from pathlib import Path
from typing import Any

import pytest

from conftest import Typed, is_sound, run


def taken(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What types a command on a day, which must be taken."""

    def on(today: str, *words: str) -> str:
        monkeypatch.setenv("RECREG_TODAY", today)
        said = typed(*words)
        assert said.code == 0, (words, said.err)
        return said.err

    return on


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch, recreg: Typed) -> Any:
    """Type a command on a day; it must be taken."""
    return taken(recreg, monkeypatch)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, recreg: Typed) -> Any:
    """Type a command on a day; it must be refused, with that exit code."""

    def typed(today: str, code: int, *words: str) -> str:
        monkeypatch.setenv("RECREG_TODAY", today)
        said = recreg(*words)
        assert said.code == code, (words, said)
        return said.err

    return typed


def now(recreg: Typed, ref: str = "10618") -> dict[str, Any]:
    return dict(recreg("show", ref, "-f", "json").json)


class TestInstalled:
    """As scripts type it: the installed command, a process for each; what it refuses is typed in this process."""

    @pytest.fixture
    def day(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        """Type a command on a day in a process of its own; it must be taken."""
        return taken(run, monkeypatch)

    def test_a_whole_life_from_added_to_superseded(self, recreg: Typed, register: Path, day: Any, refused: Any) -> None:
        day("2022-01-10", "inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic",
            "--published", "2021-12-01")  # fmt: skip
        day("2022-01-10", "add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618", "--inspection", "CAOP")
        assert now(recreg)["status"] == "new"
        said = refused("2022-01-11", 4, "complete", "10618")
        assert all(f"R-0001 has no {what}." in said for what in ("owner", "board", "evidence"))
        day("2022-01-12", "assign", "10618", "--owner", "Head of PPU", "--board", "Vulnerability Board")
        assert now(recreg)["status"] == "in_progress"
        for held in ("2022-04-10", "2022-07-08", "2022-10-05"):
            day(held, "review", "10618", "--outcome", "on-track", "--note", "going well")
        assert now(recreg)["next_review_on"] == "2023-01-05"
        day("2022-10-06", "evidence", "add", "--link", "https://force.example/audit", "--for", "10618")

        assert "no target to move" in refused("2022-10-07", 4, "defer", "10618", "--to", "2022-12-31", "--why", "x")
        day("2022-10-07", "edit", "10618", "--target", "2022-10-31")
        assert "needs a reason" in refused("2022-10-08", 2, "defer", "10618", "--to", "2022-12-31")
        day("2022-10-08", "defer", "10618", "--to", "2022-12-31", "--why", "system late")
        said = refused("2022-11-01", 4, "defer", "10618", "--to", "2023-01-31", "--why", "later still")
        assert "R-0001 was deferred once before: it needs an approver." in said
        assert "Add --approved-by NAME." in said
        day("2022-11-01", "defer", "10618", "--to", "2023-01-31", "--why", "later still", "--approved-by", "DCC")
        shown = now(recreg)
        assert (shown["target_on"], shown["original_target_on"], shown["times_deferred"]) == (
            "2023-01-31",
            "2022-10-31",
            2,
        )
        (row,) = run("overdue", "--clock", "target", "-f", "json").json
        assert (row["due_on"], row["position"]) == ("2022-10-31", "extended to 31 January 2023 (moved 2 times)")

        assert "R-0001 is not complete." in refused("2022-11-02", 4, "submit", "10618")
        day("2022-11-02", "complete", "10618")
        assert "is complete already" in refused("2022-11-02", 4, "complete", "10618")
        assert "sent back by the force" in day("2022-11-03", "return", "10618", "--why", "two districts missing")
        assert now(recreg)["status"] == "in_progress"
        day("2022-11-20", "complete", "10618")
        assert "was not submitted" in refused("2022-11-20", 4, "sign-off", "10618", "--letter", "HMI/1")
        day("2022-11-21", "submit", "10618", "--agreed-by", "Vulnerability Board", "--level", "2")
        shown = now(recreg)
        assert (shown["status"], shown["submitted_on"], shown["next_review_on"]) == ("submitted", "2022-11-21", None)
        for clock in ("review", "target"):
            assert recreg("overdue", "--clock", clock, "--within", "12m", "-f", "ids").out == ""
        said = refused("2022-12-01", 4, "defer", "10618", "--to", "2023-06-30", "--why", "x", "--approved-by", "DCC")
        assert "has been with HMICFRS since 21 November 2022" in said
        assert "sent back by HMICFRS" in day("2023-02-06", "return", "10618", "--why", "cases of this quarter wanted")
        shown = now(recreg)
        assert (shown["status"], shown["target_on"], shown["next_review_on"]) == (
            "in_progress",
            "2023-01-31",
            "2023-05-06",
        )
        day("2023-03-01", "complete", "10618")
        day("2023-03-02", "submit", "10618", "--agreed-by", "vulnerability board")
        assert "needs HMICFRS's letter" in refused("2023-05-18", 2, "sign-off", "10618")
        day("2023-05-18", "sign-off", "10618", "--letter", "HMI/2023/9")
        shown = now(recreg)
        assert [shown[key] for key in ("status", "closed_on", "closed_as", "closed_letter", "decided_by")] == [
            "closed", "2023-05-18", "signed_off", "HMI/2023/9", "hmicfrs",
        ]  # fmt: skip
        assert "was closed on 18 May 2023" in refused("2023-06-01", 4, "rag", "red", "10618", "--why", "x")

        assert "needs a reason" in refused("2024-01-09", 2, "reopen", "10618")
        day("2024-01-09", "reopen", "10618", "--why", "the revisit found it undone")
        shown = now(recreg)
        assert [shown[key] for key in ("status", "submitted_on", "closed_on", "closed_letter", "next_review_on")] == [
            "in_progress", None, None, None, "2024-04-09",
        ]  # fmt: skip
        assert "is open" in refused("2024-01-10", 4, "reopen", "10618", "--why", "x")
        day("2024-01-10", "add", "--kind", "rec", "--title", "Needs anew", "--hmicfrs-ref", "20001")
        words = ("close", "10618", "--as", "superseded", "--why", "asked anew", "--decided-by", "hmicfrs")
        assert "names the item that supersedes it" in refused("2024-02-01", 2, *words, "--letter", "HMI/2024/1")
        assert "has its letter" in refused("2024-02-01", 2, *words, "--of", "20001")
        day("2024-02-01", *words, "--of", "20001", "--letter", "HMI/2024/1")
        shown = now(recreg)
        assert (shown["closed_as"], shown["closed_of"], shown["decided_by"]) == ("superseded", "R-0002", "hmicfrs")

        events = [row["event"] for row in run("history", "10618", "-f", "json").json]
        assert list(dict.fromkeys(events)) == [
            "added", "assigned", "reviewed", "evidence added", "edited", "deferred", "completed", "returned",
            "submitted", "signed off", "reopened", "closed",
        ]  # fmt: skip
        told = run("why", "10618").out
        assert "closed on 1 February 2024 as superseded" in told, told
        dossier = run("show", "10618", "-f", "md").out.replace("\\", "")
        for reason in ("system late", "later still", "two districts missing", "cases of this quarter wanted", "HMI/2023/9",
                       "the revisit found it undone", "asked anew", "HMI/2024/1"):  # fmt: skip
            assert reason in dossier
        assert is_sound(register)


@pytest.fixture
def cause(day: Any) -> None:
    """West Midlands, September 2024: a cause of concern with five recommendations, three of them closed."""
    day("2024-01-02", "add", "--kind", "coc", "--title", "Cause of concern")
    for number in range(5):
        day("2024-01-02", "add", "--kind", "rec", "--title", f"Recommendation {number + 1}", "--parent", "R-0001")
    day("2024-09-10", "sign-off", "R-0002", "R-0003", "R-0004", "--letter", "HMI/24/3", "--direct")


@pytest.mark.usefixtures("register", "cause")
def test_a_cause_stays_open_when_children_close_and_its_sign_off_names_the_open_ones(
    recreg: Typed, refused: Any, day: Any
) -> None:
    assert now(recreg, "R-0001")["status"] == "new"
    said = refused("2024-09-11", 4, "sign-off", "R-0001", "--letter", "HMI/24/4", "--direct")
    assert "R-0005 under R-0001 is open." in said
    assert "R-0006 under R-0001 is open." in said
    assert "R-0002" not in said
    day("2024-09-12", "sign-off", "R-0005", "R-0006", "--letter", "HMI/24/5", "--direct")
    assert now(recreg, "R-0001")["status"] == "new", "after all five it is still open"
    day("2024-09-30", "sign-off", "R-0001", "--letter", "HMI/24/6", "--direct")
    assert now(recreg, "R-0001")["closed_letter"] == "HMI/24/6"


@pytest.mark.usefixtures("register", "cause")
def test_the_same_letter_may_close_a_cause_and_its_children(recreg: Typed, day: Any) -> None:
    day("2024-09-30", "sign-off", "R-0001", "--letter", "HMI/24/6", "--direct", "--with-children")
    assert {now(recreg, f"R-000{n}")["closed_letter"] for n in (1, 5, 6)} == {"HMI/24/6"}
    assert now(recreg, "R-0002")["closed_letter"] == "HMI/24/3", "what was closed before keeps its letter"


@pytest.mark.usefixtures("register", "cause")
def test_a_cause_may_be_signed_off_leaving_children_open_with_a_reason(recreg: Typed, day: Any, refused: Any) -> None:
    words = ("sign-off", "R-0001", "--letter", "HMI/24/6", "--direct", "--leaving-children-open")
    assert "needs a reason" in refused("2024-09-30", 2, *words)
    said = day("2024-09-30", *words, "--why", "HMICFRS keeps two under review")
    assert "Left open, under a cause that is closed: R-0005, R-0006." in said
    assert now(recreg, "R-0005")["status"] == "new"
    assert now(recreg, "R-0001")["closed_why"] == "HMICFRS keeps two under review"


@pytest.mark.usefixtures("register")
def test_an_item_is_complete_on_no_day_before_its_first_evidence(
    day: Any, refused: Any, recreg: Typed, tmp_path: Path
) -> None:
    day("2022-04-01", "add", "--kind", "afi", "--title", "Custody", "--owner", "Head of Custody", "--board", "Custody")
    file = tmp_path / "audit.txt"
    file.write_text("the audit")
    day("2022-09-02", "evidence", "add", str(file), "--for", "R-0001")
    said = refused("2022-09-29", 4, "complete", "R-0001", "--on", "2022-05-01")
    assert "On 1 May 2022 R-0001 had no evidence: the first" in said, said
    assert "is in the register from 2 September 2022." in said, said
    assert "Give a later --on DAY." in said
    day("2022-09-29", "complete", "R-0001", "--on", "2022-09-02")


@pytest.mark.usefixtures("register")
def test_a_duplicates_evidence_and_notes_move_to_the_item_it_repeats(recreg: Typed, day: Any, refused: Any) -> None:
    for title in ("One", "Two"):
        day("2024-01-02", "add", "--kind", "rec", "--title", title)
    day("2024-01-02", "evidence", "add", "--link", "https://force.example/1", "--for", "R-0001", "--for", "R-0002")
    day("2024-01-02", "evidence", "add", "--link", "https://force.example/2", "--for", "R-0002")
    day("2024-01-02", "note", "R-0002", "Begun")
    words = ("close", "R-0002", "--as", "duplicate", "--why", "one finding twice", "--decided-by", "force")
    assert "has an approver" in refused("2024-01-03", 2, *words, "--of", "R-0001")
    assert "duplicate of itself" in refused("2024-01-03", 4, *words, "--of", "R-0002", "--approved-by", "DCC")
    day("2024-01-03", *words, "--of", "R-0001", "--approved-by", "DCC")
    first, second = now(recreg, "R-0001"), now(recreg, "R-0002")
    assert [e["ref"] for e in first["evidence"]] == ["E-0001", "E-0002"]
    assert [n["text"] for n in first["notes"]] == ["Begun"]
    assert (second["evidence"], second["notes"], second["approved_by"]) == ([], [], "DCC")


@pytest.mark.usefixtures("register")
def test_only_hmicfrs_signs_off(recreg: Typed, day: Any, refused: Any) -> None:
    day("2024-01-02", "add", "--kind", "rec", "--title", "One")
    words = ("close", "R-0001", "--as", "signed-off", "--why", "done", "--decided-by", "force", "--approved-by", "CC")
    assert "Only HMICFRS signs off." in refused("2024-01-03", 2, *words)


@pytest.mark.usefixtures("register")
def test_a_cause_with_an_open_child_is_closed_on_no_basis(recreg: Typed, day: Any, refused: Any) -> None:
    day("2024-01-02", "add", "--kind", "coc", "--title", "Cause")
    day("2024-01-02", "add", "--kind", "rec", "--title", "Child", "--parent", "R-0001")
    words = ("close", "R-0001", "--as", "not-applicable", "--why", "x", "--decided-by", "force", "--approved-by", "CC")
    assert "R-0002 hangs on R-0001 and is open." in refused("2024-01-03", 4, *words)


@pytest.mark.usefixtures("register")
def test_a_deferral_must_be_to_a_later_day(recreg: Typed, day: Any, refused: Any) -> None:
    day("2024-01-02", "add", "--kind", "rec", "--title", "One", "--target", "2024-06-30")
    said = refused("2024-01-03", 4, "defer", "R-0001", "--to", "2024-06-30", "--why", "x")
    assert "30 June 2024 is not after the target of R-0001, 30 June 2024." in said
    assert 'Give a later --to; recreg edit R-0001 --target DAY --why "…" puts a mistyped one right.' in said
    said = refused("2024-01-03", 2, "defer", "R-0001", "--to", "31/06/2024", "--why", "x")
    assert "“31/06/2024” is not a target" in said


@pytest.mark.usefixtures("register")
def test_a_returned_item_without_its_board_is_new(recreg: Typed, day: Any) -> None:
    day("2024-01-02", "add", "--kind", "rec", "--title", "One", "--owner", "Head of PPU", "--board", "Crime Board")
    day("2024-01-02", "evidence", "add", "--link", "https://force.example/1", "--for", "R-0001")
    day("2024-01-03", "complete", "R-0001")
    day("2024-01-04", "edit", "R-0001", "--board", "")
    day("2024-01-05", "return", "R-0001", "--why", "not yet")
    assert now(recreg, "R-0001")["status"] == "new"


@pytest.mark.usefixtures("register")
def test_what_is_with_hmicfrs_says_how_late_it_went(recreg: Typed, day: Any) -> None:
    day("2022-01-10", "inspection", "add", "P", "--title", "t", "--type", "peel", "--published", "2021-12-01")
    day("2022-01-10", "add", "--kind", "rec", "--title", "One", "--inspection", "P", "--deadline", "within one month",
        "--owner", "Head of PPU", "--board", "Crime Board")  # fmt: skip
    day("2022-01-10", "evidence", "add", "--link", "https://force.example/1", "--for", "R-0001")
    day("2022-01-15", "complete", "R-0001")
    day("2022-01-21", "submit", "R-0001")
    (row,) = recreg("overdue", "--clock", "deadline", "-f", "json").json
    assert row["position"] == "submitted 20 days after"
    (summed,) = recreg("overdue", "--clock", "deadline", "--group", "owner", "-f", "json").json
    assert (summed["refs"], summed["longest_days"]) == ("R-0001", 0), "it is nobody's lateness here"


@pytest.mark.usefixtures("register")
def test_a_closed_item_is_given_no_child_and_its_children_may_still_be_put_right(
    recreg: Typed, day: Any, refused: Any
) -> None:
    day("2024-01-02", "add", "--kind", "coc", "--title", "Cause")
    day("2024-01-02", "add", "--kind", "rec", "--title", "Chidl", "--parent", "R-0001")
    day("2024-01-03", "sign-off", "R-0001", "--letter", "HMI/1", "--direct", "--with-children")
    day("2024-01-04", "edit", "R-0002", "--title", "Child")
    said = refused("2024-01-04", 4, "add", "--kind", "afi", "--title", "x", "--parent", "R-0001")
    assert "contains recommendations only" in said
    assert "R-0001 was closed on 3 January 2024: it cannot be given a child or a part." in said
