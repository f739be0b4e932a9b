"""A letter to each owner: a draft of mail with all that is due of that owner, nothing of another's, and a sheet."""

import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from a_chase import fill_register, letters_in, refs_on, sheet_of, text_of
from conftest import Typed, run
from recreg.domain.vocabulary import Clock
from recreg.errors import Refused
from recreg.exchange.letters import file_names, is_address
from recreg.exchange.minutes import filled_in
from recreg.paper.drafts import drafts
from recreg.paper.letter import LONGEST_UPDATE, Terms, letter
from recreg.paper.plain import plain
from recreg.questions.agenda import Particulars
from recreg.questions.chase import Addressee, Chase, Chased, chase
from recreg.questions.overdue import overdue
from recreg.register import Register
from recreg.register.fields import Fields
from recreg.store.file import connect_for_reading

TODAY = date(2022, 9, 29)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, empty_register: Path) -> Path:
    """The register of several owners, made once and copied."""
    return tmp_path_factory.mktemp("chase") / "made.db"


@pytest.fixture
def held(made: Path, recreg: Typed, register: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of several owners."""
    if made.exists():
        shutil.copyfile(made, register)
    else:
        fill_register(recreg, monkeypatch)
        shutil.copyfile(register, made)
    return register


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the letters go."""
    return tmp_path / "letters"


def test_each_owner_gets_one_letter_with_every_item_that_is_due_and_none_of_anothers(
    recreg: Typed, held: Path, out: Path
) -> None:
    before = held.read_bytes()
    said = recreg("chase", "--out", out)
    assert (said.code, said.out) == (0, ""), said
    assert said.err.splitlines() == [
        f"3 letters are in {out}, as drafts of mail: nothing was sent.",
        'Head of Contact: no address is known. recreg person edit "Head of Contact" --email ADDRESS',
        "Nobody owns R-0003. recreg assign R-0003 --owner NAME",
    ]
    assert held.read_bytes() == before, "it only reads"
    letters = letters_in(out)
    assert list(letters) == ["head-of-contact.eml", "head-of-custody.eml", "head-of-ppu.eml"]
    every = set(recreg("list", "--all", "-f", "ids").out.split())
    for name, owner in zip(letters, ("Head of Contact", "Head of Custody", "Head of PPU"), strict=True):
        due = recreg("overdue", "--owner", owner, "--clock", "all", "--within", "30d", "-f", "json").json
        refs = {row["ref"] for row in due}
        asked = {row["ref"] for row in due if not row["position"].startswith("submitted")}
        for kind in ("plain", "html"):
            text = text_of(letters[name], kind)
            assert {ref for ref in every if ref in text} == refs
            assert {row["title"] for row in due if row["title"] not in text} == set()
            assert all(
                f"{row['days_overdue']:,} day" in text for row in due if row["days_overdue"] and row["ref"] in asked
            )
        assert set(refs_on(sheet_of(letters[name])[1])) == asked, "what is with HMICFRS waits for nobody here"


def test_a_letter_says_what_is_asked_by_what_day_and_how_each_clock_stands(
    recreg: Typed, held: Path, out: Path
) -> None:
    recreg("chase", "--out", out, "--reply-by", "14/10/2022")
    found = letters_in(out)["head-of-ppu.eml"]
    assert (found["To"], found["Cc"], found["From"], found["X-Unsent"]) == (
        "Head of PPU <ppu@force.example>", None, None, "1",
    )  # fmt: skip
    assert (found["Date"], found["Message-ID"]) == (None, None), "nobody has sent it"
    assert found["Subject"] == "[OFFICIAL] HMICFRS recommendations: update on 2 items wanted by 14 October 2022"
    text = text_of(found)
    assert text.startswith("OFFICIAL\n\nHMICFRS recommendations: your update by 14 October 2022\n\nTo Head of PPU\n")
    assert "has 2 open items of yours that are late or fall due by 29 October 2022: 2 are late." in text
    assert "What is asked of you, by 14 October 2022\n===" in text
    assert text[text.index("R-0002") : text.index("With HMICFRS")].splitlines() == [
        "R-0002 · HMICFRS 10618 · Needs",
        "------------------------------",
        "",
        "what it is: recommendation",
        "where it stands: in progress, unrated",
        "review: 20 September 2022, 9 days overdue, never held",
        "HMICFRS's deadline: 10 October 2019, 1,085 days past",
        "last update: 20 June 2022: The audit is begun",
        "  and half done",
        "",
        "R-0001 · =Older people",
        "----------------------",
        "",
        "what it is: cause of concern",
        "where it stands: in progress, unrated",
        "review: 20 September 2022, 9 days overdue, never held",
        "last update: none recorded",
        "",
    ]
    assert "Nothing is asked of you on these.\n\n* R-0006 · Sent: submitted 811 days after" in text
    custody = text_of(letters_in(out)["head-of-custody.eml"])
    assert "our own target: 28 September 2022 at first, 1 day past; extended to 31 January 2023 (moved once)" in custody


def test_the_html_needs_nothing_from_elsewhere(recreg: Typed, held: Path, out: Path) -> None:
    recreg("chase", "--out", out)
    page = text_of(letters_in(out)["head-of-ppu.eml"], "html")
    assert page.startswith("<!DOCTYPE html>")
    assert not [word for word in ("http:", "https:", "src=", "href=", "url(", "@import", "<script") if word in page]
    assert page.index(">OFFICIAL<") < page.index("<h1")


def test_each_line_of_a_text_stands_on_its_own_where_no_style_is_heeded(recreg: Typed, held: Path, out: Path) -> None:
    recreg("chase", "--out", out, "--owner", "Head of PPU")
    page = text_of(letters_in(out)["head-of-ppu.eml"], "html")
    assert "<td>20 June 2022: The audit is begun<br>and half done</td>" in page


def test_the_sheet_is_the_owners_and_says_so(recreg: Typed, held: Path, out: Path) -> None:
    recreg("chase", "--out", out)
    name, content = sheet_of(letters_in(out)["head-of-custody.eml"])
    assert name == "head-of-custody-2022-09-29.xlsx"
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    assert book["Agenda"]["A1"].value == "Agenda up to 29 October 2022: Head of Custody"
    assert book["Agenda"].protection.sheet
    assert [book["Agenda"].cell(4, column).value for column in (1, 3, 4)] == ["R-0004", "Custody", "Head of Custody"]
    assert book["How to fill in"]["B3"].value == "You, the owner of these items: a row for each of them."
    assert book.custom_doc_props["Sheet of owner"].value == "Head of Custody"


def test_the_same_register_and_day_give_the_same_bytes(recreg: Typed, held: Path, out: Path, tmp_path: Path) -> None:
    recreg("chase", "--out", out)
    again = run("chase", "--out", tmp_path / "again", PYTHONHASHSEED="7", TZ="Asia/Tokyo")
    assert again.code == 0
    for file in out.iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name


# Whom, and of what.


def test_what_is_long_overdue_its_portfolios_lead_is_written_to_about_as_well(
    recreg: Typed, held: Path, out: Path
) -> None:
    said = recreg("chase", "--out", out, "--escalate-after", "9")
    assert said.err.splitlines()[0] == (
        f"4 letters are in {out}, 1 of them to the lead of a portfolio, as drafts of mail: nothing was sent."
    )
    assert "recreg portfolio edit" not in said.err
    letters = letters_in(out)
    assert {found["Cc"] for found in letters.values()} == {None}, "nobody sees what is for another"
    told = (
        "ACC Crime, who leads the portfolio Vulnerability, is written to as well: R-0002 is late by more than 9 days."
    )
    assert [name for name, found in letters.items() if "is written to as well" in text_of(found)] == ["head-of-ppu.eml"]
    assert told in text_of(letters["head-of-ppu.eml"])
    found = letters["acc-crime_lead.eml"]
    assert (found["To"], found["Subject"]) == (
        "ACC Crime <acc@force.example>", "[OFFICIAL] HMICFRS recommendations: 1 item late by more than 9 days",
    )  # fmt: skip
    assert list(found.iter_attachments()) == [], "it is the owner who answers"
    assert text_of(found).startswith(LEAD_TOLD)
    assert refs_in(found) == {"R-0002"}


LEAD_TOLD = """OFFICIAL

HMICFRS recommendations: late by more than 9 days

To ACC Crime

On 29 September 2022 the force's register of HMICFRS recommendations has 1 open item in the portfolio Vulnerability, \
which you lead, late by more than 9 days, your own aside. The owners are asked for an update by 13 October 2022.

Head of PPU
===========

R-0002 · HMICFRS 10618 · Needs
"""


def refs_in(letter: EmailMessage) -> set[str]:
    """The references in both texts of a letter, which have the same ones."""
    refs = [set(re.findall(r"R-\d{4}", text_of(letter, kind))) for kind in ("plain", "html")]
    assert refs[0] == refs[1]
    return refs[0]


def test_a_lead_is_shown_nothing_of_a_portfolio_that_another_leads(recreg: Typed, held: Path, out: Path) -> None:
    for words in (
        ["assign", "R-0001", "R-0007", "--portfolio", "Contact", "--owner", "Head of PPU"],
        ["assign", "R-0004", "--portfolio", "Custody"],
        ["portfolio", "edit", "Contact", "--lead", "Head of Contact"],
        ["portfolio", "edit", "Custody", "--lead", "ACC Crime"],
    ):
        assert recreg(*words).code == 0, words
    assert recreg("chase", "--out", out, "--escalate-after", "0").code == 0
    letters = letters_in(out)
    assert refs_in(letters["head-of-ppu.eml"]) >= {"R-0001", "R-0002", "R-0006", "R-0007"}
    assert refs_in(letters["acc-crime_lead.eml"]) == {"R-0002", "R-0004"}, "of the two that they lead"
    assert "in the portfolios Custody and Vulnerability, which you lead" in text_of(letters["acc-crime_lead.eml"])
    assert refs_in(letters["head-of-contact_lead.eml"]) == {"R-0001", "R-0007"}


def test_what_has_no_lead_to_go_to_is_named_with_its_cure(recreg: Typed, held: Path, out: Path) -> None:
    said = recreg("chase", "--out", out, "--escalate-after", "0")
    assert (
        "No portfolio, and so no lead to write to: R-0007, R-0004. recreg assign R-0007 R-0004 --portfolio" in said.err
    )
    recreg("assign", "R-0004", "R-0007", "--portfolio", "Contact & Custody")
    recreg("person", "edit", "ACC Crime", "--email", "")
    shutil.rmtree(out)
    said = recreg("chase", "--out", out, "--escalate-after", "0")
    assert "Nobody leads the portfolio Contact & Custody: its lead was not written to." in said.err
    assert 'recreg portfolio edit "Contact & Custody" --lead PERSON' in said.err
    assert 'ACC Crime: no address is known. recreg person edit "ACC Crime" --email ADDRESS' in said.err
    assert letters_in(out)["acc-crime_lead.eml"].get_all("To") == [""]
    recreg("portfolio", "edit", "Contact & Custody", "--lead", "Head of Custody")
    shutil.rmtree(out)
    recreg("chase", "--out", out, "--escalate-after", "0")
    letters = letters_in(out)
    assert "is written to as well" not in text_of(letters["head-of-custody.eml"]), "who leads it is the owner"
    assert letters["head-of-custody_lead.eml"]["To"] == "Head of Custody <custody@force.example>"
    assert refs_in(letters["head-of-custody_lead.eml"]) == {"R-0007"}


def test_an_owner_without_an_address_gets_a_draft_to_nobody(recreg: Typed, held: Path, out: Path) -> None:
    recreg("chase", "--out", out)
    found = letters_in(out)["head-of-contact.eml"]
    assert found.get_all("To") == [""]
    assert "To Head of Contact\n" in text_of(found)
    recreg("person", "edit", "Head of Contact", "--email", "a@b,c@d")
    shutil.rmtree(out)
    said = recreg("chase", "--out", out)
    assert "Head of Contact: “a@b,c@d” is no address that mail can go to." in said.err
    assert letters_in(out)["head-of-contact.eml"].get_all("To") == [""]


FILTERS = [
    (["--owner", "head of custody"], ["head-of-custody.eml"]),
    (["--board", "Vulnerability Board"], ["head-of-ppu.eml"]),
    (["--portfolio", "Vulnerability"], ["head-of-ppu.eml"]),
    (["--clock", "target"], ["head-of-custody.eml"]),
    (["--clock", "deadline"], ["head-of-ppu.eml"]),
    (["--within", "0d", "--clock", "review"], ["head-of-contact.eml", "head-of-custody.eml", "head-of-ppu.eml"]),
]


@pytest.mark.parametrize(("words", "names"), FILTERS)
def test_it_can_be_of_some_only(words: list[str], names: list[str], recreg: Typed, held: Path, out: Path) -> None:
    assert recreg("chase", "--out", out, *words).code == 0
    assert list(letters_in(out)) == names


def test_where_nothing_is_due_no_letter_is_written(recreg: Typed, held: Path, out: Path) -> None:
    said = recreg("chase", "--out", out, "--owner", "ACC Crime")
    sentence = "No owner has anything that is overdue or due by 29 October 2022: no letter was written.\n"
    assert (said.code, said.out, said.err) == (0, "", sentence)
    assert not out.exists()


def test_it_can_say_who_writes(recreg: Typed, held: Path, out: Path) -> None:
    recreg("chase", "--out", out, "--owner", "Head of PPU", "--from", '"Liaison, Officer" <flo@force.example>')
    assert {found["From"] for found in letters_in(out).values()} == {"Liaison Officer <flo@force.example>"}


# Names and texts that mean harm.

NAMES = [
    "../../etc/passwd", "..\\..\\x", "X <y@z.example>, Bcc: a@b.example", "Bcc: a@b.example", "=?utf-8?q?X=0D=0ABcc:_a@b?=",
    "x" * 300, "ü" * 300, "名前" * 60, "👮🏽 Officer", "CON", "--replace", '<b>Head</b> & "Co"', "Head of Ümlaut", "Head of Umlaut",
    "Head of a very long unit called Vulnerability, and of the other one, evil@attacker.example, and more words",
    "Group: a@b.example, c@d.example; and whoever else there may be in a very long name", '"' * 60,
]  # fmt: skip


def test_no_name_or_text_leaves_the_folder_adds_a_header_or_becomes_markup(
    recreg: Typed, register: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECREG_TODAY", "2022-06-01")
    text = "--=_0\n.\n\nFrom x\nSubject: y\n<img src=x onerror=alert(1)>\n=3D " + "é" * 2000
    rows: dict[str, list[dict[str, str]]] = {
        "people": [{"name": name, "email": "o@force.example"} for name in NAMES],
        "items": [{"kind": "rec", "title": f"<i>{name[:20]}</i>", "owner": name} for name in NAMES],
        "notes": [{"item": f"R-{n:04d}", "noted_on": "2022-06-01", "text": text} for n in range(1, len(NAMES) + 1)],
    }
    for noun, held_rows in rows.items():
        arriving = tmp_path.parent / f"{noun}.json"
        arriving.write_text(json.dumps(held_rows), encoding="utf-8")
        said = recreg("import", arriving, "--what", noun, "--new")
        assert said.code == 0, said
    monkeypatch.setenv("RECREG_TODAY", "2022-09-29")
    assert recreg("chase", "--out", out, "--escalate-after", "1").code == 0
    letters = letters_in(out)
    assert len(letters) == len(list(out.iterdir())) == len(NAMES)
    assert {file.name for file in tmp_path.iterdir()} <= {"letters", "register.db", "register.db-journal"}
    for file, found in letters.items():
        assert file.isascii()
        assert found.keys() == ["To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"], file
        assert [address.addr_spec for address in found["To"].addresses] == ["o@force.example"]
        assert [part.get_content_type() for part in found.walk()][:4] == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
        ]  # fmt: skip
        assert "\n  <img src=x onerror" in text_of(found), "as text it is harmless, and stays what it is"
        assert "<img" not in text_of(found, "html")
        assert max(map(len, (out / file).read_bytes().split(b"\r\n"))) < 998
    wanted = {str(found["To"].addresses[0].display_name).replace(" ", "") for found in letters.values()}
    assert {"//etc/passwd", "Bccabexample", "HeadofÜmlaut"} <= wanted


def test_what_was_put_into_the_file_by_other_means_adds_no_header(recreg: Typed, held: Path, out: Path) -> None:
    with closing(sqlite3.connect(held)) as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("UPDATE person SET name = 'X\r\nBcc: a@b.example' WHERE name = 'Head of PPU'")
        db.execute("UPDATE person SET email = 'a@b.example\r\nBcc: c@d.example' WHERE name = 'Head of Custody'")
        db.execute("UPDATE setting SET value = 'SECRET\r\nBcc: e@f.example' WHERE name = 'marking'")
        db.commit()
    said = recreg("chase", "--out", out)
    assert said.code == 0, said
    letters = letters_in(out)
    assert all("Bcc" not in found for found in letters.values())
    assert letters["x-bcc-a-b-example.eml"]["To"].addresses[0].display_name == "X Bcc a b example"
    assert letters["head-of-custody.eml"].get_all("To") == [""]


def test_a_long_update_is_cut_in_the_letter_and_on_the_sheet(recreg: Typed, held: Path, out: Path) -> None:
    recreg("note", "R-0004", "word " * 10_000)
    assert recreg("chase", "--out", out, "--owner", "Head of Custody").code == 0
    found = letters_in(out)["head-of-custody.eml"]
    assert text_of(found).count(" word") == LONGEST_UPDATE // 5 + 1, "and the sentence on words"
    assert "word…" in text_of(found)
    page: Any = openpyxl.load_workbook(io.BytesIO(sheet_of(found)[1]))["Agenda"]
    assert page["G4"].value.endswith("word…")


def test_an_owner_with_more_items_than_a_sheet_has_is_named_with_what_to_do() -> None:
    def chased(number: int, items: int) -> Chased:
        asked = [{"ref": f"R-{n:04d}", "clock": clock} for n in range(items) for clock in ("review", "target")]
        return Chased(Addressee(number, f"Head {number}", None), asked, [])

    found = Chase([chased(1, 2_000), chased(2, 2_001), chased(3, 12_345)], [], {})
    with pytest.raises(Refused) as refused:
        drafts(found, Particulars("", [], [], 1, ""), Terms(TODAY, TODAY, TODAY, ""))
    assert refused.value.sentences == [
        f"{name} items to answer; 2,000 is the most that a sheet has. No letter was written."
        for name in ("Head 2 has 2,001", "Head 3 has 12,345")
    ]
    assert refused.value.hint.startswith("Choose fewer by --clock, --within, --board or --portfolio, in a folder for")


def test_an_owners_name_comes_back_as_it_is_whatever_excel_makes_of_it(
    recreg: Typed, held: Path, out: Path, tmp_path: Path
) -> None:
    recreg("person", "rename", "Head of PPU", "Head _x0041_ PPU")
    recreg("chase", "--out", out, "--owner", "Head _x0041_ PPU")
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(letters_in(out)["head-x0041-ppu.eml"])[1]))
    book.worksheets[0]["A2"].value = None  # Says so too, where it is left in.
    book.worksheets[0]["I4"].value = "Going on"
    book.save(tmp_path / "back.xlsx")
    assert filled_in(tmp_path / "back.xlsx").owner == "Head _x0041_ PPU"


