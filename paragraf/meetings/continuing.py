"""An item goes on at a later meeting: tabled, remitted back, or left by a meeting that was cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from paragraf.meetings import agenda
from paragraf.meetings.agenda import Origin
from paragraf.meetings.attachments import add_reference
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.people.models import Body
from paragraf.register.models import Matter

#: Sources that see for themselves what came back, and show it again.
_SEEN_AGAIN = ("commission", "condition", "delegated_decision")


def left_items(session: Session, body: Body) -> list[AgendaItem]:
    """Items of the body's meetings that wait to go on, the oldest meeting first.

    Those that came back (``returned_at``), or whose meeting was cancelled; not standing ones, not those that a later
    item goes on with, nor those whose matter is closed or stands on another agenda since.
    """
    later, other = aliased(AgendaItem), aliased(AgendaItem)
    other_meeting = aliased(Meeting)
    goes_on = select(later.id).where(later.continues_id == AgendaItem.id, later.withdrawn_at.is_(None)).exists()
    taken_up_since = (
        select(other.id)
        .join(other_meeting, other_meeting.id == other.meeting_id)
        .where(
            other.matter_id == AgendaItem.matter_id,
            other.id != AgendaItem.id,
            other.withdrawn_at.is_(None),
            other_meeting.starts_at > Meeting.starts_at,
        )
        .exists()
    )
    wanted = (
        select(AgendaItem)
        .join(AgendaItem.meeting)
        .outerjoin(AgendaItem.matter)
        .where(
            AgendaItem.association_id == body.association_id,
            Meeting.body_id == body.id,
            AgendaItem.withdrawn_at.is_(None),
            AgendaItem.standing_item_id.is_(None),
            AgendaItem.source.not_in(_SEEN_AGAIN),
            or_(AgendaItem.returned_at.is_not(None), Meeting.cancelled_at.is_not(None)),
            or_(AgendaItem.matter_id.is_(None), Matter.closed_on.is_(None)),
            ~goes_on,
            ~taken_up_since,
        )
        .options(contains_eager(AgendaItem.meeting), joinedload(AgendaItem.matter))
        .order_by(Meeting.starts_at, AgendaItem.position)
    )
    return list(session.scalars(wanted))


def earlier_items(item: AgendaItem) -> Sequence[AgendaItem]:
    """The items that this one goes on with, the latest first."""
    found: list[AgendaItem] = []
    before = item.continues
    while before is not None and before not in found:
        found.append(before)
        before = before.continues
    return found


def carry_item(
    session: Session, item: AgendaItem, meeting: Meeting, *, history: str = "", now: datetime, actor: str
) -> AgendaItem:
    """Put the item on the later meeting's agenda: its text, its matter and its attachments, with ``history`` before.

    The documents are not copied; the attachments get numbers of the new meeting. Raises RuleBroken as
    ``agenda.add_item`` does, and when the matter stands on a coming agenda.
    """
    if item.matter is not None:
        agenda.must_be_on_no_agenda(session, item.matter, now)
    carried = agenda.add_item(
        session,
        meeting,
        kind=item.kind,
        heading=item.heading,
        background="\n\n".join(filter(None, (history, item.background))),
        proposal=item.proposal,
        matter=item.matter,
        origin=Origin(item.source, item.source_id, item),
        now=now,
        actor=actor,
    )
    for one in item.attachments:
        if one.removed_at is None:
            add_reference(session, meeting, carried, one.title, one.document)
    return carried
