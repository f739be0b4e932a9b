"""A board's sheet as it comes back, from whatever program filled it in: read with suspicion, row by row."""

import io
import stat
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from recreg.errors import Mistyped, RecregError, Refused
from recreg.exchange.answered_cells import fault, is_blank, text
from recreg.exchange.answered_sheet import HELD_AGAINST, READ, SAVE, Answered, answered_sheet, merged_answers, numbered
from recreg.exchange.sheet import DRAWN_AT, OWNER, REGISTER, UNTIL
from recreg.register.meant import Minute

MOST_ROWS = 10_000
#: A workbook unpacks to no more bytes than these: a small file may hold a mountain.
LARGEST = 100_000_000
SAVE_OUT = "Open the mail in Outlook, save the sheet that is attached to it (.xlsx), and give that."
_OF_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OF_OUTLOOK = b"\x78\x9f\x3e\x22"

Cells = dict[str, Any]


@dataclass(frozen=True)
class Filled:
    """The rows of a sheet that have an answer, how many have none, and up to which day it is, where it says.

    ``owner`` is whose sheet it is, where it went to an owner with a letter, and ``register`` which one it was
    written from; ``unseen`` are hidden sheets that might be taken for it.
    """

    rows: list[Minute]
    left_out: int
    until: date | None
    owner: str = ""
    register: str = ""
    unseen: list[str] = field(default_factory=list)


def filled_in(file: Path, content: bytes | None = None) -> Filled:
    """The rows of a sheet that were filled in; the ``content`` is the file's own unless given.

    Raises `Mistyped` where there is no such file, and `Refused` where it is no sheet that can be read.
    """
    content = content_of(file) if content is None else content
    _refuse_unless_workbook(file, content)
    with _damage_told(file), closing(load_workbook(io.BytesIO(content), read_only=True, keep_links=False)) as book:
        sheet = answered_sheet(file, book.worksheets)
        rows = [_minute(file, number, cells) for number, cells in _rows(file, sheet)]
        rows += _merged(file, content, sheet, max((row.number for row in rows), default=0))
        until, mark = _until(book), _mark(book) | sheet.mark
    drawn_at = _changeset(mark.get("drawn_at", ""))
    rows = [replace(row, drawn_at=drawn_at) for row in rows]
    answered = [row for row in rows if row.faults or row.outcome or row.position or row.rag or row.why]
    left_out = len(rows) - len(answered)
    return Filled(answered, left_out, until, mark.get("owner", ""), mark.get("register", ""), sheet.unseen)


def _until(book: Any) -> date | None:
    """The day up to which a sheet lists what falls due, which recreg wrote into it."""
    try:
        return date.fromisoformat(_written(book, UNTIL))
    except ValueError:
        return None  # Somebody else wrote it: the sheet is no worse for that.


def _mark(book: Any) -> dict[str, str]:
    """From where the sheet was written, and to whom, as the workbook's properties say it."""
    said = {"drawn_at": _written(book, DRAWN_AT), "register": _written(book, REGISTER), "owner": _written(book, OWNER)}
    return {name: value for name, value in said.items() if value}


def _changeset(written: str) -> int | None:
    """The newest changeset when the sheet was written."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < _DIGITS_OF_64_BITS else None


_DIGITS_OF_64_BITS = 19


def _written(book: Any, name: str) -> str:
    return next((unescape(str(each.value)) for each in book.custom_doc_props.props if each.name == name), "")


def content_of(file: Path) -> bytes:
    """The bytes of a file that came back; raises `Mistyped` or `Refused` where it is none that could be a sheet."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise Mistyped(f"{file} is not a file.", "Give the sheet that was filled in.")
        if file.stat().st_size > LARGEST:
            raise Refused(
                f"{file} is larger than 100 MB: it is no board's sheet.", "Give the sheet that was filled in."
            )
        return file.read_bytes()
    except OSError as error:
        raise Mistyped(f"The file {file} cannot be read: {error.strerror}.", "Check its name and place.") from error


def mail_of(name: str, content: bytes = b"") -> str | None:
    """What sort of mail a file is, going by its name or its beginning; None for what is none."""
    if content.startswith(_OF_OUTLOOK) or name.casefold() == "winmail.dat":
        return "what Outlook packs a mail's files into (winmail.dat), which it alone opens"
    return _MAILS.get(Path(name).suffix.casefold())


_MAILS = {".eml": "a mail (.eml)", ".msg": "a message of Outlook's own kind (.msg)"}


def _refuse_unless_workbook(file: Path, content: bytes) -> None:
    """Raise `Refused` for what is no workbook, before anything unpacks it."""
    if (what := mail_of(file.name, content)) is not None:
        raise Refused(f"{file} is {what}, and no workbook.", SAVE_OUT)
    if content.startswith(_OF_OLD_EXCEL):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        what = "is locked with a password" if locked else "is of an old Excel (.xls)"
        raise Refused(f"{file} {what}: it cannot be read.", SAVE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
            is_workbook = "[Content_Types].xml" in packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused(f"{file} is not an Excel workbook, or is damaged.", SAVE) from error
    if not is_workbook:
        raise Refused(f"{file} is not an Excel workbook.", SAVE)
    if size > LARGEST:
        raise Refused(
            f"{file} would unpack to {size:,} bytes: it is no board's sheet.", "Give the sheet that was filled in."
        )


@contextmanager
def _damage_told(file: Path) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # What the reader does not know of other programs' files is no news.
            yield
    except RecregError:
        raise
    except Exception as error:  # A damaged file makes a reader fail in any way there is.
        raise Refused(f"{file} is not an Excel workbook, or is damaged.", SAVE) from error


def _rows(file: Path, found: Answered) -> Iterator[tuple[int, Cells]]:
    """The rows below the heading row that hold anything in the columns that must be there, with their numbers."""
    taken, columns = 0, found.columns
    for number, row in numbered(file, found.sheet, found.heading_row + 1):
        if not all(is_blank(row[columns[name]]) for name in READ):
            taken += 1
            if taken > MOST_ROWS:
                raise Refused(f"{file} has more than {MOST_ROWS:,} rows.", "A board's sheet has a row for each item.")
            yield number, {name: row[column] for name, column in columns.items()}


def _merged(file: Path, content: bytes, found: Answered, last: int) -> list[Minute]:
    """A row with a fault for each range of merged cells that hides whose an answer is, or which."""
    merged = "the cells {} are merged. Unmerge them, and fill in each row."
    return [
        Minute(place := f"{file.name}, row {number}", number, faults=(f"{place}: {merged.format(reference)}",))
        for number, reference in merged_answers(file, content, found, last)
    ]


def _minute(file: Path, number: int, cells: Cells) -> Minute:
    place = f"{file.name}, row {number}"
    faults = [f"{place}, {name} {wrong}" for name in READ if (wrong := fault(cells[name]))]
    texts = {name: "" if fault(cells[name]) else text(cells[name]).strip() for name in READ}
    ref, outcome, position, rag, why = (texts[name] for name in READ)
    hmicfrs_ref, title = (text(cells[name]).strip() if name in cells else "" for name in HELD_AGAINST)
    return Minute(place, number, ref, outcome, position, rag, why, tuple(faults), hmicfrs_ref=hmicfrs_ref, title=title)
