"""`recreg log verify`: what it says, in every form, of a register that is whole and of one that is not."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Typed, type_all
from recreg.store.backups_there import folder_of
from recreg.store.verify import strays

HINT = "Type it as it was printed, the number and 8 or more characters of the hash: 312/5e8c0a1f9b2d4477."


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An item with a note and a file of evidence."""
    folder = tmp_path_factory.mktemp("made")
    path = Path(shutil.copy(empty_register, folder / "register.db"))
    (folder / "plan.txt").write_text("The plan.\n")
    return type_all(path, (
        ["add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618"],
        ["note", "10618", "Begun"],
        ["evidence", "add", str(folder / "plan.txt"), "--for", "10618"],
    ))  # fmt: skip


@pytest.fixture
def filled(made: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copyfile(made, path)
    shutil.copytree(f"{made}.evidence", f"{path}.evidence")
    monkeypatch.chdir(path.parent)
    return path


def forged(path: Path) -> None:
    """Another program changes the text of a note."""
    with closing(sqlite3.connect(path)) as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'log_note_changed'").fetchone()
        db.executescript(f"DROP TRIGGER log_note_changed; UPDATE note SET text = 'Forged'; {sql};")


def test_of_a_whole_register_it_says_what_was_looked_at_and_what_no_log_can_tell(filled: Path, recreg: Typed) -> None:
    said = recreg("log", "verify", "-f", "table")
    assert said.code == 0
    assert said.err.splitlines()[:-1] == [
        "Nothing is other than it was recorded.",
        "Held against each other: 4 changesets, 7 changes, 0 noted heads, every table, every file of evidence.",
        "That its end was not cut off, no log can prove of itself: note its head, or make a backup.",
    ]
    newest = recreg("log", "-f", "json").json[-1]
    assert said.err.splitlines()[-1] == f"Register head: 4/{newest['hash'][:16]}"


@pytest.mark.parametrize(("form", "out"), [("plain", ""), ("json", "[]\n"), ("jsonl", ""), ("ids", "")])
def test_of_a_whole_register_nothing_is_printed(form: str, out: str, filled: Path, recreg: Typed) -> None:
    said = recreg("log", "verify", "-f", form)
    assert (said.code, said.out, said.err) == (0, out, "")


def test_what_is_found_is_a_row_with_its_changeset_and_its_cure(filled: Path, recreg: Typed) -> None:
    forged(filled)
    said = recreg("log", "verify", "-f", "json")
    assert said.code == 6
    assert said.json == [
        {
            "what": "history",
            "changeset": 3,
            "ref": "N-0001",
            "message": "N-0001 is not what the log says: text.",
            "cure": "Ask who else writes to the file; recreg restore FILE puts the last good backup back.",
        }
    ]
    assert "Forged" not in said.out
    assert recreg("log", "verify", "-f", "plain").out.startswith("history\t3\tN-0001\tN-0001 is not what")
    assert recreg("log", "verify", "-f", "csv").out.startswith("what,changeset,ref,message,cure\nhistory,3,N-0001,")


def test_a_head_that_was_noted_is_held_against_the_log(filled: Path, recreg: Typed) -> None:
    log = {row["changeset"]: row["hash"] for row in recreg("log", "-f", "json").json}
    known = [f"{number}/{whole[:length]}" for number, whole in log.items() for length in (8, 16, 64)]
    said = recreg("log", "verify", *(word for head in known for word in ("--head", head)), "-f", "table")
    assert said.code == 0
    assert "12 noted heads" in said.err
    assert "no log can prove" not in said.err
    said = recreg("log", "verify", "--head", f"3/{log[2]}", "--head", f"9/{log[4][:16].upper()}", "-f", "json")
    assert said.code == 6
    assert [row["message"].partition(" ends with ")[2] for row in said.json] == [
        "changeset 3, and the log has another changeset 3, so that it was written anew since.",
        "changeset 9, and the log ends at 4, so that 5 or more changesets are gone.",
    ]


@pytest.mark.parametrize(
    "head", ["", "312", "312/", "312/abc", "x/5e8c0a1f", "0/5e8c0a1f", "312/5e8c0a1g", "-1/5e8c0a1f"]
)
def test_what_is_no_head_is_refused(head: str, filled: Path, recreg: Typed) -> None:
    said = recreg("log", "verify", f"--head={head}")
    assert (said.code, said.out) == (2, "")
    assert said.err == f"“{head}” is not the head of a log.\n{HINT}\n"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["log", "verify", "R-0001"], 2, "unexpected extra argument"),
        (["log", "verify", "--as-of", "2022-01-01"], 2, "No such option: --as-of"),
        (["log", "--as-recorded", "2", "verify"], 2, "A proof is of the register as it stands now."),
        (["log", "verify", "-f", "xml"], 2, "'xml' is not one of"),
        (["--register", "none.db", "log", "verify"], 5, "There is no register at none.db."),
        (["--register", "letter.txt", "log", "verify"], 5, "letter.txt is not a recreg register."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_bad_input_is_told_plainly(words: list[str], code: int, sentence: str, filled: Path, recreg: Typed) -> None:
    Path("letter.txt").write_text("Not a register.\n" * 99)
    said = recreg(*words)
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 2, "a sentence and a hint"


def test_what_else_lies_in_the_folder_of_backups_is_in_nobodys_way(filled: Path, recreg: Typed) -> None:
    assert recreg("backup").code == 0
    (backup,) = folder_of(filled).iterdir()
    whole = backup.read_bytes()
    for name, content in {
        "letter.txt": b"Dear all", "junk.db": b"junk" * 999, "empty.db": b"", "cut.zip": whole[: len(whole) // 2],
        "end.zip": whole[-200:], ".hidden.zip": whole, "2022-99-99T999999.zip": b"PK",
    }.items():  # fmt: skip
        (folder_of(filled) / name).write_bytes(content)
    (folder_of(filled) / "folder.zip").mkdir()
    assert recreg("log", "verify").code == 0
    assert recreg("backup").code == 0


@pytest.mark.parametrize(
    "harmless", ["VACUUM", "ANALYZE", "REINDEX", "PRAGMA journal_mode = WAL", "PRAGMA page_size = 512"]
)
def test_what_another_program_does_to_the_file_alone_is_no_fault(harmless: str, filled: Path, recreg: Typed) -> None:
    with closing(sqlite3.connect(filled, isolation_level=None)) as db:
        db.execute(harmless)
        db.execute("VACUUM")
    said = recreg("log", "verify")
    assert (said.code, said.out) == (0, "")
    assert recreg("note", "10618", "Goes on").code == 0
    assert recreg("log", "verify").code == 0


def test_a_clock_that_was_set_back_is_no_fault(filled: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECREG_TODAY", "2023-01-01")
    recreg("note", "10618", "Of next year")
    monkeypatch.setenv("RECREG_TODAY", "2022-09-29")
    recreg("note", "10618", "Of this one")
    assert recreg("log", "verify").code == 0


def test_a_log_that_somebody_scribbled_in_is_told_of_and_nothing_else_breaks(filled: Path, recreg: Typed) -> None:
    assert recreg("redact", "N-0001", "--why", "personal").code == 0
    with closing(sqlite3.connect(filled)) as db:
        triggers = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE name LIKE 'guard_change%'")]
        db.executescript("DROP TRIGGER guard_changeset_UPDATE; DROP TRIGGER guard_change_UPDATE;")
        db.execute("UPDATE changeset SET at = 'some day', by_whom = char(27) || '[2J'")
        db.execute("UPDATE change SET after = 'no json' WHERE id = 5")
        db.commit()
        for sql in triggers:
            if "UPDATE ON change" in sql:
                db.execute(sql)
    said = recreg("log", "verify", "-f", "table")
    assert said.code == 6
    assert "\x1b" not in said.out + said.err
    for command in ("log", "list", "show 10618", "history 10618", "overdue", "note 10618 x", "undo 3", "backup"):
        assert recreg(*command.split()).code in {0, 4, 5}, command


def test_a_value_that_would_pass_for_the_rest_of_its_row_is_found(filled: Path, recreg: Typed) -> None:
    recreg("add", "--kind", "rec", "--title", "Due", "--deadline", "by 31 May 2022")
    with closing(sqlite3.connect(filled)) as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'log_item_changed'").fetchone()
        swallowing = "UPDATE item SET deadline_on = ?, deadline_precision = NULL WHERE id = 2"
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("DROP TRIGGER log_item_changed")
        db.execute(swallowing, ('2022-05-31","deadline_precision":"day',))
        db.execute(sql)
        db.commit()
        assert list(strays(db)) == [("item", 2)]
    said = recreg("log", "verify", "-f", "json")
    assert (said.code, [each["message"] for each in said.json]) == (
        6,
        ["R-0002 is not what the log says: deadline_on, deadline_precision."],
    )


def test_evidence_that_is_a_pipe_now_is_not_waited_for(filled: Path, recreg: Typed) -> None:
    (file,) = Path(f"{filled}.evidence").iterdir()
    file.unlink()
    os.mkfifo(file)
    said = recreg("log", "verify", "-f", "json")
    assert (said.code, said.json[0]["ref"]) == (6, "E-0001")
    assert "is unreadable (not a file)" in said.json[0]["message"]
