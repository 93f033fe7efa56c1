"""GET /healthz: for the one who runs the server, and for machines that watch it."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify

from paragraf import health
from webapp import access

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access.public
def healthz() -> tuple[Response, int]:
    """200 when database, scheduler and outbox are well, otherwise 503; names what is not, LibreOffice too."""
    parts = health.examine(g.session, now=g.now)
    well = all(part.well for part in parts if part.vital)
    told = {part.name: {"well": part.well, "says": part.says} for part in parts}
    return jsonify(well=well, **told), 200 if well else 503
