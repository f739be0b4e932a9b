"""What comes in: no day is guessed by any way in, and what may be in a register is the same by each."""

import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy.exc import StatementError

from conftest import TODAY, Typed, type_all
from promising import promise
from recreg.domain.models import Item
from recreg.errors import RecregError
from recreg.register import Register
from recreg.register.fields import Fields
from recreg.store.file import connect_for_writing
from recreg.store.log import Act
from recreg.store.triggers import allow_writing
from recreg.store.visit import visiting

Row = dict[str, Any]
#: A row that every way in takes, so that whatever is refused is so for what is put into it.
GOOD: Row = {"kind": "recommendation", "title": "Needs"}
ESC, OVERRIDE, HIDDEN, C1 = "\x1b[2J", "ab\u202ecd", "ab\u200bcd", "\x9b31m"

#: What no register may hold, by the keys of an item; one that is None is left out.
BAD: list[Row] = [
    *({"kind": word} for word in ("thing", "wreckommendation", "new", "red", "recommendations", None)),
    *({"rag": word, "rag_why": "x"} for word in ("purple", "blue", "redd", "on track")),
    {"rag": "red"},
    {"rag": "amber"},
    *({"target_on": day} for day in ("2022-02-30", "31/04/2023", "03/13/2023", "29.09.2022", "soon", "1/2/24", "٢٠٢٢-٠٩-٢٩", "2022-W09-4", "1989-12-31", "2101-01-01")),
    *({"last_review_on": day} for day in ("2022-02-30", "2022-09-30", "never", "2023")),
    *({"review_every_months": count} for count in ("0", "37", "-1", "1.5", "three", "٣", "1_0", "1e1")),
    *({key: f"x{bad}"} for key in ("title", "text", "number", "hmicfrs_ref", "waiting_on", "deadline_words", "owner", "board", "portfolio", "addressees") for bad in (ESC, OVERRIDE)),
    *({"title": f"x{bad}"} for bad in (HIDDEN, C1, "\x7f", "\u2028")),
    {"title": None},
    {"hmicfrs_ref": "R-0001"},
    {"hmicfrs_ref": "10618"},
    {"inspection": "NOPE"},
    {"inspection": "OLD-1", "number": "1"},
    {"inspection": "OLD-1", "target_on": "2019-04-09"},
    {"parent": "R-9999"},
    {"parent": "R-٠٠٠١"},
    {"parent": "R-0001", "kind": "area_for_improvement"},
    {"parent": "R-0003"},
    {"ours": False},
    {"owner": "Head of Custdoy"},
    {"board": "Vulnerability Borad"},
]  # fmt: skip


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with an inspection, a cause of concern of it, a recommendation, and one that was withdrawn."""
    path = Path(shutil.copy(empty_register, tmp_path_factory.mktemp("made") / "register.db"))
    return type_all(path, (
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "2019-04-10"],
        ["add", "--kind", "coc", "--title", "Older people", "--inspection", "OLD-1"],
        ["add", "--kind", "rec", "--title", "Custody", "--inspection", "OLD-1", "--number", "1", "--hmicfrs-ref", "10618",
         "--owner", "Head of Custody", "--board", "Vulnerability Board"],
        ["add", "--kind", "rec", "--title", "In error"],
        ["withdraw", "R-0003", "--why", "twice"],
    ))  # fmt: skip


@pytest.fixture
def filled(made: Path, register: Path) -> Path:
    """A copy of it to type at."""
    return Path(shutil.copyfile(made, register))


#: What a key of a row is called where an item is typed.
OPTIONS = {"target_on": "target", "last_review_on": "last_review", "review_every_months": "review_every",
           "deadline_words": "deadline", "rag_why": "why"}  # fmt: skip
Door = Callable[[Typed, Path, list[Row]], set[int]]


def by_command(recreg: Typed, register: Path, rows: list[Row]) -> set[int]:
    """Which of the rows `recreg add` refuses."""
    return {
        number for number, row in enumerate(rows) if recreg("add", *_options(row), "--by", "Clerk").code in {2, 3, 4}
    }


def _options(row: Row) -> list[str]:
    typed: list[str] = []
    for key, value in row.items():
        option = "--" + OPTIONS.get(key, {"addressees": "addressee"}.get(key, key)).replace("_", "-")
        typed += ["--not-ours"] if value is False else [option, value]
    return typed


def by_python(recreg: Typed, register: Path, rows: list[Row]) -> set[int]:
    """Which of the rows are refused to a program that calls the register itself."""
    clerk, refused = Register(register, by="Clerk", today=date.fromisoformat(TODAY)), set[int]()
    for number, row in enumerate(rows):
        typed = {OPTIONS.get(key, key): value for key, value in row.items()}
        if "addressees" in typed:
            typed["addressees"] = [typed["addressees"]]
        try:
            clerk.add(Fields(**typed))
        except (RecregError, TypeError):  # A count is a number there.
            refused.add(number)
    return refused


def by_file(name: str, write: Callable[[Path, list[str], list[Row]], None]) -> Door:
    """A way in by a file of all the rows."""

    def door(recreg: Typed, register: Path, rows: list[Row]) -> set[int]:
        file = register.with_name(name)
        write(file, list(dict.fromkeys(key for row in rows for key in row)), rows)
        said = recreg("import", file)
        assert (said.code, said.out) in {(0, ""), (4, "")}, said
        first = 1 if name.endswith(".json") else 2
        told = {int(number) - first for number in re.findall(r"(?:line|row|record) (\d+)", said.err)}
        return told if said.code else set()

    return door


def _csv(file: Path, keys: list[str], rows: list[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, keys)
        writer.writeheader()
        writer.writerows({key: "no" if value is False else value for key, value in row.items()} for row in rows)


def _json(file: Path, _keys: list[str], rows: list[Row]) -> None:
    file.write_text(json.dumps(rows), encoding="utf-8")


def _xlsx(file: Path, keys: list[str], rows: list[Row]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Items")
    sheet.append(keys)
    for row in rows:
        sheet.append(["no" if value is False else _escaped(value or "") for value in map(row.get, keys)])
    book.save(file)


def _escaped(text: str) -> str:
    """A text as Excel writes it, which has an escape for what its file cannot hold."""
    return re.sub(r"[\x00-\x1f\x7f\u2028]", lambda each: f"_x{ord(each[0]):04X}_", text)


DOORS: dict[str, Door] = {
    "command line": by_command,
    "Python": by_python,
    "CSV": by_file("items.csv", _csv),
    "JSON": by_file("items.json", _json),
    "XLSX": by_file("items.xlsx", _xlsx),
}


def let_in(door: Door, recreg: Typed, register: Path) -> list[Row]:
    """The bad values that a way in lets in, or that change the register all the same."""
    before = register.read_bytes()
    rows = [{key: value for key, value in (GOOD | bad).items() if value is not None} for bad in BAD]
    refused = door(recreg, register, rows)
    assert refused or register.read_bytes() != before
    return [bad for number, bad in enumerate(BAD) if number not in refused]


@promise("D5")
@pytest.mark.parametrize("door", DOORS)
def test_d5_what_no_register_may_hold_is_refused_by_every_way_in(door: str, recreg: Typed, filled: Path) -> None:
    assert len(BAD) >= 50
    before = filled.read_bytes()
    assert let_in(DOORS[door], recreg, filled) == []
    assert filled.read_bytes() == before
    assert DOORS[door](recreg, filled, [GOOD]) == set()
    assert len(recreg("list", "-f", "ids").out.splitlines()) == 3, "what is good is taken"


@promise("D5")
@pytest.mark.parametrize("form", ["csv", "json"])
def test_d5_a_text_that_is_longer_than_any_is_refused_by_every_way_in(form: str, recreg: Typed, filled: Path) -> None:
    before, row = filled.read_bytes(), GOOD | {"text": "x" * 1_000_001}
    file = filled.with_name(f"long.{form}")
    (_csv if form == "csv" else _json)(file, list(row), [row])
    assert recreg("import", file).code == 4
    assert recreg("add", *_options(row)).code == 2
    assert by_python(recreg, filled, [row]) == {0}
    assert filled.read_bytes() == before


def test_a_way_in_that_lets_a_control_character_through_would_be_noticed(
    recreg: Typed, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recreg.domain.text.is_unseen", lambda character: False)
    assert {"title": f"x{ESC}"} in let_in(DOORS["JSON"], recreg, filled)


#: What a row may never hold, whoever writes it: what the tables themselves refuse.
NEVER: list[Row] = [
    *({"kind": value} for value in ("thing", "RECOMMENDATION", "", None, 1)),
    *({"rag": value} for value in ("purple", "red", "", None)),
    *({"added_on": value} for value in ("soon", "2022-02-30", "20220929", "", None, 20220929, 1.5, "2022-09-29T10:00")),
    *({f"{name}_on": value} for name in ("target", "deadline", "next_review", "closed", "withdrawn", "returned") for value in ("31/12/2022", "2022-13-01")),
    *({"review_every_months": value} for value in (0, 37, -1, 1.5, "three", None)),
    *({name: value} for name in ("ours", "mandatory") for value in (2, "yes", None)),
    *({name: value} for name in ("times_deferred", "review_round") for value in (-1, "x", None)),
    *({f"{name}_id": 99} for name in ("owner", "board", "portfolio", "inspection", "parent", "closed_of", "agreed_by")),
    {"ours": 0}, {"mandatory": 0}, {"acceptance": "pending"}, {"acceptance": "perhaps", "mandatory": 0},
    {"title": ""}, {"title": None}, {"title": b"x"}, {"closed_on": "2022-01-01"}, {"closed_as": "signed_off"},
    {"target_on": "2022-12-31"}, {"deadline_on": "2022-12-31"}, {"withdrawn_on": "2022-01-01"}, {"text": b"x"},
    {"decided_by": "nobody"}, {"returned_by": "nobody"}, {"returned_on": "2022-01-01"}, {"closed_as": "gone"},
]  # fmt: skip
ALLOWED: Row = {"kind": "recommendation", "title": "Needs", "added_on": "2022-01-01", "review_anchor_on": "2022-01-01"}


@promise("D5")
def test_d5_the_tables_refuse_what_another_program_writes(filled: Path) -> None:
    assert len(NEVER) >= 50
    with closing(connect_for_writing(filled)) as db:
        allow_writing(db)
        db.execute("BEGIN")
        taken = [bad for bad in NEVER if inserted(db, ALLOWED | bad)]
        assert taken == []
        assert inserted(db, ALLOWED)


def inserted(db: sqlite3.Connection, row: Row) -> bool:
    """Whether the tables take a row."""
    try:
        db.execute(f"INSERT INTO item ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    except sqlite3.IntegrityError:
        return False
    return True


def written(register: Path, act: Act, item: Item) -> None:
    with visiting(register, act, act.effective_on) as visit:
        visit.session.add(item)


@promise("D5")
def test_d5_a_row_that_was_made_without_being_understood_cannot_be_written(filled: Path) -> None:
    """SQLModel checks nothing of a table's row when it is made: so the file does, when it is written."""
    before = filled.read_bytes()
    act = Act("add", "Clerk", date.fromisoformat(TODAY))
    days = {"added_on": date(2022, 1, 1), "review_anchor_on": date(2022, 1, 1)}
    for bad in ({"kind": "thing"}, {"rag": "purple"}, {"rag": "red"}, {"title": None}, {"review_every_months": 0},
                {"added_on": "soon"}, {"ours": "perhaps"}, {"owner_id": 99}):  # fmt: skip
        with pytest.raises((StatementError, sqlite3.Error)):
            written(filled, act, Item(**(GOOD | days | bad)))
    assert filled.read_bytes() == before
    written(filled, act, Item(**(GOOD | days)))