def test_each_file_has_a_name_of_its_own_that_stays_when_others_come() -> None:
    people = dict(enumerate(["Head", "head!", "Head 2", "名", "", "nul", "LPT1", "a/b", "A\\b"], 1))
    names = file_names(people)
    assert list(names.values()) == [
        "head",
        "head-2",
        "head-2-2",
        "owner",
        "owner-2",
        "owner-nul",
        "owner-lpt1",
        "a-b",
        "a-b-2",
    ]
    assert file_names(people | {10: "HEAD"}).items() >= names.items()


@given(st.lists(st.text(max_size=80), max_size=20))
@settings(max_examples=50, deadline=None)
def test_no_two_names_share_a_file_and_none_is_a_path(names: list[str]) -> None:
    given_names = list(file_names(dict(enumerate(names))).values())
    assert len(set(given_names)) == len(names)
    assert all(Path(name).name == name and name.strip(".- ") == name and name for name in given_names)


@pytest.mark.parametrize(
    "typed", ["a b@c", "<a@b>", "a@b, c@d", "a@", "@b", "é@b", "a@b\r\nBcc: x@y", "", None, "a@b.c>"]
)
def test_what_mail_cannot_go_to_is_no_address(typed: str | None) -> None:
    assert not is_address(typed)


DAYS = st.integers(min_value=-400, max_value=60)
OWNERS = ["Head of PPU", "Head of Custody", None]


