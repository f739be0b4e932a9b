"""Closing on other bases than a sign-off: what each basis asks for, what moves, what is said."""

from pathlib import Path

import pytest

from conftest import After, Typed


@pytest.fixture
def pair(register_after: After) -> Path:
    """Two recommendations, the second with a note and two pieces of evidence, one of them the first one's too."""
    link = ["evidence", "add", "--link"]
    return register_after((
        ["add", "--kind", "rec", "--title", "One"],
        ["add", "--kind", "rec", "--title", "Two"],
        ["note", "R-0002", "Begun"],
        [*link, "https://force.example/1", "--for", "R-0001", "--for", "R-0002"],
        [*link, "https://force.example/2", "--for", "R-0002"],
    ))  # fmt: skip


FORCE = ("--why", "x", "--decided-by", "force", "--approved-by", "DCC")
HMICFRS = ("--why", "x", "--decided-by", "hmicfrs", "--letter", "HMI/1")


def test_what_a_duplicate_hands_over_is_said_and_on_reopening_that_it_stays(recreg: Typed, pair: Path) -> None:
    said = recreg("close", "R-0002", "--as", "duplicate", "--of", "R-0001", *FORCE)
    assert "1 note and 2 pieces of evidence are moved to R-0001." in said.err
    said = recreg("reopen", "R-0002", "--why", "another one after all")
    assert "1 note and 1 piece of evidence stay with R-0001, moved there when it was closed as a duplicate." in said.err
    recreg("close", "R-0002", "--as", "duplicate", "--of", "R-0001", *FORCE)
    assert "moved" not in recreg("close", "R-0001", "--as", "superseded", "--of", "R-0002", *FORCE).err
    assert "stay" not in recreg("reopen", "R-0001", "--why", "x").err


def test_what_was_undone_and_moved_by_nobody_is_not_said_to_stay(recreg: Typed, pair: Path) -> None:
    recreg("close", "R-0002", "--as", "duplicate", "--of", "R-0001", *FORCE)
    recreg("undo")
    recreg("close", "R-0002", "--as", "not-applicable", *FORCE)
    assert "stay" not in recreg("reopen", "R-0002", "--why", "x").err


@pytest.mark.parametrize(
    ("words", "code", "sentence", "hint"),
    [
        (("no-further-action", "--of", "R-0001", *FORCE), 2, "--of is of a closing as superseded or as duplicate",
         "Leave --of out"),
        (("no-further-action", *HMICFRS, "--approved-by", "DCC"), 2, "--approved-by is of the force's own decision",
         "Leave --approved-by out, or give --decided-by force."),
        (("not-accepted", *FORCE), 4, "R-0002 is mandatory: a mandatory recommendation cannot be declined",
         "recreg edit R-0002 --not-mandatory"),
        (("superseded", *FORCE), 2, "Closing as superseded names the item that supersedes it.", "--of REF"),
        (("duplicate", *FORCE), 2, "Closing as duplicate names the item that it repeats.", "--of REF"),
        (("superseded", "--of", "R-0002", *FORCE), 4, "R-0002 cannot be superseded by itself.", "another --of"),
        (("duplicate", "--of", "R-0002", *FORCE), 4, "R-0002 cannot be a duplicate of itself.", "another --of"),
    ],
)  # fmt: skip
def test_a_basis_takes_what_is_its_own_and_no_more(
    words: tuple[str, ...], code: int, sentence: str, hint: str, recreg: Typed, pair: Path
) -> None:
    before = pair.read_bytes()
    said = recreg("close", "R-0002", "--as", *words)
    assert said.code == code, said
    assert sentence in said.err
    assert hint in said.err
    assert pair.read_bytes() == before


def test_what_was_accepted_is_declined_before_it_is_closed_as_such(recreg: Typed, pair: Path) -> None:
    recreg("edit", "R-0002", "--not-mandatory")
    recreg("accept", "R-0002", "--decided-by", "Chief Officer Team")
    said = recreg("close", "R-0002", "--as", "not-accepted", *FORCE)
    assert (said.code, said.err.splitlines()[0]) == (4, "R-0002 is accepted, so it is not closed as not accepted.")
    said = recreg("decline", "R-0002", "--why", "it is another's")
    assert "not accepted; it stays open until recreg close R-0002 --as not-accepted." in said.err
    assert recreg("close", "R-0002", "--as", "not-accepted", *FORCE).code == 0
    item = recreg("show", "R-0002", "-f", "json").json
    assert (item["acceptance"], item["acceptance_why"]) == ("not_accepted", "it is another's")


def test_what_nobody_answered_is_declined_by_being_closed_as_such(recreg: Typed, pair: Path) -> None:
    recreg("edit", "R-0002", "--not-mandatory")
    assert recreg("close", "R-0002", "--as", "not-accepted", *FORCE).code == 0
    item = recreg("show", "R-0002", "-f", "json").json
    assert (item["acceptance"], item["acceptance_why"], item["acceptance_by"]) == (
        "not_accepted", item["closed_why"], item["approved_by"],
    )  # fmt: skip
    assert "It is not accepted" in recreg("why", "R-0002", "--format", "plain").out.replace("\n", " ")


def test_what_is_not_mandatory_is_closed_as_not_accepted(recreg: Typed, pair: Path) -> None:
    recreg("edit", "R-0002", "--not-mandatory")
    assert recreg("close", "R-0002", "--as", "not-accepted", *FORCE).code == 0


@pytest.mark.parametrize(
    "act",
    ["rag red R-0001 --why x", "note R-0001 Begun", "complete R-0001", "edit R-0001 --owner X", "assign R-0001 --owner X",
     "add --kind rec --title x --parent R-0001", "review R-0001 --outcome on-track --note x"],
)  # fmt: skip
def test_what_is_refused_of_a_closed_item_says_how_to_open_it_again(act: str, recreg: Typed, pair: Path) -> None:
    recreg("close", "R-0001", "--as", "not-applicable", *FORCE)
    said = recreg(*act.split())
    assert said.code == 4
    assert 'recreg show R-0001 tells on what basis; recreg reopen R-0001 --why "…" opens it again.' in said.err


def test_an_imported_closing_takes_what_is_its_own_and_no_more(recreg: Typed, pair: Path, tmp_path: Path) -> None:
    head = "kind,title,added_on,closed_on,closed_as,closed_why,decided_by,closed_letter,approved_by,closed_of\n"
    begun = "rec,{},2022-01-01,2022-02-01,{}\n"
    rows = (
        "no further action,x,force,,DCC,R-0001",
        "not applicable,x,hmicfrs,HMI/1,DCC,",
        "not accepted,x,force,,DCC,",
    )
    (tmp_path / "items.csv").write_text(head + "".join(begun.format(*each) for each in enumerate(rows)))
    said = recreg("import", tmp_path / "items.csv")
    assert said.code == 4
    for sentence in (
        "It is of a closing as superseded or as duplicate, not as no further action.",
        "It is of the force's own decision, and this one is HMICFRS's.",
        "A mandatory recommendation cannot be declined.",
    ):
        assert sentence in said.err
