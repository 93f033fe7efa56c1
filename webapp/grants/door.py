"""The blueprint, and what its views share: finding a grant, trying an act, coming back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, g, redirect, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.grants import queries
from paragraf.grants.acts import matter_of
from paragraf.grants.models import Grant
from paragraf.grants.wording import REMAINDER_NAMES, REPORT_NAMES
from webapp.acting import tell_in

blueprint = Blueprint("grants", __name__)
T = TypeVar("T")

Page = str | tuple[str, int] | Response


def grant_of(year: int, number: int, grant_id: int) -> Grant:
    """A grant of the association's own matter; raises NotThere for any other."""
    for found in queries.grants_of_matter(g.session, g.association.id, year, number):
        if found.id == grant_id:
            return found
    raise NotThere("Bidraget finns inte.")


def done_in(form: FlaskForm, act: Callable[[], object]) -> bool:
    """Whether what was typed was in order and the act was done; otherwise the form says what to mend."""
    if not form.validate():
        return False
    try:
        act()
    except RuleBroken as broken:
        tell_in(form, broken)
        return False
    return True


def given(value: T | None) -> T:
    """What a field that must be filled in holds, once its form is in order."""
    if value is None:
        raise RuleBroken("Fyll i alla fält.")
    return value


def back_to(grant: Grant, anchor: str = "") -> Response:
    """To the grant's page after an act."""
    matter = matter_of(grant)
    address = url_for("grants.one", year=matter.year, number=matter.number, beslut=grant.id, _anchor=anchor or None)
    return redirect(address, 303)


@blueprint.record_once
def _tell_templates(state: object) -> None:
    state.app.jinja_env.globals.update(report_names=REPORT_NAMES, remainder_names=REMAINDER_NAMES)  # type: ignore[attr-defined]
