"""Which items are there? `recreg list`: open and ours unless told otherwise."""

import sqlite3
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from recreg.domain.shown import shown_deadline
from recreg.errors import Mistyped
from recreg.questions import Answer, asked
from recreg.store import references

#: What texts are written with, from the commonest to the rarest; any other sign SQLite does not find sooner.
_RARER = " etaoinshrdlucmfwypvbgkjxqz0123456789"
_APOSTROPHES, _DASHES = "'‘’ʼ", "-‐‑–—"
#: The signs that a report writes in one way and a keyboard in another.
SEVERAL_FORMS = _APOSTROPHES + _DASHES
#: What GLOB takes for each sign that is one of several, or that means something to it.
_ALIKE = {
    **dict.fromkeys(_APOSTROPHES, f"[{_APOSTROPHES}]"),
    **dict.fromkeys(_DASHES, f"[{_DASHES}]"),
    "*": "[*]", "?": "[?]", "[": "[[]",
}  # fmt: skip
#: A word with one of these is looked for by its spelling; LIKE, which is quicker, would take it for something else.
_SPELT = frozenset("%_'-")


class Chosen(NamedTuple):
    """Which items a list is of; what is left out does not choose. ``closed`` and ``ours`` None lift both."""

    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    rag: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    board: tuple[str, ...] = ()
    portfolio: tuple[str, ...] = ()
    inspection: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    no_update_since: date | None = None
    closed: bool | None = False
    ours: bool | None = True

    def filters(self, db: sqlite3.Connection) -> dict[str, Any]:
        """What the SQL takes; raises `NotFound` for a name or reference that is not there."""
        return {
            "kind": self.kind or None,
            "status": self.status or None,
            "rag": self.rag or None,
            "owner": [references.name_meant(db, "person", name)[0] for name in self.owner] or None,
            "board": [references.name_meant(db, "board", name)[0] for name in self.board] or None,
            "portfolio": [references.name_meant(db, "portfolio", name)[0] for name in self.portfolio] or None,
            "inspection": [references.inspection_meant(db, code) for code in self.inspection] or None,
            "parent": [references.item_meant(db, ref).id for ref in self.parent] or None,
            "holding": self._holding(db),
            "no_update_since": self.no_update_since,
            "closed": None if self.closed is None else int(self.closed),
            "ours": None if self.ours is None else int(self.ours),
        }

    def _holding(self, db: sqlite3.Connection) -> list[int] | None:
        """The items that every word stands in; None where there are no words."""
        found: set[int] | None = None
        for word in self.words:
            holding = {number for (number,) in _holding_word(db, word)}
            found = holding if found is None else found & holding
        return None if found is None else sorted(found)


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlalchemy import func, select
    from sqlmodel import col

    from recreg.domain.models import Item
    from recreg.questions.selects import chosen, holding_spelt, holding_word, item_in_words, named

    every = item_in_words().where(*chosen()).order_by(col(Item.id))
    listed = func.json_each(named("holding")).table_valued("value", name="held")
    # Where words are looked for, the few that hold them lead to the rows, and not the other way round.
    return {
        "items": every,
        "items_holding": every.where(col(Item.id).in_(select(listed.c.value))),
        "items_holding_word": holding_word(),
        "items_holding_spelt": holding_spelt(),
    }


def items(db: sqlite3.Connection, chosen: Chosen) -> Answer:
    """The items that were chosen, in the order of their references."""
    return list(items_by_turns(db, chosen))


def items_by_turns(db: sqlite3.Connection, chosen: Chosen) -> Iterator[dict[str, Any]]:
    """The same, each as it is read, for a list that is too long to be held."""
    cursor = asked(db, "items_holding" if chosen.words else "items", **chosen.filters(db))
    names = [name for name, *_ in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        row["ours"], row["mandatory"] = bool(row["ours"]), bool(row["mandatory"])
        yield row


def in_words(row: dict[str, Any]) -> dict[str, Any]:
    """An item's row with its yes and no as such."""
    return row | {"ours": bool(row["ours"]), "mandatory": bool(row["mandatory"])}


def for_people(row: dict[str, Any]) -> dict[str, Any]:
    """An item's row as a table shows it: a deadline of a month as its month, in words."""
    if row.get("deadline_on") is None:
        return row
    day = date.fromisoformat(row["deadline_on"])
    return row | {"deadline_on": shown_deadline(day, row["deadline_precision"], row["deadline_words"])}


def rarest_on(word: str) -> str:
    """A word from its rarest letter on, three letters or more of it: where the word stands, this does too.

    SQLite goes from each first letter of what it looks for to the next, and in English an *e* comes soon.
    """
    return word[max(range(len(word) - 2), key=lambda at: _RARER.find(word[at].lower()), default=0) :]


def spelt(word: str) -> str:
    """A pattern for GLOB of the word in whatever case, with whatever apostrophes and dashes stand in the text.

    LIKE knows the case of English letters alone, and a report's apostrophe is another than a keyboard's.
    """
    return f"*{''.join(_ALIKE.get(sign) or _either_case(sign) for sign in word)}*"


def with_gaps(word: str) -> str:
    """What LIKE can say of a word: any sign where one is no English letter, or has several forms."""
    return "".join("_" if sign in _SPELT or not sign.isascii() else sign for sign in word)


def _either_case(sign: str) -> str:
    both = {sign.lower(), sign.upper()}
    return f"[{''.join(sorted(both))}]" if len(both) == 2 and all(len(each) == 1 for each in both) else sign


def _holding_word(db: sqlite3.Connection, word: str) -> sqlite3.Cursor:
    """The items that a word stands in; raises `Mistyped` for one that is too long."""
    if len(word) > 1000:
        raise Mistyped("A word to look for is longer than 1,000 characters.", "Look for fewer words.")
    if word.isascii() and _SPELT.isdisjoint(word):
        return asked(db, "items_holding_word", word=f"%{word}%", tail=f"%{rarest_on(word)}%")
    kept = unicodedata.normalize("NFC", word)
    return asked(db, "items_holding_spelt", word=spelt(kept), like=f"%{rarest_on(with_gaps(kept))}%")
