"""The paper's annexes: everything that its first page rests on, row by row."""

from collections.abc import Callable, Iterable, Iterator

from recreg.domain.dates import spoken
from recreg.domain.vocabulary import Change, Kind, Rag, Travel, in_words
from recreg.paper import outline
from recreg.paper.clocks import deadline_day
from recreg.paper.document import Bars, Block, Heading, Pairs, Paragraph, Table
from recreg.paper.facts import Facts, Row
from recreg.paper.wording import Audience, sentence, shown, signed
from recreg.questions import Answer
from recreg.questions.ask.age import AGES

_ITEM = ("ref", "hmicfrs_ref", "title")
_HEADS = {
    "ref": "Reference", "hmicfrs_ref": "HMICFRS", "title": "Title", "kind": "Kind", "on": "On",
    "detail": "How and why", "owner": "Owner", "board": "Board", "rag": "RAG", "deadline_on": "Deadline",
    "position": "Where it stands", "rag_why": "Rationale", "original_target_on": "First target",
    "target_on": "Target now", "times_deferred": "Times moved", "deferred_why": "Last reason",
    "deferred_approved_by": "Approved by", "approved_by": "Approved by", "submitted_on": "Submitted",
    "days_with_hmicfrs": "Days", "agreed_by": "Agreed by", "returned_on": "Returned", "returned_by": "By",
    "returned_why": "Why", "due_on": "Due", "days_overdue": "Days over", "ours_why": "Why not ours",
    "waiting_on": "Waiting on", "count": "Count", "addressees": "Addressed to",
}  # fmt: skip
_PEOPLE = {"owner", "approved_by", "deferred_approved_by"}
_COUNTS = {"count", "times_deferred", "days_with_hmicfrs", "days_overdue"}


def annexes(facts: Facts, audience: Audience) -> Iterator[tuple[str, list[Block]]]:
    """Each annex by its title, in the order of their letters."""
    for title, drawn in _DRAWN.items():
        yield title, list(drawn(facts, audience))


def _table(rows: Iterable[Row], keys: tuple[str, ...], audience: Audience) -> Table:
    heads = tuple(_HEADS[key] for key in keys)
    cells = tuple(tuple(_cell(key, row, audience) for key in keys) for row in rows)
    return Table(heads, cells, frozenset(place for place, key in enumerate(keys) if key in _COUNTS))


def _cell(key: str, row: Row, audience: Audience) -> str:
    value = row[key]
    if key == "deadline_on" and value:
        return deadline_day(value, row["deadline_precision"], row["deadline_words"])
    if key == "due_on" and row.get("due_shown") not in {None, value}:
        return str(row["due_shown"])
    if key in _PEOPLE:
        return audience.who(value if isinstance(value, str) else None)
    if key == "count" and isinstance(value, int):
        return signed(value)
    return shown(key, value)


def _listed(rows: Answer, keys: tuple[str, ...], audience: Audience, none: str) -> Iterator[Block]:
    """A table of the rows, or that there are none."""
    yield _table(rows, keys, audience) if rows else Paragraph(none)


def _movements(facts: Facts, audience: Audience) -> Iterator[Block]:
    """Every movement by its sort; the force's own closings each named with who approved them."""
    keys = ("kind", *_ITEM, "on", "detail")
    for change in (Change.NEW, Change.REOPENED, Change.SIGNED_OFF, Change.OTHERWISE_CLOSED, Change.CLOSED_BY_FORCE):
        rows = [row for row in facts.account.moved if row["change"] == change]
        if rows:
            yield Heading(3, _MOVED[change])
            approved = ("approved_by",) if change == Change.CLOSED_BY_FORCE else ()
            yield _table(rows, keys + approved, audience)
    corrected = [row for row in facts.account.moved if row["change"] == Change.CORRECTED]
    if corrected or facts.account.put_right:
        yield Heading(3, "Corrections")
    if corrected:
        yield _table(corrected, ("kind", *_ITEM, "count", "on", "detail"), audience)
    if facts.account.put_right:
        yield Paragraph("Recorded since the last paper, with effect up to its last day:")
        yield _table(facts.account.put_right, ("kind", *_ITEM, "count", "detail"), audience)
    if not facts.account.moved and not facts.account.put_right:
        yield Paragraph("Nothing moved in the period.")


