"""The triggers that write the log and guard it, generated from the tables as they are.

Every change of every row goes through them, an import's too, and no SQL path goes round them: the
digest is a function that only recreg's connections have, so that another program's write to a
logged table fails instead of passing unlogged.
"""

import re
import sqlite3
from functools import lru_cache
from typing import NamedTuple

#: Tables that are not logged: the log itself and what SQLite and the migrations keep for themselves.
UNLOGGED = {"change", "changeset", "alembic_version", "sqlite_sequence"}
_NEXT = "(SELECT coalesce(max(number), 0) + 1 FROM changeset)"
#: What the triggers of the tables write to; the trigger on it gives each change its digest. A change goes in as
#: VALUES there: what is selected into a table that has triggers SQLite copies first, at some cost to each row.
_ENTRY = "CREATE VIEW log_entry AS SELECT changeset, noun, row, before, after, salt FROM change"


def framed(*fields: str | bytes | int | None) -> bytes:
    """The fields in one run of bytes, each with its length before it, so that no two runs are alike."""
    return b"".join([_framed(field) for field in fields])


def _framed(field: str | bytes | int | None) -> bytes:
    if field is None:
        return b"-;"
    raw = field if isinstance(field, bytes) else str(field).encode()
    return b"%d:%b;" % (len(raw), raw)


#: What is the same in change after change.
_recurring = lru_cache(maxsize=100)(framed)


def digest(salt: bytes | None, changeset: int, noun: str, row: int, before: str | None, after: str | None) -> bytes:
    """SHA-256 of one change and its random salt, which keeps a short value from being guessed; None once redacted."""
    import hashlib  # Most commands ask for no hash.

    fields = _framed(salt), _recurring(changeset, noun), _framed(row), _framed(before), _framed(after)
    return hashlib.sha256(b"".join(fields)).digest()


def allow_writing(db: sqlite3.Connection) -> None:
    """Give this connection the function without which no logged table can be written."""
    db.create_function("recreg_digest", 6, digest)


