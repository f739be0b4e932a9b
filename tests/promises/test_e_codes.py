"""Exit codes mean what they are said to mean, whichever command gives them."""

import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
from every_command import EVERY, FINDING, READING, WRITING, here, office, words

from conftest import Typed
from promising import promise
from recreg.cli.contents import entries
from recreg.errors import NotFound

__all__ = ["here", "office"]

#: What each command is refused for by the rules, or by what the register holds.
REFUSED = """
review R-0005 --outcome on-track --note x
minute HERE/items.csv
returns HERE/items.csv
note R-0009 x
rag blue R-0004 --why x
evidence add HERE/more.txt --for R-0009
evidence share E-0001 --on 2022-01-01
evidence judge E-0002 sufficient --on 2022-01-01
accept R-0002
decline R-0002 --why x
complete R-0005
submit R-0004
return R-0004 --why x
sign-off R-0004 --letter x
close R-0005 --as no-further-action --why x --decided-by force --approved-by x
reopen R-0004 --why x
defer R-0002 --to 2023-03-31 --why x
add --kind rec --title x --hmicfrs-ref 10618
edit R-0001 --parent R-0001
assign R-0004 --board Vulnerability_Borad
reassign Head_of_PPU Head_of_Custdoy
link R-0004 --related R-0009
withdraw R-0001 --why x
inspection add OLD-1 --title x --type peel
inspection edit OLD-1 --title x --on 2022-09-30
person add head_of_ppu
person edit Head_of_PPU --role x --on 2022-09-30
person rename Head_of_PPU Head_of_Custody
board add vulnerability_board
board edit Vulnerability_Board --lead Head_of_Custdoy
board rename Vulnerability_Board x --on 2022-09-30
portfolio add vulnerability
portfolio edit Vulnerability --lead Head_of_Custdoy
portfolio rename Vulnerability x --on 2022-09-30
meeting add JAC_September_2022 2022-12-15
meeting edit JAC_September_2022 --cutoff 2022-09-15 --on 2022-09-30
import HERE/bad.csv
correct V-0001 --on 2022-02-01 --why x
undo 1
backup HERE/text.txt
chase --out HERE/letters
init
export HERE/register.db -f csv
draft HERE/older.zip
reconcile HERE/older.zip
"""
#: What is not there.
NOT_THERE = """
show R-9999
why R-9999
history R-9999
list --owner Nobody
overdue --owner Nobody
ask rag --owner Nobody
agenda --until today --board Nobody
evidence list R-9999
inspection show NOPE
paper Nope
export x.csv --owner Nobody
calendar --owner Nobody
chase --out HERE/o --owner Nobody
review R-9999 --outcome on-track --note x
note R-9999 x
rag red R-9999 --why x
evidence add HERE/more.txt --for R-9999
evidence share E-9999
evidence judge E-9999 sufficient
accept R-9999
decline R-9999 --why x
complete R-9999
submit R-9999
return R-9999 --why x
sign-off R-9999 --letter x
close R-9999 --as no-further-action --why x --decided-by force --approved-by x
reopen R-9999 --why x
defer R-9999 --to 2023-03-31 --why x
add --kind rec --title x --parent R-9999
edit R-9999 --title x
assign R-9999 --owner Head_of_PPU
reassign Nobody Head_of_PPU
link R-0004 --related R-9999
withdraw R-9999 --why x
inspection edit NOPE --title x
person edit Nobody --role x
person rename Nobody Somebody
board edit Nobody --lead Head_of_PPU
board rename Nobody Somebody
portfolio edit Nobody --lead Head_of_PPU
portfolio rename Nobody Somebody
meeting edit Nope --cutoff today
correct N-9999 --note x --why x
undo 9999
redact N-9999 --why x
returns HERE/answered.xlsx --owner Nobody
list --as-recorded 9999
log --as-recorded 9999
"""
#: What cannot be written where it was told to go.
UNWRITABLE = """
export HERE/none/x.csv
paper --to today -o HERE/none/x.md
show R-0001 -o HERE/none/x.md
draft HERE/report.txt -o HERE/none/x.csv
agenda --until today --sheet HERE/none/x.xlsx
calendar -o HERE/none/x.ics
chase --out HERE/none/x
backup HERE/none/x.zip
import --template HERE/none/x.csv
import HERE/bad.csv --rejects HERE/none/x.csv
demo --keep HERE/audit.txt/x.db
"""
#: Commands that need no register to be there.
WITHOUT = {"init", "demo", "draft", "restore"}


def test_every_command_is_typed_here() -> None:
    assert set(EVERY) | {"browse"} == {"", *_commands()}


def _commands() -> Iterator[str]:
    """Every command that can be typed, by its words."""
    for name, entry in entries().items():
        if not entry.is_group:
            yield name
            continue
        app = import_module(f"recreg.cli.{entry.module}").app
        yield from (f"{name} {each}" for each in typer.main.get_command(app).commands)  # type: ignore[attr-defined]
        if app.registered_callback and app.info.invoke_without_command:
            yield name


class Typing:
    """Types each command at a register as it was made, and remembers which gave another code than it should."""

    def __init__(self, recreg: Typed, here: Path) -> None:
        self.recreg, self.here = recreg, here
        self.sound = (here / "register.db").read_bytes()

    def others(self, code: int, lines: dict[str, str] | list[str]) -> list[str]:
        """The lines that give another code, or print or leave behind what they must not, with what was said."""
        found = []
        for typed in lines.values() if isinstance(lines, dict) else lines:
            (self.here / "register.db").write_bytes(self.sound)
            said = self.recreg(*words(typed, self.here))
            untouched = code == 0 or (self.here / "register.db").read_bytes() == self.sound
            if said.code != code or not untouched or (code and not said.err) or "Traceback" in said.err:
                found.append(f"{typed}: {said.code} {said.err}")
        return found


