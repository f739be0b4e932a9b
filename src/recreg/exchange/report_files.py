"""A published report or paper as lines: plain text, or a PDF that holds its text."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from recreg.domain.page_edges import Line, lines_of, lines_of_pages
from recreg.errors import Mistyped, Refused

#: No report is larger; what says it is would fill the memory.
MOST_BYTES = 50_000_000
MOST_CHARACTERS = 5_000_000
MOST_PAGES = 2_000
MOST_UNPACKED = 10_000_000
MOST_STEPS = 3_000_000
MOST_SECONDS = 120
#: What pypdf may unpack: far less than it does by itself.
_LIMITS = {
    f"{name}_maximum_output_length": MOST_UNPACKED
    for name in ("array_based_stream", "lzw", "run_length", "zlib", "brotli")
} | {
    "stream_decoding_work_maximum_length": 4 * MOST_UNPACKED,
    "xform_maximum_invocations_per_extraction": 500,
    "stream_parsing_work_maximum_count": 200_000,
}
_AS_TEXT = "Save it as plain text, or as PDF."
_BY_HAND = "Copy the text out of it into a text file, and give that."
_OTHERS = {
    b"PK\x03\x04": "a document of Word or another archive",
    b"\xd0\xcf\x11\xe0": "a document of an older Word",
    b"{\\rtf": "rich text",
    b"<!doc": "a page of the web",
    b"<html": "a page of the web",
}


def report_lines(file: Path) -> tuple[list[Line], list[str]]:
    """The lines of a report, and how they were read where that is not plain.

    Raises `Mistyped` where there is no such file, and `Refused` where it holds no text to read.
    """
    raw = _read(file)
    if raw.lstrip()[:5] == b"%PDF-":
        pages = _pages(file, raw)
        empty = [f"page {number}" for number, page in enumerate(pages, 1) if not page.strip()]
        return lines_of_pages(pages), [f"{place}: it holds no text, as a picture does." for place in empty]
    for begins, what in _OTHERS.items():
        if raw.lstrip()[: len(begins)].lower() == begins.lower():
            raise Refused(f"{file} is {what}, which recreg draft does not read.", _AS_TEXT)
    text, notes = _text(file, raw)
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"{file} has more than {MOST_CHARACTERS:,} characters.", "Give the pages with recommendations.")
    return lines_of(text), notes


def _read(file: Path) -> bytes:
    if file.exists() and not file.is_file():
        raise Mistyped(f"{file} is not a file.", "Give a report or paper, as plain text or PDF.")
    try:
        with file.open("rb") as reading:
            raw = reading.read(MOST_BYTES + 1)
    except OSError as error:
        raise Mistyped(f"The file {file} cannot be read: {error.strerror}.", "Check its name and place.") from error
    if len(raw) > MOST_BYTES:
        raise Refused(f"{file} is larger than {MOST_BYTES // 1_000_000} MB.", "Give the pages with recommendations.")
    return raw


def _text(file: Path, raw: bytes) -> tuple[str, list[str]]:
    """The text in UTF-8, UTF-16 with its mark, or else in Windows-1252, which is told of."""
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in raw and not marked:
        raise Refused(f"{file} is not text: it holds a NUL at byte {raw.index(0) + 1}.", _AS_TEXT)
    try:
        return raw.decode("utf-16" if marked else "utf-8-sig"), []
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1}"
        if marked:
            raise Refused(f"{file} is not text: {place} is no UTF-16.", _AS_TEXT) from error
    try:
        return raw.decode("cp1252"), [f"{file} is not UTF-8 ({place}) and was read as Windows-1252."]
    except UnicodeDecodeError as error:
        raise Refused(
            f"{file} is neither UTF-8 ({place}) nor Windows-1252 (byte {error.start + 1}).", _AS_TEXT
        ) from error


def _pages(file: Path, raw: bytes) -> list[str]:
    """The text of each page of a PDF; raises `Refused` where there is none to be had."""
    from pypdf import apply_configuration

    with _told_plainly(file), apply_configuration(None, **_LIMITS):
        pages = list(_drawn(file, raw))
    if not any(page.strip() for page in pages):
        raise Refused(f"{file} holds pictures of pages and no text, as a scan does.", _BY_HAND)
    return pages


def _drawn(file: Path, raw: bytes) -> Iterator[str]:
    import io

    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted:
        raise Refused(
            f"{file} is under a password or its text is locked.", "Save it without one, or copy its text out."
        )
    if len(reader.pages) > MOST_PAGES:
        raise Refused(f"{file} has more than {MOST_PAGES:,} pages.", "Give the pages with recommendations.")
    watch, length = _Watch(file), 0
    for page in reader.pages:
        text = page.extract_text(visitor_operand_before=watch.step)
        length += len(text)
        watch.refuse_if(length > MOST_CHARACTERS)
        yield text


class _Watch:
    """Counts what is drawn, so that a PDF that draws without end is given up."""

    def __init__(self, file: Path) -> None:
        self._file, self._steps, self._until = file, 0, time.monotonic() + MOST_SECONDS

    def step(self, *_: Any) -> None:
        """One thing more is drawn."""
        self._steps += 1
        self.refuse_if(self._steps > MOST_STEPS or (self._steps % 1000 == 0 and time.monotonic() > self._until))

    def refuse_if(self, too_much: bool) -> None:
        """Raise `Refused` where no report can be meant."""
        if too_much:
            raise Refused(f"{self._file} draws more than any report does.", _BY_HAND)


@contextmanager
def _told_plainly(file: Path) -> Iterator[None]:
    """Turns whatever goes wrong in a PDF into a sentence: a damaged one can make any error."""
    heard, log = _Heard(), logging.getLogger("pypdf")
    log.addHandler(heard)
    log.propagate = False
    try:
        yield
        if heard.skipped:
            raise Refused(f"{file} unpacks to more than any report.", _BY_HAND)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused(f"{file} unpacks to more than any report.", _BY_HAND) from error
    except Exception as error:
        if type(error).__name__ == "LimitReachedError":
            raise Refused(f"{file} unpacks to more than any report.", _BY_HAND) from error
        raise Refused(f"{file} is damaged, or no PDF that can be read.", "Save it anew as PDF or as text.") from error
    finally:
        log.removeHandler(heard)


class _Heard(logging.Handler):
    """Hears what pypdf warns of, and whether it skipped something for being too much."""

    skipped = False

    def emit(self, record: logging.LogRecord) -> None:
        """Take a warning in; it is told of by recreg, or by nobody."""
        self.skipped = self.skipped or "xceed" in record.getMessage()
