"""Which fields of a row stand and fall together.

For the question whether an act may take effect on a day, and whether it may be undone, fields that
one rule ties count as one: a status with its dates and basis, a rating with its reason, a target
with its count.
"""

TIED: dict[str, tuple[frozenset[str], ...]] = {
    "item": (
        frozenset("inspection_id deadline_words deadline_on deadline_precision deadline_why deadline_letter".split()),
        frozenset("target_on original_target_on times_deferred target_why target_approved_by".split()),
        frozenset("rag rag_why".split()),
        frozenset("ours ours_why".split()),
        frozenset("mandatory acceptance acceptance_why acceptance_by".split()),
        frozenset("review_every_months review_anchor_on review_round last_review_on next_review_on".split()),
        frozenset(
            "completed_on submitted_on closed_on closed_as closed_letter closed_why decided_by approved_by "
            "closed_of_id agreed_by_id sign_off_level times_sent_back times_returned returned_on returned_why "
            "returned_by times_reopened reopened_on reopened_why".split()
        ),
        frozenset("withdrawn_on withdrawn_why".split()),
    ),
    "meeting": (
        frozenset(
            "held_on cutoff_on final_since_on final_drawn_on final_changeset final_form final_sha256 "
            "final_recommendations final_areas_for_improvement final_causes_of_concern final_why final_hash".split()
        ),
    ),
    "evidence": (frozenset("verdict verdict_why judged_on".split()), frozenset("shared_on shared_with".split())),
}

#: Rows that count as there on every day, also before the register was made.
ALWAYS_THERE = frozenset(
    "setting rag_key import_file person board portfolio inspection meeting redaction restoration".split()
)

#: The columns by which a row points at another, with the noun pointed at.
POINTERS: dict[str, dict[str, str]] = {
    "board": {"lead_id": "person"},
    "portfolio": {"lead_id": "person"},
    "item": {
        "inspection_id": "inspection",
        "parent_id": "item",
        "closed_of_id": "item",
        "owner_id": "person",
        "board_id": "board",
        "portfolio_id": "portfolio",
        "agreed_by_id": "board",
    },
    "review": {"item_id": "item"},
    "note": {"item_id": "item"},
    "evidence_item": {"evidence_id": "evidence", "item_id": "item"},
    "link": {"item_id": "item", "other_id": "item"},
    "redaction": {"change_id": "change"},
}


def with_tied(noun: str, fields: set[str]) -> set[str]:
    """The fields with all that are tied to them."""
    tied = [group for group in TIED.get(noun, ()) if group & fields]
    return fields.union(*tied)


def field_shown(field: str) -> str:
    """A column as history names it: ``owner_id`` holds the owner."""
    return field.removesuffix("_id")
