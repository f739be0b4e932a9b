"""What a new item is much like: it may have been typed twice, or HMICFRS may ask the same again."""

from sqlite3 import Connection

from recreg.domain.likeness import NEAR, likeness, words_of
from recreg.domain.models import Item
from recreg.register.acts import titled
from recreg.store.visit import Visit

_PROBES = 5
_FOUND = 2
#: Near-identical texts are of about one length, and SQLite skips the others without handing them over.
_CANDIDATES = """
SELECT id, coalesce(text, title) FROM item
WHERE withdrawn_on IS NULL AND id <> ? AND id IS NOT ? AND parent_id IS NOT ?
AND length(coalesce(text, title)) BETWEEN ? AND ? ORDER BY id
"""


def tell_of_likeness(visit: Visit, item: Item) -> None:
    """Say which item a new one is most like, if any is near-identical; never in the way."""
    number = _most_like(visit.db, item)
    if number is None:
        return
    other = visit.items.by_id(number)
    visit.say(
        f"{item.ref} is much like {titled(other)}{' (closed)' if other.closed_on else ''}: "
        f"recreg link {item.ref} --repeats {other.ref}, "
        f'or recreg withdraw {item.ref} --why "typed twice" if it was.'
    )


def _most_like(db: Connection, item: Item) -> int | None:
    text = item.text or item.title
    size = len(text)
    probes = sorted(set(words_of(text)), key=len, reverse=True)[:_PROBES]
    found = 0.0, 0
    family = (item.id, item.parent_id, item.id)
    for number, other in db.execute(_CANDIDATES, (*family, size // 2 - 1, size * 2 + 2)):
        if _shares(probes, other) and (like := likeness(text, other)) > found[0]:
            found = like, number
    return found[1] if found[0] >= NEAR else None


def _shares(probes: list[str], text: str) -> bool:
    """Whether a text has some of the longest words, which costs a fraction of comparing it."""
    folded = text.casefold()
    return sum(probe in folded for probe in probes) >= min(_FOUND, len(probes))
