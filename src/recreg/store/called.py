"""How a sentence names a row of the register, and fields of one."""

import sqlite3

from recreg.domain.cells import field_shown

#: The column that a noun is called by, where it has no reference.
_NAMED = {
    "person": "name",
    "board": "name",
    "portfolio": "name",
    "meeting": "name",
    "inspection": "code",
    "setting": "name",
    "rag_key": "colour",
}
_WITH_REFERENCE = {"item", "review", "note", "evidence"}


def called(db: sqlite3.Connection, noun: str, row: int) -> str:
    """A row as a sentence names it: R-0001, the person “Head of PPU”, the inspection SAC-2022."""
    if noun == "link":
        return _link_called(db, row)
    if noun == "evidence_item":
        return _evidence_called(db, row)
    if noun not in {*_NAMED, *_WITH_REFERENCE}:
        return f"Row {row} of {noun}"
    found = db.execute(f"SELECT {_NAMED.get(noun, 'ref')} FROM {noun} WHERE id = ?", (row,)).fetchone()
    if not found:
        return f"A {noun} that is no longer there"
    return f"The {noun} “{found[0]}”" if noun in _NAMED else str(found[0])


def _link_called(db: sqlite3.Connection, row: int) -> str:
    query = "SELECT printf('The link of R-%04d to R-%04d', item_id, other_id) FROM link WHERE id = ?"
    found = db.execute(query, (row,)).fetchone()
    return str(found[0]) if found else "A link"


def _evidence_called(db: sqlite3.Connection, row: int) -> str:
    query = "SELECT e.ref FROM evidence_item AS x JOIN evidence AS e ON e.id = x.evidence_id WHERE x.id = ?"
    found = db.execute(query, (row,)).fetchone()
    return f"The evidence {found[0]}" if found else "A piece of evidence"


def field_names(fields: set[str] | None) -> str:
    """Fields as a sentence names them; all of them where the row itself came or went."""
    return "all of it" if fields is None else ", ".join(sorted(field_shown(field) for field in fields))
