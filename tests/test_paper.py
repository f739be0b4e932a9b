"""The audit committee's paper: its sentence, its movements, its final one, in all three forms."""

import io
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document

from a_real_paper import JUNE, SEPTEMBER, build
from conftest import Typed

SENTENCE = (
    "Since the last paper, which counted to 10 June 2022, the force's work with HMICFRS has led to the sign off of "
    "61 recommendations and to further work towards the remaining 45 recommendations, 14 areas for improvement and two "
    "causes of concern."
)
MOVEMENTS = [
    ["Recommendations", "101", "5", "0", "61", "0", "0", "0", "45"],
    ["Areas for improvement", "14", "0", "0", "0", "0", "0", "0", "14"],
    ["Causes of concern", "5", "0", "0", "3", "0", "0", "0", "2"],
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register that stands as the real paper says, made once."""
    path = tmp_path_factory.mktemp("real") / "register.db"
    build(path)
    return path


@pytest.fixture
def real(built: Path, path: Path) -> Path:
    """A copy of it to type at."""
    shutil.copyfile(built, path)
    return path


class Page(HTMLParser):
    """A page's text, and the rows of its tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.rows: list[list[str]] = []
        self.in_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = self.in_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        if self.in_cell:
            self.rows[-1][-1] += data


def test_the_paper_says_the_real_papers_sentence_and_figures(recreg: Typed, real: Path) -> None:
    said = recreg("paper", SEPTEMBER)
    assert said.code == 0, said.err
    assert SENTENCE in said.out
    assert "Of the 45 recommendations, of which three under causes of concern, and of all else that is open" in said.out
    assert "Three causes of concern were signed off by HMICFRS." in said.out
    assert "What was open before is as the final paper of “JAC June 2022” printed it." in said.out
    assert "Two reports were published from 11 June 2022 to 15 September 2022." in said.out
    assert "one inspection to come:\n\n* Thematic inspection of the ROCU, expected early October" in said.out
    assert "> What recommendation 2 of PPDA-2022 says, verbatim." in said.out
    for row in MOVEMENTS:
        assert "| " + " | ".join(row) + " |" in said.out


def test_the_html_says_the_same(recreg: Typed, real: Path, tmp_path: Path) -> None:
    assert recreg("paper", SEPTEMBER, "-o", tmp_path / "paper.html").code == 0
    page = Page((tmp_path / "paper.html").read_text(encoding="utf-8"))
    assert SENTENCE in "".join(page.said)
    assert [row for row in page.rows if row in MOVEMENTS] == MOVEMENTS


def test_the_word_document_says_the_same(recreg: Typed, real: Path, tmp_path: Path) -> None:
    assert recreg("paper", SEPTEMBER, "-o", tmp_path / "paper.docx").code == 0
    document = Document(str(tmp_path / "paper.docx"))
    assert any(paragraph.text.startswith(SENTENCE) for paragraph in document.paragraphs)
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert [row for row in rows if row in MOVEMENTS] == MOVEMENTS


def test_every_figure_has_its_references(recreg: Typed, real: Path) -> None:
    figures = {row["figure"]: row for row in recreg("paper", SEPTEMBER, "--explain", "-f", "json").json}
    assert figures["signed_off_recommendations"]["count"] == 61
    assert figures["signed_off_causes_of_concern"]["refs"] == "R-0118; R-0119; R-0120"
    assert figures["open_under_causes"]["refs"] == "R-0001; R-0002; R-0003"
    assert figures["red"]["refs"] == "R-0001"
    for name, row in figures.items():
        refs = [ref for ref in row["refs"].split("; ") if ref]
        count = sum(-1 if ref.startswith("-") else 1 for ref in refs)
        assert count == row["count"], name


def test_without_a_final_paper_before_it_says_so(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "afi", "--title", "One", "--on", "2022-01-10")
    recreg("meeting", "add", SEPTEMBER, "2022-09-29")
    out = recreg("paper").out
    assert "No final paper ends on the day before: what was open then is as the register knows it now." in out
    assert "From 2 January 2019 on, the force's work with HMICFRS has led to the sign off of no recommendations" in out


def test_the_paper_only_reads(recreg: Typed, real: Path, tmp_path: Path) -> None:
    before = real.read_bytes()
    assert recreg("paper", "-o", tmp_path / "paper.docx").code == 0
    assert recreg("paper", "--explain").code == 0
    assert real.read_bytes() == before


# The final paper.


def test_a_final_paper_is_drawn_again_a_year_later_as_it_was(
    recreg: Typed, real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("md", "html", "docx"):
        path = Path(shutil.copy(real, tmp_path / f"{name}.db"))
        first, again = tmp_path / f"first.{name}", tmp_path / f"again.{name}"
        monkeypatch.setenv("RECREG_TODAY", "2022-09-29")
        assert recreg("--register", path, "paper", SEPTEMBER, "--final", "-o", first).code == 0
        recreg("--register", path, "person", "rename", "Head of Crime", "Head of Investigations")
        recreg("--register", path, "edit", "R-0010", "--title", "Put right since", "--on", "2022-09-01")
        recreg("--register", path, "withdraw", "R-0121", "--why", "typed twice")
        monkeypatch.setenv("RECREG_TODAY", "2023-09-29")
        said = recreg("--register", path, "paper", SEPTEMBER, "-o", again)
        assert said.code == 0
        assert "It is the final paper, as it was recorded, but for the line that says when it was drawn." in said.err
        if name != "docx":
            was, now = first.read_text(encoding="utf-8"), again.read_text(encoding="utf-8")
            assert now.replace("Drawn on 29 September 2023 ", "Drawn on 29 September 2022 ") == was
            assert now != was


def test_a_second_final_paper_needs_a_reason(recreg: Typed, real: Path, tmp_path: Path) -> None:
    assert recreg("paper", SEPTEMBER, "--final", "-o", tmp_path / "a.md").code == 0
    said = recreg("paper", SEPTEMBER, "--final", "-o", tmp_path / "b.md")
    assert said.code == 4
    assert "“JAC September 2022” has its final paper, drawn from changeset" in said.err
    assert not (tmp_path / "b.md").exists()
    assert recreg("paper", SEPTEMBER, "--replaces-final", "-o", tmp_path / "b.md").code == 2
    said = recreg("paper", SEPTEMBER, "--replaces-final", "--why", "a figure was late", "-o", tmp_path / "b.md")
    assert said.code == 0, said.err
    (row,) = [row for row in recreg("meeting", "list", "-f", "json").json if row["name"] == SEPTEMBER]
    assert row["final_why"] == "a figure was late"


def test_a_final_paper_is_never_undone(recreg: Typed, real: Path, tmp_path: Path) -> None:
    recreg("paper", SEPTEMBER, "--final", "-o", tmp_path / "a.md")
    said = recreg("undo")
    assert said.code == 4
    assert "never undone (paper)" in said.err


def test_what_was_recorded_late_is_a_correction_named_by_reference(recreg: Typed, real: Path) -> None:
    recreg("add", "--kind", "afi", "--title", "Found later", "--on", "2022-05-01")
    recreg("sign-off", "R-0102", "--letter", "HMI/22/9", "--direct", "--on", "2022-06-02")
    recreg("withdraw", "R-0103", "--why", "typed twice")
    out = recreg("paper", SEPTEMBER).out
    assert "| Areas for improvement | 14 | 0 | 0 | 0 | 0 | 0 | −1 | 13 |" in out
    assert "Recorded since the last paper, with effect up to its last day:" in out
    assert re.search(
        r"R-0102 \| – \| Area 0 \| −1 \| signed off: HMI/22/9; sign-off with effect on 2 June 2022 \(changeset \d+\) \|",
        out,
    )
    assert re.search(
        r"R-0103 \| – \| Area 1 \| −1 \| withdrawn; typed twice; withdraw with effect on 1 October 2019 \(changeset \d+\) \|",
        out,
    )
    assert re.search(
        r"R-0126 \| – \| Found later \| \\\+1 \| entered since; add with effect on 1 May 2022 \(changeset \d+\) \|", out
    )


def test_an_act_and_its_undo_count_as_neither(recreg: Typed, real: Path) -> None:
    recreg("sign-off", "R-0102", "--letter", "HMI/22/9", "--direct", "--on", "2022-09-14")
    recreg("undo")
    assert "| Areas for improvement | 14 | 0 | 0 | 0 | 0 | 0 | 0 | 14 |" in recreg("paper", SEPTEMBER).out


def test_what_the_force_closed_itself_is_named_with_who_approved_it(recreg: Typed, real: Path) -> None:
    recreg("close", "R-0102", "--as", "not-applicable", "--why", "the post is gone", "--decided-by", "force",
           "--approved-by", "DCC", "--on", "2022-09-10")  # fmt: skip
    out = recreg("paper", SEPTEMBER).out
    assert "One area for improvement was closed by the force itself (Annex A)." in out
    assert "| R-0102 | – | Area 0 | 10 September 2022 | not applicable: the post is gone | DCC |" in out


def test_days_can_be_chosen(recreg: Typed, real: Path) -> None:
    said = recreg("paper", "--since", JUNE, "--to", "2022-07-20")
    assert "It counts from 11 June 2022 to 20 July 2022" in said.err
    assert "| Causes of concern | 5 | 0 | 0 | 0 | 0 | 0 | 0 | 5 |" in said.out
    said = recreg("paper", "--since", "2022-07-21", "--to", SEPTEMBER)
    assert "| Recommendations | 40 | 5 | 0 | 0 | 0 | 0 | 0 | 45 |" in said.out


def test_a_paper_can_be_had_as_it_would_have_been(recreg: Typed, real: Path) -> None:
    said = recreg("paper", SEPTEMBER, "--as-of", "2022-07-20")
    assert "| Causes of concern | 5 | 0 | 0 | 0 | 0 | 0 | 0 | 5 |" in said.out
    number = recreg("log", "-f", "json").json[-1]["changeset"]
    recreg("sign-off", "R-0102", "--letter", "HMI/22/9", "--direct", "--on", "2022-09-14")
    assert (
        "| Areas for improvement | 14 | 0 | 0 | 0 | 0 | 0 | 0 | 14 |"
        in recreg("paper", SEPTEMBER, "--as-recorded", number).out
    )


# For everyone.


def test_the_public_paper_has_roles_and_no_marked_text(recreg: Typed, real: Path) -> None:
    recreg("person", "edit", "Head of Crime", "--role", "Head of a department")
    recreg("rag", "red", "R-0002", "--why", "OFFICIAL-SENSITIVE: a witness moved away", "--on", "2022-09-13")
    out = recreg("paper", SEPTEMBER, "--public").out
    assert "Head of Crime" not in out
    assert "Head of a department" in out
    assert "a witness moved away" not in out
    assert r"\[left out of the public paper\]" in out


def test_the_public_paper_says_how_many_have_no_role(recreg: Typed, real: Path) -> None:
    said = recreg("paper", SEPTEMBER, "--public")
    assert "Head of Crime" not in said.out
    assert "items of owners without a role: recreg person edit NAME --role …" in said.err


# The officer's words.


def worded(tmp_path: Path, text: str) -> Path:
    (tmp_path / "words.md").write_text(text, encoding="utf-8")
    return tmp_path / "words.md"


def test_the_officers_words_stand_in_their_sections_with_their_figures(
    recreg: Typed, real: Path, tmp_path: Path
) -> None:
    words = worded(tmp_path, "# Purpose\n\nTo tell *you* all.\n\n# The force's position\n\nOf {{before_recommendations}}"
                             " we hold {{open_recommendations: 45}}; {{Open_causes_of_concern}} causes stay.\n\n"
                             "# Thanks\n\n- to owners\n- to [boards](https://force.example)\n")  # fmt: skip
    said = recreg("paper", SEPTEMBER, "--words", words)
    assert said.code == 0, said.err
    assert "## 1\\. Purpose\n\nTo tell you all.\n" in said.out
    assert "Of 101 we hold 45; Two causes stay.\n\nSince the last paper" in said.out
    assert "## 7\\. Thanks\n\n* to owners\n* to boards (https://force.example)\n" in said.out
    assert "## 8\\. The committee is asked to note" in said.out


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        ("No heading", "words.md, line 1, stands before the first heading.", "# Purpose"),
        ("# Purpose\n\n{{open_recomendations}}", "line 3, asks for a figure “open_recomendations”, which the paper",
         "open_recommendations"),
        ("# Purpose\n\n\n{{open_recommendations: 44}}", "line 4, takes open_recommendations to be 44, and it is 45.",
         "Put the text right, or the register."),
        ("# Purpse\n\nx", "line 1, names a section “Purpse”.", "The paper's section is called “Purpose”."),
        ("# Purpose\n\nx\n\n# Purpose\n\ny", "line 5, begins “Purpose” a second time.", "Put both parts under one"),
        ("# Purpose\n\n```\ncode\n```\n", "line 3, is a block of code, which the paper has no room for.", "Use headings"),
    ],
)  # fmt: skip
def test_words_that_are_not_understood_are_refused_by_their_line(
    text: str, sentence: str, hint: str, recreg: Typed, real: Path, tmp_path: Path
) -> None:
    before = real.read_bytes()
    said = recreg("paper", SEPTEMBER, "--final", "--words", worded(tmp_path, text))
    assert (said.code, said.out) == (4, "")
    assert sentence in said.err
    assert hint in said.err
    assert real.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["paper", "JAC Setember 2022"], 3, "There is no meeting “JAC Setember 2022”."),
        (["paper", "--since", "soon"], 3, "“soon” is neither a day nor a meeting."),
        (["paper", "--to", "2022-10-01"], 2, "The last day of the paper, 1 October 2022, is in the future."),
        (["paper", "--since", "2022-09-20", "--to", "2022-09-01"], 4, "The period would begin on 20 September 2022"),
        (["paper", "-f", "docx"], 2, "A paper for Word goes into a file."),
        (["paper", "-f", "json"], 2, "A paper is drawn as md, docx or html, not as json."),
        (["paper", "-o", "paper.pdf"], 2, "The name paper.pdf does not say what the paper is."),
        (["paper", "--explain", "-f", "html"], 2, "The figures are listed, and not drawn as html."),
        (["paper", "--final", "--explain"], 2, "--explain lists the figures and records nothing."),
        (["paper", "--final", "--to", "2022-09-01"], 2, "A final paper counts to its meeting's cut-off."),
        (["paper", "--final", "--as-of", "2022-09-01"], 2, "A final paper is of the register as it stands now."),
        (["paper", "--why", "because"], 2, "--why is the reason for --replaces-final."),
        (["paper", "--words", "nowhere.md"], 2, "The file nowhere.md cannot be read: No such file or directory."),
        (["paper", "--replaces-final", "--why", "x"], 4, "“JAC September 2022” has no final paper to replace."),
    ],
)  # fmt: skip
def test_a_paper_that_cannot_be_is_refused(
    words: list[str], code: int, sentence: str, recreg: Typed, real: Path
) -> None:
    before = real.read_bytes()
    said = recreg(*words)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert real.read_bytes() == before


