"""How a value stands in a cell of text and comes back from it unharmed.

A spreadsheet takes a text that begins with = for a formula, so an apostrophe is put before it. One that
already begins so with an apostrophe gets a second, and whoever reads takes one away: nothing is lost.
"""

import json
import re
from typing import Any

from recreg.domain.text import as_text, by_number, visible

_HARMFUL_START = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_UNSEEN_IN_JSON = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def csv_cell(value: Any, *, separator: str = ",", keep: str = "\n\t") -> str:
    """A value as a field of CSV, harmless to a spreadsheet; what hides or commands is shown by its number."""
    if value is None:
        return ""
    text = word(value)
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


def word(value: Any) -> str:
    """A value in words: yes and no, or as it is written."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def json_text(value: Any, *, ascii_only: bool, indent: int | None = None) -> str:
    """A value as JSON, in which every character that hides or commands is escaped."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    return _UNSEEN_IN_JSON.sub(lambda found: by_number(found[0]), text)
