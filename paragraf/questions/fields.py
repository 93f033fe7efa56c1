"""Between a question and the fields of the browser: their names, what stands in them, and what came back.

A field is named by the question and the place in its answer, with points between: ``name``, ``applicant.number``,
``signatories.0.name``, ``participants.started.women``, ``budget.personal.2027``. Ids have no points, so the names are
never ambiguous.

A page that shows check boxes, or a list that may become empty, must send an empty hidden field with the question's own
name beside them: then "none" is an answer, while a question that is not on the page keeps the one it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from paragraf.questions.definition import Part, Question, Section
from paragraf.questions.kinds import CELL, Shape, parts_of, shape_of, spec
from paragraf.questions.scalars import SCALARS

Posted = Mapping[str, Sequence[str]]
_YEAR = re.compile(r"[12][0-9]{3}")
_ANY = re.compile(r".+")
_PLACE = re.compile(r"[0-9]{1,3}")
_YES_NO = {True: "yes", False: "no"}


def unread(typed: str) -> dict[str, str]:
    """Return what is stored in the place of a value that could not be read, so that nothing typed is lost."""
    return {"unread": typed}


def is_unread(value: Any) -> TypeGuard[dict[str, str]]:
    """Return whether a stored value is typed text that could not be read."""
    return isinstance(value, dict) and value.keys() == {"unread"}


def field_name(*path: str | int) -> str:
    """Return the field's name from the question's id and the places within its answer."""
    return ".".join(map(str, path))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One single value within an answer: its field, the part it is (None for a question without parts), the value."""

    field: str
    part: Part | None
    value: Any


def leaves(question: Question, value: Any) -> Iterator[Leaf]:
    """Yield the single values of an answer in the order of its fields; nothing for an answer that is missing.

    The parts of a composite answer are yielded also when they are blank, with None.
    """
    if value is None:
        return
    shape = shape_of(question)
    if shape is Shape.VALUE:
        yield Leaf(question.id, None, value)
    elif shape is Shape.SEVERAL:
        yield from (Leaf(question.id, None, one) for one in value)
    elif shape is Shape.PARTS:
        yield from _part_leaves(question, (question.id,), value)
    elif shape is Shape.LIST:
        for place, entry in enumerate(value):
            yield from _part_leaves(question, (question.id, place), entry)
    elif shape is Shape.ROWS:
        for row in question.options.fixed_rows:
            yield from _part_leaves(question, (question.id, row.id), value.get(row.id, {}))
    elif shape is Shape.CELLS:
        for row, cells in value.items():
            yield from (Leaf(field_name(question.id, row, year), CELL, cell) for year, cell in cells.items())


def _part_leaves(question: Question, path: tuple[str | int, ...], entry: Mapping[str, Any]) -> Iterator[Leaf]:
    for part in parts_of(question):
        yield Leaf(field_name(*path, part.name), part, entry.get(part.name))


def field_texts(question: Question, value: Any) -> dict[str, list[str]]:
    """Return what stands in each field of the question when the stored answer is to be changed.

    What could not be read stands as it was typed. Collected and read again, the texts give the same answer.
    """
    texts: dict[str, list[str]] = {}
    for leaf in leaves(question, value):
        if leaf.value is not None:
            texts.setdefault(leaf.field, []).append(_typed(question, leaf))
    return texts


def _typed(question: Question, leaf: Leaf) -> str:
    if is_unread(leaf.value):
        return leaf.value["unread"]
    if isinstance(leaf.value, bool):
        return _YES_NO[leaf.value]
    scalar = leaf.part.scalar if leaf.part else spec(question).scalar
    return SCALARS[scalar].typed(leaf.value)


def collect(section: Section, form_fields: Posted) -> dict[str, Any]:
    """Return the raw answers that a posted page holds, by question id, for ``answers.read_answer``.

    ``form_fields`` is what the browser sent, each name with its values in order. A question none of whose fields was
    sent is absent from the result, so that its stored answer stays; other names are left alone.
    """
    by_question: dict[str, dict[tuple[str, ...], Sequence[str]]] = {}
    for name, texts in form_fields.items():
        question_id, *path = name.split(".")
        by_question.setdefault(question_id, {})[tuple(path)] = texts
    return {
        question.id: _raw(question, by_question[question.id])
        for question in section.questions
        if question.id in by_question and shape_of(question) is not Shape.COMPUTED
    }


def _raw(question: Question, sent: Mapping[tuple[str, ...], Sequence[str]]) -> Any:
    shape = shape_of(question)
    if shape is Shape.VALUE:
        return _last(sent.get((), ()))
    if shape is Shape.SEVERAL:
        return [text for text in sent.get((), ()) if text]
    if shape is Shape.PARTS:
        return {path[0]: _last(texts) for path, texts in sent.items() if len(path) == 1}
    if shape is Shape.LIST:
        return _raw_list(sent)
    return _raw_rows(sent, _YEAR if shape is Shape.CELLS else _ANY)


def _last(texts: Sequence[str]) -> str:
    # A check box is sent after the hidden empty field with its name; the later one is what the person did.
    return texts[-1] if texts else ""


def _raw_list(sent: Mapping[tuple[str, ...], Sequence[str]]) -> list[dict[str, str]]:
    entries: dict[int, dict[str, str]] = {}
    for path, texts in sent.items():
        if len(path) == 2 and _PLACE.fullmatch(path[0]):
            entries.setdefault(int(path[0]), {})[path[1]] = _last(texts)
    return [entries[place] for place in sorted(entries)]


def _raw_rows(sent: Mapping[tuple[str, ...], Sequence[str]], column: re.Pattern[str]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for path, texts in sent.items():
        if len(path) == 2 and column.fullmatch(path[1]):
            rows.setdefault(path[0], {})[path[1]] = _last(texts)
    return rows
