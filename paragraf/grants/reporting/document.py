"""From a filled-in report on a grant to the fields that its Word document prints, and to the Word file.

A question fills the field that has its id. What the report has no field for, since the office asks it in a form of its
own, stands last under its own words: nothing that was written is left out. It prints in Swedish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, get_type_hints

from sqlalchemy.orm import Session

from paragraf.applications.filled import Filled
from paragraf.applications.models import Application
from paragraf.core.dates import local_date
from paragraf.core.formatted import Block as TextBlock
from paragraf.core.formatted import Formatted, Span
from paragraf.core.light_markup import parse
from paragraf.core.printing import print_date, print_period
from paragraf.grants.models import ReportKind
from paragraf.grants.reporting import tables as report_tables
from paragraf.grants.reporting.document_fields import (
    AccountRow,
    AttendanceRow,
    EconomyRow,
    FinalReportFields,
    GrantedYearRow,
    OtherAnswer,
    OutcomeRow,
    PeopleRow,
    StatusReportFields,
    TertialReportFields,
    YearReportFields,
)
from paragraf.grants.reporting.suppressing import SMALLEST_SHOWN, note
from paragraf.grants.reporting.tables import AnsweredTable, kronor
from paragraf.people.models import Association
from paragraf.questions.conditions import asked
from paragraf.questions.definition import Kind, Question
from paragraf.questions.fields import is_unread
from paragraf.questions.presenting import Block, Heading, Pairs, Paragraphs, Table
from paragraf.templates.rendering import render

ReportFields = StatusReportFields | TertialReportFields | YearReportFields | FinalReportFields

_FIELDS: Mapping[ReportKind, type[ReportFields]] = {
    ReportKind.STATUS: StatusReportFields,
    ReportKind.TERTIAL: TertialReportFields,
    ReportKind.YEAR: YearReportFields,
    ReportKind.FINAL: FinalReportFields,
}
_FILENAMES: Mapping[ReportKind, str] = {
    ReportKind.STATUS: "lagesrapport",
    ReportKind.TERTIAL: "tertialrapport",
    ReportKind.YEAR: "arsrapport",
    ReportKind.FINAL: "slutrapport",
}
_REPORTER = "reporter"


@dataclass(frozen=True, slots=True)
class GrantedYear:
    """What the association knows of one year of the grant, in öre; None where it does not know."""

    year: int
    granted: int | None
    paid: int | None = None
    used: int | None = None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report says that is not asked for in its form, since the association knows it already.

    ``period``: the first and last day that the report is about, both included. ``reported_on``: None for the day it
    was submitted. ``smallest_shown``: numbers of people from one up to below this are not printed.
    """

    kind: ReportKind
    register_number: str
    measure: str
    grantee: str
    period: tuple[date, date]
    reported_on: date | None = None
    years: tuple[GrantedYear, ...] = ()
    smallest_shown: int = SMALLEST_SHOWN


def render_report(
    session: Session, association: Association, application: Application, shown: Filled, grant_facts: ReportFacts
) -> tuple[str, bytes]:
    """The report as a Word file with its name, from the association's template for its kind.

    The caller files it. A template of the association's own that cannot be filled gives way to the shipped one, since
    whoever submits a report can do nothing about it.
    """
    fields = report_fields(association, application, shown, grant_facts)
    kind = grant_facts.kind
    name = f"{_FILENAMES[kind]}-{grant_facts.period[1].isoformat()}.docx"
    return name, render(session, association.id, f"{kind}_report", fields, or_shipped=True)


def report_fields(
    association: Association, application: Application, shown: Filled, grant_facts: ReportFacts
) -> ReportFields:
    """What the document prints, for the kind of report that the facts name."""
    answers = _Answers(shown)
    submitted = application.submitted_at and local_date(application.submitted_at)
    given = _given(association, grant_facts, grant_facts.reported_on or submitted)
    return _FIELDS[grant_facts.kind](**_filled(answers, grant_facts, given))


def _given(association: Association, facts: ReportFacts, reported_on: date | None) -> dict[str, str]:
    """The texts that do not come from the form."""
    first, last = facts.period
    return {
        "association": association.name,
        "register_number": facts.register_number,
        "measure": facts.measure,
        "grantee": facts.grantee,
        "period": print_period(first, last),
        "tertial": f"Tertial {(last.month - 1) // 4 + 1} {last.year}",
        "year": str(last.year),
        "reported_on": print_date(reported_on) if reported_on else "",
    }


