"""recreg doctor: every planted fault is found and put right, and no word of the records is told."""

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from conftest import INSTALLED, Said, Typed, type_all
from promising import promise
from recreg.store import journals, mending
from recreg.store.surroundings import file_system, has_wal_fault

CANARY = "Canary of the cells"
#: What may be so of the machine that the tests run on.
OF_THE_MACHINE = {"libraries", "folder", "disk"}


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two pieces of evidence, one of them taken back, and a backup; the canary in every text."""
    folder = tmp_path_factory.mktemp("made")
    path = Path(shutil.copy(empty_register, folder / "register.db"))
    for name in ("one", "two"):
        (folder / f"{CANARY} {name}.txt").write_text(f"{CANARY} {name}", encoding="utf-8")
    return type_all(path, (
        ["add", "--kind", "rec", "--title", CANARY, "--owner", CANARY, "--board", f"{CANARY} Board"],
        ["evidence", "add", str(folder / f"{CANARY} one.txt"), "--for", "R-0001"],
        ["evidence", "add", str(folder / f"{CANARY} two.txt"), "--for", "R-0001"],
        ["undo"],
        ["backup"],
    ))  # fmt: skip


@pytest.fixture
def kept(made: Path, path: Path) -> Path:
    """A copy of it, with its folders, to plant faults in."""
    shutil.copy(made, path)
    for ending in (".evidence", ".backups"):
        shutil.copytree(f"{made}{ending}", f"{path}{ending}")
    return path


def found(said: Said, what: str) -> str:
    """What was found of something, and the advice."""
    return "\n".join(f"{row['found']} → {row['advice']}" for row in said.json if row["what"] == what)


def advised(said: Said) -> set[str]:
    """What there is to see to, that is not the machine's."""
    return {row["what"] for row in said.json if row["advice"] is not None} - OF_THE_MACHINE


def tables(register: Path) -> list[str]:
    """Everything in a register, as SQL."""
    with closing(sqlite3.connect(register)) as db:
        return list(db.iterdump())


def old(file: Path) -> Path:
    """Make a file or folder two hours old."""
    two_hours = time.time() - 7200
    os.utime(file, (two_hours, two_hours), follow_symlinks=False)
    return file


def evidence_of(register: Path) -> Path:
    return register.with_name("register.db.evidence")


def backups_of(register: Path) -> Path:
    return register.with_name("register.db.backups")


# A register that is well.


@promise("I1")
def test_i1_a_register_that_is_well_gets_no_advice(recreg: Typed, kept: Path) -> None:
    before = kept.read_bytes()
    said = recreg("doctor", "-f", "json")
    assert (said.code, said.err) == (0, "")
    assert advised(said) == set()
    assert [list(row) for row in said.json] == [["what", "found", "advice"]] * len(said.json)
    assert found(said, "counts") == "1 item, 5 changesets → None"
    assert found(said, "evidence") == f"{evidence_of(kept)}: 1 file → None"
    assert found(said, "journal") == "TRUNCATE → None"
    assert sqlite3.sqlite_version in found(said, "sqlite")
    assert recreg("doctor", "--fix", "-f", "json").err == "Nothing was to be put right.\n"
    assert kept.read_bytes() == before
    assert len(list(evidence_of(kept).iterdir())) == 2, "an undo may need the other file again"


def test_it_is_told_in_every_format_and_a_table_says_whether_there_is_anything_to_see_to(
    recreg: Typed, kept: Path
) -> None:
    whats = [row["what"] for row in recreg("doctor", "-f", "json").json]
    assert recreg("doctor", "-f", "ids").out.splitlines() == list(dict.fromkeys(whats))
    assert [line.split("\t")[0] for line in recreg("doctor").out.splitlines()] == whats
    assert " to see to." in recreg("doctor", "-f", "table").err


# Faults that are planted, found, and put right.


def opened_to_everybody(register: Path) -> None:
    register.chmod(0o604)
    evidence_of(register).chmod(0o705)
    (filed, *_) = evidence_of(register).iterdir()
    filed.chmod(0o606)


