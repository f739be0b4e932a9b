"""The words of the field, however they are typed, and how they are told."""

from enum import StrEnum

import pytest

from recreg.domain.vocabulary import (
    Acceptance,
    Clock,
    ClosedAs,
    DecidedBy,
    InspectionType,
    Kind,
    OurPart,
    Outcome,
    Precision,
    Rag,
    Status,
    Verdict,
    in_words,
    plural,
    word,
)
from recreg.errors import Mistyped

VOCABULARIES: list[type[StrEnum]] = [
    Acceptance, Clock, ClosedAs, DecidedBy, InspectionType, Kind, OurPart, Outcome, Precision, Rag, Status,
    Verdict,
]  # fmt: skip
EVERY_WORD = [(vocabulary, member) for vocabulary in VOCABULARIES for member in vocabulary]


@pytest.mark.parametrize(("vocabulary", "member"), EVERY_WORD)
def test_every_word_is_understood_in_any_case_with_hyphens_or_spaces(
    vocabulary: type[StrEnum], member: StrEnum
) -> None:
    plain = member.value
    typed = [
        plain,
        plain.upper(),
        plain.title(),
        plain.replace("_", "-"),
        plain.replace("_", " ").capitalize(),
    ]
    typed += [f"  {plain.replace('_', '  ')}\t", plain.replace("_", " - ")]
    assert {word(vocabulary, each, "word") for each in typed} == {member}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("afi", Kind.AREA_FOR_IMPROVEMENT),
        ("AFI", Kind.AREA_FOR_IMPROVEMENT),
        ("coc", Kind.CAUSE_OF_CONCERN),
        (" CoC ", Kind.CAUSE_OF_CONCERN),
        ("rec", Kind.RECOMMENDATION),
        ("Rec", Kind.RECOMMENDATION),
    ],
)
def test_kinds_have_short_words(typed: str, kind: Kind) -> None:
    assert word(Kind, typed, "kind") is kind


def test_a_short_word_means_nothing_where_its_word_does_not_belong() -> None:
    with pytest.raises(Mistyped, match="“afi” is not a RAG rating"):
        word(Rag, "afi", "RAG rating")


@pytest.mark.parametrize(
    ("vocabulary", "typed", "nearest"),
    [
        (Kind, "recomendation", "recommendation"),
        (Kind, "Causes of concern", "cause_of_concern"),
        (Kind, "areas-for-improvement", "area_for_improvement"),
        (Rag, "ambr", "amber"),
        (Status, "submited", "submitted"),
        (Status, "in-progres", "in_progress"),
        (ClosedAs, "signed of", "signed_off"),
        (Outcome, "ontrack", "on_track"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_word(
    vocabulary: type[StrEnum],
    typed: str,
    nearest: str,
) -> None:
    with pytest.raises(Mistyped) as refusal:
        word(vocabulary, typed, "word")
    assert refusal.value.hint.startswith(f"Did you mean {nearest}? ")


def test_a_refusal_repeats_what_was_typed_and_names_every_word_that_may_be() -> None:
    with pytest.raises(Mistyped) as refusal:
        word(Rag, "Purple", "RAG rating")
    assert refusal.value.sentences == ["“Purple” is not a RAG rating."]
    assert refusal.value.hint == "A RAG rating is one of: red, amber, green, unrated, blue, white."
    assert refusal.value.exit_code == 2


def test_a_refusal_puts_an_before_a_vowel() -> None:
    with pytest.raises(Mistyped) as refusal:
        word(InspectionType, "unknown", "inspection type")
    assert refusal.value.sentences == ["“unknown” is not an inspection type."]
    assert "An inspection type is one of" in refusal.value.hint


@pytest.mark.parametrize("typed", ["", " ", "_", "re", "red red", "green.", "gr een", "Rag.RED", "красный"])
def test_what_is_no_word_of_the_vocabulary_is_refused(typed: str) -> None:
    with pytest.raises(Mistyped):
        word(Rag, typed, "RAG rating")


@pytest.mark.parametrize(
    ("kind", "count", "told"),
    [
        (Kind.RECOMMENDATION, 1, "recommendation"),
        (Kind.RECOMMENDATION, 45, "recommendations"),
        (Kind.AREA_FOR_IMPROVEMENT, 1, "area for improvement"),
        (Kind.AREA_FOR_IMPROVEMENT, 14, "areas for improvement"),
        (Kind.CAUSE_OF_CONCERN, 1, "cause of concern"),
        (Kind.CAUSE_OF_CONCERN, 2, "causes of concern"),
        (Kind.CAUSE_OF_CONCERN, 0, "causes of concern"),
    ],
)
def test_a_kind_is_told_in_the_number_there_is(kind: Kind, count: int, told: str) -> None:
    assert plural(kind, count) == told


def test_a_word_is_told_with_spaces() -> None:
    assert in_words(ClosedAs.NO_FURTHER_ACTION) == "no further action"
