"""Names of browser fields, what stands in them, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.questions.answers import read_answer
from paragraf.questions.context import Context
from paragraf.questions.definition import Form, Question, Section
from paragraf.questions.fields import collect, field_name, field_texts

Ask = Callable[[str], Question]


def test_a_fields_name_is_the_path_to_its_value() -> None:
    assert field_name("budget", "personnel", 2027) == "budget.personnel.2027"
    assert field_name("name") == "name"


def test_a_posted_page_becomes_raw_answers(form_a: Form) -> None:
    assert collect(
        form_a.section("costs"),
        {
            "csrf_token": ["secret"],
            "budget.personnel.2027": ["100 000"],
            "budget.personnel.2028": [""],
            "budget.income.2027": ["5"],
            "budget.personnel.year": ["1"],
            "budget.personnel.2027.x": ["1"],
            "budget_comment": ["Så har vi räknat."],
        },
    ) == {
        "budget": {"personnel": {"2027": "100 000", "2028": ""}, "income": {"2027": "5"}},
        "budget_comment": "Så har vi räknat.",
    }


def test_parts_lists_and_check_boxes_are_collected(form_a: Form) -> None:
    assert collect(
        form_a.section("signatures"),
        {
            "signatories.10.name": ["Tredje"],
            "signatories.2.name": ["Andra"],
            "signatories.2.organisation": ["Granvik"],
            "signatories.0.name": ["Första"],
            "signatories.x.name": ["Nej"],
            "truthful": ["", "yes"],
        },
    ) == {
        "signatories": [{"name": "Första"}, {"name": "Andra", "organisation": "Granvik"}, {"name": "Tredje"}],
        "truthful": "yes",
    }


def test_a_question_that_was_not_sent_keeps_its_answer(form_a: Form) -> None:
    assert collect(form_a.section("cooperation"), {"activities": ["Möten"]}) == {"activities": "Möten"}


def test_a_hidden_empty_field_says_that_nothing_is_chosen(form_a: Form) -> None:
    section = form_a.section("cooperation")
    assert collect(section, {"cooperating": [""]}) == {"cooperating": []}
    assert collect(section, {"cooperating": ["", "1", "3"]}) == {"cooperating": ["1", "3"]}


def test_fields_of_another_section_are_left_alone(form_a: Form) -> None:
    sent = {"budget.personnel.2027": ["1"], "name": ["Vägen"]}
    assert collect(form_a.section("operation"), sent) == {"name": "Vägen"}


@pytest.mark.parametrize(
    ("options", "value", "texts"),
    [
        ("kind: money", 41_000_000, {"q": ["410\u00a0000"]}),
        ("kind: money", 1_250, {"q": ["12,50"]}),
        ("kind: money", {"unread": "12.000"}, {"q": ["12.000"]}),
        ("kind: yes_no", False, {"q": ["no"]}),
        ("kind: declaration", True, {"q": ["yes"]}),
        ("kind: cooperating_parties", ["1", {"unread": "99"}], {"q": ["1", "99"]}),
        ("kind: organisation", {"number": "2199904703"}, {"q.number": ["219990-4703"]}),
        ("kind: period", {"start": "2027-01-01"}, {"q.start": ["2027-01-01"]}),
        ("kind: signatories", [{"name": "A"}, {"name": "B"}], {"q.0.name": ["A"], "q.1.name": ["B"]}),
        ("kind: text", None, {}),
    ],
)
def test_a_stored_answer_stands_in_its_fields_as_it_was_meant(
    ask: Ask, options: str, value: Any, texts: dict[str, list[str]]
) -> None:
    assert field_texts(ask(options), value) == texts


def fill_again(section: Section, answers: dict[str, Any], context: Context) -> dict[str, Any]:
    """What is stored after the page was opened and saved without a change."""
    sent: dict[str, list[str]] = {}
    for question in section.questions:
        sent |= field_texts(question, answers[question.id])
    raw = collect(section, sent)
    return {question.id: read_answer(question, raw.get(question.id), context).value for question in section.questions}


def test_opening_and_saving_a_page_changes_nothing(form_a: Form, answers_a: dict[str, Any], context: Context) -> None:
    for section in form_a.sections:
        before = {question.id: answers_a[question.id] for question in section.questions}
        assert fill_again(section, before, context) == before


typed_amounts = st.one_of(
    st.integers(min_value=0, max_value=10**11).map(str),
    st.decimals(min_value=0, max_value=10**9, places=2).map(lambda kronor: str(kronor).replace(".", ",")),
    st.sampled_from(["", " ", "12.000", "tolv", "5 776 tkr", "1\u202f000 kr", "-3", "½ milj"]),
    st.text(max_size=12),
)


@given(
    cells=st.dictionaries(
        st.sampled_from(["personnel", "premises", "other", "evaluation", "income"]),
        st.dictionaries(st.integers(min_value=2026, max_value=2031).map(str), typed_amounts, max_size=4),
    )
)
def test_a_budget_of_any_typing_survives_being_shown_and_saved(
    form_a: Form, context: Context, cells: dict[str, dict[str, str]]
) -> None:
    section = form_a.section("costs")
    stored = {"budget": read_answer(form_a.question("budget"), cells, context).value, "budget_comment": None}
    assert fill_again(section, stored, context) == stored


@given(text=st.text(max_size=200), kind=st.sampled_from(["name", "summary"]))
def test_a_text_survives_being_shown_and_saved(form_a: Form, context: Context, text: str, kind: str) -> None:
    question = form_a.question(kind)
    stored = read_answer(question, text, context).value
    again = collect(form_a.section("operation"), field_texts(question, stored))
    assert read_answer(question, again.get(kind), context).value == stored
