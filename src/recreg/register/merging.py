"""A row of an import that says otherwise than the item it is: whether it may, and how it is changed."""

from typing import Any

from recreg.domain.models import Item
from recreg.domain.rows import Wrong
from recreg.domain.vocabulary import in_words
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


def may_change(row: Differing, on_conflict: str, *, opening: bool) -> list[Wrong]:
    """What is wrong with a row that says otherwise than its item."""
    number, item, says, held = row
    ref = f"R-{item:04d}"
    if on_conflict == "error" or opening:
        cure = "an opening row is a new item" if opening else "--on-conflict update takes it over, skip leaves it"
        return [Wrong(number, key, _shown(says[key]), f"{ref} has {_quoted(held[key])} there: {cure}.") for key in says]
    if on_conflict == "skip":
        return []
    fixed = [key for key in says if key not in EDITABLE]
    return [Wrong(number, key, _shown(says[key]), _moved_otherwise(ref, key, held[key])) for key in fixed]


def change(acts: ItemActs, visit: Visit, item: Item, says: dict[str, Any]) -> None:
    """Change an item as a row says, by the rules of `recreg edit`; each reason goes with its own field."""
    for field in ("rag", "ours", "deadline_words", "target_on"):
        about = {key for key, of in _REASONS.items() if of == field} | {field}
        if about & says.keys():
            acts.put_right(visit, item, _with_reason(item, field, says))
    rest = {key: value for key, value in says.items() if key not in {*_REASONS, *_REASONS.values()}}
    if rest:
        acts.put_right(
            visit, item, Fields(**{_OPTIONS.get(key, key): _typed(key, value) for key, value in rest.items()})
        )


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
    if key in {"ours", "mandatory"}:
        return bool(value)
    if key == "addressees":
        return (value or "").split("; ")
    return value if isinstance(value, int) else ("" if value is None else str(value))


def differences_told(row: Differing, what_becomes: str) -> str:
    """A row field by field: what stood there, and what it says."""
    number, item, says, held = row
    fields = "; ".join(f"{key} {_quoted(held[key])} → {_quoted(says[key])}" for key in says)
    return f"row {number}: R-{item:04d} {what_becomes}: {fields}."


def _moved_otherwise(ref: str, key: str, held: Any) -> str:
    stands = f"{ref} has {_quoted(held)} there"
    cures = {
        "status": "complete, submit, return, sign-off and reopen move it",
        "acceptance": "accept and decline say so",
    }
    cure = cures.get(key, f"recreg show {ref} tells how {in_words(key)} came about")
    return f"{stands}, which an import never changes: {cure}."


def _quoted(value: Any) -> str:
    return "nothing" if value is None else f"“{_shown(value)}”"


def _shown(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
