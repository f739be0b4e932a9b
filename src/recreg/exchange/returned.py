"""What owners send back: a filled sheet, or the mail that carries it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from recreg.domain.text import short_title, visible
from recreg.errors import Refused
from recreg.exchange.answered_sheet import NoSheet
from recreg.exchange.minutes import SAVE_OUT, Filled, content_of, filled_in, mail_of

_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_SPREADSHEET = "spreadsheetml.sheet"
_OF_OUTLOOK = "application/ms-tnef"


@dataclass(frozen=True)
class Incoming:
    """What came in a file: the sheets, each by the name it is told by, and the names of all else attached."""

    sheets: list[tuple[Path, Filled]]
    others: list[str] = field(default_factory=list)


def incoming(file: Path) -> Incoming:
    """The sheets of a file that came back.

    Raises `Mistyped` where there is no such file, and `Refused` where there is no sheet in it.
    """
    is_mail = file.suffix.casefold() == ".eml"
    return _of_mail(file) if is_mail else Incoming([(file, filled_in(file))])


def _of_mail(file: Path) -> Incoming:
    """The sheets attached to a mail; another workbook may be evidence, and is left alone."""
    found = Incoming([])
    for name, content in _attached(file):
        told = file.with_name(f"{file.name} ({name})")
        try:
            if content is None:
                raise NoSheet(told.name)
            found.sheets.append((told, filled_in(told, content)))
        except NoSheet:
            found.others.append(name)
    if not found.sheets:
        _refuse_packed(file, found.others)
        raise Refused(f"{file} carries no sheet of recreg's.", "Give the mail it is attached to, or the sheet itself.")
    return found


def _refuse_packed(file: Path, others: list[str]) -> None:
    """Raise `Refused` where a sheet may be inside something else that is attached, naming what that is."""
    packed = [f"{name} is {what}" for name in others if (what := mail_of(name))]
    if packed:
        raise Refused(f"{file} carries no sheet of recreg's itself, and may within: {'; '.join(packed)}.", SAVE_OUT)


def _attached(file: Path) -> list[tuple[str, bytes | None]]:
    """What is attached to a mail, by name, with the content of what may be a sheet."""
    content = content_of(file)
    try:
        message = BytesParser(policy=default).parsebytes(content)
        return list(_parts(message))
    except Exception as error:  # A mail out of shape makes the reader fail in any way there is.
        raise Refused(f"{file} is no mail that can be read.", SAVE_OUT) from error


def _parts(message: EmailMessage) -> Iterator[tuple[str, bytes | None]]:
    for part in message.walk():
        name = part.get_filename() if not part.is_multipart() else None
        is_workbook = part.get_content_type().endswith(_SPREADSHEET)
        if part.get_content_type() == _OF_OUTLOOK:
            name = "winmail.dat"
        if name is None and not is_workbook:
            continue
        # Only told, never a path: an attachment may be called anything.
        shown = visible(short_title((name or "a workbook").replace("/", "_")))
        may_be_one = is_workbook or (name or "").casefold().endswith(_WORKBOOKS)
        content = part.get_payload(decode=True) if may_be_one else None
        yield shown, content if isinstance(content, bytes) else None
