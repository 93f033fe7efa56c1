"""What a report's form can be begun with: the measure, the grantee, the contact person, the period."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from paragraf.applications.filled import Filled, filled
from paragraf.core.dates import local_date
from paragraf.grants.amounts import amounts_of
from paragraf.grants.budget import budget_lines
from paragraf.grants.models import GrantReport, RowAmountKind
from paragraf.grants.reporting.sums import begun_table
from paragraf.questions.definition import Form, Kind, Question

#: Facts that are the same answer in the application and in the report.
_COPIED = ("title", "applicant", "contact")


def known_answers(session: Session, report: GrantReport, form: Form, now: datetime) -> dict[str, object]:
    """Answers by question id, for those questions that the form names as its facts and that are of the same kind."""
    source = filled(session, report.grant.application, local_date(now))
    questions = {question.id: question for question in form.questions()}
    answers: dict[str, object] = {}
    for fact in _COPIED:
        question = questions.get(getattr(form.facts, fact) or "")
        value = _same(source, fact, question) if question else None
        if question and value:
            answers[question.id] = value
    period = questions.get(form.facts.period or "")
    if period is not None and period.kind is Kind.PERIOD:
        answers[period.id] = {"start": report.period_start.isoformat(), "end": report.period_end.isoformat()}
    return answers | _economy(session, report, form, source)


def _economy(session: Session, report: GrantReport, form: Form, source: Filled) -> dict[str, object]:
    """The rows of tables of the year's economy, with what each row was granted, else applied for."""
    if report.period_start.year != report.period_end.year:
        return {}
    year, lines = report.period_end.year, budget_lines(source)
    applied = {line.row_id: line.applied.get(year) for line in lines}
    granted = amounts_of(session, report.grant, RowAmountKind.GRANTED)
    budget = {row: granted.get((row, year), ore) for row, ore in applied.items()}
    known = {row: ore for row, ore in budget.items() if ore is not None}
    tables = {question.id: begun_table(question, lines, known) for question in form.questions()}
    return {name: rows for name, rows in tables.items() if rows}


def _same(source: Filled, fact: str, question: Question) -> Any:
    """The application's answer as the report's question takes it; None where the two do not fit."""
    own_id = getattr(source.form.facts, fact)
    own = next((one for one in source.form.questions() if one.id == own_id), None)
    value = source.answers.get(own_id) if own_id else None
    if own is None or value is None:
        return None
    if own.kind is question.kind:
        parts = question.options.parts
        return {name: value[name] for name in parts if name in value} if parts and isinstance(value, dict) else value
    if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
        return value.get("name") if isinstance(value, dict) else value if isinstance(value, str) else None
    return None
