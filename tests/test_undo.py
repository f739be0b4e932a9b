"""Undo puts back any act, as a new act, or says who is in the way."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import After, Typed, is_sound
from promising import promise
from recreg.domain.deadlines import deadline
from recreg.domain.events import EVENTS
from recreg.errors import RecregError
from recreg.register import Done, Register
from recreg.register.evidence import EvidenceFields
from recreg.register.fields import Fields
from recreg.register.names import InspectionFields
from recreg.store.undo import NEVER_UNDONE
from recreg.store.verify import Rows, broken_links, stored, strayed_rows

TODAY = date(2022, 9, 29)

ACTS: dict[str, list[list[str]]] = {
    "inspection add": [["inspection", "add", "NEW-1", "--title", "A report", "--type", "peel", "--published", "today"]],
    "inspection edit": [["inspection", "edit", "OLD-1", "--published", "2022-01-31"]],
    "person add": [["person", "add", "Head of Crime"]],
    "person edit": [["person", "edit", "Head of PPU", "--email", "head@force.example"]],
    "board add": [["board", "add", "Crime Board"]],
    "board edit": [["board", "edit", "Vulnerability Board", "--lead", "ACC Crime"]],
    "portfolio add": [["portfolio", "add", "Crime"]],
    "portfolio edit": [["portfolio", "edit", "Vulnerability", "--lead", "Head of PPU"]],
    "add": [["add", "--kind", "afi", "--title", "Crime recording", "--owner", "Somebody New"]],
    "edit": [["edit", "10618", "--title", "Another title", "--number", "7"]],
    "assign": [["assign", "10618", "--owner", "Head of Custody", "--board", "Custody Board"]],
    "accept": [["accept", "R-0003"]],
    "decline": [["decline", "R-0003", "--why", "not ours"]],
    "note": [["note", "10618", "R-0001", "Begun"]],
    "rag": [["rag", "red", "10618", "--why", "late"]],
    "review": [["review", "R-0001", "--outcome", "on-track", "--note", "fine", "--rag", "green", "--why", "done"]],
    "correct": [["correct", "V-0001", "--note", "fine, on the whole", "--why", "mistyped"]],
    "evidence add": [["evidence", "add", "--link", "https://force.example/1", "--for", "10618"]],
    "evidence share": [["evidence", "share", "E-0001"]],
    "evidence judge": [["evidence", "judge", "E-0001", "partial", "--why", "two districts of five"]],
    "withdraw": [["withdraw", "R-0004", "--why", "typed twice"]],
    "complete": [["complete", "R-0003"]],
    "submit": [["complete", "R-0003"], ["submit", "R-0003", "--agreed-by", "Vulnerability Board"]],
    "return": [["complete", "R-0003"], ["submit", "R-0003"], ["return", "R-0003", "--why", "more wanted"]],
    "sign-off": [["sign-off", "R-0001", "--letter", "HMI/1", "--direct", "--with-children"]],
    "reopen": [["sign-off", "R-0004", "--letter", "HMI/1", "--direct"], ["reopen", "R-0004", "--why", "undone"]],
    "close": [
        [
            "close",
            "R-0003",
            "--as",
            "duplicate",
            "--of",
            "R-0004",
            "--why",
            "twice",
            "--decided-by",
            "force",
            "--approved-by",
            "DCC",
        ]
    ],
    "defer": [["edit", "10618", "--target", "2022-12-31"], ["defer", "10618", "--to", "2023-03-31", "--why", "late"]],
    "link": [["link", "R-0004", "--repeats", "R-0003"]],
    "key": [["key", "red", "not met and not moving"]],
    "reassign": [["reassign", "Head of PPU", "Head of Vulnerability"]],
    "person rename": [["person", "rename", "Head of PPU", "Head of Protection"]],
    "board rename": [["board", "rename", "Vulnerability Board", "Protection Board"]],
    "portfolio rename": [["portfolio", "rename", "Vulnerability", "Protection"]],
    "meeting add": [["meeting", "add", "JAC September 2022", "2022-09-29"]],
    "meeting edit": [
        ["meeting", "add", "JAC September 2022", "2022-09-29"],
        ["meeting", "edit", "JAC September 2022", "--cutoff", "2022-09-15"],
    ],
    "undo": [["rag", "amber", "10618", "--why", "so so"], ["undo"]],
}


@pytest.fixture
def filled(register_after: After) -> Path:
    """A register with a little of everything."""
    return register_after((
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "2022-02-01"],
        ["inspection", "add", "SC-1", "--title", "Complaint", "--type", "super-complaint", "--published", "2022-06-30"],
        ["add", "--kind", "coc", "--title", "Older people", "--inspection", "OLD-1"],
        ["add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618", "--parent", "R-0001",
         "--inspection", "OLD-1", "--deadline", "within six months", "--owner", "Head of PPU"],
        ["add", "--kind", "rec", "--title", "Audit", "--inspection", "SC-1", "--number", "1"],
        ["add", "--kind", "rec", "--title", "Audit twice", "--inspection", "SC-1", "--number", "2"],
        ["assign", "10618", "--board", "Vulnerability Board", "--portfolio", "Vulnerability"],
        ["review", "10618", "--outcome", "on-track", "--note", "fine"],
        ["evidence", "add", "--link", "https://force.example/0", "--for", "R-0003"],
        ["assign", "R-0003", "--owner", "Head of PPU", "--board", "Vulnerability Board"],
    ))  # fmt: skip


def rows_of(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as db:
        return stored(db)


def log_of(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT * FROM changeset ORDER BY number").fetchall()


@pytest.mark.parametrize("act", ACTS)
@promise("C7")
def test_c7_undo_of_each_kind_of_act_is_a_new_entry_and_twice_puts_it_forward(
    act: str, recreg: Typed, filled: Path
) -> None:
    for words in ACTS[act][:-1]:
        assert recreg(*words).code == 0
    before = rows_of(filled)
    assert recreg(*ACTS[act][-1]).code == 0
    after, log = rows_of(filled), log_of(filled)
    assert after != before
    assert recreg("undo").code == 0
    assert rows_of(filled) == before
    assert log_of(filled)[:-1] == log, "longer by the one act"
    assert recreg("undo").code == 0
    assert rows_of(filled) == after
    assert log_of(filled)[: len(log)] == log
    assert is_sound(filled)


def test_every_kind_of_act_that_can_be_undone_is_tried() -> None:
    assert set(EVENTS) - NEVER_UNDONE - {"minute", "returns", "import", "import --opening"} == set(ACTS), (
        "sheets are tried in test_minute.py and test_returns.py"
    )


def test_undo_is_refused_naming_the_act_that_changed_the_same_since(recreg: Typed, filled: Path) -> None:
    recreg("rag", "red", "10618", "--why", "late")
    number = recreg("log", "-f", "json").json[-1]["changeset"]
    recreg("rag", "amber", "10618", "--why", "better")
    said = recreg("undo", number)
    assert said.code == 4
    assert f"Changeset {number + 1} (rag) changed R-0002 since: rag, rag_why." in said.err
    assert f"recreg undo {number + 1} first." in said.err


def test_what_has_to_be_undone_first_is_named_in_the_order_in_which_it_works(recreg: Typed, filled: Path) -> None:
    for colour in ("red", "amber", "green"):
        recreg("rag", colour, "10618", "--why", "as judged")
    last = recreg("log", "-f", "json").json[-1]["changeset"]
    said = recreg("undo", last - 2)
    first = [line for line in said.err.splitlines() if line.endswith(" first.")]
    assert first == [f"recreg undo {last} first.", f"recreg undo {last - 1} first."]
    for words in [*first, f"recreg undo {last - 2} first."]:
        assert recreg(*words.split()[1:3]).code == 0


def test_undo_is_refused_naming_only_what_the_later_act_wrote_itself(recreg: Typed, filled: Path) -> None:
    recreg("complete", "R-0003")
    number = recreg("log", "-f", "json").json[-1]["changeset"]
    recreg("submit", "R-0003")
    said = recreg("undo", number)
    assert said.code == 4
    assert f"Changeset {number + 1} (submit) changed R-0003 since: submitted_on" in said.err
    assert "closed_on" not in said.err, "submitting closes nothing"
    assert "Changeset 8 (assign) changed R-0002 since: board, portfolio." in recreg("undo", 5).err


def test_undo_is_refused_naming_the_act_that_rests_on_what_would_go(recreg: Typed, filled: Path) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause")
    number = recreg("log", "-f", "json").json[-1]["changeset"]
    recreg("add", "--kind", "rec", "--title", "Child", "--parent", "R-0005")
    said = recreg("undo", number)
    assert said.code == 4
    assert f"Changeset {number + 1} (add) made R-0006 rest on R-0005." in said.err


def test_undo_is_refused_where_another_item_has_taken_the_number_since(recreg: Typed, filled: Path) -> None:
    recreg("withdraw", "R-0002", "--why", "typed twice")
    recreg("add", "--kind", "rec", "--title", "Needs again", "--hmicfrs-ref", "10618")
    said = recreg("undo", recreg("log", "-f", "json").json[-2]["changeset"])
    assert said.code == 4
    assert "The HMICFRS number 10618 belongs to R-0005" in said.err


def test_undo_is_refused_where_something_rested_on_what_would_go_for_a_while(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "P", "--on", "2022-01-01")
    recreg("add", "--kind", "rec", "--title", "C", "--parent", "R-0001", "--on", "2022-02-01")
    recreg("edit", "R-0002", "--parent", "", "--on", "2022-05-01")
    said = recreg("undo", 2)
    assert said.code == 4
    assert "Changeset 3 (add) made R-0002 rest on R-0001." in said.err
    assert "Changeset 4 (edit) made R-0002 rest on R-0001." in said.err


def test_undoing_a_withdrawal_puts_a_parent_and_its_child_back_together(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "coc", "--title", "Cause", "--on", "2022-01-01")
    recreg("add", "--kind", "rec", "--title", "Child", "--parent", "R-0001", "--on", "2022-02-01")
    assert recreg("withdraw", "R-0002", "R-0001", "--why", "typed twice").code == 0
    assert recreg("undo").code == 0
    assert recreg("list", "-f", "ids").out == "R-0001\nR-0002\n"
    assert recreg("undo").code == 0
    assert recreg("list", "-f", "ids").out == ""


def test_an_undo_of_a_corrected_publication_day_moves_the_deadlines_back(recreg: Typed, filled: Path) -> None:
    def due() -> Any:
        return recreg("show", "10618", "-f", "json").json["deadline_on"]

    assert due() == "2022-08-01"
    recreg("inspection", "edit", "OLD-1", "--published", "2022-03-15")
    assert due() == "2022-09-15"
    recreg("undo")
    assert due() == "2022-08-01"


def test_init_is_never_undone(recreg: Typed, register: Path) -> None:
    said = recreg("undo", 1)
    assert said.code == 4
    assert "never undone (init)" in said.err


def test_a_changeset_that_is_undone_already_names_the_one_that_did_it(recreg: Typed, filled: Path) -> None:
    recreg("undo")
    newest = recreg("log", "-f", "json").json[-1]["changeset"]
    said = recreg("undo", newest - 1)
    assert said.code == 4
    assert f"undone already, by changeset {newest}" in said.err


def test_a_number_that_an_undo_took_away_is_never_given_again(recreg: Typed, register: Path) -> None:
    assert recreg("add", "--kind", "rec", "--title", "One").first == "R-0001"
    recreg("undo")
    assert recreg("add", "--kind", "rec", "--title", "Two").first == "R-0002"
    assert recreg("show", "R-0001").code == 3


def test_undoing_a_withdrawal_of_several_days_puts_all_of_them_back(recreg: Typed, register: Path) -> None:
    recreg("add", "--kind", "rec", "--title", "One", "--on", "2022-01-01")
    recreg("add", "--kind", "rec", "--title", "Two", "--on", "2022-02-01")
    recreg("withdraw", "R-0001", "R-0002", "--why", "not ours at all")
    assert recreg("list", "-f", "ids").out == ""
    recreg("undo")
    assert recreg("list", "-f", "ids").out == "R-0001\nR-0002\n"


class Officer:
    """Somebody who does things at random, back-dated ones among them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.acts: list[Callable[[Register, int, int], Done]] = [
            lambda r, a, b: r.add(self.item(a, b)),
            lambda r, a, b: r.edit(self.ref(a), Fields(title=f"title {b}", number=str(b % 3))),
            lambda r, a, b: r.edit(self.ref(a), Fields(deadline=f"within {b % 5 + 1} months", why="mistyped")),
            lambda r, a, b: r.edit(self.ref(a), Fields(inspection=f"I-{b % 2}", hmicfrs_ref=str(b % 4))),
            lambda r, a, b: r.edit(self.ref(a), Fields(parent=self.ref(b))),
            lambda r, a, b: r.assign([self.ref(a)], owner=f"Owner {'ABC'[b % 3]}"),
            lambda r, a, b: r.assign([self.ref(a)], board=f"Board {'XYZ'[b % 3]}", owner=f"Owner {'ABC'[a % 3]}"),
            lambda r, a, b: r.rag(["red", "amber", "green"][b % 3], [self.ref(a)], why=f"why {b % 2}"),
            lambda r, a, b: r.note([self.ref(a)], f"note {b}"),
            lambda r, a, b: r.review([self.ref(a)], outcome="on_track", note="n", keep_schedule=bool(b % 2)),
            lambda r, a, b: r.correct(f"V-{a % 4 + 1:04d}", why="x", day=TODAY - timedelta(days=b % 90)),
            lambda r, a, b: r.withdraw([self.ref(a)], why="typed twice"),
            lambda r, a, b: r.add_evidence([], [self.ref(a)], EvidenceFields(), link=f"https://x.example/{b}"),
            lambda r, a, b: r.judge_evidence([f"E-{a % 3 + 1:04d}"], "sufficient"),
            lambda r, a, b: r.edit_inspection(
                f"I-{a % 2}", InspectionFields(published=TODAY - timedelta(days=b % 900))
            ),
            lambda r, a, b: r.complete([self.ref(a)]),
            lambda r, a, b: r.submit([self.ref(a)]),
            lambda r, a, b: r.return_([self.ref(a)], why="more"),
            lambda r, a, b: r.sign_off([self.ref(a)], letter="L", direct=True, with_children=bool(b % 2)),
            lambda r, a, b: r.reopen(self.ref(a), why="undone"),
            lambda r, a, b: r.close(
                self.ref(a), basis="duplicate", why="twice", decided_by="force", of=self.ref(b), approved_by="DCC"
            ),
            lambda r, a, b: r.edit(self.ref(a), Fields(target=TODAY + timedelta(days=b), why="mistyped")),
            lambda r, a, b: r.defer([self.ref(a)], to=TODAY + timedelta(days=b * 3), why="late", approved_by="DCC"),
            lambda r, a, b: r.edit(
                self.ref(a), Fields(kind=["recommendation", "cause_of_concern", "area_for_improvement"][b % 3])
            ),
            lambda r, a, b: r.edit(self.ref(a), Fields(ours=bool(b % 2), why="as agreed")),
            lambda r, a, b: r.link(self.ref(a), related=self.ref(b)),
            lambda r, a, b: r.undo(),
            lambda r, a, b: r.undo(a % 12 + 4),
        ]

    def ref(self, number: int) -> str:
        return f"R-{number % 5 + 1:04d}"

    def item(self, a: int, b: int) -> Fields:
        kind = ["recommendation", "cause_of_concern", "area_for_improvement"][a % 3]
        parent = self.ref(b) if b % 3 == 0 else None
        return Fields(kind=kind, title="t", inspection=f"I-{a % 2}", parent=parent, deadline="within six months")

    def does(self, act: int, a: int, b: int, days_back: int) -> bool:
        """Whether it was done and changed anything; refusals are of recreg's own kind."""
        return self._does(
            Register(self.path, by="Officer", today=TODAY, on=TODAY - timedelta(days=days_back)), act, a, b
        )

    def does_on(self, day: date, act: int, a: int, b: int) -> bool:
        """The same on another day than today, with effect from that day."""
        return self._does(Register(self.path, by="Officer", today=day), act, a, b)

    def _does(self, register: Register, act: int, a: int, b: int) -> bool:
        try:
            return "Nothing was changed" not in self.acts[act % len(self.acts)](register, a, b).said[-1]
        except RecregError:
            return False


