"""A file that goes out appears whole under its name, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from recreg.errors import Unwritable
from recreg.store.lasting import make_lasting

#: What to do about a name that cannot be written under.
ANOTHER_PLACE = "Give another name or place."


def put_whole(file: Path, content: bytes | memoryview) -> None:
    """Write the content under that name, in place of what stood there; raises `Unwritable` with the reason."""
    with whole(file) as writing:
        writing.write(content)


@contextmanager
def whole(file: Path) -> Iterator[BinaryIO]:
    """A file to write to; raises `Unwritable` with the reason.

    It is written beside the file first and takes its name last, so that nobody ever meets half of it.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.unfinished")
    with told_if_unwritable(file):
        try:
            _refuse_what_is_no_file(file)
            with os.fdopen(os.open(unfinished, _NEW, 0o600), "wb") as writing:
                yield writing
                writing.flush()
                os.fsync(writing.fileno())
            unfinished.replace(file)
            make_lasting(file.parent)
        finally:
            unfinished.unlink(missing_ok=True)


@contextmanager
def told_if_unwritable(file: Path, what: str = "file") -> Iterator[None]:
    """Turns what the system says of a file or folder that it could not write into `Unwritable`."""
    try:
        yield
    except OSError as error:
        raise Unwritable(f"The {what} {file} could not be written: {error.strerror}.", ANOTHER_PLACE) from error


def _refuse_what_is_no_file(file: Path) -> None:
    """Raise `Unwritable` for a folder or a device, whose name a file must not take."""
    if file.exists() and not file.is_file():
        raise Unwritable(f"The file {file} could not be written: {file} is not a file.", ANOTHER_PLACE)


_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
