"""Finds every text that a page may show. Swedish is the source (docs/decisions/0002).

A text is found where it stands:

- in ``_("…")``, ``_l("…")`` and ``ngettext("…", "…", n)``, in templates and in code;
- as the argument of a parameter or field called ``message``: so RuleBroken and its kinds take theirs, and all that
  hands one on to them;
- in ``N_("…")``, where a text is first put into a constant, a table or a row and shown later.

A ``message`` that is none of these is named by ``hidden``: English would be missing on the page and nobody would know.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

from jinja2 import Environment
from jinja2.ext import extract_from_ast

ROOT = Path(__file__).parents[2]
#: Where texts stand, under the root of the project.
ROOMS = ("paragraf", "forms", "webapp")
WRAPPERS = frozenset({"_", "_l", "gettext", "N_"})
PLURAL = "ngettext"
#: Calls whose answer is a text that is found elsewhere, or translated already.
FOUND_ELSEWHERE = WRAPPERS | {"told"}
PARAMETER = "message"
# Only parsed, never rendered.
_JINJA = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701

#: A text, or its singular and plural.
Source = str | tuple[str, str]


def sources(root: Path = ROOT) -> set[Source]:
    """Return every text under ``root``."""
    found: set[Source] = set()
    for path in _files(root, "*.html"):
        found.update(_in_template(path))
    return found.union(Messages.under(root).texts())


def _files(root: Path, pattern: str) -> Iterator[Path]:
    return (path for room in ROOMS for path in sorted((root / room).rglob(pattern)))


def _in_template(path: Path) -> Iterator[Source]:
    tree = _JINJA.parse(path.read_text(encoding="utf-8"), filename=str(path))
    for _line, wrapper, found in extract_from_ast(tree, [*WRAPPERS, PLURAL], babel_style=False):
        forms = (found,) if isinstance(found, str) else tuple(str(each) for each in found or ())
        yield (forms[0], forms[1]) if wrapper == PLURAL else forms[0]


@dataclass
class Messages:
    """The texts of all modules at once, since whoever takes a ``message`` may stand in another module."""

    trees: dict[Path, ast.Module]
    #: The place of ``message`` among the arguments, by name and by where the name is known: a class everywhere, a
    #: function in its folder, a private one in its module. None where there is no such argument.
    places: dict[tuple[Path | None, str], int | None] = field(default_factory=dict)
    #: The first base of each class.
    bases: dict[str, str] = field(default_factory=dict)
    #: Attributes and keywords that are given an N_ text somewhere.
    marked: set[str] = field(default_factory=set)

    @classmethod
    def under(cls, root: Path) -> Messages:
        """Read the modules under ``root``."""
        messages = cls({path: ast.parse(path.read_text(encoding="utf-8")) for path in _files(root, "*.py")})
        for path, tree in messages.trees.items():
            for node in ast.walk(tree):
                messages._learn(path, node)
        return messages

    def texts(self) -> Iterator[Source]:
        """Return the texts that stand as an argument."""
        for tree in self.trees.values():
            for call, name in _calls(tree):
                if name in WRAPPERS:
                    yield from _texts_in(call.args[:1])
                elif name == PLURAL:
                    singular, plural = _texts_in(call.args[:2])
                    yield singular, plural
        yield from _texts_in(argument for _path, argument in self._arguments())

    def hidden(self) -> list[str]:
        """Return the place of each argument that no rule of this module finds; the cure is N_ around its text."""
        return [
            f"{path.parent.name}/{path.name}:{argument.lineno}: {ast.unparse(argument)}"
            for path, argument in self._arguments()
            for each in _choices(argument)
            if not (_is_text(each) or self._is_found_elsewhere(each, self.trees[path]))
        ]

    def _learn(self, path: Path, node: ast.AST) -> None:
        if isinstance(node, ast.ClassDef):
            if node.bases:
                self.bases[node.name] = _name(node.bases[0])
            if (taken := _fields(node)) is not None:
                self._learn_place(None, node.name, taken)
        elif isinstance(node, ast.FunctionDef) and node.name != "__init__" and PARAMETER in _parameters(node):
            self._learn_place(path if node.name.startswith("_") else path.parent, node.name, _parameters(node))
        elif isinstance(node, ast.keyword) and node.arg and _holds_marked(node.value):
            self.marked.add(node.arg)

    def _learn_place(self, scope: Path | None, name: str, parameters: list[str]) -> None:
        place = parameters.index(PARAMETER) if PARAMETER in parameters else None
        # Of two classes with one name, the one that takes a message counts: better a text too many than one too few.
        if place is not None or (scope, name) not in self.places:
            self.places[scope, name] = place

    def _place(self, path: Path, name: str) -> int | None:
        for scope in (path, path.parent, None):
            if (scope, name) in self.places:
                return self.places[scope, name]
        return self._place(path, self.bases[name]) if name in self.bases else None

    def _arguments(self) -> Iterator[tuple[Path, ast.expr]]:
        for path, tree in self.trees.items():
            for call, name in _calls(tree):
                if (place := self._place(path, name)) is not None:
                    yield from ((path, argument) for argument in _arguments_at(call, place))

    def _is_found_elsewhere(self, node: ast.expr, tree: ast.Module) -> bool:
        if isinstance(node, ast.Call):
            return _name(node.func) in FOUND_ELSEWHERE
        if isinstance(node, ast.Subscript):
            return self._is_found_elsewhere(node.value, tree)
        if isinstance(node, ast.Attribute):
            return node.attr == PARAMETER or node.attr in self.marked
        return isinstance(node, ast.Name) and (node.id == PARAMETER or node.id in _marked_names(tree))


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Each call with the name of what it calls; ``super().__init__`` calls the first base of the class around it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, _name(node.func)
        elif isinstance(node, ast.ClassDef) and node.bases:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and ast.unparse(inner.func) == "super().__init__":
                    yield inner, _name(node.bases[0])


def _texts_in(arguments: Iterable[ast.expr]) -> Iterator[str]:
    return (str(each.value) for argument in arguments for each in _choices(argument) if _is_text(each))


def _arguments_at(call: ast.Call, place: int) -> Iterator[ast.expr]:
    yield from (each.value for each in call.keywords if each.arg == PARAMETER)
    yield from call.args[place : place + 1]


def _choices(node: ast.expr) -> Iterable[ast.expr]:
    """Both branches of ``a if b else c``; otherwise the expression itself."""
    if isinstance(node, ast.IfExp):
        return (*_choices(node.body), *_choices(node.orelse))
    return (node,)


def _is_text(node: ast.expr) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _fields(node: ast.ClassDef) -> list[str] | None:
    """What the class takes: the parameters of its ``__init__``, or a dataclass's fields; None if its base says so."""
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and each.name == "__init__":
            return _parameters(each)
    return [_name(each.target) for each in node.body if isinstance(each, ast.AnnAssign)] or None


def _parameters(node: ast.FunctionDef) -> list[str]:
    names = [each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _marked_names(tree: ast.Module) -> set[str]:
    """The names that the module gives an N_ text, or a table of such."""
    return {
        _name(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _holds_marked(node.value)
        for target in node.targets
    }


def _holds_marked(node: ast.expr) -> bool:
    return any(isinstance(each, ast.Call) and _name(each.func) == "N_" for each in ast.walk(node))
