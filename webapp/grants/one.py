"""One grant: its conditions, its money, its plan, its claims, its reports, its end."""

from __future__ import annotations

from flask import flash, g, render_template, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from forms.applications import OutcomeForm
from forms.grants import ClaimForm, GrantPeriodForm, PaymentForm, RemainderForm, StatusForm
from paragraf.core.dates import local_date
from paragraf.core.money import print_amount
from paragraf.grants import amounts, closing, operations, payments, queries, remainders
from paragraf.grants import claims as claiming
from paragraf.grants.accounts import YearAccount, total
from paragraf.grants.models import Grant, RemainderKind
from paragraf.grants.reporting import reports
from webapp import access
from webapp.acting import actor
from webapp.grants.door import Page, back_to, blueprint, done_in, given, grant_of
from webapp.language import current

_ADDRESS = "/<slug>/bidrag/<int:year>/<int:number>"


@blueprint.get(f"{_ADDRESS}/")
@access.office
def one(year: int, number: int) -> str:
    """The matter's grants: the newest in full, or the one that ``?beslut=`` names."""
    found = queries.grants_of_matter(g.session, g.association.id, year, number)
    wanted = request.args.get("beslut", type=int)
    return page(next((grant for grant in found if grant.id == wanted), found[0]))


def page(grant: Grant, **forms: FlaskForm) -> str:
    """The grant's page; ``forms`` are those that were sent and must be mended."""
    today, accounts = local_date(g.now), queries.account_of(g.session, grant)
    return render_template(
        "grants/one.html",
        grant=grant,
        matter=grant.application.matter,
        others=[one for one in queries.grants_of(g.session, grant.application) if one.id != grant.id],
        standing=queries.standing(grant),
        accounts=accounts,
        whole=total(accounts.values()),
        spent=amounts.spent(g.session, grant),
        table=amounts.amount_table(g.session, grant, today),
        plan=queries.payments_of(g.session, grant),
        claims=queries.claims_of(g.session, grant),
        remainders=queries.remainders_of(g.session, grant),
        reports=queries.reports_of(g.session, grant),
        lacking=closing.lacking(g.session, grant),
        today=today,
        outcome_form=OutcomeForm(day=today),
        **_forms(grant, accounts, forms),
    )


def _forms(grant: Grant, accounts: dict[int, YearAccount], sent: dict[str, FlaskForm]) -> dict[str, FlaskForm]:
    today = local_date(g.now)
    made: dict[str, FlaskForm] = {
        "claim_form": claim_form(accounts),
        "payment_form": PaymentForm(formdata=None, prefix="betalning"),
        "status_form": StatusForm(formdata=None, prefix="lages"),
        "period_form": GrantPeriodForm(formdata=None, prefix="tid", starts_on=grant.starts_on, ends_on=grant.ends_on),
        "remainder_form": _remainder_form(accounts, fresh=True, day=today),
    }
    return {**made, **sent}


def claim_form(accounts: dict[int, YearAccount], *, fresh: bool = True) -> ClaimForm:
    """The claim's form with the years that have anything left; ``fresh``: not yet sent."""
    form = ClaimForm(formdata=None, prefix="rekvisition") if fresh else ClaimForm(prefix="rekvisition")
    form.offer(
        (year, _("%(year)s, %(amount)s kvar", year=year, amount=print_amount(account.claimable, current())))
        for year, account in accounts.items()
        if account.claimable > 0 or not fresh
    )
    return form


def _remainder_form(accounts: dict[int, YearAccount], *, fresh: bool, **data: object) -> RemainderForm:
    form = RemainderForm(formdata=None, prefix="rest", **data) if fresh else RemainderForm(prefix="rest", **data)
    form.offer(accounts)
    return form


# --- acts on the page ------------------------------------------------------------------------------------------------


@blueprint.post(f"{_ADDRESS}/<int:grant_id>/rekvisition")
@access.office
def add_claim(year: int, number: int, grant_id: int) -> Page:
    """Note a claim that came to the office another way."""
    grant = grant_of(year, number, grant_id)
    form = claim_form(queries.account_of(g.session, grant), fresh=False)
    if not done_in(
        form,
        lambda: claiming.make_claim(
            g.session,
            grant,
            year=form.year.data,
            amount_ore=form.amount.ore or 0,
            text=form.text.data or "",
            claimed_by=actor(),
            now=g.now,
        ),
    ):
        return page(grant, claim_form=form), 422
    flash(_("Rekvisitionen är antecknad."), "success")
    return back_to(grant, "rekvisitioner")


