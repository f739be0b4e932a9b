"""Texts made to command a terminal, to forge a row or to hide something; and how each has to be shown."""

import random

#: What shows nothing of itself, by its numbers: controls, marks that reorder, joiners, tags, halves of characters.
UNSEEN = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F),
    (0x890, 0x891), (0x8E2, 0x8E2), (0x180E, 0x180E), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F),
    (0xD800, 0xDFFF), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x13438), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F),
)  # fmt: skip
_SEQUENCES = (
    "\x1b[2J\x1b[H", "\x1b]0;owned\x07", "\x9b31m", "\x1b]8;;https://x.example\x1b\\link\x1b]8;;\x1b\\", "\x1bP", "\x1b[6n",
    "\r", "\b\b\b", "\n", "\nR-9999\t10618\tforged", "\t", "\r\n", "\x0b", "\x0c", "\x00", "\u2028", "\u202egnp.exe", "\u200b",
    "[red]", "[/]", "[/bold", "[link=https://x.example]", "[@click=quit]", ":smile:", "\\", "\\u001b", "\\n", "\\\\", "{}",
    "%s", "=1+1", "+1", "@x", "'=1", '"', "'", ",", ";", "|", "#CLEAR", "<b>", "&amp;", "]]>", "`x`", "*x*", "_x0041_", " ",
    "’", "–", "£", "é", "e\u0301", "漢字", "العربية", "\U0001f468\u200d\U0001f469", "\ufffd", "\ue000", "10618", "Head of PPU",
)  # fmt: skip


def is_unseen(character: str) -> bool:
    """Whether a character shows nothing of itself."""
    return any(first <= ord(character) <= last for first, last in UNSEEN)


def text(rng: random.Random, *, halves: bool = True) -> str:
    """A hostile text; ``halves`` of characters are in no file, but a program may hand them over."""
    pieces = [rng.choice(_SEQUENCES) if rng.random() < 0.7 else _one(rng) for _ in range(rng.randint(1, 8))]
    made = "".join(pieces)
    return made if halves else "".join(c for c in made if not 0xD800 <= ord(c) <= 0xDFFF)


def _one(rng: random.Random) -> str:
    first, last = rng.choice(UNSEEN)
    return chr(rng.randint(first, last)) + rng.choice("aZ9 ")


def by_number(shown: str, *, but: str = "") -> str:
    """The text with each character that shows nothing of itself shown by its number, but for some that may stay."""
    return "".join(_number(c) if is_unseen(c) and c not in but else c for c in shown)


def _number(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def commands_in(printed: str) -> set[str]:
    """The characters in what was printed that may not be there: all that show nothing but the ends of lines."""
    return {c for c in printed if c not in "\n\t" and not c.isprintable() and is_unseen(c)}
