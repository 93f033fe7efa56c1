"""Word templates with docxtpl's tags: compiled once, filled many times, the same bytes for the same data.

Works in body, headers, footers, notes, text boxes and the document's properties (so a document gets its own title).
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context

from paragraf.core.errors import N_
from paragraf.word.faults import NotAWordFile, TemplateFault, nearest
from paragraf.word.filling.environment import (
    BUDGET,
    ENVIRONMENT,
    MAX_RESULT,
    SHEET,
    FieldMissingError,
    OverBudgetError,
    bounded,
    forbidden,
)
from paragraf.word.filling.fill import Filling, Sheet
from paragraf.word.filling.source import Source, block_faults, closed_source, jinja_source
from paragraf.word.filling.surroundings import Surroundings, survey
from paragraf.word.filling.tables import whole_cells, whole_tables
from paragraf.word.filling.tags import CELL_END, GRID_START, mark
from paragraf.word.filling.usage import Use, unknown_step, uses
from paragraf.word.package.archive import LISTING
from paragraf.word.package.content_types import MAIN, TITLES, ContentTypes
from paragraf.word.package.inspection import refuse_in_template
from paragraf.word.package.opening import Part, deflated, open_package, pack

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MAX_TAGS = 5000
MAX_CACHED = 64
# Nobody reads more, and each wrong name is compared with every right one.
MAX_FAULTS = 100


@dataclass(frozen=True, slots=True)
class _FilledPart:
    """A part with tags: its Jinja template, its source to find faults in, the fields it uses, and whether it has
    cells and tables to mend."""

    name: str
    template: jinja2.Template
    source: Source
    uses: tuple[Use, ...]
    cells: bool
    tables: bool

    def fill(self, values: Mapping[str, object], filling: Filling) -> Part:
        sheet = Sheet(filling, self.name, self.source.frames)
        context = self.template.new_context({**values, BUDGET: filling.budget, SHEET: sheet})
        try:
            return deflated(self.name, *[chunk.encode() for chunk in self._chunks(context)])
        except Exception as error:
            raise self._fault(error, values) from error

    def _chunks(self, context: Context) -> Iterator[str]:
        chunks = _within_limits(self.template.root_render_func(context))
        if self.tables:
            chunks = iter((whole_tables("".join(chunks)),))
        return whole_cells(chunks) if self.cells else chunks

    def _fault(self, error: Exception, values: Mapping[str, object]) -> TemplateFault:
        tag = self.source.tag_at(self.template.get_corresponding_lineno(_line(error.__traceback__, self.template)))
        if isinstance(error, FieldMissingError):
            known = values if error.owner is None else _names(error.owner)
            return _unknown_field(error.name, nearest(error.name, known), tag)
        if isinstance(error, OverBudgetError):
            return _at(tag, "Taggen %(tag)s ger ett för långt dokument (%(part)s: ”%(near)s”).")
        if isinstance(error, SecurityError):
            return _forbidden(tag.body if tag else "", tag)
        return _at(tag, "Taggen %(tag)s går inte att räkna ut med de här uppgifterna (%(part)s: ”%(near)s”).")


@dataclass(frozen=True, slots=True)
class _UnclosedPart:
    """A part that cannot be filled, since a block in it is never closed, and the fields it uses all the same."""

    source: Source
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class _Findings:
    """What compiling a template's parts brings to light beside them."""

    faults: list[TemplateFault] = field(default_factory=list)
    unclosed: list[_UnclosedPart] = field(default_factory=list)


class Template:
    """A compiled template. Knows nothing of the data it will be filled with; may be used by many threads."""

    def __init__(
        self, parts: tuple[Part | _FilledPart, ...], around: Surroundings, unclosed: Sequence[_UnclosedPart] = ()
    ) -> None:
        self._parts = parts
        self._unclosed = unclosed
        self._around = around

    def fill(self, data: Mapping[str, object] | DataclassInstance) -> bytes:
        """The document as .docx bytes; equal data give equal bytes.

        ``data``: a mapping, or a dataclass whose fields are the template's. TemplateFault names the tag which could not
        be filled, and the nearest known name for a field that is missing.
        """
        values = _values(data)
        filling = Filling(self._around)
        parts = [part if isinstance(part, Part) else part.fill(values, filling) for part in self._parts]
        return pack(filling.finished(parts))

    def fields(self) -> frozenset[str]:
        """The paths of all fields that the template uses: ``body``, ``items``, ``items[].number``; see usage.py."""
        return frozenset(use.path for part in self._filled() for use in part.uses)

    def unknown_fields(self, known: Collection[str]) -> list[TemplateFault]:
        """A fault for each field the template uses that is not among the ``known`` paths, once for each tag."""
        faults: dict[tuple[str, str], TemplateFault] = {}
        read: list[_FilledPart | _UnclosedPart] = [*self._filled(), *self._unclosed]
        for part in read:
            for use in part.uses:
                step = unknown_step(use.path, known)
                tag = part.source.tag_at(use.line)
                if len(faults) == MAX_FAULTS:
                    break
                if step and tag:
                    faults.setdefault((step[0], tag.raw), _unknown_field(*step, tag))
        return list(faults.values())

    def _filled(self) -> Iterator[_FilledPart]:
        return (part for part in self._parts if isinstance(part, _FilledPart))


