"""Two items of near-identical texts: one typed twice, or one that HMICFRS asks again.

Where it is on record what two of them have to do with each other, nothing is said. What is said of
several of one text ties them as far as need be: of three, two findings.
"""

from collections.abc import Iterator
from typing import Any

from recreg.domain.likeness import Fingerprints
from recreg.questions import answer
from recreg.questions.check.finding import Asked, Finding, finding


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlalchemy import func
    from sqlmodel import col

    from recreg.domain.models import Item, Link
    from recreg.questions.selects import select_of

    words = func.coalesce(Item.text, Item.title).label("words")
    texts = select_of(Item.id, Item.ref, Item.hmicfrs_ref, Item.title, words, Item.parent_id, Item.closed_on)
    closed_of = select_of(Item.id, col(Item.closed_of_id).label("other_id")).where(col(Item.closed_of_id).is_not(None))
    links = select_of(col(Link.item_id).label("id"), Link.other_id).where(
        col(Link.relation).in_(["repeats", "related"])
    )
    return {
        "texts": texts.where(col(Item.withdrawn_on).is_(None)).order_by(col(Item.id)),
        "texts_tied": links.union_all(closed_of),
    }


class _Tied:
    """Which items are known to belong together, through as many others as it takes."""

    def __init__(self) -> None:
        self._of: dict[int, int] = {}

    def tie(self, one: int, other: int) -> bool:
        """Tie two items; whether they were not tied before."""
        first, second = sorted((self._root(one), self._root(other)))
        self._of[second] = first
        return first != second

    def _root(self, item: int) -> int:
        while (above := self._of.get(item, item)) != item:
            self._of[item] = self._of.get(above, above)
            item = above
        return item


def near_identical(asked: Asked) -> Iterator[Finding]:
    """RR113: the later item against the first one that it is near-identical to."""
    tied, fingerprints, met = _Tied(), Fingerprints[int](), dict[int, dict[str, Any]]()
    for link in answer(asked.db, "check/texts_tied"):
        tied.tie(link["id"], link["other_id"])
    for row in answer(asked.db, "check/texts"):
        for number in fingerprints.meet(row["id"], row.pop("words")):
            other = met[number]
            family = row["parent_id"] == number or other["parent_id"] == row["id"]
            if not family and tied.tie(row["id"], number):
                yield finding(row, *_told(row, other))
        met[row["id"]] = row


def _told(row: dict[str, Any], other: dict[str, Any]) -> tuple[str, str]:
    number = f" {other['hmicfrs_ref']}" if other["hmicfrs_ref"] else ""
    closed = ", which is closed" if other["closed_on"] else ""
    said = f"The text of {row['ref']} is much like that of {other['ref']}{number} “{other['title']}”{closed}."
    typed_twice = f'recreg withdraw {row["ref"]} --why "typed twice"'
    return said, f"recreg link {row['ref']} --repeats {other['ref']}, or {typed_twice} if it was"
