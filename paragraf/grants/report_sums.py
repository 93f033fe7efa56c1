"""What a report's economy says that each row of the grant came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from paragraf.applications.filled import Filled, filled
from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.grants.budget import budget_lines
from paragraf.grants.models import GrantReport
from paragraf.questions.definition import Question
from paragraf.questions.fields import is_unread

#: The column of a report's economy table that holds what was spent so far in the year.
OUTCOME_COLUMN = "outcome"


def outcome_in(session: Session, report: GrantReport, application: Application) -> dict[tuple[str, int], int]:
    """Öre by row and year: from a budget in the report, and from a table with an outcome for each of the grant's rows.

    A table is for the year in which the report's period ends. Rows and years that the grant does not have are left
    out; so are blanks, which are not zero.
    """
    day = local_date(application.submitted_at or application.started_at)
    shown = filled(session, application, day)
    applied = filled(session, report.grant.application, day)
    rows = {line.row_id for line in budget_lines(applied) if line.is_filled_in}
    found: dict[tuple[str, int], int] = {}
    for question in shown.form.questions():
        found.update(
            _in_budget(shown, question) if question.id in shown.computed else _in_table(shown, question, report)
        )
    span = range(report.period_start.year, report.period_end.year + 1)
    return {(row, year): ore for (row, year), ore in found.items() if row in rows and year in span}


def _in_budget(shown: Filled, question: Question) -> dict[tuple[str, int], int]:
    sums = shown.computed[question.id]
    return {
        (row_id, year): amount.ore
        for row_id, row in sums.rows.items()
        for year, amount in row.by_year.items()
        if amount.ore is not None
    }


def _in_table(shown: Filled, question: Question, report: GrantReport) -> dict[tuple[str, int], int]:
    answer = shown.answers.get(question.id)
    year = report.period_end.year
    return {(row_id, year): ore for row_id, ore in _outcomes(answer)} if isinstance(answer, Mapping) else {}


def _outcomes(answer: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for row_id, cells in answer.items():
        ore = cells.get(OUTCOME_COLUMN) if isinstance(cells, Mapping) and not is_unread(cells) else None
        if type(ore) is int:
            yield row_id, ore
