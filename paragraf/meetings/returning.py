"""A matter goes back to the board: a condition of what it decided has failed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.grants import operations as grants
from paragraf.grants.models import ConditionOutcome, Grant, GrantCondition
from paragraf.meetings.models import AgendaItem, Meeting
from paragraf.register.models import Matter


def settle_condition(
    session: Session, condition: GrantCondition, *, outcome: ConditionOutcome, day: date, now: datetime, actor: str
) -> None:
    """As ``grants.operations.settle_condition``; a failed one puts the matter among those that wait for an agenda."""
    grants.settle_condition(session, condition, outcome=outcome, day=day, now=now, actor=actor)
    if outcome is ConditionOutcome.FAILED:
        matter = session.get_one(Grant, condition.grant_id).application.matter
        if matter is not None:
            return_matter(session, matter, now=now, actor=actor)


def return_matter(session: Session, matter: Matter, *, now: datetime, actor: str) -> None:
    """Let the matter wait for an agenda again, after every meeting that has begun and had it.

    A coming meeting that has it already keeps it: there it is on its way to the board.
    """
    had = (
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.association_id == matter.association_id,
            AgendaItem.matter_id == matter.id,
            AgendaItem.withdrawn_at.is_(None),
            AgendaItem.returned_at.is_(None),
            Meeting.starts_at <= now,
        )
        .with_for_update(of=AgendaItem)
    )
    for item in session.scalars(had):
        item.returned_at = now
    session.flush()
    log.record(session, matter.association_id, "return", "matter", matter.id, now=now, actor=actor, matter_id=matter.id)
