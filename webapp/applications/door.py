"""The blueprint, and the way from a link to its application."""

from __future__ import annotations

from flask import Blueprint, g, url_for
from flask_babel import gettext as _

from paragraf.applications import links
from paragraf.applications.models import Application
from paragraf.core.errors import LinkExpired
from paragraf.questions.completeness import Problem, SectionState
from webapp.language import choose_again, current
from webapp.phrases import counted as ngettext

blueprint = Blueprint("applications", __name__)


def opened(token: str) -> Application:
    """The application behind the link; its association and language become those of the page."""
    try:
        application, association = links.open_link(g.session, token)
    except LinkExpired:
        _offer_new_link(token)
        raise
    g.association, g.slug = association, association.slug
    g.applicant_language = application.language
    g.is_test = application.is_test
    choose_again()
    return application


def _offer_new_link(token: str) -> None:
    """Let the page about an old link lead to where a new one is asked for."""
    association = links.association_of(g.session, token)
    if association is not None:
        g.association, g.slug = association, association.slug
        g.ask_again = url_for("applications.choose_form")


def state_text(state: SectionState) -> str:
    """Where a section stands, in words."""
    if state.is_complete:
        return str(_("Klart"))
    parts = []
    if state.unanswered:
        parts.append(ngettext("%(num)s fråga kvar", "%(num)s frågor kvar", state.unanswered))
    if state.to_mend:
        parts.append(ngettext("%(num)s att rätta", "%(num)s att rätta", state.to_mend))
    return ", ".join(parts)


def problem_text(problem: Problem) -> str:
    """The problem's message in the page's language."""
    return problem.told(current(), _)


@blueprint.record_once
def _tell_templates(state: object) -> None:
    state.app.jinja_env.globals.update(state_text=state_text, problem_text=problem_text)  # type: ignore[attr-defined]
