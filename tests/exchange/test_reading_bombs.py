"""Files made to exhaust whoever opens them: refused at once, and in little memory."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made import inline, put, refusal, sheet_xml, workbook

from promising import promise

#: Reads a file in a process of its own; says how it was refused, in how many seconds and megabytes.
READING = """
import resource, sys
from recreg.errors import RecregError
from recreg.exchange.tables import opened
try:
    with opened(sys.argv[1]) as table:
        faults = [fault.told() for row in table.rows() for fault in row.faults]
    print("faults:", *faults[:1])
except RecregError as error:
    print(type(error).__name__, error.sentences[0][:200], error.sentences[-1][:200])
used = resource.getrusage(resource.RUSAGE_SELF)
# What resource says of memory counts in the process that this one was forked from.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(used.ru_utime + used.ru_stime, int(peak.split()[1]) // 1024)
"""
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)


def zeros(path: Path, part: str, size: int) -> Path:
    """A workbook one part of which unpacks to so many bytes."""
    workbook(path, sheet_xml(inline(1, "a")))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed, packed.open(part, "w") as unpacked:
        for _ in range(size >> 20):
            unpacked.write(b" " * (1 << 20))
    return path


def many_parts(path: Path) -> Path:
    """A ZIP of very many empty parts."""
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(60_000):
            packed.writestr(str(number), "")
    return path


def attribute(path: Path) -> Path:
    """A sheet with an attribute of 12 MB, of random text, so that it does not pack well."""
    text = os.urandom(6_000_000).hex()
    return workbook(path, sheet_xml(f'<row r="1" x="{text}"/>'))


BOMBS: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "600 MB": ("items.xlsx", lambda path: zeros(path, "xl/worksheets/sheet2.xml", 600 << 20), "would unpack to"),
    "a part of one byte": ("items.xlsx", lambda path: zeros(path, "xl/media/x", 60 << 20), "would unpack to"),
    "many parts": ("items.xlsx", many_parts, "more parts than a workbook"),
    "a cell at XFD1048576": (
        "items.xlsx",
        lambda path: workbook(path, sheet_xml(inline(1, "a") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "row 1048576, column XFD: a table has 200 columns at most",
    ),
    "rows beyond the last": ("items.xlsx", lambda path: workbook(path, sheet_xml(inline(1, "a") + '<row r="99999999"/>')), "damaged"),
    "nested entities": ("items.xlsx", lambda path: workbook(path, sheet_xml(inline(1, "&l;"), before=ENTITIES)), "damaged"),
    "one entity ten thousand times": (
        "items.xlsx",
        lambda path: workbook(path, sheet_xml(inline(1, "&a;" * 10_000), before=f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50_000}">]>')),
        "damaged",
    ),
    "a file to fetch": (
        "items.xlsx",
        lambda path: workbook(path, sheet_xml(inline(1, "&a;"), before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
        "damaged",
    ),
    "entities in the shared texts": (
        "items.xlsx", lambda path: workbook(path, sheet_xml(inline(1, "a")), sharedStrings=f"{ENTITIES}<sst/>"), "damaged",
    ),
    "elements without end": ("items.xlsx", lambda path: workbook(path, sheet_xml("<a>" * 3_000_000)), "damaged"),
    "an attribute without end": ("items.xlsx", attribute, "damaged"),
    "JSON, 100,000 deep": ("items.json", lambda path: put(path, "[" * 100_000 + "]" * 100_000), "nested more than 100 deep"),
    "a JSON document of 201 MB": ("items.json", lambda path: hole(put(path, "[" + " " * 20), b" ", 201), "larger than 200 MB"),
    "a field without end": ("items.csv", lambda path: hole(put(path, 'a,b\n"'), b"a", 50), "line 2"),
    "a quotation without end": ("items.csv", lambda path: hole(put(path, 'a,b\n"'), b"a" * 1022 + b",\n", 30), "This quotation is not closed"),
    "quotations that open on each line": ("items.csv", lambda path: put(path, "a,b\n" + '"a"b\n' * 3_000_000), "There are more such lines"),
    "quotations that never close": ("items.csv", lambda path: put(path, "a,b\n" + "".join(f'"{"x" * 40_000}\n' * 2 for _ in range(400))), "More"),
    "a record without end": ("items.csv", lambda path: hole(put(path, "a,b\n"), b'"\n",', 50), "line 2: this record does not end"),
    "commas without end": ("items.csv", lambda path: hole(put(path, "a,b\n"), b",", 50), "line 2: this record does not end"),
    "a heading without end": ("items.csv", lambda path: hole(put(path, "a"), b"a", 50), "items.csv"),
    "a line without end": ("items.jsonl", lambda path: hole(put(path, '{"a": "'), b"a", 50), "line 1: this line does not end"),
}  # fmt: skip


def hole(path: Path, content: bytes, megabytes: int) -> Path:
    """The file, grown by so many megabytes of the same."""
    with path.open("ab") as growing:
        for _ in range(megabytes):
            growing.write(content * ((1 << 20) // len(content)))
    return path


@promise("D4")
@pytest.mark.parametrize("bomb", BOMBS)
def test_d4_a_bomb_is_refused_in_two_seconds_and_150_megabytes(bomb: str, tmp_path: Path) -> None:
    name, make, says = BOMBS[bomb]
    path = make(tmp_path / name)
    ended = subprocess.run(
        [sys.executable, "-c", READING, path], capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.stderr == ""
    told, used = ended.stdout.strip().split("\n")
    seconds, megabytes = map(float, used.split())
    assert says.casefold() in told.casefold()
    assert seconds < 2, used
    assert megabytes < 150, used


def test_a_reader_that_takes_much_memory_would_be_noticed(tmp_path: Path) -> None:
    much = READING.replace("    with opened", "    held = bytearray(1) * (200 << 20)\n    with opened")
    path = put(tmp_path / "items.csv", "kind,title\n")
    ended = subprocess.run([sys.executable, "-c", much, path], capture_output=True, text=True, check=True, timeout=60)
    assert float(ended.stdout.split()[-1]) > 150


@promise("D4")
def test_d4_what_has_no_end_or_no_content_of_its_own_is_not_waited_for(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.csv"
    os.mkfifo(fifo)
    for path in (fifo, "/dev/zero", "/dev/null"):
        error = refusal(path)
        assert "is not a regular file" in str(error)
        assert "pipe the rows in with -" in error.hint


@promise("D4")
def test_d4_a_device_that_is_piped_in_is_given_up_on(tmp_path: Path) -> None:
    with Path("/dev/zero").open("rb") as endless:
        ended = subprocess.run(
            [sys.executable, "-c", READING, "-"], stdin=endless, capture_output=True, text=True, check=False, timeout=60
        )
    assert ended.stdout.startswith("Refused stdin, line 1: it has NUL characters")
    assert float(ended.stdout.split()[-2]) < 2
    assert list(tmp_path.iterdir()) == []
