"""Where an item stands."""

from recreg.domain.models import Item
from recreg.domain.vocabulary import Status


def status_of(item: Item) -> Status:
    """Where the item stands, from its own dates; the register file derives the very same."""
    if item.closed_on:
        return Status.CLOSED
    if item.submitted_on:
        return Status.SUBMITTED
    if item.completed_on:
        return Status.COMPLETE
    return Status.IN_PROGRESS if item.owner_id and item.board_id else Status.NEW