_MOVED = {
    Change.NEW: "New",
    Change.REOPENED: "Reopened",
    Change.SIGNED_OFF: "Signed off by HMICFRS",
    Change.OTHERWISE_CLOSED: "Otherwise closed by HMICFRS",
    Change.CLOSED_BY_FORCE: "Closed by the force",
}


def _causes(facts: Facts, audience: Audience) -> Iterator[Block]:
    causes = [row for row in facts.causes if row["ref"] == row["cause"]]
    for cause in causes:
        yield Heading(3, f"{cause['ref']} {cause['hmicfrs_ref'] or ''} {cause['title']}".replace("  ", " "))
        yield Paragraph(f"Owner {audience.who(cause['owner'])}; {in_words(cause['status'])}, {cause['rag']}; "
                        f"{cause['position']}.")  # fmt: skip
        children = [row for row in facts.causes if row["cause"] == cause["ref"] and row is not cause]
        if children:
            yield _table(children, (*_ITEM, "owner", "rag", "deadline_on", "position"), audience)
    if not causes:
        yield Paragraph("No cause of concern is open.")
    shown_above = {row["ref"] for row in facts.causes}
    if left := [ref for ref in facts.under_causes if ref not in shown_above]:
        yield Paragraph(f"Still open under causes of concern that are closed: {', '.join(left)}.")


def _reds(facts: Facts, audience: Audience) -> Iterator[Block]:
    keys = (*_ITEM, "owner", "board", "rag_why")
    yield from _listed(facts.reds, keys, audience, "Nothing that is open is rated red.")


def _ratings(facts: Facts, _audience: Audience) -> Iterator[Block]:
    counting = [row for row in facts.rated if row["counts"]]
    for whose in ("board", "portfolio"):
        yield Heading(3, f"By {whose}")
        yield _ratings_by(counting, whose)
    yield Paragraph(f"Travel is since the beginning of {spoken(facts.period.since)}.")


def _ratings_by(rows: Answer, whose: str) -> Table:
    colours = [rag for rag in Rag if rag not in {Rag.BLUE, Rag.WHITE} or any(row["rag"] == rag for row in rows)]
    names = sorted({row[whose] for row in rows}, key=lambda name: (name is None, name or ""))
    heads = (whose.capitalize(), *(str(rag) for rag in colours), "All", *(str(way) for way in Travel))
    lines = []
    for name in [*names, ""]:
        own = [row for row in rows if name == "" or row[whose] == name]
        told = [sum(row["rag"] == rag for row in own) for rag in colours]
        ways = [sum(row["travel"] == way for row in own) for way in Travel]
        lines.append(("All" if name == "" else name or f"no {whose}", *map(str, [*told, len(own), *ways])))
    return Table(heads, tuple(lines), frozenset(range(1, len(heads))))


def _pictures(facts: Facts, _audience: Audience) -> Iterator[Block]:
    colours = [rag for rag in Rag if any(ratings[rag] for _, ratings in facts.ratings)] or [Rag.UNRATED]
    rows = tuple((spoken(on), tuple(ratings[rag] for rag in colours)) for on, ratings in facts.ratings)
    yield Bars("Open items by RAG at the end of each quarter", tuple(map(str, colours)), rows, _says_of_ratings(rows))
    counting = [row for row in facts.aged if row["counts"]]
    ages = tuple(
        (sentence(age.replace("_", " ")), tuple(_of_age(counting, age, kind) for kind in Kind)) for age in AGES
    )
    parts = ("recommendations", "areas for improvement", "causes of concern")
    oldest = f" The oldest has been open for {counting[0]['days_open']:,} days." if counting else ""
    says = "How long what is open has been open, counted from publication, else from the day it was added."
    yield Bars("Age of what is open", parts, ages, says + oldest)


def _of_age(rows: Answer, age: str, kind: Kind) -> int:
    return sum(row["age"] == age and row["kind"] == kind for row in rows)


