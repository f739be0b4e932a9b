"""Everything about one item: `recreg show`, withdrawn and closed ones too."""

import sqlite3
from typing import Any

from recreg.questions import answer
from recreg.questions.items import in_words


def statements() -> dict[str, Any]:
    """The selects of an item's own row and of what hangs on it, by the names of their SQL files."""
    from sqlmodel import col

    from recreg.domain.models import Evidence, EvidenceItem, Item, Note, Review
    from recreg.questions.selects import agreed_by, item_in_words, named, select_of

    def asked(column: Any) -> Any:
        return column == named("item_id")

    # The list leaves withdrawn items out; here they are shown, with the reason.
    more = (Item.id, Item.ours_why, Item.acceptance_why, Item.acceptance_by, Item.deadline_why,
            Item.deadline_letter, Item.target_why, Item.target_approved_by, Item.completed_on,
            agreed_by.name.label("agreed_by"), Item.sign_off_level, Item.times_sent_back, Item.times_returned,
            Item.returned_on, Item.returned_why, Item.times_reopened, Item.reopened_on, Item.reopened_why,
            Item.withdrawn_on, Item.withdrawn_why)  # fmt: skip
    one = item_in_words(withdrawn_too=True).add_columns(*more).outerjoin(agreed_by, agreed_by.id == Item.agreed_by_id)
    reviews = select_of(Review.ref, Review.held_on, Review.outcome, Review.note, Review.met_with, Review.met_on,
                     Review.kept_schedule, Review.corrected_why)  # fmt: skip
    notes = select_of(Note.ref, Note.noted_on, Note.text, Note.corrected_why)
    evidence = select_of(Evidence.ref, Evidence.title, Evidence.file_name, Evidence.link, Evidence.sha256,
                      Evidence.dated_on, Evidence.received_on, Evidence.received_from, Evidence.shared_on,
                      Evidence.shared_with, Evidence.verdict, Evidence.verdict_why, Evidence.corrected_why,
                      Evidence.path)  # fmt: skip
    evidence = evidence.join(EvidenceItem, col(EvidenceItem.evidence_id) == Evidence.id)
    return {
        "item": one.where(asked(col(Item.id))),
        "item_children": item_in_words().where(asked(col(Item.parent_id))).order_by(col(Item.id)),
        "item_reviews": reviews.where(asked(col(Review.item_id))).order_by(col(Review.held_on), col(Review.id)),
        "item_notes": notes.where(asked(col(Note.item_id))).order_by(col(Note.noted_on), col(Note.id)),
        "item_evidence": evidence.where(asked(col(EvidenceItem.item_id))).order_by(col(Evidence.id)),
    }


def item(db: sqlite3.Connection, number: int) -> dict[str, Any]:
    """The item with its children or parts, its reviews, notes and evidence."""
    (row,) = answer(db, "item", item_id=number)
    row.pop("id")
    children = [in_words(child) for child in answer(db, "item_children", item_id=number)]
    return in_words(row) | {
        "children": [{key: child[key] for key in _OF_CHILD} for child in children],
        "reviews": [
            review | {"kept_schedule": bool(review["kept_schedule"])}
            for review in answer(db, "item_reviews", item_id=number)
        ],
        "notes": answer(db, "item_notes", item_id=number),
        "evidence": answer(db, "item_evidence", item_id=number),
    }


_OF_CHILD = ("ref", "hmicfrs_ref", "kind", "title", "owner", "rag", "status", "ours", "deadline_on", "next_review_on")
