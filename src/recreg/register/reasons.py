"""What a reason that is typed with an item is the reason of: none is ever taken and then lost."""

from recreg.domain.dates import spoken
from recreg.domain.models import Item
from recreg.errors import Mistyped, Objections
from recreg.register.acts import one_line, required, verbatim
from recreg.register.fields import Fields


def refuse_reason_of_nothing(typed: Fields, *, of_days: bool) -> None:
    """Raise `Mistyped` for a reason with nothing that it could be the reason of.

    A new item gives a reason for its rating and for whether it is ours; where what is known is put right, words
    of a deadline and a target have theirs too.
    """
    days = [typed.deadline, typed.target] if of_days else []
    if not (typed.why or "").strip() or any(each is not None for each in (typed.rag, typed.ours, *days)):
        return
    more = ", --deadline or --target" if of_days else ""
    raise Mistyped(
        "--why is the reason of nothing that was typed with it.",
        f"Add {'--rag, --ours, --not-ours' if more else '--rag, --ours or --not-ours'}{more}, or leave --why out; "
        "recreg note keeps other words.",
    )


def note_reasons(item: Item, typed: Fields, objections: Objections) -> None:
    """Keep why the words of a deadline or the target are other ones, and who changed the words.

    A reason of first ones is kept as theirs, unless it is of a rating or of whose the item is.
    """
    _keep_first_target(item, typed, objections)
    _note_why_of_deadline(item, typed)
    if typed.why is not None and typed.rag is None and typed.ours is None:
        reason = verbatim(typed.why, "reason")
        if typed.deadline is not None and not _has_other_words(item, typed):
            item.deadline_why = reason
        if typed.target is not None and item.target_on is None:
            item.target_why = reason


def _has_other_words(item: Item, typed: Fields) -> bool:
    return item.deadline_words not in {None, one_line(typed.deadline, "deadline")}


def _note_why_of_deadline(item: Item, typed: Fields) -> None:
    """Words of a deadline change for a reason, or by HMICFRS's letter; both stay on record."""
    letter = one_line(typed.letter, "letter")
    if typed.deadline is None:
        if letter:
            raise Mistyped("--letter is of a changed deadline.", 'Add --deadline "…" with the new words.')
    elif _has_other_words(item, typed):
        item.deadline_letter = letter
        item.deadline_why = (
            one_line(typed.why, "reason")
            if letter
            else required(typed.why, "--why", "Changing the words of a deadline")
        )
    elif typed.letter is not None:
        item.deadline_letter = letter


def _keep_first_target(item: Item, typed: Fields, objections: Objections) -> None:
    """The first target is kept for ever; only one mistyped and never deferred is put right, with a reason."""
    if typed.target is None or item.target_on is None:
        return
    if item.times_deferred:
        objections.add(
            f"{item.ref} has a target that was deferred; it is moved by deferring it again.",
            f"recreg defer {item.ref} --to DAY --why …",
        )
        return
    item.target_why = required(typed.why, "--why", f"Another target than {spoken(item.target_on)}")
