"""What a report's economy says that each row of the grant came to, and how its table is begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from paragraf.applications.filled import Filled, filled
from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.grants.budget import BudgetLine, budget_lines
from paragraf.grants.models import GrantReport
from paragraf.questions.definition import Kind, Question
from paragraf.questions.fields import is_unread

#: The columns of a report's economy table: what the row is called, its budget, what was spent so far in the year.
ITEM, BUDGET, OUTCOME = "item", "budget", "outcome"


@dataclass
class Economy:
    """Öre by row and year, and the names of rows that the grant's budget does not have."""

    outcome: dict[tuple[str, int], int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def economy_of(session: Session, report: GrantReport, application: Application) -> Economy:
    """What the report says was spent: in a budget with the grant's rows, and in a table with a row for each of them.

    A table is for the year of the report's period; one whose period has several years says nothing by year. Its rows
    are known by the budget's own ids, or by their names. Blanks are not zero and are left out.
    """
    day = local_date(application.submitted_at or application.started_at)
    shown = filled(session, application, day)
    lines = [one for one in budget_lines(filled(session, report.grant.application, day)) if one.is_filled_in]
    found, span = Economy(), range(report.period_start.year, report.period_end.year + 1)
    for question in shown.form.questions():
        if question.id in shown.computed:
            _add_budget(found, shown, question, lines, span)
        elif question.kind is Kind.TABLE and len(span) == 1:
            _add_table(found, shown.answers.get(question.id), lines, span[0])
    return found


def _add_budget(found: Economy, shown: Filled, question: Question, lines: Iterable[BudgetLine], span: range) -> None:
    rows = shown.computed[question.id].rows
    for line in lines:
        by_year = rows[line.row_id].by_year if line.row_id in rows else {}
        for year, amount in by_year.items():
            if amount.ore is not None and year in span:
                found.outcome[line.row_id, year] = amount.ore


def _add_table(found: Economy, answer: Any, lines: Iterable[BudgetLine], year: int) -> None:
    known = {name: line.row_id for line in lines for name in _names(line)}
    for name, ore in _rows(answer):
        row_id = known.get(name.strip().casefold())
        if row_id is None:
            found.unknown.append(name)
        else:
            found.outcome[row_id, year] = found.outcome.get((row_id, year), 0) + ore


def _names(line: BudgetLine) -> tuple[str, ...]:
    return tuple(name.strip().casefold() for name in (line.row_id, line.label.sv, line.label.en))


def _rows(answer: Any) -> Iterator[tuple[str, int]]:
    """Each row's name and what was spent: of a table with given rows, or of one whose rows were added."""
    if isinstance(answer, Mapping) and not is_unread(answer):
        entries = [(row_id, cells) for row_id, cells in answer.items()]
    else:
        entries = [(_text(cells, ITEM), cells) for cells in answer if isinstance(cells, Mapping)] if answer else []
    for name, cells in entries:
        ore = cells.get(OUTCOME) if isinstance(cells, Mapping) else None
        if type(ore) is int and name:
            yield name, ore


def _text(cells: Mapping[str, Any], name: str) -> str:
    value = cells.get(name)
    return value if isinstance(value, str) else ""


def begun_table(question: Question, lines: Iterable[BudgetLine], budget: Mapping[str, int]) -> list[dict[str, object]]:
    """The rows that an economy table is begun with: the grant's own, with what each was granted in the year.

    Empty for a table that is about something else. ``budget``: öre by row.
    """
    columns = {column.name for column in question.options.columns}
    if question.kind is not Kind.TABLE or question.options.fixed_rows or not {ITEM, OUTCOME} <= columns:
        return []
    held = [line for line in lines if line.is_filled_in and line.row_id in budget]
    extra = BUDGET in columns
    return [{ITEM: line.label.sv, **({BUDGET: budget[line.row_id]} if extra else {})} for line in held]
