"""Checks across questions, and what looks odd without being wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from paragraf.questions.answers import read_answer
from paragraf.questions.completeness import missing, section_states
from paragraf.questions.context import Context, Member
from paragraf.questions.definition import Form

QUESTIONS = """\
- {id: outer, kind: period, label: {sv: Programmet, en: The programme}}
- {id: inner, kind: period, label: {sv: Tid, en: Time}}
- {id: first, kind: date, label: {sv: Start, en: Start}}
- {id: then, kind: date, label: {sv: Slut, en: End}}
- {id: parties, kind: cooperating_parties, label: {sv: Parter, en: Parties}}
"""
CHECKS = """\
checks:
  - {kind: within, inner: inner, outer: outer}
  - {kind: order, first: first, then: then}
  - {kind: principals, question: parties, at_least: 2}
"""
PROGRAMME = {"start": "2027-01-01", "end": "2029-12-31"}
REGISTER = Context(
    members={
        "1": Member("Granviks kommun", "municipalities", "2120002643"),
        "2": Member("Ekdala kommun", "municipalities"),
        "3": Member("Region Norrlid", "region", "2321000222"),
    }
)


def told_of(form: Form, answers: dict[str, Any], context: Context = REGISTER) -> dict[str, str]:
    return {problem.field: str(problem) for problem in missing(form, answers, context) if not problem.is_missing}


@pytest.mark.parametrize(
    ("inner", "field"),
    [
        ({"start": "2027-01-01", "end": "2029-12-31"}, None),
        ({"start": "2026-12-31", "end": "2029-12-31"}, "inner.start"),
        ({"start": "2027-01-01", "end": "2030-01-01"}, "inner.end"),
        ({"start": "2031-01-01", "end": "2031-02-01"}, "inner.start"),
        ({"start": "2027-01-01"}, None),
        ({"start": {"unread": "våren"}, "end": "2031-01-01"}, None),
    ],
)
def test_a_period_lies_within_another(form_of: Callable[..., Form], inner: dict[str, Any], field: str | None) -> None:
    told = told_of(form_of(QUESTIONS, CHECKS), {"outer": PROGRAMME, "inner": inner})
    told.pop("inner.start", None) if field is None and "våren" in str(inner) else None
    if field is None:
        assert told == {}
    else:
        assert told == {field: "Tiden ska ligga inom 1 januari 2027 – 31 december 2029 (Programmet). Ändra den ena."}


def test_one_day_is_not_before_another(form_of: Callable[..., Form]) -> None:
    form = form_of(QUESTIONS, CHECKS)
    assert told_of(form, {"first": "2027-03-02", "then": "2027-03-02"}) == {}
    assert told_of(form, {"first": "2027-03-02", "then": "2027-03-01"}) == {
        "then": "Dagen är före 2 mars 2027 (Start). Ändra en av dem."
    }


@pytest.mark.parametrize(("chosen", "is_wrong"), [(["1", "2"], True), (["1"], True), (["1", "3"], False)])
def test_the_parties_are_of_several_principals(form_of: Callable[..., Form], chosen: list[str], is_wrong: bool) -> None:
    assert ("parties" in told_of(form_of(QUESTIONS, CHECKS), {"parties": chosen})) is is_wrong


def test_a_check_may_speak_in_the_forms_own_words(form_of: Callable[..., Form]) -> None:
    own = "checks:\n  - {kind: order, first: first, then: then, message: {sv: Fel ordning., en: Wrong order.}}\n"
    form = form_of(QUESTIONS, own)
    answers = {"first": "2027-03-02", "then": "2027-03-01"}
    assert told_of(form, answers) == {"then": "Fel ordning."}
    (told,) = [
        problem for problem in missing(form, answers, REGISTER) if problem.field == "then" and not problem.is_missing
    ]
    assert told.told("en") == "Wrong order."


# --- warnings --------------------------------------------------------------------------------------------------------

APPLICANT = "- {id: applicant, kind: organisation, parts: [name, number], label: {sv: Sökande, en: Applicant}}"


@pytest.mark.parametrize(
    ("name", "number", "told"),
    [
        ("Granviks kommun", "212000–2643", None),
        ("Granviks kommun, socialtjänsten", "212000-2643", None),
        ("Stiftelsen Länken", "212000-1355", None),
        ("Region Norrlid", "212000-2643", "är 212000-2643 numret till Granviks kommun"),
        (" region  norrlid", "212000-1355", "har Region Norrlid numret 232100-0222"),
        ("Ekdala kommun", "212000-1355", None),
    ],
)
def test_the_number_of_another_party_is_a_warning(
    form_of: Callable[..., Form], name: str, number: str, told: str | None
) -> None:
    form = form_of(APPLICANT)
    answer = read_answer(form.question("applicant"), {"name": name, "number": number}, REGISTER)
    assert answer.faults == ()
    found = missing(form, {"applicant": answer.value}, REGISTER)
    if told is None:
        assert found == ()
        return
    (warning,) = found
    assert (warning.field, warning.is_warning, told in str(warning)) == ("applicant.number", True, True)
    (state,) = section_states(form, {"applicant": answer.value}, REGISTER)
    assert (state.is_complete, state.to_mend) == (True, 0)


def test_a_wrong_check_digit_is_no_warning_but_wrong(form_of: Callable[..., Form]) -> None:
    form = form_of(APPLICANT)
    answer = read_answer(form.question("applicant"), {"name": "Granviks kommun", "number": "212000–2644"}, REGISTER)
    (problem,) = missing(form, {"applicant": answer.value}, REGISTER)
    assert (problem.is_warning, problem.is_missing, "ontrollsiffran" in str(problem)) == (False, False, True)


def test_one_address_cannot_sign_twice(form_of: Callable[..., Form]) -> None:
    form = form_of("- {id: s, kind: signatories, parts: [name, email], label: {sv: S, en: S}}")
    raw = [{"name": "A", "email": "a@b.example"}, {"name": "B", "email": "A@B.example "}]
    answers = {"s": read_answer(form.question("s"), raw, REGISTER).value}
    assert told_of(form, answers) == {
        "s.1.email": "Samma e-postadress står för nummer 1. Var och en som skriver under behöver en egen."
    }


def test_a_member_that_is_sent_twice_is_stored_once(form_of: Callable[..., Form]) -> None:
    question = form_of(QUESTIONS).question("parties")
    assert read_answer(question, ["3", "1", "3"], REGISTER).value == ["1", "3"]