def _says_of_ratings(rows: tuple[tuple[str, tuple[int, ...]], ...]) -> str:
    (first, was), (last, now) = rows[0], rows[-1]
    before = f"{sum(was)} on {first} and " if len(rows) > 1 else ""
    return f"How many items were open, by rating: {before}{sum(now)} on {last}."


def _slipped(facts: Facts, audience: Audience) -> Iterator[Block]:
    keys = (
        *_ITEM,
        "owner",
        "original_target_on",
        "target_on",
        "times_deferred",
        "deferred_why",
        "deferred_approved_by",
    )
    yield from _listed(facts.slipped, keys, audience, "No target of what is open has been moved.")


def _with_hmicfrs(facts: Facts, audience: Audience) -> Iterator[Block]:
    keys = (*_ITEM, "submitted_on", "days_with_hmicfrs", "agreed_by")
    yield from _listed(facts.with_hmicfrs, keys, audience, "Nothing is with HMICFRS.")
    if facts.returned:
        yield Heading(3, "What came back in the period")
        yield _table(facts.returned, (*_ITEM, "returned_on", "returned_by", "returned_why"), audience)


def _comments(facts: Facts, audience: Audience) -> Iterator[Block]:
    yield Paragraph(
        "The police and crime commissioner publishes comments on a report within 56 days, beginning with the day of "
        "its publication (Police Act 1996, section 55)."
    )
    keys = ("ref", "title", "due_on", "days_overdue", "position")
    yield from _listed(facts.comments, keys, audience, "No report waits for the commissioner's comments.")


def _overdue(facts: Facts, audience: Audience) -> Iterator[Block]:
    keys = (*_ITEM, "owner", "due_on", "days_overdue", "position")
    for title, rows, none in (
        ("Three-month reviews", facts.reviews, "No review is overdue."),
        ("The force's own targets", facts.targets, "Nothing is past its first target."),
        ("HMICFRS's deadlines", facts.deadlines, "Nothing is past HMICFRS's deadline."),
    ):
        yield Heading(3, title)
        yield from _listed(rows, keys, audience, none)


def _left_out(facts: Facts, audience: Audience) -> Iterator[Block]:
    keys = (*_ITEM, "addressees", "ours_why", "waiting_on")
    none = "Nothing in the register is not ours to deliver."
    yield from _listed(facts.not_ours, keys, audience, none)


def _meanings(facts: Facts, _audience: Audience) -> Iterator[Block]:
    yield Heading(3, "The force's RAG key")
    yield Pairs(tuple((row["colour"], row["words"]) for row in facts.key))
    yield Heading(3, "What the words mean")
    yield Pairs(_WORDS)


_WORDS = (
    (
        "open",
        "not closed, ours to deliver, and no part of another item; a recommendation under a cause of concern counts",
    ),
    ("new", "entered in the register in the period; what stood before the register began is a correction"),
    ("signed off", "closed by HMICFRS, by a letter or reference of its own: the force cannot sign anything off"),
    ("otherwise closed", "closed by HMICFRS on another basis, such as superseded or no further action"),
    ("closed by the force", "closed by the force itself, with its reason and who approved it"),
    ("correction", "what was put right: kind, whose it is to deliver, withdrawn as entered in error, or recorded late"),
    ("deadline", "HMICFRS's own, worked out from its words and the day of publication"),
    ("target", "the force's own day; it is past its first one however often it has been moved"),
    ("overdue", "the three-month review alone; the day after it was due"),
    ("with HMICFRS", "submitted and neither signed off nor returned; it is nobody's lateness meanwhile"),
    ("not ours", "addressed to others or theirs to deliver, by decision and with a reason; it is in no figure"),
)

_DRAWN: dict[str, Callable[[Facts, Audience], Iterator[Block]]] = {
    outline.MOVED: _movements,
    outline.IN_CAUSES: _causes,
    outline.RED: _reds,
    outline.RATINGS: _ratings,
    outline.PICTURES: _pictures,
    outline.SLIPPED: _slipped,
    outline.WITH_HMICFRS: _with_hmicfrs,
    outline.COMMENTS: _comments,
    outline.OVERDUE: _overdue,
    outline.NOT_OURS: _left_out,
    outline.MEANINGS: _meanings,
}
