"""The rows of a grant's budget: those of the application's form, with what was applied for, as values.

Only the rows that are filled in have amounts of their own; the sums among them are computed here too, so that granted
and outcome add up by the same rules as what was applied for. Whole öre; a blank cell is missing, not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from paragraf.applications.filled import Filled
from paragraf.questions.definition import BudgetRow, Form, Text

#: How a row of each kind that is filled in counts in what the association pays: the words of questions' RowKind.
SIGNS: Mapping[str, int] = {"cost": 1, "income": -1, "own_financing": -1, "other_financing": -1}
#: The filled-in kinds that each computed kind adds up, with their signs.
SUMS: Mapping[str, Mapping[str, int]] = {
    "cost_total": {"cost": 1},
    "income_total": {"income": 1},
    "financing_total": {"own_financing": 1, "other_financing": 1},
    "net": {"cost": 1, "income": -1},
    "applied": SIGNS,
}
#: The one row of a form without a budget of its own.
WHOLE = "total"
_WHOLE_LABEL = Text("Hela bidraget", "The whole grant")


@dataclass(frozen=True)
class BudgetLine:
    """One row: its id and kind in the form, what it is called, and what was applied for by year."""

    row_id: str
    kind: str
    label: Text
    applied: Mapping[int, int | None] = field(default_factory=dict)

    @property
    def is_filled_in(self) -> bool:
        """Whether amounts are given for the row itself; the others are sums."""
        return self.kind in SIGNS


def budget_lines(shown: Filled) -> tuple[BudgetLine, ...]:
    """The rows of the budget that the application's amount is read from, in the form's order.

    A form that has no such budget gives one row for the whole.
    """
    budget_id = (shown.form.facts.amount or "").partition(".")[0]
    rows, sums = _rows(shown.form), shown.computed.get(budget_id)
    if not rows or sums is None:
        return (BudgetLine(WHOLE, "cost", _WHOLE_LABEL, dict(shown.facts.amount_by_year)),)
    return tuple(
        BudgetLine(
            row.id,
            row.kind.value,
            row.label,
            {year: amount.ore for year, amount in sums.rows[row.id].by_year.items()} if row.id in sums.rows else {},
        )
        for row in rows
    )


def _rows(form: Form) -> tuple[BudgetRow, ...]:
    budget_id = (form.facts.amount or "").partition(".")[0]
    found = next((question for question in form.questions() if question.id == budget_id), None)
    return found.options.rows if found else ()


def signs_of(form: Form) -> dict[str, int]:
    """How each filled-in row of the form counts in what is spent of the grant: costs add, financing takes away."""
    rows = _rows(form)
    return {row.id: SIGNS[row.kind.value] for row in rows if row.kind.value in SIGNS} or {WHOLE: 1}


# --- amounts beside each other ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """What was applied for, granted and spent; öre, None where nothing is known."""

    applied: int | None = None
    granted: int | None = None
    outcome: int | None = None


@dataclass(frozen=True)
class AmountLine:
    """A row of the budget with its cells by year, and over all years."""

    line: BudgetLine
    cells: Mapping[int, Cell]
    total: Cell


Amounts = Mapping[tuple[str, int], int]
"""Öre by the row's id and the year; what is not known is not there."""


def beside(
    lines: Iterable[BudgetLine], years: Iterable[int], granted: Amounts, outcome: Amounts
) -> tuple[AmountLine, ...]:
    """Every row with what was applied for, granted and spent in each year; the sums are computed, blanks left out."""
    held, span = list(lines), tuple(years)
    kinds = {line.row_id: line.kind for line in held}
    return tuple(_line(line, span, _reader(kinds, granted), _reader(kinds, outcome)) for line in held)


Reader = Callable[[BudgetLine, int], int | None]


def _reader(kinds: Mapping[str, str], amounts: Amounts) -> Reader:
    def read(line: BudgetLine, year: int) -> int | None:
        if line.is_filled_in:
            return amounts.get((line.row_id, year))
        signs = SUMS.get(line.kind, {})
        parts = [
            signs[kinds[row_id]] * ore
            for (row_id, when), ore in amounts.items()
            if when == year and kinds.get(row_id) in signs
        ]
        return sum(parts) if parts else None

    return read


def _line(line: BudgetLine, years: tuple[int, ...], granted: Reader, outcome: Reader) -> AmountLine:
    cells = {year: Cell(line.applied.get(year), granted(line, year), outcome(line, year)) for year in years}
    whole = Cell(*(_sum(getattr(cell, name) for cell in cells.values()) for name in ("applied", "granted", "outcome")))
    return AmountLine(line, cells, whole)


def _sum(parts: Iterable[int | None]) -> int | None:
    present = [part for part in parts if part is not None]
    return sum(present) if present else None


def spent_by_year(signs: Mapping[str, int], outcome: Amounts) -> dict[int, int]:
    """What of the grant was spent in each year: costs less income and financing; years without a figure are out."""
    spent: dict[int, int] = {}
    for (row_id, year), ore in outcome.items():
        if row_id in signs:
            spent[year] = spent.get(year, 0) + signs[row_id] * ore
    return spent