numbers = st.integers(0, 60)
deeds = st.lists(st.tuples(st.integers(0, 26), numbers, numbers, st.sampled_from([0, 0, 0, 5, 40])), max_size=30)


Deed = tuple[int, int, int, int]


def done_once(acts: Callable[[Path], None]) -> Callable[[Path], None]:
    """Acts that are done at many registers which are alike: done at the first, the others are written as it was left."""
    left: list[bytes] = []

    def done(path: Path) -> None:
        if left:
            path.write_bytes(left[0])
        else:
            acts(path)
            left.append(path.read_bytes())

    return done


@done_once
def begun(path: Path) -> None:
    """Two inspections and two items since January."""
    clerk = Register(path, by="Clerk", today=TODAY, on=date(2022, 1, 1))
    for code in ("I-0", "I-1"):
        clerk.add_inspection(code, InspectionFields(title=code, type="peel", published=date(2021, 5, 31)))
    clerk.add(Fields(kind="recommendation", title="first", inspection="I-0"))
    clerk.add(Fields(kind="cause_of_concern", title="second", inspection="I-1"))


def prepared(path: Path) -> Officer:
    """An officer at a register that was empty, and holds two inspections and two items since January."""
    begun(path)
    return Officer(path)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
@promise("C7")
def test_c7_whatever_is_done_undo_puts_it_back_and_history_replays_to_the_tables(
    empty_register: Path, done: list[Deed]
) -> None:
    put_back_and_forward(empty_register, done)


