"""What the office writes while it prepares an application: opinions that came, checks made, its own notes."""

from __future__ import annotations

from flask import flash, g, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.handling import CheckForm, NoteForm
from paragraf.applications import notes, preparing
from paragraf.applications.models import CheckOutcome, Verdict
from paragraf.core.errors import RuleBroken
from paragraf.people import queries as people
from webapp import access
from webapp.applications.door import blueprint
from webapp.applications.office import back_to, opinion_form, page_of, the_application
from webapp.edge import undo
from webapp.language import told


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/yttrande")
@access.office
def give_opinion(year: int, number: int) -> Response | tuple[str, int]:
    """Keep what a preparatory body said."""
    application, form = the_application(year, number), opinion_form()
    if not form.validate() or form.given_on.data is None:
        return page_of(application, opinion_form=form), 422
    try:
        preparing.give_opinion(
            g.session,
            application,
            body=people.body(g.session, g.association.id, form.body.data),
            verdict=Verdict(form.verdict.data),
            text=form.text.data or "",
            given_on=form.given_on.data,
            now=g.now,
            actor=access.me().name,
        )
    except RuleBroken as broken:
        undo()
        form[broken.field or "body"].errors = [told(broken)]
        return page_of(the_application(year, number), opinion_form=form), 422
    flash(_("Yttrandet är sparat."), "success")
    return back_to(application, "yttranden")


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/kontroll")
@access.office
def make_check(year: int, number: int) -> Response | tuple[str, int]:
    """Keep how a check went."""
    application, form, key = the_application(year, number), CheckForm(), request.form.get("check", "")
    if not form.validate():
        return _not_checked(year, number, key, " ".join(str(one) for each in form.errors.values() for one in each))
    try:
        preparing.make_check(
            g.session,
            application,
            key=key,
            outcome=CheckOutcome(form.outcome.data),
            remark=form.remark.data or "",
            now=g.now,
            actor=access.me().name,
        )
    except RuleBroken as broken:
        if broken.field is None:
            raise
        undo()
        return _not_checked(year, number, key, told(broken))
    flash(_("Kontrollen är sparad."), "success")
    return back_to(application, "kontroller")


def _not_checked(year: int, number: int, key: str, why: str) -> tuple[str, int]:
    return page_of(the_application(year, number), check_errors={key: why}), 422


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/anteckning")
@access.office
def write_note(year: int, number: int) -> Response | tuple[str, int]:
    """Keep a working note."""
    application, form = the_application(year, number), NoteForm()
    try:
        notes.write(g.session, application, text=form.text.data or "", now=g.now, actor=access.me().name)
    except RuleBroken as broken:
        undo()
        form.text.errors = [told(broken)]
        return page_of(the_application(year, number), note_form=form), 422
    flash(_("Anteckningen är sparad."), "success")
    return back_to(application, "anteckningar")


@blueprint.post("/<slug>/ansokningar/<int:year>/<int:number>/anteckning/<int:note_id>/ta-bort")
@access.office
def remove_note(year: int, number: int, note_id: int) -> Response:
    """Throw a working note away."""
    application = the_application(year, number)
    notes.remove(g.session, notes.note(g.session, application, note_id), now=g.now, actor=access.me().name)
    flash(_("Anteckningen är borttagen."), "success")
    return back_to(application, "anteckningar")
