"""A board's sheet as it goes out: a row for each item, and four columns for the board to fill in.

All else is locked, without a password, so that what comes back is what went out and its answers.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from recreg.domain.dates import spoken
from recreg.domain.text import is_unseen
from recreg.domain.vocabulary import Clock, Outcome, Status, in_words
from recreg.errors import Refused
from recreg.exchange.repacked import settled
from recreg.exchange.saving import saved
from recreg.exchange.sheet_guides import FOR_BOARDS, FOR_OWNERS
from recreg.exchange.whole import put_whole
from recreg.questions import Answer
from recreg.questions.agenda import Particulars

#: What the board fills in, and how wide it stands on the page.
ANSWERS = {"Outcome": 13, "Position": 34, "RAG": 9, "Why": 22}
#: What stands there already.
GIVEN = {"Reference": 10, "HMICFRS": 10, "Title": 22, "Owner": 14, "Due": 20, "RAG now": 9, "Last position": 28}
HEADING_ROW = 3
#: No board looks through more at a sitting, and what is larger is slow to write and to open.
MOST_ITEMS = 2_000
#: The workbook's own property that holds the day up to which it lists what falls due, in ISO form.
UNTIL = "Agenda until"
#: The newest changeset when the sheet was written: what was recorded later may be what the sheet says.
DRAWN_AT = "Drawn at changeset"
#: Which register the sheet was written from: another's references mean other items.
REGISTER = "Drawn from register"
#: Whose sheet it is, where it went to an owner with a letter.
OWNER = "Sheet of owner"
#: The most characters that Excel keeps in a cell; it counts a character beyond the first 65,536 twice.
LONGEST_CELL = 32_767
#: In points: a line of text, and the tallest row that Excel draws.
_LINE_HEIGHT, _TALLEST = 15, 409
#: The most characters that Excel takes in a page's header, less those that place its three parts.
_LONGEST_HEADER = 70


def write_sheet(file: Path, rows: Answer, told: Particulars, *, today: date, until: date) -> int:
    """Write the board's sheet of an agenda; how many items are on it.

    Raises `Refused` where it would have more items than a board looks through, or a text is longer than
    a cell can be; and `Unwritable`.
    """
    put_whole(file, drawn_sheet(rows, told, today=today, until=until))
    return len({row["ref"] for row in rows})


def drawn_sheet(rows: Answer, told: Particulars, *, today: date, until: date) -> bytes:
    """The sheet as a workbook, the same on every run of a day; raises `Refused` as `write_sheet` does."""
    items = list(_items(rows))
    _refuse_too_many(len(items))
    return settled(saved(_book(items, told, today, until)))


def _refuse_too_many(items: int) -> None:
    if items > MOST_ITEMS:
        raise Refused(
            f"{items:,} items would be on the sheet; {MOST_ITEMS:,} is the most that one has.",
            "Write a sheet for each board, owner or portfolio: add --board NAME, --owner NAME or --portfolio NAME.",
        )


def _book(items: list[dict[str, Any]], told: Particulars, today: date, until: date) -> Any:
    book: Any = Workbook()
    book.properties.creator, book.properties.created = "recreg", datetime.combine(today, time())
    book.properties.title = f"Agenda up to {spoken(until)}"
    book.properties.description = f"The register as it stood on {spoken(today)}; what falls due up to {spoken(until)}."
    book.properties.keywords = visible(told.marking)
    book.custom_doc_props.append(StringProperty(name=UNTIL, value=until.isoformat()))
    book.custom_doc_props.append(StringProperty(name=DRAWN_AT, value=str(told.drawn_at)))
    book.custom_doc_props.append(StringProperty(name=REGISTER, value=told.register))
    if told.owner:
        book.custom_doc_props.append(StringProperty(name=OWNER, value=visible(told.owner)))
    sheet = book.worksheets[0]
    sheet.title = "Agenda"
    _fill(sheet, items, told, today, until)
    _guide(book.create_sheet("How to fill in"), told)
    return book


def drawn(told: Particulars) -> str:
    """From where a sheet was written, and to whom: what takes away a workbook's properties leaves its text."""
    return f"changeset {told.drawn_at} of register {told.register}" + (f", sent to {told.owner}" if told.owner else "")


