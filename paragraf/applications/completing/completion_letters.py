"""The letters about a completion: to those who apply, and to the office when it has come in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.filled import Filled, filled
from paragraf.applications.links import link_to
from paragraf.applications.models import ApplicantReminder, Application, Completion
from paragraf.applications.submitting import applicants
from paragraf.core import addresses
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.people import queries as people
from paragraf.people.models import RoleKind
from paragraf.people.operations import recipient
from paragraf.post.operations import Attachment, write_letter

ROOM = "applications"


def tell_asked(
    session: Session, application: Application, completion: Completion, shown: Filled, *, now: datetime
) -> None:
    """The request to those who apply: what is asked, the last day, the link; with the request as Word."""
    document = completion.document
    papers = [Attachment(document.filename, document.media_type, document_id=document.id)] if document else []
    _to_applicants(session, application, completion, "completion_asked", "", now, shown=shown, papers=papers)


def tell_extended(session: Session, application: Application, completion: Completion, *, now: datetime) -> None:
    """They have more time."""
    _to_applicants(session, application, completion, "completion_extended", f"-{completion.due_on}", now)


def tell_taken_back(session: Session, application: Application, completion: Completion, *, now: datetime) -> None:
    """The application is taken up as it was handed in."""
    _to_applicants(session, application, completion, "completion_taken_back", "", now)


def tell_answered(
    session: Session,
    application: Application,
    completion: Completion,
    shown: Filled,
    changed: Collection[str],
    *,
    now: datetime,
) -> None:
    """A receipt to those who apply, and to the office that it has come in."""
    document = completion.answered_document
    papers = [Attachment(document.filename, document.media_type, document_id=document.id)] if document else []
    _to_applicants(session, application, completion, "completion_received", "", now, shown=shown, papers=papers)
    _to_office(session, application, completion, shown, changed, now)


def remind(session: Session, reminder: ApplicantReminder, now: datetime) -> str | None:
    """Remind those who apply that a completion is due; why not, where it is no longer waited for."""
    application = reminder.application
    completion = session.get(Completion, reminder.subject_id)
    if completion is None or completion.application_id != application.id:
        return "Begäran om komplettering finns inte."
    if completion.answered_at is not None:
        return "Kompletteringen har kommit in."
    if completion.withdrawn_at is not None:
        return "Kompletteringen begärs inte längre."
    if completion.due_on < local_date(now):
        return "Sista dagen har passerat."
    _to_applicants(session, application, completion, "completion_reminder", f"-{reminder.id}", now)
    return None


def _to_applicants(
    session: Session,
    application: Application,
    completion: Completion,
    kind: str,
    again: str,
    now: datetime,
    *,
    shown: Filled | None = None,
    papers: Sequence[Attachment] = (),
) -> None:
    """``again`` tells letters of one kind about the same completion apart."""
    association, matter = people.association(session, application.association_id), application.matter
    told = shown or filled(session, application, local_date(now))
    for place, to in enumerate(applicants(application, told), start=1):
        write_letter(
            session,
            association_id=association.id,
            room=ROOM,
            kind=kind,
            key=f"{kind.replace('_', '-')}-{completion.id}{again}-{place}",
            to=to,
            fields={
                "title": matter.title if matter else told.facts.title,
                "register_number": matter.register_number if matter else "",
                "due_on": completion.due_on,
                "message": completion.message,
                "questions": _questions(completion, told, to.language),
                "address": f"{link_to(settings_of(session), application)}komplettering",
                "contact_email": association.email,
            },
            now=now,
            matter_id=application.matter_id,
            attachments=papers,
        )


def _questions(completion: Completion, shown: Filled, language: str) -> list[dict[str, str]]:
    return [
        {"label": shown.form.question(one.question_id).label.in_language(language), "asked": one.asked}
        for one in completion.questions
    ]


def _to_office(
    session: Session,
    application: Application,
    completion: Completion,
    shown: Filled,
    changed: Collection[str],
    now: datetime,
) -> None:
    association, matter = people.association(session, application.association_id), application.matter
    if matter is None:
        return
    address = addresses.submitted_application(settings_of(session), association.slug, matter.year, matter.number)
    for secretary in people.holders(session, association.id, RoleKind.SECRETARY, local_date(now)):
        labels = [
            shown.form.question(one.question_id).label.in_language(secretary.language)
            for one in completion.questions
            if one.question_id in changed
        ]
        write_letter(
            session,
            association_id=association.id,
            room=ROOM,
            kind="completion_arrived",
            key=f"completion-arrived-{completion.id}-{secretary.id}",
            to=recipient(secretary),
            fields={
                "title": matter.title,
                "register_number": matter.register_number,
                "applicant": matter.counterpart,
                "changed": labels,
                "late": local_date(now) > completion.due_on,
                "due_on": completion.due_on,
                "address": f"{address}kompletteringar/",
            },
            now=now,
            matter_id=matter.id,
        )
