"""A log that was cut off or written anew, all of it in order: no proof of its own can see it, any noted head does."""

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from lived import lived, put
from outside import unguarded

from conftest import Typed
from promising import promise
from recreg.store import heads
from recreg.store.log import changeset_hash
from recreg.store.triggers import digest, logged_tables
from recreg.store.verify import replayed

CANNOT = "That its end was not cut off, no log can prove of itself"


@pytest.fixture(scope="module")
def made(empty_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived(empty_register, tmp_path_factory)


@pytest.fixture
def filled(made: Path, path: Path) -> Path:
    return put(made, path)


def head_of(path: Path) -> str:
    """The head as recreg prints it."""
    with closing(sqlite3.connect(path)) as db:
        return heads.printed(db.execute("SELECT number, hash FROM changeset ORDER BY number DESC LIMIT 1").fetchone())


def rows_stand_as_the_log_says(db: sqlite3.Connection) -> None:
    rows = replayed(db)
    for table in logged_tables(db):
        db.execute(f"DELETE FROM {table}")
        for (noun, row), cells in rows.items():
            if noun == table:
                marks = ", ".join("?" * (len(cells) + 1))
                db.execute(f"INSERT INTO {table} (id, {', '.join(cells)}) VALUES ({marks})", (row, *cells.values()))


def chained_anew(db: sqlite3.Connection, first: int) -> None:
    """Digests and hashes from a changeset on, as recreg would have made them."""
    told = "number, at, effective_on, by_whom, command, part_of, undoes"
    previous = db.execute("SELECT hash FROM changeset WHERE number = ?", (first - 1,)).fetchone()[0]
    changesets = db.execute(f"SELECT {told} FROM changeset WHERE number >= ?", (first,)).fetchall()
    for number, at, on, by, command, part_of, undoes in changesets:
        for change, *content in db.execute(
            "SELECT id, salt, changeset, noun, row, before, after FROM change WHERE changeset = ? AND salt NOT NULL",
            (number,),
        ).fetchall():
            db.execute("UPDATE change SET digest = ? WHERE id = ?", (digest(*content), change))
        digests = [row[0] for row in db.execute("SELECT digest FROM change WHERE changeset = ? ORDER BY id", (number,))]
        hashed = changeset_hash(previous, number, at, on, by, command, part_of, undoes, digests)
        db.execute("UPDATE changeset SET previous_hash = ?, hash = ? WHERE number = ?", (previous, hashed, number))
        previous = hashed


def cut_off(path: Path, chance: random.Random) -> None:
    """Take the last acts away, from the log and from the tables."""
    with unguarded(path) as db:
        (newest,) = db.execute("SELECT max(number) FROM changeset").fetchone()
        last = newest - chance.randint(1, 3)
        db.execute("DELETE FROM change WHERE changeset > ?", (last,))
        db.execute("DELETE FROM changeset WHERE number > ?", (last,))
        rows_stand_as_the_log_says(db)


def written_anew(path: Path, chance: random.Random) -> None:
    """Let an item have had another title from the first, and make every hash that follows fit."""
    with unguarded(path) as db:
        change, changeset, item, after = chance.choice(
            db.execute("SELECT id, changeset, row, after FROM change WHERE noun = 'item' AND before IS NULL").fetchall()
        )
        told = json.dumps(json.loads(after) | {"title": "Another one"}, ensure_ascii=False, separators=(",", ":"))
        db.execute("UPDATE change SET after = ? WHERE id = ?", (told, change))
        db.execute("UPDATE item SET title = 'Another one' WHERE id = ?", (item,))
        chained_anew(db, changeset)


def backed_up(path: Path, recreg: Typed) -> None:
    path.with_name("register.db.backups").mkdir(exist_ok=True)
    assert recreg("backup").code == 0


def seen_with(
    path: Path, made: Path, recreg: Typed, forging: Callable[[Path, random.Random], None], size: int
) -> set[str]:
    """Forge so many registers; by what each of them is found out, or what else is wrong."""
    chance, seen = random.Random(size), set()
    path.write_bytes(made.read_bytes())
    backed_up(path, recreg)
    (backup,) = path.with_name("register.db.backups").iterdir()
    aside = backup.rename(path.with_name("aside.zip"))
    for _ in range(size):
        path.write_bytes(made.read_bytes())
        forging(path, chance)
        alone = recreg("log", "verify", "-f", "table")
        seen.add(f"alone {alone.code} {CANNOT in alone.err}")
        seen.add(f"typed head {recreg('log', 'verify', '--head', head_of(made)).code}")
        aside.rename(backup)
        seen.add(f"backup {recreg('log', 'verify').code}")
        backup.rename(aside)
    return seen


@pytest.fixture
def unminuted(made: Path, tmp_path: Path, recreg: Typed) -> Path:
    """A register without any final paper, which would hold a head of its own."""
    bare = tmp_path / "bare.db"
    bare.write_bytes(made.read_bytes())
    with unguarded(bare) as db:
        db.execute("UPDATE change SET after = json_remove(after, '$.final_hash') WHERE noun = 'meeting'")
        db.execute("UPDATE meeting SET final_hash = NULL")
        chained_anew(db, 2)
    return bare


@promise("C4", of="logs cut off", ci=4, full=100)
def test_c4_a_log_that_was_cut_off_is_found_by_any_head(
    filled: Path, unminuted: Path, recreg: Typed, size: int
) -> None:
    seen = seen_with(filled, unminuted, recreg, cut_off, size)
    assert seen == {"alone 0 True", "typed head 6", "backup 6"}


@promise("C4", of="logs written anew", ci=4, full=100)
def test_c4_a_log_that_was_written_anew_is_found_by_any_head(
    filled: Path, unminuted: Path, recreg: Typed, size: int
) -> None:
    seen = seen_with(filled, unminuted, recreg, written_anew, size)
    assert seen == {"alone 0 True", "typed head 6", "backup 6"}


def test_a_recreg_that_compares_no_heads_is_found_out(
    filled: Path, unminuted: Path, recreg: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "not_in_the_log", lambda *_: iter(()))
    seen = seen_with(filled, unminuted, recreg, cut_off, 1)
    assert seen == {"alone 0 True", "typed head 0", "backup 0"}


@promise("C4")
def test_c4_the_head_that_a_final_paper_rests_on_is_held_against_the_log(filled: Path, recreg: Typed) -> None:
    assert recreg("log", "verify").code == 0
    with unguarded(filled) as db:
        db.execute("UPDATE changeset SET by_whom = 'Somebody else' WHERE number = 2")
        chained_anew(db, 2)
    said = recreg("log", "verify", "-f", "json")
    assert said.code == 6
    (found,) = said.json
    assert found["what"] == "head"
    assert found["message"].startswith("The final paper of “JAC June 2022” ends with changeset 32, and the log has")


@promise("C4")
def test_c4_heads_that_restoring_gave_up_are_accounted_for(filled: Path, recreg: Typed) -> None:
    heads_before, first = [head_of(filled)], filled.with_name("first.zip")
    assert recreg("backup", first).code == 0
    for _ in range(3):
        for words in (["note", "R-0003", "More"], ["note", "R-0003", "And more"], ["backup"]):
            assert recreg(*words).code == 0
        heads_before.append(head_of(filled))
        assert recreg("restore", first, "--force").code == 0
        given = [word for head in heads_before for word in ("--head", head)]
        said = recreg("log", "verify", *given, "-f", "table")
        assert said.code == 0, said.out
    assert "11 noted heads" in said.err
    filled.unlink()
    assert recreg("restore", first).code == 0, "gone, and an older backup is put back"
    assert recreg("log", "verify", *given).code == 0
    assert recreg("log", "verify", "--head", "99/deadbeef").code == 6


@promise("C4")
def test_c4_a_restoring_excuses_no_cut_of_the_log_that_went_on(filled: Path, recreg: Typed) -> None:
    first = filled.with_name("first.zip")
    assert recreg("backup", first).code == 0
    for _ in range(5):
        assert recreg("note", "R-0003", "To be given up").code == 0
    assert recreg("restore", first, "--force").code == 0
    short = filled.read_bytes()
    for _ in range(2):
        assert recreg("note", "R-0003", "Of the log that went on").code == 0
    backed_up(filled, recreg)
    filled.write_bytes(short)
    said = recreg("log", "verify", "-f", "json")
    assert said.code == 6
    assert [(row["what"], row["changeset"]) for row in said.json] == [("head", 44)]
