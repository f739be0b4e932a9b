"""The register: its nouns, and the log that remembers every change of every row.

Written by hand, since SQLite takes the types a generated migration names for STRICT tables as an
error. A day is TEXT in ISO form, and ``date(x, '+0 days')`` refuses the 31st of February, which
``date(x)`` alone lets through.
"""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE setting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CONSTRAINT setting_name_once UNIQUE,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL CONSTRAINT person_name_once UNIQUE,
    role TEXT,
    email TEXT
) STRICT;

CREATE TABLE board (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL CONSTRAINT board_name_once UNIQUE,
    lead_id INTEGER CONSTRAINT board_lead_known REFERENCES person (id)
) STRICT;

CREATE TABLE portfolio (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL CONSTRAINT portfolio_name_once UNIQUE,
    lead_id INTEGER CONSTRAINT portfolio_lead_known REFERENCES person (id)
) STRICT;

CREATE TABLE inspection (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL COLLATE NOCASE CONSTRAINT inspection_code_once UNIQUE,
    title TEXT NOT NULL,
    type TEXT NOT NULL CONSTRAINT inspection_type_word CHECK
        (type IN ('peel', 'thematic', 'super_complaint', 'joint', 'spotlight', 'revisit', 'other')),
    publishers TEXT,
    published_on TEXT CONSTRAINT inspection_published_day CHECK (published_on IS date(published_on, '+0 days')),
    expected_words TEXT,
    our_part TEXT NOT NULL DEFAULT 'none' CONSTRAINT inspection_our_part_word CHECK
        (our_part IN ('fieldwork', 'data_return', 'none')),
    url TEXT,
    summary TEXT,
    pcc_applies INTEGER NOT NULL DEFAULT 1 CONSTRAINT inspection_pcc_yes_no CHECK (pcc_applies IN (0, 1)),
    pcc_comments_on TEXT CONSTRAINT inspection_pcc_comments_day CHECK (pcc_comments_on IS date(pcc_comments_on, '+0 days'))
) STRICT;

