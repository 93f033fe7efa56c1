"""Sums of a budget: right to the öre, and honest about what is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.questions.computing import MOST_YEARS, BudgetSums, RowSums, Sum, compute, planned_years
from paragraf.questions.context import Context
from paragraf.questions.definition import Form

COSTS = ("personnel", "premises", "other", "evaluation")
PERIOD = {"start": "2015-10-15", "end": "2017-05-31"}


def sums_of(form: Form, budget: Any, period: Any = None, context: Context | None = None) -> BudgetSums:
    return compute(form, {"budget": budget, "period": period}, context)["budget"]


def in_kronor(row: RowSums) -> list[int | None]:
    amounts = [*(amount.ore for amount in row.by_year.values()), row.total.ore]
    return [None if ore is None else ore // 100 for ore in amounts]


def test_form_a_computes_the_net_row_that_the_word_form_got_wrong(form_a: Form, answers_a: dict[str, Any]) -> None:
    sums = compute(form_a, answers_a)["budget"]
    assert sums.years == (2015, 2016, 2017)
    assert in_kronor(sums.rows["total"]) == [120_000, 290_000, 0, 410_000]
    assert in_kronor(sums.rows["net"]) == [120_000, 290_000, 0, 410_000]
    assert in_kronor(sums.rows["personnel"]) == [100_000, 260_000, 0, 360_000]
    assert in_kronor(sums.rows["premises"]) == [20_000, 30_000, 0, 50_000]
    assert not sums.net.total.incomplete


def test_a_year_that_is_left_blank_is_missing_and_not_zero(form_a: Form) -> None:
    cells = {"personnel": {"2015": 10_000_000, "2016": 26_000_000}, "premises": {"2015": 2_000_000, "2016": 3_000_000}}
    sums = sums_of(form_a, cells, PERIOD)
    assert in_kronor(sums.net) == [120_000, 290_000, None, 410_000]
    assert sums.net.total == Sum(41_000_000, incomplete=True)
    assert sums.rows["personnel"].by_year[2017] == Sum(None, incomplete=True)
    assert sums.rows["other"].total == Sum(None, incomplete=False)


def test_a_budget_with_nothing_in_it_has_no_sums(form_a: Form) -> None:
    sums = sums_of(form_a, None, PERIOD)
    assert {row.total for row in sums.rows.values()} == {Sum(None, incomplete=False)}
    assert (sums.costs.total.ore, sums.income.total.ore, sums.net.total.ore) == (None, None, None)


def test_income_is_taken_from_the_cost(form_a: Form) -> None:
    sums = sums_of(form_a, {"personnel": {"2027": 50_000}, "income": {"2027": 80_001}}, None, Context(start_year=2027))
    assert sums.net.by_year[2027].ore == -30_001
    assert sums.income.total.ore == 80_001


def test_income_without_a_cost_gives_no_net(form_a: Form) -> None:
    sums = sums_of(form_a, {"income": {"2015": 500}}, {"start": "2015-01-01", "end": "2015-12-31"})
    assert sums.net.total == Sum(None, incomplete=True)
    assert sums.net.by_year[2015] == Sum(None, incomplete=True)


def test_an_amount_that_cannot_be_read_leaves_the_sums_incomplete(form_a: Form) -> None:
    cells = {"personnel": {"2015": {"unread": "12.000"}}, "premises": {"2015": 700}}
    sums = sums_of(form_a, cells, {"start": "2015-01-01", "end": "2015-12-31"})
    assert sums.costs.by_year[2015] == Sum(700, incomplete=True)
    assert sums.rows["personnel"].total == Sum(None, incomplete=True)
    assert sums.net.total == Sum(700, incomplete=True)


# --- which years ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "start_year", "years"),
    [
        (PERIOD, None, (2015, 2016, 2017)),
        (PERIOD, 2030, (2015, 2016, 2017)),
        ({"start": "2027-12-31", "end": "2027-12-31"}, None, (2027,)),
        (None, 2030, (2030, 2031, 2032)),
        (None, None, ()),
        ({"start": "2028-05-01"}, 2030, (2028, 2029, 2030)),
        ({"end": "2028-05-01"}, 2030, (2030, 2031, 2032)),
        ({"start": {"unread": "våren"}, "end": "2028-05-01"}, 2030, (2030, 2031, 2032)),
        ({"start": "2028-05-01", "end": "2027-01-01"}, None, (2028, 2029, 2030)),
        ({"start": "0001-01-01", "end": "9999-12-31"}, None, tuple(range(1, MOST_YEARS + 1))),
    ],
)
def test_the_years_are_those_of_the_period_or_follow_the_start_year(
    form_a: Form, period: Any, start_year: int | None, years: tuple[int, ...]
) -> None:
    budget = form_a.question("budget")
    assert planned_years(budget, {"period": period}, Context(start_year=start_year)) == years


def test_amounts_outside_the_period_are_shown_and_counted_until_they_are_emptied(form_a: Form) -> None:
    sums = sums_of(form_a, {"personnel": {"2015": 1, "2016": 1, "2017": 1, "2019": 500}}, PERIOD)
    assert sums.years == (2015, 2016, 2017, 2019)
    assert sums.stray == (2019,)
    assert sums.costs.total.ore == 503


def test_without_any_known_year_the_columns_are_those_with_amounts(form_a: Form) -> None:
    sums = sums_of(form_a, {"personnel": {"2029": 5, "2027": 6}})
    assert (sums.years, sums.stray) == ((2027, 2029), ())


# --- properties ----------------------------------------------------------------------------------------------------

ore = st.integers(min_value=0, max_value=10**13)
years = st.integers(min_value=2027, max_value=2030)
filled_tables = st.dictionaries(
    st.sampled_from([*COSTS, "income"]),
    st.fixed_dictionaries({str(year): ore for year in range(2027, 2031)}),
)
gappy_tables = st.dictionaries(
    st.sampled_from([*COSTS, "income"]), st.dictionaries(years.map(str), ore, min_size=1), max_size=5
)
FOUR_YEARS = {"start": "2027-01-01", "end": "2030-12-31"}


@given(cells=filled_tables)
def test_a_full_budget_sums_as_python_sums(form_a: Form, cells: dict[str, dict[str, int]]) -> None:
    sums = sums_of(form_a, cells, FOUR_YEARS)
    costs = {year: [cells[row][str(year)] for row in COSTS if row in cells] for year in range(2027, 2031)}
    income = {year: cells.get("income", {}).get(str(year), 0) for year in range(2027, 2031)}
    for year, amounts in costs.items():
        assert sums.costs.by_year[year].ore == (sum(amounts) if amounts else None)
        assert sums.net.by_year[year].ore == (sum(amounts) - income[year] if amounts else None)
    if any(costs.values()):
        assert sums.net.total.ore == sum(map(sum, costs.values())) - sum(income.values())
        assert not sums.net.total.incomplete


@given(cells=gappy_tables)
def test_sums_over_years_and_over_rows_agree_whatever_is_missing(
    form_a: Form, cells: dict[str, dict[str, int]]
) -> None:
    sums = sums_of(form_a, cells, FOUR_YEARS)
    over_rows = [sums.rows[row].total.ore for row in COSTS]
    over_years = [amount.ore for amount in sums.costs.by_year.values()]
    assert sums.costs.total.ore == total_of(over_rows) == total_of(over_years)
    assert sums.costs.total.ore == total_of([cell for row in COSTS for cell in cells.get(row, {}).values()])


@given(cells=gappy_tables)
def test_a_sum_is_incomplete_exactly_when_a_row_is_partly_blank(form_a: Form, cells: dict[str, dict[str, int]]) -> None:
    sums = sums_of(form_a, cells, FOUR_YEARS)
    assert sums.costs.total.incomplete == any(len(row) < 4 for name, row in cells.items() if name != "income")
    for year in range(2027, 2031):
        gap = any(str(year) not in row for name, row in cells.items() if name != "income")
        assert sums.costs.by_year[year].incomplete == gap


def total_of(amounts: list[int | None]) -> int | None:
    present = [amount for amount in amounts if amount is not None]
    return sum(present) if present else None


@given(cells=gappy_tables)
def test_sums_pass_through_json_for_the_page(form_a: Form, cells: dict[str, dict[str, int]]) -> None:
    sums = sums_of(form_a, cells, FOUR_YEARS)
    sent = json.loads(json.dumps(sums.as_json()))
    assert sent["years"] == [2027, 2028, 2029, 2030]
    assert sent["rows"]["net"]["total"] == sums.net.total.ore
    assert sent["rows"]["total"]["by_year"]["2027"] == sums.costs.by_year[2027].ore
    assert sent["rows"]["total"]["incomplete"] == sums.costs.total.incomplete
