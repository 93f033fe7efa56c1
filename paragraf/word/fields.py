"""The fields of a kind of document: frozen dataclasses of text made for print, each field saying what it holds.

A field is ``str``, ``Formatted``, ``Picture`` (or ``Picture | None``), another such dataclass, or a tuple of any of
them, annotated with ``Says``::

    heading: Annotated[str, Says("Paragrafens rubrik", "Budget 2027")]

From that come the list of fields for whoever edits the template, its check, and example data for a preview.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from paragraf.core.formatted import Formatted
from paragraf.core.light_markup import parse
from paragraf.word.filling.drawings import Picture, example_picture


class FieldKind(StrEnum):
    """What kind of value a field holds, which decides the tags that suit it."""

    TEXT = "text"
    FORMATTED = "formatted"
    PICTURE = "picture"
    GROUP = "group"


@dataclasses.dataclass(frozen=True, slots=True)
class Says:
    """What a field holds, in Swedish for the one who edits the template, and an example of how it prints.

    The example of formatted text is its paragraphs, parted by blank lines; that of a picture is what it shows.
    """

    text: str
    example: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class FieldLine:
    """One line of the list of fields: ``path`` as in usage.py, whether it is a list, its meaning and an example.

    ``kind``: ``{{p field }}`` prints formatted text as paragraphs; a group has fields of its own.
    """

    path: str
    is_list: bool
    text: str
    example: str
    kind: FieldKind = FieldKind.TEXT


@lru_cache(maxsize=64)
def field_lines(kind: type) -> tuple[FieldLine, ...]:
    """Every field that a dataclass of fields offers a template, in the order they are declared."""
    return tuple(_lines(kind, ""))


@lru_cache(maxsize=64)
def field_paths(kind: type) -> frozenset[str]:
    """The paths that a template for this kind may use; what ``check_template`` wants to know."""
    lines = field_lines(kind)
    paths = {line.path for line in lines} | {f"{line.path}[]" for line in lines if line.is_list}
    return frozenset(paths | {path + "[]" for line in lines for path in _blocks(line)})


def example_of(kind: type) -> Any:
    """A filled instance of a dataclass of fields, from the examples; lists get one element."""
    values = {}
    for name, hint, says in _declared(kind):
        inner, is_list = _element(hint)
        value = _example(inner, says)
        values[name] = (value,) if is_list else value
    return kind(**values)


def _example(kind: type, says: Says) -> Any:
    match _kind(kind):
        case FieldKind.GROUP:
            return example_of(kind)
        case FieldKind.FORMATTED:
            return parse(says.example)
        case FieldKind.PICTURE:
            return example_picture(says.example or says.text)
        case _:
            return says.example


def _blocks(line: FieldLine) -> Iterator[str]:
    """The path of a formatted text, or of each in a list of them; a template may run over its blocks."""
    if line.kind is FieldKind.FORMATTED:
        yield f"{line.path}[]" if line.is_list else line.path


def _kind(kind: type) -> FieldKind:
    if kind is Formatted:
        return FieldKind.FORMATTED
    if kind is Picture:
        return FieldKind.PICTURE
    return FieldKind.GROUP if dataclasses.is_dataclass(kind) else FieldKind.TEXT


def _lines(kind: type, prefix: str) -> Iterator[FieldLine]:
    for name, hint, says in _declared(kind):
        inner, is_list = _element(hint)
        path = prefix + name
        yield FieldLine(path, is_list, says.text, says.example, _kind(inner))
        if _kind(inner) is FieldKind.GROUP:
            yield from _lines(inner, f"{path}[]." if is_list else f"{path}.")


def _declared(kind: type) -> Iterator[tuple[str, Any, Says]]:
    hints = get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):
        hint, says = get_args(hints[field.name])
        yield field.name, hint, says


def _element(hint: Any) -> tuple[type, bool]:
    """The type of a field or of each element of it, and whether it is a list. A field that may be None is as one that
    may not."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    return (get_args(hint)[0], True) if get_origin(hint) is tuple else (hint, False)
