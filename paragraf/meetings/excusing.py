"""Who has told that he or she cannot come (anmält förhinder), told by the person or noted by the office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.meetings import queries
from paragraf.meetings.models import Excuse, Meeting
from paragraf.people.models import Person

SUBJECT = "meeting"
LONGEST_REASON = 300


def excuses(session: Session, meeting: Meeting) -> list[Excuse]:
    """Who has told that he or she cannot come, in the order they told it."""
    wanted = select(Excuse).where(Excuse.association_id == meeting.association_id, Excuse.meeting_id == meeting.id)
    return list(session.scalars(wanted.options(joinedload(Excuse.person)).order_by(Excuse.id)))


def find_excuse(session: Session, meeting: Meeting, person_id: int) -> Excuse | None:
    """The person's excuse, if there is one."""
    return session.scalar(select(Excuse).where(Excuse.meeting_id == meeting.id, Excuse.person_id == person_id))


def tell_excuse(
    session: Session, meeting: Meeting, *, person: Person, reason: str = "", now: datetime, actor: str
) -> Excuse:
    """The member or substitute cannot come. Told again, the reason is the new one.

    Raises RuleBroken for somebody without a seat in the body that day, for somebody who is noted as there, and once
    the meeting is cancelled or its attendance is closed.
    """
    _lock_excusable(session, meeting)
    _must_be_excusable(session, meeting, person)
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise RuleBroken("Skälet får vara högst 300 tecken.", field="reason")
    row = find_excuse(session, meeting, person.id)
    if row is None:
        row = Excuse(association_id=meeting.association_id, meeting_id=meeting.id, person_id=person.id)
        session.add(row)
    row.reason, row.told_at, row.recorded_by = reason, now, actor
    session.flush()
    _log(session, meeting, "tell_excuse", person.id, now, actor)
    return row


def withdraw_excuse(session: Session, meeting: Meeting, *, person: Person, now: datetime, actor: str) -> None:
    """The person can come after all; nothing happens where there was no excuse."""
    _lock_excusable(session, meeting)
    row = find_excuse(session, meeting, person.id)
    if row is None:
        return
    session.delete(row)
    session.flush()
    _log(session, meeting, "withdraw_excuse", person.id, now, actor)


def _lock_excusable(session: Session, meeting: Meeting) -> None:
    session.refresh(meeting, with_for_update={"of": Meeting})
    if meeting.cancelled_at is not None:
        raise RuleBroken("Sammanträdet är inställt.")
    if meeting.attendance_closed_at is not None:
        raise RuleBroken("Protokollet är utskickat, så närvaron kan inte ändras. En rättelse görs som ett nytt beslut.")


def _must_be_excusable(session: Session, meeting: Meeting, person: Person) -> None:
    if all(one.person_id != person.id for one in queries.mandates(session, meeting)):
        raise RuleBroken("%(name)s har inget uppdrag i %(body)s den dagen.", name=person.name, body=meeting.body.name)
    if any(row.person_id == person.id for row in queries.presences(session, meeting)):
        raise RuleBroken("%(name)s är antecknad som närvarande. Ta bort den raden först.", name=person.name)


def _log(session: Session, meeting: Meeting, verb: str, person_id: int, now: datetime, actor: str) -> None:
    log.record(
        session,
        meeting.association_id,
        verb,
        SUBJECT,
        meeting.id,
        now=now,
        actor=actor,
        matter_id=meeting.matter_id,
        person_id=person_id,
    )
