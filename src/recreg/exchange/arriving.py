"""A file on its way in: its table with the key of each column, as the act of importing takes it."""

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from operator import methodcaller
from pathlib import Path

from recreg.domain.rows import Wrong
from recreg.errors import Mistyped, Refused
from recreg.exchange.cells import harmless
from recreg.exchange.headings import known_among, mapped
from recreg.exchange.spellings import BY_NOUN
from recreg.exchange.tables import Fault, Row, Table, opened
from recreg.exchange.whole import put_whole
from recreg.questions.columns import Column
from recreg.questions.held import Held

#: So far down a sheet's headings are looked for where its first row has none.
_AT_THE_TOP = 20


class Arriving:
    """The rows of a table for `recreg.register`: what the register asks of a file."""

    def __init__(self, table: Table, given: Mapping[str, str], noun: str = "items") -> None:
        """Find the key of each column; raises `Refused` where one is not known, `Mistyped` for a bad mapping."""
        self.table = table
        try:
            self.keys = mapped(table.headings, BY_NOUN[noun], given)
        except Refused:
            _refuse_title_rows(table)
            raise
        self.name, self.sheet, self.sha256, self.epoch = table.name, table.sheet, table.sha256, table.epoch
        #: How its rows are read: somebody may be watching how far they are.
        self.reading: Callable[[Table], Iterator[Row]] = methodcaller("rows")
        self._faults: list[str] = []
        #: The rows that the file itself has wrong.
        self.bad: set[int] = set()

    def rows(self) -> Iterator[tuple[int, tuple[str | None, ...]]]:
        """Each row's number and cells; one with a fault is told of instead."""
        for row in self.reading(self.table):
            if row.faults:
                self._faults += [fault.told() for fault in row.faults]
                self.bad.add(row.number)
            else:
                yield row.number, row.cells

    def faults(self) -> list[str]:
        """What was found wrong with the file itself while it was read, each with its place."""
        return self._faults

    def placed(self, wrong: Wrong) -> str:
        """What is wrong with a row, or one of its cells, with its place in the file."""
        column = self.keys.index(wrong.key) if wrong.key in self.keys else None
        sentence = wrong.sentence if column is not None or not wrong.key else f"{wrong.key}: {wrong.sentence}"
        return Fault(self.table.place(wrong.row, column), wrong.value, sentence).told()


def _refuse_title_rows(table: Table) -> None:
    """Raise `Refused` where the headings stand further down, below a title, as in many a tracker."""
    for row in islice(table.rows(), _AT_THE_TOP) if not known_among(table.headings) else ():
        texts = [*filter(None, row.cells), *(fault.value for fault in row.faults)]
        if known_among(texts) > 1:
            raise Refused(
                f"{table.place(row.number)}: the headings seem to stand here, below something else.",
                "Take the rows above them away, so that they come first, and try again.",
            )


@contextmanager
def arriving_from(
    file: str, given: Mapping[str, str], *, noun: str | None, sheet: str | None
) -> Iterator[dict[str, Arriving]]:
    """What a file brings, by noun: the one that is asked for, every one of a document, or else items."""
    with ExitStack() as stack:
        first = stack.enter_context(opened(file, sheet=sheet, noun=noun))
        nouns = first.nouns() if noun is None else []
        if len(nouns) < 2:
            one = noun or "items"
            yield {one: Arriving(first, given, one)}
            return
        if given:
            raise Mistyped(f"{first.name} holds several nouns, whose columns have the usual names.",
                           "Leave --map out, or name one noun by --what.")  # fmt: skip
        first.notices[:] = [notice for notice in first.notices if "its sheet" not in notice]
        brought = {each: Arriving(stack.enter_context(first.of_noun(each)), {}, each) for each in nouns}
        for each in brought.values():
            each.name = first.name
        yield brought


def put_rejects(file: Path, table: Table, reasons: Mapping[int, list[str]]) -> int:
    """Write the rows that cannot be taken as CSV, each with what is wrong; how many there are."""
    written = io.StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow([*table.headings, "what is wrong"])
    count = 0
    for row in table.rows():
        found = [*(fault.told() for fault in row.faults), *reasons.get(row.number, [])]
        if found:
            out.writerow([*(harmless(cell or "") for cell in row.cells), " ".join(found)])
            count += 1
    put_whole(file, written.getvalue().encode("utf-8-sig"))
    return count


def template(file: Path) -> None:
    """Write an empty sheet with the heading of every key that a new item may have, as CSV or as a workbook."""
    if file.suffix.lower() == ".xlsx":
        from recreg.exchange.workbook import workbook

        with closing(sqlite3.connect(":memory:")) as nothing:
            empty = Held([Column(key) for key in TEMPLATE], nothing.execute("SELECT 1 WHERE 0"))
        put_whole(file, workbook({"items": empty}))
        return
    put_whole(file, (",".join(TEMPLATE) + "\n").encode("utf-8-sig"))


#: What an officer fills in of a new item, in the order in which a report gives it.
TEMPLATE = tuple(
    "kind inspection number hmicfrs_ref parent title text addressees deadline_words target_on owner board portfolio "
    "rag rag_why ours ours_why waiting_on review_every_months last_review_on added_on".split()
)
