"""A register with something of everything, and every command as it may be typed at it."""

import io
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from a_board_sheet import fill_in
from a_chase import filled, letters_in, sheet_of
from conftest import type_all

#: Stands in every text of the register, and nowhere else on any machine.
CANARY = "Quorndon Vexillary"
Words = list[str]

#: What was typed, until there was something of everything; HERE is the folder of the register.
TYPED = f"""
init
inspection|add|OLD-1|--title|{CANARY} report|--type|thematic|--published|10/04/2019|--summary-file|HERE/summary.txt
inspection|add|SC-1|--title|Complaint|--type|super-complaint|--published|2022-06-30
person|add|Head of PPU|--role|{CANARY} role|--email|ppu@force.example
person|add|Head of Custody|--email|custody@force.example
board|add|Vulnerability Board|--lead|Head of PPU
portfolio|add|Vulnerability|--lead|Head of PPU
key|red|{CANARY} is red
meeting|add|JAC September 2022|2022-09-29
add|--kind|coc|--title|{CANARY} cause|--inspection|OLD-1|--on|2022-03-01
add|--kind|rec|--hmicfrs-ref|10618|--number|1|--parent|R-0001|--text-file|HERE/text.txt|--inspection|OLD-1|--deadline|by March 2023, {CANARY}|--owner|Head of PPU|--board|Vulnerability Board|--portfolio|Vulnerability|--addressee|{CANARY} addressed|--waiting-on|{CANARY} awaited|--target|2022-12-31|--rag|red|--why|{CANARY} rated|--on|2022-03-01
add|--kind|afi|--title|{CANARY} theirs|--not-ours|--why|{CANARY} not ours|--on|2022-03-01
add|--kind|rec|--title|Audit of cases|--inspection|SC-1|--number|1|--owner|Head of Custody|--board|Vulnerability Board
add|--kind|rec|--title|Records of calls|--on|2022-03-01
add|--kind|rec|--title|Training of officers|--owner|Head of PPU|--board|Vulnerability Board|--on|2022-03-01
add|--kind|rec|--title|Victims' needs|--owner|Head of PPU|--board|Vulnerability Board|--on|2022-03-01
add|--kind|afi|--title|Detention in error|--on|2022-03-01
add|--kind|afi|--title|Supervision of crime
add|--kind|rec|--title|Response by the hour|--inspection|SC-1|--number|2
accept|R-0010|--partly|--why|{CANARY} in part|--decided-by|{CANARY} decided
sign-off|R-0005|--letter|{CANARY} letter|--direct|--on|2022-06-01
reopen|R-0005|--why|{CANARY} reopened|--on|2022-06-02
close|R-0005|--as|no-further-action|--why|{CANARY} closed|--decided-by|force|--approved-by|{CANARY} approved|--on|2022-06-03
evidence|add|HERE/audit.txt|--for|R-0002|--for|R-0006|--for|R-0007|--title|{CANARY} evidence|--from|{CANARY} sent it
evidence|add|--link|https://force.example/{CANARY.split(maxsplit=1)[0]}|--for|R-0003
evidence|judge|E-0001|partial|--why|{CANARY} judged
evidence|share|E-0001|--with|{CANARY} shared
complete|R-0006
complete|R-0007
submit|R-0007|--agreed-by|Vulnerability Board|--level|{CANARY} level
return|R-0007|--why|{CANARY} returned
complete|R-0007
submit|R-0007|--agreed-by|Vulnerability Board
review|R-0002|--outcome|on-track|--note|{CANARY} reviewed|--met|{CANARY} met
correct|V-0001|--note|{CANARY} reviewed anew|--why|{CANARY} corrected
note|R-0002|{CANARY} noted
correct|N-0001|--note|{CANARY} noted anew|--why|{CANARY} corrected
defer|R-0002|--to|2023-01-31|--why|{CANARY} deferred|--approved-by|{CANARY} approved
edit|R-0002|--deadline|by June 2023, {CANARY}|--letter|{CANARY} letter
edit|R-0002|--deadline|by July 2023, {CANARY}|--why|{CANARY} copied
link|R-0002|--related|R-0003
withdraw|R-0009|--why|{CANARY} withdrawn
backup|HERE/older.zip
agenda|--until|2022-12-31|--sheet|HERE/board.xlsx
chase|--out|HERE/letters
"""

