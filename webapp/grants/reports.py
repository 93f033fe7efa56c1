"""One report: read it, accept it, ask for more, or say that it is not needed."""

from __future__ import annotations

from flask import flash, g, render_template
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from forms.grants import MoreForm, NotNeededForm
from paragraf.applications.filled import filled
from paragraf.core.dates import local_date
from paragraf.grants import queries
from paragraf.grants.models import Grant, GrantReport
from paragraf.grants.reporting import reports
from paragraf.grants.reporting.sums import economy_of
from webapp import access
from webapp.acting import actor
from webapp.grants.door import Page, back_to, blueprint, done_in, given, grant_of
from webapp.language import current

_ADDRESS = "/<slug>/bidrag/<int:year>/<int:number>/<int:grant_id>/rapport/<int:report_id>"


def _report(year: int, number: int, grant_id: int, report_id: int) -> tuple[Grant, GrantReport]:
    grant = grant_of(year, number, grant_id)
    return grant, queries.report(g.session, grant, report_id)


@blueprint.get(f"{_ADDRESS}/")
@access.office
def report(year: int, number: int, grant_id: int, report_id: int) -> str:
    """The report as it was filled in, once it has come; a draft is its writer's own."""
    return _page(*_report(year, number, grant_id, report_id))


def _page(grant: Grant, found: GrantReport, **forms: FlaskForm) -> str:
    form = found.application
    shown = filled(g.session, form, local_date(g.now)) if form and form.submitted_at else None
    made = {
        "accept_form": FlaskForm(formdata=None),
        "more_form": MoreForm(formdata=None, prefix="mer"),
        "cancel_form": NotNeededForm(formdata=None, prefix="installd"),
    }
    return render_template(
        "grants/report.html",
        grant=grant,
        matter=grant.application.matter,
        report=found,
        form=form,
        blocks=shown.blocks(current()) if shown else None,
        unknown=economy_of(g.session, found, form).unknown if form and shown else [],
        today=local_date(g.now),
        **{**made, **forms},
    )


@blueprint.post(f"{_ADDRESS}/godkann")
@access.office
def accept(year: int, number: int, grant_id: int, report_id: int) -> Page:
    """Accept the report; its economy becomes the outcome."""
    grant, found = _report(year, number, grant_id, report_id)
    form = FlaskForm()
    if not done_in(form, lambda: reports.accept_report(g.session, found, now=g.now, actor=actor())):
        return _page(grant, found, accept_form=form), 422
    flash(_("Rapporten är godkänd."), "success")
    return back_to(grant, "rapporter")


@blueprint.post(f"{_ADDRESS}/komplettera")
@access.office
def ask_more(year: int, number: int, grant_id: int, report_id: int) -> Page:
    """Give the report back to be completed."""
    grant, found = _report(year, number, grant_id, report_id)
    form = MoreForm(prefix="mer")
    if not done_in(
        form,
        lambda: reports.ask_for_more(
            g.session, found, remark=form.remark.data or "", due_on=given(form.due_on.data), now=g.now, actor=actor()
        ),
    ):
        return _page(grant, found, more_form=form), 422
    flash(_("Mottagaren får tillbaka rapporten och ett mejl om vad som behövs."), "success")
    return back_to(grant, "rapporter")


@blueprint.post(f"{_ADDRESS}/stall-in")
@access.office
def cancel(year: int, number: int, grant_id: int, report_id: int) -> Page:
    """Say that the report is not needed."""
    grant, found = _report(year, number, grant_id, report_id)
    form = NotNeededForm(prefix="installd")
    reason = form.reason.data or ""
    if not done_in(form, lambda: reports.cancel_report(g.session, found, reason=reason, now=g.now, actor=actor())):
        return _page(grant, found, cancel_form=form), 422
    flash(_("Rapporten behövs inte längre."), "success")
    return back_to(grant, "rapporter")
