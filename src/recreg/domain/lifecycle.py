"""How an item stands and may move: status, ownership, what counts in a figure."""

from collections.abc import Iterable
from datetime import date

from recreg.domain.dates import spoken
from recreg.domain.models import Inspection, Item
from recreg.domain.reviews import settle_next_review
from recreg.domain.status import status_of
from recreg.domain.vocabulary import (
    Acceptance,
    ClosedAs,
    DecidedBy,
    InspectionType,
    Kind,
    Status,
    how_often,
    in_words,
    with_article,
)
from recreg.errors import Objections


def object_unless_there(item: Item, objections: Objections, act: str) -> None:
    """Object to an act on an item that is withdrawn."""
    if item.withdrawn_on:
        objections.add(
            f"{item.ref} was withdrawn on {spoken(item.withdrawn_on)}: it cannot be {act}.",
            f"recreg history {item.ref} tells why.",
        )


def object_unless_live(item: Item, objections: Objections, act: str) -> None:
    """Object to an act on an item that is withdrawn or closed."""
    object_unless_there(item, objections, act)
    if item.closed_on and not item.withdrawn_on:
        objections.add(
            f"{item.ref} was closed on {spoken(item.closed_on)}: it cannot be {act}.",
            f'recreg show {item.ref} tells on what basis; recreg reopen {item.ref} --why "…" opens it again.',
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


def object_to_declining(item: Item, objections: Objections) -> None:
    """Object to declining what is mandatory."""
    if item.mandatory:
        objections.add(
            f"{item.ref} is mandatory: a mandatory recommendation cannot be declined, so it is not closed as such.",
            f"recreg edit {item.ref} --not-mandatory, if it is not; else close it on the basis that HMICFRS gives.",
        )


def decline_item(item: Item, why: str, by: str | None) -> None:
    """The answer to a recommendation that nobody had answered yet is no."""
    item.acceptance, item.acceptance_why, item.acceptance_by = Acceptance.NOT_ACCEPTED, why, by


def object_to_not_accepting(item: Item, objections: Objections) -> None:
    """Object to closing as not accepted what is mandatory, or was accepted."""
    object_to_declining(item, objections)
    if item.acceptance in {Acceptance.ACCEPTED, Acceptance.PARTLY_ACCEPTED}:
        objections.add(
            f"{item.ref} is {in_words(item.acceptance)}, so it is not closed as not accepted.",
            f"recreg decline {item.ref} --why … first, if the answer is another one now; or another --as.",
        )


def object_to_target(target_on: date, published_on: date | None, objections: Objections) -> None:
    """Object to a target that lies before the report was published."""
    if published_on and target_on < published_on:
        objections.add(
            f"The target, {spoken(target_on)}, is before the publication day, {spoken(published_on)}.",
            "Give a later --target.",
        )


def object_to_completing(item: Item, on: date, evidence_since: date | None, objections: Objections) -> None:
    """Object unless the item is in progress and has evidence attached on the day that it is said to be done."""
    object_unless_live(item, objections, "completed")
    status = status_of(item)
    if status in {Status.COMPLETE, Status.SUBMITTED}:
        objections.add(f"{item.ref} is {in_words(status)} already.", f"recreg show {item.ref} tells since when.")
    if not item.owner_id:
        objections.add(f"{item.ref} has no owner.", f'recreg assign {item.ref} --owner "…"')
    if not item.board_id:
        objections.add(f"{item.ref} has no board.", f'recreg assign {item.ref} --board "…"')
    if evidence_since is None:
        objections.add(f"{item.ref} has no evidence.", f"recreg evidence add FILE --for {item.ref}")
    elif evidence_since > on:
        first = f"the first evidence for it is in the register from {spoken(evidence_since)}."
        objections.add(f"On {spoken(on)} {item.ref} had no evidence: {first}", "Give a later --on DAY.")


def object_to_submitting(item: Item, objections: Objections) -> None:
    """Object unless the owner has said that the item is done."""
    object_unless_live(item, objections, "submitted")
    if status_of(item) == Status.SUBMITTED and item.submitted_on:
        objections.add(f"{item.ref} has been with HMICFRS since {spoken(item.submitted_on)}.")
    elif not item.completed_on and not item.closed_on:
        objections.add(f"{item.ref} is not complete.", f"recreg complete {item.ref} first.")


def object_to_returning(item: Item, objections: Objections) -> None:
    """Object unless there is something to send back."""
    object_unless_live(item, objections, "returned")
    if status_of(item) in {Status.NEW, Status.IN_PROGRESS}:
        objections.add(
            f"{item.ref} is {in_words(status_of(item))}: only what is complete or submitted comes back.",
            f"recreg show {item.ref} tells where it stands.",
        )


def return_item(item: Item, on: date, why: str) -> None:
    """Send back what was complete, by us, or what was submitted, by HMICFRS.

    From submission the review starts again from the return; the target has no day added.
    """
    if status_of(item) == Status.SUBMITTED:
        item.times_returned, item.returned_by = item.times_returned + 1, DecidedBy.HMICFRS
        item.review_anchor_on, item.review_round = on, 1
    else:
        item.times_sent_back, item.returned_by = item.times_sent_back + 1, DecidedBy.FORCE
    item.completed_on = item.submitted_on = item.agreed_by_id = item.sign_off_level = None
    item.returned_on, item.returned_why = on, why
    settle_next_review(item)


def object_to_signing_off(item: Item, open_children: Iterable[Item], direct: bool, objections: Objections) -> None:
    """Object to a sign-off of what was never submitted, unless ``direct``, or over an open child."""
    object_unless_live(item, objections, "signed off")
    if not item.closed_on and not item.submitted_on and not direct:
        objections.add(
            f"{item.ref} was not submitted: it is {in_words(status_of(item))}.",
            f"recreg submit {item.ref} first; --direct where HMICFRS closes it without, as at a revisit.",
        )
    for child in open_children:
        objections.add(
            f"{child.ref} under {item.ref} is open.",
            "--with-children where the same letter closes them; else --leaving-children-open --why.",
        )


def close_item(item: Item, on: date, basis: ClosedAs, decided_by: DecidedBy) -> None:
    """Close the item on that basis; nothing falls due any more."""
    item.closed_on, item.closed_as, item.decided_by = on, basis, decided_by
    settle_next_review(item)


def object_to_reopening(item: Item, objections: Objections) -> None:
    """Object unless the item is closed."""
    if item.withdrawn_on:
        object_unless_live(item, objections, "reopened")
    elif not item.closed_on:
        objections.add(f"{item.ref} is open: {in_words(status_of(item))}.")


def reopen_item(item: Item, on: date, why: str) -> None:
    """Open a closed item again; the days and basis of closing and submitting become empty."""
    item.closed_on = item.closed_as = item.closed_letter = item.closed_why = None
    item.decided_by = item.approved_by = item.closed_of_id = None
    item.completed_on = item.submitted_on = item.agreed_by_id = item.sign_off_level = None
    item.times_reopened += 1
    item.reopened_on, item.reopened_why = on, why
    item.review_anchor_on, item.review_round = on, 1
    settle_next_review(item)


def object_to_deferring(item: Item, to: date, approved_by: str | None, objections: Objections) -> None:
    """Object to moving a target that is not there, stands still, or has no approver from the second move on."""
    object_unless_in_force_hands(item, objections, "deferred")
    if item.target_on is None:
        objections.add(
            f"{item.ref} has no target to move.", f"recreg edit {item.ref} --target DAY gives the first one."
        )
    elif to <= item.target_on:
        right = f'recreg edit {item.ref} --target DAY --why "…" puts a mistyped one right.'
        hint = f"Give a later --to{'.' if item.times_deferred else f'; {right}'}"
        objections.add(f"{spoken(to)} is not after the target of {item.ref}, {spoken(item.target_on)}.", hint)
    if item.times_deferred and not (approved_by and approved_by.strip()):
        times = how_often(item.times_deferred)
        objections.add(f"{item.ref} was deferred {times} before: it needs an approver.", "Add --approved-by NAME.")
