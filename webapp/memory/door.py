"""The blueprint, and what its views share."""

from __future__ import annotations

from flask import Blueprint, g
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from paragraf.people import queries as people

blueprint = Blueprint("memory", __name__, url_prefix="/<slug>")


def bodies() -> list[SelectChoice]:
    """The association's bodies, to choose one."""
    return [SelectChoice(str(body.id), body.name) for body in people.bodies(g.session, g.association.id)]
