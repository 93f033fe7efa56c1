"""The notice: look at it, see who gets it, send it."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.meetings import SendForm
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import (
    document,
    notice_changes,
    opening,
    operations,
    package,
    queries,
    rules,
    sending,
)
from paragraf.meetings.models import Meeting
from paragraf.meetings.rules import State
from webapp import access
from webapp.acting import actor, tell_in
from webapp.downloads import send_bytes, send_word
from webapp.language import told
from webapp.meetings.base import blueprint, meeting_at
from webapp.meetings.planning import notice_days


@blueprint.get("/<int:meeting_id>/kallelse")
@access.office
def notice(meeting_id: int) -> str:
    """The notice as it would go out now, with its recipients and what stands in its way."""
    meeting = meeting_at(meeting_id)
    form = SendForm(sequence=meeting.calendar_sequence)
    last = queries.last_notice(g.session, meeting)
    if last is not None:
        form.with_files.data = "yes" if notice_changes.from_json(last.told).with_files else "no"
    return _page(meeting, form)


@blueprint.get("/<int:meeting_id>/kallelse.docx")
@access.office
def notice_preview(meeting_id: int) -> Response:
    """The notice as the Word file that would go out now. Nothing is kept."""
    meeting = meeting_at(meeting_id)
    content = document.render_notice(g.session, meeting, sender=access.me(), now=g.now)
    return send_word(content, _("utkast-kallelse.docx"))


@blueprint.post("/<int:meeting_id>/kallelse")
@access.office
def send_notice(meeting_id: int) -> str | tuple[str, int] | Response:
    """Send it. A second click sends nothing more."""
    meeting, form = meeting_at(meeting_id), SendForm()
    if not form.validate():
        return _page(meeting, form), 422
    try:
        operations.send_notice(
            g.session,
            meeting,
            now=g.now,
            actor=access.me(),
            sequence=form.sequence.data,
            with_files=form.with_files.data != "no",
        )
    except RuleBroken as broken:
        tell_in(form, broken)
        return _page(meeting, form), 422
    flash(_("Kallelsen är skickad till %(count)s personer.", count=len(queries.invited(g.session, meeting))), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


@blueprint.get("/<int:meeting_id>/kallelse/allt.pdf")
@access.member
def whole_notice(meeting_id: int) -> Response:
    """The latest notice and its attachments as one PDF."""
    meeting = meeting_at(meeting_id)
    last = queries.last_notice(g.session, meeting)
    if last is None:
        raise NotThere("Ingen kallelse är skickad än.")
    try:
        content = package.whole(g.session, last)
    except RuleBroken as broken:
        flash(told(broken), "error")
        return redirect(url_for("meetings.show", meeting_id=meeting.id) + "#kallelse")
    name = last.document.filename.removesuffix(".docx")
    return send_bytes(content, package.PDF, f"{name}-{_('med-bilagor')}.pdf")


@blueprint.post("/<int:meeting_id>/kallelse/last")
@access.member
def opened(meeting_id: int) -> Response | tuple[str, int]:
    """Whoever was called has read the notice: by the button, or by the page's script when it is shown."""
    meeting = meeting_at(meeting_id)
    opening.note_opened(g.session, meeting, access.me(), now=g.now)
    if request.headers.get("X-Requested-With") == "fetch":
        return "", 204
    flash(_("Tack. Kansliet ser att du har läst kallelsen."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting.id) + "#kallelse")


def _page(meeting: Meeting, form: SendForm) -> str:
    items = queries.agenda(g.session, meeting)
    state = queries.state(g.session, meeting, g.now)
    return render_template(
        "meetings/notice.html",
        meeting=meeting,
        form=form,
        # Not the form's own: after a refusal the writer has seen the meeting as it is now.
        sequence=meeting.calendar_sequence,
        fields=document.notice_fields(g.session, meeting, sender=access.me(), now=g.now),
        faults=rules.agenda_faults([queries.item_text(item) for item in items]),
        invited=queries.invited(g.session, meeting),
        changes=sending.unsent_changes(g.session, meeting),
        may_send=state in (State.PLANNED, State.NOTICE_SENT),
        sent_before=state is State.NOTICE_SENT,
        notice=notice_days(meeting),
        sender=actor(),
    )
