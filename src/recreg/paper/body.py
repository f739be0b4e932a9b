"""The paper after its first page: reports since, what is to come, how reviews work, background."""

from collections.abc import Iterator

from recreg.domain.dates import spoken
from recreg.domain.vocabulary import Kind, in_words
from recreg.paper.document import Block, Bullets, Heading, Paragraph, Table, Verbatim
from recreg.paper.facts import Facts, Row
from recreg.paper.outline import OVERDUE, annex
from recreg.paper.wording import Audience, listed, number, sentence, shown, so_many
from recreg.questions import Answer

PURPOSE = (
    "This paper tells the committee how the force stands with HMICFRS: what was recommended, what has been done, "
    "what HMICFRS has signed off and what is still open."
)
TO_NOTE = "The committee is asked to note what this paper reports."
CONTACT = "The force's HMICFRS liaison officer."


def reports(facts: Facts, audience: Audience) -> Iterator[Block]:
    """The reports published in the period, each with its summary and its recommendations verbatim."""
    period = f"from {spoken(facts.period.since)} to {spoken(facts.period.until)}"
    if not facts.published:
        yield Paragraph(f"No report was published {period}.")
        return
    count = len(facts.published)
    yield Paragraph(f"{sentence(number(count))} report{'' if count == 1 else 's'} {_was(count)} published {period}.")
    for report in facts.published:
        yield from _report(report, facts.reported[report["code"]], audience)


def _report(report: Row, items: Answer, audience: Audience) -> Iterator[Block]:
    yield Heading(3, f"{report['title']}, published on {shown('published_on', report['published_on'])}")
    publishers = f", published by {report['publishers'].replace('; ', ', ')}" if report["publishers"] else ""
    part = _PART[report["our_part"]]
    yield Paragraph(f"{_TYPES.get(report['type'], sentence(report['type']))}{publishers}. {part}".strip())
    if report["summary"]:
        yield Verbatim(report["summary"])
    tops = [item for item in items if not _is_part(item, items)]
    yield Paragraph(_what_it_brought(tops))
    for item in tops:
        yield Heading(4, _headed(item))
        yield Verbatim(item["text"] or item["title"])
        yield Paragraph(_stands(item, audience))
        yield from _parts([part for part in items if part["parent"] == item["ref"] and part not in tops], audience)


_TYPES = {"peel": "PEEL", "super_complaint": "Super-complaint"}
_PART = {
    "fieldwork": "HMICFRS did fieldwork in the force.",
    "data_return": "There was no fieldwork in the force, which supplied data.",
    "none": "",
}


def _what_it_brought(tops: Answer) -> str:
    """How many of each kind a report brought, parts left out."""
    told = [so_many(count, kind) for kind in Kind if (count := sum(item["kind"] == kind for item in tops))]
    return f"It brought {listed(told)}." if told else "The register holds nothing of it."


def _is_part(item: Row, items: Answer) -> bool:
    """Whether an item is a part of another of the report, whose words hold its own."""
    return any(other["ref"] == item["parent"] and other["kind"] != Kind.CAUSE_OF_CONCERN for other in items)


def _parts(parts: Answer, audience: Audience) -> Iterator[Block]:
    """What a recommendation was split into, each part with its owner; their words are in its own."""
    if parts:
        rows = tuple((part["ref"], part["title"], _stands_of_part(part, audience)) for part in parts)
        yield Table(("Part", "Title", "Where it stands"), rows)


def _stands_of_part(part: Row, audience: Audience) -> str:
    whose = audience.who(part["owner"]) if part["ours"] else "not ours to deliver"
    return f"{whose}; {in_words(part['status'])}, {part['rag']}"


def _headed(item: Row) -> str:
    number = f" {item['number']}" if item["number"] else ""
    references = ", ".join(
        ref for ref in (item["ref"], item["hmicfrs_ref"] and f"HMICFRS {item['hmicfrs_ref']}") if ref
    )
    return f"{sentence(in_words(item['kind']))}{number} ({references})"


def _stands(item: Row, audience: Audience) -> str:
    """In a line: HMICFRS's deadline, whether it is accepted and ours, who owns it, and how far it is."""
    told = [f"Deadline: {item['deadline_words']}" if item["deadline_words"] else "HMICFRS gave no deadline"]
    if item["acceptance"]:
        told.append(in_words(item["acceptance"]))
    told.append(f"owner {audience.who(item['owner'])}" if item["ours"] else "not ours to deliver")
    told.append(f"{in_words(item['status'])}, {item['rag']}")
    return "; ".join(told) + "."


def forthcoming(facts: Facts, _audience: Audience) -> Iterator[Block]:
    """The inspections to come, with their days in HMICFRS's own vague words."""
    count = len(facts.forthcoming)
    if not count:
        yield Paragraph("The force has been told of no inspection to come.")
        return
    yield Paragraph(f"The force has been told of {number(count)} inspection{'' if count == 1 else 's'} to come:")
    yield Bullets(tuple(_to_come(row) for row in facts.forthcoming))


def _to_come(row: Row) -> str:
    expected = f", expected {row['expected_words']}" if row["expected_words"] else ", no day given yet"
    part = {"fieldwork": "; fieldwork in the force", "data_return": "; a data return", "none": ""}[row["our_part"]]
    return f"{row['title']}{expected}{part}"


def reviews(facts: Facts, _audience: Audience) -> Iterator[Block]:
    """How items are reviewed, and how many reviews are late."""
    late = facts.figures["reviews_overdue"].count
    yield Paragraph(
        "Each open item is reviewed with its owner every three months, or in a rhythm of its own, and evidence of "
        "progress is shared with HMICFRS. An owner who needs support is met."
    )
    yield Paragraph(
        f"On {spoken(facts.period.until)} {number(late)} review{' was' if late == 1 else 's were'} overdue."
        + (f" {annex(OVERDUE)} names what is." if late else "")
    )


def background(facts: Facts, _audience: Audience) -> Iterator[Block]:
    """The reports that the paper speaks of, with where they are."""
    rows = tuple(
        (row["title"], shown("published_on", row["published_on"]), row["url"] or "–") for row in facts.published
    )
    if rows:
        yield Table(("Document", "Published", "Where it is"), rows)
    else:
        yield Paragraph("None beyond the force's register of recommendations.")


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
