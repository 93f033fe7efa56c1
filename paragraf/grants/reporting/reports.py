"""The reports on a grant: planned from its period, opened by the grantee, received, accepted or asked to be completed.

What the grantee fills in is an application row with the purpose report; it is filed in the grant's own matter.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from paragraf.applications.filled import answers_at, attachments, filled, form_of
from paragraf.applications.links import actor_of, link_to
from paragraf.applications.models import Application
from paragraf.applications.offered.publishing import open_forms
from paragraf.applications.revisions import add_revision
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, RuleBroken
from paragraf.core.printing import print_period
from paragraf.grants import amounts, following
from paragraf.grants.acts import lock, matter_of, record
from paragraf.grants.correspondence import tell_grantee, tell_office
from paragraf.grants.models import Grant, GrantReport, ReportKind, RowAmountKind
from paragraf.grants.queries import has_lapsed, report_filled_in, reports_of
from paragraf.grants.reporting.days import days_after
from paragraf.grants.reporting.paper import paper_of
from paragraf.grants.reporting.plan import FORM_KEYS, DueReport, due_reports
from paragraf.grants.reporting.prefilling import known_answers
from paragraf.grants.reporting.sums import economy_of
from paragraf.grants.wording import report_name
from paragraf.people import queries as people
from paragraf.questions.definition import Purpose
from paragraf.questions.models import FormVersion
from paragraf.register.models import Direction, Document, DocumentKind, Matter
from paragraf.register.operations import file_document, file_under, request_pdf
from paragraf.register.uploads import WORD

_LONGEST_REMARK = 1000


# --- planned ---------------------------------------------------------------------------------------------------------


def plan_reports(session: Session, grant: Grant, *, now: datetime, actor: str) -> list[GrantReport]:
    """Make the grant's reports those that follow from its period, with their reminders and the office's duties.

    Planned again, such as when the end has moved, it adds what is lacking and cancels what is no longer to come and
    has not been begun. A grant without a period has no reports until it is given one.
    """
    if grant.starts_on is None or grant.ends_on is None:
        return []
    rules = days_after(session, grant.association_id, grant.decided_on)
    wanted = {(one.kind, one.end): one for one in due_reports(grant.starts_on, grant.ends_on, rules)}
    there = {(one.kind, one.period_end): one for one in reports_of(session, grant)}
    for key in wanted.keys() - there.keys():
        _add(session, grant, wanted[key])
    for key, row in there.items():
        planned = key in wanted or row.kind is ReportKind.STATUS
        if not planned and row.application_id is None and row.cancelled_at is None:
            _cancel(session, grant, row, N_("Bidragets tid har ändrats."), now, actor)
    session.flush()
    found = [one for one in reports_of(session, grant) if one.cancelled_at is None]
    for row in found:
        following.follow_report(session, grant, row, now=now)
    following.follow_end(session, grant, now=now)
    return found


def _add(session: Session, grant: Grant, due: DueReport) -> GrantReport:
    row = GrantReport(
        association_id=grant.association_id,
        grant=grant,
        kind=due.kind,
        form_key=FORM_KEYS[due.kind],
        period_start=due.start,
        period_end=due.end,
        due_on=due.due_on,
    )
    session.add(row)
    session.flush()
    return row


def ask_for_status(
    session: Session,
    grant: Grant,
    *,
    period_start: date,
    period_end: date,
    due_on: date,
    now: datetime,
    actor: str,
) -> GrantReport:
    """Ask the grantee for a status report on the days. They are told, with the link."""
    lock(session, grant)
    _must_be_open(grant)
    if period_end < period_start:
        raise RuleBroken("Perioden slutar innan den börjar. Byt plats på dagarna.", field="period_end")
    if due_on < local_date(now):
        raise RuleBroken("Sista dagen har redan varit.", field="due_on")
    if any((one.kind, one.period_end) == (ReportKind.STATUS, period_end) for one in reports_of(session, grant)):
        raise RuleBroken("Det finns redan en lägesrapport för perioden.", field="period_end")
    row = _add(session, grant, DueReport(ReportKind.STATUS, period_start, period_end, due_on))
    record(session, grant, "ask_for_report", now, actor, report=row.id, due_on=due_on.isoformat())
    following.follow_report(session, grant, row, now=now)
    tell_grantee(session, grant, "report_asked", f"report-asked-{row.id}", now, **told(row))
    return row


def cancel_report(session: Session, report: GrantReport, *, reason: str, now: datetime, actor: str) -> None:
    """The report need not come, with the reason. Raises RuleBroken for one that has come."""
    grant = report.grant
    lock(session, grant)
    _read_anew(session, report)
    if report.application is not None and report.application.submitted_at is not None:
        raise RuleBroken("Rapporten har kommit in och kan inte ställas in.")
    if report.cancelled_at is not None:
        raise RuleBroken("Rapporten är redan inställd.")
    if not reason.strip():
        raise RuleBroken("Skriv varför rapporten inte behövs.", field="reason")
    _cancel(session, grant, report, reason.strip()[:300], now, actor)


def _cancel(session: Session, grant: Grant, report: GrantReport, reason: str, now: datetime, actor: str) -> None:
    report.cancelled_at, report.cancel_reason = now, reason
    session.flush()
    record(session, grant, "cancel_report", now, actor, report=report.id)
    following.end_report(session, grant, report, reason=reason, now=now, actor=actor)


def cancel_all(session: Session, grant: Grant, *, reason: str, now: datetime, actor: str) -> None:
    """Cancel every report that has not come; the caller has locked the grant."""
    for row in reports_of(session, grant):
        come = row.application is not None and row.application.submitted_at is not None
        if row.cancelled_at is None and not come:
            _cancel(session, grant, row, reason, now, actor)


# --- opened ----------------------------------------------------------------------------------------------------------


def form_for(session: Session, association_id: int, key: str) -> FormVersion:
    """The newest version of the report's form; RuleBroken tells what to do when the association offers none."""
    found = next((one for one in open_forms(session, association_id) if one.family.key == key), None)
    if found is None:
        raise RuleBroken(
            "Förbundet har inget öppet formulär ”%(key)s” för rapporten. Kansliet öppnar det under Formulär.", key=key
        )
    return found


