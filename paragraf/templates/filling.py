"""Fill a template of a kind with its fields and the logo, which every kind has beside its own."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from document_templates import LOGO
from paragraf.word.filling.drawings import Picture
from paragraf.word.filling.template import compile_template

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def fill(content: bytes, fields: DataclassInstance, logo: Picture | None = None) -> bytes:
    """The document as .docx bytes; equal data give equal bytes. TemplateFault names the tag that cannot be filled."""
    values = {field.name: getattr(fields, field.name) for field in dataclasses.fields(fields)}
    return compile_template(content).fill({**values, LOGO: logo})
