"""Which files were imported, by name and hash, so that the same one is known when it comes again."""

from alembic import op

revision = "0004"
down_revision = "0003"

IMPORT_FILE = """
CREATE TABLE import_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    sheet TEXT,
    sha256 TEXT NOT NULL CONSTRAINT import_file_hash_whole CHECK (length(sha256) = 64),
    what TEXT NOT NULL,
    added INTEGER NOT NULL CONSTRAINT import_file_added_count CHECK (added >= 0),
    changed INTEGER NOT NULL CONSTRAINT import_file_changed_count CHECK (changed >= 0),
    unchanged INTEGER NOT NULL CONSTRAINT import_file_unchanged_count CHECK (unchanged >= 0)
) STRICT
"""


def upgrade() -> None:
    op.execute(IMPORT_FILE)
