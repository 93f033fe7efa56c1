"""From the tables of a filled-in report to the rows that its Word document prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from paragraf.core.money import print_amount
from paragraf.core.typography import NBSP
from paragraf.grants.reporting.document_fields import AccountRow, AttendanceRow, EconomyRow, OutcomeRow, PeopleRow
from paragraf.grants.reporting.suppressing import hidden
from paragraf.questions.definition import Question
from paragraf.questions.fields import is_unread
from paragraf.questions.scalars import SCALARS

HIDDEN = "–"
_SEXES = ("women", "men")
_TOTAL = "total"
_SUM = "Summa"
#: Rows, by their ids, of which each can be counted from the others: those who came and went, and those who are left.
_FLOWS = (("ongoing_start", "new", "closed", "ongoing_end"), ("all", "closed", "ongoing_end"))
#: The row that a table of those who were closed adds up to.
_CLOSED = "closed"

Cell = tuple[str, str, str]
"""The question, the row and the column."""


@dataclass(frozen=True)
class AnsweredTable:
    """A table question with its answer: rows that the form gives or that were added, in order."""

    question: Question
    answer: Any

    def has(self, *columns: str) -> bool:
        """Whether the form asks for these columns."""
        return set(columns) <= {part.name for part in self.question.options.columns}

    def rows(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Each row's id, its label (the first column's text where the form gives no rows) and its stored cells."""
        if self.question.options.fixed_rows:
            for row in self.question.options.fixed_rows:
                yield row.id, row.label.sv, (self.answer or {}).get(row.id) or {}
        else:
            first = self.question.options.columns[0].name
            for place, cells in enumerate(self.answer or ()):
                yield str(place), self.printed(first, cells), cells

    def printed(self, column: str, cells: Mapping[str, Any]) -> str:
        """The cell as text; empty where it is blank, as typed where it could not be read."""
        part = next(part for part in self.question.options.columns if part.name == column)
        value = cells.get(column)
        if value is None:
            return ""
        if is_unread(value):
            return str(value["unread"])
        chosen = next((choice.label.sv for choice in part.choices if choice.id == value), None)
        return chosen if chosen is not None else SCALARS[part.scalar].show(value, "sv")

    def adds_up(self, column: str) -> bool:
        """Whether the form adds the column up."""
        return any(part.adds_up for part in self.question.options.columns if part.name == column)


def _count(value: Any) -> int | None:
    """A number of people. What is blank, could not be read or is no whole number is not known."""
    if value is None or is_unread(value):
        return None
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else None


def total(numbers: Iterable[int | None]) -> int | None:
    """The sum; None where a part is missing, since missing is not zero."""
    held = list(numbers)
    return None if None in held or not held else sum(number for number in held if number is not None)


# --- people ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class People:
    """All numbers of people in a report together, since what one table hides may not be counted from another."""

    numbers: Mapping[Cell, int | None]
    labels: Mapping[str, tuple[tuple[str, str], ...]]
    hidden: frozenset[Cell]

    def rows(self, name: str) -> tuple[PeopleRow, ...]:
        """The rows of the question ``name``."""
        return tuple(self._row(name, row, label) for row, label in self.labels.get(name, ()))

    def _row(self, name: str, row: str, label: str) -> PeopleRow:
        women, men, total = (self._printed((name, row, column)) for column in (*_SEXES, _TOTAL))
        return PeopleRow(label, women, men, total, _is_sum(row))

    def _printed(self, cell: Cell) -> str:
        number = self.numbers[cell]
        return HIDDEN if cell in self.hidden else "" if number is None else SCALARS["number"].show(str(number), "sv")


def _is_sum(row: str) -> str:
    return "ja" if row in (_SUM, "ongoing_end") else ""


