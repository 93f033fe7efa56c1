"""The sums of a table: of its columns, and of its rows where they are given. Exact, and honest about what is missing.

A blank cell is missing, not zero. A row that the applicant added is begun; of given rows all are, once one of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paragraf.questions import numbers
from paragraf.questions.definition import Part, Question
from paragraf.questions.fields import is_unread


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in its stored form (öre, hundredths of a per cent, or a decimal text), None where nothing is filled in."""

    value: int | str | None
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class TableSums:
    """The sums of the columns that add up, by column; of given rows by row, and of all of them (``row_sum``)."""

    columns: Mapping[str, Total]
    rows: Mapping[str, Total]
    whole: Total

    @property
    def is_incomplete(self) -> bool:
        return any(total.incomplete for total in self.columns.values())


def table_sums(question: Question, value: Any) -> TableSums:
    """Return the sums of a table's stored answer, answered or not."""
    added = [column for column in question.options.columns if column.adds_up]
    rows = dict(_rows(question, value))
    by_row = {
        row_id: _total(((column, cells.get(column.name)) for column in added), added)
        for row_id, cells in rows.items()
        if question.options.row_sum
    }
    return TableSums(
        {
            column.name: _total(((column, cells.get(column.name)) for cells in rows.values()), [column])
            for column in added
        },
        by_row,
        _total(((column, cells.get(column.name)) for cells in rows.values() for column in added), added)
        if question.options.row_sum
        else Total(None),
    )


def _rows(question: Question, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if question.options.fixed_rows:
        for row in question.options.fixed_rows if value else ():
            yield row.id, value.get(row.id, {})
    else:
        for place, cells in enumerate(value or ()):
            yield str(place), cells


def _total(cells: Iterable[tuple[Part, Any]], columns: list[Part]) -> Total:
    held = list(cells)
    present = [cell for _column, cell in held if cell is not None and not is_unread(cell)]
    incomplete = any(is_unread(cell) or (cell is None and column.required) for column, cell in held)
    if not present:
        return Total(None, incomplete)
    return Total(numbers.add(present) if columns[0].scalar == "number" else sum(present), incomplete)
