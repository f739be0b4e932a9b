"""A document as plain text, for a mail that is read without HTML: every text as it is, in lines of any length."""

from recreg.domain.text import visible
from recreg.paper.document import Block, Bullets, Document, Heading, Pairs, Paragraph, Verbatim


def plain(document: Document) -> str:
    """The whole document, the marking at its head and foot; a letter has neither tables nor pictures."""
    marking = [document.marking] if document.marking.strip() else []
    blocks = [drawn for block in document.blocks if (drawn := _drawn(block))]
    return visible("\n\n".join([*marking, document.title, *blocks, *marking]), keep="\n\t") + "\n"


def _drawn(block: Block) -> str:
    match block:
        case Heading():
            return _underlined(" ".join(block.text.split("\n")), "=" if block.level < 3 else "-")
        case Paragraph():
            return block.text
        case Verbatim():
            return _below("> ", block.text, "> ")
        case Bullets():
            return "\n".join(_below("* ", item) for item in block.items)
        case Pairs():
            return "\n".join(_below(f"{name}: ", value) for name, value in block.rows)
        case _:
            return ""


def _underlined(text: str, line: str) -> str:
    return f"{text}\n{line * min(len(text), 72)}"


def _below(first: str, text: str, other: str = "  ") -> str:
    """A text behind what begins its first line, its other lines set in."""
    return first + text.replace("\n", f"\n{other}")
