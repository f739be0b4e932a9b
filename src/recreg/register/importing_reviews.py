"""Rows of reviews and of links: a review of a known item moves its clock, as one that is typed does."""

from operator import itemgetter
from typing import Any

from recreg.domain import reviews
from recreg.domain.links import object_to_link
from recreg.domain.models import Item, Link, Review
from recreg.domain.noun_rows import NounRow
from recreg.domain.vocabulary import Relation
from recreg.errors import Objections
from recreg.register.arriving_nouns import Taking
from recreg.register.importing_records import ItemsMeant, Meant, TakingRecords
from recreg.register.linking import object_to_way_back

_FOUND = ("found_last_on", "found_anchor_on", "found_round")


class TakingReviews(TakingRecords):
    """Reviews that were held."""

    noun_in_file, model, identity = "review", Review, ("item_id", "held_on", "note")

    def check(self, row: NounRow) -> None:
        """Object to a review of a day when its item was not there yet, or was closed."""
        super().check(row)
        item = self.items.get(row.says["item"])
        self.check_day(row, "held_on", "reviewed")
        if row.says["held_on"] < item.added_on and not self.items.was_held(item):
            sentence = f"{item.ref} was added on {item.added_on}, so no review of it was held before."
            self.object(row, "held_on", sentence)
        if "met_on" in row.says and "met_with" not in row.says:
            self.object(row, "met_with", "The meeting has a day and nobody in it.")

    def completed(self, says: dict[str, Any]) -> dict[str, Any]:
        """Not on a kept schedule, and with whom was met on the day of the review, unless told."""
        says = {"kept_schedule": 0} | says
        if says.get("met_with"):
            says = {"met_on": says["held_on"]} | says
        says["kept_schedule"] = bool(says["kept_schedule"])
        return super().completed(says)

    def write(self, new: list[tuple[NounRow, Any]]) -> None:
        """Write the reviews, and count from each in the order of their days, unless its item says where it stands."""
        for row, review in sorted(new, key=lambda each: (each[1].held_on, int(each[1].id))):
            if not self._is_counted(self.items.get(row.says["item"])):
                for key in _FOUND:
                    setattr(review, key, None)
                reviews.hold(self.visit.items.by_id(review.item_id), review)
        super().write(new)

    def _is_counted(self, item: Meant) -> bool:
        """Whether the item came along with its clock as these reviews left it, and they with the clock they found."""
        return self.items.came_along(item) and bool(set(_FOUND) & set(self.rows.source.keys))


class TakingLinks(Taking):
    """What items have to do with each other."""

    items: ItemsMeant

    def take(self) -> None:
        """Take every row, by the rules of `recreg link`."""
        self._known = {(link.item_id, str(link.relation), link.other_id) for link in self.visit.links.all()}
        for row in self.sound_rows():
            if not self.lacks(row):
                self.attempt(row, lambda row=row: self._one(row))  # type: ignore[misc]

    def _one(self, row: NounRow) -> None:
        item, relation, other = itemgetter("item", "relation", "other")(row.says)
        ends = self.items.get(item), self.items.get(other)
        here, back = (ends[0].id, relation, ends[1].id), (ends[1].id, relation, ends[0].id)
        if here in self._known or (relation == Relation.RELATED and back in self._known):
            self.tally.unchanged += 1
            return
        if not all(self.items.was_held(end) for end in ends):
            item_here, item_there = (self.visit.items.by_id(end.id) for end in ends)
            self._object_as_link_does(item_here, item_there, Relation(relation))
        self._known.add(here)
        self.visit.links.add(Link(item_id=ends[0].id, relation=Relation(relation), other_id=ends[1].id))
        self.tally.added += 1

    def _object_as_link_does(self, item: Item, other: Item, relation: Relation) -> None:
        objections = Objections()
        object_to_link(item, relation, other, objections)
        object_to_way_back(self.visit, item, relation, other, objections)
        objections.settle()
