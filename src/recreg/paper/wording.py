"""How the paper words what the register holds: small numbers and days in words, and nobody by name to everyone."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from recreg.domain.dates import spoken
from recreg.domain.vocabulary import Kind, in_words, plural

_SMALL = "no one two three four five six seven eight nine ten".split()
#: A text that carries one of these is not for everyone.
_MARKED = re.compile(r"OFFICIAL[\W_]*SENSITIVE|\bSECRET\b|\bNOT\W+FOR\W+PUBLICATION\b", re.IGNORECASE)
LEFT_OUT = "[left out of the public paper]"


def is_marked(text: str) -> bool:
    """Whether a text carries a marking that keeps it from everyone."""
    return bool(_MARKED.search(text))


def number(count: int) -> str:
    """A number as running text has it: in words up to ten."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def so_many(count: int, kind: str) -> str:
    """“61 recommendations”, “two causes of concern”, “one area for improvement”, “no recommendations”."""
    return f"{number(count)} {plural(kind, count)}"


def of_each_kind(counts: dict[Kind, int]) -> str:
    """“45 recommendations, 14 areas for improvement and two causes of concern”."""
    return listed([so_many(counts[kind], kind) for kind in Kind])


def listed(parts: list[str]) -> str:
    """“a, b and c”."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def signed(count: int) -> str:
    """A correction with its sign; nought has none."""
    return f"{count:+,}".replace("-", "−") if count else "0"


def sentence(text: str) -> str:
    """The text beginning with a capital."""
    return text[:1].upper() + text[1:]


def shown(key: str, value: Any) -> str:
    """A value of the register in a cell: a day in words, a word of the vocabulary without its underscores."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key == "on" or (key.endswith("_on") and key != "waiting_on"):
        return spoken(date.fromisoformat(value))
    return in_words(value) if key in _WORDS else str(value)


_WORDS = {"kind", "status", "closed_as", "outcome", "travel", "change", "returned_by", "decided_by"}


@dataclass(frozen=True)
class Audience:
    """Who the paper is for: the committee, or everyone, who is told people's roles and no marked text."""

    is_public: bool = False
    roles: dict[str, str] = field(default_factory=dict)

    def who(self, name: str | None) -> str:
        """A person by name; by role alone where everyone reads it."""
        if name is None:
            return "–"
        return self.roles.get(name) or "role not recorded" if self.is_public else name
