"""Repeated sections are written out: once for each entry, with names of their own, and nothing else is touched."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.completeness import missing, section_states
from paragraf.questions.computing import compute
from paragraf.questions.context import Context
from paragraf.questions.definition import Form
from paragraf.questions.entries import add_entry, entry_answers, repeated, take_entry_away, with_entry, written_id
from paragraf.questions.presenting import Heading, Table, present
from paragraf.questions.reading import read_definition
from paragraf.questions.unfolding import unfold
from tests.questions.annexed import ANNEXED
from tests.questions.filling import filled_in

PERIOD = {"period.start": "2027-01-01", "period.end": "2028-12-31"}


@pytest.fixture(scope="session")
def annexed() -> Form:
    return read_definition(ANNEXED)


def ids(form: Form) -> list[str]:
    return [section.id for section in form.sections]


def test_each_entry_is_a_section_with_names_of_its_own(annexed: Form, context: Context) -> None:
    form = unfold(annexed, {"annex": ["1", "3"], "parties": ["3"]}, context)
    assert ids(form) == ["common", "staff", "plan", "annex-1", "annex-3", "contribution-3", "total"]
    assert [question.id for question in form.section("annex-3").questions][:2] == [
        "annex-3-municipality",
        "annex-3-own_period",
    ]
    assert (form.section("annex-3").repeated, form.section("annex-3").entry) == ("annex", "3")
    assert {written_id(question.id) for question in form.questions()} == {
        question.id for question in annexed.questions()
    }


def test_an_entry_is_called_by_its_place_until_it_has_a_name(annexed: Form, context: Context) -> None:
    answers = {"annex": ["1", "3"], "annex-1-municipality": "Granvik", "parties": ["3"]}
    form = unfold(annexed, answers, context)
    assert form.section("annex-1").title.sv == "Kommunens bilaga: Granvik"
    assert form.section("annex-1").title.en == "The municipality's annex: Granvik"
    assert form.section("annex-3").title.sv == "Bilaga 2"
    assert form.section("contribution-3").title.sv == "Partens bidrag: Region Norrlid"


def test_a_name_that_is_a_whole_page_is_cut(annexed: Form, context: Context) -> None:
    title = unfold(annexed, {"annex-1-municipality": "å" * 5000}, context).section("annex-1").title.sv
    assert len(title) < 120


def test_as_many_entries_as_the_form_demands_are_there_from_the_start(annexed: Form, context: Context) -> None:
    assert "annex-1" in ids(unfold(annexed, {}, context))


def test_one_section_for_each_chosen_member_that_is_there(annexed: Form, context: Context) -> None:
    form = unfold(annexed, {"parties": ["1", "3", "99", {"unread": "x"}]}, context)
    assert [section for section in ids(form) if section.startswith("contribution")] == [
        "contribution-1",
        "contribution-3",
    ]


def test_conditions_periods_and_checks_stay_within_the_entry(annexed: Form, context: Context) -> None:
    sent = {
        **PERIOD,
        "annex-1-has_group": "yes",
        "annex-2-has_group": "no",
        "annex-2-annex_budget.staff.2027": "1 000",
        "annex-2-annex_budget.staff.2028": "0",
        "annex-2-stated": "900",
        "annex-2-own_period.start": "2026-12-31",
        "annex-2-own_period.end": "2027-06-30",
    }
    answers = filled_in(annexed, sent, context, annex=["1", "2"])
    form = unfold(annexed, answers, context)
    told = {problem.field: str(problem) for problem in missing(form, answers, context)}
    assert "annex-1-group" in told
    assert "annex-2-group" not in told
    assert "annex-1-stated" not in told
    assert told["annex-2-stated"].startswith("Beloppet är 900\u00a0kr men budgeten ger 1\u00a0000\u00a0kr.")
    assert told["annex-2-own_period.start"].startswith("Tiden ska ligga inom 1 januari 2027")
    assert compute(form, answers, context)["annex-2-annex_budget"].years == (2027, 2028)


def test_the_whole_adds_up_the_common_budget_and_every_annex(annexed: Form, context: Context) -> None:
    sent = {
        **PERIOD,
        "budget.lead.2027": "100",
        "budget.lead.2028": "50,50",
        "budget.fees.2027": "10",
        "budget.own.2027": "5",
        "annex-1-municipality": "Granvik",
        "annex-1-annex_budget.staff.2027": "1 000",
        "annex-1-annex_budget.own.2027": "400",
    }
    answers = filled_in(annexed, sent, context, annex=["1", "2"])
    form = unfold(annexed, answers, context)
    computed = compute(form, answers, context)
    whole = computed["whole"]
    assert [(str(line.label), line.costs.total.ore) for line in whole.sources] == [
        ("Gemensam budget", 15_050),
        ("Granvik", 100_000),
        ("Bilaga 2", None),
    ]
    assert {name: row.total.ore for name, row in whole.rows.items()} == {
        "cost_total": 115_050,
        "income_total": 1_000,
        "financing_total": 40_500,
        "net": 114_050,
        "applied": 73_550,
    }
    assert whole.is_incomplete
    shown = [block for block in present(form, answers, computed, context) if isinstance(block, Table)]
    assert [row.cells[0] for row in shown[-1].rows] == [
        "Gemensam budget",
        "Granvik",
        "Bilaga 2",
        "Summa kostnader",
        "Summa intäkter",
        "Nettokostnad",
        "Summa egen och annan finansiering",
        "Sökt belopp",
    ]


def test_a_section_with_a_condition_is_asked_only_when_it_holds(annexed: Form, context: Context) -> None:
    for answer, is_shown in ((True, True), (False, False), (None, False)):
        answers = {"has_staff": answer}
        form = unfold(annexed, answers, context)
        states = {state.section_id: state for state in section_states(form, answers, context)}
        assert states["staff"].is_shown is is_shown
        assert (states["staff"].unanswered > 0) is is_shown
        blocks = present(form, answers, compute(form, answers, context), context)
        assert any(isinstance(block, Heading) and block.section_id == "staff" for block in blocks) is is_shown


def test_two_entries_with_one_name_are_a_warning_that_blocks_nothing(annexed: Form, context: Context) -> None:
    answers = {"annex": ["1", "2"], "annex-1-municipality": "Granvik", "annex-2-municipality": " granvik"}
    form = unfold(annexed, answers, context)
    (told,) = [problem for problem in missing(form, answers, context) if problem.is_warning]
    assert (told.section_id, told.field) == ("annex-2", "annex-2-municipality")
    assert "Det finns redan ett avsnitt med samma namn, Kommunens bilaga: Granvik." in str(told)


# --- entries ---------------------------------------------------------------------------------------------------------


def test_an_entry_is_added_after_all_that_ever_were(annexed: Form) -> None:
    assert add_entry(annexed, "annex", {}) == (["1", "2"], "2")
    assert add_entry(annexed, "annex", {"annex": ["1"], "annex-7-municipality": "Borttagen"}) == (["1", "8"], "8")


def test_an_entry_that_was_taken_away_comes_back_with_its_answers(annexed: Form) -> None:
    answers = {"annex": ["1"], "annex-2-municipality": "Ekdala"}
    assert add_entry(annexed, "annex", answers, "2") == (["1", "2"], "2")
    assert entry_answers("annex", "2", answers) == {"municipality": "Ekdala"}
    for entry in ("1", "5"):
        with pytest.raises(NotThere):
            add_entry(annexed, "annex", answers, entry)


def test_the_bounds_of_the_form_hold(annexed: Form) -> None:
    with pytest.raises(RuleBroken, match="fler är inte möjligt"):
        add_entry(annexed, "annex", {"annex": ["1", "2", "3"]})
    with pytest.raises(RuleBroken, match="Minst 1 måste finnas kvar"):
        take_entry_away(annexed, "annex", "1", {})
    assert take_entry_away(annexed, "annex", "1", {"annex": ["1", "2"]}) == ["2"]
    for section, entry in (("annex", "9"), ("contribution", "1"), ("common", "1"), ("gone", "1")):
        with pytest.raises(NotThere):
            take_entry_away(annexed, section, entry, {"annex": ["1", "2"]})
    assert repeated(annexed.section("annex"), {"annex": ["1", "2", "3"]}).may_add is False
    assert repeated(annexed.section("annex"), {}).may_remove is False


def test_what_is_written_in_an_entry_that_is_gone_has_somewhere_to_go(annexed: Form, context: Context) -> None:
    answers: dict[str, Any] = {"annex": ["1"], "annex-2-municipality": "Ekdala"}
    assert "annex-2" not in ids(unfold(annexed, answers, context))
    assert "annex-2" in ids(unfold(annexed, with_entry(annexed, "annex-2", answers), context))
    assert with_entry(annexed, "annex-9", answers) is answers
    assert with_entry(annexed, "common", answers) is answers


# --- properties ------------------------------------------------------------------------------------------------------

entries = st.lists(st.integers(1, 40).map(str), unique=True, max_size=5)
ANYTHING = st.dictionaries(
    st.sampled_from(["annex", "parties", "annex-1-municipality", "has_staff"]),
    st.one_of(entries, st.text(max_size=5), st.none(), st.booleans(), st.just({"unread": "x"}), st.just([1, None])),
)


@given(ANYTHING)
def test_unfolding_keeps_every_plain_question_and_unfolds_once(answers: dict[str, Any]) -> None:
    form, context = read_definition(ANNEXED), Context()
    once = unfold(form, answers, context)
    assert unfold(once, answers, context) is once
    plain = [section for section in form.sections if section.repeat is None and section.id != "total"]
    assert [section for section in once.sections if not section.repeated and section.id != "total"] == plain
    names = [question.id for question in once.questions()]
    assert len(names) == len(set(names))


@given(entries)
def test_the_same_entries_give_an_equal_form(chosen: list[str]) -> None:
    context = Context()
    again = unfold(read_definition(ANNEXED + "# another text\n"), {"annex": chosen}, context)
    assert unfold(read_definition(ANNEXED), {"annex": chosen}, context) == again
