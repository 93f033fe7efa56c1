"""One meeting with its agenda, its notice and what the body waits for."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

from paragraf.chain import AGENDA_SOURCES
from paragraf.core.dates import local_date
from paragraf.meetings import attachments, following, opening, package, queries, sending, sources, standing
from paragraf.meetings.models import Meeting, NoticeOfMeeting
from paragraf.meetings.rules import State
from paragraf.people.models import BodyKind
from webapp import access
from webapp.meetings.base import blueprint, meeting_at
from webapp.meetings.planning import notice_days


@blueprint.get("/<int:meeting_id>/")
@access.member
def show(meeting_id: int) -> str:
    """One meeting with its agenda."""
    meeting = meeting_at(meeting_id)
    state = queries.state(g.session, meeting, g.now)
    office = access.current_powers().office
    may_edit = office and state not in (State.CANCELLED, State.HELD)
    sent = queries.notices(g.session, meeting)
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        state=state,
        items=queries.agenda(g.session, meeting),
        attached=attachments.by_item(attachments.labelled(g.session, meeting)),
        withdrawn=queries.withdrawn_items(g.session, meeting) if may_edit else [],
        notices=sent,
        changes=sending.unsent_changes(g.session, meeting),
        may_edit=may_edit,
        may_move=office and state in (State.PLANNED, State.NOTICE_SENT),
        notice=notice_days(meeting),
        **(_to_take_up(meeting) if may_edit else {}),
        **_waited_for(meeting, state),
        **(_package(sent[0]) if sent else {"called": False, "have_read": False}),
    )


def _to_take_up(meeting: Meeting) -> dict[str, Any]:
    words = request.args.get("sok", "")[:200]
    return {
        "waiting": sources.to_take_up(g.session, meeting, AGENDA_SOURCES, g.now),
        "standing_missing": standing.missing(g.session, meeting),
        "searched": words,
        "found": sources.find_matters(g.session, meeting, words),
    }


def _waited_for(meeting: Meeting, state: State) -> dict[str, Any]:
    """Open commissions and conditions, for agendas to come: what was open at a meeting that is held is told no more."""
    if state in (State.CANCELLED, State.HELD):
        return {"commissions": [], "conditions": []}
    association_id = meeting.association_id
    is_board = meeting.body.kind is BodyKind.BOARD
    return {
        "commissions": following.open_commissions(g.session, association_id, g.now, body=meeting.body),
        "conditions": following.open_conditions(g.session, association_id, g.now) if is_board else [],
        "today": local_date(g.now),
    }


def _package(last: NoticeOfMeeting) -> dict[str, Any]:
    me = access.me()
    office = access.current_powers().office
    return {
        "pieces": package.pieces(g.session, last),
        "called": opening.was_called(last, me),
        "have_read": opening.has_opened(g.session, last, me),
        "readers": opening.opened(g.session, last) if office else [],
        "not_readers": opening.not_opened(g.session, last) if office else [],
    }
