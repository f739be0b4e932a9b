"""Letters as drafts of mail, with a sheet attached: written into a folder, sent by nobody here.

A draft is the same, byte for byte, for the same register and day, and no name in it can add a header.
"""

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from recreg.domain.text import visible
from recreg.exchange.whole import told_if_unwritable
from recreg.store.backup import make_lasting

#: Outlook opens a mail with this header to be sent, and not as one that came.
UNSENT = "X-Unsent"
_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_LONGEST_NAME = 60
#: A longer name or subject is cut: a line of a mail has no more than 998 characters.
_LONGEST_LINE = 200
#: What Windows takes for a device, whatever stands behind the point.
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


@dataclass(frozen=True)
class Mail:
    """A draft: who is written to, each by name and address; without a sender the program puts its user there."""

    to: tuple[tuple[str, str], ...]
    copies: tuple[tuple[str, str], ...]
    sender: tuple[str, str] | None
    subject: str
    text: str
    html: str
    sheet: bytes
    sheet_name: str


def eml(mail: Mail) -> bytes:
    """The whole draft: text, HTML and the sheet; it has no day and no identity, since nobody has sent it."""
    message = EmailMessage(policy=SMTP)
    if mail.sender:
        message["From"] = _address(*mail.sender)
    message["To"] = [_address(*each) for each in mail.to]
    if mail.copies:
        message["Cc"] = [_address(*each) for each in mail.copies]
    message["Subject"] = _line(mail.subject)
    message[UNSENT] = "1"
    # Quoted, no line of a text can be taken for a boundary, which begins with “=_”.
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    message.add_attachment(mail.sheet, *_WORKBOOK, filename=mail.sheet_name)
    _bound(message, hashlib.sha256(mail.text.encode() + mail.sheet).hexdigest()[:24])
    return message.as_bytes()


def is_address(typed: str | None) -> bool:
    """Whether mail can go there: an address of plain letters, and nothing else with it."""
    try:
        return bool(typed and typed.isascii() and typed.isprintable() and Address(addr_spec=typed).domain)
    except (MessageError, ValueError, IndexError):
        return False


def file_names(people: Mapping[int, str]) -> dict[int, str]:
    """A name of a file for each person, no two the same, and the same whoever is taken on later."""
    given: dict[str, int] = {}
    for number, name in sorted(people.items()):
        plain, count = _plain(name), 1
        while (stem := plain if count == 1 else f"{plain}-{count}") in given:
            count += 1
        given[stem] = number
    return {number: stem for stem, number in given.items()}


def put_letters(folder: Path, letters: Mapping[str, bytes]) -> None:
    """Write the letters into the folder, made for this account alone; raises `Unwritable`, and none is there then.

    Each is written out of sight first, and all take their names at the end.
    """
    made = not folder.exists()
    unfinished = folder / f".{os.getpid()}.unfinished"
    with told_if_unwritable(folder):
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            _refuse_folders(folder, letters)
            unfinished.mkdir(mode=0o700)
            for name, content in letters.items():
                _write(unfinished / name, content)
            for name in letters:
                (unfinished / name).replace(folder / name)
            make_lasting(folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            if made and folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
            raise
        unfinished.rmdir()


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb") as to:
        to.write(content)
        to.flush()
        os.fsync(to.fileno())


def _refuse_folders(folder: Path, letters: Mapping[str, bytes]) -> None:
    """Raise `OSError` where a folder has the name of a letter, before any letter takes its own."""
    for name in letters:
        if (folder / name).is_dir():
            raise IsADirectoryError(None, f"{name} is a folder")


def _address(name: str, address: str) -> Address:
    """One recipient, whatever the name is.

    Folding a long header, the library loses the quotation marks that such characters would need, and a
    comma in a name would then begin another recipient.
    """
    return Address(display_name=" ".join(_line(_SPECIAL.sub(" ", name)).split()), addr_spec=address)


_SPECIAL = re.compile(r"[()<>\[\]:;@\\,.\"]")


def _line(text: str) -> str:
    """A text as a header may have it: one line of some length, in which nothing commands or is a code for letters."""
    line = visible(" ".join(text.split())).replace("=?", "= ?")
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def _plain(name: str) -> str:
    """The name in small plain letters, figures and hyphens: fit for any system, and in no other folder."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST_NAME].strip("-") or "owner"
    return f"owner-{plain}" if _DEVICES.fullmatch(plain) else plain


def _bound(message: EmailMessage, settled: str) -> None:
    """Let the parts be told apart by lines that are the same on every run."""
    for place, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{place}_{settled}")
