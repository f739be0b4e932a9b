"""What does not go together: causes of concern and their children, areas for improvement that became one."""

from collections.abc import Iterator
from typing import Any

from recreg.questions import answer
from recreg.questions.check.finding import Asked, Finding, day, finding


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlalchemy.orm import aliased
    from sqlmodel import col, exists, not_

    from recreg.domain.models import Item, Link
    from recreg.questions.selects import is_open, parent, select_of

    child: Any = aliased(Item, name="child")
    cause: Any = aliased(Item, name="cause")
    has_child = exists().where(child.parent_id == Item.id, child.withdrawn_on.is_(None))
    causes = select_of(Item.ref, Item.hmicfrs_ref, Item.added_on).where(is_open(), col(Item.ours) == 1)
    left = select_of(Item.ref, Item.hmicfrs_ref, parent.ref.label("cause"), parent.closed_on, parent.closed_why)
    left = left.join(parent, parent.id == Item.parent_id).where(is_open(), parent.kind == "cause_of_concern")
    escalated = select_of(Item.ref, Item.hmicfrs_ref, cause.ref.label("cause"), cause.added_on)
    escalated = escalated.join(Link, col(Link.other_id) == Item.id).join(cause, cause.id == Link.item_id)
    escalated = escalated.where(is_open(), col(Item.ours) == 1, col(Link.relation) == "escalated_from")
    return {
        "childless_cause": causes.where(col(Item.kind) == "cause_of_concern", not_(has_child)),
        "child_of_closed_cause": left.where(parent.closed_on.is_not(None), parent.withdrawn_on.is_(None)),
        "escalated_and_open": escalated.where(cause.withdrawn_on.is_(None)).order_by(col(Item.id), cause.id),
    }


def childless_cause(asked: Asked) -> Iterator[Finding]:
    """RR103: a cause of concern contains recommendations, and this one has none."""
    for row in answer(asked.db, "check/childless_cause"):
        said = f"The cause of concern {row['ref']}, added on {day(row['added_on'])}, has no recommendation under it."
        yield finding(row, said, f"recreg add --kind recommendation --parent {row['ref']} --text-file FILE")


def child_of_closed_cause(asked: Asked) -> Iterator[Finding]:
    """RR104: one of the two is likely to have been forgotten."""
    for row in answer(asked.db, "check/child_of_closed_cause"):
        why = f" ({row['closed_why']})" if row["closed_why"] else ""
        said = (
            f"{row['ref']} is open, and its cause of concern {row['cause']} was closed on {day(row['closed_on'])}{why}."
        )
        cure = f'recreg sign-off {row["ref"]} --letter "…" --direct, or recreg reopen {row["cause"]} --why "…"'
        yield finding(row, said, cure)


def escalated_and_open(asked: Asked) -> Iterator[Finding]:
    """RR114: an area for improvement that became a cause of concern closes as superseded by it."""
    for row in answer(asked.db, "check/escalated_and_open"):
        said = f"{row['ref']} is open, and the cause of concern {row['cause']} was escalated from it."
        closing = f"recreg close {row['ref']} --as superseded --of {row['cause']}"
        yield finding(row, said, f'{closing} --why "escalated" --decided-by hmicfrs --letter "…"')
