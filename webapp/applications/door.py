"""The blueprint, and the way from a link to its application."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, generate_csrf

from paragraf.applications import links
from paragraf.applications.links import Opened
from paragraf.core.errors import LinkExpired, LinkRefused, NotAllowed
from paragraf.questions.completeness import Problem, SectionState
from webapp.edge import show_csrf_error, undo
from webapp.language import choose_again, current
from webapp.phrases import counted as ngettext
from webapp.uploading import UploadRequest

blueprint = Blueprint("applications", __name__)
#: Where fields and a file come together: the fields are saved whatever the file is.
_WITH_FILES = "applications.save_section"


@blueprint.url_value_preprocessor
def _read_on(endpoint: str | None, _values: object) -> None:
    """Runs before the check of the form's token, which reads the body."""
    if endpoint == _WITH_FILES and isinstance(request, UploadRequest):
        request.read_on()


@blueprint.errorhandler(CSRFError)
def _show_again(error: CSRFError) -> tuple[str | Response, int]:
    """The browser's session is gone, the link is not: give back what was sent, with a button that sends it again."""
    token = (request.view_args or {}).get("token")
    if token is None:
        return show_csrf_error(error)
    try:
        opened(token)
    except LinkRefused:
        return show_csrf_error(error)
    undo()
    if request.accept_mimetypes.best == "application/json":
        return jsonify(message=_("Sidan har varit öppen länge. Försök spara igen."), csrf=generate_csrf()), 400
    sent = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    return render_template("applications/send_again.html", token=token, sent=sent), 400


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
