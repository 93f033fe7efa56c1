"""From an application to the fields that its Word document prints, and to the Word file. It prints in Swedish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from paragraf.applications.document_fields import (
    AnswerLines,
    AnswerRow,
    ApplicationFields,
    CooperatingParty,
    CostRow,
    CostTable,
    FormSection,
    Signatory,
)
from paragraf.applications.filled import Filled
from paragraf.applications.models import Application
from paragraf.core.printing import print_date
from paragraf.core.typography import NBSP
from paragraf.people.models import Association
from paragraf.questions.definition import Kind, Question
from paragraf.questions.fields import is_unread
from paragraf.questions.kinds import parts_of
from paragraf.questions.presenting import Block, Heading, Pairs, Table
from paragraf.templates.rendering import render

_UNIT = f"{NBSP}kr"
_LATER = "när alla har skrivit under"


def render_application(
    session: Session, association: Association, application: Application, shown: Filled, *, received_on: date | None
) -> bytes:
    """The application as a Word file, from the template ``application``.

    Until it has come in it has neither number nor day (``received_on`` is None): it says when they will be given.
    """
    fields = application_fields(association, application, shown, received_on=received_on)
    # An applicant on the last day can do nothing about the association's template.
    return render(session, association.id, "application", fields, or_shipped=True)


def application_fields(
    association: Association, application: Application, shown: Filled, *, received_on: date | None
) -> ApplicationFields:
    """What the document prints."""
    matter = application.matter
    return ApplicationFields(
        association=association.name,
        register_number=matter.register_number if matter else _LATER,
        received_on=print_date(received_on) if received_on else _LATER,
        form_title=shown.form.title.sv,
        form_version=f"version {application.form_version.number}",
        title=shown.facts.title or shown.form.title.sv,
        applicant=shown.facts.applicant_name,
        parties=tuple(CooperatingParty(name) for name in shown.party_names()),
        sections=tuple(_sections(shown)),
        attachments=tuple(_attachments(shown)),
        signatories=tuple(_signatories(shown)),
    )


def _sections(shown: Filled) -> Iterator[FormSection]:
    """The sections in order. Signatories are left out of theirs, since they stand at the end of the document."""
    signing = {question.id for question in shown.form.questions() if question.kind is Kind.SIGNATORIES}
    heading, blocks = None, list[Block]()
    for block in shown.blocks("sv"):
        if isinstance(block, Heading):
            if heading:
                yield _section(heading, blocks)
            heading, blocks = block, []
        elif block.question_id not in signing:
            blocks.append(block)
    if heading:
        yield _section(heading, blocks)


def _section(heading: Heading, blocks: list[Block]) -> FormSection:
    tables = [block for block in blocks if isinstance(block, Table) and block.is_numeric]
    answers = [block for block in blocks if block not in tables]
    return FormSection(heading.text, tuple(map(_answer, answers)), tuple(map(_cost_table, tables)))


def _answer(block: Block) -> AnswerLines:
    if isinstance(block, Heading):
        raise TypeError("a heading is no answer")
    if isinstance(block, Pairs):
        pairs = tuple(f"{name}: {text}" for name, text in block.pairs if text)
        return AnswerLines(block.label, pairs, pairs)
    if isinstance(block, Table):
        lines = tuple(", ".join(filter(None, row.cells)) for row in block.rows)
        rows = tuple(AnswerRow(row.cells, "ja" if row.is_sum else "") for row in block.rows)
        return AnswerLines(block.label, (*lines, *filter(None, [block.note])), columns=block.columns, rows=rows)
    if block.formatted:
        return AnswerLines(block.label, block.paragraphs, formatted=block.formatted)
    return AnswerLines(block.label, block.paragraphs, block.paragraphs)


def _cost_table(table: Table) -> CostTable:
    rows = tuple(
        CostRow(
            label,
            tuple(map(_bare, amounts)),
            _bare(total),
            is_heading="ja" if row.is_heading else "",
            is_sum="ja" if row.is_sum else "",
        )
        for row in table.rows
        for label, *amounts, total in [row.cells]
    )
    return CostTable(f"{table.label}, kronor", table.columns[1:-1], rows)


def _bare(amount: str) -> str:
    """The amount without its unit, which the table's title says."""
    return amount.removesuffix(_UNIT)


def _attachments(shown: Filled) -> Iterator[str]:
    for question in shown.form.questions():
        if question.kind is Kind.ATTACHMENTS:
            yield from (shown.context.documents.get(one, "") for one in shown.answers.get(question.id) or ())


def _signatories(shown: Filled) -> Iterator[Signatory]:
    for question in shown.form.questions():
        if question.kind is Kind.SIGNATORIES:
            for entry in shown.answers.get(question.id) or ():
                name, title, organisation = (_part(entry, one) for one in ("name", "title", "organisation"))
                yield Signatory(name, title, organisation, _capacity(question, entry))


def _capacity(question: Question, entry: dict[str, Any]) -> str:
    """What gives the person the right to sign, in words."""
    choices = {one.id: one.label.sv for part in parts_of(question) if part.name == "capacity" for one in part.choices}
    return choices.get(_part(entry, "capacity"), "")


def _part(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name) or ""
    return value["unread"] if is_unread(value) else str(value)
