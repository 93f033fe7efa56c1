"""What the organisation's pages share: the blueprint, a form on a page of its own, coming back after an act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from webapp.acting import actor, tell_in

blueprint = Blueprint("organisation", __name__, url_prefix="/<slug>/organisation")
Page = str | tuple[str, int] | Response
T = TypeVar("T")


def today() -> date:
    """The Swedish day of the request."""
    return local_date(g.now)


def acting() -> dict[str, Any]:
    """When and by whom, as every operation wants it."""
    return {"now": g.now, "actor": actor()}


def done_in(form: FlaskForm, act: Callable[[], T]) -> T | None:
    """What the act gives, or None when what was typed is at fault; then the form says what to mend."""
    if not form.validate():
        return None
    try:
        return act()
    except NotThere:
        raise
    except RuleBroken as broken:
        tell_in(form, broken)
        return None


def form_page(form: FlaskForm, title: str, *, back: str, intro: str = "", button: str = "", status: int = 200) -> Page:
    """A form by itself with a heading, a line above it and a way back."""
    page = render_template(
        "organisation/form.html", form=form, title=title, back=back, intro=intro, button=button or _("Spara")
    )
    return page if status == 200 else (page, status)


def saved(endpoint: str, anchor: str | None = None, **values: Any) -> Response:
    """Say that it is saved, and go there."""
    flash(_("Sparat."), "success")
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)


def day(value: date | None) -> date:
    """A day that the form demands."""
    assert value is not None
    return value