@pytest.mark.soak
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds)
def test_whatever_is_done_at_length_undo_puts_it_back(empty_register: Path, done: list[Deed]) -> None:
    put_back_and_forward(empty_register, done)


def put_back_and_forward(empty_register: Path, done: list[Deed]) -> None:
    """Do each deed, undo it, undo the undoing, and hold every rule at the end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(empty_register, folder))
        officer = prepared(path)
        for deed in done:
            before = rows_of(path)
            changed = officer.does(*deed)
            after = rows_of(path)
            assert changed or after == before
            if changed:
                Register(path, by="Officer", today=TODAY).undo()
                assert rows_of(path) == before, f"not put back: {deed}"
                Register(path, by="Officer", today=TODAY).undo()
                assert rows_of(path) == after, f"not put forward: {deed}"
        with closing(sqlite3.connect(path)) as db:
            assert strayed_rows(db) == []
            assert list(broken_links(db)) == []
        every_rule_holds(path)


def every_rule_holds(path: Path) -> None:
    """What no sequence of acts and undos may bring about."""
    rows = rows_of(path)
    items = {row: item for (noun, row), item in rows.items() if noun == "item" and "withdrawn_on" not in item}
    published = {row: i.get("published_on") for (noun, row), i in rows.items() if noun == "inspection"}
    for number, item in items.items():
        day = published.get(item.get("inspection_id", 0))
        due = deadline(item.get("deadline_words"), date.fromisoformat(day) if day else None).on
        assert item.get("deadline_on") == (due.isoformat() if due else None)
        parent = items.get(int(item["parent_id"])) if "parent_id" in item else None
        assert ("parent_id" in item) == (parent is not None), f"R-{number:04d} hangs on what is withdrawn"
        if parent:
            assert parent["kind"] in {"cause_of_concern", item["kind"]}
    numbers = [(i["hmicfrs_ref"], i.get("parent_id") or n) for n, i in items.items() if "hmicfrs_ref" in i]
    for ref in {ref for ref, _ in numbers}:
        assert len({cause for other, cause in numbers if other == ref}) == 1, f"{ref} belongs to two"
