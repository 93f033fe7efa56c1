"""Who is in the room, noted without leaving the desk: a § begins, somebody comes or leaves, jäv."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.minutes import RoomForm
from paragraf.core.dates import local
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_time
from paragraf.meetings import queries as meetings
from paragraf.meetings import rules as meeting_rules
from paragraf.minutes import attending, lines, queries, recusing, taking_up
from paragraf.minutes.models import MinuteItem, RecusalGround
from paragraf.minutes.participation import participations
from paragraf.people import queries as people
from paragraf.people.models import Person
from webapp import access
from webapp.language import current
from webapp.minutes.base import actor, blueprint, item_at, refused, to_item
from webapp.words import WORDS


@blueprint.get("/paragraf/<int:item_id>/rummet")
@access.office
def room(meeting_id: int, item_id: int) -> str:
    """Who takes part in the §, and forms for what happens; a part of the desk where the page's script asks for it."""
    row = item_at(meeting_id, item_id)
    meeting = row.minutes.meeting
    rows = queries.item_rows(g.session, row.minutes)
    label = next(one.label for one in lines.lines(g.session, row.minutes).standing if one.item_id == item_id)
    there = [one for one in meetings.presences(g.session, meeting) if one.until_at is None]
    inside = {one.person_id for one in there}
    persons = people.persons(g.session, g.association.id)
    planned = meetings.planned(meeting)
    return render_template(
        "minutes/_room.html" if "del" in request.args else "minutes/room.html",
        row=row,
        meeting=meeting,
        number=label,
        participation=participations(g.session, row.minutes, rows)[row.id],
        there=there,
        outside=[person for person in persons if person.id not in inside],
        clock=print_time(meeting_rules.suggested_clock(planned, g.now), current()),
        grounds={ground.value: told for ground, told in WORDS[RecusalGround].items()},
    )


@blueprint.post("/paragraf/<int:item_id>/borjar")
@access.office
def begins(meeting_id: int, item_id: int) -> Response:
    """The meeting takes the § up: now, or at the time that is told; with ``never`` the time is taken back."""

    def act(row: MinuteItem) -> object:
        at = None if "never" in request.form else _moment(row)
        taking_up.begin_item(g.session, row, at=at, now=g.now, actor=actor())
        return _("Paragrafen togs upp kl. %(clock)s.", clock=_printed(at)) if at else _("Tiden är borttagen.")

    return _done(meeting_id, item_id, act)


@blueprint.post("/paragraf/<int:item_id>/kommer")
@access.office
def comes(meeting_id: int, item_id: int) -> Response:
    """Somebody comes into the room."""

    def act(row: MinuteItem) -> object:
        person, at = _person(), _moment(row)
        mark = attending.mark_from(g.session, at=at, first=None)
        attending.come(g.session, row.minutes.meeting, person=person, mark=mark, now=g.now, actor=actor())
        return _("%(name)s kom kl. %(clock)s.", name=person.name, clock=_printed(at))

    return _done(meeting_id, item_id, act)


@blueprint.post("/paragraf/<int:item_id>/gar")
@access.office
def leaves(meeting_id: int, item_id: int) -> Response:
    """Somebody leaves the room."""

    def act(row: MinuteItem) -> object:
        there = meetings.presence(g.session, g.association.id, meeting_id, request.form.get("presence_id", 0, int))
        at = _moment(row, there.from_at)
        mark = attending.mark_until(g.session, at=at, last=None)
        attending.leave(g.session, row.minutes.meeting, there, mark=mark, now=g.now, actor=actor())
        return _("%(name)s gick kl. %(clock)s.", name=there.person.name, clock=_printed(at))

    return _done(meeting_id, item_id, act)


@blueprint.post("/paragraf/<int:item_id>/jav")
@access.office
def disqualified(meeting_id: int, item_id: int) -> Response:
    """Somebody is disqualified in the §; the next substitute is called."""

    def act(row: MinuteItem) -> object:
        ground = request.form.get("ground", "")
        if ground not in list(RecusalGround):
            raise RuleBroken("Välj en grund för jävet.", field="ground")
        person = _person()
        recusing.recuse(g.session, row, person=person, ground=RecusalGround(ground), now=g.now, actor=actor())
        return _("%(name)s är jävig i paragrafen.", name=person.name)

    return _done(meeting_id, item_id, act)


def _done(meeting_id: int, item_id: int, act: Callable[[MinuteItem], object]) -> Response:
    """Do it and go back to the desk, with a line that says what was done or why not."""
    row = item_at(meeting_id, item_id)
    back = to_item(meeting_id, item_id, "rummet")
    try:
        told = act(row)
    except RuleBroken as broken:
        return refused(broken, back)
    flash(str(told), "success")
    return back


def _person() -> Person:
    return people.person(g.session, g.association.id, request.form.get("person_id", 0, int))


def _moment(row: MinuteItem, after: datetime | None = None) -> datetime:
    """The moment of the meeting that is told; now, where none is. Raises RuleBroken for what is no time of day."""
    form = RoomForm()
    planned = meetings.planned(row.minutes.meeting)
    if form.clock.raw_data and any(form.clock.raw_data):
        if not form.clock.validate(form) or form.clock.data is None:
            raise RuleBroken("Skriv klockslaget så här: 11.30.", field="clock")
        return meeting_rules.moment_in_meeting(planned, form.clock.data, after)
    return meeting_rules.moment_in_meeting(planned, meeting_rules.suggested_clock(planned, g.now), after)


def _printed(moment: datetime) -> str:
    return print_time(local(moment).time(), current())
