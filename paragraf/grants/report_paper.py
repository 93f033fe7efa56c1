"""The paper that a report becomes when it has come in."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from paragraf.applications.document import render_application
from paragraf.applications.filled import Filled
from paragraf.applications.models import Application
from paragraf.grants.models import GrantReport
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
    """The filled-in report as Word: its file name and its bytes. The application has its matter already."""
    matter = application.matter
    number = f"{matter.year}-{matter.number}" if matter else "utkast"
    content = render_application(session, association, application, shown, received_on=received_on)
    return f"{report.kind.value}-{number}-{report.period_end.isoformat()}.docx", content
