"""CSV and TSV: read strictly, in a stream, whatever parts the cells and ends the lines.

The quotation mark of one bad record never swallows the rows after it: these are read from the line
after the one where it opened, so that all that is wrong is told at once.
"""

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice

from recreg.domain.vocabulary import counted
from recreg.errors import Refused
from recreg.exchange.headings import known_among, refuse_headings
from recreg.exchange.sources import LONGEST_LINE, Source
from recreg.exchange.tables import LONGEST_FIELD, Fault, Row, Table, as_typed, shown

_DELIMITERS = (",", ";", "\t", "|")
_NAMED = re.compile(r'"?sep=(?P<it>[,;|:^~!#$%&*/]|\t)"?\n?', re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
#: So many records with a quotation mark out of place, and it is no CSV.
_MOST_MISQUOTED = 20
_LOOKED_AT, _LONGEST_LOOKED_AT = 20, 50_000
#: What a line of a record takes beside its characters, counted as such: a record may have lines without end.
_OF_A_LINE = 60
_QUOTE_SO = "A field that begins with a quotation mark ends with one, and one inside it is doubled."

Record = list[str] | Fault


class Separated(Table):
    """A file of lines, their cells parted by a comma, a semicolon, a tab or a bar."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._held = ExitStack()
        csv.field_size_limit(LONGEST_FIELD)
        self._delimiter, self._skipped = self._dialect()
        self._records = self._read(_Lines(self._held.enter_context(source.text()).readline, source.name))
        number, names = self._heading_record()
        self._width = len(names)
        #: The columns that have a heading; those without must be empty.
        self._kept = [at for at, name in enumerate(names) if name]
        self.headings = tuple(names[at] for at in self._kept)
        refuse_headings(self.headings, [str(at + 1) for at in self._kept], f"{self.name}, line {number}")

    def rows(self) -> Iterator[Row]:
        """The records below the heading row that hold anything."""
        ragged = len(self._kept) < self._width
        for number, record in self._records:
            if isinstance(record, Fault):
                yield Row(number, (None,) * len(self.headings), (record,))
                continue
            # Most cells need no second look, and there may be millions of them.
            cells = tuple([c if "(" < c < "\x7f" else (as_typed(c) if c else None) for c in record])
            if len(cells) == self._width and not ragged:
                if any(cells):
                    yield Row(number, cells)
            elif any(cells):
                yield self._uneven(number, cells)

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()
        super().close()

    def _uneven(self, number: int, cells: tuple[str | None, ...]) -> Row:
        """A row with too few or too many cells, or of a table some of whose columns have no heading."""
        place, faults = f"{self.name}, line {number}", []
        if len(cells) != self._width:
            said = f"This row has {counted(len(cells), 'cell')}, and the heading row has {self._width}."
            faults.append(Fault(place, next(filter(None, cells), ""), f"{said} Each row has as many."))
        full = (*cells, *(None,) * self._width)[: self._width]
        faults += [
            Fault(f"{place}, column {at + 1}", text, "This column has no heading. Give it one, or empty it.")
            for at, text in enumerate(full)
            if text and at not in self._kept
        ]
        return Row(number, tuple(full[at] for at in self._kept), tuple(faults))

    def _heading_record(self) -> tuple[int, list[str]]:
        for number, record in self._records:
            if isinstance(record, Fault):
                raise Refused(record.told(), "Put the heading row right.")
            if any(as_typed(cell) for cell in record):
                return number, [" ".join((as_typed(cell) or "").split()) for cell in record]
        raise Refused(f"{self.name} holds nothing.", "Give a file with a heading row and the rows below it.")

    def _dialect(self) -> tuple[str, int]:
        """What parts the cells, and how many lines to leave out before the table: one where it says ``sep=;``."""
        with self._source.text() as text:
            lines = [text.readline(_LONGEST_LOOKED_AT) for _ in range(_LOOKED_AT)]
        named = _NAMED.fullmatch(lines[0])
        if named:
            self.notices.append(f"{self.name}: its first line, `sep={shown(named['it'])}`, says what parts the cells.")
            return named["it"], 1
        usual = sorted(_DELIMITERS, key=lambda delimiter: (delimiter == "\t") != (self._source.suffix == ".tsv"))
        return max(usual, key=lambda delimiter: _likelihood(lines, delimiter)), 0

    def _read(self, lines: "_Lines") -> Iterator[tuple[int, Record]]:
        """Every record, or what is wrong with it, with the line on which it begins."""
        for _ in islice(lines.each(), self._skipped):
            pass
        reader, misquoted = self._reader(lines), []
        while True:
            number = lines.begin()
            try:
                record: Record = next(reader)
            except StopIteration:
                return
            except csv.Error:
                number, record = self._misquoted(lines, number)
                misquoted.append(record.told())
                if len(misquoted) > _MOST_MISQUOTED:
                    raise Refused(
                        [*misquoted, "There are more such lines."], "Save it as .xlsx or CSV again."
                    ) from None
                reader = self._reader(lines)  # The other may have come to the end of the lines.
            yield number, record

    def _reader(self, lines: "_Lines") -> Iterator[list[str]]:
        return csv.reader(lines.each(), delimiter=self._delimiter, strict=True)

    def _misquoted(self, lines: "_Lines", number: int) -> tuple[int, Fault]:
        """What is wrong with a record, at the line where its bad field opens; the lines after it are read again."""
        text = "".join(lines.taken)
        at = _bad_field(text, self._delimiter)
        opened = text.count("\n", 0, at)
        lines.give_back(opened + 1)
        place = f"{self.name}, line {number + opened}"
        if text[at] != '"':
            return number, Fault(place, text[at : at + 60], f"A cell holds {LONGEST_FIELD - 1:,} characters at most.")
        return number, Fault(place, text[at : at + 61].split("\n")[0], f"This quotation is not closed. {_QUOTE_SO}")


class _Lines:
    """The lines of a file, those of the record that is being read at hand, so that they can be read again."""

    def __init__(self, readline: Callable[[int], str], name: str) -> None:
        self.taken: list[str] = []
        self._before = 0
        self._again: list[str] = []
        self._readline = readline
        self._name = name

    def each(self) -> Iterator[str]:
        """The lines from here on."""
        taken, again, readline, held = self.taken, self._again, self._readline, 0
        while line := again.pop() if again else readline(LONGEST_LINE):
            held = held + len(line) + _OF_A_LINE if taken else len(line)
            if held >= LONGEST_LINE:
                where = f"{self._name}, line {self._before + 1}"
                raise Refused(f"{where}: this record does not end.", "Save it as .xlsx or CSV again.")
            taken.append(line)
            yield line

    def begin(self) -> int:
        """A record begins: the number of its first line."""
        self._before += len(self.taken)
        self.taken.clear()
        return self._before + 1

    def give_back(self, kept: int) -> None:
        """Have all lines of the record but the first few read again."""
        self._again.extend(reversed(self.taken[kept:]))
        del self.taken[kept:]


def _likelihood(lines: list[str], delimiter: str) -> tuple[int, float, float, int]:
    """How likely a delimiter is the one: by the headings it makes that are known, then by how even the rows are."""
    try:
        records = [record for record in csv.reader(lines, delimiter=delimiter) if any(record)]
    except csv.Error:
        records = []
    if not records:
        return 0, 0, 0, 0
    width, known = len(records[0]), known_among(records[0])
    even = sum(len(record) == width for record in records) / len(records)
    return (known, known / width, even, width) if width > 1 else (known, known, 0, 0)


def _bad_field(text: str, delimiter: str) -> int:
    """Where the field begins that keeps a record from being read."""
    at, end_of_plain = 0, re.compile(f"[{re.escape(delimiter)}\n]|$")
    while at < len(text):
        found = _QUOTED.match(text, at) if text[at] == '"' else end_of_plain.search(text, at)
        if found is None:
            return at
        end = found.end() if text[at] == '"' else found.start()
        if end - at > LONGEST_FIELD or (end < len(text) and text[end] not in {delimiter, "\n"}):
            return at
        at = end + 1
    return 0
