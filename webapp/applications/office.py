"""The office's pages: what came in, one application beside what was granted, its way to a meeting."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.applications import AgendaForm, OutcomeForm
from paragraf.applications import queries
from paragraf.applications.filled import filled
from paragraf.applications.models import Application
from paragraf.core.dates import local, local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.printing import print_date
from paragraf.grants import queries as granted
from paragraf.grants.models import ConditionOutcome
from paragraf.meetings import operations as meetings
from paragraf.meetings import queries as planned
from paragraf.meetings import returning
from paragraf.meetings.models import Meeting
from paragraf.register import queries as register
from webapp import access
from webapp.applications.door import blueprint
from webapp.applications.standing import standing_of
from webapp.edge import undo
from webapp.language import current, told


@blueprint.get("/<slug>/ansokningar/")
@access.office
def office_list() -> str:
    """Every submitted application, the latest first; drafts are only counted."""
    lines = queries.submitted(g.session, g.association.id)
    return render_template(
        "applications/list.html",
        lines=lines,
        granted=granted.totals(g.session, g.association.id),
        states={line.application.id: standing_of(g.session, line.application, g.now).state for line in lines},
        drafts=queries.draft_count(g.session, g.association.id),
    )


@blueprint.get("/<slug>/ansokningar/<int:year>/<int:number>/")
@access.office
def office_one(year: int, number: int) -> str:
    """One application: what it says, its documents, what was granted."""
    return _page(_application(year, number), _agenda_form())


def _application(year: int, number: int) -> Application:
    return queries.application(g.session, g.association.id, year, number)


def _page(application: Application, form: AgendaForm) -> str:
    shown = filled(g.session, application, local_date(g.now))
    standing = standing_of(g.session, application, g.now)
    return render_template(
        "applications/show.html",
        application=application,
        filled=shown,
        blocks=shown.blocks(current()),
        standing=standing,
        years=granted.by_year(shown.facts.amount_by_year, standing.grants),
        documents=register.documents(g.session, application.matter) if application.matter else [],
        form=form,
        outcome_form=OutcomeForm(day=local_date(g.now)),
    )


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
    application, form = _application(year, number), _agenda_form()
    if not form.validate():
        return _page(application, form), 422
    meeting = planned.meeting(g.session, g.association.id, form.meeting.data)
    matter = application.matter
    if matter is None:
        raise NotThere("Ansökan finns inte i diariet.")
    try:
        meetings.add_matter_to_agenda(
            g.session,
            meeting,
            matter,
            background=queries.background_for_agenda(g.session, application),
            now=g.now,
            actor=access.me().name,
        )
    except RuleBroken as broken:
        undo()
        form.meeting.errors = [told(broken)]
        return _page(_application(year, number), form), 422
    flash(_("Ansökan står nu på dagordningen för %(meeting)s.", meeting=_told(meeting)), "success")
    return redirect(url_for("applications.office_one", year=year, number=number), 303)


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/villkor/<int:condition_id>")
@access.office
def settle(year: int, number: int, condition_id: int) -> Response:
    """Say how a condition of the grant went."""
    condition = granted.condition(g.session, _application(year, number), condition_id)
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
