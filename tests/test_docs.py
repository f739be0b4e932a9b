"""The docs say what is so: what they show is run, and what they list is held against the program."""

import os
import re
import runpy
import shlex
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer

from conftest import INSTALLED, Typed
from promising import promise
from recreg import cli
from recreg.cli.contents import entries
from recreg.cli.telling import tell_error
from recreg.domain.vocabulary import Question
from recreg.questions import columns
from recreg.questions.ask import BASE, module_of
from recreg.questions.columns import Column

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
MACHINE, FILE = (
    (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("machine-output.md", "register-file.md")
)
made: dict[str, Any] = runpy.run_path(str(ROOT / "docs/generate.py"))
each_page = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])


@pytest.fixture
def kept(demo: Path, path: Path) -> Path:
    """A copy of it to type at."""
    with closing(sqlite3.connect(demo)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
    return path


# What is made from the program is current.


def test_the_readmes_session_prints_what_it_shows() -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    assert shown.count("```console") == 1
    assert made["played"](shown).splitlines() == shown.splitlines(), "make docs"


def test_the_page_of_commands_is_current() -> None:
    assert (ROOT / "docs/commands.md").read_text(encoding="utf-8") == made["reference"](), "make docs"


def test_the_page_of_commands_does_not_depend_on_the_terminal() -> None:
    program = "import runpy, sys; sys.stdout.write(runpy.run_path('docs/generate.py')['reference']())"
    odd = {**os.environ, "TERM": "dumb", "COLUMNS": "20", "LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=odd, capture_output=True, check=True)
    assert ended.stdout.decode() == made["reference"]()


# What is pointed at is there.


@each_page
def test_every_link_points_at_something(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", _without_blocks(text)):
        if not re.match(r"https?:", target):
            file, _, heading = target.partition("#")
            linked = page.parent / file if file else page
            assert linked.is_file(), f"{page.name}: {target}"
            assert not heading or heading in _anchors(linked), f"{page.name}: {target}"


@each_page
def test_every_command_and_option_that_is_named_exists(page: Path) -> None:
    for words in _commands_named(page.read_text(encoding="utf-8")):
        known: Any = typer.main.get_command(cli.app)
        for name in words:
            if hasattr(known, "list_commands") and re.fullmatch(r"[a-z][a-z-]*", name):
                assert name in known.list_commands(None), f"{page.name}: recreg {' '.join(words)}"
                known = known.get_command(None, name)
            elif re.match(r"--[a-z]", name):
                options = {option for param in known.params for option in [*param.opts, *param.secondary_opts]}
                assert name.partition("=")[0] in options | {"--help", "--register"}, f"{page.name}: {' '.join(words)}"


def test_every_path_in_the_picture_is_there() -> None:
    picture = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```")[3]
    folders: list[str] = []
    drawn = set()
    for line in picture.strip().splitlines():
        bars, name = re.match(r"([│├└─ ]*)(\S+)", line).groups()  # type: ignore[union-attr]
        folders[len(bars) // 4 :] = [name.rstrip("/")]
        drawn.add("/".join(folders))
        assert list(ROOT.glob("/".join(folders))), line
    layers = {f"src/recreg/{each.name}" for each in (ROOT / "src/recreg").iterdir() if each.name[0] != "_"}
    assert layers <= drawn


def test_no_page_names_a_folder_of_whoever_wrote_it() -> None:
    for page in PAGES:
        assert not re.search(r"/(tmp|home|root|Users)/", page.read_text(encoding="utf-8")), page.name


# docs/machine-output.md


LISTS = {
    "Item": columns.ITEM,
    "Overdue": columns.OVERDUE,
    "Agenda": columns.AGENDA,
    "History": columns.HISTORY,
    "Why": columns.WHY,
    "Log": columns.LOG,
    "Inspection": columns.INSPECTION,
    "Person": columns.PERSON,
    "Board and portfolio": columns.BODY,
    "RAG key": columns.KEY,
    "Meeting": columns.MEETING,
    "Figures of the paper": columns.FIGURES_EXPLAINED,
    "Evidence": columns.EVIDENCE,
    "Evidence that is not as it was filed": columns.EVIDENCE_FAULT,
    "Doctor": columns.DOCTOR,
    "Check": columns.CHECK,
    "Reconcile": columns.RECONCILE,
}


#: A question tells its own keys, and those of the first ones that it shows otherwise in plain.
LISTS |= {
    f"Ask {question.replace('_', '-')}": tuple(
        column
        for column in module_of(question).COLUMNS
        if (column.key, column.listed) not in {(first.key, first.listed) for first in BASE}
    )
    for question in Question
}
LISTS["Ask"] = BASE
LISTS["What `log verify` finds"] = columns.PROOF


@pytest.mark.parametrize("title", LISTS)
def test_the_keys_of_a_list_are_those_promised_in_their_order(title: str) -> None:
    promised = [(row[0].strip("`"), row[1] == "p") for row in _rows(MACHINE, title) if len(row) == 3]
    assert promised == [(column.key, column.listed) for column in LISTS[title]]


def test_every_list_there_is_has_its_promise() -> None:
    promised = [[column.key for column in held] for held in LISTS.values()]
    for name, held in vars(columns).items():
        if isinstance(held, tuple) and all(isinstance(column, Column) for column in held):
            assert name == "FIGURES" or [column.key for column in held] in promised, name


def test_the_keys_of_one_item_are_those_promised(kept: Path, recreg: Typed) -> None:
    assert recreg("link", "R-0003", "--related", "R-0004").code == 0
    assert recreg("sign-off", "R-0004", "--letter", "HMI/1", "--direct").code == 0
    found = [recreg("show", ref, "-f", "json").json for ref in ("R-0003", "R-0004")]
    more = {row[0].strip("`"): row[1] for row in _rows(MACHINE, "Item") if len(row) == 2}
    assert list(found[0]) == [column.key for column in columns.ITEM] + list(more)
    for key in [key for key, value in found[0].items() if isinstance(value, list)]:
        inner = re.findall(r"`([a-z0-9_ ]+)`", more[key])[-1].split()
        (held, *_) = [entry for item in found for entry in item[key]]
        assert list(held) == inner, key


def test_the_order_of_a_plain_list_is_the_one_promised() -> None:
    said = re.search(r"In `plain` the order is: (.*?)\.\n", MACHINE, re.DOTALL)
    assert said
    assert re.findall(r"`(\w+)`", said[1]) == columns.LISTED


def test_the_figures_of_the_dashboard_are_those_promised(kept: Path, recreg: Typed) -> None:
    figures = [line.split("\t")[0] for line in recreg().out.splitlines()]
    assert [row[0].strip("`") for row in _rows(MACHINE, "Dashboard in a pipe")] == figures


def test_an_inspection_that_is_shown_has_the_keys_promised(kept: Path, recreg: Typed) -> None:
    shown = recreg("inspection", "show", "SAC-2022", "-f", "json").json
    assert set(shown) == {column.key for column in columns.INSPECTION}


EXITS = {int(row[0]): row[2] for row in re.findall(r"^\| (\d+) \| (.*) \| (.*) \|$", MACHINE, re.MULTILINE)}


@promise("E5")
def test_e5_the_table_of_exit_codes_is_the_contracts() -> None:
    assert list(EXITS) == [0, 1, 2, 3, 4, 5, 6, 10, 74, 75, 130]


@promise("E5")
@pytest.mark.parametrize("code", [code for code in EXITS if code not in {1, 130}])
def test_e5_the_example_of_an_exit_code_gives_it(code: int, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if code == 74 and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here to write to")
    monkeypatch.setenv("RECREG_WAIT", "0.2")
    example = EXITS[code].strip("`").replace("recreg", shlex.quote(str(INSTALLED)), 1)
    with _held(kept, held=code == 75):
        ended = subprocess.run(example, shell=True, cwd=kept.parent, capture_output=True, check=False)
    assert ended.returncode == code, ended.stderr.decode()


@promise("E5")
def test_e5_ctrl_c_gives_its_exit_code(register: Path, tmp_path: Path) -> None:
    words = shlex.split(EXITS[130].strip("`"))[1:]
    os.mkfifo(tmp_path / "text")
    command = [str(INSTALLED), *words[:-1], str(tmp_path / "text")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as typed:
        text = (tmp_path / "text").open("w", encoding="utf-8")  # Opens as soon as recreg waits for the text.
        typed.send_signal(signal.SIGINT)
        said, _ = typed.communicate(timeout=30)
        text.close()
    sentence = "Interrupted. recreg log shows what was recorded; files and folders are whole or not there.\n"
    assert (typed.returncode, said) == (130, sentence)


@promise("E5")
def test_e5_a_bug_gives_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_error(LookupError("text of the register")) == 1
    assert "text of the register" not in capsys.readouterr().err


#: What is said of it.
CUT_SHORT = [
    "A file that recreg is made of is cut short, as a full disk leaves it; nothing was written.",
    "Make room on the disk, then install recreg anew.",
]


def test_a_module_that_a_full_disk_cut_short_is_no_ctrl_c(kept: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [str(INSTALLED), "export", str(kept.with_name("items.xlsx"))]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    (compiled,) = tmp_path.rglob("recreg/exchange/workbook.*.pyc")
    for length in (2048, 1024, 20):
        os.truncate(compiled, length)
        ended = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
        assert (ended.returncode, ended.stdout) == (1, ""), length
        assert compiled.stat().st_size == length
        assert ended.stderr.strip().splitlines() == CUT_SHORT, length


# docs/register-file.md


def test_every_column_of_every_table_is_told_of_in_its_place(kept: Path) -> None:
    told = _told_by_table()
    with closing(sqlite3.connect(kept)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        stored = {name: {row[1] for row in db.execute(f"PRAGMA table_xinfo({name})")} for name in tables}
    del stored["alembic_version"], stored["sqlite_sequence"]
    assert set(told) == set(stored)
    for table, found in stored.items():
        assert found <= told[table], table
    for heading, tables_told in _table_headings():
        named = {row[0].strip("`") for row in _rows(FILE, heading)}
        assert named == set().union(*(stored[table] for table in tables_told)), heading


def test_what_marks_the_file_is_as_told(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as db:
        for pragma in ("application_id", "user_version"):
            (number,) = db.execute(f"PRAGMA {pragma}").fetchone()
            (row,) = [row for row in _rows(FILE, "What marks it") if row[0] == f"`{pragma}`"]
            assert re.search(rf"\b{number}\b", row[1])
    assert kept.read_bytes()[68:72] == b"RECR"


@pytest.fixture
def programs(tmp_path: Path) -> dict[str, Path]:
    """The two programs of the page, as an auditor would keep them."""
    texts = re.findall(r"```python\n(.*?)```", FILE, re.DOTALL)
    files = {"chain": tmp_path / "chain.py", "tables": tmp_path / "tables.py"}
    for file, text in zip(files.values(), texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def test_the_auditors_programs_find_the_register_whole(kept: Path, recreg: Typed, programs: dict[str, Path]) -> None:
    for words in (["add", "--kind", "afi", "--title", "x"], ["undo"], ["undo"], ["rag", "green", "R-0014"]):
        recreg(*words)
    newest = recreg("log", "-f", "json").json[-1]
    said = f"The chain is whole up to changeset {newest['changeset']}, hash {newest['hash']}.\n"
    assert _audited(programs["chain"], kept) == (0, said)
    assert _audited(programs["tables"], kept) == (0, "The tables are what the log says.\n")


PLANTED = {
    "UPDATE change SET after = replace(after, '{', '{\"x\":1,') WHERE changeset = 30": "30 is not as it was recorded",
    "UPDATE changeset SET by_whom = 'Somebody Else' WHERE number = 30": "changeset 30 does not match its hash",
    "UPDATE changeset SET effective_on = '2019-02-01' WHERE number = 30": "changeset 30 does not match its hash",
    "DELETE FROM changeset WHERE number = 30": "changeset 31 does not follow the one before it",
    "DELETE FROM change WHERE id = (SELECT max(id) FROM change WHERE changeset = 30)": "30 does not match its hash",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_the_auditors_program_finds_a_planted_change(planted: str, kept: Path, programs: dict[str, Path]) -> None:
    _plant(kept, planted)
    code, said = _audited(programs["chain"], kept)
    assert code == 1
    assert PLANTED[planted] in said


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("UPDATE item SET rag = 'green' WHERE id = 4", "item 4 is not what the log says\n"),
        ("DELETE FROM note WHERE id = 1", "note 1 is in the log and gone from its table\n"),
        ("INSERT INTO person (name, name_key) VALUES ('Nobody', 'nobody')", "is not what the log says\n"),
    ],
)
def test_a_row_altered_behind_the_log_is_found_by_the_second_program_only(
    planted: str, said: str, kept: Path, programs: dict[str, Path]
) -> None:
    _plant(kept, planted)
    assert _audited(programs["chain"], kept)[0] == 0
    code, found = _audited(programs["tables"], kept)
    assert code == 1
    assert found.endswith(said)


def test_the_sql_of_the_page_lists_what_recreg_lists(kept: Path, recreg: Typed) -> None:
    (sql,) = re.findall(r"```sql\n(.*?)```", FILE, re.DOTALL)
    with closing(sqlite3.connect(kept)) as db:
        refs = [row[0] for row in db.execute(sql)]
    assert sorted(refs) == recreg("list", "-f", "ids").out.split()


def _audited(program: Path, register: Path) -> tuple[int, str]:
    """What a Python without recreg says of a register, which it leaves as it is."""
    before = register.read_bytes()
    ended = subprocess.run([sys.executable, "-I", "-S", program, register], capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    assert register.read_bytes() == before
    return ended.returncode, ended.stdout


def _plant(register: Path, sql: str) -> None:
    """Alter the file as somebody would who takes the triggers away first."""
    with closing(sqlite3.connect(register)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        assert db.execute(sql).rowcount > 0
        db.commit()


@contextmanager
def _held(register: Path, *, held: bool) -> Iterator[None]:
    with closing(sqlite3.connect(register, isolation_level=None)) as other:
        if held:
            other.execute("BEGIN IMMEDIATE")
        yield


def _without_blocks(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", _without_blocks(page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def _section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    (below,) = re.findall(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    return str(below)


def _rows(text: str, heading: str) -> list[list[str]]:
    """The rows of the tables below a heading, their heads left out."""
    lines = re.findall(r"^\| (`.*) \|$", _section(text, heading), re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] if " | " in line else [line] for line in map(_cells, lines)]


def _cells(line: str) -> str:
    return re.sub(r"\s*\|\s*", " | ", line)


def _table_headings() -> list[tuple[str, list[str]]]:
    headings = re.findall(r"^### (`[a-z_`, ]+)$", FILE, re.MULTILINE)
    return [(heading, re.findall(r"`(\w+)`", heading)) for heading in headings]


def _told_by_table() -> dict[str, set[str]]:
    return {
        table: {row[0].strip("`") for row in _rows(FILE, heading)}
        for heading, tables in _table_headings()
        for table in tables
    }


def _commands_named(text: str) -> Iterator[list[str]]:
    """Every `recreg …` in a page's code, as its words; what a session prints is left out."""
    session = [line.replace("\\\n> ", "") for line in re.findall(r"^\$ ((?:.*\\\n> )*.*)$", text, re.MULTILINE)]
    blocks = "".join(re.findall(r"```\n(.*?)```", text, re.DOTALL)).splitlines()
    spans = re.findall(r"`([^`\n]+)`", _without_blocks(text))
    for line in [*session, *blocks, *spans]:
        if found := re.match(r"(?:RECREG_\S+ )*recreg (?:--register \S+ )?([a-z-].*)", line):
            yield shlex.split(re.split(r"\\?[|>]", found[1])[0])


def test_a_command_that_is_not_there_would_be_noticed() -> None:
    assert list(_commands_named("type `recreg fly --high` or\n```\nrecreg person add X\n```\n")) == [
        ["person", "add", "X"],
        ["fly", "--high"],
    ]
    assert "fly" not in entries()


def test_the_page_of_promises_is_made_from_the_tests_and_every_promise_has_one() -> None:
    page = made["promises_page"].page()
    assert (ROOT / "docs/promises.md").read_text(encoding="utf-8") == page, "make docs writes it anew"
    for section in page.split("\n## ")[1:]:
        assert "\n- `" in section, f"no test proves {section.splitlines()[0]}"
