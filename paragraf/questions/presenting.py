"""A form with its answers as a row of blocks, for the page that is read and the Word document that is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from paragraf.core.formatted import Formatted
from paragraf.core.light_markup import parse
from paragraf.core.money import print_amount
from paragraf.core.printing import print_period
from paragraf.core.typography import NBSP
from paragraf.questions.adding import Total, table_sums
from paragraf.questions.blocks import Block, Heading, Pairs, Paragraphs, Table, TableRow
from paragraf.questions.computing import BudgetSums, Computed, RowSums
from paragraf.questions.conditions import Answers, asked
from paragraf.questions.context import Context
from paragraf.questions.definition import FILLED_IN, Form, Kind, Part, Question, RowKind, Text
from paragraf.questions.fields import is_unread
from paragraf.questions.kinds import Shape, parts_of, shape_of, spec
from paragraf.questions.scalars import SCALARS

__all__ = [
    "TOTAL_LABELS",
    "Block",
    "Heading",
    "Pairs",
    "Paragraphs",
    "Table",
    "TableRow",
    "group_sum",
    "present",
    "print_total",
    "summary_rows",
]

_UNANSWERED = Text("Ej besvarad", "Not answered")
_UNREAD = Text("kunde inte läsas", "could not be read")
_YES = Text("Ja", "Yes")
_NO = Text("Nej", "No")
_TOTAL = Text("Totalt", "Total")
_ROW = Text("Rad", "Row")
_PART = Text("Del", "Part")
_SUM = Text("Summa", "Sum")
TOTAL_LABELS = {
    RowKind.COST_TOTAL: Text("Summa kostnader", "Total costs"),
    RowKind.INCOME_TOTAL: Text("Summa intäkter", "Total income"),
    RowKind.FINANCING_TOTAL: Text("Summa egen och annan finansiering", "Total own and other financing"),
    RowKind.NET: Text("Nettokostnad", "Net cost"),
    RowKind.APPLIED: Text("Sökt belopp", "Amount applied for"),
}
_FIGURES = frozenset({"number", "percent", "money"})
_INCOMPLETE = Text(
    "Summorna är inte fullständiga: något belopp saknas eller kunde inte läsas. Tomt räknas inte som noll.",
    "The sums are not complete: an amount is missing or could not be read. Blank does not count as zero.",
)
_BLANK = "–"


def present(
    form: Form, answers: Answers, computed: Computed, context: Context, language: str = "sv"
) -> tuple[Block, ...]:
    """Return the form with its answers in reading order, every value as printed text in the language.

    Questions that are not asked are left out; one that is asked and not answered says so. Amounts have no-break
    spaces. The texts are plain: escaping them belongs to the page or the document.
    """
    return tuple(_blocks(form, answers, computed, context, language))


def _blocks(form: Form, answers: Answers, computed: Computed, context: Context, language: str) -> Iterator[Block]:
    for section in form.sections:
        questions = list(asked(form, answers, section))
        if questions:
            yield Heading(section.title.in_language(language), section.id)
        for question in questions:
            shown = _Shown(question, answers.get(question.id), context, language, computed.get(question.id))
            is_blank = shown.value is None and shape_of(question) is not Shape.COMPUTED
            yield _unanswered(shown) if is_blank else _PRESENTERS[shape_of(question)](shown)


def _unanswered(shown: _Shown) -> Block:
    return Paragraphs(shown.label, (shown.said(_UNANSWERED),), shown.question.id, is_missing=True)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One answered question on its way to a block."""

    question: Question
    value: Any
    context: Context
    language: str
    sums: BudgetSums | None

    def added_up(self) -> BudgetSums:
        if self.sums is None:
            raise ValueError(f"the sums of {self.question.id} must be computed before it is shown")
        return self.sums

    @property
    def label(self) -> str:
        return self.question.label.in_language(self.language)

    def said(self, text: Text) -> str:
        return text.in_language(self.language)

    def leaf(self, value: Any, scalar: str) -> str:
        """Return a single value as printed; what could not be read as it was typed, and that it could not be read."""
        if value is None:
            return _BLANK
        if is_unread(value):
            return f"{value['unread']} ({self.said(_UNREAD)})"
        if isinstance(value, bool):
            return self.said(_YES if value else _NO)
        return self.chosen(str(value)) or SCALARS[scalar].show(value, self.language)

    def cell(self, part: Part, value: Any) -> str:
        """Return a part or a table's cell as printed, by the part's own alternatives and unit."""
        chosen = next((choice.label for choice in part.choices if choice.id == value), None)
        return self.said(chosen) if chosen else self.with_unit(self.leaf(value, part.scalar), value, part.unit)

    def with_unit(self, text: str, value: Any, unit: Text | None) -> str:
        return f"{text}{NBSP}{self.said(unit)}" if unit and value is not None and not is_unread(value) else text

    def chosen(self, value: str) -> str:
        """Return the name of what the id stands for, or nothing for a value that is no id."""
        if self.question.kind is Kind.COOPERATING_PARTIES:
            return self.context.members[value].name if value in self.context.members else value
        if self.question.kind is Kind.ATTACHMENTS:
            return self.context.documents.get(value, value)
        labels = {choice.id: choice.label for choice in self.question.options.choices}
        return self.said(labels[value]) if value in labels else ""


