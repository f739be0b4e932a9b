"""Having what was written outlast a power cut."""

import os
from pathlib import Path


def make_lasting(path: Path) -> None:
    """Have the system write a file or a folder's list of names to the disk itself."""
    if os.name == "nt" and path.is_dir():
        return  # Windows keeps folders by itself and refuses to open them.
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """A folder that only its owner may enter, and those it is in, there for good; one that is there stays as it is."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        make_lasting(folder.parent)