CREATE TABLE item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT GENERATED ALWAYS AS (printf('R-%04d', id)) VIRTUAL,
    hmicfrs_ref TEXT COLLATE NOCASE,
    kind TEXT NOT NULL CONSTRAINT item_kind_word CHECK
        (kind IN ('recommendation', 'area_for_improvement', 'cause_of_concern')),
    inspection_id INTEGER CONSTRAINT item_inspection_known REFERENCES inspection (id),
    number TEXT COLLATE NOCASE,
    parent_id INTEGER CONSTRAINT item_parent_known REFERENCES item (id)
        CONSTRAINT item_parent_other CHECK (parent_id <> id),
    title TEXT NOT NULL CONSTRAINT item_title_there CHECK (title <> ''),
    text TEXT,
    addressees TEXT,
    ours INTEGER NOT NULL DEFAULT 1 CONSTRAINT item_ours_yes_no CHECK (ours IN (0, 1)),
    ours_why TEXT CONSTRAINT item_not_ours_why CHECK (ours = 1 OR ours_why IS NOT NULL),
    waiting_on TEXT,
    mandatory INTEGER NOT NULL DEFAULT 1 CONSTRAINT item_mandatory_yes_no CHECK (mandatory IN (0, 1)),
    acceptance TEXT CONSTRAINT item_acceptance_word CHECK
        (acceptance IN ('pending', 'accepted', 'partly_accepted', 'not_accepted'))
        CONSTRAINT item_acceptance_unless_mandatory CHECK ((acceptance IS NULL) = (mandatory = 1)),
    acceptance_why TEXT CONSTRAINT item_acceptance_why CHECK
        (acceptance IS NULL OR acceptance NOT IN ('partly_accepted', 'not_accepted') OR acceptance_why IS NOT NULL),
    acceptance_by TEXT,
    deadline_words TEXT,
    deadline_on TEXT CONSTRAINT item_deadline_day CHECK (deadline_on IS date(deadline_on, '+0 days')),
    deadline_precision TEXT CONSTRAINT item_deadline_precision_word CHECK (deadline_precision IN ('day', 'month', 'year'))
        CONSTRAINT item_deadline_precise CHECK ((deadline_on IS NULL) = (deadline_precision IS NULL)),
    deadline_why TEXT,
    deadline_letter TEXT,
    target_on TEXT CONSTRAINT item_target_day CHECK (target_on IS date(target_on, '+0 days')),
    original_target_on TEXT CONSTRAINT item_original_target_day CHECK
        (original_target_on IS date(original_target_on, '+0 days'))
        CONSTRAINT item_original_target_kept CHECK ((target_on IS NULL) = (original_target_on IS NULL)),
    times_deferred INTEGER NOT NULL DEFAULT 0 CONSTRAINT item_times_deferred_count CHECK (times_deferred >= 0),
    target_why TEXT,
    owner_id INTEGER CONSTRAINT item_owner_known REFERENCES person (id),
    board_id INTEGER CONSTRAINT item_board_known REFERENCES board (id),
    portfolio_id INTEGER CONSTRAINT item_portfolio_known REFERENCES portfolio (id),
    status TEXT GENERATED ALWAYS AS (CASE
        WHEN closed_on IS NOT NULL THEN 'closed'
        WHEN submitted_on IS NOT NULL THEN 'submitted'
        WHEN completed_on IS NOT NULL THEN 'complete'
        WHEN owner_id IS NOT NULL AND board_id IS NOT NULL THEN 'in_progress'
        ELSE 'new' END) VIRTUAL,
    rag TEXT NOT NULL DEFAULT 'unrated' CONSTRAINT item_rag_word CHECK
        (rag IN ('red', 'amber', 'green', 'unrated', 'blue', 'white')),
    rag_why TEXT CONSTRAINT item_red_why CHECK (rag <> 'red' OR rag_why IS NOT NULL),
    review_every_months INTEGER NOT NULL DEFAULT 3 CONSTRAINT item_review_rhythm CHECK (review_every_months BETWEEN 1 AND 36),
    review_anchor_on TEXT NOT NULL CONSTRAINT item_review_anchor_day CHECK
        (review_anchor_on IS date(review_anchor_on, '+0 days')),
    review_round INTEGER NOT NULL DEFAULT 1 CONSTRAINT item_review_round_count CHECK (review_round >= 1),
    last_review_on TEXT CONSTRAINT item_last_review_day CHECK (last_review_on IS date(last_review_on, '+0 days')),
    next_review_on TEXT CONSTRAINT item_next_review_day CHECK (next_review_on IS date(next_review_on, '+0 days')),
    added_on TEXT NOT NULL CONSTRAINT item_added_day CHECK (added_on IS date(added_on, '+0 days')),
    completed_on TEXT CONSTRAINT item_completed_day CHECK (completed_on IS date(completed_on, '+0 days')),
    submitted_on TEXT CONSTRAINT item_submitted_day CHECK (submitted_on IS date(submitted_on, '+0 days')),
    closed_on TEXT CONSTRAINT item_closed_day CHECK (closed_on IS date(closed_on, '+0 days')),
    closed_as TEXT CONSTRAINT item_closed_as_word CHECK
        (closed_as IN ('signed_off', 'superseded', 'duplicate', 'no_further_action', 'not_applicable', 'not_accepted'))
        CONSTRAINT item_closed_as_something CHECK ((closed_on IS NULL) = (closed_as IS NULL)),
    closed_letter TEXT,
    closed_why TEXT,
    decided_by TEXT CONSTRAINT item_decided_by_word CHECK (decided_by IN ('hmicfrs', 'force')),
    approved_by TEXT,
    closed_of_id INTEGER CONSTRAINT item_closed_of_known REFERENCES item (id),
    withdrawn_on TEXT CONSTRAINT item_withdrawn_day CHECK (withdrawn_on IS date(withdrawn_on, '+0 days')),
    withdrawn_why TEXT CONSTRAINT item_withdrawn_why CHECK ((withdrawn_on IS NULL) = (withdrawn_why IS NULL))
) STRICT;

CREATE INDEX item_open_by_next_review ON item (next_review_on) WHERE closed_on IS NULL AND withdrawn_on IS NULL;
CREATE INDEX item_open_by_target ON item (original_target_on) WHERE closed_on IS NULL AND withdrawn_on IS NULL;
CREATE INDEX item_open_by_deadline ON item (deadline_on) WHERE closed_on IS NULL AND withdrawn_on IS NULL;
CREATE INDEX item_by_hmicfrs_ref ON item (hmicfrs_ref) WHERE hmicfrs_ref IS NOT NULL;
CREATE INDEX item_by_inspection ON item (inspection_id);
CREATE INDEX item_by_owner ON item (owner_id);
CREATE INDEX item_by_parent ON item (parent_id) WHERE parent_id IS NOT NULL;
CREATE UNIQUE INDEX item_number_once ON item (inspection_id, number, kind, coalesce(parent_id, 0))
    WHERE number IS NOT NULL AND inspection_id IS NOT NULL AND withdrawn_on IS NULL;

CREATE TABLE review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT GENERATED ALWAYS AS (printf('V-%04d', id)) VIRTUAL,
    item_id INTEGER NOT NULL CONSTRAINT review_item_known REFERENCES item (id),
    held_on TEXT NOT NULL CONSTRAINT review_held_day CHECK (held_on IS date(held_on, '+0 days')),
    outcome TEXT NOT NULL CONSTRAINT review_outcome_word CHECK
        (outcome IN ('on_track', 'support_needed', 'escalate', 'propose_closure')),
    note TEXT NOT NULL,
    met_with TEXT,
    met_on TEXT CONSTRAINT review_met_day CHECK (met_on IS date(met_on, '+0 days')),
    kept_schedule INTEGER NOT NULL DEFAULT 0 CONSTRAINT review_kept_yes_no CHECK (kept_schedule IN (0, 1)),
    corrected_why TEXT
) STRICT;
CREATE INDEX review_by_item ON review (item_id, held_on);

CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT GENERATED ALWAYS AS (printf('N-%04d', id)) VIRTUAL,
    item_id INTEGER NOT NULL CONSTRAINT note_item_known REFERENCES item (id),
    noted_on TEXT NOT NULL CONSTRAINT note_day CHECK (noted_on IS date(noted_on, '+0 days')),
    text TEXT NOT NULL,
    corrected_why TEXT
) STRICT;
CREATE INDEX note_by_item ON note (item_id, noted_on);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ref TEXT GENERATED ALWAYS AS (printf('E-%04d', id)) VIRTUAL,
    title TEXT NOT NULL,
    file_name TEXT,
    link TEXT,
    path TEXT,
    sha256 TEXT CONSTRAINT evidence_hash_whole CHECK (length(sha256) = 64),
    size_bytes INTEGER CONSTRAINT evidence_size_count CHECK (size_bytes >= 0),
    dated_on TEXT CONSTRAINT evidence_dated_day CHECK (dated_on IS date(dated_on, '+0 days')),
    received_on TEXT NOT NULL CONSTRAINT evidence_received_day CHECK (received_on IS date(received_on, '+0 days')),
    received_from TEXT,
    shared_on TEXT CONSTRAINT evidence_shared_day CHECK (shared_on IS date(shared_on, '+0 days')),
    shared_with TEXT,
    verdict TEXT CONSTRAINT evidence_verdict_word CHECK (verdict IN ('sufficient', 'partial', 'insufficient')),
    verdict_why TEXT CONSTRAINT evidence_verdict_why CHECK
        (verdict IS NULL OR verdict = 'sufficient' OR verdict_why IS NOT NULL),
    judged_on TEXT CONSTRAINT evidence_judged_day CHECK (judged_on IS date(judged_on, '+0 days')),
    corrected_why TEXT,
    CONSTRAINT evidence_file_or_link CHECK ((link IS NULL) <> (sha256 IS NULL))
) STRICT;

CREATE TABLE evidence_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    evidence_id INTEGER NOT NULL CONSTRAINT evidence_item_evidence_known REFERENCES evidence (id),
    item_id INTEGER NOT NULL CONSTRAINT evidence_item_item_known REFERENCES item (id),
    CONSTRAINT evidence_item_once UNIQUE (evidence_id, item_id)
) STRICT;
CREATE INDEX evidence_item_by_item ON evidence_item (item_id);

CREATE TABLE changeset (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    effective_on TEXT NOT NULL CONSTRAINT changeset_effective_day CHECK (effective_on IS date(effective_on, '+0 days')),
    by_whom TEXT NOT NULL,
    command TEXT NOT NULL,
    part_of INTEGER CONSTRAINT changeset_part_of_known REFERENCES changeset (number),
    undoes INTEGER CONSTRAINT changeset_undoes_known REFERENCES changeset (number),
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL CONSTRAINT changeset_hash_whole CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX changeset_by_effective_day ON changeset (effective_on);
CREATE INDEX changeset_by_undone ON changeset (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    changeset INTEGER NOT NULL CONSTRAINT change_changeset_known REFERENCES changeset (number) DEFERRABLE INITIALLY DEFERRED,
    noun TEXT NOT NULL,
    row INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    salt BLOB,
    digest BLOB NOT NULL CONSTRAINT change_digest_whole CHECK (length(digest) = 32)
) STRICT;
CREATE INDEX change_by_changeset ON change (changeset);
CREATE INDEX change_by_row ON change (noun, row);
"""

VIEW = """
CREATE VIEW item_in_words AS
SELECT item.ref, item.hmicfrs_ref, item.kind, inspection.code AS inspection, item.number, parent.ref AS parent,
    item.title, item.text, item.addressees, item.ours, item.waiting_on, item.mandatory, item.acceptance,
    item.deadline_words, item.deadline_on, item.deadline_precision, item.target_on, item.original_target_on,
    item.times_deferred, person.name AS owner, board.name AS board, portfolio.name AS portfolio,
    item.status, item.rag, item.rag_why, item.review_every_months, item.last_review_on, item.next_review_on,
    item.added_on, item.submitted_on, item.closed_on, item.closed_as, item.closed_letter, item.closed_why,
    item.decided_by, item.approved_by, closed_of.ref AS closed_of
FROM item
LEFT JOIN inspection ON inspection.id = item.inspection_id
LEFT JOIN item AS parent ON parent.id = item.parent_id
LEFT JOIN item AS closed_of ON closed_of.id = item.closed_of_id
LEFT JOIN person ON person.id = item.owner_id
LEFT JOIN board ON board.id = item.board_id
LEFT JOIN portfolio ON portfolio.id = item.portfolio_id
WHERE item.withdrawn_on IS NULL
"""


def upgrade() -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)
    op.execute(VIEW)
