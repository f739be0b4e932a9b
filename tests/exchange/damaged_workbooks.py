"""Workbooks that something has gone through: their parts edited as programs and accidents edit them, then packed again."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from damage import damaged
from made import inline, sheet_xml, workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH

Parts = dict[str, str]

_SHEETS, _STRINGS, _STYLES, _BOOK = "worksheets/", "sharedStrings", "styles", "xl/workbook.xml"
_RELATED = "xl/_rels/workbook.xml.rels"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHARED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_CELL, _ROW = r"<c(?: [^>]*)?(?:/>|>.*?</c>)", r"<row[ >].*?</row>"
_VALUES = ("0 1 2 3 7 12 -1 1.0 1E5 10618.0 1.5 -0 0010 44833 44833.5 59 60 1e400 1e-7 .5 123456789012345678 x nan 1_0 true "
           "2022-09-29 2022-09-29T00:00:00 2022-09-29T09:30:00 #N/A '=1").split()  # fmt: skip
_TYPES = ("s", "n", "str", "inlineStr", "b", "e", "d", "z", "")
_INLINE = ('<c t="inlineStr"><is><t>put in</t></is></c>', '<c t="inlineStr"><is><t>a</t><rPh><t>no</t></rPh></is></c>',
           "<c><v>10618</v></c>", '<c t="str"><f>A1</f><v>worked out</v></c>', "<c><f>1+1</f></c>", "<c/>",
           '<c t="b"><v>1</v></c>', '<c t="str"><v>_x0041_ &amp; b</v></c>')  # fmt: skip
_TEXTS = ("<si><t>put in</t></si>", "<si><r><t>two </t></r><r><t>runs</t></r></si>".replace("<t>two ", '<t xml:space="preserve">two '),
          "<si><t/></si>", "<si><t>a</t><rPh><t>no</t></rPh></si>", "<si><t>'=1+1</t></si>", "<si><t>10618</t></si>",
          '<si><t xml:space="preserve"> _x000D_&#10;b </t></si>')  # fmt: skip

#: What an edit changes: a word of an attribute or a value, by the pattern whose first group it is.
WORDS: list[tuple[str, str, tuple[str, ...]]] = [
    (_SHEETS, r' t="(\w+)"', _TYPES),
    (_SHEETS, r' s="(\d+)"', tuple("0123459")),
    (_SHEETS, r"<v>([^<]*)</v>", tuple(_VALUES)),
    (_SHEETS, r't="s"[^>]*><v>(\d+)</v>', tuple(str(n) for n in range(14))),
    (_SHEETS, r'<c r="([A-Z]+)\d', ("A", "B", "C", "D", "E", "F", "H", "Z", "AB", "b", "")),
    (_SHEETS, r'<c r="[A-Z]+(\d+)"', ("1", "2", "3", "4", "9", "0", "")),
    (_SHEETS, r'<row r="(\d+)"', ("1", "2", "3", "4", "40", "0")),
    (_SHEETS, r'<row( r="\d+")', ("",)),
    (_SHEETS, r'<c( r="\w+")', ("",)),
    (_SHEETS, r"(</sheetData>)", tuple(f'</sheetData><mergeCells><mergeCell ref="{at}"/></mergeCells>' for at in ("A2:A3", "B2:C2", "A40:B40", "H1:H9", "A:A"))),
    (_STRINGS, r"<t(?: [^>]*)?>([^<]*)</t>", ("", "10618", "1e5", "00123", "'=1+1", "=1+1", "a_x0041_b", "&lt;b&gt;", "’–£", "2022-09-29", "#CLEAR", "<![CDATA[a & b]]>", "a<!-- no -->b")),
    (_STYLES, r'/><xf numFmtId="(\d+)"', ("0", "1", "9", "14", "22", "45", "49", "164", "165")),
    (_STYLES, r'formatCode="([^"]*)"', ("yyyy-mm-dd", "0", "[Red]0", "dd/mm/yyyy;@", "hh:mm", "0.00")),
    (_BOOK, r"<workbookPr( ?)", (' date1904="1" ', ' date1904="0" ', ' date1904="true" ')),
    (_BOOK, r'<sheet [^>]*?(state="\w+"|name)', ('state="hidden" name', 'state="visible" name')),
    (_BOOK, r'<sheet [^>]*?name="([^"]*)"', ("Items", "items", "Other", "Reviews")),
    (_BOOK, r'r?:?id="(rId\d)"', ("rId1", "rId2", "rId3", "rId9")),
    (_RELATED, r'Target="[^"]*sheet(\d)\.xml"', ("1", "2")),
    (_RELATED, r'Id="(rId\d)"', ("rId1", "rId2", "rId3", "rId9")),
]  # fmt: skip
#: What an edit moves: pieces of a sheet, of its rows, or of the shared texts.
PIECES: list[tuple[str, str, tuple[str, ...]]] = [
    (_SHEETS, _CELL, _INLINE),
    (_SHEETS, _ROW, (inline(3, "x", "y", "z"), inline(41, "x"), "<row/>", "<row><c><v>1</v></c></row>")),
    (_STRINGS, r"<si>.*?</si>", _TEXTS),
    (_SHEETS, r"<v>[^<]*</v>", ("<v/>", "<f>1</f>", "<is><t>put in</t></is>", "<v>1</v><v>2</v>")),
]  # fmt: skip


def edited(rng: random.Random, parts: Parts) -> Parts:
    """The parts after one edit."""
    chosen, pattern, put = rng.choice(WORDS + PIECES + WORDS[:4] + PIECES[:3])
    names = [name for name in parts if chosen in name and re.search(pattern, parts[name], re.DOTALL)]
    if not names:
        return parts
    name = rng.choice(names)
    content = parts[name]
    found = list(re.finditer(pattern, content, re.DOTALL))
    one, other = rng.choice(found), rng.choice(found)
    if one.re.groups:
        new = _spliced(content, one.span(1), rng.choice(put))
    else:
        new = rng.choice(_MOVES)(content, one.span(), other[0], rng.choice(put))
    return {**parts, name: new}


def _spliced(content: str, span: tuple[int, int], new: str) -> str:
    return content[: span[0]] + new + content[span[1] :]


#: A piece is lost, doubled, replaced by another, or by one from elsewhere, before or in place of it.
_MOVES: list[Callable[[str, tuple[int, int], str, str], str]] = [
    lambda content, span, other, new: _spliced(content, span, ""),
    lambda content, span, other, new: _spliced(content, (span[1], span[1]), content[slice(*span)]),
    lambda content, span, other, new: _spliced(content, span, other),
    lambda content, span, other, new: _spliced(content, span, new),
    lambda content, span, other, new: _spliced(content, span, new),
    lambda content, span, other, new: _spliced(content, (span[0], span[0]), new),
]


def damaged_workbook(rng: random.Random, sound: list[Parts]) -> bytes:
    """One of the workbooks after a few edits of its parts, or after an accident to a part or to the ZIP."""
    parts, how = rng.choice(sound), rng.random()
    if how < 0.7:
        for _ in range(rng.randint(1, 3)):
            parts = edited(rng, parts)
        return packed(parts)
    if how < 0.95:
        hit = rng.choice(list(parts))
        return packed({**parts, hit: damaged(rng, parts[hit].encode())})
    return damaged(rng, packed(parts))


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A workbook of these parts, the same at any time of day."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, part in parts.items():
            made.writestr(zipfile.ZipInfo(name), part)
    return content.getvalue()


def unpacked(content: bytes) -> Parts:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {part.filename: made.read(part).decode() for part in made.infolist()}


#: A table of items as officers keep it: texts, numbers that are names, days, marks of yes and no, and gaps.
ROWS: list[list[Any]] = [
    ["Type", "Title", "HMICFRS ref", "Target date", "Ours", "Number"],
    ["recommendation", "’–£ and “so”", 10618, date(2022, 12, 31), True, "00123"],
    [None, None, None, None, None, None],
    ["area for improvement", "two\nlines", "9962", None, None, 7],
    ["cause of concern", "'=1+1", None, date(2023, 3, 31), None, "1e5"],
]


def _of_openpyxl(epoch: datetime) -> Parts:
    """With texts in the cells, days as numbers, and another sheet."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.epoch = epoch
    sheet = book.worksheets[0]
    sheet.title = "Items"
    for row in ROWS:
        sheet.append(row)
    sheet["F4"].number_format = "000"
    book.create_sheet("Reviews").append(["Item", "Note"])
    book.save(content)
    # Of the parts that are left out nobody reads anything, and some tell the time.
    return {
        name: part for name, part in unpacked(content.getvalue()).items() if not re.match("docProps|xl/theme", name)
    }


