"""From a published report to rows: what looks like recommendations, in the report's own words."""

import csv
import io
import random
import re
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from conftest import Typed, run
from recreg.domain.page_edges import lines_of
from recreg.domain.report_reader import recommendations
from recreg.exchange.draft import KEYS

Rows = list[dict[str, str]]
RowsOf = Callable[[str], Rows]

#: A committee paper in the shape of a real one: read from a PDF, with gaps, a footnote, and a page's furniture.
PAPER = """\x20
\x20

SCRUTINY PANEL\x20
3 March 2021\x20

1. WHY THIS PAPER

It tells members how far the force has come with what inspectors asked of it.\x20

2. WHERE THE FORCE STANDS

Two causes of concern are still open, and board leads go on with the work.\x20

The two1 are looked at by the panel at each of its meetings.\x20

                                        \x20

1 1. a. Custody of Children (Recommendation 20417). Within nine months chief constables should see to it that each child in a\x20

cell has a visit from an independent person. b. Custody of Children (Recommendation 8805). Within two months chief constables should\x20
agree with councils how a bed is found at night, as worked out by\x20
the NPCC; 2. Digital Backlogs (Recommendation 9031). Within nine months the CPS and NPCC leads should settle which of their rules\x20
on phones (as agreed in 2018 or as amended since\x20
then) serve those who report a crime.\x20
 These are told of at each meeting and minuted by the panel’s clerk.\x20

3. NEW REPORTS

Rural Theft Super-Complaint, published on 4th January\x20
2021\x20

The report’s authors name several themes:\x20

• slow replies; and\x20

• few visits.\x20

There are three recommendations, which the force accepts:\x20
 Recommendation 1.)  \x20

• All Chief Constables (CCs) should look again at live ‘farm theft’ files and those that were filed in the last\x20
year (ending 4th January 2021). Whatever was left undone should be put right.\x20

• Report, via NPCC, to the publishers within four months saying how their force has become better, or will, as to:\x20

o Their keeping of ledgers;\x20
o Their keeping to the guidance of the college (APP), or their reasons for not doing so;\x20

o Anything else that helps.\x20

Recommendation 2.)\x20

• CCs should have a plan by which each farm\x20

is visited (by somebody who knows how farms are run) within the week – with a note of it kept.\x20

• It may be right to ask a neighbour force when:\x20

o nobody in the force is free of ties to those who farm there, on account of marriage, kin or\x20

long acquaintance; or\x20

o trust cannot be won back.\x20

CCs should look at these plans again each spring. What is learnt should go into the plans of the year that\x20
comes.\x20

Recommendation 3.)\x20

The Ministry of Justice (MoJ), Police & Crime Commissioners (PCCs) and CCs should see\x20

to it that help for those who live far out is there when they call. It should include:\x20

• PCCs asking whether local help is at hand – or not;\x20
 • MoJ seeing to it that guidance names those “far out”, so that a follow-\x20
up call is made; and\x20

• CCs making sure that whoever calls is rung back by the person who took the call\x20

- or by a deputy - on the next day.\x20

Scrap Metal and Stolen Plant – What Becomes of It, a report that was published on\x20
9th February 2021\x20

This report is about metal and plant.\x20

Upon this, all forces were asked as follows:\x20

Recommendation 1.)\x20

By June 2021, forces should make sure that scrap yards are seen by an officer twice a year. They should:\x20

• keep a list; and\x20

https://reports.example/yards
https://reports.example/lists
 • look at it in a fair\x20
and open way.\x20

Recommendation 2.)\x20

By June 2021, all forces should check plant by its number. This should take in:\x20

• Diggers and,\x20

• Trailers.\x20

The board will hear of all this in summer.\x20

CONTACT OFFICER\x20

Name: the liaison officer\x20
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """The paper as a file."""
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    return tmp_path / "paper.txt"


@pytest.fixture
def rows_of(recreg: Typed, tmp_path: Path) -> RowsOf:
    """The rows that are drafted from a text."""

    def drafted(text: str) -> Rows:
        (tmp_path / "report.txt").write_bytes(text.encode())
        said = recreg("draft", tmp_path / "report.txt")
        assert said.code == 0, said
        assert said.first == ",".join(KEYS)
        return list(csv.DictReader(io.StringIO(said.out)))

    return drafted


def of_kind(rows: Rows, kind: str) -> Rows:
    return [row for row in rows if row["kind"] == kind]


# The paper.


def test_the_numbered_recommendations_of_a_paper_are_found_with_their_words(rows_of: RowsOf) -> None:
    numbered = [row for row in rows_of(PAPER) if row["number"]]
    assert [(row["number"], row["deadline_words"], row["addressees"]) for row in numbered] == [
        ("1", "within four months", "Chief Constables"),
        ("2", "", "CCs"),
        ("3", "", "Ministry of Justice; Police & Crime Commissioners; CCs"),
        ("1", "By June 2021", "forces"),
        ("2", "By June 2021", "forces"),
    ]
    assert {row["parent"] for row in numbered} == {""}
    assert numbered[0]["text"] == (
        "• All Chief Constables (CCs) should look again at live ‘farm theft’ files and those that were filed in the last "
        "year (ending 4th January 2021). Whatever was left undone should be put right.\n"
        "• Report, via NPCC, to the publishers within four months saying how their force has become better, or will, "
        "as to:\no Their keeping of ledgers;\no Their keeping to the guidance of the college (APP), or their reasons "
        "for not doing so;\no Anything else that helps."
    )
    assert "on account of marriage, kin or long acquaintance; or\no trust" in numbered[1]["text"]
    assert numbered[1]["text"].endswith("the plans of the year that comes.")
    assert "a follow-up call is made; and" in numbered[2]["text"]
    assert numbered[2]["text"].endswith("took the call - or by a deputy - on the next day.")
    assert numbered[3]["text"].split("\n")[1:] == ["• keep a list; and", "• look at it in a fair and open way."]
    assert numbered[4]["text"].endswith("• Diggers and,\n• Trailers.")


def test_numbers_of_hmicfrs_in_a_footnote_come_with_the_causes_that_they_belong_to(rows_of: RowsOf) -> None:
    rows = rows_of(PAPER)
    causes = of_kind(rows, "cause_of_concern")
    assert [row["title"] for row in causes] == ["Custody of Children", "Digital Backlogs"]
    assert {(row["hmicfrs_ref"], row["parent"], row["text"]) for row in causes} == {("", "", "")}
    theirs = {row["hmicfrs_ref"]: row for row in rows if row["hmicfrs_ref"]}
    assert {ref: (row["parent"], row["deadline_words"]) for ref, row in theirs.items()} == {
        "20417": ("Custody of Children", "Within nine months"),
        "8805": ("Custody of Children", "Within two months"),
        "9031": ("Digital Backlogs", "Within nine months"),
    }
    assert theirs["8805"]["text"].endswith("as worked out by the NPCC")
    assert theirs["9031"]["text"].endswith("serve those who report a crime.")
    assert (theirs["8805"]["addressees"], theirs["9031"]["addressees"]) == ("chief constables", "CPS; NPCC")
    assert len(rows) == 10


def test_a_parent_is_the_title_of_one_row_of_the_draft(rows_of: RowsOf) -> None:
    rows = rows_of(PAPER)
    for row in rows:
        if row["parent"]:
            assert [each["kind"] for each in rows if row["parent"] == each["title"]] == ["cause_of_concern"]


def test_it_is_told_what_was_found_and_where_to_look_again(recreg: Typed, paper: Path) -> None:
    said = recreg("draft", paper)
    assert said.err.splitlines()[0] == (
        f"Found in {paper}: 3 recommendations by HMICFRS's number, 5 numbered recommendations, 2 causes of concern."
    )
    number = PAPER[: PAPER.index("The board will hear")].count("\n") + 1
    assert f"line {number}: “The board will hear of all this in summer.…”: the recommendation 2 was taken" in said.err
    address = PAPER[: PAPER.index("https://")].count("\n") + 1
    assert f"lines {address}, {address + 1}: left out, as page numbers" in said.err


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_no_word_is_added_dropped_or_changed_whatever_ends_a_line(ending: str, rows_of: RowsOf) -> None:
    source = re.sub(r"https\S+|\s", "", PAPER)
    rows = rows_of(PAPER.replace("\n", ending))
    assert len(rows) == 10
    for row in rows:
        assert re.sub(r"\s", "", row["text"]) in source


def test_a_draft_needs_no_register_and_records_nothing(paper: Path, path: Path, tmp_path: Path) -> None:
    said = run("draft", paper, "-o", tmp_path / "draft.csv")
    assert (said.code, said.out) == (0, ""), said
    assert (tmp_path / "draft.csv").read_bytes().startswith(b"\xef\xbb\xbfkind,")
    assert (tmp_path / "draft.csv").read_text(encoding="utf-8-sig") == run("draft", paper).out
    assert not path.exists()


def test_whatever_becomes_of_a_paper_it_is_read_and_no_word_is_made_up() -> None:
    dice = random.Random(20220929)
    for _ in range(300):
        lines = PAPER.split("\n")
        for _ in range(dice.randint(1, 12)):
            place = dice.randrange(len(lines))
            change = dice.choice(["drop", "twice", "swap", "blank", "cut", "mark", "page"])
            if change == "drop":
                del lines[place]
            elif change == "cut":
                lines[place] = lines[place][: dice.randint(0, 40)]
            elif change == "swap":
                other = dice.randrange(len(lines))
                lines[place], lines[other] = lines[other], lines[place]
            else:
                lines.insert(
                    place, {"twice": lines[place], "blank": "", "page": "\x0c7"}.get(change, dice.choice(MARKS))
                )
        text = "\n".join(lines)
        there = set(re.findall(r"\w+", text.replace("-\n", " ")))
        for each in recommendations(lines_of(text)).found:
            parted = re.findall(r"\w+", each.text)
            assert [word for word in parted if word not in there and word not in PAPER] == []


MARKS = [
    "1.",
    "•",
    "-",
    "o",
    "Recommendation",
    "Recommendations",
    "Cause of concern",
    "(Recommendation 12345)",
    "…",
    ")",
]


def test_a_long_text_is_read_in_good_time(tmp_path: Path, recreg: Typed) -> None:
    hostile = [". " * 50_000 + "9x", " " * 100_000 + "x", "a-\n" * 20_000, "Chief constables and " * 20_000, "(" * 50_000,
               "1. a. Title (Recommendation 12345). " * 3000, "word " * 200_000, "line of a paragraph\n" * 30_000]  # fmt: skip
    for number, text in enumerate(hostile):
        (tmp_path / f"{number}.txt").write_text(f"Recommendations\n\n{text}\n")
        started = time.monotonic()
        assert recreg("draft", tmp_path / f"{number}.txt").code == 0
        assert time.monotonic() - started < 20, text[:20]


# Other reports.


def test_a_numbered_list_below_a_heading_is_one_recommendation_each(rows_of: RowsOf) -> None:
    rows = rows_of(
        "Recommendations\n\nWe ask as follows:\n\n1. Within 12 weeks of publication, the Home Office should write.\n"
        "2. Chief constables should:\n   a) read; and\n   b) answer.\n3) By 31 August 2022, forces should rest.\n"
        "\nNext Subject\n\nThe force should not be taken for one.\n"
    )
    assert [(row["number"], row["deadline_words"], row["addressees"]) for row in rows] == [
        ("1", "Within 12 weeks of publication", "Home Office"),
        ("2", "", "Chief constables"),
        ("3", "By 31 August 2022", "forces"),
    ]
    assert rows[1]["text"] == "Chief constables should:\na) read; and\nb) answer."


def test_a_cause_of_concern_contains_the_recommendations_below_it_and_an_area_stands_alone(rows_of: RowsOf) -> None:
    rows = rows_of(
        "Cause of concern\n\nThe force does not answer its letters.\n\nRecommendations\n\nWithin three months, the force"
        " should:\n• buy stamps;\n• answer.\n\nArea for improvement\n\nThe force should write more clearly.\n\n"
        "Areas for improvement\n\n• The force should buy ink.\n• The force should buy paper.\n\n"
        "Cause of concern 31007: Delay\n\nLetters wait.\n\nRecommendation 31008: Post\nBy May 2023, forces should post.\n"
    )
    assert [(row["kind"], row["hmicfrs_ref"], row["title"], row["parent"]) for row in rows] == [
        ("cause_of_concern", "", "The force does not answer its letters.", ""),
        ("recommendation", "", "", "The force does not answer its letters."),
        ("area_for_improvement", "", "", ""),
        ("area_for_improvement", "", "", ""),
        ("area_for_improvement", "", "", ""),
        ("cause_of_concern", "31007", "Delay", ""),
        ("recommendation", "31008", "Post", "31007"),
    ]
    assert rows[1]["text"] == "Within three months, the force should:\n• buy stamps;\n• answer."
    assert [row["text"] for row in rows[3:5]] == ["The force should buy ink.", "The force should buy paper."]


def test_page_numbers_running_heads_and_markings_are_left_out_of_the_words(rows_of: RowsOf) -> None:
    pages = [
        "Report on Letters\n\nRecommendation 1\nForces should keep every letter for as long as",
        "Report on Letters\n\nthe law says, which is six years.\n",
        "Report on Letters\n\nRecommendation 2\nForces should burn the rest, 30 at a time.\n",
    ]
    text = "\x0c".join(f"OFFICIAL\n{page}\n\n{number}\n" for number, page in enumerate(pages, 1))
    assert [row["text"] for row in rows_of(text)] == [
        "Forces should keep every letter for as long as the law says, which is six years.",
        "Forces should burn the rest, 30 at a time.",
    ]


def test_a_word_parted_at_the_end_of_a_line_is_put_together_where_that_is_certain(
    recreg: Typed, rows_of: RowsOf
) -> None:
    rows = rows_of(
        "Safeguarding comes first. Victim-led work is best.\n\nRecommendation 1\nForces should see that safe-\nguarding "
        "is vic\u00ad\ntim-\nled and multi-\nagency; co\u00adoperate.\n"
    )
    assert rows[0]["text"] == "Forces should see that safeguarding is victim-led and multi-agency; cooperate."


def test_a_heading_in_the_middle_of_a_sentence_or_of_a_table_of_contents_is_none(rows_of: RowsOf) -> None:
    assert not rows_of(
        "Contents\n\nRecommendation 1 ........ 4\nRecommendations ..... 9\n\nThe force met\nRecommendation 3 was closed.\n"
    )


def test_nothing_found_is_a_heading_row_and_a_plain_sentence(recreg: Typed, tmp_path: Path) -> None:
    (tmp_path / "none.txt").write_text("All is well.\n")
    said = recreg("draft", tmp_path / "none.txt")
    assert (said.code, said.out) == (0, ",".join(KEYS) + "\n")
    assert said.err == f"Nothing that looks like a recommendation was found in {tmp_path / 'none.txt'}.\n"


def test_what_is_named_without_words_or_reads_like_one_is_told_of(recreg: Typed, tmp_path: Path) -> None:
    text = "Recommendation 20555 and 20556 wait.\n\nWithin six months, chief constables should write.\n\nRecommendation 4\n"
    (tmp_path / "odd.txt").write_text(text)
    said = recreg("draft", tmp_path / "odd.txt")
    assert said.out == ",".join(KEYS) + "\n"
    assert "line 1: recommendation 20555 is named, and its words were not found." in said.err
    assert "line 3: “Within six months, chief constables should write.…”: it reads like a recommendation" in said.err
    assert "line 5: the recommendation 4 has no words below its heading" in said.err


def test_windows_1252_is_read_with_a_notice(recreg: Typed, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("Recommendation 1\nForces should ‘keep’ it – all.\n".encode("cp1252"))
    said = recreg("draft", tmp_path / "old.txt")
    assert "Forces should ‘keep’ it – all." in said.out
    assert "was read as Windows-1252." in said.err


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_made_harmless(recreg: Typed, tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text("Recommendation 1\n\n=1+1 should be two.\n")
    assert "'=1+1 should be two." in recreg("draft", tmp_path / "f.txt").out


# PDF.


def pdf(pages: list[list[str]], *, locked: bool = False) -> bytes:
    """A PDF whose pages hold these lines."""
    writer = PdfWriter()
    font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in
                             {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica",
                              "Encoding": "WinAnsiEncoding"}.items()})  # fmt: skip
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}
        )
        drawn = b"".join(b"(" + re.sub(rb"([()\\])", rb"\\\1", line.encode("cp1252")) + b") Tj T* " for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F 11 Tf 14 TL 50 800 Td " + drawn + b"ET")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if locked:
        writer.encrypt("not told", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_pdf_is_read_by_its_text(recreg: Typed, tmp_path: Path) -> None:
    lines = ["Recommendation 1", "By March 2023, forces should keep “every” letter – for", "as long as the law says."]
    (tmp_path / "report.pdf").write_bytes(pdf([lines, ["Recommendation 2", "Forces should rest.", "And so on."]]))
    said = recreg("draft", tmp_path / "report.pdf")
    assert said.code == 0, said
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [row["text"] for row in rows] == [
        "By March 2023, forces should keep “every” letter – for as long as the law says.",
        "Forces should rest. And so on.",
    ]


def bomb() -> bytes:
    """A PDF of few bytes, whose only page unpacks to 140 MB."""
    plain = pdf([["x"]])
    packed = zlib.compress(b"BT /F 9 Tf (x) Tj ET " * 7_000_000, 9)
    found = re.search(rb"(\d+) 0 obj\s*<<\s*/Length \d+\s*>>\s*stream.*?endstream", plain, re.DOTALL)
    assert found
    stream = b"%s 0 obj <</Length %d /Filter /FlateDecode>> stream\n%s\nendstream" % (found[1], len(packed), packed)
    return plain[: found.start()] + stream + plain[found.end() :]


UNREADABLE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a scan": (lambda: pdf([[], []]), "holds pictures of pages and no text, as a scan does.", "Copy the text out"),
    "a password": (lambda: pdf([["x"]], locked=True), "is under a password", "Save it without one"),
    "a bomb": (bomb, "unpacks to more than any report.", "Copy the text out"),
    "damage": (lambda: pdf([["x"]])[:200], "is damaged, or no PDF that can be read.", "Save it anew"),
    "no PDF at all": (lambda: b"%PDF-1.7\nrubbish", "is damaged, or no PDF that can be read.", "Save it anew"),
    "Word": (lambda: b"PK\x03\x04rest", "is a document of Word or another archive", "Save it as plain text, or as PDF."),
    "a web page": (lambda: b"<!DOCTYPE html><p>", "is a page of the web", "Save it as plain text, or as PDF."),
    "bytes": (lambda: b"ab\0c", "is not text: it holds a NUL at byte 3.", "Save it as plain text, or as PDF."),
    "no encoding": (lambda: b"ab\x81c", "is neither UTF-8 (byte 3) nor Windows-1252 (byte 3).", "Save it as plain"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_holds_no_text_is_refused_with_the_cure(case: str, recreg: Typed, tmp_path: Path) -> None:
    made, sentence, hint = UNREADABLE[case]
    (tmp_path / "report").write_bytes(made())
    said = recreg("draft", tmp_path / "report", "-o", tmp_path / "draft.csv")
    assert (said.code, said.out) == (4, ""), said
    assert sentence in said.err
    assert hint in said.err
    assert not (tmp_path / "draft.csv").exists()


def test_a_report_is_never_replaced_by_its_draft(recreg: Typed, tmp_path: Path) -> None:
    (tmp_path / "report.csv").write_text("Recommendation 1\nForces should rest.\n")
    said = recreg("draft", tmp_path / "report.csv", "-o", tmp_path / "report.csv")
    assert said.code == 2
    assert "is the report itself." in said.err
