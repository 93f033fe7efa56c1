"""Which questions are asked, given the answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from paragraf.questions.definition import Form, Question, Section

Answers = Mapping[str, Any]
"""Stored answers by question id, as ``answers.read_answer`` makes them."""


def is_asked(form: Form, question: Question, answers: Answers) -> bool:
    """Return whether the question is shown: its condition holds, and so does that of the question it looks at.

    An answer to a question that is no longer shown stays stored, but counts for nothing.
    """
    condition = question.show_when
    if condition is None:
        return True
    looked_at = form.question(condition.question)
    answer = answers.get(condition.question)
    if answer is None or not is_asked(form, looked_at, answers):
        return False
    if condition.equals is None:
        return True
    return condition.equals in answer if isinstance(answer, list) else bool(answer == condition.equals)


def asked(form: Form, answers: Answers, section: Section | None = None) -> Iterator[Question]:
    """Yield the questions that are shown, in order: of one section, or of the whole form."""
    for question in section.questions if section else form.questions():
        if is_asked(form, question, answers):
            yield question
