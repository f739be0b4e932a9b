"""A document as Markdown: CommonMark with tables, no HTML, and no markup from the register's texts."""

import re

from recreg.domain.text import visible
from recreg.paper.bars import fill_of, lengths, longest, numbers
from recreg.paper.document import (
    Bars,
    Block,
    Bullets,
    Document,
    Heading,
    NewPage,
    Pairs,
    Paragraph,
    Table,
    Verbatim,
)

#: What could begin markup anywhere in a line, and at its start only.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>&|~$#])")
_AT_START = re.compile(r"^([+\-=:]|\d{1,9}(?=[.)]))")
_ENDS = re.compile(r"(^\s+|\s+$)")
_BREAK = "\\\n"
#: How long the longest bar of a picture may be, in characters.
_LONGEST_BAR = 30


def markdown(document: Document) -> str:
    """The whole document, the marking at its head and foot."""
    marking = [f"**{escaped(document.marking)}**"] if document.marking.strip() else []
    return "\n\n".join([*marking, *map(_drawn, document.blocks), *marking]) + "\n"


#: What needs no look at each of its characters, as most cells of a long table do not.
_HARMLESS = re.compile(r"[A-Za-z][A-Za-z0-9 ,;–-]*(?<! )")


def escaped(text: str) -> str:
    """One text in which nothing is markup and every line break is kept; those at its ends are not."""
    if _HARMLESS.fullmatch(text):
        return text
    return _BREAK.join(_line(line) for line in _cleared(text).strip("\n").split("\n"))


def _cleared(text: str) -> str:
    return visible(text, keep="\n\t")


def _line(line: str) -> str:
    # Space at either end would be stripped, or make a block of code; a character's number is kept.
    return "".join(
        "".join(f"&#{ord(space)};" for space in part) if part.isspace() else _unmarked(part)
        for part in _ENDS.split(line)
    )


def _unmarked(body: str) -> str:
    body = _ANYWHERE.sub(r"\\\1", body)
    return _AT_START.sub(lambda found: found[1] + "\\" if found[1].isdigit() else "\\" + found[1], body)


def _drawn(block: Block) -> str:
    match block:
        case Bullets():
            return "\n".join("* " + escaped(item).replace("\n", "\n  ") for item in block.items)
        case Pairs():
            return "\n".join(_pair(name, value) for name, value in block.rows)
        case Table():
            return _table(block)
        case Bars():
            return "\n\n".join([*_bold(block.title), *filter(None, [escaped(block.says)]), _table(_with_bars(block))])
        case NewPage():
            return "***"
        case _:
            return _text(block)


def _text(block: Heading | Paragraph | Verbatim) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_one_line(block.text)}"
        case Paragraph():
            return escaped(block.text)
        case Verbatim():
            return "> " + escaped(block.text).replace("\n", "\n> ")


def _pair(name: str, value: str) -> str:
    said = escaped(value).replace("\n", "\n  ")
    return f"- **{_one_line(name)}**: {said}" if name.strip() else f"- {said}"


def _table(table: Table) -> str:
    heads = "| " + " | ".join(map(_one_line, table.columns)) + " |"
    rules = (" ---: |" if place in table.numbers else " --- |" for place in range(len(table.columns)))
    rows = ["| " + " | ".join(map(_one_line, row)) + " |" for row in table.rows]
    return "\n".join([heads, "|" + "".join(rules), *rows])


def _bold(text: str) -> list[str]:
    """A text in bold on a line of its own; without a text there is nothing to be bold."""
    return [f"**{_one_line(text)}**"] if text.strip() else []


def _with_bars(bars: Bars) -> Table:
    """The numbers of a picture, each part named with its character, and behind them the bars."""
    told = numbers(bars)
    several = len(bars.parts) > 1
    named = [f"{fill_of(place).character} {part}" if several else part for place, part in enumerate(bars.parts)]
    columns = (told.columns[0], *named, *told.columns[1 + len(bars.parts) :], "")
    rows = zip(told.rows, bars.rows, strict=True)
    return Table(columns, tuple((*row, _bar(counts, longest(bars))) for row, (_, counts) in rows), told.numbers)


def _bar(counts: tuple[int, ...], whole: int) -> str:
    """A character for each of what is counted, or for as many as fit."""
    made = lengths(counts, whole, min(whole, _LONGEST_BAR)) if whole else []
    return "".join(fill_of(place).character * length for place, length in enumerate(made))


def _one_line(text: str) -> str:
    """A text where Markdown has room for one line: its line breaks become spaces."""
    return escaped(" ".join(_cleared(text).split("\n")))
