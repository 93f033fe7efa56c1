"""Standing items (stående punkter) of a body: what every agenda begins and ends with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import NotThere
from paragraf.meetings import agenda
from paragraf.meetings.acts import agenda_must_be_open, lock
from paragraf.meetings.models import AgendaItem, Meeting, StandingItem
from paragraf.meetings.rules import ItemText, moved
from paragraf.people.models import Body

SUBJECT = "standing_item"


# --- reading --------------------------------------------------------------------------------------------------------


def standing_items(session: Session, body: Body) -> list[StandingItem]:
    """The body's standing items that have not ended, in the order of the agenda."""
    wanted = select(StandingItem).where(
        StandingItem.association_id == body.association_id,
        StandingItem.body_id == body.id,
        StandingItem.ended_at.is_(None),
    )
    return list(session.scalars(wanted.order_by(StandingItem.place, StandingItem.id)))


def standing_item(session: Session, association_id: int, standing_id: int) -> StandingItem:
    """The association's own standing item, not ended; raises NotThere."""
    found = session.scalar(
        select(StandingItem).where(
            StandingItem.association_id == association_id,
            StandingItem.id == standing_id,
            StandingItem.ended_at.is_(None),
        )
    )
    if found is None:
        raise NotThere("Den stående punkten finns inte längre.")
    return found


def missing(session: Session, meeting: Meeting) -> list[StandingItem]:
    """Standing items that the meeting's agenda never had. One that was taken off it is not missing."""
    had = select(AgendaItem.standing_item_id).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.standing_item_id.is_not(None)
    )
    taken = set(session.scalars(had))
    return [one for one in standing_items(session, meeting.body) if one.id not in taken]


# --- acting ---------------------------------------------------------------------------------------------------------


def put_on(session: Session, meeting: Meeting, *, now: datetime, actor: str) -> list[AgendaItem]:
    """Put the body's standing items on the agenda, those first that come first; never one twice.

    Raises RuleBroken when the meeting is over.
    """
    lock(session, meeting)
    agenda_must_be_open(session, meeting, now)
    return [
        agenda.add_item(
            session,
            meeting,
            kind=one.kind,
            heading=one.heading,
            background=one.background,
            proposal=one.proposal,
            standing=one,
            now=now,
            actor=actor,
        )
        for one in missing(session, meeting)
    ]


def add(session: Session, body: Body, text: ItemText, *, last: bool, now: datetime, actor: str) -> StandingItem:
    """A new standing item of the body, after those that come first on the agenda, or after those that come ``last``.

    Agendas that are there already keep what they have. Raises RuleBroken without a heading.
    """
    _lock(session, body)
    row = StandingItem(association_id=body.association_id, body_id=body.id, place=0)
    _write(row, agenda.checked(text))
    _arrange(standing_items(session, body), row, last=last)
    session.add(row)
    session.flush()
    _record(session, row, "add", now, actor)
    return row


def edit(session: Session, row: StandingItem, text: ItemText, *, last: bool, now: datetime, actor: str) -> None:
    """Change the standing item for meetings that are planned from now on. Raises RuleBroken without a heading."""
    _lock(session, row.body)
    _write(row, agenda.checked(text))
    if last != row.is_last:
        _arrange([one for one in standing_items(session, row.body) if one.id != row.id], row, last=last)
    session.flush()
    _record(session, row, "edit", now, actor)


def move(session: Session, row: StandingItem, *, step: int, now: datetime, actor: str) -> None:
    """Let the item come so many places later (earlier if negative) among those that come first, or among those last."""
    _lock(session, row.body)
    likes = {one.id: one for one in standing_items(session, row.body) if one.is_last == row.is_last}
    places = [one.place for one in likes.values()]
    order = moved(list(likes), row.id, list(likes).index(row.id) + 1 + step)
    for place, item_id in zip(places, order, strict=True):
        likes[item_id].place = place
    session.flush()
    _record(session, row, "move", now, actor)


def end(session: Session, row: StandingItem, *, now: datetime, actor: str) -> None:
    """Let it come on no more agendas; those that have it keep it."""
    _lock(session, row.body)
    row.ended_at = now
    session.flush()
    _record(session, row, "end", now, actor)


def _write(row: StandingItem, words: ItemText) -> None:
    row.kind, row.heading, row.background, row.proposal = words.kind, words.heading, words.background, words.proposal


def _arrange(others: Sequence[StandingItem], row: StandingItem, *, last: bool) -> None:
    """Give all their places, with the row at the end of its part."""
    first = [one for one in others if not one.is_last] + ([] if last else [row])
    ending = [one for one in others if one.is_last] + ([row] if last else [])
    for place, one in enumerate(first, start=-len(first)):
        one.place = place
    for place, one in enumerate(ending, start=1):
        one.place = place


def _lock(session: Session, body: Body) -> None:
    # Two who arrange a body's items at once must not see the same order.
    session.execute(select(Body.id).where(Body.id == body.id).with_for_update(key_share=True))


def _record(session: Session, row: StandingItem, verb: str, now: datetime, actor: str) -> None:
    log.record(session, row.association_id, verb, SUBJECT, row.id, now=now, actor=actor, heading=row.heading)
