"""What `recreg log verify` says can be relied on, and a backup that was put back is the register."""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest
import writing_on
from lived import lived, put, random_acts
from outside import unguarded

from conftest import Typed, is_sound
from promising import promise
from recreg.register import Register
from recreg.store import proof, restore
from recreg.store.backup import head_of
from recreg.store.backups_there import folder_of, made_of
from recreg.store.log import hash_of, head
from test_undo import TODAY


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived(empty_register, tmp_path_factory)


@pytest.fixture
def filled(made: Path, path: Path) -> Path:
    return put(made, path)


def by(*statements: str) -> Callable[[Path], None]:
    """Another program's SQL, past every guard."""

    def plant(register: Path) -> None:
        with unguarded(register) as db:
            for statement in statements:
                db.execute(statement)

    return plant


def in_the_open(statement: str) -> Callable[[Path], None]:
    """Another program's SQL, as it is."""

    def plant(register: Path) -> None:
        with closing(sqlite3.connect(register, isolation_level=None)) as db:
            db.execute(statement)

    return plant


def blank_page(register: Path) -> None:
    """A page of the items is empty, as a failing disk leaves it."""
    with closing(sqlite3.connect(register)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'change'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with register.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))


def newer_backup(register: Path) -> None:
    """A backup of a later state stands beside the register, and nothing says why."""
    before = register.read_bytes()
    clerk = Register(register, by="Clerk", today=TODAY)
    clerk.note(["R-0003"], "Done with since")
    folder_of(register).mkdir()
    shutil.copyfile(register, folder_of(register) / "2022-09-29T120000.000000Z.db")
    register.write_bytes(before)


PLANTED: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a blank page": (blank_page, "file", ""),
    "a pointer at nothing": (by("DELETE FROM person"), "file", "points at a row of person that is not there"),
    "a rule that was broken": (by("UPDATE item SET rag = 'purple'"), "history", "R-0001 is not what the log says: rag."),
    "a trigger gone": (in_the_open("DROP TRIGGER log_note_changed"), "triggers", "1 triggers of the log are missing"),
    "a trigger more": (
        in_the_open("CREATE TRIGGER mine AFTER INSERT ON note BEGIN SELECT 1; END"), "triggers", "1 are not recreg's"
    ),
    "an index gone": (in_the_open("DROP INDEX item_by_owner"), "triggers", "tables themselves are not as"),
    "a table more": (in_the_open("CREATE TABLE mine (x)"), "triggers", "tables themselves are not as"),
    "another migration": (by("UPDATE alembic_version SET version_num = '0001'"), "triggers", "last migration"),
    "an act by somebody else": (by("UPDATE changeset SET by_whom = 'x' WHERE number = 9"), "chain", "Changeset 9 does"),
    "an entry changed": (by("UPDATE change SET after = '{}' WHERE id = 40"), "chain", "holds a change that is not as"),
    "an entry out of turn": (by("UPDATE change SET id = 999 WHERE id = 40"), "chain", "out of turn"),
    "an act without its end": (
        by("INSERT INTO change SELECT 999, 99, noun, row, before, after, salt, digest FROM change WHERE id = 40"),
        "chain", "was never sealed",
    ),
    "a cell": (by("UPDATE note SET text = 'x' WHERE id = 2"), "history", "N-0002 is not what the log says: text."),
    "a row more": (by("INSERT INTO note (item_id, noted_on, text) VALUES (3, '2022-09-29', 'x')"), "history", "N-0004 is not"),
    "a count set back": (by("UPDATE sqlite_sequence SET seq = 0"), "history", "would be given a second time"),
    "evidence gone": (lambda register: shutil.rmtree(f"{register}.evidence"), "evidence", "E-0001 is missing"),
    "acts gone that a backup has": (newer_backup, "head", "The backup 2022-09-29T120000.000000Z.db ends with"),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
@promise("I1")
def test_i1_log_verify_finds_each_planted_fault(planted: str, filled: Path, recreg: Typed) -> None:
    assert recreg("log", "verify").code == 0
    plant, what, message = PLANTED[planted]
    plant(filled)
    said = recreg("log", "verify", "-f", "json")
    assert said.code == 6
    assert any(row["what"] == what and message in row["message"] for row in said.json), said.out


def false_alarms(empty: Path, folder: Path, recreg: Typed, size: int) -> list[str]:
    """What is found in so many registers that had nothing but recreg's own acts, restorings and redactions too."""
    found = []
    for number in range(size):
        chance, register = Random(number), Path(shutil.copy(empty, folder / "register.db"))
        for act in random_acts(register, 16, chance):
            act()
            if chance.random() < 0.2:
                recreg("backup")
            elif chance.random() < 0.1 and (backups := made_of(register)):
                recreg("restore", chance.choice(backups), "--force")
        said = recreg("log", "verify", "-f", "json")
        found += [f"{number}: {said.code} {said.out}"] if said.code or said.json else []
        shutil.rmtree(folder_of(register), ignore_errors=True)
    return found


@promise("I1", of="registers that nothing is wrong with", ci=3, full=200)
def test_i1_log_verify_gives_no_false_alarm(empty_register: Path, tmp_path: Path, recreg: Typed, size: int) -> None:
    assert false_alarms(empty_register, tmp_path, recreg, size) == []


def test_a_recreg_that_cries_wolf_is_found_out(
    empty_register: Path, tmp_path: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "_numbers", lambda _: iter([proof.Fault("history", "Wolf!", "Run.")]))
    assert len(false_alarms(empty_register, tmp_path, recreg, 1)) == 1


