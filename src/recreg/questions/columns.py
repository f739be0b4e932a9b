"""The columns of every list: one definition feeds the table, the pipe and the machine formats.

The keys are a promise (docs/machine-output.md).
"""

from typing import Any, NamedTuple


class Column(NamedTuple):
    """One column: its key, its heading, whether table and plain show it, and how much it matters.

    On a narrow screen the columns of the lowest ``weight`` give way first.
    """

    key: str
    heading: str = ""
    listed: bool = False
    yes_no: bool = False
    weight: int = 5
    least: int = 4


def _keys(text: str) -> tuple[Column, ...]:
    return tuple(Column(key) for key in text.split())


REF = Column("ref", "Ref", listed=True, weight=9, least=6)
HMICFRS_REF = Column("hmicfrs_ref", "HMICFRS", listed=True, weight=7, least=7)
KIND = Column("kind", "Kind", listed=True, weight=4, least=14)
TITLE = Column("title", "Title", listed=True, weight=8, least=18)
OWNER = Column("owner", "Owner", listed=True, weight=6, least=12)
BOARD = Column("board", "Board", listed=True, weight=2, least=12)
RAG = Column("rag", "RAG", listed=True, weight=6, least=7)
STATUS = Column("status", "Status", listed=True, weight=3, least=11)

#: An item as `list` and `export` give it.
ITEM = (
    REF, HMICFRS_REF, KIND, *_keys("inspection number parent"), TITLE, *_keys("text addressees"),
    Column("ours", yes_no=True), Column("waiting_on"), Column("mandatory", yes_no=True), Column("acceptance"),
    Column("deadline_words"), Column("deadline_on", "Deadline", listed=True, weight=5, least=11),
    Column("deadline_precision"), Column("target_on", "Target", listed=True, weight=1, least=10),
    *_keys("original_target_on times_deferred"), OWNER, BOARD, Column("portfolio"), STATUS, RAG,
    *_keys("rag_why review_every_months last_review_on"),
    Column("next_review_on", "Next review", listed=True, weight=7, least=11),
    *_keys("added_on submitted_on closed_on closed_as closed_letter closed_why decided_by approved_by closed_of"),
)  # fmt: skip

#: The order in which table and plain show an item.
LISTED = "ref hmicfrs_ref kind title owner board rag status deadline_on target_on next_review_on".split()

OVERDUE = (
    REF, HMICFRS_REF, KIND._replace(weight=2), TITLE, OWNER, BOARD._replace(weight=1), RAG._replace(weight=3),
    Column("clock", "Clock", listed=True, weight=1, least=8),
    Column("due_on", "Due", listed=True, weight=8, least=10),
    Column("days_overdue", "Days", listed=True, weight=8, least=5),
    Column("last_review_on", "Last review", listed=True, weight=3, least=11),
    Column("position", "Position", listed=True, weight=4, least=12),
)  # fmt: skip

#: The same where several clocks stand in one list: then an item's rows are told apart by the clock.
_BY_CLOCK: dict[str, dict[str, Any]] = {"title": {"least": 16}, "clock": {"weight": 8}, "days_overdue": {"weight": 7}}
OVERDUE_BY_CLOCK = tuple(column._replace(**_BY_CLOCK.get(column.key, {})) for column in OVERDUE)

AGENDA = (
    REF, HMICFRS_REF, KIND._replace(weight=1), TITLE, OWNER._replace(weight=7), BOARD._replace(weight=1),
    Column("portfolio"), RAG._replace(weight=3), STATUS._replace(weight=1),
    Column("clock", "Clock", listed=True, weight=8, least=8),
    Column("due_on", "Due", listed=True, weight=8, least=10),
    Column("days_overdue", "Days", listed=True, weight=6, least=5),
    Column("days_overdue_then", "Days then", listed=True, weight=5, least=9),
    Column("position", "Position", listed=True, weight=2, least=12),
    Column("last_position", "Last position", listed=True, weight=5, least=36),
)  # fmt: skip

KEY = (
    Column("colour", "Colour", listed=True, weight=9, least=7),
    Column("words", "What it means", listed=True, weight=9, least=20),
    Column("own_words", "Own words", listed=True, yes_no=True, weight=5, least=9),
)

FIGURES = (Column("figure", "Figure", listed=True), Column("count", "Count", listed=True))

HISTORY = (
    Column("changeset", "No", listed=True, weight=8, least=4),
    Column("at", "Recorded (UTC)", listed=True, weight=2, least=20),
    Column("on", "On", listed=True, weight=8, least=10),
    Column("by", "By", listed=True, weight=4, least=8),
    Column("command", "Command", listed=True, weight=1, least=8),
    Column("event", "Event", listed=True, weight=7, least=9),
    Column("field", "Field", listed=True, weight=6, least=10),
    Column("before", "Before", listed=True, weight=5, least=12),
    Column("after", "After", listed=True, weight=7, least=14),
)

WHY = (
    Column("ref", "Ref", listed=True, weight=9, least=6),
    Column("fact", "Fact", listed=True, weight=9, least=8),
    Column("value", "Value", listed=True, weight=8, least=10),
    Column("because", "Because", listed=True, weight=8, least=20),
    Column("changeset", "No", listed=True, weight=5, least=4),
    Column("on", "On", listed=True, weight=6, least=10),
    Column("by", "By", listed=True, weight=4, least=8),
)

