"""Shipped templates as a secretary might have changed them in Word."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx

from document_templates import load


def changed(kind: str, change: Callable[[Any], object]) -> bytes:
    """The shipped template after ``change`` has worked on it as a python-docx document."""
    document = docx.Document(io.BytesIO(load(kind)))
    change(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def with_text(kind: str, *texts: str) -> bytes:
    """The shipped template with paragraphs more at its end."""
    return changed(kind, lambda document: [document.add_paragraph(text) for text in texts])


def misspelled(kind: str, right: str, wrong: str) -> bytes:
    """The shipped template in which a word in its tags is written otherwise, everywhere in the body."""

    def change(document: Any) -> None:
        for text in document.element.iter("{*}t"):
            text.text = (text.text or "").replace(right, wrong)

    return changed(kind, change)
