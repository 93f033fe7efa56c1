"""Who has read the notice: said by the person, who was called, and by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.meetings import notice_changes, queries
from paragraf.meetings.models import Meeting, NoticeOfMeeting, NoticeOpened
from paragraf.people.models import Person


def was_called(notice: NoticeOfMeeting, person: Person) -> bool:
    """Whether the notice was sent to the person."""
    return person.id in notice_changes.from_json(notice.told).invited


def opened(session: Session, notice: NoticeOfMeeting) -> Sequence[NoticeOpened]:
    """Who has read the notice, the first to do so first."""
    wanted = select(NoticeOpened).where(NoticeOpened.notice_id == notice.id).options(joinedload(NoticeOpened.person))
    return session.scalars(wanted.order_by(NoticeOpened.opened_at, NoticeOpened.id)).all()


def has_opened(session: Session, notice: NoticeOfMeeting, person: Person) -> bool:
    """Whether the person has said so."""
    said = select(NoticeOpened.id).where(NoticeOpened.notice_id == notice.id, NoticeOpened.person_id == person.id)
    return session.scalar(said) is not None


def not_opened(session: Session, notice: NoticeOfMeeting) -> Sequence[Person]:
    """Those who were called and have not read the notice, by name."""
    called = notice_changes.from_json(notice.told).invited
    have = select(NoticeOpened.person_id).where(NoticeOpened.notice_id == notice.id)
    wanted = select(Person).where(
        Person.association_id == notice.association_id, Person.id.in_(called), Person.id.not_in(have)
    )
    return session.scalars(wanted.order_by(Person.name)).all()


def note_opened(session: Session, meeting: Meeting, person: Person, *, now: datetime) -> NoticeOpened | None:
    """The person has read the meeting's latest notice; said twice it is said once.

    None for somebody who was not called, and before there is a notice. Not in the log: the row tells who and when.
    """
    # Two windows of one person wait for each other here.
    session.refresh(meeting, with_for_update={"of": Meeting})
    notice = queries.last_notice(session, meeting)
    if notice is None or not was_called(notice, person):
        return None
    said = select(NoticeOpened).where(NoticeOpened.notice_id == notice.id, NoticeOpened.person_id == person.id)
    found = session.scalar(said)
    if found is None:
        found = NoticeOpened(
            association_id=meeting.association_id, notice_id=notice.id, person_id=person.id, opened_at=now
        )
        session.add(found)
        session.flush()
    return found
