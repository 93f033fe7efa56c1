"""Open commissions and open conditions, of one body or all: what waits for every agenda."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.duties import queries as duties
from paragraf.duties.operations import finish
from paragraf.duties.standard_rules import COMMISSION
from paragraf.meetings import following
from paragraf.minutes.queries import meeting_id_of
from paragraf.people import queries as people
from paragraf.people.models import Body, BodyKind
from webapp import access
from webapp.acting import actor

blueprint = Blueprint("commissions", __name__, url_prefix="/<slug>/uppdrag")


@blueprint.get("/")
@access.member
def show() -> str:
    """All that waits; ``?organ=3`` for one body."""
    bodies = people.bodies(g.session, g.association.id)
    body = _chosen(bodies)
    conditions = [] if body is not None and body.kind is not BodyKind.BOARD else _conditions()
    waiting = following.open_commissions(g.session, g.association.id, g.now, body=body)
    reported = following.reported_commissions(g.session, g.association.id, g.now, body=body)
    return render_template(
        "meetings/commissions.html",
        bodies=bodies,
        body=body,
        waiting=waiting,
        reported=reported,
        conditions=conditions,
        meeting_of={
            one.decision_id: meeting_id_of(g.session, g.association.id, one.decision_id) for one in waiting + reported
        },
        today=local_date(g.now),
    )


@blueprint.post("/<int:duty_id>/klart")
@access.office
def reported(duty_id: int) -> Response:
    """The office notes that a commission is reported without an agenda."""
    duty = duties.duty(g.session, g.association.id, duty_id)
    if duty.rule_key != COMMISSION:
        raise NotThere("Uppgiften finns inte.")
    finish(
        g.session,
        association_id=duty.association_id,
        rule_key=duty.rule_key,
        subject=duty.subject,
        subject_id=duty.subject_id,
        event_on=duty.event_on,
        now=g.now,
        actor=actor(),
    )
    flash(_("Klart. Inga fler påminnelser skickas om det."), "success")
    return redirect(url_for("commissions.show"))


def _chosen(bodies: list[Body]) -> Body | None:
    wanted = request.args.get("organ", type=int)
    return next((one for one in bodies if one.id == wanted), None)


def _conditions() -> list[following.OpenCondition]:
    return following.open_conditions(g.session, g.association.id, g.now)
