"""How a value stands in a cell of text and comes back from it unharmed.

A spreadsheet takes a text that begins with = for a formula, so an apostrophe is put before it. One that
already begins so with an apostrophe gets a second, and whoever reads takes one away: nothing is lost.
"""

import json
import re
from functools import cache
from typing import Any

from recreg.domain.text import as_text, by_number, visible, word_of

_HARMFUL_START = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
#: What shows nothing of itself, as `recreg.domain.text.is_unseen` has it; what is below a space JSON escapes itself.
_UNSEEN_IN_JSON = re.compile(
    "[\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)


def csv_cell(value: Any, *, separator: str = ",", keep: str = "\n\t") -> str:
    """A value as a field of CSV, harmless to a spreadsheet; what hides or commands is shown by its number."""
    if value is None:
        return ""
    text = word_of(value)
    if isinstance(value, int) or text.isalnum():
        return text  # A number of our own is no formula, and a spreadsheet is to add it up.
    if not text.replace("\n", "").replace("\t", "").isprintable():  # Looking at each character takes long.
        text = visible(text, keep=keep)
    text = harmless(as_text(text))
    return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text or "\n" in text else text


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _HARMFUL_START.match(text) else text


def unharmed(text: str) -> str:
    """The text that `harmless` was given."""
    return text[1:] if text.startswith("'") and _HARMFUL_START.match(text) else text


def json_text(value: Any, *, ascii_only: bool, indent: int | None = None) -> str:
    """A value as JSON, in which every character that hides or commands is escaped."""
    text = _encoder(ascii_only, indent).encode(value)
    if text.isascii() and "\x7f" not in text:  # As most are: looking for each unseen character takes long.
        return text
    return _UNSEEN_IN_JSON.sub(lambda found: _escaped(found[0]), text)


@cache
def _encoder(ascii_only: bool, indent: int | None) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=ascii_only, indent=indent)


def _escaped(character: str) -> str:
    """A character as JSON escapes it: one beyond the first 65,536 as two halves."""
    return by_number(character) if character <= "\uffff" else json.dumps(character)[1:-1]
