"""The paper's first page: what it is for, the sentence, the movements, the causes of concern and what is red."""

from collections.abc import Iterator

from recreg.domain.dates import spoken
from recreg.domain.movements import MOVING, Statement
from recreg.domain.vocabulary import Change, Kind, Rag, plural
from recreg.paper.document import Block, Paragraph, Table
from recreg.paper.facts import PLURALS, Facts, Figure, Row
from recreg.paper.outline import IN_CAUSES, MOVED, RED, annex
from recreg.paper.wording import Audience, listed, number, of_each_kind, sentence, shown, signed, so_many

#: So many causes and reds stand on the first page; the annexes have them all.
CAUSES_AT_MOST, REDS_AT_MOST, REASON_AT_MOST = 6, 8, 110
_MOVED = {
    Change.NEW: "New",
    Change.REOPENED: "Reopened",
    Change.SIGNED_OFF: "Signed off by HMICFRS",
    Change.OTHERWISE_CLOSED: "Otherwise closed by HMICFRS",
    Change.CLOSED_BY_FORCE: "Closed by the force",
    Change.CORRECTED: "Corrections",
}


def position(facts: Facts) -> Iterator[Block]:
    """The sentence that committees know, and the statement of movements."""
    figures = facts.figures
    yield Paragraph(" ".join(_sentences(facts, figures)))
    yield movements_table(facts)
    yield Paragraph(_from_where(facts))


def causes(facts: Facts, audience: Audience) -> Iterator[Block]:
    """Each open cause of concern in a line."""
    found = [row for row in facts.causes if row["ref"] == row["cause"] and row["counts"]]
    if not found:
        yield Paragraph("No cause of concern is open.")
        return
    rows = tuple(
        (*_named(row), audience.who(row["owner"]), row["rag"], row["position"]) for row in found[:CAUSES_AT_MOST]
    )
    yield Table(("Reference", "HMICFRS", "Cause of concern", "Owner", "RAG", "Where it stands"), rows)
    yield from _more(len(found) - len(rows), annex(IN_CAUSES))


def reds(facts: Facts, audience: Audience) -> Iterator[Block]:
    """What is rated red, and why."""
    if not facts.reds:
        yield Paragraph("Nothing that is open is rated red.")
        return
    rows = tuple(
        (*_named(row), audience.who(row["owner"]), _briefly(row["rag_why"])) for row in facts.reds[:REDS_AT_MOST]
    )
    yield Table(("Reference", "HMICFRS", "Rated red", "Owner", "Why"), rows)
    yield from _more(len(facts.reds) - len(rows), annex(RED))


def movements_table(facts: Facts) -> Table:
    """The statement of movements by kind; its rows add up, or no paper is drawn."""
    heads = ("", "Open before", *_MOVED.values(), "Open now")
    rows = tuple(_movements(statement) for statement in facts.account.statements)
    return Table(heads, rows, frozenset(range(1, len(heads))))


def _movements(statement: Statement) -> tuple[str, ...]:
    moved = (
        signed(count) if change == Change.CORRECTED else f"{abs(count):,}"
        for change, count in ((change, statement.moved[change]) for change in MOVING)
    )
    return (sentence(plural(statement.kind, 2)), f"{statement.before:,}", *moved, f"{statement.now:,}")


def _sentences(facts: Facts, figures: dict[str, Figure]) -> Iterator[str]:
    counts = {kind: figures[f"open_{named}"].count for kind, named in PLURALS.items()}
    signed_off = so_many(figures["signed_off_recommendations"].count, Kind.RECOMMENDATION)
    yield (
        f"{_since(facts)} the force's work with HMICFRS has led to the sign off of {signed_off} "
        f"and to further work towards the remaining {of_each_kind(counts)}."
    )
    if sum(counts.values()):
        yield f"{_of_all(counts, figures)} {_colours(figures)}."
    yield from _otherwise_closed(figures)


def _since(facts: Facts) -> str:
    if facts.period.last:
        return f"Since the last paper, which counted to {spoken(facts.period.last.cutoff_on)},"
    return f"From {spoken(facts.period.since)} on,"


def _of_all(counts: dict[Kind, int], figures: dict[str, Figure]) -> str:
    """“Of the 45 recommendations, of which three under causes of concern, and of all else that is open,”."""
    under, recommendations = figures["open_under_causes"].count, counts[Kind.RECOMMENDATION]
    if not recommendations:
        return "Of all that is open,"
    among = f", of which {number(under)} under causes of concern," if under else ""
    return f"Of the {so_many(recommendations, Kind.RECOMMENDATION)}{among} and of all else that is open,"


def _colours(figures: dict[str, Figure]) -> str:
    """“five are rated red, 20 amber, 36 green and one unrated”; a colour that nothing has is not told."""
    (first, count), *rest = [(rag, figures[rag].count) for rag in Rag if figures[rag].count]
    are = "is" if count == 1 else "are"
    rated = "" if first == Rag.UNRATED else "rated "
    return listed([f"{number(count)} {are} {rated}{first}", *(f"{number(count)} {rag}" for rag, count in rest)])


def _otherwise_closed(figures: dict[str, Figure]) -> Iterator[str]:
    """What HMICFRS signed off beside recommendations, what it closed otherwise, and what the force closed itself."""
    for change, says in (
        ("signed_off", "signed off by HMICFRS"),
        ("otherwise_closed", "otherwise closed by HMICFRS"),
        ("closed_by_force", f"closed by the force itself ({annex(MOVED)})"),
    ):
        kinds = [kind for kind in PLURALS if (change, kind) != ("signed_off", Kind.RECOMMENDATION)]
        counts = {kind: figures[f"{change}_{PLURALS[kind]}"].count for kind in kinds}
        told = listed([so_many(count, kind) for kind, count in counts.items() if count])
        if told:
            yield f"{sentence(told)} {_were(sum(counts.values()))} {says}."


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _from_where(facts: Facts) -> str:
    """Where the figures before come from, and what the corrections are."""
    last = facts.period.last
    before = (
        f"What was open before is as the final paper of “{last.name}” printed it."
        if last
        else "No final paper ends on the day before: what was open then is as the register knows it now."
    )
    return f"{before} {annex(MOVED)} names what moved, and each correction with its reason."


def _named(row: Row) -> tuple[str, str, str]:
    return row["ref"], shown("hmicfrs_ref", row["hmicfrs_ref"]), row["title"]


def _briefly(reason: str) -> str:
    """A reason as the first page has room for it; the annex has it whole."""
    line = " ".join(reason.split())
    return line if len(line) <= REASON_AT_MOST else f"{line[:REASON_AT_MOST].rstrip()}… ({annex(RED)})"


def _more(left: int, annex: str) -> Iterator[Block]:
    if left > 0:
        yield Paragraph(f"{sentence(number(left))} more {'is' if left == 1 else 'are'} in {annex}.")
