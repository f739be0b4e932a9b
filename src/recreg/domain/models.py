"""The nouns of the register, one class each: the rows that the register file holds.

The tables themselves are made by ``migrations/``; a test holds the two against each other. Rows are
never validated by these classes (SQLModel does not, for tables): whatever comes in is understood by
`recreg.domain` first, and the file checks it once more.
"""

# No `from __future__ import annotations` here: SQLModel reads the annotations themselves.
from datetime import date
from enum import StrEnum

from sqlalchemy import Computed, Enum, MetaData
from sqlmodel import Field, SQLModel

from recreg.domain.vocabulary import (
    Acceptance,
    ClosedAs,
    DecidedBy,
    InspectionType,
    Kind,
    OurPart,
    Outcome,
    Precision,
    Rag,
    Relation,
    Status,
    Verdict,
)


def _words(vocabulary: type[StrEnum]) -> Enum:
    """A column that holds the field's words; SQLAlchemy would store the members' names."""
    return Enum(vocabulary, values_callable=lambda members: [m.value for m in members], native_enum=False)


#: How the file derives an item's status; `recreg.domain.lifecycle.status_of` is the same in Python.
STATUS_RULE = """CASE
    WHEN closed_on IS NOT NULL THEN 'closed'
    WHEN submitted_on IS NOT NULL THEN 'submitted'
    WHEN completed_on IS NOT NULL THEN 'complete'
    WHEN owner_id IS NOT NULL AND board_id IS NOT NULL THEN 'in_progress'
    ELSE 'new' END"""


class Row(SQLModel):
    """What every row of the register has: a number that is never given twice."""

    metadata = MetaData()

    id: int | None = Field(default=None, primary_key=True)

    @property
    def known_id(self) -> int:
        """The row's number, once it has been written."""
        if self.id is None:
            raise LookupError(f"a {type(self).__name__} that was not written yet has no number")
        return self.id


class Setting(Row, table=True):
    """One choice of this force, made at ``init``: its protective marking, for one."""

    name: str
    value: str


class RagKey(Row, table=True):
    """What a colour means in this force, in its own words."""

    __tablename__ = "rag_key"

    colour: Rag = Field(sa_type=_words(Rag))
    words: str


class Person(Row, table=True):
    """A recommendation owner or a lead: a named officer or a role."""

    name: str
    name_key: str
    role: str | None = None
    email: str | None = None


class Board(Row, table=True):
    """A governance board that holds owners to account."""

    name: str
    name_key: str
    lead_id: int | None = Field(default=None, foreign_key="person.id")


class Portfolio(Row, table=True):
    """A portfolio of the force that owners work in."""

    name: str
    name_key: str
    lead_id: int | None = Field(default=None, foreign_key="person.id")


class Inspection(Row, table=True):
    """An inspection or report: it exists before it is published, then with vague words for its day."""

    code: str
    title: str
    type: InspectionType = Field(sa_type=_words(InspectionType))
    publishers: str | None = None
    published_on: date | None = None
    expected_words: str | None = None
    our_part: OurPart = Field(default=OurPart.NONE, sa_type=_words(OurPart))
    url: str | None = None
    summary: str | None = None
    pcc_applies: bool = True
    pcc_comments_on: date | None = None


