"""The attendance page: one row a seat; coming and leaving is a button and a time, or a §."""

from __future__ import annotations

from flask import g, redirect, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from forms.attendance import AnswerForm, ComingForm, CourseForm, MarkForm
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import attending as meeting_attending
from paragraf.meetings import queries
from paragraf.meetings.attending import Mark
from paragraf.meetings.models import Meeting
from paragraf.minutes import attending, doubts
from paragraf.people import queries as people
from paragraf.people.models import Mandate
from webapp import access
from webapp.acting import actor, tell_in
from webapp.meetings.attendance_page import item_at, moment_of, page
from webapp.meetings.base import blueprint, meeting_at

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:meeting_id>/narvaro", endpoint="attending")
@access.office
def show_attendance(meeting_id: int) -> str:
    """Who is in the room, who serves for whom, and whether the body may decide, § by §."""
    return page(meeting_at(meeting_id))


@blueprint.post("/<int:meeting_id>/narvaro/alla")
@access.office
def all_came(meeting_id: int) -> Page:
    """All members were there from the start."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    try:
        attending.everyone_came(g.session, meeting, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting)


@blueprint.post("/<int:meeting_id>/narvaro/forlopp")
@access.office
def note_course(meeting_id: int) -> Page:
    """When the meeting was opened and closed."""
    meeting, form = meeting_at(meeting_id), CourseForm()
    if not form.validate():
        return page(meeting, form), 422
    try:
        opened = moment_of(meeting, form.opened.data)
        attending.note_course(
            g.session,
            meeting,
            opened_at=opened,
            closed_at=moment_of(meeting, form.closed.data, opened),
            distance_note=form.distance_note.data or "",
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting)


@blueprint.post("/<int:meeting_id>/narvaro/kom")
@access.office
def came(meeting_id: int) -> Page:
    """Someone comes into the room."""
    meeting, form = meeting_at(meeting_id), ComingForm()
    if not form.validate():
        return page(meeting, form), 422
    try:
        attending.come(
            g.session,
            meeting,
            person=people.person(g.session, g.association.id, form.person_id.data or 0),
            mark=_from(meeting, form),
            serves_for=_served(meeting, form.serves_for.data),
            by_distance=bool(form.by_distance.data),
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, form.person_id.data)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/gick")
@access.office
def left(meeting_id: int, presence_id: int) -> Page:
    """Someone leaves the room."""
    meeting, form = meeting_at(meeting_id), MarkForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    if not form.validate():
        return page(meeting, form), 422
    try:
        at = moment_of(meeting, form.clock.data, row.from_at)
        mark = attending.mark_until(g.session, at=at, last=item_at(meeting, form.item_id.data))
        attending.leave(g.session, meeting, row, mark=mark, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, row.person_id)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/kvar")
@access.office
def stayed(meeting_id: int, presence_id: int) -> Page:
    """Take a leaving back."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    try:
        attending.leave(g.session, meeting, row, mark=None, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, row.person_id)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/tjanstgor")
@access.office
def serves(meeting_id: int, presence_id: int) -> Page:
    """A substitute in the room begins to serve for a member, or ceases to."""
    meeting, form = meeting_at(meeting_id), MarkForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    if not form.validate():
        return page(meeting, form), 422
    try:
        attending.serve(
            g.session,
            meeting,
            row,
            serves_for=_served(meeting, form.serves_for.data),
            mark=_from(meeting, form),
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, row.person_id)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/paragraf")
@access.office
def answered(meeting_id: int, presence_id: int) -> Page:
    """From or until which § someone took part, where the clock does not tell."""
    meeting, form = meeting_at(meeting_id), AnswerForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    if not form.validate():
        return page(meeting, form), 422
    item = item_at(meeting, form.item_id.data)
    assert item is not None
    try:
        doubts.answer(g.session, meeting, row, item=item, came=bool(form.came.data), now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, row.person_id)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/distans")
@access.office
def at_distance(meeting_id: int, presence_id: int) -> Page:
    """Someone takes part at a distance, or not after all."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    try:
        meeting_attending.change_distance(
            g.session, meeting, row, by_distance=not row.by_distance, now=g.now, actor=actor()
        )
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting, row.person_id)


@blueprint.post("/<int:meeting_id>/narvaro/<int:presence_id>/ta-bort")
@access.office
def was_not_there(meeting_id: int, presence_id: int) -> Page:
    """Remove a line that was a mistake."""
    meeting, form = meeting_at(meeting_id), FlaskForm()
    row = queries.presence(g.session, g.association.id, meeting_id, presence_id)
    try:
        attending.remove(g.session, meeting, row, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(meeting, form, broken)
    return back(meeting)


def _from(meeting: Meeting, form: MarkForm) -> Mark:
    at = moment_of(meeting, form.clock.data)
    return attending.mark_from(g.session, at=at, first=item_at(meeting, form.item_id.data))


def _served(meeting: Meeting, mandate_id: int | None) -> Mandate | None:
    if mandate_id is None:
        return None
    for mandate in queries.mandates(g.session, meeting):
        if mandate.id == mandate_id:
            return mandate
    raise NotThere("Platsen finns inte.")


def refused(meeting: Meeting, form: FlaskForm, broken: RuleBroken) -> tuple[str, int]:
    """The page again, with what was wrong."""
    tell_in(form, broken)
    return page(meeting, form), 422


def back(meeting: Meeting, person_id: int | None = None, anchor: str = "") -> Response:
    """To the row that was touched, so that focus and place are kept without script."""
    place = f"person-{person_id}" if person_id else anchor
    return redirect(url_for("meetings.attending", meeting_id=meeting.id, _anchor=place or None))
