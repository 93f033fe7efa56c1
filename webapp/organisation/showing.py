"""Who is who: members, bodies with their mandates and rules, roles, notice boards."""

from __future__ import annotations

from flask import g, render_template

from paragraf.people import queries
from paragraf.people.boards import missing_boards
from paragraf.people.models import BodyKind, RoleKind
from webapp import access
from webapp.organisation.base import blueprint, today


@blueprint.get("/")
@access.member
def show() -> str:
    """The association as it is today."""
    day, association_id = today(), g.association.id
    bodies = [
        (body, queries.rule_on(g.session, body.id, day), queries.mandates(g.session, body.id, day))
        for body in queries.bodies(g.session, association_id)
    ]
    members = queries.member_organisations(g.session, association_id, day)
    boards = queries.notice_boards(g.session, association_id, day)
    missing = missing_boards(g.session, association_id, day)
    return render_template(
        "organisation/show.html",
        members=members,
        former=queries.former_members(g.session, association_id, day),
        bodies=bodies,
        roles=[(kind, queries.holders(g.session, association_id, kind, day)) for kind in RoleKind],
        boards=boards,
        missing=missing,
        steps=[
            ("members", bool(members)),
            ("board", any(body.kind is BodyKind.BOARD for body, _rule, _mandates in bodies)),
            ("rules", bool(bodies) and all(rule for _body, rule, _mandates in bodies)),
            ("mandates", bool(bodies) and all(mandates for _body, _rule, mandates in bodies)),
            ("boards", bool(boards) and not missing),
        ],
    )
