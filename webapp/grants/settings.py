"""What the picture and the reports follow: the year's funds, the cap on own capital, when reports are due."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from forms.grants import CapForm, FundsForm, ReportRuleForm
from paragraf.core.dates import local_date
from paragraf.grants.models import ReportKind
from paragraf.grants.overview import funds
from paragraf.grants.reporting import days as report_rules
from webapp import access
from webapp.acting import actor
from webapp.grants.door import Page, blueprint, done_in, given


@blueprint.get("/<slug>/bidrag/medel")
@access.office
def settings() -> str:
    """What holds now with its sources, and the forms to say otherwise."""
    return _page()


def _page(**forms: FlaskForm) -> str:
    own, today = g.association.id, local_date(g.now)
    made = {
        "funds_form": FundsForm(formdata=None, prefix="medel", year=today.year),
        "cap_form": CapForm(formdata=None, prefix="tak", valid_from=today),
        "rule_form": ReportRuleForm(formdata=None, prefix="rapport", valid_from=today),
    }
    days = report_rules.days_after(g.session, own, today)
    return render_template(
        "grants/settings.html",
        held=funds.funds_by_year(g.session, own),
        history=funds.funds_history(g.session, own),
        caps=funds.caps(g.session, own),
        rules=[(kind, ahead, report_rules.source_of(g.session, own, kind, today)) for kind, ahead in days.items()],
        **{**made, **forms},
    )


@blueprint.post("/<slug>/bidrag/medel")
@access.office
def save_funds() -> Page:
    """Note what can be given in a year."""
    form = FundsForm(prefix="medel")
    if not done_in(
        form,
        lambda: funds.record_funds(
            g.session,
            g.association.id,
            year=given(form.year.data),
            budget_ore=form.budget.ore or 0,
            income_ore=form.income.ore,
            own_capital_ore=form.own_capital.ore,
            decided_on=given(form.day.data),
            source=form.source.data or "",
            now=g.now,
            actor=actor(),
        ),
    ):
        return _page(funds_form=form), 422
    return _saved()


@blueprint.post("/<slug>/bidrag/medel/tak")
@access.office
def save_cap() -> Page:
    """Say what own capital should be at most."""
    form = CapForm(prefix="tak")
    if not done_in(
        form,
        lambda: funds.set_cap(
            g.session,
            g.association.id,
            valid_from=given(form.valid_from.data),
            share=form.share.points,
            amount_ore=form.amount.ore,
            source=form.source.data or "",
            now=g.now,
            actor=actor(),
        ),
    ):
        return _page(cap_form=form), 422
    return _saved()


@blueprint.post("/<slug>/bidrag/medel/rapporter")
@access.office
def save_rule() -> Page:
    """Say when a kind of report is due."""
    form = ReportRuleForm(prefix="rapport")
    if not done_in(
        form,
        lambda: report_rules.set_rule(
            g.session,
            g.association.id,
            kind=ReportKind(form.kind.data),
            days=form.days.data,
            valid_from=given(form.valid_from.data),
            source=form.source.data or "",
            now=g.now,
            actor=actor(),
        ),
    ):
        return _page(rule_form=form), 422
    return _saved()


def _saved() -> Response:
    flash(_("Sparat."), "success")
    return redirect(url_for("grants.settings"), 303)