def _value(shown: _Shown) -> Block:
    text = shown.leaf(shown.value, spec(shown.question).scalar)
    formatted = parse(text) if shown.question.options.formatted else Formatted()
    plain = str(formatted) if formatted else shown.with_unit(text, shown.value, shown.question.options.unit)
    paragraphs = tuple(line for line in map(str.strip, plain.split("\n")) if line)
    return Paragraphs(shown.label, paragraphs, shown.question.id, formatted=formatted)


def _several(shown: _Shown) -> Block:
    names = tuple(shown.leaf(one, spec(shown.question).scalar) for one in shown.value)
    return Paragraphs(shown.label, names, shown.question.id, is_list=True)


def _parts(shown: _Shown) -> Block:
    value: Mapping[str, Any] = shown.value
    if shown.question.kind is Kind.PERIOD and all(isinstance(value.get(name), str) for name in ("start", "end")):
        first, last = (date.fromisoformat(value[name]) for name in ("start", "end"))
        return Paragraphs(shown.label, (print_period(first, last, shown.language),), shown.question.id)
    named = tuple((shown.said(part.label), _part(shown, part, value)) for part in parts_of(shown.question))
    return Pairs(shown.label, named, shown.question.id)


def _part(shown: _Shown, part: Part, entry: Mapping[str, Any]) -> str:
    return shown.cell(part, entry.get(part.name))


def _list(shown: _Shown) -> Block:
    parts = parts_of(shown.question)
    columns = tuple(shown.said(part.label) for part in parts)
    rows = [TableRow(tuple(_part(shown, part, entry) for part in parts)) for entry in shown.value]
    if any(part.adds_up for part in parts):
        sums = table_sums(shown.question, shown.value)
        totals = [_total(shown, part, sums.columns.get(part.name)) for part in parts]
        # The name of the row stands where no figure does; a first column of figures keeps its sum.
        rows.append(TableRow((totals[0] or shown.said(_SUM), *totals[1:]), is_sum=True))
    numbers = frozenset(place for place, part in enumerate(parts) if part.scalar in _FIGURES)
    return Table(shown.label, columns, tuple(rows), shown.question.id, numbers=numbers)


def _total(shown: _Shown, part: Part, total: Total | None) -> str:
    return "" if total is None else shown.cell(part, total.value)


def print_total(column: Part, total: Total, language: str) -> str:
    """Return the sum of a table's column as printed; – where there is nothing to add up."""
    return _BLANK if total.value is None else SCALARS[column.scalar].show(total.value, language)


def _rows(shown: _Shown) -> Block:
    parts, options = parts_of(shown.question), shown.question.options
    sums = table_sums(shown.question, shown.value)
    whole = (shown.said(_TOTAL),) if options.row_sum else ()
    # All columns that add up hold the same sort of value where there is a total of the row.
    added = next((part for part in parts if part.adds_up), parts[0])
    rows = [
        TableRow(
            (
                shown.said(row.label),
                *(_part(shown, part, shown.value.get(row.id, {})) for part in parts),
                *(_total(shown, added, sums.rows.get(row.id)) for _one in whole),
            )
        )
        for row in options.fixed_rows
    ]
    if any(part.adds_up for part in parts):
        totals = (_total(shown, part, sums.columns.get(part.name)) for part in parts)
        last = (_total(shown, added, sums.whole) for _one in whole)
        rows.append(TableRow((shown.said(_SUM), *totals, *last), is_sum=True))
    columns = (shown.said(_ROW), *(shown.said(part.label) for part in parts), *whole)
    figures = [place for place, part in enumerate(parts, start=1) if part.scalar in _FIGURES]
    numbers = frozenset(figures + ([len(parts) + 1] if whole else []))
    note = shown.said(_INCOMPLETE) if sums.is_incomplete else ""
    return Table(shown.label, columns, tuple(rows), shown.question.id, note=note, numbers=numbers)


