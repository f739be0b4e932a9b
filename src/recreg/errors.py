"""What can go wrong, in the officer's words: sentences, a hint what to type, and an exit code."""

from collections.abc import Iterable


class RecregError(Exception):
    """Anything recreg says no to, with what to type instead, a line each where there are several ways.

    ``exit_code`` is a promise (docs/machine-output.md).
    """

    exit_code = 1

    def __init__(self, sentences: str | Iterable[str], hint: str = "") -> None:
        self.sentences = [sentences] if isinstance(sentences, str) else list(sentences)
        self.hint = hint
        super().__init__(" ".join(self.sentences))


class Mistyped(RecregError):
    """Wrong whatever the register holds: an unknown word, not a date, a reason left out."""

    exit_code = 2


class NotFound(RecregError):
    """A reference that is not in the register, or that means more than one thing."""

    exit_code = 3


class Refused(RecregError):
    """Understood, but the rules or the register's state say no; every rule in the way is named."""

    exit_code = 4


class Unusable(RecregError):
    """The register file: missing, not a register, of another version, damaged, read-only, disk full."""

    exit_code = 5


class Unwritable(RecregError):
    """What was asked for could not be written to stdout or to the output file."""

    exit_code = 74


class Busy(RecregError):
    """Somebody else was writing for longer than recreg waits."""

    exit_code = 75


class Objections:
    """Collects every rule in the way, so that a refusal names them all at once."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.hints: list[str] = []

    def add(self, sentence: str, hint: str = "") -> None:
        """Note one rule in the way, with what to type instead."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)
            if hint and hint not in self.hints:
                self.hints.append(hint)

    def take(self, error: RecregError) -> None:
        """Note everything that another refusal said."""
        for sentence in error.sentences:
            self.add(sentence, error.hint)

    def settle(self) -> None:
        """Raise `Refused` with all that was noted; do nothing when there is nothing."""
        if self.sentences:
            raise Refused(self.sentences, "\n".join(self.hints))