class _Cache:
    """The templates used last, by the SHA-256 of their bytes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, Template] = OrderedDict()

    def get(self, digest: bytes) -> Template | None:
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
            return self._kept.get(digest)

    def keep(self, digest: bytes, template: Template) -> None:
        with self._lock:
            self._kept[digest] = template
            while len(self._kept) > MAX_CACHED:
                self._kept.popitem(last=False)


_cache = _Cache()


def compile_template(content: bytes) -> Template:
    """The template in a .docx file, compiled once for each content. TemplateFault for the first thing wrong with it."""
    digest = hashlib.sha256(content).digest()
    template = _cache.get(digest)
    if template is None:
        template, faults = _compiled(content)
        if faults:
            raise faults[0]
        _cache.keep(digest, template)
    return template


def check_template(content: bytes, known_fields: Collection[str]) -> list[TemplateFault]:
    """All that is wrong with a file as a template for a kind of document; empty when it may be used.

    ``known_fields``: paths as ``paragraf.word.fields.field_paths`` gives them.
    """
    try:
        template, faults = _compiled(content)
    except TemplateFault as fault:
        return [fault]
    return faults + template.unknown_fields(known_fields)


def _compiled(content: bytes) -> tuple[Template, list[TemplateFault]]:
    parts = open_package(content)
    refuse_in_template(parts)
    types = ContentTypes(next(part for part in parts if part.name == LISTING))
    titles, main = _templated(parts, types)
    around = survey(parts, types, main, titles)
    found = _Findings()
    compiled = tuple(
        _part(part, titles[part.name], around.link_style, found) if part.name in titles else part for part in parts
    )
    return Template(compiled, around, found.unclosed), found.faults


def _templated(parts: tuple[Part, ...], types: ContentTypes) -> tuple[dict[str, str], str]:
    """The parts that may hold tags, with their names in Swedish, and which of them is the main one."""
    kinds = {part.name: types.of(part.name) for part in parts}
    main = next((name for name, kind in kinds.items() if kind == MAIN), None)
    if main is None:
        raise NotAWordFile("Filen är inget vanligt Word-dokument. Öppna den i Word och spara den som ”Word-dokument”.")
    return {name: TITLES[kind] for name, kind in kinds.items() if kind in TITLES}, main


def _part(part: Part, title: str, link_style: str, findings: _Findings) -> Part | _FilledPart:
    marked = mark(part.content(), part.name, title, link_style)
    if marked is None:
        return part
    found = [*marked.faults, *block_faults(marked.tags)]
    if len(marked.tags) > MAX_TAGS:
        found.append(NotAWordFile("Mallen har fler än %(limit)s taggar.", limit=MAX_TAGS))
    elif found and (source := closed_source(marked)):
        # Whoever mends the blocks should not meet the misspelled fields only at the next try.
        findings.unclosed.extend(_unclosed(source))
    if found:
        findings.faults.extend(found)
        return part
    return _readable(part, jinja_source(marked), findings)


def _unclosed(source: Source) -> Iterator[_UnclosedPart]:
    with suppress(TemplateSyntaxError, SyntaxError, RecursionError, ValueError):
        yield _UnclosedPart(source, tuple(uses(ENVIRONMENT.parse(source.text))))


def _readable(part: Part, source: Source, findings: _Findings) -> Part | _FilledPart:
    try:
        return _jinja(part, source, findings)
    except TemplateSyntaxError as error:
        tag = source.tag_at(error.lineno)
    except (SyntaxError, RecursionError, ValueError):
        tag = None
    findings.faults.append(
        _at(tag, "Taggen %(tag)s går inte att läsa: se över stavning, citattecken, parenteser (%(part)s: ”%(near)s”).")
    )
    return part


def _jinja(part: Part, source: Source, findings: _Findings) -> Part | _FilledPart:
    tree = ENVIRONMENT.parse(source.text)
    found = [_forbidden(word, source.tag_at(line)) for word, line in forbidden(tree)]
    if found:
        # Not compiled: Jinja works out what is constant while it compiles, 2 ** 10 ** 9 too.
        findings.faults.extend(found)
        return part
    used = tuple(uses(tree))
    code = ENVIRONMENT.compile(bounded(tree), part.name)
    template = ENVIRONMENT.template_class.from_code(ENVIRONMENT, code, ENVIRONMENT.make_globals(None))
    return _FilledPart(part.name, template, source, used, source.has(CELL_END), source.has(GRID_START))


def _within_limits(pieces: Iterator[str]) -> Iterator[str]:
    left = MAX_RESULT
    while batch := list(islice(pieces, 1024)):
        left -= sum(map(len, batch))
        if left < 0:
            raise OverBudgetError
        yield "".join(batch)


def _line(trace: TracebackType | None, template: jinja2.Template) -> int:
    """The line of compiled code, in this template, where an error arose."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_globals.get("__jinja_template__") is template:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _values(data: Mapping[str, object] | DataclassInstance) -> Mapping[str, object]:
    if isinstance(data, Mapping):
        return data
    return {field.name: getattr(data, field.name) for field in fields(data)}


def _names(owner: object) -> list[str]:
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    return [field.name for field in fields(owner)] if is_dataclass(owner) else []


def _unknown_field(name: str, near: str | None, tag: Any) -> TemplateFault:
    if near:
        message = N_("Fältet ”%(name)s” i %(tag)s finns inte. Menade du ”%(nearest)s”? (%(part)s: ”%(near)s”).")
        return _at(tag, message, name=name, nearest=near)
    return _at(tag, "Fältet ”%(name)s” i %(tag)s finns inte (%(part)s: ”%(near)s”).", name=name)


def _forbidden(word: str, tag: Any) -> TemplateFault:
    return _at(tag, "”%(word)s” i %(tag)s får inte användas i en mall (%(part)s: ”%(near)s”).", word=word)


def _at(tag: Any, message: str, **values: str) -> TemplateFault:
    where = {} if tag else {"tag": "mallen", "part": "", "near": ""}
    return TemplateFault(message, at=tag, **where, **values)
