"""Our templates drawn by code, so that they share one look: a change of look is one edit and a readable difference.

An office that wants another look changes its template in Word; nothing of its is drawn.
"""

from __future__ import annotations

from collections.abc import Callable

from document_templates.drawing import agreements, completions, decisions, meetings, reminders, reports
from document_templates.drawing.paper import Paper

_PAPERS: dict[str, Callable[[], Paper]] = {
    "application": reports.application,
    "completion_request": completions.completion_request,
    "notice_of_meeting": meetings.notice_of_meeting,
    "minutes": meetings.minutes,
    "certificate_of_notice": meetings.certificate_of_notice,
    "certified_extract": meetings.certified_extract,
    "decision_letter": decisions.decision_letter,
    "agreement": agreements.agreement,
    "commitment_appendix": agreements.commitment_appendix,
    "staffing_table": agreements.staffing_table,
    "notice_of_change": agreements.notice_of_change,
    "status_report": reports.status_report,
    "tertial_report": reports.tertial_report,
    "reminder_list": reminders.reminder_list,
}


def draw(kind: str) -> bytes:
    """The template for a kind of document as a .docx file, the same bytes each time. KeyError if unknown."""
    return _PAPERS[kind]().content()
