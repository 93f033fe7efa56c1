"""Standing items: what every agenda of a body begins and ends with."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.agenda import StandingForm, StepForm
from paragraf.core.errors import RuleBroken
from paragraf.meetings import standing
from paragraf.meetings.models import ItemKind, StandingItem
from paragraf.meetings.rules import ItemText
from paragraf.people import queries as people
from paragraf.people.models import Body
from webapp import access
from webapp.acting import actor, tell_in
from webapp.meetings.base import blueprint, refusals_told

Page = str | tuple[str, int] | Response


@blueprint.get("/staende-punkter/")
@access.office
def standing_items() -> str:
    """All bodies with their standing items."""
    found = [(body, standing.standing_items(g.session, body)) for body in people.bodies(g.session, g.association.id)]
    return render_template("meetings/standing_items.html", bodies=found)


@blueprint.get("/staende-punkter/organ/<int:body_id>/ny")
@access.office
def new_standing(body_id: int) -> str:
    """An empty standing item."""
    return _page(StandingForm(), people.body(g.session, g.association.id, body_id))


@blueprint.post("/staende-punkter/organ/<int:body_id>/ny")
@access.office
def write_new_standing(body_id: int) -> Page:
    """A new standing item of the body."""
    body, form = people.body(g.session, g.association.id, body_id), StandingForm()
    if not form.validate():
        return _page(form, body), 422
    try:
        standing.add(g.session, body, _text(form), last=form.place.data == "last", now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(form, body), 422
    flash(_("Den stående punkten är sparad. Den kommer med när nya sammanträden planeras."), "success")
    return _to_list()


@blueprint.get("/staende-punkter/<int:standing_id>/")
@access.office
def standing_item(standing_id: int) -> str:
    """A standing item, to change."""
    row = standing.standing_item(g.session, g.association.id, standing_id)
    form = StandingForm(obj=row, kind=row.kind.value, place="last" if row.is_last else "first")
    # Its place among its likes is a number; the form asks only for the part of the agenda.
    form.place.data = "last" if row.is_last else "first"
    return _page(form, row.body, row)


@blueprint.post("/staende-punkter/<int:standing_id>/")
@access.office
def write_standing(standing_id: int) -> Page:
    """Save the standing item."""
    row, form = standing.standing_item(g.session, g.association.id, standing_id), StandingForm()
    if not form.validate():
        return _page(form, row.body, row), 422
    try:
        standing.edit(g.session, row, _text(form), last=form.place.data == "last", now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(form, row.body, row), 422
    flash(_("Den stående punkten är sparad. Sammanträden som redan är planerade ändras inte."), "success")
    return _to_list()


@blueprint.post("/staende-punkter/<int:standing_id>/flytta")
@access.office
def move_standing(standing_id: int) -> Response:
    """One place earlier or later."""
    row, form = standing.standing_item(g.session, g.association.id, standing_id), StepForm()
    if form.validate():
        with refusals_told():
            standing.move(g.session, row, step=form.step.data or 1, now=g.now, actor=actor())
    return _to_list()


@blueprint.post("/staende-punkter/<int:standing_id>/ta-bort")
@access.office
def end_standing(standing_id: int) -> Response:
    """Let it come on no more agendas."""
    row = standing.standing_item(g.session, g.association.id, standing_id)
    with refusals_told():
        standing.end(g.session, row, now=g.now, actor=actor())
        flash(_("”%(heading)s” är inte längre en stående punkt.", heading=row.heading), "success")
    return _to_list()


def _text(form: StandingForm) -> ItemText:
    return ItemText(
        ItemKind(form.kind.data), form.heading.data or "", form.background.data or "", form.proposal.data or ""
    )


def _page(form: StandingForm, body: Body, row: StandingItem | None = None) -> str:
    return render_template("meetings/standing_item.html", form=form, body=body, row=row)


def _to_list() -> Response:
    return redirect(url_for("meetings.standing_items"))
