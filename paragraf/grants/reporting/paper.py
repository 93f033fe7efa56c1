"""The paper that a report becomes when it has come in."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from paragraf.applications.filled import Filled
from paragraf.applications.models import Application
from paragraf.grants import amounts
from paragraf.grants.acts import matter_of
from paragraf.grants.models import GrantReport
from paragraf.grants.queries import account_of
from paragraf.grants.reporting.document import GrantedYear, ReportFacts, render_report
from paragraf.people.models import Association


def paper_of(
    session: Session,
    association: Association,
    application: Application,
    shown: Filled,
    report: GrantReport,
    *,
    received_on: date,
) -> tuple[str, bytes]:
    """The filled-in report as Word: its file name and its bytes."""
    matter = matter_of(report.grant)
    facts = ReportFacts(
        kind=report.kind,
        register_number=matter.register_number,
        measure=matter.title,
        grantee=matter.counterpart,
        period=(report.period_start, report.period_end),
        reported_on=received_on,
        years=_years(session, report),
    )
    return render_report(session, association, application, shown, facts)


def _years(session: Session, report: GrantReport) -> tuple[GrantedYear, ...]:
    spent = amounts.spent(session, report.grant)
    return tuple(
        GrantedYear(year, one.granted + one.carried_in + one.carried_in_paid, one.paid, spent.get(year))
        for year, one in account_of(session, report.grant).items()
    )
