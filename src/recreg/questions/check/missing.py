"""What is missing of an item: its owner, its board, evidence, a board's agreement, HMICFRS's letter."""

from collections.abc import Iterator
from typing import Any

from recreg.domain.vocabulary import in_words
from recreg.questions import answer
from recreg.questions.check.finding import Asked, Finding, day, finding


def statements() -> dict[str, Any]:
    """The selects, by the names of their SQL files."""
    from sqlalchemy import func
    from sqlmodel import col, exists, not_

    from recreg.domain.models import Evidence, EvidenceItem, Item
    from recreg.questions.selects import is_open, select_of

    open_and_ours = (is_open(), col(Item.ours) == 1)
    named = select_of(Item.ref, Item.hmicfrs_ref, Item.added_on).where(*open_and_ours)
    evidence = select_of(func.min(Evidence.ref)).join(EvidenceItem, col(EvidenceItem.evidence_id) == Evidence.id)
    evidence = evidence.where(col(EvidenceItem.item_id) == Item.id)
    unjudged = evidence.where(col(Evidence.verdict).is_(None)).correlate(Item).scalar_subquery()
    sufficient = exists().where(
        col(EvidenceItem.item_id) == Item.id,
        col(EvidenceItem.evidence_id) == Evidence.id,
        col(Evidence.verdict) == "sufficient",
    )
    claimed = select_of(Item.ref, Item.hmicfrs_ref, Item.status, Item.completed_on, Item.submitted_on,
                        unjudged.label("unjudged")).where(*open_and_ours, not_(sufficient))  # fmt: skip
    closed = select_of(Item.ref, Item.hmicfrs_ref, Item.closed_on, Item.closed_as)
    closed = closed.where(col(Item.withdrawn_on).is_(None), col(Item.ours) == 1)
    return {
        "without_owner": named.where(col(Item.owner_id).is_(None)),
        "without_board": named.where(col(Item.board_id).is_(None)),
        "without_evidence": claimed.where(col(Item.status).in_(["complete", "submitted"])),
        "without_agreement": _without_agreement().where(*open_and_ours),
        "without_letter": closed.where(col(Item.decided_by) == "hmicfrs", col(Item.closed_letter).is_(None)),
    }


def _without_agreement() -> Any:
    """What is with HMICFRS, and nobody is on record to have agreed to it."""
    from sqlmodel import col

    from recreg.domain.models import Item
    from recreg.questions.selects import select_of

    query = select_of(Item.ref, Item.hmicfrs_ref, Item.submitted_on)
    return query.where(col(Item.status) == "submitted", col(Item.agreed_by_id).is_(None)).order_by(col(Item.id))


def without_owner(asked: Asked) -> Iterator[Finding]:
    """RR101: nobody answers for it."""
    for row in answer(asked.db, "check/without_owner"):
        said = f"{row['ref']} was added on {day(row['added_on'])} and has no owner."
        yield finding(row, said, f'recreg assign {row["ref"]} --owner "…"')


def without_board(asked: Asked) -> Iterator[Finding]:
    """RR102: no board holds its owner to account."""
    for row in answer(asked.db, "check/without_board"):
        said = f"{row['ref']} was added on {day(row['added_on'])} and has no governance board."
        yield finding(row, said, f'recreg assign {row["ref"]} --board "…"')


def without_evidence(asked: Asked) -> Iterator[Finding]:
    """RR108: it is said to be done, and nothing that was judged sufficient shows it."""
    for row in answer(asked.db, "check/without_evidence"):
        so = "with HMICFRS" if row["submitted_on"] else "complete"
        since = day(row["submitted_on"] or row["completed_on"])
        said = f"{row['ref']} has been {so} since {since}, and no evidence of it was judged sufficient."
        judging = f"recreg evidence judge {row['unjudged']} sufficient"
        yield finding(row, said, judging if row["unjudged"] else f"recreg evidence add FILE --for {row['ref']}")


def without_agreement(asked: Asked) -> Iterator[Finding]:
    """RR109: it went to HMICFRS, and no board is on record to have agreed."""
    for row in answer(asked.db, "check/without_agreement"):
        said = f"{row['ref']} was submitted on {day(row['submitted_on'])} without a board's agreement on record."
        yield finding(row, said, f'recreg edit {row["ref"]} --agreed-by "…"')


def without_letter(asked: Asked) -> Iterator[Finding]:
    """RR110: HMICFRS decided, and its letter is not on record."""
    for row in answer(asked.db, "check/without_letter"):
        ref, on, basis = row["ref"], f"--on {row['closed_on']}", row["closed_as"]
        said = f"{ref} was closed by HMICFRS on {day(row['closed_on'])} as {in_words(basis)}, without its letter."
        closing = f'recreg close {ref} --as {basis.replace("_", "-")} --why "…" --decided-by hmicfrs --letter "…" {on}'
        if basis == "signed_off":
            closing = f'recreg sign-off {ref} --letter "…" --direct {on}'
        elif basis in {"superseded", "duplicate"}:
            closing += " --of REF"
        yield finding(row, said, f'recreg reopen {ref} --why "letter missing" {on}, then {closing}')
