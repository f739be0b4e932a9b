"""Which column is which: by the words that forces use, or by what the officer says."""

from pathlib import Path

import pytest
from made import put

from recreg.errors import Mistyped, Refused
from recreg.exchange.headings import bare, mapped, mapping_file, mapping_typed
from recreg.exchange.spellings import BY_NOUN, ITEMS, NOTES, PEOPLE
from recreg.questions.columns import ITEM

USUAL = {
    "HMICFRS ref": "hmicfrs_ref", "HMICFRS Ref No.": "hmicfrs_ref", "HMICFRS ID": "hmicfrs_ref", "Type": "kind",
    "Report": "inspection", "Inspection": "inspection", "Recommendation": "text", "WORDING": "text",
    "Lead": "owner", "Lead officer": "owner", "Owner": "owner", "Recommendation Owner": "owner", "RAG": "rag",
    "RAG status": "rag", "RAG rationale": "rag_why", "Rag-reason": "rag_why", "Due": "target_on",
    "Due date": "target_on", "Target date": "target_on", "HMICFRS deadline": "deadline_words",
    "Timescale": "deadline_words", "Ref": "ref", "Ref.": "ref", "Reference Number": "ref", "No": "number",
    "Rec. No.": "number", "Recommendation number": "number", "Number": "number", "Board": "board",
    " next  review ": "next_review_on", "TARGET_ON": "target_on", "times_deferred": "times_deferred",
}  # fmt: skip


@pytest.mark.parametrize("heading", USUAL)
def test_a_heading_is_known_in_its_usual_spellings(heading: str) -> None:
    assert mapped([heading], ITEMS, {}) == (USUAL[heading],)


@pytest.mark.parametrize("noun", BY_NOUN)
def test_no_spelling_means_two_keys_and_every_key_means_itself(noun: str) -> None:
    spellings = BY_NOUN[noun]
    every = [(bare(name), key) for key, names in spellings.items() for name in {key, *names}]
    meant = dict(every)
    assert {name for name, key in every if meant[name] != key} == set()
    assert mapped(list(spellings), spellings, {}) == tuple(spellings)


def test_every_key_of_an_item_is_a_heading() -> None:
    assert [column.key for column in ITEM] == list(ITEMS)[: len(ITEM)]


def test_every_heading_that_is_not_known_is_told_with_the_nearest_key_and_the_cure() -> None:
    with pytest.raises(Refused) as caught:
        mapped(["ref", "Ownr", "Dew date", "Colour of socks"], ITEMS, {})
    assert caught.value.sentences == [
        "The column “Ownr” is not known. Is it owner?",
        "The column “Dew date” is not known. Is it target_on?",
        "The column “Colour of socks” is not known.",
    ]
    assert '--map "Ownr=owner"' in caught.value.hint
    assert '--map "Colour of socks="' in caught.value.hint


def test_a_key_that_two_columns_come_to_is_refused_until_one_is_left_out() -> None:
    headings = ["Ref", "Owner", "Lead officer"]
    with pytest.raises(Refused, match="The columns “Owner”, “Lead officer” all mean owner"):
        mapped(headings, ITEMS, {})
    assert mapped(headings, ITEMS, {"Owner": ""}) == ("ref", "", "owner")
    assert mapped(headings, ITEMS, {"lead OFFICER": "approved_by"}) == ("ref", "owner", "approved_by")


def test_what_the_officer_says_wins_and_must_be_there() -> None:
    assert mapped(["Recommendation", "Text"], ITEMS, {"Recommendation": "number"}) == ("number", "text")
    with pytest.raises(Refused, match="There is no column “Lead”"):
        mapped(["ref"], ITEMS, {"Lead": "owner"})
    with pytest.raises(Mistyped) as caught:
        mapped(["Lead"], ITEMS, {"Lead": "ownr"})
    assert "Did you mean owner?" in caught.value.hint


def test_each_noun_has_words_of_its_own() -> None:
    assert mapped(["Item", "Date", "Update"], NOTES, {}) == ("item", "noted_on", "text")
    assert mapped(["Full name", "Job title", "E-mail"], PEOPLE, {}) == ("name", "role", "email")


def test_a_mapping_is_typed_or_saved_as_lines_or_as_json(tmp_path: Path) -> None:
    assert mapping_typed(["Action owner=owner", "A=B=text", "Notes="]) == {
        "Action owner": "owner",
        "A=B": "text",
        "Notes": "",
    }
    lines = "# as Crime sends it\n\nAction owner = owner\nA = B = text\nNotes =\n"
    assert mapping_file(put(tmp_path / "crime.map", "\ufeff" + lines)) == {
        "Action owner": "owner",
        "A = B": "text",
        "Notes": "",
    }
    assert mapping_file(put(tmp_path / "crime.json", '{"Action owner": "owner", "Notes": ""}')) == {
        "Action owner": "owner",
        "Notes": "",
    }


@pytest.mark.parametrize("typed", ["owner", "=owner", ""])
def test_a_mapping_without_column_and_key_is_mistyped(typed: str) -> None:
    with pytest.raises(Mistyped, match="does not say which column is which key"):
        mapping_typed([typed])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Owner\n", "crime.map, line 1: “Owner” has no column and key"),
        ("A = owner\nA = text\n", "crime.map, line 2: the column “A” is given two keys"),
        ('{"A": "owner", "A": "text"}', "the column “A” is given two keys"),
        ('{"A": 1}', "the key of “A” is not a text"),
        ('{"A": ', "is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"A" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_what_is_wrong_in_a_saved_mapping_is_refused(content: str | bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=says):
        mapping_file(put(tmp_path / "crime.map", content))


def test_a_saved_mapping_that_is_not_there_is_mistyped(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(Mistyped):
            mapping_file(path)
    with pytest.raises(Refused, match="not a regular file"):
        mapping_file(Path("/dev/zero"))
