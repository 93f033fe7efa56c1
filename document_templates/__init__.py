"""The Word templates that come with the program, one for each kind of document, and the fields each may use."""

from __future__ import annotations

import importlib
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# Named, not imported: the subjects load their templates from here.
_FIELDS = {
    "application": "paragraf.applications.document_fields:ApplicationFields",
    "completion_request": "paragraf.applications.completing.completion_fields:CompletionRequestFields",
    "notice_of_meeting": "paragraf.meetings.document_fields:NoticeFields",
    "minutes": "paragraf.minutes.document_fields:MinutesFields",
    "certificate_of_notice": "paragraf.minutes.document_fields:NoticeCertificateFields",
    "certified_extract": "paragraf.minutes.document_fields:ExtractFields",
    "decision_letter": "paragraf.minutes.decision_letter_fields:DecisionLetterFields",
    "agreement": "paragraf.agreements.document_fields:AgreementFields",
    "commitment_appendix": "paragraf.agreements.document_fields:CommitmentAppendixFields",
    "staffing_table": "paragraf.agreements.document_fields:StaffingTableFields",
    "notice_of_change": "paragraf.agreements.document_fields:NoticeOfChangeFields",
    "status_report": "paragraf.grants.reporting.document_fields:StatusReportFields",
    "tertial_report": "paragraf.grants.reporting.document_fields:TertialReportFields",
    "year_report": "paragraf.grants.reporting.document_fields:YearReportFields",
    "final_report": "paragraf.grants.reporting.document_fields:FinalReportFields",
    "funding_overview": "paragraf.grants.overview.document_fields:FundingOverviewFields",
    "reminder_list": "paragraf.duties.document_fields:ReminderListFields",
}
KINDS = tuple(_FIELDS)
_TITLES = {
    "application": "Ansökan om medel",
    "completion_request": "Begäran om komplettering",
    "notice_of_meeting": "Kallelse med dagordning",
    "minutes": "Protokoll",
    "certificate_of_notice": "Bevis om anslag",
    "certified_extract": "Bestyrkt protokollsutdrag",
    "decision_letter": "Beslutsmeddelande",
    "agreement": "Överenskommelse",
    "commitment_appendix": "Årsbilaga med åtaganden",
    "staffing_table": "Bemanningstabell",
    "notice_of_change": "Anmälan om ändring",
    "status_report": "Lägesrapport",
    "tertial_report": "Tertialrapport",
    "year_report": "Årsrapport (socialt bokslut)",
    "final_report": "Slutrapport",
    "funding_overview": "Översikt över bidragen",
    "reminder_list": "Lista att göra",
}
#: The association's logo: every kind's template may use it beside the fields of the kind.
LOGO = "logo"


def load(kind: str, language: str = "sv") -> bytes:
    """The shipped template for a kind of document, Swedish where there is none in ``language``. KeyError if unknown."""
    if kind not in _FIELDS:
        raise KeyError(kind)
    folder = files(__name__)
    own = folder / f"{kind}.{language}.docx"
    return (own if own.is_file() else folder / f"{kind}.docx").read_bytes()


def titles() -> dict[str, str]:
    """What each kind of document is called, in Swedish."""
    return dict(_TITLES)


def known_fields(kind: str) -> frozenset[str]:
    """The paths that a template of this kind may use; what ``check_template`` wants to know. KeyError if unknown."""
    from paragraf.word.fields import field_paths

    return field_paths(fields_of(kind)) | {LOGO}


def example(kind: str) -> DataclassInstance:
    """An invented document of the kind, whole as an office's: for previews and tests. KeyError if unknown."""
    from document_templates.examples import EXAMPLES

    return EXAMPLES[kind]


def fields_of(kind: str) -> type:
    """The frozen dataclass whose fields a template of this kind may use. KeyError if unknown."""
    module, _, name = _FIELDS[kind].partition(":")
    found: type = getattr(importlib.import_module(module), name)
    return found
