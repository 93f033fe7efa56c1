"""Writers of the reminders to grantees: read again when their day has come, then written or passed over (law 9)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.models import ApplicantReminder
from paragraf.core.dates import local_date
from paragraf.core.errors import N_
from paragraf.grants.correspondence import tell_grantee
from paragraf.grants.models import Grant, GrantReport
from paragraf.grants.queries import has_lapsed, reports_of
from paragraf.grants.reporting.plan import reminders_after, reminders_before, reminders_of_end
from paragraf.grants.reporting.reports import told


def report_due(session: Session, reminder: ApplicantReminder, now: datetime) -> str | None:
    """Remind the grantee that a report is due, or say why not."""
    report = session.get_one(GrantReport, reminder.subject_id)
    if reminder.send_on not in reminders_before(report.due_on):
        return N_("Dagen är ändrad.")
    return _about_report(session, reminder, report, "report_due", now)


def report_late(session: Session, reminder: ApplicantReminder, now: datetime) -> str | None:
    """Tell the grantee that a report is late, or say why not."""
    report = session.get_one(GrantReport, reminder.subject_id)
    if reminder.send_on not in reminders_after(report.due_on):
        return N_("Dagen är ändrad.")
    return _about_report(session, reminder, report, "report_late", now)


def _about_report(
    session: Session, reminder: ApplicantReminder, report: GrantReport, kind: str, now: datetime
) -> str | None:
    if report.cancelled_at is not None:
        return N_("Rapporten behövs inte längre.")
    if report.application is not None and report.application.submitted_at is not None:
        return N_("Rapporten har kommit in.")
    if why := _over(report.grant):
        return why
    key = f"{kind.replace('_', '-')}-{reminder.id}"
    tell_grantee(session, report.grant, kind, key, now, **told(report), remark=report.remark)
    return None


def grant_ending(session: Session, reminder: ApplicantReminder, now: datetime) -> str | None:
    """Tell the grantee that the grant is ending and what is left to do, or say why not."""
    grant = session.get_one(Grant, reminder.subject_id)
    if grant.ends_on is None or reminder.send_on not in reminders_of_end(grant.ends_on):
        return N_("Dagen är ändrad.")
    if why := _over(grant):
        return why
    today = local_date(now)
    awaited = [one for one in reports_of(session, grant) if one.cancelled_at is None and one.accepted_at is None]
    tell_grantee(
        session,
        grant,
        "grant_ending",
        f"grant-ending-{reminder.id}",
        now,
        ends_on=grant.ends_on,
        reports=[told(one) for one in awaited if one.due_on >= today],
    )
    return None


def _over(grant: Grant) -> str | None:
    if grant.closed_at is not None:
        return N_("Bidraget är avslutat.")
    return N_("Bidraget gäller inte längre.") if has_lapsed(grant) else None
