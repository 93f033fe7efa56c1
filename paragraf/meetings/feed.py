"""A person's own calendar of meetings, fetched by a link without signing in: time, place and body, no agenda.

Whoever has the link sees when the bodies meet and where. It ends when the person leaves or renews it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from paragraf.core import addresses, tokens
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.log import LogEntry
from paragraf.core.settings import Settings
from paragraf.meetings import calendar
from paragraf.meetings.calendar import Listed
from paragraf.meetings.models import Meeting
from paragraf.people import queries as people
from paragraf.people.models import Association, Mandate, Person
from paragraf.people.rules import holds_on

#: The link has no last day of its own: calendars go on asking for years.
_LIFE = timedelta(days=100 * 365)
#: What may change the meetings that somebody sees, in the log.
_TOLD_IN_LOG = ("meeting", "body", "person")


@dataclass(frozen=True)
class Feed:
    """A calendar file, and when what it tells was last changed."""

    content: bytes
    changed_at: datetime


def link_token(settings: Settings, person: Person) -> str:
    """The token of the person's calendar link, until it is renewed (``people.persons.renew_calendar``)."""
    return tokens.issue(settings, tokens.Purpose.CALENDAR, {"p": person.id, "s": person.calendar_serial})


def holder(session: Session, association_id: int, token: str, now: datetime) -> Person:
    """Whose calendar the token opens. Raises LinkRefused for a wrong or renewed one and for who has left."""
    payload = tokens.read(settings_of(session), tokens.Purpose.CALENDAR, token, _LIFE)
    found = session.scalar(select(Person).where(Person.association_id == association_id, Person.id == payload.get("p")))
    if found is None or found.calendar_serial != payload.get("s"):
        raise tokens.refused()
    if found.left_on is not None and found.left_on <= local_date(now):
        raise tokens.refused()
    return found


def feed(session: Session, association: Association, person: Person, *, now: datetime) -> Feed:
    """The meetings of the bodies in which the person has a seat on the day; for the office, all. Cancelled ones too.

    ``now`` decides only whether the person is in the office: the same rows give the same bytes.
    """
    meetings = _meetings_of(session, person, now)
    stamps = _stamps(session, association.id)
    listed = [_listed(session, association, one, stamps.get(one.id), person.language) for one in meetings]
    english = person.language.startswith("en")
    name = f"{association.name}: {'meetings' if english else 'sammanträden'}"
    return Feed(calendar.published(name, listed), _changed_at(session, association, listed))


def _meetings_of(session: Session, person: Person, now: datetime) -> Sequence[Meeting]:
    wanted = select(Meeting).where(Meeting.association_id == person.association_id).options(joinedload(Meeting.body))
    found = session.scalars(wanted.order_by(Meeting.starts_at, Meeting.id)).all()
    if people.powers(session, person.association_id, person.id, local_date(now)).office:
        return found
    own = people.mandates_of(session, person)
    return [one for one in found if _sits(own, one)]


def _sits(own: Iterable[Mandate], meeting: Meeting) -> bool:
    day = local_date(meeting.starts_at)
    return any(each.body_id == meeting.body_id and holds_on(each.starts_on, each.ends_on, day) for each in own)


def _stamps(session: Session, association_id: int) -> dict[int | None, datetime]:
    """When something was last done to each meeting, by its id."""
    last = (
        select(LogEntry.subject_id, func.max(LogEntry.at))
        .where(LogEntry.association_id == association_id, LogEntry.subject == "meeting")
        .group_by(LogEntry.subject_id)
    )
    return dict(session.execute(last).tuples())


def _listed(
    session: Session, association: Association, meeting: Meeting, stamp: datetime | None, language: str
) -> Listed:
    english, cancelled = language.startswith("en"), meeting.cancelled_at is not None
    summary = f"{meeting.body.name}: {'meeting' if english else 'sammanträde'}"
    if cancelled:
        # Not all calendars show the status.
        summary = f"{'Cancelled' if english else 'Inställt'}: {summary}"
    return Listed(
        uid=meeting.calendar_uid,
        # Invitations carried lower numbers; the next one carries this.
        sequence=meeting.calendar_sequence,
        stamped_at=stamp or association.created_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=summary,
        place=meeting.place,
        url=addresses.meeting(settings_of(session), association.slug, meeting.id),
        cancelled=cancelled,
    )


def _changed_at(session: Session, association: Association, listed: Iterable[Listed]) -> datetime:
    others = select(func.max(LogEntry.at)).where(
        LogEntry.association_id == association.id, LogEntry.subject.in_(_TOLD_IN_LOG)
    )
    return max(
        [association.created_at, session.scalar(others) or association.created_at, *(one.stamped_at for one in listed)]
    )