@blueprint.post(f"{_ADDRESS}/<int:grant_id>/plan")
@access.office
def propose_plan(year: int, number: int, grant_id: int) -> Page:
    """Plan the payments anew, so many a year."""
    grant = grant_of(year, number, grant_id)
    payments.propose_plan(g.session, grant, a_year=request.form.get("a_year", type=int) or 0, now=g.now, actor=actor())
    flash(_("Planen är gjord."), "success")
    return back_to(grant, "plan")


@blueprint.post(f"{_ADDRESS}/<int:grant_id>/plan/ny")
@access.office
def add_payment(year: int, number: int, grant_id: int) -> Page:
    """Add a payment to the plan."""
    grant, form = grant_of(year, number, grant_id), PaymentForm(prefix="betalning")
    if not done_in(
        form,
        lambda: payments.add_payment(
            g.session,
            grant,
            due_on=given(form.due_on.data),
            amount_ore=form.amount.ore or 0,
            text=form.text.data or "",
            now=g.now,
            actor=actor(),
        ),
    ):
        return page(grant, payment_form=form), 422
    return back_to(grant, "plan")


@blueprint.post(f"{_ADDRESS}/<int:grant_id>/plan/<int:payment_id>/bort")
@access.office
def remove_payment(year: int, number: int, grant_id: int, payment_id: int) -> Page:
    """Take a payment out of the plan."""
    grant = grant_of(year, number, grant_id)
    found = queries.payment(g.session, grant, payment_id)
    payments.remove_payment(g.session, grant, found, now=g.now, actor=actor())
    return back_to(grant, "plan")


@blueprint.post(f"{_ADDRESS}/<int:grant_id>/rapport")
@access.office
def ask_for_status(year: int, number: int, grant_id: int) -> Page:
    """Ask for a status report."""
    grant, form = grant_of(year, number, grant_id), StatusForm(prefix="lages")
    if not done_in(
        form,
        lambda: reports.ask_for_status(
            g.session,
            grant,
            period_start=given(form.period_start.data),
            period_end=given(form.period_end.data),
            due_on=given(form.due_on.data),
            now=g.now,
            actor=actor(),
        ),
    ):
        return page(grant, status_form=form), 422
    flash(_("Rapporten är begärd, och mottagaren får ett mejl."), "success")
    return back_to(grant, "rapporter")


@blueprint.post(f"{_ADDRESS}/<int:grant_id>/rest")
@access.office
def settle_remainder(year: int, number: int, grant_id: int) -> Page:
    """Say what becomes of unused money."""
    grant = grant_of(year, number, grant_id)
    form = _remainder_form(queries.account_of(g.session, grant), fresh=False)
    if not done_in(form, lambda: _settle(grant, form)):
        return page(grant, remainder_form=form), 422
    flash(_("Det är antecknat, och mottagaren får ett mejl."), "success")
    return back_to(grant, "pengar")


def _settle(grant: Grant, form: RemainderForm) -> None:
    word = form.what.data
    remainders.settle_remainder(
        g.session,
        grant,
        kind=RemainderKind.CARRIED_OVER if word.startswith("carried_over") else RemainderKind(word),
        was_paid=word == "carried_over_paid",
        year=form.year.data,
        to_year=form.to_year.data,
        amount_ore=form.amount.ore or 0,
        text=form.text.data or "",
        decided_on=given(form.day.data),
        now=g.now,
        actor=actor(),
    )


@blueprint.post(f"{_ADDRESS}/<int:grant_id>/tid")
@access.office
def set_period(year: int, number: int, grant_id: int) -> Page:
    """Say for which days the grant is."""
    grant, form = grant_of(year, number, grant_id), GrantPeriodForm(prefix="tid")
    if not done_in(
        form,
        lambda: operations.set_period(
            g.session,
            grant,
            starts_on=given(form.starts_on.data),
            ends_on=given(form.ends_on.data),
            now=g.now,
            actor=actor(),
        ),
    ):
        return page(grant, period_form=form), 422
    flash(_("Bidragets tid är sparad, och rapporterna är planerade."), "success")
    return back_to(grant, "rapporter")


@blueprint.post(f"{_ADDRESS}/<int:grant_id>/avsluta")
@access.office
def close(year: int, number: int, grant_id: int) -> Page:
    """Close the grant, and its matter."""
    grant = grant_of(year, number, grant_id)
    closing.close_grant(g.session, grant, now=g.now, actor=actor())
    flash(_("Bidraget är avslutat."), "success")
    return back_to(grant)
