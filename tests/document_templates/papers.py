"""The shipped templates filled with little, much and nothing, and read back."""

from __future__ import annotations

import dataclasses
import io
from functools import cache
from typing import Any

import mammoth
import pypdf
import pytest

from document_templates import KINDS, LOGO, example, fields_of, load
from paragraf.core.formatted import Formatted
from paragraf.word.fields import example_of
from paragraf.word.filling.template import compile_template
from paragraf.word.pdf.making import convert_to_pdf
from tests.word import files
from tests.word.validity import checked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MANY = 200
LONG = {
    "application": "parties",
    "notice_of_meeting": "items",
    "minutes": "items",
    "certificate_of_notice": "boards",
    "certified_extract": "deciding",
    "decision_letter": "grant_years",
    "agreement": "goals",
    "completion_request": "questions",
    "commitment_appendix": "parties",
    "staffing_table": "rows",
    "notice_of_change": "told",
    "status_report": "people",
    "tertial_report": "economy",
    "reminder_list": "months",
}
DIFFICULT = " & <Åsa> ”” 😀"
every_kind = pytest.mark.parametrize("kind", KINDS)


def filled(kind: str, fields: Any = None, logo: object = None) -> bytes:
    """The shipped template filled with an instance of its fields, by default with the invented office's."""
    given = example(kind) if fields is None else fields
    values = {field.name: getattr(given, field.name) for field in dataclasses.fields(given)}
    return checked(compile_template(load(kind)).fill({**values, LOGO: logo}))


def small(kind: str, **changed: Any) -> Any:
    """One of each: the examples that the list of fields shows."""
    return dataclasses.replace(example_of(fields_of(kind)), **changed)


def large(kind: str) -> Any:
    """Two hundred in each list, and in their lists two; every text long and difficult."""
    return _enlarged(example_of(fields_of(kind)), MANY)


def empty(kind: str) -> Any:
    """Every text and list empty."""
    return _emptied(example_of(fields_of(kind)))


def words(content: bytes) -> str:
    """The body's text as mammoth reads it."""
    return str(mammoth.extract_raw_text(io.BytesIO(content)).value)


def printed(content: bytes) -> str:
    """The text of body, headers and footers."""
    edges = [name for name in files.parts(content) if name.startswith(("word/header", "word/footer"))]
    return "\n".join([words(content), *("".join(files.xml_of(content, name).itertext()) for name in edges)])


@cache
def pages(kind: str, size: str = "example") -> tuple[str, ...]:
    """The text of each page of the PDF, with single spaces."""
    fields = {"example": example, "small": small, "large": _long, "empty": empty}[size](kind)
    reader = pypdf.PdfReader(io.BytesIO(convert_to_pdf(filled(kind, fields))))
    return tuple(squeezed(page.extract_text()) for page in reader.pages)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def _long(kind: str) -> Any:
    """The invented office's document with two hundred rows, or §§, where there may be many."""
    given: Any = example(kind)
    rows = getattr(given, LONG[kind])
    return dataclasses.replace(given, **{LONG[kind]: (rows * MANY)[:MANY]})


def _enlarged(value: Any, times: int) -> Any:
    match value:
        case str():
            return value if value in ("ja", "") else value + DIFFICULT
        case Formatted():
            return Formatted(value.blocks * times)
        case tuple():
            return tuple(_enlarged(each, 2) for each in value) * times
        case _:
            return _with_each(value, lambda part: _enlarged(part, times))


def _emptied(value: Any) -> Any:
    return type(value)() if isinstance(value, str | tuple | Formatted) else _with_each(value, _emptied)


def _with_each(value: Any, change: Any) -> Any:
    changed = {field.name: change(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return dataclasses.replace(value, **changed)
