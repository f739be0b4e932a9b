"""What looks like recommendations in a report, as rows for the officer to correct and import."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recreg.domain.report_reader import recommendations
from recreg.domain.reports import Drafted, counts
from recreg.exchange.cells import csv_cell
from recreg.exchange.report_files import report_lines
from recreg.exchange.whole import whole

#: The keys of an item that a report can fill, and the code of the report for the officer to fill in.
KEYS = ("kind", "inspection", "number", "hmicfrs_ref", "parent", "title", "text", "addressees", "deadline_words")


@dataclass(frozen=True)
class Draft:
    """The rows of a draft as lines of CSV, and what the officer has to be told of it."""

    lines: list[str]
    said: list[str]


def drafted(file: Path) -> Draft:
    """A draft from a report; raises `Mistyped` or `Refused` where it cannot be read."""
    lines, notes = report_lines(file)
    report = recommendations(lines)
    return Draft([",".join(KEYS), *_rows(report.found)], [*notes, _told(report.found, file), *report.remarks])


def put_draft(file: Path, draft: Draft) -> None:
    """Write the draft as a file that Excel reads as UTF-8; raises `Unwritable`."""
    with whole(file) as writing:
        writing.write(b"\xef\xbb\xbf")
        writing.writelines(f"{line}\n".encode() for line in draft.lines)


def _rows(found: list[Drafted]) -> Iterator[str]:
    for each in found:
        row = each.row()
        yield ",".join(csv_cell(row[key]) for key in KEYS)


def _told(found: list[Drafted], file: Path) -> str:
    if not found:
        return f"Nothing that looks like a recommendation was found in {file}."
    return f"Found in {file}: {', '.join(counts(found))}."
