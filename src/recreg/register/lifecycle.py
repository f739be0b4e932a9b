"""Acts that move an item through its life: complete, submitted, returned, signed off, closed, reopened.

The force says “done, here is the evidence”; only HMICFRS signs off. Claimed, submitted and signed
off are three facts with three days.
"""

from collections.abc import Callable
from datetime import date

from recreg.domain import reviews
from recreg.domain.dates import spoken
from recreg.domain.lifecycle import (
    close_item,
    decline_item,
    object_to_completing,
    object_to_deferring,
    object_to_not_accepting,
    object_to_reopening,
    object_to_returning,
    object_to_signing_off,
    object_to_submitting,
    object_unless_live,
    reopen_item,
    return_item,
)
from recreg.domain.models import Item
from recreg.domain.status import status_of
from recreg.domain.text import clean_line
from recreg.domain.vocabulary import Acceptance, ClosedAs, DecidedBy, Status, how_often, in_words, word
from recreg.errors import Mistyped, Objections
from recreg.register.acts import Acts, Done, one_line, required, titled
from recreg.register.duplicates import ClosedOf, move_what_hangs, say_what_stays
from recreg.store.days import born_on
from recreg.store.visit import Visit


class LifecycleActs(Acts):
    """From in progress to closed, and back."""

    def complete(self, refs: list[str]) -> Done:
        """The owner says an item is done; it has an owner, a board and evidence."""
        with self.visit("complete") as visit:

            def object_to(item: Item, objections: Objections) -> None:
                object_to_completing(item, visit.on, _evidence_since(visit, item), objections)

            for item in _allowed(visit, refs, object_to):
                item.completed_on = visit.on
                visit.say(f"{titled(item)} is complete from {spoken(visit.on)}, as its owner says.")
        return self.done(visit)

    def submit(self, refs: list[str], *, agreed_by: str | None = None, level: str | None = None) -> Done:
        """Items go to HMICFRS with a board's agreement; target and review stand still until they return."""
        with self.visit("submit") as visit:
            items = _allowed(visit, refs, object_to_submitting)
            board = visit.boards.get(agreed_by) if agreed_by else None
            for item in items:
                item.submitted_on, item.sign_off_level = visit.on, one_line(level, "level")
                item.agreed_by_id = board.id if board else None
                reviews.settle_next_review(item)
                agreement = f"agreed by {board.name}" if board else "no board's agreement is recorded"
                visit.say(f"{titled(item)} is with HMICFRS from {spoken(visit.on)}; {agreement}.")
        return self.done(visit)

    def return_(self, refs: list[str], *, why: str | None) -> Done:
        """What was complete is sent back by us, what was submitted by HMICFRS; counted apart."""
        reason = required(why, "--why", "A return")
        with self.visit("return") as visit:
            for item in _allowed(visit, refs, object_to_returning):
                by = "HMICFRS" if status_of(item) == Status.SUBMITTED else "the force"
                return_item(item, visit.on, reason)
                visit.session.flush()
                visit.say(f"{titled(item)} is sent back by {by}: {in_words(item.status or '')}{_next(item)}.")
        return self.done(visit)

    def sign_off(
        self,
        refs: list[str],
        *,
        letter: str | None,
        direct: bool = False,
        with_children: bool = False,
        leaving_children_open: bool = False,
        why: str | None = None,
    ) -> Done:
        """HMICFRS signs items off, by its letter: what was submitted, or ``direct``, as at a revisit.

        A cause of concern never closes by itself, nor over an open child unless told what becomes of it.
        """
        if letter is None or not letter.strip():
            raise Mistyped("A sign-off needs HMICFRS's letter.", "Add --letter REFERENCE.")
        if leaving_children_open:
            why = required(why, "--why", "Leaving children open")
        if with_children and leaving_children_open:
            raise Mistyped("Children are either signed off too or left open.", "Give one of the two options.")
        with self.visit("sign-off") as visit:
            objections, items = Objections(), visit.items.get_all(refs)
            those = {item.id: item for item in items}
            for item in items:
                children = _open_children(visit, item, apart_from=set(those))
                object_to_signing_off(
                    item, [] if with_children or leaving_children_open else children, direct, objections
                )
                those |= {child.id: child for child in children if with_children}
            objections.settle()
            for item in those.values():
                close_item(item, visit.on, ClosedAs.SIGNED_OFF, DecidedBy.HMICFRS)
                item.closed_letter, item.closed_why = clean_line(letter, "letter"), one_line(why, "reason")
                visit.say(f"{titled(item)} is signed off by HMICFRS, {item.closed_letter}, {spoken(visit.on)}.")
                if left := [child.ref for child in _open_children(visit, item, apart_from={*those})]:
                    visit.say(f"Left open, under a cause that is closed: {', '.join(map(str, left))}.")
        return self.done(visit)

    def reopen(self, ref: str, *, why: str | None) -> Done:
        """Open a closed item again, with a reason; its review counts from here."""
        reason = required(why, "--why", "Reopening")
        with self.visit("reopen") as visit:
            (item,) = _allowed(visit, [ref], object_to_reopening)
            was_closed = ClosedOf(item.closed_as, item.closed_of_id)
            reopen_item(item, visit.on, reason)
            visit.session.flush()
            visit.say(f"{titled(item)} is open again, {in_words(item.status or '')}{_next(item)}.")
            say_what_stays(visit, item, was_closed)
        return self.done(visit)

    def close(
        self,
        ref: str,
        *,
        basis: str,
        why: str | None,
        decided_by: str,
        of: str | None = None,
        letter: str | None = None,
        approved_by: str | None = None,
    ) -> Done:
        """Close an item on another basis than a sign-off: who decided, by what letter or with whose approval.

        A duplicate's evidence and notes move to the item it repeats. What nobody had answered yet and is closed as
        not accepted is declined by that.
        """
        closed_as, decider = word(ClosedAs, basis, "basis"), word(DecidedBy, decided_by, "decider")
        reason = required(why, "--why", "Closing")
        _require_basis_whole(closed_as, decider, of, letter, approved_by)
        with self.visit("close") as visit:
            item, other = visit.items.get(ref), visit.items.get(of) if of else None
            _refuse_closing(visit, item, closed_as, other)
            close_item(item, visit.on, closed_as, decider)
            item.closed_why, item.closed_of_id = reason, other.id if other else None
            item.closed_letter, item.approved_by = one_line(letter, "letter"), one_line(approved_by, "approver")
            if closed_as == ClosedAs.NOT_ACCEPTED and item.acceptance == Acceptance.PENDING:
                decline_item(item, reason, item.approved_by)
            visit.say(f"{titled(item)} is closed as {in_words(closed_as)} by {_decider(decider)}, {spoken(visit.on)}.")
            if other is not None and closed_as == ClosedAs.DUPLICATE:
                move_what_hangs(visit, item, other)
        return self.done(visit)

    def defer(self, refs: list[str], *, to: str | date, why: str | None, approved_by: str | None = None) -> Done:
        """Move the force's own target: always with a reason, from the second move on with an approver.

        The original target stays, and the item stays listed as past it.
        """
        reason = required(why, "--why", "A deferral")
        with self.visit("defer") as visit:
            day = self.day(to, what="target")
            for item in _allowed(visit, refs, lambda item, found: object_to_deferring(item, day, approved_by, found)):
                was, item.target_on = item.target_on, day
                item.times_deferred, item.target_why = item.times_deferred + 1, reason
                item.target_approved_by = one_line(approved_by, "approver")
                visit.say(f"{titled(item)}: target {spoken(was or day)} → {spoken(day)}, moved {_times(item)}.")
        return self.done(visit)


