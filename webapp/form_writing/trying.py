"""Trying a form out: begin a test, see what would have come in, remove old tests."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from forms.templates import ButtonForm
from paragraf.applications import links
from paragraf.applications.offered import trying
from paragraf.applications.rules import NotComplete
from paragraf.core.database import settings_of
from paragraf.core.errors import RuleBroken
from webapp import access
from webapp.acting import actor
from webapp.applications.door import opened
from webapp.downloads import send_word
from webapp.edge import undo
from webapp.form_writing.base import Page, blueprint, draft_at
from webapp.language import current


@blueprint.post("/<slug>/formular/utkast/<int:draft_id>/prova")
@access.office
def start(draft_id: int) -> Response:
    """Begin a test on what is written, or go on with the one that is begun."""
    draft, person = draft_at(draft_id), access.me()
    if not ButtonForm().validate():
        return redirect(url_for("form_writing.write", draft_id=draft_id), 303)
    try:
        application = trying.start_test(
            g.session, draft, email=person.email, language=current(), now=g.now, actor=actor()
        )
    except RuleBroken:
        undo()
        flash(_("Rätta felen först, så går det att prova formuläret."), "error")
        return redirect(url_for("form_writing.write", draft_id=draft_id, _anchor="fel"), 303)
    return redirect(links.link_to(settings_of(g.session), application), 303)


@blueprint.post("/<slug>/formular/prov/oppna")
@access.office
def go_on() -> Response:
    """Go on with the latest test that one has begun oneself."""
    mine = [row for row in trying.tests(g.session, g.association.id) if row.email == access.me().email.lower()]
    if not mine or not ButtonForm().validate():
        return redirect(url_for("form_writing.all_forms"), 303)
    return redirect(links.link_to(settings_of(g.session), mine[0]), 303)


@blueprint.post("/<slug>/formular/prov/rensa")
@access.office
def remove_old() -> Response:
    """Remove tests that are older than a day."""
    if ButtonForm().validate():
        count = trying.remove_old_tests(g.session, g.association.id, now=g.now, actor=actor())
        flash(ngettext("%(num)s prov är borttaget.", "%(num)s prov är borttagna.", count), "success")
    return redirect(url_for("form_writing.all_forms", _anchor="prov"), 303)


@blueprint.get("/ansokan/<token>/prov-klart")
@access.by_link
def outcome(token: str) -> Page:
    """What would have come in, had it not been a test."""
    application = opened(token).application
    try:
        found = trying.outcome(g.session, application, g.now)
    except NotComplete:
        return redirect(url_for("applications.review", token=token))
    return render_template(
        "form_writing/outcome.html",
        token=token,
        application=application,
        shown=found.shown,
        blocks=found.shown.blocks(current()),
    )


@blueprint.get("/ansokan/<token>/prov-klart.docx")
@access.by_link
def outcome_word(token: str) -> Response:
    """The Word document that would have been filed."""
    application = opened(token).application
    try:
        found = trying.outcome(g.session, application, g.now)
    except NotComplete:
        return redirect(url_for("applications.review", token=token))
    return send_word(found.word, f"{_('prov')}-{application.form_version.family.key}.docx")
