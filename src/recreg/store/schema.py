"""Making a register and bringing an older one up to date, whole or not at all.

Alembic's default leaves a migration that dies half-way half done, for ever: so the transaction is
ours, from BEGIN IMMEDIATE to COMMIT, with foreign keys off before it begins (inside it the pragma
does nothing) and checked before it ends.
"""

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import recreg
from recreg.errors import Unusable
from recreg.store import triggers
from recreg.store.backup import keep_copy
from recreg.store.file import (
    APPLICATION_ID,
    SCHEMA_NUMBER,
    connect_for_writing,
    create_empty,
    refuse_to_overwrite,
    told_plainly,
)
from recreg.store.lasting import make_lasting
from recreg.store.log import Act, seal
from recreg.store.proof import faults, schema_hash

if TYPE_CHECKING:
    from sqlalchemy import Connection


def scripts_folder() -> Path:
    """Where the migrations are: inside the installed package, or beside ``src`` in a checkout."""
    package = Path(recreg.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parents[1] / "migrations"


def create(path: Path, settings: dict[str, str], act: Act) -> None:
    """Make a new register with its first changeset, whole or not at all.

    It is made under a passing name and appears under its own when it is done; raises `Refused`
    where a file stands already.
    """
    with told_plainly(path):
        refuse_to_overwrite(path)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
        try:
            create_empty(unfinished, APPLICATION_ID)
            _upgrade(unfinished, scripts_folder(), act, settings, known_as=path)
            appear(unfinished, path)
        finally:
            for leftover in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
                leftover.unlink(missing_ok=True)


def appear(unfinished: Path, path: Path) -> None:
    """Give the file its own name, for good, unless somebody else took it meanwhile."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        refuse_to_overwrite(path)
    except OSError:  # A disk without hard links.
        refuse_to_overwrite(path)
        unfinished.rename(path)
    make_lasting(path.parent)


def migrate(path: Path, act: Act, scripts: Path | None = None) -> Path | None:
    """Bring an older register up to this recreg; the copy made before, or None if it is current.

    Raises `Unusable` where the register would not come out sound; it is then as it was before.
    """
    scripts = scripts or scripts_folder()
    if _schema_of(path) >= _newest(scripts):
        return None
    kept = keep_copy(path, "before-migrate")
    _upgrade(path, scripts, act, {})
    return kept


def bring_up(path: Path, act: Act) -> None:
    """Bring a register up to this recreg that is a copy itself, so that none of it is kept."""
    if _schema_of(path) < SCHEMA_NUMBER:
        _upgrade(path, scripts_folder(), act, {})


def _upgrade(
    path: Path, scripts: Path, act: Act, settings: dict[str, str], known_as: Path | None = None
) -> None:  # fmt: skip
    from recreg.store.engine import database_errors_told, driver, writing_engine

    with database_errors_told(known_as or path), writing_engine(path, any_schema=True).begin() as connection:
        _run_migrations(connection, scripts)
        db = driver(connection)
        triggers.install(db)
        for name, value in settings.items():
            db.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))
        _note_schema(db)
        seal(db, act)
        _must_be_sound(db)


def _run_migrations(connection: "Connection", scripts: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _note_schema(db: sqlite3.Connection) -> None:
    """Say in the file's head, and in the log, which migration was the last."""
    (revision,) = db.execute("SELECT version_num FROM alembic_version").fetchone()
    _keep(db, "schema", revision)
    _keep(db, "schema_sha256", schema_hash(db))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {int(revision)}")


def _keep(db: sqlite3.Connection, name: str, value: str) -> None:
    kept = db.execute("UPDATE setting SET value = ? WHERE name = ?", (value, name))
    if not kept.rowcount:
        db.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))


def _must_be_sound(db: sqlite3.Connection) -> None:
    """Raise `Unusable` unless what is about to be committed passes the whole proof."""
    found = next(faults(db), None)
    if found:
        raise Unusable(f"The migration would leave the register unsound; nothing was changed. {found.message}")


def _schema_of(path: Path) -> int:
    db = connect_for_writing(path, any_schema=True)
    try:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
    finally:
        db.close()


def _newest(scripts: Path) -> int:
    return max(int(script.name.split("_")[0]) for script in (scripts / "versions").glob("[0-9]*.py"))
