"""Drawing a paper: the period that was meant, its facts, the officer's words, one document, in one of three forms."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from recreg.domain.dates import spoken
from recreg.domain.vocabulary import Kind, PaperForm
from recreg.paper.committee import paper
from recreg.paper.document import Document
from recreg.paper.everyone import for_everyone
from recreg.paper.facts import Facts
from recreg.paper.wording import Audience
from recreg.paper.words import Words, words_of


@dataclass(frozen=True)
class Wanted:
    """How a paper is wanted: its form, the officer's words, a Word template, and whether everyone may read it."""

    form: PaperForm
    words: Path | None = None
    template: Path | None = None
    is_public: bool = False
    is_final: bool = False


def drawn(facts: Facts, wanted: Wanted, drawn_on: str) -> bytes:
    """The whole file; the same facts and words give the same bytes but for the line that says when it was drawn."""
    words = words_of(wanted.words, facts.figures) if wanted.words else Words()
    audience = Audience(wanted.is_public, facts.roles)
    document = paper(facts, words, audience, drawn_on=drawn_on, is_final=wanted.is_final)
    if wanted.is_public:
        document = for_everyone(document, facts.marked)
    return _in_form(document, wanted, facts.period.until)


def is_as_recorded(facts: Facts, wanted: Wanted) -> bool | None:
    """Whether a final paper drawn again is the very file that was recorded; None where it is of another form."""
    final = facts.period.again
    if final is None or final.form != wanted.form:
        return None
    # The day may have been set by RECREG_TODAY, which the paper says.
    said = (spoken(final.drawn_on), f"{spoken(final.drawn_on)} (set by RECREG_TODAY)")
    return any(sha256(drawn(facts, replace(wanted, is_final=True), day)) == final.sha256 for day in said)


def sha256(content: bytes) -> str:
    """The hash by which a final paper is known."""
    return hashlib.sha256(content).hexdigest()


def opened(facts: Facts) -> dict[Kind, int]:
    """The open items that the paper prints, by kind, from which the next one goes on."""
    return {statement.kind: statement.now for statement in facts.account.statements}


def _in_form(document: Document, wanted: Wanted, until: date) -> bytes:
    if wanted.form == PaperForm.DOCX:
        from recreg.paper.docx import docx

        return docx(document, wanted.template, drawn_on=until)
    if wanted.form == PaperForm.HTML:
        from recreg.paper.html import html

        return html(document).encode()
    from recreg.paper.markdown import markdown

    return markdown(document).encode()
