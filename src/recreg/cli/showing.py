"""How one thing is shown to a person: its fields, or its document in one form or another."""

import sys
from collections.abc import Sequence
from typing import Any

from recreg.cli.printer import put_lines
from recreg.paper.document import Document
from recreg.questions.columns import Column


def show_pairs(row: dict[str, Any], columns: Sequence[Column], title: str) -> None:
    """Every field that holds something, by its key."""
    from recreg.cli.tables import draw_pairs
    from recreg.domain.vocabulary import in_words

    pairs = [(in_words(column.key), row[column.key]) for column in columns if row[column.key] is not None]
    put_lines(draw_pairs(pairs, title))


def drawn(document: Document, *, html: bool) -> str:
    """The whole document as HTML, or as Markdown."""
    if html:
        from recreg.paper.html import html as in_html

        return in_html(document)
    from recreg.paper.markdown import markdown

    return markdown(document)


def print_drawn(text: str, *, html: bool) -> None:
    """A drawn document; where stdout lacks a character, HTML has it by its number, which every browser reads."""
    encoding = sys.stdout.encoding or "ascii"
    shown = text.encode(encoding, "xmlcharrefreplace").decode(encoding) if html else text
    put_lines(shown.rstrip("\n").split("\n"))