def switched_to_wal(register: Path) -> None:
    with closing(sqlite3.connect(register)) as db:
        db.execute("PRAGMA journal_mode = WAL")


def left_without_a_trigger(register: Path) -> None:
    with closing(sqlite3.connect(register)) as db:
        db.execute("DROP TRIGGER guard_change_DELETE")


def given_another_trigger(register: Path) -> None:
    with closing(sqlite3.connect(register)) as db:
        db.execute('CREATE TRIGGER "of another ""program" AFTER UPDATE ON note BEGIN SELECT 1; END')


def cut_off_while_writing(register: Path) -> None:
    """A crash in the middle of a write: half of it is in the file, and the journal beside it undoes it."""
    aside = register.with_name("aside.db")
    shutil.copy(register, aside)
    with closing(sqlite3.connect(aside, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("CREATE TABLE half AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) "
                   "SELECT i, hex(randomblob(20)) FROM n")  # fmt: skip
        db.execute("UPDATE alembic_version SET version_num = 'half'")
        db.execute("CREATE TABLE more AS SELECT * FROM half")
        shutil.copy(aside, register)
        shutil.copy(f"{aside}-journal", f"{register}-journal")
    aside.unlink()


def beside_a_strange_wal(register: Path) -> None:
    """The file was put in the place of one in WAL mode, whose ``-wal`` was left."""
    other = register.with_name("other.db")
    shutil.copy(register, other)
    with closing(sqlite3.connect(other)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE strange (x)")
        db.commit()
        shutil.copy(f"{other}-wal", f"{register}-wal")
    other.unlink()


def unfinished(register: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for folder, name in (
        (register.parent, f".register.db.{gone.pid}.unfinished"),
        (backups_of(register), f".2022-09-29T070000.000000Z.zip.db.{gone.pid}.unfinished-journal"),
        (evidence_of(register), f".{'a1' * 16}.unfinished"),
    ):
        (folder / name).write_text(CANARY, encoding="utf-8")
        old(folder / name)


def restore_cut_off(register: Path) -> None:
    folder = register.with_name(".register.db.x7_k2m9q")
    folder.mkdir()
    old(Path(shutil.copy(register, folder / "register.db")))
    old(folder)


def editor_cut_off(register: Path) -> None:
    folder = edited_by_one_who_is_gone(register)
    old_file(folder / "text.txt").write_text("\n# The review of R-0002\n", encoding="utf-8")
    old(folder)


def edited_by_one_who_is_gone(register: Path) -> Path:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    folder = register.with_name(f".recreg-{gone.pid}-x7_k2m9q")
    folder.mkdir()
    return folder


def evidence_that_nobody_speaks_of(register: Path) -> None:
    (evidence_of(register) / ("c3" * 32)).write_text(CANARY, encoding="utf-8")
    old(evidence_of(register) / ("c3" * 32))


def wal_files_left(register: Path) -> None:
    for ending in ("-wal", "-shm"):
        journals.beside(register, ending).touch(mode=0o600)
        old(journals.beside(register, ending))


#: The fault, where it shows, what is found, what --fix says of it
PLANTED: list[tuple[Callable[[Path], None], str, str, str]] = [
    (opened_to_everybody, "permissions", "everybody may read it", "is open to everybody no more"),
    (switched_to_wal, "journal", "WAL: another program switched it", "is in TRUNCATE again"),
    (left_without_a_trigger, "triggers", "1 triggers of the log are missing", "are written anew"),
    (given_another_trigger, "triggers", "1 are not recreg's", "are written anew"),
    (unfinished, "leftovers", "a file that was never finished", "Removed: "),
    (restore_cut_off, "leftovers", "the folder of a restore that was cut off", "Removed: "),
    (editor_cut_off, "leftovers", "the folder of an editor that was cut off", "Removed: "),
    (evidence_that_nobody_speaks_of, "leftovers", "that the log does not speak of", "Removed: "),
    (wal_files_left, "leftovers", "what WAL mode left", "Removed: "),
    (beside_a_strange_wal, "journal", "belonged to another file of that name", "It is set aside"),
]  # fmt: skip


@promise("I1")
@pytest.mark.parametrize(("plant", "what", "shown", "done"), PLANTED, ids=[fault[0].__name__ for fault in PLANTED])
def test_i1_a_planted_fault_is_found_and_put_right(
    plant: Callable[[Path], None], what: str, shown: str, done: str, recreg: Typed, kept: Path, made: Path
) -> None:
    plant(kept)
    looked = recreg("doctor", "-f", "json")
    assert shown in found(looked, what)
    assert looked.code == (5 if plant is beside_a_strange_wal else 0)
    assert advised(looked) >= {what}
    mended = recreg("doctor", "--fix", "-f", "json")
    assert mended.code == 0
    assert done in mended.err
    assert advised(mended) == set()
    assert list(mending.mended(kept)) == []
    assert tables(kept) == tables(Path(shutil.copy(made, kept.with_name("as-made.db")))), "no record, no changeset"
    assert CANARY not in looked.out + looked.err + mended.out + mended.err


def test_what_a_crash_left_is_undone_and_told(recreg: Typed, kept: Path) -> None:
    before = kept.read_bytes()
    cut_off_while_writing(kept)
    assert kept.read_bytes() != before
    said = recreg("doctor", "--fix", "-f", "json")
    assert said.err == "A command was cut off while it wrote: what it had begun is undone.\n"
    assert (said.code, advised(said), kept.read_bytes()) == (0, set(), before)
    cut_off_while_writing(kept)
    said = recreg("doctor", "-f", "json")
    assert "what it had begun is undone by looking at it" in found(said, "journal")
    assert (said.code, advised(said), kept.read_bytes()) == (0, set(), before)


@promise("F1")
def test_f1_what_a_group_was_let_in_to_stays_and_is_only_told(recreg: Typed, kept: Path) -> None:
    kept.chmod(0o640)
    evidence_of(kept).chmod(0o757)
    for command in (["doctor"], ["doctor", "--fix"]):
        said = recreg(*command, "-f", "json")
        assert "the group " in found(said, "permissions")
        assert "Where that group is not meant to: chmod" in found(said, "permissions")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert stat.S_IMODE(evidence_of(kept).stat().st_mode) == 0o750
    assert recreg("list").err == "", "no other command says anything of it"


def test_a_link_is_never_followed_to_change_the_rights_of_what_it_points_at(
    recreg: Typed, kept: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.touch(mode=0o644)
    elsewhere.chmod(0o644)
    (evidence_of(kept) / ("d4" * 32)).symlink_to(elsewhere)
    assert recreg("doctor", "--fix").code == 0
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644


def test_a_folder_that_everybody_may_change_is_told(recreg: Typed, kept: Path) -> None:
    kept.parent.chmod(0o777)
    assert "can put another file in the register's place" in found(recreg("doctor", "-f", "json"), "permissions")


# What stays.


def test_what_may_still_be_in_use_and_what_is_not_recregs_stays(recreg: Typed, kept: Path) -> None:
    young = kept.with_name(".register.db.999999.unfinished")
    young.touch()
    ours = old_file(kept.with_name(f".dossier.html.{os.getpid()}.unfinished"))
    theirs = kept.with_name(".register.db.archives")
    theirs.mkdir()
    old_file(theirs / "letter.txt")
    old(theirs)
    aside = old_file(kept.with_name("register.db.damaged-2022-09-01T070000.000000Z"))
    said = recreg("doctor", "--fix", "-f", "json")
    assert young.exists()
    assert ours.exists()
    assert theirs.exists()
    assert aside.exists()
    assert f"{ours} stays: the process {os.getpid()} may be writing it still." in said.err
    assert "delete it once nobody needs it" in found(said, "leftovers")
    assert str(theirs) not in said.out


def test_words_that_were_never_recorded_stay_and_are_told_of(recreg: Typed, kept: Path) -> None:
    folder = edited_by_one_who_is_gone(kept)
    (folder / "text.txt").write_text(f"\n# The review of R-0002\n{CANARY}\n", encoding="utf-8")
    old(folder)
    for words in (["doctor"], ["doctor", "--fix"]):
        said = recreg(*words, "-f", "json")
        assert f"{folder}: the folder of an editor that was cut off" in found(said, "leftovers")
        assert "It stays: it may hold text that was never recorded: take it over, and delete it." in said.out
        assert CANARY not in said.out + said.err
    (folder / "text.txt").rename(folder / ".text.txt.swp")
    old(folder)
    recreg("doctor", "--fix")
    assert (folder / ".text.txt.swp").exists(), "an editor's own file may hold them too"


def old_file(file: Path) -> Path:
    file.touch()
    return old(file)


def test_evidence_that_a_copy_of_the_register_speaks_of_stays(recreg: Typed, kept: Path, tmp_path: Path) -> None:
    (backup,) = backups_of(kept).iterdir()
    (tmp_path / "new.txt").write_text("new", encoding="utf-8")
    recreg("evidence", "add", tmp_path / "new.txt", "--for", "R-0001")
    for file in evidence_of(kept).iterdir():
        old(file)
    assert recreg("restore", backup, "--force").code == 0
    assert recreg("doctor", "--fix").err == "Nothing was to be put right.\n"
    (copy,) = backups_of(kept).glob("*-before-restore.db")
    copy.unlink()
    assert recreg("doctor", "--fix").err.count("Removed: ") == 1
    assert recreg("log", "verify").code == 0


def test_no_evidence_is_taken_away_while_the_log_is_in_doubt(recreg: Typed, kept: Path) -> None:
    evidence_that_nobody_speaks_of(kept)
    with closing(sqlite3.connect(kept)) as db:
        db.execute("DROP TRIGGER guard_changeset_UPDATE")
        db.execute("UPDATE changeset SET by_whom = 'Somebody Else' WHERE number = 3")
        db.commit()
    said = recreg("doctor", "--fix", "-f", "json")
    assert "stays: recreg log verify finds faults" in said.err
    assert (evidence_of(kept) / ("c3" * 32)).exists()
    old_file(kept.with_name("register.db.damaged-2022-09-01T070000.000000Z"))
    assert "set aside cannot be read" in recreg("doctor", "--fix").err


def test_the_file_of_evidence_that_was_redacted_goes_if_it_was_left(recreg: Typed, kept: Path) -> None:
    (filed,) = [row["sha256"] for row in recreg("evidence", "list", "-f", "json").json]
    content = (evidence_of(kept) / filed).read_bytes()
    assert recreg("redact", "E-0001", "--why", "names a victim").code == 0
    (evidence_of(kept) / filed).write_bytes(content)
    old(evidence_of(kept) / filed)
    said = recreg("doctor", "--fix", "-f", "json")
    assert "the file of evidence that was redacted" in said.err
    assert not (evidence_of(kept) / filed).exists()


def test_wal_stays_while_another_program_has_the_register_open(recreg: Typed, kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT count(*) FROM item").fetchone()
        said = recreg("doctor", "--fix", "-f", "json")
        assert "stays in WAL mode: another program has it open" in said.err
        assert (said.code, "journal" in advised(said)) == (0, True)
        if has_wal_fault():
            assert "sqlite" in advised(said), "SQLite's fault matters in WAL mode"


# What cannot be put right.


def test_damage_is_told_and_ends_with_5_and_the_list_is_there(recreg: Typed, kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'change_by_row'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with kept.open("r+b") as file:
        file.seek(page * size - 1)
        file.write(b"\x63")
    for command in (["doctor"], ["doctor", "--fix"]):
        said = recreg(*command, "-f", "json")
        assert said.code == 5
        assert "SQLite finds damage: " in found(said, "file")
        assert "recreg restore FILE" in found(said, "file")
        assert f"The register {kept} is damaged." in said.err
        assert found(said, "backup").count(".zip") == 1
        assert CANARY not in said.out + said.err
    assert "Not put right: the register is damaged." in said.err


def no_register(register: Path) -> None:
    register.unlink()


def not_a_register(register: Path) -> None:
    register.write_text("ref,title\n", encoding="utf-8")


def a_folder(register: Path) -> None:
    register.unlink()
    register.mkdir()


def newer(register: Path) -> None:
    with closing(sqlite3.connect(register)) as db:
        db.execute("PRAGMA user_version = 999")


def without_a_table(register: Path) -> None:
    with closing(sqlite3.connect(register)) as db:
        db.execute("DROP TABLE evidence_item")
        db.execute("DROP TABLE evidence")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (no_register, "There is no register at"),
        (not_a_register, "is not a recreg register."),
        (a_folder, "is a folder, not a register."),
        (newer, "was written by a newer recreg"),
        (without_a_table, "cannot be read to its end"),
    ],
)
def test_a_register_that_cannot_be_used_is_told_of_with_all_that_can_be(
    spoil: Callable[[Path], None], told: str, recreg: Typed, kept: Path
) -> None:
    spoil(kept)
    for command in (["doctor"], ["doctor", "--fix"]):
        said = recreg(*command, "-f", "json")
        assert said.code == 5
        assert told in found(said, "register")
        assert told in said.err
        assert {"recreg", "python", "sqlite", "libraries", "folder", "backup", "leftovers"} <= {
            row["what"] for row in said.json
        }
    assert "Not put right: " in said.err


#: An account that the system has no name and no home for.
NOBODY = ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"]
only_root = pytest.mark.skipif(
    not shutil.which("setpriv") or os.geteuid() != 0, reason="only root can run as another account"
)


@only_root
@pytest.mark.parametrize(
    ("named", "told"), [(True, "cannot be opened: Permission denied."), (False, "has no home folder to look for")]
)
def test_an_account_that_may_not_see_the_register_is_told_of_the_programs(named: bool, told: str, kept: Path) -> None:
    environment = {"RECREG_REGISTER": str(kept)} if named else {}
    ended = subprocess.run(
        [*NOBODY, INSTALLED, "doctor", "-f", "plain"], env=environment, capture_output=True, text=True, check=False,
        cwd="/",
    )  # fmt: skip
    assert ended.returncode == 5, ended.stderr
    assert told in ended.stderr
    assert told in ended.stdout
    assert f"sqlite\t{sqlite3.sqlite_version}" in ended.stdout


def test_an_older_register_is_told_to_be_migrated(recreg: Typed, kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as db:
        db.execute("PRAGMA user_version = 5")
    said = recreg("doctor", "-f", "json")
    assert (said.code, advised(said)) == (0, {"schema"})
    assert "recreg migrate" in found(said, "schema")


# The surroundings.


def test_a_register_without_a_backup_or_with_an_old_one_gets_advice(recreg: Typed, kept: Path) -> None:
    (made,) = backups_of(kept).iterdir()
    last_week = made.rename(made.with_name("2022-09-01T070000.000000Z.zip"))
    said = recreg("doctor", "-f", "json")
    assert "the newest of 1 September 2022" in found(said, "backup")
    assert "The register was written to since" in found(said, "backup")
    last_week.rename(made.with_name("2022-09-01T070000.000000Z-before-migrate.db"))
    assert "none" in found(recreg("doctor", "-f", "json"), "backup"), "a copy of the file alone has no evidence"
    shutil.rmtree(backups_of(kept))
    assert "recreg backup makes one" in found(recreg("doctor", "-f", "json"), "backup")


def test_evidence_that_is_missing_is_counted(recreg: Typed, kept: Path) -> None:
    shutil.rmtree(evidence_of(kept))
    said = recreg("doctor", "-f", "json")
    assert "0 files, 1 missing → recreg evidence check names" in found(said, "evidence")


def test_a_disk_with_less_room_than_twice_the_register_gets_advice(recreg: Typed, kept: Path) -> None:
    os.truncate(kept, shutil.disk_usage(kept).free)  # A file of holes, which takes no room.
    assert "Make room" in found(recreg("doctor", "-f", "json"), "disk")


def test_a_link_to_the_register_is_told_and_a_second_name_gets_advice(recreg: Typed, kept: Path) -> None:
    link = kept.with_name("by-link.db")
    link.symlink_to(kept)
    assert found(recreg("--register", link, "doctor", "-f", "json"), "register") == f"{kept}, by the link {link} → None"
    os.link(kept, kept.with_name("second.db"))
    assert "the same file has 2 names" in found(recreg("doctor", "-f", "json"), "register")


MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 27 0:27 / /mnt/force rw shared:3 - cifs //server/share rw
31 27 0:28 / /mnt/force/local\\040disk rw - xfs /dev/vdb rw
32 27 0:29 / /srv rw - ext4 /dev/vdc rw
33 27 0:30 / /srv rw - nfs4 server:/srv rw
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/recreg", "ext4"),
        ("/mnt/force/recreg", "cifs"),
        ("/mnt/forces", "ext4"),
        ("/mnt/force/local disk/recreg", "xfs"),
        ("/srv/recreg", "nfs4"),
    ],
)
def test_the_file_system_of_a_place_is_that_of_the_longest_mount_point(place: str, kind: str) -> None:
    assert file_system(Path(place), MOUNTS) == kind
    assert file_system(Path(place), "") is None


@pytest.mark.parametrize(
    ("version", "has_it"),
    [((3, 40, 1), True), ((3, 44, 5), True), ((3, 44, 6), False), ((3, 50, 7), False), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 53, 0), False)],
)  # fmt: skip
def test_which_sqlite_has_the_fault_in_wal_mode(version: tuple[int, ...], has_it: bool) -> None:
    assert has_wal_fault(version) == has_it


def test_the_last_backup_is_the_newest_one_whatever_made_it_by_londons_day(recreg: Typed, kept: Path) -> None:
    (made,) = backups_of(kept).iterdir()
    made.rename(made.with_name("2022-06-30T233000.000000Z.zip"))
    (backups_of(kept) / "2022-06-29T070000.000000Z-before-import.db").touch()
    assert "; last backup 1 July 2022; " in recreg("overdue", "--always").out


# docs/backup.md

PAGE = (Path(__file__).parents[1] / "docs/backup.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("share", ["share", "not-there"])
def test_the_line_for_every_night_is_silent_unless_it_fails(share: str, kept: Path, tmp_path: Path) -> None:
    (table,) = re.findall(r"```crontab\n(.*?)```", PAGE, re.DOTALL)
    (line,) = re.findall(r"^0 2 \* \* \* +(.*)$", table, re.MULTILINE)
    (tmp_path / "share").mkdir()
    line = line.replace("/usr/local/bin/recreg", str(INSTALLED)).replace("/srv/recreg", str(tmp_path))
    line = line.replace("/mnt/share/recreg", str(tmp_path / share))
    ended = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    if share == "share":
        assert (ended.stdout, ended.stderr) == ("", "")
        assert len(list((tmp_path / share).glob("*.zip"))) == 1
    else:
        assert "not-there" in ended.stdout + ended.stderr


def test_the_line_that_looks_for_the_backup_speaks_when_there_is_none(kept: Path, tmp_path: Path) -> None:
    (script,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)

    def said() -> str:
        line = script.replace("/mnt/share/recreg", str(backups_of(kept)))
        return subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False).stdout

    assert said() == ""
    (backup,) = backups_of(kept).iterdir()
    os.utime(backup, (0, 0))
    assert said() == "no backup of the register for two days\n"
