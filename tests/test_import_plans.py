"""What a dry run says of a file is what becomes of it; and a file that was taken changes nothing any more."""

import csv
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from conftest import After, Said, Typed, is_sound
from promising import promise

HEADINGS = (
    "ref hmicfrs_ref kind inspection number title owner board rag rag_why target_on parent added_on closed_on closed_as "
    "closed_why decided_by closed_letter waiting_on"
).split()
#: What a cell may hold, most often what can be taken; a blank leaves what is stored.
CELLS = {
    "kind": ["rec", "rec", "afi", "coc", "", "pile"],
    "inspection": ["", "CAOP", "CAOP", "NONE"],
    "number": ["", "", "1", "2", "3", "4", "5"],
    "title": ["First", "Second", "Another", "=1+1", ""],
    "owner": ["", "Head of PPU", "Head of Crime", "head of ppu", "Head of Crmie"],
    "board": ["", "Board X", "Board Y", "#CLEAR"],
    "rag": ["", "", "amber", "green", "red"],
    "rag_why": ["", "late", "#CLEAR"],
    "target_on": ["", "", "2022-12-31", "31/03/2023", "2018-01-01", "soon"],
    "parent": ["", "", "", "R-0003", "9000", "R-0001", "R-0099"],
    "added_on": ["", "2021-03-01", "2020-05-05", "2023-01-01"],
    "closed_on": ["", "", "", "2022-02-01", "2019-01-01"],
    "closed_as": ["", "", "", "signed off", "superseded"],
    "waiting_on": ["", "NPCC", "#CLEAR"],
}
#: Which item a row is, or is to be: those of the register, new ones with a number, and new ones without.
NAMES = [
    ("R-0001", ""), ("", "10618"), ("R-0002", ""), ("R-0003", "9000"), ("R-0004", ""), ("", "7001"), ("", "7002"),
    ("R-0050", ""), ("", ""), ("", ""), ("R-0001", "10618"), ("R-0001", "7003"),
]  # fmt: skip
#: What a row may say of each item that the register has: what is stored, or something else.
STORED = [
    {"ref": "R-0001", "hmicfrs_ref": "10618", "kind": "rec", "inspection": "CAOP", "number": "1", "title": "First"},
    {"ref": "R-0002", "owner": "Head of PPU", "board": "Board X", "rag": "amber", "rag_why": "late"},
    {"hmicfrs_ref": "9000", "title": "Third"},
]
CHANGED = [
    {"hmicfrs_ref": "10618", "waiting_on": "NPCC", "board": "Board Y"},
    {"ref": "R-0002", "title": "Changed", "owner": "Head of Crime", "rag": "red", "rag_why": "worse"},
    {"ref": "R-0003", "title": "The third"},
]
NEW = [
    {"kind": "rec", "title": "New", "hmicfrs_ref": "7100", "parent": "R-0050", "added_on": "2021-03-01"},
    {"ref": "R-0050", "kind": "coc", "title": "A cause", "hmicfrs_ref": "7200", "owner": "Head of Crime",
     "added_on": "2020-05-05"},
    {"kind": "afi", "title": "Closed", "hmicfrs_ref": "7300", "added_on": "2021-03-01", "closed_on": "2022-02-01",
     "closed_as": "no further action", "closed_why": "seen", "decided_by": "hmicfrs", "closed_letter": "HMI/1"},
]  # fmt: skip


@st.composite
def any_row(draw: st.DrawFn) -> dict[str, str]:
    """A row of whatever cells."""
    ref, number = draw(st.sampled_from(NAMES))
    held = draw(st.sets(st.sampled_from(list(CELLS)), min_size=1, max_size=5))
    return {"ref": ref, "hmicfrs_ref": number} | {key: draw(st.sampled_from(CELLS[key])) for key in sorted(held)}


files = st.tuples(
    *(st.sampled_from([[], [stored], [changed]]) for stored, changed in zip(STORED, CHANGED, strict=True)),
    st.lists(st.sampled_from(NEW), max_size=3, unique_by=str),
    st.just([]) | st.just([]) | st.lists(any_row(), max_size=2),
).map(lambda parts: [row for part in parts for row in part])
ways = st.lists(st.sampled_from([["--on-conflict", "update"]] * 3 + [["--on-conflict", "skip"], ["--opening"], ["--new"]]), max_size=3).map(
    lambda words: [word for each in words for word in each]
)  # fmt: skip


