"""JSON: a document with a list of objects, or an object on each line; nothing in it is guessed, or lost unseen."""

import io
import json
import re
from collections.abc import Iterable, Iterator
from copy import copy
from functools import partial
from typing import Any

from recreg.domain.text import short_title
from recreg.errors import Refused
from recreg.exchange.headings import refuse_headings
from recreg.exchange.sources import LARGEST_DOCUMENT, LONGEST_LINE, Source, too_large
from recreg.exchange.spellings import BY_NOUN
from recreg.exchange.tables import Fault, Row, Table

_DEEPEST = 100
_MOST_FIGURES = 30
_HALVES = re.compile("[\ud800-\udfff]")
_WHOLE_WITH_POINT = re.compile(r"(-?\d{1,15})\.0+")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]|\n', re.DOTALL)
_CURE = "Write an array of objects, one for each record."
_PARTED = "; "


class _Wrong:
    """A value that JSON can write and a register cannot take; told where it stands."""

    def __init__(self, value: str, sentence: str) -> None:
        self.value = value
        self.sentence = sentence


class _OfObjects(Table):
    """What the two sorts of JSON share: how a value becomes a cell."""

    counted = "record"

    def place(self, number: int, column: int | None = None) -> str:
        """Where a record stands, or a value of it."""
        return f"{self.name}, {self.counted} {number}" + ("" if column is None else f", {self.headings[column]}")

    def _name_columns(self, keys: dict[str, None]) -> None:
        self.headings = tuple(keys)
        refuse_headings(self.headings, [f"no {at}" for at in range(1, len(keys) + 1)], self.name)

    def _row(self, number: int, record: Any) -> Row:
        if isinstance(record, Fault):
            return Row(number, (None,) * len(self.headings), (record,))
        if not isinstance(record, dict):
            return self._row(number, Fault(self.place(number), _as_json(record), f"This is no object. {_CURE}"))
        cells = [
            # Most values need no second look, and there may be millions of them.
            value
            if type(value := record.get(key)) is str and value > "!" and value.isascii()
            else self._cell(number, key, value)
            for key in self.headings
        ]
        faults = tuple(cell for cell in cells if isinstance(cell, Fault))
        return Row(number, tuple(None if isinstance(cell, Fault) else cell for cell in cells), faults)

    def _cell(self, number: int, key: str, value: Any) -> str | Fault | None:
        try:
            return _text(value)
        except _NoText as error:
            return Fault(f"{self.place(number)}, {key}", error.value, error.sentence)


class Document(_OfObjects):
    """A document: an array of objects, or an object that has such arrays by the names of nouns."""

    def __init__(self, source: Source, noun: str) -> None:
        super().__init__(source)
        if source.size > LARGEST_DOCUMENT:
            raise too_large(self.name)
        with source.text() as text:
            whole = _loaded(text.read(), self.name)
        self._whole = whole
        self._take(noun)

    def nouns(self) -> list[str]:
        """The nouns whose lists it holds."""
        return [noun for noun in BY_NOUN if isinstance(self._whole.get(noun), list)] if self.sheet else []

    def of_noun(self, noun: str) -> "Document":
        """The list of another noun, called by it in every place."""
        other = copy(self)
        other.name = f"{self.name}, {noun}"
        other._take(noun)  # noqa: SLF001 - it is one of these itself
        return other

    def _take(self, noun: str) -> None:
        self._list = self._chosen(self._whole, noun)
        objects = (each for each in self._list if isinstance(each, dict))
        self._name_columns({key: None for each in objects for key in each})

    def rows(self) -> Iterator[Row]:
        """The objects of the list."""
        for number, record in enumerate(self._list, 1):
            yield self._row(number, record)

    def share_read(self, number: int) -> float:
        """How much of the list has been read once the record of that number was."""
        return number / len(self._list)

    def _chosen(self, whole: Any, noun: str) -> list[Any]:
        if isinstance(whole, list):
            return whole
        if not isinstance(whole, dict):
            raise Refused(f"{self.name} holds no records.", _CURE)
        lists = [key for key, value in whole.items() if isinstance(value, list)]
        chosen = whole.get(noun)
        if isinstance(chosen, _Wrong):
            raise Refused(f"{self.name}, {noun}: {chosen.sentence}", "Have each key once.")
        if isinstance(chosen, list):
            self.sheet = noun
            return chosen
        holds = f"It holds {', '.join(map(short_title, lists))}." if lists else _CURE
        raise Refused(f"{self.name} has no list of {noun}.", holds)


