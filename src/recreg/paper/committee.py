"""The committee's paper as a document: its first page, its sections, its annexes."""

from collections.abc import Callable, Iterable, Iterator

from recreg.domain.dates import spoken
from recreg.paper import body, front, outline
from recreg.paper.annexes import annexes
from recreg.paper.document import Block, Document, Heading, NewPage, Pairs, Paragraph
from recreg.paper.facts import Facts
from recreg.paper.period import Period
from recreg.paper.wording import Audience
from recreg.paper.words import Words

Drawn = Callable[[Facts, Audience], Iterable[Block]]


def paper(facts: Facts, words: Words, audience: Audience, *, drawn_on: str, is_final: bool) -> Document:
    """The whole paper; the first page alone carries the sentence, the movements, the causes and what is red.

    All but the line that says when it was drawn follows from the register as it stood.
    """
    sections = _sections(facts, words, audience)
    blocks = (*_head(facts.period, is_final=is_final), *sections, NewPage(), *_annexes(facts, audience),
              *_rests_on(facts.period, drawn_on))  # fmt: skip
    return Document(_title(facts.period), "OFFICIAL" if audience.is_public else facts.marking, blocks)


def _title(period: Period) -> str:
    return f"HMICFRS update: {period.meeting.name}" if period.meeting else "HMICFRS update"


def _head(period: Period, *, is_final: bool) -> Iterator[Block]:
    yield Heading(1, _title(period))
    counts = f"The register as it stood on {spoken(period.until)}, and what moved from {spoken(period.since)} on."
    meets = f"The committee meets on {spoken(period.meeting.held_on)}. " if period.meeting else ""
    yield Paragraph(f"{meets}{counts}" + ("" if is_final else " This is a draft."))


def _sections(facts: Facts, words: Words, audience: Audience) -> Iterator[Block]:
    """The sections, numbered; the officer's own stand before what the committee is asked to note."""
    own = [(title, blocks) for title, blocks in words.own.items()]
    titled = [(title, list(_section(title, facts, words, audience))) for title in outline.SECTIONS]
    place = outline.SECTIONS.index(outline.TO_NOTE)
    for number, (title, blocks) in enumerate([*titled[:place], *own, *titled[place:]], 1):
        if title == outline.REPORTS:
            yield NewPage()
        yield Heading(2, f"{number}. {title}")
        yield from blocks


def _section(title: str, facts: Facts, words: Words, audience: Audience) -> Iterator[Block]:
    """The officer's words, then what the register says; they take the place of a text that never changes."""
    said = words.sections.get(title)
    if title in _STANDING:
        yield from said or [Paragraph(_STANDING[title])]
        return
    yield from said or ()
    yield from _FROM_THE_REGISTER[title](facts, audience)


def _position(facts: Facts, _audience: Audience) -> Iterable[Block]:
    return front.position(facts)


def _causes_and_reds(facts: Facts, audience: Audience) -> Iterator[Block]:
    yield from front.causes(facts, audience)
    yield from front.reds(facts, audience)


_STANDING = {outline.PURPOSE: body.PURPOSE, outline.TO_NOTE: body.TO_NOTE, outline.CONTACT: body.CONTACT}
_FROM_THE_REGISTER: dict[str, Drawn] = {
    outline.POSITION: _position,
    outline.CAUSES: _causes_and_reds,
    outline.REPORTS: body.reports,
    outline.FORTHCOMING: body.forthcoming,
    outline.REVIEWS: body.reviews,
    outline.BACKGROUND: body.background,
}


def _annexes(facts: Facts, audience: Audience) -> Iterator[Block]:
    for title, blocks in annexes(facts, audience):
        yield Heading(2, f"{outline.annex(title)}: {title}")
        yield from blocks


def _rests_on(period: Period, drawn_on: str) -> Iterator[Block]:
    """What pins the history behind the paper: the last entry of the log and its hash."""
    yield Heading(2, f"{outline.annex(outline.RESTS_ON)}: {outline.RESTS_ON}")
    follows = "no final paper that ends on the day before"
    if period.last and period.last.final:
        final = period.last.final
        follows = f"the final paper of “{period.last.name}”, changeset {final.changeset}, SHA-256 {final.sha256}"
    yield Pairs(
        (
            ("Register's log", f"changeset {period.changeset}, SHA-256 {period.hash}"),
            ("Period", f"{spoken(period.since)} to {spoken(period.until)}, both days included"),
            ("Follows", follows),
        )
    )  # fmt: skip
    yield Paragraph(f"Drawn on {drawn_on}.")