def visible(text: str) -> str:
    """The text with every character that no cell can hold, or that would hide some of it, shown by its number."""
    # Excel reads _x0041_ in a cell as the character of that number, so what looks so is escaped itself.
    safe = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text.replace("\t", " "))
    return "".join(f"\\u{ord(c):04x}" if _is_unfit(c) else c for c in safe)


def _is_unfit(character: str) -> bool:
    return (is_unseen(character) and character != "\n") or character in {"\ufffe", "\uffff"}


def _items(rows: Answer) -> Iterator[dict[str, Any]]:
    """The agenda's items, each once, where it first stands in it, with all that is due of it."""
    clocks: dict[str, Answer] = {}
    for row in rows:
        clocks.setdefault(row["ref"], []).append(row)
    order = [str(clock) for clock in Clock]
    for found in clocks.values():
        yield found[0] | {"due": "; ".join(_due(row) for row in sorted(found, key=lambda r: order.index(r["clock"])))}


def _due(row: dict[str, Any]) -> str:
    """A clock as the sheet has it: “deadline 10 October 2019, 1,085 days past”."""
    if row["days_overdue"] is None:
        return f"{row['clock']} {row['position']}"
    days, is_ours = row["days_overdue"], row["status"] != Status.SUBMITTED
    past = f", {days:,} {'day' if days == 1 else 'days'} past" if days and is_ours else ""
    more = f", {row['position']}" if row["position"].startswith(("extended", "submitted")) else ""
    return f"{row['clock']} {spoken(date.fromisoformat(row['due_on']))}{past}{more}"


def _given(item: dict[str, Any]) -> list[str]:
    stood = item["last_position"]
    last = f"{spoken(date.fromisoformat(item['last_position_on']))}: {stood}" if stood else ""
    return [item["ref"], item["hmicfrs_ref"] or "", item["title"], item["owner"] or "", item["due"], item["rag"], last]


def _fill(sheet: Any, items: list[dict[str, Any]], told: Particulars, today: date, until: date) -> None:
    _put(sheet.cell(1, 1), f"Agenda up to {spoken(until)}{_of(told)}", _TITLE)
    says = f"{told.marking} · as the register stood on {spoken(today)} · fill in the four columns on the right"
    _put(sheet.cell(2, 1), f"{says} · {drawn(told)}", _SMALL)
    for column, heading in enumerate([*GIVEN, *ANSWERS], 1):
        _head(sheet.cell(HEADING_ROW, column), heading)
        sheet.column_dimensions[get_column_letter(column)].width = (GIVEN | ANSWERS)[heading]
    for row, item in enumerate(items, HEADING_ROW + 1):
        for column, (heading, text) in enumerate(zip(GIVEN, _given(item), strict=True), 1):
            _box(sheet.cell(row, column))
            _put(sheet.cell(row, column), _whole(text, heading, item["ref"]))
        for column in range(len(GIVEN) + 1, len(GIVEN) + len(ANSWERS) + 1):
            _open(sheet.cell(row, column))
        sheet.row_dimensions[row].height = _height(_given(item))
    _offer(sheet, "Outcome", [in_words(outcome) for outcome in Outcome], len(items))
    _offer(sheet, "RAG", [row["colour"] for row in told.colours], len(items))
    _settle_page(sheet, told, until)
    _lock(sheet)


def _height(texts: list[str]) -> float:
    """A height, in points, that shows all of a row and leaves room to write by hand; not every program finds one."""
    lines = [
        sum(len(wrap(line, width - 1)) or 1 for line in visible(text).split("\n"))
        for text, width in zip(texts, GIVEN.values(), strict=True)
    ]
    return min(_TALLEST, _LINE_HEIGHT * max(3, *lines))


