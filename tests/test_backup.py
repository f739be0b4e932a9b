"""Backups: made whole and proved, put back whole and proved, and nothing given up without being told."""

import os
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from conftest import INSTALLED, Typed, type_all
from recreg.store.backups_there import folder_of, made_of


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An item with a note and a file of evidence, and a backup of both."""
    folder = tmp_path_factory.mktemp("made")
    path = Path(shutil.copy(empty_register, folder / "register.db"))
    (folder / "plan.txt").write_text("The plan.\n")
    return type_all(path, (
        ["add", "--kind", "rec", "--title", "Needs", "--hmicfrs-ref", "10618"],
        ["note", "10618", "Begun"],
        ["evidence", "add", str(folder / "plan.txt"), "--for", "10618"],
        ["backup", str(folder / "old.zip")],
    ))  # fmt: skip


@pytest.fixture
def filled(made: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to type at, with its backup as old.zip where one is."""
    shutil.copyfile(made, path)
    shutil.copytree(f"{made}.evidence", f"{path}.evidence")
    shutil.copy(made.with_name("old.zip"), path.parent)
    monkeypatch.chdir(path.parent)
    return path


def content(path: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}


def changed_by_hand(path: Path) -> None:
    """Another program writes to an item, and leaves no other trace."""
    with closing(sqlite3.connect(path)) as db:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'log_item_changed'").fetchone()
        db.executescript(f"DROP TRIGGER log_item_changed; UPDATE item SET title = 'Forged'; {sql};")


def test_a_backup_holds_the_register_and_its_evidence_and_says_its_head(filled: Path, recreg: Typed) -> None:
    said = recreg("backup")
    assert (said.code, said.out) == (0, "")
    (backup,) = folder_of(filled).iterdir()
    head = recreg("log", "-f", "json").json[-1]
    assert f"The backup {backup} is made and proved, with 1 file of evidence.\n" in said.err
    assert f"Register head: {head['changeset']}/{head['hash'][:16]}\n" in said.err
    with zipfile.ZipFile(backup) as packed:
        held = {entry.filename.partition("/")[0]: entry.compress_type for entry in packed.infolist()}
        assert held == {"register.db": zipfile.ZIP_STORED, "evidence": zipfile.ZIP_STORED}
        assert packed.comment.decode() == f"recreg {head['changeset']}/{head['hash']}"


@pytest.mark.parametrize("name", ["new.backup", "folder"])
def test_a_backup_goes_where_it_is_told_and_a_later_one_takes_its_place(name: str, filled: Path, recreg: Typed) -> None:
    Path("folder").mkdir()
    assert recreg("backup", name).code == 0
    assert recreg("note", "10618", "More").code == 0
    assert recreg("backup", name).code == 0
    assert len(list(Path("folder").iterdir())) == (2 if name == "folder" else 0)
    assert not folder_of(filled).exists()
    assert recreg("restore", max(Path("folder").iterdir()) if name == "folder" else name).code == 0


def test_a_backup_takes_the_place_of_no_other_file_and_never_of_the_register(filled: Path, recreg: Typed) -> None:
    Path("letter.zip").write_text("A letter\n")
    shutil.copy(filled, "copy.db")
    os.link(filled, "link.db")
    recreg("--register", "other.db", "init")
    recreg("--register", "other.db", "backup", "other.zip")
    before = content(filled)
    for name in ("register.db", "link.db", "copy.db", "letter.zip"):
        said = recreg("backup", name)
        assert (said.code, said.out) == (4, "")
        assert said.err == f"There is another file at {name}.\nName another place: recreg backup FILE.\n"
    assert "other.zip is a backup that holds what this register lacks" in recreg("backup", "other.zip").err
    assert content(filled) == before


def test_what_is_missing_of_the_evidence_is_said_and_the_rest_is_kept(filled: Path, recreg: Typed) -> None:
    shutil.rmtree(f"{filled}.evidence")
    said = recreg("backup", "new.zip")
    assert said.code == 0
    assert "with 0 files of evidence" in said.err
    assert "Not in it: the file of E-0001 is missing. recreg check tells how to put it right." in said.err


