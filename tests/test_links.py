"""What items have to do with each other."""

from pathlib import Path

import pytest

from conftest import After, Typed, is_sound


@pytest.fixture
def linked(register_after: After) -> Path:
    """An area for improvement, a cause of concern and a recommendation."""
    items = (("afi", "Crime recording"), ("coc", "Crime recording fails"), ("rec", "Record crimes"))
    return register_after(["add", "--kind", kind, "--title", title] for kind, title in items)


def test_a_cause_escalated_from_an_area_for_improvement_is_linked_and_the_old_one_closes_as_superseded(
    recreg: Typed, linked: Path
) -> None:
    said = recreg("link", "R-0002", "--escalated-from", "R-0001")
    assert said.code == 0
    assert said.out == ""
    assert "R-0002 “Crime recording fails” was escalated from R-0001 “Crime recording”." in said.err
    assert "recreg close R-0001 --as superseded --of R-0002" in said.err
    words = ("--as", "superseded", "--of", "R-0002", "--why", "escalated", "--decided-by", "hmicfrs", "--letter", "H/1")
    assert recreg("close", "R-0001", *words).code == 0
    again = recreg("link", "R-0002", "--escalated-from", "R-0001")
    assert "Nothing was changed" in again.err
    assert "still open" not in again.err
    assert is_sound(linked)


def test_a_link_changes_nothing_else_of_either_item(recreg: Typed, linked: Path) -> None:
    before = recreg("list", "-f", "json").out
    assert recreg("link", "R-0003", "--related", "R-0001").code == 0
    assert recreg("list", "-f", "json").out == before


def test_being_related_goes_both_ways_and_is_recorded_once(recreg: Typed, linked: Path) -> None:
    recreg("link", "R-0003", "--related", "R-0001")
    assert "Nothing was changed" in recreg("link", "R-0001", "--related", "R-0003").err


@pytest.mark.parametrize(
    ("words", "code", "sentence", "hint"),
    [
        ("R-0001", 2, "A link is of one sort.", "--repeats REF"),
        ("R-0001 --repeats R-0002 --related R-0003", 2, "A link is of one sort.", "--related REF"),
        ("R-0001 --repeats R-0001", 4, "R-0001 cannot be linked to itself.", "another reference"),
        ("R-0001 --repeats R-0009", 3, "There is no item R-0009.", "Nearest: R-000"),
        ("R-0001 --escalated-from R-0002", 4, "R-0001 and R-0002 are not these.", "--repeats or --related"),
        ("R-0003 --escalated-from R-0001", 4, "escalated from an area for improvement", "--repeats or --related"),
    ],
)
def test_a_link_that_makes_no_sense_is_refused(
    words: str, code: int, sentence: str, hint: str, recreg: Typed, linked: Path
) -> None:
    before = linked.read_bytes()
    said = recreg("link", *words.split())
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert hint in said.err
    assert linked.read_bytes() == before


def test_two_items_do_not_repeat_each_other_and_the_cure_lets_the_link_be_turned_round(
    recreg: Typed, linked: Path
) -> None:
    assert recreg("link", "R-0002", "--repeats", "R-0001").code == 0
    before = linked.read_bytes()
    said = recreg("link", "R-0001", "--repeats", "R-0002")
    assert (said.code, said.out) == (4, "")
    assert "R-0002 repeats R-0001: R-0001 and R-0002 cannot be linked the other way round too." in said.err
    assert "recreg undo 5 takes it away; then link them anew." in said.err
    assert linked.read_bytes() == before
    assert recreg("undo", "5").code == 0
    assert recreg("link", "R-0001", "--repeats", "R-0002").code == 0


def test_no_line_of_repeats_leads_back_to_where_it_began(recreg: Typed, linked: Path) -> None:
    recreg("link", "R-0003", "--repeats", "R-0002")
    recreg("link", "R-0002", "--repeats", "R-0001")
    said = recreg("link", "R-0001", "--repeats", "R-0003")
    assert said.code == 4
    assert "R-0003 repeats R-0002, which repeats R-0001: R-0001 and R-0003 cannot be linked" in said.err
    assert recreg("link", "R-0001", "--related", "R-0003").code == 0, "being related is no order"


def test_a_withdrawn_item_is_not_linked(recreg: Typed, linked: Path) -> None:
    recreg("withdraw", "R-0003", "--why", "typed twice")
    said = recreg("link", "R-0001", "--repeats", "R-0003")
    assert said.code == 4
    assert "R-0003 was withdrawn on 29 September 2022: it cannot be linked." in said.err


def test_why_tells_each_link_from_either_side_with_its_act(recreg: Typed, linked: Path) -> None:
    recreg("edit", "R-0001", "--hmicfrs-ref", "10618")
    recreg("link", "R-0003", "--repeats", "R-0001", "--by", "Deputy")
    recreg("link", "R-0002", "--related", "R-0001")
    rows = [row for row in recreg("why", "R-0001", "-f", "json").json if row["fact"] == "link"]
    assert [(row["value"], row["because"], row["changeset"], row["by"]) for row in rows] == [
        ("is repeated by R-0003", "“Record crimes”, which is new", 6, "Deputy"),
        ("is related to R-0002", "“Crime recording fails”, which is new", 7, "Liaison Officer"),
    ]
    text = recreg("why", "R-0003").out
    assert "It repeats R-0001: “Crime recording” (HMICFRS 10618), which is new (changeset 6, " in text
    recreg("undo", "6")
    assert "repeats" not in recreg("why", "R-0003").out
