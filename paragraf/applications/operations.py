"""Verbs of the applications room. Publishing, links and submission have files of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from paragraf.applications import rounds
from paragraf.applications.changing import Openness, lock_for_change, require_open
from paragraf.applications.filled import (
    Filled,
    answered,
    answers_at,
    attachments,
    context_of,
    filled,
    form_of,
    with_section,
)
from paragraf.applications.links import actor_of, find_by_token, replace_link, request_new_link, start
from paragraf.applications.merging import Conflict, merge
from paragraf.applications.models import Application, ApplicationAttachment
from paragraf.applications.offered.publishing import publish_form
from paragraf.applications.revisions import add_revision, is_set_aside
from paragraf.applications.rounds import send_for_signing
from paragraf.applications.submitting import hand_in, submit
from paragraf.core import log
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions import entries
from paragraf.questions.answers import read_value
from paragraf.questions.context import Context
from paragraf.questions.definition import Form, Kind, Section
from paragraf.register.models import Direction, Document, DocumentKind
from paragraf.register.operations import file_document
from paragraf.register.uploads import check_upload

__all__ = [
    "Saved",
    "add_entry",
    "attach",
    "find_by_token",
    "hand_in",
    "publish_form",
    "remove_attachment",
    "remove_entry",
    "replace_link",
    "request_new_link",
    "save_section",
    "send_for_signing",
    "start",
    "submit",
]

#: Files on one question when its form sets no bound of its own.
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save led to: the version it is part of, and the questions in which it came too late.

    ``others`` are the sent questions that someone else has answered meanwhile and the writer had left alone: the page
    must show the stored answers of these, or its next save would take them back. ``voided``: the change made a
    signature round void.
    """

    version: int
    conflicts: tuple[Conflict, ...] = ()
    others: tuple[str, ...] = ()
    voided: bool = False
    #: The application as it stands after the save, so that the answer to it need not ask the database again.
    after: Filled | None = None


def save_section(
    session: Session,
    application: Application,
    *,
    section_id: str,
    raw: Mapping[str, Any],
    base_version: int,
    now: datetime,
    by: str = "",
    during_signing: bool = False,
) -> Saved:
    """Save the answers to a section's questions; ``raw`` is what ``questions.fields.collect`` gives.

    ``base_version`` is the version that the writer saw, ``by`` the writer's address (the owner's when not given).
    Answers are never refused, however faulty. What someone else has changed meanwhile is merged, question by question
    and part by part; where both changed the same thing, what was saved first stands, and the later answers are kept
    set aside and returned as conflicts. Raises NotThere for an unknown section, and RuleBroken when the answers may not
    be changed (``changing``); ``during_signing`` lets a change make a signature round void.
    """
    change = _begin(session, application, by, now, during_signing=during_signing, section_id=section_id)
    mine = {
        question.id: read_value(question, raw[question.id], change.context)
        for question in _section(change.form, section_id).questions
        if question.id in raw and question.kind is not Kind.ATTACHMENTS
    }
    return _save(change, mine, base_version)


def add_entry(
    session: Session,
    application: Application,
    section_id: str,
    *,
    now: datetime,
    entry: str = "",
    by: str = "",
    during_signing: bool = False,
) -> str:
    """Add an entry to a repeated section, or take back ``entry``; return the id of its unfolded section.

    Raises RuleBroken when the form allows no more or nothing may be changed, NotThere for a section that does not
    repeat freely.
    """
    change = _begin(session, application, by, now, during_signing=during_signing)
    kept, added = entries.add_entry(form_of(application.form_version), section_id, change.stored, entry)
    _save(change, {section_id: kept}, application.version)
    return f"{section_id}-{added}"


def remove_entry(
    session: Session,
    application: Application,
    section_id: str,
    entry: str,
    *,
    now: datetime,
    by: str = "",
    during_signing: bool = False,
) -> None:
    """Take an entry of a repeated section away. Its answers stay stored, and it can be taken back.

    Raises RuleBroken when the form demands as many as there are or nothing may be changed, NotThere for an entry that
    is not there.
    """
    change = _begin(session, application, by, now, during_signing=during_signing)
    kept = entries.take_entry_away(form_of(application.form_version), section_id, entry, change.stored)
    _save(change, {section_id: kept}, application.version)


def _section(form: Form, section_id: str) -> Section:
    try:
        return form.section(section_id)
    except KeyError:
        raise NotThere("Avsnittet finns inte i formuläret.") from None


@dataclass(frozen=True)
class _Change:
    """One change of an application that is locked: what may be changed, from which answers, by whom, when."""

    session: Session
    application: Application
    found: Openness
    form: Form
    stored: dict[str, Any]
    context: Context
    by: str
    now: datetime


def _begin(
    session: Session, application: Application, by: str, now: datetime, *, during_signing: bool, section_id: str = ""
) -> _Change:
    """Lock the application; raises RuleBroken when it may not be changed."""
    found = lock_for_change(session, application, during_signing=during_signing, now=now)
    # The members of the day that the page shows too.
    context = context_of(session, application, local_date(application.submitted_at or now))
    stored = answers_at(session, application, application.version)
    form = with_section(form_of(application.form_version), stored, context, section_id)
    return _Change(session, application, found, form, stored, context, by or application.email, now)


