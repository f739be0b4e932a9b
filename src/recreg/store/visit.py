"""One visit to the register is one transaction: the outermost ``with`` commits, nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from sqlite3 import Connection as Driver

from sqlmodel import Session

from recreg.store import days
from recreg.store.engine import database_errors_told, driver, writing_engine
from recreg.store.log import Act, has_pending, next_number, seal
from recreg.store.repositories import (
    Boards,
    Files,
    Imports,
    Inspections,
    Items,
    Key,
    Links,
    Meetings,
    Notes,
    People,
    Portfolios,
    Reviews,
)


@dataclass
class Visit:
    """What an act may reach while it is in the register, and what it says when it is done."""

    session: Session
    act: Act
    today: date
    said: list[str] = field(default_factory=list)
    first: int | None = None
    sealed: int = 0

    def __post_init__(self) -> None:
        self.items = Items(self.session)
        self.inspections = Inspections(self.session)
        self.people = People(self.session)
        self.boards = Boards(self.session)
        self.portfolios = Portfolios(self.session)
        self.reviews = Reviews(self.session)
        self.notes = Notes(self.session)
        self.evidence = Files(self.session)
        self.key = Key(self.session)
        self.links = Links(self.session)
        self.meetings = Meetings(self.session)
        self.imports = Imports(self.session)

    @property
    def db(self) -> Driver:
        """The plain connection, for what is asked in SQL; within the same transaction."""
        return driver(self.session.connection())

    @property
    def on(self) -> date:
        """The day that the act takes effect."""
        return self.act.effective_on

    def say(self, sentence: str) -> None:
        """Something to tell whoever acts, once it is done."""
        self.said.append(sentence)

    def seal(self, on: date | None = None, undoes: int | None = None, command: str | None = None) -> int | None:
        """Close a changeset over what was changed so far, once the day it takes effect allows it.

        ``command`` says what was done, where it is not the visit's own.
        Further changesets of the same visit are parts of the first, and are undone with it.
        """
        self.session.flush()
        if not has_pending(self.db):
            return None
        effective_on = on or self.on
        days.require(self.db, next_number(self.db), effective_on, self.act.command)
        act = Act(command or self.act.command, self.act.by, effective_on, part_of=self.first, undoes=undoes)
        number = seal(self.db, act)
        self.first = self.first or number
        self.sealed += 1
        return number


@contextmanager
def visiting(
    path: Path, act: Act, today: date, *, dry_run: bool = False, before: Callable[[Driver], None] | None = None
) -> Iterator[Visit]:
    """A visit that is committed at the end, whole, or leaves no trace.

    A dry run is the same code rolled back. ``before`` is done on the very connection while nobody is
    kept waiting yet: reading and comparing, into TEMP tables. Raises what the act refuses, `Busy` and
    `Unusable`.
    """
    with (
        database_errors_told(path),
        writing_engine(path).connect() as connection,
        Session(connection, expire_on_commit=False) as session,
    ):
        if before is not None:
            before(driver(connection))
        visit = Visit(session, act, today)
        yield visit
        visit.seal()
        session.rollback() if dry_run else session.commit()
