"""Questions as fields to draw: names, labels, what stands in them, what is wrong. The templates only place them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from paragraf.core.money import print_amount
from paragraf.questions.completeness import Problem
from paragraf.questions.computing import BudgetSums, Computed, RowSums
from paragraf.questions.conditions import is_asked
from paragraf.questions.context import Context
from paragraf.questions.definition import FILLED_IN, BudgetRow, Form, Kind, Part, Question, Section, Text
from paragraf.questions.fields import field_name, field_texts, is_unread
from paragraf.questions.kinds import Shape, is_optional, parts_of, spec
from paragraf.questions.scalars import SCALARS

_INPUTMODES = {
    "money": "decimal",
    "organisation_number": "numeric",
    "postcode": "numeric",
    "plusgiro": "numeric",
    "bankgiro": "numeric",
}


@dataclass(frozen=True, slots=True)
class FieldView:
    """One input: ``name`` is also its id. ``type`` is an input's type, or ``textarea``."""

    name: str
    label: str
    value: str = ""
    type: str = "text"
    autocomplete: str = "off"
    inputmode: str = ""
    optional: bool = False
    errors: tuple[str, ...] = ()
    max_words: int | None = None


@dataclass(frozen=True, slots=True)
class OptionView:
    """One alternative of a choice."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a budget: ``cells`` to fill in, or ``sums`` by year where the row is computed; texts are printed."""

    id: str
    kind: str
    label: str
    help: str
    cells: tuple[FieldView, ...]
    sums: tuple[tuple[int, str], ...]
    total: str


@dataclass(frozen=True, slots=True)
class BudgetView:
    """A budget with its columns; ``stray`` years lie outside the period."""

    years: tuple[int, ...]
    stray: tuple[int, ...]
    rows: tuple[RowView, ...]
    is_incomplete: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question. ``look`` says which macro draws it; ``errors`` are about the question as a whole."""

    id: str
    look: str
    label: str
    help: str
    required: bool
    is_asked: bool
    errors: tuple[str, ...]
    fields: tuple[FieldView, ...] = ()
    options: tuple[OptionView, ...] = ()
    entries: tuple[tuple[FieldView, ...], ...] = ()
    may_add: bool = False
    budget: BudgetView | None = None
    max_words: int | None = None

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors) or any(one.errors for one in self.fields)


@dataclass(frozen=True)
class Drawing:
    """What a section is drawn from. ``problems`` are those to show; ``more`` asks for one empty entry in that list."""

    form: Form
    answers: Mapping[str, Any]
    computed: Computed
    context: Context
    problems: Sequence[Problem]
    language: str = "sv"
    translate: Callable[[str], str] = str
    more: str = ""
    errors: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for problem in self.problems:
            self.errors.setdefault(problem.field, []).append(problem.told(self.language, self.translate))

    def said(self, text: Text | None) -> str:
        return text.in_language(self.language) if text else ""

    def wrong(self, name: str) -> tuple[str, ...]:
        return tuple(self.errors.get(name, ()))


def questions_of(drawing: Drawing, section: Section) -> tuple[QuestionView, ...]:
    """The section's questions in order; those that are not asked as things stand are marked, for the page to hide."""
    return tuple(_question(drawing, question) for question in section.questions)


def _question(drawing: Drawing, question: Question) -> QuestionView:
    value = drawing.answers.get(question.id)
    look, drawn = _SHAPES[spec(question).shape](drawing, question, value)
    return QuestionView(
        id=question.id,
        look=look,
        label=drawing.said(question.label),
        help=drawing.said(question.help),
        required=question.required,
        is_asked=is_asked(drawing.form, question, drawing.answers),
        errors=drawing.wrong(question.id),
        max_words=question.options.max_words,
        **drawn,
    )


