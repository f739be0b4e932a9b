"""What bad input gets: a sentence and a hint on stderr, its exit code, no traceback, nothing written."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Typed, run, type_all
from promising import promise


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two items of one report, one of them with HMICFRS's number 10618."""
    path = Path(shutil.copy(empty_register, tmp_path_factory.mktemp("made") / "register.db"))
    return type_all(path, (
        ["inspection", "add", "OLD-1", "--title", "Old", "--type", "thematic", "--published", "17/07/2019"],
        ["add", "--kind", "coc", "--title", "Older people", "--inspection", "OLD-1"],
        ["add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618", "--number", "1",
         "--inspection", "OLD-1", "--deadline", "within six months"],
        ["assign", "10618", "--owner", "Head of PPU", "--board", "Vulnerability Board"],
        ["note", "R-0002", "Begun"],
    ))  # fmt: skip


@pytest.fixture
def filled(made: Path, register: Path) -> Path:
    """A copy of it to type at."""
    shutil.copyfile(made, register)
    return register


#: command, exit code, what the sentence says, what the hint says
BAD = [
    ("rag red R-0002", 2, "A rating of red needs a reason.", 'Add --why "…".'),
    ("rag purple R-0002 --why x", 2, "“purple” is not a RAG rating.", "red, amber, green"),
    ("rag blue R-0002 --why x", 4, "This force's key does not define blue.", "red, amber, green"),
    ("rag red R-0009 --why x", 3, "There is no item R-0009.", "Nearest: R-000"),
    ("rag red 10681 --why x", 3, "There is no item 10681.", "Nearest: 10618 (R-0002)"),
    ("rag red R-0002 --why x --on 31/02/2023", 2, "“31/02/2023” is not a day", "2022-09-29, 29/09/2022"),
    ("rag red R-0002 --why x --on 03/13/2023", 2, "“03/13/2023” is not a day", "29 September 2022"),
    ("rag red R-0002 --why x --on soon", 2, "“soon” is not a day", "today or +3m"),
    ("rag red R-0002 --why x --on 2022-09-30", 4, "cannot take effect in the future, on 30 September 2022", "--on"),
    ("rag red R-0002 --why x --on 2022-09-28", 4, "R-0002 was changed by changeset 4 (add)", "Give a later --on DAY"),
    ("note R-0002 Done --on 2022-09-28", 4, "R-0002 is in the register from 29 September 2022 only", "later --on"),
    ("add --kind rec --title x --hmicfrs-ref 10618", 4, "The HMICFRS number 10618 belongs to R-0002", "share one"),
    ("add --kind rec --title x --hmicfrs-ref R-17", 4, "looks like one of the register's own", "other"),
    ("add --kind rec --title x --inspection OLD-1 --number 1", 4, "Number 1 of that report is R-0002", "--number"),
    ("add --kind rec --title x --inspection OLD-2", 3, "There is no inspection OLD-2.", "Nearest: OLD-1."),
    ("add --kind rec --title x --inspection OLD-1 --target 2019-07-16", 4, "is before the publication day", "--target"),
    ("add --kind rec --title x --target 30/02/2023", 2, "“30/02/2023” is not a target", "A day is written"),
    ("add --title x", 2, "An item needs its kind.", "--kind recommendation"),
    ("add --kind rec", 2, "An item needs a title or a text.", "--title"),
    ("add --kind afi --title x --parent R-0001", 4, "contains recommendations only", "--kind recommendation"),
    ("add --kind rec --title x --not-ours", 2, "--not-ours needs a reason.", 'Add --why "…".'),
    ("add --kind rec --title x --rag red", 2, "A rating of red needs a reason.", "--why"),
    ("add --kind rec --title x --review-every 0", 2, "every 1 to 36 months", "Give a number of months."),
    ("add --kind rec --title x --owner Head_of_PPU --text-file none.txt", 2, "none.txt cannot be read", "Check"),
    ("edit R-0001 --parent R-0001", 4, "R-0001 would be its own ancestor.", "another --parent"),
    ("edit R-0002", 2, "Nothing was given to change of R-0002.", "--help"),
    ("edit R-0002 --deadline immediately", 2, "Changing the words of a deadline needs a reason.", "--why"),
    ("assign R-0002", 2, "Nobody was named.", "--owner"),
    ("assign R-0002 --board Vulnerability_Borad", 4, "is much like the board “Vulnerability Board”", "add --new"),
    ("accept R-0002", 4, "R-0002 is mandatory", "--not-mandatory"),
    ("decline R-0002", 2, "Declining needs a reason.", "--why"),
    ("withdraw R-0002", 2, "Withdrawing needs a reason.", "--why"),
    ("note R-0002", 2, "“R-0002” is one word", "recreg note"),
    ("review R-0002 --outcome fine --note x", 2, "“fine” is not a review outcome.", "on_track"),
    ("review R-0002 --outcome on-track", 2, "The review of R-0002 has no text.", "--note"),
    ("correct N-0007 --note x --why y", 3, "There is no note N-0007.", "The newest is N-0001."),
    ("correct R-0002 --note x --why y", 3, "There is no review or note or evidence R-0002.", "V-0001"),
    ("evidence add none.pdf --for R-0002", 2, "none.pdf cannot be read: No such file", "Check its name"),
    ("evidence add /dev/null --for R-0002", 2, "/dev/null is not a file.", "--link"),
    ("evidence add --for R-0002", 2, "Evidence is one or more files, or a link.", "FILE"),
    ("evidence judge E-0001 fine", 2, "“fine” is not a verdict.", "sufficient, partial, insufficient"),
    ("inspection add OLD-1 --title x --type peel", 4, "There is an inspection OLD-1 already.", "inspection edit"),
    ("inspection add N --title x --type pile", 2, "“pile” is not an inspection type.", "peel"),
    ("inspection add N --title x --type peel --published tomorrow", 2, "is in the future", "up to today"),
    ("person add head_of_ppu", 4, "There is a person “Head of PPU” already.", "recreg person edit"),
    ("person edit Head_of_PPU --email nobody", 2, "“nobody” is not an e-mail address.", "@"),
    ("undo 99", 3, "There is no changeset 99.", "recreg log"),
    ("list --owner Nobody", 3, "There is no person “Nobody”.", "recreg person list"),
    ("list --kind thing", 2, "“thing” is not a kind.", "cause_of_concern"),
    ("overdue --within soon", 2, "“soon” is not a span of days.", "30d, 2w, 3m or 1y"),
    ("overdue --clock hour", 2, "“hour” is not a clock.", "review, target, deadline, pcc, all"),
    ("overdue --group colour", 2, "“colour” is not a group.", "owner, board, portfolio"),
    ("overdue --clock pcc --group owner", 2, "The 56 days are of inspections", "--group"),
    ("overdue --clock pcc --board Vulnerability_Board", 2, "The 56 days are of inspections", "Leave --owner"),
    ("overdue --board Nobody", 3, "There is no board “Nobody”.", "recreg board list"),
    ("ask weather", 2, "“weather” is not a question.", "changed, silent, with_hmicfrs"),
    ("ask", 2, "Missing argument 'QUESTION'.", "recreg ask --help"),
    ("ask changed --since 1980-01-01", 2, "“1980-01-01” is outside the years 1990 to 2100.", "2022-09-29, 29/09/2022"),
    ("ask changed --since soon", 3, "“soon” is neither a day nor a meeting.", "2022-09-29, 29/09/2022"),
    ("ask changed --since 2022-09-30", 2, "“2022-09-30” is in the future.", "up to today"),
    ("ask age --since 2022-09-01", 2, "The answer to age is of today, not since a day.", "--since"),
    ("ask rag --group colour", 2, "“colour” is not a group.", "owner, board, portfolio"),
    ("ask rag --owner Nobody", 3, "There is no person “Nobody”.", "recreg person list"),
    ("ask rag -f md", 2, "'md' is not one of", "recreg ask --help"),
    ("check --ignore RR999", 2, "“RR999” is not a code of recreg check.", "RR101  an open item has no owner"),
    ("check --ignore owner", 2, "“owner” is not a code of recreg check.", "RR114  "),
    ("check --ignore", 2, "Option '--ignore' requires an argument.", "--help shows"),
    ("check R-0001", 2, "unexpected extra argument", "recreg check --help"),
    ("check -f xml", 2, "'xml' is not one of 'table', 'plain'", "recreg check --help"),
    ("agenda", 2, "An agenda is for a day.", "--until DAY"),
    ("agenda --until soon", 2, "“soon” is not a day", "2022-09-29, 29/09/2022"),
    ("agenda --until yesterday", 2, "28 September 2022 is before today, 29 September 2022.", "recreg overdue"),
    ("agenda --until today --board Nobody", 3, "There is no board “Nobody”.", "recreg board list"),
    ("agenda --until today --portfolio Nobody", 3, "There is no portfolio “Nobody”.", "recreg portfolio list"),
    ("agenda --until today --sheet board.csv", 2, "board.csv does not end in .xlsx", "--sheet board.xlsx"),
    ("agenda --until today --sheet b.xlsx -f json", 2, "An agenda is a list or a sheet.", "Leave --format out"),
    ("agenda --until today --sheet none/b.xlsx", 74, "none/b.xlsx could not be written: No such file", "another name"),
    ("minute none.xlsx", 2, "none.xlsx cannot be read: No such file", "Check its name"),
    ("minute /dev/null", 2, "/dev/null is not a file.", "Give the sheet"),
    ("show 99999", 3, "There is no item 99999.", "recreg list"),
    ("show 10618 --format pdf", 2, "'pdf' is not one of", "recreg show --help"),
    ("show 10618 -o dossier.pdf", 2, "A dossier goes into a file as md or html.", "FILE.html"),
    ("show 10618 -f json -o dossier.html", 2, "A dossier goes into a file as md or html.", "-f md"),
    ("why R-0009", 3, "There is no item R-0009.", "Nearest: R-000"),
    ("why 10618 --format md", 2, "'md' is not one of", "recreg why --help"),
    ("why", 2, "Missing argument 'REF'.", "recreg why --help"),
    ("export items.doc", 2, "What sort of file items.doc is to be does not follow from its name.", ".csv, .tsv, .xlsx"),
    ("export items.csv -f json", 2, "items.csv ends in .csv, and --format says json.", "Leave --format out."),
    ("export - -f xlsx", 2, "A workbook goes into a file, not to stdout.", "FILE.xlsx"),
    ("export all.csv --all", 2, "A file of CSV holds one noun, not every one.", "Give FILE.json or FILE.xlsx"),
    ("export x.csv --what thing", 2, "“thing” is not a noun.", "items, reviews, notes, evidence"),
    ("export x.csv --what notes --rag red", 2, "Only items can be chosen by kind, owner", "Leave these options out."),
    ("export all.json --all --closed", 2, "Only items can be chosen by kind, owner", "Leave these options out."),
    ("export x.csv --owner Nobody", 3, "There is no person “Nobody”.", "recreg person list"),
    ("export x.csv --kind thing", 2, "“thing” is not a kind.", "cause_of_concern"),
    ("export none/x.csv", 74, "none/x.csv could not be written: No such file or directory.", "another name"),
    ("export /dev/null -f csv", 74, "/dev/null is not a file.", "another name"),
    ("export", 2, "Missing argument 'FILE|-'.", "recreg export --help"),
    ("draft none.txt", 2, "none.txt cannot be read: No such file", "Check its name"),
    ("draft /dev/null", 2, "/dev/null is not a file.", "plain text or PDF"),
    ("draft none.txt -o draft.xlsx", 2, "draft.xlsx does not end in .csv, as a draft does.", "-o draft.csv"),
    ("draft none.txt -o d.csv", 2, "none.txt cannot be read: No such file", "Check its name"),
    ("draft", 2, "Missing argument 'FILE'.", "recreg draft --help"),
    ("reconcile", 2, "Missing argument 'FILE'.", "recreg reconcile --help"),
    ("reconcile none.csv", 2, "none.csv cannot be read: No such file", "Check its name"),
    ("reconcile /dev/null", 4, "/dev/null is not a regular file.", "Give a file's name"),
    ("import", 2, "No file was given.", "--template FILE"),
    ("import none.csv", 2, "none.csv cannot be read: No such file", "Check its name"),
    ("import none.csv --on-conflict perhaps", 2, "“perhaps” is not a way to settle a conflict.", "error, skip, update"),
    ("frobnicate", 2, "No such command 'frobnicate'.", "recreg --help"),
    ("list --frobnicate", 2, "No such option: --frobnicate", "recreg list --help"),
    ("rag", 2, "Missing argument 'COLOUR'.", "recreg rag --help"),
]


