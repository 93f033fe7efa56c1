"""Reminders to applicants: planned as rows, claimed once, and read again before their letter is written (law 9).

An applicant is no person of the association, so the duties' reminders cannot reach them. What a reminder says and
whether it is still wanted is known by whoever planned it: ``paragraf.chain`` holds the one table from kind to writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.applications.models import ApplicantReminder, Application, ReminderKind
from paragraf.core.dates import local_date
from paragraf.duties.taking import take_due

#: Writes the reminder's letters and returns None, or says in Swedish why it is no longer wanted.
Writer = Callable[[Session, ApplicantReminder, datetime], str | None]
Writers = Mapping[ReminderKind, Writer]


def plan(
    session: Session,
    application: Application,
    *,
    kind: ReminderKind,
    subject_id: int,
    days: Iterable[date],
    now: datetime,
) -> None:
    """See to it that the application is reminded on just these days, those that have passed left out.

    Called again with other days it takes back those that are no longer wanted and have not been sent.
    """
    wanted = {day for day in days if day >= local_date(now)}
    rows = {row.send_on: row for row in _rows(session, application, kind, subject_id)}
    for day in sorted(wanted - rows.keys()):
        session.add(
            ApplicantReminder(
                association_id=application.association_id,
                application_id=application.id,
                kind=kind,
                subject_id=subject_id,
                send_on=day,
            )
        )
    for day, row in rows.items():
        if row.queued_at is None:
            skipped = day not in wanted
            row.skipped_at, row.skip_reason = (now, "Dagen är ändrad.") if skipped else (None, None)
    session.flush()


def cancel(
    session: Session, application: Application, *, kind: ReminderKind, subject_id: int, reason: str, now: datetime
) -> None:
    """Send no more of these reminders; ``reason`` in Swedish, at most 200 characters."""
    for row in _rows(session, application, kind, subject_id):
        if row.queued_at is None and row.skipped_at is None:
            row.skipped_at, row.skip_reason = now, reason
    session.flush()


def _rows(
    session: Session, application: Application, kind: ReminderKind, subject_id: int
) -> Sequence[ApplicantReminder]:
    wanted = select(ApplicantReminder).where(
        ApplicantReminder.application_id == application.id,
        ApplicantReminder.kind == kind,
        ApplicantReminder.subject_id == subject_id,
    )
    return session.scalars(wanted).all()


def queue_due(session: Session, *, writers: Writers, now: datetime, limit: int) -> int:
    """Queue the letters of up to ``limit`` reminders whose day has come; how many were taken.

    Marking a reminder and queueing its letters happen in one transaction: after a crash neither has happened.
    """
    taken = take_due(session, ApplicantReminder, ApplicantReminder.application, now=now, limit=limit)
    for reminder in taken:
        reason = writers[reminder.kind](session, reminder, now)
        if reason:
            reminder.queued_at, reminder.skipped_at, reminder.skip_reason = None, now, reason[:200]
    session.flush()
    return len(taken)
