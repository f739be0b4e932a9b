"""What the tests of reading share: a file made, a table read, a workbook put together by hand."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from recreg.errors import Refused
from recreg.exchange.tables import Fault, Row, opened

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass
class Held:
    """All that a file was read as."""

    headings: tuple[str, ...]
    rows: list[Row]
    notices: list[str]
    sheet: str | None
    sha256: str

    @property
    def cells(self) -> list[tuple[str | None, ...]]:
        """The rows' cells."""
        return [row.cells for row in self.rows]

    @property
    def faults(self) -> list[Fault]:
        """Every fault of every row."""
        return [fault for row in self.rows for fault in row.faults]

    @property
    def told(self) -> list[str]:
        """Every fault, as a line."""
        return [fault.told() for fault in self.faults]


def read(path: Path | str, **how: str) -> Held:
    """All of a file."""
    with opened(path, **how) as table:
        return Held(table.headings, list(table.rows()), table.notices, table.sheet, table.sha256)


def put(path: Path, content: str | bytes) -> Path:
    """A file of that content."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def put_json(path: Path, value: Any) -> Path:
    """A JSON document."""
    return put(path, json.dumps(value))


def refusal(path: Path | str, **how: str) -> Refused:
    """How a file is refused, at once or while its rows are read."""
    with pytest.raises(Refused) as caught:
        read(path, **how)
    assert caught.value.exit_code == 4
    assert caught.value.hint, "a refusal says what to do"
    return caught.value


def sheet_xml(rows: str, *, after: str = "", before: str = "") -> str:
    """A sheet's part, of rows as they stand in it."""
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def inline(number: int, *texts: str) -> str:
    """A row of texts."""
    cells = "".join(
        f'<c r="{chr(64 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts, 1)
    )
    return f'<row r="{number}">{cells}</row>'


def workbook(path: Path, sheet: str, **parts: str | bytes) -> Path:
    """A workbook with one sheet, Items; ``parts`` replace or add parts by their names without folder."""
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_TYPE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_TYPE}"><sheets><sheet name="Items" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_TYPE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_TYPE}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="{_TYPE}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    every |= {f"xl/{name}.xml": content for name, content in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in every.items():
            packed.writestr(name, content)
    return path
