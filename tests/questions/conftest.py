"""A small form to try things on, form A with all its answers, and the members of an invented association."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from forms.definitions import load
from paragraf.questions.answers import read_answer
from paragraf.questions.context import Context, Member
from paragraf.questions.definition import Form, Question
from paragraf.questions.reading import read_definition

HEAD = """\
key: trial
title: {sv: Prov, en: Trial}
intro: {sv: Ett prov., en: A trial.}
"""

Written = Callable[..., Form]


def written(questions: str, rest: str = "") -> str:
    """YAML of a form with one section that holds the questions, each given as ``- id: ...``."""
    section = "sections:\n  - id: only\n    title: {sv: Avsnitt, en: Section}\n    questions:\n"
    return HEAD + section + textwrap.indent(textwrap.dedent(questions), "      ") + textwrap.dedent(rest)


@pytest.fixture(scope="session")
def form_of() -> Written:
    def make(questions: str, rest: str = "") -> Form:
        return read_definition(written(questions, rest))

    return make


@pytest.fixture(scope="session")
def ask(form_of: Written) -> Callable[[str], Question]:
    """One question with the id ``q`` from its kind and options: ``ask("kind: text, max_words: 3")``."""

    def make(options: str) -> Question:
        return form_of(f"- {{id: q, label: {{sv: Fråga, en: Question}}, {options}}}").question("q")

    return make


@pytest.fixture(scope="session")
def context() -> Context:
    return Context(
        members={
            "1": Member("Granviks kommun", "municipalities"),
            "2": Member("Ekdala kommun", "municipalities"),
            "3": Member("Region Norrlid", "region"),
            "4": Member("Försäkringskassan", "fk"),
        },
        documents={"31": "Behovsanalys.pdf (120 kB)", "32": "Karta.png (88 kB)"},
        start_year=2027,
    )


@pytest.fixture(scope="session")
def form_a() -> Form:
    return read_definition(load("application_a"))


def raw_answers_to_form_a(form: Form) -> dict[str, Any]:
    """What an applicant types into every question of form A; the figures are those of the known faulty table."""
    raw: dict[str, Any] = {question.id: f"Text om {question.label.sv.lower()}." for question in form.questions()}
    return raw | {
        "applicant": {
            "name": "Vuxenenheten i Granvik",
            "number": "219990–4703",
            "street": "Åkergatan 4",
            "postcode": "12345",
            "city": "Granvik",
        },
        "contact_person": {"name": "Ylva Ö. Exempel", "email": "ylva@granvik.example", "phone": "0910-12 34 56"},
        "plusgiro": "12 34 56-6",
        "bankgiro": "",
        "authorised_signatory": {"name": "Torkel Påhitt", "title": "Enhetschef"},
        "cooperating": ["1", "3"],
        "period": {"start": "15 oktober 2015", "end": "2017-05-31"},
        "budget": {
            "personnel": {"2015": "100 000", "2016": "260 000 kr", "2017": "0"},
            "premises": {"2015": "20 000", "2016": "30\u00a0000", "2017": "0"},
            "income": {"2015": "", "2016": "", "2017": ""},
        },
        "follows_needs": "yes",
        "needs_reason": "",
        "action_plan": [{"goal": "Fler i arbete", "activity": "Praktik", "responsible": "Samordnaren", "when": "2016"}],
        "signatories": [
            {
                "name": "Torkel Påhitt",
                "title": "Enhetschef",
                "organisation": "Granviks kommun",
                "email": "torkel@granvik.example",
                "capacity": "delegation",
            }
        ],
        "truthful": "yes",
    }


@pytest.fixture
def raw_a(form_a: Form) -> dict[str, Any]:
    return raw_answers_to_form_a(form_a)


@pytest.fixture
def answers_a(form_a: Form, raw_a: dict[str, Any], context: Context) -> dict[str, Any]:
    """Form A, filled in and without faults."""
    return {name: read_answer(form_a.question(name), raw, context).value for name, raw in raw_a.items()}
