"""What is drawn in to the agenda: what waits, any open matter of the register, the body's standing items."""

from __future__ import annotations

from flask import flash, g
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from forms.agenda import DrawForm, MatterForm
from paragraf.chain import AGENDA_SOURCES
from paragraf.core.errors import NotThere
from paragraf.meetings import sources, standing
from paragraf.register import queries as register
from webapp import access
from webapp.acting import actor
from webapp.meetings.agenda import to_agenda
from webapp.meetings.base import blueprint, meeting_at, refusals_told


@blueprint.post("/<int:meeting_id>/ta-upp")
@access.office
def draw_in(meeting_id: int) -> Response:
    """Take up one of the things that wait."""
    meeting, form = meeting_at(meeting_id), DrawForm()
    if not form.validate():
        raise NotThere("Det finns inget sådant att ta upp.")
    with refusals_told():
        item = sources.draw_in(
            g.session,
            meeting,
            AGENDA_SOURCES,
            source=form.source.data or "",
            row_id=form.row_id.data or 0,
            now=g.now,
            actor=actor(),
        )
        flash(_("”%(heading)s” står på dagordningen.", heading=item.heading), "success")
    return to_agenda(meeting)


@blueprint.post("/<int:meeting_id>/arenden")
@access.office
def add_matter(meeting_id: int) -> Response:
    """Put any open matter on the agenda, with what an application brings: background and proposed decision."""
    meeting, form = meeting_at(meeting_id), MatterForm()
    if not form.validate():
        raise NotThere("Ärendet finns inte i diariet.")
    matter = register.matter_by_id(g.session, g.association.id, form.matter_id.data or 0)
    with refusals_told():
        sources.draw_matter(g.session, meeting, matter, now=g.now, actor=actor())
        flash(_("Ärendet %(number)s står på dagordningen.", number=matter.register_number), "success")
    return to_agenda(meeting)


@blueprint.post("/<int:meeting_id>/staende-punkter")
@access.office
def add_standing(meeting_id: int) -> Response:
    """Put on the standing items that the agenda has not had."""
    meeting = meeting_at(meeting_id)
    with refusals_told():
        added = standing.put_on(g.session, meeting, now=g.now, actor=actor())
        flash(ngettext("%(num)s stående punkt lades in.", "%(num)s stående punkter lades in.", len(added)), "success")
    return to_agenda(meeting)
