"""What must be mended before submission: by section, question and field, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from paragraf.questions.answers import read_answer
from paragraf.questions.completeness import Problem, missing, section_states
from paragraf.questions.conditions import asked
from paragraf.questions.context import Context, Member
from paragraf.questions.definition import Form, Text

FormOf = Callable[..., Form]


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.field}: {problem}" for problem in problems]


def problems_with(form: Form, answers: dict[str, Any], context: Context, **changed: Any) -> list[str]:
    """What is wrong with form A when some answers are typed otherwise."""
    read = {name: read_answer(form.question(name), raw, context).value for name, raw in changed.items()}
    return told(missing(form, answers | read, context))


def test_a_form_that_is_filled_in_has_nothing_missing(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    assert told(missing(form_a, answers_a, context)) == []
    assert all(state.is_complete and state.begun for state in section_states(form_a, answers_a, context))


def test_an_empty_form_misses_every_required_question(form_a: Form, context: Context) -> None:
    problems = missing(form_a, {}, context)
    assert all(problem.is_missing for problem in problems)
    required = {question.id for question in asked(form_a, {}) if question.required}
    # Neither plusgiro nor bankgiro is required by itself; the check across them points at the first.
    assert {problem.question_id for problem in problems} == required | {"plusgiro"}


def test_the_list_of_sections_counts_questions_and_not_fields(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    contact = {"name": "Ylva", "email": {"unread": "x"}}
    answers = answers_a | {"applicant": None, "contact_person": contact, "period": {}}
    states = {state.section_id: state for state in section_states(form_a, answers, context)}
    applicant = states["applicant"]
    assert (applicant.unanswered, applicant.to_mend, applicant.begun, applicant.is_complete) == (2, 0, True, False)
    assert len(applicant.problems) > 2
    assert states["time_plan"].unanswered == 1
    assert states["background"].is_complete


def test_an_answer_that_is_only_wrong_is_counted_as_one_to_mend(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    answers = answers_a | {"plusgiro": {"unread": "12 34 56-7"}}
    state = section_states(form_a, answers, context)[0]
    assert (state.unanswered, state.to_mend) == (0, 1)


def test_a_section_nobody_has_touched_is_not_begun(form_a: Form, context: Context) -> None:
    assert not any(state.begun for state in section_states(form_a, {}, context))


def test_parts_that_may_be_left_blank_are_not_missing(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    assert problems_with(form_a, answers_a, context, applicant={"name": "Granvik", "number": "219990-4703"}) == [
        "applicant.street: Utdelningsadress saknas.",
        "applicant.postcode: Postnummer saknas.",
        "applicant.city: Postort saknas.",
    ]
    assert problems_with(form_a, answers_a, context, authorised_signatory={"name": "Torkel"}) == [
        "authorised_signatory.title: Befattning saknas."
    ]


def test_a_signatory_has_a_name_an_organisation_an_address_and_a_right(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    whole = {"name": "Torkel", "organisation": "Granvik", "email": "t@granvik.example", "capacity": "delegation"}
    raw = [whole, {"title": "Chef"}]
    assert problems_with(form_a, answers_a, context, signatories=raw) == [
        "signatories.1.name: Namnförtydligande saknas.",
        "signatories.1.organisation: Organisation saknas.",
        "signatories.1.email: E-postadress saknas.",
        "signatories.1.capacity: Rätt att skriva under saknas.",
    ]
    assert problems_with(form_a, answers_a, context, signatories=[]) == [
        "signatories.0.name: Ange minst en person som skriver under."
    ]


@pytest.mark.parametrize(
    ("plusgiro", "bankgiro", "expected"),
    [
        ("", "", ["plusgiro: Fyll i minst ett av fälten: Plusgiro, Bankgiro."]),
        ("12 34 56-6", "", []),
        ("", "123-4566", []),
    ],
)
def test_plusgiro_or_bankgiro_is_enough(
    form_a: Form, answers_a: dict[str, Any], context: Context, plusgiro: str, bankgiro: str, expected: list[str]
) -> None:
    assert problems_with(form_a, answers_a, context, plusgiro=plusgiro, bankgiro=bankgiro) == expected


# --- two principals ------------------------------------------------------------------------------------------------

REASON = "cooperating: Ansökan kan bara prövas om minst två huvudmän samverkar. "


@pytest.mark.parametrize(
    ("chosen", "told_instead"),
    [
        (["1", "3"], None),
        (["1", "2", "4"], None),
        ([], "Ni har valt 0. Välj fler medlemmar, även er egen organisation om den är medlem."),
        (["1"], "Ni har valt 1. Välj fler medlemmar, även er egen organisation om den är medlem."),
        (["1", "2"], "De 2 medlemmar ni har valt räknas som 1. Välj en medlem av en annan huvudman."),
    ],
)
def test_fewer_than_two_principals_is_refused_with_the_reason(
    form_a: Form, answers_a: dict[str, Any], context: Context, chosen: list[str], told_instead: str | None
) -> None:
    expected = [REASON + told_instead] if told_instead else []
    assert problems_with(form_a, answers_a, context, cooperating=chosen) == expected


def test_a_member_that_is_no_longer_there_does_not_count(form_a: Form, answers_a: dict[str, Any]) -> None:
    now = Context(members={"1": Member("Granviks kommun", "municipalities")})
    problems = missing(form_a, answers_a | {"cooperating": ["1", "3"]}, now)
    assert told(problems)[0].startswith(REASON)


def test_a_form_may_demand_more_principals(form_of: FormOf, context: Context) -> None:
    form = form_of("- {id: c, kind: cooperating_parties, at_least: 3, label: {sv: S, en: C}}")
    assert "minst tre huvudmän" in told(missing(form, {"c": ["1", "3"]}, context))[0]
    assert missing(form, {"c": ["1", "3", "4"]}, context) == ()


# --- the budget ----------------------------------------------------------------------------------------------------


def test_a_budget_without_a_cost_is_missing_at_its_first_field(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    assert problems_with(form_a, answers_a, context, budget={}) == ["budget.personnel.2015: Fyll i minst en kostnad."]
    only_income = {"income": {"2015": "1", "2016": "1", "2017": "1"}}
    assert problems_with(form_a, answers_a, context, budget=only_income) == [
        "budget.personnel.2015: Fyll i minst en kostnad."
    ]


def test_a_row_that_is_begun_wants_an_amount_or_a_zero_each_year(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    assert problems_with(form_a, answers_a, context, budget={"personnel": {"2015": "1", "2017": "0"}}) == [
        "budget.personnel.2016: Skriv ett belopp för 2016, eller 0 om det inte är något det året."
    ]


def test_an_amount_outside_the_period_is_told_at_its_cell(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    assert problems_with(form_a, answers_a, context, period={"start": "2015-01-01", "end": "2016-12-31"}) == [
        f"budget.{row}.2017: 2017 ligger utanför perioden. Flytta beloppet till ett annat år eller ändra perioden."
        for row in ("personnel", "premises")
    ]


def test_an_amount_that_cannot_be_read_is_told_once_at_its_cell(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    budget = {"personnel": {"2015": "12.000", "2016": "1", "2017": "1"}}
    (problem,) = problems_with(form_a, answers_a, context, budget=budget)
    assert problem.startswith("budget.personnel.2015: ”12.000” kan läsas på två sätt")


# --- the sum applied for -------------------------------------------------------------------------------------------

STATED = """\
- {id: sought, kind: money, label: {sv: Sökt belopp, en: Amount applied for}}
- id: budget
  kind: budget
  label: {sv: Budget, en: Budget}
  years: {count: 1, start: 2027}
  rows:
    - {id: wages, kind: cost, label: {sv: Lön, en: Wages}}
    - {id: net, kind: net, label: {sv: Netto, en: Net}}
