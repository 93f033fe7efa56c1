"""Who is who: members, bodies with their mandates and rules, roles, notice boards."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from paragraf.core.dates import local_date
from paragraf.people import queries
from paragraf.people.models import RoleKind
from webapp import access

blueprint = Blueprint("organisation", __name__, url_prefix="/<slug>/organisation")


@blueprint.get("/")
@access.member
def show() -> str:
    """The association as it is today."""
    today, association_id = local_date(g.now), g.association.id
    bodies = [
        (body, queries.body_rule(g.session, body.id, today), queries.mandates(g.session, body.id, today))
        for body in queries.bodies(g.session, association_id)
    ]
    return render_template(
        "organisation/show.html",
        members=queries.member_organisations(g.session, association_id, today),
        bodies=bodies,
        roles=[(kind, queries.holders(g.session, association_id, kind, today)) for kind in RoleKind],
        boards=queries.notice_boards(g.session, association_id, today),
    )
