"""What goes out can neither command a terminal nor forge a row, and says what the text is."""

import csv
import io
import json
import random
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import hostile
import pytest
from every_command import FINDING, READING, here, office, words

from conftest import Typed
from promising import promise
from recreg.cli import printer, tables
from recreg.domain.redaction import WORDS
from recreg.exchange.cells import csv_cell, harmless, json_text
from recreg.questions.columns import Column

__all__ = ["here", "office"]

#: What a line of a table makes of line breaks and tabs.
ON_A_LINE = str.maketrans("\n\t", "  ")


def plain_again(cell: str) -> str:
    """The text of a cell of plain, by what docs/machine-output.md says of it."""
    found = {"t": "\t", "n": "\n", "\\": "\\"}
    escaped = r"\\(t|n|\\|u[0-9a-f]{4}|U[0-9a-f]{8})"
    return re.sub(escaped, lambda each: found.get(each[1]) or chr(int(each[1][1:], 16)), cell)


def in_plain(text: str) -> None:
    (cell,) = printer._plain([{"x": text}], [Column("x")])
    assert not hostile.commands_in(cell)
    assert "\n" not in cell
    assert "\t" not in cell
    assert plain_again(cell) == text


def of_one_thing(text: str) -> None:
    (line,) = printer.plain_fields({"x": text})
    assert not hostile.commands_in(line)
    assert line.count("\t") == 1
    assert plain_again(line.removeprefix("x\t")) == text


def in_csv(text: str) -> None:
    cell = csv_cell(text)
    ((found, last),) = csv.reader(io.StringIO(f"{cell},last\n", newline=""), strict=True)
    assert not hostile.commands_in(cell)
    assert last == "last"
    shown = hostile.by_number(text, but="\n\t")
    assert found in {harmless(shown), harmless(f"'{shown}")}, "only #CLEAR has an apostrophe that a formula has not"
    assert not found.startswith(tuple("=+-@\t\n"))


def in_json(text: str) -> None:
    for indent in (None, 2):
        for ascii_only in (True, False):
            written = json_text({"x": text}, ascii_only=ascii_only, indent=indent)
            assert not hostile.commands_in(written)
            assert json.loads(written) == {"x": text}


def in_a_table(text: str) -> None:
    """As a table on a terminal has it, drawn or only aligned."""
    shown = " ".join(hostile.by_number(text.translate(ON_A_LINE)).split())
    for rows in ([{"x": text}], [{"x": text}] * (printer.MOST_DRAWN + 1)):
        _, *lines = tables.draw(rows, [Column("x", "Heading")], "")
        drawn = [" ".join(line.split()) for line in lines if "─" not in line]
        assert drawn == [shown] * len(rows)


def in_pairs(text: str) -> None:
    """As one thing on a terminal has it, each name with its value."""
    lines = list(tables.draw_pairs([("name", text), ("last", "x")], ""))
    assert not hostile.commands_in("".join(lines))
    shown = hostile.by_number(text.replace("\t", "    "), but="\n")
    assert " ".join(" ".join(lines).split()) == " ".join(f"name {shown} last x".split())


CELLS = [in_plain, of_one_thing, in_csv, in_json, in_a_table, in_pairs]


def every_cell(size: int, seed: int = 1) -> None:
    """Each sort of cell, of so many hostile texts."""
    rng = random.Random(seed)
    for _ in range(size):
        text = hostile.text(rng)
        for cell in CELLS:
            cell(text)


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "4000")


@promise("E1", of="hostile texts", ci=200, full=20_000)
def test_e1_no_cell_commands_a_terminal_or_forges_a_row_and_each_says_what_the_text_is(size: int, wide: None) -> None:
    every_cell(size)


SPOILT: list[tuple[Any, str, Callable[..., str]]] = [
    (printer, "visible", lambda text, keep="": text),
    (tables, "visible", lambda text, keep="": text.encode("ascii", "ignore").decode()),
]


@pytest.mark.parametrize(("module", "name", "spoilt"), SPOILT)
def test_a_cell_that_lets_anything_through_or_loses_it_would_be_noticed(
    module: Any, name: str, spoilt: Callable[..., str], wide: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, spoilt)
    with pytest.raises(AssertionError):
        every_cell(50)


