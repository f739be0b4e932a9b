"""What looks like recommendations in the text of a published report, in HMICFRS's own words.

It proposes and never decides: whatever was left out or may be otherwise is told with its place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from recreg.domain.addressees import addressees
from recreg.domain.deadlines import deadline_phrases
from recreg.domain.page_edges import Line
from recreg.domain.text import short_title
from recreg.domain.vocabulary import Kind, in_words, plural


@dataclass
class Drafted:
    """One recommendation, area for improvement or cause of concern as the report words it."""

    kind: Kind
    place: str
    number: str = ""
    hmicfrs_ref: str = ""
    title: str = ""
    parent: "Drafted | None" = None
    parts: list[str] = field(default_factory=list)
    addressed: list[str] = field(default_factory=list)
    mark: str = ""

    @property
    def text(self) -> str:
        """Its words: a paragraph or a bullet on each line."""
        return "\n".join(self.parts)

    @property
    def goes_on(self) -> bool:
        """Whether its words so far lead to a list."""
        return bool(self.parts) and self.parts[-1].endswith(":")

    @property
    def name(self) -> str:
        """What a cause of concern is called where its recommendations name it."""
        return self.title or short_title(self.text)

    def row(self) -> dict[str, str]:
        """It by the keys of an item."""
        return {
            "kind": str(self.kind),
            "inspection": "",
            "number": self.number,
            "hmicfrs_ref": self.hmicfrs_ref,
            "parent": (self.parent.hmicfrs_ref or self.parent.name) if self.parent else "",
            "title": self.name if self.kind == Kind.CAUSE_OF_CONCERN else self.title,
            "text": self.text,
            "addressees": "; ".join(addressees(self.text) or self.addressed),
            "deadline_words": "; ".join(deadline_phrases(self.text)),
        }


@dataclass
class Report:
    """What was found in a report, in its order, and what the officer has to look at."""

    found: list[Drafted] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, drafted: Drafted) -> Drafted:
        """Take one in."""
        self.found.append(drafted)
        return drafted

    def remark(self, sentence: str, places: Iterable[Line]) -> None:
        """Tell of places in the report; of none there is nothing to tell."""
        named = list(dict.fromkeys(line.place for line in places))
        if named:
            noun, _, first = named[0].partition(" ")
            more = [place.partition(" ")[2] for place in named[1:]]
            self.remarks.append(f"{noun}{'s' if more else ''} {', '.join([first, *more])}: {sentence}")

    def settle(self) -> None:
        """Leave out what has no words and what was found before."""
        kept: dict[tuple[str, ...], Drafted] = {}
        for each in self.found:
            row = each.row()
            if not each.text and not (each.title and each.kind == Kind.CAUSE_OF_CONCERN):
                self.remarks.append(f"{each.place}: {_called(each)} has no words below its heading, and is left out.")
            elif tuple(row.values()) in kept:
                self.remarks.append(f"{each.place}: {_called(each)} is there already, and is left out.")
            else:
                kept[tuple(row.values())] = each
        self.found = list(kept.values())
        names = [each.name for each in self.found if each.kind == Kind.CAUSE_OF_CONCERN]
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            self.remarks.append(f"Several causes of concern are called “{name}”: give each its own title and parent.")


def _called(each: Drafted) -> str:
    number = each.hmicfrs_ref or each.number
    return f"the {in_words(each.kind)}{f' {number}' if number else ''}"


def counts(found: list[Drafted]) -> Iterator[str]:
    """What was found, in words: “5 numbered recommendations”, “2 causes of concern”."""
    of = {
        "{} by HMICFRS's number": [e for e in found if e.kind == Kind.RECOMMENDATION and e.hmicfrs_ref],
        "numbered {}": [e for e in found if e.kind == Kind.RECOMMENDATION and e.number and not e.hmicfrs_ref],
        "{} without a number": [
            e for e in found if e.kind == Kind.RECOMMENDATION and not e.number and not e.hmicfrs_ref
        ],
    }
    for words, those in of.items():
        if those:
            yield f"{len(those)} {words.format('recommendation' if len(those) == 1 else 'recommendations')}"
    for kind in (Kind.AREA_FOR_IMPROVEMENT, Kind.CAUSE_OF_CONCERN):
        those = [each for each in found if each.kind == kind]
        if those:
            yield f"{len(those)} {plural(kind, len(those))}"
