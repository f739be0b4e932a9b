"""What the cells of the other nouns' rows mean: reviews, notes, evidence, inspections, names, links, the key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recreg.domain.rows import Meaning, Reader, count, day, line, text, yes_no
from recreg.domain.text import CLEAR, clean_line, of_cell
from recreg.domain.vocabulary import InspectionType, OurPart, Outcome, Rag, Relation, Verdict, word
from recreg.errors import Mistyped


@dataclass(frozen=True, slots=True)
class NounRow:
    """A row that was understood: its number, what its cells say, and the keys that it empties."""

    number: int
    says: dict[str, Any]
    cleared: frozenset[str] = frozenset()


def understood(
    number: int, keys: tuple[str, ...], cells: tuple[str | None, ...], reader: Reader
) -> tuple[NounRow, list[tuple[str, str, str]]]:
    """What a row says, and what is wrong with its cells, as (key, value, sentence)."""
    says, cleared, wrong = {}, set(), []
    for key, cell in zip(keys, cells, strict=True):
        if not key or cell is None:
            continue
        if cell == CLEAR:
            cleared.add(key)
            continue
        try:
            says[key] = reader.meaning(key, cell)
        except Mistyped as error:
            wrong.append((key, cell, " ".join([*error.sentences, error.hint]).strip()))
    return NounRow(number, says, frozenset(cleared)), wrong


def _word(vocabulary: type[StrEnum], what: str) -> Meaning:
    return lambda _reader, _key, cell: str(word(vocabulary, cell, what))


def _own(letter: str) -> Meaning:
    def meaning(_reader: Reader, _key: str, cell: str) -> int:
        if not re.fullmatch(rf"{letter}-\d{{4,9}}", cell.strip(), re.ASCII | re.IGNORECASE):
            raise Mistyped(f"“{cell}” is not such a reference of this register.", f"It is written {letter}-0001.")
        return int(cell.strip()[2:])

    return meaning


def _parted(_reader: Reader, key: str, cell: str) -> str:
    return "; ".join(clean_line(each, key) for each in of_cell(cell).split(";") if each.strip())


def _size(_reader: Reader, _key: str, cell: str) -> int:
    if not re.fullmatch(r"\d{1,15}", cell.strip(), re.ASCII):
        raise Mistyped(f"“{cell}” is not a number of bytes.", "Give figures alone.")
    return int(cell)


def _hash(_reader: Reader, _key: str, cell: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", cell.strip(), re.ASCII | re.IGNORECASE):
        raise Mistyped(f"“{cell}” is not a SHA-256.", "It has 64 figures and letters from a to f.")
    return cell.strip().lower()


def _each(meaning: Meaning, keys: str) -> dict[str, Meaning]:
    return dict.fromkeys(keys.split(), meaning)


#: What a cell means, noun by noun and key by key.
MEANINGS: Mapping[str, Mapping[str, Meaning]] = {
    "key": {"colour": _word(Rag, "RAG rating"), "words": line},
    "people": _each(line, "name role email"),
    "boards": _each(line, "name lead"),
    "portfolios": _each(line, "name lead"),
    "inspections": {
        **_each(line, "code title expected_words url"),
        **_each(day, "published_on pcc_comments_on pcc_due_on"),
        "type": _word(InspectionType, "inspection type"),
        "our_part": _word(OurPart, "part of ours"),
        "publishers": _parted,
        "summary": text,
        "pcc_applies": yes_no,
    },
    "reviews": {
        "ref": _own("V"),
        **_each(line, "item met_with"),
        **_each(day, "held_on met_on found_last_on found_anchor_on"),
        "outcome": _word(Outcome, "review outcome"),
        **_each(text, "note corrected_why"),
        "kept_schedule": yes_no,
        "found_round": count,
    },
    "notes": {"ref": _own("N"), "item": line, "noted_on": day, **_each(text, "text corrected_why")},
    "evidence": {
        "ref": _own("E"),
        "items": _parted,
        **_each(line, "title file_name link path received_from shared_with"),
        **_each(day, "dated_on received_on shared_on judged_on"),
        **_each(text, "verdict_why corrected_why"),
        "sha256": _hash,
        "size_bytes": _size,
        "verdict": _word(Verdict, "verdict"),
    },
    "links": {**_each(line, "item other"), "relation": _word(Relation, "sort of link")},
}

#: The days of each noun that has any, by their keys.
DAYS = {noun: {key for key, meaning in meanings.items() if meaning is day} for noun, meanings in MEANINGS.items()}

#: What a row of a noun must say to be taken as a new one.
REQUIRED = {
    "key": ("colour", "words"),
    "people": ("name",),
    "boards": ("name",),
    "portfolios": ("name",),
    "inspections": ("code", "title", "type"),
    "reviews": ("item", "held_on", "outcome", "note"),
    "notes": ("item", "noted_on", "text"),
    "evidence": ("items",),
    "links": ("item", "relation", "other"),
}
