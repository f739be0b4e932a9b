"""`recreg browse`: the register in the browser, read-only, for whoever opens the link first."""

import json
import os
import pty
import re
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from html import escape as escaped
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

import pytest

from conftest import INSTALLED, TODAY, Typed, run, type_all
from recreg.exchange.browse.questions import canned
from recreg.exchange.browse.tables import HIDDEN, descriptions, metadata, shown
from recreg.store.file import connect_for_reading


def escape(text: str) -> str:
    """A text as a page has it."""
    return escaped(text).replace("&#x27;", "&#39;")


def a_browser() -> OpenerDirector:
    """A browser of somebody, with its own cookies."""
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))


@dataclass
class Browsed:
    """A `recreg browse` that is up, and a browser to look with."""

    process: subprocess.Popen[str]
    register: Path
    link: str
    browser: OpenerDirector = field(default_factory=a_browser)

    @property
    def address(self) -> str:
        """Where its pages are."""
        parts = urlsplit(self.link)
        return f"{parts.scheme}://{parts.netloc}"

    def page(self, path: str, browser: OpenerDirector | None = None, **more: Any) -> tuple[int, str]:
        """The status and the text of a page."""
        try:
            asked = Request(self.address + path, **more)  # noqa: S310 - recreg's own address
            with (browser or self.browser).open(asked, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def rows(self, question: str, **typed: str) -> list[dict[str, Any]]:
        """What a question answers."""
        status, text = self.page(f"/register/{question}.json?{urlencode({**typed, '_shape': 'array'})}")
        assert status == 200, text
        found: list[dict[str, Any]] = json.loads(text)
        return found

    def sql(self, sql: str) -> tuple[int, Any]:
        """What comes of somebody's own SQL."""
        status, text = self.page(f"/register.json?{urlencode({'sql': sql, '_shape': 'objects'})}")
        return status, json.loads(text)


@contextmanager
def browsing(
    register: Path, *words: str, stdout: int = subprocess.PIPE, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """The installed command, until the end of the block."""
    surroundings = {**os.environ, "RECREG_REGISTER": str(register), "RECREG_TODAY": TODAY, **environment}
    streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": stdout, "stderr": subprocess.PIPE}
    with subprocess.Popen([str(INSTALLED), "browse", *words], **streams, text=True, env=surroundings) as process:
        try:
            yield process
        finally:
            process.kill()


def entered(process: subprocess.Popen[str], register: Path, link: str = "") -> Browsed:
    """It, once it is up, with its link opened."""
    browsed = Browsed(process, register, link or (process.stdout.readline().strip() if process.stdout else ""))
    assert browsed.link, process.communicate()
    assert browsed.browser.open(browsed.link, timeout=20).url == f"{browsed.address}/register"
    return browsed


@pytest.fixture(scope="module")
def browsed(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsed]:
    """It in the browser, where somebody installed a plugin for Datasette that says so when it is loaded."""
    installed = tmp_path_factory.mktemp("plugin")
    (installed / "nosy.py").write_text(f"open({str(installed / 'loaded')!r}, 'w')\n", encoding="utf-8")
    (installed / "nosy-1.dist-info").mkdir()
    (installed / "nosy-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: nosy\nVersion: 1\n")
    (installed / "nosy-1.dist-info/entry_points.txt").write_text("[datasette]\nnosy = nosy\n")
    with browsing(demo, PYTHONPATH=str(installed)) as process:
        yield entered(process, demo)
    assert not (installed / "loaded").exists(), "a plugin from outside was loaded"


@pytest.fixture(scope="module")
def kept(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsed]:
    """A register of an odd name with one item, on a port that was asked for."""
    odd = tmp_path_factory.mktemp("odd") / "a?mode=rwc&b#%41 é.db"
    shutil.copyfile(empty_register, odd)
    type_all(odd, [["add", "--kind", "afi", "--title", '=HYPERLINK("x"), "y"', "--text", "one\ntwo"]])
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with browsing(odd, f"--port={port}") as process:
        browsed = entered(process, odd)
        assert urlsplit(browsed.link).port == port
        yield browsed


# Who is let in.


def test_the_link_lets_in_the_first_browser_that_opens_it_and_no_other(browsed: Browsed) -> None:
    other = a_browser()
    for path in ("/", "/register", "/register/item.json", "/-/static/app.css", urlsplit(browsed.link).path):
        status, said = browsed.page(path, other)
        assert (status, "Type recreg browse again" in said) == (403, True), path
    assert browsed.page(urlsplit(browsed.link).path)[0] == 200, "the first browser may click it again"
    forged = {"Cookie": f"recreg-{urlsplit(browsed.link).port}=x"}
    assert browsed.page("/register", a_browser(), headers=forged)[0] == 403


def test_it_listens_on_this_machine_alone(browsed: Browsed) -> None:
    port = urlsplit(browsed.link).port
    assert urlsplit(browsed.link).hostname == "127.0.0.1"
    with closing(socket.socket()) as elsewhere:
        assert elsewhere.connect_ex(("127.0.0.2", port)) != 0


def test_no_page_takes_anything_from_elsewhere(browsed: Browsed) -> None:
    for path in ("/register", "/register/item_in_words", "/register/overdue_review", "/register/item/4"):
        status, page = browsed.page(path)
        assert status == 200
        named = re.findall(r"""(?:src|href|action)=["']?((?:https?:)?//[^"' >]*)""", page)
        assert [each for each in named if not each.startswith(browsed.address)] == [], path
    with browsed.browser.open(f"{browsed.address}/register", timeout=20) as answer:
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "no-store" in answer.headers["cache-control"]


# What is shown.


def test_the_first_page_has_every_table_by_its_title_and_the_questions(browsed: Browsed, demo: Path) -> None:
    _, page = browsed.page("/register")
    with closing(connect_for_reading(demo)) as db:
        told = metadata(shown(db))["databases"]["register"]["tables"]
    for table, each in told.items():
        assert (f'<a href="/register/{table}">{escape(each["title"])}</a>' in page) == (table not in HIDDEN), table
    assert page.index("Items, in words") < page.index("Three-month reviews that are overdue") < page.index("SQL")
    assert page.count("OFFICIAL") == 2


def test_every_column_is_told_of_in_the_words_of_the_page_of_the_register_file(demo: Path) -> None:
    with closing(connect_for_reading(demo)) as db:
        register = shown(db)
    told = metadata(register)["databases"]["register"]["tables"]
    for table, columns in register.columns.items():
        if table in descriptions().columns:
            assert set(columns) - {"id", "email"} <= set(told[table]["columns"]), table
    assert descriptions().columns["person"]["role"] == "what they are in the force"
    assert not re.search(r"[`\[\]]", json.dumps(list(descriptions().columns["item"].values()))[1:-1])


def test_a_tables_page_has_its_title_its_words_and_its_facets(browsed: Browsed) -> None:
    _, page = browsed.page("/register/item_in_words")
    assert "<h1>Items, in words (view)</h1>" in page
    assert "<dt>deadline_words</dt><dd>HMICFRS&#39;s own words</dd>" in page
    assert 'data-column="owner"' in page
    assert "rag=red" in page
    _, page = browsed.page("/register/review")
    assert re.search(r'<a href="/register/item/3">R-0003</a>', page), "a pointer is shown by the reference"
    _, page = browsed.page("/register/changeset")
    assert "<h1>The log: acts</h1>" in page


# What is asked.


def test_every_question_has_an_answer_and_shows_its_sql(browsed: Browsed) -> None:
    questions = canned(date.fromisoformat(TODAY))
    assert {"overdue_review", "ask_silent", "list_items", "check_without_owner"} <= set(questions)
    for name, question in questions.items():
        status, page = browsed.page(f"/register/{name}")
        assert status == 200, name
        assert f"<h1>{escape(question['title'])}</h1>" in page
        assert "How it is asked" in page
        assert "\nFROM " in page


@pytest.mark.parametrize("clock", ["review", "target", "deadline"])
def test_a_question_answers_what_the_command_answers(clock: str, browsed: Browsed, demo: Path, recreg: Typed) -> None:
    for typed, words in (({}, []), ({"ours": "all", "owner": "head of ppu"}, ["--all", "--owner", "Head of PPU"])):
        rows = browsed.rows(f"overdue_{clock}", **typed)
        expected = recreg("--register", demo, "overdue", "--clock", clock, "-f", "json", *words).json
        keys = ("ref", "hmicfrs_ref", "kind", "title", "owner", "board", "rag", "due_on", "last_review_on")
        assert [[row[key] for key in keys] for row in rows] == [[row[key] for key in keys] for row in expected]


def test_who_is_silent_is_asked_since_three_months_ago_unless_a_day_is_typed(
    browsed: Browsed, demo: Path, recreg: Typed
) -> None:
    for typed, words in (({}, []), ({"since": "2022-09-01"}, ["--since", "2022-09-01"])):
        expected = recreg("--register", demo, "ask", "silent", "-f", "json", *words).json
        assert {row["ref"] for row in browsed.rows("ask_silent", **typed)} == {row["ref"] for row in expected}


def test_items_are_found_by_what_is_typed(browsed: Browsed, demo: Path, recreg: Typed) -> None:
    asked = [
        ({"rag": "red"}, ["--rag", "red"]),
        ({"board": "vuln", "kind": "cause_of_concern"}, ["--board", "Vulnerability Board", "--kind", "coc"]),
        ({"words": "victim", "closed": "all", "ours": "all"}, ["victim", "--all"]),
        ({"inspection": "SAC-2022", "ours": "all"}, ["--inspection", "SAC-2022", "--all"]),
    ]
    for typed, words in asked:
        expected = recreg("--register", demo, "list", "-f", "ids", *words).out.split()
        assert [row["ref"] for row in browsed.rows("list_items", **typed)] == expected
        assert expected
    for sign in "%_\\":
        expected = recreg("--register", demo, "list", "-f", "ids", sign, "--all").out.split()
        assert [row["ref"] for row in browsed.rows("list_items", words=sign, closed="all", ours="all")] == expected
    (row,) = browsed.rows("list_item", item="10618")
    assert row["ref"] == "R-0004"
    assert browsed.rows("list_history", item="r-0004")


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("overdue_review", {"before": "29/09/2022"}, "before: a day, such as 2022-09-29"),
        ("list_items", {"owner": "Head of Nothing"}, "owner: nothing in the register is called so"),
        ("list_items", {"rag": "purple"}, "rag: one of red, amber, green, unrated, blue, white"),
        ("list_items", {"ours": "perhaps"}, "ours: yes, no or all"),
        ("list_item", {"item": "R-9999"}, "item: nothing in the register is called so"),
    ],
)
def test_what_is_not_understood_is_never_answered(
    question: str, typed: dict[str, str], said: str, browsed: Browsed
) -> None:
    status, page = browsed.page(f"/register/{question}?{urlencode(typed)}")
    assert (status, f'<p class="message-error">{said}</p>' in page) == (400, True)


