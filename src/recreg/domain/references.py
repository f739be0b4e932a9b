"""Recommendations that a text names by HMICFRS's own number, as a footnote does: its title before, its words after."""

import re
from dataclasses import dataclass
from itertools import takewhile

from recreg.domain.paragraphs import sentences

_WORD = r"(?:HMICFRS\s+)?[Rr]ec(?:ommendation)?s?\.?\s+(?:(?:[Rr]ef(?:erence)?|[Nn]o|[Nn]umber)s?\.?:?\s*)?"
_NAMED = re.compile(rf"\b{_WORD}(?P<refs>\d{{4,6}}(?:\s*(?:,|and|&|/)\s*\d{{4,6}})*)\b")
#: “2. Stalking and Harassment (Recommendation 9472).”, where it is counted, or begins a paragraph.
_TITLED = re.compile(
    r"(?:^|(?<=[.;:]\s))(?:\d{1,2}\s+)?(?:\d{1,2}[.)]\s*)?(?:\(?[a-z][.)]\s*)?"
    rf"(?P<title>[A-Z“‘][^.;:()]{{2,120}}?)\s*\({_NAMED.pattern}\)[.:;,]?\s*"
)
DIRECTIVE = re.compile(r"\b(?:should|must|ought|needs?\s+to|(?:are|is)\s+expected\s+to)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Referred:
    """What a text says under a number: the title before it, the words after it, and what follows these."""

    title: str
    refs: tuple[str, ...]
    words: str
    left: str


def referred(text: str) -> list[Referred]:
    """What a paragraph lists by HMICFRS's numbers, each with the sentences that say what should be done."""
    found = list(_TITLED.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    those = [_referred(match, text[match.end() : end]) for match, end in zip(found, ends, strict=False)]
    return [each for each in those if each.words]


def numbers_named(text: str) -> list[str]:
    """Every number of HMICFRS's that a text names as a recommendation's."""
    return [ref for match in _NAMED.finditer(text) for ref in re.findall(r"\d+", match["refs"])]


def _referred(match: re.Match[str], after: str) -> Referred:
    told = list(takewhile(DIRECTIVE.search, sentences(after)))
    left = after.strip()[len(" ".join(told)) :].strip(" ;")
    return Referred(match["title"], tuple(re.findall(r"\d+", match["refs"])), " ".join(told).rstrip(" ;"), left)