@pytest.fixture
def held(register_after: After) -> Path:
    """A register with a report and three items: one numbered, one with an owner and a rating, a cause of concern."""
    lines = (
        ["inspection", "add", "CAOP", "--title", "Older people", "--type", "thematic", "--published", "2019-07-17"],
        ["add", "--kind", "rec", "--inspection", "CAOP", "--number", "1", "--hmicfrs-ref", "10618", "--title", "First"],
        ["add", "--kind", "rec", "--title", "Second", "--owner", "Head of PPU", "--board", "Board X", "--rag", "amber",
         "--why", "late"],
        ["add", "--kind", "coc", "--title", "Third", "--hmicfrs-ref", "9000"],
    )  # fmt: skip
    return register_after([*words, "--on", "2022-09-01"] for words in lines)


def log_head(path: Path) -> tuple[int, str]:
    """The number of the newest changeset, and its hash."""
    with closing(sqlite3.connect(path)) as db:
        number, digest = db.execute("SELECT number, hash FROM changeset ORDER BY number DESC LIMIT 1").fetchone()
    return number, digest


def as_planned(recreg: Typed, held: Path, rows: list[dict[str, str]], words: list[str]) -> Said:
    """Try a file dry, then take it, then twice more; what was said when it was taken."""
    with tempfile.TemporaryDirectory() as folder:
        path, file = Path(shutil.copy(held, folder)), Path(folder) / "items.csv"
        with file.open("w", newline="", encoding="utf-8") as written:
            csv.DictWriter(written, HEADINGS, restval="").writeheader()
            csv.DictWriter(written, HEADINGS, restval="").writerows(rows)
        before = path.read_bytes()
        dry = recreg("--register", path, "import", file, "--dry-run", *words)
        assert path.read_bytes() == before, "a dry run writes nothing"
        said = recreg("--register", path, "import", file, *words)
        assert (dry.code, dry.out) == (said.code, said.out)
        assert dry.err.replace("Dry run: nothing was written.\n", "") == said.err
        if said.code:
            assert said.code == 4, said.err
            assert path.read_bytes() == before, "what is refused writes nothing"
        else:
            stays(recreg, path, file, words)
            assert is_sound(path)
    return said


def stays(recreg: Typed, path: Path, file: Path, words: list[str]) -> None:
    """The same file once more, and again in earnest, leaves the register where it is.

    A row that nothing tells apart from what it made the first time is refused by name the second.
    """
    after, head = path.read_bytes(), log_head(path)
    for more in ([], ["--again"]):
        said = recreg("--register", path, "import", file, *words, *more)
        assert log_head(path) == head, said.err
        assert (said.code == 4 and more and "Nothing tells whether it is R-" in said.err) or (
            said.code == 0 and "Nothing was changed" in said.err
        ), said.err
        assert path.read_bytes() == after


def test_a_row_that_nothing_tells_apart_is_not_added_twice(recreg: Typed, held: Path) -> None:
    file = held.with_name("items.csv")
    file.write_text("ref,kind,title\nR-0001,rec,\n,rec,First\n")
    assert "R-0004 “First” is added" in recreg("--register", held, "import", file).err
    said = recreg("--register", held, "import", file, "--again")
    assert said.code == 4, said
    assert "line 3, column title: “First”: Nothing tells whether it is R-0001, which has the same title" in said.err


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        (["--on-conflict", "update"], "3 added, 2 changed, 1 unchanged."),
        (["--on-conflict", "skip"], "3 added, 0 changed, 1 unchanged, 2 left as they are."),
        ([], None),
    ],
)
def test_what_is_new_changed_and_as_it_was_is_counted_as_planned(
    words: list[str], counts: str | None, recreg: Typed, held: Path
) -> None:
    said = as_planned(recreg, held, [*CHANGED[:2], STORED[2], *NEW], words)
    assert (said.code, f"items.csv: {counts}" in said.err) == ((0, True) if counts else (4, False)), said.err


def test_what_stood_before_the_register_began_is_counted_as_planned(recreg: Typed, held: Path) -> None:
    assert "3 added, 0 changed, 3 unchanged." in as_planned(recreg, held, [*STORED, *NEW], ["--opening"]).err


@promise("A4")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(files, ways)
def test_a4_a_dry_run_says_what_comes_of_a_file_and_the_file_again_changes_nothing(
    recreg: Typed, held: Path, rows: list[dict[str, str]], words: list[str]
) -> None:
    as_planned(recreg, held, rows, words)


@pytest.mark.soak
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(files, ways)
def test_so_it_is_of_five_hundred_files(
    recreg: Typed, held: Path, rows: list[dict[str, str]], words: list[str]
) -> None:
    said = as_planned(recreg, held, rows, words)
    event("refused" if said.code else said.err.splitlines()[-1])