def test_cells_of_csv_are_harmless_to_a_spreadsheet(kept: Browsed) -> None:
    _, rows = kept.page("/register/list_items.csv?_size=max")
    assert '"\'=HYPERLINK(""x""), ""y""","one\ntwo",' in rows
    assert kept.page("/register/item.csv?_stream=1&_size=1")[1].count("'=HYPERLINK") == 1


# Nothing is written.


@pytest.mark.parametrize(
    "sql",
    ["ATTACH '/etc/hosts' AS other", "UPDATE note SET text = ''", "DELETE FROM note", "PRAGMA query_only = 0", "VACUUM",
     "WITH x AS (SELECT 1) DELETE FROM evidence", "WITH x AS (SELECT 1) INSERT INTO board (name, name_key) SELECT 1, 1",
     "SELECT load_extension('x')", "SELECT 1; DELETE FROM note", "EXPLAIN SELECT 1; DROP TABLE note",
     "SELECT * FROM pragma_query_only(0)", "SELECT writefile('x', 'y')", "CREATE TABLE x (y)"],
)  # fmt: skip
def test_no_sql_writes_or_reaches_another_file(sql: str, browsed: Browsed, demo: Path) -> None:
    before = demo.read_bytes()
    status, answer = browsed.sql(sql)
    assert (status, answer["ok"]) == (400, False)
    assert answer["error"]
    assert demo.read_bytes() == before


