"""How one thing is shown to a person: its fields, and what hangs on it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from recreg.cli.printer import put_lines
from recreg.cli.tables import draw_pairs
from recreg.domain.dates import days_overdue, spoken
from recreg.domain.deadlines import shown_deadline
from recreg.domain.vocabulary import counted, in_words
from recreg.questions.columns import Column


def show_pairs(row: dict[str, Any], columns: Sequence[Column], title: str) -> None:
    """Every field that holds something, by its key."""
    pairs = [(in_words(column.key), row[column.key]) for column in columns if row[column.key] is not None]
    put_lines(draw_pairs(pairs, title))


def show_item(item: dict[str, Any], today: date) -> None:
    """An item as its dossier's first page: who and what, its words, its clocks, and what hangs on it."""
    number = f" · HMICFRS {item['hmicfrs_ref']}" if item["hmicfrs_ref"] else ""
    facts = [(name, value) for name, value in _facts(item) if value is not None]
    put_lines(draw_pairs(facts, f"{item['ref']}{number} · {item['title']}"))
    if item["text"]:
        put_lines(["", *draw_pairs([("", item["text"])], "Text, verbatim")])
    put_lines(["", *draw_pairs(list(_clocks(item, today)), "Clocks")])
    for title, pairs in _hanging(item):
        if pairs:
            put_lines(["", *draw_pairs(pairs, title)])


def _facts(item: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if item["withdrawn_on"]:
        yield "withdrawn", f"{_spoken(item['withdrawn_on'])}: {item['withdrawn_why']}"
    yield "kind", in_words(item["kind"])
    for key in ("inspection", "number", "parent", "addressees", "owner", "board", "portfolio"):
        yield in_words(key), item[key]
    yield "status", in_words(item["status"])
    yield "RAG", f"{item['rag']}: {item['rag_why']}" if item["rag_why"] else item["rag"]
    yield "ours", "yes" if item["ours"] else f"no: {item['ours_why']}"
    yield "waiting on", item["waiting_on"]
    yield "mandatory", "yes" if item["mandatory"] else f"no; {in_words(item['acceptance'])}{_because(item)}"
    yield "added", _spoken(item["added_on"])
    yield from _life(item)


def _life(item: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What was claimed, submitted, sent back, closed and opened again, with its day."""
    if item["returned_on"]:
        back = f"by us {counted(item['times_sent_back'], 'time')}, by HMICFRS {counted(item['times_returned'], 'time')}"
        yield "sent back", f"{back}; last {_spoken(item['returned_on'])}: {item['returned_why']}"
    if item["completed_on"]:
        yield "complete", f"from {_spoken(item['completed_on'])}"
    if item["submitted_on"]:
        agreed = f", agreed by {item['agreed_by']}" if item["agreed_by"] else ", no board's agreement recorded"
        level = f", sign-off level {item['sign_off_level']}" if item["sign_off_level"] else ""
        yield "with HMICFRS", f"from {_spoken(item['submitted_on'])}{agreed}{level}"
    if item["reopened_on"]:
        times = counted(item["times_reopened"], "time")
        yield "reopened", f"{times}; last {_spoken(item['reopened_on'])}: {item['reopened_why']}"
    if item["closed_on"]:
        yield "closed", _closing(item)


def _closing(item: dict[str, Any]) -> str:
    by = "HMICFRS" if item["decided_by"] == "hmicfrs" else "the force"
    told = [f"{_spoken(item['closed_on'])}, {in_words(item['closed_as'])} by {by}"]
    told += [f"{name} {item[key]}" for key, name in _OF_CLOSING if item[key]]
    return "; ".join(told)


def _clocks(item: dict[str, Any], today: date) -> Iterator[tuple[str, str]]:
    last = _spoken(item["last_review_on"]) if item["last_review_on"] else "never"
    yield "review", f"every {_months(item['review_every_months'])}; last {last}; {_next(item, today)}"
    original = item["original_target_on"]
    times = counted(item["times_deferred"], "time")
    moved = f" (first {_spoken(original)}, moved {times})" if item["times_deferred"] else ""
    yield "target", f"{_spoken(item['target_on'])}{moved}" if item["target_on"] else "none given"
    yield "deadline", _deadline(item, today)
    if item["deadline_letter"] or item["deadline_why"]:
        yield "", f"words changed: {item['deadline_letter'] or ''} {item['deadline_why'] or ''}".rstrip()


def _months(rhythm: int) -> str:
    return "month" if rhythm == 1 else f"{rhythm} months"


def _next(item: dict[str, Any], today: date) -> str:
    if not item["next_review_on"]:
        return "none falls due"
    due = date.fromisoformat(item["next_review_on"])
    late = days_overdue(due, today)
    return f"next {spoken(due)}" + (f", {counted(late, 'day')} overdue" if late else "")


def _deadline(item: dict[str, Any], today: date) -> str:
    if not item["deadline_words"]:
        return "HMICFRS gave none"
    if not item["deadline_on"]:
        return f"“{item['deadline_words']}”: no day follows from these words"
    due = date.fromisoformat(item["deadline_on"])
    shown = shown_deadline(due, item["deadline_precision"], item["deadline_words"])
    day = spoken(due) if shown == due.isoformat() else shown
    late = 0 if shown == "immediate" or item["closed_on"] else days_overdue(due, today)
    return f"{day}, from “{item['deadline_words']}”" + (f"; {counted(late, 'day')} past" if late else "")


def _hanging(item: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    held = "Recommendations under it" if item["kind"] == "cause_of_concern" else "Parts"
    yield held, [(c["ref"], f"{c['hmicfrs_ref'] or ''} {c['title']}: {in_words(c['status'])}, {c['rag']}".strip())
                 for c in item["children"]]  # fmt: skip
    yield "Reviews", [(v["ref"], f"{_spoken(v['held_on'])}, {in_words(v['outcome'])}: {v['note']}{_met(v)}")
                      for v in item["reviews"]]  # fmt: skip
    yield "Notes", [(n["ref"], f"{_spoken(n['noted_on'])}: {n['text']}") for n in item["notes"]]
    yield "Evidence", [(e["ref"], _evidence(e)) for e in item["evidence"]]


def _evidence(piece: dict[str, Any]) -> str:
    shared = f"; shared {_spoken(piece['shared_on'])}" if piece["shared_on"] else "; not shared"
    judged = f"; {piece['verdict']}" if piece["verdict"] else "; not judged"
    kept = f"\nSHA-256 {piece['sha256']}" if piece["sha256"] else f"\n{piece['link']}"
    return f"{piece['title']}, received {_spoken(piece['received_on'])}{shared}{judged}{kept}"


def _met(review: dict[str, Any]) -> str:
    return f" (met {review['met_with']}, {_spoken(review['met_on'])})" if review["met_with"] else ""


_OF_CLOSING = (
    ("closed_of", "of"),
    ("closed_letter", "letter"),
    ("approved_by", "approved by"),
    ("closed_why", "because"),
)


def _because(item: dict[str, Any]) -> str:
    return f": {item['acceptance_why']}" if item["acceptance_why"] else ""


def _spoken(day: str) -> str:
    return spoken(date.fromisoformat(day))
