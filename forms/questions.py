"""Questions as fields to draw: names, labels, what stands in them, what is wrong. The templates only place them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from forms.drawing import INPUTMODES, YES_OR_NO, Drawing, input_type, part_field
from forms.tables import budget, fixed_table, growing_table, summary
from forms.views import FieldView, OptionView, QuestionView
from paragraf.questions.conditions import asked
from paragraf.questions.definition import Kind, Question, Section
from paragraf.questions.fields import field_name, field_texts
from paragraf.questions.kinds import Shape, is_optional, parts_of, shape_of, spec

__all__ = ["Drawing", "FieldView", "QuestionView", "questions_of"]


def questions_of(drawing: Drawing, section: Section) -> tuple[QuestionView, ...]:
    """The section's questions in order; those that are not asked as things stand are marked, for the page to hide."""
    shown = {question.id for question in asked(drawing.form, drawing.answers, section)}
    return tuple(_question(drawing, question, question.id in shown) for question in section.questions)


def _question(drawing: Drawing, question: Question, is_asked: bool) -> QuestionView:
    value = drawing.answers.get(question.id)
    look, drawn = _SHAPES[shape_of(question)](drawing, question, value)
    return QuestionView(
        id=question.id,
        look=look,
        label=drawing.said(question.label),
        help=drawing.said(question.help),
        required=question.required,
        is_asked=is_asked,
        errors=drawing.wrong(question.id),
        max_words=question.options.max_words,
        **drawn,
    )


def _value(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    texts = field_texts(question, value).get(question.id, [""])
    if question.kind is Kind.CHOICE:
        return "choice", {"options": _choices(drawing, question, texts)}
    if question.kind is Kind.YES_NO:
        return "choice", {
            "options": tuple(OptionView(one.id, drawing.said(one.label), one.id in texts) for one in YES_OR_NO)
        }
    if question.kind is Kind.DECLARATION:
        return "declaration", {"options": (OptionView("yes", drawing.said(question.label), value is True),)}
    known = spec(question)
    one = FieldView(
        name=question.id,
        label=drawing.said(question.label),
        value=texts[0],
        type=input_type(known.scalar, value),
        autocomplete=known.autocomplete,
        inputmode=INPUTMODES.get(known.scalar, ""),
        optional=not question.required,
        errors=drawing.wrong(question.id),
        max_words=question.options.max_words,
        unit=drawing.said(question.options.unit) or ("%" if question.kind is Kind.PERCENT else ""),
        formatted=question.options.formatted,
    )
    return "value", {"fields": (one,)}


def _choices(drawing: Drawing, question: Question, texts: Iterable[str]) -> tuple[OptionView, ...]:
    chosen = set(texts)
    if question.kind is Kind.COOPERATING_PARTIES:
        known = [(member_id, member.name) for member_id, member in drawing.context.members.items()]
    elif question.kind is Kind.ATTACHMENTS:
        known = [(one, drawing.context.documents[one]) for one in drawing.context.documents if one in chosen]
    else:
        known = [(choice.id, drawing.said(choice.label)) for choice in question.options.choices]
    return tuple(OptionView(value, label, value in chosen) for value, label in known)


def _several(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    texts = field_texts(question, value).get(question.id, [])
    look = "attachments" if question.kind is Kind.ATTACHMENTS else "several"
    return look, {"options": _choices(drawing, question, texts)}


def _parts(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    return "parts", {"fields": _part_fields(drawing, question, (question.id,), value, field_texts(question, value))}


def _part_fields(
    drawing: Drawing, question: Question, path: tuple[str | int, ...], entry: Any, texts: Mapping[str, list[str]]
) -> tuple[FieldView, ...]:
    return tuple(
        part_field(
            drawing,
            part,
            name := field_name(*path, part.name),
            (entry or {}).get(part.name),
            texts.get(name, ()),
            optional=is_optional(question, part),
        )
        for part in parts_of(question)
    )


def _list(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    if question.options.columns:
        return growing_table(drawing, question, value)
    entries, texts = list(value or []), field_texts(question, value)
    most = question.options.at_most
    if not entries or drawing.more == question.id:
        entries.append({})
    drawn = tuple(
        _part_fields(drawing, question, (question.id, place), entry, texts) for place, entry in enumerate(entries)
    )
    return "list", {"entries": drawn, "may_add": most is None or len(entries) < most}


_SHAPES: dict[Shape, Callable[[Drawing, Question, Any], tuple[str, dict[str, Any]]]] = {
    Shape.VALUE: _value,
    Shape.SEVERAL: _several,
    Shape.PARTS: _parts,
    Shape.LIST: _list,
    Shape.ROWS: fixed_table,
    Shape.CELLS: budget,
    Shape.COMPUTED: summary,
}
