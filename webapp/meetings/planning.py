"""The meetings of the year, and one meeting: plan, move, cancel."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.meetings import MeetingForm
from paragraf.core.dates import local, local_date, utc_moment, working_day_on_or_before
from paragraf.core.errors import RuleBroken
from paragraf.meetings import operations, queries, rules
from paragraf.meetings.models import Meeting, MeetingMode
from paragraf.people import queries as people
from webapp import access
from webapp.acting import actor, tell_in
from webapp.meetings.base import blueprint, meeting_at

Page = str | tuple[str, int] | Response


@blueprint.get("/")
@access.member
def all_meetings() -> str:
    """Meetings to come and meetings held."""
    association_id = g.association.id
    with_states = {
        key: [(meeting, queries.state(g.session, meeting, g.now)) for meeting in found]
        for key, found in (
            ("coming", queries.coming(g.session, association_id, g.now)),
            ("held", queries.held(g.session, association_id, g.now)),
        )
    }
    return render_template("meetings/list.html", **with_states)


def notice_days(meeting: Meeting) -> dict[str, Any]:
    """The last day for the notice, the recommended one, and whether the last day has passed."""
    day = local_date(meeting.starts_at)
    rule = people.body_rule(g.session, meeting.body_id, day)
    last = rules.notice_last_day(day, rule.notice_days)
    return {
        "last": last,
        "recommended": working_day_on_or_before(last),
        "passed": local_date(g.now) > last,
        "source": rule.source,
    }


@blueprint.get("/nytt")
@access.office
def new() -> str:
    """The form for a new meeting; a working day four weeks ahead is suggested."""
    form = _form()
    form.day.data = working_day_on_or_before(local_date(g.now) + timedelta(weeks=4))
    return render_template("meetings/plan.html", form=form, meeting=None)


@blueprint.post("/nytt")
@access.office
def plan() -> Page:
    """Put the meeting into the calendar."""
    form = _form()
    if not form.validate():
        return render_template("meetings/plan.html", form=form, meeting=None), 422
    try:
        body = people.body(g.session, g.association.id, form.body_id.data)
        meeting = operations.plan_meeting(g.session, body=body, **_times(form), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return render_template("meetings/plan.html", form=form, meeting=None), 422
    flash(_("Sammanträdet är planerat. Ingen har fått kallelse än."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


@blueprint.get("/<int:meeting_id>/andra")
@access.office
def move(meeting_id: int) -> str:
    """The form for another time or place."""
    meeting = meeting_at(meeting_id)
    form = _form(move=True)
    start, end = local(meeting.starts_at), local(meeting.ends_at)
    form.day.data, form.starts.data, form.ends.data = start.date(), start.time(), end.time()
    form.place.data, form.mode.data = meeting.place, meeting.mode.value
    return render_template("meetings/plan.html", form=form, meeting=meeting)


@blueprint.post("/<int:meeting_id>/andra")
@access.office
def change(meeting_id: int) -> Page:
    """Save another time or place."""
    meeting = meeting_at(meeting_id)
    form = _form(move=True)
    if not form.validate():
        return render_template("meetings/plan.html", form=form, meeting=meeting), 422
    try:
        operations.change_meeting(g.session, meeting, **_times(form), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return render_template("meetings/plan.html", form=form, meeting=meeting), 422
    flash(_("Sammanträdet är ändrat. Är kallelsen redan skickad behöver den skickas igen."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


def _form(*, move: bool = False) -> MeetingForm:
    form = MeetingForm()
    if move:
        del form.body_id
    else:
        form.body_id.choices = [SelectChoice(body.id, body.name) for body in people.bodies(g.session, g.association.id)]
    return form


def _times(form: MeetingForm) -> dict[str, Any]:
    day, starts, ends = form.day.data, form.starts.data, form.ends.data
    # The form demands all three.
    assert isinstance(day, date)
    assert isinstance(starts, time)
    assert isinstance(ends, time)
    return {
        "starts_at": utc_moment(day, starts),
        "ends_at": utc_moment(day, ends),
        "place": form.place.data or "",
        "mode": MeetingMode(form.mode.data),
    }
