"""What a row may change of a known item, and how it is told where it may not."""

from pathlib import Path

import pytest

from conftest import Said, Typed


@pytest.fixture
def two(recreg: Typed, register: Path) -> Path:
    """Two bare items, the first not mandatory in any way that matters, and one known person."""
    for title in ("One", "Two"):
        recreg("add", "--kind", "rec", "--title", title)
    recreg("edit", "R-0001", "--addressee", "Chief constables")
    recreg("person", "add", "Known Person")
    return register


@pytest.fixture
def update(recreg: Typed, two: Path, tmp_path: Path) -> Typed:
    """Import rows under these headings, taking over what differs."""

    def updated(headings: str, *rows: str, way: str = "update", more: tuple[str, ...] = ()) -> Said:
        (tmp_path / "new.csv").write_text("\n".join([headings, *rows, ""]), encoding="utf-8")
        return recreg("import", tmp_path / "new.csv", "--on-conflict", way, *more)

    return updated


def shown(recreg: Typed, ref: str) -> dict[str, object]:
    item: dict[str, object] = recreg("show", ref, "-f", "json").json
    return item


def test_a_name_that_is_new_is_another_than_nobody(recreg: Typed, update: Typed) -> None:
    row = ("ref,owner,board,portfolio", "R-0001,Det Supt,Crime Board,Violence", "R-0002,Known Person,,")
    said = update(*row, way="error")
    assert said.code == 4
    assert "line 2, column owner: “Det Supt”: R-0001 has nothing there: --on-conflict update takes it over" in said.err
    said = update(*row)
    assert "“Det Supt” is new, and is taken on as a person." in said.err
    assert "R-0001 is changed: owner nothing → “Det Supt”; board nothing → “Crime Board”" in said.err
    assert [shown(recreg, "R-0001")[key] for key in ("owner", "board", "portfolio")] == [
        "Det Supt", "Crime Board", "Violence",
    ]  # fmt: skip
    assert "new.csv: 0 added, 0 changed, 2 unchanged." in update(*row, more=("--again",)).err


def test_a_new_name_for_a_known_item_that_is_much_like_another_wants_new(recreg: Typed, update: Typed) -> None:
    row = ("ref,owner", "R-0001,Konwn Person")
    said = update(*row)
    assert said.code == 4
    assert "line 2, column owner: “Konwn Person”: “Konwn Person” is not known, and is much like" in said.err
    assert update(*row, more=("--new",)).code == 0
    assert shown(recreg, "R-0001")["owner"] == "Konwn Person"


def test_two_spellings_of_one_new_name_are_one(recreg: Typed, update: Typed) -> None:
    said = update("kind,title,owner", "rec,Three,Jane Doe", "rec,Four,jane  doe")
    assert said.code == 0, said.err
    assert shown(recreg, "R-0003")["owner"] == shown(recreg, "R-0004")["owner"] == "Jane Doe"


@pytest.mark.parametrize(
    ("key", "instead"),
    [
        ("ours", "give yes or no"), ("mandatory", "give yes or no"), ("kind", "give recommendation, afi or coc"),
        ("rag", "give unrated"), ("review_every_months", "give 1 to 36"),
    ],
)  # fmt: skip
def test_what_an_item_always_has_is_not_emptied(key: str, instead: str, two: Path, update: Typed) -> None:
    before = two.read_bytes()
    said = update(f"ref,{key}", "R-0001,#CLEAR")
    assert said.code == 4
    wanted = f"new.csv, line 2, column {key}: “#CLEAR”: It is never empty: {instead}, or leave the cell blank."
    assert said.err.splitlines()[0] == wanted
    assert two.read_bytes() == before


@pytest.mark.parametrize(
    ("headings", "row", "told"),
    [
        ("ref,ours", "R-0001,no", "column ours: “no”: It is another one than R-0001 has, and needs a reason of its own"),
        ("ref,rag,rag_why", "R-0001,red,", "column rag: “red”: It is another one than R-0001 has, and needs a reason"),
        ("ref,review_every_months", "R-0001,99", "column review_every_months: “99”: A review falls due every 1 to 36 "),
        ("ref,review_every_months,waiting_on", "R-0001,99,NPCC",
         "line 2: “R-0001”: waiting_on, review_every_months: A review falls due every 1 to 36 months."),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_told_with_its_column(
    headings: str, row: str, told: str, two: Path, update: Typed
) -> None:
    before = two.read_bytes()
    said = update(headings, row)
    assert said.code == 4
    assert told in said.err
    assert two.read_bytes() == before


def test_addressees_of_which_none_is_named_say_nothing(recreg: Typed, update: Typed) -> None:
    assert "0 added, 0 changed, 1 unchanged" in update("ref,addressees", "R-0001,;").err
    assert shown(recreg, "R-0001")["addressees"] == "Chief constables"
    update("kind,title,addressees", "rec,Three,;")
    assert shown(recreg, "R-0003")["addressees"] is None


def test_a_row_is_judged_by_the_report_whose_code_it_gives(recreg: Typed, update: Typed) -> None:
    recreg("inspection", "add", "PEEL", "--title", "Alpha", "--type", "thematic", "--published", "2020-01-01")
    recreg("inspection", "add", "ZED", "--title", "peel", "--type", "super-complaint", "--published", "2022-01-01")
    assert update("kind,title,inspection,deadline_words", "rec,Six,PEEL,within six months").code == 0
    item = shown(recreg, "R-0003")
    assert (item["inspection"], item["mandatory"], item["deadline_on"]) == ("PEEL", True, "2020-07-01")


def test_no_item_arrives_as_a_duplicate_of_itself(two: Path, update: Typed) -> None:
    headings = "ref,kind,title,closed_on,closed_as,closed_of,closed_why,decided_by,approved_by"
    said = update(headings, "R-0003,rec,Three,2022-01-01,duplicate,R-0003,twice,force,DCC")
    assert said.code == 4
    assert "column closed_of: “R-0003”: It is the item itself: give the reference of another one." in said.err


def test_a_text_that_shows_nothing_gives_no_title(recreg: Typed, update: Typed) -> None:
    said = update("kind,text", "rec,\u00ad")
    assert (said.code, "A new item needs a title or a text." in said.err) == (4, True)
    assert recreg("add", "--kind", "rec", "--text", "\u00ad").code == 2


@pytest.mark.parametrize("ref", ["R-999999999", "R-0000", "R-00000000"])
def test_a_reference_after_which_no_other_could_come_or_that_is_none_is_refused(
    ref: str, two: Path, update: Typed
) -> None:
    said = update("ref,kind,title", f"{ref},rec,Three")
    assert said.code == 4
    assert f"column ref: “{ref}”: “{ref}” is not a reference of this register. It is written R-0001." in said.err


def test_after_the_last_reference_that_a_file_may_give_the_next_is_found(recreg: Typed, update: Typed) -> None:
    assert update("ref,kind,title", "R-99999999,rec,Three").code == 0
    assert recreg("add", "--kind", "rec", "--title", "Four").out == "R-100000000\n"
    assert shown(recreg, "R-100000000")["title"] == "Four"
