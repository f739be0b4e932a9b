"""Meetings of the audit committee, and the final paper that each was given."""

from alembic import op

revision = "0005"
down_revision = "0004"

_DAY = "CHECK ({column} IS date({column}, '+0 days'))"

MEETING = f"""
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL CONSTRAINT meeting_name_once UNIQUE,
    held_on TEXT NOT NULL CONSTRAINT meeting_held_day {_DAY.format(column="held_on")},
    cutoff_on TEXT NOT NULL CONSTRAINT meeting_cutoff_day {_DAY.format(column="cutoff_on")},
    final_since_on TEXT CONSTRAINT meeting_since_day {_DAY.format(column="final_since_on")},
    final_drawn_on TEXT CONSTRAINT meeting_drawn_day {_DAY.format(column="final_drawn_on")},
    final_changeset INTEGER,
    final_form TEXT CONSTRAINT meeting_form_word CHECK (final_form IN ('md', 'docx', 'html')),
    final_sha256 TEXT CONSTRAINT meeting_hash_whole CHECK (length(final_sha256) = 64),
    final_recommendations INTEGER,
    final_areas_for_improvement INTEGER,
    final_causes_of_concern INTEGER,
    final_why TEXT,
    CONSTRAINT meeting_cutoff_before CHECK (cutoff_on <= held_on),
    CONSTRAINT meeting_final_whole CHECK (
        (final_changeset IS NULL) = (final_sha256 IS NULL) AND (final_changeset IS NULL) = (final_form IS NULL)
        AND (final_changeset IS NULL) = (final_since_on IS NULL) AND (final_changeset IS NULL) = (final_drawn_on IS NULL)
        AND (final_changeset IS NULL) = (final_recommendations IS NULL)
        AND (final_changeset IS NULL) = (final_areas_for_improvement IS NULL)
        AND (final_changeset IS NULL) = (final_causes_of_concern IS NULL)
        AND (final_why IS NULL OR final_changeset IS NOT NULL)
    )
) STRICT
"""


def upgrade() -> None:
    op.execute(MEETING)
