"""How an item stands and may move: status, ownership, what counts in a figure."""

from collections.abc import Iterable
from datetime import date

from recreg.domain.dates import spoken
from recreg.domain.models import Inspection, Item
from recreg.domain.vocabulary import Acceptance, InspectionType, Kind, Status, in_words, with_article
from recreg.errors import Objections


def status_of(item: Item) -> Status:
    """Where the item stands, from its own dates; the register file derives the very same."""
    if item.closed_on:
        return Status.CLOSED
    if item.submitted_on:
        return Status.SUBMITTED
    if item.completed_on:
        return Status.COMPLETE
    return Status.IN_PROGRESS if item.owner_id and item.board_id else Status.NEW


def object_unless_live(item: Item, objections: Objections, act: str) -> None:
    """Object to an act on an item that is withdrawn or closed."""
    if item.withdrawn_on:
        objections.add(
            f"{item.ref} was withdrawn on {spoken(item.withdrawn_on)}: it cannot be {act}.",
            f"recreg history {item.ref} tells why.",
        )
    elif item.closed_on:
        objections.add(
            f"{item.ref} was closed on {spoken(item.closed_on)}: it cannot be {act}.",
            f"recreg show {item.ref} tells on what basis.",
        )


def object_unless_in_force_hands(item: Item, objections: Objections, act: str) -> None:
    """Object to an act on an item that is withdrawn, closed or with HMICFRS."""
    object_unless_live(item, objections, act)
    if status_of(item) == Status.SUBMITTED and item.submitted_on:
        objections.add(
            f"{item.ref} has been with HMICFRS since {spoken(item.submitted_on)}: it cannot be {act}.",
            f"recreg show {item.ref} tells more.",
        )


def object_to_parent(item: Item, parent: Item, ancestors: Iterable[Item], objections: Objections) -> None:
    """Object to a parent that cannot hold this item.

    A cause of concern contains recommendations; any other parent is split into parts of its kind.
    """
    line = list(ancestors)
    if item.id is not None and any(one.id == item.id for one in [parent, *line]):
        objections.add(f"{item.ref} would be its own ancestor.", "Give another --parent.")
    elif item.kind == Kind.CAUSE_OF_CONCERN:
        objections.add("A cause of concern has no parent: it contains recommendations.", "Leave --parent out.")
    elif parent.kind == Kind.CAUSE_OF_CONCERN and item.kind != Kind.RECOMMENDATION:
        objections.add(
            f"{parent.ref} is a cause of concern, and contains recommendations only.",
            "Give --kind recommendation, or leave --parent out.",
        )
    elif parent.kind not in {Kind.CAUSE_OF_CONCERN, item.kind}:
        objections.add(
            f"A part of {parent.ref} is {with_article(in_words(parent.kind))} as it is.", f"Give --kind {parent.kind}."
        )
    object_unless_live(parent, objections, "given a child or a part")


def mandatory_by_type(inspection: Inspection | None) -> bool:
    """Whether what an inspection of this sort recommends is mandatory, unless told.

    Super-complaint recommendations are accepted or not; they do not bind as PEEL and thematic do.
    """
    return inspection is None or inspection.type != InspectionType.SUPER_COMPLAINT


def settle_acceptance(item: Item) -> None:
    """Nothing to accept where the item is mandatory; pending until decided where it is not."""
    if item.mandatory:
        item.acceptance = item.acceptance_why = item.acceptance_by = None
    elif item.acceptance is None:
        item.acceptance = Acceptance.PENDING


def object_to_target(target_on: date, published_on: date | None, objections: Objections) -> None:
    """Object to a target that lies before the report was published."""
    if published_on and target_on < published_on:
        objections.add(
            f"The target, {spoken(target_on)}, is before the publication day, {spoken(published_on)}.",
            "Give a later --target.",
        )
