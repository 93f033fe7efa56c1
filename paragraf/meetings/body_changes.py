"""Changes of a body that must not rewrite what has happened: the meetings that were held say from when they may hold.

The verbs themselves are those of ``people``; here they are told what only this room knows.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.meetings.models import Meeting, Presence
from paragraf.people import bodies, mandates
from paragraf.people.bodies import BodyFacts
from paragraf.people.models import Body, BodyRule, Capacity, Mandate
from paragraf.people.seats import BodyRules


def last_begun_on(session: Session, body: Body, now: datetime) -> date | None:
    """The day of the body's latest meeting that has begun and was not cancelled."""
    latest = select(func.max(Meeting.starts_at)).where(
        Meeting.association_id == body.association_id,
        Meeting.body_id == body.id,
        Meeting.cancelled_at.is_(None),
        Meeting.starts_at <= now,
    )
    return _day(session.scalar(latest))


def last_planned_on(session: Session, body: Body) -> date | None:
    """The day of the body's latest meeting that is not cancelled, one to come too."""
    latest = select(func.max(Meeting.starts_at)).where(
        Meeting.association_id == body.association_id, Meeting.body_id == body.id, Meeting.cancelled_at.is_(None)
    )
    return _day(session.scalar(latest))


def last_attended_on(session: Session, mandate: Mandate) -> date | None:
    """The day of the latest meeting at which somebody sat by the mandate, or served for it."""
    latest = (
        select(func.max(Meeting.starts_at))
        .join(Presence, Presence.meeting_id == Meeting.id)
        .where(
            Meeting.association_id == mandate.association_id,
            or_(Presence.mandate_id == mandate.id, Presence.serves_for_id == mandate.id),
        )
    )
    return _day(session.scalar(latest))


def change_body(session: Session, body: Body, facts: BodyFacts, *, now: datetime, actor: str) -> Body:
    """``people.bodies.change_body``: a body with meetings to come does not end before them."""
    last = last_planned_on(session, body)
    return bodies.change_body(session, body, facts, last_meeting_on=last, now=now, actor=actor)


def add_rules(session: Session, body: Body, rules: BodyRules, *, now: datetime, actor: str) -> BodyRule:
    """``people.bodies.add_rules``: from a day after the latest meeting."""
    last = last_begun_on(session, body, now)
    return bodies.add_rules(session, body, rules, last_meeting_on=last, now=now, actor=actor)


def change_rules(
    session: Session, body: Body, row: BodyRule, rules: BodyRules, *, now: datetime, actor: str
) -> BodyRule:
    """``people.bodies.change_rules``: while no meeting was held by them."""
    last = last_begun_on(session, body, now)
    return bodies.change_rules(session, body, row, rules, last_meeting_on=last, now=now, actor=actor)


def end_mandate(session: Session, mandate: Mandate, *, ends_on: date, now: datetime, actor: str) -> None:
    """``people.mandates.end_mandate``: not before the latest meeting at which it was used."""
    last = last_attended_on(session, mandate)
    mandates.end_mandate(session, mandate, ends_on=ends_on, last_attended_on=last, now=now, actor=actor)


def take_over(
    session: Session,
    mandate: Mandate,
    *,
    capacity: Capacity,
    from_day: date,
    calling_order: int | None = None,
    now: datetime,
    actor: str,
) -> Mandate:
    """``people.mandates.take_over``: not before the latest meeting at which the mandate was used."""
    return mandates.take_over(
        session,
        mandate,
        capacity=capacity,
        from_day=from_day,
        calling_order=calling_order,
        last_attended_on=last_attended_on(session, mandate),
        now=now,
        actor=actor,
    )


def remove_mandate(session: Session, mandate: Mandate, *, now: datetime, actor: str) -> None:
    """``people.mandates.remove_mandate``: only one that was never used at a meeting."""
    last = last_attended_on(session, mandate)
    mandates.remove_mandate(session, mandate, last_attended_on=last, now=now, actor=actor)


def _day(moment: datetime | None) -> date | None:
    return local_date(moment) if moment is not None else None
