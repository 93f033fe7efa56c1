"""What the register reads out of an application, without knowing its questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from paragraf.questions.computing import compute
from paragraf.questions.definition import Form
from paragraf.questions.facts import Facts, SignatoryFact, facts


def test_the_register_reads_form_a(form_a: Form, answers_a: dict[str, Any]) -> None:
    assert facts(form_a, answers_a, compute(form_a, answers_a)) == Facts(
        title="Text om insatsens namn.",
        summary="Text om sammanfattning.",
        applicant_name="Vuxenenheten i Granvik",
        applicant_number="2199904703",
        contact_name="Ylva Ö. Exempel",
        contact_email="ylva@granvik.example",
        period=(date(2015, 10, 15), date(2017, 5, 31)),
        parties=("1", "3"),
        amount_by_year={2015: 12_000_000, 2016: 29_000_000, 2017: 0},
        amount=41_000_000,
        applicant_street="Åkergatan 4",
        applicant_postcode="12345",
        applicant_city="Granvik",
        signatories=(
            SignatoryFact("Torkel Påhitt", "Enhetschef", "Granviks kommun", "torkel@granvik.example", "delegation"),
        ),
    )


EMPTY = Facts("", "", "", "", "", "", None, (), {}, None)


def test_an_empty_form_gives_empty_facts(form_a: Form) -> None:
    assert facts(form_a, {}, compute(form_a, {})) == EMPTY


def test_what_cannot_be_read_is_no_fact(form_a: Form) -> None:
    answers = {
        "contact_person": {"name": "Ylva", "email": {"unread": "ylva(at)granvik"}},
        "period": {"start": "2027-01-01", "end": {"unread": "våren"}},
        "cooperating": ["1", {"unread": "99"}],
    }
    read = facts(form_a, answers, compute(form_a, answers))
    assert (read.contact_name, read.contact_email, read.period, read.parties) == ("Ylva", "", None, ("1",))


def test_a_form_that_names_no_facts_has_none(form_of: Callable[[str], Form]) -> None:
    form = form_of("- {id: q, kind: text, label: {sv: a, en: b}}")
    assert facts(form, {"q": "Hej"}, {}) == EMPTY


def test_a_year_without_an_amount_is_left_out_and_not_zero(form_a: Form) -> None:
    answers = {"budget": {"personnel": {"2027": 500}}, "period": {"start": "2027-01-01", "end": "2028-12-31"}}
    read = facts(form_a, answers, compute(form_a, answers))
    assert (dict(read.amount_by_year), read.amount) == ({2027: 500}, 500)
