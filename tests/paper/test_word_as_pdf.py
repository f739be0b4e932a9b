"""What LibreOffice makes of a Word document: pages a committee can be handed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from a_committee_paper import AGE, CAUSES, MOVEMENTS, PAPER, RAG, SENTENCE

from recreg.paper.docx import docx


def as_pages(folder: Path, content: bytes) -> list[str]:
    """The text of each page; skipped where there is no LibreOffice that knows documents, or no pdftotext."""
    office = shutil.which("soffice")
    if not office or not shutil.which("pdftotext"):
        pytest.skip("there is no LibreOffice or no pdftotext here to print the document with")
    file = folder / "paper.docx"
    file.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(convert, capture_output=True, check=False, timeout=120)
    printed = file.with_suffix(".pdf")
    if not printed.exists():
        pytest.skip("LibreOffice is here without Writer, which alone opens documents")
    read = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True)
    return read.stdout.rstrip("\f").split("\f")


def test_printed_the_marking_is_on_every_page_with_all_texts_and_the_first_page_stands_alone(tmp_path: Path) -> None:
    pages = as_pages(tmp_path, docx(PAPER))
    for number, page in enumerate(pages, 1):
        assert page.count("OFFICIAL") == 2
        assert f"Page {number} of {len(pages)}" in page
    assert "hear of in December" in pages[0]
    assert "Annex A" in pages[1]
    assert "Annex B" in pages[2]
    assert all("Moved" in page for page in pages[2:]), "the head of a table stands on each of its pages"
    whole = " ".join(" ".join(pages).split())
    assert SENTENCE in whole
    assert all(" ".join(row) in whole for row in MOVEMENTS.rows)
    assert all(cell in whole for _, *cells in CAUSES.rows for cell in cells)
    for label, counts in (RAG.rows[1], *AGE.rows[:3]):
        assert f"{label} {' '.join(map(str, counts))} {sum(counts)}" in whole
