"""What a redaction takes away: words, of a row or within its texts; never a day, a rating or a status."""

import re

#: What stands where something was redacted.
REDACTED = "[redacted]"

#: The columns of each noun that hold words which people typed.
WORDS: dict[str, tuple[str, ...]] = {
    "item": tuple(
        "title text addressees ours_why waiting_on acceptance_why acceptance_by deadline_words deadline_why "
        "deadline_letter target_why target_approved_by rag_why sign_off_level returned_why reopened_why "
        "closed_letter closed_why approved_by withdrawn_why".split()
    ),
    "review": ("note", "met_with", "corrected_why"),
    "note": ("text", "corrected_why"),
    "evidence": tuple("title file_name link path received_from shared_with verdict_why corrected_why".split()),
}


def without(value: str, words: list[str]) -> str:
    """The value without the words, whatever their case; without any words, nothing of it is left."""
    if not words:
        return REDACTED
    return re.sub(
        "|".join(map(_whatever_spaces, sorted(words, key=len, reverse=True))), REDACTED, value, flags=re.IGNORECASE
    )


def stands_in(words: str, value: str) -> bool:
    """Whether the words stand in the value, as `without` would find them."""
    return re.search(_whatever_spaces(words), value, re.IGNORECASE) is not None


def _whatever_spaces(words: str) -> str:
    """Words that stand so too where a line breaks between them."""
    return r"\s+".join(map(re.escape, words.split()))
