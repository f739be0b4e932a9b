"""What is shown on a terminal while long work goes on: how far it is, and nothing once it is done."""

import hashlib
import json
import os
import pty
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

import openpyxl
import pytest

from conftest import INSTALLED, Typed
from recreg.exchange.tables import opened

#: What is done with a process once it shows something.
Then: TypeAlias = Callable[["subprocess.Popen[bytes]"], object]
ERASED = "\x1b[2K"
HEADINGS = ["kind", "hmicfrs_ref", "title", "text"]
#: recreg, which takes any work for long at once.
NO_PATIENCE = (
    "import sys; from recreg.cli import waiting; waiting._LONG = 0; from recreg import cli; cli.main(sys.argv[1:])"
)


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """A file of two items."""
    file = tmp_path / "items.csv"
    file.write_text("kind,title\nafi,One\nafi,Two\n")
    return file


@contextmanager
def held(register: Path) -> Iterator[Then]:
    """Somebody is writing to the register until it is let go, so that any import is long."""
    with closing(sqlite3.connect(register, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield lambda _: other.execute("ROLLBACK")


def screen(
    *words: object, seen: str = "", then: Then = lambda _: None, program: str = "", **environment: str
) -> tuple[int, str, str]:
    """The exit code, stdout, and all that a terminal on stderr is sent; ``then`` is done once ``seen`` is on it."""
    ours, theirs = pty.openpty()
    command = [str(INSTALLED.with_name("python")), "-c", program] if program else [str(INSTALLED)]
    settings = {**os.environ, "COLUMNS": "100", "TERM": "xterm-256color", **environment}
    with subprocess.Popen([*command, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs,
                          env=settings) as typed:  # fmt: skip
        os.close(theirs)
        sent, done = "", False
        while read := _read(ours):
            sent += read
            if seen and seen in sent and not done:
                done = True
                then(typed)
        assert typed.stdout is not None
        out = typed.stdout.read().decode()
        code = typed.wait()
    os.close(ours)
    assert done or not seen, sent
    return code, out, sent.replace("\r\n", "\n")


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 65536).decode(errors="replace")
    except OSError:  # Linux says so where the last writer has gone.
        return ""


def left(sent: str) -> str:
    """What stays on the screen: all that is sent after the bar was taken away."""
    return sent.rpartition(ERASED)[2]


def test_a_long_import_shows_how_far_it_is_and_leaves_nothing_but_its_counts(register: Path, items: Path) -> None:
    with held(register) as let_go:
        code, out, sent = screen("import", items, seen="Taking in items.csv", then=let_go)
    assert (code, out) == (0, "")
    assert "2 rows" in sent
    assert "━" in sent
    assert left(sent).endswith("items.csv: 2 added, 0 changed, 0 unchanged.\n")
    assert not re.search("\x1b|━|Taking", left(sent))


def test_the_cursor_is_never_hidden_since_who_is_killed_could_not_bring_it_back(register: Path, items: Path) -> None:
    with held(register) as let_go:
        _, _, sent = screen("import", items, seen="Taking in items.csv", then=let_go, program=NO_PATIENCE)
    assert "\x1b[?25" not in sent


def test_ctrl_c_takes_the_bar_away(register: Path, items: Path) -> None:
    def interrupt(typed: "subprocess.Popen[bytes]") -> None:
        typed.send_signal(signal.SIGINT)
        time.sleep(0.2)
        let_go(typed)

    with held(register) as let_go:
        code, _, sent = screen("import", items, seen="Taking in items.csv", then=interrupt, program=NO_PATIENCE)
    assert code == 130
    assert left(sent) == "Interrupted. recreg log shows what was recorded; files and folders are whole or not there.\n"


def test_a_refusal_is_told_below_no_bar(register: Path, items: Path, tmp_path: Path) -> None:
    items.write_text("kind,title,hmicfrs_ref\nafi,One,R-0001\n")
    with held(register) as let_go:
        words = ("import", items, "--rejects", tmp_path / "bad.csv")
        code, _, sent = screen(*words, seen="Taking in", then=let_go, program=NO_PATIENCE)
    assert code == 4
    assert "━" not in left(sent)
    assert "bad rows are in" in left(sent)


def test_quick_work_shows_nothing_of_itself(register: Path, items: Path, tmp_path: Path) -> None:
    for words in (["import", items], ["export", tmp_path / "x.xlsx"], ["reconcile", items, "--map", "title=ref"]):
        assert "\x1b" not in screen(*words)[2], words


def test_quick_work_on_a_terminal_does_not_load_what_draws(register: Path, items: Path) -> None:
    program = "import sys; from recreg import cli; cli.run(sys.argv[1:]); print(*sys.modules)"
    _, out, _ = screen("import", items, program=program)
    assert "recreg.cli.waiting" in out.split()
    assert "rich" not in out.split()


@pytest.mark.parametrize("setting", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_draw_a_line_anew_shows_none(setting: str, register: Path, items: Path) -> None:
    with held(register):
        code, _, sent = screen("import", items, program=NO_PATIENCE, RECREG_WAIT="0.5", TERM=setting)
    assert code == 75
    assert not re.search("\x1b|━|Taking", sent)


def test_in_a_pipe_nothing_is_shown(register: Path, items: Path) -> None:
    surroundings = {**os.environ, "RECREG_WAIT": "0.5", "TERM": "xterm"}
    command = [sys.executable, "-c", NO_PATIENCE, "import", str(items)]
    with held(register):
        ended = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert ended.returncode == 75
    assert not re.search("\x1b|━|Taking", ended.stderr)


def test_no_color_shows_a_bar_without_colour(register: Path, items: Path) -> None:
    with held(register) as let_go:
        _, _, sent = screen("import", items, seen="Taking in", then=let_go, program=NO_PATIENCE, NO_COLOR="1")
    assert "━" in sent
    assert not re.search(r"\x1b\[(?:\d+;)*[349]\d", sent)


def test_a_file_name_cannot_command_the_terminal(register: Path, items: Path) -> None:
    bad = items.rename(items.with_name("[red]\x1b[31m{x}.csv"))
    with held(register) as let_go:
        code, _, sent = screen("import", bad, seen="Taking in", then=let_go, program=NO_PATIENCE, NO_COLOR="1")
    assert code == 0
    assert "[red]\\u001b[31m{x}.csv" in sent
    assert "\x1b[31m" not in sent


def test_a_narrow_terminal_keeps_the_bar_on_one_line(register: Path, items: Path) -> None:
    long = items.rename(items.with_name(f"{'long-' * 20}.csv"))
    with held(register) as let_go:
        code, _, sent = screen("import", long, seen="2 rows", then=let_go, program=NO_PATIENCE, COLUMNS="50")
    assert code == 0
    drawn = [re.sub(r"\x1b\[[\d;]*[mK]", "", line) for line in re.split("\r|\n", sent) if "Taking" in line]
    assert drawn
    assert all("…" in line and "2 rows" in line and len(line) <= 50 for line in drawn), drawn


def test_an_export_a_reconciliation_and_a_check_of_files_show_how_far_they_are(
    register: Path, recreg: Typed, tmp_path: Path
) -> None:
    file = tmp_path / "many.csv"
    file.write_text("kind,hmicfrs_ref,title\n" + "".join(f"afi,H{n},Title {n}\n" for n in range(4_000)))
    assert recreg("import", file).code == 0
    for name in ("x.xlsx", "x.json"):
        code, out, sent = screen("export", tmp_path / name, program=NO_PATIENCE)
        assert (code, out) == (0, "")
        assert f"Writing {name}" in sent
        assert "4,000 items are in" in left(sent)
    code, _, sent = screen("reconcile", file, program=NO_PATIENCE)
    assert code == 0
    assert "many.csv" not in sent, "stdout is a pipe, and a pager may be at its end"


def test_letters_and_a_calendar_show_how_far_they_are(register: Path, recreg: Typed, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("kind,title,owner\n" + "".join(f"afi,Title {n},Head {n % 8}\n" for n in range(240)))
    assert recreg("import", file, "--new").code == 0
    for words, says, of in (
        (["chase", "--out", "letters", "--within", "1y"], "Writing letters", "letters"),
        (["calendar", "-o", "due.ics"], "Writing due.ics", "events"),
    ):
        code, out, sent = screen(*words, program=f"import os; os.chdir({str(tmp_path)!r}); {NO_PATIENCE}")
        assert (code, out) == (0, "")
        assert re.search(rf"{says}.*\d+%  \d+ {of}", sent), sent
        assert f"are in {words[2]}" in left(sent)


def test_what_came_by_stdin_shows_no_bar_before_its_first_row(register: Path) -> None:
    from recreg.cli.waiting import waiting_for

    with waiting_for("-", "Taking in") as work:
        assert work.says == "Reading stdin"
        assert work._timer.ident is None


def files_of(tmp_path: Path, count: int) -> Iterator[Path]:
    """The same rows in every sort of file."""
    rows = [["afi", f"H{n}", f"Title {n}", hashlib.sha256(b"%d" % n).hexdigest()] for n in range(count)]
    csv, jsonl, document, book = (tmp_path / name for name in ("x.csv", "x.jsonl", "x.json", "x.xlsx"))
    csv.write_text("\n".join(",".join(row) for row in [HEADINGS, *rows]))
    objects = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    jsonl.write_text("\n".join(map(json.dumps, objects)))
    document.write_text(json.dumps(objects))
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("items")
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    made.save(book)
    yield from (csv, jsonl, document, book)


def test_the_share_of_a_file_that_is_read_grows_from_nothing_to_all(tmp_path: Path) -> None:
    for file in files_of(tmp_path, 5_000):
        with opened(file) as table:
            shares = [table.share_read(row.number) for row in table.rows()]
        assert shares == sorted(shares), file
        assert shares[0] < 0.3, file
        assert 0.3 < shares[2_500] < 0.9, file
        assert 0.8 < shares[-1] <= 1, file
