"""What goes out is whole, or is said not to be; and what was exported comes back."""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import hostile
import pytest
from every_command import READING, here, office, words

from conftest import INSTALLED, TODAY, Typed, is_sound, type_all
from promising import promise

__all__ = ["here", "office"]

Command = list[str]
RECREG = [str(INSTALLED)]
LONG = "Referrals – “advice” on how they’re made → £50 each, à propos, with every step written down, " * 4


def spoilt(how: str) -> Command:
    """A recreg that was spoilt on purpose."""
    return [
        sys.executable,
        "-c",
        f"import os, sys\nfrom recreg.cli import printer\n{how}\nfrom recreg.cli import main\nmain(sys.argv[1:])",
    ]


# E2. In a pipe.


#: What may surround a report, besides a pipe: nothing at all, or all at once that ever cut one short.
HARSH = {"LC_ALL": "C", "COLUMNS": "20", "TERM": "dumb", "PYTHONUNBUFFERED": "1"}
SURROUNDINGS: list[dict[str, str]] = [
    {},
    HARSH,
    {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "PYTHONUNBUFFERED": "1"},
    HARSH | {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0"},
]
#: The last of them have an alphabet that lacks characters.
POOR = SURROUNDINGS[-2:]
#: What a poor alphabet has in the place of a character; any other is shown by its number.
STAND_INS = dict(zip("–“”‘’→…•·à", ["-", '"', '"', "'", "'", "->", "...", "*", "-", "a"], strict=True))


@pytest.fixture
def full(here: Path, recreg: Typed) -> Path:
    """The register with one item more, which a narrow terminal or a poor alphabet would cut."""
    assert recreg("add", "--kind", "rec", "--title", LONG, "--owner", "Head of PPU", "--on", "2022-01-10").code == 0
    return here


def piped(recreg: Command, here: Path, typed: list[str], surroundings: dict[str, str]) -> str:
    """What comes out of `recreg … | cat` where nothing else is set than what is given; nothing, if it fails."""
    command = [*recreg, "--register", str(here / "register.db"), *typed]
    ended = subprocess.run(
        ["/bin/bash", "-c", 'set -o pipefail; "$@" | cat', "bash", *command],
        env={"RECREG_TODAY": TODAY, **surroundings}, capture_output=True, check=False,
    )  # fmt: skip
    return ended.stdout.decode() if ended.returncode in {0, 6} else ""


def lost_in_a_pipe(recreg: Command, here: Path, typed: list[str]) -> list[dict[str, str]]:
    """The surroundings in which something of what a command prints is lost, or anything added."""
    whole = here / "whole"
    with whole.open("wb") as file:
        subprocess.run([*RECREG, *typed], stdout=file, check=False)
    text = whole.read_bytes().decode()
    poor = "".join(c if c.isascii() else STAND_INS.get(c, f"\\u{ord(c):04x}") for c in text)
    return [
        each
        for each in SURROUNDINGS
        if piped(recreg, here, typed, each) not in ({text, poor} if each in POOR else {text})
    ]


@promise("E2", of="of the commands, in five surroundings each", ci=1, full=20)
def test_e2_nothing_is_lost_in_a_pipe_whatever_surrounds_it(size: int, full: Path) -> None:
    assert len(READING) >= 20
    for name in list(READING)[1 : size + 1]:
        typed = words(READING[name], full)
        assert lost_in_a_pipe(RECREG, full, typed) == [], name


def test_e2_every_field_of_every_row_is_in_the_line_of_plain(full: Path, recreg: Typed) -> None:
    """So that what is held against the file above holds all there is."""
    rows = recreg("overdue", "-f", "json").json
    lines = [line.split("\t") for line in piped(RECREG, full, ["overdue"], {}).splitlines()]
    assert len(rows) > 3
    assert lines == [["" if value is None else str(value) for value in row.values()] for row in rows]


SHORT_IN_A_PIPE = """
def put(texts):
    os.write(1, "".join(texts).encode()[:4096])
printer.put_texts = put
"""


@pytest.fixture(scope="module")
def laden(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with five megabytes of notes, and a thousand items more."""
    folder = tmp_path_factory.mktemp("laden")
    shutil.copy(office / "register.db", folder)
    (folder / "long.txt").write_text("All that was said of it. £5 – “so”\n" * 25_000, encoding="utf-8")
    rows = "".join(f"rec,Another {number} of many,2022-01-01\n" for number in range(1_200))
    (folder / "many.csv").write_text(f"kind,title,added_on\n{rows}", encoding="utf-8")
    note = ["note", "R-0004", "--file", str(folder / "long.txt")]
    return type_all(folder / "register.db", [["import", str(folder / "many.csv")], *[note] * 6])


@pytest.fixture
def large(laden: Path, register: Path) -> Path:
    """The folder of a copy of it."""
    shutil.copy(laden, register)
    return register.parent


def read_slowly(recreg: Command, typed: list[str]) -> tuple[int, str]:
    """How much comes, and its hash, where whoever reads it lets it wait now and then."""
    with subprocess.Popen(
        [*recreg, *typed], stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as told:
        assert told.stdout is not None
        came = bytearray()
        while piece := os.read(told.stdout.fileno(), 1 << 19):
            came += piece
            time.sleep(0.005)
    assert told.returncode == 0
    return len(came), hashlib.sha256(came).hexdigest()


def whole(here: Path, typed: list[str]) -> tuple[int, str]:
    """The same into a file."""
    with (here / "whole").open("wb") as file:
        subprocess.run([*RECREG, *typed], stdout=file, check=True)
    content = (here / "whole").read_bytes()
    return len(content), hashlib.sha256(content).hexdigest()


LARGE = {"show R-0004 -f json": 5_000_000, "list": 80_000}


@promise("E2")
@pytest.mark.parametrize("typed", LARGE)
def test_e2_a_large_answer_comes_whole_to_a_slow_reader(typed: str, large: Path) -> None:
    expected = whole(large, typed.split())
    assert expected[0] > LARGE[typed]
    assert read_slowly(RECREG, typed.split()) == expected


def test_a_report_that_is_cut_short_in_a_pipe_would_be_noticed(large: Path) -> None:
    assert read_slowly(spoilt(SHORT_IN_A_PIPE), ["list"]) != whole(large, ["list"])


def test_a_report_that_a_poor_alphabet_stops_would_be_noticed(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "SURROUNDINGS", POOR[:1])
    assert lost_in_a_pipe(spoilt("printer.prepare_streams = lambda: None"), full, ["overdue"]) == POOR[:1]


# E3. Nowhere to go.


NOWHERE = [">&-", ">/dev/full"]


def in_a_shell(recreg: Command, typed: list[str], where: str) -> tuple[int, str]:
    """The exit code and what is said on stderr, wherever stdout goes."""
    script = f'"$@" {where}; exit ${{PIPESTATUS[0]}}'
    ended = subprocess.run(
        ["/bin/bash", "-c", script, "bash", *recreg, *typed], capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stderr


def taken_for_done(recreg: Command, here: Path, names: list[str]) -> list[str]:
    """The commands that print something where it cannot go, and do not say so in one line and code 74."""
    found = []
    for name in names:
        typed = words(READING[name], here)
        for where in NOWHERE:
            code, said = in_a_shell(recreg, typed, where)
            if code != 74 or len(said.splitlines()) != 1 or "The output could not be written" not in said:
                found.append(f"{name} {where}: {code} {said}")
        code, said = in_a_shell(recreg, typed, "| head -n 1 >/dev/null")
        if code not in {0, 6} or "could not" in said or "rror" in said:
            found.append(f"{name} | head: {code} {said}")
    return found


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to write to")
@promise("E3", of="of the kinds of command", ci=1, full=20)
def test_e3_no_answer_that_nobody_gets_is_a_success(size: int, here: Path) -> None:
    assert taken_for_done(RECREG, here, sorted(READING)[:size]) == []


def test_an_answer_that_is_lost_with_code_0_would_be_noticed(here: Path) -> None:
    lost = spoilt(
        "printer.put_texts = lambda texts: sys.stdout and sys.stdout.writelines(texts)\nprinter.finish = lambda: None"
    )
    assert len(taken_for_done(lost, here, ["overdue"])) > 0


@promise("E3")
@pytest.mark.parametrize("where", NOWHERE)
def test_e3_what_was_recorded_stays_where_its_answer_cannot_be_told(where: str, here: Path, recreg: Typed) -> None:
    before = len(recreg("log", "-f", "ids").out.splitlines())
    assert in_a_shell(RECREG, ["add", "--kind", "rec", "--title", "Kept"], where)[0] == 74
    assert len(recreg("log", "-f", "ids").out.splitlines()) == before + 1
    assert is_sound(here / "register.db")


@promise("E3")
def test_e3_what_has_nothing_to_print_is_done(here: Path) -> None:
    assert in_a_shell(RECREG, ["note", "R-0004", "Kept"], NOWHERE[0])[0] == 0


@promise("E3")
@pytest.mark.parametrize("typed", ["list", "export - --what notes"])
def test_e3_a_large_answer_that_is_not_wanted_whole_is_no_error_and_one_that_is_lost_is(
    typed: str, large: Path
) -> None:
    assert in_a_shell(RECREG, typed.split(), "| head -n 1 >/dev/null") == (0, "")
    code, said = in_a_shell(RECREG, typed.split(), ">/dev/full")
    assert (code, said.count("\n")) == (74, 1), said


# E4. Out and in again.


def record(rng: random.Random, number: int) -> dict[str, Any]:
    """A row of an import that a register takes, with texts of every sort that it may hold."""

    def text(pieces: int = 6) -> str:
        made = "".join(hostile.text(rng, halves=False) for _ in range(rng.randint(1, pieces)))
        kept = "".join(c for c in made if not hostile.is_unseen(c) or c in "\n\t\u00ad\u200d")
        return kept if kept.strip("\n\t \u00ad\u200d") and not kept.endswith("#CLEAR") else f"{kept}x"

    ours = rng.random() < 0.8
    return {
        "kind": rng.choice(["recommendation", "area_for_improvement"]),
        "hmicfrs_ref": rng.choice([None, f"{number:05}", f"1e{number}"]),
        "title": f"{number} {text(2)}",
        "text": rng.choice([None, text()]),
        "waiting_on": rng.choice([None, text(2)]),
        "rag": "amber",
        "rag_why": text(),
        "ours": ours,
        "ours_why": None if ours else text(),
        "target_on": rng.choice([None, f"20{rng.randint(22, 30)}-02-28"]),
        "deadline_words": rng.choice([None, "By March 2023", "As soon as possible", f"={number}+1"]),
        "owner": rng.choice([None, f"Officer {rng.randint(1, 9)}"]),
        "review_every_months": rng.randint(1, 36),
    }


def comes_back(recreg: Typed, empty_register: Path, folder: Path, records: list[dict[str, Any]], form: str) -> bool:
    """Whether what a register exports in a format of files is the same register again."""
    first, second = (Path(shutil.copy(empty_register, folder / f"{name}.db")) for name in ("first", "second"))
    (folder / "records.json").write_text(json.dumps(records), encoding="utf-8")
    steps = [
        ("--register", first, "import", folder / "records.json"),
        ("--register", first, "export", folder / f"out.{form}"),
        ("--register", second, "import", folder / f"out.{form}"),
    ]
    for step in steps:
        said = recreg(*step)
        assert said.code == 0, said.err[:2000]
    one, other = (recreg("--register", path, "export", "-", "-f", "json").json for path in (first, second))
    assert [row["text"] for row in one] == [_as_kept(each["text"]) for each in records]
    return bool(one == other)


def _as_kept(text: str | None) -> str | None:
    """A text as a register keeps it: in the usual form of each character, without line breaks around it."""
    return text if text is None else unicodedata.normalize("NFC", text).strip("\n")


@promise("E4", of="random records in each format", ci=40, full=2000)
def test_e4_records_come_back_from_every_sort_of_file(
    size: int, recreg: Typed, empty_register: Path, tmp_path: Path
) -> None:
    rng = random.Random(size)
    records = [record(rng, number) for number in range(size)]
    for form in ("csv", "tsv", "xlsx", "json", "jsonl"):
        assert comes_back(recreg, empty_register, tmp_path, records, form), form


def test_an_export_whose_texts_lose_an_apostrophe_would_be_noticed(
    recreg: Typed, empty_register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recreg.exchange.cells.harmless", lambda text: text)
    records = [record(random.Random(1), 1) | {"text": "'=1+1"}]
    assert not comes_back(recreg, empty_register, tmp_path, records, "csv")
