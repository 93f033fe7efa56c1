"""Word files for what is searched."""

from __future__ import annotations

from io import BytesIO

from docx import Document


def paper(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs."""
    word, kept = Document(), BytesIO()
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(kept)
    return kept.getvalue()
