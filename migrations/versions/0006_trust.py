"""What was redacted, what was restored, and the hash of the log that a final paper rests on."""

from alembic import op

revision = "0006"
down_revision = "0005"

REDACTION = """
CREATE TABLE redaction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    change_id INTEGER NOT NULL CONSTRAINT redaction_change_known REFERENCES change (id),
    noun TEXT NOT NULL,
    row INTEGER NOT NULL,
    fields TEXT NOT NULL,
    left_sha256 TEXT NOT NULL CONSTRAINT redaction_hash_whole CHECK (length(left_sha256) = 64),
    why TEXT NOT NULL CONSTRAINT redaction_why_there CHECK (why <> '')
) STRICT
"""

RESTORATION = """
CREATE TABLE restoration (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    replaced_changeset INTEGER,
    replaced_hash TEXT CONSTRAINT restoration_replaced_hash_whole CHECK (length(replaced_hash) = 64),
    shared_changeset INTEGER NOT NULL,
    backup_changeset INTEGER NOT NULL,
    backup_hash TEXT NOT NULL CONSTRAINT restoration_backup_hash_whole CHECK (length(backup_hash) = 64),
    CONSTRAINT restoration_replaced_whole CHECK ((replaced_changeset IS NULL) = (replaced_hash IS NULL))
) STRICT
"""


def upgrade() -> None:
    op.execute(REDACTION)
    op.execute("CREATE INDEX redaction_by_change ON redaction (change_id)")
    op.execute(RESTORATION)
    op.execute(
        "ALTER TABLE meeting ADD COLUMN final_hash TEXT "
        "CONSTRAINT meeting_final_hash_whole CHECK (length(final_hash) = 64)"
    )
