"""What stands at the edges of a page and belongs to no paragraph: page numbers, running heads, addresses of links."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from recreg.domain.text import is_unseen


@dataclass(frozen=True)
class Line:
    """A line of a report: its place, as the officer finds it again, its text, and whether a page begins with it."""

    place: str
    text: str
    opens_page: bool = False


#: How many times a line stands at the edge of a page before it is taken for a running head.
_OFTEN = 3
#: No more characters are on such a line.
_LONGEST = 300
_NUMBER = re.compile(r"[-–—|\s]*(?:page\s+)?\d{1,3}[-–—|\s]*", re.IGNORECASE)
_OF_PAGES = re.compile(r"[-–—|\s]*(?:page\s+\d{1,3}|(?:page\s+)?\d{1,3}\s*(?:of|/)\s*\d{1,3})[-–—|\s]*", re.IGNORECASE)
_MARKING = re.compile(r"(?:NOT PROTECTIVELY MARKED|OFFICIAL(?:\s*[-–:]+\s*SENSITIVE)?(?:\s*\[?[A-Z ]+\]?)?|RESTRICTED)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_IN_CONTENTS = re.compile(r".*(?:\.\s?){4,}\s*\d{1,3}|(?:Recommendation|Cause|Area)s?\b.*\s{2,}\d{1,3}")
_KEPT = {"\t", "\u00ad", "\u200c", "\u200d"}


def lines_of(text: str) -> list[Line]:
    """The lines of a text, numbered as an editor numbers them; a form feed begins a page."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    return [Line(f"line {number}", *_seen(line)) for number, line in enumerate(lines, 1)]


def lines_of_pages(pages: list[str]) -> list[Line]:
    """The lines of a PDF, by the number of their page."""
    return [
        Line(f"page {number}", _seen(line)[0], opens_page=not place)
        for number, page in enumerate(pages, 1)
        for place, line in enumerate(page.splitlines() or [""])
    ]


def _seen(line: str) -> tuple[str, bool]:
    """The line without what shows nothing of itself; whether it begins a page. A soft hyphen counts at its end."""
    kept = "".join(c for c in line if not is_unseen(c) or c in _KEPT).rstrip()
    return kept[:-1].replace("\u00ad", "") + kept[-1:], "\x0c" in line


def without_edges(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the paragraphs, and those that were left out, none of them blank."""
    edges = _edges(lines)
    out = {place for place in range(len(lines)) if _is_edge(lines, place, at_edge=place in edges)}
    heads = _running_heads(lines, edges, out)
    out |= {place for place in edges | _beside(lines, out) if _alike(lines[place].text) in heads}
    kept = [line if place not in out else Line(line.place, "", line.opens_page) for place, line in enumerate(lines)]
    return kept, [lines[place] for place in sorted(out)]


def _edges(lines: list[Line]) -> set[int]:
    """The places of the first two and last two lines of each page that are not blank; of one page there are none."""
    starts = [place for place, line in enumerate(lines) if line.opens_page and place]
    edges: set[int] = set()
    for first, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        filled = [place for place in range(first, end) if lines[place].text.strip()]
        edges.update([*filled[:2], *filled[-2:]] if starts else [])
    return edges


def _is_edge(lines: list[Line], place: int, *, at_edge: bool) -> bool:
    text = lines[place].text.strip()
    if not text or len(text) > _LONGEST:
        return False
    if _OF_PAGES.fullmatch(text) or _MARKING.fullmatch(text) or _IN_CONTENTS.fullmatch(text):
        return True
    alone = all(not line.text.strip() for line in (*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2]))
    if _NUMBER.fullmatch(text):
        return at_edge or alone
    return bool(_ADDRESS.fullmatch(text)) and (at_edge or _follows_blank(lines, place))


def _follows_blank(lines: list[Line], place: int) -> bool:
    """Whether an address, or the run of addresses that it is in, stands apart from what is before it."""
    while place and _ADDRESS.fullmatch(lines[place - 1].text.strip()):
        place -= 1
    return place == 0 or not lines[place - 1].text.strip()


def _running_heads(lines: list[Line], edges: set[int], out: set[int]) -> set[str]:
    """What stands at the edges of several pages, but for its figures."""
    places = (edges | _beside(lines, out)) - out
    counts = Counter(_alike(lines[place].text) for place in places)
    return {text for text, count in counts.items() if count >= _OFTEN and _may_be_head(text)}


def _may_be_head(text: str) -> bool:
    words = re.match(r"(?:recommendation|cause|area|[•●o–-]\s)", text, re.IGNORECASE)
    return 0 < len(text) <= 90 and not words and not text.endswith((".", ";", ":"))


def _beside(lines: list[Line], out: set[int]) -> set[int]:
    """The nearest lines to those that were left out, since a head stands by its page's number."""
    return {found for place in out for found in (*_next(lines, place, -1), *_next(lines, place, 1))} - out


def _next(lines: list[Line], place: int, step: int) -> Iterator[int]:
    place += step
    while 0 <= place < len(lines):
        if lines[place].text.strip():
            yield place
            return
        place += step


def _alike(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))
