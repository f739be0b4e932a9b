"""Everything that was recorded, noun by noun, with the keys by which `recreg import` takes it back.

What is withdrawn, and what hangs on it, is left out.
"""

import sqlite3
from enum import StrEnum
from typing import Any

from recreg.questions import asked
from recreg.questions.columns import EVIDENCE, INSPECTION, ITEM, Column
from recreg.questions.held import Held
from recreg.questions.items import Chosen


class Noun(StrEnum):
    """What is recorded, in an order in which what is named comes before what names it."""

    KEY = "key"
    PEOPLE = "people"
    BOARDS = "boards"
    PORTFOLIOS = "portfolios"
    INSPECTIONS = "inspections"
    ITEMS = "items"
    REVIEWS = "reviews"
    NOTES = "notes"
    EVIDENCE = "evidence"
    LINKS = "links"


#: Every item, whether open, closed or not ours.
EVERY_ITEM = Chosen(closed=None, ours=None)


def _keys(text: str, *yes_no: str) -> tuple[Column, ...]:
    return tuple(Column(key, yes_no=key in yes_no) for key in text.split())


_FURTHER = """ours_why acceptance_why acceptance_by deadline_why deadline_letter target_why target_approved_by
    completed_on agreed_by sign_off_level times_sent_back times_returned returned_on returned_by returned_why
    times_reopened reopened_on reopened_why review_anchor_on review_round"""
_COUNTED = {"pcc_due_on", "items", "open_items"}

#: The columns of each noun. The keys are a promise (docs/machine-output.md).
COLUMNS: dict[Noun, tuple[Column, ...]] = {
    Noun.KEY: _keys("colour words"),
    Noun.PEOPLE: _keys("name role email"),
    Noun.BOARDS: _keys("name lead"),
    Noun.PORTFOLIOS: _keys("name lead"),
    Noun.INSPECTIONS: tuple(column for column in INSPECTION if column.key not in _COUNTED),
    Noun.ITEMS: (*ITEM, *_keys(_FURTHER)),
    Noun.REVIEWS: _keys(
        "ref item held_on outcome note met_with met_on kept_schedule corrected_why found_last_on found_anchor_on"
        " found_round",
        "kept_schedule",
    ),
    Noun.NOTES: _keys("ref item noted_on text corrected_why"),
    Noun.EVIDENCE: EVIDENCE,
    Noun.LINKS: _keys("item relation other"),
}


def statements() -> dict[str, Any]:
    """A select for each noun, by the name of its SQL file; the key's own is a question already."""
    from sqlmodel import col

    from recreg.domain.models import Board, Inspection, Item, Note, Person, Portfolio, Review
    from recreg.questions.selects import select_of

    def led(body: Any) -> Any:
        query = select_of(body.name, col(Person.name).label("lead"))
        return query.outerjoin(Person, col(Person.id) == body.lead_id).order_by(body.name)

    def of_items(noun: Any, *columns: Any) -> Any:
        query = select_of(noun.ref, col(Item.ref).label("item"), *columns).join(Item, col(Item.id) == noun.item_id)
        return query.where(col(Item.withdrawn_on).is_(None)).order_by(noun.id)

    inspection = [getattr(Inspection, column.key) for column in COLUMNS[Noun.INSPECTIONS]]
    return {
        "every_person": select_of(Person.name, Person.role, Person.email).order_by(col(Person.name)),
        "every_board": led(Board),
        "every_portfolio": led(Portfolio),
        "every_inspection": select_of(*inspection).order_by(col(Inspection.id)),
        "every_item": _items(),
        "every_review": of_items(Review, *(getattr(Review, column.key) for column in COLUMNS[Noun.REVIEWS][2:])),
        "every_note": of_items(Note, *(getattr(Note, column.key) for column in COLUMNS[Noun.NOTES][2:])),
        "every_piece_of_evidence": _evidence(),
        "every_link": _links(),
    }


def every(db: sqlite3.Connection, noun: Noun, chosen: Chosen = EVERY_ITEM) -> Held:
    """All of a noun; of the items those that were chosen."""
    filters = chosen.filters(db) if noun == Noun.ITEMS else {}
    return Held(COLUMNS[noun], asked(db, _FILES[noun], **filters))


_FILES = {
    Noun.KEY: "key",
    Noun.PEOPLE: "every_person",
    Noun.BOARDS: "every_board",
    Noun.PORTFOLIOS: "every_portfolio",
    Noun.INSPECTIONS: "every_inspection",
    Noun.ITEMS: "every_item",
    Noun.REVIEWS: "every_review",
    Noun.NOTES: "every_note",
    Noun.EVIDENCE: "every_piece_of_evidence",
    Noun.LINKS: "every_link",
}


def _items() -> Any:
    from sqlalchemy import case
    from sqlmodel import col

    from recreg.domain.models import Item
    from recreg.questions.selects import agreed_by, chosen, closed_of, item_in_words

    further = [agreed_by.name.label(key) if key == "agreed_by" else getattr(Item, key) for key in _FURTHER.split()]
    query = item_in_words().outerjoin(agreed_by, agreed_by.id == Item.agreed_by_id)
    there = case((closed_of.withdrawn_on.is_(None), closed_of.ref)).label("closed_of")
    columns = [there if column.name == "closed_of" else column for column in query.selected_columns]
    query = query.with_only_columns(*columns, *further, maintain_column_froms=True)
    return query.where(*chosen()).order_by(col(Item.id))


def _evidence() -> Any:
    from sqlalchemy import func
    from sqlmodel import col

    from recreg.domain.models import Evidence, EvidenceItem, Item
    from recreg.questions.selects import select_of

    columns = [getattr(Evidence, column.key) for column in EVIDENCE if column.key != "items"]
    columns.insert(1, func.group_concat(Item.ref, "; ").label("items"))
    query = select_of(*columns).join(EvidenceItem, col(EvidenceItem.evidence_id) == Evidence.id)
    query = query.join(Item, col(Item.id) == EvidenceItem.item_id).where(col(Item.withdrawn_on).is_(None))
    return query.group_by(col(Evidence.id)).order_by(col(Evidence.id))


def _links() -> Any:
    from sqlalchemy.orm import aliased
    from sqlmodel import col

    from recreg.domain.models import Item, Link
    from recreg.questions.selects import select_of

    other: Any = aliased(Item, name="other")
    query = select_of(col(Item.ref).label("item"), Link.relation, other.ref.label("other"))
    query = query.join_from(Link, Item, col(Item.id) == Link.item_id).join(other, other.id == Link.other_id)
    neither = (col(Item.withdrawn_on).is_(None), other.withdrawn_on.is_(None))
    return query.where(*neither).order_by(col(Link.id))
