"""The forms that come with the program: whole, in two languages, and asking what they should."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from forms.definitions import keys, load
from paragraf.core.errors import NotThere
from paragraf.questions.completeness import section_states
from paragraf.questions.context import Context
from paragraf.questions.definition import Form, RowKind, Text
from paragraf.questions.reading import read_definition


def texts_in(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_in(one)


@pytest.mark.parametrize("key", keys())
def test_a_shipped_form_is_read_and_bears_the_name_of_its_file(key: str) -> None:
    assert read_definition(load(key)).key == key


@pytest.mark.parametrize("key", keys())
def test_every_text_has_both_languages_and_they_differ(key: str) -> None:
    same = {"Organisation", "Plusgiro", "Bankgiro", "Budget"}
    texts = list(texts_in(read_definition(load(key))))
    assert len(texts) > 20
    assert [text for text in texts if not (text.sv and text.en) or (text.sv == text.en and text.sv not in same)] == []


@pytest.mark.parametrize("key", keys())
def test_no_text_was_broken_by_a_comma_or_a_number_in_the_yaml(key: str) -> None:
    def spoken(node: Any) -> Iterator[Any]:
        if isinstance(node, dict):
            for name, value in node.items():
                if name in ("sv", "en"):
                    yield value
                yield from spoken(value)
        elif isinstance(node, list):
            for one in node:
                yield from spoken(one)

    assert all(isinstance(text, str) and "\n" not in text for text in spoken(yaml.safe_load(load(key))))


@pytest.mark.parametrize("key", keys())
def test_long_questions_have_help_beside_them(key: str) -> None:
    form = read_definition(load(key))
    assert [question.id for question in form.questions() if question.kind == "long_text" and not question.help] == []


@pytest.mark.parametrize("key", ["nowhere", "../definitions/application_a", "application_a.yaml", ""])
def test_only_shipped_forms_can_be_loaded(key: str) -> None:
    with pytest.raises(NotThere):
        load(key)


def test_form_a_has_every_section_of_the_application(form_a: Form) -> None:
    assert [section.id for section in form_a.sections] == [
        "applicant",
        "operation",
        "background",
        "target_group",
        "cooperation",
        "time_plan",
        "equality",
        "follow_up",
        "implementation",
        "costs",
        "signatures",
    ]
    assert len(section_states(form_a, {}, Context())) == 11


def test_form_a_has_the_rows_of_the_cost_table(form_a: Form) -> None:
    assert [(row.id, row.kind) for row in form_a.question("budget").options.rows] == [
        ("personnel", RowKind.COST),
        ("premises", RowKind.COST),
        ("other", RowKind.COST),
        ("evaluation", RowKind.COST),
        ("total", RowKind.COST_TOTAL),
        ("income", RowKind.INCOME),
        ("net", RowKind.NET),
        ("own_financing", RowKind.OWN_FINANCING),
        ("other_financing", RowKind.OTHER_FINANCING),
        ("applied", RowKind.APPLIED),
    ]


def test_form_a_demands_two_principals(form_a: Form) -> None:
    assert form_a.question("cooperating").options.at_least == 2


def test_reading_answers_does_not_load_the_yaml_library() -> None:
    program = "import sys, paragraf.questions.answers, paragraf.questions.reading; print('yaml' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
