"""Every question of a form answered as a person would type it, whatever the form is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from paragraf.core.money import print_amount
from paragraf.questions.answers import read_answer
from paragraf.questions.computing import compute
from paragraf.questions.conditions import asked
from paragraf.questions.context import Context, Member
from paragraf.questions.definition import FILLED_IN, Form, Kind, Part, Question, RowKind
from paragraf.questions.kinds import is_optional, parts_of
from paragraf.questions.unfolding import unfold

CONTEXT = Context(
    members={
        "1": Member("Granviks kommun", "municipalities"),
        "2": Member("Region Norrdal", "region"),
        "3": Member("Arbetsförmedlingen", "state"),
    },
    start_year=2027,
)
ENTRIES = ["1", "2"]
_PARTS = {
    "email": "ylva@granvik.example",
    "phone": "0910-12 34 56",
    "organisation_number": "219990–4703",
    "postcode": "123 45",
    "date": "1 mars 2027",
    "money": "12 500 kr",
    "number": "7",
    "percent": "50 %",
    "yes_no": "yes",
    "plusgiro": "12 34 56-6",
    "bankgiro": "991-2346",
}


def whole_answers(
    form: Form, *, yes: bool = True, context: Context = CONTEXT, entries: list[str] = ENTRIES
) -> tuple[Form, dict[str, Any]]:
    """The unfolded form with the stored answers to all it asks, each read without a fault.

    ``yes``: what every yes/no question is answered, so that both turns of the form can be walked. ``entries``: those of
    each section that repeats freely.
    """
    answers: dict[str, Any] = {section.id: entries for section in form.sections if _repeats_freely(section.repeat)}
    stated = {check.question: (check.budget, check.row) for check in form.checks if check.kind == "sum_equals"}
    while True:
        unfolded = unfold(form, answers, context)
        waiting = [question for question in asked(unfolded, answers) if question.id not in answers and _typed(question)]
        if not waiting:
            return unfolded, answers
        question = waiting[0]
        typed: Any = "yes" if yes else "no"
        if question.kind is not Kind.YES_NO:
            typed = typed_answer(question, context)
        if question.id in stated:
            budget, row = stated[question.id]
            typed = print_amount(compute(unfolded, answers, context)[budget].rows[row].total.ore or 0)
        read = read_answer(question, typed, context)
        assert not read.faults, f"{question.id}: {read.faults}"
        answers[question.id] = read.value


def _repeats_freely(repeat: Any) -> bool:
    return repeat is not None and repeat.for_each is None


def typed_answer(question: Question, context: Context = CONTEXT) -> Any:
    """What a person types, in the shape that ``answers.read_answer`` takes; None where there is nothing to type."""
    make = _MAKERS.get(question.kind)
    return make(question, context) if make else _PARTS.get(question.kind.value)


def _typed(question: Question) -> bool:
    return question.kind not in (Kind.ATTACHMENTS, Kind.BUDGET_SUMMARY)


def _text(question: Question, _context: Context) -> str:
    if question.options.formatted:
        return f"Om **{question.label.sv.lower()}**:\n\n- det första\n- det andra"
    # An entry that is named by the text must have a name of its own.
    return f"{question.label.sv} {question.id.split('-')[1]}" if "-" in question.id else f"Om {question.label.sv}."


def _period(question: Question, _context: Context) -> dict[str, str]:
    last = "2027-12-31" if question.options.max_years == 1 else "2028-06-30"
    return {"start": "1 januari 2027", "end": last}


def _table(question: Question, _context: Context) -> Any:
    row = {part.name: _cell(part) for part in parts_of(question)}
    if question.options.fixed_rows:
        return {each.id: row for each in question.options.fixed_rows}
    return [row] * max(2, question.options.at_least)


def _cell(part: Part) -> str:
    return part.choices[0].id if part.choices else _PARTS.get(part.scalar, f"{part.label.sv} i tabellen")


def _named(question: Question, _context: Context) -> dict[str, str]:
    return {part.name: _cell(part) for part in parts_of(question) if not is_optional(question, part)}


def _signatories(question: Question, context: Context) -> list[dict[str, str]]:
    return [
        {**_named(question, context), "name": f"Person {place}", "email": f"person{place}@granvik.example"}
        for place in range(max(2, question.options.at_least))
    ]


def _budget(question: Question, _context: Context) -> dict[str, dict[str, str]]:
    """More costs than income and financing, so that something is applied for."""
    amounts = {RowKind.COST: "100 000 kr"}
    return {
        row.id: dict.fromkeys(("2027", "2028"), amounts.get(row.kind, "10 tkr"))
        for row in question.options.rows
        if row.kind in FILLED_IN
    }


_MAKERS: dict[Kind, Callable[[Question, Context], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.CHOICE: lambda question, _context: question.options.choices[-1].id,
    Kind.CHOICES: lambda question, _context: [choice.id for choice in question.options.choices],
    Kind.DECLARATION: lambda _question, _context: "yes",
    Kind.PERIOD: _period,
    Kind.TABLE: _table,
    Kind.ORGANISATION: _named,
    Kind.PERSON: _named,
    Kind.SIGNATORIES: _signatories,
    Kind.COOPERATING_PARTIES: lambda _question, context: list(context.members),
    Kind.BUDGET: _budget,
}