def open_report(session: Session, report: GrantReport, *, now: datetime) -> Application:
    """The form of the report, begun with what is known already; opened again it gives the same one.

    Raises RuleBroken for a report whose period has not begun or that is cancelled, and where no form is offered.
    """
    # By name: the row alone is locked, not what it is joined with when it is read whole.
    session.refresh(report, ["application_id", "cancelled_at", "period_start"], with_for_update=True)
    session.expire(report, ["application"])
    if report.application is not None:
        return report.application
    if report.cancelled_at is not None:
        raise RuleBroken("Rapporten behövs inte längre.")
    if local_date(now) < report.period_start:
        raise RuleBroken("Perioden börjar den %(day)s. Rapporten kan skrivas då.", day=report.period_start)
    version = form_for(session, report.association_id, report.form_key)
    answers = known_answers(session, report, form_of(version), now)
    report.application = _begin(session, report.grant, version, answers, now)
    session.flush()
    return report.application


def _begin(
    session: Session, grant: Grant, version: FormVersion, answers: dict[str, object], now: datetime
) -> Application:
    first = grant.application
    application = Application(
        association_id=grant.association_id,
        form_version=version,
        purpose=Purpose.REPORT,
        email=first.email,
        language=first.language,
        started_at=now,
        version=1 if answers else 0,
    )
    session.add(application)
    session.flush()
    if answers:
        add_revision(session, application, answers, version=1, base=0, now=now, form_version_id=version.id)
        session.flush()
    return application


# --- received --------------------------------------------------------------------------------------------------------


def receive_report(session: Session, application: Application, now: datetime) -> Matter:
    """File a report that was handed in, in its grant's matter; the grantee and the office are told.

    What ``applications.submitting`` calls for forms with the purpose report, once, when the form is complete and the
    application is locked. Raises RuleBroken for a report that is cancelled or of a grant that is closed.
    """
    report = report_filled_in(session, application)
    if report.cancelled_at is not None:
        raise RuleBroken("Rapporten behövs inte längre, så den kan inte skickas in. Det som är skrivet finns kvar.")
    _must_be_open(report.grant)
    matter = matter_of(report.grant)
    application.matter, application.submitted_at = matter, now
    application.submitted_version = application.version
    application.document = document = _file(session, report, application, now)
    session.flush()
    record(session, report.grant, "receive_report", now, actor_of(application), report=report.id)
    following.end_reminders(session, report.grant, report, reason=N_("Rapporten har kommit in."), now=now)
    fields = told(report)
    key = f"{report.id}-{application.id}"
    tell_grantee(session, report.grant, "report_received", f"report-received-{key}", now, document=document, **fields)
    tell_office(session, report.grant, "report_arrived", f"report-arrived-{key}", now, **fields)
    return matter


