"""Which column is which: a heading's key, by its usual spellings or by what the officer says it is."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from recreg.domain.text import visible
from recreg.errors import Mistyped, Objections, Refused
from recreg.exchange.spellings import BY_NOUN

#: No list of recommendations is wider; a sheet that claims more is no table.
MOST_COLUMNS = 200
_LARGEST_MAPPING = 1_000_000
#: How much alike a heading and a known one are where it is taken for a slip of it: a letter or two.
_ALIKE = 0.8
#: Words at a heading's end that say nothing.
_IDLE = {"no", "number"}
_LINE = "A line is Column = key, as in “Action owner = owner”."


def bare(heading: str) -> str:
    """What two spellings of a heading share: case, spaces and punctuation are no difference."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading).casefold()) or heading.strip()


def mapped(
    headings: Sequence[str], spellings: Mapping[str, Sequence[str]], given: Mapping[str, str]
) -> tuple[str, ...]:
    """The key of each heading, in their order; an empty one of a column to leave out.

    ``given`` wins over the spellings. Raises `Mistyped` for a given key that there is not, and
    `Refused` with every heading that is not known, is given and not there, or comes to a key twice.
    """
    said = _given_keys(spellings, given)
    known = {bare(name): key for key, names in spellings.items() for name in (key, *names)}
    objections = Objections()
    _refuse_absent(headings, given, objections)
    keys = tuple(_key(heading, said, known) for heading in headings)
    for heading, key in zip(headings, keys, strict=True):
        if key is None:
            objections.add(*_not_known(heading, known))
    for key, times in Counter(filter(None, keys)).items():
        if times > 1:
            twice = _listed(heading for heading, its in zip(headings, keys, strict=True) if its == key)
            objections.add(
                f"The columns {twice} all mean {key}.", f'Leave one out: --map "{visible(headings[keys.index(key)])}="'
            )
    objections.settle()
    return tuple(key or "" for key in keys)


def strange(
    headings: Sequence[str], spellings: Mapping[str, Sequence[str]], given: Mapping[str, str]
) -> tuple[str, ...]:
    """The headings that are no key and no usual spelling of one, and that ``given`` says nothing of."""
    said = {bare(column): key for column, key in given.items()}
    known = {bare(name): key for key, names in spellings.items() for name in (key, *names)}
    return tuple(heading for heading in headings if _key(heading, said, known) is None)


def known_among(names: Iterable[str]) -> int:
    """How many of these are headings that any noun's list may have."""
    return sum(_key(name, {}, _every_spelling()) is not None for name in names)


def refuse_headings(headings: Sequence[str], columns: Sequence[str], place: str) -> None:
    """Raise `Refused` where there are too many columns, or two of one name: their cells could not be told apart."""
    if len(headings) > MOST_COLUMNS:
        raise Refused(
            f"{place}: there are {len(headings):,} columns; a table has {MOST_COLUMNS} at most.",
            "Take out the columns that are not needed.",
        )
    named: dict[str, list[str]] = {}
    for heading, column in zip(headings, columns, strict=True):
        named.setdefault(bare(heading), []).append(f"{column} (“{visible(heading)}”)")
    twice = [where for where in named.values() if len(where) > 1]
    if twice:
        raise Refused(
            [f"{place}: the columns {' and '.join(where)} have one heading." for where in twice],
            "Give each column a heading of its own.",
        )


def mapping_typed(words: Iterable[str]) -> dict[str, str]:
    """What ``--map "Column=key"`` says, each time it is given; raises `Mistyped`."""
    found: dict[str, str] = {}
    for word in words:
        column, equals, key = (part.strip() for part in word.rpartition("="))
        if not equals or not column:
            raise Mistyped(f"“{word}” does not say which column is which key.", 'Type --map "Column=key".')
        _add(found, column, key, "--map")
    return found


def mapping_given(words: Iterable[str]) -> dict[str, str]:
    """What every ``--map`` says the columns are: COLUMN=KEY, or a file of such lines."""
    given: dict[str, str] = {}
    for word in words:
        given |= mapping_typed([word]) if "=" in word else mapping_file(Path(word))
    return given