@pytest.mark.parametrize(("command", "code", "sentence", "hint"), BAD, ids=[each[0] for each in BAD])
def test_it_is_told_what_is_so_and_what_to_type(
    command: str, code: int, sentence: str, hint: str, recreg: Typed, filled: Path
) -> None:
    before = digest(filled)
    said = recreg(*[word.replace("_", " ") for word in command.split()])
    assert said.code == code, said
    assert sentence in said.err
    assert hint in said.err
    assert said.out == ""
    assert "Traceback" not in said.err
    assert digest(filled) == before


def test_every_rule_in_the_way_is_named_at_once(recreg: Typed, filled: Path) -> None:
    words = "add --kind afi --title x --inspection OLD-1 --hmicfrs-ref 10618 --parent R-0001 --target 2019-01-01"
    said = recreg(*words.split())
    assert said.code == 4
    assert "before the publication day" in said.err
    assert "contains recommendations only" in said.err
    assert "The HMICFRS number 10618 belongs to R-0002" in said.err


def test_each_way_out_of_a_refusal_stands_on_a_line_of_its_own(recreg: Typed, filled: Path) -> None:
    recreg("add", "--kind", "afi", "--title", "Nobody's")
    said = recreg("complete", "R-0003")
    assert said.code == 4
    assert said.err.splitlines()[-3:] == [
        'recreg assign R-0003 --owner "…"', 'recreg assign R-0003 --board "…"', "recreg evidence add FILE --for R-0003",
    ]  # fmt: skip


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\x07", "\x9b", "\u202e", "\u200b", "\ufeff", "\u2028"])
def test_control_characters_are_refused_by_number_and_place(character: str, recreg: Typed, filled: Path) -> None:
    said = recreg("note", "10618", f"ab{character}c")
    assert said.code == 2
    assert f"a control character (U+{ord(character):04X}) at character 3" in said.err