def _file(session: Session, report: GrantReport, application: Application, now: datetime) -> Document:
    matter, shown = matter_of(report.grant), filled(session, application, local_date(now))
    association = people.association(session, application.association_id)
    filename, content = paper_of(session, association, application, shown, report, received_on=local_date(now))
    document = file_document(
        session,
        association_id=association.id,
        matter=matter,
        kind=DocumentKind.REPORT,
        direction=Direction.IN,
        title=f"{report_name(report.kind)} {print_period(report.period_start, report.period_end)}",
        filename=filename,
        media_type=WORD,
        content=content,
        now=now,
        actor=actor_of(application),
    )
    for row in attachments(session, application):
        if row.document.matter_id is None:
            file_under(session, row.document, matter)
    request_pdf(session, document, now=now)
    return document


# --- answered --------------------------------------------------------------------------------------------------------


def accept_report(session: Session, report: GrantReport, *, now: datetime, actor: str) -> GrantReport:
    """Accept a report that has come. Its economy becomes the outcome of the grant's rows; the grantee is told."""
    grant = report.grant
    lock(session, grant)
    application = _received(session, report)
    report.accepted_at, report.accepted_by = now, actor
    session.flush()
    record(session, grant, "accept_report", now, actor, report=report.id)
    _take_over(session, report, application, now, actor)
    following.end_report(session, grant, report, reason="", now=now, actor=actor)
    tell_grantee(session, grant, "report_accepted", f"report-accepted-{report.id}", now, **told(report))
    return report


def _take_over(session: Session, report: GrantReport, application: Application, now: datetime, actor: str) -> None:
    """Note what the report says that each row came to; only what differs from what is noted already."""
    grant = report.grant
    found = economy_of(session, report, application).outcome
    held = amounts.amounts_of(session, grant, RowAmountKind.OUTCOME)
    differing = {cell: ore for cell, ore in found.items() if held.get(cell) != ore}
    source = f"{report_name(report.kind)} {print_period(report.period_start, report.period_end)}"
    amounts.add_amounts(session, grant, RowAmountKind.OUTCOME, differing, source, now, actor)


def ask_for_more(
    session: Session, report: GrantReport, *, remark: str, due_on: date, now: datetime, actor: str
) -> Application:
    """Ask for a report to be completed: the grantee gets it back as a new draft with all that was written.

    The one that came stays filed as it was. Raises RuleBroken without saying what is lacking, or for a day that has
    been.
    """
    grant = report.grant
    lock(session, grant)
    before = _received(session, report)
    if not remark.strip():
        raise RuleBroken("Skriv vad som behöver kompletteras. Mottagaren får läsa det.", field="remark")
    if len(remark) > _LONGEST_REMARK:
        raise RuleBroken("Skriv högst %(most)s tecken.", field="remark", most=_LONGEST_REMARK)
    if due_on < local_date(now):
        raise RuleBroken("Sista dagen har redan varit.", field="due_on")
    report.application = _begin(
        session, grant, before.form_version, answers_at(session, before, before.version) or {}, now
    )
    _carry_files(session, before, report.application)
    report.due_on, report.remark = due_on, remark.strip()
    session.flush()
    record(session, grant, "ask_for_more", now, actor, report=report.id, due_on=due_on.isoformat())
    following.follow_report(session, grant, report, now=now)
    tell_grantee(
        session,
        grant,
        "report_more",
        f"report-more-{report.id}-{report.application.id}",
        now,
        **told(report),
        remark=report.remark,
        form_address=link_to(settings_of(session), report.application),
    )
    return report.application


def _carry_files(session: Session, before: Application, after: Application) -> None:
    """Let the new draft have the files of the one before it."""
    for row in attachments(session, before):
        session.add(
            type(row)(
                association_id=after.association_id,
                application_id=after.id,
                question_id=row.question_id,
                document_id=row.document_id,
            )
        )


def _received(session: Session, report: GrantReport) -> Application:
    """The report's form as it is now; RuleBroken unless it has come and waits for an answer."""
    _must_be_open(report.grant)
    _read_anew(session, report)
    if report.accepted_at is not None:
        raise RuleBroken("Rapporten är redan godkänd.")
    if report.application is None or report.application.submitted_at is None:
        raise RuleBroken("Rapporten har inte kommit in än.")
    return report.application


def _read_anew(session: Session, report: GrantReport) -> None:
    session.refresh(report, ["application_id", "accepted_at", "cancelled_at"])
    session.expire(report, ["application"])


def _must_be_open(grant: Grant) -> None:
    if grant.closed_at is not None:
        raise RuleBroken("Bidraget är avslutat, så inga fler rapporter tas emot.")
    if has_lapsed(grant):
        raise RuleBroken("Bidraget gäller inte längre, så inga fler rapporter tas emot.")


def told(report: GrantReport) -> dict[str, Any]:
    """What letters say of the report."""
    return {
        "report_kind": report.kind.value,
        "period_start": report.period_start,
        "period_end": report.period_end,
        "due_on": report.due_on,
    }
