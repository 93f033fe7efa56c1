"""Groups, own and other financing, and what is applied for: exact, whatever is in the cells."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paragraf.questions.computing import BudgetSums, compute
from paragraf.questions.context import Context
from paragraf.questions.definition import RowKind
from paragraf.questions.presenting import Table, present
from paragraf.questions.reading import read_definition
from paragraf.questions.scalars import MOST_ORE
from paragraf.questions.unfolding import unfold
from tests.questions.annexed import ANNEXED

FORM, CONTEXT = read_definition(ANNEXED), Context(start_year=2027)
ROWS = [row for row in FORM.question("budget").options.rows if row.kind in ("cost", "income")]
FINANCED = ["own", "other"]
cells = st.dictionaries(
    st.sampled_from(["2027", "2028"]), st.one_of(st.integers(0, MOST_ORE), st.just({"unread": "12k"})), min_size=1
)
budgets = st.dictionaries(st.sampled_from(["lead", "support", "premises", "fees", *FINANCED]), cells)
annexes = st.dictionaries(st.sampled_from(["staff", "own"]), cells)


def sums_of(answers: dict[str, Any]) -> dict[str, BudgetSums]:
    return compute(unfold(FORM, answers, CONTEXT), answers, CONTEXT)


def naive(budget: dict[str, Any], names: list[str], year: str | None = None) -> int | None:
    found = [
        cell
        for name in names
        for column, cell in budget.get(name, {}).items()
        if year in (None, column) and isinstance(cell, int)
    ]
    return sum(found) if found else None


def less(sum_of: int | None, taken: int | None) -> int | None:
    return None if sum_of is None else sum_of - (taken or 0)


@given(budgets)
def test_every_sum_of_a_budget_is_the_exact_sum_of_its_cells(budget: dict[str, Any]) -> None:
    sums = sums_of({"budget": budget})["budget"]
    costs = ["lead", "support", "premises"]
    for year in ("2027", "2028", None):

        def at(row: Any, year: str | None = year) -> int | None:
            return (row.total if year is None else row.by_year[int(year)]).ore  # type: ignore[no-any-return]

        total, income, own = (naive(budget, names, year) for names in (costs, ["fees"], FINANCED))
        assert at(sums.groups["steering"]) == naive(budget, ["lead", "support"], year)
        assert at(sums.groups["funding"]) == own
        assert at(sums.rows["costs"]) == total
        assert at(sums.rows["net"]) == less(total, income)
        assert at(sums.rows["applied"]) == less(less(total, income), own)


@given(budgets, st.lists(annexes, min_size=1, max_size=3))
def test_the_whole_is_the_sum_of_its_budgets_by_year_and_in_all(
    common: dict[str, Any], parts: list[dict[str, Any]]
) -> None:
    entries = [str(place + 1) for place in range(len(parts))]
    answers: dict[str, Any] = {"annex": entries, "budget": common}
    answers |= {f"annex-{entry}-annex_budget": part for entry, part in zip(entries, parts, strict=True)}
    sums = sums_of(answers)
    each = [sums["budget"], *(sums[f"annex-{entry}-annex_budget"] for entry in entries)]
    for kind in (RowKind.COST_TOTAL, RowKind.INCOME_TOTAL, RowKind.FINANCING_TOTAL):
        for year in sums["whole"].years:
            there = [ore for one in each if (ore := one.totals[kind].by_year[year].ore) is not None]
            assert sums["whole"].totals[kind].by_year[year].ore == (sum(there) if there else None)
        totals = [ore for one in each if (ore := one.totals[kind].total.ore) is not None]
        assert sums["whole"].totals[kind].total.ore == (sum(totals) if totals else None)


def test_a_group_has_its_heading_before_and_its_sum_after() -> None:
    answers = {"budget": {"lead": {"2027": 100, "2028": 0}}}
    blocks = present(unfold(FORM, answers, CONTEXT), answers, sums_of(answers), CONTEXT)
    table = next(block for block in blocks if isinstance(block, Table))
    assert [(row.cells[0], row.is_heading, row.is_sum) for row in table.rows] == [
        ("Styrning", True, False),
        ("Ledning", False, False),
        ("Stöd", False, False),
        ("Summa styrning", False, True),
        ("Lokaler", False, False),
        ("Summa kostnader", False, True),
        ("Avgifter", False, False),
        ("Netto", False, True),
        ("Finansiering", True, False),
        ("Egen", False, False),
        ("Annan", False, False),
        ("Summa finansiering", False, True),
        ("Sökt belopp", False, True),
    ]


def test_the_sums_are_told_to_the_page() -> None:
    answers = {"annex": ["1"], "budget": {"lead": {"2027": 100}}}
    told = sums_of(answers)["whole"].as_json()
    assert told["sources"]["budget"] == {"by_year": {"2027": 100, "2028": None}, "total": 100, "incomplete": True}
    assert told["sources"]["annex-1-annex_budget"]["incomplete"]
    assert told["rows"]["applied"]["total"] == 100