def test_newlines_and_tabs_are_welcome_in_a_text(recreg: Typed, filled: Path) -> None:
    text = "• one\n\to two – ‘quoted’"
    assert recreg("note", "10618", text).code == 0
    assert recreg("show", "10618", "-f", "json").json["notes"][-1]["text"] == text


def test_bytes_that_are_no_characters_are_refused(filled: Path) -> None:
    said = run("note", "10618", b"bad \xff byte".decode(errors="surrogateescape"))
    assert said.code == 2
    assert "U+DCFF" in said.err


def test_an_act_that_would_change_nothing_says_so_and_writes_nothing(recreg: Typed, filled: Path) -> None:
    before = digest(filled)
    said = recreg("assign", "10618", "--owner", "head of ppu")
    assert said.code == 0
    assert "Nothing was changed" in said.err
    assert digest(filled) == before


def test_a_dry_run_says_the_same_and_writes_nothing(recreg: Typed, filled: Path) -> None:
    before = digest(filled)
    dry = recreg("rag", "red", "10618", "--why", "late", "-n")
    assert digest(filled) == before
    real = recreg("rag", "red", "10618", "--why", "late")
    assert dry.err.splitlines() == [*real.err.splitlines(), "Dry run: nothing was written."]


def faulty_files(folder: Path, good: Path) -> Iterator[tuple[Path, str]]:
    """Register files that are none, and what is said of them."""
    yield folder / "missing.db", "There is no register at"
    yield folder, "is a folder, not a register"
    (folder / "empty.db").touch()
    yield folder / "empty.db", "is not a recreg register"
    (folder / "list.csv").write_text("ref,title\nR-0001,Needs\n" * 50)
    yield folder / "list.csv", "is not a recreg register"
    with closing(sqlite3.connect(folder / "other.db")) as other:
        other.execute("CREATE TABLE song (title TEXT)")
    yield folder / "other.db", "is not a recreg register"
    for name, schema, what in (("newer", 999, "written by a newer recreg"), ("older", 0, "is older than this recreg")):
        file = folder / f"{name}.db"
        file.write_bytes(good.read_bytes())
        with closing(sqlite3.connect(file)) as other:
            other.execute(f"PRAGMA user_version = {schema}")
        yield file, what
    damaged = bytearray(good.read_bytes())
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    (folder / "damaged.db").write_bytes(damaged)
    yield folder / "damaged.db", "is damaged"


@promise("H3")
@pytest.mark.parametrize("command", ["list", "overdue", "rag red R-0001 --why x"])
def test_h3_a_file_that_is_no_register_is_left_alone_and_never_made(
    command: str, tmp_path: Path, empty_register: Path, recreg: Typed
) -> None:
    for file, sentence in faulty_files(tmp_path, empty_register):
        before = digest(file) if file.is_file() else None
        said = recreg("--register", file, *command.split())
        assert said.code == 5, (file, said)
        assert sentence in said.err
        assert len(said.err.splitlines()) == 2, "a sentence and a hint"
        assert (digest(file) if file.is_file() else None) == before


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
