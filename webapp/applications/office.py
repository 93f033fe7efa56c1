"""The office's pages about one application: all that is known of it, its way to a meeting, what was granted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.applications import AgendaForm, OutcomeForm
from forms.handling import ExtendForm, NoteForm, OpinionForm, WithdrawForm
from paragraf.applications import notes, preparing, queries, withdrawing
from paragraf.applications.agenda_text import background_for_agenda, proposal_for_agenda
from paragraf.applications.checks import Check, checks
from paragraf.applications.completing import received
from paragraf.applications.filled import Filled
from paragraf.applications.models import Application
from paragraf.applications.rules import SETTLED, must_be_open
from paragraf.core.dates import local, local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.printing import print_date
from paragraf.grants import queries as granted
from paragraf.grants.models import ConditionOutcome
from paragraf.meetings import operations as meetings
from paragraf.meetings import queries as planned
from paragraf.meetings import returning
from paragraf.meetings.models import Meeting
from paragraf.questions.definition import Purpose
from paragraf.register import queries as register
from paragraf.register.models import Matter
from webapp import access
from webapp.applications.door import blueprint
from webapp.applications.standing import standing_of
from webapp.edge import undo
from webapp.language import current, told


@blueprint.get("/<slug>/ansokningar/<int:year>/<int:number>/")
@access.office
def office_one(year: int, number: int) -> str:
    """One application: what it says, how it is prepared, its documents, what was granted."""
    return page_of(the_application(year, number))


def the_application(year: int, number: int) -> Application:
    """The association's own, by its register number; raises NotThere."""
    return queries.application(g.session, g.association.id, year, number)


def back_to(application: Application, anchor: str = "") -> Response:
    """The page of the application, at a place in it."""
    matter = matter_of(application)
    address = url_for("applications.office_one", year=matter.year, number=matter.number, _anchor=anchor or None)
    return redirect(address, 303)


def matter_of(application: Application) -> Matter:
    """The matter that the application opened; NotThere for what has none."""
    if application.matter is None:
        raise NotThere("Ansökan finns inte i diariet.")
    return application.matter


def page_of(application: Application, **forms: Any) -> str:
    """The page; ``forms`` are those that were not taken, with what is wrong in them, by their names in ``_forms``."""
    shown = received.received(g.session, application, local_date(g.now))
    standing = standing_of(g.session, application, g.now)
    return render_template(
        "applications/show.html",
        application=application,
        filled=shown,
        blocks=shown.blocks(current()),
        standing=standing,
        is_settled=standing.state in SETTLED,
        is_application=application.purpose is Purpose.APPLICATION,
        years=granted.by_year(shown.facts.amount_by_year, standing.grants),
        documents=register.documents(g.session, matter_of(application)),
        completions=received.completions(g.session, application),
        opinions=preparing.opinions(g.session, application),
        checks=checks_of(application, shown),
        notes=notes.notes(g.session, application),
        today=local_date(g.now),
        **{**_forms(), **forms},
    )


def checks_of(application: Application, shown: Filled) -> tuple[Check, ...]:
    """The application's checks as they stand."""
    made: Mapping[str, Any] = preparing.made_checks(g.session, application)
    return checks(shown, application.call, application.submitted_at or g.now, made)


def _forms() -> dict[str, Any]:
    """The forms of the page as they are before anything is typed."""
    return {
        "form": _agenda_form(),
        "outcome_form": OutcomeForm(day=local_date(g.now)),
        "extend_form": ExtendForm(formdata=None),
        "opinion_form": opinion_form(formdata=None, given_on=local_date(g.now)),
        "note_form": NoteForm(formdata=None),
        "withdraw_form": WithdrawForm(formdata=None),
        "check_errors": {},
    }


def opinion_form(**values: Any) -> OpinionForm:
    """The form with the bodies that may give an opinion."""
    form = OpinionForm(**values)
    form.offer((body.id, body.name) for body in preparing.bodies(g.session, g.association.id))
    return form


@blueprint.get("/<slug>/ansokningar/<int:year>/<int:number>/utskrift")
@access.member
def print_view(year: int, number: int) -> str:
    """The whole application on one page made for printing, for the office and those with a seat. No notes are in it."""
    application = the_application(year, number)
    shown = received.received(g.session, application, local_date(g.now))
    return render_template(
        "applications/print.html",
        application=application,
        filled=shown,
        blocks=shown.blocks(current()),
        standing=standing_of(g.session, application, g.now),
        opinions=preparing.standing_opinions(g.session, application),
    )


# --- to a meeting ----------------------------------------------------------------------------------------------------


def _coming() -> list[Meeting]:
    return [one for one in planned.coming(g.session, g.association.id, g.now) if one.cancelled_at is None]


def _agenda_form() -> AgendaForm:
    form = AgendaForm()
    form.offer((one.id, _told(one)) for one in _coming())
    return form


def _told(meeting: Meeting) -> str:
    return f"{meeting.body.name}, {print_date(local(meeting.starts_at).date(), current())}"


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/dagordning")
@access.office
def add_to_agenda(year: int, number: int) -> Response | tuple[str, int]:
    """Put the application on a coming meeting's agenda, with what it says as background."""
    application, form = the_application(year, number), _agenda_form()
    if not form.validate():
        return page_of(application, form=form), 422
    meeting = planned.meeting(g.session, g.association.id, form.meeting.data)
    try:
        must_be_open(standing_of(g.session, application, g.now).state)
        meetings.add_matter_to_agenda(
            g.session,
            meeting,
            matter_of(application),
            background=background_for_agenda(g.session, application),
            proposal=proposal_for_agenda(g.session, application),
            now=g.now,
            actor=access.me().name,
        )
    except RuleBroken as broken:
        undo()
        form.meeting.errors = [told(broken)]
        return page_of(the_application(year, number), form=form), 422
    flash(_("Ansökan står nu på dagordningen för %(meeting)s.", meeting=_told(meeting)), "success")
    return redirect(url_for("applications.office_one", year=year, number=number), 303)


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/aterta")
@access.office
def withdraw(year: int, number: int) -> Response | tuple[str, int]:
    """Those who apply have told the office that they take the application back."""
    application, form = the_application(year, number), WithdrawForm()
    if not form.validate():
        return page_of(application, withdraw_form=form), 422
    reason = form.reason.data or ""
    try:
        withdrawing.withdraw(g.session, application, reason=reason, now=g.now, actor=access.me().name)
    except RuleBroken as broken:
        undo()
        form.reason.errors = [told(broken)]
        return page_of(the_application(year, number), withdraw_form=form), 422
    flash(_("Ansökan är återtagen och ärendet avslutat. De sökande har fått ett mejl."), "success")
    return back_to(application)


# --- what was granted ------------------------------------------------------------------------------------------------


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/villkor/<int:condition_id>")
@access.office
def settle(year: int, number: int, condition_id: int) -> Response:
    """Say how a condition of the grant went."""
    condition = granted.condition(g.session, the_application(year, number), condition_id)
    form = OutcomeForm()
    if form.validate() and form.day.data is not None:
        returning.settle_condition(
            g.session,
            condition,
            outcome=ConditionOutcome(form.outcome.data),
            day=form.day.data,
            now=g.now,
            actor=access.me().name,
        )
        flash(_("Villkoret är avgjort."), "success")
    else:
        flash(" ".join(str(text) for texts in form.errors.values() for text in texts), "error")
    return redirect(url_for("applications.office_one", year=year, number=number, _anchor="beviljat"), 303)
