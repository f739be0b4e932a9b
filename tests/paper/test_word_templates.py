"""A force's own template: what it looks like is kept, nothing of what it says, and what is no template is refused."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from a_committee_paper import PAPER
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Cm, Pt
from reading_word import W, cells, opened, parts, styles, word

from recreg.errors import Mistyped, Refused
from recreg.paper.document import Bullets, Document, Heading, Paragraph, Table
from recreg.paper.docx import docx

#: A picture of one point.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63606060f80f0001040100b5c4d3a10000000049454e44ae426082"
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BLOCKS = (Heading(1, "One"), Paragraph("Two"), Bullets(("three",)), Table(("four",), (("five",),)))


def saved(document: Any, path: Path) -> Path:
    document.save(path)
    return path


def in_look_of(template: Path, marking: str = "OFFICIAL") -> Any:
    return opened(docx(Document("t", marking, BLOCKS), template))


def lines(end: Any) -> list[str]:
    return [line.text for line in end.paragraphs]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Last quarter's paper in the force's look: a landscape page, its fonts, a logo in its head, much in its body."""
    document = python_docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    document.styles["Normal"].font.name = "Gill Sans"
    document.styles["Heading 1"].font.size = Pt(33)
    section.header.paragraphs[0].text = "A Police Force"
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(DOT))
    section.footer.paragraphs[0].text = "Chief Constable's Office"
    secret = document.add_paragraph("Last quarter's secret")
    secret.add_run().add_picture(io.BytesIO(DOT + b"another picture"))
    document.add_comment(secret.runs[0], text="a secret comment", author="A secret author", initials="S")
    document.core_properties.author, document.core_properties.subject = "A secret author", "secret"
    document.settings.element.append(
        document.settings.element.makeelement(f"{W}attachedTemplate", {f"{{{RELATIONS}}}id": "rId99"})
    )
    return saved(document, tmp_path / "house.docx")


def test_the_look_of_a_template_is_kept(house: Path) -> None:
    read = in_look_of(house)
    assert read.styles["Normal"].font.name == "Gill Sans"
    assert read.styles["Heading 1"].font.size == Pt(33)
    assert round(read.sections[0].page_width.cm, 1) == 29.7
    assert [style for style, _ in styles(read)] == ["Heading 1", "Normal", "List Bullet"]
    assert read.tables[0].style.name == "Table Grid"


def test_what_stands_in_its_head_and_foot_stays_and_the_marking_joins_it(house: Path) -> None:
    (section,) = in_look_of(house).sections
    assert lines(section.header) == ["OFFICIAL", "A Police Force"]
    assert [line.rsplit("\n", 1)[-1] for line in lines(section.footer)] == [
        "Chief Constable's Office",
        "Page  of ",
        "OFFICIAL",
    ]
    assert any("image" in relation.reltype for relation in section.header.part.rels.values())


def test_nothing_of_what_it_said_is_in_the_file_not_even_unseen(house: Path) -> None:
    held = parts(docx(PAPER, house))
    assert not [name for name, part in held.items() if b"secret" in part.lower()]
    assert not [name for name in held if "comments" in name or "app.xml" in name or "thumbnail" in name]
    assert len([name for name in held if "media" in name]) == 1
    assert b"attachedTemplate" not in held["word/settings.xml"]


