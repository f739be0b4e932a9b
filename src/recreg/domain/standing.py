"""Whether an item is open or closed, in the free words of somebody else's list."""

import re

from recreg.domain.vocabulary import ClosedAs, Status
from recreg.errors import Mistyped

#: What HMICFRS's lists, old and new, and those of forces call what is done with, and the basis that follows from it.
_CLOSED = {
    "closed": ClosedAs.SIGNED_OFF,
    "complete": ClosedAs.SIGNED_OFF,
    "completed": ClosedAs.SIGNED_OFF,
    "signed off": ClosedAs.SIGNED_OFF,
    "no further action": ClosedAs.NO_FURTHER_ACTION,
    "no further action needed": ClosedAs.NO_FURTHER_ACTION,
    "no further action required": ClosedAs.NO_FURTHER_ACTION,
    "superseded": ClosedAs.SUPERSEDED,
    "duplicate": ClosedAs.DUPLICATE,
    "not applicable": ClosedAs.NOT_APPLICABLE,
    "not accepted": ClosedAs.NOT_ACCEPTED,
}
_OPEN = ("open", "in progress", "ongoing", "new", "not started", "outstanding", "submitted", "reopened")


def basis_of(typed: str) -> ClosedAs | None:
    """On what basis these words say that an item is closed; None where they say it is open.

    What follows a colon is a remark. Raises `Mistyped` for words that say neither.
    """
    words = _bare(typed.partition(":")[0]).removesuffix(" by hmicfrs")
    if words in _CLOSED:
        return _CLOSED[words]
    if words not in _OPEN:
        raise Mistyped(
            f"“{typed}” says neither that it is open nor that it is closed.",
            f"Open is: {', '.join(_OPEN)}. Closed is: {', '.join(_CLOSED)}.",
        )
    return None


def is_the_word(typed: str, status: str) -> bool:
    """Whether these words are the register's own for that status: its *complete* is not HMICFRS's."""
    return _bare(typed) == _bare(Status(status))


def _bare(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().casefold()
