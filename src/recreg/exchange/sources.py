"""What a table is read from: a regular file, or stdin, which is kept in memory while it is read."""

import hashlib
import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from recreg.errors import Mistyped, Refused
from recreg.exchange.encodings import Survey

_CHUNK = 1 << 20
_LARGEST_PACKED = 200_000_000
#: A JSON document is read whole, so it is no larger than this; lines of objects may be of any number.
LARGEST_DOCUMENT = 200_000_000
_PACKED, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What comes by stdin stays in memory up to this, and beyond it in a file without a name.
_IN_MEMORY = 64_000_000
#: A line holds no more characters than these, or it is no line: four of the longest texts.
LONGEST_LINE = 4_000_000


class Source:
    """A file's bytes, read through once: their hash, their number, and how they can be read as text."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        self.stream = stream
        self.suffix = Path(name).suffix.casefold()
        self.size = 0
        self.head = b""
        self.sha256 = ""
        self.survey = Survey()
        self.notices: list[str] = []

    def read_through(self, given: BinaryIO) -> None:
        """Take in every byte once; what does not come from the file itself is kept in it."""
        digest = hashlib.sha256()
        while chunk := given.read(_CHUNK):
            self.head = self.head or chunk[:_CHUNK]
            self.size += len(chunk)
            digest.update(chunk)
            if not self.is_packed() and not self.is_of_old_excel():
                self.survey.take(chunk)
            self._refuse_without_end()
            if given is not self.stream:
                self.stream.write(chunk)
        self.survey.end()
        self.sha256 = digest.hexdigest()

    def settle_encoding(self) -> None:
        """Find out how the bytes are read as text; raises `Refused` where they cannot be."""
        if self.survey.codec is None:
            line = self._line_of(self.survey.bad_at)
            raise Refused(
                f"{self.name}, line {line}: {self.survey.fault}: this is not text.",
                "Save it in Excel as “CSV UTF-8 (Comma delimited)”, or as .xlsx.",
            )
        if self.survey.codec == "cp1252":
            self.notices.append(f"{self.name} is not UTF-8 and was read as Windows-1252.")

    @contextmanager
    def text(self) -> Iterator[io.TextIOWrapper]:
        """The text from its beginning, with a plain newline at each line's end."""
        self.stream.seek(0)
        text = io.TextIOWrapper(self.stream, encoding=self.survey.codec, newline=None)
        try:
            yield text
        finally:
            if not self.stream.closed:
                text.detach()

    def first_characters(self) -> str:
        """The beginning of the text."""
        with self.text() as text:
            return text.read(65_536)

    def is_packed(self) -> bool:
        """Whether it is a ZIP, as a workbook is."""
        return self.head.startswith(_PACKED)

    def is_of_old_excel(self) -> bool:
        """Whether it is of the kind that Excel wrote before 2007, and writes still under a password."""
        return self.head.startswith(_OLD_EXCEL)

    def is_locked(self) -> bool:
        """Whether such a file is a workbook under a password."""
        self.stream.seek(0)
        name = "EncryptedPackage".encode("utf-16-le")
        return name in self.head or name in self.stream.read(20 * _CHUNK)

    def close(self) -> None:
        """Let go of the file."""
        self.stream.close()

    def _refuse_without_end(self) -> None:
        """What is neither text nor a workbook may have no end either, as a device has none."""
        if self.is_packed() or self.is_of_old_excel():
            if self.size > _LARGEST_PACKED:
                raise Refused(f"{self.name} is larger than 200 MB: it is no workbook.", "Give a table.")
        elif self.survey.codec is None and self.size >= 16 * _CHUNK:
            self.settle_encoding()

    def _line_of(self, place: int) -> int:
        if not self.stream.seekable():
            return 1
        self.stream.seek(0)
        lines, left = 1, place
        while left > 0 and (chunk := self.stream.read(min(left, _CHUNK))):
            lines += chunk.count(b"\n") or chunk.count(b"\r")
            left -= len(chunk)
        return lines


def sourced(given: str | Path) -> Source:
    """A file, or stdin for ``-``, read through once.

    Raises `Mistyped` where there is no such file to read, and `Refused` for what is no regular file.
    """
    source = _from_stdin() if str(given) == "-" else _from_file(Path(given))
    try:
        source.read_through(sys.stdin.buffer if str(given) == "-" else source.stream)
    except OSError as error:
        source.close()
        raise Mistyped(f"{source.name} cannot be read: {error.strerror}.", "Check the file and its disk.") from error
    except BaseException:
        source.close()
        raise
    return source


def _from_stdin() -> Source:
    if sys.stdin is None or sys.stdin.closed:
        raise Mistyped("Nothing can be read from stdin: it is closed.", "Pipe a file in, or give its name.")
    # A file that it takes all the same has no name, and no other account can open it.
    return Source("stdin", cast(BinaryIO, tempfile.SpooledTemporaryFile(_IN_MEMORY)))


def _from_file(path: Path) -> Source:
    try:
        # Without waiting: a FIFO would keep its reader until somebody writes.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        if path.is_dir():  # Windows does not open a folder at all.
            raise _folder(path) from error
        reason = error.strerror if isinstance(error, OSError) else "its name holds a NUL"
        raise Mistyped(f"The file {path} cannot be read: {reason}.", "Check its name and place.") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        if stat.S_ISDIR(mode):
            raise _folder(path)
        raise Refused(f"{path} is not a regular file.", "Give a file's name, or pipe the rows in with -.")
    source = Source(path.name, os.fdopen(descriptor, "rb"))
    if source.suffix == ".json" and os.fstat(descriptor).st_size > LARGEST_DOCUMENT:
        source.close()
        raise too_large(source.name)
    return source


def too_large(name: str) -> Refused:
    """What is said of a JSON document that would not fit into memory."""
    return Refused(
        f"{name} is larger than {LARGEST_DOCUMENT // 1_000_000} MB: a JSON document is read whole.",
        "Write it as JSONL, an object on each line, or as CSV.",
    )


def _folder(path: Path) -> Mistyped:
    return Mistyped(f"{path} is a folder.", "Give a file in it.")
