"""The blueprint, and what its views share."""

from __future__ import annotations

from flask import Blueprint, g, request
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from paragraf.people import queries as people

blueprint = Blueprint("memory", __name__, url_prefix="/<slug>")


def bodies() -> list[SelectChoice]:
    """The association's bodies, to choose one."""
    return [SelectChoice(str(body.id), body.name) for body in people.bodies(g.session, g.association.id)]


def asked_year() -> int | None:
    """The year in the address, if it is one that anybody can have decided something in."""
    year = request.args.get("ar", type=int)
    return year if year is not None and 1900 <= year <= 2199 else None