def test_its_own_connection_refuses_another_file_and_another_setting(demo: Path) -> None:
    program = f"""
import asyncio, sqlite3
from datetime import date
from pathlib import Path
from recreg.exchange.browse import served, tables
from recreg.store.file import connect_for_reading
path = Path({str(demo)!r})
browsed = served._Browsed(path, tables.shown(connect_for_reading(path)), date.today)
db = browsed.get_database("register").connect()
for sql in ["ATTACH ':memory:' AS x", "PRAGMA query_only = 0", "DELETE FROM note", "CREATE TEMP TABLE x (y)"]:
    try:
        db.execute(sql)
    except sqlite3.DatabaseError as error:
        print("refused")
print(list(browsed.databases))
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines() == ["refused"] * 4 + ["['_internal', 'register']"]


def test_reading_is_all_that_its_pages_take(browsed: Browsed) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert browsed.page("/register/note/1", data=b"text=x", method=method)[0] == 405
    for path in (
        "/-/databases",
        "/-/metadata.json",
        "/-/auth-token?token=x",
        "/-/logout",
        "/_internal",
        "/register.db",
    ):
        assert browsed.page(path)[0] in {403, 404}, path


def test_the_file_is_as_it_was_after_browsing_and_others_write_meanwhile(kept: Browsed, recreg: Typed) -> None:
    before = kept.register.read_bytes()
    assert "<h1>Items, as stored</h1>" in kept.page("/register/item")[1]
    assert kept.sql("SELECT count(*) AS notes FROM note")[1]["rows"] == [{"notes": 0}]
    assert kept.register.read_bytes() == before
    assert recreg("--register", kept.register, "note", "R-0001", "The audit is done").code == 0
    assert "The audit is done" in kept.page("/register/note")[1]
    assert kept.sql("SELECT count(*) AS notes FROM note")[1]["rows"] == [{"notes": 1}]


def test_a_register_is_browsed_whatever_its_file_is_called(kept: Browsed) -> None:
    assert kept.page("/register/setting")[0] == 200
    assert [file.name for file in kept.register.parent.glob("a?mode*[!l]")] == [kept.register.name]


# How it begins and ends.


def shown_on(terminal: int) -> str:
    """The line that comes on a terminal before long, to its end, which may come after it."""
    line = b""
    while not line.endswith(b"\n"):
        assert select.select([terminal], [], [], 20)[0], "nothing is shown"
        line += os.read(terminal, 1000)
    return line.decode().strip()


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a browser notes down that it was told to open."""
    noted, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {noted}.part && mv {noted}.part {noted}\n', encoding="utf-8")
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    return noted


