"""The blueprint, and the way from a link to its application."""

from __future__ import annotations

from flask import Blueprint, g, url_for
from flask_babel import gettext as _

from paragraf.applications import links
from paragraf.applications.links import Opened
from paragraf.core.errors import LinkExpired, NotAllowed
from paragraf.questions.completeness import Problem, SectionState
from webapp.language import choose_again, current
from webapp.phrases import counted as ngettext

blueprint = Blueprint("applications", __name__)


def opened(token: str) -> Opened:
    """The application behind the link, and whose link it is; its association and language become the page's."""
    try:
        found = links.open_link(g.session, token)
    except LinkExpired:
        _offer_new_link(token)
        raise
    g.association, g.slug = found.association, found.association.slug
    g.applicant_language = found.language
    g.is_test = found.application.is_test
    choose_again()
    return found


def written(token: str) -> Opened:
    """As ``opened``, for one who changes answers; raises NotAllowed for readers and signatories."""
    found = opened(token)
    if not found.may_write:
        raise NotAllowed("Med din länk kan du läsa men inte ändra. Be den som bjöd in dig om du ska kunna skriva.")
    return found


def managed(token: str) -> Opened:
    """As ``opened``, for what only the one who began the application does; raises NotAllowed for others."""
    found = opened(token)
    if not found.may_manage:
        raise NotAllowed(
            "Det här kan bara den göra som började ansökan. Be %(owner)s om det.", owner=found.application.email
        )
    return found


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
