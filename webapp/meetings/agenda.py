"""The agenda: add, write, move, withdraw; matters that wait for a meeting."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.meetings import ItemForm, MatterForm, PlaceForm
from paragraf.applications import queries as applications
from paragraf.applications.agenda_text import background_for_agenda, proposal_for_agenda
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import operations, queries
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.meetings.rules import ItemText, StaleItem
from paragraf.register import queries as register
from paragraf.register.models import Matter
from webapp import access
from webapp.acting import actor, tell_in
from webapp.meetings.base import blueprint, meeting_at

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:meeting_id>/punkter/ny")
@access.office
def new_item(meeting_id: int) -> str:
    """An empty item."""
    return render_template("meetings/item.html", form=ItemForm(), meeting=meeting_at(meeting_id), item=None)


@blueprint.post("/<int:meeting_id>/punkter/ny")
@access.office
def add_item(meeting_id: int) -> Page:
    """Put the item last on the agenda."""
    meeting, form = meeting_at(meeting_id), ItemForm()
    if not form.validate():
        return _item_page(form, meeting), 422
    try:
        operations.add_item(g.session, meeting, **_text(form), now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return _item_page(form, meeting), 422
    return _to_agenda(meeting)


@blueprint.get("/<int:meeting_id>/punkter/<int:item_id>/")
@access.office
def item(meeting_id: int, item_id: int) -> str:
    """The item's text, to change."""
    found = _item_at(meeting_id, item_id)
    if found.withdrawn_at is not None:
        raise NotThere("Punkten finns inte på dagordningen.")
    return _item_page(ItemForm(obj=found, kind=found.kind.value), found.meeting, found)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/")
@access.office
def edit_item(meeting_id: int, item_id: int) -> Page:
    """Save the item over the version that the writer saw; a stale save shows both texts (law 5)."""
    found, form = _item_at(meeting_id, item_id), ItemForm()
    if not form.validate():
        return _item_page(form, found.meeting, found), 422
    try:
        version = int(form.version.data or 0)
        operations.edit_item(g.session, found, version=version, **_text(form), now=g.now, actor=actor())
    except StaleItem as stale:
        tell_in(form, stale)
        # What the next save is compared with is the text that the writer is shown now.
        form.version.data = str(stale.version)
        return _item_page(form, found.meeting, found, theirs=stale.theirs), 409
    except RuleBroken as broken:
        tell_in(form, broken)
        return _item_page(form, found.meeting, found), 422
    flash(_("Punkten är sparad."), "success")
    return _to_agenda(found.meeting)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/flytta")
@access.office
def move_item(meeting_id: int, item_id: int) -> Response:
    """Put the item at another place."""
    found, form = _item_at(meeting_id, item_id), PlaceForm()
    if form.validate():
        operations.move_item(g.session, found, place=form.place.data or 1, now=g.now, actor=actor())
    return _to_agenda(found.meeting)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/ta-bort")
@access.office
def withdraw_item(meeting_id: int, item_id: int) -> Response:
    """Take the item off the agenda."""
    found = _item_at(meeting_id, item_id)
    operations.withdraw_item(g.session, found, now=g.now, actor=actor())
    flash(_("Punkten ”%(heading)s” är borttagen från dagordningen.", heading=found.heading), "success")
    return _to_agenda(found.meeting)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/lagg-tillbaka")
@access.office
def restore_item(meeting_id: int, item_id: int) -> Response:
    """Put a withdrawn item back."""
    found = _item_at(meeting_id, item_id)
    operations.restore_item(g.session, found, now=g.now, actor=actor())
    return _to_agenda(found.meeting)


@blueprint.post("/<int:meeting_id>/arenden")
@access.office
def add_matter(meeting_id: int) -> Response:
    """Put a waiting matter on the agenda, with what the application brings: background and proposed decision."""
    meeting, form = meeting_at(meeting_id), MatterForm()
    if not form.validate():
        raise NotThere("Ärendet finns inte i diariet.")
    matter = register.matter_by_id(g.session, g.association.id, form.matter_id.data or 0)
    operations.add_matter_to_agenda(g.session, meeting, matter, **_brought(matter), now=g.now, actor=actor())
    flash(_("Ärendet %(number)s står på dagordningen.", number=matter.register_number), "success")
    return _to_agenda(meeting)


def _brought(matter: Matter) -> dict[str, str]:
    application = applications.application_of_matter(g.session, g.association.id, matter.id)
    if application is None:
        return {}
    return {
        "background": background_for_agenda(g.session, application),
        "proposal": proposal_for_agenda(g.session, application),
    }


def _item_at(meeting_id: int, item_id: int) -> AgendaItem:
    return queries.agenda_item(g.session, g.association.id, meeting_id, item_id)


def _item_page(form: ItemForm, meeting: Meeting, item: AgendaItem | None = None, theirs: ItemText | None = None) -> str:
    return render_template("meetings/item.html", form=form, meeting=meeting, item=item, theirs=theirs)


def _text(form: ItemForm) -> dict[str, Any]:
    return {
        "kind": ItemKind(form.kind.data),
        "heading": form.heading.data or "",
        "background": form.background.data or "",
        "proposal": form.proposal.data or "",
    }


def _to_agenda(meeting: Meeting) -> Response:
    return redirect(url_for("meetings.show", meeting_id=meeting.id) + "#dagordning")
