"""A workbook as a ZIP of XML parts: opened with suspicion, and read part by part in a stream.

Small files can unpack to mountains, and XML can define itself larger than any disk. So what the ZIP
says of itself is looked at before anything is unpacked, a part with a document type is refused, and
nothing is held but what a cell, a row or the list of shared texts needs.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO
from xml.parsers import expat

from recreg.errors import RecregError, Refused

#: What all parts together may unpack to.
LARGEST = 200_000_000
_MOST_PARTS = 5_000
_MOST_TIMES = 300
_LARGE = 10_000_000
_DEEPEST = 60
_CHUNK = 1 << 16
#: A mark of XML that is longer than this is no mark of a workbook.
_LONGEST_MARK = 4_000_000
_DIRECTORY_END, _DIRECTORY_64 = b"PK\x05\x06", b"PK\x06\x07"
_LARGEST_DIRECTORY = 2_000_000
SAVE = "Open it in Excel and save it as an Excel Workbook (.xlsx), or as CSV."

Attributes = dict[str, str]


class Reading:
    """What is taken of an XML part: a reading overrides what it needs."""

    #: The parser that reads it; whoever wants characters sets its CharacterDataHandler, and takes it off again.
    parser: Any = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""


class Package:
    """An opened workbook, its parts by their names."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name = name
        with damage_told(name):
            listed = self._listed_parts(stream)
            self._zip = zipfile.ZipFile(stream)
            self.names = {part.filename.casefold(): part.filename for part in self._zip.infolist()}
            self._refuse_mountain(self._zip.infolist())
            if listed != (len(self.names), self._zip.start_dir):
                raise ValueError("parts that are lost or have moved, or two of one name")

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.casefold() in self.names

    def read(self, part: str, reading: Reading) -> Iterator[None]:
        """Take in a part, and pause now and then, so that what was read can be used."""
        with self._zip.open(self.names[part.casefold()]) as content:
            parser = _parser(reading)
            given = 0
            while chunk := content.read(_CHUNK):
                parser.Parse(chunk, False)
                given += len(chunk)
                if given - max(parser.CurrentByteIndex, 0) > _LONGEST_MARK:
                    raise ValueError("a mark without end")
                yield
            parser.Parse(b"", True)
            yield

    def read_whole(self, part: str, reading: Reading) -> None:
        """Take in all of a part."""
        for _ in self.read(part, reading):
            pass

    def close(self) -> None:
        """Let go of the ZIP; the file stays open."""
        self._zip.close()

    def _listed_parts(self, stream: BinaryIO) -> tuple[int, int]:
        """How many parts the ZIP says it has, and where they are listed.

        Raises `Refused` for more than a workbook has, before anything is looked at.
        """
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - 65_600))
        tail = stream.read()
        at = tail.rfind(_DIRECTORY_END)
        size = int.from_bytes(tail[at + 12 : at + 16], "little")
        if at >= 0 and (size > _LARGEST_DIRECTORY or tail[max(0, at - 20) : at].startswith(_DIRECTORY_64)):
            raise Refused(f"{self.name} has more parts than a workbook has.", SAVE)
        return int.from_bytes(tail[at + 10 : at + 12], "little"), int.from_bytes(tail[at + 16 : at + 20], "little")

    def _refuse_mountain(self, parts: list[zipfile.ZipInfo]) -> None:
        """Raise `Refused` for what would unpack to more than any workbook."""
        size = sum(part.file_size for part in parts)
        dense = any(part.file_size > max(_LARGE, _MOST_TIMES * part.compress_size) for part in parts)
        if size > LARGEST or dense or len(parts) > _MOST_PARTS:
            raise Refused(f"{self.name} would unpack to {size:,} bytes: it is no list of recommendations.", SAVE)
        if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
            raise Refused(f"{self.name} is not packed as Excel packs a workbook.", SAVE)


@contextmanager
def damage_told(name: str) -> Iterator[None]:
    """Whatever a damaged file makes a reader stumble over is told as what it is."""
    try:
        yield
    except RecregError:
        raise
    except Exception as error:  # A damaged file makes a reader fail in any way there is.
        raise Refused(f"{name} is not an Excel workbook, or is damaged.", SAVE) from error


def _parser(reading: Reading) -> Any:
    parser = reading.parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        reading.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reading.end(name.rpartition(":")[2] if ":" in name else name)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    """No workbook has a document type, and one could define entities without end, or files to fetch."""
    raise ValueError("a document type")
