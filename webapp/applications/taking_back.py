"""The applicant withdraws the application."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms.applications import TakeBackForm
from paragraf.applications.filled import filled
from paragraf.applications.links import Opened, actor_of
from paragraf.applications.withdrawing import withdraw
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from webapp import access
from webapp.applications.door import blueprint, managed
from webapp.edge import undo
from webapp.language import told


@blueprint.get("/ansokan/<token>/aterta")
@access.by_link
def withdraw_application(token: str) -> str | Response:
    """What happens if the application is withdrawn, and a place to say why."""
    link = managed(token)
    if link.application.submitted_at is None or link.application.withdrawn_at is not None:
        return redirect(url_for("applications.overview", token=token))
    return _page(token, link, TakeBackForm(formdata=None))


@blueprint.post("/ansokan/<token>/aterta")
@access.by_link
def withdraw_application_now(token: str) -> Response | tuple[str, int]:
    """Withdraw it."""
    link, form = managed(token), TakeBackForm()
    if not form.validate():
        return _page(token, link, form), 422
    application = link.application
    try:
        withdraw(
            g.session,
            application,
            reason=form.reason.data or "",
            now=g.now,
            actor=actor_of(application, link.address),
        )
    except RuleBroken as broken:
        undo()
        form.reason.errors = [told(broken)]
        return _page(token, managed(token), form), 422
    return redirect(url_for("applications.overview", token=token), 303)


def _page(token: str, link: Opened, form: TakeBackForm) -> str:
    return render_template(
        "applications/withdraw.html",
        token=token,
        link=link,
        application=link.application,
        filled=filled(g.session, link.application, local_date(g.now)),
        form=form,
    )
