"""Text as it comes in: kept verbatim, but for what no text of a report has.

Newlines and tabs are welcome. Control characters, marks that reorder or hide text and halves of
characters are refused at entry (and made visible at display, should they ever get in elsewise).
"""

import re
import unicodedata
from collections.abc import Iterable

from recreg.errors import Mistyped

#: What a cell of an import holds to empty what is stored.
CLEAR = "#CLEAR"
LONGEST = 1_000_000
TITLE_LENGTH = 60

#: Format characters that real writing needs: soft hyphen, zero-width joiners of emoji and scripts.
_WELCOME = {"\n", "\t", "\u00ad", "\u200d", "\u200c"}
_BLANK = "".join(_WELCOME) + " "
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
#: What a shell obeys between double quotes too.
_COMMANDS = set('$`"\\!')


def is_unseen(character: str) -> bool:
    """Whether a character shows nothing of itself: a control, a mark that reorders or hides, half a character."""
    return unicodedata.category(character) in _UNSEEN


def visible(text: str, *, keep: str = "") -> str:
    """The text with every character that could command a terminal or forge a row made visible."""
    if text.isprintable():
        return text
    return "".join(by_number(c) if is_unseen(c) and c not in keep else c for c in text)


def by_number(character: str) -> str:
    """A character shown by its number, as JSON writes it."""
    point = ord(character)
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def word_of(value: object) -> str:
    """A value in words: yes and no, or as it is written."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def clean(typed: str, what: str) -> str:
    """The text in NFC with one newline at each line's end; raises `Mistyped` naming a character it cannot keep."""
    if typed.isascii() and typed.isprintable() and len(typed) <= LONGEST:  # As most are, and there may be millions.
        return typed
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    # What can be printed holds nothing unseen, and asking that of a whole text costs next to nothing.
    printable = text.isprintable() or text.replace("\n", "").isprintable()
    bad = None if printable else next((c for c in text if is_unseen(c) and c not in _WELCOME), None)
    if bad is not None:
        place = text.index(bad) + 1
        raise Mistyped(
            f"The {what} has a control character (U+{ord(bad):04X}) at character {place}.",
            "Take it out and try again; newlines and tabs are welcome.",
        )
    if len(text) > LONGEST:
        raise Mistyped(f"The {what} is longer than {LONGEST:,} characters.", "File it as evidence instead.")
    return text


def clean_line(typed: str, what: str) -> str:
    """One line: cleaned, with runs of white space as one space; raises `Mistyped` when it is empty."""
    line = " ".join(clean(typed, what).split())
    if not line.strip(_BLANK):
        raise Mistyped(f"The {what} is empty.", f"Give the {what} some words.")
    return line


def are_plain(texts: Iterable[str | None]) -> bool:
    """Whether all of these can be kept as they are: lines of printable ASCII, with single spaces between words alone.

    It is asked of many at once, and quickly: `clean`, `clean_line` and `of_cell` then change nothing.
    """
    together = " ".join(["", *[text for text in texts if text is not None], ""])
    plain = together.isascii() and together.isprintable() and "  " not in together
    return plain and CLEAR not in together and len(together) <= LONGEST


def as_text(text: str) -> str:
    """The text as a cell has it: one that is `#CLEAR` itself has an apostrophe before it, and empties nothing."""
    return f"'{text}" if text.lstrip("'") == CLEAR else text


def of_cell(cell: str) -> str:
    """The text that `as_text` was given."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'") == CLEAR else cell


def shell_word(text: str) -> str:
    """The text as it is typed at a shell: one word, nothing of which is run or replaced when it is pasted."""
    import shlex

    if _COMMANDS & set(text) or shlex.quote(text) == text:
        return shlex.quote(text)
    return f'"{text}"'


def short_title(text: str) -> str:
    """The text's first words, up to 60 characters, cut at a word; none of a text that shows nothing."""
    line = " ".join(text.split()) if text.strip(_BLANK) else ""
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[: TITLE_LENGTH + 1].rsplit(" ", 1)[0]
    return cut if len(cut) <= TITLE_LENGTH else line[:TITLE_LENGTH]


def name_key(name: str) -> str:
    """What two spellings of one name share: case and spaces are no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def much_alike(one: str, other: str) -> bool:
    """Whether two names are likely one.

    They are where they are the same but for case, spaces or punctuation, or for one letter added,
    dropped, changed, or two swapped, in a word of five letters or more. Another word is another
    name: *Head of PPU* and *Head of Crime* are two.
    """
    if _bare(one) == _bare(other):
        return True
    ours, theirs = _words(one), _words(other)
    if len(ours) != len(theirs):
        return False
    differing = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and one_slip(*differing[0])


def _words(name: str) -> list[str]:
    return [_bare(word) for word in re.split(r"[\s/&,-]+", name) if _bare(word)]


def _bare(name: str) -> str:
    """Letters and figures alone; of a name that has none, the name itself."""
    return re.sub(r"[\W_]+", "", name_key(name)) or name_key(name)


def one_slip(a: str, b: str) -> bool:
    """One letter added, dropped or changed, or two neighbours swapped, in a word of five or more.

    A figure is no letter: two collar numbers are two officers.
    """
    if max(len(a), len(b)) < 5 or not (a.isalpha() and b.isalpha()):
        return False
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) != len(b):
        return len(b) - len(a) == 1 and a[at:] == b[at + 1 :]
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return swapped or a[at + 1 :] == b[at + 1 :]