def test_a_final_paper_waits_for_its_cut_off(recreg: Typed, real: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECREG_TODAY", "2022-09-14")
    said = recreg("paper", SEPTEMBER, "--final")
    assert (said.code, said.out) == (4, "")
    assert "The cut-off of “JAC September 2022”, 15 September 2022, is to come." in said.err
    assert "This is a draft." in recreg("paper", SEPTEMBER).out


def test_without_any_meeting_a_paper_says_what_to_type(recreg: Typed, register: Path) -> None:
    said = recreg("paper")
    assert said.code == 4
    assert "There is no meeting yet that a paper could be for." in said.err
    assert 'recreg meeting add "JAC September 2022" 29/09/2022 --cutoff 15/09/2022, or add --to DAY.' in said.err
    assert recreg("paper", "--to", "today").code == 0


def test_a_dry_run_of_a_final_paper_records_nothing(recreg: Typed, real: Path) -> None:
    before = real.read_bytes()
    said = recreg("paper", SEPTEMBER, "--final", "--dry-run")
    assert said.code == 0
    assert "Dry run: nothing was written." in said.err
    assert real.read_bytes() == before


# Meetings.


def test_meetings_are_listed_with_what_their_final_paper_printed(recreg: Typed, real: Path) -> None:
    june, september = recreg("meeting", "list", "-f", "json").json
    assert (june["name"], june["cutoff_on"], june["final_since_on"]) == (JUNE, "2022-06-10", "2019-10-01")
    printed = [june[f"final_{kind}"] for kind in ("recommendations", "areas_for_improvement", "causes_of_concern")]
    assert printed == [101, 14, 5]
    assert september["final_changeset"] is None


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["add", "jac  JUNE 2022", "2022-06-23"], 4, "There is a meeting “JAC June 2022” already."),
        (["add", "New", "2022-06-23", "--cutoff", "2022-06-24"], 2, "The cut-off, 24 June 2022, is after the meeting"),
        (["add", "New", "soon"], 2, "“soon” is not a day"),
        (["edit", JUNE], 2, "Nothing was given to change of JAC June 2022."),
        (["edit", JUNE, "--cutoff", "2022-06-01"], 4, "The final paper of “JAC June 2022” counts to 10 June 2022"),
        (["edit", "Nowhere", "--day", "2022-06-01"], 3, "There is no meeting “Nowhere”."),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(
    words: list[str], code: int, sentence: str, recreg: Typed, real: Path
) -> None:
    before = real.read_bytes()
    said = recreg("meeting", *words)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert real.read_bytes() == before


def test_a_meeting_to_come_is_put_right(recreg: Typed, real: Path) -> None:
    said = recreg("meeting", "edit", SEPTEMBER, "--day", "2022-09-30", "--cutoff", "2022-09-16")
    assert said.err == "“JAC September 2022” is on 30 September 2022; its paper counts to 16 September 2022.\n"


def test_a_paper_on_stdout_is_the_file(recreg: Typed, real: Path, tmp_path: Path) -> None:
    recreg("paper", SEPTEMBER, "-o", tmp_path / "paper.md")
    assert recreg("paper", SEPTEMBER).out == (tmp_path / "paper.md").read_text(encoding="utf-8")
    assert io.StringIO((tmp_path / "paper.md").read_text(encoding="utf-8")).readline() == "**OFFICIAL**\n"