@given(rows=st.lists(st.tuples(st.sampled_from(OWNERS), DAYS, st.none() | DAYS), min_size=1, max_size=6))
@settings(max_examples=6, deadline=None)
def test_whatever_is_due_is_in_its_owners_letter_and_in_no_other(
    rows: list[tuple[str | None, int, int | None]], empty_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("due") / "r.db"
    shutil.copyfile(empty_register, file)
    register = Register(file, by="Liaison Officer", today=TODAY, on=date(2021, 1, 5))
    for number, (owner, review, target) in enumerate(rows):
        last = date(2020, 12, 1) - timedelta(abs(review))
        day = TODAY + timedelta(target) if target is not None else None
        every = 24 if review > 0 else 3
        register.add(
            Fields(kind="rec", title=f"Item {number}", owner=owner, target=day, last_review=last, review_every=every)
        )
    with closing(connect_for_reading(file)) as db:
        found = chase(db, today=TODAY, until=TODAY + timedelta(30))
        due = overdue(db, today=TODAY, clock=Clock.ALL, until=TODAY + timedelta(30))
    terms = Terms(TODAY, TODAY + timedelta(30), TODAY, "OFFICIAL")
    told = {each.owner.name: plain(letter(each, terms)) for each in found.letters}
    assert set(told) == {row["owner"] for row in due} - {None}
    for name, text in told.items():
        assert set(re.findall(r"^R-\d+", text, re.MULTILINE)) == {row["ref"] for row in due if row["owner"] == name}
        clocks = sum(text.count(f"\n{clock}: ") for clock in ("review", "our own target", "HMICFRS's deadline"))
        assert clocks == sum(row["owner"] == name for row in due)
    assert set(found.ownerless) == {row["ref"] for row in due if row["owner"] is None}


# What is mistyped.

BAD: list[tuple[list[str], int, str, str]] = [
    (["--clock", "pcc"], 2, "The 56 days are of inspections", "Give --clock review, target, deadline or all."),
    (["--clock", "sun"], 2, "“sun” is not a clock.", "review"),
    (["--within", "soon"], 2, "“soon” is not a span of days.", "30d, 2w, 3m or 1y"),
    (["--reply-by", "soon"], 2, "“soon” is not a day", "A day is written"),
    (["--reply-by", "2022-09-28"], 2, "28 September 2022 is before today", "Give --reply-by today or a later day."),
    (["--escalate-after", "soon"], 2, "“soon” is not a whole number.", "Give figures alone, such as 3."),
    (["--escalate-after", "-1"], 2, "“-1” is not a whole number.", "Give figures alone, such as 3."),
    (["--escalate-after", "1_0"], 2, "“1_0” is not a whole number.", "Give figures alone, such as 3."),
    (["--from", "nobody"], 2, "“nobody” is not an e-mail address.", "--from name@force.police.uk"),
    (["--from", "Officer <a b@c.example>"], 2, "is not an e-mail address.", "--from name@"),
    (["--from", "a@b.example\nBcc: c@d.example"], 2, "is more than one e-mail address.", "--from name@"),
    (["--from", "a@b.example, c@d.example"], 2, "“a@b.example, c@d.example” is more than one", "--from name@"),
    (["--from", "a@b.example;c@d.example"], 2, "is more than one e-mail address.", "--from name@"),
    (["--from", "a@b.example <c@d.example>"], 2, "is more than one e-mail address.", "--from name@"),
    (["--from", "Officer <a@b.example>, Officer <c@d.example>"], 2, "is more than one", "--from name@"),
    (["--out", ""], 2, "--out names no folder.", "Give --out letters, or another new folder."),
    (["--owner", "Nobody"], 3, "There is no person “Nobody”.", "recreg person list"),
    (["--board", "Nobody"], 3, "There is no board “Nobody”.", "recreg board list"),
]


@pytest.mark.parametrize(("words", "code", "sentence", "hint"), BAD)
def test_what_is_mistyped_writes_no_letter(
    words: list[str], code: int, sentence: str, hint: str, recreg: Typed, held: Path, out: Path
) -> None:
    said = recreg("chase", "--out", out, *words)
    assert (said.code, said.out) == (code, ""), said
    assert sentence in said.err
    assert hint in said.err or "recreg" in said.err
    assert not out.exists()


def test_a_folder_must_be_named(recreg: Typed, held: Path) -> None:
    said = recreg("chase")
    assert (said.code, said.out) == (2, "")
    assert "--out" in said.err


def test_writing_letters_never_loads_the_orm(held: Path, out: Path) -> None:
    program = "import sys; from recreg import cli; code = cli.run(sys.argv[1:]); print(code, *sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program, "chase", "--out", out], capture_output=True, text=True, check=True
    )
    code, *modules = ended.stdout.split()
    assert code == "0"
    assert not {"sqlalchemy", "sqlmodel", "pydantic", "rich"} & set(modules)
