"""What an item has to do with another, and which side sent one back last."""

from alembic import op

revision = "0003"
down_revision = "0002"

RETURNED_BY = """
ALTER TABLE item ADD COLUMN returned_by TEXT CONSTRAINT item_returned_by_word CHECK (returned_by IN ('hmicfrs', 'force'))
"""

LINK = """
CREATE TABLE link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL CONSTRAINT link_item_known REFERENCES item (id),
    relation TEXT NOT NULL CONSTRAINT link_relation_word CHECK (relation IN ('repeats', 'escalated_from', 'related')),
    other_id INTEGER NOT NULL CONSTRAINT link_other_known REFERENCES item (id),
    CONSTRAINT link_of_another CHECK (other_id <> item_id),
    CONSTRAINT link_once UNIQUE (item_id, relation, other_id)
) STRICT
"""


def upgrade() -> None:
    op.execute(RETURNED_BY)
    op.execute(LINK)
    op.execute("CREATE INDEX link_by_other ON link (other_id)")
