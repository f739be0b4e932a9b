"""The command that would bring the register and somebody's list together; ``…`` is what is to be filled in."""

from typing import Any

from recreg.domain.text import shell_word
from recreg.domain.vocabulary import ClosedAs, Status
from recreg.questions.counterparts import Item, Theirs

#: Words up to so long stand in the command; longer ones, and those of several lines, come from a file.
_SHORT = 200
_OPTIONS = {
    "hmicfrs_ref": "--hmicfrs-ref",
    "kind": "--kind",
    "number": "--number",
    "parent": "--parent",
    "title": "--title",
    "deadline_words": "--deadline",
}


def to_add(row: Theirs, code: str | None) -> str:
    """How what they have and we have not comes in."""
    says = row.says
    words = ["recreg add --kind", says.get("kind") or "…"]
    if says.get("inspection"):
        words += ["--inspection", shell_word(code) if code else "…"]
    for key in ("number", "hmicfrs_ref", "parent", "title", "deadline_words"):
        words += [_OPTIONS[key], shell_word(says[key])] if says.get(key) else []
    if says.get("text"):
        words.append(_text(says["text"]))
    elif not says.get("title"):
        words.append("--title …")
    return " ".join(words)


def to_edit(item: Item, key: str, value: Any) -> str:
    """How the item comes to say what they say; other words of a deadline need a reason."""
    typed = _text(value) if key == "text" else f"{_OPTIONS[key]} {shell_word(value)}"
    why = " --why …" if key == "deadline_words" and item[key] else ""
    return f"recreg edit {item['ref']} {typed}{why}"


def to_close(item: Item, row: Theirs) -> str:
    """How what they have closed is closed here: by HMICFRS's letter, on the basis that they name."""
    letter = f"--letter {_given(row, 'closed_letter')}"
    on = f" --on {row.says['closed_on']}" if row.says.get("closed_on") else ""
    if row.closed_as == ClosedAs.SIGNED_OFF:
        return _sign_off(item, letter) + on
    of = " --of …" if row.closed_as in {ClosedAs.SUPERSEDED, ClosedAs.DUPLICATE} else ""
    basis = str(row.closed_as).replace("_", "-")
    return f"recreg close {item['ref']} --as {basis} --why …{of} --decided-by hmicfrs {letter}{on}"


def to_reopen(item: Item) -> str:
    """How what they have open is opened again."""
    return f"recreg reopen {item['ref']} --why …"


def to_find(item: Item, *, numbered: bool) -> str:
    """What becomes of an open item that their list lacks: its number was never typed, or HMICFRS closed it."""
    if numbered and not item["hmicfrs_ref"]:
        return f"recreg edit {item['ref']} --hmicfrs-ref …"
    return _sign_off(item, "--letter …")


def to_look_back(item: Item) -> str:
    """Where it stands why an item that they list was withdrawn here."""
    return f"recreg history {item['ref']}"


def _sign_off(item: Item, letter: str) -> str:
    direct = "" if item["status"] == Status.SUBMITTED else " --direct"
    return f"recreg sign-off {item['ref']} {letter}{direct}"


def _given(row: Theirs, key: str) -> str:
    return shell_word(row.says[key]) if row.says.get(key) else "…"


def _text(text: str) -> str:
    return "--text-file …" if len(text) > _SHORT or "\n" in text else f"--text {shell_word(text)}"
