"""Acts on what items have to do with each other."""

from recreg.domain.links import object_to_going_round, object_to_link
from recreg.domain.models import Item, Link
from recreg.domain.status import status_of
from recreg.domain.vocabulary import READS, Relation, Status
from recreg.errors import Mistyped, Objections
from recreg.register.acts import Acts, Done, titled
from recreg.store.days import adding_of
from recreg.store.visit import Visit


class LinkActs(Acts):
    """An item that repeats another, was escalated from it, or is related to it."""

    def link(
        self, ref: str, *, repeats: str | None = None, escalated_from: str | None = None, related: str | None = None
    ) -> Done:
        """Say what an item has to do with another; no date, rating or status of either changes."""
        given = {Relation.REPEATS: repeats, Relation.ESCALATED_FROM: escalated_from, Relation.RELATED: related}
        chosen = [(relation, other) for relation, other in given.items() if other]
        if len(chosen) != 1:
            raise Mistyped("A link is of one sort.", "Add --repeats REF, --escalated-from REF or --related REF.")
        ((relation, to),) = chosen
        with self.visit("link") as visit:
            item, other = visit.items.get(ref), visit.items.get(to)
            objections = Objections()
            object_to_link(item, relation, other, objections)
            object_to_way_back(visit, item, relation, other, objections)
            objections.settle()
            _tie(visit, item, relation, other)
        return self.done(visit)


def object_to_way_back(visit: Visit, item: Item, relation: Relation, other: Item, objections: Objections) -> None:
    """Object where the other item already repeats this one, or one that repeats it."""
    back = [] if relation == Relation.RELATED or item.id == other.id else _way_back(visit, item, relation, other)
    if back:
        line = [visit.items.by_id(number) for number in (other.known_id, *(link.other_id for link in back))]
        linked_by = adding_of(visit.db, "link", back[0].known_id)
        object_to_going_round(item, relation, line, linked_by, objections)


def _way_back(visit: Visit, item: Item, relation: Relation, other: Item) -> list[Link]:
    """The links of the sort that lead from the other item to this one, one after the other; none where none do."""
    links = [link for link in visit.links.all() if link.relation == relation]
    ways: dict[int, list[Link]] = {other.known_id: []}
    to_follow = [other.known_id]
    while to_follow and item.known_id not in ways:
        here = to_follow.pop(0)
        for link in links:
            if link.item_id == here and link.other_id not in ways:
                ways[link.other_id] = [*ways[here], link]
                to_follow.append(link.other_id)
    return ways.get(item.known_id, [])


def _tie(visit: Visit, item: Item, relation: Relation, other: Item) -> None:
    reads, _ = READS[relation]
    visit.say(f"{titled(item)} {reads} {titled(other)}.")
    known = visit.links.between(item, relation, other)
    if relation == Relation.RELATED:
        known = known or visit.links.between(other, relation, item)
    if known is None:
        visit.links.add(Link(item_id=item.known_id, relation=relation, other_id=other.known_id))
    if relation == Relation.ESCALATED_FROM and status_of(other) != Status.CLOSED:
        visit.say(
            f"{other.ref} is still open. What was escalated closes as superseded: "
            f'recreg close {other.ref} --as superseded --of {item.ref} --why "…" --decided-by hmicfrs --letter …'
        )
