"""Matters follow to another meeting: when theirs is cancelled, and when it has been moved past the next one."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs

from forms.meetings import CancelForm
from forms.year_plan import CarryForm
from paragraf.core.errors import RuleBroken
from paragraf.meetings import carrying, queries
from paragraf.meetings.models import Meeting
from paragraf.meetings.rules import State
from webapp import access
from webapp.acting import actor, tell_in
from webapp.meetings.base import blueprint, meeting_at
from webapp.printing import print_day

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:meeting_id>/stall-in")
@access.office
def ask_to_cancel(meeting_id: int) -> str:
    """Ask why, and where its matters are to go."""
    meeting = meeting_at(meeting_id)
    return _cancel_page(meeting, CancelForm(), _carry_form(meeting, chosen=True))


@blueprint.post("/<int:meeting_id>/stall-in")
@access.office
def cancel(meeting_id: int) -> Page:
    """Cancel the meeting, tell those invited, and let its matters follow."""
    meeting, form = meeting_at(meeting_id), CancelForm()
    follow = _carry_form(meeting)
    if not (form.validate() and follow.validate()):
        return _cancel_page(meeting, form, follow), 422
    try:
        carried = carrying.cancel_and_carry(
            g.session,
            meeting,
            reason=form.reason.data or "",
            to=meeting_at(follow.to.data) if follow.to.data else None,
            item_ids=follow.items.data or [],
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        tell_in(form, broken)
        return _cancel_page(meeting, form, follow), 422
    flash(_("Sammanträdet är inställt. De som var kallade får ett mejl."), "success")
    if carried:
        flash(_told_carried(len(carried), carried[0].meeting), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


@blueprint.get("/<int:meeting_id>/flytta-arenden")
@access.office
def choose_items(meeting_id: int) -> str:
    """Ask which items are to go where."""
    meeting = meeting_at(meeting_id)
    return _carry_page(meeting, _carry_form(meeting, chosen=True))


@blueprint.post("/<int:meeting_id>/flytta-arenden")
@access.office
def carry_items(meeting_id: int) -> Page:
    """Put the items on the other agenda."""
    meeting = meeting_at(meeting_id)
    form = _carry_form(meeting)
    if not form.validate() or not form.to.data:
        return _carry_page(meeting, form), 422
    to = meeting_at(form.to.data)
    try:
        carried = carrying.carry_items(
            g.session, meeting, to=to, item_ids=form.items.data or [], now=g.now, actor=actor()
        )
    except RuleBroken as broken:
        tell_in(form, broken)
        return _carry_page(meeting_at(meeting_id), form), 422
    flash(_told_carried(len(carried), to), "success")
    return redirect(url_for("meetings.show", meeting_id=to.id), 303)


def _told_carried(count: int, to: Meeting) -> str:
    return str(
        ngettext(
            "%(num)s punkt står nu på dagordningen den %(day)s.",
            "%(num)s punkter står nu på dagordningen den %(day)s.",
            count,
            day=print_day(to.starts_at),
        )
    )


def _carry_form(meeting: Meeting, *, chosen: bool = False) -> CarryForm:
    waiting = carrying.waiting_items(g.session, meeting)
    others = carrying.targets(g.session, meeting, g.now)
    nearest = others[0].id if others else 0
    # The office has just opened the page: everything follows to the nearest meeting unless it says otherwise.
    form = CarryForm(formdata=None, to=nearest, items=[item.id for item in waiting]) if chosen else CarryForm()
    days = [SelectChoice(one.id, f"{one.body.name}, {print_day(one.starts_at)}") for one in others]
    form.to.choices = [*days, SelectChoice(0, _("Inget: punkterna får vänta"))]
    form.items.choices = [SelectChoice(item.id, item.heading) for item in waiting]
    return form


def _cancel_page(meeting: Meeting, form: CancelForm, follow: CarryForm) -> str:
    return render_template(
        "meetings/cancel.html",
        form=form,
        follow=follow,
        meeting=meeting,
        has_targets=bool(carrying.targets(g.session, meeting, g.now)),
    )


def _carry_page(meeting: Meeting, form: CarryForm) -> str:
    return render_template(
        "meetings/carry.html",
        form=form,
        meeting=meeting,
        has_targets=bool(carrying.targets(g.session, meeting, g.now)),
        allowed=queries.state(g.session, meeting, g.now) not in {State.UNDER_WAY, State.HELD},
    )


@blueprint.app_template_global()
def left_items(meeting: Meeting) -> list[carrying.Left]:
    """For a cancelled meeting's page: where its items went on."""
    return carrying.left_items(g.session, meeting)


@blueprint.app_template_global()
def left_behind(meeting: Meeting) -> list[Meeting]:
    """For a coming meeting's page: the cancelled ones whose items wait still."""
    return carrying.left_behind(g.session, meeting)


@blueprint.app_template_global()
def overtaken_by(meeting: Meeting) -> Meeting | None:
    """For a coming meeting's page: the body's meeting that now comes before it, if it was the next one."""
    waits = carrying.waiting_items(g.session, meeting)
    return carrying.overtaken_by(g.session, meeting, g.now) if waits else None
