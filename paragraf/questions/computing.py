"""The sums of a budget: by year and in all, for costs, income and the net. Whole öre.

A blank cell is missing, not zero: a sum is the sum of the cells that are there, None when there are none, and
``incomplete`` when something it should hold is missing. A row that is blank all through is a cost there is not, and
makes nothing incomplete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paragraf.questions.conditions import Answers, asked
from paragraf.questions.context import Context
from paragraf.questions.definition import BudgetRow, Form, Kind, Question, RowKind
from paragraf.questions.fields import is_unread

MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in öre, or None where nothing is filled in; ``incomplete`` when something in it is missing."""

    ore: int | None
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class RowSums:
    """One row of the budget, filled in or computed: by year, and over all years."""

    by_year: Mapping[int, Sum]
    total: Sum


@dataclass(frozen=True, slots=True)
class BudgetSums:
    """A budget with all its rows.

    ``years`` are the columns. ``stray`` are those of them that lie outside the period but have amounts, which are
    shown and counted until the applicant has emptied them. ``costs``, ``income`` and ``net`` are there whether or not
    the form prints such a row.
    """

    years: tuple[int, ...]
    stray: tuple[int, ...]
    rows: Mapping[str, RowSums]
    costs: RowSums
    income: RowSums
    net: RowSums

    def as_json(self) -> dict[str, Any]:
        """Return the computed rows as JSON, to store beside the answers and to send to the page."""
        return {
            "years": list(self.years),
            "stray": list(self.stray),
            "rows": {row_id: _row_as_json(row) for row_id, row in self.rows.items()},
        }


Computed = Mapping[str, BudgetSums]
"""The sums by the id of their budget question."""


def compute(form: Form, answers: Answers, context: Context | None = None) -> dict[str, BudgetSums]:
    """Return the sums of every budget that is asked, answered or not, by question id."""
    known = context or Context()
    return {
        question.id: budget_sums(question, answers, known)
        for question in asked(form, answers)
        if question.kind is Kind.BUDGET
    }


def budget_sums(question: Question, answers: Answers, context: Context) -> BudgetSums:
    """Return the sums of one budget question."""
    cells: Mapping[str, Mapping[str, Any]] = answers.get(question.id) or {}
    planned = planned_years(question, answers, context)
    years, stray = _columns(planned, cells)
    filled = {row.id: _filled_row(cells.get(row.id, {}), years) for row in question.options.rows}
    costs = _column_sums((filled[row.id] for row in _of_kind(question, RowKind.COST)), years)
    income = _column_sums((filled[row.id] for row in _of_kind(question, RowKind.INCOME)), years)
    net = _net(costs, income, years)
    computed = {RowKind.COST_TOTAL: costs, RowKind.INCOME_TOTAL: income, RowKind.NET: net}
    rows = {row.id: computed.get(row.kind, filled[row.id]) for row in question.options.rows}
    return BudgetSums(years, stray, rows, costs, income, net)


def planned_years(question: Question, answers: Answers, context: Context) -> tuple[int, ...]:
    """Return the years the budget is for: those of the period, else so many from the start year, else none."""
    rule = question.options.years
    if rule is None:
        return ()
    period = answers.get(rule.period) if rule.period else None
    start, end = (_year(period, name) for name in ("start", "end"))
    first = start or rule.start or context.start_year
    if first is None:
        return ()
    last = end if start and end and end >= start else first + rule.count - 1
    return tuple(range(first, min(last, first + MOST_YEARS - 1) + 1))


def _year(period: Any, name: str) -> int | None:
    written = period.get(name) if isinstance(period, Mapping) else None
    return date.fromisoformat(written).year if isinstance(written, str) else None


def _columns(planned: tuple[int, ...], cells: Mapping[str, Mapping[str, Any]]) -> tuple[tuple[int, ...], ...]:
    """Return the columns, and those of them that have amounts without being planned."""
    filled = {int(year) for row in cells.values() for year in row}
    stray = filled - set(planned) if planned else set()
    return tuple(sorted(filled | set(planned))), tuple(sorted(stray))


def _of_kind(question: Question, kind: RowKind) -> list[BudgetRow]:
    return [row for row in question.options.rows if row.kind is kind]


def _filled_row(cells: Mapping[str, Any], years: tuple[int, ...]) -> RowSums:
    """Return a row as filled in. A year without a readable amount is missing if any year of the row has something."""
    begun = bool(cells)
    by_year = {}
    for year in years:
        cell = cells.get(str(year))
        ore = None if is_unread(cell) else cell
        by_year[year] = Sum(ore, begun and ore is None)
    return RowSums(by_year, _sum(by_year.values()))


def _sum(parts: Iterable[Sum]) -> Sum:
    held = list(parts)
    present = [part.ore for part in held if part.ore is not None]
    return Sum(sum(present) if present else None, any(part.incomplete for part in held))


def _column_sums(rows: Iterable[RowSums], years: tuple[int, ...]) -> RowSums:
    held = list(rows)
    by_year = {year: _sum(row.by_year[year] for row in held) for year in years}
    return RowSums(by_year, _sum(by_year.values()))


def _net(costs: RowSums, income: RowSums, years: tuple[int, ...]) -> RowSums:
    by_year = {year: _difference(costs.by_year[year], income.by_year[year]) for year in years}
    return RowSums(by_year, _difference(costs.total, income.total))


def _difference(cost: Sum, income: Sum) -> Sum:
    """Return the cost less the income; no income is nothing to take away, but without a cost there is no net."""
    incomplete = cost.incomplete or income.incomplete or (cost.ore is None and income.ore is not None)
    return Sum(None if cost.ore is None else cost.ore - (income.ore or 0), incomplete)


def _row_as_json(row: RowSums) -> dict[str, Any]:
    return {
        "by_year": {str(year): amount.ore for year, amount in row.by_year.items()},
        "total": row.total.ore,
        "incomplete": row.total.incomplete,
    }
