"""What is exported from a register and imported into an empty one is the same register again."""

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from conftest import Typed, is_sound
from promising import promise
from recreg.register import Register
from recreg.register.evidence import EvidenceFields
from recreg.register.fields import Fields
from test_undo import TODAY, Deed, deeds, done_once, prepared


def whole(recreg: Typed, path: Path) -> str:
    """Everything that a register exports."""
    said = recreg("--register", path, "export", "-", "--all")
    assert said.code == 0, said.err
    return said.out


def copied(recreg: Typed, empty_register: Path, folder: Path, document: str, name: str = "register.json") -> Path:
    """An empty register that took the document in."""
    file, copy = folder / name, Path(shutil.copy(empty_register, folder / "copy.db"))
    file.write_text(document, encoding="utf-8")
    said = recreg("--register", copy, "import", file)
    assert said.code == 0, said.err
    assert is_sound(copy)
    return copy


def comes_back(recreg: Typed, empty_register: Path, done: list[Deed]) -> None:
    """Do each deed, with a life of its own beside them; what is exported and imported is the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_register, folder))
        officer = prepared(path)
        lived_through(path)
        for deed in done:
            officer.does(*deed)
        document = whole(recreg, path)
        copy = copied(recreg, empty_register, Path(folder), document)
        assert whole(recreg, copy) == document


@done_once
def lived_through(path: Path) -> None:
    """Items that came all the way: submitted, returned, closed in every sort, reviewed early and late, with evidence."""
    clerk = Register(path, by="Clerk", today=TODAY, on=TODAY - timedelta(days=200))
    clerk.define("blue", "waiting for the national lead")
    clerk.add(Fields(kind="recommendation", title="third", inspection="I-0", owner="Owner A", board="Board X",
                     target=date(2022, 12, 31), rag="blue", why="waits"))  # fmt: skip
    clerk.add(Fields(kind="area_for_improvement", title="fourth", mandatory=False))
    clerk.add(Fields(kind="recommendation", title="fifth", inspection="I-1"))
    clerk.accept(["R-0004"], partly=True, why="half of it")
    clerk.add_evidence([], ["R-0003", "R-0004"], EvidenceFields(received_from="Owner A"), link="https://x.example/e")
    for days in (190, 150, 40, 30):
        later = Register(path, by="Clerk", today=TODAY, on=TODAY - timedelta(days=days))
        later.review(["R-0003"], outcome="on_track", note=f"n{days}", keep_schedule=days > 100, met="Head of PPU")
    later.review(["R-0005"], outcome="escalate", note="late")
    later.correct("V-0003", why="mistyped", day=TODAY - timedelta(days=170))
    later.complete(["R-0003"])
    later.submit(["R-0003"], agreed_by="Board X")
    later.note(["R-0005"], "moved\nwith its item")
    later.close("R-0005", basis="duplicate", why="twice", decided_by="force", of="R-0003", approved_by="DCC")
    later.link("R-0005", repeats="R-0003")


@promise("E4", of="registers of random acts", ci=6, full=200)
def test_e4_a_register_comes_back_whole_from_what_it_exports(size: int, empty_register: Path, recreg: Typed) -> None:
    @settings(max_examples=size, deadline=None, suppress_health_check=list(HealthCheck))
    @given(deeds)
    def whatever_was_done(done: list[Deed]) -> None:
        comes_back(recreg, empty_register, done)

    whatever_was_done()


LIVES = {
    "what was never submitted is signed off": [["sign-off", "R-0001", "--letter", "L", "--direct"]],
    "a rating that was taken back": [
        ["rag", "red", "R-0001", "--why", "late"],
        ["rag", "unrated", "R-0001", "--why", "not judged"],
    ],
    "a target before a publication day put right": [
        ["edit", "R-0001", "--target", "2021-06-30"],
        ["inspection", "edit", "I-0", "--published", "2021-08-31"],
    ],
    "a duplicate of what was withdrawn since": [
        ["close", "R-0001", "--as", "duplicate", "--of", "R-0003", "--why", "x", "--decided-by", "force",
         "--approved-by", "DCC"],
        ["withdraw", "R-0003", "--why", "typed twice"],
    ],
    "a rating of a colour whose words were undone": [
        ["key", "white", "for information"],
        ["rag", "white", "R-0001", "--why", "read"],
        ["undo", "7"],
    ],
    "what is no longer what it was escalated from": [
        ["add", "--kind", "afi", "--title", "Fourth"],
        ["link", "R-0002", "--escalated-from", "R-0004"],
        ["edit", "R-0004", "--kind", "rec"],
    ],
    "evidence for several, one of them withdrawn, and a file": [
        ["evidence", "add", "--link", "https://x.example", "--for", "R-0003", "--for", "R-0001", "--for", "R-0002"],
        ["evidence", "share", "E-0001"],
        ["evidence", "judge", "E-0001", "partial", "--why", "two of five"],
        ["evidence", "add", __file__, "--for", "R-0002"],
        ["correct", "E-0001", "--note", "Titled", "--why", "mistyped"],
        ["undo"],
    ],
    "names much alike": [
        ["assign", "R-0001", "--owner", "Head of Custody"],
        ["assign", "R-0002", "--owner", "Head of Custdy", "--new"],
    ],
    "a note of a day after closing": [
        ["note", "R-0001", "late words", "--on", "2022-05-01"],
        ["sign-off", "R-0001", "--letter", "L", "--direct", "--on", "2022-06-01"],
        ["correct", "N-0001", "--on", "2022-08-01", "--why", "mistyped"],
    ],
    "texts of every sort": [
        ["note", "R-0001", "  =1+1\n\n\t“so”, she said; and \U0001f468\u200d\U0001f469 went\u00ad "],
        ["edit", "R-0001", "--text", "@one\n'two", "--addressee", "Chief constables", "--addressee", "NPCC"],
        ["assign", "R-0002", "--owner", "O'Brien; “PC” 12, the"],
    ],
    "submitted, returned and submitted again": [
        ["assign", "R-0001", "--owner", "Head of PPU", "--board", "Board Z"],
        ["evidence", "add", "--link", "https://x.example", "--for", "R-0001"],
        ["complete", "R-0001"], ["submit", "R-0001", "--agreed-by", "Board Z", "--level", "chief officer"],
        ["return", "R-0001", "--why", "more"],
        ["edit", "R-0001", "--deadline", "by March 2023", "--why", "mistyped"],
        ["complete", "R-0001"], ["submit", "R-0001"],
    ],
}  # fmt: skip


@promise("E4")
@pytest.mark.parametrize("life", LIVES)
def test_e4_whatever_the_acts_let_in_comes_back(
    life: str, empty_register: Path, recreg: Typed, register: Path, tmp_path: Path
) -> None:
    prepared(register)
    recreg("add", "--kind", "rec", "--title", "third", "--on", "2022-01-01")
    for words in LIVES[life]:
        said = recreg(*words)
        assert said.code == 0, (words, said.err)
    for form in ("json", "xlsx"):
        file, copy = tmp_path / f"all.{form}", Path(shutil.copy(empty_register, tmp_path / "copy.db"))
        assert recreg("export", file, "--all").code == 0
        said = recreg("--register", copy, "import", file)
        assert said.code == 0, said.err
        assert whole(recreg, copy) == whole(recreg, register), form
        assert is_sound(copy)
        same = recreg("import", file)
        assert "Nothing was changed" in same.err, same.err
        assert recreg("--register", copy, "undo").code == 0
        assert whole(recreg, copy) == whole(recreg, empty_register), form


def test_what_stood_before_the_register_comes_back_without_its_letters(
    empty_register: Path, recreg: Typed, register: Path, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    file.write_text("kind,title,rag,added_on,closed_on,closed_as\nrec,Old,green,2020-01-01,2021-01-01,signed off\n")
    assert recreg("import", file, "--opening").code == 0
    document = whole(recreg, register)
    assert whole(recreg, copied(recreg, empty_register, tmp_path, document)) == document


FORMS = ["csv", "tsv", "xlsx", "json", "jsonl"]


@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_reads_as_what_empties_a_cell_comes_back_as_a_text(
    form: str, empty_register: Path, recreg: Typed, register: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(empty_register, tmp_path / "copy.db"))
    recreg("add", "--kind", "rec", "--title", "#CLEAR", "--text", "'#CLEAR", "--waiting-on", "''#CLEAR", "--owner",
           "#CLEAR", "--addressee", "#CLEAR", "--hmicfrs-ref", "#CLEAR")  # fmt: skip
    recreg(
        "add", "--kind", "afi", "--title", "#CLEAR it", "--text", " #CLEAR", "--addressee", "#CLEAR", "--addressee", "x"
    )
    for text in ("#CLEAR", "'#CLEAR", "=#CLEAR", "#clear"):
        assert recreg("note", "R-0002", text).code == 0
    for noun in ("people", "items", "notes"):
        file = tmp_path / f"{noun}.{form}"
        assert recreg("export", file, "--what", noun).code == 0
        said = recreg("--register", copy, "import", file, "--what", noun)
        assert said.code == 0, said.err
        assert "Nothing was changed" in recreg("import", file, "--what", noun, "--on-conflict", "update").err
    assert whole(recreg, copy) == whole(recreg, register)
    assert "#CLEAR" in recreg("list", "-f", "json").json[0]["title"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("noun", ["items", "notes"])
def test_a_file_of_no_rows_is_taken_as_that_in_every_format(
    noun: str, form: str, recreg: Typed, register: Path, tmp_path: Path
) -> None:
    file, before = tmp_path / f"none.{form}", register.read_bytes()
    assert recreg("export", file, "--what", noun).code == 0
    said = recreg("import", file, "--what", noun)
    assert (said.code, said.out) == (0, ""), said.err
    assert "none." in said.err
    assert "0 added, 0 changed, 0 unchanged." in said.err
    assert "Nothing was changed" in said.err
    assert register.read_bytes() == before
