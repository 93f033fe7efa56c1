"""Which fields a template uses, as paths: ``body``, ``items`` (a list), ``items[]`` (elements), ``items[].name``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jinja2 import nodes

from paragraf.word.faults import nearest

Scope = dict[str, str | None]
_SAME_ELEMENTS = frozenset(("sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr"))
_STEP = re.compile(r"\[\]|\.?[^.\[]+")


@dataclass(frozen=True, slots=True)
class Use:
    """A field's path and the line of Jinja source where it is used."""

    path: str
    line: int


def uses(tree: nodes.Template) -> Iterator[Use]:
    """Every use of a field in a template's syntax tree; the template's own names are followed to their field."""
    yield from _read(tree, {"loop": None, "range": None})


def unknown_step(path: str, known: Collection[str]) -> tuple[str, str | None] | None:
    """The first part of a path that leads nowhere and the nearest name that would, or None where all of it is known."""
    here = ""
    for step in _STEP.findall(path):
        beside, here = here, here + step
        if here not in known:
            prefix = f"{beside}." if beside else ""
            siblings = [each.removeprefix(prefix) for each in known if each.startswith(prefix)]
            return here, nearest(step.lstrip("."), [each for each in siblings if "." not in each and "[" not in each])
    return None


def _read(node: nodes.Node, scope: Scope) -> Iterator[Use]:
    if isinstance(node, nodes.For):
        yield from _read_loop(node, scope)
    elif isinstance(node, nodes.Assign):
        yield from _read(node.node, scope)
        _bind(node.target, _path(node.node, scope), scope)
    elif isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
        yield from _read_path(node, scope)
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        for part in (node.node.node, *node.args):
            yield from _read(part, scope)
    else:
        for child in node.iter_child_nodes():
            yield from _read(child, scope)


def _read_loop(node: nodes.For, scope: Scope) -> Iterator[Use]:
    yield from _read(node.iter, scope)
    within = dict(scope)
    path = _path(node.iter, scope)
    _bind(node.target, f"{path}[]" if path else None, within)
    tests: list[nodes.Node] = [node.test] if node.test else []
    for child in (*tests, *node.body, *node.else_):
        yield from _read(child, within)


def _read_path(node: nodes.Name | nodes.Getattr | nodes.Getitem, scope: Scope) -> Iterator[Use]:
    path = _path(node, scope)
    if path:
        yield Use(path, node.lineno)
    elif not isinstance(node, nodes.Name):
        yield from _read(node.node, scope)
    if isinstance(node, nodes.Getitem):
        yield from _read(node.arg, scope)


def _bind(target: nodes.Node, path: str | None, scope: Scope) -> None:
    names: list[nodes.Node] = [*target.items] if isinstance(target, nodes.Tuple) else [target]
    for name in names:
        if isinstance(name, nodes.Name):
            scope[name.name] = path if name is target else None


def _path(node: nodes.Node, scope: Scope) -> str | None:
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Filter) and node.node is not None:
        path = _path(node.node, scope)
        if node.name in ("first", "last"):
            return f"{path}[]" if path else None
        return path if node.name in _SAME_ELEMENTS else None
    if isinstance(node, (nodes.Getattr, nodes.Getitem)):
        path = _path(node.node, scope)
        return path + _step(node) if path else None
    return None


def _step(node: nodes.Getattr | nodes.Getitem) -> str:
    if isinstance(node, nodes.Getattr):
        return f".{node.attr}"
    if isinstance(node.arg, nodes.Slice):
        return ""
    if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return f".{node.arg.value}"
    return "[]"
