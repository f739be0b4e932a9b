"""What a paper must not get wrong: days moved under it, marked text, late reports, places that cannot be written."""

from pathlib import Path

import pytest

from conftest import After, Typed

Set = pytest.MonkeyPatch


@pytest.fixture
def june(register_after: After, monkeypatch: Set) -> Path:
    """A register with the final paper of a meeting in July, whose cut-off was put right before."""
    monkeypatch.setenv("RECREG_TODAY", "2022-09-15")
    return register_after((
        ["2022-07-01", "add", "--kind", "rec", "--title", "One", "--hmicfrs-ref", "10618"],
        ["2022-07-01", "meeting", "add", "First", "2022-07-30", "--cutoff", "2022-07-10"],
        ["2022-07-01", "meeting", "edit", "First", "--cutoff", "2022-07-12"],
        ["2022-07-14", "paper", "First", "--final"],
        ["2022-07-14", "meeting", "add", "Second", "2022-09-30", "--cutoff", "2022-09-10"],
    ))  # fmt: skip


def test_the_cut_off_of_a_final_paper_is_not_undone(recreg: Typed, june: Path) -> None:
    said = recreg("undo", 4)
    assert said.code == 4
    assert "(paper) changed The meeting “First” since" in said.err
    assert "(paper) is never undone, and rests on it." in said.err


def test_another_day_of_the_meeting_changes_no_final_paper(recreg: Typed, june: Path, tmp_path: Path) -> None:
    assert recreg("meeting", "edit", "First", "--day", "2022-08-01").code == 0
    said = recreg("paper", "First", "-o", tmp_path / "again.md")
    assert "It is the final paper, as it was recorded" in said.err
    assert "The committee meets on 30 July 2022." in (tmp_path / "again.md").read_text(encoding="utf-8")


def test_a_paper_of_a_past_day_knows_no_final_one_drawn_later(recreg: Typed, june: Path) -> None:
    assert "as it stood on 5 July 2022" in recreg("paper", "First", "--as-of", "2022-07-05").out
    assert "This is a draft." in recreg("paper", "First", "--as-of", "2022-07-05").out


def test_a_final_paper_leaves_out_no_day(recreg: Typed, june: Path) -> None:
    said = recreg("paper", "Second", "--since", "2022-08-15", "--final")
    assert said.code == 4
    assert "A final paper goes on from the last one, “First”, whose cut-off was 12 July 2022." in said.err
    out = recreg("paper", "Second", "--since", "2022-08-15").out
    assert "No final paper ends on the day before" in out
    assert recreg("paper", "Second", "--final").code == 0