@promise("I1", of="entries of the log", ci=1000, full=100_000)
def test_i1_a_long_log_is_verified_within_seconds(register: Path, tmp_path: Path, recreg: Typed, size: int) -> None:
    rows = "".join(f"rec,Recommendation {n},By March 2023\n" for n in range(size))
    (tmp_path / "long.csv").write_text(f"Type,Title,Timescale\n{rows}")
    assert recreg("import", tmp_path / "long.csv").code == 0
    began = time.monotonic()
    assert recreg("log", "verify").code == 0
    assert time.monotonic() - began < 5


@contextmanager
def writers(register: Path, folder: Path) -> Iterator[list[tuple[int, int, str]]]:
    """Two write on and on; at the end, what they were told is done: when it began, when they were told, its title."""
    folder.mkdir()
    told: list[tuple[int, int, str]] = []
    with subprocess.Popen([sys.executable, writing_on.__file__, register, folder]) as writing:
        try:
            yield told
        finally:
            (folder / "stop").touch()
    assert writing.returncode == 0
    for file in folder.glob("*.txt"):
        for line in file.read_text().splitlines():
            began, ended, title = line.split()
            told.append((int(began), int(ended), title))


def titles_of(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        return {title for (title,) in db.execute("SELECT title FROM item")}


def head_is_in(register: Path, backup: Path) -> bool:
    """Whether the log goes on from where the backup's ended."""
    with closing(sqlite3.connect(register)) as db:
        number, whole = head_of(backup) or (0, "")
        return hash_of(db, number) == whole and head(db)[0] > number


def something_more(register: Path, than: set[str]) -> None:
    """Wait until somebody wrote."""
    until = time.monotonic() + 30
    while titles_of(register) <= than:
        assert time.monotonic() < until, "nobody wrote for half a minute"
        time.sleep(0.05)


@promise("I2", of="registers deleted and put back", ci=2, full=50)
def test_i2_a_deleted_register_is_put_back_with_all_that_the_backup_had(
    filled: Path, tmp_path: Path, recreg: Typed, size: int
) -> None:
    gaps = []
    with writers(filled, tmp_path / "told") as told:
        for number in range(size):
            began, backup = time.time_ns(), tmp_path / f"{number}.zip"
            assert recreg("backup", backup).code == 0
            something_more(filled, titles_of(filled))
            filled.unlink()
            shutil.rmtree(f"{filled}.evidence")
            said = recreg("restore", backup)
            gaps.append((began, time.time_ns()))
            assert said.code == 0, said.err
            assert f"The register is as {backup} has it, up to " in said.err
            assert "Put back: 2 files of evidence." in said.err
            assert recreg("log", "verify").code == 0
            assert head_is_in(filled, backup)
        something_more(filled, titles_of(filled))
    missing = [act for act in told if act[2] not in titles_of(filled)]
    assert all(any(began <= act[1] and act[0] <= ended for began, ended in gaps) for act in missing)
    assert len(told) > len(missing) > 0
    assert is_sound(filled)


@promise("I2", of="registers put back over one in use", ci=2, full=50)
def test_i2_what_is_given_up_for_a_backup_is_said_and_kept(
    filled: Path, tmp_path: Path, recreg: Typed, size: int
) -> None:
    kept: set[str] = set()
    with writers(filled, tmp_path / "told") as told:
        for number in range(size):
            backup = tmp_path / f"{number}.zip"
            assert recreg("backup", backup).code == 0
            something_more(filled, titles_of(filled))
            said = recreg("restore", backup, "--force")
            assert said.code == 0, said.err
            assert "Replaced: a log up to " in said.err
            kept |= titles_of(max(folder_of(filled).glob("*-before-restore.db")))
            assert recreg("log", "verify").code == 0
            assert head_is_in(filled, backup)
    titles = {title for _, _, title in told}
    assert titles - titles_of(filled), "something was given up"
    assert titles <= titles_of(filled) | kept, "and all of it is in the copies"


def put_back_under_a_writer(register: Path, recreg: Typed) -> list[str]:
    """Put a backup back while somebody is half-way through writing, who then gives up; what is wrong afterwards."""
    assert recreg("backup", register.with_name("old.zip")).code == 0
    Register(register, by="Clerk", today=TODAY).note(["R-0003"], "After the backup")
    before = register.read_bytes()
    with closing(sqlite3.connect(register, isolation_level=None)) as other:
        other.create_function("recreg_digest", 6, lambda *_: bytes(32))
        other.execute("PRAGMA cache_size = 1")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE item SET text = ?", ("half-way " * 2000,))
        said = recreg("restore", register.with_name("old.zip"), "--force")
        other.execute("ROLLBACK")
    wrong = [] if said.code == 75 else [f"it did not wait: {said.code}"]
    wrong += [] if register.read_bytes() == before else ["the register is neither the one nor the other"]
    return wrong


@promise("I2")
def test_i2_a_backup_is_put_back_between_others_acts_and_never_in_the_middle(
    filled: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECREG_WAIT", "0.1")
    assert put_back_under_a_writer(filled, recreg) == []


def test_a_recreg_that_puts_another_file_in_its_place_is_found_out(
    filled: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECREG_WAIT", "0.1")
    monkeypatch.setattr(restore, "_held", lambda *_: restore.Held((1, "0" * 64), 1))
    monkeypatch.setattr(restore, "keep_copy", lambda register, _: register)
    monkeypatch.setattr(restore, "_write_over", lambda register, copied, _: register.write_bytes(copied.read_bytes()))
    assert put_back_under_a_writer(filled, recreg) != []
