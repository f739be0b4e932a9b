"""A row of a sheet that came back, and which item it means: its reference's, unless what stands beside it gainsays."""

from dataclasses import dataclass

from recreg.domain.lifecycle import object_unless_live
from recreg.domain.models import Item
from recreg.domain.text import name_key, short_title, visible
from recreg.errors import NotFound, Objections, RecregError
from recreg.store.days import entries
from recreg.store.visit import Visit


@dataclass(frozen=True)
class Minute:
    """A row of a board's sheet as it was filled in: where it stands, its answers, what is wrong with its cells.

    ``drawn_at`` is the newest changeset when the sheet was written: the same words recorded before then
    are another board's. ``hmicfrs_ref`` and ``title`` are what the sheet says of the item, where it does.
    """

    place: str
    number: int
    ref: str = ""
    outcome: str = ""
    position: str = ""
    rag: str = ""
    why: str = ""
    faults: tuple[str, ...] = ()
    drawn_at: int | None = None
    hmicfrs_ref: str = ""
    title: str = ""


def item_of(visit: Visit, row: Minute, met: dict[int, Minute], act: str) -> tuple[Item | None, list[str]]:
    """The item that a row is of, with what is wrong about that; ``met`` are the rows of its sheet before."""
    if not row.ref:
        empty = f"{row.place}, Reference is empty: it is the R- reference of the item, or HMICFRS's number."
        return None, [] if row.faults else [empty]
    try:
        item = visit.items.get(row.ref)
    except NotFound as error:
        return None, [told(row, "Reference", row.ref, error)]
    if gainsaid := _gainsaid(visit, row, item):
        return None, [gainsaid]
    objections = Objections()
    object_unless_live(item, objections, act)
    found = [f"{at(row, 'Reference', row.ref)} {sentence}" for sentence in objections.sentences]
    if other := met.get(item.known_id):
        found.append(f"{at(row, 'Reference', row.ref)} {item.ref} is in row {other.number} too: an item has one row.")
    met.setdefault(item.known_id, row)
    return item, found


def at(row: Minute, column: str, typed: str) -> str:
    """The place of a cell and what stands in it, as a sentence about it begins."""
    return f"{row.place}, {column} “{short_title(typed)}”:"


def told(row: Minute, column: str, typed: str, error: RecregError) -> str:
    """What is wrong with a cell, and what to do about it."""
    return " ".join([at(row, column, typed), *error.sentences, error.hint]).strip()


def _gainsaid(visit: Visit, row: Minute, item: Item) -> str:
    """What a row says of itself that its reference gainsays, so that its answers may be on either item; else empty."""
    ref, cure = f"{item.ref}, the row's Reference,", "Put right whichever is wrong."
    if whose := _whose_number(visit, row.hmicfrs_ref, item):
        own = f"the number {item.hmicfrs_ref}" if item.hmicfrs_ref else "no number of HMICFRS's"
        return f"{at(row, 'HMICFRS', row.hmicfrs_ref)} it is {whose}, and {ref} has {own}. {cure}"
    if whose := _whose_title(visit, row, item):
        return f"{at(row, 'Title', row.title)} it is {whose}, and {ref} is “{short_title(item.title)}”. {cure}"
    return ""


def _whose_number(visit: Visit, number: str, item: Item) -> str:
    """Whose number a row has, where it is not its item's and never was: to be said of it, empty where all is well."""
    if not any(map(str.isalnum, number)) or _alike(number, item.hmicfrs_ref):
        return ""
    if holders := visit.items.holders_of(number):
        return f"the number of {', '.join(str(each.ref) for each in holders)}"
    if item.hmicfrs_ref and _figures(number) == _figures(item.hmicfrs_ref):
        return ""  # A spreadsheet takes away the zeros that a number begins with.
    earlier = entries(visit.db, "c.noun = 'item' AND c.row = ?", (item.known_id,))
    was_its_own = any(entry.before and _alike(number, entry.before.get("hmicfrs_ref")) for entry in earlier)
    return "" if was_its_own else "no item's number"


def _whose_title(visit: Visit, row: Minute, item: Item) -> str:
    """Whose title a row has, where it is exactly another item's and not its own, now or since the sheet was drawn.

    Another title alone says nothing: it may have been put right since, here or on the sheet.
    """
    if not row.title or _alike(row.title, item.title) or _titled_since(visit, row, "c.row = ?", item.known_id):
        return ""
    elsewhere = "c.row <> ? AND json_extract(c.before, '$.title') = ?"
    now = visit.db.execute("SELECT id FROM item WHERE title = ?", (row.title,)).fetchall()
    others = sorted({number for (number,) in now} | _titled_since(visit, row, elsewhere, item.known_id, row.title))
    # One whose adding was undone since is in no list of items any more.
    found = [ref for each in others for (ref,) in visit.db.execute("SELECT ref FROM item WHERE id = ?", (each,))]
    return f"the title of {', '.join(found)}" if found else ""


def _titled_since(visit: Visit, row: Minute, which: str, *values: int | str) -> set[int]:
    """The items that had a row's title when its sheet was drawn, or since, and have another one by now."""
    if row.drawn_at is None:
        return set()
    changed = entries(visit.db, f"s.number > ? AND c.noun = 'item' AND {which}", (row.drawn_at, *values))
    return {entry.row for entry in changed if _alike(row.title, (entry.before or {}).get("title"))}


def _alike(shown: str, kept: str | None) -> bool:
    """Whether a cell shows what the register keeps, whatever its case and spaces."""
    return kept is not None and name_key(shown) == name_key(visible(kept))


def _figures(number: str) -> str:
    return number.lstrip("0")
