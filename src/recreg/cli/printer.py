"""The one way out: data to stdout, all else to stderr; text made harmless; every format from one definition."""

import codecs
import contextlib
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, TextIO

from recreg.domain.text import by_number, visible, word_of
from recreg.errors import Unwritable
from recreg.questions.columns import Column

Rows = Iterable[dict[str, Any]]

#: Beyond these rows a table is printed plain: drawing it would take longer than reading the register.
MOST_DRAWN = 100


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    IDS = "ids"


def print_rows(
    rows: Rows,
    columns: Sequence[Column],
    wanted: Format | None,
    *,
    order: Sequence[str] = (),
    title: str = "",
    footer: Iterable[str] = (),
    put: Callable[[Iterable[str]], None] | None = None,
    cure: str = "A wider window or -f plain has them.",
) -> None:
    """Print a list; the default is a table on a terminal and plain text in a pipe.

    Only a table has a heading, on stdout, and a footer, on stderr. ``put`` takes the lines of other formats,
    where they are to go out while the rows are still read; ``cure`` says where columns are that a table gave up.
    """
    chosen = form_of(wanted)
    listed = _listed(columns, order)
    if chosen == Format.TABLE:
        from recreg.cli.tables import draw, fitting

        shown = fitting(listed)
        put_lines(draw(list(rows), shown, title))
        for line in [_given_up(listed, shown, cure), *footer]:
            say(line)
    else:
        (put or put_lines)(_FORMATS[chosen](rows, listed if chosen == Format.PLAIN else columns))


def form_of(wanted: Format | None) -> Format:
    """The form asked for; unless it is, a table on a terminal and plain in a pipe."""
    return wanted or (Format.TABLE if is_terminal(sys.stdout) else Format.PLAIN)


def put_lines(lines: Iterable[str]) -> None:
    """Write data to stdout."""
    put_texts(f"{line}\n" for line in lines)


def put_text(text: str) -> None:
    """Write a document to stdout in UTF-8, with the very ends of lines that it has."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    put_texts([text])


def put_texts(texts: Iterable[str]) -> None:
    """Write data to stdout, its ends of lines and all."""
    try:
        sys.stdout.writelines(texts)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as `head` does: nothing is wrong.
        give_up_stdout()
        raise SystemExit(0) from None
    except (ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EBADF:
            raise
        give_up_stdout()
        raise Unwritable("The output could not be written: stdout is closed.") from error


def give_up_stdout() -> None:
    """Keep Python from trying once more at its end to write what could not be written."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put_one(document: dict[str, Any]) -> None:
    """Write one thing as a JSON document."""
    put_lines([_json(document, indent=2)])


def plain_fields(row: dict[str, Any]) -> Iterator[str]:
    """One thing as plain lines, a field each: its key and its value; what hangs on it, a line each."""
    for key, value in row.items():
        hanging = value if isinstance(value, list) else [{"": value}]
        for each in hanging:
            yield "\t".join([key, *map(_plain_cell, each.values())])


def say(sentence: str) -> None:
    """Tell a sentence on stderr, if there is one to tell it on."""
    if sentence and sys.stderr is not None and not sys.stderr.closed:
        with contextlib.suppress(OSError):  # What is done is done, whether or not it can be told.
            sys.stderr.write(_folded(visible(sentence, keep="\n")) + "\n")


def _folded(sentence: str) -> str:
    """At a terminal, lines no wider than it, broken between words; elsewhere as it is."""
    if not is_terminal(sys.stderr):
        return sentence
    import shutil
    import textwrap

    width = max(20, shutil.get_terminal_size().columns)
    whole = {"break_long_words": False, "break_on_hyphens": False}
    return "\n".join(textwrap.fill(line, width, **whole) for line in sentence.split("\n"))  # type: ignore[arg-type]


def prepare_streams() -> None:
    """Let no encoding of the terminal stop an answer: what it lacks is shown by a plain stand-in."""
    codecs.register_error("plain-stand-in", _stand_in)
    if sys.stdout is None:
        sys.stdout = _taking_nothing()
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="plain-stand-in")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Buffered whatever PYTHONUNBUFFERED says: unbuffered, a partial write cuts the report short.
        sys.stdout.reconfigure(errors="plain-stand-in", write_through=False)


def _taking_nothing() -> TextIO:
    """What stands in for a stdout that is closed: as with a full disk, only what has something to say fails."""
    return os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")


def finish() -> None:
    """Have everything that was printed really written, so that a full disk is never a success."""
    sys.stdout.flush()


def _plain(rows: Rows, columns: Sequence[Column]) -> Iterator[str]:
    for row in rows:
        yield "\t".join(_plain_cell(row[column.key]) for column in columns)


def _jsonl(rows: Rows, columns: Sequence[Column]) -> Iterator[str]:
    from recreg.exchange.cells import json_text

    ascii_only, keys = only_ascii(sys.stdout), [column.key for column in columns]
    for row in rows:
        yield json_text({key: row[key] for key in keys}, ascii_only=ascii_only)


def _as_json(rows: Rows, columns: Sequence[Column]) -> Iterator[str]:
    kept = [{column.key: row[column.key] for column in columns} for row in rows]
    yield _json(kept, indent=2) if kept else "[]"


def _csv(rows: Rows, columns: Sequence[Column]) -> Iterator[str]:
    from recreg.exchange.cells import csv_cell

    yield ",".join(column.key for column in columns)
    for row in rows:
        yield ",".join(csv_cell(row[column.key]) for column in columns)


def _ids(rows: Rows, columns: Sequence[Column]) -> Iterator[str]:
    key = columns[0].key
    yield from dict.fromkeys(str(row[key]) for row in rows if row[key] is not None)


_FORMATS = {
    Format.PLAIN: _plain,
    Format.JSON: _as_json,
    Format.JSONL: _jsonl,
    Format.CSV: _csv,
    Format.IDS: _ids,
}


def _listed(columns: Sequence[Column], order: Sequence[str]) -> list[Column]:
    listed = [column for column in columns if column.listed]
    return sorted(listed, key=lambda column: list(order).index(column.key)) if order else listed


def _given_up(columns: Sequence[Column], shown: Sequence[Column], cure: str) -> str:
    missing = [column.heading for column in columns if column not in shown]
    return f"Not shown for want of width: {', '.join(missing)}. {cure}" if missing else ""


def _plain_cell(value: Any) -> str:
    if value is None:
        return ""
    text = word_of(value)
    for raw, shown in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n")):
        text = text.replace(raw, shown)
    return visible(text)


def _json(value: Any, indent: int | None = None) -> str:
    from recreg.exchange.cells import json_text

    return json_text(value, ascii_only=only_ascii(sys.stdout), indent=indent)


def only_ascii(stream: TextIO) -> bool:
    """Whether JSON goes to it wholly in ASCII, since its encoding lacks characters."""
    return (stream.encoding or "ascii").lower().replace("-", "") not in {"utf8", "utf16", "utf32"}


_STAND_INS = {"→": "->", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "•": "*", "·": "-"}


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(c) or _nearest_ascii(c) for c in lost), error.end


def _nearest_ascii(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or by_number(character)


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody is looking at it, rather than a program."""
    try:
        return os.isatty(stream.fileno())
    except (OSError, ValueError):
        return False
