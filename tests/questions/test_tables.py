"""Tables: read and typed again, added up exactly, held against the applicant's own figure, shown with their sums."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.questions import numbers
from paragraf.questions.adding import Total, table_sums
from paragraf.questions.answers import faults, read_answer
from paragraf.questions.completeness import missing
from paragraf.questions.context import Context
from paragraf.questions.definition import Form, Section
from paragraf.questions.fields import collect, field_texts
from paragraf.questions.presenting import Table, present
from paragraf.questions.reading import read_definition
from tests.questions.annexed import ANNEXED
from tests.questions.filling import filled_in

FORM = read_definition(ANNEXED)
PLAN = FORM.section("plan")
ACTIVITIES, PEOPLE = FORM.question("activities"), FORM.question("people")


def stored(sent: dict[str, str]) -> dict[str, Any]:
    return filled_in(FORM, sent, Context())


def test_rows_are_stored_by_column_and_blank_ones_are_not_there() -> None:
    sent = {
        "activities.0.goal": " Mål ",
        "activities.0.when": "1 mars 2027",
        "activities.0.cost": "12,50",
        "activities.0.who": "they",
        "activities.0.begun": "no",
        "activities.1.goal": "",
        "activities.2.how": "Ett\r\nTvå",
    }
    assert stored(sent)["activities"] == [
        {"goal": "Mål", "when": "2027-03-01", "cost": 1250, "who": "they", "begun": False},
        {"how": "Ett\nTvå"},
    ]


def test_given_rows_are_stored_by_their_ids_and_others_are_left_alone() -> None:
    sent = {"people.started.women": "3", "people.started.men": "", "people.gone.women": "9", "people.started.x": "1"}
    assert stored(sent)["people"] == {"started": {"women": "3"}}


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("activities.0.cost", "12.000", "kan läsas på två sätt"),
        ("activities.0.cost", "-1", "utan minustecken"),
        ("activities.0.who", "nobody", "inte ett av alternativen"),
        ("activities.0.begun", "kanske", "Svara ja eller nej"),
        ("people.started.women", "fem", "går inte att läsa som ett tal"),
        ("people.started.women", "1,5", "Skriv ett heltal"),
    ],
)
def test_what_cannot_be_read_is_kept_and_told_at_its_cell(field: str, typed: str, told: str) -> None:
    answers = stored({field: typed})
    question = FORM.question(field.partition(".")[0])
    (fault,) = faults(question, answers[question.id], Context())
    assert (fault.field, told in str(fault)) == (field, True)
    assert typed in str(field_texts(question, answers[question.id]))


def test_a_row_wants_its_demanded_cells_and_a_table_its_rows() -> None:
    told = {problem.field: str(problem) for problem in missing(FORM_PLAN, stored({"activities.0.how": "x"}), Context())}
    assert told == {
        "activities.0.goal": "Mål saknas.",
        "people.referred.women": "Fyll i tabellen. Är något noll, skriv 0.",
    }
    rows = {f"activities.{place}.goal": "x" for place in range(4)}
    told = {problem.field: str(problem) for problem in missing(FORM_PLAN, stored(rows), Context())}
    assert told["activities"] == "Högst 3 är möjligt här."


FORM_PLAN = Form("plan", FORM.title, FORM.intro, (Section("plan", PLAN.title, None, PLAN.questions),))


def test_blank_is_missing_and_not_zero() -> None:
    answers = stored({"people.referred.women": "3", "people.referred.men": "0", "people.started.women": "x"})
    sums = table_sums(PEOPLE, answers["people"])
    assert sums.columns == {"women": Total("3", incomplete=True), "men": Total("0", incomplete=True)}
    assert sums.rows == {"referred": Total("3"), "started": Total(None, incomplete=True)}
    assert sums.whole == Total("3", incomplete=True)
    assert table_sums(PEOPLE, None).whole == Total(None)


def test_a_column_is_held_against_what_the_applicant_states() -> None:
    answers = stored({"activities.0.goal": "x", "activities.0.cost": "100", "planned_cost": "160"})
    (told,) = [problem for problem in missing(FORM, answers, Context()) if problem.field == "planned_cost"]
    assert str(told) == "Planens kostnad stämmer inte. Skillnaden är 60\u00a0kr."
    assert told.told("en", lambda text: text).startswith("The cost of the plan does not agree.")
    assert answers["planned_cost"] == 16_000


def test_a_table_is_shown_with_its_sums() -> None:
    answers = stored(
        {
            "activities.0.goal": "M",
            "activities.0.cost": "100",
            "activities.0.who": "we",
            "activities.0.begun": "yes",
            "people.referred.women": "3",
            "people.referred.men": "4",
            "people.started.women": "1",
            "people.started.men": "0",
        }
    )
    blocks = [block for block in present(FORM_PLAN, answers, {}, Context()) if isinstance(block, Table)]
    activities, people = blocks[-2:]
    assert [row.cells for row in activities.rows] == [
        ("M", "–", "–", "100\u00a0kr", "Vi", "Ja"),
        ("Summa", "", "", "100\u00a0kr", "", ""),
    ]
    assert people.columns == ("Rad", "Kvinnor", "Män", "Totalt")
    assert [row.cells for row in people.rows] == [
        ("Remitterade", "3", "4", "7"),
        ("Började", "1", "0", "1"),
        ("Summa", "4", "4", "8"),
    ]
    assert (people.note, people.rows[-1].is_sum, people.numbers) == ("", True, frozenset({1, 2, 3}))


# --- properties ------------------------------------------------------------------------------------------------------

words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cf")), max_size=8)
typed_cells = st.one_of(words, st.sampled_from(["12.000", "12 000,50", "12k", "-5", "1" + "0" * 18, "3", "0,5"]))


@given(
    st.lists(st.dictionaries(st.sampled_from([c.name for c in ACTIVITIES.options.columns]), typed_cells), max_size=4)
)
def test_a_table_is_stored_the_same_when_it_is_sent_again(rows: list[dict[str, str]]) -> None:
    first = read_answer(ACTIVITIES, rows, Context()).value
    sent = {"activities": [""], **field_texts(ACTIVITIES, first)}
    again = read_answer(ACTIVITIES, collect(PLAN, sent)["activities"], Context()).value
    assert again == first


@given(
    st.dictionaries(
        st.sampled_from(["referred", "started"]), st.dictionaries(st.sampled_from(["women", "men"]), typed_cells)
    )
)
def test_given_rows_are_stored_the_same_when_they_are_sent_again(rows: dict[str, dict[str, str]]) -> None:
    first = read_answer(PEOPLE, rows, Context()).value
    sent = {"people": [""], **field_texts(PEOPLE, first)}
    assert read_answer(PEOPLE, collect(PLAN, sent)["people"], Context()).value == first


cells = st.one_of(st.none(), st.just({"unread": "x"}), st.decimals(0, 10**9, places=4).map(numbers.canonical))


@given(st.dictionaries(st.sampled_from(["referred", "started"]), st.fixed_dictionaries({"women": cells, "men": cells})))
def test_every_sum_of_a_table_is_the_exact_sum_of_its_cells(rows: dict[str, dict[str, Any]]) -> None:
    def exact(found: list[Any]) -> Fraction | None:
        there = [Fraction(cell) for cell in found if isinstance(cell, str)]
        return sum(there, Fraction()) if there else None

    sums = table_sums(PEOPLE, rows)
    for column in ("women", "men"):
        assert _value(sums.columns[column]) == exact([row[column] for row in rows.values()])
    for row_id, row in rows.items():
        assert _value(sums.rows[row_id]) == exact(list(row.values()))
    assert _value(sums.whole) == exact([cell for row in rows.values() for cell in row.values()])


def _value(total: Total) -> Fraction | None:
    return None if total.value is None else Fraction(total.value)
