"""From what the browser sent to what is stored: JSON, one form for each sort of value, nothing typed lost.

Stored forms: text as text; amounts as whole öre; dates as ``2027-01-31``; phones as E.164; organisation, plusgiro and
bankgiro numbers as digits; yes and no as true and false; a choice as its id; several as a list of ids; organisations,
persons and periods as their parts; signatories and the rows of a table as a list of such; a table with given rows as
``{row: {column: value}}`` and a budget as ``{row: {year: öre}}``; a number as ``12.5``; a percentage in hundredths of a
per cent. Missing is None, and a blank part, entry or cell is not there at all: an empty amount is not zero.

What cannot be read is stored in its place as ``{"unread": "12.000"}``. Why it cannot be read is not stored: ``faults``
tells it, by the rules that hold when it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from paragraf.core.errors import RuleBroken
from paragraf.questions.bounds import AnswerFault, broken_bounds
from paragraf.questions.context import Context
from paragraf.questions.definition import FILLED_IN, Kind, Part, Question
from paragraf.questions.fields import Leaf, is_unread, leaves, unread
from paragraf.questions.kinds import CELL, Shape, parts_of, shape_of, spec
from paragraf.questions.scalars import SCALARS, clean

_YES_NO = {"yes": True, "ja": True, "true": True, "on": True, "no": False, "nej": False, "false": False}


@dataclass(frozen=True, slots=True)
class Answer:
    """A read answer: the value to store, whether or not it has faults."""

    value: Any
    faults: tuple[AnswerFault, ...] = ()


def read_answer(question: Question, raw: Any, context: Context) -> Answer:
    """Return the answer to store and its faults.

    ``raw`` is what ``fields.collect`` gives: a text, a list of texts, or texts by part, by place and part, or by row
    and year. Saving is never refused: a faulty answer has a value too.
    """
    value = read_value(question, raw, context)
    return Answer(value, faults(question, value, context))


def read_value(question: Question, raw: Any, context: Context) -> Any:
    """Return the answer to store alone, for a save that leaves its faults to whoever shows them."""
    return _READERS[shape_of(question)](question, raw, context)


def _read_value(question: Question, raw: Any, context: Context) -> Any:
    value = _read_leaf(question, None, raw, context)
    # A declaration that is not made is not answered; there is nothing to store.
    return None if question.kind is Kind.DECLARATION and value is False else value


def _read_several(question: Question, raw: Any, context: Context) -> Any:
    texts = raw if isinstance(raw, list | tuple) else [raw]
    known = list(_known_ids(question, context))
    read = [value for text in dict.fromkeys(map(_text, texts)) if (value := _read_leaf(question, None, text, context))]
    # The order of the form, not of the clicks: the same answer is always stored the same.
    read.sort(key=lambda value: known.index(value) if value in known else len(known))
    return read or None


def _read_parts(question: Question, raw: Any, context: Context) -> Any:
    texts = raw if isinstance(raw, Mapping) else {}
    read = {part.name: _read_leaf(question, part, texts.get(part.name), context) for part in parts_of(question)}
    return {name: value for name, value in read.items() if value is not None} or None


def _read_list(question: Question, raw: Any, context: Context) -> Any:
    entries = raw if isinstance(raw, list | tuple) else []
    return [read for entry in entries if (read := _read_parts(question, entry, context))] or None


def _read_rows(question: Question, raw: Any, context: Context) -> Any:
    rows = raw if isinstance(raw, Mapping) else {}
    read = {row.id: _read_parts(question, rows.get(row.id), context) for row in question.options.fixed_rows}
    return {row_id: cells for row_id, cells in read.items() if cells} or None


def _read_cells(question: Question, raw: Any, context: Context) -> Any:
    rows = raw if isinstance(raw, Mapping) else {}
    read = {}
    for row in question.options.rows:
        texts = rows.get(row.id) if row.kind in FILLED_IN else None
        if isinstance(texts, Mapping):
            read[row.id] = {
                str(year): cell
                for year in sorted(texts, key=str)
                if (cell := _read_leaf(question, CELL, texts[year], context)) is not None
            }
    return {row_id: cells for row_id, cells in read.items() if cells} or None


def _read_nothing(_question: Question, _raw: Any, _context: Context) -> None:
    """Nothing is filled in where the server computes; what is sent all the same counts for nothing."""


_READERS: dict[Shape, Callable[[Question, Any, Context], Any]] = {
    Shape.VALUE: _read_value,
    Shape.SEVERAL: _read_several,
    Shape.PARTS: _read_parts,
    Shape.LIST: _read_list,
    Shape.ROWS: _read_rows,
    Shape.CELLS: _read_cells,
    Shape.COMPUTED: _read_nothing,
}


def _text(raw: Any) -> str:
    """Return a single raw value as text; JSON numbers and booleans too, since a script may send them."""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    return clean(str(raw)) if isinstance(raw, str | int) else ""


def _read_leaf(question: Question, part: Part | None, raw: Any, context: Context) -> Any:
    typed = _text(raw)
    if not typed:
        return None
    try:
        return _understood(question, part, typed, context)
    except RuleBroken:
        return unread(typed)


def _understood(question: Question, part: Part | None, typed: str, context: Context) -> Any:
    """Return the stored form of a text that is not empty; RuleBroken with what to write instead."""
    if question.kind in (Kind.YES_NO, Kind.DECLARATION) or (part and part.scalar == "yes_no"):
        if typed.lower() not in _YES_NO:
            raise RuleBroken("Svara ja eller nej.")
        return _YES_NO[typed.lower()]
    choices = part.choices if part else question.options.choices
    if choices and typed not in {choice.id for choice in choices}:
        raise RuleBroken("”%(text)s” är inte ett av alternativen. Välj ett som finns.", text=typed)
    if question.kind is Kind.COOPERATING_PARTIES and typed not in context.members:
        raise RuleBroken("”%(text)s” är inte medlem i förbundet. Välj bland medlemmarna i listan.", text=typed)
    if question.kind is Kind.ATTACHMENTS and typed not in context.documents:
        raise RuleBroken("Bilagan finns inte här. Lägg till den en gång till.")
    return SCALARS[part.scalar if part else spec(question).scalar].read(typed)


def _known_ids(question: Question, context: Context) -> tuple[str, ...]:
    if question.kind is Kind.COOPERATING_PARTIES:
        return tuple(context.members)
    if question.kind is Kind.ATTACHMENTS:
        return tuple(context.documents)
    return tuple(choice.id for choice in question.options.choices)


# --- what is wrong with a stored answer ------------------------------------------------------------------------------


def faults(question: Question, value: Any, context: Context) -> tuple[AnswerFault, ...]:
    """Return what is wrong with a stored answer: what cannot be read, and what breaks the question's own bounds."""
    found = [_why_unread(question, leaf, context) for leaf in leaves(question, value) if is_unread(leaf.value)]
    return (*found, *broken_bounds(question, value, context))


def _why_unread(question: Question, leaf: Leaf, context: Context) -> AnswerFault:
    try:
        _understood(question, leaf.part, leaf.value["unread"], context)
    except RuleBroken as broken:
        return AnswerFault(leaf.field, broken.message, broken.values)
    # Refused when it was saved and fine by the rules of today: saving again is all it takes.
    return AnswerFault(leaf.field, "Svaret behöver sparas en gång till.")