# D3.


GUESSES = """
01/02/24|1/2/24|02/29/2024|12/31/2022|31/02/2023|29/02/2023|31/04/2023|2023-02-29|2024-13-01|2024-00-10|0 January 2023|32 January 2023
20240229|2024-W09-4|2024/02/29|29.02.2024|29-02-2024|2024-2-29|24-02-29|29 Feb|Feb 29 2024|29 Février 2024|2024-02-29T10:00
2024-02-29 10:00|Mar|2024|1|86400|32873|1_0|soon|asap|next week|early October|Q1 2024|٢٠٢٤-٠٢-٢٩|２０２４-０２-２９|⁲9/02/2024|29 September|None|null
1989-12-31|2101-01-01|9999-12-31|0000-01-01|29/02/2024 or later|by 29/02/2024
"""
MEANT = {
    "2024-02-29": "2024-02-29", "01/02/2024": "2024-02-01", "1/2/2024": "2024-02-01", "29/02/2024": "2024-02-29",
    "29 February 2024": "2024-02-29", "29 Feb 2024": "2024-02-29", "29th February 2024": "2024-02-29",
    "February 2024": "2024-02-29", "tomorrow": "2022-09-30", "+3m": "2022-12-29",
}  # fmt: skip


@promise("D3")
@pytest.mark.parametrize("door", [door for door in DOORS if door != "Python"])
def test_d3_a_day_that_would_have_to_be_guessed_is_refused_by_every_way_in(
    door: str, recreg: Typed, filled: Path
) -> None:
    days = [day for line in GUESSES.strip().split("\n") for day in line.split("|")]
    assert len(days) >= 40
    refused = DOORS[door](recreg, filled, [GOOD | {"target_on": day} for day in days])
    assert [day for number, day in enumerate(days) if number not in refused] == []


@promise("D3")
@pytest.mark.parametrize("door", [door for door in DOORS if door != "Python"])
def test_d3_a_day_is_the_one_that_was_meant_by_every_way_in(door: str, recreg: Typed, filled: Path) -> None:
    assert DOORS[door](recreg, filled, [GOOD | {"target_on": day} for day in MEANT]) == set()
    found = [item["target_on"] for item in recreg("list", "-f", "json").json[2:]]
    assert found == list(MEANT.values())
