"""Whatever is typed in a question of any kind: stored, shown and sent again, it is stored the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.questions.answers import faults, read_answer
from paragraf.questions.context import Context, Member
from paragraf.questions.definition import Kind
from paragraf.questions.fields import collect, field_texts
from paragraf.questions.kinds import Shape, parts_of, shape_of
from paragraf.questions.reading import read_definition
from tests.questions.conftest import written

OPTIONS = {
    Kind.CHOICE: "choices: [{id: red, label: {sv: Röd, en: Red}}]",
    Kind.CHOICES: "choices: [{id: red, label: {sv: Röd, en: Red}}, {id: blue, label: {sv: Blå, en: Blue}}]",
    Kind.NUMBER: "decimals: 2, unit: {sv: st, en: pcs}",
    Kind.SIGNATORIES: "parts: [name, title, organisation, email, capacity]",
    Kind.BUDGET: "years: {count: 2, start: 2027}, rows: [{id: pay, kind: cost, label: {sv: Lön, en: Pay}},"
    " {id: own, kind: own_financing, label: {sv: Egen, en: Own}}, {id: sum, kind: applied, label: {sv: S, en: S}}]",
    Kind.BUDGET_SUMMARY: "of: [budget]",
    Kind.TABLE: "columns: [{id: a, label: {sv: A, en: A}}, {id: b, label: {sv: B, en: B}, sort: percent},"
    " {id: c, label: {sv: C, en: C}, sort: number, decimals: 1}, {id: d, label: {sv: D, en: D}, sort: yes_no},"
    " {id: e, label: {sv: E, en: E}, sort: date}, {id: f, label: {sv: F, en: F}, sort: long_text}]",
}
FORM = read_definition(
    written(
        "\n".join(f"- {{id: {kind}, kind: {kind}, label: {{sv: a, en: b}}, {OPTIONS.get(kind, '')}}}" for kind in Kind)
    )
)
SECTION = FORM.sections[0]
CONTEXT = Context(members={"1": Member("Granvik", "m"), "3": Member("Norrlid", "r")}, documents={"31": "Karta.png"})
ODD = """12.000 | 12 000,50 | 12k | -5 | 1000000000000000000 | 35 % | 0,5 % | ½ | 1 mars 2027 | 2027-03-01 | yes | nej
red | 1 | 3 | 31 | 212000–2643 | 212000-2644 | 0910-12 34 56 | a@b.example | 12 34 56-6 | delegation | 123 45
\u00a0 | unread | {} | **fet**""".replace("\n", " | ").split(" | ")
TYPED = st.one_of(
    st.text(max_size=12),
    st.sampled_from(ODD),
)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.BUDGET_SUMMARY])
@given(data=st.data())
def test_it_is_stored_the_same_again(kind: Kind, data: st.DataObject) -> None:
    question = FORM.question(kind)
    stored = read_answer(question, data.draw(_raw(kind)), CONTEXT).value
    assert json.loads(json.dumps(stored)) == stored
    faults(question, stored, CONTEXT)
    sent = {kind.value: [""], **field_texts(question, stored)}
    assert read_answer(question, collect(SECTION, sent)[kind], CONTEXT).value == stored


def _raw(kind: Kind) -> st.SearchStrategy[Any]:
    question = FORM.question(kind)
    parts = st.dictionaries(st.sampled_from([part.name for part in parts_of(question)] or ["x"]), TYPED)
    years = st.dictionaries(st.sampled_from(["2027", "2028", "2031"]), TYPED)
    return {
        Shape.VALUE: TYPED,
        Shape.SEVERAL: st.lists(TYPED, max_size=4),
        Shape.PARTS: parts,
        Shape.LIST: st.lists(parts, max_size=3),
        Shape.CELLS: st.dictionaries(st.sampled_from(["pay", "own", "sum"]), years),
    }[shape_of(question)]


def test_what_is_sent_where_the_server_computes_counts_for_nothing() -> None:
    assert Kind.BUDGET_SUMMARY not in collect(SECTION, {"budget_summary": ["9"], "budget_summary.a": ["1"]})
    assert read_answer(FORM.question(Kind.BUDGET_SUMMARY), "9", CONTEXT).value is None
