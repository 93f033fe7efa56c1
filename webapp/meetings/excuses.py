"""Telling that one cannot come: a member on the meeting's own page, or the office on the attendance page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from forms.attendance import ExcuseForm
from paragraf.core.errors import RuleBroken
from paragraf.meetings import excusing, queries
from paragraf.meetings.models import Excuse, Meeting
from paragraf.people import queries as people
from webapp import access
from webapp.acting import actor
from webapp.edge import undo
from webapp.language import told
from webapp.meetings.attendance import Page, back, refused
from webapp.meetings.base import blueprint, meeting_at


@dataclass(frozen=True)
class OwnExcuse:
    """What the visitor may tell about coming to a meeting."""

    excuse: Excuse | None
    form: ExcuseForm


@blueprint.app_template_global("own_excuse")
def own_excuse(meeting: Meeting) -> OwnExcuse | None:
    """For a visitor with a seat at a meeting that is not over yet; None for others."""
    person = access.current_person()
    if person is None or meeting.cancelled_at is not None or meeting.ends_at <= g.now:
        return None
    if all(one.person_id != person.id for one in queries.mandates(g.session, meeting)):
        return None
    return OwnExcuse(excusing.find_excuse(g.session, meeting, person.id), ExcuseForm(formdata=None))


@blueprint.post("/<int:meeting_id>/forhinder")
@access.member
def tell_excuse(meeting_id: int) -> Response:
    """The visitor cannot come."""
    meeting, form = meeting_at(meeting_id), ExcuseForm()
    try:
        _must_be_coming(meeting)
        if not form.validate():
            raise RuleBroken("Skälet får vara högst 300 tecken.")
        excusing.tell_excuse(
            g.session, meeting, person=access.me(), reason=form.reason.data or "", now=g.now, actor=actor()
        )
    except RuleBroken as broken:
        undo()
        flash(told(broken), "error")
        return _to(meeting)
    flash(_("Ditt förhinder är antecknat. Kansliet kallar en ersättare."), "success")
    return _to(meeting)


@blueprint.post("/<int:meeting_id>/forhinder/ta-tillbaka")
@access.member
def take_excuse_back(meeting_id: int) -> Response:
    """The visitor can come after all."""
    meeting = meeting_at(meeting_id)
    try:
        _must_be_coming(meeting)
        excusing.withdraw_excuse(g.session, meeting, person=access.me(), now=g.now, actor=actor())
    except RuleBroken as broken:
        undo()
        flash(told(broken), "error")
        return _to(meeting)
    flash(_("Du är anmäld som närvarande igen."), "success")
    return _to(meeting)


def _must_be_coming(meeting: Meeting) -> None:
    if meeting.ends_at <= g.now:
        raise RuleBroken("Sammanträdet är över. Säg till kansliet om närvaron är fel.")


def _to(meeting: Meeting) -> Response:
    return redirect(url_for("meetings.show", meeting_id=meeting.id, _anchor="forhinder"), 303)


@blueprint.post("/<int:meeting_id>/narvaro/forhinder/<int:person_id>")
@access.office
def excused(meeting_id: int, person_id: int) -> Page:
    """The office notes that someone cannot come."""
    meeting, form = meeting_at(meeting_id), ExcuseForm()
    person = people.person(g.session, g.association.id, person_id)
    try:
        excusing.tell_excuse(g.session, meeting, person=person, reason=form.reason.data or "", now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, person_id)


@blueprint.post("/<int:meeting_id>/narvaro/forhinder/<int:person_id>/ta-tillbaka")
@access.office
def not_excused(meeting_id: int, person_id: int) -> Page:
    """Someone can come after all."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    person = people.person(g.session, g.association.id, person_id)
    try:
        excusing.withdraw_excuse(g.session, meeting, person=person, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, person_id)
