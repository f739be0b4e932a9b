"""A workbook saved in memory: openpyxl would keep each sheet in a file of the system's own folder meanwhile."""

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


def saved(book: Any) -> bytes:
    """The workbook's bytes."""
    content = io.BytesIO()
    _Writer(book, ZipFile(content, "w", ZIP_DEFLATED)).save()
    return content.getvalue()


class _Writer(ExcelWriter):
    """openpyxl's own, but for where a sheet is kept until it is packed."""

    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:
        """Pack a sheet."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as openpyxl's own does
        writer: Any = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 - as above
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)
