"""Documents: whatever the register's texts hold, they come out as texts, and nothing of them is markup."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from reading_back import CELLS, TEXT, Page

from recreg.domain.text import visible
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
from recreg.paper.html import html
from recreg.paper.markdown import markdown


def read(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def said(token: Token) -> str:
    """The text of an inline token; fails on any markup but a line break and the bold names that are ours."""
    told = []
    for child in token.children or []:
        assert child.type in {"text", "text_special", "hardbreak", "strong_open", "strong_close"}, child
        told.append("\n" if child.type == "hardbreak" else child.content)
    return "".join(told)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    """Every text that stands in the Markdown of these blocks."""
    return [said(token) for token in read(markdown(Document("t", "", blocks))) if token.type == "inline"]


def shown(text: str) -> str:
    """A text as it should come out: unseen characters by number, the line breaks at its ends left out."""
    return visible(text, keep="\n\t").strip("\n")


def on_one_line(text: str) -> str:
    return visible(text, keep="\n\t").replace("\n", " ")


@given(TEXT)
@example("a\n\nb")
@example("1. x\n2. y")
@example("a | b\n:- | :-")
@example("## closed ##")
def test_a_paragraph_comes_back_from_markdown_as_it_was(text: str) -> None:
    assert texts((Paragraph(text),)) == ([shown(text)] if shown(text) else [])


@given(TEXT)
@example("> quoted\n    indented\n```\nfence")
def test_verbatim_words_are_a_quotation_with_their_lines_and_spaces(text: str) -> None:
    tokens = read(markdown(Document("t", "", (Verbatim(text),))))
    assert [said(token) for token in tokens if token.type == "inline"] == ([shown(text)] if shown(text) else [])
    kinds = [token.type for token in tokens if token.nesting == 1]
    assert kinds in (["blockquote_open", "paragraph_open"], ["blockquote_open"])


@given(st.integers(1, 3), TEXT)
def test_a_heading_is_one_line_of_text(level: int, text: str) -> None:
    first, inline, _ = read(markdown(Document("t", "", (Heading(level, text),))))
    assert (first.tag, said(inline)) == (f"h{level}", on_one_line(text))


@given(st.lists(st.tuples(st.sampled_from(["review", "V-0001"]), TEXT), min_size=1, max_size=4))
def test_pairs_are_a_list_of_names_and_values(rows: list[tuple[str, str]]) -> None:
    assert texts((Pairs(tuple(rows)),)) == [
        f"{name}: {shown(value)}" if shown(value) else f"{name}:" for name, value in rows
    ]


@given(CELLS, st.data())
def test_a_table_comes_back_from_markdown_cell_by_cell(heads: list[str], data: st.DataObject) -> None:
    row = st.lists(TEXT, min_size=len(heads), max_size=len(heads))
    rows = data.draw(st.lists(row, max_size=3))
    cells = texts((Table(tuple(heads), tuple(map(tuple, rows))),))
    assert cells == [on_one_line(cell) for cell in [*heads, *(cell for row in rows for cell in row)]]


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_bullets_come_back_from_markdown_one_by_one(items: list[str]) -> None:
    assert texts((Bullets(tuple(items)),)) == [shown(item) for item in items if shown(item)]


@given(TEXT, CELLS, st.data())
def test_a_picture_in_markdown_is_a_table_of_its_numbers_with_bars(
    title: str, parts: list[str], data: st.DataObject
) -> None:
    counts = st.lists(st.integers(0, 10**6), min_size=len(parts), max_size=len(parts)).map(tuple)
    rows = data.draw(st.lists(st.tuples(TEXT, counts), max_size=4))
    told = texts((Paragraph("before"), Bars("t" + title, tuple(parts), tuple(rows), "s" + title)))
    cells, width = told[3:], len(parts) + (3 if len(parts) > 1 else 2)
    assert told[1:3] == [on_one_line("t" + title), shown("s" + title)]
    assert [cell.split(" ", 1)[-1] if len(parts) > 1 else cell for cell in cells[1 : len(parts) + 1]] == [
        on_one_line(part) for part in parts
    ]
    for number, (label, each) in enumerate(rows, 1):
        row = cells[number * width : (number + 1) * width]
        assert row[: len(parts) + 1] == [on_one_line(label), *map(str, each)]
        assert row[-2] == str(sum(each))
        assert len(row[-1]) <= 30
        assert len(set(row[-1])) == min(6, len([count for count in each if count]))


def test_a_bar_of_few_has_a_character_for_each_and_a_long_one_is_scaled() -> None:
    few = texts((Bars("t", ("red", "green"), (("now", (2, 3)), ("then", (0, 4))), ""),))
    assert (few[-6:-5], few[-1]) == (["██▓▓▓"], "▓▓▓▓")
    many = texts((Bars("t", ("red", "green"), (("now", (1, 599)), ("then", (0, 300))), ""),))
    assert (many[-6:-5], many[-1]) == (["█" + "▓" * 29], "▓" * 15)


def test_figures_stand_to_the_right_in_markdown_and_a_new_page_is_a_break() -> None:
    blocks = (Table(("a", "n"), (("x", "1"),), frozenset({1})), NewPage(), Paragraph("y"))
    tokens = read(markdown(Document("t", "", blocks)))
    assert [token.attrs.get("style") for token in tokens if token.tag in {"th", "td"} and token.nesting == 1] == [
        None, "text-align:right", None, "text-align:right",
    ]  # fmt: skip
    assert [token.type for token in tokens if token.level == 0 and token.nesting != -1][1:] == ["hr", "paragraph_open"]


@given(st.lists(TEXT, min_size=6, max_size=6))
def test_there_is_no_html_in_markdown_and_blocks_do_not_run_into_each_other(those: list[str]) -> None:
    blocks = (Heading(1, those[0]), Pairs((("a", those[1]),)), Paragraph(those[2] + "x"), Verbatim(those[3] + "y"))
    tokens = read(
        markdown(
            Document("t", "OFFICIAL", (*blocks, Table(("h", those[4]), ()), NewPage(), Bullets((f"{those[5]}x",))))
        )
    )
    assert [token.type for token in tokens if token.nesting == 1 and token.level == 0] == [
        "paragraph_open", "heading_open", "bullet_list_open", "paragraph_open", "blockquote_open", "table_open",
        "bullet_list_open", "paragraph_open",
    ]  # fmt: skip
    assert not [token for token in tokens if "html" in token.type or token.type in {"fence", "code_block"}]


@given(CELLS, st.data())
def test_html_comes_back_text_by_text(heads: list[str], data: st.DataObject) -> None:
    row = st.lists(TEXT, min_size=len(heads), max_size=len(heads)).map(tuple)
    rows, words = data.draw(st.lists(row, max_size=3)), data.draw(st.lists(TEXT, min_size=5, max_size=5))
    blocks = (Heading(1, words[0]), Pairs(((words[1], words[2]),)), Paragraph(words[3]), Verbatim(words[4]))
    page = Page(html(Document(words[0], "", (*blocks, Table(tuple(heads), tuple(rows))))))
    cells = [words[1], words[2], *heads, *(cell for each in rows for cell in each)]
    wanted = [visible(cell, keep="\n\t") for cell in cells]
    assert list(page.texts("th", "td")) == wanted
    told = [visible(words[place], keep="\n\t") for place in (0, 0, 3, 4)]
    assert list(page.texts("title", "h1", "p", "blockquote")) == told
    tags = {"html", "head", "title", "style", "body", "header", "main", "footer", "h1", "p", "blockquote", "table",
            "thead", "tbody", "tr", "th", "td"}  # fmt: skip
    assert {tag for tag, _ in page.found} <= tags


def test_html_needs_nothing_else_and_names_its_tables_for_who_cannot_see_them() -> None:
    blocks = (Heading(1, "One"), Pairs((("a", "b"),)), Heading(2, "Two"), Table(("On", "By"), (("1 May", "x"),)))
    text = html(Document("One", "OFFICIAL", blocks))
    page = Page(text)
    assert not re.search(r"src=|href=|url\(|@import|<script", text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert "@media print" in text
    scopes = [attributes.get("scope") for tag, attributes in page.attributes if tag == "th"]
    assert scopes == ["row", "col", "col", "row"]
    ids = {attributes["id"] for _, attributes in page.attributes if "id" in attributes}
    named = {attributes["aria-labelledby"] for tag, attributes in page.attributes if tag == "table"}
    assert ids == named


@pytest.mark.parametrize("marking", ["OFFICIAL", "OFFICIAL–SENSITIVE *draft*"])
def test_the_marking_is_the_first_and_the_last_thing_said(marking: str) -> None:
    document = Document("t", marking, (Paragraph("x"),))
    first, *_, last = [said(token) for token in read(markdown(document)) if token.type == "inline"]
    assert (first, last) == (marking, marking)
    page = Page(html(document))
    assert list(page.texts("p")) == [marking, "x", marking]


def test_without_a_marking_nothing_stands_in_its_place() -> None:
    document = Document("t", " ", (Paragraph("x"),))
    assert markdown(document) == "x\n"
    assert list(Page(html(document)).texts("p")) == ["x"]
