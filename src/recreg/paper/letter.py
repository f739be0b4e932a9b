"""The letter to an owner as a document: what is asked and by what day, and each item with its clocks.

And the one to a lead: what is late in the portfolios they lead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.vocabulary import Clock, counted, in_words
from recreg.paper.document import Block, Bullets, Document, Heading, Pairs, Paragraph
from recreg.questions import Answer
from recreg.questions.chase import Chased, Led
from recreg.questions.overdue import is_late

Row = dict[str, Any]

#: So much of a last update stands in a letter; the register has all of it.
LONGEST_UPDATE = 1_000
_CLOCKS = {Clock.REVIEW: "review", Clock.TARGET: "our own target", Clock.DEADLINE: "HMICFRS's deadline"}
_ASKED = (
    "Say where each item stands, and what you claim: fill in the attached sheet, and send it back with your reply.",
    "Send the evidence of progress along, or say where it is kept.",
    "Where a day cannot be kept, say why, and which day can.",
)


@dataclass(frozen=True)
class Terms:
    """What every letter of a run says: its days, the marking, and after how many days the lead is written to."""

    today: date
    until: date
    reply_by: date
    marking: str
    escalate_after: int | None = None


def subject(chased: Chased, terms: Terms) -> str:
    """The line by which the letter is found again: the marking, what is asked, of how many items."""
    return _subject(f"update on {_number(chased.asked)} wanted by {spoken(terms.reply_by)}", terms)


def subject_to_lead(led: Led, terms: Terms) -> str:
    """The same of a lead's letter."""
    return _subject(f"{_number(led.late)} late by more than {_patience(terms)}", terms)


def _subject(says: str, terms: Terms) -> str:
    marking = f"[{terms.marking}] " if terms.marking.strip() else ""
    return f"{marking}HMICFRS recommendations: {says}"


def letter(chased: Chased, terms: Terms) -> Document:
    """The whole letter: the marking first, and nothing of another owner's."""
    title = f"HMICFRS recommendations: your update by {spoken(terms.reply_by)}"
    return Document(title, terms.marking, tuple(_blocks(chased, terms)))


def letter_to_lead(led: Led, terms: Terms) -> Document:
    """The whole letter to a lead: by owner, and nothing of a portfolio that is another's."""
    title = f"HMICFRS recommendations: late by more than {_patience(terms)}"
    return Document(title, terms.marking, tuple(_blocks_to_lead(led, terms)))


def shortened(rows: Answer) -> Answer:
    """The rows with no more of a last update than a letter has room for."""
    return [row | {"last_position": _short(row["last_position"])} for row in rows]


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST_UPDATE:
        return text
    return f"{text[:LONGEST_UPDATE].rstrip()}…"


def _blocks(chased: Chased, terms: Terms) -> Iterator[Block]:
    yield Paragraph(f"To {chased.owner.name}")
    yield Paragraph(_opening(chased.asked, terms))
    yield from (Paragraph(sentence) for sentence in _escalated(chased, terms))
    yield Heading(2, f"What is asked of you, by {spoken(terms.reply_by)}")
    yield Bullets(_ASKED)
    yield Paragraph("What you write is recorded as your words. It rates, reviews and closes nothing by itself.")
    yield Heading(2, "Your items")
    for rows in _items(chased.asked).values():
        yield from _item(rows)
    if chased.waiting:
        yield Heading(2, "With HMICFRS")
        yield Paragraph("Nothing is asked of you on these.")
        yield Bullets(tuple(f"{_named(rows[0])}: {rows[0]['position']}" for rows in _items(chased.waiting).values()))


def _blocks_to_lead(led: Led, terms: Terms) -> Iterator[Block]:
    portfolios = " and ".join((", ".join(led.portfolios[:-1]), led.portfolios[-1])).removeprefix(" and ")
    has = f"the force's register of HMICFRS recommendations has {_number(led.late, 'open item')}"
    yield Paragraph(f"To {led.lead.name}")
    yield Paragraph(
        f"On {spoken(terms.today)} {has} in the portfolio{'s' if led.portfolios[1:] else ''} {portfolios}, which you "
        f"lead, late by more than {_patience(terms)}, your own aside. "
        f"The owners are asked for an update by {spoken(terms.reply_by)}."
    )
    for owner in dict.fromkeys(row["owner"] for row in led.late):
        yield Heading(2, owner)
        for rows in _items([row for row in led.late if row["owner"] == owner]).values():
            yield from _item(rows)


def _number(rows: Answer, noun: str = "item") -> str:
    return counted(len(_items(rows)), noun)


def _patience(terms: Terms) -> str:
    """After how many days a lead is written to as well."""
    return counted(terms.escalate_after or 0, "day")


def _items(rows: Answer) -> dict[str, Answer]:
    """The rows of each item, as the agenda has them."""
    items: dict[str, Answer] = {}
    for row in rows:
        items.setdefault(row["ref"], []).append(row)
    return items


def _opening(rows: Answer, terms: Terms) -> str:
    """How many items, how many of them overdue, and when that was so."""
    items = _items(rows)
    late = sum(any(is_late(row) for row in each) for each in items.values())
    are, fall = ("is", "falls") if len(items) == 1 else ("are", "fall")
    return (
        f"On {spoken(terms.today)} the force's register of HMICFRS recommendations has "
        f"{counted(len(items), 'open item')} of yours that {are} late or {fall} due by {spoken(terms.until)}: "
        f"{late} {'is' if late == 1 else 'are'} late."
    )


def _escalated(chased: Chased, terms: Terms) -> Iterator[str]:
    for each in chased.escalated:
        yield (
            f"{each.lead.name}, who leads the portfolio {each.portfolio}, is written to as well: "
            f"{', '.join(each.refs)} {'is' if len(each.refs) == 1 else 'are'} late by more than {_patience(terms)}."
        )


def _item(rows: Answer) -> Iterator[Block]:
    """One item: both references, each clock that is asked about, and what was said last."""
    first, order = rows[0], list(_CLOCKS)
    yield Heading(3, _named(first))
    clocks = sorted(rows, key=lambda row: order.index(row["clock"]))
    stood = first["last_position"]
    last = f"{_day(first['last_position_on'])}: {_short(stood)}" if stood else "none recorded"
    yield Pairs((
        ("what it is", in_words(first["kind"])),
        ("where it stands", f"{in_words(first['status'])}, {first['rag']}"),
        *((_CLOCKS[row["clock"]], _standing(row)) for row in clocks),
        ("last update", last),
    ))  # fmt: skip


def _named(row: Row) -> str:
    """Both references of an item, and its title."""
    number = f" · HMICFRS {row['hmicfrs_ref']}" if row["hmicfrs_ref"] else ""
    return f"{row['ref']}{number} · {row['title']}"


def _standing(row: Row) -> str:
    """A clock with its days over or left: “24 August 2022, 36 days overdue, never held”."""
    late, position = row["days_overdue"], row["position"]
    over = _over(late, "overdue" if row["clock"] == Clock.REVIEW else "past") if late else ""
    if late is None:
        return str(position)
    due = row["due_shown"] if row["due_shown"] not in {None, row["due_on"]} else _day(row["due_on"])
    if position.startswith("extended"):
        return f"{due} at first{over}; {position}"
    if not late:
        return f"{due}, {position}"
    return f"{due}{over}{', never held' if position.endswith('never held') else ''}"


def _over(late: int, how: str) -> str:
    return f", {late:,} {'day' if late == 1 else 'days'} {how}"


def _day(on: str) -> str:
    return spoken(date.fromisoformat(on))
