"""Delegation: the order's points, the decisions made by them, and what the body has been told."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import DateField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.delegation import DecisionForm, EndPointForm, PointForm
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.delegation import operations, queries
from paragraf.delegation.operations import File, PointText
from paragraf.delegation.rules import LAW, in_force
from paragraf.minutes.reported import tellings
from paragraf.people import queries as people
from paragraf.register import queries as register
from paragraf.register.models import Matter
from webapp import access
from webapp.acting import actor, tell_in

blueprint = Blueprint("delegation", __name__, url_prefix="/<slug>/delegation")
Page = str | tuple[str, int] | Response
_NUMBER = re.compile(r"(\d{4})/(\d{1,9})", re.ASCII)


@blueprint.get("/")
@access.member
def show() -> str:
    """The order and the decisions; ``?ar=2026`` for the decisions of one year."""
    year = request.args.get("ar", type=int)
    made = queries.decisions(g.session, g.association.id)
    today = local_date(g.now)
    points = queries.points(g.session, g.association.id)
    return render_template(
        "delegation/show.html",
        law=LAW,
        points=[one for one in points if one.valid_to is None or one.valid_to >= today],
        ended=[one for one in points if one.valid_to is not None and one.valid_to < today],
        in_force=lambda point: in_force(point, today),
        years=sorted({one.year for one in made}, reverse=True),
        year=year,
        decisions=[one for one in made if year in (None, one.year)],
        tellings=tellings(g.session, g.association.id, made),
    )


# --- the order ------------------------------------------------------------------------------------------------------


@blueprint.get("/punkter/ny")
@access.office
def new_point() -> str:
    """An empty point, from today."""
    form = _point_form()
    form.valid_from.data = local_date(g.now)
    return render_template("delegation/point.html", form=form, law=LAW)


@blueprint.post("/punkter/ny")
@access.office
def add_point() -> Page:
    """A new point of the order."""
    form = _point_form()
    if not form.validate():
        return render_template("delegation/point.html", form=form, law=LAW), 422
    body = people.body(g.session, g.association.id, form.body_id.data)
    text = PointText(form.number.data or "", form.matters.data or "", form.delegate.data or "", form.source.data or "")
    try:
        operations.add_point(g.session, body, text, valid_from=_day(form.valid_from), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return render_template("delegation/point.html", form=_with_bodies(form), law=LAW), 422
    flash(_("Punkt %(number)s är inlagd.", number=text.number), "success")
    return redirect(url_for("delegation.show"))


@blueprint.get("/punkter/<int:point_id>/avsluta")
@access.office
def ask_to_end(point_id: int) -> str:
    """Ask for the last day."""
    point = queries.point(g.session, g.association.id, point_id)
    return render_template("delegation/end_point.html", form=EndPointForm(last_day=local_date(g.now)), point=point)


@blueprint.post("/punkter/<int:point_id>/avsluta")
@access.office
def end_point(point_id: int) -> Page:
    """Let the point hold no longer."""
    point, form = queries.point(g.session, g.association.id, point_id), EndPointForm()
    if not form.validate():
        return render_template("delegation/end_point.html", form=form, point=point), 422
    try:
        operations.end_point(g.session, point, last_day=_day(form.last_day), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return render_template("delegation/end_point.html", form=form, point=point), 422
    flash(_("Punkt %(number)s gäller till och med %(day)s.", number=point.number, day=point.valid_to), "success")
    return redirect(url_for("delegation.show"))


# --- decisions ------------------------------------------------------------------------------------------------------


@blueprint.get("/beslut/nytt")
@access.office
def new_decision() -> str:
    """An empty decision, of today."""
    form = _decision_form()
    form.decided_on.data = local_date(g.now)
    return render_template("delegation/new_decision.html", form=form, law=LAW)


@blueprint.post("/beslut/nytt")
@access.office
def register_decision() -> Page:
    """Register a decision under the year's next number."""
    form = _decision_form()
    if not form.validate():
        return render_template("delegation/new_decision.html", form=form, law=LAW), 422
    try:
        made = operations.register_decision(
            g.session,
            queries.point(g.session, g.association.id, form.point_id.data),
            decided_on=_day(form.decided_on),
            decided_by=people.person(g.session, g.association.id, form.decided_by_id.data),
            heading=form.heading.data or "",
            text=form.text.data or "",
            matter=_matter(form.register_number.data or ""),
            file=File(form.file.data.filename, form.file.data.read()) if form.file.data else None,
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        tell_in(form, broken)
        return render_template("delegation/new_decision.html", form=form, law=LAW), 422
    flash(_("Beslutet är registrerat som %(number)s.", number=made.designation), "success")
    return redirect(url_for("delegation.decision", decision_id=made.id))


@blueprint.get("/beslut/<int:decision_id>/")
@access.member
def decision(decision_id: int) -> str:
    """One decision: by which point, by whom, and whether the body has been told."""
    found = queries.decision(g.session, g.association.id, decision_id)
    telling = tellings(g.session, g.association.id, [found])[found.id]
    return render_template("delegation/decision.html", decision=found, telling=telling)


def _point_form() -> PointForm:
    return _with_bodies(PointForm())


def _with_bodies(form: PointForm) -> PointForm:
    form.body_id.choices = [SelectChoice(one.id, one.name) for one in people.bodies(g.session, g.association.id)]
    return form


def _decision_form() -> DecisionForm:
    form = DecisionForm()
    points = queries.points(g.session, g.association.id)
    form.point_id.choices = [SelectChoice(one.id, f"{one.number} {one.matters} ({one.delegate})") for one in points]
    persons = people.persons(g.session, g.association.id)
    form.decided_by_id.choices = [SelectChoice(one.id, one.name) for one in persons]
    return form


def _day(field: DateField) -> date:
    # The form demands it.
    assert field.data is not None
    return field.data


def _matter(typed: str) -> Matter | None:
    """The matter with the register number; None where none was typed."""
    number = "".join(typed.split())
    if not number:
        return None
    read = _NUMBER.fullmatch(number)
    if read is None:
        raise RuleBroken("Skriv diarienumret så här: 2026/14.", field="register_number")
    try:
        return register.matter(g.session, g.association.id, int(read[1]), int(read[2]))
    except NotThere:
        raise RuleBroken("Ärendet %(number)s finns inte i diariet.", field="register_number", number=number) from None