def _as_excel_does(parts: Parts) -> Parts:
    """With the texts of all cells in one list."""
    texts: list[str] = []

    def shared(found: re.Match[str]) -> str:
        texts.append(f"<si>{found[2]}</si>")
        return f'<c{found[1]} t="s"><v>{len(texts) - 1}</v></c>'

    sheets = {
        name: re.sub(r'<c([^>]*) t="inlineStr"><is>(.*?)</is></c>', shared, part, flags=re.DOTALL)
        for name, part in parts.items()
    }
    related = sheets[_RELATED].replace(
        "</Relationships>", f'<Relationship Type="{_SHARED}" Target="sharedStrings.xml" Id="rId8"/></Relationships>'
    )
    return {**sheets, _RELATED: related, f"xl/{_STRINGS}.xml": f'<sst xmlns="{_MAIN}">{"".join(texts)}</sst>'}


def _of_a_script(path: Path) -> Parts:
    """Without places, with days in words and what formulas gave."""
    first = (
        '<c t="str"><f>"rec"</f><v>rec</v></c><c t="inlineStr"><is><r><t>two</t></r><r><t>runs</t></r></is></c>'
        '<c><v>10618.0</v></c><c t="d"><v>2022-12-31</v></c><c t="b"><v>1</v></c>'
    )
    rows = [
        "".join(f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in ROWS[0]),
        first,
        '<c t="inlineStr"><is><t>afi</t></is></c><c t="inlineStr"><is><t>last</t></is></c>',
        '<c t="inlineStr"><is><t>coc</t></is></c><c t="str"><v>cause</v></c><c/><c/><c t="b"><v>1</v></c>',
    ]
    return unpacked(workbook(path, sheet_xml("".join(f"<row>{row}</row>" for row in rows))).read_bytes())


def sound_workbooks(folder: Path) -> list[Parts]:
    """Workbooks as different programs write them."""
    usual, of_a_macintosh = _of_openpyxl(WINDOWS_EPOCH), _of_openpyxl(CALENDAR_MAC_1904)
    return [usual, _as_excel_does(usual), _as_excel_does(of_a_macintosh), _of_a_script(folder / "script.xlsx")]