LOG = (
    Column("changeset", "No", listed=True, weight=9, least=4),
    Column("at", "Recorded (UTC)", listed=True, weight=5, least=20),
    Column("on", "On", listed=True, weight=8, least=10),
    Column("by", "By", listed=True, weight=6, least=8),
    Column("command", "Command", listed=True, weight=8, least=8),
    Column("undoes", "Undoes", listed=True, weight=4, least=6),
    Column("undone_by", "Undone by", listed=True, weight=4, least=9),
    Column("changes", "Changes", listed=True, weight=5, least=7),
    Column("items", "Items", listed=True, weight=7, least=8),
    Column("hash", "Hash", listed=True, weight=1, least=16),
)

INSPECTION = (
    Column("code", "Code", listed=True, weight=9, least=13),
    Column("title", "Title", listed=True, weight=8, least=20),
    Column("type", "Type", listed=True, weight=5, least=10),
    Column("publishers"),
    Column("published_on", "Published", listed=True, weight=7, least=10),
    Column("expected_words", "Expected", listed=True, weight=4, least=10),
    Column("our_part", "Our part", listed=True, weight=3, least=11),
    Column("url"),
    Column("summary"),
    Column("pcc_applies", yes_no=True),
    Column("pcc_due_on", "56 days end", listed=True, weight=4, least=11),
    Column("pcc_comments_on", "Comments", listed=True, weight=2, least=10),
    Column("items", "Items", listed=True, weight=6, least=5),
    Column("open_items", "Open", listed=True, weight=6, least=4),
)

PERSON = (
    Column("name", "Name", listed=True, weight=9, least=12),
    Column("role", "Role", listed=True, weight=5, least=12),
    Column("email", "E-mail", listed=True, weight=5, least=12),
    Column("open_items", "Open", listed=True, weight=7, least=4),
)

BODY = (
    Column("name", "Name", listed=True, weight=9, least=12),
    Column("lead", "Lead", listed=True, weight=6, least=12),
    Column("open_items", "Open", listed=True, weight=7, least=4),
)

FIGURES_EXPLAINED = (
    Column("figure", "Figure", listed=True, weight=9, least=20),
    Column("count", "Count", listed=True, weight=8, least=5),
    Column("refs", "References", listed=True, weight=7, least=12),
)

MEETING = (
    Column("name", "Meeting", listed=True, weight=9, least=14),
    Column("held_on", "On", listed=True, weight=8, least=10),
    Column("cutoff_on", "Cut-off", listed=True, weight=7, least=10),
    Column("final_since_on", "Since", listed=True, weight=4, least=10),
    Column("final_drawn_on", "Final on", listed=True, weight=6, least=10),
    Column("final_changeset", "Drawn from", listed=True, weight=5, least=10),
    *_keys("final_form final_sha256 final_recommendations final_areas_for_improvement final_causes_of_concern"),
    *_keys("final_why"),
)

EVIDENCE = (
    Column("ref", "Ref", listed=True, weight=9, least=6),
    Column("items", "For", listed=True, weight=8, least=6),
    Column("title", "Title", listed=True, weight=8, least=18),
    *_keys("file_name link path sha256 size_bytes dated_on"),
    Column("received_on", "Received", listed=True, weight=6, least=10),
    Column("received_from", "From", listed=True, weight=3, least=10),
    Column("shared_on", "Shared", listed=True, weight=5, least=10),
    Column("shared_with"),
    Column("verdict", "Verdict", listed=True, weight=7, least=12),
    *_keys("verdict_why judged_on corrected_why"),
)

EVIDENCE_FAULT = (
    Column("ref", "Ref", listed=True, weight=9, least=6),
    Column("items", "For", listed=True, weight=8, least=6),
    Column("title", "Title", listed=True, weight=7, least=18),
    Column("fault", "Fault", listed=True, weight=8, least=8),
    Column("file", "File", listed=True, weight=5, least=20),
)

#: What `recreg log verify` finds.
PROOF = (
    Column("what", "What", listed=True, weight=9, least=8),
    Column("changeset", "Changeset", listed=True, weight=8, least=9),
    Column("ref", "Ref", listed=True, weight=6, least=6),
    Column("message", "Found", listed=True, weight=9, least=30),
    Column("cure", "Cure", listed=True, weight=7, least=24),
)

#: What `recreg doctor` looked at.
DOCTOR = (
    Column("what", "What", listed=True, weight=9, least=11),
    Column("found", "Found", listed=True, weight=9, least=30),
    Column("advice", "Advice", listed=True, weight=8, least=24),
)

CHECK = (
    Column("code", "Code", listed=True, weight=9, least=5),
    REF, HMICFRS_REF,
    Column("message", "What is so", listed=True, weight=9, least=24),
    Column("cure", "What to type", listed=True, weight=9, least=24),
)  # fmt: skip

RECONCILE = (
    REF, HMICFRS_REF, KIND._replace(weight=1), TITLE._replace(weight=5),
    Column("difference", "Difference", listed=True, weight=9, least=10),
    Column("field", "Field", listed=True, weight=8, least=8),
    Column("ours", "Ours", listed=True, weight=7, least=12),
    Column("theirs", "Theirs", listed=True, weight=7, least=12),
    Column("row", "Row", listed=True, weight=2, least=4),
    Column("cure", "What to type", listed=True, weight=9, least=24),
)  # fmt: skip
