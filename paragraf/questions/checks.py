"""The checks across questions that a form may name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from paragraf.core.errors import N_
from paragraf.core.money import print_amount, print_percent
from paragraf.core.printing import print_date, print_period
from paragraf.questions import numbers
from paragraf.questions.adding import table_sums
from paragraf.questions.computing import Computed
from paragraf.questions.conditions import Answers, is_asked
from paragraf.questions.context import Context
from paragraf.questions.definition import Check, CheckKind, Form, Kind, Question, Text
from paragraf.questions.fields import field_name, is_unread
from paragraf.questions.problems import Problem

_NUMBER_WORDS = {2: Text("två", "two"), 3: Text("tre", "three"), 4: Text("fyra", "four")}


@dataclass(frozen=True, slots=True)
class Checking:
    """What the checks look at: an unfolded form with its answers and sums."""

    form: Form
    answers: Answers
    context: Context
    computed: Computed

    def problems(self, check: Check) -> Iterator[Problem]:
        """Yield what does not agree, in the form's own words where it has such."""
        for problem in _CHECKS[check.kind](self, check):
            yield _in_own_words(problem, check.message) if check.message else problem

    def answer(self, question_id: str) -> Any:
        """Return the answer to a question that is asked, None otherwise and for what could not be read."""
        answer = self.answers.get(question_id)
        if (
            answer is None
            or is_unread(answer)
            or not is_asked(self.form, self.form.question(question_id), self.answers)
        ):
            return None
        return answer

    def problem(self, question_id: str, message: str, values: Mapping[str, Any], field: str = "") -> Problem:
        return Problem(self.form.section_of(question_id).id, question_id, field or question_id, message, values)

    def period(self, question_id: str) -> tuple[date, date] | None:
        answer = self.answer(question_id) or {}
        days = [day for name in ("start", "end") if isinstance(day := answer.get(name), str)]
        return (date.fromisoformat(days[0]), date.fromisoformat(days[1])) if len(days) == 2 else None


def _in_own_words(problem: Problem, message: Text) -> Problem:
    """The difference between two sums is told all the same: without it nobody finds the fault."""
    own = {**problem.values, "told": message}
    if "difference" in problem.values:
        return replace(problem, message=N_("%(told)s Skillnaden är %(difference)s."), values=own)
    return replace(problem, message=N_("%(told)s"), values=own)


def _any_answered(checking: Checking, check: Check) -> Iterator[Problem]:
    form, answers = checking.form, checking.answers
    questions = [question for name in check.questions if is_asked(form, question := form.question(name), answers)]
    if not questions or any(answers.get(question.id) is not None for question in questions):
        return
    labels = Text(
        *(", ".join(question.label.in_language(language) for question in questions) for language in ("sv", "en"))
    )
    problem = checking.problem(questions[0].id, "Fyll i minst ett av fälten: %(questions)s.", {"questions": labels})
    yield replace(problem, is_missing=True)


def _sum_equals(checking: Checking, check: Check) -> Iterator[Problem]:
    stated = checking.answer(check.question)
    row = checking.computed[check.budget].rows.get(check.row) if check.budget in checking.computed else None
    if stated is None or row is None or row.total.ore in (None, stated):
        return
    amounts = {"stated": stated, "computed": row.total.ore, "difference": stated - (row.total.ore or 0)}
    yield checking.problem(
        check.question,
        "Beloppet är %(stated)s men budgeten ger %(computed)s. Skillnaden är %(difference)s. Ändra det som är fel.",
        {name: Text(print_amount(ore or 0), print_amount(ore or 0, "en")) for name, ore in amounts.items()},
    )


def _column_equals(checking: Checking, check: Check) -> Iterator[Problem]:
    stated, value = checking.answer(check.question), checking.answer(check.table)
    if stated is None or value is None:
        return
    question = checking.form.question(check.question)
    added = table_sums(checking.form.question(check.table), value).columns[check.column].value
    if added is None or added == stated:
        return
    shown = {"stated": stated, "computed": added, "difference": _difference(stated, added)}
    yield checking.problem(
        check.question,
        "Här står %(stated)s men tabellen ger %(computed)s. Skillnaden är %(difference)s. Ändra det som är fel.",
        {name: Text(_printed(question, one, "sv"), _printed(question, one, "en")) for name, one in shown.items()},
    )


