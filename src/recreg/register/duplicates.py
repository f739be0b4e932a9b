"""What hangs on an item that is closed as a duplicate: it moves to the item it repeats, and stays there."""

from typing import NamedTuple

from recreg.domain.models import Item
from recreg.domain.vocabulary import ClosedAs, counted
from recreg.store.visit import Visit


def move_what_hangs(visit: Visit, item: Item, other: Item) -> None:
    """A duplicate's notes and evidence are the other item's from here on, which is said."""
    notes, links = visit.notes.of(item.known_id), visit.evidence.links(item.known_id)
    for note in notes:
        note.item_id = other.known_id
    theirs = {link.evidence_id for link in visit.evidence.links(other.known_id)}
    for link in links:
        if link.evidence_id in theirs:
            visit.session.delete(link)
        else:
            link.item_id = other.known_id
    if notes or links:
        is_one = len(notes) + len(links) == 1
        visit.say(f"{_told(len(notes), len(links))} {'is' if is_one else 'are'} moved to {other.ref}.")


class ClosedOf(NamedTuple):
    """How an item was closed, and which other item that has to do with."""

    basis: ClosedAs | None
    other_id: int | None


def say_what_stays(visit: Visit, item: Item, closed: ClosedOf) -> None:
    """Say of a duplicate that is opened again what stays with the item that it was closed as one of."""
    if closed.basis != ClosedAs.DUPLICATE or closed.other_id is None:
        return
    kept = {"item": item.known_id, "other": closed.other_id}
    counts = (_MOVED.format(noun=noun) for noun in ("note", "evidence_item"))
    notes, links = (visit.db.execute(count, kept).fetchone()[0] for count in counts)
    if notes or links:
        other, is_one = visit.items.by_id(closed.other_id), notes + links == 1
        visit.say(
            f"{_told(notes, links)} {'stays' if is_one else 'stay'} with {other.ref}, "
            "moved there when it was closed as a duplicate."
        )


_MOVED = """SELECT count(*) FROM {noun} AS held WHERE held.item_id = :other AND EXISTS (
    SELECT 1 FROM change AS c WHERE c.noun = '{noun}' AND c.row = held.id
    AND json_extract(c.before, '$.item_id') = :item AND json_extract(c.after, '$.item_id') = :other)"""


def _told(notes: int, links: int) -> str:
    """So many notes and pieces of evidence, none of those that there are none of."""
    evidence = f"{links} {'piece' if links == 1 else 'pieces'} of evidence"
    return " and ".join(part for part, count in ((counted(notes, "note"), notes), (evidence, links)) if count)