def _filled(answers: _Answers, facts: ReportFacts, given: Mapping[str, str]) -> dict[str, Any]:
    """Every field of the kind: given by the association, or answered by the question with the same id."""
    hints = get_type_hints(_FIELDS[facts.kind])
    people_names = [name for name, hint in hints.items() if hint == tuple[PeopleRow, ...]]
    people = answers.people(people_names, facts.smallest_shown)
    filled: dict[str, Any] = {name: people.rows(name) for name in people_names}
    for name, hint in hints.items():
        if hint == tuple[GrantedYearRow, ...]:
            filled[name] = tuple(_granted_rows(facts.years))
        elif hint is Formatted:
            filled[name] = answers.text(name)
        elif hint in _TABLES:
            filled[name] = answers.table(name, *_TABLES[hint])
        elif hint is str and name != "suppressed_note":
            filled[name] = given[name] if name in given else answers.line(name)
    filled["suppressed_note"] = note(facts.smallest_shown) if people.hidden else ""
    filled["more"] = tuple(answers.rest())
    return filled


_TABLES: Mapping[Any, tuple[Callable[[AnsweredTable], tuple[Any, ...]], tuple[str, ...]]] = {
    tuple[OutcomeRow, ...]: (report_tables.outcome_rows, ("goal", "target", "outcome", "assessment")),
    tuple[EconomyRow, ...]: (report_tables.economy_rows, ("budget", "outcome", "forecast")),
    tuple[AccountRow, ...]: (report_tables.account_rows, ("budget", "outcome")),
    tuple[AttendanceRow, ...]: (report_tables.attendance_rows, ("party", "meetings", "attended")),
}


def _granted_rows(years: tuple[GrantedYear, ...]) -> Iterator[GrantedYearRow]:
    for one in years:
        yield _granted_row(str(one.year), one.granted, one.paid, one.used)
    if len(years) > 1:
        granted, paid, used = (report_tables.total(getattr(one, name) for one in years) for name in _GRANTED)
        yield _granted_row("Totalt", granted, paid, used, is_sum="ja")


_GRANTED = ("granted", "paid", "used")


def _granted_row(
    name: str, granted: int | None, paid: int | None, used: int | None, is_sum: str = ""
) -> GrantedYearRow:
    left = None if granted is None or used is None else granted - used
    return GrantedYearRow(name, kronor(granted), kronor(paid), kronor(used), kronor(left), is_sum)


@dataclass
class _Answers:
    """The answers by the ids of their questions; remembers which have been given a place."""

    shown: Filled
    placed: set[str] = field(default_factory=lambda: {_REPORTER})

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.id: question for question in asked(self.shown.form, self.shown.answers)}

    @cached_property
    def blocks(self) -> dict[str, Block]:
        return {one.question_id: one for one in self.shown.blocks("sv") if not isinstance(one, Heading)}

    def text(self, name: str) -> Formatted:
        """The answer as formatted text, whatever kind of question it is."""
        if name not in self.questions:
            return Formatted()
        self.placed.add(name)
        question, value = self.questions[name], self.shown.answers.get(name)
        if question.options.formatted and isinstance(value, str):
            return parse(value)
        return _plain(_lines(self.blocks.get(name)))

    def line(self, name: str) -> str:
        """The answer on one line. The one who reports is named with title."""
        if name == _REPORTER:
            value = self.shown.answers.get(name) or {}
            parts = (value.get(part) for part in ("name", "title"))
            return ", ".join(part["unread"] if is_unread(part) else part for part in parts if part)
        return " ".join(map(str, self.text(name)))

    def table(
        self, name: str, rows: Callable[[AnsweredTable], tuple[Any, ...]], columns: tuple[str, ...]
    ) -> tuple[Any, ...]:
        """The rows of a table that asks for the columns; none for any other question, which is told under its words."""
        table = self._table(name)
        if table is None or not table.has(*columns):
            return ()
        self.placed.add(name)
        return rows(table)

    def people(self, names: list[str], smallest_shown: int) -> report_tables.People:
        """The tables that count women and men."""
        tables = {name: table for name in names if (table := self._table(name)) and table.has("women", "men")}
        self.placed.update(tables)
        return report_tables.people_of(tables, smallest_shown)

    def _table(self, name: str) -> AnsweredTable | None:
        question = self.questions.get(name)
        if question is None or question.kind is not Kind.TABLE:
            return None
        return AnsweredTable(question, self.shown.answers.get(name))

    def rest(self) -> Iterator[OtherAnswer]:
        """What has no place of its own, in the form's order; not a yes that only opened a question that is answered."""
        opening = {question.show_when.question for question in self.questions.values() if question.show_when}
        for name, question in self.questions.items():
            if name not in self.placed | opening and (answer := self.text(name)):
                yield OtherAnswer(question.label.sv, answer)


def _lines(block: Block | None) -> tuple[str, ...]:
    """An answer as lines of text; none where there is no answer."""
    if isinstance(block, Pairs):
        return tuple(f"{name}: {text}" for name, text in block.pairs if text)
    if isinstance(block, Table):
        return tuple(", ".join(filter(None, row.cells)) for row in block.rows)
    return block.paragraphs if isinstance(block, Paragraphs) and not block.is_missing else ()


def _plain(lines: tuple[str, ...]) -> Formatted:
    return Formatted(tuple(TextBlock((Span(line),)) for line in lines))
