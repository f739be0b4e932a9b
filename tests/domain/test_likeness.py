"""When two texts, or two names, are likely one; and that such are found among many without comparing all."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recreg.domain.likeness import NEAR, Fingerprints, alike_names, likeness, near_identical, words_of
from recreg.domain.text import much_alike

OLDER = (
    "Within six months, chief constables should make sure that victim needs assessments are completed for all "
    "older victims of crime, and that the officers who carry them out have had the training that they need to "
    "recognise when a victim is vulnerable and what support the force and its partners can offer to them"
)
STALKING = (
    "Within six months, chief constables should make sure that officers are aware of the importance of treating "
    "breaches of orders as evidence of a wider pattern of offending, and that risk management plans are drawn up "
    "for every case of stalking that is recorded by the force, whatever the level of risk in the case"
)
SHORT = "The force should review all breaches of protective orders by March"
AUDIT = "The force should publish an audit of the cases that it has closed without a crime number by 31 March"
words = st.text(string.ascii_lowercase, min_size=1, max_size=9)
long_texts = st.lists(words, min_size=40, max_size=80, unique=True)
any_texts = st.one_of(st.text(), st.lists(st.sampled_from(["force", "Chief", "a", "–"]), max_size=30).map(" ".join))


def met(*texts: str) -> list[tuple[int, int]]:
    """The pairs that are found when the texts are met in this order."""
    fingerprints = Fingerprints[int]()
    return [(other, at) for at, text in enumerate(texts) for other in fingerprints.meet(at, text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OLDER, OLDER.upper()),
        (OLDER, OLDER.replace("victim ", "victim’s ", 1).replace("months,", "months –")),
        (OLDER, OLDER.replace("six", "three").replace("support", "help")),
        (OLDER, f"Recommendation 10618. {OLDER}."),
        ("Victim needs", "• victim\n  NEEDS."),
        ("Workﬂow", "workflow"),
        ("10618", "10618."),
        (SHORT, SHORT.replace("orders", "ordres")),
        (AUDIT, AUDIT.replace("an audit", "audits").replace("31 March", "March")),
        (AUDIT, f"{AUDIT}. The force should tell victims what was found."),
    ],
)
def test_case_punctuation_and_a_few_words_of_a_long_text_are_no_difference(one: str, other: str) -> None:
    assert near_identical(one, other)
    assert met(one, other) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OLDER, STALKING),
        (OLDER, OLDER[: len(OLDER) // 2]),
        ("Review the policy on stalking by March 2023", "Review the policy on stalking by March 2024"),
        ("Victim needs", "Victims' needs"),
        (SHORT, SHORT.replace("orders", "notices")),
        (SHORT.replace("March", "2023"), SHORT.replace("March", "2024")),
        (AUDIT, "The force should publish a plan for the officers that it has trained without a course by 31 March"),
        ("–", "•"),
    ],
)
def test_other_texts_are_not_and_a_short_one_is_near_its_very_words_only(one: str, other: str) -> None:
    assert not near_identical(one, other)
    assert met(one, other) == []


@given(any_texts, any_texts)
def test_likeness_is_the_same_from_both_sides_and_whole_to_itself(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1.0
    assert met(one, one) == [(0, 1)]


@given(any_texts, any_texts)
def test_what_is_found_does_not_depend_on_the_order_and_is_near_identical(one: str, other: str) -> None:
    assert met(one, other) == met(other, one)
    assert not met(one, other) or near_identical(one, other)


@given(long_texts, st.data())
def test_a_word_changed_in_a_long_text_is_found_in_either_order(text: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    changed = [*text[:at], data.draw(words), *text[at + 1 :]]
    assert met(" ".join(text), " ".join(changed)) == [(0, 1)]
    assert met(" ".join(changed), " ".join(text)) == [(0, 1)]


@given(long_texts, long_texts)
def test_unrelated_texts_are_never_found(one: list[str], other: list[str]) -> None:
    shared = len(set(one) & set(other)) / min(len(one), len(other))
    if shared < NEAR / 2:
        assert met(" ".join(one), " ".join(other)) == []


@given(st.permutations([OLDER, OLDER.replace("six", "two"), STALKING, STALKING.replace("case", "matter"), "x", "X."]))
def test_every_pair_among_several_is_found_in_any_order(texts: list[str]) -> None:
    expected = {(a, b) for b in range(6) for a in range(b) if near_identical(texts[a], texts[b])}
    assert len(expected) == 3
    assert set(met(*texts)) == expected


def test_a_thousand_of_one_text_each_find_the_first_few_only() -> None:
    pairs = met(*[OLDER] * 1000)
    assert {at for _, at in pairs} == set(range(1, 1000))
    assert len(pairs) < 10_000


@pytest.mark.soak
def test_a_hundred_thousand_texts_take_seconds() -> None:
    started = time.monotonic()
    met(*(f"{OLDER[at % 90 :]} {at} {at * 7} {STALKING[at % 120 :]} {at * 13} {at * 17}" for at in range(100_000)))
    assert time.monotonic() - started < 120


def test_words_are_folded_and_a_text_without_any_is_itself() -> None:
    assert words_of("Force’s “policy”,\nand STRASSE – straße") == [
        "force", "s", "policy", "and", "strasse", "strasse",
    ]  # fmt: skip
    assert words_of(" – • ") == ["–", "•"]


NAMES = st.lists(
    st.sampled_from(
        ["Head of PPU", "head-of-ppu", "Head of Crime", "Head of Crmie", "Vulnerability Board", "Vulnerabilty Board",
         "Vulnerability  board.", "PC 1234", "PC 1235", "T/DCI Ops", "TDCI Ops", "Crime", "Crimes", "Crim", "–", "•"]
    ),
    unique=True,
)  # fmt: skip


@given(NAMES)
def test_names_much_alike_are_found_as_if_each_were_compared_with_each(names: list[str]) -> None:
    each = {(a, b) for at, b in enumerate(names) for a in names[:at] if much_alike(a, b)}
    assert set(alike_names(names)) == each


@given(st.text("abcdeABC -&./", min_size=1, max_size=14), st.text("abcdeABC -&./", min_size=1, max_size=14))
def test_two_names_are_found_wherever_they_are_much_alike(one: str, other: str) -> None:
    assert bool(alike_names([one, other])) == (one != other and much_alike(one, other))