#: Every command as it is taken; first those that read and print.
READING = {
    "": "",
    "overdue": "overdue",
    "ask": "ask rag",
    "agenda": "agenda --until 2022-12-31",
    "list": "list --all",
    "show": "show 10618",
    "why": "why 10618",
    "history": "history 10618",
    "check": "check",
    "evidence list": "evidence list",
    "inspection list": "inspection list",
    "inspection show": "inspection show OLD-1",
    "person list": "person list",
    "board list": "board list",
    "portfolio list": "portfolio list",
    "meeting list": "meeting list",
    "key": "key",
    "paper": "paper --to today",
    "export": "export -",
    "draft": "draft HERE/report.txt",
    "calendar": "calendar",
    "log": "log",
    "reconcile": "reconcile HERE/theirs.csv",
}
#: These find something in it.
FINDING = {"check", "reconcile"}
#: Where nothing is wrong, these have nothing to print.
SILENT = {"evidence check": "evidence check", "log verify": "log verify"}
WRITING = {
    "review": "review R-0004 --outcome on-track --note x",
    "minute": "minute HERE/board.xlsx",
    "returns": "returns HERE/answered.xlsx",
    "note": "note R-0004 x",
    "rag": "rag amber R-0004 --why x",
    "evidence add": "evidence add HERE/more.txt --for R-0004",
    "evidence share": "evidence share E-0002",
    "evidence judge": "evidence judge E-0002 sufficient",
    "accept": "accept R-0004",
    "decline": "decline R-0004 --why x",
    "complete": "complete R-0002",
    "submit": "submit R-0006 --agreed-by Vulnerability_Board",
    "return": "return R-0006 --why x",
    "sign-off": "sign-off R-0007 --letter x",
    "close": "close R-0008 --as no-further-action --why x --decided-by hmicfrs --letter x",
    "reopen": "reopen R-0005 --why x",
    "defer": "defer R-0002 --to 2023-03-31 --why x --approved-by x",
    "add": "add --kind rec --title x",
    "edit": "edit R-0004 --title x",
    "assign": "assign R-0004 --owner Head_of_PPU",
    "reassign": "reassign Head_of_Custody Head_of_PPU",
    "link": "link R-0004 --related R-0006",
    "withdraw": "withdraw R-0008 --why x",
    "inspection add": "inspection add NEW-1 --title x --type peel",
    "inspection edit": "inspection edit OLD-1 --title x",
    "person add": "person add Somebody",
    "person edit": "person edit Head_of_PPU --email x@force.example",
    "person rename": "person rename Head_of_PPU Head_of_Protection",
    "board add": "board add Somebody",
    "board edit": "board edit Vulnerability_Board --lead Head_of_Custody",
    "board rename": "board rename Vulnerability_Board Crime_Board",
    "portfolio add": "portfolio add Somebody",
    "portfolio edit": "portfolio edit Vulnerability --lead Head_of_Custody",
    "portfolio rename": "portfolio rename Vulnerability Crime",
    "meeting add": "meeting add JAC_December_2022 2022-12-15",
    "meeting edit": "meeting edit JAC_September_2022 --cutoff 2022-09-15",
    "import": "import HERE/items.csv",
    "correct": "correct N-0001 --note x --why x",
    "undo": "undo",
    "redact": "redact N-0001 --why x",
    "restore": "restore HERE/older.zip --force",
}
#: Commands about the file itself, or that make others.
MAKING = {
    "backup": "backup",
    "chase": "chase --out HERE/out",
    "migrate": "migrate",
    "init": "--register HERE/new.db init",
    "doctor": "doctor",
    "demo": "demo --keep HERE/demo.db",
}
EVERY = READING | SILENT | WRITING | MAKING


def words(typed: str, here: Path) -> Words:
    """The words of a line as they are typed: an underscore is a space, and HERE the folder."""
    return [word.replace("_", " ").replace("HERE", str(here)) for word in typed.split()]


def furnished(here: Path) -> Path:
    """The folder, with a register of something of everything in it, and what officers keep beside one."""
    for name, content in FILES.items():
        (here / name).write_text(content, encoding="utf-8")
    lines = TYPED.strip().split("\n")
    type_all(here / "register.db", ([word.replace("HERE", str(here)) for word in line.split("|")] for line in lines))
    fill_in(here / "board.xlsx", {"R-0006": {"Outcome": "on track", "Position": f"{CANARY} positioned"}})
    _, sheet = sheet_of(letters_in(here / "letters")["head-of-ppu.eml"])
    (here / "answered.xlsx").write_bytes(filled(sheet, {"R-0006": {"Position": f"{CANARY} answered"}}))
    return here


#: What an officer keeps beside the register.
FILES = {
    "text.txt": f"{CANARY} in a text\nof two lines",
    "summary.txt": f"{CANARY} summed up",
    "audit.txt": f"{CANARY} in a file",
    "more.txt": f"{CANARY} in another file",
    "items.csv": f"kind,title,text\nrec,Another,{CANARY} imported\n",
    "bad.csv": f"kind,title,text\nwreck,Another,{CANARY} refused\n",
    "theirs.csv": "hmicfrs_ref,title\n10618,Other words\n",
    "report.txt": f"Recommendation 1\nBy March 2023, chief constables should ensure that {CANARY} is reviewed.\n",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as it was made, once for all the tests."""
    if not _made:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            _made.append(furnished(tmp_path_factory.mktemp("office")))
    return _made[0]


_made: list[Path] = []


@pytest.fixture
def here(office: Path, tmp_path: Path) -> Path:
    """A copy of it to type at."""
    shutil.copytree(office, tmp_path, dirs_exist_ok=True)
    return tmp_path