def test_at_a_terminal_the_browser_is_opened(register: Path, opened: Path) -> None:
    terminal, its_end = pty.openpty()
    with browsing(register, stdout=its_end) as process:
        link = shown_on(terminal)
        deadline = time.monotonic() + 20
        while not opened.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert opened.read_text(encoding="utf-8").strip() == link
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    os.close(its_end)
    os.close(terminal)


def test_ctrl_c_ends_it_and_nothing_is_left_and_with_no_open_no_browser_is_opened(
    register: Path, recreg: Typed, opened: Path
) -> None:
    recreg("add", "--kind", "afi", "--title", "Words of the register")
    terminal, its_end = pty.openpty()
    with browsing(register, "--no-open", stdout=its_end) as process:
        browsed = entered(process, register, shown_on(terminal))
        assert browsed.page("/register/nothing")[0] == 404
        assert browsed.sql("SELECT json(title) FROM item")[0] == 400
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert err.splitlines() == [
        "The register is shown there, read-only. The link works once, in the browser that opens it first.",
        "Ctrl-C ends it.",
        "The register is no longer shown.",
    ]
    assert not select.select([terminal], [], [], 0)[0], "nothing but the link is on stdout"
    assert not opened.exists()
    with closing(socket.socket()) as gone:
        assert gone.connect_ex(("127.0.0.1", urlsplit(browsed.link).port or 0)) != 0
    os.close(its_end)
    os.close(terminal)


def test_without_what_it_takes_it_says_what_to_install(register: Path) -> None:
    program = "import sys; sys.modules['datasette'] = None; from recreg.cli import main; main(['browse'])"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.splitlines() == [
        "recreg browse needs Datasette, which is not installed here.",
        'pip install "recreg[browse]", or pipx inject recreg "recreg[browse]", installs it.',
    ]


@pytest.mark.parametrize("what", ["missing", "not a register", "older"])
def test_a_register_that_cannot_be_read_is_told_as_everywhere(what: str, recreg: Typed, register: Path) -> None:
    if what == "missing":
        register.unlink()
    elif what == "older":
        with closing(sqlite3.connect(register)) as db:
            db.execute("PRAGMA user_version = 1")
    else:
        register.write_bytes(b"not a register" * 100)
    expected = recreg("list")
    said = recreg("browse")
    assert (said.code, said.out, said.err) == (5, "", expected.err)


def test_a_port_that_is_taken_is_refused_and_one_that_is_free_is_used(
    register: Path, kept: Browsed, recreg: Typed
) -> None:
    port = urlsplit(kept.link).port
    assert f"--port={port}" in str(kept.process.args), "it was asked for"
    said = run("browse", "--port", port)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        f"Port {port} of this machine cannot be had: Address already in use.",
        "Leave --port out for one that is free.",
    ]
    for none in ("65536", "0", "8_0"):
        assert recreg("browse", "--port", none).code == 2
