"""Extracts of minutes: choose §§, certify them, send them to those concerned."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from forms.extracts import ExtractForm, SendExtractForm
from paragraf.core.errors import RuleBroken
from paragraf.minutes import extract_queries, extract_sending, extracts
from paragraf.minutes.models import CertifiedExtract, Minutes
from paragraf.post.operations import Recipient
from webapp import access
from webapp.acting import tell_in
from webapp.language import current
from webapp.minutes.base import Page, actor, blueprint, minutes_at


@blueprint.get("/utdrag")
@access.office
def extracts_page(meeting_id: int) -> str:
    """The §§ that can be certified, and the extracts that were made."""
    return _page(minutes_at(meeting_id))


@blueprint.post("/utdrag")
@access.office
def certify_several(meeting_id: int) -> Page:
    """Certify an extract of the chosen §§."""
    minutes, form = minutes_at(meeting_id), ExtractForm()
    try:
        made = extracts.certify(g.session, minutes, form.items.data or [], certifier=access.me(), now=g.now)
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(minutes_at(meeting_id), form), 422
    flash(_("Utdraget är bestyrkt: %(title)s.", title=made.document.title), "success")
    return _back(meeting_id, made)


@blueprint.post("/utdrag/<int:extract_id>/skicka")
@access.office
def send_extract(meeting_id: int, extract_id: int) -> Page:
    """Mail the extract to those who were picked and typed."""
    minutes = minutes_at(meeting_id)
    extract, form = extract_sending.extract(g.session, minutes, extract_id), SendExtractForm()
    if not form.validate():
        return _page(minutes, wrong=(extract_id, form)), 422
    try:
        sent = extract_sending.send_extract(g.session, extract, _chosen(extract, form), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(minutes_at(meeting_id), wrong=(extract_id, form)), 422
    told = ngettext("%(num)s person får en länk.", "%(num)s personer får en länk.", len(sent))
    flash(told, "success")
    return _back(meeting_id, extract)


def _chosen(extract: CertifiedExtract, form: SendExtractForm) -> list[Recipient]:
    proposed = {one.address: one for one in extract_sending.proposed(g.session, extract, g.now)}
    picked = [proposed[address] for address in form.picked.data or [] if address in proposed]
    return [*picked, *(Recipient(name, address, current()) for name, address in form.typed)]


def _page(minutes: Minutes, form: ExtractForm | None = None, wrong: tuple[int, SendExtractForm] | None = None) -> str:
    form = form or ExtractForm(formdata=None)
    chosen = extracts.certifiable(g.session, minutes)
    form.items.choices = [(one.row.id, f"§ {one.label} {one.words.heading}") for one in chosen]
    made = extract_queries.of_minutes(g.session, minutes)
    return render_template(
        "minutes/extracts.html",
        minutes=minutes,
        meeting=minutes.meeting,
        form=form,
        extracts=made,
        range_of=extract_queries.range_of,
        send_forms={one.id: _send_form(one, wrong) for one in made},
        opened=wrong[0] if wrong else None,
    )


def _send_form(extract: CertifiedExtract, wrong: tuple[int, SendExtractForm] | None) -> SendExtractForm:
    own = wrong is not None and wrong[0] == extract.id
    form = wrong[1] if own and wrong is not None else SendExtractForm(formdata=None)
    proposed = extract_sending.proposed(g.session, extract, g.now)
    form.picked.choices = [(one.address, f"{one.name}, {one.address}") for one in proposed]
    return form


def _back(meeting_id: int, extract: CertifiedExtract) -> Response:
    address = url_for("minutes.extracts_page", meeting_id=meeting_id, _anchor=f"utdrag-{extract.id}")
    return redirect(address, 303)