def _difference(stated: Any, added: Any) -> int | str:
    if isinstance(stated, str):
        return numbers.add([stated, added[1:] if added.startswith("-") else f"-{added}"])
    return int(stated - added)


def _printed(question: Question, value: Any, language: str) -> str:
    if question.kind is Kind.NUMBER:
        return numbers.print_number(value, language)
    return (print_percent if question.kind is Kind.PERCENT else print_amount)(value, language)


def _within(checking: Checking, check: Check) -> Iterator[Problem]:
    inner, outer = checking.period(check.inner), checking.period(check.outer)
    if inner is None or outer is None or outer[0] <= inner[0] <= inner[1] <= outer[1]:
        return
    part = "end" if outer[0] <= inner[0] <= outer[1] else "start"
    yield checking.problem(
        check.inner,
        "Tiden ska ligga inom %(period)s (%(question)s). Ändra den ena.",
        {
            "period": Text(print_period(*outer), print_period(*outer, "en")),
            "question": checking.form.question(check.outer).label,
        },
        field_name(check.inner, part),
    )


def _order(checking: Checking, check: Check) -> Iterator[Problem]:
    first, then = checking.answer(check.first), checking.answer(check.then)
    if first is None or then is None or first <= then:
        return
    day = date.fromisoformat(first)
    yield checking.problem(
        check.then,
        "Dagen är före %(day)s (%(question)s). Ändra en av dem.",
        {"day": Text(print_date(day), print_date(day, "en")), "question": checking.form.question(check.first).label},
    )


def _principals(checking: Checking, check: Check) -> Iterator[Problem]:
    chosen = checking.answer(check.question)
    own = checking.form.question(check.question).options.at_least
    # Nothing chosen is told at the question; a bound of its own that is as high has told it too.
    if chosen is None or own >= check.at_least or len(principals_of(chosen, checking.context)) >= check.at_least:
        return
    section = checking.form.section_of(check.question).id
    yield too_few_principals(section, check.question, chosen, check.at_least, checking.context)


def principals_of(chosen: list[Any], context: Context) -> set[str]:
    """Return the principals of the chosen members; what could not be read belongs to none."""
    return {context.members[one].principal for one in chosen if isinstance(one, str) and one in context.members}


def too_few_principals(section_id: str, question_id: str, chosen: list[Any], least: int, context: Context) -> Problem:
    """The association's rule for every application: it pays for what its parties do together, not for one of them."""
    values = {
        "least": _NUMBER_WORDS.get(least, least),
        "chosen": len(chosen),
        "principals": len(principals_of(chosen, context)),
    }
    if len(chosen) >= least:
        return Problem(
            section_id,
            question_id,
            question_id,
            "Ansökan kan bara prövas om minst %(least)s huvudmän samverkar. De %(chosen)s medlemmar ni har valt räknas "
            "som %(principals)s. Välj en medlem av en annan huvudman.",
            values,
        )
    return Problem(
        section_id,
        question_id,
        question_id,
        "Ansökan kan bara prövas om minst %(least)s huvudmän samverkar. Ni har valt %(chosen)s. Välj fler medlemmar, "
        "även er egen organisation om den är medlem.",
        values,
    )


_CHECKS: dict[CheckKind, Callable[[Checking, Check], Iterator[Problem]]] = {
    CheckKind.ANY_ANSWERED: _any_answered,
    CheckKind.SUM_EQUALS: _sum_equals,
    CheckKind.WITHIN: _within,
    CheckKind.ORDER: _order,
    CheckKind.PRINCIPALS: _principals,
    CheckKind.COLUMN_EQUALS: _column_equals,
}
