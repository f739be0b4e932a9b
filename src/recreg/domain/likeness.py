"""When two texts, or two names, are likely one; and how such are found among many.

A hundred thousand texts are never compared pair by pair. Each has a *fingerprint*: a few of its runs
of two words, those that begin with the words of the lowest hashes. Near-identical texts share two
of these all but surely, and only what shares two is compared. A short text is marked by all its words
but one, for each that may hold a slip.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar
from zlib import crc32

from recreg.domain.text import much_alike, name_key, one_slip

#: Of all the runs of words in two texts, what share they have in common at the least.
NEAR = 0.6
#: A shorter text is near-identical only to one of the very same words: a year may be all it says.
FEWEST_WORDS = 12
#: But for one letter in a word, from so many words on: a title of two may mean the plural.
_FEWEST_WITH_A_SLIP = 5
_RUN = 2
_FINGERPRINT = 8
#: One mark of a fingerprint may be a turn of phrase.
_SHARED = 2
#: How many texts a hash leads to. A turn of phrase that is everywhere leads to the first few only.
_HOLDERS = 8

Key = TypeVar("Key", bound=Hashable)


def near_identical(one: str, other: str) -> bool:
    """Whether two texts are one but for case, punctuation, and a few words changed in a long text."""
    return likeness(one, other) >= NEAR


def likeness(one: str, other: str) -> float:
    """From 0 to 1, how much of two texts is the same runs of words."""
    ours, theirs = words_of(one), words_of(other)
    if _a_slip_apart(ours, theirs):
        return 1 - 1 / len(ours)
    return 1.0 if ours == theirs else _shared(_runs(ours), _runs(theirs))


def words_of(text: str) -> list[str]:
    """The words of a text without case and punctuation; of a text that has none, the text itself."""
    folded = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    return re.findall(r"[^\W_]+", folded) or folded.split()


class Fingerprints(Generic[Key]):
    """Texts by their fingerprints: each one that is met finds the near-identical ones met before it."""

    def __init__(self) -> None:
        self._texts: dict[Key, str] = {}
        self._same: dict[str, tuple[Key, ...]] = {}
        self._held: dict[int, tuple[Key, ...]] = {}
        self._runs: dict[Key, set[int]] = {}
        self._hashes = _Hashes()

    def meet(self, key: Key, text: str) -> list[Key]:
        """The first few texts met before that are near-identical to this one, which is then met too."""
        words = words_of(text)
        whole, marks = " ".join(words), self._marks(words)
        same = self._same.get(whole, ())
        found = [*same, *(near for near in self._near(words, marks) if near not in same)]
        self._same[whole] = (*same, key)[:_HOLDERS]
        if not same and marks:
            self._texts[key] = whole
            for mark in marks:
                self._held[mark] = (*self._held.get(mark, ()), key)[:_HOLDERS]
        return found

    def _marks(self, words: list[str]) -> set[int]:
        """The fingerprint: the runs that begin with the words of the lowest hashes, wherever they stand."""
        if len(words) < FEWEST_WORDS:
            return {_hash([*words[:at], "", *words[at + 1 :]]) for at in _may_hold_a_slip(words)}
        hashes = list(map(self._hashes.__getitem__, words))
        lowest = sorted(range(len(words) - _RUN + 1), key=hashes.__getitem__)[:_FINGERPRINT]
        return {_hash(words[at : at + _RUN]) for at in lowest}

    def _near(self, words: list[str], marks: set[int]) -> Iterator[Key]:
        shared = Counter(key for mark in marks for key in self._held.get(mark, ()))
        if len(words) < FEWEST_WORDS:
            yield from (key for key in shared if _a_slip_apart(words, self._texts[key].split(" ")))
            return
        likely = [key for key, times in shared.items() if times >= _SHARED]
        ours = _runs(words) if likely else set()
        for key in likely:
            if key not in self._runs:
                self._runs[key] = _runs(self._texts[key].split(" "))
            if _shared(ours, self._runs[key]) >= NEAR:
                yield key


def alike_names(names: Iterable[str]) -> list[tuple[str, str]]:
    """Every two names that are much alike, the one that came first first."""
    known: dict[tuple[str, ...], list[str]] = {}
    found: dict[tuple[str, str], None] = {}
    for name in names:
        for key in _slips(name):
            before = known.setdefault(key, [])
            found |= {(other, name): None for other in before if other != name and much_alike(other, name)}
            if len(before) < _HOLDERS and name not in before:
                before.append(name)
    return list(found)


class _Hashes(dict[str, int]):
    """Each word's hash, which is worked out once; the same on every day and machine."""

    def __missing__(self, word: str) -> int:
        self[word] = _hash([word])
        return self[word]


def _may_hold_a_slip(words: list[str]) -> list[int]:
    """Where in a short text a letter may be wrong; nowhere in one that is too short, or long."""
    if not _FEWEST_WITH_A_SLIP <= len(words) < FEWEST_WORDS:
        return []
    return [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]


def _a_slip_apart(ours: list[str], theirs: list[str]) -> bool:
    """Whether two short texts are the same but for one letter added, dropped, changed or swapped in one word."""
    if len(ours) != len(theirs) or ours == theirs:
        return False
    differing = [at for at, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]]
    at = differing[0]
    return len(differing) == 1 and at in _may_hold_a_slip(ours) and one_slip(ours[at], theirs[at])


def _hash(words: list[str]) -> int:
    return crc32(" ".join(words).encode())


def _runs(words: list[str]) -> set[int]:
    """The runs of two words, by their hashes; none of a short text."""
    if len(words) < FEWEST_WORDS:
        return set()
    return {_hash(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _shared(ours: set[int], theirs: set[int]) -> float:
    """The share of the runs of both texts that is in each of them."""
    common = len(ours & theirs)
    return common / (len(ours) + len(theirs) - common) if common else 0.0


def _slips(name: str) -> Iterator[tuple[str, ...]]:
    """What a name shares with every one that is much like it: one word of it with one letter left out."""
    words = [bare for word in re.split(r"[\s/&,-]+", name_key(name)) if (bare := re.sub(r"[\W_]+", "", word))]
    yield ("".join(words),)
    for at, word in enumerate(words):
        if len(word) >= 4 and word.isalpha():
            for slip in {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}:
                yield (*words[:at], "", slip, *words[at + 1 :])
