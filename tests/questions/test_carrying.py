"""Answers carried from one version of a form to another: by id, nothing lost, nothing put where it does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.questions.carrying import Carried, carry, concerned_questions
from paragraf.questions.changes import compare
from paragraf.questions.reading import read_definition
from tests.questions.annexed import ANNEXED

FORM = read_definition(ANNEXED)
#: Stored answers of every shape that the language has.
ANSWERS: dict[str, Any] = {
    "name": "Stegvis",
    "period": {"start": "2027-01-01", "end": "2028-12-31"},
    "parties": ["1", "2"],
    "budget": {"lead": {"2027": 100}, "premises": {"2027": 50, "2028": {"unread": "tio"}}},
    "share": 3500,
    "activities": [{"goal": "Fler i arbete", "who": "we", "cost": 500}, {"goal": "Kortare väntan"}],
    "people": {"referred": {"women": "3", "men": "4"}, "started": {"women": "2"}},
    "annex": ["1", "3"],
    "annex-1-municipality": "Granvik",
    "annex-3-annex_budget": {"staff": {"2027": 10}},
    "contribution-2-gives": "En tjänst",
    "signatories": [{"name": "Torkel Påhitt"}],
}
NAMES = st.sets(st.sampled_from(sorted(ANSWERS)))


def without(lines: str) -> str:
    assert lines in ANNEXED
    return ANNEXED.replace(lines, "")


def carried(source: str, **more: Any) -> Carried:
    return carry(FORM, read_definition(source), {**ANSWERS, **more})


@given(NAMES)
def test_to_the_same_form_everything_comes_along_as_it_is(names: set[str]) -> None:
    answers = {name: ANSWERS[name] for name in names}
    assert carry(FORM, FORM, answers) == Carried(answers)


@given(NAMES)
def test_what_does_not_come_along_is_named(names: set[str]) -> None:
    answers = {name: ANSWERS[name] for name in names}
    source = without("      - {id: share, kind: percent, at_least: 10, at_most: 100, label: {sv: Andel, en: Share}}\n")
    found = carry(FORM, read_definition(source), answers)
    assert set(found.answers) | set(found.left) == names
    assert set(found.left) == names & {"share"}


def test_a_label_that_was_mended_keeps_its_answer() -> None:
    found = carried(ANNEXED.replace("label: {sv: Namn, en: Name}", "label: {sv: Insatsens namn, en: Name}"))
    assert found == Carried(ANSWERS)


def test_a_row_that_is_gone_leaves_the_others() -> None:
    found = carried(without("          - {id: premises, kind: cost, label: {sv: Lokaler, en: Premises}}\n"))
    assert found.answers["budget"] == {"lead": {"2027": 100}}
    assert found.left == ("budget",)


def test_a_budget_whose_only_filled_row_is_gone_is_not_answered() -> None:
    source = without("          - {id: premises, kind: cost, label: {sv: Lokaler, en: Premises}}\n")
    found = carried(source, budget={"premises": {"2027": 50}})
    assert "budget" not in found.answers
    assert found.left == ("budget",)


def test_columns_and_fixed_rows_that_are_gone_leave_the_others() -> None:
    source = without(
        "          - {id: cost, label: {sv: Kostnad, en: Cost}, sort: money, sum: true, required: false}\n"
    )
    source = source.replace(
        "  - kind: column_equals\n    table: activities\n    column: cost\n    question: planned_cost\n"
        "    message: {sv: Planens kostnad stämmer inte., en: The cost of the plan does not agree.}\n",
        "",
    )
    source = source.replace("          - {id: started, label: {sv: Började, en: Started}}\n", "")
    found = carried(source)
    assert found.answers["activities"] == [{"goal": "Fler i arbete", "who": "we"}, {"goal": "Kortare väntan"}]
    assert found.answers["people"] == {"referred": {"women": "3", "men": "4"}}
    assert set(found.left) == {"activities", "people"}


@pytest.mark.parametrize(("language", "kept"), [("sv", "Vi"), ("en", "We")])
def test_an_alternative_that_is_gone_is_kept_as_it_was_worded_and_marked(language: str, kept: str) -> None:
    source = without("{id: we, label: {sv: Vi, en: We}}, ")
    found = carry(FORM, read_definition(source), ANSWERS, language)
    assert found.answers["activities"][0]["who"] == {"unread": kept}
    assert (found.left, found.marked) == ((), ("activities",))


def test_choices_are_carried_one_by_one() -> None:
    text = """
key: choosing
title: {sv: Val, en: Choice}
intro: {sv: Val, en: Choice}
sections:
  - id: one
    title: {sv: Ett, en: One}
    questions:
      - id: towns
        kind: choices
        label: {sv: Orter, en: Towns}
        choices:
          - {id: granvik, label: {sv: Granvik, en: Granvik}}
          - {id: linda, label: {sv: Lindå, en: Lindå}}
"""
    fewer = text.replace("          - {id: linda, label: {sv: Lindå, en: Lindå}}\n", "")
    found = carry(read_definition(text), read_definition(fewer), {"towns": ["granvik", "linda", {"unread": "x"}]})
    assert found.answers == {"towns": ["granvik", {"unread": "Lindå"}, {"unread": "x"}]}
    assert found.marked == ("towns",)


def test_entries_of_a_repeated_section_come_along_with_it_and_stay_with_it() -> None:
    head, rest = ANNEXED.split("  - id: contribution\n")
    found = carried(head + "  - id: total\n" + rest.split("  - id: total\n")[1])
    assert found.left == ("contribution-2-gives",)
    assert found.answers["annex-1-municipality"] == "Granvik"


def test_a_question_that_moves_out_of_its_repeated_section_does_not_take_an_entrys_answer() -> None:
    gives = "      - {id: gives, kind: text, label: {sv: Bidrar med, en: Contributes}}\n"
    source = ANNEXED.replace("    repeat: {for_each: parties}\n", "")
    assert gives in source
    found = carried(source)
    assert found.left == ("contribution-2-gives",)
    assert "gives" not in found.answers


def test_an_answer_whose_question_has_another_kind_stays_behind() -> None:
    """Not from one version to the next, which is refused; but across several, an id may come back as something else."""
    source = ANNEXED.replace("{id: share, kind: percent, at_least: 10, at_most: 100", "{id: share, kind: money")
    assert carried(source).left == ("share",)


def test_concerned_are_the_answered_questions_that_changed() -> None:
    source = without("      - {id: share, kind: percent, at_least: 10, at_most: 100, label: {sv: Andel, en: Share}}\n")
    source = source.replace("{sv: Kommun, en: Municipality}", "{sv: Vilken kommun, en: Municipality}")
    changes = compare(FORM, read_definition(source))
    assert [one.id for one in concerned_questions(changes, ANSWERS)] == ["municipality", "share"]
    assert concerned_questions(changes, {"name": "Stegvis"}) == ()
