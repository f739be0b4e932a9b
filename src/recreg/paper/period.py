"""The period that a paper is of: which meeting, from which day to which, and what the last paper printed."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from recreg.domain.dates import spoken
from recreg.domain.vocabulary import Kind
from recreg.errors import Mistyped, Refused
from recreg.questions.meetings import (
    FinalPaper,
    Meeting,
    first_day,
    last_day,
    last_final,
    meeting_meant,
    meetings,
    next_meeting,
)
from recreg.store.file import reading_at
from recreg.store.log import head
from recreg.store.rewind import Moment

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the beginning of ``since`` to the end of ``until``, as recorded up to ``changeset``.

    ``last`` is the meeting whose final paper this one follows: its figures stand as they were printed.
    ``again`` is the final paper that is drawn once more.
    """

    since: date
    until: date
    changeset: int
    hash: str
    meeting: Meeting | None = None
    last: Meeting | None = None
    again: FinalPaper | None = None

    @property
    def now(self) -> Moment:
        """The register at the end of the period."""
        return Moment(self.until, self.changeset)

    @property
    def before(self) -> Moment:
        """The register at the end of the day before it, as it was known when the last paper was drawn."""
        known = self.last.final.changeset if self.last and self.last.final else self.changeset
        return Moment(self.since - _DAY, known)

    @property
    def printed(self) -> dict[Kind, int] | None:
        """The open items that the last final paper printed, by kind; None where there is none."""
        return self.last.final.opened if self.last and self.last.final else None


@dataclass(frozen=True)
class Asked:
    """What was typed: a meeting's paper, other days, up to which changeset; None is for the register to say."""

    meeting: str | None = None
    since: str | None = None
    to: str | None = None
    changeset: int | None = None
    #: Whether another paper is wanted of a meeting that has its final one.
    anew: bool = False


def period(path: Path, today: date, asked: Asked) -> Period:
    """The period that was asked for; raises `Refused`, `Mistyped` and `NotFound`.

    A meeting's final paper is drawn again from the very changeset that it was drawn from.
    """
    with reading_at(path, Moment(number=asked.changeset)) as db:
        meeting = _meeting(db, asked, today)
        if meeting is not None:
            meeting = _as_known(meeting, today)
        if meeting is None or meeting.final is None or asked.anew or asked.since or asked.to:
            return _drawn_now(db, today, asked, meeting)
    return _drawn_again(path, meeting, meeting.final)


def _meeting(db: sqlite3.Connection, asked: Asked, today: date) -> Meeting | None:
    if asked.meeting is not None:
        return meeting_meant(db, asked.meeting)
    following = next_meeting(meetings(db), today)
    if following is None and asked.to is None:
        hint = 'recreg meeting add "JAC September 2022" 29/09/2022 --cutoff 15/09/2022, or add --to DAY.'
        raise Refused("There is no meeting yet that a paper could be for.", hint)
    return following if asked.to is None else None


def _drawn_again(path: Path, meeting: Meeting, final: FinalPaper) -> Period:
    with reading_at(path, Moment(number=final.changeset)) as db:
        known = meetings(db)
        then = next(each for each in known if each.number == meeting.number)
        return Period(final.since, then.cutoff_on, *head(db), then, _followed(known, final.since), final)


def _as_known(meeting: Meeting, today: date) -> Meeting:
    """A meeting as it was known on a day: a final paper that was drawn later is none yet."""
    return replace(meeting, final=None) if meeting.final and meeting.final.drawn_on > today else meeting


def _drawn_now(db: sqlite3.Connection, today: date, asked: Asked, meeting: Meeting | None) -> Period:
    known = [_as_known(each, today) for each in meetings(db)]
    until = _until(known, today, asked, meeting)
    since = _since(db, known, today, asked, until)
    if since > until:
        raise Refused(
            f"The period would begin on {spoken(since)}, after its end, {spoken(until)}.",
            "Give a later meeting, or --since and --to.",
        )
    last = last_final(known, until)
    if asked.anew and last is not None and since != last.cutoff_on + _DAY:
        raise Refused(
            f"A final paper goes on from the last one, “{last.name}”, whose cut-off was {spoken(last.cutoff_on)}.",
            "Leave --since out; without --final it may be of any days.",
        )
    return Period(since, until, *head(db), meeting, _followed(known, since))


def _until(known: list[Meeting], today: date, asked: Asked, meeting: Meeting | None) -> date:
    """The last day: what --to says, else the meeting's cut-off, or today where that is still to come."""
    if asked.to is None:
        return min(meeting.cutoff_on, today) if meeting else today
    until = last_day(known, asked.to, today)
    if until > today:
        raise Mistyped(f"The last day of the paper, {spoken(until)}, is in the future.", "Give --to a day up to today.")
    return until


def _since(db: sqlite3.Connection, known: list[Meeting], today: date, asked: Asked, until: date) -> date:
    """The first day: what --since says, else the day after the last final paper's cut-off, else the first act's."""
    if asked.since is not None:
        return first_day(known, asked.since, today)
    if last := last_final(known, until):
        return last.cutoff_on + _DAY
    (first,) = db.execute("SELECT min(effective_on) FROM changeset").fetchone()
    return min(date.fromisoformat(first), until)


def _followed(known: list[Meeting], since: date) -> Meeting | None:
    """The meeting whose final paper ended the day before."""
    last = last_final(known, since)
    return last if last and last.cutoff_on + _DAY == since else None