def test_marked_text_stands_nowhere_in_the_public_paper(recreg: Typed, june: Path, tmp_path: Path) -> None:
    named = "Constable 123 must be retrained at once by the department of the"
    recreg("add", "--kind", "rec", "--text", f"{named} division. OFFICIAL\u2013SENSITIVE", "--rag", "red", "--why", "x",
           "--on", "2022-08-01")  # fmt: skip
    recreg("board", "add", "Gold (not for publication)")
    recreg("assign", "10618", "--board", "Gold (not for publication)", "--on", "2022-08-01")
    for name in ("p.md", "p.html", "p.docx"):
        assert recreg("paper", "Second", "--public", "-o", tmp_path / name).code == 0
    text = (tmp_path / "p.md").read_text(encoding="utf-8") + (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "Constable 123" not in text
    assert "not for publication" not in text
    assert "Constable 123" in recreg("paper", "Second").out


def test_a_report_that_the_last_paper_could_not_tell_of_is_in_the_next(recreg: Typed, june: Path) -> None:
    recreg("inspection", "add", "LATE", "--title", "A late report", "--type", "peel", "--published", "2022-07-05")
    out = recreg("paper", "Second").out
    assert "### A late report, published on 5 July 2022" in out
    assert "One report was published" in out


def test_what_is_open_under_a_closed_cause_counts_as_on_the_dashboard(recreg: Typed, june: Path) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause", "--on", "2022-07-20")
    recreg("add", "--kind", "rec", "--title", "Child", "--parent", "R-0002", "--on", "2022-07-20")
    recreg("sign-off", "R-0002", "--letter", "L", "--direct", "--leaving-children-open", "--why", "as it says", "--on",
           "2022-08-01")  # fmt: skip
    figures = {row["figure"]: row for row in recreg("paper", "Second", "--explain", "-f", "json").json}
    assert figures["open_under_causes"]["refs"] == "R-0003"
    out = recreg("paper", "Second").out
    assert "Still open under causes of concern that are closed: R-0003." in out


def test_a_late_closing_is_told_with_its_basis_and_who_approved_it(recreg: Typed, june: Path) -> None:
    recreg("close", "10618", "--as", "no-further-action", "--why", "merged", "--decided-by", "force", "--approved-by",
           "DCC", "--on", "2022-07-09")  # fmt: skip
    assert (
        "no further action: merged; approved by DCC; close with effect on 9 July 2022" in recreg("paper", "Second").out
    )


def test_a_place_that_cannot_be_written_records_no_final_paper(recreg: Typed, june: Path, tmp_path: Path) -> None:
    before = june.read_bytes()
    said = recreg("paper", "Second", "--final", "-o", tmp_path / "nowhere" / "p.md")
    assert said.code == 74
    assert june.read_bytes() == before
    assert recreg("paper", "Second", "--final", "-o", tmp_path / "p.md").code == 0


def test_a_dry_run_hands_out_no_paper(recreg: Typed, june: Path, tmp_path: Path) -> None:
    assert recreg("paper", "Second", "--final", "--dry-run", "-o", tmp_path / "p.md").code == 0
    assert not (tmp_path / "p.md").exists()


def test_a_final_paper_with_other_words_is_marked_as_a_draft(recreg: Typed, june: Path, tmp_path: Path) -> None:
    (tmp_path / "w.md").write_text("# Purpose\n\nAnother one.\n", encoding="utf-8")
    said = recreg("paper", "First", "--words", tmp_path / "w.md")
    assert "It is marked as a draft, since it is not the file that was recorded" in said.err
    assert "This is a draft." in said.out


def test_of_two_final_papers_to_one_day_the_one_drawn_last_is_gone_on_from(recreg: Typed, june: Path) -> None:
    recreg("meeting", "add", "Other", "2022-07-20", "--cutoff", "2022-07-12")
    recreg("sign-off", "10618", "--letter", "L", "--direct", "--on", "2022-07-11")
    assert recreg("paper", "Other", "--final").code == 0
    out = recreg("paper", "Second").out
    assert "as the final paper of “Other” printed it" in out
    assert "| Recommendations | 0 | 0 |" in out


def test_a_question_is_asked_since_a_meeting(recreg: Typed, june: Path) -> None:
    recreg("note", "10618", "x", "--on", "2022-07-12")
    recreg("rag", "red", "10618", "--why", "late", "--on", "2022-07-13")
    assert [row["on"] for row in recreg("ask", "changed", "--since", "first", "-f", "json").json] == ["2022-07-13"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{open_recommendations}", "holds braces that are no figure"),
        ("{{}}", "holds braces that are no figure"),
        ("![x](y.png)", "holds a picture"),
        ("a <b>c</b>", "holds HTML"),
        ("1. one\n2. two", "is a numbered list"),
        ("- one\n  - two", "is a list within a list"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "is a table"),
    ],
)
def test_words_that_the_paper_has_no_room_for_are_refused(
    text: str, sentence: str, recreg: Typed, june: Path, tmp_path: Path
) -> None:
    (tmp_path / "w.md").write_text(f"# Purpose\n\n{text}\n", encoding="utf-8")
    said = recreg("paper", "Second", "--words", tmp_path / "w.md")
    assert (said.code, said.out) == (4, "")
    assert sentence in said.err


@pytest.mark.parametrize("title", ["2. The force's position", "Causes of concern, and what is red"])
def test_a_section_may_be_named_with_its_number(title: str, recreg: Typed, june: Path, tmp_path: Path) -> None:
    (tmp_path / "w.md").write_text(f"# {title}\n\nMy words.\n", encoding="utf-8")
    out = recreg("paper", "Second", "--words", tmp_path / "w.md").out
    assert f"{title.removeprefix('2. ')}\n\nMy words.\n" in out


def test_the_beginning_of_a_sections_name_is_no_section_of_ones_own(recreg: Typed, june: Path, tmp_path: Path) -> None:
    (tmp_path / "w.md").write_text("# Causes of concern\n\nx\n", encoding="utf-8")
    said = recreg("paper", "Second", "--words", tmp_path / "w.md")
    assert said.code == 4
    assert "The paper's section is called “Causes of concern, and what is red”." in said.err


def test_a_deadline_of_a_month_is_written_as_its_month_and_one_of_a_day_as_its_day(
    recreg: Typed, register: Path
) -> None:
    recreg("inspection", "add", "I", "--title", "t", "--type", "peel", "--published", "2022-01-31")
    recreg("add", "--kind", "coc", "--title", "Cause", "--inspection", "I")
    for words in ("By May 2022", "Within three months", "By 2021"):
        recreg("add", "--kind", "rec", "--title", words, "--inspection", "I", "--parent", "R-0001", "--deadline", words)
    out = recreg("paper", "--to", "today").out
    for row in (
        "| R-0002 | – | By May 2022 | – | unrated | May 2022 | new |",
        "| R-0002 | – | By May 2022 | – | May 2022 | 121 | past |",
        "| R-0003 | – | Within three months | – | unrated | 30 April 2022 | new |",
        "| R-0003 | – | Within three months | – | 30 April 2022 | 152 | past |",
        "| R-0004 | – | By 2021 | – | 2021 | 272 | past |",
    ):  # fmt: skip
        assert row in out