def test_a_head_of_an_earlier_section_and_those_of_first_and_even_pages_are_kept_and_marked(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "The logo"
    document.add_section(WD_SECTION.NEW_PAGE)
    document.sections[1].different_first_page_header_footer = True
    document.sections[1].first_page_header.paragraphs[0].text = "The crest"
    document.settings.odd_and_even_pages_header_footer = True
    (section,) = in_look_of(saved(document, tmp_path / "t.docx")).sections
    assert lines(section.header) == ["OFFICIAL", "The logo"]
    assert lines(section.first_page_header) == ["OFFICIAL", "The crest"]
    assert lines(section.even_page_header) == ["OFFICIAL"]
    for foot in (section.footer, section.first_page_footer, section.even_page_footer):
        assert lines(foot)[-1] == "OFFICIAL"


def test_a_template_that_has_the_marking_and_the_number_already_does_not_get_them_twice(tmp_path: Path) -> None:
    first = docx(Document("t", "OFFICIAL", BLOCKS))
    (tmp_path / "t.docx").write_bytes(first)
    (section,) = in_look_of(tmp_path / "t.docx").sections
    assert lines(section.header) == ["OFFICIAL"]
    assert len(lines(section.footer)) == 2
    assert docx(Document("t", "OFFICIAL", BLOCKS), tmp_path / "t.docx") == docx(
        Document("t", "OFFICIAL", BLOCKS), tmp_path / "t.docx"
    )


def bare(document: Any) -> None:
    for style in list(document.styles.element.iter(f"{W}style")):
        style.getparent().remove(style)


def without_numbering(document: Any) -> None:
    for number, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del document.part.rels[number]
    for number in list(document.styles.element.iter(f"{W}numPr")):
        number.getparent().remove(number)


def without_a_section(document: Any) -> None:
    document.element.body.remove(document.element.body.sectPr)


def without_measures(document: Any) -> None:
    for mark in list(document.sections[0]._sectPr):
        document.sections[0]._sectPr.remove(mark)


@pytest.mark.parametrize("spoil", [bare, without_numbering, without_a_section, without_measures])
def test_a_template_that_lacks_what_is_needed_works_all_the_same(spoil: Callable[[Any], None], tmp_path: Path) -> None:
    document = python_docx.Document()
    spoil(document)
    read = in_look_of(saved(document, tmp_path / "t.docx"))
    assert styles(read) == [("Heading 1", "One"), ("Normal", "Two"), ("List Bullet", "three")]
    assert cells(read.tables[0]) == [["four"], ["five"]]
    heading = read.styles["Heading 1"].element
    assert heading.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "0"
    number = read.styles["List Bullet"].element.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
    (found,) = [each for each in read.part.numbering_part.element.iter(f"{W}num") if each.get(f"{W}numId") == number]
    assert found is not None
    has_grid = any(style.name == "Table Grid" for style in read.styles)
    assert has_grid or len(read.tables[0]._tbl.find(f"{W}tblPr/{W}tblBorders")) == 6
    assert lines(read.sections[0].header) == ["OFFICIAL"]


def test_a_word_template_is_as_good_as_a_document(house: Path) -> None:
    held = parts(house.read_bytes())
    types = held["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    packed = zipped(held | {"[Content_Types].xml": types})
    template = house.with_name("house.dotx")
    template.write_bytes(packed)
    assert lines(in_look_of(template).sections[0].header) == ["OFFICIAL", "A Police Force"]


def zipped(held: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in held.items():
            packed.writestr(name, part)
    return made.getvalue()


def of_parts(**changed: bytes) -> bytes:
    made = io.BytesIO()
    python_docx.Document().save(made)
    return zipped(
        parts(made.getvalue())
        | {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in changed.items()}
    )


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]><x>&b;</x>'


@pytest.mark.parametrize(
    "content",
    [b"", b"Dear all", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, zipped({}), zipped({"a.txt": b"x"}),
     of_parts(word__document_xml=b"<x/>"), of_parts(word__document_xml=b"<x"), of_parts(word__document_xml=ENTITIES),
     of_parts(word__styles_xml=b"\x00"), of_parts()[:20_000]],
)  # fmt: skip
def test_what_is_no_word_document_is_refused(content: bytes, tmp_path: Path) -> None:
    template = tmp_path / "t.docx"
    template.write_bytes(content)
    with pytest.raises(Refused) as refused:
        docx(PAPER, template)
    assert str(refused.value) == f"{template} is not a Word document, or is damaged."
    assert refused.value.hint == "Open it in Word and save it as a Word Document (.docx), without a password."


def test_a_workbook_is_no_template(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "t.docx")
    with pytest.raises(Refused, match="not a Word document"):
        docx(PAPER, tmp_path / "t.docx")


def test_a_file_that_would_unpack_to_a_mountain_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "t.docx"
    template.write_bytes(of_parts(word__media__x_xml=bytes(30_000_000)))
    with pytest.raises(Refused, match="would unpack to 3"):
        docx(PAPER, template)


@pytest.mark.parametrize(("name", "sentence"), [("none.docx", "cannot be read: No such file"), ("", "is a folder")])
def test_a_template_that_is_not_there_is_mistyped(name: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(Mistyped, match=sentence) as mistyped:
        docx(PAPER, tmp_path / name)
    assert mistyped.value.hint


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_template_is_refused_or_works(house: Path, seed: int) -> None:
    chance = random.Random(seed)
    held = parts(house.read_bytes())
    name = chance.choice(sorted(held))
    part = bytearray(held[name])
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(part))
        part[at : at + chance.randint(0, 30)] = chance.randbytes(chance.randint(0, 3))
    template = house.with_name("damaged.docx")
    template.write_bytes(zipped(held | {name: bytes(part)}))
    with suppress(Refused):
        assert "Two" in [text for _, text in styles(in_look_of(template))]


def test_without_a_template_the_look_is_recregs_own() -> None:
    assert word(Paragraph("x")).styles["Normal"].font.name == "Arial"