@pytest.fixture
def typing(recreg: Typed, here: Path) -> Typing:
    return Typing(recreg, here)


def but(those: dict[str, str], *left_out: str) -> dict[str, str]:
    return {name: typed for name, typed in those.items() if name not in left_out}


def some(those: dict[str, str], size: int) -> list[str]:
    """So many of the commands, as they are typed, from all over."""
    return list(those.values())[:: -(-len(those) // size)]


@promise("E5")
def test_e5_what_is_done_is_0(typing: Typing) -> None:
    assert typing.others(0, but(EVERY, "demo", *FINDING)) == []


@promise("E5")
def test_e5_what_is_mistyped_is_2(typing: Typing) -> None:
    lines = EVERY | {"note": "note"}  # Whose text may begin with a dash.
    assert typing.others(2, [f"{typed} --frobnicate" if typed != "note" else typed for typed in lines.values()]) == []


@promise("E5")
def test_e5_what_is_not_there_is_3(typing: Typing) -> None:
    assert typing.others(3, NOT_THERE.strip().split("\n")) == []


@promise("E5")
def test_e5_what_the_rules_refuse_is_4(typing: Typing) -> None:
    assert typing.others(4, REFUSED.strip().split("\n")) == []


def test_a_code_that_means_another_thing_would_be_noticed(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotFound, "exit_code", 4)
    assert typing.others(3, ["show R-9999"]) != []


@promise("E5", of="commands", ci=12, full=80)
def test_e5_a_register_that_cannot_be_used_is_5(size: int, typing: Typing) -> None:
    lines = [f"--register HERE/none.db {typed}" for typed in some(but(EVERY, *WITHOUT), size)]
    assert typing.others(5, [*lines, "--register HERE/none.db browse", "restore HERE/audit.txt"]) == []


FOUND = {
    "check": "check",
    "reconcile": "reconcile HERE/theirs.csv",
    "log verify": "log verify --head 1/0000000000000000",
    "evidence check": "evidence check",
}


@promise("E5")
def test_e5_what_is_found_is_6_however_much_it_is(typing: Typing, recreg: Typed) -> None:
    for file in (typing.here / "register.db.evidence").iterdir():
        file.write_text("something else")
    assert typing.others(6, FOUND) == [f"{typed}: 6 " for typed in FOUND.values()], "what is found is told on stdout"
    many_items(recreg, typing.here, 260)
    assert len(recreg("check", "-f", "ids", "--ignore", "RR113").out) > 0
    assert recreg("check").code == 6


@promise("E5")
def test_e5_what_is_overdue_is_10_where_that_is_asked_however_much_it_is(typing: Typing, recreg: Typed) -> None:
    assert (recreg("overdue").code, recreg("overdue", "--exit-code").code) == (0, 10)
    many_items(recreg, typing.here, 256 - len(recreg("overdue", "-f", "ids").out.splitlines()))
    assert len(recreg("overdue", "-f", "ids").out.splitlines()) == 256
    assert recreg("overdue", "--exit-code").code == 10
    assert recreg("overdue", "--exit-code", "--as-of", "2022-03-01").code == 0


def many_items(recreg: Typed, here: Path, count: int) -> None:
    """So many items more, of which nobody ever heard."""
    rows = "".join(f"rec,Another {number},2022-01-01\n" for number in range(count))
    (here / "many.csv").write_text(f"kind,title,added_on\n{rows}", encoding="utf-8")
    assert recreg("import", here / "many.csv").code == 0


@promise("E5")
def test_e5_what_cannot_be_written_is_74(typing: Typing) -> None:
    assert typing.others(74, UNWRITABLE.strip().split("\n")) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here to write to")
@promise("E5")
def test_e5_what_cannot_be_printed_is_74(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    for typed in [*READING.values(), "doctor", "add --kind rec --title x", "--help", "--version", "overdue --help"]:
        with monkeypatch.context() as surroundings, Path("/dev/full").open("w", encoding="utf-8") as full:
            surroundings.setattr(sys, "stdout", full)
            assert typing.recreg(*words(typed, typing.here)).code == 74, typed


@promise("E5", of="commands", ci=8, full=50)
def test_e5_a_register_that_somebody_else_writes_to_is_75(
    size: int, typing: Typing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECREG_WAIT", "0.01")
    with closing(sqlite3.connect(typing.here / "register.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for typed in some(but(WRITING, "restore"), size):
            assert typing.recreg(*words(typed, typing.here)).code == 75, typed
        assert typing.recreg("overdue").code == 0
    assert (typing.here / "register.db").read_bytes() == typing.sound


@contextmanager
def opening(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> Iterator[None]:
    """Something happens whenever a command opens a register."""
    opened: Callable[..., sqlite3.Connection] = sqlite3.connect

    def connect(*given: Any, **more: Any) -> sqlite3.Connection:
        happens()
        return opened(*given, **more)

    with monkeypatch.context() as surroundings:
        surroundings.setattr(sqlite3, "connect", connect)
        yield


@promise("E5", of="commands", ci=12, full=80)
def test_e5_ctrl_c_is_130(size: int, typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    with opening(monkeypatch, lambda: signal.raise_signal(signal.SIGINT)):
        assert typing.others(130, [*some(but(EVERY, "draft", "demo"), size), "browse"]) == []


@promise("E5", of="commands", ci=12, full=80)
def test_e5_a_bug_is_1(size: int, typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug() -> None:
        raise LookupError

    with opening(monkeypatch, bug):
        assert typing.others(1, [*some(but(EVERY, "draft", "demo"), size), "browse"]) == []
