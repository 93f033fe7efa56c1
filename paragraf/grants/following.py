"""Who is reminded of what on a grant: the grantee by reminders, the office by duties. Rows, planned ahead (law 9)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.applications import reminding
from paragraf.applications.models import ReminderKind
from paragraf.core.errors import N_
from paragraf.core.printing import print_period
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event
from paragraf.duties.standard_rules import GRANT_END, GRANT_REPORT
from paragraf.grants.acts import matter_of
from paragraf.grants.models import Grant, GrantReport
from paragraf.grants.reporting.plan import reminders_after, reminders_before, reminders_of_end
from paragraf.grants.wording import report_name

#: The subjects of duties.
REPORT = "grant_report"
GRANT = "grant"


def follow_report(session: Session, grant: Grant, report: GrantReport, *, now: datetime) -> None:
    """See to it that the grantee is reminded before and after the report's day, and that the office follows it up."""
    days = {
        ReminderKind.REPORT_DUE: reminders_before(report.due_on),
        ReminderKind.REPORT_LATE: reminders_after(report.due_on),
    }
    for kind, send_on in days.items():
        reminding.plan(session, grant.application, kind=kind, subject_id=report.id, days=send_on, now=now)
    name = f"{report_name(report.kind)} {print_period(report.period_start, report.period_end)}"
    _plan(session, grant, Anchor.GRANT_REPORT, REPORT, report.id, report.due_on, f"{name}, {_title(grant)}", now)


def follow_end(session: Session, grant: Grant, *, now: datetime) -> None:
    """See to it that the grantee and the office are reminded of the grant's end."""
    if grant.ends_on is None:
        return
    days = reminders_of_end(grant.ends_on)
    reminding.plan(session, grant.application, kind=ReminderKind.GRANT_ENDING, subject_id=grant.id, days=days, now=now)
    _plan(session, grant, Anchor.GRANT_END, GRANT, grant.id, grant.ends_on, _title(grant), now)


def _plan(
    session: Session, grant: Grant, anchor: Anchor, subject: str, subject_id: int, day: date, title: str, now: datetime
) -> None:
    duties.adopt_standard_rules(
        session, grant.association_id, valid_from=grant.decided_on, only=(GRANT_REPORT, GRANT_END)
    )
    event = Event(
        association_id=grant.association_id,
        anchor=anchor,
        subject=subject,
        subject_id=subject_id,
        on=day,
        title=title,
        matter_id=matter_of(grant).id,
    )
    duties.move(session, event, reason=N_("Dagen har ändrats."), now=now, actor=duties.PROGRAM)


def _title(grant: Grant) -> str:
    return matter_of(grant).title


def end_reminders(session: Session, grant: Grant, report: GrantReport, *, reason: str, now: datetime) -> None:
    """Remind the grantee no more of the report."""
    for kind in (ReminderKind.REPORT_DUE, ReminderKind.REPORT_LATE):
        reminding.cancel(session, grant.application, kind=kind, subject_id=report.id, reason=reason, now=now)


def end_report(session: Session, grant: Grant, report: GrantReport, *, reason: str, now: datetime, actor: str) -> None:
    """The report is dealt with: no more reminders, and the office's duty is done, or cancelled with the reason."""
    end_reminders(session, grant, report, reason=reason or N_("Rapporten är godkänd."), now=now)
    own = grant.association_id
    if reason:
        duties.cancel(
            session, association_id=own, subject=REPORT, subject_id=report.id, reason=reason, now=now, actor=actor
        )
    else:
        duties.finish(
            session,
            association_id=own,
            rule_key=GRANT_REPORT,
            subject=REPORT,
            subject_id=report.id,
            now=now,
            actor=actor,
        )


def end_grant(session: Session, grant: Grant, *, reason: str, done: bool, now: datetime, actor: str) -> None:
    """The grant is over: no more reminders of its end; the office's duty is done, or cancelled with the reason."""
    own = grant.association_id
    reminding.cancel(
        session, grant.application, kind=ReminderKind.GRANT_ENDING, subject_id=grant.id, reason=reason, now=now
    )
    if done:
        duties.finish(
            session,
            association_id=own,
            rule_key=GRANT_END,
            subject=GRANT,
            subject_id=grant.id,
            now=now,
            actor=actor,
        )
    else:
        duties.cancel(
            session, association_id=own, subject=GRANT, subject_id=grant.id, reason=reason, now=now, actor=actor
        )
