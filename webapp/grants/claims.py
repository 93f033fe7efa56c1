"""One claim: approve it, refuse it, note that it is paid."""

from __future__ import annotations

from flask import flash, g, render_template
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from forms.grants import PaidForm, RefuseForm
from paragraf.core.dates import local_date
from paragraf.grants import claims, queries
from paragraf.grants.models import DrawdownClaim, Grant
from webapp import access
from webapp.acting import actor
from webapp.grants.door import Page, back_to, blueprint, done_in, given, grant_of

_ADDRESS = "/<slug>/bidrag/<int:year>/<int:number>/<int:grant_id>/rekvisition/<int:claim_id>"


def _claim(year: int, number: int, grant_id: int, claim_id: int) -> tuple[Grant, DrawdownClaim]:
    grant = grant_of(year, number, grant_id)
    return grant, queries.claim(g.session, grant, claim_id)


@blueprint.get(f"{_ADDRESS}/")
@access.office
def claim(year: int, number: int, grant_id: int, claim_id: int) -> str:
    """The claim beside what is left of its year."""
    return _page(*_claim(year, number, grant_id, claim_id))


def _page(grant: Grant, found: DrawdownClaim, **forms: FlaskForm) -> str:
    made = {
        "refuse_form": RefuseForm(formdata=None, prefix="avslag"),
        "paid_form": PaidForm(formdata=None, prefix="utbetald", day=local_date(g.now)),
        "approve_form": FlaskForm(formdata=None),
    }
    return render_template(
        "grants/claim.html",
        grant=grant,
        matter=grant.application.matter,
        claim=found,
        rest=queries.account_of(g.session, grant, without=found).get(found.year),
        standing=queries.standing(grant),
        **{**made, **forms},
    )


@blueprint.post(f"{_ADDRESS}/godkann")
@access.office
def approve(year: int, number: int, grant_id: int, claim_id: int) -> Page:
    """Approve the claim."""
    grant, found = _claim(year, number, grant_id, claim_id)
    form = FlaskForm()
    if not done_in(form, lambda: claims.approve_claim(g.session, found, now=g.now, actor=actor())):
        return _page(grant, found, approve_form=form), 422
    flash(_("Rekvisitionen är godkänd. Anteckna dagen när den är utbetald."), "success")
    return back_to(grant, "rekvisitioner")


@blueprint.post(f"{_ADDRESS}/avsla")
@access.office
def refuse(year: int, number: int, grant_id: int, claim_id: int) -> Page:
    """Refuse the claim, with the reason."""
    grant, found = _claim(year, number, grant_id, claim_id)
    form = RefuseForm(prefix="avslag")
    reason = form.reason.data or ""
    if not done_in(form, lambda: claims.refuse_claim(g.session, found, reason=reason, now=g.now, actor=actor())):
        return _page(grant, found, refuse_form=form), 422
    flash(_("Rekvisitionen är avslagen, och mottagaren får ett mejl."), "success")
    return back_to(grant, "rekvisitioner")


@blueprint.post(f"{_ADDRESS}/utbetald")
@access.office
def paid(year: int, number: int, grant_id: int, claim_id: int) -> Page:
    """Note the day the claim was paid."""
    grant, found = _claim(year, number, grant_id, claim_id)
    form = PaidForm(prefix="utbetald")
    if not done_in(
        form, lambda: claims.pay_claim(g.session, found, paid_on=given(form.day.data), now=g.now, actor=actor())
    ):
        return _page(grant, found, paid_form=form), 422
    flash(_("Utbetalningen är antecknad."), "success")
    return back_to(grant, "rekvisitioner")
