"""Goes through a report once: under which heading a paragraph stands, and to which recommendation it belongs."""

import re

from recreg.domain.addressees import addressees
from recreg.domain.deadlines import deadline_phrases
from recreg.domain.page_edges import Line, without_edges
from recreg.domain.paragraphs import Block, blocks
from recreg.domain.references import DIRECTIVE, Referred, numbers_named, referred
from recreg.domain.reports import Drafted, Report
from recreg.domain.text import short_title
from recreg.domain.vocabulary import Kind

#: A recommendation's heading; of four figures or more its number is HMICFRS's own.
_ONE = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:HMICFRS\s+)?recommendation\s+(?P<number>\d{1,6}[a-z]?|\d{1,2}\.\d{1,2}|[A-Z])\b"
    r"[\s.):–—-]*(?P<rest>.*)",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:our|the|national|local|new)\s+)?"
    r"(?P<of>recommendations?|causes?\s+of\s+concern|areas?\s+for\s+improvement)\b"
    r"(?:\s+(?P<number>\d{1,6}|[A-Z]\b))?[\s:.–—-]*(?P<rest>.*)",
    re.IGNORECASE,
)
_KINDS = {"r": Kind.RECOMMENDATION, "c": Kind.CAUSE_OF_CONCERN, "a": Kind.AREA_FOR_IMPROVEMENT}
_CAUSES = re.compile(r"\bcauses?\s+of\s+concern\b", re.IGNORECASE)
#: So many paragraphs back may say that what a footnote lists are causes of concern.
_NEAR = 3
_LONGEST_TITLE = 160


def recommendations(lines: list[Line]) -> Report:
    """What looks like recommendations in the lines of a report."""
    kept, left_out = without_edges(lines)
    read, doubtful = blocks(kept)
    report = _Reader(read).read()
    report.remark("left out, as page numbers, running heads and the like are.", left_out)
    report.remark("it begins with the rest of a parted word, whose hyphen was kept.", doubtful)
    return report


