"""A Word file as python-docx reads it back, and as its parts say."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx as python_docx
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from recreg.domain.text import visible
from recreg.paper.document import Block, Document
from recreg.paper.docx import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word(*blocks: Block, marking: str = "", template: Path | None = None) -> Any:
    """A document of these blocks, written and opened again."""
    return opened(docx(Document("The title", marking, blocks), template))


def opened(content: bytes) -> Any:
    return python_docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def shown(text: str) -> str:
    """A text as Word can hold it: neither of two characters that XML may not have."""
    return visible(text, keep="\n\t").replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")


def texts(document: Any) -> Iterator[str]:
    """The texts of a document from its beginning to its end; paragraphs that only keep tables apart are none."""
    for piece in document.iter_inner_content():
        if isinstance(piece, WordTable):
            yield from (text for row in cells(piece) for text in row)
        elif isinstance(piece, WordParagraph) and piece._p.find(f"{W}pPr/{W}pStyle") is not None:
            yield piece.text


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def styles(document: Any) -> list[tuple[str, str]]:
    """Each paragraph that says something, with the name of its style."""
    return [(said.style.name, said.text) for said in document.paragraphs if said.text]
