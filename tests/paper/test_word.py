"""Word documents: real headings, lists and tables, the marking on every page, and texts that stay texts."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from a_committee_paper import AGE, MOVEMENTS, PAPER, RAG, SENTENCE, WORDS
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading_back import CELLS, TEXT, Page
from reading_word import W, cells, opened, parts, shown, styles, texts, word

from recreg.domain.text import visible
from recreg.paper.document import (
    Bars,
    Bullets,
    Document,
    Heading,
    NewPage,
    Pairs,
    Paragraph,
    Table,
    Verbatim,
)
from recreg.paper.docx import docx
from recreg.paper.html import html
from recreg.paper.markdown import markdown

SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOWLY
@given(st.lists(TEXT, min_size=7, max_size=7), CELLS, st.data())
@example(["<w:p/>", "&amp;", "  a  \n b\t", "\ufffe", "{ PAGE }", 'HYPERLINK "x"', " "], ["]]>"], None)
def test_any_text_comes_back_from_a_word_document(
    words: list[str], heads: list[str], data: st.DataObject | None
) -> None:
    row = st.lists(TEXT, min_size=len(heads), max_size=len(heads)).map(tuple)
    rows = data.draw(st.lists(row, max_size=3)) if data else []
    bullets = (words[5], words[6])
    read = word(
        Heading(1, words[0]), Paragraph(words[1]), Verbatim(words[2]), Pairs(((words[3], words[4]),)),
        Table(tuple(heads), tuple(rows), frozenset({0})), Bullets(bullets),
    )  # fmt: skip
    wanted = [*words[:5], *heads, *(cell for row in rows for cell in row), *bullets]
    assert list(texts(read)) == [shown(text) for text in wanted]
    body = {element.tag.removeprefix(W) for element in read.element.body.iter()}
    assert not body & {"fldSimple", "instrText", "fldChar", "hyperlink", "drawing", "object", "sdt"}


@SLOWLY
@given(st.lists(TEXT, min_size=2, max_size=2), CELLS, st.data())
def test_every_text_and_number_of_a_picture_comes_back(words: list[str], named: list[str], data: st.DataObject) -> None:
    counts = st.lists(st.integers(0, 10**6), min_size=len(named), max_size=len(named)).map(tuple)
    rows = data.draw(st.lists(st.tuples(TEXT, counts), max_size=4))
    read = word(Bars(words[0], tuple(named), tuple(rows), words[1]))
    picture, told = read.tables
    several = len(named) > 1
    assert cells(told)[0] == ["", *map(shown, named), *["Total"] * several]
    assert cells(told)[1:] == [[shown(label), *map(str, each), *[str(sum(each))] * several] for label, each in rows]
    assert [row.cells[0].text for row in picture.rows] == [shown(label) for label, _ in rows]
    assert [row.cells[1].tables[0].rows[0].cells[-1].text.strip() for row in picture.rows] == [
        str(sum(each)) for _, each in rows
    ]
    (says,) = picture._tbl.iter(f"{W}tblDescription")
    assert says.get(f"{W}val") == visible(shown(words[1]).replace("\n", " ").replace("\t", " "))


@pytest.fixture(scope="module")
def paper() -> bytes:
    return docx(PAPER, drawn_on=date(2022, 9, 29))


def test_headings_have_their_levels_and_lists_are_lists(paper: bytes) -> None:
    said = styles(opened(paper))
    assert said[0] == ("Heading 1", "HMICFRS update: Joint Audit Committee, 29 September 2022")
    assert ("Heading 2", "Causes of concern") in said
    assert ("Heading 3", "What slipped") in said
    assert [text for style, text in said if style == "List Bullet"] == [
        "note the force’s position;", "note what slipped, and why;", "say which causes it wants to hear of in December.",
    ]  # fmt: skip
    assert ("Quote", WORDS) in said
    assert ("Caption", RAG.title) in said


def test_every_table_repeats_its_head_and_cuts_no_row(paper: bytes) -> None:
    tables = [table for table in opened(paper).tables if table.style.name == "Table Grid"]
    assert len(tables) == 5
    for table in tables:
        rows = [{mark.tag.removeprefix(W) for mark in row._tr.trPr} for row in table.rows]
        assert rows[0] == {"cantSplit", "tblHeader"}
        assert all(row == {"cantSplit"} for row in rows[1:])


def test_figures_stand_to_the_right_and_texts_do_not(paper: bytes) -> None:
    table = opened(paper).tables[0]
    assert cells(table)[-1] == ["Open now, 29 September 2022", "45", "14", "2", "61"]
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows]
    assert sides == [[None, 2, 2, 2, 2]] * len(sides)


def test_the_marking_is_at_the_head_and_foot_with_the_pages_number(paper: bytes) -> None:
    (section,) = opened(paper).sections
    for end, lines in ((section.header, ["OFFICIAL"]), (section.footer, ["Page 1 of 1", "OFFICIAL"])):
        assert ["".join(text.text for text in line._p.iter(f"{W}t")) for line in end.paragraphs] == lines
        marking = end.paragraphs[-1]
        assert (marking.alignment, marking.runs[0].bold) == (1, True)
    fields = [field.get(f"{W}instr").strip() for field in section.footer.part.element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_without_a_marking_there_is_the_pages_number_alone() -> None:
    (section,) = word(Paragraph("x"), marking=" ").sections
    assert [line.text for line in section.header.paragraphs] == []
    assert len(section.footer.paragraphs) == 1


def test_a_page_is_a4_with_margins_of_two_centimetres(paper: bytes) -> None:
    (section,) = opened(paper).sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert {round(margin.cm, 1) for margin in margins} == {2.0}


def test_a_document_says_what_it_is_and_nothing_of_who_or_where(paper: bytes) -> None:
    properties = opened(paper).core_properties
    assert (properties.title, properties.author, properties.last_modified_by) == ("HMICFRS update", "recreg", "recreg")
    assert {str(properties.created)[:10], str(properties.modified)[:10]} == {"2022-09-29"}
    held = parts(paper)
    assert not [name for name in held if "thumbnail" in name or "app.xml" in name]
    assert b"python-docx" not in held["docProps/core.xml"]
    assert re.findall(rb'<w:lang w:val="([\w-]+)"', held["word/styles.xml"])[0] == b"en-GB"


def test_a_bar_is_as_long_as_what_it_counts_and_its_parts_differ_without_colour(paper: bytes) -> None:
    bar = next(table for table in opened(paper).tables if table._tbl.find(f"{W}tblPr/{W}tblDescription") is not None)
    (row,) = bar.rows[1].cells[1].tables[0].rows
    widths = [int(cell.width) for cell in row.cells]
    assert [cell.text for cell in row.cells][:-1] == ["8", "41", "62", "11"]
    for count, width in zip((8, 41, 62, 11), widths, strict=False):
        assert width / sum(widths[:-1]) == pytest.approx(count / 122, rel=0.02)
    fills = [cell._tc.find(f"{W}tcPr/{W}shd") for cell in row.cells[:-1]]
    assert len({(fill.get(f"{W}val"), fill.get(f"{W}color"), fill.get(f"{W}fill")) for fill in fills}) == 4
    colours = {fill.get(f"{W}{key}") for fill in fills for key in ("color", "fill")} - {"auto"}
    assert all(re.fullmatch(r"(..)\1\1", colour) for colour in colours), "greys only"


def test_the_same_numbers_stand_in_all_three_forms(paper: bytes) -> None:
    read, page, text = opened(paper), Page(html(PAPER)), markdown(PAPER)
    in_word = list(texts(read))
    assert SENTENCE in in_word
    assert SENTENCE in list(page.texts("p"))
    assert SENTENCE in text
    for _, *figures in MOVEMENTS.rows:
        assert f"| {' | '.join(figures)} |" in text
    in_cells = [cell for row in MOVEMENTS.rows for cell in row]
    assert in_cells == [cell for row in cells(read.tables[0])[1:] for cell in row]
    on_page = list(page.texts("th", "td"))
    assert in_cells == on_page[len(MOVEMENTS.columns) :][: len(in_cells)]
    for bars in (RAG, AGE):
        for label, counts in bars.rows:
            row = [label, *map(str, counts), str(sum(counts))]
            assert f"| {' | '.join(row)} |" in text
            assert row in [line for table in read.tables for line in cells(table)]
            assert " ".join(row) in " ".join(on_page)


def test_what_begins_a_page_says_so_whatever_it_is() -> None:
    read = word(NewPage(), Paragraph("one"), NewPage(), NewPage(), Heading(1, "two"), NewPage(), RAG, NewPage(),
                Table(("a",), ()), NewPage(), Bullets(("three", "four")), NewPage())  # fmt: skip
    breaks = [said.text for said in read.paragraphs if said._p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert breaks == ["two", RAG.title, "", "three"]


def test_two_tables_one_after_the_other_stay_two() -> None:
    read = word(Table(("a",), (("1",),)), Table(("b",), (("2",),)), Pairs((("c", "3"),)))
    kinds = [child.tag.removeprefix(W) for child in read.element.body]
    assert kinds == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


PROGRAM = """
import sys
from datetime import date
sys.path.insert(0, sys.argv[1])
from a_committee_paper import PAPER
from recreg.paper.docx import docx
sys.stdout.buffer.write(docx(PAPER, drawn_on=date(2022, 9, 29)))
"""


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati"])
def test_the_same_document_is_the_same_file_on_every_run_and_day(paper: bytes, zone: str) -> None:
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", PROGRAM, str(Path(__file__).parent)]
    again = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    assert again == paper
    with_no_day = docx(Document("t", "", (Paragraph("x"),)))
    assert b"dcterms" not in re.sub(rb'xmlns:dcterms="[^"]*"', b"", parts(with_no_day)["docProps/core.xml"])


def test_python_docx_is_loaded_by_drawing_a_word_document_alone() -> None:
    program = (
        "import sys, recreg.paper.html, recreg.paper.markdown; print('docx' in sys.modules, 'lxml' in sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert loaded == "False False\n"
