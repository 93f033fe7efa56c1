"""Word files made for the tests, and read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.document import Document
from lxml import etree


def built(build: Callable[[Document], object]) -> bytes:
    """A new Word file after ``build`` has worked on it."""
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_paragraphs(*texts: str) -> bytes:
    return built(lambda document: [document.add_paragraph(text) for text in texts])


def with_runs(*runs: str) -> bytes:
    """One paragraph whose text is cut into runs, every other one bold."""

    def build(document: Document) -> None:
        paragraph = document.add_paragraph()
        for number, text in enumerate(runs):
            paragraph.add_run(text).bold = number % 2 == 1

    return built(build)


def with_table(*rows: tuple[str, ...]) -> bytes:
    def build(document: Document) -> None:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text

    return built(build)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(content).paragraphs]


def cells(content: bytes, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in opened(content).tables[table].rows]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()


def with_parts(content: bytes, **changed: bytes) -> bytes:
    """The file with parts put in place, ``word__header1_xml`` meaning ``word/header1.xml``."""
    names = {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in changed.items()}
    return packed({**parts(content), **names})


def xml_of(content: bytes, name: str = "word/document.xml") -> Any:
    return etree.fromstring(parts(content)[name])
