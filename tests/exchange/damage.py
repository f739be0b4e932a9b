"""What can happen to the bytes of any file on their way."""

import random

HOSTILE = [
    b'"',
    b'""',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\t",
    b"\0",
    b"\xff",
    b"\x81",
    b"'=",
    b"\xef\xbb\xbf",
    b"|",
    b" ",
    b"sep=,\n",
]


def damaged(rng: random.Random, content: bytes, most: int = 4) -> bytes:
    """The bytes after a few accidents: changed, cut out, doubled, moved, put in."""
    for _ in range(rng.randint(1, most)):
        at, to = sorted(rng.randrange(len(content) + 1) for _ in range(2))
        piece = content[at : min(to, at + rng.choice([1, 2, 8, 60]))]
        content = rng.choice([
            content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :],
            content[:at] + content[at + len(piece) :],
            content[:at] + piece + content[at:],
            content[:to] + piece + content[to:],
            content[:at],
            content[:at] + rng.choice(HOSTILE) + content[at:],
        ])  # fmt: skip
    return content