def people_of(tables: Mapping[str, AnsweredTable], smallest_shown: int) -> People:
    """Return the numbers of the tables that count women and men, with those that may not be printed."""
    numbers: dict[Cell, int | None] = {}
    labels: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, table in tables.items():
        counted = {row: {sex: _count(cells.get(sex)) for sex in _SEXES} for row, _label, cells in table.rows()}
        labels[name] = tuple((row, label) for row, label, _cells in table.rows())
        if table.adds_up("women"):
            labels[name] += ((_SUM, _SUM),)
            counted[_SUM] = {sex: total([cells[sex] for cells in counted.values()]) for sex in _SEXES}
        for row, by_sex in counted.items():
            numbers |= {(name, row, sex): number for sex, number in by_sex.items()}
            numbers[name, row, _TOTAL] = total(by_sex.values())
    return People(numbers, labels, hidden(numbers, list(_sums(labels)), smallest_shown))


def _sums(labels: Mapping[str, tuple[tuple[str, str], ...]]) -> Iterator[tuple[Cell, ...]]:
    """Which cells can be counted from each other: across sexes, down added columns, along flows, between tables."""
    closed = [name for name, rows in labels.items() if _CLOSED in dict(rows)]
    for name, rows in labels.items():
        ids = [row for row, _label in rows]
        yield from (tuple((name, row, column) for column in (*_SEXES, _TOTAL)) for row in ids)
        groups = [flow for flow in _FLOWS if set(flow) <= set(ids)] + ([tuple(ids)] if _SUM in ids else [])
        for column in (*_SEXES, _TOTAL):
            yield from (tuple((name, row, column) for row in group) for group in groups)
            if _SUM in ids:
                yield from (((name, _SUM, column), (other, _CLOSED, column)) for other in closed)


# --- goals, attendance, economy --------------------------------------------------------------------------------------


def outcome_rows(table: AnsweredTable) -> tuple[OutcomeRow, ...]:
    """Goals against outcomes, every cell as it was written."""
    columns = ("goal", "target", "outcome", "assessment")
    return tuple(OutcomeRow(*(table.printed(name, cells) for name in columns)) for _id, _label, cells in table.rows())


def attendance_rows(table: AnsweredTable) -> tuple[AttendanceRow, ...]:
    """How often each party came, with the share in whole per cent, half a per cent up."""
    return tuple(
        AttendanceRow(
            table.printed("party", cells),
            table.printed("meetings", cells),
            table.printed("attended", cells),
            _share(_count(cells.get("attended")), _count(cells.get("meetings"))),
        )
        for _id, _label, cells in table.rows()
    )


def _share(part: int | None, whole: int | None) -> str:
    return f"{(200 * part + whole) // (2 * whole)}{NBSP}%" if part is not None and whole else ""


def economy_rows(table: AnsweredTable) -> tuple[EconomyRow, ...]:
    """Budget, outcome and forecast with what the forecast leaves of the budget, and the sums of all rows."""
    return tuple(
        EconomyRow(label, kronor(budget), kronor(outcome), kronor(forecast), _left(budget, forecast), is_sum)
        for label, (budget, outcome, forecast), is_sum in _amounts(table, "budget", "outcome", "forecast")
    )


def account_rows(table: AnsweredTable) -> tuple[AccountRow, ...]:
    """Budget and outcome with their difference, and the sums of all rows."""
    return tuple(
        AccountRow(label, kronor(budget), kronor(outcome), _left(budget, outcome), is_sum)
        for label, (budget, outcome), is_sum in _amounts(table, "budget", "outcome")
    )


def _amounts(table: AnsweredTable, *columns: str) -> Iterator[tuple[str, list[int | None], str]]:
    """Each row's label and amounts in öre; last the sums, where there is more than one row."""
    lines = [(label, [_ore(cells.get(column)) for column in columns]) for _id, label, cells in table.rows()]
    yield from ((label, line, "") for label, line in lines)
    if len(lines) > 1:
        yield _SUM, [total(column) for column in zip(*(line for _label, line in lines), strict=True)], "ja"


def _ore(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _left(whole: int | None, part: int | None) -> str:
    return "" if whole is None or part is None else kronor(whole - part)


def kronor(ore: int | None) -> str:
    """An amount without its unit, which the table's heading says; empty where it is not known."""
    return "" if ore is None else print_amount(ore).removesuffix(f"{NBSP}kr")
