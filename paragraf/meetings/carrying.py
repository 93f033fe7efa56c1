"""Matters follow from a meeting that was cancelled, or moved past the next one, to another of the body's meetings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import operations, queries
from paragraf.meetings.continuing import carry_item
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.meetings.rules import State


@dataclass(frozen=True)
class Left:
    """An item of a meeting: where it went on, or None while it waits."""

    item: AgendaItem
    continued: AgendaItem | None


def left_items(session: Session, meeting: Meeting) -> list[Left]:
    """The meeting's own items, in order, with where each went on. Standing items are each agenda's own.

    An item whose matter was put on a later agenda by itself has gone on there.
    """
    items = [item for item in queries.agenda(session, meeting) if item.standing_item_id is None]
    continued = {
        one.continues_id: one
        for one in session.scalars(
            select(AgendaItem)
            .where(AgendaItem.continues_id.in_([item.id for item in items]), AgendaItem.withdrawn_at.is_(None))
            .options(joinedload(AgendaItem.meeting))
        )
    }
    return [Left(item, continued.get(item.id) or _taken_up_later(session, meeting, item)) for item in items]


def waiting_items(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """The items that may be carried to another meeting."""
    return [left.item for left in left_items(session, meeting) if left.continued is None]


def _taken_up_later(session: Session, meeting: Meeting, item: AgendaItem) -> AgendaItem | None:
    if item.matter_id is None:
        return None
    return session.scalar(
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.association_id == item.association_id,
            AgendaItem.matter_id == item.matter_id,
            AgendaItem.id > item.id,
            AgendaItem.meeting_id != meeting.id,
            AgendaItem.withdrawn_at.is_(None),
            Meeting.cancelled_at.is_(None),
        )
        .options(joinedload(AgendaItem.meeting))
        .limit(1)
    )


def targets(session: Session, meeting: Meeting, now: datetime) -> list[Meeting]:
    """The body's other meetings to come, not cancelled and not begun, the nearest first."""
    return [
        one
        for one in queries.coming(session, meeting.association_id, now)
        if one.body_id == meeting.body_id and one.id != meeting.id and one.cancelled_at is None and one.starts_at > now
    ]


def overtaken_by(session: Session, meeting: Meeting, now: datetime) -> Meeting | None:
    """The body's next meeting, if the meeting has been moved so that it comes after it; None when it is the next."""
    before = [one for one in targets(session, meeting, now) if one.starts_at < meeting.starts_at]
    return before[0] if before else None


def left_behind(session: Session, meeting: Meeting) -> list[Meeting]:
    """The body's cancelled meetings that have items waiting still, the earliest first."""
    cancelled = select(Meeting).where(
        Meeting.association_id == meeting.association_id,
        Meeting.body_id == meeting.body_id,
        Meeting.id != meeting.id,
        Meeting.cancelled_at.is_not(None),
    )
    found = session.scalars(cancelled.order_by(Meeting.starts_at))
    return [one for one in found if waiting_items(session, one)]


def cancel_and_carry(
    session: Session,
    meeting: Meeting,
    *,
    reason: str,
    to: Meeting | None,
    item_ids: Collection[int],
    now: datetime,
    actor: str,
) -> list[AgendaItem]:
    """Cancel the meeting and let the chosen items follow to another one, in one act; without ``to`` all of them wait.

    Raises RuleBroken as ``cancel_meeting`` and ``carry_items``.
    """
    follows = to if to is not None and item_ids else None
    operations.cancel_meeting(session, meeting, reason=reason, now=now, actor=actor, matters_to=follows)
    if follows is None:
        return []
    return carry_items(session, meeting, to=follows, item_ids=item_ids, now=now, actor=actor)


def carry_items(
    session: Session, meeting: Meeting, *, to: Meeting, item_ids: Collection[int], now: datetime, actor: str
) -> list[AgendaItem]:
    """Put the items on another agenda of the body, with their texts and attachments; the new ones, in order.

    From a meeting that is still to be held they are taken off; a cancelled one keeps them, as it was told. Raises
    RuleBroken when the meeting has begun, for another body's meeting, and for an item that has gone on already.
    """
    _check_places(session, meeting, to, now)
    waiting = {item.id: item for item in waiting_items(session, meeting)}
    if not item_ids:
        raise RuleBroken("Välj minst en punkt att flytta.", field="items")
    if not set(item_ids) <= set(waiting):
        raise RuleBroken("En av punkterna har redan flyttats. Öppna sidan igen.", field="items")
    carried = []
    for item in (one for one in waiting.values() if one.id in set(item_ids)):
        if meeting.cancelled_at is None:
            operations.withdraw_item(session, item, now=now, actor=actor)
        carried.append(carry_item(session, item, to, now=now, actor=actor))
    told = {"items": len(carried), "to": to.id, "day": local_date(to.starts_at).isoformat()}
    log.record(
        session,
        meeting.association_id,
        "carry_items",
        "meeting",
        meeting.id,
        now=now,
        actor=actor,
        matter_id=meeting.matter_id,
        **told,
    )
    return carried


def _check_places(session: Session, meeting: Meeting, to: Meeting, now: datetime) -> None:
    # Always in the same order, so that two who carry crosswise do not wait for each other.
    for one in sorted((meeting, to), key=lambda each: each.id):
        session.refresh(one, with_for_update={"of": Meeting})
    if to.association_id != meeting.association_id:
        raise NotThere("Sammanträdet finns inte.")
    if to.body_id != meeting.body_id or to.id == meeting.id:
        raise RuleBroken("Välj ett annat sammanträde med samma organ.", field="to")
    if queries.state(session, meeting, now) in {State.UNDER_WAY, State.HELD}:
        raise RuleBroken("Sammanträdet har hållits. Det som inte blev klart bordläggs i protokollet.")
