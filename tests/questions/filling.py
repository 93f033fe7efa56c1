"""Filling in a form as a browser does, section by section, until nothing new is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paragraf.questions.answers import read_answer
from paragraf.questions.context import Context
from paragraf.questions.definition import Form
from paragraf.questions.fields import collect
from paragraf.questions.unfolding import unfold


def filled_in(form: Form, sent: Mapping[str, str | list[str]], context: Context, **stored: Any) -> dict[str, Any]:
    """The stored answers when the named fields are sent; ``stored`` is there before, such as entries."""
    posted = {name: value if isinstance(value, list) else [value] for name, value in sent.items()}
    answers: dict[str, Any] = dict(stored)
    for _round in range(2):
        for section in unfold(form, answers, context).sections:
            unfolded = {question.id: question for question in section.questions}
            for name, raw in collect(section, posted).items():
                value = read_answer(unfolded[name], raw, context).value
                answers |= {} if value is None else {name: value}
    return answers
