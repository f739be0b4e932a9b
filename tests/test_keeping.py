"""The force's own arrangements: its RAG key, owners who leave, names that change."""

import pytest

from conftest import Typed


@pytest.mark.usefixtures("register")
def test_blue_is_given_once_the_force_has_defined_it(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "One")
    said = recreg("rag", "blue", "R-0001", "--why", "waiting for HMICFRS")
    assert said.code == 4
    assert 'recreg key blue "what it means"' in said.err
    assert recreg("key", "Blue", "complete, waiting for HMICFRS").code == 0
    assert recreg("rag", "blue", "R-0001", "--why", "waiting for HMICFRS").code == 0
    assert recreg("list", "--rag", "blue", "-f", "ids").out == "R-0001\n"


@pytest.mark.usefixtures("register")
def test_the_key_says_what_each_colour_means_and_whether_in_our_own_words(recreg: Typed) -> None:
    recreg("key", "red", "will not be met without the Chief Officer Team")
    rows = recreg("key", "-f", "json").json
    assert rows == [
        {"colour": "red", "words": "will not be met without the Chief Officer Team", "own_words": True},
        {"colour": "amber", "words": "at risk; being managed", "own_words": False},
        {"colour": "green", "words": "on course", "own_words": False},
        {"colour": "unrated", "words": "not judged yet", "own_words": False},
    ]


@pytest.mark.usefixtures("register")
def test_an_owner_who_leaves_hands_over_all_open_items_in_one_act(recreg: Typed) -> None:
    for title in ("One", "Two", "Three"):
        recreg("add", "--kind", "rec", "--title", title, "--owner", "Head of PPU")
    recreg("sign-off", "R-0003", "--letter", "HMI/1", "--direct")
    before = recreg("list", "-f", "json").json
    said = recreg("reassign", "head of ppu", "Head of Vulnerability")
    assert said.err.count("→") == 2
    after = recreg("list", "-f", "json").json
    assert [item | {"owner": "Head of PPU"} for item in after] == before, "no date is reset"
    assert {item["owner"] for item in after} == {"Head of Vulnerability"}
    assert recreg("show", "R-0003", "-f", "json").json["owner"] == "Head of PPU"
    assert len([row for row in recreg("log", "-f", "json").json if row["command"] == "reassign"]) == 1
    assert recreg("reassign", "Head of Vulnerability", "HEAD OF VULNERABILITY").code == 2


@pytest.mark.usefixtures("register")
def test_where_there_is_nothing_to_reassign_nobody_new_is_taken_on(recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "One", "--owner", "Head of PPU")
    recreg("sign-off", "R-0001", "--letter", "HMI/1", "--direct")
    said = recreg("reassign", "Head of PPU", "Head of Vulnerability")
    assert said.code == 0
    assert said.err.startswith("0 items: “Head of PPU” owns no open item, so there is nothing to reassign.\n")
    assert recreg("person", "list", "-f", "json").json[0]["name"] == "Head of PPU"
    assert len(recreg("person", "list", "-f", "json").json) == 1


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("noun", ["person", "board", "portfolio"])
def test_a_name_that_changes_changes_everywhere_and_a_taken_one_is_refused(noun: str, recreg: Typed) -> None:
    option = "owner" if noun == "person" else noun
    recreg("add", "--kind", "rec", "--title", "One", f"--{option}", "Vulnerabilty")
    recreg(noun, "add", "Crime and Custody")
    assert recreg(noun, "rename", "Vulnerabilty", "Crime and custody").code == 4
    assert recreg(noun, "rename", "Vulnerabilty", "Crime and Cutsody").code == 4, "much like another"
    assert recreg(noun, "rename", "Vulnerabilty", "Vulnerability").code == 0, "its own slip may be put right"
    assert recreg("list", "-f", "json").json[0][option] == "Vulnerability"
    assert recreg("list", f"--{option}", "Vulnerabilty").code == 3
