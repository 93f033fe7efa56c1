"""Budgets, summaries and tables as rows of fields and printed sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from forms.drawing import Drawing, part_field
from forms.views import BudgetView, ColumnView, FieldView, RowView, TableRowView, TableView
from paragraf.questions.adding import TableSums, Total, table_sums
from paragraf.questions.computing import BudgetSums, RowSums
from paragraf.questions.definition import FILLED_IN, BudgetRow, Part, Question, Text
from paragraf.questions.fields import field_name, field_texts
from paragraf.questions.kinds import is_optional
from paragraf.questions.presenting import TOTAL_LABELS, group_sum, print_total, summary_rows

_FIGURES = frozenset({"number", "percent", "money"})
_ROW = Text("rad", "row")
_Texts = Mapping[str, list[str]]


def budget(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    """A budget: its rows with a heading before each group and a sum after it."""
    sums, texts = drawing.computed.get(question.id), field_texts(question, value)
    if sums is None:
        return "budget", {}
    rows = tuple(_budget_rows(drawing, question, sums, texts))
    return "budget", {"budget": BudgetView(sums.years, sums.stray, rows, sums.is_incomplete)}


def _budget_rows(drawing: Drawing, question: Question, sums: BudgetSums, texts: _Texts) -> Iterator[RowView]:
    labels = {group.id: group.label for group in question.options.groups}
    for group, rows in groupby(question.options.rows, key=lambda row: row.group):
        if group:
            yield RowView(group, "heading", drawing.said(labels[group]))
        for row in rows:
            yield _budget_row(drawing, question, row, sums, texts)
        if group:
            label = drawing.said(group_sum(labels[group]))
            yield _computed_row(drawing, group, "group_sum", label, sums.groups[group], group)


def _budget_row(drawing: Drawing, question: Question, row: BudgetRow, sums: BudgetSums, texts: _Texts) -> RowView:
    label, computed = drawing.said(row.label), sums.rows[row.id]
    if row.kind not in FILLED_IN:
        return _computed_row(drawing, row.id, row.kind.value, label, computed, explained=drawing.said(row.help))
    return RowView(
        id=row.id,
        kind=row.kind.value,
        label=label,
        help=drawing.said(row.help),
        cells=tuple(_amount_cell(drawing, question, row, f"{label} {year}", year, texts) for year in sums.years),
        total=drawing.amount(computed.total.ore),
        group=row.group or "",
    )


def _amount_cell(
    drawing: Drawing, question: Question, row: BudgetRow, label: str, year: int, texts: _Texts
) -> FieldView:
    name = field_name(question.id, row.id, year)
    return FieldView(name, label, texts.get(name, [""])[0], inputmode="decimal", errors=drawing.wrong(name))


def _computed_row(
    drawing: Drawing, row_id: str, kind: str, label: str, sums: RowSums, group: str = "", explained: str = ""
) -> RowView:
    printed = tuple((year, drawing.amount(one.ore)) for year, one in sums.by_year.items())
    return RowView(row_id, kind, label, explained, (), printed, drawing.amount(sums.total.ore), group)


def summary(drawing: Drawing, question: Question, _value: Any) -> tuple[str, dict[str, Any]]:
    """Several budgets added up: nothing to fill in."""
    sums = drawing.computed.get(question.id)
    if sums is None:
        return "summary", {}
    rows = [
        _computed_row(drawing, source.question_id, "source", drawing.said(source.label), source.costs)
        for source in sums.sources
    ]
    rows += [
        _computed_row(drawing, kind.value, kind.value, drawing.said(TOTAL_LABELS[kind]), sums.totals[kind])
        for kind in summary_rows(sums)
    ]
    return "summary", {"budget": BudgetView(sums.years, (), tuple(rows), sums.is_incomplete)}


# --- tables ----------------------------------------------------------------------------------------------------------


def fixed_table(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    """A table whose rows are given."""
    sums, texts = table_sums(question, value), field_texts(question, value)
    rows = tuple(
        TableRowView(
            row.id,
            drawing.said(row.label),
            _cells(drawing, question, row.id, drawing.said(row.label), (value or {}).get(row.id, {}), texts),
            _printed_sum(drawing, question, sums.rows.get(row.id)),
        )
        for row in question.options.fixed_rows
    )
    return "table", {"table": _table(drawing, question, rows, sums)}


def growing_table(drawing: Drawing, question: Question, value: Any) -> tuple[str, dict[str, Any]]:
    """A table to which rows are added: as many as are filled in or demanded, one more where it was asked for."""
    sums, texts = table_sums(question, value), field_texts(question, value)
    entries: list[Mapping[str, Any]] = list(value or [])
    if drawing.more == question.id:
        entries.append({})
    entries += [{}] * (max(question.options.at_least, 1) - len(entries))
    most = question.options.at_most
    rows = tuple(
        TableRowView(
            str(place),
            "",
            _cells(drawing, question, place, f"{drawing.said(_ROW)} {place + 1}", entry, texts),
        )
        for place, entry in enumerate(entries)
    )
    may_add = most is None or len(entries) < most
    return "table", {"table": _table(drawing, question, rows, sums), "may_add": may_add}


def _cells(
    drawing: Drawing, question: Question, row: str | int, label: str, entry: Mapping[str, Any], texts: _Texts
) -> tuple[FieldView, ...]:
    return tuple(
        part_field(
            drawing,
            column,
            name := field_name(question.id, row, column.name),
            entry.get(column.name),
            texts.get(name, ()),
            optional=is_optional(question, column),
            label=f"{drawing.said(column.label)}, {label}",
        )
        for column in question.options.columns
    )


def _table(drawing: Drawing, question: Question, rows: tuple[TableRowView, ...], sums: TableSums) -> TableView:
    return TableView(
        columns=tuple(
            _column(drawing, question, column, sums.columns.get(column.name)) for column in question.options.columns
        ),
        rows=rows,
        is_fixed=bool(question.options.fixed_rows),
        has_row_sums=question.options.row_sum,
        whole=_printed_sum(drawing, question, sums.whole if question.options.row_sum else None),
        is_incomplete=sums.is_incomplete,
        most=question.options.at_most,
    )


def _column(drawing: Drawing, question: Question, column: Part, total: Total | None) -> ColumnView:
    unit = f" ({drawing.said(column.unit)})" if column.unit else ""
    return ColumnView(
        id=column.name,
        label=drawing.said(column.label) + unit,
        help=drawing.said(column.help),
        optional=is_optional(question, column),
        is_figure=column.scalar in _FIGURES,
        sort=column.scalar if column.adds_up else "",
        sum="" if total is None else print_total(column, total, drawing.language),
    )


def _printed_sum(drawing: Drawing, question: Question, total: Total | None) -> str:
    column = next((one for one in question.options.columns if one.adds_up), None)
    return "" if total is None or column is None else print_total(column, total, drawing.language)


def sums_as_json(drawing: Drawing, question: Question, value: Any) -> dict[str, Any]:
    """The printed sums of a table, for a page that has saved itself."""
    sums = table_sums(question, value)
    return {
        "columns": {
            column.name: print_total(column, sums.columns[column.name], drawing.language)
            for column in question.options.columns
            if column.adds_up
        },
        "rows": {row_id: _printed_sum(drawing, question, total) for row_id, total in sums.rows.items()},
        "whole": _printed_sum(drawing, question, sums.whole),
        "incomplete": sums.is_incomplete,
    }
