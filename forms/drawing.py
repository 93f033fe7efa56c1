"""What a section is drawn from, and one field of it: the same for a question's part and for a table's cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.views import FieldView, OptionView
from paragraf.core.money import print_amount
from paragraf.questions.completeness import Problem
from paragraf.questions.computing import Computed
from paragraf.questions.context import Context
from paragraf.questions.definition import Choice, Form, Part, Text
from paragraf.questions.fields import is_unread
from paragraf.questions.scalars import SCALARS

INPUTMODES = {
    "money": "decimal",
    "number": "decimal",
    "percent": "decimal",
    "organisation_number": "numeric",
    "postcode": "numeric",
    "plusgiro": "numeric",
    "bankgiro": "numeric",
}
YES_OR_NO = (Choice("yes", Text("Ja", "Yes")), Choice("no", Text("Nej", "No")))
_CHOOSE = Text("Välj", "Choose")


@dataclass(frozen=True)
class Drawing:
    """What a section is drawn from. ``problems`` are those to show; ``more`` asks for one empty entry in that list.

    The form is unfolded.
    """

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

    def amount(self, ore: int | None) -> str:
        return "–" if ore is None else print_amount(ore, self.language)


def input_type(scalar: str, value: Any) -> str:
    """A date that could not be read stands in a text field: a date field would show nothing of it."""
    wanted = SCALARS[scalar].input_type
    return "text" if wanted in ("date", "select") and is_unread(value) else wanted


def part_field(
    drawing: Drawing, part: Part, name: str, value: Any, texts: Sequence[str], *, optional: bool, label: str = ""
) -> FieldView:
    """A part of an answer, or a table's cell, as a field; ``label`` is its name where the part's does not do."""
    kind = input_type(part.scalar, value)
    typed = texts[0] if texts else ""
    return FieldView(
        name=name,
        label=label or drawing.said(part.label),
        value=typed,
        type=kind,
        autocomplete=part.autocomplete,
        inputmode=INPUTMODES.get(part.scalar, ""),
        optional=optional,
        errors=drawing.wrong(name),
        unit=drawing.said(part.unit),
        options=_to_choose(drawing, YES_OR_NO if part.scalar == "yes_no" else part.choices, typed)
        if kind == "select"
        else (),
    )


def _to_choose(drawing: Drawing, choices: Iterable[Choice], typed: str) -> tuple[OptionView, ...]:
    nothing = OptionView("", drawing.said(_CHOOSE), not typed)
    return (nothing, *(OptionView(one.id, drawing.said(one.label), one.id == typed) for one in choices))