class _Reader:
    """Where it is in the report, and what it found so far."""

    def __init__(self, read: list[Block]) -> None:
        self._blocks = read
        self._report = Report()
        self._listing: Kind | None = None
        self._addressed: list[str] = []
        self._cause: Drafted | None = None
        self._current: Drafted | None = None

    def read(self) -> Report:
        for place, block in enumerate(self._blocks):
            if block.is_heading:
                self._heading(block)
            elif listed := referred(block.whole if block.is_counted else block.text):
                self._listed(listed, block, place)
            else:
                self._words(block)
        self._report.settle()
        self._remark_on_numbers()
        return self._report

    def _heading(self, block: Block) -> None:
        self._current = None
        if one := _ONE.fullmatch(block.text):
            self._listing = None
            self._begin(Kind.RECOMMENDATION, block, one["number"], one["rest"])
        elif section := _SECTION.fullmatch(block.text):
            self._section(section, block)
        else:
            self._leave()

    def _section(self, section: re.Match[str], block: Block) -> None:
        """A heading over several, or over one."""
        of, rest = section["of"].casefold(), section["rest"]
        kind, several = _KINDS[of[0]], of.split()[0].endswith("s") and not section["number"]
        self._cause = self._cause if kind == Kind.RECOMMENDATION else None
        self._listing = kind if several else None
        self._addressed = addressees(re.sub(r"^(?:for|to)\s+", "", rest) + " should") if several else []
        if not several:
            self._begin(kind, block, section["number"] or "", rest)

    def _begin(self, kind: Kind, block: Block, number: str, words: str) -> Drafted:
        """Begin one; words on its heading's line are its title, unless they say what should be done."""
        is_theirs = re.fullmatch(r"\d{4,6}", number) is not None
        begun = Drafted(kind, block.first.place, "" if is_theirs else number, number if is_theirs else "")
        begun.addressed, begun.mark = self._addressed, block.mark
        if DIRECTIVE.search(words) or words.endswith("."):
            begun.parts.append(words)
        else:
            begun.title = words.strip(" :–—-()")
        if kind == Kind.CAUSE_OF_CONCERN:
            self._cause = begun
        elif kind == Kind.RECOMMENDATION:
            begun.parent = self._cause
        self._current = self._report.add(begun)
        return begun

    def _leave(self) -> None:
        """Come to another subject."""
        self._current = self._cause = self._listing = None

    def _words(self, block: Block) -> None:
        """A paragraph or an item of a list, under whatever heading it stands."""
        if self._listing and self._is_another(block):
            number = re.sub(r"\W", "", block.mark) if block.is_counted else ""
            self._begin(self._listing, block, number, "").parts = [block.text]
        elif self._is_title(block):
            self._title(block)
        elif self._current and self._belongs(block, self._current):
            self._current.parts.append(block.whole)
        else:
            self._not_taken(block)

    def _is_another(self, block: Block) -> bool:
        """Whether what stands in a list is one of its own, rather than a part of the one before."""
        current = self._current
        if current is None:
            return bool(block.mark) or bool(DIRECTIVE.search(block.text))
        if current.number:
            return block.is_counted and current.number.isdigit() == bool(re.search(r"\d", block.mark))
        if block.mark:
            return current.mark == block.mark or (block.is_counted and not current.goes_on)
        return not current.mark and bool(DIRECTIVE.search(block.text)) and not current.goes_on

    def _belongs(self, block: Block, current: Drafted) -> bool:
        """Whether it goes on with the current one: an item of its list, or more of what should be done."""
        if not current.parts or block.mark or block.text[0].islower():
            return True
        return current.parts[-1].endswith((":", ",", ";")) or bool(DIRECTIVE.search(block.text))

    def _is_title(self, block: Block) -> bool:
        """Whether a line stands by itself as a heading does, without an end and without saying what should be done."""
        alone = block.after_gap and not block.mark and not block.is_complete
        return alone and len(block.text) <= _LONGEST_TITLE and not DIRECTIVE.search(block.text)

    def _title(self, block: Block) -> None:
        """A heading of the current one, if it has none yet and no words; else of another subject."""
        if self._current and not self._current.parts and not self._current.title:
            self._current.title = block.text
        else:
            self._leave()

    def _not_taken(self, block: Block) -> None:
        """Tell where a recommendation was taken to end, and of what reads like one and stands nowhere."""
        if self._current:
            number = self._current.hmicfrs_ref or self._current.number
            ended = f"{str(self._current.kind).replace('_', ' ')} {number}".strip()
            self._tell(block, f"the {ended} was taken to end before it")
        elif deadline_phrases(block.text) and addressees(block.text):
            self._tell(block, "it reads like a recommendation, and was not taken")
        self._current = None

    def _tell(self, block: Block, sentence: str) -> None:
        self._report.remark(f"“{short_title(block.text)}…”: {sentence}.", [block.first])

    def _listed(self, listed: list[Referred], block: Block, place: int) -> None:
        """A paragraph of titles with HMICFRS's numbers: near the words “causes of concern” each title is one."""
        near = self._blocks[max(0, place - _NEAR) : place + 1]
        of_causes = self._listing == Kind.CAUSE_OF_CONCERN or any(_CAUSES.search(each.text) for each in near)
        causes: dict[str, Drafted] = {}
        for each in listed:
            key = each.title.casefold()
            if of_causes and key not in causes:
                cause = Drafted(Kind.CAUSE_OF_CONCERN, block.first.place, title=each.title)
                causes[key] = self._report.add(cause)
            for ref in each.refs:
                found = Drafted(Kind.RECOMMENDATION, block.first.place, hmicfrs_ref=ref, parts=[each.words])
                found.parent, found.title = causes.get(key), "" if of_causes else each.title
                self._report.add(found)
            if each.left:
                words = f"“{short_title(each.left)}…”: the recommendation {each.refs[-1]} was taken to end before it."
                self._report.remark(words, [block.first])

    def _remark_on_numbers(self) -> None:
        """Tell of HMICFRS's numbers whose words were not found."""
        known = {each.hmicfrs_ref for each in self._report.found}
        for block in self._blocks:
            for ref in numbers_named(block.text):
                if ref not in known:
                    self._report.remark(f"recommendation {ref} is named, and its words were not found.", [block.first])
                    known.add(ref)
