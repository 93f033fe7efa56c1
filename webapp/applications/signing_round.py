"""The applicant's view of the signatures: who has signed, who has not, and what can be done about it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.applications import rounds
from paragraf.applications.changing import openness
from paragraf.applications.filled import filled
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.signing.models import Signatory
from paragraf.signing.wording import capacity_of
from webapp import access
from webapp.applications.door import blueprint, managed, opened
from webapp.language import current
from webapp.register import answer_with


@blueprint.get("/ansokan/<token>/underskrifter")
@access.by_link
def signing(token: str) -> str | Response:
    """The newest round; before the first, the review leads there."""
    link = opened(token)
    progress = rounds.newest(g.session, link.application, now=g.now)
    if progress is None:
        return redirect(url_for("applications.review", token=token))
    return render_template(
        "applications/signing.html",
        token=token,
        link=link,
        application=link.application,
        filled=filled(g.session, link.application, local_date(g.now)),
        progress=progress,
        openness=openness(g.session, link.application, now=g.now),
        capacity=_capacity,
    )


def _capacity(signatory: Signatory) -> str:
    return capacity_of(signatory, current())


@blueprint.get("/ansokan/<token>/underskrifter/handling")
@access.by_link
def signed_document(token: str) -> Response:
    """The very document that is out to be signed, or was."""
    progress = rounds.newest(g.session, opened(token).application, now=g.now)
    if progress is None:
        raise NotThere("Ansökan har inte skickats för underskrift.")
    return answer_with(progress.round.document)


@blueprint.post("/ansokan/<token>/underskrifter/paminn")
@access.by_link
def remind_signatories(token: str) -> Response:
    """Remind those who have yet to sign."""
    link = managed(token)
    rounds.remind(g.session, link.application, now=g.now, by=link.address)
    flash(
        _("De som inte har skrivit under får en påminnelse. Det går ut högst en om dagen till var och en."), "success"
    )
    return redirect(url_for("applications.signing", token=token), 303)


@blueprint.post("/ansokan/<token>/underskrifter/igen")
@access.by_link
def sign_again(token: str) -> Response:
    """Send a completed application out once more, when the round over it came to nothing."""
    if rounds.sign_again(g.session, managed(token).application, now=g.now) is None:
        flash(_("Inget behöver skrivas under igen."), "info")
    return redirect(url_for("applications.signing", token=token), 303)


@blueprint.post("/ansokan/<token>/underskrifter/<int:signatory_id>/lank")
@access.by_link
def new_signing_link(token: str, signatory_id: int) -> Response:
    """Mail a signatory a new link, with more time if the time was out."""
    link = managed(token)
    rounds.resend(g.session, link.application, signatory_id, now=g.now, by=link.address)
    flash(_("En ny länk är mejlad. Den gamla gäller inte längre."), "success")
    return redirect(url_for("applications.signing", token=token), 303)
