"""Owners' filled sheets taken back: notes of the right items in their owners' words, and nothing decided by them."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from a_board_sheet import Answers
from a_chase import fill_register, filled, letters_in, sheet_of
from conftest import Said, Typed, is_sound
from recreg.store.verify import stored
from test_minute import at_a_terminal

PPU: Answers = {
    "R-0001": {"RAG": "green", "Why": "All is done."},
    "R-0002": {"Position": "Nearly there\n=1+1 of two", "Outcome": "Propose Closure", "RAG": "Amber", "Why": "audit"},
}
CUSTODY: Answers = {"R-0004": {"Position": "Cells were rebuilt"}}
SAID = "Head of PPU, by the sheet: Nearly there\n=1+1 of two\nClaimed: propose closure; amber, because audit."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register and its letters, made once and copied."""
    return tmp_path_factory.mktemp("returns") / "made"


@pytest.fixture
def sheets(
    made: Path, recreg: Typed, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, bytes]:
    """The sheets that owners were sent, by owner."""
    out = tmp_path / "letters"
    if made.exists():
        shutil.copyfile(made / "register.db", register)
        shutil.copytree(made / "letters", out)
    else:
        fill_register(recreg, monkeypatch)
        assert recreg("chase", "--out", out).code == 0
        shutil.copytree(tmp_path, made)
    return {name.removesuffix(".eml"): sheet_of(letter)[1] for name, letter in letters_in(out).items()}


Answered = Callable[..., Path]


@pytest.fixture
def ppu(sheets: dict[str, bytes], tmp_path: Path) -> Path:
    """The sheet of the Head of PPU, filled in."""
    (tmp_path / "ppu.xlsx").write_bytes(filled(sheets["head-of-ppu"], PPU))
    return tmp_path / "ppu.xlsx"


@pytest.fixture
def custody(sheets: dict[str, bytes], tmp_path: Path) -> Path:
    """The sheet of the Head of Custody, filled in."""
    (tmp_path / "custody.xlsx").write_bytes(filled(sheets["head-of-custody"], CUSTODY))
    return tmp_path / "custody.xlsx"


def rows_of(path: Path) -> Any:
    with closing(sqlite3.connect(path)) as db:
        return stored(db)


def notes_of(recreg: Typed, ref: str) -> list[str]:
    return [note["text"] for note in recreg("show", ref, "-f", "json").json["notes"]]


def test_filled_sheets_become_notes_of_the_right_items_as_one_act_and_are_undone_as_one(
    recreg: Typed, ppu: Path, custody: Path, register: Path
) -> None:
    before, log = rows_of(register), recreg("log", "-f", "json").json
    said = recreg("returns", ppu, custody)
    assert (said.code, said.out) == (0, ""), said
    lines = said.err.splitlines()
    assert lines[0] == (
        "ppu.xlsx, row 4: N-0002 is noted on R-0002 10618 “Needs”, 29 September 2022. “Head of PPU, by the sheet: "
        "Nearly there =1+1 of two Claimed: propose closure; amber, because audit.”"
    )
    assert lines[-2:] == [
        "3 notes with effect from 29 September 2022.", "Taken as one act: recreg undo takes it all back.",
    ]  # fmt: skip
    cause, child, cells = (recreg("show", ref, "-f", "json").json for ref in ("R-0001", "R-0002", "R-0004"))
    assert [note["text"] for note in child["notes"]][1:] == [SAID]
    assert notes_of(recreg, "R-0001") == ["Head of PPU, by the sheet\nClaimed: green, because All is done."]
    assert notes_of(recreg, "R-0004") == ["Head of Custody, by the sheet: Cells were rebuilt"]
    for item in (cause, child, cells):
        assert (item["rag"], item["reviews"], item["closed_on"]) == ("unrated", [], None), "an owner claims"
    assert [act["command"] for act in recreg("log", "-f", "json").json[len(log) :]] == ["returns"]
    last = recreg("history", "R-0002", "-f", "json").json[-1]
    assert (last["event"], last["by"], last["after"]) == ("noted by sheet", "Liaison Officer", SAID)
    assert recreg("undo").code == 0
    assert rows_of(register) == before
    assert is_sound(register)