class Item(Row, table=True):
    """A recommendation, an area for improvement or a cause of concern; or a part of one.

    ``ref`` and ``status`` are computed by the file itself from the other columns, so that neither
    can disagree with them.
    """

    ref: str | None = Field(default=None, sa_column_args=(Computed("printf('R-%04d', id)", persisted=False),))
    hmicfrs_ref: str | None = None
    kind: Kind = Field(sa_type=_words(Kind))
    inspection_id: int | None = Field(default=None, foreign_key="inspection.id")
    number: str | None = None
    parent_id: int | None = Field(default=None, foreign_key="item.id")
    title: str
    text: str | None = None
    addressees: str | None = None
    ours: bool = True
    ours_why: str | None = None
    waiting_on: str | None = None
    mandatory: bool = True
    acceptance: Acceptance | None = Field(default=None, sa_type=_words(Acceptance))
    acceptance_why: str | None = None
    acceptance_by: str | None = None
    deadline_words: str | None = None
    deadline_on: date | None = None
    deadline_precision: Precision | None = Field(default=None, sa_type=_words(Precision))
    deadline_why: str | None = None
    deadline_letter: str | None = None
    target_on: date | None = None
    original_target_on: date | None = None
    times_deferred: int = 0
    target_why: str | None = None
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    board_id: int | None = Field(default=None, foreign_key="board.id")
    portfolio_id: int | None = Field(default=None, foreign_key="portfolio.id")
    status: Status | None = Field(
        default=None,
        sa_type=_words(Status),
        sa_column_args=(Computed(STATUS_RULE, persisted=False),),
    )
    rag: Rag = Field(default=Rag.UNRATED, sa_type=_words(Rag))
    rag_why: str | None = None
    review_every_months: int = 3
    review_anchor_on: date
    review_round: int = 1
    last_review_on: date | None = None
    next_review_on: date | None = None
    added_on: date
    completed_on: date | None = None
    submitted_on: date | None = None
    closed_on: date | None = None
    closed_as: ClosedAs | None = Field(default=None, sa_type=_words(ClosedAs))
    closed_letter: str | None = None
    closed_why: str | None = None
    decided_by: DecidedBy | None = Field(default=None, sa_type=_words(DecidedBy))
    approved_by: str | None = None
    closed_of_id: int | None = Field(default=None, foreign_key="item.id")
    withdrawn_on: date | None = None
    withdrawn_why: str | None = None
    target_approved_by: str | None = None
    agreed_by_id: int | None = Field(default=None, foreign_key="board.id")
    sign_off_level: str | None = None
    times_sent_back: int = 0
    times_returned: int = 0
    returned_on: date | None = None
    returned_why: str | None = None
    times_reopened: int = 0
    reopened_on: date | None = None
    reopened_why: str | None = None
    returned_by: DecidedBy | None = Field(default=None, sa_type=_words(DecidedBy))


class Review(Row, table=True):
    """A three-month review that was held."""

    ref: str | None = Field(default=None, sa_column_args=(Computed("printf('V-%04d', id)", persisted=False),))
    item_id: int = Field(foreign_key="item.id")
    held_on: date
    outcome: Outcome = Field(sa_type=_words(Outcome))
    note: str
    met_with: str | None = None
    met_on: date | None = None
    kept_schedule: bool = False
    corrected_why: str | None = None
    found_last_on: date | None = None
    found_anchor_on: date | None = None
    found_round: int | None = None


class Note(Row, table=True):
    """An owner's dated update, verbatim."""

    ref: str | None = Field(default=None, sa_column_args=(Computed("printf('N-%04d', id)", persisted=False),))
    item_id: int = Field(foreign_key="item.id")
    noted_on: date
    text: str
    corrected_why: str | None = None


class Evidence(Row, table=True):
    """A file kept under its hash, or a link; what it shows, from whom, and what it was judged to be."""

    ref: str | None = Field(default=None, sa_column_args=(Computed("printf('E-%04d', id)", persisted=False),))
    title: str
    file_name: str | None = None
    link: str | None = None
    path: str | None = None
    sha256: str | None = None
    size_bytes: int | None = None
    dated_on: date | None = None
    received_on: date
    received_from: str | None = None
    shared_on: date | None = None
    shared_with: str | None = None
    verdict: Verdict | None = Field(default=None, sa_type=_words(Verdict))
    verdict_why: str | None = None
    judged_on: date | None = None
    corrected_why: str | None = None


class EvidenceItem(Row, table=True):
    """Which evidence stands for which item."""

    __tablename__ = "evidence_item"

    evidence_id: int = Field(foreign_key="evidence.id")
    item_id: int = Field(foreign_key="item.id")


class Link(Row, table=True):
    """What an item has to do with another: it repeats it, was escalated from it, or is related to it."""

    item_id: int = Field(foreign_key="item.id")
    relation: Relation = Field(sa_type=_words(Relation))
    other_id: int = Field(foreign_key="item.id")


class ImportFile(Row, table=True):
    """A file that was imported, so that the same one is known when it comes again."""

    __tablename__ = "import_file"

    name: str
    sheet: str | None = None
    sha256: str
    what: str
    added: int
    changed: int
    unchanged: int


class Meeting(Row, table=True):
    """A meeting of the audit committee; what its paper is of ends on the cut-off day.

    What is ``final`` was recorded when its final paper was drawn: the changeset that it rests on, the
    hash of the file, the first day of its period, and the open items that it printed, by kind.
    """

    name: str
    name_key: str
    held_on: date
    cutoff_on: date
    final_since_on: date | None = None
    final_drawn_on: date | None = None
    final_changeset: int | None = None
    final_form: str | None = None
    final_sha256: str | None = None
    final_recommendations: int | None = None
    final_areas_for_improvement: int | None = None
    final_causes_of_concern: int | None = None
    final_why: str | None = None
    final_hash: str | None = None