"""
CHECK = "checks: [{kind: sum_equals, question: sought, budget: budget, row: net}]\n"


@pytest.mark.parametrize(
    ("sought", "wages", "expected"),
    [
        (61_100_000, 61_100_000, []),
        (
            61_000_000,
            61_100_000,
            [
                "sought: Beloppet är 610\u00a0000\u00a0kr men budgeten ger 611\u00a0000\u00a0kr. "
                "Skillnaden är −1\u00a0000\u00a0kr. Ändra det som är fel."
            ],
        ),
        (
            1,
            0,
            [
                "sought: Beloppet är 0,01\u00a0kr men budgeten ger 0\u00a0kr. "
                "Skillnaden är 0,01\u00a0kr. Ändra det som är fel."
            ],
        ),
    ],
)
def test_a_stated_sum_is_held_against_the_computed_one(
    form_of: FormOf, context: Context, sought: int, wages: int, expected: list[str]
) -> None:
    answers = {"sought": sought, "budget": {"wages": {"2027": wages}}}
    form = form_of(STATED, CHECK)
    assert told(missing(form, answers, context)) == expected
    assert answers["sought"] == sought


def test_a_sum_that_is_not_there_yet_is_missing_and_not_different(form_of: FormOf, context: Context) -> None:
    form = form_of(STATED, CHECK)
    assert told(missing(form, {"sought": 5}, context)) == ["budget.wages.2027: Fyll i minst en kostnad."]
    assert told(missing(form, {"budget": {"wages": {"2027": 5}}}, context)) == [
        "sought: Skriv ett belopp. Är det noll kronor, skriv 0."
    ]


# --- other bounds and the telling ----------------------------------------------------------------------------------


def test_too_few_attachments_is_told(form_of: FormOf, context: Context) -> None:
    form = form_of("- {id: papers, kind: attachments, at_least: 2, label: {sv: Bilagor, en: Attachments}}")
    assert told(missing(form, {}, context)) == ["papers: Lägg till minst en bilaga."]
    assert told(missing(form, {"papers": ["31"]}, context)) == ["papers: Minst 2 behövs här. Lägg till fler."]
    assert missing(form, {"papers": ["31", "32"]}, context) == ()


def test_an_optional_question_left_blank_is_fine_but_a_begun_one_is_checked(form_of: FormOf, context: Context) -> None:
    form = form_of("- {id: who, kind: person, required: false, parts: [name, email], label: {sv: Vem, en: Who}}")
    assert missing(form, {}, context) == ()
    assert told(missing(form, {"who": {"name": "Ylva"}}, context)) == ["who.email: E-postadress saknas."]


def test_a_problem_is_told_in_the_language_of_the_page() -> None:
    problem = Problem("s", "q", "q.city", "%(part)s saknas.", {"part": Text("Postort", "City")})
    assert problem.told() == "Postort saknas."
    assert problem.told("en", {"%(part)s saknas.": "%(part)s is missing."}.__getitem__) == "City is missing."


def test_a_message_without_places_may_hold_a_percent_sign() -> None:
    assert str(Problem("s", "q", "q", "Högst 35 % av kostnaden.")) == "Högst 35 % av kostnaden."
