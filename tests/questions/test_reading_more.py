"""Faults in what the language has beside single questions: repeats, tables, groups, financing, summaries, checks."""

from __future__ import annotations

import pytest

from paragraf.questions.definition import Check, CheckKind, Purpose, Receipt, SummarySource
from paragraf.questions.reading import DefinitionFaulty, read_definition
from tests.questions.annexed import ANNEXED


def faults_in(text: str) -> list[str]:
    with pytest.raises(DefinitionFaulty) as caught:
        read_definition(text)
    return [str(fault) for fault in caught.value.faults]


def changed(before: str, after: str) -> str:
    assert ANNEXED.count(before) >= 1, before
    return ANNEXED.replace(before, after, 1)


def test_the_whole_language_is_read() -> None:
    form = read_definition(ANNEXED)
    assert (form.purpose, form.receipt) == (Purpose.APPLICATION, Receipt.ON_SIGNATURES)
    assert form.facts.signatories == "signatories"
    assert form.section("annex").repeat is not None
    assert form.question("whole").options.of == (SummarySource("budget"), SummarySource("annex_budget", "annex"))
    assert [check.kind for check in form.checks] == [
        CheckKind.SUM_EQUALS,
        CheckKind.WITHIN,
        CheckKind.PRINCIPALS,
        CheckKind.COLUMN_EQUALS,
    ]
    assert form.checks[1] == Check(CheckKind.WITHIN, inner="own_period", outer="period")


def test_a_form_that_is_read_twice_is_equal() -> None:
    again = read_definition(ANNEXED + "\n# the same, in another text\n")
    assert again is not read_definition(ANNEXED)
    assert again == read_definition(ANNEXED)
    assert hash(again) == hash(read_definition(ANNEXED))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        # sections
        ("repeat: {for_each: parties}", "repeat: {for_each: name}", "name finns inte bland frågorna ovanför"),
        ("repeat: {for_each: parties}", "repeat: {for_each: parties, at_most: 2}", "at_most är okänt här"),
        ("called: {sv: Bilaga, en: Annex}, ", "", "called saknas här"),
        ("named_by: municipality", "named_by: annex_budget", "annex_budget finns inte bland frågorna av rätt slag"),
        ("named_by: municipality", "named_by: name", "named_by ska vara en fråga i samma avsnitt"),
        ("at_most: 3, called", "at_most: 0, called", "at_most ska vara minst at_least och högst 50"),
        ("at_most: 3, called", "at_most: 51, called", "at_most ska vara minst at_least och högst 50"),
        ("  - id: annex\n", "  - id: name\n", "id name är redan en fråga"),
        ("show_when: {question: has_staff, equals: true}", "show_when: {question: posts, answered: true}", "i cirkel"),
        ("show_when: {question: has_group, equals: true}", "show_when: {question: stated, answered: true}", "i cirkel"),
        (
            "{id: gives, kind: text,",
            "{id: gives, kind: text, show_when: {question: has_group, equals: true},",
            "has_group står i ett avsnitt som upprepas",
        ),
        ("facts: {title: name,", "facts: {title: municipality,", "municipality står i ett avsnitt som upprepas"),
        # receipt and purpose
        (
            "received: on_signatures",
            "received: on_paper",
            "Det som går att skriva här är: on_signatures, on_submission",
        ),
        ("purpose: application", "purpose: applikation", "Menade du application?"),
        (", signatories: signatories}", "}", "on_signatures kräver att facts: signatories:"),
        ("parts: [name, organisation, email, capacity]", "parts: [name, organisation]", "delarna email, capacity"),
        ("parts: [name, organisation, email, capacity]", "optional: [email]", "delarna email, capacity"),
        # numbers
        ("decimals: 1, at_most: 20", "decimals: 5, at_most: 20", "mellan 0 och 4"),
        ("at_least: 10, at_most: 100", "at_least: 100, at_most: 10", "at_most är mindre än at_least"),
        ("at_least: 10, at_most: 100", "at_least: tio", "Här ska det stå ett tal"),
        ("formatted: true", "formatted: kanske", "Här ska det stå true"),
        # tables
        ("sort: long_text", "sort: prose", "prose går inte att använda här"),
        ("sort: money, sum: true, required: false", "sum: true", "sum går inte att använda i en kolumn av det här"),
        ("sort: date, required: false", "sort: choice", "choices saknas här"),
        ("{id: goal, label", "{id: when, label", "id when finns redan"),
        (
            "row_sum: true\n",
            "row_sum: true\n        at_least: 2\n",
            "at_least går inte att använda när raderna är givna",
        ),
        ("at_least: 1\n        at_most: 3", "row_sum: true", "row_sum går bara att använda när raderna är givna"),
        (
            "{id: men, label: {sv: Män, en: Men}, sort: number",
            "{id: men, label: {sv: Män, en: Men}, sort: money",
            "row_sum kräver kolumner",
        ),
        # budgets
        (
            "kind: cost, group: steering",
            "kind: cost, group: stering",
            "stering finns inte bland groups. Menade du steer",
        ),
        ("kind: income,", "kind: income, group: steering,", "ska stå efter varandra"),
        ("kind: cost, group: steering, label: {sv: Stöd", "kind: income, group: steering, label: {sv: Stöd", "blanda"),
        ("kind: cost_total,", "kind: cost_total, group: steering,", "En summarad kan inte stå i en grupp"),
        ("of: [budget, annex.annex_budget]", "of: [budget, annex_budget]", "annex_budget är ingen budget i formuläret"),
        ("amount: whole.applied", "amount: whole.aplied", "Menade du whole.applied?"),
        # checks
        ("kind: within, inner: own_period", "kind: within, inner: name", "name finns inte bland frågorna av rätt slag"),
        ("kind: within, inner: own_period, outer: period", "kind: within, inner: own_period", "outer saknas här"),
        ("column: cost", "column: goal", "goal går inte att använda här"),
        ("kind: principals, question: parties", "kind: principals, question: name", "name finns inte bland"),
        ("budget: annex_budget, row: applied", "budget: annex_budget, row: net", "net går inte att använda här"),
    ],
)
def test_each_fault_is_told(before: str, after: str, told: str) -> None:
    assert told in " ".join(faults_in(changed(before, after)))


def test_a_check_cannot_name_questions_of_two_repeated_sections() -> None:
    text = changed("checks:\n", "checks:\n  - {kind: any_answered, questions: [gives, municipality]}\n")
    (told,) = faults_in(text)
    assert "municipality står i ett avsnitt som upprepas" in told


def test_attachments_in_an_entry_have_ids_that_fit_where_files_are_kept() -> None:
    name = "a" * 55
    text = changed("- {id: gives, kind: text,", f"- {{id: {name}, kind: attachments,")
    assert "för långa tillsammans" in faults_in(text)[0]
