"""A force's own Word document as a template: what it looks like is kept, and nothing of what it says.

It is opened with suspicion: a small file can unpack to a mountain, and last quarter's paper is the template that lies
nearest, with its comments, pictures and authors.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from recreg.errors import Mistyped, RecregError, Refused
from recreg.paper.word.marks import MAIN, Element

#: What a file may have, and what its parts may unpack to, together.
LARGEST, LARGEST_UNPACKED = 50_000_000, 200_000_000
_MOST_PARTS, _MOST_TIMES, _LARGE = 5_000, 300, 10_000_000
_TYPES = "[Content_Types].xml"
_REFERENCES = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SAVE = "Open it in Word and save it as a Word Document (.docx), without a password."
#: What a document rests on without a mark in its text: how it looks. All else belonged to what it said.
_LOOKS = {"styles", "settings", "webSettings", "fontTable", "theme", "numbering", "customXml"}
_WHOLE = {"officeDocument", "core-properties", "custom-properties", "classificationlabels", "customXml"}
_SETTINGS = "attachedTemplate mailMerge trackRevisions documentProtection footnotePr endnotePr docVars rsids".split()


def read(template: Path) -> bytes:
    """The bytes of a template; raises `Mistyped` where there is none, `Refused` for what is none."""
    if template.is_dir():
        raise Mistyped(f"{template} is a folder.", "Give a file in it.")
    try:
        with template.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name holds a NUL"
        raise Mistyped(f"The file {template} cannot be read: {reason}.", "Check its name and place.") from error
    if len(content) > LARGEST:
        raise Refused(f"{template} has more than {LARGEST:,} bytes: it is no template.", _SAVE)
    with damage_told(template), zipfile.ZipFile(io.BytesIO(content)) as packed:
        _refuse_mountain(packed.infolist(), template)
        return _as_document(packed, content)


@contextmanager
def damage_told(template: Path) -> Iterator[None]:
    """Whatever a file that is no Word document makes a reader stumble over is told as what it is."""
    try:
        yield
    except RecregError:
        raise
    except Exception as error:  # A damaged file makes a reader fail in any way there is.
        raise Refused(f"{template} is not a Word document, or is damaged.", _SAVE) from error


def emptied(part: Any) -> None:
    """Take out what the document says; its last section stays, and with it the page and its head and foot."""
    body = part.element.body
    sections = list(body.iter(f"{MAIN}sectPr"))
    last = body.find(f"{MAIN}sectPr")
    if last is None:
        last = body.makeelement(f"{MAIN}sectPr", {})
    for section in reversed(sections):
        _inherit(last, section)
    for child in list(body):
        body.remove(child)
    body.append(last)
    _forget(part.rels, _LOOKS, {value for each in part.element.iter() for value in _references(each)})
    _forget(part.package.rels, _WHOLE, set())


def settled(part: Any) -> None:
    """Take out the settings that belonged to another document, or point to files of another machine."""
    for tag in _SETTINGS:
        for found in list(part.element.iter(MAIN + tag)):
            found.getparent().remove(found)
    _forget(part.rels, set(), {value for each in part.element.iter() for value in _references(each)})


def _inherit(last: Element, section: Element) -> None:
    """A section without a head or foot of its own has that of the one before it."""
    has = {(each.tag, each.get(f"{MAIN}type")) for each in last}
    for tag in (f"{MAIN}headerReference", f"{MAIN}footerReference"):
        for found in section.findall(tag):
            if (tag, found.get(f"{MAIN}type")) not in has:
                last.insert(0, deepcopy(found))


def _references(element: Element) -> list[str]:
    return [value for name, value in element.attrib.items() if name.startswith(_REFERENCES)]


def _forget(relations: Any, kinds: set[str], referred: set[str]) -> None:
    """Leave out the parts that nothing kept refers to, so that they are not in the file either."""
    for number, relation in list(relations.items()):
        if relation.reltype.rsplit("/", 1)[-1] not in kinds and number not in referred:
            del relations[number]


def _refuse_mountain(parts: list[zipfile.ZipInfo], template: Path) -> None:
    size = sum(part.file_size for part in parts)
    dense = any(part.file_size > max(_LARGE, _MOST_TIMES * part.compress_size) for part in parts)
    if size > LARGEST_UNPACKED or dense or len(parts) > _MOST_PARTS:
        raise Refused(f"{template} would unpack to {size:,} bytes: it is no template.", _SAVE)


def _as_document(packed: zipfile.ZipFile, content: bytes) -> bytes:
    """The file as a document, should Word have saved it as a template (.dotx)."""
    types = packed.read(_TYPES)
    if b"wordprocessingml.template.main+xml" not in types:
        return content
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for part in packed.infolist():
            held = types.replace(b"template.main", b"document.main") if part.filename == _TYPES else packed.read(part)
            new.writestr(part.filename, held)
    return made.getvalue()
