"""The attendance page: one row a seat; coming and leaving is a button and a time."""

from __future__ import annotations

from datetime import datetime, time

from flask import g, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from forms.meetings import ArrivalForm, ClockForm
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.printing import print_time
from paragraf.meetings import attendance, operations, queries, rules
from paragraf.meetings.models import Meeting
from paragraf.people import queries as people
from paragraf.people.models import Mandate
from webapp import access
from webapp.acting import actor, tell_in
from webapp.language import current
from webapp.meetings.base import blueprint, meeting_at

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:meeting_id>/narvaro")
@access.office
def attending(meeting_id: int) -> str:
    """Who is in the room, who serves for whom, and whether the body may decide."""
    return _page(meeting_at(meeting_id))


@blueprint.post("/<int:meeting_id>/narvaro/alla")
@access.office
def all_came(meeting_id: int) -> Page:
    """All members were there from the start."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    try:
        operations.mark_all_present(g.session, meeting, now=g.now, actor=actor())
    except RuleBroken as broken:
        return _refused(meeting, form, broken)
    return _back(meeting)


@blueprint.post("/<int:meeting_id>/narvaro/kom")
@access.office
def came(meeting_id: int) -> Page:
    """Someone comes into the room."""
    meeting, form = meeting_at(meeting_id), ArrivalForm()
    if not form.validate():
        return _page(meeting, form), 422
    try:
        operations.record_presence(
            g.session,
            meeting,
            person=people.person(g.session, g.association.id, form.person_id.data or 0),
            from_at=rules.moment_in_meeting(queries.planned(meeting), _clock(form)),
            serves_for=_served(meeting, form.serves_for.data),
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        return _refused(meeting, form, broken)
    return _back(meeting, form.person_id.data)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/gick")
@access.office
def left(meeting_id: int, presence_id: int) -> Page:
    """Someone leaves the room."""
    meeting, form = meeting_at(meeting_id), ClockForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    if not form.validate():
        return _page(meeting, form), 422
    try:
        until = rules.moment_in_meeting(queries.planned(meeting), _clock(form))
        operations.end_presence(g.session, meeting, row, until_at=until, now=g.now, actor=actor())
    except RuleBroken as broken:
        return _refused(meeting, form, broken)
    return _back(meeting, row.person_id)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/kvar")
@access.office
def stayed(meeting_id: int, presence_id: int) -> Page:
    """Take a leaving back."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    try:
        operations.end_presence(g.session, meeting, row, until_at=None, now=g.now, actor=actor())
    except RuleBroken as broken:
        return _refused(meeting, form, broken)
    return _back(meeting, row.person_id)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/tjanstgor")
@access.office
def serves(meeting_id: int, presence_id: int) -> Page:
    """A substitute in the room begins to serve for a member, or ceases to."""
    meeting, form = meeting_at(meeting_id), ClockForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    if not form.validate():
        return _page(meeting, form), 422
    try:
        operations.change_serving(
            g.session,
            meeting,
            row,
            serves_for=_served(meeting, form.serves_for.data),
            at=rules.moment_in_meeting(queries.planned(meeting), _clock(form)),
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        return _refused(meeting, form, broken)
    return _back(meeting, row.person_id)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/ta-bort")
@access.office
def was_not_there(meeting_id: int, presence_id: int) -> Page:
    """Remove a line that was a mistake."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    try:
        operations.remove_presence(g.session, meeting, row, now=g.now, actor=actor())
    except RuleBroken as broken:
        return _refused(meeting, form, broken)
    return _back(meeting)


def _page(meeting: Meeting, form: FlaskForm | None = None) -> str:
    planned = queries.planned(meeting)
    clock = rules.suggested_clock(planned, g.now, _noted(meeting))
    sheet = attendance.sheet(g.session, meeting, rules.moment_in_meeting(planned, clock))
    known = {row.person.id for row in (*sheet.members, *sheet.substitutes, *sheet.others)}
    return render_template(
        "meetings/attendance.html",
        meeting=meeting,
        sheet=sheet,
        form=form,
        clock=print_time(clock, current()),
        live=planned.covers(g.now),
        quorate=rules.is_quorate,
        needed=rules.votes_needed(sheet.seats),
        strangers=[person for person in people.persons(g.session, g.association.id) if person.id not in known],
    )


def _noted(meeting: Meeting) -> list[datetime]:
    rows = queries.presences(g.session, meeting)
    return [moment for row in rows for moment in (row.from_at, row.until_at) if moment is not None]


def _served(meeting: Meeting, mandate_id: int | None) -> Mandate | None:
    if mandate_id is None:
        return None
    for mandate in queries.mandates(g.session, meeting):
        if mandate.id == mandate_id:
            return mandate
    raise NotThere("Platsen finns inte.")


def _clock(form: ArrivalForm | ClockForm) -> time:
    assert form.clock.data is not None
    return form.clock.data


def _refused(meeting: Meeting, form: FlaskForm, broken: RuleBroken) -> tuple[str, int]:
    tell_in(form, broken)
    return _page(meeting, form), 422


def _back(meeting: Meeting, person_id: int | None = None) -> Response:
    # To the row that was touched, so that focus and place are kept without script.
    anchor = f"#person-{person_id}" if person_id else ""
    return redirect(url_for("meetings.attending", meeting_id=meeting.id) + anchor)
