"""Verbs of the applications room. Publishing, links and submission have files of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.filled import answers_at, attachments, context_of, form_at, form_of
from paragraf.applications.links import actor_of, find_by_token, replace_link, request_new_link, start
from paragraf.applications.merging import Conflict, merge
from paragraf.applications.models import Application, ApplicationAttachment, ApplicationRevision
from paragraf.applications.publishing import publish_form
from paragraf.applications.submitting import submit
from paragraf.core import log
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions import entries
from paragraf.questions.answers import read_answer
from paragraf.questions.definition import Form, Kind, Section
from paragraf.register.models import Direction, DocumentKind
from paragraf.register.operations import file_document
from paragraf.register.uploads import check_upload

__all__ = [
    "Saved",
    "add_entry",
    "attach",
    "find_by_token",
    "publish_form",
    "remove_attachment",
    "remove_entry",
    "replace_link",
    "request_new_link",
    "save_section",
    "start",
    "submit",
]

#: Files on one question when its form sets no bound of its own.
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save led to: the version it is part of, and the questions in which it came too late.

    ``others`` are the sent questions that someone else has answered meanwhile and the writer had left alone: the page
    must show the stored answers of these, or its next save would take them back.
    """

    version: int
    conflicts: tuple[Conflict, ...] = ()
    others: tuple[str, ...] = ()


def save_section(
    session: Session,
    application: Application,
    *,
    section_id: str,
    raw: Mapping[str, Any],
    base_version: int,
    now: datetime,
) -> Saved:
    """Save the answers to a section's questions; ``raw`` is what ``questions.fields.collect`` gives.

    ``base_version`` is the version that the writer saw. Answers are never refused, however faulty. What someone else
    has changed meanwhile is merged, question by question and part by part; where both changed the same thing, what
    was saved first stands, and the later answers are kept set aside and returned as conflicts. Raises NotThere for an
    unknown section, and RuleBroken once the application is submitted.
    """
    _lock_draft(session, application)
    context = context_of(session, application, local_date(now))
    section = _section(form_at(session, application, context, section_id=section_id), section_id)
    mine = {
        question.id: read_answer(question, raw[question.id], context).value
        for question in section.questions
        if question.id in raw and question.kind is not Kind.ATTACHMENTS
    }
    return _save(session, application, mine, base_version, now)


def add_entry(session: Session, application: Application, section_id: str, *, now: datetime, entry: str = "") -> str:
    """Add an entry to a repeated section of a draft, or take back ``entry``; return the id of its unfolded section.

    Raises RuleBroken when the form allows no more, NotThere for a section that does not repeat freely.
    """
    _lock_draft(session, application)
    answers = answers_at(session, application, application.version)
    kept, added = entries.add_entry(form_of(application.form_version), section_id, answers, entry)
    _save(session, application, {section_id: kept}, application.version, now)
    return f"{section_id}-{added}"


def remove_entry(session: Session, application: Application, section_id: str, entry: str, *, now: datetime) -> None:
    """Take an entry of a repeated section away from a draft. Its answers stay stored, and it can be taken back.

    Raises RuleBroken when the form demands as many as there are, NotThere for an entry that is not there.
    """
    _lock_draft(session, application)
    answers = answers_at(session, application, application.version)
    kept = entries.take_entry_away(form_of(application.form_version), section_id, entry, answers)
    _save(session, application, {section_id: kept}, application.version, now)


def _section(form: Form, section_id: str) -> Section:
    try:
        return form.section(section_id)
    except KeyError:
        raise NotThere("Avsnittet finns inte i formuläret.") from None


def _lock_draft(session: Session, application: Application) -> None:
    """Let one act at a time change the application, from the state it has in the database now."""
    session.refresh(application, ["version", "submitted_at", "matter_id"], with_for_update=True)
    if application.submitted_at is not None:
        raise RuleBroken("Ansökan är redan inskickad och går inte att ändra. Kontakta kansliet om något är fel.")


