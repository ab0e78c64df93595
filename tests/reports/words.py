"""Reads a Word document's words."""

from pathlib import Path

from docx import Document


def words_of(path: Path) -> str:
    """Of its paragraphs, then of the cells of its tables."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
