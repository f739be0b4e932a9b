"""What an item has to do with another: which links make sense."""

from recreg.domain.lifecycle import object_unless_there
from recreg.domain.models import Item
from recreg.domain.vocabulary import READS, Kind, Relation
from recreg.errors import Objections


def object_to_link(item: Item, relation: Relation, other: Item, objections: Objections) -> None:
    """Object to a link of an item to itself or to a withdrawn one, and to an escalation that is none.

    What HMICFRS escalates is an area for improvement, which becomes a cause of concern: a new item.
    """
    if item.id == other.id:
        objections.add(f"{item.ref} cannot be linked to itself.", "Give another reference.")
    for each in (item, other):
        object_unless_there(each, objections, "linked")
    if relation == Relation.ESCALATED_FROM and (item.kind, other.kind) != (
        Kind.CAUSE_OF_CONCERN,
        Kind.AREA_FOR_IMPROVEMENT,
    ):
        objections.add(
            f"A cause of concern is escalated from an area for improvement; {item.ref} and {other.ref} are not these.",
            "--repeats or --related links any two items.",
        )


def object_to_going_round(
    item: Item, relation: Relation, line: list[Item], linked_by: int, objections: Objections
) -> None:
    """Object to a link to the first of a line of items, each linked so to the next, that leads back to the item.

    What repeats another comes after it, and so does what was escalated: no two items come each after the other.
    """
    reads, _ = READS[relation]
    leads = f"{line[0].ref} {reads} " + f", which {reads} ".join(str(one.ref) for one in line[1:])
    objections.add(
        f"{leads}: {item.ref} and {line[0].ref} cannot be linked the other way round too.",
        f"Where the link that is there is the wrong one, recreg undo {linked_by} takes it away; then link them anew.",
    )