def _save(session: Session, application: Application, mine: dict[str, Any], base: int, now: datetime) -> Saved:
    stored = answers_at(session, application, application.version)
    seen = stored if base == application.version else answers_at(session, application, base)
    merged = merge(seen, stored, mine)
    late = {conflict.question_id: conflict.mine for conflict in merged.conflicts}
    if late and not _is_set_aside(session, application, base, late):
        _add_revision(session, application, None, base, late, now)
    if merged.answers != stored:
        application.version += 1
        _add_revision(session, application, application.version, base, merged.answers, now)
    session.flush()
    others = (name for name, sent in mine.items() if name not in late and merged.answers.get(name) != sent)
    return Saved(application.version, merged.conflicts, tuple(others))


def _is_set_aside(session: Session, application: Application, base: int, late: dict[str, Any]) -> bool:
    """Whether just these answers are kept already: a page that asks to compare sends them a second time."""
    kept = select(ApplicationRevision.answers).where(
        ApplicationRevision.application_id == application.id,
        ApplicationRevision.version.is_(None),
        ApplicationRevision.base_version == base,
    )
    return any(answers == late for answers in session.scalars(kept))


def _add_revision(
    session: Session, application: Application, version: int | None, base: int, answers: dict[str, Any], now: datetime
) -> None:
    session.add(
        ApplicationRevision(
            association_id=application.association_id,
            application_id=application.id,
            form_version_id=application.form_version_id,
            version=version,
            base_version=base,
            answers=answers,
            saved_at=now,
        )
    )


def attach(
    session: Session, application: Application, *, question_id: str, filename: str, content: bytes, now: datetime
) -> ApplicationAttachment:
    """Add a file to a question that asks for attachments.

    Raises RuleBroken for a file of a wrong kind or size, and when there are too many; NotThere for other questions.
    """
    _lock_draft(session, application)
    context = context_of(session, application, local_date(now))
    most = _most_files(form_at(session, application, context), question_id)
    own = [row for row in attachments(session, application) if row.question_id == question_id]
    if len(own) >= most:
        raise RuleBroken("Högst %(most)s bilagor är möjligt här. Ta bort en först.", field="file", most=most)
    media_type = check_upload(filename, content, settings_of(session).upload_mb)
    actor = actor_of(application)
    document = file_document(
        session,
        association_id=application.association_id,
        matter=None,
        kind=DocumentKind.ATTACHMENT,
        direction=Direction.IN,
        title=filename,
        filename=filename,
        media_type=media_type,
        content=content,
        now=now,
        actor=actor,
    )
    row = ApplicationAttachment(
        association_id=application.association_id,
        application_id=application.id,
        question_id=question_id,
        document=document,
    )
    session.add(row)
    session.flush()
    _answer_with_files(session, application, question_id, [*own, row], now)
    return row


def _most_files(form: Form, question_id: str) -> int:
    for question in form.questions():
        if question.id == question_id and question.kind is Kind.ATTACHMENTS:
            return question.options.at_most or MOST_FILES
    raise NotThere("Det går inte att lägga till en bilaga här.")


def remove_attachment(session: Session, application: Application, document_id: int, *, now: datetime) -> None:
    """Take a file away from a draft; its bytes stay stored. Raises NotThere for a file that is not the draft's own."""
    _lock_draft(session, application)
    files = attachments(session, application)
    row = next((one for one in files if one.document_id == document_id), None)
    if row is None:
        raise NotThere("Bilagan finns inte.")
    row.removed_at = now
    log.record(
        session,
        application.association_id,
        "remove_attachment",
        "application",
        application.id,
        now=now,
        actor=actor_of(application),
        document=document_id,
    )
    left = [one for one in files if one.question_id == row.question_id and one is not row]
    _answer_with_files(session, application, row.question_id, left, now)


def _answer_with_files(
    session: Session,
    application: Application,
    question_id: str,
    rows: Sequence[ApplicationAttachment],
    now: datetime,
) -> None:
    answer = [str(row.document_id) for row in rows] or None
    _save(session, application, {question_id: answer}, application.version, now)
