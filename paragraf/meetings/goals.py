"""Goals for how meetings go, from a day and with the plan that sets them; the newest not in the future holds."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.meetings.models import GoalKey, MeetingGoal


def goal(session: Session, association_id: int, key: GoalKey, day: date) -> MeetingGoal | None:
    """The goal that holds on the day, if the association has set one."""
    wanted = select(MeetingGoal).where(
        MeetingGoal.association_id == association_id, MeetingGoal.key == key, MeetingGoal.valid_from <= day
    )
    return session.scalar(wanted.order_by(MeetingGoal.valid_from.desc()).limit(1))


def set_goal(
    session: Session,
    association_id: int,
    key: GoalKey,
    *,
    valid_from: date,
    percent: int,
    source: str,
    now: datetime,
    actor: str,
) -> MeetingGoal:
    """Let the goal hold from the day. Raises RuleBroken for a share that is none, and without a source."""
    if not 0 < percent <= 100:
        raise RuleBroken("Målet är en andel mellan 1 och 100 procent.", field="percent")
    if not source.strip():
        raise RuleBroken("Skriv var målet står, till exempel verksamhetsplanen för året.", field="source")
    held = session.scalar(
        select(MeetingGoal).where(
            MeetingGoal.association_id == association_id,
            MeetingGoal.key == key,
            MeetingGoal.valid_from == valid_from,
        )
    )
    found = held or MeetingGoal(association_id=association_id, key=key, valid_from=valid_from)
    found.percent, found.source, found.recorded_by = percent, source.strip()[:200], actor
    session.add(found)
    session.flush()
    log.record(
        session,
        association_id,
        "set_goal",
        "meeting_goal",
        found.id,
        now=now,
        actor=actor,
        percent=percent,
        valid_from=valid_from.isoformat(),
    )
    return found
