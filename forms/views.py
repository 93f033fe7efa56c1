"""What the page draws of a question: fields, alternatives, tables, budgets. Printed texts; nothing is decided there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptionView:
    """One alternative of a choice."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """One input: ``name`` is also its id. ``type`` is an input's type, ``textarea`` or ``select``.

    ``unit`` stands after the field; ``formatted`` is a text with light markup.
    """

    name: str
    label: str
    value: str = ""
    type: str = "text"
    autocomplete: str = "off"
    inputmode: str = ""
    optional: bool = False
    errors: tuple[str, ...] = ()
    max_words: int | None = None
    unit: str = ""
    options: tuple[OptionView, ...] = ()
    formatted: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a budget: ``cells`` to fill in, or ``sums`` by year where the row is computed; texts are printed.

    ``kind`` is the row's, or ``heading`` and ``group_sum`` for what stands around a group; ``group`` is its id.
    """

    id: str
    kind: str
    label: str
    help: str = ""
    cells: tuple[FieldView, ...] = ()
    sums: tuple[tuple[int, str], ...] = ()
    total: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class BudgetView:
    """A budget with its columns, or several added up; ``stray`` years lie outside the period."""

    years: tuple[int, ...]
    stray: tuple[int, ...]
    rows: tuple[RowView, ...]
    is_incomplete: bool


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of a table; ``sum`` is printed, and ``sort`` tells the page how to add up: empty where it does not."""

    id: str
    label: str
    help: str
    optional: bool
    is_figure: bool
    sort: str = ""
    sum: str = ""


@dataclass(frozen=True, slots=True)
class TableRowView:
    """One row: its label where the rows are given, its cells, and its sum where rows are added up."""

    id: str
    label: str
    cells: tuple[FieldView, ...]
    sum: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table to fill in. ``whole`` is the sum of all sums, where ``has_row_sums``."""

    columns: tuple[ColumnView, ...]
    rows: tuple[TableRowView, ...]
    is_fixed: bool
    has_row_sums: bool
    whole: str
    is_incomplete: bool
    most: int | None

    @property
    def has_sums(self) -> bool:
        return any(column.sort for column in self.columns)


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question. ``look`` says which macro draws it; ``errors`` are about the question as a whole."""

    id: str
    look: str
    label: str
    help: str
    required: bool
    is_asked: bool
    errors: tuple[str, ...]
    fields: tuple[FieldView, ...] = ()
    options: tuple[OptionView, ...] = ()
    entries: tuple[tuple[FieldView, ...], ...] = ()
    may_add: bool = False
    budget: BudgetView | None = None
    table: TableView | None = None
    max_words: int | None = None

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors) or any(one.errors for one in self.fields)

    def labels(self) -> dict[str, str]:
        """What the cells of a budget or a table are called, by field: "Budget" would not say which is meant."""
        cells = [cell for row in self.budget.rows for cell in row.cells] if self.budget else []
        cells += [cell for row in self.table.rows for cell in row.cells] if self.table else []
        return {cell.name: cell.label for cell in cells}
