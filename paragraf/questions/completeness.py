"""What stands between an application and its submission: what is missing, what is wrong, what does not agree.

Nothing here stops a save. A problem names its section, question and field, so that the list of sections can count
and the page can show it at the right place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from paragraf.questions.answers import faults
from paragraf.questions.checks import Checking, principals_of, too_few_principals
from paragraf.questions.computing import BudgetSums, Computed, compute, planned_years
from paragraf.questions.conditions import Answers, asked, is_shown
from paragraf.questions.context import Context
from paragraf.questions.definition import FILLED_IN, Form, Kind, Question, Section
from paragraf.questions.doubts import doubts, names_used_twice
from paragraf.questions.fields import field_name
from paragraf.questions.kinds import Shape, is_optional, parts_of, shape_of, spec
from paragraf.questions.problems import Problem

__all__ = ["Problem", "SectionState", "missing", "section_states"]


@dataclass(frozen=True, slots=True)
class SectionState:
    """Where one section stands, for the list of sections: how many questions lack an answer or need mending.

    ``is_shown`` is False for a section whose own condition does not hold: it is left out of the list.
    """

    section_id: str
    problems: tuple[Problem, ...]
    unanswered: int
    to_mend: int
    begun: bool
    is_shown: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether nothing blocks submission; warnings do not."""
        return not self.unanswered and not self.to_mend


def section_states(
    form: Form, answers: Answers, context: Context, computed: Computed | None = None
) -> tuple[SectionState, ...]:
    """Return the state of each section in order. A question counts once: as unanswered when it is also wrong.

    ``computed`` are the sums, where they have been computed already.
    """
    by_section: dict[str, list[Problem]] = {section.id: [] for section in form.sections}
    for problem in missing(form, answers, context, computed):
        by_section[problem.section_id].append(problem)
    return tuple(_state(form, section, by_section[section.id], answers) for section in form.sections)


def section_state(form: Form, section: Section, answers: Answers, context: Context, computed: Computed) -> SectionState:
    """Return the state of one section alone: what a page that saves itself needs, without looking through the rest."""
    problems = [*_in_section(form, section, answers, context, computed)]
    problems += (one for one in _across(form, answers, context, computed) if one.section_id == section.id)
    return _state(form, section, problems, answers)


def _state(form: Form, section: Section, problems: list[Problem], answers: Answers) -> SectionState:
    unanswered = {problem.question_id for problem in problems if problem.is_missing}
    to_mend = {problem.question_id for problem in problems if not problem.is_warning} - unanswered
    begun = any(answers.get(question.id) is not None for question in section.questions)
    shown = is_shown(form, section, answers)
    return SectionState(section.id, tuple(problems), len(unanswered), len(to_mend), begun, shown)


def missing(form: Form, answers: Answers, context: Context, computed: Computed | None = None) -> tuple[Problem, ...]:
    """Return all that must be mended before submission, and the warnings, in the order of the form.

    Checks across questions come last. The form must be unfolded.
    """
    computed = compute(form, answers, context) if computed is None else computed
    found = [one for section in form.sections for one in _in_section(form, section, answers, context, computed)]
    return (*found, *_across(form, answers, context, computed))


def _in_section(
    form: Form, section: Section, answers: Answers, context: Context, computed: Computed
) -> Iterator[Problem]:
    for question in asked(form, answers, section):
        for told in _in_question(question, answers, context, computed):
            yield Problem(
                section.id, question.id, told.field, told.message, told.values, told.is_missing, told.is_warning
            )


def _across(form: Form, answers: Answers, context: Context, computed: Computed) -> Iterator[Problem]:
    checking = Checking(form, answers, context, computed)
    for check in form.checks:
        yield from checking.problems(check)
    yield from names_used_twice(form, answers)


@dataclass(frozen=True, slots=True)
class _Told:
    field: str
    message: str
    values: Mapping[str, Any] = made(default_factory=dict)
    is_missing: bool = False
    is_warning: bool = False


