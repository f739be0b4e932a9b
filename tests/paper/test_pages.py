"""Pages in HTML: every text and number comes back, none of it is markup, and a browser shows and prints them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from a_committee_paper import PAPER, RAG
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_back import CELLS, TEXT, Page

from recreg.domain.text import visible
from recreg.paper.document import (
    Bars,
    Bullets,
    Document,
    Heading,
    NewPage,
    Paragraph,
    Table,
)
from recreg.paper.html import html


def shown(text: str) -> str:
    return visible(text, keep="\n\t")


def as_html(*blocks: object, marking: str = "") -> Page:
    return Page(html(Document("The title", marking, blocks)))  # type: ignore[arg-type]


def attributes(page: Page, tag: str) -> list[dict[str, str | None]]:
    return [said for name, said in page.attributes if name == tag]


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_bullets_come_back_from_html_one_by_one(items: list[str]) -> None:
    assert list(as_html(Bullets(tuple(items))).texts("li")) == [shown(item) for item in items]


@given(st.lists(TEXT, min_size=3, max_size=3), CELLS, st.data())
@settings(deadline=None)
def test_every_text_and_number_of_a_picture_comes_back(words: list[str], parts: list[str], data: st.DataObject) -> None:
    counts = st.lists(st.integers(0, 10**6), min_size=len(parts), max_size=len(parts)).map(tuple)
    rows = data.draw(st.lists(st.tuples(TEXT, counts), max_size=4))
    title, says, _ = words
    page = as_html(Bars(title, tuple(parts), tuple(rows), says))
    assert list(page.texts("figcaption", "desc")) == [shown(title), shown(says)]
    assert list(page.texts("title")) == ["The title", shown(title)]
    several = len(parts) > 1
    cells = ["", *parts, *["Total"] * several]
    for label, each in rows:
        cells += [label, *map(str, each), *[str(sum(each))] * several]
    assert list(page.texts("th", "td")) == [shown(cell) for cell in cells]
    assert "".join(page.texts("tspan")) == "".join(shown(label) for label, _ in rows)
    legend = "".join(page.texts("text"))
    assert all(part in legend for part in (shown(part) for part in parts) if several)


@given(TEXT)
def test_a_marking_in_the_margins_of_printed_pages_is_never_style_or_markup(marking: str) -> None:
    page = as_html(Paragraph("x"), marking=f"OFFICIAL</style>{marking}")
    (style,) = page.texts("style")
    said = re.findall(r'content: "(.*?)"; font', style)
    assert said[0] == said[1]
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]{2,6} )*", said[0])
    unescaped = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), said[0])
    assert unescaped == visible(f"OFFICIAL</style>{marking}")


def test_a_picture_is_named_and_told_to_who_cannot_see_it() -> None:
    page = as_html(Heading(1, "One"), RAG)
    (svg,) = attributes(page, "svg")
    assert svg["role"] == "img"
    named = str(svg["aria-labelledby"]).split()
    ids = {said["id"]: tag for tag, said in page.attributes if "id" in said}
    assert [ids[name] for name in named] == ["title", "desc"]
    (table,) = attributes(page, "table")
    assert ids[str(table["aria-labelledby"])] == "figcaption"


def test_each_number_of_a_picture_stands_in_it_and_in_the_table_below() -> None:
    page = as_html(RAG)
    drawn = list(page.texts("text"))
    wanted = [str(count) for _, counts in RAG.rows for count in (*counts, sum(counts)) if count]
    assert [said for said in drawn if said.isdigit()] == wanted
    assert [cell for cell in page.texts("td") if cell.isdigit() and cell != "0"] == wanted


def test_parts_of_a_bar_are_told_apart_without_colour_and_have_edges() -> None:
    page = as_html(RAG)
    drawn = [said for tag, said in page.attributes if tag in {"rect", "circle", "path"}]
    colours = {said[key] for said in drawn for key in ("fill", "stroke") if str(said.get(key, "")).startswith("#")}
    assert colours
    assert all(re.fullmatch(r"#(..)\1\1", str(colour)) for colour in colours), "greys only"
    bars = [said for said in drawn if str(said.get("fill")).startswith("url(")]
    assert {said["stroke"] for said in bars} == {"#1a1a1a"}
    assert {said["fill"] for said in bars} == {f"url(#part-0-bars-{place})" for place in range(4)}


def test_a_number_too_wide_for_its_part_stands_above_it_or_in_the_table_alone() -> None:
    page = as_html(Bars("t", ("a", "b", "c"), (("x", (1000, 1, 1)),), "s"))
    drawn = [said for said in page.texts("text") if said.isdigit()]
    assert drawn == ["1000", "1", "1002"]
    assert list(page.texts("td"))[1:] == ["1000", "1", "1", "1002"]


@pytest.mark.parametrize("rows", [(), (("nothing", (0, 0)),)])
def test_a_picture_of_nothing_is_drawn_all_the_same(rows: tuple[tuple[str, tuple[int, ...]], ...]) -> None:
    page = as_html(Bars("t", ("a", "b"), rows, "s"))
    assert list(page.texts("figcaption")) == ["t"]


def test_figures_stand_to_the_right_and_headings_have_their_scope() -> None:
    page = as_html(Table(("a", "", "n"), (("x", "y", "1"),), frozenset({2})))
    assert [said.get("scope") for said in attributes(page, "th")] == ["col", "col", "row"]
    numbers = [tag for tag, said in page.attributes if "number" in str(said.get("class"))]
    assert numbers == ["th", "td"]


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [((1, 2, 3), ["h1", "h2", "h3"]), ((2, 2), ["h1", "h2", "h2"]), ((1, 2, 1, 2), ["h1", "h2", "h3", "h2", "h3"]),
     ((), ["h1"])],
)  # fmt: skip
def test_a_page_has_one_heading_of_the_first_level(levels: tuple[int, ...], wanted: list[str]) -> None:
    page = as_html(*(Heading(level, "x") for level in levels))
    assert [tag for tag, _ in page.found if re.fullmatch(r"h\d", tag)] == wanted


def test_a_page_needs_nothing_from_elsewhere() -> None:
    text = html(PAPER)
    assert not re.search(r"src=|href=|@import|<script|url\((?!#)", text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    page = Page(text)
    assert attributes(page, "hr") == [{"class": "new-page"}] * 2
    ids = [said["id"] for _, said in page.attributes if "id" in said]
    assert len(ids) == len(set(ids))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_of_a_text_stands_out_from_the_page() -> None:
    (style,) = Page(html(PAPER)).texts("style")
    colours = [f"#{said * 2}" if len(said) == 3 else f"#{said}" for said in re.findall(r"[ {]color: #(\w+)", style)]
    assert colours
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in colours)


def browser(folder: Path, *wanted: str) -> str:
    """What Chromium says of the paper while it does what is wanted; skipped where there is none."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("there is no Chromium here to open the page in")
    page = folder / "paper.html"
    page.write_text(html(PAPER), encoding="utf-8")
    plain = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command = [found, *plain, "--enable-logging=stderr", "--window-size=900,2600", *wanted, page.as_uri()]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "CONSOLE" not in ended.stderr
    return ended.stdout


def test_chromium_opens_the_page_without_an_error(tmp_path: Path) -> None:
    picture = tmp_path / "paper.png"
    browser(tmp_path, f"--screenshot={picture}")
    # A page that is blank takes up a few kilobytes at most.
    assert picture.stat().st_size > 50_000
    assert "Open items by RAG" in browser(tmp_path, "--dump-dom")


def test_chromium_prints_the_marking_and_the_number_on_every_page(tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("there is no pdftotext here to read the pages by")
    printed = tmp_path / "paper.pdf"
    browser(tmp_path, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    read = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True)
    pages = read.stdout.rstrip("\f").split("\f")
    assert len(pages) >= 4
    for number, page in enumerate(pages, 1):
        assert page.count("OFFICIAL") == 2
        assert f"Page {number} of {len(pages)}" in page
    assert "asked to" in pages[0]
    assert "Annex A" in pages[1]
    assert "Annex B" in pages[2]


def test_a_new_page_at_the_end_prints_no_empty_one() -> None:
    assert ".new-page:last-child { break-after: auto; }" in html(Document("t", "", (Paragraph("x"), NewPage())))