def test_every_piece_of_evidence_that_is_a_missing_file_is_named(filled: Path, recreg: Typed) -> None:
    Path("same.txt").write_text("The plan.\n")
    recreg("evidence", "add", "same.txt", "--for", "10618", "--title", "The same again")
    shutil.rmtree(f"{filled}.evidence")
    assert "Not in it: the file of E-0001, E-0002 is missing." in recreg("backup", "new.zip").err


def test_a_register_that_does_not_stand_its_proof_gets_no_backup(filled: Path, recreg: Typed) -> None:
    changed_by_hand(filled)
    before = content(filled)
    said = recreg("backup", "new.zip")
    assert (said.code, said.out) == (5, "")
    assert "does not stand its proof, so no backup was made of it: R-0001 is not what the log says: title." in said.err
    assert "recreg log verify tells all that is wrong" in said.err
    assert content(filled) == before


BAD = [
    (["backup", "share"], 2, "There is no folder share, and a backup's own name ends in .zip.", "recreg backup share.zip"),
    (["backup", "none/new.zip"], 74, "could not be written: No such file or directory.", "name another place"),
    (["backup", "/dev/null"], 4, "There is another file at /dev/null.", "Name another place"),
    (["restore", "none.zip"], 2, "There is no backup at none.zip.", "recreg restore FILE"),
    (["restore", "folder"], 2, "There is no backup at folder.", "recreg restore FILE"),
    (["restore", "letter.txt"], 5, "letter.txt is not a recreg register.", "names the right one"),
    (["restore", "empty.zip"], 5, "empty.zip is not a backup of a register.", "names the right one"),
    (["restore", "cut.zip"], 5, "cut.zip", ""),
    (["restore", "flipped.zip"], 5, "flipped.zip", "Take another one; nothing was changed."),
    (["restore", "newer.db"], 5, "newer.db was written by a newer recreg", "nothing was touched"),
    (["restore", "forged.db"], 5, "forged.db does not stand its proof: R-0001 is not what", "Take another one"),
    (["restore", "old.zip"], 4, "The register has 2 changesets that old.zip lacks, the last of them 6 (note)", "--force"),
    (["restore"], 2, "Missing argument 'FILE'.", "recreg restore --help"),
    (["restore", "old.zip", "--by", " "], 2, "Nobody is named", "--by NAME"),
]  # fmt: skip