def _of(told: Particulars) -> str:
    whose = told.owner or ", ".join(told.boards)
    return f": {whose}" if whose else ""


def _whole(text: str, heading: str, ref: str) -> str:
    if len(visible(text).encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise Refused(
            f"The {heading[0].lower()}{heading[1:]} of {ref} is longer than the {LONGEST_CELL:,} characters "
            "that a cell of Excel holds.",
            f'Say in fewer words where it stands, and write the sheet then: recreg note {ref} "…"',
        )
    return text


def _put(cell: Any, text: str, font: Font | None = None) -> None:
    """Text that stays text, whatever it begins with: neither a formula nor an error."""
    cell.value = visible(text) or None
    if text:
        cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    if font:
        cell.font = font


def _head(cell: Any, heading: str) -> None:
    _box(cell)
    _put(cell, heading, _BOLD)
    cell.fill = _TO_FILL if heading in ANSWERS else _FIXED


def _box(cell: Any) -> None:
    cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), _LINES


def _open(cell: Any) -> None:
    """A cell for the board to write in; what is typed there is text."""
    _box(cell)
    cell.protection, cell.fill, cell.number_format = Protection(locked=False), _PALE, "@"


def _offer(sheet: Any, heading: str, words: list[str], rows: int) -> None:
    """Let one of the words be chosen from a list, and nothing else be typed."""
    offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    offered.errorTitle, offered.error = heading, f"One of: {', '.join(words)}. Or leave it empty."
    letter = get_column_letter([*GIVEN, *ANSWERS].index(heading) + 1)
    if rows:
        offered.add(f"{letter}{HEADING_ROW + 1}:{letter}{HEADING_ROW + rows}")
        sheet.add_data_validation(offered)


def _settle_page(sheet: Any, told: Particulars, until: date) -> None:
    """A4 across, one page wide, the heading on each page; and on the screen always in sight."""
    sheet.freeze_panes = f"B{HEADING_ROW + 1}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    _settle_paper(sheet, told)
    sheet.oddHeader.left.text = _in_header(told.owner or ", ".join(told.boards) or "All boards")
    sheet.oddHeader.right.text = _in_header(f"Agenda up to {spoken(until)}")


def _settle_paper(sheet: Any, told: Particulars) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.75, bottom=0.75)
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = _in_header(told.marking)
    sheet.oddFooter.right.text = "Page &P of &N"


def _in_header(text: str) -> str:
    """Text for the top of a printed page, where an ampersand begins a command unless it is doubled."""
    line = visible(" ".join(text.split()))
    line = line if len(line) <= _LONGEST_HEADER else f"{line[: _LONGEST_HEADER - 1]}…"
    return line.replace("&", "&&")


def _lock(sheet: Any) -> None:
    """Nothing but the open cells can be typed into; rows and columns can be widened."""
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _guide(sheet: Any, told: Particulars) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 90
    _put(sheet.cell(1, 1), "How to fill in this sheet", _TITLE)
    meanings = [(f"RAG: {row['colour']}", row["words"]) for row in told.colours]
    for row, (name, says) in enumerate([*(FOR_OWNERS if told.owner else FOR_BOARDS), *meanings], 3):
        _put(sheet.cell(row, 1), name, _BOLD)
        _put(sheet.cell(row, 2), says)
        for cell in (sheet.cell(row, 1), sheet.cell(row, 2)):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _settle_paper(sheet, told)
    _lock(sheet)


_TITLE, _SMALL = Font(name="Calibri", bold=True, size=14), Font(name="Calibri", size=9, color="FF555555")
_BOLD = Font(name="Calibri", bold=True)
_FIXED, _TO_FILL = PatternFill("solid", fgColor="FFD9D9D9"), PatternFill("solid", fgColor="FFFFE08A")
_PALE = PatternFill("solid", fgColor="FFFFFBEA")
_LINE = Side("thin", color="FFAAAAAA")
_LINES = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
