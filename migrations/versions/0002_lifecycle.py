"""The whole life of an item: who agreed to its submission, how often and why it came back; the RAG key."""

from alembic import op

revision = "0002"
down_revision = "0001"

COLUMNS = (
    "target_approved_by TEXT",
    "agreed_by_id INTEGER CONSTRAINT item_agreed_by_known REFERENCES board (id)",
    "sign_off_level TEXT",
    "times_sent_back INTEGER NOT NULL DEFAULT 0 CONSTRAINT item_times_sent_back_count CHECK (times_sent_back >= 0)",
    "times_returned INTEGER NOT NULL DEFAULT 0 CONSTRAINT item_times_returned_count CHECK (times_returned >= 0)",
    "returned_on TEXT CONSTRAINT item_returned_day CHECK (returned_on IS date(returned_on, '+0 days'))",
    "returned_why TEXT CONSTRAINT item_returned_why CHECK ((returned_on IS NULL) = (returned_why IS NULL))",
    "times_reopened INTEGER NOT NULL DEFAULT 0 CONSTRAINT item_times_reopened_count CHECK (times_reopened >= 0)",
    "reopened_on TEXT CONSTRAINT item_reopened_day CHECK (reopened_on IS date(reopened_on, '+0 days'))",
    "reopened_why TEXT CONSTRAINT item_reopened_why CHECK ((reopened_on IS NULL) = (reopened_why IS NULL))",
)

#: The clock as a review found it, so that correcting the review can count anew from there.
REVIEW_COLUMNS = (
    "found_last_on TEXT CONSTRAINT review_found_last_day CHECK (found_last_on IS date(found_last_on, '+0 days'))",
    "found_anchor_on TEXT CONSTRAINT review_found_anchor_day CHECK (found_anchor_on IS date(found_anchor_on, '+0 days'))",
    "found_round INTEGER CONSTRAINT review_found_round_count CHECK (found_round >= 1)",
)

RAG_KEY = """
CREATE TABLE rag_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    colour TEXT NOT NULL CONSTRAINT rag_key_colour_once UNIQUE CONSTRAINT rag_key_colour_word CHECK
        (colour IN ('red', 'amber', 'green', 'unrated', 'blue', 'white')),
    words TEXT NOT NULL CONSTRAINT rag_key_words_there CHECK (words <> '')
) STRICT
"""


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE item ADD COLUMN {column}")
    for column in REVIEW_COLUMNS:
        op.execute(f"ALTER TABLE review ADD COLUMN {column}")
    op.execute(RAG_KEY)