def logged_tables(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Each logged table with the columns that are stored, generated ones left out."""
    names = [name for (name,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name")]
    return {
        name: [column for _, column, *_, hidden in db.execute(f"PRAGMA main.table_xinfo({name})") if not hidden]
        for name in names
        if name not in UNLOGGED and not name.startswith("sqlite_")
    }


def install(db: sqlite3.Connection) -> None:
    """Write every trigger anew, as after each migration, and the view that they write through."""
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        quoted = name.replace('"', '""')  # Another program may have given it any name.
        db.execute(f'DROP TRIGGER "{quoted}"')
    db.execute("DROP VIEW IF EXISTS log_entry")
    db.execute(_ENTRY)
    for sql in generated(db):
        db.execute(sql)


def generated(db: sqlite3.Connection) -> list[str]:
    """The text of every trigger that the tables call for."""
    logging = [sql for table, columns in logged_tables(db).items() for sql in _logging(db, table, columns)]
    return [*logging, _WRITTEN, *_GUARDS]


def _logging(db: sqlite3.Connection, table: str, columns: list[str]) -> list[str]:
    rest = [column for column in columns if column != "id"]
    added = _entry(table, "NEW.id", "NULL", whole_row(db, table, "NEW", checked=True))
    changed = _entry(table, "NEW.id", _changed(rest, "before"), _changed(rest, "after"))
    removed = _entry(table, "OLD.id", whole_row(db, table, "OLD", checked=False), "NULL")
    kept = f"SELECT raise(ABORT, 'the number of a row of {table} is permanent')"
    return [
        f"CREATE TRIGGER log_{table}_added AFTER INSERT ON {table} BEGIN {added}; END",
        f"CREATE TRIGGER log_{table}_changed AFTER UPDATE ON {table} WHEN {_differs(rest)} BEGIN {changed}; END",
        f"CREATE TRIGGER log_{table}_removed AFTER DELETE ON {table} BEGIN {removed}; END",
        f"CREATE TRIGGER guard_{table}_number BEFORE UPDATE OF id ON {table} WHEN NEW.id <> OLD.id BEGIN {kept}; END",
    ]


def _entry(table: str, row: str, before: str, after: str) -> str:
    return f"INSERT INTO log_entry VALUES ({_NEXT}, '{table}', {row}, {before}, {after}, randomblob(16))"


class _Told(NamedTuple):
    """A column as the log tells of it.

    ``quote`` stands around what needs no escaping: nothing around a number. It is None of free text.
    """

    name: str
    required: bool
    quote: str | None

    def piece(self, side: str, lead: str, tail: str) -> tuple[str, str]:
        """Its piece of the row's pattern, and the SQL of what goes into it: nothing where it is empty."""
        value, key, quote = f"{side}.{self.name}", f'{lead}"{self.name}":', self.quote or ""
        written = f"json_quote({value})" if self.quote is None else value
        if self.required:
            return f"{key}{quote}{'%d' if self.quote == '' else '%s'}{quote}{tail}", written
        # What is joined to NULL is NULL by itself, but json_quote makes a word of it.
        told = f"'{key}{quote}' || {written}" + (f" || '{quote}{tail}'" if quote or tail else "")
        return "%s", told if self.quote is not None else f"CASE WHEN {value} IS NOT NULL THEN {told} END"


def _told(db: sqlite3.Connection, table: str) -> list[_Told]:
    """The columns beside a row's number; numbers need no escaping, nor what a CHECK keeps to days or to words."""
    (sql,) = db.execute("SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    days = re.findall(r"CHECK\s*\((\w+) IS date\(\1, '\+0 days'\)\)", sql)
    words = re.findall(r"CHECK\s*\((\w+) = '[a-z_]+'(?: OR \1 = '[a-z_]+')*\)", sql)
    quotes = dict.fromkeys([*days, *words], '"')
    return [
        _Told(name, bool(required), "" if kind == "INTEGER" else quotes.get(name))
        for _, name, kind, required, *_, hidden in db.execute(f"PRAGMA main.table_xinfo({table})")
        if not hidden and name != "id"
    ]


def whole_row(db: sqlite3.Connection, table: str, side: str, *, checked: bool) -> str:
    """The SQL of a row, or a side of a trigger, as JSON without its empty columns: how the log tells of an addition.

    It is one pattern, into which the columns that are never empty go as they are: a long import spends
    more time on this than on writing the items. Every table of recreg's has such a column, from which the
    others part themselves by their commas; what else was put into the file is told with one too many.
    ``checked`` is of a row of which the CHECKs have just held, as in a trigger. Of any other, every value is
    escaped: one that another program wrote may hold what looks like the rest of its row.
    """
    columns = _told(db, table) if checked else [column._replace(quote=None) for column in _told(db, table)]
    fixed = [*(column.required for column in columns), True].index(True)
    pieces = [
        column.piece(side, "," if place > fixed else "", "," if place < fixed else "")
        for place, column in enumerate(columns)
    ]
    pattern = "".join(piece for piece, _ in pieces)
    return f"printf('{{{pattern}}}', {', '.join(value for _, value in pieces)})"


def _changed(columns: list[str], wanted: str) -> str:
    rows = " UNION ALL ".join(
        f"SELECT '{column}' AS name, OLD.{column} AS before, NEW.{column} AS after" for column in columns
    )
    # BINARY, since a change of case alone in a column without case is a change all the same.
    return f"(SELECT json_group_object(name, {wanted}) FROM ({rows}) WHERE before IS NOT after COLLATE BINARY)"


def _differs(columns: list[str]) -> str:
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column} COLLATE BINARY" for column in columns)


def _never(table: str, what: str) -> str:
    return (
        f"CREATE TRIGGER guard_{table}_{what} BEFORE {what} ON {table} "
        "BEGIN SELECT raise(ABORT, 'the log is only ever added to'); END"
    )


_WRITTEN = (
    "CREATE TRIGGER log_entry_written INSTEAD OF INSERT ON log_entry BEGIN "
    "INSERT INTO change (changeset, noun, row, before, after, salt, digest) "
    "VALUES (NEW.changeset, NEW.noun, NEW.row, NEW.before, NEW.after, NEW.salt, "
    "recreg_digest(NEW.salt, NEW.changeset, NEW.noun, NEW.row, NEW.before, NEW.after)); END"
)
# INSERT OR REPLACE removes rows without firing delete triggers unless recursive_triggers is on, and
# another program need not have it on: hence the guards before every insert.
_GUARDS = [
    _never("change", "UPDATE"),
    _never("change", "DELETE"),
    _never("changeset", "UPDATE"),
    _never("changeset", "DELETE"),
    (
        "CREATE TRIGGER guard_change_in_turn BEFORE INSERT ON change "
        f"WHEN NEW.changeset <> {_NEXT} OR EXISTS (SELECT 1 FROM change WHERE id = NEW.id) "
        "BEGIN SELECT raise(ABORT, 'a change is only ever added to the next changeset'); END"
    ),
    (
        "CREATE TRIGGER guard_changeset_in_turn BEFORE INSERT ON changeset "
        f"WHEN NEW.number <> {_NEXT} "
        "OR NEW.previous_hash <> coalesce((SELECT hash FROM changeset ORDER BY number DESC LIMIT 1), '') "
        "BEGIN SELECT raise(ABORT, 'a changeset is only ever added at the end of the chain'); END"
    ),
]
