"""Sending minutes to be signed, and watching who has signed."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from forms.finishing import ReasonForm
from forms.minutes import SendForm, WithdrawForm
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import document, operations, queries, reopening
from paragraf.minutes import sending as minutes_sending
from paragraf.minutes.models import Minutes
from paragraf.register import queries as register
from paragraf.signing import operations as signing
from paragraf.signing import queries as signatures
from paragraf.signing.models import SignatureRound
from webapp import access
from webapp.edge import undo
from webapp.language import told
from webapp.minutes import at_once, words
from webapp.minutes.base import Page, actor, blueprint, minutes_at, refused


def page(minutes: Minutes, form: SendForm | None = None, withdraw: WithdrawForm | None = None) -> str:
    """Fixed minutes: who will get a link; or, once they are out, who has signed."""
    found = minutes_sending.current_round(g.session, minutes)
    again = minutes_sending.can_be_sent_again(g.session, minutes, g.now)
    today = local_date(g.now)
    return render_template(
        "minutes/sending.html",
        minutes=minutes,
        meeting=minutes.meeting,
        paper=document.minutes_fields(g.session, minutes),
        signatories=minutes_sending.signatories(g.session, minutes),
        deadline=queries.verification_deadline(minutes),
        progress=signatures.progress(g.session, found, now=g.now) if found else None,
        words=words,
        at_once=at_once.shown(minutes, queries.items(g.session, minutes)),
        why_not_reopen=reopening.why_not_reopen(g.session, minutes, g.now),
        reopen_form=ReasonForm(formdata=None),
        may_send=found is None or again,
        pdf=register.pdf_of(g.session, minutes.document) if minutes.document else None,
        form=form or SendForm(formdata=None, data={"last_day": minutes_sending.default_last_day(minutes, today)}),
        withdraw_form=withdraw or WithdrawForm(formdata=None),
    )


@blueprint.post("/skicka")
@access.office
def send(meeting_id: int) -> Page:
    """Freeze the minutes and mail the links."""
    minutes, form = minutes_at(meeting_id), SendForm()
    if not form.validate():
        return page(minutes, form=form), 422
    try:
        operations.send_for_signing(g.session, minutes, last_day=form.last_day.data, now=g.now, actor=actor())
    except RuleBroken as broken:
        return _told_in(minutes, form, broken)
    flash(_("Protokollet är skickat. Var och en får en länk med e-post."), "success")
    return _back(meeting_id)


@blueprint.post("/paminn")
@access.office
def remind(meeting_id: int) -> Response:
    """Remind those who have yet to sign."""
    minutes = minutes_at(meeting_id)
    try:
        count = signing.remind(g.session, _round(minutes), now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, _back(meeting_id))
    flash(ngettext("%(num)s person får en påminnelse.", "%(num)s personer får en påminnelse.", count), "success")
    return _back(meeting_id)


@blueprint.post("/aterkalla")
@access.office
def withdraw(meeting_id: int) -> Page:
    """Take the minutes back from signing; they can be sent again."""
    minutes, form = minutes_at(meeting_id), WithdrawForm()
    if not form.validate():
        return page(minutes, withdraw=form), 422
    try:
        signing.withdraw_round(g.session, _round(minutes), reason=form.reason.data or "", now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, _back(meeting_id))
    flash(_("Protokollet är tillbakadraget. De som skulle skriva under får veta det."), "success")
    return _back(meeting_id)


def _round(minutes: Minutes) -> SignatureRound:
    found = minutes_sending.current_round(g.session, minutes)
    if found is None:
        raise NotThere("Protokollet är inte skickat för underskrift.")
    return found


def _back(meeting_id: int) -> Response:
    return redirect(url_for("minutes.desk", meeting_id=meeting_id), 303)


def _told_in(minutes: Minutes, form: SendForm, broken: RuleBroken) -> Page:
    undo()
    if broken.field == "last_day":
        form.last_day.errors = [told(broken)]
        return page(minutes, form=form), 422
    return refused(broken, _back(minutes.meeting_id))
