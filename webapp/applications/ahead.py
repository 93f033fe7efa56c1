"""What an applicant waits for: the days ahead, and what has been sent to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.completing.received import open_completion
from paragraf.applications.filled import filled
from paragraf.applications.models import Application
from paragraf.applications.submitting import applicants
from paragraf.core.dates import local_date
from paragraf.grants.models import Grant, GrantReport
from paragraf.grants.wording import REPORT_NAMES
from paragraf.post.models import Letter, LetterAttachment
from paragraf.register.models import Document
from webapp.applications.standing import Standing


class Awaited(StrEnum):
    """What happens on a day ahead."""

    COMPLETION = "completion"
    MEETING = "meeting"
    REPORT = "report"


@dataclass(frozen=True)
class Ahead:
    """A day ahead: what happens on it, and the name of the body, or that of the report with its period."""

    day: date
    what: Awaited
    who: str = ""
    period: tuple[date, date] | None = None
    late: bool = False


def ahead_of(session: Session, application: Application, standing: Standing, now: datetime) -> list[Ahead]:
    """The days that the applicant should know of, the nearest first."""
    if application.withdrawn_at is not None:
        return []
    today, found = local_date(now), []
    completion = open_completion(session, application)
    if completion is not None:
        found.append(Ahead(completion.due_on, Awaited.COMPLETION, late=completion.due_on < today))
    if standing.coming is not None:
        found.append(Ahead(local_date(standing.coming.starts_at), Awaited.MEETING, standing.coming.body.name))
    for report in _reports_due(session, application):
        period = (report.period_start, report.period_end)
        found.append(
            Ahead(report.due_on, Awaited.REPORT, REPORT_NAMES[report.kind], period, late=report.due_on < today)
        )
    return sorted(found, key=lambda one: one.day)


def _reports_due(session: Session, application: Application) -> list[GrantReport]:
    wanted = (
        select(GrantReport)
        .join(Grant, Grant.id == GrantReport.grant_id)
        .outerjoin(Application, Application.id == GrantReport.application_id)
        .where(
            GrantReport.association_id == application.association_id,
            Grant.application_id == application.id,
            GrantReport.cancelled_at.is_(None),
            GrantReport.accepted_at.is_(None),
            Application.submitted_at.is_(None),
        )
    )
    return list(session.scalars(wanted.order_by(GrantReport.due_on, GrantReport.id)))


@dataclass(frozen=True)
class Sent:
    """A document that went to the applicants with a letter, and when it was written."""

    document: Document
    at: datetime


def sent_documents(session: Session, application: Application) -> list[Sent]:
    """Every document that letters about the matter have brought to the applicants, the newest first."""
    if application.matter_id is None:
        return []
    shown = filled(session, application, local_date(application.started_at))
    addresses = {to.address for to in applicants(application, shown)}
    wanted = (
        select(Document, Letter.queued_at)
        .join(LetterAttachment, LetterAttachment.document_id == Document.id)
        .join(Letter, Letter.id == LetterAttachment.letter_id)
        .where(
            Letter.association_id == application.association_id,
            Letter.matter_id == application.matter_id,
            Letter.to_address.in_(addresses),
        )
        .order_by(Letter.id.desc())
    )
    found: dict[int, Sent] = {}
    for document, at in session.execute(wanted):
        found.setdefault(document.id, Sent(document, at))
    return list(found.values())
