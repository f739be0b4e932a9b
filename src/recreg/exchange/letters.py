"""Letters as drafts of mail, with a sheet attached: written into a folder, sent by nobody here.

A draft is the same, byte for byte, for the same register and day, and no name in it can add a header.
"""

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from recreg.domain.text import shell_word, visible
from recreg.domain.vocabulary import counted
from recreg.errors import Refused, Unwritable
from recreg.exchange.whole import ANOTHER_PLACE, told_if_unwritable
from recreg.store.lasting import make_lasting

#: Outlook opens a mail with this header to be sent, and not as one that came.
UNSENT = "X-Unsent"
_WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_LONGEST_NAME = 60
#: A longer name or subject is cut: a line of a mail has no more than 998 characters.
_LONGEST_LINE = 200
#: What Windows takes for a device, whatever stands behind the point.
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
#: How the passing name of a folder begins and ends while it is being filled.
_UNFINISHED, _PASSING = ".letters.", ".unfinished"


@dataclass(frozen=True)
class Mail:
    """A draft: who is written to, each by name and address; without a sender the program puts its user there."""

    to: tuple[tuple[str, str], ...]
    sender: tuple[str, str] | None
    subject: str
    text: str
    html: str
    sheet: bytes = b""
    sheet_name: str = ""


def eml(mail: Mail) -> bytes:
    """The whole draft: text, HTML and any sheet; it has no day and no identity, since nobody has sent it."""
    message = EmailMessage(policy=SMTP)
    if mail.sender:
        message["From"] = _address(*mail.sender)
    message["To"] = [_address(*each) for each in mail.to]
    message["Subject"] = _line(mail.subject)
    message[UNSENT] = "1"
    # Quoted, no line of a text can be taken for a boundary, which begins with “=_”.
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.sheet:
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


def put_letters(folder: Path, letters: Iterable[tuple[str, bytes]]) -> None:
    """Make the folder with every letter in it, for this account alone.

    It is filled beside its place under a passing name, and takes its own by one rename: at no moment are
    some of the letters in it and others not. Raises `Refused` where something is there already, and
    `Unwritable`; there is no letter then.
    """
    place = Path(os.path.realpath(folder))
    _refuse_what_is_there(folder, place)
    with told_if_unwritable(folder, "folder"):
        unfinished = Path(mkdtemp(prefix=_UNFINISHED, suffix=_PASSING, dir=place.parent))
        try:
            for name, content in letters:
                _write(unfinished / name, content)
            make_lasting(unfinished)
            _take_name(unfinished, place)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        with suppress(OSError):  # They are all there, whatever the system says of its list of names.
            make_lasting(place.parent)


def left_unfinished(folder: Path) -> list[Path]:
    """What runs that were cut short left beside the folder: letters that never took their names."""
    beside = Path(os.path.realpath(folder)).parent
    return sorted(each for each in beside.glob(f"{_UNFINISHED}*{_PASSING}") if each.is_dir())


def _refuse_what_is_there(folder: Path, place: Path) -> None:
    """Raise `Refused` for a folder that is not empty, or that somebody is in, and `Unwritable` for what is none."""
    if place.exists() and not place.is_dir():
        raise Unwritable(f"The folder {folder} could not be made: {folder} is not a folder.", ANOTHER_PLACE)
    with told_if_unwritable(folder, "folder"):
        there = sorted(each.name for each in place.iterdir()) if place.is_dir() else []
    hint = f"Give --out a new folder, such as {shell_word(str(_free(folder)))}"
    letters = sum(name.casefold().endswith(".eml") for name in there)
    if letters:
        raise Refused(f"{counted(letters, 'letter')} {'is' if letters == 1 else 'are'} in {folder} already.", hint)
    if there:
        raise Refused(f"{folder} is not empty: {there[0]} is in it.", hint)
    if place == Path.cwd():
        raise Refused(f"{folder} is the folder that you are in.", hint)


def _free(folder: Path) -> Path:
    """A folder that is not there yet, of a name much like this one's."""
    if not folder.name.strip("."):
        return folder / "letters"
    return next(free for n in count(2) if not (free := folder.with_name(f"{folder.name}-{n}")).exists())


def _take_name(unfinished: Path, place: Path) -> None:
    if os.name == "nt" and place.is_dir():
        place.rmdir()  # It is empty; Windows lets nothing take the place of a folder.
    unfinished.rename(place)


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb") as to:
        to.write(content)
        to.flush()
        os.fsync(to.fileno())


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
