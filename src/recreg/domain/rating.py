"""The rating that the facts suggest, beside the declared one, which is a judgement and stays.

A colour is never computed. But where a green item is past its original target, or has had no
evidence since its last review, the two are shown side by side, with the rule that says so.
"""

from datetime import date
from typing import NamedTuple

from recreg.domain.dates import spoken
from recreg.domain.vocabulary import Rag, Status


class Suggestion(NamedTuple):
    """Another rating than the declared one, and the rule from which it follows, as a phrase."""

    rag: Rag
    rule: str


def suggested(
    *,
    rag: str,
    status: str,
    original_target_on: str | None,
    last_review_on: str | None,
    last_evidence_on: str | None,
    today: date,
) -> Suggestion | None:
    """What the facts suggest for a green item that is open and in the force's hands; None where they agree.

    Days are in ISO form. ``last_evidence_on`` is when evidence was last received or shared; what came
    on the day of the review came with it.
    """
    if rag != Rag.GREEN or status in {Status.SUBMITTED, Status.CLOSED}:
        return None
    if original_target_on and original_target_on < today.isoformat():
        return Suggestion(Rag.AMBER, f"past its original target, {_spoken(original_target_on)}")
    if last_review_on and (last_evidence_on or "") < last_review_on:
        return Suggestion(Rag.AMBER, f"no evidence since its last review, {_spoken(last_review_on)}")
    return None


def _spoken(day: str) -> str:
    return spoken(date.fromisoformat(day))
