"""An answer too long to be held as it is: packed into memory, and gone through as often as needed.

The register is closed before anything is written, since a report that is still reading keeps an officer
from recording; a workbook of 100,000 items takes its time to write.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from recreg.questions.columns import Column

_PACKED_AT_ONCE = 500


class Held:
    """The rows of an answer, with their columns."""

    def __init__(self, columns: Sequence[Column], cursor: sqlite3.Cursor) -> None:
        """Take every row of the answer in."""
        self.columns = columns
        self._count = 0
        self._packed: list[bytes] = []
        while rows := cursor.fetchmany(_PACKED_AT_ONCE):
            self._count += len(rows)
            self._packed.append(zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 1))

    def __len__(self) -> int:
        """How many rows there are."""
        return self._count

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each row by its keys, its yes and no as such."""
        keys = [column.key for column in self.columns]
        truths = [column.key for column in self.columns if column.yes_no]
        for packed in self._packed:
            for values in json.loads(zlib.decompress(packed)):
                row = dict(zip(keys, values, strict=True))
                yield row | {key: bool(row[key]) for key in truths}