class Lines(_OfObjects):
    """An object on each line, read line by line: once for the keys there are, then for the values."""

    counted = "line"

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._name_columns(dict.fromkeys(key for _, line in self._lines() for key in _keys(line)))

    def rows(self) -> Iterator[Row]:
        """The objects of the lines that are not blank."""
        for number, line in self._lines():
            yield self._row(number, self._loaded(line, number))

    def _lines(self) -> Iterator[tuple[int, str]]:
        with self._source.text() as text:
            for number, line in enumerate(iter(partial(text.readline, LONGEST_LINE), ""), 1):
                if len(line) == LONGEST_LINE:
                    raise Refused(f"{self.name}, line {number}: this line does not end.", _CURE)
                if not line.isspace():
                    yield number, line

    def _loaded(self, line: str, number: int) -> Any:
        try:
            return _loaded(line, self.name, number)
        except Refused as error:
            return Fault(self.place(number), line.strip(), str(error).removeprefix(f"{self.name}, ").partition(": ")[2])


def is_lines(source: Source) -> bool:
    """Whether a file that begins with an object goes on with another, or is one record, and so is no document."""
    with source.text() as text:
        line = text.readline(LONGEST_LINE)
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and not any(
        isinstance(value, list) and (not value or isinstance(value[0], dict)) for value in first.values()
    )


def _keys(line: str) -> Iterable[str]:
    """The keys of a line's object; what is wrong with it is told when its values are read."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return ()
    return record if isinstance(record, dict) else ()


class _NoText(Exception):
    """A value that makes no cell."""

    def __init__(self, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.value = value
        self.sentence = sentence


def _text(value: Any) -> str | None:
    """A value as a cell: words as they are, yes or no, a list with ``; `` between; raises `_NoText`."""
    if value is None or isinstance(value, bool):
        return {None: None, True: "yes", False: "no"}[value]
    if isinstance(value, str):
        if not value.isascii() and _HALVES.search(value):
            raise _NoText(value, "It has half a character (a lone surrogate). Write the whole one.")
        return value if value and not value.isspace() else None
    if isinstance(value, list):
        return _joined(value)
    if isinstance(value, _Wrong):
        raise _NoText(value.value, value.sentence)
    raise _NoText(_as_json(value), "A value is a text, a whole number, true, false, null or a list of texts.")


def _joined(values: list[Any]) -> str | None:
    for value in values:
        if isinstance(value, list | dict) or value is None:
            raise _NoText(_as_json(values), "A list holds texts, and no other lists or objects.")
    texts = [text for text in map(_text, values) if text]
    for text in texts:
        if ";" in text and len(texts) > 1:
            raise _NoText(text, "Semicolons part the texts of a list, so none of them may have one.")
    return _PARTED.join(texts) or None


def _loaded(text: str, name: str, line: int | None = None) -> Any:
    """What JSON says, each number as it is written; raises `Refused` with the place of what is no JSON."""
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=_no_number
        )
    except json.JSONDecodeError as error:
        place = f"line {line or error.lineno}, column {error.colno}"
        raise Refused(f"{name}, {place}: this is not JSON: {error.msg}.", "Have it written by a program.") from error
    except RecursionError as error:
        deep = line or _line_of_depth(text)
        raise Refused(f"{name}, line {deep}: it is nested more than {_DEEPEST} deep.", _CURE) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, value in pairs:
            if key in seen:
                found[key] = _Wrong(_as_json(value), "This key stands here twice, and only one can be meant.")
            seen.add(key)
    return found


def _whole(written: str) -> str | _Wrong:
    if len(written.lstrip("-")) > _MOST_FIGURES:
        return _Wrong(written, f"A number has {_MOST_FIGURES} figures at most.")
    return written


def _fraction(written: str) -> str | _Wrong:
    """A whole number that some program wrote with a point is what it is; no other with a point is any field's."""
    whole = _WHOLE_WITH_POINT.fullmatch(written)
    sentence = "A number is a whole one. If it is a reference, write it in quotes."
    return whole[1] if whole else _Wrong(written, sentence)


def _no_number(written: str) -> _Wrong:
    return _Wrong(written, "This is no number, and no JSON.")


def _as_json(value: Any) -> str:
    """The beginning of a value, as it is written."""
    if isinstance(value, _Wrong):
        return value.value
    parts = json.JSONEncoder(ensure_ascii=False, default=lambda wrong: wrong.value).iterencode(value)
    return _first(parts)


def _first(parts: Iterator[str]) -> str:
    """So much of a text in parts as a line shows."""
    shown = io.StringIO()
    for part in parts:
        shown.write(part)
        if shown.tell() > _MOST_FIGURES * 4:
            break
    return shown.getvalue()


def _line_of_depth(text: str) -> int:
    """The line on which the nesting becomes too deep."""
    depth, line = 0, 1
    for found in _BRACKETS.finditer(text):
        mark = found[0]
        depth += (mark in "[{") - (mark in "]}")
        line += mark.count("\n")
        if depth > _DEEPEST:
            break
    return line
