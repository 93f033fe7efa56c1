"""Data to try a template with, for every kind of document: little, a lot, nothing."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import Any

from document_templates import fields_of
from paragraf.core.formatted import Formatted
from paragraf.word.fields import example_of
from paragraf.word.filling.drawings import Picture

#: Elements of a large document's lists, and of the lists within those.
MANY, SEVERAL = 40, 3
#: What a large document's texts end with: long, and with what XML and Word find difficult.
LONG = " Åsa & <Örjan> ”” – 😀" * 10


class Size(StrEnum):
    """How much an example holds."""

    SMALL = "small"
    LARGE = "large"
    EMPTY = "empty"


def sample(kind: str, size: Size) -> Any:
    """An instance of the kind's fields, so full. For a look that an office knows: document_templates.example."""
    small = example_of(fields_of(kind))
    if size is Size.LARGE:
        return _enlarged(small, MANY)
    return _emptied(small) if size is Size.EMPTY else small


def _enlarged(value: Any, times: int) -> Any:
    if isinstance(value, str):
        return value + LONG
    if isinstance(value, Formatted):
        return Formatted(value.blocks * times)
    if isinstance(value, Picture):
        return value
    if isinstance(value, tuple):
        return tuple(_enlarged(each, SEVERAL) for each in value) * times
    return _with_each(value, lambda part: _enlarged(part, times)) if dataclasses.is_dataclass(value) else value


def _emptied(value: Any) -> Any:
    if isinstance(value, str | tuple | Formatted):
        return type(value)()
    if isinstance(value, Picture):
        return None
    return _with_each(value, _emptied) if dataclasses.is_dataclass(value) else value


def _with_each(value: Any, change: Any) -> Any:
    """A dataclass with each field changed."""
    parts = {field.name: change(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return dataclasses.replace(value, **parts)
