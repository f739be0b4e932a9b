"""How a deadline is shown, without what it takes to understand its words: every list shows one."""

from datetime import date

from recreg.domain.dates import MONTHS
from recreg.domain.vocabulary import Precision


def is_immediate(words: str | None) -> bool:
    """Whether a deadline's words say at once; such a one is never shown as days late."""
    if not words or "immediate" not in words.casefold():
        return False
    from recreg.domain.deadlines import says_at_once

    return says_at_once(words)


def shown_deadline(on: date, precision: str | None, words: str | None) -> str:
    """A deadline as people read it: “March 2023”, “immediate”, or the ISO day."""
    if is_immediate(words):
        return "immediate"
    if precision == Precision.MONTH:
        return f"{MONTHS[on.month - 1].capitalize()} {on.year}"
    return str(on.year) if precision == Precision.YEAR else on.isoformat()
