"""The words of the field: what each may be, and how a typed word is understood.

The file, the machine formats and the screens all use these very words; on input case does not
matter and a hyphen or a space stands for an underscore.
"""

import difflib
import re
from enum import StrEnum
from typing import TypeVar

from recreg.errors import Mistyped


class Kind(StrEnum):
    """What HMICFRS made: a recommendation, an area for improvement or a cause of concern."""

    RECOMMENDATION = "recommendation"
    AREA_FOR_IMPROVEMENT = "area_for_improvement"
    CAUSE_OF_CONCERN = "cause_of_concern"


class Status(StrEnum):
    """Where an item stands between being logged and being closed."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    SUBMITTED = "submitted"
    CLOSED = "closed"


class Rag(StrEnum):
    """A judgement with a rationale, never a colour computed from a date."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    UNRATED = "unrated"
    BLUE = "blue"
    WHITE = "white"


class Acceptance(StrEnum):
    """What the force said to a recommendation that is not mandatory."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    NOT_ACCEPTED = "not_accepted"


class ClosedAs(StrEnum):
    """The basis on which an item was closed."""

    SIGNED_OFF = "signed_off"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    NO_FURTHER_ACTION = "no_further_action"
    NOT_APPLICABLE = "not_applicable"
    NOT_ACCEPTED = "not_accepted"


class DecidedBy(StrEnum):
    """Who closed an item."""

    HMICFRS = "hmicfrs"
    FORCE = "force"


class Outcome(StrEnum):
    """What a three-month review came to."""

    ON_TRACK = "on_track"
    SUPPORT_NEEDED = "support_needed"
    ESCALATE = "escalate"
    PROPOSE_CLOSURE = "propose_closure"


class Relation(StrEnum):
    """What an item has to do with another one."""

    REPEATS = "repeats"
    ESCALATED_FROM = "escalated_from"
    RELATED = "related"


class InspectionType(StrEnum):
    """What sort of inspection or report it is."""

    PEEL = "peel"
    THEMATIC = "thematic"
    SUPER_COMPLAINT = "super_complaint"
    JOINT = "joint"
    SPOTLIGHT = "spotlight"
    REVISIT = "revisit"
    OTHER = "other"


class OurPart(StrEnum):
    """What the force itself did in an inspection."""

    FIELDWORK = "fieldwork"
    DATA_RETURN = "data_return"
    NONE = "none"


class Verdict(StrEnum):
    """What the officer judged a piece of evidence to be."""

    SUFFICIENT = "sufficient"
    PARTIAL = "partial"
    INSUFFICIENT = "insufficient"


class Precision(StrEnum):
    """How exactly words of a deadline name their day."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Question(StrEnum):
    """What the officer asks of the whole register: each is a module of `recreg.questions.ask`."""

    CHANGED = "changed"
    SILENT = "silent"
    WITH_HMICFRS = "with_hmicfrs"
    RETURNED = "returned"
    CAUSES = "causes"
    SLIPPED = "slipped"
    EVIDENCE = "evidence"
    RAG = "rag"
    AGE = "age"
    NOT_OURS = "not_ours"


class Change(StrEnum):
    """What became of an item in a period: the first six move a figure, the others do not."""

    NEW = "new"
    REOPENED = "reopened"
    SIGNED_OFF = "signed_off"
    OTHERWISE_CLOSED = "otherwise_closed"
    CLOSED_BY_FORCE = "closed_by_force"
    CORRECTED = "corrected"
    COMPLETED = "completed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RATED = "rated"
    DEFERRED = "deferred"
    ASSIGNED = "assigned"


class Travel(StrEnum):
    """Which way a rating went since a day."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"


class Bearer(StrEnum):
    """By what the figures of a list are summed: whose the items are."""

    OWNER = "owner"
    BOARD = "board"
    PORTFOLIO = "portfolio"


class PaperForm(StrEnum):
    """What the committee's paper is drawn as."""

    MD = "md"
    DOCX = "docx"
    HTML = "html"


class Clock(StrEnum):
    """The three clocks of an item, the one of an inspection's report, or the item's three at once."""

    REVIEW = "review"
    TARGET = "target"
    DEADLINE = "deadline"
    PCC = "pcc"
    ALL = "all"


#: Short words that officers type, and what they stand for.
ALSO_WRITTEN = {
    "afi": "area_for_improvement",
    "coc": "cause_of_concern",
    "rec": "recommendation",
}

Word = TypeVar("Word", bound=StrEnum)


def word(vocabulary: type[Word], typed: str, what: str) -> Word:
    """The word that was typed, in any case, with hyphens or spaces for ``_``.

    Raises `Mistyped` with every word that is allowed, the nearest one first.
    """
    key = re.sub(r"[\s_-]+", "_", typed.strip().casefold())
    key = ALSO_WRITTEN.get(key, key)
    allowed = [member.value for member in vocabulary]
    if key in allowed:
        return vocabulary(key)
    near = difflib.get_close_matches(key, allowed, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    one = with_article(what)
    raise Mistyped(f"“{typed}” is not {one}.", f"{hint}{one[0].upper()}{one[1:]} is one of: {', '.join(allowed)}.")


def with_article(noun: str) -> str:
    """The noun with its a or an."""
    return f"{'an' if noun[0].casefold() in 'aeiou' else 'a'} {noun}"


def in_words(value: str) -> str:
    """A word as a sentence has it: ``cause_of_concern`` is “cause of concern”."""
    return value.replace("_", " ")


def counted(count: int, noun: str) -> str:
    """So many of a noun that takes an s: “1 day”, “29 days”."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def how_often(count: int) -> str:
    """“never”, “once”, “3 times”."""
    return {0: "never", 1: "once"}.get(count, f"{count} times")


def plural(kind: str, count: int) -> str:
    """The kind in words for that many: “1 cause of concern”, “2 causes of concern”."""
    if count == 1:
        return in_words(kind)
    return {
        Kind.RECOMMENDATION: "recommendations",
        Kind.AREA_FOR_IMPROVEMENT: "areas for improvement",
        Kind.CAUSE_OF_CONCERN: "causes of concern",
    }[Kind(kind)]


#: How each link reads, from the item it was made on and from the other one.
READS = {
    Relation.REPEATS: ("repeats", "is repeated by"),
    Relation.ESCALATED_FROM: ("was escalated from", "was escalated to"),
    Relation.RELATED: ("is related to", "is related to"),
}
