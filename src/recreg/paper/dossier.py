"""The dossier of an item as a document: what it says, where it stands and how it came to."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from recreg.domain.vocabulary import how_often, in_words
from recreg.paper.clocks import clocks
from recreg.paper.document import Block, Document, Heading, Pairs, Paragraph, Verbatim
from recreg.paper.history import histories
from recreg.questions.rules import said

Row = dict[str, Any]


def dossier_document(items: list[Row], *, marking: str, today: date, as_at: str, head: tuple[int, str]) -> Document:
    """The dossiers of one item, or of all that one number means, with the end of the log they rest on.

    ``as_at`` is today as the document says it.
    """
    blocks = [block for item in items for block in blocks_of(item, today)]
    number, log_hash = head
    rests = f"As at {as_at}. The register's log stood at changeset {number}, SHA-256 {log_hash}."
    title = " and ".join(dict.fromkeys(named(item) for item in items))
    return Document(f"Dossier of {title}", marking, (*blocks, Heading(2, "What this rests on"), Paragraph(rests)))


def blocks_of(item: Row, today: date) -> Iterator[Block]:
    """One item: who and what, its words, its clocks, what hangs on it, and how it came about."""
    yield Heading(1, f"{named(item)} · {item['title']}")
    yield Pairs(tuple((name, str(value)) for name, value in _facts(item) if value is not None))
    if item["text"]:
        yield Heading(2, "Text, verbatim")
        yield Verbatim(item["text"])
    yield Heading(2, "Clocks")
    yield Pairs(tuple(clocks(item, today)))
    for title, pairs in _kin(item):
        yield from _section(title, pairs)
    yield from histories(item)
    for title, pairs in _hanging(item):
        yield from _section(title, pairs)


def named(item: Row) -> str:
    """Both references of an item: the register's and HMICFRS's."""
    return f"{item['ref']} · HMICFRS {item['hmicfrs_ref']}" if item["hmicfrs_ref"] else str(item["ref"])


def _section(title: str, pairs: list[tuple[str, str]]) -> Iterator[Block]:
    if pairs:
        yield Heading(2, title)
        yield Pairs(tuple(pairs))


def _facts(item: Row) -> Iterator[tuple[str, Any]]:
    if item["withdrawn_on"]:
        yield "withdrawn", f"{said(item['withdrawn_on'])}: {item['withdrawn_why']}"
    yield "kind", in_words(item["kind"])
    yield "inspection", _inspection(item)
    for key in ("number", "parent", "addressees", "owner", "board", "portfolio"):
        yield in_words(key), item[key]
    yield "status", in_words(item["status"])
    yield "RAG", _rating(item)
    yield "ours", ("yes" if item["ours"] else "no") + (f": {item['ours_why']}" if item["ours_why"] else "")
    yield "waiting on", item["waiting_on"]
    yield "mandatory", "yes" if item["mandatory"] else f"no; {in_words(item['acceptance'])}{_because(item)}"
    yield "added", said(item["added_on"])
    yield from _life(item)


def _inspection(item: Row) -> str | None:
    if item["inspection"] is None:
        return None
    day = f"published {said(item['published_on'])}" if item["published_on"] else "not published yet"
    return f"{item['inspection']}, {item['inspection_title']}, {day}"


def _rating(item: Row) -> str:
    declared = f"{item['rag']}: {item['rag_why']}" if item["rag_why"] else str(item["rag"])
    if not item["suggested_rag"]:
        return declared
    return f"{declared.rstrip('.')}; suggested {item['suggested_rag']}: {item['suggested_why']}"


def _because(item: Row) -> str:
    by = f", decided by {item['acceptance_by']}" if item["acceptance_by"] else ""
    return f"{by}: {item['acceptance_why']}" if item["acceptance_why"] else by


def _life(item: Row) -> Iterator[tuple[str, Any]]:
    """What was claimed, submitted, sent back, closed and opened again, with its day."""
    if item["returned_on"]:
        back = f"by us {how_often(item['times_sent_back'])}, by HMICFRS {how_often(item['times_returned'])}"
        yield "sent back", f"{back}; last {said(item['returned_on'])}: {item['returned_why']}"
    if item["completed_on"]:
        yield "complete", f"from {said(item['completed_on'])}"
    if item["submitted_on"]:
        agreed = f", agreed by {item['agreed_by']}" if item["agreed_by"] else ", no board's agreement recorded"
        level = f", sign-off level {item['sign_off_level']}" if item["sign_off_level"] else ""
        yield "with HMICFRS", f"from {said(item['submitted_on'])}{agreed}{level}"
    if item["reopened_on"]:
        yield (
            "reopened",
            f"{how_often(item['times_reopened'])}; last {said(item['reopened_on'])}: {item['reopened_why']}",
        )
    if item["closed_on"]:
        yield "closed", f"{said(item['closed_on'])}, {closing(item)}"


def closing(item: Row) -> str:
    """On what basis it was closed, by whom, by what letter or approval, and why."""
    by = "HMICFRS" if item["decided_by"] == "hmicfrs" else "the force"
    told = [f"{in_words(item['closed_as'])}, decided by {by}"]
    told += [f"{name} {item[key]}" for key, name in _OF_CLOSING if item[key]]
    return "; ".join(told)


_OF_CLOSING = (
    ("closed_of", "of"),
    ("closed_letter", "letter"),
    ("approved_by", "approved by"),
    ("closed_why", "because"),
)


def _kin(item: Row) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    held = "Recommendations under it" if item["kind"] == "cause_of_concern" else "Parts"
    yield held, [(child["ref"], _child(child)) for child in item["children"]]
    yield "Links", [(link["reads"], f"{named(link)} · {link['title']}: {in_words(link['status'])}")
                    for link in item["links"]]  # fmt: skip


def _child(child: Row) -> str:
    told = f"{child['hmicfrs_ref'] or ''} {child['title']}: {in_words(child['status'])}, {child['rag']}".strip()
    return told if child["ours"] else f"{told}, not ours"


def _hanging(item: Row) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield "Reviews", [(v["ref"], f"{said(v['held_on'])}, {in_words(v['outcome'])}: {v['note']}{_met(v)}{_put_right(v)}")
                      for v in item["reviews"]]  # fmt: skip
    yield "Notes", [(n["ref"], f"{said(n['noted_on'])}: {n['text']}{_put_right(n)}") for n in item["notes"]]
    yield "Evidence", [(e["ref"], _evidence(e)) for e in item["evidence"]]


def _evidence(piece: Row) -> str:
    sender = f" from {piece['received_from']}" if piece["received_from"] else ""
    dated = f", dated {said(piece['dated_on'])}" if piece["dated_on"] else ""
    received = f"received {said(piece['received_on'])}{sender}"
    shared = f"shared {said(piece['shared_on'])} with {piece['shared_with']}" if piece["shared_on"] else "not shared"
    reason = f" ({piece['verdict_why']})" if piece["verdict_why"] else ""
    judged = f"{piece['verdict'] or 'not judged'}{reason}"
    return f"{piece['title']}{dated}, {received}; {shared}; {judged}{_put_right(piece)}\n{_kept(piece)}"


def _kept(piece: Row) -> str:
    """Where a piece of evidence is kept, and whether a filed copy is still as it was filed."""
    if not piece["sha256"]:
        return f"Kept elsewhere: {piece['link']}"
    name = f"{piece['file_name']}, " if piece["file_name"] and piece["file_name"] != piece["title"] else ""
    copy = "the filed copy is as filed" if piece["as_filed"] else f"the filed copy is not as filed: {piece['fault']}"
    return f"{name}SHA-256 {piece['sha256']}; {copy}"


def _met(review: Row) -> str:
    if review["met_with"]:
        return f" (met {review['met_with']}, {said(review['met_on'])})"
    return " (no meeting with the owner is recorded)" if review["outcome"] == "support_needed" else ""


def _put_right(row: Row) -> str:
    return f" (put right: {row['corrected_why']})" if row["corrected_why"] else ""
