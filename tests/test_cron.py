"""`recreg overdue` from cron: complete, silent, bounded, whatever surrounds it."""

import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conftest import INSTALLED, Typed, run
from promising import promise

PAGE = (Path(__file__).parents[1] / "docs/cron.md").read_text(encoding="utf-8")
CRONTABS = re.findall(r"```crontab\n(.*?)```", PAGE, re.DOTALL)
LONG = "Safeguarding referrals – “advice” on how they are made, and to whom, with every step written down " * 3


@pytest.fixture
def due(recreg: Typed, register: Path) -> Path:
    """Three reviews overdue, one of an item with a long title that no plain alphabet holds."""
    for title in ("One", LONG.strip(), "Three"):
        recreg("add", "--kind", "rec", "--title", title, "--owner", "Head of PPU", "--board", "Board", "--on",
               "2022-01-10", "--new")  # fmt: skip
    return register


def bare(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run it with nothing in its environment but what is given."""
    return subprocess.run([INSTALLED, *words], env=environment, capture_output=True, check=False, cwd="/")


HARSH = {"LC_ALL": "C", "COLUMNS": "20", "TERM": "dumb", "PYTHONUNBUFFERED": "1", "RECREG_TODAY": "2022-09-29"}


@promise("E2")
@pytest.mark.parametrize("surroundings", [HARSH, HARSH | {"PYTHONIOENCODING": "ascii"}, {"RECREG_TODAY": "2022-09-29"}])
def test_e2_a_report_is_complete_and_unfolded_in_any_surroundings(surroundings: dict[str, str], due: Path) -> None:
    ended = bare("--register", due, "overdue", **surroundings)
    assert (ended.returncode, ended.stderr) == (0, b"")
    lines = ended.stdout.decode().splitlines()
    expected = run("overdue", "-f", "json").json
    assert len(lines) == len(expected) == 3
    for line, row in zip(lines, expected, strict=True):
        fields = line.split("\t")
        assert fields[0] == row["ref"]
        assert fields[-1] == row["position"]
        assert len(fields[3]) >= len(row["title"]), "no title is cut"


def test_nothing_due_is_silence(recreg: Typed, register: Path) -> None:
    ended = bare("--register", register, "overdue", "--exit-code", RECREG_TODAY="2022-09-29")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("where", [">&-", ">/dev/full"])
def test_where_there_is_nothing_to_report_it_is_no_matter_that_nobody_can_get_it(where: str) -> None:
    if "full" in where and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here to write to")
    ended = subprocess.run(f"{INSTALLED} overdue {where}", shell=True, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_days_of_the_line_are_londons(recreg: Typed, register: Path) -> None:
    with closing(sqlite3.connect(register)) as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("UPDATE changeset SET at = '2022-06-30T23:30:00Z'")
        db.commit()
    backups = register.with_name("register.db.backups")
    backups.mkdir()
    (backups / "2022-06-29T233000.000000Z-migrate.db").touch()
    (backups / "2022 of mine.db").touch()
    line = recreg("overdue", "--always").out
    assert "last change 1 July 2022 (changeset 1); last backup 30 June 2022;" in line


def test_with_always_a_line_says_which_register_and_how_it_stands(due: Path) -> None:
    said = run("overdue", "--always")
    *rows, line = said.out.splitlines()
    assert len(rows) == 3
    assert re.fullmatch(
        rf"recreg [\d.]+: 3 listed; 3 items open and ours; last change \d+ \w+ \d{{4}} \(changeset 4\); no backup yet; "
        rf"as at 29 September 2022 \(set by RECREG_TODAY\); {re.escape(str(due))}\.",
        line,
    )
    (line,) = run("overdue", "--always", "--owner", "Head of PPU", RECREG_TODAY="2022-02-01").out.splitlines()
    assert "0 listed; 3 items open" in line
    assert run("overdue", "--always", "--exit-code").code == 10


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "ids"])
def test_the_line_never_stands_among_data_for_a_program(form: str, due: Path) -> None:
    said = run("overdue", "--always", "-f", form)
    assert (said.code, said.out) == (2, "")
    assert f"--always is a line for people, and -f {form} is for a program." in said.err


@promise("E3")
@pytest.mark.parametrize("words", [["overdue"], ["overdue", "--always"], ["overdue", "--exit-code"]])
@pytest.mark.parametrize("where", [">&-", ">/dev/full"])
def test_e3_a_report_that_nobody_can_get_is_never_a_success(where: str, words: list[str], due: Path) -> None:
    if "full" in where and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here to write to")
    ended = subprocess.run(f"{INSTALLED} {' '.join(words)} {where}", shell=True, capture_output=True, check=False)
    assert ended.returncode == 74
    assert len(ended.stderr.splitlines()) == 1


#: Another account, which may read every file and write none.
READER = [
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
]  # fmt: skip


@pytest.mark.skipif(not shutil.which("setpriv") or os.geteuid() != 0, reason="only root can run as another account")
@pytest.mark.parametrize("words", [["overdue", "--always"], ["list"], ["paper", "--to", "today"], ["ask", "rag"]])
def test_an_account_that_may_only_read_reads_in_a_folder_it_cannot_write(words: list[str], due: Path) -> None:
    before, there = due.read_bytes(), sorted(due.parent.iterdir())
    ended = subprocess.run(
        [*READER, INSTALLED, "--register", due, *words],
        env={"RECREG_TODAY": "2022-09-29", "PATH": os.environ["PATH"]}, capture_output=True, check=False, cwd="/",
    )  # fmt: skip
    assert (ended.returncode, ended.stdout.count(b"R-0002") > 0) == (0, True), ended.stderr
    assert (due.read_bytes(), sorted(due.parent.iterdir())) == (before, there)
    refused = subprocess.run(
        [*READER, INSTALLED, "--register", due, "note", "R-0001", "Begun", "--by", "Reader"],
        env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    assert refused.returncode == 5
    assert "may not be written by this account" in refused.stderr
    assert due.read_bytes() == before


def test_a_report_is_read_while_an_import_runs(due: Path, tmp_path: Path) -> None:
    rows = "\n".join(f"recommendation,Title {number}" for number in range(20_000))
    (tmp_path / "many.csv").write_text(f"kind,title\n{rows}\n", encoding="utf-8")
    with subprocess.Popen([INSTALLED, "import", tmp_path / "many.csv"], stderr=subprocess.DEVNULL) as importing:
        seen = set()
        while importing.poll() is None:
            said = run("overdue", "--always")
            assert said.code == 0, said.err
            seen.add(said.out.splitlines()[-1].split("; ")[1])
    assert importing.returncode == 0
    assert seen <= {"3 items open and ours", "20003 items open and ours"}, "never half of an import"
    assert "3 items open and ours" in seen


ZONES = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "America/New_York"]


@promise("G2")
@pytest.mark.skipif(not shutil.which("faketime"), reason="Debian's package faketime is not installed")
@pytest.mark.parametrize("zone", ZONES)
def test_g2_half_an_hour_before_midnight_utc_in_june_it_is_july_in_london(zone: str, due: Path) -> None:
    environment = {"TZ": zone, "PATH": os.environ["PATH"]}
    there = subprocess.run(
        ["date", "-d", "2022-06-30 23:30:00 UTC", "+@%Y-%m-%d %H:%M:%S"], env=environment, capture_output=True,
        text=True, check=True,
    ).stdout.strip()  # fmt: skip
    clock: list[str | Path] = ["faketime", "-f", there, INSTALLED, "--register", due, "overdue", "--always"]
    said = subprocess.run(clock, env=environment, capture_output=True, text=True, check=True).stdout
    assert "as at 1 July 2022;" in said


# The page.


def test_the_lines_of_the_page_are_whole() -> None:
    jobs = [line for table in CRONTABS for line in table.splitlines() if "recreg overdue" in line]
    assert len(jobs) == 4
    for line in jobs:
        assert re.match(r"\d+ \d+ \* \* [\d-]+ +", line)
        assert run(*line.split("recreg ", 1)[1].split(">>")[0].split(), "--help").code == 0


def test_the_table_of_the_page_has_every_code_that_overdue_gives() -> None:
    codes = re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE)
    assert sorted(int(code) for row in codes for code in row.split(",")) == [0, 1, 2, 3, 5, 10, 74, 75, 130]


def test_the_script_of_the_page_tells_what_each_code_means(due: Path, tmp_path: Path) -> None:
    (script,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    environment = {"PATH": f"{INSTALLED.parent}:/usr/bin:/bin", "RECREG_REGISTER": str(due)}

    def ran(**more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", script], env=environment | more, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert ran(RECREG_TODAY="2022-09-29").stdout.startswith("overdue:\nR-0001\t")
    assert ran(RECREG_TODAY="2022-02-01").stdout == ""
    assert ran(RECREG_REGISTER="/nowhere.db").returncode == 1


@pytest.fixture
def cron() -> Iterator[Path]:
    """cron itself, with nobody's table but the test's."""
    daemon = shutil.which("cron", path="/usr/sbin:/usr/bin:/sbin:/bin")
    if daemon is None or not shutil.which("crontab") or os.geteuid() != 0:
        pytest.skip("Debian's package cron is not installed, or this is not root")
    if subprocess.run(["crontab", "-l"], capture_output=True, check=False).returncode == 0:
        pytest.skip("this account has a crontab of its own, which the test leaves alone")
    if subprocess.run(["pgrep", "-x", "cron"], capture_output=True, check=False).returncode == 0:
        pytest.skip("cron runs here already")
    yield Path(daemon)
    subprocess.run(["crontab", "-r"], capture_output=True, check=False)


def test_cron_runs_the_line_of_the_page(cron: Path, due: Path, tmp_path: Path) -> None:
    (line,) = [line for table in CRONTABS for line in table.splitlines() if "flock" in line]
    line = re.sub(r"^\S+ \S+ \S+ \S+ \S+ +", "@reboot  ", line)
    line = line.replace("/usr/local/bin/recreg", str(INSTALLED)).replace("/srv/recreg/", f"{tmp_path}/")
    table = f"RECREG_REGISTER={due}\nRECREG_TODAY=2022-09-29\n{line}\n"
    subprocess.run(["crontab", "-"], input=table, text=True, check=True)
    marks = [Path("/run/crond.reboot"), Path("/var/run/crond.reboot")]
    for mark in marks:
        mark.unlink(missing_ok=True)
    log = tmp_path / "overdue.log"
    with subprocess.Popen([cron, "-f"]) as running:
        try:
            for _ in range(150):
                if log.exists() and log.read_text(encoding="utf-8").count("\n") == 4:
                    break
                time.sleep(0.1)
        finally:
            running.terminate()
    expected = run("overdue", "--always").out
    assert log.read_text(encoding="utf-8") == expected


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_units_of_the_page_are_units(tmp_path: Path) -> None:
    for text in re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL):
        name = re.search(r"/(recreg-overdue\.\w+)", text)
        assert name
        (tmp_path / name[1]).write_text(text.replace("/usr/local/bin/recreg", str(INSTALLED)), encoding="utf-8")
    ended = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "recreg-overdue.service", tmp_path / "recreg-overdue.timer"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "recreg-overdue" not in ended.stderr, ended.stderr
