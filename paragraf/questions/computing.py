"""The sums of budgets: by year and in all, for costs, income, financing, the net and what is applied for. Whole öre.

A blank cell is missing, not zero: a sum is the sum of the cells that are there, None when there are none, and
``incomplete`` when something it should hold is missing. A row that is blank all through is a cost there is not, and
makes nothing incomplete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from paragraf.questions.conditions import Answers, is_asked
from paragraf.questions.context import Context
from paragraf.questions.definition import FINANCING, TOTALS, Form, Kind, Question, RowKind, Text
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
class SourceSums:
    """The costs of one of the budgets that a summary adds up, with the entry's name or the budget's own."""

    question_id: str
    label: Text
    costs: RowSums


@dataclass(frozen=True, slots=True)
class BudgetSums:
    """A budget with all its rows, or several added up.

    ``years`` are the columns. ``stray`` are those of them that lie outside the period but have amounts, which are
    shown and counted until the applicant has emptied them. ``rows`` are the form's rows by id; in a summary they are
    the totals, by the name of their kind. ``totals`` are there whether or not the form prints such a row; ``groups``
    are the sums of the groups by id, and ``sources`` the lines of a summary.
    """

    years: tuple[int, ...]
    stray: tuple[int, ...]
    rows: Mapping[str, RowSums]
    totals: Mapping[RowKind, RowSums]
    groups: Mapping[str, RowSums] = field(default_factory=dict)
    sources: tuple[SourceSums, ...] = ()

    @property
    def costs(self) -> RowSums:
        return self.totals[RowKind.COST_TOTAL]

    @property
    def income(self) -> RowSums:
        return self.totals[RowKind.INCOME_TOTAL]

    @property
    def financing(self) -> RowSums:
        return self.totals[RowKind.FINANCING_TOTAL]

    @property
    def net(self) -> RowSums:
        return self.totals[RowKind.NET]

    @property
    def applied(self) -> RowSums:
        return self.totals[RowKind.APPLIED]

    @property
    def is_incomplete(self) -> bool:
        """Whether an amount is missing or could not be read."""
        return any(self.totals[kind].total.incomplete for kind in TOTALS)

    def as_json(self) -> dict[str, Any]:
        """Return the computed rows as JSON, to send to the page."""
        return {
            "years": list(self.years),
            "stray": list(self.stray),
            "rows": {row_id: _row_as_json(row) for row_id, row in self.rows.items()},
            "groups": {group_id: _row_as_json(row) for group_id, row in self.groups.items()},
            "sources": {source.question_id: _row_as_json(source.costs) for source in self.sources},
        }


Computed = Mapping[str, BudgetSums]
"""The sums by the id of their question: a budget, or a summary of several."""


def compute(form: Form, answers: Answers, context: Context | None = None) -> dict[str, BudgetSums]:
    """Return the sums of every budget and summary that is asked, answered or not, by question id.

    The form must be unfolded: a summary adds up the budgets of entries.
    """
    known = context or Context()
    found: dict[str, BudgetSums] = {}
    for question in form.budgets:
        if is_asked(form, question, answers):
            is_summary = question.kind is Kind.BUDGET_SUMMARY
            found[question.id] = (
                _summary(form, question, found) if is_summary else budget_sums(question, answers, known)
            )
    return found


def budget_sums(question: Question, answers: Answers, context: Context) -> BudgetSums:
    """Return the sums of one budget question."""
    cells: Mapping[str, Mapping[str, Any]] = answers.get(question.id) or {}
    planned = planned_years(question, answers, context)
    years, stray = _columns(planned, cells)
    filled = {row.id: _filled_row(cells.get(row.id, {}), years) for row in question.options.rows}
    costs, income, financing = (
        _add((filled[row.id] for row in question.options.rows if row.kind in kinds), years)
        for kinds in ({RowKind.COST}, {RowKind.INCOME}, FINANCING)
    )
    totals = _totals(costs, income, financing, years)
    groups = {
        group.id: _add((filled[row.id] for row in question.options.rows if row.group == group.id), years)
        for group in question.options.groups
    }
    rows = {row.id: totals.get(row.kind, filled[row.id]) for row in question.options.rows}
    return BudgetSums(years, stray, rows, totals, groups)


def _totals(costs: RowSums, income: RowSums, financing: RowSums, years: tuple[int, ...]) -> dict[RowKind, RowSums]:
    net = _less(costs, income, years)
    return {
        RowKind.COST_TOTAL: costs,
        RowKind.INCOME_TOTAL: income,
        RowKind.FINANCING_TOTAL: financing,
        RowKind.NET: net,
        RowKind.APPLIED: _less(net, financing, years),
    }


def _summary(form: Form, question: Question, budgets: Mapping[str, BudgetSums]) -> BudgetSums:
    """Return the budgets that the question names, added up. One that is not asked is not there."""
    named = [(source, budgets[source.question]) for source in question.options.of if source.question in budgets]
    years = tuple(sorted({year for _source, sums in named for year in sums.years}))
    costs, income, financing = (
        _add((sums.totals[kind] for _source, sums in named), years)
        for kind in (RowKind.COST_TOTAL, RowKind.INCOME_TOTAL, RowKind.FINANCING_TOTAL)
    )
    sources = tuple(_source(form.question(source.question), source.label, sums) for source, sums in named)
    if any(source.costs.total.incomplete for source in sources):
        costs = replace(costs, total=replace(costs.total, incomplete=True))
    totals = _totals(costs, income, financing, years)
    return BudgetSums(years, (), {kind.value: row for kind, row in totals.items()}, totals, {}, sources)


def _source(question: Question, label: Text | None, sums: BudgetSums) -> SourceSums:
    """Return the line of one budget. One that must be filled in and is blank all through is missing."""
    costs = sums.costs
    if costs.total.ore is None and question.required:
        costs = replace(costs, total=Sum(None, incomplete=True))
    return SourceSums(question.id, label or question.label, costs)


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
    total, found, incomplete = 0, False, False
    for part in parts:
        if part.ore is not None:
            total, found = total + part.ore, True
        incomplete = incomplete or part.incomplete
    return Sum(total if found else None, incomplete)


def _add(rows: Iterable[RowSums], years: tuple[int, ...]) -> RowSums:
    held = list(rows)
    by_year = {year: _sum(row.by_year[year] for row in held if year in row.by_year) for year in years}
    return RowSums(by_year, _sum(by_year.values()))


def _less(costs: RowSums, income: RowSums, years: tuple[int, ...]) -> RowSums:
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