def test_bad_input_is_told_plainly_and_touches_nothing(filled: Path, recreg: Typed) -> None:
    packed = Path("old.zip").read_bytes()
    Path("cut.zip").write_bytes(packed[: len(packed) // 2])
    Path("flipped.zip").write_bytes(packed[:90_000] + bytes([packed[90_000] ^ 1]) + packed[90_001:])
    Path("letter.txt").write_text("Not a register.\n" * 99)
    Path("folder").mkdir()
    with zipfile.ZipFile("empty.zip", "w") as empty:
        empty.writestr("register.txt", "none")
    for name in ("newer.db", "forged.db"):
        shutil.copy(filled, name)
    with closing(sqlite3.connect("newer.db")) as db:
        db.execute("PRAGMA user_version = 999")
    changed_by_hand(Path("forged.db"))
    for text in ("More", "And more"):
        recreg("note", "10618", text)
    before = content(filled)
    for words, code, sentence, hint in BAD:
        said = recreg(*words)
        assert (said.code, said.out) == (code, ""), said
        assert sentence in said.err
        assert hint in said.err
        assert "Traceback" not in said.err
        assert content(filled) == before, words


def test_a_register_that_is_gone_is_put_back_with_its_evidence(filled: Path, recreg: Typed) -> None:
    before = recreg("export", "-", "--all", "-f", "json").json
    filled.unlink()
    shutil.rmtree(f"{filled}.evidence")
    said = recreg("restore", "old.zip")
    assert (said.code, said.out) == (0, "")
    assert "The register is as old.zip has it, up to 4/" in said.err
    assert "Put back: 1 file of evidence." in said.err
    assert recreg("export", "-", "--all", "-f", "json").json == before
    newest = recreg("log", "-f", "json").json[-1]
    assert (newest["command"], newest["by"]) == ("restore", "Liaison Officer")
    assert recreg("log", "verify").code == 0


def test_what_is_given_up_by_force_is_said_and_kept(filled: Path, recreg: Typed) -> None:
    recreg("redact", "N-0001", "--why", "names a victim")
    recreg("add", "--kind", "rec", "--title", "Since")
    said = recreg("restore", "old.zip", "--force")
    assert said.code == 0
    assert "with 2 changesets that this one lacks." in said.err
    assert "Words that were redacted since are in it again: recreg redact takes them out once more." in said.err
    (kept,) = made_of(filled)
    assert f"As the register was before: {kept}\n" in said.err
    assert recreg("list", "-f", "ids").out == "R-0001\n"
    assert recreg("--register", kept, "list", "-f", "ids").out == "R-0001\nR-0002\n"
    assert recreg("restore", kept).code == 0, "nothing is given up but the restoring itself"
    assert recreg("list", "-f", "ids").out == "R-0001\nR-0002\n"
    assert recreg("log", "verify").code == 0


def test_a_dry_run_says_what_would_be_and_writes_nothing(filled: Path, recreg: Typed) -> None:
    recreg("note", "10618", "More")
    before = content(filled)
    said = recreg("restore", "old.zip", "--force", "-n")
    assert said.code == 0
    assert "with 1 changeset that this one lacks." in said.err
    assert said.err.endswith("Dry run: nothing was written.\n")
    assert recreg("restore", "old.zip", "-n").code == 4
    assert content(filled) == before


def test_the_same_again_changes_nothing_but_puts_evidence_right(filled: Path, recreg: Typed) -> None:
    before = content(filled)
    said = recreg("restore", "old.zip")
    assert (said.code, said.err) == (0, "Nothing was changed: the register is what old.zip holds already.\n")
    assert content(filled) == before
    (evidence,) = Path(f"{filled}.evidence").iterdir()
    evidence.write_text("Forged.\n")
    assert "Put back: 1 file of evidence." in recreg("restore", "old.zip").err
    assert content(filled) == before


def test_a_register_that_another_program_wrote_to_is_put_right_and_set_apart(filled: Path, recreg: Typed) -> None:
    changed_by_hand(filled)
    said = recreg("restore", "old.zip")
    assert said.code == 0, said.err
    assert "The register did not stand its proof any more: something else had written to it" in said.err
    (apart,) = filled.parent.glob("register.db.damaged-*")
    assert f"As the register was before: {apart}\n" in said.err
    assert recreg("log", "verify").code == 0
    assert recreg("--register", apart, "list", "-f", "json").json[0]["title"] == "Forged"


def test_a_register_that_cannot_be_read_is_set_aside(filled: Path, recreg: Typed) -> None:
    recreg("note", "10618", "More")
    recreg("backup")
    filled.write_bytes(b"rubbish" * 999)
    said = recreg("restore", "old.zip")
    assert said.code == 4
    assert f"{filled} cannot be read, so what it has that old.zip lacks cannot be told." in said.err
    assert "Add --force: the file is set aside, never deleted." in said.err
    said = recreg("restore", "old.zip", "--force")
    assert said.code == 0, said.err
    assert "Lost, as a later backup shows: a log up to 5/" in said.err
    (aside,) = filled.parent.glob("register.db.damaged-*")
    assert aside.read_bytes() == b"rubbish" * 999
    assert recreg("log", "verify").code == 0, "the head of the later backup is accounted for"


@pytest.mark.parametrize("size", [1024, 4096, 32768])
def test_a_bare_register_is_put_back_too_whatever_its_pages_and_journal(size: int, filled: Path, recreg: Typed) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("VACUUM INTO 'bare.db'")
    with closing(sqlite3.connect("bare.db", isolation_level=None)) as db:
        db.execute(f"PRAGMA page_size = {size}")
        db.execute("VACUUM")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("SELECT 1 FROM item").fetchone()
    recreg("note", "10618", "More")
    assert recreg("restore", "bare.db", "--force").code == 0
    assert recreg("log", "verify").code == 0


def test_evidence_that_is_neither_in_the_backup_nor_here_is_named(filled: Path, recreg: Typed) -> None:
    for number in range(12):
        Path(f"{number}.txt").write_text(f"Minute {number}", encoding="utf-8")
        recreg("evidence", "add", f"{number}.txt", "--for", "10618")
    shutil.copy(filled, "bare.db")
    filled.unlink()
    shutil.rmtree(f"{filled}.evidence")
    said = recreg("restore", "bare.db")
    assert said.code == 0
    assert "Of some evidence there is no whole file, in the backup or here: E-0001 is missing, " in said.err
    assert ", and 3 more.\nrecreg check tells how to put it right.\n" in said.err
    again = recreg("restore", "bare.db")
    assert "Nothing was changed" in again.err
    assert "E-0001 is missing" in again.err, "it is still so"


def test_an_older_register_is_brought_up_before_it_is_put_back(filled: Path, recreg: Typed) -> None:
    with closing(sqlite3.connect(filled, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 5")
    shutil.copy(filled, "older.db")
    filled.unlink()
    assert recreg("restore", "older.db").code == 0
    assert recreg("log", "-f", "json").json[-1]["command"] == "restore"
    assert recreg("log", "verify").code == 0


def test_a_register_behind_a_link_is_put_back_where_it_is(filled: Path, recreg: Typed) -> None:
    Path("elsewhere").mkdir()
    real = filled.rename("elsewhere/real.db")
    filled.symlink_to(real.resolve())
    recreg("note", "10618", "More")
    assert recreg("restore", "old.zip", "--force").code == 0
    assert filled.is_symlink()
    assert len(recreg("show", "10618", "-f", "json").json["notes"]) == 1
    real.unlink()
    assert recreg("restore", "old.zip").code == 0
    assert filled.is_symlink()
    assert real.is_file()


def test_two_at_once_put_it_back_once_each_or_find_it_done(filled: Path, recreg: Typed) -> None:
    recreg("note", "10618", "More")
    both = [subprocess.Popen([INSTALLED, "restore", "old.zip", "--force"], stderr=subprocess.PIPE) for _ in range(2)]
    told = [process.communicate()[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert recreg("log", "verify").code == 0
    assert len(recreg("show", "10618", "-f", "json").json["notes"]) == 1


def test_a_restoring_is_never_undone(filled: Path, recreg: Typed) -> None:
    recreg("note", "10618", "More")
    recreg("restore", "old.zip", "--force")
    said = recreg("undo")
    assert said.code == 4
    assert "is an act that is never undone (restore)" in said.err


def test_a_backup_that_is_damaged_at_its_end_or_in_its_evidence_breaks_nothing(filled: Path, recreg: Typed) -> None:
    packed = Path("old.zip").read_bytes()
    (evidence,) = Path(f"{filled}.evidence").iterdir()
    evidence.unlink()
    before = content(filled)
    for place in [packed.index(b"The plan."), *range(len(packed) - 420, len(packed) - 90, 90)]:
        Path("old.zip").write_bytes(packed[:place] + bytes([packed[place] ^ 8]) + packed[place + 1 :])
        said = recreg("restore", "old.zip")
        assert said.code in {0, 5}, said
        evidence.unlink(missing_ok=True)
        Path("old.zip").write_bytes(packed)
        assert content(filled) == before
    assert recreg("log", "verify", "-f", "json").json[0]["what"] == "evidence"
