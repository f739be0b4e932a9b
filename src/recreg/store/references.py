"""What a typed reference or name means in this register; both roads ask here.

An item is known by its own permanent reference (R-0001) and by HMICFRS's number, in any case. An
HMICFRS number may be shared by a cause of concern and its children.
"""

import difflib
import re
import sqlite3
import unicodedata
from collections.abc import Container, Iterable
from typing import NamedTuple

from recreg.domain.text import much_alike, name_key, shell_word
from recreg.errors import NotFound, Refused

_OWN = re.compile(r"(?P<letter>[RVNE])-(?P<number>\d{4,9})", re.ASCII | re.IGNORECASE)
_LETTERS = {"R": "item", "V": "review", "N": "note", "E": "evidence"}


class Found(NamedTuple):
    """An item that a reference means."""

    id: int
    ref: str
    title: str
    kind: str


def looks_like_own(typed: str) -> bool:
    """Whether it has the shape of the register's own references of items."""
    return bool(re.fullmatch(r"R-\d+", typed.strip(), re.ASCII | re.IGNORECASE))


def _as_kept(typed: str) -> str:
    """What was typed in the form that texts are kept in."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def items_meant(db: sqlite3.Connection, typed: str) -> list[Found]:
    """Every item that the reference means, withdrawn ones by their own reference only.

    Raises `NotFound` with the nearest references where there is none.
    """
    own = _OWN.fullmatch(typed.strip())
    if own and own["letter"].upper() == "R":
        rows = db.execute("SELECT id, ref, title, kind FROM item WHERE id = ?", (int(own["number"]),))
    else:
        rows = db.execute(
            "SELECT id, ref, title, kind FROM item WHERE hmicfrs_ref = ? AND withdrawn_on IS NULL ORDER BY id",
            (_as_kept(typed),),
        )
    found = [Found(*row) for row in rows]
    if not found:
        raise NotFound(f"There is no item {typed}.", _nearest_items(db, typed))
    return found


def item_meant(db: sqlite3.Connection, typed: str) -> Found:
    """The one item that the reference means; raises `NotFound` with the candidates if there are more."""
    found = items_meant(db, typed)
    if len(found) > 1:
        from recreg.domain.vocabulary import in_words  # Few numbers mean several items.

        listed = "; ".join(f"{item.ref} {in_words(item.kind)} “{item.title}”" for item in found)
        raise NotFound(f"{typed} means {len(found)} items: {listed}.", "Type the R- reference of the one you mean.")
    return found[0]


def row_meant(db: sqlite3.Connection, typed: str, *nouns: str) -> tuple[str, int]:
    """The review, note or evidence that V-0001, N-0001 or E-0001 means, as (noun, number)."""
    own = _OWN.fullmatch(typed.strip())
    noun = _LETTERS[own["letter"].upper()] if own else ""
    shapes = " or ".join(f"{letter}-0001" for letter, each in _LETTERS.items() if each in nouns)
    if own is None or noun not in nouns:
        raise NotFound(f"There is no {' or '.join(nouns)} {typed}.", f"Its reference is written {shapes}.")
    number = int(own["number"])
    if not db.execute(f"SELECT 1 FROM {noun} WHERE id = ?", (number,)).fetchone():
        (last,) = db.execute(f"SELECT max(ref) FROM {noun}").fetchone()
        raise NotFound(f"There is no {noun} {typed}.", f"The newest is {last}." if last else f"There is no {noun} yet.")
    return noun, number


def row_ever_meant(db: sqlite3.Connection, typed: str) -> tuple[str, int]:
    """What any reference means, as (noun, number), also where only the log remembers it; raises `NotFound`."""
    own = _OWN.fullmatch(typed.strip())
    if own is None:
        return "item", item_meant(db, typed).id
    noun, number = _LETTERS[own["letter"].upper()], int(own["number"])
    if not db.execute("SELECT 1 FROM change WHERE noun = ? AND row = ?", (noun, number)).fetchone():
        raise NotFound(f"There is no {noun} {typed}.", "recreg history REF tells of an item and all that hangs on it.")
    return noun, number


def name_meant(db: sqlite3.Connection, noun: str, typed: str) -> tuple[int, str]:
    """The person, board, portfolio or meeting of that name, whatever its case, spaces and punctuation."""
    known = names(db, noun)
    if found := known.get(name_key(typed)):
        return found
    raise NotFound(f"There is no {noun} “{typed}”.", nearest_names(noun, typed, (name for _, name in known.values())))


def refuse_a_slip(
    db: sqlite3.Connection,
    noun: str,
    typed: str,
    *,
    apart_from: int | None = None,
    among: Container[str] | None = None,
) -> None:
    """Raise `Refused` where a new name is much like a known one, which it is likely to be a slip for.

    ``among`` are the keys of the names to look through; every one unless given.
    """
    kept = names(db, noun)
    others = (name for key, (number, name) in kept.items() if number != apart_from and (among is None or key in among))
    if known := next((name for name in others if much_alike(typed, name)), None):
        raise Refused(
            f"“{typed}” is not known, and is much like the {noun} “{known}”.",
            f"Type {shell_word(known)}, or add --new if “{typed}” is another {noun}.",
        )


def names(db: sqlite3.Connection, noun: str) -> dict[str, tuple[int, str]]:
    """Every name of the noun by its key, as (number, name)."""
    return {key: (number, name) for number, key, name in db.execute(f"SELECT id, name_key, name FROM {noun}")}


def inspection_meant(db: sqlite3.Connection, typed: str) -> int:
    """The inspection of that code, in any case; raises `NotFound` with the nearest codes."""
    row = db.execute("SELECT id FROM inspection WHERE code = ?", (_as_kept(typed),)).fetchone()
    if row:
        return int(row[0])
    codes = [code for (code,) in db.execute("SELECT code FROM inspection ORDER BY code")]
    near = difflib.get_close_matches(typed, codes, n=3, cutoff=0.4)
    raise NotFound(
        f"There is no inspection {typed}.",
        f"Nearest: {', '.join(map(shell_word, near))}." if near else "recreg inspection list shows those there are.",
    )


def _nearest_items(db: sqlite3.Connection, typed: str) -> str:
    known = {ref: ref for (ref,) in db.execute("SELECT ref FROM item WHERE withdrawn_on IS NULL")}
    known |= {
        number: f"{number} ({ref})"
        for number, ref in db.execute(
            "SELECT hmicfrs_ref, ref FROM item WHERE hmicfrs_ref IS NOT NULL AND withdrawn_on IS NULL"
        )
    }
    near = difflib.get_close_matches(typed.upper(), known, n=3, cutoff=0.5)
    if near:
        return f"Nearest: {', '.join(known[name] for name in near)}."
    return "recreg list shows the references there are."


def nearest_names(noun: str, typed: str, known: Iterable[str]) -> str:
    """The names of the noun that are nearest to one that is none, or where they are listed."""
    near = difflib.get_close_matches(typed, list(known), n=3, cutoff=0.4)
    return f"Nearest: {', '.join(map(shell_word, near))}." if near else f"recreg {noun} list shows those there are."
