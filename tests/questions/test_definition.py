"""A form is found its way in by ids, and its texts by language."""

from __future__ import annotations

import pytest

from paragraf.questions.definition import Form, Kind, Text
from paragraf.questions.kinds import KINDS, Shape


@pytest.mark.parametrize(
    ("language", "told"), [("sv", "Namn"), ("en", "Name"), ("en-GB", "Name"), ("EN", "Name"), ("fi", "Namn")]
)
def test_a_text_is_given_in_the_language_or_in_swedish(language: str, told: str) -> None:
    assert Text("Namn", "Name").in_language(language) == told


def test_questions_and_sections_are_found_by_id(form_a: Form) -> None:
    assert form_a.question("budget").kind is Kind.BUDGET
    assert form_a.section("costs").title.sv == "Kostnader och finansiering"
    assert form_a.section_of("budget").id == "costs"


@pytest.mark.parametrize("find", ["question", "section", "section_of"])
def test_an_id_that_is_not_there_is_an_error_of_the_caller(form_a: Form, find: str) -> None:
    with pytest.raises(KeyError):
        getattr(form_a, find)("nowhere")


def test_a_form_cannot_be_changed(form_a: Form) -> None:
    with pytest.raises(AttributeError):
        form_a.sections[0].questions[0].id = "other"  # type: ignore[misc]
    assert hash(form_a) == hash(form_a)


def test_every_kind_has_a_row_in_the_table() -> None:
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_made_of_parts_names_them_in_both_languages(kind: Kind) -> None:
    spec = KINDS[kind]
    # A table has the parts that its form gives it.
    assert bool(spec.parts) == (spec.shape in (Shape.PARTS, Shape.LIST) and kind is not Kind.TABLE)
    assert all(part.label.sv and part.label.en for part in spec.parts)
    assert set(spec.optional) <= {part.name for part in spec.parts}
    assert spec.demanded <= spec.options
