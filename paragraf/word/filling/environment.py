"""The one Jinja environment for Word templates: sandboxed, strict, bounded, and only what a template needs of Jinja.

Three walls, since a template comes from a stranger: the syntax tree may hold only the nodes listed here; what runs,
runs in Jinja's sandbox; and loops, texts and the result are paid for from a budget that a fill cannot exceed.

``autoescape`` is off because Jinja's escape knows HTML, not Word: every printed value, constants too, goes through
``finalize``, which escapes more (line ends, tabs, characters that XML forbids) and trusts no ``Markup``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from functools import partial
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from paragraf.word.filling import formatting, tags, text

MAX_STEPS = 1_000_000
MAX_RESULT = 64 * 2**20
MAX_RANGE = 10_000
# No template can spell these names, so none can reach the budget and the sheet (filling.py).
BUDGET = " budget"
SHEET = " sheet"
_NUMBERS = (int, float)
_METHODS = (
    "upper lower title capitalize strip lstrip rstrip startswith endswith split items keys values get count index"
)
_FILTERS = (
    "abs capitalize count length default d first last float int list lower upper title trim reverse round sort string "
    "sum min max unique map select reject selectattr rejectattr groupby dictsort items"
)
_JINJAS_OWN = frozenset(("self", "super", "caller", "varargs", "kwargs"))
_STATEMENTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign)
_VALUES = (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Const, nodes.Tuple, nodes.List)
_LOGIC = (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.CondExpr)
_SUMS = (nodes.Concat, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos)
_CALLS = (nodes.Call, nodes.Keyword, nodes.Filter)
_ALLOWED: tuple[type[nodes.Node], ...] = (*_STATEMENTS, *_VALUES, *_LOGIC, *_SUMS, *_CALLS)


class OverBudgetError(Exception):
    """The template asks for more than any document of an office needs."""


class FieldMissingError(UndefinedError):
    """A name without a value: ``name`` as written in the template, ``owner`` the value it was sought in, if any."""

    def __init__(self, name: str, owner: object, message: str | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner


class Budget:
    """What one fill may still spend on loops and texts."""

    __slots__ = ("left",)

    def __init__(self, left: int = MAX_STEPS) -> None:
        self.left = left

    def spend(self, amount: int) -> None:
        """Pay, or OverBudgetError."""
        self.left -= amount
        if self.left < 0:
            raise OverBudgetError


class _Missing(StrictUndefined):
    """Strict in everything, and the error it raises knows the name rather than an English sentence."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:
            owner = None if obj is missing else obj
            self._undefined_exception = partial(FieldMissingError, str(name), owner)  # type: ignore[assignment]


class WordEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for Word templates; see the module's text."""

    intercepted_binops = frozenset(("-", "*", "/", "//", "%"))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers of ordinary size only: ``'x' * 10**9`` and ``'%999999d' % 1`` are bombs."""
        if not isinstance(left, _NUMBERS) or not isinstance(right, _NUMBERS):
            self._settle(left, right)
            raise TypeError(operator)
        if max(abs(left), abs(right)) > 10**15:
            raise OverBudgetError
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A declared field or a mapping's key before anything else, so that a field called ``items`` is the field.

        Both are data by their nature and need none of the sandbox's questions, which cost more than the rest of a fill.
        """
        if type(obj) is dict:
            if attribute in obj:
                return obj[attribute]
        elif attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call_filter(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """A filter that a template names in a text, as in ``map('upper')``: never one of the engine's own."""
        if name.startswith("_"):
            raise SecurityError(name)
        return super().call_filter(name, *args, **kwargs)

    @staticmethod
    def _settle(*values: Any) -> None:
        for value in values:
            if isinstance(value, _Missing):
                bool(value)


def _range(*args: int) -> range:
    numbers = range(*args)
    if len(numbers) > MAX_RANGE:
        raise OverBudgetError
    return numbers


@pass_context
def _items(context: Context, value: Any) -> Any:
    """What a loop runs over, paid for before the first turn."""
    # The two that nearly every loop runs over; the question to an abstract class costs more than the turn.
    if type(value) is not tuple and type(value) is not list and not isinstance(value, Sized):
        value = list(islice(value, MAX_STEPS + 1))
    context.parent[BUDGET].spend(1 + len(value))
    return value


@pass_context
def _keep(context: Context, value: Any) -> Any:
    """A value that ``set`` gives a name, paid for by its length."""
    if isinstance(value, Sized) and not isinstance(value, _Missing):
        context[BUDGET].spend(len(value))
    return value


@pass_context
def _joined(context: Context, values: list[Any]) -> str:
    """``a ~ b``: texts put together."""
    texts = ["" if each is None else str(each) for each in values]
    context[BUDGET].spend(sum(map(len, texts)))
    return "".join(texts)


@pass_context
def _added(context: Context, values: list[Any]) -> Any:
    """``a + b``: numbers added, texts put together."""
    WordEnvironment._settle(*values)
    left, right = values
    if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS):
        return left + right
    if isinstance(left, str) and isinstance(right, str):
        return _joined(context, values)
    raise TypeError("+")


