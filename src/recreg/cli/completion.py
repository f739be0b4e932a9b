"""What the shell offers when the tab key is pressed: references with their titles, names, the field's words.

Nothing of this is loaded otherwise. Typer does the talking with the shell; what it says is made harmless
here, since a shell takes some of it for commands, and titles come from other people's files.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from typer import _completion_classes as shells
from typer._click.shell_completion import CompletionItem

from recreg.cli import settings
from recreg.errors import RecregError

#: What is completed where: by the option, else by what stands for the value in the help.
_BY_OPTION = {
    "--owner": "people", "--lead": "people", "--board": "boards", "--agreed-by": "boards", "--portfolio": "portfolios",
    "--inspection": "inspections", "--meeting": "meetings",
}  # fmt: skip
_BY_METAVAR = {
    "REF": "items", "REF…": "items", "[REF]": "items", "REF… TEXT": "items", "E…": "evidence", "E… VERDICT": "evidence",
    "CODE": "inspections", "OLD": "people", "[MEETING]": "meetings", "DAY|MEETING": "meetings",
}  # fmt: skip
#: What a NAME is, and OLD, by the command that it stands in.
_BY_CHAPTER = {"person": "people", "board": "boards", "portfolio": "portfolios", "meeting": "meetings"}
#: Which words of the vocabulary, that is loaded once they are asked for.
_WORDS = {
    "--kind": "Kind", "--status": "Status", "--rag": "Rag", "COLOUR": "Rag", "--outcome": "Outcome",
    "--as": "ClosedAs", "QUESTION": "Question", "--clock": "Clock",
}  # fmt: skip


def prepare() -> None:
    """Let Typer say to each shell only what that shell cannot take for a command."""
    typers: Any = shells
    typers._sanitize_help_text = _harmless  # noqa: SLF001 - its own loads Rich, and takes brackets for markup
    typers.BashComplete.format_completion = _for_bash
    typers.PowerShellComplete.format_completion = _for_powershell


def _for_bash(_shell: Any, item: CompletionItem) -> str:
    """Bash puts down what it is given: so a name with spaces is given as it would be typed."""
    return "".join(c if c.isalnum() or c in _PLAIN_IN_BASH else f"\\{c}" for c in str(item.value))


def _for_powershell(_shell: Any, item: CompletionItem) -> str:
    value = str(item.value)
    quoted = value if re.fullmatch(r"[\w./:-]+", value) else f"'{value}'"
    return f"{quoted}:::{_harmless(item.help or ' ')}"


def offer(command: Any, chapter: str = "") -> Any:
    """The command, or a group's commands, with something to offer for each argument and option that has any."""
    for inner in getattr(command, "commands", {}).values():
        offer(inner, command.name)
    for parameter in command.params:
        found = _for(parameter, chapter)
        if found is not None:
            parameter._custom_shell_complete = found  # noqa: SLF001 - `autocompletion` is for functions only
    return command


def commands(listed: dict[str, str], typed: str) -> list[CompletionItem]:
    """The commands of a group whose names begin so, each with its line."""
    return [CompletionItem(name, help=says) for name, says in listed.items() if name.startswith(typed)]


def _for(parameter: Any, chapter: str) -> Callable[..., list[CompletionItem]] | None:
    keys = [*parameter.opts, parameter.metavar]
    words = next((_WORDS[key] for key in keys if key in _WORDS), None)
    if words is not None:
        return lambda _context, _parameter, typed: _items(_words(words), typed)
    nouns = next((known[key] for known in (_BY_OPTION, _BY_METAVAR) for key in keys if key in known), None)
    if parameter.metavar in {"NAME", "OLD"} and not parameter.opts[0].startswith("-"):
        nouns = _BY_CHAPTER.get(chapter, nouns)
    if nouns is None:
        return None
    return lambda context, _parameter, typed: _from_register(context, nouns, typed)


def _words(enumerated: str) -> Iterator[tuple[str, str]]:
    """The words of the field under a name, as they are typed."""
    from recreg.domain import vocabulary

    return ((str(each).replace("_", "-"), "") for each in getattr(vocabulary, enumerated))


def _from_register(context: Any, nouns: str, typed: str) -> list[CompletionItem]:
    """What the register has; nothing where there is none, since nobody asked for a command yet."""
    from recreg.questions import completions
    from recreg.store.file import reading_at

    settings.choose_register(context.find_root().params.get("register"))
    with suppress(RecregError), reading_at(settings.register_file()) as db:
        found = completions.items(db, typed) if nouns == "items" else completions.named(db, nouns, typed)
        return _items(iter(found), typed)
    return []


def _items(found: Iterator[tuple[str, str]], typed: str) -> list[CompletionItem]:
    begun = typed.casefold()
    return [
        CompletionItem(value, help=says)  # Made harmless as it is written for the shell, where the shell shows it.
        for value, says in found
        if value.casefold().startswith(begun) and _OFFENDS.isdisjoint(value)
    ]


#: What no quoting is alike to every shell for: such a name has to be typed.
_OFFENDS = {*"'\"`$\\", *map(chr, range(0x20))}
_PLAIN_IN_BASH = "_@%+=:,./-"
_HARMLESS = "_ .,/%+-"


def _harmless(says: str) -> str:
    """A line of letters, figures and what no shell reads anything into."""
    return " ".join("".join(c if c.isalnum() or c in _HARMLESS else " " for c in says).split())[:80]
