"""A form with its answers as a row of blocks, for the page that is read and the Word document that is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from paragraf.core.money import print_amount
from paragraf.core.printing import print_period
from paragraf.questions.computing import BudgetSums, Computed, RowSums
from paragraf.questions.conditions import Answers, asked
from paragraf.questions.context import Context
from paragraf.questions.definition import FILLED_IN, Form, Kind, Part, Question, Text
from paragraf.questions.fields import is_unread
from paragraf.questions.kinds import Shape, parts_of, spec
from paragraf.questions.scalars import SCALARS

_UNANSWERED = Text("Ej besvarad", "Not answered")
_UNREAD = Text("kunde inte läsas", "could not be read")
_YES = Text("Ja", "Yes")
_NO = Text("Nej", "No")
_TOTAL = Text("Totalt", "Total")
_ROW = Text("Rad", "Row")
_INCOMPLETE = Text(
    "Summorna är inte fullständiga: något belopp saknas eller kunde inte läsas. Tomt räknas inte som noll.",
    "The sums are not complete: an amount is missing or could not be read. Blank does not count as zero.",
)
_BLANK = "–"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section."""

    text: str
    section_id: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A question and its answer as paragraphs; ``is_list`` when each is one of several things chosen."""

    label: str
    paragraphs: tuple[str, ...]
    question_id: str
    is_list: bool = False
    is_missing: bool = False
    kind: Literal["paragraphs"] = "paragraphs"


@dataclass(frozen=True, slots=True)
class Pairs:
    """A question whose answer has named parts: organisation, person."""

    label: str
    pairs: tuple[tuple[str, str], ...]
    question_id: str
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True)
class TableRow:
    """The printed cells of a row, its name first; ``is_sum`` for a computed one."""

    cells: tuple[str, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A question whose answer is a table. With ``is_numeric`` all columns but the first hold amounts."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    question_id: str
    is_numeric: bool = False
    note: str = ""
    kind: Literal["table"] = "table"


Block = Heading | Paragraphs | Pairs | Table


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
            value = answers.get(question.id)
            if value is None:
                missing = (_UNANSWERED.in_language(language),)
                yield Paragraphs(question.label.in_language(language), missing, question.id, is_missing=True)
            else:
                show = _Shown(question, value, context, language, computed.get(question.id))
                yield _PRESENTERS[spec(question).shape](show)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One answered question on its way to a block."""

    question: Question
    value: Any
    context: Context
    language: str
    sums: BudgetSums | None

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
    paragraphs = tuple(line for line in map(str.strip, text.split("\n")) if line)
    return Paragraphs(shown.label, paragraphs, shown.question.id)


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
    return shown.leaf(entry.get(part.name), part.scalar)


def _list(shown: _Shown) -> Block:
    parts = parts_of(shown.question)
    columns = tuple(shown.said(part.label) for part in parts)
    rows = tuple(TableRow(tuple(_part(shown, part, entry) for part in parts)) for entry in shown.value)
    return Table(shown.label, columns, rows, shown.question.id)


def _cells(shown: _Shown) -> Block:
    sums = shown.sums
    if sums is None:
        raise ValueError(f"the sums of {shown.question.id} must be computed before it is shown")
    columns = (shown.said(_ROW), *map(str, sums.years), shown.said(_TOTAL))
    rows = tuple(
        _filled_row(shown, row.id, row.label, sums)
        if row.kind in FILLED_IN
        else _sum_row(shown, row.label, sums.rows[row.id])
        for row in shown.question.options.rows
    )
    incomplete = sums.costs.total.incomplete or sums.income.total.incomplete
    note = shown.said(_INCOMPLETE) if incomplete else ""
    return Table(shown.label, columns, rows, shown.question.id, is_numeric=True, note=note)


def _filled_row(shown: _Shown, row_id: str, label: Text, sums: BudgetSums) -> TableRow:
    cells = shown.value.get(row_id, {})
    typed = (shown.leaf(cells.get(str(year)), "money") for year in sums.years)
    return TableRow((shown.said(label), *typed, _amount(sums.rows[row_id].total.ore, shown.language)))


def _sum_row(shown: _Shown, label: Text, sums: RowSums) -> TableRow:
    amounts = (*sums.by_year.values(), sums.total)
    return TableRow((shown.said(label), *(_amount(one.ore, shown.language) for one in amounts)), is_sum=True)


def _amount(ore: int | None, language: str) -> str:
    return _BLANK if ore is None else print_amount(ore, language)


_PRESENTERS: dict[Shape, Callable[[_Shown], Block]] = {
    Shape.VALUE: _value,
    Shape.SEVERAL: _several,
    Shape.PARTS: _parts,
    Shape.LIST: _list,
    Shape.CELLS: _cells,
}
