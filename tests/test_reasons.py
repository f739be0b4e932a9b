"""A reason that is typed is kept and told again, or it is said what it lacks: none is taken and lost."""

from pathlib import Path
from typing import Any

import pytest

from conftest import After, Typed


@pytest.fixture
def two(register_after: After) -> Path:
    """One item with words of a deadline and a target, and one with neither."""
    return register_after((
        ["add", "--kind", "rec", "--title", "One", "--deadline", "by March 2023", "--target", "2022-12-31"],
        ["add", "--kind", "rec", "--title", "Two"],
    ))  # fmt: skip


def shown(recreg: Typed, ref: str) -> dict[str, Any]:
    return dict(recreg("show", ref, "-f", "json").json)


@pytest.mark.parametrize(
    ("words", "sentence", "hint"),
    [
        ("review R-0001 --outcome on-track --note x --why red", "--why is the reason of a rating", "Add --rag COLOUR"),
        (
            "add --kind rec --title x --why dangling",
            "--why is the reason of nothing",
            "Add --rag, --ours or --not-ours",
        ),
        ("add --kind rec --title x --target 2023-01-31 --why x", "--why is the reason of nothing", "leave --why out"),
        ("edit R-0001 --number 2 --why x", "--why is the reason of nothing", "--deadline or --target, or leave"),
        ("edit R-0001 --kind afi --not-mandatory --why x", "--why is the reason of nothing", "recreg note keeps"),
    ],
)
def test_a_reason_of_nothing_is_refused_and_nothing_written(
    words: str, sentence: str, hint: str, recreg: Typed, two: Path
) -> None:
    before = two.read_bytes()
    said = recreg(*words.split())
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert hint in said.err
    assert two.read_bytes() == before


def test_why_an_item_is_ours_is_kept_also_where_it_is_ours_already(recreg: Typed, two: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "Three", "--addressee", "NPCC", "--ours", "--why", "we count it")
    assert shown(recreg, "R-0003")["ours_why"] == "we count it"
    said = recreg("edit", "R-0002", "--ours", "--why", "we review it")
    assert "Nothing was changed" not in said.err
    assert "Two”: ours" in said.err
    assert "It is ours to deliver: “we review it” (changeset 5, 29 September 2022)." in recreg("why", "R-0002").out
    assert "ours       yes: we review it" in recreg("show", "R-0002", "-f", "table").out
    assert "Nothing was changed" in recreg("edit", "R-0002", "--ours").err
    assert shown(recreg, "R-0002")["ours_why"] == "we review it"
    assert [row["fact"] for row in recreg("why", "R-0001", "-f", "json").json if row["fact"] == "ours"] == []


def test_an_item_is_ours_again_with_a_reason_only(recreg: Typed, two: Path) -> None:
    recreg("edit", "R-0001", "--not-ours", "--why", "the NPCC's")
    said = recreg("edit", "R-0001", "--ours")
    assert (said.code, said.err) == (2, '--ours again needs a reason.\nAdd --why "…".\n')
    assert recreg("edit", "R-0001", "--ours", "--why", "it is on our lists").code == 0
    item = shown(recreg, "R-0001")
    assert (item["ours"], item["ours_why"]) == (True, "it is on our lists")


def test_the_reason_of_a_first_target_and_of_first_words_is_told(recreg: Typed, two: Path) -> None:
    assert recreg("edit", "R-0002", "--target", "2023-01-31", "--why", "the board set it").code == 0
    letter = ("--letter", "HMI/2022/3", "--why", "left out of the report")
    assert recreg("edit", "R-0002", "--deadline", "by June 2023", *letter).code == 0
    text = recreg("why", "R-0002").out
    assert "it was never moved since it was given on 29 September 2022: “the board set it” (changeset 4, " in text
    assert (
        "“by June 2023”, the last day of the month that the words name; HMICFRS's letter HMI/2022/3; "
        "the reason given is “left out of the report” (changeset 5, "
    ) in text
    assert recreg("edit", "R-0001", "--deadline", "by March 2023", "--why", "as printed").code == 0
    assert "; the reason given is “as printed”" in recreg("why", "R-0001").out
    assert recreg("defer", "R-0002", "--to", "2023-02-28", "--why", "late").code == 0
    assert "was 31 January 2023: “the board set it”; it was deferred to" in recreg("why", "R-0002", "-f", "csv").out


def test_a_rating_keeps_the_reason_to_itself(recreg: Typed, two: Path) -> None:
    words = ("--target", "2023-01-31", "--rag", "red", "--why", "nobody has begun")
    assert recreg("edit", "R-0002", *words).code == 0
    item = shown(recreg, "R-0002")
    assert (item["rag_why"], item["target_why"], item["deadline_why"]) == ("nobody has begun", None, None)


def test_an_import_takes_a_reason_alone_and_a_cleared_one(recreg: Typed, two: Path, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    for ours_why, letter, kept in (
        ("we count it", "HMI/2022/3", ("we count it", "HMI/2022/3")),
        ("#CLEAR", "#CLEAR", (None, None)),
    ):
        file.write_text(f"ref,ours_why,deadline_letter\nR-0001,{ours_why},{letter}\n", encoding="utf-8")
        said = recreg("import", file, "--on-conflict", "update")
        assert said.code == 0, said.err
        item = shown(recreg, "R-0001")
        assert (item["ours_why"], item["deadline_letter"]) == kept


def test_an_imported_reason_of_an_answer_that_nobody_could_give_is_refused(
    recreg: Typed, register: Path, tmp_path: Path
) -> None:
    head = "kind,title,acceptance_why,acceptance_by"
    (tmp_path / "items.csv").write_text(f"{head}\nrec,One,too dear,\nrec,Two,,The DCC\n", encoding="utf-8")
    said = recreg("import", tmp_path / "items.csv")
    assert said.code == 4
    assert "A mandatory recommendation is neither accepted nor declined for a reason." in said.err
    assert "A mandatory recommendation is neither accepted nor declined by anybody." in said.err


def test_an_empty_text_is_refused_and_an_import_alone_clears_one(recreg: Typed, two: Path, tmp_path: Path) -> None:
    recreg("edit", "R-0002", "--text", "Forces should review this")
    for words in (("edit", "R-0002", "--text", ""), ("add", "--kind", "rec", "--title", "x", "--text", " ")):
        said = recreg(*words)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("The text is empty: it is the recommendation, verbatim.\n")
        assert 'recreg redact REF --field text --why "…"' in said.err
    assert shown(recreg, "R-0002")["text"] == "Forces should review this"
    (tmp_path / "items.csv").write_text("ref,text\nR-0002,#CLEAR\n", encoding="utf-8")
    assert recreg("import", tmp_path / "items.csv", "--on-conflict", "update").code == 0
    assert shown(recreg, "R-0002")["text"] is None


def test_a_title_is_emptied_only_where_the_text_gives_another(recreg: Typed, two: Path) -> None:
    said = recreg("edit", "R-0002", "--title", "")
    assert (said.code, said.err.splitlines()[0]) == (2, "An item needs a title or a text.")
    assert recreg("edit", "R-0002", "--title", "", "--text", "Forces should review this").code == 0
    assert shown(recreg, "R-0002")["title"] == "Forces should review this"