def full_of_hostile_texts(register: Path, seed: int) -> int:
    """Have every text of a register and of its log be a hostile one, as another program might; how many there are."""
    rng, count = random.Random(seed), 0
    with closing(sqlite3.connect(register)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        for table, columns in TEXTS.items():
            for column in columns:
                for (number,) in db.execute(f"SELECT rowid FROM {table}").fetchall():
                    value = hostile.text(rng, halves=False)
                    with suppress(sqlite3.IntegrityError):  # A reason where nothing was done, or a link of a file.
                        count += db.execute(
                            f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, number)
                        ).rowcount
        for number, noun, after in db.execute("SELECT id, noun, after FROM change WHERE after IS NOT NULL").fetchall():
            cells = {key: hostile.text(rng, halves=False) if key in TEXTS.get(noun, ()) else value
                     for key, value in json.loads(after).items()}  # fmt: skip
            db.execute("UPDATE change SET after = ? WHERE id = ?", (json.dumps(cells), number))
        db.commit()
    return count


#: The columns that hold what people typed.
TEXTS = {
    **WORDS,
    "person": ("name", "role", "email"),
    "board": ("name",),
    "portfolio": ("name",),
    "inspection": ("title", "publishers", "expected_words", "url", "summary"),
    "meeting": ("name",),
    "rag_key": ("words",),
    "changeset": ("by_whom", "command"),
}
FORMS = ["plain", "table", "csv", "json", "jsonl"]
#: What are no lists have forms of their own.
FORMS_OF = {"paper": ["md", "html"], "show": [*FORMS, "md", "html"], "export": ["csv", "tsv", "json", "jsonl"]}
#: Of one thing there is a line for each of its fields, or no row at all.
OF_ONE = {"show", "inspection show", "why", "paper"}
#: A text may have a soft hyphen and joiners; what is meant for a program, or printed on paper, keeps them.
JOINERS = "\u00ad\u200c\u200d"


def rows_printed(out: str, form: str) -> int | None:
    """How many rows a program would find in what was printed; None where it is not for programs."""
    counts: dict[str, Callable[[], int]] = {
        "plain": lambda: out.count("\n"),
        "csv": lambda: len(list(csv.DictReader(io.StringIO(out, newline=""), strict=True))),
        "json": lambda: len(json.loads(out)),
        "jsonl": lambda: len([json.loads(line) for line in out.split("\n")[:-1]]),
    }
    return counts[form]() if form in counts else None


def what_is_let_through(recreg: Typed, here: Path, names: Iterable[str]) -> list[str]:
    """Each of the commands that lets a text of the file command a terminal, or forge a row."""
    found = []
    for name in names:
        counted: set[int | None] = set()
        for form in FORMS_OF.get(name, FORMS):
            said = recreg(*words(READING[name], here), "-f", form)
            assert said.code == (6 if name in FINDING else 0), said
            may = JOINERS if form in {"md", "html"} or name == "export" else ""
            found += [f"{name} -f {form}: {c!r}" for c in hostile.commands_in(said.out + said.err) - set(may)]
            counted.add(rows_printed(said.out, form))
        if name not in OF_ONE and len(counted - {None}) != 1:
            found.append(f"{name}: {counted} rows")
    return found


@promise("E1", of="of the registers full of hostile texts", ci=1, full=20)
def test_e1_no_command_lets_a_text_of_the_file_command_a_terminal_or_forge_a_row(
    size: int, recreg: Typed, here: Path, wide: None
) -> None:
    sound = (here / "register.db").read_bytes()
    for seed in range(size):
        (here / "register.db").write_bytes(sound)
        assert full_of_hostile_texts(here / "register.db", seed) > 200
        assert what_is_let_through(recreg, here, READING.keys() - {"", "draft", "calendar"}) == []


def test_a_command_that_lets_a_text_through_would_be_noticed(
    recreg: Typed, here: Path, wide: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_of_hostile_texts(here / "register.db", 1)
    monkeypatch.setattr(tables, "visible", lambda text, keep="": text)
    assert what_is_let_through(recreg, here, ["list"]) != []
