"""What forces call the columns of their lists, noun by noun: plain synonyms, and no guesses.

Case, spaces, punctuation and a closing No or Number make no difference, so they are not listed.
A key is its own spelling.
"""

from collections.abc import Mapping

Spellings = Mapping[str, tuple[str, ...]]


def _spelt(keys: str, **usual: str) -> Spellings:
    """Keys in their order, each with its usual spellings, which commas part."""
    given = {key: tuple(each.strip() for each in spellings.split(",")) for key, spellings in usual.items()}
    return {key: given.get(key, ()) for key in keys.split()}


ITEMS = _spelt(
    "ref hmicfrs_ref kind inspection number parent title text addressees ours waiting_on mandatory acceptance "
    "deadline_words deadline_on deadline_precision target_on original_target_on times_deferred owner board portfolio "
    "status rag rag_why review_every_months last_review_on next_review_on added_on submitted_on closed_on closed_as "
    "closed_letter closed_why decided_by approved_by closed_of "
    "ours_why acceptance_why acceptance_by deadline_why deadline_letter target_why target_approved_by completed_on "
    "agreed_by sign_off_level times_sent_back times_returned returned_on returned_by returned_why times_reopened "
    "reopened_on reopened_why review_anchor_on review_round",
    ref="Reference, Our ref, Our reference, Register ref, Register reference, Force ref, Force reference",
    hmicfrs_ref="HMICFRS, HMICFRS ID, HMICFRS reference, HMICFRS rec, HMICFRS recommendation, "
    "HMICFRS recommendation ID, HMIC, HMIC ID, HMIC reference",
    kind="Type, Item type, Recommendation type, Type of recommendation",
    inspection="Report, Report title, Report name, Report code, Inspection title, Inspection name, Inspection code, "
    "Inspection report",
    number="No, Rec number, Rec no, Recommendation number, Recommendation no, Number in report, Item number, Item no",
    parent="Parent ref, Parent item, Parent reference",
    title="Short title, Item title, Recommendation title",
    text="Recommendation, Wording, Recommendation text, Recommendation wording, Text of recommendation, "
    "Wording of recommendation, Full text, Full wording",
    addressees="Addressee, Addressed to",
    ours="Is ours",
    waiting_on="Waiting for",
    mandatory="Is mandatory",
    acceptance="Accepted, Acceptance status",
    deadline_words="HMICFRS deadline, Timescale, Timescales, HMICFRS timescale, Deadline",
    deadline_on="HMICFRS deadline date, Deadline date, Deadline day",
    target_on="Due, Due date, Target date, Target, Force target, Force target date, Target completion date",
    original_target_on="Original target, Original target date, First target date, Original due date",
    times_deferred="Deferrals, Number of deferrals",
    owner="Lead, Lead officer, Recommendation owner, Item owner, Owner name",
    board="Governance board",
    portfolio="Portfolio name",
    status="Current status, Item status, Recommendation status",
    rag="RAG status, RAG rating, Current RAG",
    rag_why="RAG rationale, RAG reason, Reason for RAG, Rationale for RAG",
    review_every_months="Review every, Months between reviews",
    last_review_on="Last review, Last reviewed, Last review date, Date of last review",
    next_review_on="Next review, Next review date, Next review due, Date of next review",
    added_on="Added, Date added, Added date",
    submitted_on="Submitted, Date submitted, Submitted date, Submission date",
    closed_on="Closed, Date closed, Closed date, Closure date, Date of closure",
    closed_as="Closure basis, Basis of closure",
    closed_letter="Closure letter, Sign-off letter, HMICFRS letter",
    closed_why="Closure reason, Reason for closure, Reason closed",
    approved_by="Approver, Closure approved by",
    completed_on="Completed, Date completed, Completed date, Completion date",
    agreed_by="Agreed by board",
    returned_on="Returned, Date returned",
    reopened_on="Reopened, Date reopened",
)

REVIEWS = _spelt(
    "ref item held_on outcome note met_with met_on kept_schedule corrected_why found_last_on found_anchor_on "
    "found_round",
    ref="Reference, Review",
    item="Item reference, Recommendation, Recommendation reference",
    held_on="Held, Date held, Date, Review date, Date of review, Reviewed on",
    outcome="Review outcome",
    note="Notes, Review note",
    met_with="Met",
    met_on="Meeting date, Date met",
)

NOTES = _spelt(
    "ref item noted_on text corrected_why",
    ref="Reference, Note reference",
    item="Item reference, Recommendation, Recommendation reference",
    noted_on="Noted, Date, Date noted, Note date, Update date, Date of update",
    text="Note, Update, Note text, Update text",
)

EVIDENCE = _spelt(
    "ref items title file_name link path sha256 size_bytes dated_on received_on received_from shared_on shared_with "
    "verdict verdict_why judged_on corrected_why",
    ref="Reference, Evidence, Evidence reference",
    items="Item, Item reference, For, Recommendation, Recommendations",
    title="Evidence title, Document, Document title",
    file_name="File",
    link="URL, Web link",
    sha256="SHA-256",
    size_bytes="Size, Size in bytes",
    dated_on="Dated, Document date",
    received_on="Received, Date received",
    received_from="From",
    shared_on="Shared, Date shared",
    verdict_why="Reason for verdict",
    judged_on="Judged, Date judged",
)

INSPECTIONS = _spelt(
    "code title type publishers published_on expected_words our_part url summary pcc_applies pcc_due_on "
    "pcc_comments_on",
    code="Inspection code, Report code, Inspection",
    title="Inspection title, Report, Report title, Report name, Inspection name",
    type="Inspection type, Type of inspection, Report type",
    publishers="Publisher, Published by",
    published_on="Published, Date published, Publication date, Date of publication, Published date",
    expected_words="Expected",
    our_part="Our role",
    url="Link, Web link, Web address",
    pcc_comments_on="PCC comments, PCC comments date, PCC comments published",
)

PEOPLE = _spelt(
    "name role email",
    name="Person, Full name, Owner, Lead, Lead officer",
    role="Post, Job title, Position",
    email="E-mail address",
)

BOARDS = _spelt("name lead", name="Board, Board name, Governance board", lead="Chair, Board lead")
PORTFOLIOS = _spelt("name lead", name="Portfolio, Portfolio name", lead="Portfolio lead")
KEY = _spelt("colour words", colour="RAG, Color", words="Meaning, What it means")
LINKS = _spelt("item relation other")

#: Every noun's, by the name of its list.
BY_NOUN: Mapping[str, Spellings] = {
    "items": ITEMS,
    "reviews": REVIEWS,
    "notes": NOTES,
    "evidence": EVIDENCE,
    "inspections": INSPECTIONS,
    "people": PEOPLE,
    "boards": BOARDS,
    "portfolios": PORTFOLIOS,
    "key": KEY,
    "links": LINKS,
}
