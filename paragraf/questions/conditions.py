"""Which questions are asked, given the answers so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from paragraf.questions.definition import Condition, Form, Question, Section

Answers = Mapping[str, Any]
"""Stored answers by question id, as ``answers.read_answer`` makes them."""


def is_asked(form: Form, question: Question, answers: Answers) -> bool:
    """Return whether the question is shown: its condition holds, and so does that of the question it looks at.

    A question in a section that is not shown is not asked either. An answer to a question that is no longer shown stays
    stored, but counts for nothing.
    """
    return _Asking(form, answers).asks(question)


def is_shown(form: Form, section: Section, answers: Answers) -> bool:
    """Return whether the section's own condition holds."""
    return _Asking(form, answers).holds(section.show_when)


def asked(form: Form, answers: Answers, section: Section | None = None) -> Iterator[Question]:
    """Yield the questions that are shown, in order: of one section, or of the whole form."""
    asking = _Asking(form, answers)
    for each in (section,) if section else form.sections:
        if asking.holds(each.show_when):
            yield from (question for question in each.questions if asking.holds(question.show_when))


@dataclass(frozen=True, slots=True)
class _Asking:
    """What has been found out on the way, so that a long chain of conditions is walked once."""

    form: Form
    answers: Answers
    known: dict[str, bool] = field(default_factory=dict)

    def asks(self, question: Question) -> bool:
        found = self.known.get(question.id)
        if found is None:
            section = self.form.section_of(question.id)
            found = self.known[question.id] = self.holds(section.show_when) and self.holds(question.show_when)
        return found

    def holds(self, condition: Condition | None) -> bool:
        if condition is None:
            return True
        answer = self.answers.get(condition.question)
        if answer is None or not self.asks(self.form.question(condition.question)):
            return False
        if condition.equals is None:
            return True
        return condition.equals in answer if isinstance(answer, list) else bool(answer == condition.equals)