def _value(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    texts = field_texts(question, value).get(question.id, [""])
    if question.kind is Kind.CHOICE:
        return "choice", {"options": _choices(drawing, question, texts)}
    if question.kind is Kind.YES_NO:
        words = (("yes", Text("Ja", "Yes")), ("no", Text("Nej", "No")))
        return "choice", {"options": tuple(OptionView(name, drawing.said(word), name in texts) for name, word in words)}
    if question.kind is Kind.DECLARATION:
        return "declaration", {"options": (OptionView("yes", drawing.said(question.label), value is True),)}
    known = spec(question)
    one = FieldView(
        name=question.id,
        label=drawing.said(question.label),
        value=texts[0],
        type=_input_type(known.scalar, value),
        autocomplete=known.autocomplete,
        inputmode=_INPUTMODES.get(known.scalar, ""),
        optional=not question.required,
        errors=drawing.wrong(question.id),
        max_words=question.options.max_words,
    )
    return "value", {"fields": (one,)}


def _input_type(scalar: str, value: Any) -> str:
    """A date that could not be read stands in a text field: a date field would show nothing of it."""
    wanted = SCALARS[scalar].input_type
    return "text" if wanted == "date" and is_unread(value) else wanted


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
        _part_field(drawing, question, part, field_name(*path, part.name), entry, texts) for part in parts_of(question)
    )


def _part_field(
    drawing: Drawing, question: Question, part: Part, name: str, entry: Any, texts: Mapping[str, list[str]]
) -> FieldView:
    return FieldView(
        name=name,
        label=drawing.said(part.label),
        value=texts.get(name, [""])[0],
        type=_input_type(part.scalar, (entry or {}).get(part.name)),
        autocomplete=part.autocomplete,
        inputmode=_INPUTMODES.get(part.scalar, ""),
        optional=is_optional(question, part),
        errors=drawing.wrong(name),
    )


def _list(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    entries, texts = list(value or []), field_texts(question, value)
    most = question.options.at_most
    if not entries or drawing.more == question.id:
        entries.append({})
    drawn = tuple(
        _part_fields(drawing, question, (question.id, place), entry, texts) for place, entry in enumerate(entries)
    )
    return "list", {"entries": drawn, "may_add": most is None or len(entries) < most}


def _cells(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    sums, texts = drawing.computed.get(question.id), field_texts(question, value)
    if sums is None:
        return "budget", {}
    rows = tuple(_row(drawing, question, row, sums, texts) for row in question.options.rows)
    incomplete = sums.costs.total.incomplete or sums.income.total.incomplete
    return "budget", {"budget": BudgetView(sums.years, sums.stray, rows, incomplete)}


def _row(
    drawing: Drawing, question: Question, row: BudgetRow, sums: BudgetSums, texts: Mapping[str, list[str]]
) -> RowView:
    computed: RowSums = sums.rows[row.id]
    names = {year: field_name(question.id, row.id, year) for year in sums.years} if row.kind in FILLED_IN else {}
    cells = tuple(
        FieldView(
            name,
            f"{drawing.said(row.label)} {year}",
            texts.get(name, [""])[0],
            inputmode="decimal",
            errors=drawing.wrong(name),
        )
        for year, name in names.items()
    )
    printed = tuple((year, _amount(one.ore, drawing.language)) for year, one in computed.by_year.items())
    return RowView(
        id=row.id,
        kind=row.kind.value,
        label=drawing.said(row.label),
        help=drawing.said(row.help),
        cells=cells,
        sums=() if cells or row.kind in FILLED_IN else printed,
        total=_amount(computed.total.ore, drawing.language),
    )


def _amount(ore: int | None, language: str) -> str:
    return "–" if ore is None else print_amount(ore, language)


_SHAPES: dict[Shape, Callable[[Drawing, Question, Any], tuple[str, dict[str, Any]]]] = {
    Shape.VALUE: _value,
    Shape.SEVERAL: _several,
    Shape.PARTS: _parts,
    Shape.LIST: _list,
    Shape.CELLS: _cells,
}
