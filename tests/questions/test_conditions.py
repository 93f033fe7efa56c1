"""A question with a condition is asked when the condition holds, and counts for nothing when it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from paragraf.questions.answers import read_answer
from paragraf.questions.completeness import missing
from paragraf.questions.computing import compute
from paragraf.questions.conditions import asked, is_asked
from paragraf.questions.context import Context
from paragraf.questions.definition import Form
from paragraf.questions.presenting import present

QUESTIONS = """\
- {id: earlier, kind: yes_no, label: {sv: Tidigare bidrag, en: Earlier grant}}
- {id: which, kind: text, label: {sv: Vilket, en: Which}, show_when: {question: earlier, equals: true}}
- {id: outcome, kind: text, label: {sv: Utfall, en: Outcome}, show_when: {question: which, answered: true}}
- id: ways
  kind: choices
  label: {sv: Sätt, en: Ways}
  required: false
  choices: [{id: course, label: {sv: Kurs, en: Course}}, {id: talk, label: {sv: Samtal, en: Talk}}]
- {id: why, kind: text, label: {sv: Varför, en: Why}, show_when: {question: ways, equals: talk}}
- id: budget
  kind: budget
  label: {sv: Budget, en: Budget}
  show_when: {question: earlier, equals: false}
  years: {count: 1, start: 2027}
  rows: [{id: wages, kind: cost, label: {sv: Lön, en: Wages}}]
"""


@pytest.fixture(scope="module")
def form(form_of: Callable[[str], Form]) -> Form:
    return form_of(QUESTIONS)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, ["earlier", "ways"]),
        ({"earlier": True}, ["earlier", "which", "ways"]),
        ({"earlier": False}, ["earlier", "ways", "budget"]),
        ({"earlier": {"unread": "kanske"}}, ["earlier", "ways"]),
        ({"earlier": True, "which": "2024"}, ["earlier", "which", "outcome", "ways"]),
        ({"ways": ["course"]}, ["earlier", "ways"]),
        ({"ways": ["course", "talk"]}, ["earlier", "ways", "why"]),
    ],
)
def test_what_is_asked_follows_from_the_answers(form: Form, answers: dict[str, Any], shown: list[str]) -> None:
    assert [question.id for question in asked(form, answers)] == shown


def test_a_question_behind_a_hidden_one_is_hidden_too(form: Form) -> None:
    answers = {"earlier": False, "which": "2024", "outcome": "Gott"}
    assert not is_asked(form, form.question("outcome"), answers)


def test_a_hidden_question_is_not_missing_not_summed_and_not_shown(form: Form) -> None:
    answers: dict[str, Any] = {"earlier": False, "which": "2024", "budget": {"wages": {"2027": 500}}}
    context = Context()
    assert {problem.question_id for problem in missing(form, answers, context)} == set()
    labels = [getattr(block, "label", "") for block in present(form, answers, compute(form, answers), context)]
    assert "Vilket" not in labels
    assert "Budget" in labels

    answers["earlier"] = True
    assert compute(form, answers) == {}
    assert [problem.question_id for problem in missing(form, answers, context)] == ["outcome"]


def test_an_answer_that_is_hidden_is_still_read_and_stored(form: Form) -> None:
    assert read_answer(form.question("which"), "2024", Context()).value == "2024"