@pass_context
def _join(context: Context, values: Any, between: str = "", attribute: str | None = None) -> str:
    """Jinja's ``join``, paid for by the length of what it makes."""
    each = _items(context, values)
    if attribute is not None:
        each = [context.environment.getattr(one, attribute) for one in each]
    texts = [str(one) for one in each]
    context[BUDGET].spend(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


@pass_context
def _replace(context: Context, value: str, old: str, new: str) -> str:
    """Jinja's ``replace``, paid for by the length of what it makes."""
    value = str(value)
    context[BUDGET].spend(len(value) + value.count(old) * len(new))
    return value.replace(old, new)


@pass_context
def _printed(context: Context, value: Any) -> str:
    """``{{ value }}``."""
    if type(value) is str or type(value) is text.WordXml:
        return text.word_xml(value)
    return formatting.printed(value, context[SHEET])


@pass_context
def _drawing(context: Context, _: str) -> int:
    """The id of a drawing that a loop prints many times."""
    number: int = context[SHEET].drawing()
    return number


@pass_context
def _runs(context: Context, value: Any, frame: int) -> text.WordXml:
    """``{{r value }}``."""
    sheet = context[SHEET]
    return formatting.runs_xml(value, sheet.frames[frame], sheet)


@pass_context
def _paragraphs(context: Context, value: Any, frame: int) -> text.WordXml:
    """``{{p value }}``."""
    sheet = context[SHEET]
    return formatting.paragraphs_xml(value, sheet.frames[frame], sheet)


def _as_is(value: Any) -> Any:
    """``escape`` and ``safe`` in templates written for docxtpl: all text is escaped here, once, and none is trusted."""
    return value


def _make() -> WordEnvironment:
    environment = WordEnvironment(
        block_start_string=tags.BLOCK_START,
        block_end_string=tags.BLOCK_END,
        variable_start_string=tags.VALUE_START,
        variable_end_string=tags.VALUE_END,
        comment_start_string=tags.NOTE_START,
        comment_end_string=tags.NOTE_END,
        keep_trailing_newline=True,
        undefined=_Missing,
        finalize=_printed,
        autoescape=False,
        cache_size=0,
        optimized=False,
    )
    filters: dict[str, Callable[..., Any]] = {name: environment.filters[name] for name in _FILTERS.split()}
    filters |= {"e": _as_is, "escape": _as_is, "safe": _as_is, "join": _join, "replace": _replace}
    filters |= {
        "paragraphs": text.paragraphs,
        "_plain": text.plain_xml,
        "_runs": _runs,
        "_paragraphs": _paragraphs,
        "_drawing": _drawing,
    }
    filters |= {"_items": _items, "_keep": _keep, "_joined": _joined, "_added": _added}
    environment.filters = filters
    environment.globals = {"range": _range}
    return environment


ENVIRONMENT = _make()


def forbidden(tree: nodes.Node) -> Iterator[tuple[str, int]]:
    """What in a template's syntax tree may not be there: (the word or sign, line)."""
    for node in _walk(tree):
        word = _objection(node)
        if word:
            yield word, node.lineno


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _objection(node: nodes.Node) -> str:
    if not isinstance(node, _ALLOWED):
        return type(node).__name__.lower()
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return node.attr
    if isinstance(node, nodes.Name) and (node.name.startswith("_") or node.name in _JINJAS_OWN):
        return node.name
    if isinstance(node, nodes.Filter):
        return "" if node.name in ENVIRONMENT.filters else f"|{node.name}"
    if isinstance(node, nodes.Test):
        return "" if node.name in ENVIRONMENT.tests else f"is {node.name}"
    if isinstance(node, nodes.For):
        return "recursive" if node.recursive else ""
    return _call_objection(node) if isinstance(node, nodes.Call) else ""


def _call_objection(call: nodes.Call) -> str:
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        return "*"
    if isinstance(call.node, nodes.Getattr):
        own = isinstance(call.node.node, nodes.Name) and call.node.node.name == "loop"
        return (
            "" if call.node.attr in _METHODS.split() or (own and call.node.attr == "cycle") else f"{call.node.attr}()"
        )
    name = call.node.name if isinstance(call.node, nodes.Name) else "()"
    return "" if name == "range" else f"{name}()"


def bounded(tree: nodes.Template) -> nodes.Template:
    """The tree with loops, assignments and sums sent through the budget. Changes the tree it is given."""
    _bind(tree)
    return tree


def _bind(node: nodes.Node) -> None:
    for child in node.iter_child_nodes():
        _bind(child)
    if isinstance(node, nodes.For):
        node.iter = _through("_items", node.iter)
    elif isinstance(node, nodes.Assign):
        node.node = _through("_keep", node.node)
    for field, value in node.iter_fields():
        if isinstance(value, list):
            setattr(node, field, [_sum(each) for each in value])
        else:
            setattr(node, field, _sum(value))


def _sum(value: Any) -> Any:
    if isinstance(value, nodes.Concat):
        return _through("_joined", nodes.List(list(value.nodes), lineno=value.lineno))
    if isinstance(value, nodes.Add):
        return _through("_added", nodes.List([value.left, value.right], lineno=value.lineno))
    return value


def _through(name: str, node: Any) -> nodes.Expr:
    through = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
    through.set_environment(ENVIRONMENT)
    return through
