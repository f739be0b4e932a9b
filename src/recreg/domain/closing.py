"""What the closing of an arriving item must have, by its basis and who decided, and what is not its own."""

from typing import Any

from recreg.domain.vocabulary import Acceptance, ClosedAs, DecidedBy, in_words

Row = dict[str, Any]


def missing_of_closing(row: Row, *, older: bool, held: bool) -> list[tuple[str, str]]:
    """What a basis or a decider must have and was not given.

    ``older`` is of what was closed before anybody recorded it here, ``held`` of what another register held.
    """
    basis, decider = row["closed_as"], row["decided_by"]
    missing = []
    if decider is None:
        missing.append(("decided_by", "Who closed it? hmicfrs or force."))
    if decider == DecidedBy.HMICFRS and not row["closed_letter"] and not older:
        missing.append(("closed_letter", "What HMICFRS decided has its letter."))
    if decider == DecidedBy.FORCE and basis == ClosedAs.SIGNED_OFF:
        missing.append(("decided_by", "Only HMICFRS signs off."))
    if decider == DecidedBy.FORCE and not row["approved_by"] and not older:
        missing.append(("approved_by", "What the force decided has an approver."))
    if basis != ClosedAs.SIGNED_OFF and not row["closed_why"]:
        missing.append(("closed_why", f"Closing as {in_words(basis)} needs a reason."))
    if basis in {ClosedAs.SUPERSEDED, ClosedAs.DUPLICATE} and not row["closed_of"] and not held:
        missing.append(("closed_of", f"Closing as {in_words(basis)} names another item: give its reference."))
    return missing


def foreign_to_closing(row: Row) -> list[tuple[str, str]]:
    """What belongs to another basis or decider than that of the row, or to an item that is not mandatory."""
    basis, found = row["closed_as"], []
    if row["closed_of"] and basis not in {ClosedAs.SUPERSEDED, ClosedAs.DUPLICATE}:
        found.append(("closed_of", f"It is of a closing as superseded or as duplicate, not as {in_words(basis)}."))
    if row["approved_by"] and row["decided_by"] == DecidedBy.HMICFRS:
        found.append(("approved_by", "It is of the force's own decision, and this one is HMICFRS's."))
    if basis == ClosedAs.NOT_ACCEPTED and row["mandatory"]:
        found.append(("closed_as", "A mandatory recommendation cannot be declined."))
    if basis == ClosedAs.NOT_ACCEPTED and row["acceptance"] in {Acceptance.ACCEPTED, Acceptance.PARTLY_ACCEPTED}:
        found.append(("acceptance", "It is closed as not accepted: say not_accepted here, with acceptance_why."))
    return found