def test_the_same_sheet_returned_twice_writes_nothing_the_second_time(
    recreg: Typed, ppu: Path, register: Path, sheets: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "2 notes with effect" in recreg("returns", ppu, ppu).err, "nor in one act"
    recreg("note", "R-0002", "something else")
    before = register.read_bytes()
    monkeypatch.setenv("RECREG_TODAY", "2022-10-20")
    said = recreg("returns", ppu)
    assert said.code == 0
    assert said.err.count("was taken on 29 September 2022 already, and is left out.") == 2
    assert "Nothing was changed: it stands so already." in said.err
    assert register.read_bytes() == before
    recreg("person", "rename", "Head of PPU", "Head of Protection")
    before = register.read_bytes()
    assert "Nothing was changed" in recreg("returns", ppu).err, "also where the owner is called otherwise by now"
    assert register.read_bytes() == before
    ppu.write_bytes(filled(sheets["head-of-ppu"], {"R-0001": {"Position": "One thing more"}}))
    assert "1 note with effect from 20 October 2022." in recreg("returns", ppu).err
    assert notes_of(recreg, "R-0001")[-1] == "Head of PPU, by the sheet: One thing more"


def test_what_an_item_became_since_its_sheet_was_drawn_is_told(recreg: Typed, ppu: Path) -> None:
    recreg("rag", "red", "R-0002", "--why", "late")
    recreg("edit", "R-0002", "--target", "2022-12-31")
    said = recreg("returns", ppu, "-n")
    assert "ppu.xlsx, row 4: R-0002 has changed since the sheet was drawn: rated, edited.\n" in said.err
    assert said.err.count("has changed since") == 1


def test_a_dry_run_shows_every_row_and_takes_none(recreg: Typed, ppu: Path, register: Path) -> None:
    before = register.read_bytes()
    dry = recreg("returns", ppu, "--dry-run")
    assert register.read_bytes() == before
    real = recreg("returns", ppu)
    assert dry.err.splitlines()[:-1] == real.err.splitlines()[:-1]
    assert dry.err.endswith("Dry run: nothing was written.\n")


def test_a_sheet_on_which_nothing_was_filled_in_says_so(
    recreg: Typed, sheets: dict[str, bytes], tmp_path: Path, register: Path
) -> None:
    before = register.read_bytes()
    (tmp_path / "empty.xlsx").write_bytes(sheets["head-of-ppu"])
    said = recreg("returns", tmp_path / "empty.xlsx")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [
        f"{tmp_path}/empty.xlsx: 2 rows have no answer and are left out.",
        f"Nothing was filled in on {tmp_path}/empty.xlsx: nothing was taken.",
    ]
    assert register.read_bytes() == before


def test_at_a_terminal_every_row_is_shown_and_it_is_asked(recreg: Typed, custody: Path, register: Path) -> None:
    before = register.read_bytes()
    code, told = at_a_terminal("returns", custody, answer="n\n")
    assert code == 0
    assert "row 4: N-0002 is noted on R-0004" in " ".join(told.split())
    assert "Take this row? [y/N]:" in told
    assert told.endswith("Nothing was taken.")
    assert register.read_bytes() == before
    assert "[y/N]" not in recreg("returns", custody).err
    assert notes_of(recreg, "R-0004") == ["Head of Custody, by the sheet: Cells were rebuilt"]


def test_who_takes_it_and_on_what_day_is_recorded(recreg: Typed, custody: Path) -> None:
    assert recreg("returns", custody, "--by", "Deputy", "--on", "2022-09-29").code == 0
    last = recreg("log", "-f", "json").json[-1]
    assert (last["by"], last["on"]) == ("Deputy", "2022-09-29")


# By mail.


def reply(*attached: tuple[str, bytes], name: str = "reply.eml") -> bytes:
    """An answer with these files attached to it."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["Subject"] = "Head of Custody <custody@force.example>", "RE: your update"
    message.set_content("Please find attached.\n\n> -----Original Message-----\n")
    for called, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=called)
    return message.as_bytes()


def test_a_reply_with_the_sheet_attached_is_taken_and_what_else_it_carries_is_named(
    recreg: Typed, custody: Path, tmp_path: Path, register: Path
) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "figures.xlsx")
    mail = tmp_path / "reply.eml"
    figures = (tmp_path / "figures.xlsx").read_bytes()
    mail.write_bytes(
        reply(("../ä sheet.XLSX", custody.read_bytes()), ("audit.pdf", b"%PDF"), ("figures.xlsx", figures))
    )
    said = recreg("returns", mail)
    assert (said.code, said.out) == (0, ""), said
    assert f"{mail}: audit.pdf, figures.xlsx are attached too; recreg evidence add FILE --for REF" in said.err
    assert "reply.eml (.._ä sheet.XLSX), row 4: N-0002 is noted on R-0004" in said.err
    assert notes_of(recreg, "R-0004") == ["Head of Custody, by the sheet: Cells were rebuilt"]
    before = register.read_bytes()
    assert "Nothing was changed" in recreg("returns", mail, custody).err, "the sheet itself is the same answer"
    assert register.read_bytes() == before


def test_the_letter_itself_sent_back_forwarded_with_its_sheet_filled_in_is_taken(
    recreg: Typed, custody: Path, sheets: dict[str, bytes], tmp_path: Path
) -> None:
    outer = EmailMessage(policy=policy.SMTP)
    outer["Subject"] = "FW: update"
    outer.set_content("See below.")
    outer.add_attachment(message_from_bytes(reply(("s.xlsx", custody.read_bytes())), policy=policy.SMTP))
    (tmp_path / "forwarded.eml").write_bytes(outer.as_bytes())
    assert "1 note with effect" in recreg("returns", tmp_path / "forwarded.eml").err
    said = recreg("returns", tmp_path / "letters" / "head-of-ppu.eml")
    assert (said.code, "Nothing was filled in" in said.err) == (0, True)


MAILS: dict[str, tuple[bytes, str]] = {
    "none.eml": (reply(), "carries no sheet of recreg's."),
    "pdf.eml": (reply(("audit.pdf", b"%PDF")), "carries no sheet of recreg's."),
    "damaged.eml": (reply(("a.xlsx", b"PK nonsense")), "damaged.eml (a.xlsx) is not an Excel workbook, or is damaged."),
    "locked.eml": (
        reply(("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))),
        "is locked with a password",
    ),
    "nothing.eml": (b"", "carries no sheet of recreg's."),
    "noise.eml": (bytes(range(256)) * 40, "carries no sheet of recreg's."),
    "deep.eml": (
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(1200)), "",
    ),
    "winmail.eml": (
        reply(("winmail.dat", b"\x78\x9f\x3e\x22")),
        "itself, and may within: winmail.dat is what Outlook packs a mail's files into (winmail.dat), which it alone opens.",
    ),
    "within.eml": (
        reply(("RE: update.eml", reply()), ("audit.pdf", b"%PDF"), ("b.msg", b"x")),
        "RE: update.eml is a mail (.eml); b.msg is a message of Outlook's own kind (.msg).\nOpen the mail in Outlook, save",
    ),
    "winmail.dat": (b"\x78\x9f\x3e\x22", "is what Outlook packs a mail's files into (winmail.dat)"),
    "outlook.msg": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a message of Outlook's own kind (.msg), and no workbook."),
}  # fmt: skip


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_without_a_sheet_that_can_be_read_is_refused(
    name: str, recreg: Typed, custody: Path, tmp_path: Path, register: Path
) -> None:
    content, sentence = MAILS[name]
    (tmp_path / name).write_bytes(content)
    _refused(recreg("returns", custody, tmp_path / name), 4, sentence)
    assert notes_of(recreg, "R-0004") == [], "the sheet beside it is not taken either"


# What cannot be taken.


def _refused(said: Said, code: int, *sentences: str) -> None:
    assert (said.code, said.out) == (code, ""), said
    assert all(sentence in said.err for sentence in sentences), said.err
    assert "bug" not in said.err


def test_an_item_that_is_not_the_owners_is_refused_with_everything_else_that_is_wrong(
    recreg: Typed, sheets: dict[str, bytes], custody: Path, ppu: Path, tmp_path: Path, register: Path
) -> None:
    wrong = {"R-0004": {"Reference": "R-0003", "Title": None, "Position": "x"}}
    custody.write_bytes(filled(sheets["head-of-custody"], wrong))
    answers: Answers = {
        "R-0001": {"Reference": "R-0004", "Title": None, "Position": "x"}, "R-0002": {"RAG": "pink", "Why": "=1+1"},
    }  # fmt: skip
    ppu.write_bytes(filled(sheets["head-of-ppu"], answers))
    before = register.read_bytes()
    _refused(
        recreg("returns", custody, ppu), 4,
        "custody.xlsx, row 4, Reference “R-0003”: R-0003 is nobody's, and the sheet is Head of Custody's.",
        'can be noted by hand: recreg note R-0003 "…".',
        "ppu.xlsx, row 5, Reference “R-0004”: R-0004 is Head of Custody's, and the sheet is Head of PPU's.",
        "ppu.xlsx, row 4, RAG “pink”: “pink” is not a RAG rating.", "Why “=1+1”: it is a formula.",
        "nothing was taken.",
    )  # fmt: skip
    assert register.read_bytes() == before


def test_an_item_that_was_closed_or_given_to_another_since_is_refused(recreg: Typed, ppu: Path) -> None:
    recreg("sign-off", "R-0002", "--letter", "HMI/1", "--direct")
    recreg("assign", "R-0001", "--owner", "Head of Custody")
    _refused(
        recreg("returns", ppu), 4, "R-0002 was closed on 29 September 2022: it cannot be noted on.",
        "R-0001 is Head of Custody's by now, and the sheet is Head of PPU's.",
    )  # fmt: skip


def test_whose_words_they_are_is_asked_where_a_sheet_does_not_say(
    recreg: Typed, sheets: dict[str, bytes], tmp_path: Path
) -> None:
    board = tmp_path / "board.xlsx"
    assert recreg("agenda", "--until", "2022-10-29", "--owner", "Head of Custody", "--sheet", board).code == 0
    board.write_bytes(filled(board.read_bytes(), CUSTODY))
    _refused(recreg("returns", board), 4, f"{board} does not say whose words are on it.", "recreg minute FILE")
    _refused(recreg("returns", board, "--owner", "Nobody"), 3, "There is no person “Nobody”.")
    assert recreg("returns", board, "--owner", "Head of Custody").code == 0
    assert notes_of(recreg, "R-0004") == ["Head of Custody, by the sheet: Cells were rebuilt"]


def test_a_sheet_of_somebody_unknown_is_refused(
    recreg: Typed, custody: Path, register: Path, empty_register: Path
) -> None:
    shutil.copyfile(empty_register, register)
    _refused(
        recreg("returns", custody),
        4,
        "custody.xlsx is the sheet of “Head of Custody”, whom the register does not know.",
    )


def test_a_board_takes_no_owners_sheet_for_its_own(recreg: Typed, ppu: Path, register: Path) -> None:
    before = register.read_bytes()
    _refused(
        recreg("minute", ppu), 4, "is the sheet of an owner, Head of PPU, and no board's: what it says is claimed",
        f"recreg returns {ppu} takes it as notes.",
    )  # fmt: skip
    assert register.read_bytes() == before


def test_a_file_that_is_not_there_or_no_sheet_is_refused(recreg: Typed, register: Path, tmp_path: Path) -> None:
    _refused(recreg("returns", tmp_path / "none.xlsx"), 2, "none.xlsx cannot be read: No such file")
    _refused(recreg("returns", tmp_path / "none.eml"), 2, "none.eml cannot be read: No such file")
    _refused(recreg("returns"), 2)
    (tmp_path / "a.csv").write_text("Reference\nR-0001\n")
    _refused(recreg("returns", tmp_path / "a.csv"), 4, "is not an Excel workbook")
