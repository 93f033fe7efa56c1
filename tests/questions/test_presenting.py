"""A form with its answers as blocks of printed text, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from paragraf.questions.completeness import missing
from paragraf.questions.computing import compute
from paragraf.questions.conditions import asked
from paragraf.questions.context import Context
from paragraf.questions.definition import Form
from paragraf.questions.presenting import Block, Heading, Pairs, Paragraphs, Table, TableRow, present


def shown(form: Form, answers: dict[str, Any], context: Context, language: str = "sv") -> dict[str, Block]:
    """The blocks by the id of what they show."""
    blocks = present(form, answers, compute(form, answers, context), context, language)
    return {block.section_id if isinstance(block, Heading) else block.question_id: block for block in blocks}


def test_blocks_come_in_the_order_of_the_form(form_a: Form, answers_a: dict[str, Any], context: Context) -> None:
    blocks = present(form_a, answers_a, compute(form_a, answers_a), context)
    expected = [
        name
        for section in form_a.sections
        for name in (section.title.sv, *(q.label.sv for q in asked(form_a, answers_a, section)))
    ]
    assert [block.text if isinstance(block, Heading) else block.label for block in blocks] == expected


def test_the_budget_is_a_table_with_its_sums_printed(form_a: Form, answers_a: dict[str, Any], context: Context) -> None:
    table = shown(form_a, answers_a, context)["budget"]
    assert isinstance(table, Table)
    assert table.columns == ("Rad", "2015", "2016", "2017", "Totalt")
    assert table.rows[0] == TableRow(
        ("Personal", "100\u00a0000\u00a0kr", "260\u00a0000\u00a0kr", "0\u00a0kr", "360\u00a0000\u00a0kr")
    )
    assert table.rows[2] == TableRow(("Övriga kostnader", "–", "–", "–", "–"))
    assert table.rows[-1] == TableRow(
        ("Söks från förbundet", "120\u00a0000\u00a0kr", "290\u00a0000\u00a0kr", "0\u00a0kr", "410\u00a0000\u00a0kr"),
        is_sum=True,
    )
    assert (table.is_numeric, table.note) == (True, "")


def test_a_budget_with_gaps_says_that_its_sums_are_not_complete(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    answers = answers_a | {"budget": {"personnel": {"2015": 100, "2016": {"unread": "12.000"}}}}
    table = shown(form_a, answers, context)["budget"]
    assert isinstance(table, Table)
    assert table.rows[0].cells == ("Personal", "1\u00a0kr", "12.000 (kunde inte läsas)", "–", "1\u00a0kr")
    assert "inte fullständiga" in table.note


def test_everything_is_shown_in_english_too(form_a: Form, answers_a: dict[str, Any], context: Context) -> None:
    blocks = shown(form_a, answers_a, context, "en")
    assert blocks["costs"] == Heading("Costs and financing", "costs")
    table, period, truthful = blocks["budget"], blocks["period"], blocks["truthful"]
    assert isinstance(table, Table)
    assert table.columns[-1] == "Total"
    assert table.rows[-1].cells[:2] == ("Applied for", "SEK\u00a0120,000")
    assert isinstance(period, Paragraphs)
    assert period.paragraphs == ("15 October 2015 – 31 May 2017",)
    assert isinstance(truthful, Paragraphs)
    assert truthful.paragraphs == ("Yes",)


def test_an_organisation_is_shown_part_by_part(form_a: Form, answers_a: dict[str, Any], context: Context) -> None:
    block = shown(form_a, answers_a, context)["applicant"]
    assert isinstance(block, Pairs)
    assert dict(block.pairs) == {
        "Organisationens namn": "Vuxenenheten i Granvik",
        "Enhet eller arbetsställe": "–",
        "Organisationsnummer": "219990-4703",
        "Utdelningsadress": "Åkergatan 4",
        "Postnummer": "123 45",
        "Postort": "Granvik",
    }


def test_signatories_are_a_table(form_a: Form, answers_a: dict[str, Any], context: Context) -> None:
    block = shown(form_a, answers_a, context)["signatories"]
    assert isinstance(block, Table)
    assert block.columns[:3] == ("Namnförtydligande", "Befattning", "Organisation")
    told = ("Torkel Påhitt", "Enhetschef", "Granviks kommun", "torkel@granvik.example", "Enligt delegation")
    assert block.rows == (TableRow(told),)
    assert not block.is_numeric


def test_members_and_attachments_are_shown_by_name(form_of: Callable[[str], Form], context: Context) -> None:
    form = form_of(
        "- {id: who, kind: cooperating_parties, label: {sv: V, en: W}}\n"
        "- {id: papers, kind: attachments, label: {sv: B, en: A}}\n"
        "- {id: gone, kind: cooperating_parties, label: {sv: V, en: W}}\n"
    )
    blocks = shown(form, {"who": ["1", "3"], "papers": ["31"], "gone": ["77"]}, context)
    assert blocks["who"] == Paragraphs("V", ("Granviks kommun", "Region Norrlid"), "who", is_list=True)
    assert blocks["papers"] == Paragraphs("B", ("Behovsanalys.pdf (120 kB)",), "papers", is_list=True)
    assert blocks["gone"] == Paragraphs("V", ("77",), "gone", is_list=True)


@pytest.mark.parametrize(
    ("options", "value", "printed"),
    [
        ("kind: long_text", "Ett\n\n Två \nTre", ("Ett", "Två", "Tre")),
        ("kind: money", 123_450, ("1\u00a0234,50\u00a0kr",)),
        ("kind: date", "2027-09-10", ("10 september 2027",)),
        ("kind: yes_no", False, ("Nej",)),
        ("kind: phone", "+46910123456", ("0910-12 34 56",)),
        ("kind: plusgiro", "1234566", ("12 34 56-6",)),
        ("kind: choice, choices: [{id: red, label: {sv: Röd, en: Red}}]", "red", ("Röd",)),
        ("kind: date", {"unread": "våren"}, ("våren (kunde inte läsas)",)),
        ("kind: text", "<b>fet</b> {{ x }}", ("<b>fet</b> {{ x }}",)),
    ],
)
def test_a_value_is_printed_as_people_read_it(
    ask: Callable[[str], Any], form_of: Callable[[str], Form], context: Context, options: str, value: Any, printed: Any
) -> None:
    form = form_of(f"- {{id: q, label: {{sv: Fråga, en: Question}}, {options}}}")
    block = shown(form, {"q": value}, context)["q"]
    assert isinstance(block, Paragraphs)
    assert block.paragraphs == printed


def test_a_period_that_is_half_answered_shows_its_parts(form_of: Callable[[str], Form], context: Context) -> None:
    form = form_of("- {id: q, kind: period, label: {sv: Tid, en: Time}}")
    block = shown(form, {"q": {"start": "2027-01-01"}}, context)["q"]
    assert block == Pairs("Tid", (("Från och med", "1 januari 2027"), ("Till och med", "–")), "q")


def test_what_is_not_answered_says_so(form_a: Form, context: Context) -> None:
    blocks = shown(form_a, {}, context)
    assert blocks["name"] == Paragraphs("Insatsens namn", ("Ej besvarad",), "name", is_missing=True)
    assert blocks["budget"] == Paragraphs("Budget", ("Ej besvarad",), "budget", is_missing=True)
    assert missing(form_a, {}, context)


def test_a_table_without_its_sums_is_an_error_of_the_caller(
    form_a: Form, answers_a: dict[str, Any], context: Context
) -> None:
    with pytest.raises(ValueError, match="must be computed"):
        present(form_a, answers_a, {}, context)