def _in_question(question: Question, answers: Answers, context: Context, computed: Computed) -> Iterator[_Told]:
    value = answers.get(question.id)
    if value is None and not question.required:
        return
    shape = shape_of(question)
    if shape is Shape.COMPUTED:
        return
    if shape is Shape.PARTS:
        yield from _blank_parts(question, (question.id,), value or {})
    elif value is None:
        yield _unanswered(question, context, computed)
    elif shape is Shape.LIST:
        for place, entry in enumerate(value):
            yield from _blank_parts(question, (question.id, place), entry)
    elif shape is Shape.ROWS:
        for row in question.options.fixed_rows:
            yield from _blank_parts(question, (question.id, row.id), value.get(row.id, {}))
    elif shape is Shape.CELLS:
        yield from _in_budget(question, answers, context, computed[question.id])
    if value is not None:
        yield from (_Told(fault.field, fault.message, fault.values) for fault in faults(question, value, context))
        yield from (
            _Told(doubt.field, doubt.message, doubt.values, is_warning=doubt.is_warning)
            for doubt in doubts(question, value, context)
        )
        yield from _too_few(question, value, context)


def _unanswered(question: Question, context: Context, computed: Computed) -> _Told:
    if question.kind is Kind.COOPERATING_PARTIES and question.options.at_least > 1:
        return _of_principals(question, [], context)
    field = _first_field(question, computed.get(question.id))
    if shape_of(question) is Shape.ROWS:
        return _Told(field, "Fyll i tabellen. Är något noll, skriv 0.", is_missing=True)
    return _Told(field, spec(question).unanswered, is_missing=True)


def _first_field(question: Question, sums: BudgetSums | None) -> str:
    """Return the field that a person begins with, which is where the message belongs."""
    if shape_of(question) is Shape.LIST:
        return field_name(question.id, 0, parts_of(question)[0].name)
    if shape_of(question) is Shape.ROWS:
        return field_name(question.id, question.options.fixed_rows[0].id, parts_of(question)[0].name)
    if sums and sums.years:
        row = next(row.id for row in question.options.rows if row.kind in FILLED_IN)
        return field_name(question.id, row, sums.years[0])
    return question.id


def _blank_parts(question: Question, path: tuple[str | int, ...], entry: Mapping[str, Any]) -> Iterator[_Told]:
    for part in parts_of(question):
        if entry.get(part.name) is None and not is_optional(question, part):
            yield _Told(field_name(*path, part.name), "%(part)s saknas.", {"part": part.label}, is_missing=True)


def _too_few(question: Question, value: Any, context: Context) -> Iterator[_Told]:
    least = question.options.at_least
    if question.kind is Kind.COOPERATING_PARTIES:
        if len(principals_of(value, context)) < least:
            yield _of_principals(question, value, context)
    elif len(value) < least if least else False:
        yield _Told(question.id, "Minst %(least)s behövs här. Lägg till fler.", {"least": least}, is_missing=True)


def _of_principals(question: Question, chosen: list[Any], context: Context) -> _Told:
    problem = too_few_principals("", question.id, chosen, question.options.at_least, context)
    return _Told(problem.field, problem.message, problem.values, is_missing=not chosen)


# --- the budget ------------------------------------------------------------------------------------------------------


def _in_budget(question: Question, answers: Answers, context: Context, sums: BudgetSums) -> Iterator[_Told]:
    cells = answers[question.id]
    if sums.costs.total.ore is None and not sums.costs.total.incomplete:
        yield _Told(_first_field(question, sums), spec(question).unanswered, is_missing=True)
    planned = planned_years(question, answers, context) or sums.years
    for row_id, row in cells.items():
        for year in planned:
            if str(year) not in row:
                yield _Told(
                    field_name(question.id, row_id, year),
                    "Skriv ett belopp för %(year)s, eller 0 om det inte är något det året.",
                    {"year": year},
                    is_missing=True,
                )
        for year in sums.stray:
            if str(year) in row:
                yield _Told(
                    field_name(question.id, row_id, year),
                    "%(year)s ligger utanför perioden. Flytta beloppet till ett annat år eller ändra perioden.",
                    {"year": year},
                )
