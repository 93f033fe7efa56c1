"""The attendance § by §: when each was taken up, jäv, who led. Part of the attendance page."""

from __future__ import annotations

from datetime import datetime

from flask import g, request
from flask_wtf import FlaskForm

from forms.attendance import CalledForm, LeaderForm, RecusalForm
from forms.meetings import CLOCK, ClockField
from paragraf.core.errors import RuleBroken
from paragraf.meetings.models import Meeting
from paragraf.minutes import queries, recusing, taking_up
from paragraf.minutes.models import MinuteItem, RecusalGround
from paragraf.people import queries as people
from paragraf.people.models import Person
from webapp import access
from webapp.acting import actor
from webapp.meetings.attendance import Page, back, refused
from webapp.meetings.attendance_page import item_at, moment_of, page
from webapp.meetings.base import blueprint, meeting_at

BEGUN = "begun-"


@blueprint.post("/<int:meeting_id>/narvaro/tider")
@access.office
def note_times(meeting_id: int) -> Page:
    """When the §§ were taken up: all of them in one form, an empty field for what is not known."""
    meeting = meeting_at(meeting_id)
    minutes = queries.minutes(g.session, g.association.id, meeting_id)
    rows = queries.item_rows(g.session, minutes)
    form = _times_form(rows)
    if not form.validate():
        return page(meeting, form), 422
    try:
        wanted = {row.id: _told(meeting, form, row) for row in rows if f"{BEGUN}{row.id}" in request.form}
        changed = [row for row in rows if row.id in wanted and row.begun_at != wanted[row.id]]
        # All that is changed is taken back first: the new times are in order with each other, not with the old ones.
        for row in changed:
            taking_up.begin_item(g.session, row, at=None, now=g.now, actor=actor())
        for row in changed:
            if wanted[row.id] is not None:
                taking_up.begin_item(g.session, row, at=wanted[row.id], now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, anchor="paragrafer")


def _times_form(rows: list[MinuteItem]) -> FlaskForm:
    fields = {f"{BEGUN}{row.id}": ClockField(render_kw=CLOCK) for row in rows}
    return type("TimesForm", (FlaskForm,), fields)()


def _told(meeting: Meeting, form: FlaskForm, row: MinuteItem) -> datetime | None:
    return moment_of(meeting, form[f"{BEGUN}{row.id}"].data)


@blueprint.post("/<int:meeting_id>/narvaro/jav")
@access.office
def recused(meeting_id: int) -> Page:
    """Someone is disqualified in a §; the next substitute is called for it."""
    meeting, form = meeting_at(meeting_id), RecusalForm()
    if not form.validate():
        return page(meeting, form), 422
    row = item_at(meeting, form.item_id.data)
    assert row is not None
    try:
        recusing.recuse(
            g.session,
            row,
            person=_person(form.person_id.data),
            ground=RecusalGround(form.ground.data),
            note=form.note.data or "",
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, anchor="jav")


@blueprint.post("/<int:meeting_id>/narvaro/jav/<int:recusal_id>/ersattare")
@access.office
def called(meeting_id: int, recusal_id: int) -> Page:
    """Another substitute serves for the disqualified one, or nobody."""
    meeting, form = meeting_at(meeting_id), CalledForm()
    found = recusing.recusal(g.session, g.association.id, meeting_id, recusal_id)
    if not form.validate():
        return page(meeting, form), 422
    substitute = _person(form.substitute_id.data) if form.substitute_id.data else None
    try:
        recusing.call_substitute(g.session, found, substitute, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, anchor="jav")


@blueprint.post("/<int:meeting_id>/narvaro/jav/<int:recusal_id>/ta-bort")
@access.office
def not_recused(meeting_id: int, recusal_id: int) -> Page:
    """Someone was not disqualified after all."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    found = recusing.recusal(g.session, g.association.id, meeting_id, recusal_id)
    try:
        recusing.withdraw_recusal(g.session, found, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, anchor="jav")


@blueprint.post("/<int:meeting_id>/narvaro/leder")
@access.office
def led(meeting_id: int) -> Page:
    """Who led the meeting in a §, where it does not follow from who was there."""
    meeting, form = meeting_at(meeting_id), LeaderForm()
    if not form.validate():
        return page(meeting, form), 422
    row = item_at(meeting, form.item_id.data)
    assert row is not None
    person = _person(form.person_id.data) if form.person_id.data else None
    try:
        taking_up.set_leader(g.session, row, person, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, anchor="paragrafer")


def _person(person_id: int | None) -> Person:
    return people.person(g.session, g.association.id, person_id or 0)
