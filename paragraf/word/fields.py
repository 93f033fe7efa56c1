"""The fields of a kind of document: frozen dataclasses of text made for print, each field saying what it holds.

A field is ``str``, ``tuple[str, ...]``, ``Formatted`` (to a template a list of its blocks), another such dataclass, or
a tuple of them, annotated with ``Says``::

    heading: Annotated[str, Says("Paragrafens rubrik", "Budget 2027")]

From that come the list of fields for whoever edits the template, its check, and example data for a preview.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from paragraf.core.formatted import Formatted
from paragraf.core.light_markup import parse


@dataclasses.dataclass(frozen=True, slots=True)
class Says:
    """What a field holds, in Swedish for the one who edits the template, and an example of how it prints."""

    text: str
    example: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class FieldLine:
    """One line of the list of fields: ``path`` as in usage.py, whether it is a list, its meaning and an example."""

    path: str
    is_list: bool
    text: str
    example: str


@lru_cache(maxsize=64)
def field_lines(kind: type) -> tuple[FieldLine, ...]:
    """Every field that a dataclass of fields offers a template, in the order they are declared."""
    return tuple(_lines(kind, ""))


@lru_cache(maxsize=64)
def field_paths(kind: type) -> frozenset[str]:
    """The paths that a template for this kind may use; what ``check_template`` wants to know."""
    lines = field_lines(kind)
    return frozenset(line.path for line in lines) | {f"{line.path}[]" for line in lines if line.is_list}


def example_of(kind: type) -> Any:
    """A filled instance of a dataclass of fields, from the examples; lists get one element."""
    values: dict[str, Any] = {}
    for name, hint, says in _declared(kind):
        inner, is_list = _element(hint)
        if hint is Formatted:
            values[name] = parse(says.example)
            continue
        value = example_of(inner) if dataclasses.is_dataclass(inner) else says.example
        values[name] = (value,) if is_list else value
    return kind(**values)


def _lines(kind: type, prefix: str) -> Iterator[FieldLine]:
    for name, hint, says in _declared(kind):
        inner, is_list = _element(hint)
        path = prefix + name
        yield FieldLine(path, is_list, says.text, says.example)
        if dataclasses.is_dataclass(inner):
            yield from _lines(inner, f"{path}[]." if is_list else f"{path}.")


def _declared(kind: type) -> Iterator[tuple[str, Any, Says]]:
    hints = get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):
        hint, says = get_args(hints[field.name])
        yield field.name, hint, says


def _element(hint: Any) -> tuple[type, bool]:
    if hint is Formatted:
        return str, True
    return (get_args(hint)[0], True) if get_origin(hint) is tuple else (hint, False)
