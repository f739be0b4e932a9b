"""A register of several owners, the letters to them, and what they write on their sheets."""

import io
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from a_board_sheet import HEADINGS, Answers
from conftest import Typed

ADDRESSES = {"Head of PPU": "ppu@force.example", "Head of Custody": "custody@force.example"}


def fill_register(recreg: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two owners with an address, one without, an item of nobody, one with HMICFRS, one that is not due yet."""
    monkeypatch.setenv("RECREG_TODAY", "2022-06-20")
    for words in (
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "10/04/2019"],
        ["add", "--kind", "coc", "--title", "=Older people", "--inspection", "OLD-1", "--owner", "Head of PPU",
         "--board", "Vulnerability Board", "--portfolio", "Vulnerability"],
        ["add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618", "--parent", "R-0001",
         "--inspection", "OLD-1", "--deadline", "within six months", "--owner", "Head of PPU",
         "--board", "Vulnerability Board", "--portfolio", "Vulnerability"],
        ["add", "--kind", "afi", "--title", "Crime recording"],
        ["add", "--kind", "rec", "--title", "Custody", "--owner", "Head of Custody", "--target", "2022-09-28"],
        ["add", "--kind", "rec", "--title", "Theirs", "--not-ours", "--why", "the NPCC's", "--owner", "Head of PPU"],
        ["add", "--kind", "rec", "--title", "Sent", "--owner", "Head of PPU", "--board", "Vulnerability Board",
         "--inspection", "OLD-1", "--deadline", "by March 2020"],
        ["evidence", "add", "--link", "https://force.example/1", "--for", "R-0006"],
        ["complete", "R-0006"],
        ["submit", "R-0006", "--agreed-by", "Vulnerability Board"],
        ["add", "--kind", "rec", "--title", "Radios", "--owner", "Head of Contact", "--last-review", "2022-06-20"],
        ["add", "--kind", "rec", "--title", "Not yet", "--owner", "Head of PPU", "--review-every", "12"],
        ["note", "10618", "The audit is begun\nand half done"],
        ["portfolio", "edit", "Vulnerability", "--lead", "ACC Crime"],
        ["person", "edit", "ACC Crime", "--email", "acc@force.example"],
        *(["person", "edit", name, "--email", address] for name, address in ADDRESSES.items()),
    ):  # fmt: skip
        assert recreg(*words).code == 0, words
    monkeypatch.setenv("RECREG_TODAY", "2022-09-29")
    assert recreg("defer", "R-0004", "--to", "2023-01-31", "--why", "late").code == 0


def letters_in(folder: Path) -> dict[str, EmailMessage]:
    """The letters of a folder, by their file's name, as the standard library reads them."""
    found = {}
    for file in sorted(folder.glob("*.eml")):
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        assert all(not part.defects for part in letter.walk()), file
        found[file.name] = letter
    return found


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """What the letter says, as plain text or as HTML."""
    body: Any = letter.get_body((kind,))
    return str(body.get_content()).replace("\r\n", "\n")


def sheet_of(letter: EmailMessage) -> tuple[str, bytes]:
    """The sheet attached to the letter, by its name."""
    (attached,) = list(letter.iter_attachments())
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    return str(attached.get_filename()), content


def refs_on(sheet: bytes) -> list[str]:
    """The references that a sheet asks about."""
    page: Any = openpyxl.load_workbook(io.BytesIO(sheet))["Agenda"]
    return [str(page.cell(row, 1).value) for row in range(4, page.max_row + 1)]


def filled(sheet: bytes, answers: Answers) -> bytes:
    """The sheet with an owner's answers in it: for a reference, a heading and what stands below it."""
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    page: Any = book["Agenda"]
    rows = {str(page.cell(row, 1).value): row for row in range(4, page.max_row + 1)}
    for ref, given in answers.items():
        for heading, value in given.items():
            page.cell(rows[ref], HEADINGS.index(heading) + 1).value = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
