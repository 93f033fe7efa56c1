"""Attachments of an agenda item: upload, pick from the matter, order, take away."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.agenda import AttachFileForm, DocumentForm, StepForm
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import attachments
from paragraf.meetings.models import AgendaItem
from paragraf.minutes.agenda_attachments import follow_agenda, must_not_be_in_minutes
from paragraf.register import queries as register
from webapp import access
from webapp.acting import actor, tell_in
from webapp.meetings.agenda import item_at
from webapp.meetings.base import blueprint, refusals_told

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:meeting_id>/punkter/<int:item_id>/bilagor")
@access.office
def item_attachments(meeting_id: int, item_id: int) -> str:
    """The item's attachments, and what lies in its matter."""
    return _page(_there(meeting_id, item_id), AttachFileForm())


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/bilagor")
@access.office
def attach_file(meeting_id: int, item_id: int) -> Page:
    """Add a file."""
    item, form = item_at(meeting_id, item_id), AttachFileForm()
    if not form.validate():
        return _page(item, form), 422
    file = form.file.data
    try:
        row = attachments.attach_file(
            g.session,
            item,
            title=form.title.data or "",
            filename=file.filename,
            content=file.read(),
            now=g.now,
            actor=actor(),
        )
        follow_agenda(g.session, row, now=g.now, actor=actor())
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(item, form), 422
    flash(_("Bilagan ”%(title)s” är tillagd.", title=row.title), "success")
    return _to_item(item)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/bilagor/ur-arendet")
@access.office
def attach_document(meeting_id: int, item_id: int) -> Response:
    """Let a document of the matter be an attachment."""
    item, form = item_at(meeting_id, item_id), DocumentForm()
    if not form.validate():
        raise NotThere("Handlingen finns inte.")
    document = register.document(g.session, g.association.id, form.document_id.data or 0)
    with refusals_told():
        row = attachments.attach_document(g.session, item, document, now=g.now, actor=actor())
        follow_agenda(g.session, row, now=g.now, actor=actor())
        flash(_("Bilagan ”%(title)s” är tillagd.", title=row.title), "success")
    return _to_item(item)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/bilagor/<int:attachment_id>/flytta")
@access.office
def move_attachment(meeting_id: int, item_id: int, attachment_id: int) -> Response:
    """One place earlier or later, before it has its number."""
    item, form = item_at(meeting_id, item_id), StepForm()
    row = attachments.attachment(g.session, g.association.id, meeting_id, attachment_id)
    if form.validate():
        with refusals_told():
            attachments.move_attachment(g.session, row, step=form.step.data or 1, now=g.now, actor=actor())
    return _to_item(item)


@blueprint.post("/<int:meeting_id>/punkter/<int:item_id>/bilagor/<int:attachment_id>/ta-bort")
@access.office
def remove_attachment(meeting_id: int, item_id: int, attachment_id: int) -> Response:
    """Take it away. A number that was told is not given to another."""
    item = item_at(meeting_id, item_id)
    row = attachments.attachment(g.session, g.association.id, meeting_id, attachment_id)
    with refusals_told():
        must_not_be_in_minutes(g.session, row)
        attachments.remove_attachment(g.session, row, now=g.now, actor=actor())
        if row.number is None:
            flash(_("Bilagan ”%(title)s” är borttagen.", title=row.title), "success")
        else:
            flash(
                _(
                    "Bilaga %(number)s utgår, och numret används inte igen. Skicka kallelsen på nytt, så vet alla det.",
                    number=row.number,
                ),
                "success",
            )
    return _to_item(item)


def _there(meeting_id: int, item_id: int) -> AgendaItem:
    found = item_at(meeting_id, item_id)
    if found.withdrawn_at is not None:
        raise NotThere("Punkten finns inte på dagordningen.")
    return found


def _page(item: AgendaItem, form: AttachFileForm) -> str:
    told = attachments.by_item(attachments.labelled(g.session, item.meeting)).get(item.id, [])
    unnumbered = [one.row.id for one in told if not one.is_told]
    return render_template(
        "meetings/attachments.html",
        item=item,
        meeting=item.meeting,
        form=form,
        attached=told,
        movable_up=set(unnumbered[1:]),
        movable_down=set(unnumbered[:-1]),
        documents=attachments.documents_to_attach(g.session, item),
    )


def _to_item(item: AgendaItem) -> Response:
    return redirect(url_for("meetings.item_attachments", meeting_id=item.meeting_id, item_id=item.id))
