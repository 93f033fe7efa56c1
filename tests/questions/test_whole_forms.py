"""Every shipped form filled in from beginning to end: nothing is missing, and all of it prints."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.definitions import keys, load
from paragraf.questions.completeness import missing, section_states
from paragraf.questions.computing import compute
from paragraf.questions.conditions import asked
from paragraf.questions.definition import FILLED_IN, Form, Kind, Purpose, Question, Receipt
from paragraf.questions.facts import facts
from paragraf.questions.presenting import Heading, present
from paragraf.questions.reading import read_definition
from paragraf.questions.unfolding import unfold
from tests.questions.whole import CONTEXT, whole_answers

every_form = pytest.mark.parametrize("key", keys())
either_way = pytest.mark.parametrize("yes", [True, False], ids=["yes", "no"])
REPORTS = ("status_report", "tertial_report", "year_report", "final_report")


@every_form
@either_way
def test_whole_answers_give_no_problem(key: str, yes: bool) -> None:
    form, answers = whole_answers(read_definition(load(key)), yes=yes)
    assert [str(problem) for problem in missing(form, answers, CONTEXT) if not problem.is_warning] == []


@every_form
def test_an_empty_form_says_in_every_section_that_must_be_filled_in_what_is_missing(key: str) -> None:
    form = unfold(read_definition(load(key)), {}, CONTEXT)
    for section, state in zip(form.sections, section_states(form, {}, CONTEXT), strict=True):
        required = [each for each in asked(form, {}, section) if each.required and each.kind is not Kind.BUDGET_SUMMARY]
        assert bool(state.unanswered) == bool(required), section.id


@every_form
@either_way
@pytest.mark.parametrize("language", ["sv", "en"])
def test_whole_answers_print(key: str, yes: bool, language: str) -> None:
    form, answers = whole_answers(read_definition(load(key)), yes=yes)
    blocks = present(form, answers, compute(form, answers, CONTEXT), CONTEXT, language)
    assert {block.question_id for block in blocks if not isinstance(block, Heading)} == {
        question.id for question in asked(form, answers)
    }
    told = str(blocks)
    for word in ("could not be read", "kunde inte läsas", "None", "%(", "Ej besvarad", "Not answered"):
        assert word not in told or any(question.kind is Kind.ATTACHMENTS for question in form.questions())


@pytest.mark.parametrize(
    ("key", "purpose", "receipt"),
    [
        ("application_a", Purpose.APPLICATION, Receipt.ON_SUBMISSION),
        ("application_b", Purpose.APPLICATION, Receipt.ON_SIGNATURES),
        *((key, Purpose.REPORT, Receipt.ON_SUBMISSION) for key in REPORTS),
        ("commitment_appendix", Purpose.APPENDIX, Receipt.ON_SIGNATURES),
        ("needs_analysis", Purpose.ANALYSIS, Receipt.ON_SUBMISSION),
        ("conference_registration", Purpose.REGISTRATION, Receipt.ON_SUBMISSION),
    ],
)
def test_what_a_form_is_for_and_when_it_counts_as_received(key: str, purpose: Purpose, receipt: Receipt) -> None:
    form = read_definition(load(key))
    assert (form.purpose, form.receipt) == (purpose, receipt)


@every_form
def test_the_register_finds_what_it_reads(key: str) -> None:
    form, answers = whole_answers(read_definition(load(key)))
    found = facts(form, answers, compute(form, answers, CONTEXT))
    assert found.contact_email == "ylva@granvik.example"
    sources = form.facts
    assert bool(found.title) == bool(sources.title)
    assert bool(found.period) == bool(sources.period)
    assert bool(found.amount) == bool(sources.amount)


# --- application B ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def form_b() -> Form:
    return read_definition(load("application_b"))


def test_form_b_has_an_annex_for_each_municipality(form_b: Form) -> None:
    form, _answers = whole_answers(form_b)
    titles = [section.title.sv for section in form.sections if section.repeated == "annex"]
    assert titles == ["Kommunens bilaga: Kommun 1", "Kommunens bilaga: Kommun 2"]


def test_form_b_applies_for_all_its_budgets_together(form_b: Form) -> None:
    form, answers = whole_answers(form_b)
    sums = compute(form, answers, CONTEXT)
    # Eight common costs and two times six of the municipalities, less income and financing, two years.
    assert sums["whole"].applied.total.ore == 2 * (8 * 100_000 - 30_000 + 2 * (6 * 100_000 - 30_000)) * 100
    assert facts(form, answers, sums).amount == answers["decided_amount"]


def test_form_b_tells_how_much_the_decided_amount_differs(form_b: Form) -> None:
    form, answers = whole_answers(form_b)
    problems = missing(form, answers | {"decided_amount": answers["decided_amount"] + 100_000}, CONTEXT)
    assert [problem.question_id for problem in problems if not problem.is_warning] == ["decided_amount"]
    assert "1\u00a0000\u00a0kr" in str(problems[0])


def test_form_b_keeps_the_period_of_an_annex_within_the_process(form_b: Form) -> None:
    form, answers = whole_answers(form_b)
    late = {"annex-2-annex_period": {"start": "2027-01-01", "end": "2028-12-31"}}
    problems = missing(form, answers | late, CONTEXT)
    assert [problem.question_id for problem in problems] == ["annex-2-annex_period"]
    assert "inom den tid som hela processen har" in str(problems[0])


def test_form_b_needs_two_principals_not_two_municipalities(form_b: Form) -> None:
    form, answers = whole_answers(form_b)
    alone = answers | {"cooperating": ["1"]}
    assert "minst två huvudmän" in " ".join(map(str, missing(form, alone, CONTEXT)))


def test_form_b_asks_for_the_link_to_the_needs_analysis_or_the_reason(form_b: Form) -> None:
    _form, linked = whole_answers(form_b, yes=True)
    _form, reasoned = whole_answers(form_b, yes=False)
    assert "needs_part" in linked
    assert "needs_reason" not in linked
    assert "needs_reason" in reasoned
    assert "needs_part" not in reasoned


AMOUNTS = st.none() | st.integers(0, 10**11)


@st.composite
def budgets(draw: st.DrawFn, question: Question) -> dict[str, dict[str, int]]:
    """Any cells, blank ones among them."""
    cells = {
        row.id: {year: amount for year in ("2027", "2028", "2029") if (amount := draw(AMOUNTS)) is not None}
        for row in question.options.rows
        if row.kind in FILLED_IN
    }
    return {row: years for row, years in cells.items() if years}


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 5))
def test_the_whole_is_the_sum_of_its_parts(data: st.DataObject, annexes: int) -> None:
    form = unfold(
        read_definition(load("application_b")), {"annex": [str(place + 1) for place in range(annexes)]}, CONTEXT
    )
    answers = {"annex": [str(place + 1) for place in range(annexes)]} | {
        question.id: filled
        for question in form.questions()
        if question.kind is Kind.BUDGET and (filled := data.draw(budgets(question)))
    }
    sums = compute(form, answers, CONTEXT)
    parts = [sums[question.id] for question in form.questions() if question.kind is Kind.BUDGET]
    assert len(parts) == annexes + 1
    for name in ("costs", "income", "financing", "net", "applied"):
        whole = getattr(sums["whole"], name)
        assert (whole.total.ore or 0) == sum(amount.ore or 0 for amount in whole.by_year.values())
        if name in ("costs", "income", "financing"):
            assert (whole.total.ore or 0) == sum(getattr(part, name).total.ore or 0 for part in parts)
            for year, amount in whole.by_year.items():
                assert (amount.ore or 0) == sum(
                    part_amount.ore or 0
                    for part in parts
                    if (part_amount := getattr(part, name).by_year.get(year)) is not None
                )
    whole = sums["whole"]
    if whole.costs.total.ore is not None:
        taken = (whole.income.total.ore or 0) + (whole.financing.total.ore or 0)
        assert whole.applied.total.ore == whole.costs.total.ore - taken
    for part in parts:
        for group in part.groups.values():
            assert (group.total.ore or 0) == sum(amount.ore or 0 for amount in group.by_year.values())
