"""A calendar of what is due, as other programs read it: iCalendar (RFC 5545), an all-day event for each clock."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry
from icalendar.cal import Component
from icalendar.prop import vText

from recreg.domain.dates import spoken
from recreg.domain.shown import is_immediate
from recreg.domain.text import shell_word, visible
from recreg.domain.vocabulary import Clock, Precision, Status, how_often, in_words
from recreg.exchange.writing import Passing, unwatched
from recreg.questions.calendar import Diary, Event, Row

_DUE = {
    Clock.REVIEW: "Review due",
    Clock.TARGET: "Target",
    Clock.DEADLINE: "HMICFRS's deadline",
    Clock.PCC: "Commissioner's 56 days end",
}
_GONE = {
    Clock.REVIEW: "review",
    Clock.TARGET: "target",
    Clock.DEADLINE: "HMICFRS's deadline",
    Clock.PCC: "commissioner's 56 days",
}
_WHY_GONE = {
    None: "It was closed, withdrawn, sent to HMICFRS or handed over, or its day was taken away.",
    Clock.PCC: "The comments were published, or the 56 days do not apply.",
}


class _Text(vText):
    """A text, every character of which comes out as it is."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        r"""The text escaped by the library, which would make a newline of the N in C:\New."""
        return rb"\\N".join(vText(part).to_ical() for part in self.split(r"\N"))


def written(diary: Diary, passing: Passing = unwatched) -> bytes:
    """The calendar; the same diary gives the same bytes."""
    opening = _frame(diary).to_ical(sorted=False).removesuffix(_END)
    entries = (_entry(event, diary.marking).to_ical(sorted=False) for event in passing(diary.events))
    return b"".join([opening, *entries, _END])


_END = b"END:VCALENDAR\r\n"


def _frame(diary: Diary) -> Calendar:
    """The calendar as it is without its events."""
    calendar = Calendar()
    _put(calendar, prodid="-//recreg//calendar//EN", version="2.0", calscale="GREGORIAN")
    if diary.events:
        _put(calendar, method="PUBLISH")
    whose = f": {', '.join(diary.whose)}" if diary.whose else ""
    drawn = f"What is due of HMICFRS's recommendations, up to changeset {diary.changeset} of the register."
    _put(calendar, x_wr_calname=f"HMICFRS recommendations{whose}", x_wr_caldesc=_marked(diary.marking, drawn))
    if not diary.events:
        calendar.add_component(_zone())
    return calendar


def _zone() -> Timezone:
    """London's time: a calendar must have something in it (RFC 5545, 3.6), and its days are London's."""
    zone = Timezone()
    _put(zone, tzid="Europe/London")
    for season, name, first, hours in (
        (TimezoneDaylight(), "BST", "1996-03-31T01:00", (0, 1)),
        (TimezoneStandard(), "GMT", "1996-10-27T02:00", (1, 0)),
    ):
        begins, (before, after) = datetime.fromisoformat(first), (timedelta(hours=each) for each in hours)
        _put(season, dtstart=begins, rrule={"freq": "yearly", "bymonth": begins.month, "byday": "-1SU"})
        _put(season, tzname=name, tzoffsetfrom=before, tzoffsetto=after)
        zone.add_component(season)
    return zone


def _entry(event: Event, marking: str) -> Entry:
    """An event of one day that keeps nobody busy, hidden in detail from those whom a calendar is shared with."""
    entry = Entry()
    _put(entry, uid=event.uid, sequence=event.changeset, dtstamp=event.changed_at, last_modified=event.changed_at)
    _put(entry, dtstart=event.on, dtend=event.on + timedelta(days=1))
    _put(entry, summary=_summary(event), description=_description(event, marking), categories=[str(event.clock)])
    _put(entry, status="CANCELLED" if event.is_gone else "CONFIRMED", transp="TRANSPARENT")
    entry.add("class", "PRIVATE")
    return entry


def _put(component: Component, **properties: Any) -> None:
    """Add each property by its name; what is text is made visible first."""
    for name, value in properties.items():
        shown = _Text(visible(value, keep="\n")) if isinstance(value, str) else value
        component.add(name.replace("_", "-"), shown)


def _summary(event: Event) -> str:
    if event.is_gone:
        return f"No longer due: {_GONE[event.clock]} of {_named(event.row)}"
    return f"{_DUE[event.clock]}: {_named(event.row)} {_line(event.row['title'])}"


def _named(row: Row) -> str:
    """A row by both references: R-0004 (HMICFRS 10618)."""
    return _line(row["ref"] + (f" (HMICFRS {row['hmicfrs_ref']})" if row["hmicfrs_ref"] else ""))


def _description(event: Event, marking: str) -> str:
    if event.is_gone:
        return _marked(marking, _WHY_GONE.get(event.clock, _WHY_GONE[None]))
    return _marked(marking, "\n".join(_told(event)))


def _told(event: Event) -> Iterator[str]:
    """Whose it is and how it stands, what is to be known of this clock, and what to type."""
    row = event.row
    if event.clock == Clock.PCC:
        yield "The commissioner's comments are not published."
    else:
        yield f"Owner: {_line(row['owner'] or 'nobody')}"
        yield f"Board: {_line(row['board'] or 'none')}"
        yield f"RAG: {row['rag']}"
        yield f"Status: {in_words(row['status'])}"
        yield from {Clock.REVIEW: _of_review, Clock.TARGET: _of_target, Clock.DEADLINE: _of_deadline}[event.clock](row)
    yield ""
    yield _to_type(event)


def _of_review(row: Row) -> Iterator[str]:
    last = row["last_review_on"]
    yield f"Last review: {_spoken(last) if last else 'never held'}"


def _of_target(row: Row) -> Iterator[str]:
    if row["times_deferred"]:
        yield f"Moved {how_often(row['times_deferred'])}: the original target was {_spoken(row['original_target_on'])}."


def _of_deadline(row: Row) -> Iterator[str]:
    yield f"HMICFRS's words: {_line(row['deadline_words'])}"
    if is_immediate(row["deadline_words"]):
        yield "Immediate: the day is that of publication."
    elif row["deadline_precision"] != Precision.DAY:
        yield f"HMICFRS names no day: this is the {row['deadline_precision']}'s last."


def _to_type(event: Event) -> str:
    ref, done = event.row["ref"], event.row["status"] == Status.COMPLETE
    step = f"recreg {'submit' if done else 'complete'} {ref}"
    return {
        Clock.REVIEW: f'recreg review {ref} --outcome … --note "…"',
        Clock.TARGET: step if done else f'{step}, or recreg defer {ref} --to DAY --why "…"',
        Clock.DEADLINE: step,
        Clock.PCC: f"recreg inspection edit {_line(shell_word(ref))} --pcc-comments-on DAY",
    }[event.clock]


def _marked(marking: str, text: str) -> str:
    """The text below the register's protective marking, where it has one."""
    return f"{_line(marking)}\n\n{text}" if marking.strip() else text


def _line(text: str) -> str:
    """A text of the register on one line."""
    return visible(text)


def _spoken(day: str) -> str:
    return spoken(date.fromisoformat(day))
