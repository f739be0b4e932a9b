"""The officer's diary of the demo: each step is one act that a user has, and the day it is done.

What the paper does not say is made up, and says so itself: the words of every note, review, rating
and piece of evidence made here begin with `MARK`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from recreg.register import Done, Register
from recreg.register.evidence import EvidenceFields
from recreg.register.fields import Fields
from recreg.register.names import InspectionFields

#: What marks words of the demo that are nobody's real record.
MARK = "Illustrative: "


@dataclass(frozen=True)
class Step:
    """One act, and the day it takes effect."""

    on: date
    act: Callable[[Register], Done]


Steps = Iterable[Step]


def step(day: str, act: Callable[[Register], Done]) -> Step:
    """Any act, on that day."""
    return Step(date.fromisoformat(day), act)


def reported(day: str, code: str, typed: InspectionFields) -> Step:
    """An inspection is taken in."""
    return step(day, lambda register: register.add_inspection(code, typed))


def added(day: str, typed: Fields) -> Step:
    """An item is logged."""
    return step(day, lambda register: register.add(typed))


def aimed(day: str, ref: str, target: str) -> Step:
    """An item is given its first target."""
    return step(day, lambda register: register.edit(ref, Fields(target=target)))


def assigned(day: str, refs: list[str], *, owner: str | None = None, board: str | None = None) -> Step:
    """Items are given an owner, a board."""
    return step(day, lambda register: register.assign(refs, owner=owner, board=board))


def noted(day: str, ref: str, text: str) -> Step:
    """An owner's update is recorded."""
    return step(day, lambda register: register.note([ref], MARK + text))


def rated(day: str, colour: str, refs: list[str], why: str) -> Step:
    """Items are rated."""
    return step(day, lambda register: register.rag(colour, refs, why=MARK + why))


def reviewed(
    day: str,
    ref: str,
    outcome: str,
    note: str,
    *,
    met: str | None = None,
    keep_schedule: bool = False,
    alone: bool = False,
) -> Step:
    """A review is held; that of a cause of concern takes its children along, unless ``alone``."""
    return step(
        day,
        lambda register: register.review(
            [ref], outcome=outcome, note=MARK + note, met=met, keep_schedule=keep_schedule, alone=alone
        ),
    )


def filed(day: str, refs: list[str], title: str, *, name: str, says: str, sender: str) -> Step:
    """A small text file is filed as evidence."""

    def act(register: Register) -> Done:
        with TemporaryDirectory() as folder:
            file = Path(folder) / name
            # As bytes, so that the file has one hash on every system.
            file.write_bytes(f"{MARK}{says}\n".encode())
            typed = EvidenceFields(title=MARK + title, received_from=sender)
            return register.add_evidence([file], refs, typed)

    return step(day, act)


def linked(day: str, refs: list[str], title: str, *, link: str, sender: str) -> Step:
    """Evidence that is kept elsewhere is filed by its address."""
    typed = EvidenceFields(title=MARK + title, received_from=sender)
    return step(day, lambda register: register.add_evidence([], refs, typed, link=link))


def shared(day: str, evidence: str) -> Step:
    """Evidence is shared with the Force Liaison Lead."""
    return step(day, lambda register: register.share_evidence([evidence]))


def judged(day: str, evidence: str, verdict: str, why: str | None = None) -> Step:
    """Evidence is judged; anything but *sufficient* has its reason."""
    reason = MARK + why if why else None
    return step(day, lambda register: register.judge_evidence([evidence], verdict, why=reason))
