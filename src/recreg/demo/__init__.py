"""The register of a real committee paper of 29 September 2022, as far as that paper itemises it.

Numbers, days, deadline words, addressees and structure are the paper's. The texts are summaries in
recreg's own words; owners, boards, targets and the history from 2019 on are made up, and say so.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from recreg.demo import acquisitive_crime, forthcoming, names, older_people, stalking, super_complaint
from recreg.demo.diary import Step
from recreg.register import Register
from recreg.store.evidence_files import folder_of
from recreg.store.log import Act
from recreg.store.schema import create

__all__ = ["BY", "TODAY", "build"]

#: The day of the paper, on which the demo plays.
TODAY = date(2022, 9, 29)
#: Who keeps the demo's register.
BY = "HMICFRS Liaison Officer"

_CHAPTERS = (names, stalking, older_people, super_complaint, acquisitive_crime, forthcoming)


def build(path: Path) -> None:
    """Make the demo's register at ``path``, by the very acts that a user has.

    Raises `Refused` where a file stands already.
    """
    diary = _in_order()
    with _whole_or_not_at_all(path):
        create(path, {"marking": "OFFICIAL"}, Act("init", BY, diary[0].on))
        for step in diary:
            step.act(Register(path, by=BY, today=TODAY, on=step.on))


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[None]:
    """Interrupted half-way, the demo takes away what it made, and nothing that was there before."""
    evidence = folder_of(path)
    ours = [file for file in (path, path.with_name(path.name + "-journal"), evidence) if not file.exists()]
    try:
        yield
    except BaseException:
        for leftover in ours:
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink(missing_ok=True)
        raise


def _in_order() -> list[Step]:
    """Every step by its day, as an officer would have come to it; steps of one day stay as written."""
    return sorted((step for chapter in _CHAPTERS for step in chapter.steps()), key=lambda step: step.on)
