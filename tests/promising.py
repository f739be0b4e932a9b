"""The promises that recreg makes, and the mark by which a test says which of them it proves."""

from collections.abc import Callable
from typing import Any

import pytest

#: What each promise says; docs/promises.md is made of this and of the tests.
PROMISES = {
    "A1": "What a command said it did is on the disk, whatever kills it next.",
    "A2": "It is there after a power cut too.",
    "A3": "An import is taken in whole or not at all, also when it is interrupted.",
    "A4": "The same import again changes nothing.",
    "A5": "A full disk, a read-only place or a locked file gives one plain sentence, and nothing half done.",
    "A6": "Backups and exports are whole or not there.",
    "B1": "Commands at the same time wait for each other; none is lost.",
    "B2": "A report holds nobody up, and never shows half an import.",
    "B3": "Waiting ends, and says why.",
    "C1": "No command changes or removes an entry of the log; a redaction takes words out, and nothing else does.",
    "C2": "An edit of the log by another program is found, with the number of the changeset.",
    "C3": "The tables are what the log says, and an edit of them by another program is found.",
    "C4": "A log that was cut off, or written anew, is found by any head noted before.",
    "C5": "Damage to the file is found.",
    "C6": "Evidence is what was filed.",
    "C7": "Undo is a new entry.",
    "D1": "No file that is imported causes a traceback, or a row that is silently wrong.",
    "D2": "What spreadsheets write is read right, or refused with the cure.",
    "D3": "No date is guessed.",
    "D4": "Files made to overwhelm are refused.",
    "D5": "What may be in a register is the same by every way in.",
    "E1": "Text in a register can neither command a terminal nor forge a row.",
    "E2": "A report in a pipe loses nothing.",
    "E3": "Output that could not be written is never exit code 0.",
    "E4": "Exports are safe to open, and come back as they were.",
    "E5": "Exit codes mean what they are said to mean.",
    "F1": "Files are their owner's alone.",
    "F2": "The text of records stays out of temporary files, error messages and names of processes.",
    "G1": "Reviews fall due on the right day.",
    "G2": "The answer is the same whatever zone the machine is in.",
    "H1": "An upgrade that fails leaves the register as it was.",
    "H2": "A register that was upgraded is as a new one.",
    "H3": "A wrong file is refused and left untouched.",
    "I1": "recreg log verify and recreg doctor find what is wrong, and nothing where nothing is.",
    "I2": "A backup that was put back is the register.",
}


def promise(number: str, *, of: str = "", ci: int = 0, full: int = 0) -> Callable[[Any], Any]:
    """Mark a test as a proof of a promise; it is named after it.

    One with sizes takes ``size``: so many ``of`` something with ``ci`` in the suite, with ``full`` in the soak.
    """
    assert number in PROMISES
    assert bool(of) == bool(ci) == bool(full)

    def marked(test: Any) -> Any:
        assert test.__name__.startswith(f"test_{number.lower()}_"), f"{test.__name__} is not named after {number}"
        if ci:
            sizes = [ci, pytest.param(full, marks=pytest.mark.soak)]
            test = pytest.mark.parametrize("size", sizes)(test)
        return pytest.mark.promise(test)

    return marked