def _allowed(visit: Visit, refs: list[str], object_to: Callable[[Item, Objections], None]) -> list[Item]:
    """The items, once no rule is in the way of any of them; raises `Refused` naming every one that is."""
    objections, items = Objections(), visit.items.get_all(refs)
    for item in items:
        object_to(item, objections)
    objections.settle()
    return items


def _evidence_since(visit: Visit, item: Item) -> date | None:
    """The day with effect from which the first piece of evidence stands for an item; None where none does."""
    born = (born_on(visit.db, "evidence_item", link.known_id) for link in visit.evidence.links(item.known_id))
    return min((date.fromisoformat(day) for day in born if day), default=None)


def _next(item: Item) -> str:
    return f"; next review {spoken(item.next_review_on)}" if item.next_review_on else ""


def _times(item: Item) -> str:
    return how_often(item.times_deferred)


def _decider(decider: DecidedBy) -> str:
    return "HMICFRS" if decider == DecidedBy.HMICFRS else "the force"


def _open_children(visit: Visit, item: Item, *, apart_from: set[int | None] | None = None) -> list[Item]:
    children = visit.items.children(item)
    return [c for c in children if status_of(c) != Status.CLOSED and c.id not in (apart_from or set())]


def _require_basis_whole(
    basis: ClosedAs, decider: DecidedBy, of: str | None, letter: str | None, approved_by: str | None
) -> None:
    """Raise `Mistyped` for what a basis or a decider must have and was not given."""
    if basis == ClosedAs.SIGNED_OFF:
        raise Mistyped("Only HMICFRS signs off.", "recreg sign-off REF --letter REFERENCE")
    if basis in _OF_ANOTHER and not of:
        raise Mistyped(f"Closing as {in_words(basis)} names {_OF_ANOTHER[basis]}.", "Add --of REF.")
    if of and basis not in _OF_ANOTHER:
        raise Mistyped(
            f"--of is of a closing as superseded or as duplicate, not as {in_words(basis)}.",
            "Leave --of out, or give --as superseded or duplicate; recreg link ties it to another item.",
        )
    if decider == DecidedBy.HMICFRS and approved_by:
        raise Mistyped(
            "--approved-by is of the force's own decision, and this one is HMICFRS's.",
            "Leave --approved-by out, or give --decided-by force.",
        )
    if decider == DecidedBy.HMICFRS and not (letter and letter.strip()):
        raise Mistyped("What HMICFRS decided has its letter.", "Add --letter REFERENCE.")
    if decider == DecidedBy.FORCE and not (approved_by and approved_by.strip()):
        raise Mistyped("What the force decided has an approver.", "Add --approved-by NAME.")


_OF_ANOTHER = {
    ClosedAs.SUPERSEDED: "the item that supersedes it",
    ClosedAs.DUPLICATE: "the item that it repeats",
}
_SO_BY = {ClosedAs.SUPERSEDED: "superseded by", ClosedAs.DUPLICATE: "a duplicate of"}


def _refuse_closing(visit: Visit, item: Item, basis: ClosedAs, other: Item | None) -> None:
    objections = Objections()
    object_unless_live(item, objections, "closed")
    if basis == ClosedAs.NOT_ACCEPTED:
        object_to_not_accepting(item, objections)
    if other is not None and other.id == item.id:
        objections.add(f"{item.ref} cannot be {_SO_BY[basis]} itself.", "Give another --of.")
    if other is not None and other.withdrawn_on:
        object_unless_live(other, objections, "what another repeats")
    for child in _open_children(visit, item):
        objections.add(
            f"{child.ref} hangs on {item.ref} and is open.", f"Close {child.ref} first, or give it another parent."
        )
    objections.settle()