def _save(change: _Change, mine: dict[str, Any], base: int) -> Saved:
    session, application, stored = change.session, change.application, change.stored
    seen = stored if base == application.version else answers_at(session, application, base)
    merged = merge(seen, stored, mine)
    late = {conflict.question_id: conflict.mine for conflict in merged.conflicts}
    changed = {
        name: value for name, value in mine.items() if name in late or merged.answers.get(name) != stored.get(name)
    }
    require_open(change.found, change.form, changed)
    if late and not is_set_aside(session, application, base, late):
        add_revision(session, application, late, version=None, base=base, now=change.now, by=change.by)
    voided = merged.answers != stored and _store(change, base, merged.answers)
    session.flush()
    others = (name for name, sent in mine.items() if name not in late and merged.answers.get(name) != sent)
    after = Filled(form_of(application.form_version), merged.answers, change.context, change.now)
    return Saved(application.version, merged.conflicts, tuple(others), voided, after)


def _store(change: _Change, base: int, answers: dict[str, Any]) -> bool:
    """Add the version; whether it made a signature round void."""
    application, out = change.application, change.found.round
    application.version += 1
    add_revision(
        change.session, application, answers, version=application.version, base=base, now=change.now, by=change.by
    )
    if out is None:
        return False
    change.session.flush()
    after = filled(change.session, application, local_date(change.now))
    before = answered(application, change.stored, change.context)
    rounds.make_void(change.session, application, out, before=before, after=after, now=change.now, by=change.by)
    return True


def attach(
    session: Session,
    application: Application,
    *,
    question_id: str,
    filename: str,
    content: bytes,
    now: datetime,
    by: str = "",
    during_signing: bool = False,
) -> ApplicationAttachment:
    """Add a file to a question that asks for attachments. The same bytes are stored once in an application.

    Raises RuleBroken for a file of a wrong kind or size, when there are too many, and when the answer may not be
    changed; NotThere for other questions. The same file again on the same question gives the row that is there.
    """
    change = _begin(session, application, by, now, during_signing=during_signing)
    most = _most_files(change.form, question_id)
    require_open(change.found, change.form, {question_id: None})
    files = attachments(session, application)
    own = [row for row in files if row.question_id == question_id]
    digest = sha256(content).hexdigest()
    for row in own:
        if row.document.sha256 == digest:
            return row
    if len(own) >= most:
        raise RuleBroken("Högst %(most)s bilagor är möjligt här. Ta bort en först.", field="file", most=most)
    same = next((row.document for row in files if row.document.sha256 == digest), None)
    row = ApplicationAttachment(
        association_id=application.association_id,
        application_id=application.id,
        question_id=question_id,
        document=same or _keep(change, filename, content),
    )
    session.add(row)
    session.flush()
    _answer_with_files(change, question_id, [*own, row])
    return row


def _keep(change: _Change, filename: str, content: bytes) -> Document:
    media_type = check_upload(filename, content, settings_of(change.session).upload_mb)
    return file_document(
        change.session,
        association_id=change.application.association_id,
        # A completion's files belong to the matter at once; a draft's when it is received.
        matter=change.application.matter if change.application.matter_id else None,
        kind=DocumentKind.ATTACHMENT,
        direction=Direction.IN,
        title=filename,
        filename=filename,
        media_type=media_type,
        content=content,
        now=change.now,
        actor=actor_of(change.application, change.by),
    )


def _most_files(form: Form, question_id: str) -> int:
    for question in form.questions():
        if question.id == question_id and question.kind is Kind.ATTACHMENTS:
            return question.options.at_most or MOST_FILES
    raise NotThere("Det går inte att lägga till en bilaga här.")


def remove_attachment(
    session: Session,
    application: Application,
    document_id: int,
    *,
    now: datetime,
    question_id: str = "",
    by: str = "",
    during_signing: bool = False,
) -> None:
    """Take a file away from the answer to a question (any that has it, when none is named); its bytes stay stored.

    Raises NotThere for a file that is not the application's own, and RuleBroken when the answer may not be changed.
    """
    change = _begin(session, application, by, now, during_signing=during_signing)
    files = attachments(session, application)
    row = next((one for one in files if one.document_id == document_id and question_id in ("", one.question_id)), None)
    if row is None:
        raise NotThere("Bilagan finns inte.")
    require_open(change.found, change.form, {row.question_id: None})
    row.removed_at = now
    left = [one for one in files if one.question_id == row.question_id and one is not row]
    _answer_with_files(change, row.question_id, left)
    log.record(
        session,
        application.association_id,
        "remove_attachment",
        "application",
        application.id,
        now=now,
        actor=actor_of(application, change.by),
        document=document_id,
    )


def _answer_with_files(change: _Change, question_id: str, rows: Sequence[ApplicationAttachment]) -> None:
    answer = [str(row.document_id) for row in rows] or None
    _save(change, {question_id: answer}, change.application.version)
