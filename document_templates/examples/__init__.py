"""An invented office's papers: data for a preview of each kind that looks like the real thing. Nobody in it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from document_templates.examples import agreements, completions, decisions, meetings, reminders, reports

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

EXAMPLES: dict[str, DataclassInstance] = {
    "application": reports.APPLICATION,
    "completion_request": completions.REQUEST,
    "notice_of_meeting": meetings.NOTICE,
    "minutes": meetings.MINUTES,
    "certificate_of_notice": meetings.CERTIFICATE,
    "certified_extract": meetings.EXTRACT,
    "decision_letter": decisions.LETTER,
    "agreement": agreements.AGREEMENT,
    "commitment_appendix": agreements.APPENDIX,
    "staffing_table": agreements.STAFFING,
    "notice_of_change": agreements.CHANGE,
    "status_report": reports.STATUS,
    "tertial_report": reports.TERTIAL,
    "reminder_list": reminders.REMINDERS,
}
