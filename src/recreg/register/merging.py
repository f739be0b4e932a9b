"""A row of an import that says otherwise than the item it is: whether it may, and how it is changed."""

from collections.abc import Iterator
from typing import Any

from recreg.domain.models import Item
from recreg.domain.rows import YES_NO, Wrong
from recreg.domain.text import CLEAR, word_of
from recreg.domain.vocabulary import in_words
from recreg.errors import RecregError
from recreg.register.fields import Fields
from recreg.register.items import ItemActs
from recreg.store.visit import Visit

Differing = tuple[int, int, dict[str, Any], dict[str, Any]]

#: The keys of an item that a row may change, as `recreg edit` may.
EDITABLE = frozenset(
    "kind inspection number hmicfrs_ref parent title text addressees ours ours_why waiting_on mandatory "
    "deadline_words deadline_why deadline_letter target_on target_why owner board portfolio rag rag_why "
    "review_every_months last_review_on".split()
)

#: What each reason is the reason of, so that it goes with that.
_REASONS = {"rag_why": "rag", "ours_why": "ours", "deadline_why": "deadline_words", "deadline_letter": "deadline_words",
            "target_why": "target_on"}  # fmt: skip
_OPTIONS = {"deadline_words": "deadline", "target_on": "target", "review_every_months": "review_every",
            "last_review_on": "last_review"}  # fmt: skip


#: What an item always has, and what to give instead of nothing.
_NEVER_EMPTY = {
    "kind": "give recommendation, afi or coc",
    "ours": "give yes or no",
    "mandatory": "give yes or no",
    "rag": "give unrated",
    "review_every_months": "give 1 to 36",
    "last_review_on": "give the day",
}


def may_change(row: Differing, on_conflict: str, *, opening: bool) -> list[Wrong]:
    """What is wrong with a row that says otherwise than its item."""
    number, item, says, held = row
    ref = f"R-{item:04d}"
    if on_conflict == "error" or opening:
        cure = "an opening row is a new item" if opening else "--on-conflict update takes it over, skip leaves it"
        return [
            Wrong(number, key, _shown(key, says[key]), f"{ref} has {_quoted(key, held[key])} there: {cure}.")
            for key in says
        ]
    if on_conflict == "skip":
        return []
    fixed = [key for key in says if key not in EDITABLE]
    return [
        *(Wrong(number, key, _shown(key, says[key]), _moved_otherwise(ref, key, held[key])) for key in fixed),
        *_emptied(number, says),
        *_without_reason(number, ref, says),
    ]


def _emptied(number: int, says: dict[str, Any]) -> Iterator[Wrong]:
    """What a row clears that an item always has."""
    for key in _NEVER_EMPTY.keys() & {key for key, value in says.items() if value is None}:
        yield Wrong(number, key, CLEAR, f"It is never empty: {_NEVER_EMPTY[key]}, or leave the cell blank.")


def _without_reason(number: int, ref: str, says: dict[str, Any]) -> Iterator[Wrong]:
    """What a row changes without the reason that it has in a column of its own."""
    for key, why in (("rag", "rag_why"), ("ours", "ours_why")):
        if says.get(key) is not None and says.get(why) is None:
            sentence = f"It is another one than {ref} has, and needs a reason of its own: give it in {why}."
            yield Wrong(number, key, _shown(key, says[key]), sentence)


def change(acts: ItemActs, visit: Visit, item: Item, says: dict[str, Any], *, sure: bool) -> None:
    """Change an item as a row says, by the rules of `recreg edit`; each reason goes with its own field.

    ``sure`` is that a name much like a known one is another one all the same.
    """
    for field in ("rag", "ours", "deadline_words", "target_on"):
        about = {key for key, of in _REASONS.items() if of == field} | {field}
        if about & says.keys():
            acts.put_right(visit, item, _with_reason(item, field, says))
    rest = {key: value for key, value in says.items() if key not in {*_REASONS, *_REASONS.values()}}
    if rest:
        typed = {_OPTIONS.get(key, key): _typed(key, value) for key, value in rest.items()}
        acts.put_right(visit, item, Fields(**typed, new=sure))


def refused(row: Differing, error: RecregError) -> Wrong:
    """Why a row cannot change its item, as the rules of `recreg edit` have it."""
    number, item, says, _ = row
    keys, told = [*says], " ".join([*error.sentences, error.hint]).strip()
    return Wrong(number, ", ".join(keys), _shown(keys[0], says[keys[0]]) if len(keys) == 1 else f"R-{item:04d}", told)


def _with_reason(item: Item, field: str, says: dict[str, Any]) -> Fields:
    """A field with its reason, each as the row has it or else as it stands."""
    reasons = {"rag": "rag_why", "ours": "ours_why", "deadline_words": "deadline_why", "target_on": "target_why"}
    given = {key: _typed(key, says[key]) for key in (reasons[field], "deadline_letter") if key in says}
    value = says[field] if field in says else getattr(item, field)
    letter = given.get("deadline_letter") if field == "deadline_words" else None
    typed = Fields(why=given.get(reasons[field]), letter=letter)
    setattr(typed, _OPTIONS.get(field, field), _typed(field, value))
    return typed


def _typed(key: str, value: Any) -> Any:
    """A value as an officer would type it; what is cleared is given empty."""
    if key in YES_NO:
        return bool(value)
    if key == "addressees":
        return (value or "").split("; ")
    return value if isinstance(value, int) else ("" if value is None else str(value))


def differences_told(row: Differing, what_becomes: str) -> str:
    """A row field by field: what stood there, and what it says."""
    number, item, says, held = row
    fields = "; ".join(f"{key} {_quoted(key, held[key])} → {_quoted(key, says[key])}" for key in says)
    return f"row {number}: R-{item:04d} {what_becomes}: {fields}."


def _moved_otherwise(ref: str, key: str, held: Any) -> str:
    stands = f"{ref} has {_quoted(key, held)} there"
    cures = {
        "status": "complete, submit, return, sign-off and reopen move it",
        "acceptance": "accept and decline say so",
    }
    cure = cures.get(key, f"recreg show {ref} tells how {in_words(key)} came about")
    return f"{stands}, which an import never changes: {cure}."


def _quoted(key: str, value: Any) -> str:
    return "nothing" if value is None else f"“{_shown(key, value)}”"


def _shown(key: str, value: Any) -> str:
    known = word_of(bool(value)) if key in YES_NO else str(value)
    text = "" if value is None else " ".join(known.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
