"""`recreg migrate`: whole or not at all, after a backup; an upgraded register is the same as a fresh one."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from conftest import Typed, is_sound
from promising import promise
from recreg.store import schema
from recreg.store.log import Act
from recreg.store.triggers import generated

ACT = Act("migrate", "Liaison Officer", date(2022, 9, 29))


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The migrations, to which a test adds one of its own."""
    return Path(shutil.copytree(schema.scripts_folder(), tmp_path / "migrations"))


def next_migration(scripts: Path, *statements: str) -> None:
    newest = max(int(file.name[:4]) for file in (scripts / "versions").glob("[0-9]*.py"))
    body = "\n".join(f"    op.execute({sql!r})" if "(" in sql or " " in sql else f"    {sql}" for sql in statements)
    (scripts / "versions" / f"{newest + 1:04d}_next.py").write_text(
        f"from alembic import op\n\nrevision = '{newest + 1:04d}'\ndown_revision = '{newest:04d}'\n\n\n"
        f"def upgrade() -> None:\n{body}\n"
    )


def dump(file: Path) -> list[str]:
    """All that a register holds, as SQL."""
    with closing(sqlite3.connect(file)) as db:
        return list(db.iterdump())


def test_a_current_register_is_left_alone(recreg: Typed, register: Path) -> None:
    before = register.read_bytes()
    said = recreg("migrate")
    assert said.code == 0
    assert "Nothing was changed" in said.err
    assert register.read_bytes() == before


def test_an_older_register_is_brought_up_after_a_backup_that_opens(
    recreg: Typed, register: Path, scripts: Path
) -> None:
    recreg("add", "--kind", "afi", "--title", "kept")
    before = dump(register)
    next_migration(
        scripts,
        "ALTER TABLE item ADD COLUMN colour TEXT",
        "CREATE TABLE song (id INTEGER PRIMARY KEY, title TEXT) STRICT",
    )
    kept = schema.migrate(register, ACT, scripts)
    assert kept is not None
    assert dump(kept) == before
    assert kept.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(register)) as db:
        assert db.execute("SELECT title, colour FROM item").fetchall() == [("kept", None)]
        assert db.execute("SELECT command FROM changeset ORDER BY number DESC").fetchone() == ("migrate",)
        written = {sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
        assert written == set(generated(db)), "the triggers follow the tables"
        assert any("log_song_added" in sql for sql in written)
    assert is_sound(register)


@promise("H1")
@pytest.mark.parametrize(
    "fault", ["SELECT no_such_function()", "raise SystemExit(9)", "INSERT INTO nowhere VALUES (1)"]
)
def test_h1_a_migration_that_dies_half_way_leaves_the_register_as_it_was_and_can_be_run_again(
    fault: str, recreg: Typed, register: Path, scripts: Path
) -> None:
    recreg("add", "--kind", "afi", "--title", "kept")
    before = register.read_bytes()
    next_migration(scripts, "ALTER TABLE item ADD COLUMN colour TEXT", fault)
    with pytest.raises((Exception, SystemExit)):
        schema.migrate(register, ACT, scripts)
    assert register.read_bytes() == before
    (scripts / "versions" / "0002_next.py").unlink(missing_ok=True)
    for leftover in (scripts / "versions").glob("*_next.py"):
        leftover.unlink()
    next_migration(scripts, "ALTER TABLE item ADD COLUMN colour TEXT")
    assert schema.migrate(register, ACT, scripts) is not None
    assert is_sound(register)


def test_a_migration_that_would_leave_rows_pointing_nowhere_is_refused(
    recreg: Typed, register: Path, scripts: Path
) -> None:
    recreg("add", "--kind", "afi", "--title", "kept", "--owner", "Head of PPU")
    before = register.read_bytes()
    next_migration(scripts, "DROP TRIGGER log_person_removed", "DELETE FROM person")
    with pytest.raises(Exception, match="points at a row of person that is not there"):
        schema.migrate(register, ACT, scripts)
    assert register.read_bytes() == before
