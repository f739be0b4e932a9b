"""Text as it comes in, titles made of it, and names that are likely one."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recreg.domain.text import LONGEST, clean, clean_line, much_alike, name_key, short_title
from recreg.errors import Mistyped

latin_letters = st.text(st.characters(codec="latin-1", categories=("Lu", "Ll")), min_size=1)
long_words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=12)
#: Letters with their accents apart, line ends of every machine and marks that are refused.
awkward_text = st.text(st.sampled_from("aeé \r\n\t\u0301\u0308\u00a0\u200d\u202e\u0000Åﬁ’–")) | st.text()


def test_text_is_kept_verbatim_with_its_line_breaks_quotes_and_dashes() -> None:
    text = "Forces should:\n\n\t• “review” all cases – now;\n\t  – and, by March, the PCC’s too.\n"
    assert clean(text, "text") == text


def test_line_ends_of_every_machine_become_one() -> None:
    assert clean("one\r\ntwo\rthree\nfour\r\n\r\nfive", "text") == "one\ntwo\nthree\nfour\n\nfive"


def test_a_letter_and_its_accent_become_one_character() -> None:
    assert clean("Cafe\u0301 Siân Sia\u0302n", "text") == "Caf\u00e9 Si\u00e2n Si\u00e2n"


def test_ligatures_and_wide_letters_are_left_as_they_are() -> None:
    assert clean("ﬁrst ① Ａ", "text") == "ﬁrst ① Ａ"


@pytest.mark.parametrize("welcome", ["\n", "\t", "\u00ad", "\u200c", "\u200d", "\u00a0"])
def test_newlines_tabs_and_marks_that_real_writing_needs_are_welcome(welcome: str) -> None:
    assert clean(f"a{welcome}b", "text") == f"a{welcome}b"


@pytest.mark.parametrize(
    "bad",
    ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x85", "\x9b"],
)
def test_a_control_character_is_refused(bad: str) -> None:
    with pytest.raises(Mistyped):
        clean(f"Crimes {bad}", "title")


@pytest.mark.parametrize(
    "bad",
    [
        "\u061c", "\u200b", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b", "\u202c",
        "\u202d", "\u202e", "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff", "\U000e0041",
    ],
)  # fmt: skip
def test_a_mark_that_reorders_or_hides_text_is_refused(bad: str) -> None:
    with pytest.raises(Mistyped):
        clean(f"Crimes {bad}", "title")


def test_half_of_a_character_is_refused() -> None:
    with pytest.raises(Mistyped):
        clean("Crimes \ud83d", "title")


def test_a_refusal_names_the_character_and_its_place() -> None:
    with pytest.raises(Mistyped) as refusal:
        clean("ab\u202ec\u202e", "title")
    assert refusal.value.sentences == ["The title has a control character (U+202E) at character 3."]
    assert refusal.value.exit_code == 2


def test_a_text_may_be_long_but_not_endless() -> None:
    assert len(clean("x" * LONGEST, "text")) == LONGEST
    with pytest.raises(Mistyped, match="longer than 1,000,000 characters"):
        clean("x" * (LONGEST + 1), "text")


@given(awkward_text)
@settings(max_examples=300, deadline=None)
def test_any_text_is_kept_in_one_normal_form_or_refused(typed: str) -> None:
    try:
        text = clean(typed, "text")
    except Mistyped:
        assert any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in typed)
    else:
        assert unicodedata.is_normalized("NFC", text)
        assert "\r" not in text
        assert unicodedata.normalize("NFC", typed).splitlines() == text.splitlines()
        assert clean(text, "text") == text


@pytest.mark.parametrize("typed", ["  Domestic abuse ", "Domestic\nabuse", "Domestic\t\r\n abuse"])
def test_a_line_has_single_spaces_and_no_line_breaks(typed: str) -> None:
    assert clean_line(typed, "title") == "Domestic abuse"


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u00a0\u2003"])
def test_an_empty_line_is_refused(typed: str) -> None:
    with pytest.raises(Mistyped, match="The title is empty"):
        clean_line(typed, "title")


@pytest.mark.parametrize("typed", ["\u200d", "\u00ad \u200c"])
def test_a_line_of_which_nothing_can_be_seen_is_refused(typed: str) -> None:
    with pytest.raises(Mistyped):
        clean_line(typed, "title")


@given(awkward_text)
@settings(max_examples=200, deadline=None)
def test_a_line_once_cleaned_stays_as_it_is(typed: str) -> None:
    try:
        line = clean_line(typed, "title")
    except Mistyped:
        return
    assert line == clean_line(line, "title")
    assert "\n" not in line
    assert "  " not in line


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Improve contact with victims.", "Improve contact with victims."),
        ("Improve\n\n  contact\twith  victims.", "Improve contact with victims."),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 60),
        ("x" * 59 + " yy", "x" * 59),
        ("x" * 60 + " yy", "x" * 60),
        ("a " + "x" * 70, "a"),
        ("", ""),
        (
            "Forces should check that every open case has a named investigator and a plan.",
            "Forces should check that every open case has a named",
        ),
    ],
)
def test_a_short_title_is_the_first_words_cut_between_two(text: str, title: str) -> None:
    assert short_title(text) == title


@given(st.lists(st.text("ab’–", min_size=1, max_size=80), max_size=30), st.sampled_from([" ", "\n", "  "]))
@settings(max_examples=300, deadline=None)
def test_a_short_title_is_at_most_60_characters_of_whole_words(words: list[str], between: str) -> None:
    title = short_title(between.join(words))
    assert len(title) <= 60
    kept = len(title.split())
    assert title == (" ".join(words[:kept]) if words and len(words[0]) <= 60 else "".join(words[:1])[:60])
    if kept < len(words):
        assert len(" ".join(words[: kept + 1])) > 60


@pytest.mark.parametrize(
    "other",
    [
        "vulnerability board", "VULNERABILITY BOARD", "Vulnerability  Board", " Vulnerability\tBoard ",
        "Ｖulnerability Board",
    ],
)  # fmt: skip
def test_case_and_the_width_of_spaces_do_not_tell_names_apart(other: str) -> None:
    assert name_key(other) == name_key("Vulnerability Board")


@pytest.mark.parametrize("other", ["VulnerabilityBoard", " Vulnerability-Board.", "Vulnerability_Board"])
def test_a_name_that_differs_in_punctuation_or_a_space_is_much_alike_and_no_more(other: str) -> None:
    assert name_key(other) != name_key("Vulnerability Board")
    assert much_alike(other, "Vulnerability Board")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siân O’Brien", "SIÂN O’BRIEN"),
        ("Siân O'Brien", "Sia\u0302n O'Brien"),
        ("Straße", "STRASSE"),
    ],
)
def test_a_name_is_the_same_name_however_it_is_typed(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_an_accent_makes_another_name() -> None:
    assert name_key("Sian") != name_key("Siân")


@pytest.mark.parametrize("name", ["?", "—", "* *"])
def test_a_name_of_punctuation_alone_still_has_a_key(name: str) -> None:
    assert name_key(name) == name


@given(latin_letters, latin_letters)
@settings(max_examples=200, deadline=None)
def test_no_name_is_told_apart_by_case_or_the_width_of_spaces(one: str, other: str) -> None:
    key = name_key(f"{one} {other}")
    assert name_key(f"  {one}  {other} ".upper()) == key
    assert name_key(key) == key
    assert much_alike(f"{one}{other}", f"{one}-{other}.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Det Supt Smith", "Det Supt Smyth"),
        ("Det Supt Smith", "Det Supt Smiht"),
        ("Det Supt Smith", "Det Supt Smit"),
        ("Det Supt Smith", "Det Supt Smithe"),
        ("Head of Crimes", "head of  crime"),
        ("Head of Fraud/Cyber", "Head of Fruad & Cyber"),
        ("Vulnerability Board", "Vulnerabilty Board"),
    ],
)
def test_one_slip_in_a_word_of_five_letters_or_more_is_likely_the_same_name(one: str, other: str) -> None:
    assert much_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Head of PPU", "Head of Crime"),
        ("Head of PPU", "Head of CPU"),
        ("Jon Ali", "Joan Ali"),
        ("Head of Crime", "Haed of Crime"),
        ("Supt Smith", "Supt Jones"),
        ("Supt Smith", "Supt Smythe"),
        ("Supt Smith", "Smith"),
        ("Anna Clark", "Anne Clarke"),
        ("Crime Board", "Crime Board North"),
        ("", "Head of Crime"),
    ],
)
def test_another_word_is_another_name(one: str, other: str) -> None:
    assert not much_alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("PC 12345", "PC 12346"), ("Team 10618", "Team 10681")])
def test_neighbouring_numbers_are_two_names(one: str, other: str) -> None:
    assert not much_alike(one, other)


@given(long_words, st.data())
@settings(max_examples=300, deadline=None)
def test_a_letter_added_dropped_changed_or_swapped_is_a_slip(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from("abcxyz"))
    slips = [
        name[:at] + letter + name[at:],
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    ]
    assert [much_alike(f"Supt {name}", f"Supt {slip}") for slip in slips] == [True] * 4


@given(long_words)
@settings(max_examples=100, deadline=None)
def test_two_letters_added_are_no_slip(name: str) -> None:
    assert not much_alike(name, f"{name}ae")
    assert not much_alike(name, f"q{name}q")


@given(st.text(), st.text())
@settings(max_examples=300, deadline=None)
def test_alike_is_alike_both_ways(one: str, other: str) -> None:
    assert much_alike(one, other) == much_alike(other, one)
    assert much_alike(one, one)
