"""A file that goes out appears whole under its name, or not at all."""

import os
from pathlib import Path

from recreg.errors import Unwritable
from recreg.store.backup import make_lasting


def put_whole(file: Path, content: bytes) -> None:
    """Write the content under that name, in place of what stood there; raises `Unwritable` with the reason.

    It is written beside the file first and takes its name last, so that nobody ever meets half of it.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.unfinished")
    try:
        try:
            with os.fdopen(os.open(unfinished, _NEW, 0o600), "wb") as writing:
                writing.write(content)
                writing.flush()
                os.fsync(writing.fileno())
            unfinished.replace(file)
            make_lasting(file.parent)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise Unwritable(
            f"The file {file} could not be written: {error.strerror}.", "Give another name or place."
        ) from error


_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
