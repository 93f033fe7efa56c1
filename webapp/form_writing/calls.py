"""Calls for applications: all of them, a new one, one to change or cancel."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.form_writing import CallForm
from forms.templates import ButtonForm
from paragraf.applications.models import FundingCall, LatePolicy
from paragraf.applications.offered import calling, calls, form_list, publishing
from paragraf.applications.offered.call_rules import CallState, NewCall, last_moment, reminder_days
from paragraf.core.dates import local, utc_moment
from paragraf.core.errors import RuleBroken
from paragraf.questions.definition import Purpose
from webapp import access
from webapp.acting import actor, tell_in
from webapp.edge import undo
from webapp.form_writing.base import Page, blueprint
from webapp.language import current, told


@blueprint.get("/<slug>/utlysningar/")
@access.office
def all_calls() -> str:
    """Every call with its dates and how many write in it."""
    counts = calling.counts(g.session, g.association.id)
    lines = [
        (call, calls.state(call, g.now), counts.get(call.id, (0, 0)))
        for call in calls.all_calls(g.session, g.association.id)
    ]
    families = dict(_families())
    return render_template("form_writing/calls.html", lines=lines, families=families, may_call=bool(families))


@blueprint.get("/<slug>/utlysningar/ny")
@access.office
def new_call() -> str:
    """The form for a new call."""
    form = _form()
    form.opens_time.data, form.closes_time.data = time(8), time(23, 59)
    return _page(form, None)


@blueprint.post("/<slug>/utlysningar/ny")
@access.office
def make_call() -> Page:
    """Make the call."""
    form = _form()
    if not form.validate():
        return _page(form, None), 422
    try:
        family = publishing.find_family(g.session, g.association.id, form.family.data)
        call = calling.make_call(g.session, family, _new(form), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(form, None), 422
    flash(_("Utlysningen är sparad. Den öppnar och stänger av sig själv."), "success")
    return redirect(url_for("form_writing.call", call_id=call.id), 303)


@blueprint.get("/<slug>/utlysningar/<int:call_id>/")
@access.office
def call(call_id: int) -> str:
    """One call, to change while it is not over."""
    found = calls.find_call(g.session, g.association.id, call_id)
    return _page(_form(found), found)


@blueprint.post("/<slug>/utlysningar/<int:call_id>/")
@access.office
def change_call(call_id: int) -> Page:
    """Change the call; those who are writing are told of another last day."""
    found = calls.find_call(g.session, g.association.id, call_id)
    form = _form(found)
    if not form.validate():
        return _page(form, found), 422
    try:
        calling.change_call(g.session, found, _new(form), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(form, calls.find_call(g.session, g.association.id, call_id)), 422
    flash(_("Utlysningen är ändrad. Påminnelserna följer med sista dagen."), "success")
    return redirect(url_for("form_writing.call", call_id=call_id), 303)


@blueprint.post("/<slug>/utlysningar/<int:call_id>/stall-in")
@access.office
def cancel_call(call_id: int) -> Response:
    """Cancel the call; those who are writing are told."""
    found = calls.find_call(g.session, g.association.id, call_id)
    if ButtonForm().validate():
        try:
            calling.cancel_call(g.session, found, now=g.now, actor=actor())
            flash(_("Utlysningen är inställd."), "success")
        except RuleBroken as broken:
            undo()
            flash(told(broken), "error")
    return redirect(url_for("form_writing.call", call_id=call_id), 303)


def _page(form: CallForm, found: FundingCall | None) -> str:
    state = calls.state(found, g.now) if found else None
    return render_template(
        "form_writing/call.html",
        form=form,
        call=found,
        state=state,
        last=last_moment(found.closes_at) if found else None,
        reminders=reminder_days(found.closes_at, found.remind_days) if found else [],
        writing=len(calling.writing_in(g.session, found)) if found else 0,
        may_change=state in (None, CallState.COMING, CallState.OPEN),
    )


def _form(found: FundingCall | None = None) -> CallForm:
    form = CallForm(data=_stored(found) if found else None)
    if found:
        del form.family
    else:
        form.offer(_families())
    return form


def _families() -> list[tuple[int, str]]:
    """The forms that can be called for; a report is asked of each grantee."""
    return [
        (one.family.id, one.form.title.in_language(current()))
        for one in form_list.all_forms(g.session, g.association.id)
        if one.form.purpose is not Purpose.REPORT
    ]


def _stored(found: FundingCall) -> dict[str, Any]:
    opens, last = local(found.opens_at), local(last_moment(found.closes_at))
    return {
        "title": found.title,
        "information": found.information,
        "opens_day": opens.date(),
        "opens_time": opens.time(),
        "closes_day": last.date(),
        "closes_time": last.time(),
        "late_policy": found.late_policy.value,
        "earliest": found.earliest,
        "latest": found.latest,
        "remind": ", ".join(map(str, found.remind_days)),
    }


def _new(form: CallForm) -> NewCall:
    return NewCall(
        title=form.title.data or "",
        information=form.information.data or "",
        opens_at=_moment(form.opens_day.data, form.opens_time.data, "opens_time"),
        last_moment=_moment(form.closes_day.data, form.closes_time.data, "closes_time"),
        late_policy=LatePolicy(form.late_policy.data),
        earliest=form.earliest.data,
        latest=form.latest.data,
        remind_days=form.remind_days(),
    )


def _moment(day: date | None, clock: time | None, field: str) -> datetime:
    """The moment by Swedish clocks; a time that is skipped in spring is told at its field."""
    try:
        return utc_moment(day or date.max, clock or time())
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field=field, **broken.values) from None
