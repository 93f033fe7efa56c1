"""The agenda: add, write, move and withdraw its items."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.meetings import ItemForm, PlaceForm
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import operations, queries
from paragraf.meetings.models import AgendaItem, ItemKind, Meeting
from paragraf.meetings.rules import ItemText, StaleItem
from webapp import access
from webapp.acting import actor, tell_in
from webapp.meetings.base import blueprint, meeting_at, refusals_told

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
    return to_agenda(meeting)


@blueprint.get("/<int:meeting_id>/punkter/<int:item_id>/")
@access.office
def item(meeting_id: int, item_id: int) -> str:
    """The item's text, to change."""
    found = item_at(meeting_id, item_id)
    if found.withdrawn_at is not None:
        raise NotThere("Punkten finns inte på dagordningen.")
    return _item_page(ItemForm(obj=found, kind=found.kind.value), found.meeting, found)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/")
@access.office
def edit_item(meeting_id: int, item_id: int) -> Page:
    """Save the item over the version that the writer saw; a stale save shows both texts (law 5)."""
    found, form = item_at(meeting_id, item_id), ItemForm()
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
    return to_agenda(found.meeting)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/flytta")
@access.office
def move_item(meeting_id: int, item_id: int) -> Response:
    """Put the item at another place."""
    found, form = item_at(meeting_id, item_id), PlaceForm()
    if form.validate():
        with refusals_told():
            operations.move_item(g.session, found, place=form.place.data or 1, now=g.now, actor=actor())
    return to_agenda(found.meeting)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/ta-bort")
@access.office
def withdraw_item(meeting_id: int, item_id: int) -> Response:
    """Take the item off the agenda."""
    found = item_at(meeting_id, item_id)
    with refusals_told():
        operations.withdraw_item(g.session, found, now=g.now, actor=actor())
        flash(_("Punkten ”%(heading)s” är borttagen från dagordningen.", heading=found.heading), "success")
    return to_agenda(found.meeting)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/lagg-tillbaka")
@access.office
def restore_item(meeting_id: int, item_id: int) -> Response:
    """Put a withdrawn item back."""
    found = item_at(meeting_id, item_id)
    with refusals_told():
        operations.restore_item(g.session, found, now=g.now, actor=actor())
    return to_agenda(found.meeting)


def item_at(meeting_id: int, item_id: int) -> AgendaItem:
    """An item of the association's own meeting, withdrawn or not; raises NotThere."""
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


def to_agenda(meeting: Meeting) -> Response:
    """Back to the agenda."""
    return redirect(url_for("meetings.show", meeting_id=meeting.id) + "#dagordning")
