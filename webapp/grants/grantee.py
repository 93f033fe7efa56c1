"""The grantee's own pages, by the link of the application: what is granted, can be claimed, and is to be reported."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.grants import ClaimForm
from paragraf.applications.links import link_to
from paragraf.applications.models import Application
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.grants import amounts, claims, queries
from paragraf.grants.accounts import YearAccount, total
from paragraf.grants.models import Grant
from paragraf.grants.reporting import reports
from webapp import access
from webapp.applications.door import managed, opened
from webapp.grants.door import Page, blueprint, done_in
from webapp.grants.one import claim_form


def _grants(application: Application) -> list[Grant]:
    found = queries.grants_of(g.session, application)
    if not found:
        raise NotThere("Ansökan är inte beviljad än.")
    return found


@blueprint.get("/ansokan/<token>/bidrag")
@access.by_link
def own_grants(token: str) -> str:
    """The grantee's grants, the newest first."""
    shown, link = [], opened(token)
    for grant in reversed(_grants(link.application)):
        accounts = queries.account_of(g.session, grant)
        shown.append(
            {
                "grant": grant,
                "standing": queries.standing(grant),
                "accounts": accounts,
                "whole": total(accounts.values()),
                "spent": amounts.spent(g.session, grant),
                "plan": queries.payments_of(g.session, grant),
                "claims": queries.claims_of(g.session, grant),
                "reports": [one for one in queries.reports_of(g.session, grant) if one.cancelled_at is None],
            }
        )
    return render_template(
        "grants/own.html",
        token=token,
        matter=shown[0]["grant"].application.matter,  # type: ignore[attr-defined]
        shown=shown,
        today=local_date(g.now),
        may_manage=link.may_manage,
    )


@blueprint.get("/ansokan/<token>/rekvirera")
@access.by_link
def claim_money(token: str) -> str:
    """The form with which granted money is claimed."""
    grant = _payable(managed(token).application)
    return _claim_page(token, grant, claim_form(_claimable(grant)))


def _payable(application: Application) -> Grant:
    """The grant that money is claimed of: the one asked for, else the newest that goes on."""
    found = list(reversed(_grants(application)))
    wanted = request.values.get("beslut", type=int)
    for grant in found:
        if grant.id == wanted:
            return grant
    going_on = [one for one in found if not queries.standing(one).lapsed and not queries.standing(one).closed]
    return going_on[0] if going_on else found[0]


def _claimable(grant: Grant) -> dict[int, YearAccount]:
    accounts = queries.account_of(g.session, grant)
    return {year: one for year, one in accounts.items() if year <= local_date(g.now).year}


def _claim_page(token: str, grant: Grant, form: ClaimForm) -> str:
    return render_template(
        "grants/claim_money.html",
        token=token,
        grant=grant,
        matter=grant.application.matter,
        standing=queries.standing(grant),
        accounts=queries.account_of(g.session, grant),
        form=form,
    )


@blueprint.post("/ansokan/<token>/rekvirera")
@access.by_link
def make_claim(token: str) -> Page:
    """Claim money."""
    application = managed(token).application
    grant = _payable(application)
    form = claim_form(_claimable(grant), fresh=False)
    if not done_in(
        form,
        lambda: claims.make_claim(
            g.session,
            grant,
            year=form.year.data,
            amount_ore=form.amount.ore or 0,
            text=form.text.data or "",
            claimed_by=grant.application.email,
            now=g.now,
        ),
    ):
        return _claim_page(token, _payable(application), form), 422
    flash(_("Rekvisitionen är skickad till förbundet. Ni får ett mejl när den är behandlad."), "success")
    return redirect(url_for("grants.own_grants", token=token), 303)


@blueprint.post("/ansokan/<token>/rapport/<int:report_id>")
@access.by_link
def open_report(token: str, report_id: int) -> Response:
    """Open a report's form, begun with what is known, by a link of its own."""
    for grant in _grants(managed(token).application):
        for report in queries.reports_of(g.session, grant):
            if report.id == report_id:
                form = reports.open_report(g.session, report, now=g.now)
                return redirect(link_to(settings_of(g.session), form), 303)
    raise NotThere("Rapporten finns inte.")
