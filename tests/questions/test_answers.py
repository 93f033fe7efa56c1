"""What people type becomes one stored form; what cannot be read is kept as typed and told at its field."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.questions.answers import faults, read_answer
from paragraf.questions.context import Context
from paragraf.questions.definition import Form, Question
from paragraf.questions.scalars import clean

Ask = Callable[[str], Question]


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("text", "  Vägen\r\nvidare ", "Vägen vidare"),
        ("text", "a\x00b\x07", "ab"),
        ("long_text", "Ett\r\n\r\nTvå\rTre", "Ett\n\nTvå\nTre"),
        ("money", "410 000 kr", 41_000_000),
        ("money", "410\u00a0000", 41_000_000),
        ("money", "12,50", 1_250),
        ("money", "5 776 tkr", 577_600_000),
        ("money", "0", 0),
        ("date", "10 september 2027", "2027-09-10"),
        ("date", "2027-09-10", "2027-09-10"),
        ("email", "ylva@GRANVIK.example", "ylva@granvik.example"),
        ("phone", "0910-12 34 56", "+46910123456"),
        ("plusgiro", "12 34 56-6", "1234566"),
        ("bankgiro", "123-4566", "1234566"),
        ("postcode", "123 45", "12345"),
        ("yes_no", "yes", True),
        ("yes_no", "nej", False),
        ("declaration", "yes", True),
    ],
)
def test_one_value_is_stored_in_one_form(ask: Ask, context: Context, kind: str, typed: str, stored: Any) -> None:
    answer = read_answer(ask(f"kind: {kind}"), typed, context)
    assert answer.value == stored
    assert type(answer.value) is type(stored)
    assert answer.faults == ()


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("money", "12.000", "kan läsas på två sätt"),
        ("money", "12k", "går inte att läsa som ett belopp"),
        ("money", "-500", "utan minustecken"),
        ("money", "1" + "0" * 18, "belopp"),
        ("money", "900 000 000 000", "större än vad som går att söka"),
        ("money", "9" * 6000, "för lång"),
        ("date", "25/2", "25/2"),
        ("date", "våren", "våren"),
        ("email", "ylva(at)granvik", "ingen e-postadress"),
        ("phone", "växeln", "inget telefonnummer"),
        ("plusgiro", "12 34 56-7", "Kontrollsiffran"),
        ("postcode", "1234", "inget svenskt postnummer"),
        ("yes_no", "kanske", "Svara ja eller nej"),
    ],
)
def test_what_cannot_be_read_is_kept_as_typed_and_told(
    ask: Ask, context: Context, kind: str, typed: str, told: str
) -> None:
    answer = read_answer(ask(f"kind: {kind}"), typed, context)
    assert answer.value == {"unread": typed}
    (fault,) = answer.faults
    assert fault.field == "q"
    assert told in str(fault)


@pytest.mark.parametrize("kind", ["text", "long_text", "money", "date", "email", "phone", "yes_no", "declaration"])
@pytest.mark.parametrize("blank", ["", "  \n\t", "\u00a0", None])
def test_blank_is_missing_and_not_a_fault(ask: Ask, context: Context, kind: str, blank: str | None) -> None:
    answer = read_answer(ask(f"kind: {kind}"), blank, context)
    assert (answer.value, answer.faults) == (None, ())


def test_an_empty_amount_is_not_zero(ask: Ask, context: Context) -> None:
    assert read_answer(ask("kind: money"), "", context).value is None
    assert read_answer(ask("kind: money"), "0", context).value == 0


def test_a_declaration_that_is_not_made_is_missing(ask: Ask, context: Context) -> None:
    assert read_answer(ask("kind: declaration"), "no", context).value is None


CHOICES = "choices: [{id: red, label: {sv: Röd, en: Red}}, {id: blue, label: {sv: Blå, en: Blue}}]"


def test_a_choice_is_one_of_its_alternatives(ask: Ask, context: Context) -> None:
    question = ask(f"kind: choice, {CHOICES}")
    assert read_answer(question, "red", context).value == "red"
    wrong = read_answer(question, "green", context)
    assert wrong.value == {"unread": "green"}
    assert "inte ett av alternativen" in str(wrong.faults[0])


def test_several_choices_are_stored_once_each_in_the_order_of_the_form(ask: Ask, context: Context) -> None:
    question = ask(f"kind: choices, at_most: 1, {CHOICES}")
    answer = read_answer(question, ["blue", "red", "blue", ""], context)
    assert answer.value == ["red", "blue"]
    assert str(answer.faults[0]) == "Högst 1 är möjligt här."
    assert read_answer(question, "blue", context).value == ["blue"]
    assert read_answer(question, [""], context).value is None


def test_cooperating_parties_are_members_of_the_association(ask: Ask, context: Context) -> None:
    answer = read_answer(ask("kind: cooperating_parties"), ["3", "99", "1"], context)
    assert answer.value == ["1", "3", {"unread": "99"}]
    assert "inte medlem i förbundet" in str(answer.faults[0])


def test_an_attachment_that_is_not_among_the_applications_own_is_refused(ask: Ask, context: Context) -> None:
    answer = read_answer(ask("kind: attachments"), ["32", "7"], context)
    assert answer.value == ["32", {"unread": "7"}]
    assert "Bilagan finns inte här" in str(answer.faults[0])


def test_an_organisation_keeps_what_could_be_read_and_what_could_not(ask: Ask, context: Context) -> None:
    answer = read_answer(
        ask("kind: organisation"),
        {"name": "Granviks kommun", "number": "212000-2644", "postcode": "123 45", "unit": " ", "colour": "red"},
        context,
    )
    assert answer.value == {"name": "Granviks kommun", "number": {"unread": "212000-2644"}, "postcode": "12345"}
    assert [fault.field for fault in answer.faults] == ["q.number"]


@pytest.mark.parametrize(
    ("typed", "stored"), [("222000–1834", "2220001834"), ("212000-2644", None), ("121212-1212", None)]
)
def test_organisation_numbers_as_people_write_them(ask: Ask, context: Context, typed: str, stored: str | None) -> None:
    value = read_answer(ask("kind: organisation"), {"number": typed}, context).value
    assert value == {"number": stored or {"unread": typed}}


def test_only_the_parts_that_the_form_asks_for_are_read(ask: Ask, context: Context) -> None:
    question = ask("kind: person, parts: [name]")
    assert read_answer(question, {"name": "Ylva", "phone": "0910-12 34 56"}, context).value == {"name": "Ylva"}


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2027-01-01", "2029-12-31", []),
        ("2027-01-01", "2027-01-01", []),
        ("2027-02-01", "2027-01-31", ["q.end: Slutdagen är före startdagen. Ändra en av dem."]),
        ("2026-12-31", "2027-06-30", ["q.start: Datumet får vara tidigast 2027-01-01."]),
        (
            "2029-01-01",
            "2032-01-01",
            [
                "q.end: Datumet får vara senast 2031-12-31.",
                "q.end: Perioden omfattar 4 kalenderår. Den får omfatta högst 3.",
            ],
        ),
        ("2027-01-01", "", []),
    ],
)
def test_a_period_lies_in_the_years_that_are_allowed(
    ask: Ask, context: Context, start: str, end: str, told: list[str]
) -> None:
    question = ask("kind: period, earliest: 2027-01-01, latest: 2031-12-31, max_years: 3")
    answer = read_answer(question, {"start": start, "end": end}, context)
    assert [f"{fault.field}: {fault}" for fault in answer.faults] == told
    assert answer.value["start"] == start


def test_the_call_for_applications_may_bound_the_period_more_tightly(ask: Ask) -> None:
    call = Context(earliest=date(2028, 1, 1), latest=date(2028, 12, 31))
    answer = read_answer(ask("kind: period, earliest: 2027-01-01"), {"start": "2027-05-01", "end": "2029-01-01"}, call)
    assert [str(fault) for fault in answer.faults] == [
        "Datumet får vara tidigast 2028-01-01.",
        "Datumet får vara senast 2028-12-31.",
    ]


def test_a_date_has_its_own_bounds_and_not_those_of_the_call(ask: Ask) -> None:
    call = Context(earliest=date(2030, 1, 1))
    question = ask("kind: date, latest: 2027-12-31")
    assert read_answer(question, "2027-12-31", call).faults == ()
    assert str(read_answer(question, "2028-01-01", call).faults[0]) == "Datumet får vara senast 2027-12-31."


def test_a_text_that_is_too_long_is_stored_whole_and_told(ask: Ask, context: Context) -> None:
    question = ask("kind: long_text, max_words: 3")
    assert read_answer(question, "ett två\n\ntre", context).faults == ()
    answer = read_answer(question, "ett två\n\ntre fyra", context)
    assert answer.value == "ett två\n\ntre fyra"
    assert str(answer.faults[0]) == "Texten är 4 ord lång. Korta den till högst 3 ord."


def test_signatories_without_anything_written_are_dropped(ask: Ask, context: Context) -> None:
    raw = [{"name": "Torkel", "organisation": "Granvik"}, {"name": "", "title": " "}, {"name": "Ylva"}]
    answer = read_answer(ask("kind: signatories"), raw, context)
    assert answer.value == [{"name": "Torkel", "organisation": "Granvik"}, {"name": "Ylva"}]


def test_a_budget_keeps_only_cells_with_something_in_them(form_a: Form, context: Context) -> None:
    raw = {
        "personnel": {"2028": "12.000", "2027": "100 000", "2029": ""},
        "premises": {"2027": ""},
        "net": {"2027": "1"},
        "unknown": {"2027": "1"},
    }
    answer = read_answer(form_a.question("budget"), raw, context)
    assert answer.value == {"personnel": {"2027": 10_000_000, "2028": {"unread": "12.000"}}}
    assert [fault.field for fault in answer.faults] == ["budget.personnel.2028"]


def test_a_fault_that_the_rules_no_longer_find_asks_for_a_new_save(ask: Ask, context: Context) -> None:
    (fault,) = faults(ask("kind: money"), {"unread": "100"}, context)
    assert str(fault) == "Svaret behöver sparas en gång till."


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(data=st.data())
def test_whatever_is_sent_a_save_succeeds_with_json(form_a: Form, context: Context, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(list(form_a.questions())))
    keys = st.sampled_from(["name", "number", "start", "end", "personnel", "income", "x"])
    cells = st.dictionaries(st.sampled_from(["2027", "20"]), json_values)
    shaped = st.dictionaries(keys, json_values | cells, max_size=4)
    answer = read_answer(question, data.draw(json_values | shaped), context)
    assert json.loads(json.dumps(answer.value)) == answer.value


@given(typed=st.text(max_size=60))
def test_cleaning_takes_away_nothing_that_can_be_seen(typed: str) -> None:
    def seen(text: str) -> list[str]:
        return [char for char in text if not char.isspace() and unicodedata.category(char) != "Cc"]

    assert seen(clean(typed)) == seen(typed)


@given(typed=st.text(min_size=1, max_size=40))
def test_an_amount_is_read_or_kept_as_typed_with_a_reason(form_a: Form, typed: str) -> None:
    answer = read_answer(form_a.question("budget"), {"personnel": {"2027": typed}}, Context())
    cell = (answer.value or {}).get("personnel", {}).get("2027")
    assert cell == {"unread": clean(typed)} if answer.faults else cell is None or cell >= 0
