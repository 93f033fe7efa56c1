"""What the pages about forms share: the blueprint, a draft of an address, and what things are called."""

from __future__ import annotations

from flask import Blueprint, g
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.applications.offered import form_drafts
from paragraf.questions.changes import Sort
from paragraf.questions.definition import Purpose, Text
from paragraf.questions.models import FormDraft
from paragraf.questions.nodes import Fault
from webapp.language import current

blueprint = Blueprint("form_writing", __name__)

Page = str | Response | tuple[str | Response, int]


def draft_at(draft_id: int) -> FormDraft:
    """The association's own draft; raises NotThere."""
    return form_drafts.find_draft(g.session, g.association.id, draft_id)


@blueprint.app_template_filter()
def said(text: Text) -> str:
    """A text of a form in the page's language."""
    return text.in_language(current())


@blueprint.app_template_global()
def purpose_text(purpose: Purpose) -> str:
    """What a form is for."""
    texts = {
        Purpose.APPLICATION: _("Ansökan om bidrag"),
        Purpose.REPORT: _("Redovisning av bidrag"),
        Purpose.APPENDIX: _("Bilaga till överenskommelse"),
        Purpose.ANALYSIS: _("Behovsanalys"),
        Purpose.REGISTRATION: _("Anmälan"),
    }
    return str(texts[purpose])


@blueprint.app_template_global()
def sort_text(sort: Sort) -> str:
    """In what way a question or a section differs."""
    texts = {
        Sort.ADDED: _("Ny"),
        Sort.REMOVED: _("Borttagen"),
        Sort.KIND: _("Annat slag av svar"),
        Sort.TEXT: _("Ändrad text"),
        Sort.REQUIRED: _("Måste nu besvaras"),
        Sort.OPTIONAL: _("Är nu frivillig"),
        Sort.OPTIONS: _("Ändrade val eller gränser"),
        Sort.CONDITION: _("Visas på andra villkor"),
        Sort.REPEAT: _("Upprepas på annat sätt"),
        Sort.MOVED: _("Flyttad"),
    }
    return str(texts[sort])


@blueprint.app_template_global()
def form_part_text(name: str) -> str:
    """What differs of the form itself, as ``Changes.form`` names it."""
    texts = {
        "title": _("Formulärets namn är ändrat."),
        "intro": _("Inledningen är ändrad."),
        "checks": _("Kontrollerna mellan frågorna är ändrade."),
        "facts": _("Vad diariet läser ur svaren är ändrat."),
        "receipt": _("När formuläret räknas som inkommet är ändrat."),
        "purpose": _("Vad formuläret är till för är ändrat."),
    }
    return str(texts[name])


@blueprint.app_template_global()
def fault_text(fault: Fault) -> str:
    """What to do about a fault, in the page's language."""
    message = str(_(fault.message))
    return message % fault.values if fault.values else message
