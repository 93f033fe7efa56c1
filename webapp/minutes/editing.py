"""The order of the §§ and their attachments."""

from __future__ import annotations

from flask import flash, g, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.minutes import AttachForm
from paragraf.core.errors import RuleBroken
from paragraf.minutes import operations
from webapp import access
from webapp.edge import undo
from webapp.language import told
from webapp.minutes.base import Page, actor, blueprint, item_at, minutes_at, refused, to_item
from webapp.minutes.desk import desk_page


@blueprint.post("/paragraf/ny")
@access.office
def add(meeting_id: int) -> Response:
    """A new §, after the one that is open or last."""
    after_id = request.form.get("after", type=int)
    after = item_at(meeting_id, after_id) if after_id else None
    try:
        row = operations.add_item(g.session, minutes_at(meeting_id), after=after, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, to_item(meeting_id, after_id))
    return to_item(meeting_id, row.id, "paragrafen")


@blueprint.post("/paragraf/fran-dagordningen")
@access.office
def fetch(meeting_id: int) -> Response:
    """§§ for what came on the agenda after the minutes were begun."""
    added = operations.add_from_agenda(g.session, minutes_at(meeting_id), now=g.now, actor=actor())
    return to_item(meeting_id, added[0].id if added else None)


@blueprint.post("/paragraf/<int:item_id>/flytta")
@access.office
def move(meeting_id: int, item_id: int) -> Response:
    """Put the § elsewhere: ``place``, 1 first."""
    row, place = item_at(meeting_id, item_id), request.form.get("place", 1, int)
    try:
        operations.move_item(g.session, row, place=place, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, to_item(meeting_id, item_id))
    return to_item(meeting_id, item_id)


@blueprint.post("/paragraf/<int:item_id>/ta-bort")
@access.office
def remove(meeting_id: int, item_id: int) -> Response:
    """Take the § out of the minutes; one that has its number needs ``reason``."""
    reason = request.form.get("reason", "")
    try:
        operations.remove_item(g.session, item_at(meeting_id, item_id), reason=reason, now=g.now, actor=actor())
    except RuleBroken as broken:
        return refused(broken, to_item(meeting_id, item_id))
    flash(_("Paragrafen är uttagen. Du kan ta tillbaka den under listan."), "success")
    return to_item(meeting_id, None)


@blueprint.post("/paragraf/<int:item_id>/bilaga")
@access.office
def attach(meeting_id: int, item_id: int) -> Page:
    """Add a file to the §."""
    row, form = item_at(meeting_id, item_id), AttachForm()
    if not form.validate():
        return desk_page(row.minutes, item_id, attach=form), 422
    file = form.file.data
    try:
        operations.attach(
            g.session,
            row,
            title=form.title.data or "",
            filename=file.filename,
            content=file.read(),
            now=g.now,
            actor=actor(),
        )
    except RuleBroken as broken:
        undo()
        form.file.errors = [told(broken)]
        return desk_page(row.minutes, item_id, attach=form), 422
    return to_item(meeting_id, item_id, "bilagor")


@blueprint.post("/paragraf/<int:item_id>/bilaga/<int:attachment_id>/ta-bort")
@access.office
def detach(meeting_id: int, item_id: int, attachment_id: int) -> Response:
    """Take a file from the §."""
    operations.detach(g.session, item_at(meeting_id, item_id), attachment_id, now=g.now, actor=actor())
    return to_item(meeting_id, item_id, "bilagor")
