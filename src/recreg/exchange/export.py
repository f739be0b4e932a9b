"""What was recorded goes out: into a file that appears whole under its name, or to stdout."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from recreg.errors import Mistyped, Refused
from recreg.exchange.whole import put_whole, told_if_unwritable, whole
from recreg.exchange.writing import Passing, document, json_array, json_lines, separated, unwatched
from recreg.questions.held import Held
from recreg.store.file import SCHEMA_NUMBER

Nouns = Mapping[str, Held]


class FileKind(StrEnum):
    """What sort of file goes out."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSON = "json"
    JSONL = "jsonl"


#: What can hold several nouns at once.
OF_SEVERAL = (FileKind.JSON, FileKind.XLSX)


def kind_of(file: str, wanted: FileKind | None, *, several: bool) -> FileKind:
    """What sort of file a name asks for; raises `Mistyped` where that is unclear, or cannot hold what goes out."""
    if file == "-":
        chosen = wanted or (FileKind.JSON if several else FileKind.CSV)
        if chosen == FileKind.XLSX:
            raise Mistyped("A workbook goes into a file, not to stdout.", "Give FILE.xlsx, or another --format.")
    else:
        chosen = _by_suffix(file, wanted)
    if several and chosen not in OF_SEVERAL:
        raise Mistyped(
            f"A file of {chosen.upper()} holds one noun, not every one.",
            "Give FILE.json or FILE.xlsx, or leave --all out and name one by --what.",
        )
    return chosen


def _by_suffix(file: str, wanted: FileKind | None) -> FileKind:
    suffix = Path(file).suffix.casefold().removeprefix(".")
    known = FileKind(suffix) if suffix in list(FileKind) else None
    if known is None and wanted is None:
        hint = f"Let it end in one of: {', '.join(f'.{kind}' for kind in FileKind)}."
        raise Mistyped(f"What sort of file {file} is to be does not follow from its name.", hint)
    if known and wanted and known != wanted:
        raise Mistyped(f"{file} ends in .{known}, and --format says {wanted}.", "Leave --format out.")
    return known or wanted or FileKind.CSV


def lines(nouns: Nouns, kind: FileKind, *, several: bool, ascii_only: bool = False) -> Iterator[str]:
    """What goes out as text, line by line."""
    if several:
        return document({"schema": SCHEMA_NUMBER}, nouns, ascii_only=ascii_only)
    (rows,) = nouns.values()
    if kind == FileKind.JSON:
        return json_array(rows, ascii_only=ascii_only)
    if kind == FileKind.JSONL:
        return json_lines(rows, ascii_only=ascii_only)
    return separated(rows, "\t" if kind == FileKind.TSV else ",")


def write_export(
    file: Path, nouns: Nouns, kind: FileKind, *, several: bool, register: Path, passing: Passing = unwatched
) -> None:
    """Write the file; raises `Refused` for what it cannot hold, and `Unwritable`."""
    if file.exists() and file.samefile(register):
        raise Refused(f"{file} is the register itself.", "Give the export another name.")
    if kind == FileKind.XLSX:
        from recreg.exchange.workbook import workbook

        with told_if_unwritable(file):
            content = workbook(nouns, passing)
        put_whole(file, content)
        return
    with whole(file) as writing:
        if kind in {FileKind.CSV, FileKind.TSV}:
            writing.write(b"\xef\xbb\xbf")  # Without it Excel takes the text for cp1252.
        writing.writelines(f"{line}\n".encode() for line in passing(lines(nouns, kind, several=several)))