def mapping_file(path: Path) -> dict[str, str]:
    """A saved mapping: lines ``Column = key`` with ``#`` before a remark, or a JSON object.

    Raises `Mistyped` where there is no such file, and `Refused` for what is wrong in it.
    """
    text = _mapping_text(path)
    if text.lstrip().startswith("{"):
        return _from_object(path, text)
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        column, equals, key = (part.strip() for part in line.rpartition("="))
        if line.strip() and not line.lstrip().startswith("#"):
            if not equals or not column:
                raise Refused(f"{path.name}, line {number}: “{visible(line)[:60]}” has no column and key.", _LINE)
            _add(found, column, key, f"{path.name}, line {number}")
    return found


def _mapping_text(path: Path) -> str:
    try:
        if path.is_dir():
            raise Mistyped(f"{path} is a folder.", "Give the mapping's file.")
        if path.exists() and not path.is_file():
            raise Refused(f"{path} is not a regular file.", "Give the mapping's file.")
        if path.stat().st_size > _LARGEST_MAPPING:
            raise Refused(f"{path.name} is larger than 1 MB: it is no mapping.", _LINE)
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise Refused(f"{path.name} is not UTF-8.", "Save it as UTF-8.") from error
        raise Mistyped(f"The file {path} cannot be read: {error.strerror}.", "Check its name and place.") from error


def _from_object(path: Path, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except (ValueError, RecursionError) as error:
        raise Refused(
            f"{path.name} is not JSON: {error}.", 'A mapping is an object, as in {"Column": "key"}.'
        ) from error
    for column, key in pairs:
        if not isinstance(key, str):
            raise Refused(f"{path.name}: the key of “{visible(column)[:60]}” is not a text.", "Give a key in quotes.")
        _add(found, column, key, path.name)
    return found


def _add(found: dict[str, str], column: str, key: str, place: str) -> None:
    if found.setdefault(column, key) != key:
        raise Refused(f"{place}: the column “{visible(column)}” is given two keys.", "Give it once.")


def _given_keys(spellings: Mapping[str, Sequence[str]], given: Mapping[str, str]) -> dict[str, str]:
    """The keys that the officer gives, by their headings without case and punctuation."""
    keys = {bare(key): key for key in spellings} | {"": ""}
    unknown = [key for key in given.values() if key and bare(key) not in keys]
    if unknown:
        near = [f" Did you mean {found[0]}?" for key in unknown if (found := get_close_matches(key, spellings, 1))]
        raise Mistyped(
            [f"“{visible(key)}” is not a key." for key in unknown],
            f"The keys are {', '.join(spellings)}.{''.join(near)}",
        )
    return {bare(column): keys[bare(key) if key else ""] for column, key in given.items()}


def _refuse_absent(headings: Sequence[str], given: Mapping[str, str], objections: Objections) -> None:
    there = {bare(heading) for heading in headings}
    for column in given:
        if bare(column) not in there:
            objections.add(f"There is no column “{visible(column)}”.", f"The columns are {_listed(headings)}.")


def _key(heading: str, said: Mapping[str, str], known: Mapping[str, str]) -> str | None:
    """A heading's key: as the officer says, else as it is spelt, else as it is without a No or Number at its end."""
    whole = bare(heading)
    words = [bare(word) for word in re.split(r"[\W_]+", heading) if word]
    while len(words) > 1 and words[-1] in _IDLE:
        words.pop()
    return said.get(whole, known.get(whole, known.get("".join(words))))


def _not_known(heading: str, known: Mapping[str, str]) -> tuple[str, str]:
    near = get_close_matches(bare(heading), known, 1, cutoff=_ALIKE)
    shown, key = visible(heading), known[near[0]] if near else "key"
    meant = f" Is it {key}?" if near else ""
    return (
        f"The column “{shown}” is not known.{meant}",
        f'Say what it is, --map "{shown}={key}", or leave it out, --map "{shown}=".',
    )


def _listed(headings: Iterable[str]) -> str:
    return ", ".join(f"“{visible(heading)}”" for heading in headings)


@cache
def _every_spelling() -> dict[str, str]:
    lists = BY_NOUN.values()
    return {bare(name): key for spellings in lists for key, names in spellings.items() for name in (key, *names)}