def _cells(shown: _Shown) -> Block:
    sums = shown.added_up()
    columns = (shown.said(_ROW), *map(str, sums.years), shown.said(_TOTAL))
    note = shown.said(_INCOMPLETE) if sums.is_incomplete else ""
    return Table(shown.label, columns, tuple(_budget_rows(shown, sums)), shown.question.id, is_numeric=True, note=note)


def _budget_rows(shown: _Shown, sums: BudgetSums) -> Iterator[TableRow]:
    labels = {group.id: group.label for group in shown.question.options.groups}
    for group, rows in groupby(shown.question.options.rows, key=lambda row: row.group):
        if group:
            blank = ("",) * (len(sums.years) + 1)
            yield TableRow((shown.said(labels[group]), *blank), is_heading=True)
        for row in rows:
            if row.kind in FILLED_IN:
                yield _filled_row(shown, row.id, row.label, sums)
            else:
                yield _sum_row(shown, row.label, sums.rows[row.id])
        if group:
            yield _sum_row(shown, group_sum(labels[group]), sums.groups[group])


def group_sum(label: Text) -> Text:
    """Return what the sum of a budget's group is called."""
    return Text(f"Summa {label.sv[:1].lower()}{label.sv[1:]}", f"Total, {label.en[:1].lower()}{label.en[1:]}")


def _summary(shown: _Shown) -> Block:
    sums = shown.added_up()
    columns = (shown.said(_PART), *map(str, sums.years), shown.said(_TOTAL))
    rows = [_sum_row(shown, source.label, source.costs, is_sum=False) for source in sums.sources]
    rows += [_sum_row(shown, TOTAL_LABELS[kind], sums.totals[kind]) for kind in summary_rows(sums)]
    note = shown.said(_INCOMPLETE) if sums.is_incomplete else ""
    return Table(shown.label, columns, tuple(rows), shown.question.id, is_numeric=True, note=note)


def summary_rows(sums: BudgetSums) -> tuple[RowKind, ...]:
    """Return the totals that a summary prints: income, financing and the net only where there are any."""
    income, financing = (
        sums.totals[kind].total.ore is not None for kind in (RowKind.INCOME_TOTAL, RowKind.FINANCING_TOTAL)
    )
    printed = {
        RowKind.COST_TOTAL: True,
        RowKind.INCOME_TOTAL: income,
        RowKind.NET: income,
        RowKind.FINANCING_TOTAL: financing,
        RowKind.APPLIED: True,
    }
    return tuple(kind for kind, is_printed in printed.items() if is_printed)


def _filled_row(shown: _Shown, row_id: str, label: Text, sums: BudgetSums) -> TableRow:
    cells = shown.value.get(row_id, {})
    typed = (shown.leaf(cells.get(str(year)), "money") for year in sums.years)
    return TableRow((shown.said(label), *typed, _amount(sums.rows[row_id].total.ore, shown.language)))


def _sum_row(shown: _Shown, label: Text, sums: RowSums, *, is_sum: bool = True) -> TableRow:
    amounts = (*sums.by_year.values(), sums.total)
    return TableRow((shown.said(label), *(_amount(one.ore, shown.language) for one in amounts)), is_sum=is_sum)


def _amount(ore: int | None, language: str) -> str:
    return _BLANK if ore is None else print_amount(ore, language)


_PRESENTERS: dict[Shape, Callable[[_Shown], Block]] = {
    Shape.VALUE: _value,
    Shape.SEVERAL: _several,
    Shape.PARTS: _parts,
    Shape.LIST: _list,
    Shape.ROWS: _rows,
    Shape.CELLS: _cells,
    Shape.COMPUTED: _summary,
}
