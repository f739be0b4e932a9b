"""The log's own rows, what one act did, and what was done to the log: a redaction, a backup put back.

They are written by the store and its triggers, and never changed but by a redaction.
"""

# No `from __future__ import annotations` here: SQLModel reads the annotations themselves.
from datetime import date

from sqlmodel import Field, SQLModel

from recreg.domain.models import Row


class Changeset(SQLModel, table=True):
    """One act: who did what, when it was recorded (UTC) and the day it takes effect."""

    metadata = Row.metadata

    number: int | None = Field(default=None, primary_key=True)
    at: str
    effective_on: date
    by_whom: str
    command: str
    part_of: int | None = Field(default=None, foreign_key="changeset.number")
    undoes: int | None = Field(default=None, foreign_key="changeset.number")
    previous_hash: str
    hash: str


class Change(SQLModel, table=True):
    """What one act did to one row: its changed columns before and after, as JSON."""

    metadata = Row.metadata

    id: int | None = Field(default=None, primary_key=True)
    changeset: int = Field(foreign_key="changeset.number")
    noun: str
    row: int
    before: str | None = None
    after: str | None = None
    salt: bytes | None = None
    digest: bytes


class Redaction(Row, table=True):
    """A change of the log that words were taken out of; its own hash stays in the chain, what is left has this one."""

    change_id: int = Field(foreign_key="change.id")
    noun: str
    row: int
    fields: str
    left_sha256: str
    why: str


class Restoration(Row, table=True):
    """A backup that was put back: the end of the log that it replaced, the last changeset of both, and its own end."""

    replaced_changeset: int | None = None
    replaced_hash: str | None = None
    shared_changeset: int
    backup_changeset: int
    backup_hash: str
