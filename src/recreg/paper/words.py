"""The officer's own words for the paper: a Markdown file whose headings name the sections they belong to."""

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recreg.domain.text import much_alike
from recreg.errors import Mistyped, Objections
from recreg.paper.document import Block, Bullets, Heading, Paragraph, Verbatim
from recreg.paper.facts import Figure
from recreg.paper.outline import SECTIONS
from recreg.paper.wording import number, sentence

#: A figure by its name, and what the officer takes it to be where that is said: {{open_recommendations: 45}}.
_FIGURE = re.compile(r"\{\{\s*(\w+)\s*(?::\s*([^{}]*?)\s*)?\}\}")


@dataclass
class Words:
    """The officer's sections by the paper's names of them, and those of the officer's own, in their order."""

    sections: dict[str, list[Block]] = field(default_factory=dict)
    own: dict[str, list[Block]] = field(default_factory=dict)


def words_of(file: Path, figures: dict[str, Figure]) -> Words:
    """The words of a file, its ``{{figures}}`` filled and checked.

    Raises `Mistyped` for a file that cannot be read, `Refused` naming each thing in it that is not understood.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Mistyped(f"The file {file} cannot be read: {error.strerror}.", "Check its name and place.") from error
    except UnicodeDecodeError as error:
        raise Mistyped(f"The file {file} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8 first.") from error
    return understood(text, file.name, figures)


def understood(text: str, name: str, figures: dict[str, Figure]) -> Words:
    """The words of a text; raises `Refused` naming each line that is not understood."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    reading = _Reading(name, figures)
    for node in SyntaxTreeNode(MarkdownIt("commonmark").parse(text)).children:
        reading.take(node)
    reading.objections.settle()
    return reading.words


class _Reading:
    """A file of words as it is read, block by block."""

    def __init__(self, name: str, figures: dict[str, Figure]) -> None:
        self.name, self.figures = name, figures
        self.words, self.objections = Words(), Objections()
        self.section: list[Block] | None = None

    def take(self, node: Any) -> None:
        """Take one block: a heading begins a section, all else belongs to the last one."""
        if node.type == "heading" and int(node.tag[1:]) <= 2:
            self._begin(self._text(node), node)
        elif self.section is None:
            self._object(node, "stands before the first heading", "Begin each section with a heading: # Purpose")
        else:
            self.section.extend(self._block(node))

    def _begin(self, numbered: str, node: Any) -> None:
        title = re.sub(r"^\d+[.)]\s*", "", numbered).strip()
        if not title:
            self._object(node, "begins a section without a name", "Name it: # Purpose")
        known = next((each for each in SECTIONS if each.casefold() == title.casefold()), None)
        alike = next((each for each in SECTIONS if _is_meant(title, each)), None)
        if known is None and alike is not None:
            self._object(node, f"names a section “{title}”", f"The paper's section is called “{alike}”.")
        sections = self.words.own if known is None else self.words.sections
        if (known or title) in sections:
            self._object(node, f"begins “{title}” a second time", "Put both parts under one heading.")
        self.section = sections.setdefault(known or title, [])

    def _block(self, node: Any) -> list[Block]:
        match node.type:
            case "heading":
                return [Heading(3, self._text(node))]
            case "paragraph":
                return [Paragraph(self._text(node))]
            case "bullet_list" if not any(_holds_a_list(item) for item in node.children):
                return [Bullets(tuple(self._text(item) for item in node.children))]
            case "blockquote":
                return [Verbatim("\n\n".join(self._text(each) for each in node.children))]
        what = _NAMES.get(node.type, node.type.replace("_", " "))
        self._object(node, f"is {what}, which the paper has no room for", _ROOM)
        return []

    def _text(self, node: Any) -> str:
        """The text of a block, without its markup; figures filled."""
        if node.type == "inline":
            for each in node.walk():
                if each.type in {"image", "html_inline"}:
                    self._object(node, f"holds {_NAMES[each.type]}, which the paper has no room for", _ROOM)
            return self._filled("".join(map(_said, node.children)), node)
        return "\n".join(self._text(each) for each in node.children)

    def _filled(self, text: str, node: Any) -> str:
        filled = _FIGURE.sub(lambda found: self._figure(found[1], found[2], node), text)
        if re.search(r"\{\{|\}\}", filled):
            self._object(node, "holds braces that are no figure", "A figure is written {{open_recommendations}}.")
        if _TABLE.search(filled):
            self._object(node, "is a table, which the paper has no room for", _ROOM)
        return filled

    def _figure(self, name: str, expected: str | None, node: Any) -> str:
        figure = self.figures.get(name.lower())
        if figure is None:
            near = difflib.get_close_matches(name.lower(), self.figures, n=3)
            hint = f"Nearest: {', '.join(near)}." if near else "recreg paper --explain lists every figure."
            self._object(node, f"asks for a figure “{name}”, which the paper does not have", hint)
            return ""
        told = number(figure.count) if figure.count >= 0 else str(figure.count)
        if expected and expected.casefold().replace(",", "").replace("−", "-") not in _spelt(figure.count):
            what = f"takes {name} to be {expected}, and it is {figure.count}"
            self._object(node, what, "Put the text right, or the register.")
        return sentence(told) if name[0].isupper() else told

    def _object(self, node: Any, what: str, hint: str) -> None:
        line = (node.map[0] if node.map else node.parent.map[0] if node.parent and node.parent.map else 0) + 1
        self.objections.add(f"{self.name}, line {line}, {what}.", hint)


_ROOM = "Use headings, paragraphs, plain lists and quotes."
_NAMES = {
    "fence": "a block of code", "code_block": "a block of code", "html_block": "HTML", "html_inline": "HTML",
    "image": "a picture", "hr": "a rule", "ordered_list": "a numbered list", "bullet_list": "a list within a list",
}  # fmt: skip
_TABLE = re.compile(r"\|\s*:?-{2,}")


def _is_meant(title: str, section: str) -> bool:
    """Whether a heading is likely to mean the paper's section: a slip of it, or its beginning."""
    begins = section.casefold().startswith(title.casefold()) and len(title) > len("the ")
    return begins or much_alike(title, section)


def _holds_a_list(item: Any) -> bool:
    return any(each.type.endswith("_list") for each in item.children)


def _spelt(count: int) -> set[str]:
    """How a figure may be spelt where it is checked."""
    return {str(count), f"{count:+}", *([number(count)] if count >= 0 else [])}


def _said(node: Any) -> str:
    """What a piece of running text says: of a link its text and its address."""
    match node.type:
        case "text" | "code_inline" | "html_inline":
            return str(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
    inner = "".join(map(_said, node.children))
    if node.type == "link" and node.attrs.get("href") not in {inner, f"mailto:{inner}"}:
        return f"{inner} ({node.attrs.get('href')})"
    return inner
