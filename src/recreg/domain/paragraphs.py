"""The lines of a report as they were broken on its pages, put together again to paragraphs and bullets.

No word is added, dropped or changed: lines are joined by a space, a word that was parted at a line's end is
put together, and what stands at the edges of pages is left out and told of.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recreg.domain.page_edges import Line


@dataclass
class Block:
    """A heading, a paragraph, or an item of a list with its mark; where it begins and ends."""

    first: Line
    text: str
    mark: str = ""
    after_gap: bool = True
    is_heading: bool = False
    last_length: int = 0

    @property
    def whole(self) -> str:
        """The block as it is read: its mark, a space, its text."""
        return f"{self.mark} {self.text}" if self.mark else self.text

    @property
    def is_complete(self) -> bool:
        """Whether its text comes to an end as sentences and items of lists do."""
        return bool(_END.search(self.text[-20:]))

    @property
    def is_bullet(self) -> bool:
        """Whether it is marked, but not counted by number or letter."""
        return bool(self.mark) and not self.is_counted

    @property
    def is_counted(self) -> bool:
        """Whether it is marked by a number or a letter."""
        return bool(re.fullmatch(rf"(?:{COUNTED})", self.mark))


#: A number or a letter that counts an item of a list: “1.”, “2)”, “(a)”, “iv.”.
COUNTED = r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]+"
_MARK = re.compile(rf"(?P<mark>[•●◦▪■□‣∙·➢✓*\uf0b7\uf0a7\uf0d8–—-]|o|{COUNTED})\s+(?P<rest>\S.*)", re.DOTALL)
#: No paragraph of a report has more characters.
_LONGEST = 50_000
_DASHES = set("-–—")
_END = re.compile(r"(?:[.:;!?…]|[;,]\s(?:and|or),?)[\"'’”)\]\d]{0,4}\s*$")
#: What stands on a line of its own, before whatever follows it.
HEADING = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:our|the|national|local|new)\s+)?"
    r"(?:(?:HMICFRS\s+)?recommendation\s+(?:\d{1,6}[a-z]?|\d{1,2}\.\d{1,2}|[A-Z])\s*(?:[.):–—-].*|\(.*|(?-i:[A-Z]).*)?"
    r"|recommendations?(?:\s+(?:for|to)\s+[^.;:]{3,70})?\s*:?"
    r"|causes?\s+of\s+concern(?:\s+(?:\d{1,6}|[A-Z]))?\s*(?:[:.–—-].*)?"
    r"|areas?\s+for\s+improvement(?:\s+\d{1,6})?\s*(?:[:.–—-].*)?)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+)?(?=(?:[^A-Z]*[A-Z]){6})[A-Z][A-Z0-9 &,’'()/:–-]+")
_PARTED = re.compile(r"(?P<before>[^\W\d_]{2,})-$")


def blocks(lines: Iterable[Line]) -> tuple[list[Block], list[Line]]:
    """The blocks that the lines make up, and the lines whose last word is parted by a hyphen, as may be or not."""
    those = list(lines)
    return _Reader(those).read()


class _Reader:
    """Goes through the lines once; what a whole text looks like decides what one line of it is."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        lengths = sorted(len(line.text.strip()) for line in lines if line.text.strip()) or [0]
        self._wide = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0]
        self._words = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text)}
        self._blocks: list[Block] = []
        self._doubtful: list[Line] = []

    def read(self) -> tuple[list[Block], list[Line]]:
        gap = True
        for line in self._lines:
            text = " ".join(re.split(r"[ \t]+", line.text.strip()))
            gap = gap or line.opens_page
            if text:
                self._take(line, text, gap=gap)
            gap = not text
        return self._blocks, self._doubtful

    def _take(self, line: Line, text: str, *, gap: bool) -> None:
        last = self._blocks[-1] if self._blocks else None
        mark = _MARK.fullmatch(text)
        if self._is_heading(text, last, gap=gap):
            self._blocks.append(Block(line, text, is_heading=True, after_gap=gap))
        elif mark and self._is_marked(mark["mark"], last, gap=gap):
            self._blocks.append(Block(line, mark["rest"], mark["mark"], gap))
        elif last is not None and len(last.text) < _LONGEST and self._runs_on(text, last, gap=gap):
            last.text = self._joined(last.text, text, line)
        else:
            self._blocks.append(Block(line, text, after_gap=gap))
        self._blocks[-1].last_length = len(text)

    def _is_heading(self, text: str, last: Block | None, *, gap: bool) -> bool:
        """Whether it stands alone; a line that only happens to begin with such words goes on with its sentence."""
        if not (HEADING.fullmatch(text) or _CAPITALS.fullmatch(text)):
            return False
        return last is None or last.is_heading or last.is_complete or (gap and not self._goes_on(text, last))

    def _is_marked(self, mark: str, last: Block | None, *, gap: bool) -> bool:
        """Whether a mark is one; a dash in the middle of a sentence is none, nor a number that ends one."""
        if last is None or last.is_heading or last.is_complete or (gap and last.last_length < 0.75 * self._wide):
            return True
        if mark in _DASHES or re.fullmatch(rf"{COUNTED}", mark):
            return last.mark == mark or (last.is_counted and mark not in _DASHES)
        return True

    def _runs_on(self, text: str, last: Block, *, gap: bool) -> bool:
        """Whether an unmarked line goes on with the last block rather than beginning a paragraph."""
        if last.is_heading and (_CAPITALS.fullmatch(last.text) or len(last.text.split()) < 5):
            return False
        if gap and last.is_heading:
            return text[0].islower()
        if gap or last.is_heading:
            return self._goes_on(text, last)
        return True

    def _goes_on(self, text: str, last: Block) -> bool:
        """Whether a line after a blank one goes on with a sentence: many a page is read with a gap at every line."""
        if text[0].islower() or text[0] in ",;)":
            return last.text[-1] not in ".:;!?"
        return last.last_length >= 0.75 * self._wide and not last.is_complete

    def _joined(self, before: str, after: str, line: Line) -> str:
        if before.endswith("\u00ad"):
            return before[:-1] + after
        parted = _PARTED.search(before[-80:])
        if not parted:
            return f"{before} {after}"
        first = re.match(r"[^\W\d_]*", after)
        rest = first[0] if first else ""
        one, hyphened = (f"{parted['before']}{joint}{rest}".casefold() for joint in ("", "-"))
        if rest[:1].islower() and one in self._words and hyphened not in self._words:
            return before[:-1] + after
        if hyphened not in self._words:
            self._doubtful.append(line)
        return before + after


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, as they stand."""
    yield from (found[0].strip() for found in _SENTENCE.finditer(text) if found[0].strip())


_SENTENCE = re.compile(r".+?(?:(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)(?<!\bvs)[.!?]['’”\")]*(?=\s+[A-Z“‘(])|$)", re.DOTALL)
