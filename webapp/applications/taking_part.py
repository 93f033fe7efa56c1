"""Those who take part: the owner invites, changes roles, sends new links and takes away."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.applications import InviteForm
from paragraf.applications import participants
from paragraf.applications.filled import filled
from paragraf.applications.links import Opened
from paragraf.applications.models import ParticipantRole
from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from webapp import access
from webapp.applications.door import blueprint, managed, opened
from webapp.edge import undo
from webapp.language import current, told


@blueprint.get("/ansokan/<token>/medverkande")
@access.by_link
def people(token: str) -> str:
    """Who takes part and as what; for the owner, the form to invite one more."""
    return _page(token, opened(token), InviteForm(formdata=None, language=current()))


def _page(token: str, link: Opened, form: InviteForm) -> str:
    return render_template(
        "applications/participants.html",
        token=token,
        link=link,
        application=link.application,
        filled=filled(g.session, link.application, local_date(g.now)),
        people=participants.participants(g.session, link.application),
        roles=list(ParticipantRole),
        form=form,
    )


@blueprint.post("/ansokan/<token>/medverkande")
@access.by_link
def invite(token: str) -> Response | tuple[str, int]:
    """Invite one more, by mail."""
    link, form = managed(token), InviteForm()
    if not form.validate():
        return _page(token, link, form), 422
    try:
        row = participants.invite(
            g.session,
            link.application,
            role=ParticipantRole(form.role.data),
            email=form.email.data or "",
            name=form.name.data or "",
            organisation=form.organisation.data or "",
            language=form.language.data,
            now=g.now,
        )
    except RuleBroken as broken:
        undo()
        form.email.errors = [told(broken)]
        return _page(token, managed(token), form), 422
    flash(_("En länk är mejlad till %(email)s.", email=row.email), "success")
    return _back(token)


@blueprint.post("/ansokan/<token>/medverkande/<int:participant_id>/roll")
@access.by_link
def change_role(token: str, participant_id: int) -> Response:
    """Let a participant do more or less."""
    link = managed(token)
    row = participants.participant(g.session, link.application, participant_id)
    asked = request.form.get("role", "")
    if asked not in set(ParticipantRole):
        raise RuleBroken("Välj en av rollerna i listan.")
    participants.change_role(g.session, link.application, row, ParticipantRole(asked), now=g.now)
    flash(_("Rollen är ändrad."), "success")
    return _back(token)


@blueprint.post("/ansokan/<token>/medverkande/<int:participant_id>/ta-bort")
@access.by_link
def take_away(token: str, participant_id: int) -> Response:
    """Shut a participant's link."""
    link = managed(token)
    row = participants.participant(g.session, link.application, participant_id)
    participants.take_away(g.session, link.application, row, now=g.now)
    flash(_("%(email)s är inte längre med, och länken dit är stängd.", email=row.email), "success")
    return _back(token)


@blueprint.post("/ansokan/<token>/medverkande/<int:participant_id>/lank")
@access.by_link
def new_link(token: str, participant_id: int) -> Response:
    """Mail a participant a new link; the old one dies."""
    link = managed(token)
    row = participants.participant(g.session, link.application, participant_id)
    participants.resend(g.session, link.application, row, now=g.now)
    flash(_("En ny länk är mejlad till %(email)s. Den gamla gäller inte längre.", email=row.email), "success")
    return _back(token)


def _back(token: str) -> Response:
    return redirect(url_for("applications.people", token=token), 303)
