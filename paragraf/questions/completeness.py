"""What stands between an application and its submission: what is missing, what is wrong, what does not agree.

Nothing here stops a save. A problem names its section, question and field, so that the list of sections can count
and the page can show it at the right place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from paragraf.core.money import print_amount
from paragraf.questions.answers import faults
from paragraf.questions.computing import BudgetSums, Computed, compute, planned_years
from paragraf.questions.conditions import Answers, asked, is_asked
from paragraf.questions.context import Context
from paragraf.questions.definition import FILLED_IN, Check, CheckKind, Form, Kind, Question, Text
from paragraf.questions.fields import field_name, is_unread
from paragraf.questions.kinds import Shape, is_optional, parts_of, spec

_NUMBER_WORDS = {2: Text("två", "two"), 3: Text("tre", "three"), 4: Text("fyra", "four")}


def _as_written(message: str) -> str:
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to do before the form can be submitted.

    ``field`` is a field's name, or the question's id where the whole question is meant. ``is_missing`` tells what is
    not answered from what is answered wrongly. The message is Swedish source text with ``%(name)s`` places; a value may
    be a Text of the form itself.
    """

    section_id: str
    question_id: str
    field: str
    message: str
    values: Mapping[str, Any] = made(default_factory=dict)
    is_missing: bool = False

    def told(self, language: str = "sv", translate: Callable[[str], str] = _as_written) -> str:
        """Return the message in the language; ``translate`` gives the catalogue's text for the Swedish source."""
        message = translate(self.message)
        filled = {
            name: value.in_language(language) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return message % filled if filled else message

    def __str__(self) -> str:
        return self.told()


@dataclass(frozen=True, slots=True)
class SectionState:
    """Where one section stands, for the list of sections: how many questions lack an answer or need mending."""

    section_id: str
    problems: tuple[Problem, ...]
    unanswered: int
    to_mend: int
    begun: bool

    @property
    def is_complete(self) -> bool:
        return not self.problems


def section_states(form: Form, answers: Answers, context: Context) -> tuple[SectionState, ...]:
    """Return the state of each section in order. A question counts once: as unanswered when it is also wrong."""
    problems = missing(form, answers, context)
    return tuple(
        _state(section.id, [problem for problem in problems if problem.section_id == section.id], begun)
        for section in form.sections
        for begun in [any(answers.get(question.id) is not None for question in section.questions)]
    )


def _state(section_id: str, problems: list[Problem], begun: bool) -> SectionState:
    unanswered = {problem.question_id for problem in problems if problem.is_missing}
    to_mend = {problem.question_id for problem in problems} - unanswered
    return SectionState(section_id, tuple(problems), len(unanswered), len(to_mend), begun)


def missing(form: Form, answers: Answers, context: Context) -> tuple[Problem, ...]:
    """Return all that must be mended before submission, in the order of the form; checks across questions come last."""
    computed = compute(form, answers, context)
    found: list[Problem] = []
    for section in form.sections:
        for question in asked(form, answers, section):
            for told in _in_question(question, answers, context, computed):
                found.append(Problem(section.id, question.id, told.field, told.message, told.values, told.is_missing))
    for check in form.checks:
        found.extend(_CHECKS[check.kind](form, check, answers, computed))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Told:
    field: str
    message: str
    values: Mapping[str, Any] = made(default_factory=dict)
    is_missing: bool = False


def _in_question(question: Question, answers: Answers, context: Context, computed: Computed) -> Iterator[_Told]:
    value = answers.get(question.id)
    if value is None and not question.required:
        return
    shape = spec(question).shape
    if shape is Shape.PARTS:
        yield from _blank_parts(question, (question.id,), value or {})
    elif value is None:
        yield _unanswered(question, context, computed)
    elif shape is Shape.LIST:
        for place, entry in enumerate(value):
            yield from _blank_parts(question, (question.id, place), entry)
    elif shape is Shape.CELLS:
        yield from _in_budget(question, answers, context, computed[question.id])
    if value is not None:
        yield from (_Told(fault.field, fault.message, fault.values) for fault in faults(question, value, context))
        yield from _too_few(question, value, context)


def _unanswered(question: Question, context: Context, computed: Computed) -> _Told:
    if question.kind is Kind.COOPERATING_PARTIES and question.options.at_least > 1:
        return _too_few_principals(question, [], context, is_missing=True)
    return _Told(_first_field(question, computed.get(question.id)), spec(question).unanswered, is_missing=True)


def _first_field(question: Question, sums: BudgetSums | None) -> str:
    """Return the field that a person begins with, which is where the message belongs."""
    if spec(question).shape is Shape.LIST:
        return field_name(question.id, 0, parts_of(question)[0].name)
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
        principals = _principals(value, context)
        if len(principals) < least:
            yield _too_few_principals(question, value, context)
    elif len(value) < least if least else False:
        yield _Told(question.id, "Minst %(least)s behövs här. Lägg till fler.", {"least": least}, is_missing=True)


def _principals(chosen: list[Any], context: Context) -> set[str]:
    return {context.members[one].principal for one in chosen if isinstance(one, str) and one in context.members}


def _too_few_principals(question: Question, chosen: list[Any], context: Context, *, is_missing: bool = False) -> _Told:
    """The association's rule for every application: it pays for what its parties do together, not for one of them."""
    least = question.options.at_least
    values = {
        "least": _NUMBER_WORDS.get(least, least),
        "chosen": len(chosen),
        "principals": len(_principals(chosen, context)),
    }
    if len(chosen) >= least:
        return _Told(
            question.id,
            "Ansökan kan bara prövas om minst %(least)s huvudmän samverkar. De %(chosen)s medlemmar ni har valt räknas "
            "som %(principals)s. Välj en medlem av en annan huvudman.",
            values,
        )
    return _Told(
        question.id,
        "Ansökan kan bara prövas om minst %(least)s huvudmän samverkar. Ni har valt %(chosen)s. Välj fler medlemmar, "
        "även er egen organisation om den är medlem.",
        values,
        is_missing,
    )


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


# --- checks across questions -----------------------------------------------------------------------------------------


def _any_answered(form: Form, check: Check, answers: Answers, _computed: Computed) -> Iterator[Problem]:
    questions = [question for name in check.questions if is_asked(form, question := form.question(name), answers)]
    if not questions or any(answers.get(question.id) is not None for question in questions):
        return
    first = questions[0]
    labels = Text(
        *(", ".join(question.label.in_language(language) for question in questions) for language in ("sv", "en"))
    )
    yield Problem(
        form.section_of(first.id).id,
        first.id,
        first.id,
        "Fyll i minst ett av fälten: %(questions)s.",
        {"questions": labels},
        is_missing=True,
    )


def _sum_equals(form: Form, check: Check, answers: Answers, computed: Computed) -> Iterator[Problem]:
    stated = answers.get(check.question) if is_asked(form, form.question(check.question), answers) else None
    row = computed[check.budget].rows.get(check.row) if check.budget in computed else None
    if stated is None or is_unread(stated) or row is None or row.total.ore in (None, stated):
        return
    amounts = {"stated": stated, "computed": row.total.ore, "difference": stated - (row.total.ore or 0)}
    yield Problem(
        form.section_of(check.question).id,
        check.question,
        check.question,
        "Beloppet är %(stated)s men budgeten ger %(computed)s. Skillnaden är %(difference)s. Ändra det som är fel.",
        {name: Text(print_amount(ore or 0), print_amount(ore or 0, "en")) for name, ore in amounts.items()},
    )


_CHECKS: dict[CheckKind, Callable[[Form, Check, Answers, Computed], Iterator[Problem]]] = {
    CheckKind.ANY_ANSWERED: _any_answered,
    CheckKind.SUM_EQUALS: _sum_equals,
}
