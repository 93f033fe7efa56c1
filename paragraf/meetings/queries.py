"""What pages, letters and the minutes read about meetings. Every question starts from an association (law 11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.dates import local_date, utc_moment
from paragraf.core.errors import NotThere
from paragraf.meetings import rules
from paragraf.meetings.models import AgendaItem, Meeting, NoticeOfMeeting, Presence
from paragraf.meetings.rules import Attending, Interval, ItemText, Seat, State
from paragraf.people import queries as people
from paragraf.people.models import Capacity, Mandate, Person, RoleKind
from paragraf.register.models import Matter, MatterKind

# --- meetings -------------------------------------------------------------------------------------------------------


def meeting(session: Session, association_id: int, meeting_id: int) -> Meeting:
    """The association's own meeting, with its body; raises NotThere."""
    found = session.scalar(_meetings(association_id).where(Meeting.id == meeting_id))
    if found is None:
        raise NotThere("Sammanträdet finns inte.")
    return found


def coming(session: Session, association_id: int, moment: datetime) -> list[Meeting]:
    """Meetings that have not ended at the moment, cancelled ones too, the nearest first."""
    return list(session.scalars(_meetings(association_id).where(Meeting.ends_at > moment).order_by(Meeting.starts_at)))


def held(session: Session, association_id: int, moment: datetime) -> list[Meeting]:
    """Meetings whose time has passed at the moment, cancelled ones too, the latest first."""
    past = _meetings(association_id).where(Meeting.ends_at <= moment)
    return list(session.scalars(past.order_by(Meeting.starts_at.desc())))


def of_year(session: Session, association_id: int, year: int) -> list[Meeting]:
    """The meetings that begin in the year, by Swedish time, of all bodies and cancelled ones too, in order."""
    first, last = (utc_moment(date(each, 1, 1), time(0)) for each in (year, year + 1))
    within = _meetings(association_id).where(Meeting.starts_at >= first, Meeting.starts_at < last)
    return list(session.scalars(within.order_by(Meeting.starts_at, Meeting.id)))


def next_meetings(session: Session, association_id: int, person_id: int, moment: datetime) -> list[Meeting]:
    """Meetings to come, not cancelled, of the bodies in which the person has a seat that day, the nearest first."""
    uncancelled = [one for one in coming(session, association_id, moment) if one.cancelled_at is None]
    return [
        one
        for one in uncancelled
        if any(
            mandate.person_id == person_id
            for mandate in people.mandates(session, one.body_id, local_date(one.starts_at))
        )
    ]


def planned(meeting: Meeting) -> Interval:
    """The meeting's planned time."""
    return Interval(meeting.starts_at, meeting.ends_at)


def state(session: Session, meeting: Meeting, moment: datetime) -> State:
    """Where the meeting stands at the moment."""
    return rules.state_at(
        moment,
        planned=planned(meeting),
        notice_sent=last_notice(session, meeting) is not None,
        cancelled=meeting.cancelled_at is not None,
    )


def _meetings(association_id: int) -> Select[Meeting]:
    return select(Meeting).where(Meeting.association_id == association_id).options(joinedload(Meeting.body))


# --- agenda ---------------------------------------------------------------------------------------------------------


def agenda(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """The items that are not withdrawn, in order, with their matters."""
    wanted = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.withdrawn_at.is_(None))
        .options(joinedload(AgendaItem.matter), joinedload(AgendaItem.standing))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return list(session.scalars(wanted))


def withdrawn_items(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """The items that were taken off the agenda, the latest first."""
    wanted = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.withdrawn_at.is_not(None))
    return list(session.scalars(wanted.order_by(AgendaItem.withdrawn_at.desc(), AgendaItem.id)))


def agenda_item(session: Session, association_id: int, meeting_id: int, item_id: int) -> AgendaItem:
    """An item of the association's own meeting, withdrawn or not; raises NotThere."""
    found = session.scalar(
        select(AgendaItem).where(
            AgendaItem.association_id == association_id,
            AgendaItem.meeting_id == meeting_id,
            AgendaItem.id == item_id,
        )
    )
    if found is None:
        raise NotThere("Punkten finns inte på dagordningen.")
    return found


def item_text(item: AgendaItem) -> ItemText:
    """What the item says, as a value."""
    return ItemText(item.kind, item.heading, item.background, item.proposal)


@dataclass(frozen=True)
class Waiting:
    """An open matter that waits for an agenda; ``last_meeting`` tabled it or remitted it back, if any did."""

    matter: Matter
    last_meeting: Meeting | None


def waiting_matters(session: Session, association_id: int) -> list[Waiting]:
    """Applications that wait for an agenda, never taken up ones first, oldest first.

    One that is or was on an agenda waits no more, unless the meeting was cancelled or the matter came back from it.
    """
    open_matters = session.scalars(
        select(Matter)
        .where(
            Matter.association_id == association_id,
            Matter.kind == MatterKind.APPLICATION,
            Matter.closed_on.is_(None),
            Matter.id.not_in(_taken_up(association_id)),
        )
        .order_by(Matter.year, Matter.number)
    )
    waiting = [Waiting(matter, last_meeting_with(session, matter)) for matter in open_matters]
    return sorted(waiting, key=lambda one: one.last_meeting is not None)


def coming_meeting_with(session: Session, matter: Matter, moment: datetime) -> Meeting | None:
    """The meeting to come, not cancelled, whose agenda has the matter."""
    coming_one = _meetings_with(matter).where(Meeting.ends_at > moment)
    return session.scalar(coming_one.order_by(Meeting.starts_at).limit(1))


def last_meeting_with(session: Session, matter: Matter) -> Meeting | None:
    """The latest meeting, not cancelled, whose agenda has the matter."""
    return session.scalar(_meetings_with(matter).order_by(Meeting.starts_at.desc()).limit(1))


def _meetings_with(matter: Matter) -> Select[Meeting]:
    return (
        _meetings(matter.association_id)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.matter_id == matter.id, AgendaItem.withdrawn_at.is_(None), Meeting.cancelled_at.is_(None))
    )


def _taken_up(association_id: int) -> Select[int | None]:
    return (
        select(AgendaItem.matter_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.association_id == association_id,
            AgendaItem.matter_id.is_not(None),
            AgendaItem.withdrawn_at.is_(None),
            AgendaItem.returned_at.is_(None),
            Meeting.cancelled_at.is_(None),
        )
    )


# --- notices --------------------------------------------------------------------------------------------------------


def notices(session: Session, meeting: Meeting) -> list[NoticeOfMeeting]:
    """The notices that were sent, the latest first, with their documents."""
    wanted = select(NoticeOfMeeting).where(NoticeOfMeeting.meeting_id == meeting.id)
    ordered = wanted.options(joinedload(NoticeOfMeeting.document)).order_by(NoticeOfMeeting.sequence.desc())
    return list(session.scalars(ordered))


def last_notice(session: Session, meeting: Meeting) -> NoticeOfMeeting | None:
    """The latest notice, if one was sent."""
    sent = notices(session, meeting)
    return sent[0] if sent else None


@dataclass(frozen=True)
class Invited:
    """Someone who gets the notice: with a seat in some capacity, or with a role in the office."""

    person: Person
    capacity: Capacity | None = None
    role: RoleKind | None = None

    @property
    def optional(self) -> bool:
        """Whether the person need not come: substitutes may, but are not obliged to."""
        return self.capacity is Capacity.SUBSTITUTE


def invited(session: Session, meeting: Meeting) -> list[Invited]:
    """Who gets the notice: members and substitutes on the meeting's day, the secretary and the director; none twice."""
    day = local_date(meeting.starts_at)
    seated = [Invited(mandate.person, mandate.capacity) for mandate in people.mandates(session, meeting.body_id, day)]
    office = [
        Invited(person, role=role)
        for role in (RoleKind.SECRETARY, RoleKind.DIRECTOR)
        for person in people.holders(session, meeting.association_id, role, day)
    ]
    by_person: dict[int, Invited] = {}
    for one in (*seated, *office):
        by_person.setdefault(one.person.id, one)
    return [one for one in by_person.values() if one.person.left_on is None or one.person.left_on > day]


# --- attendance -----------------------------------------------------------------------------------------------------


def mandates(session: Session, meeting: Meeting) -> list[Mandate]:
    """The mandates that hold on the meeting's day: members first, then substitutes in calling order."""
    return people.mandates(session, meeting.body_id, local_date(meeting.starts_at))


def seat(mandate: Mandate) -> Seat:
    """The mandate as a value of the rules."""
    return Seat(
        mandate.id,
        mandate.person_id,
        mandate.person.name,
        mandate.member_organisation_id,
        mandate.member_organisation.principal,
        mandate.calling_order,
    )


def presences(session: Session, meeting: Meeting) -> list[Presence]:
    """Who was in the room and when, in the order they came."""
    wanted = (
        select(Presence)
        .where(Presence.meeting_id == meeting.id)
        .options(joinedload(Presence.person), joinedload(Presence.mandate), joinedload(Presence.serves_for))
        .order_by(Presence.from_at, Presence.id)
    )
    return list(session.scalars(wanted))


def presence(session: Session, association_id: int, meeting_id: int, presence_id: int) -> Presence:
    """A presence at the association's own meeting; raises NotThere."""
    found = session.scalar(
        select(Presence).where(
            Presence.association_id == association_id,
            Presence.meeting_id == meeting_id,
            Presence.id == presence_id,
        )
    )
    if found is None:
        raise NotThere("Närvaron är inte antecknad.")
    return found


def attending(row: Presence) -> Attending:
    """The presence as a value of the rules."""
    own_seat = row.mandate is not None and row.mandate.capacity is not Capacity.SUBSTITUTE
    return Attending(
        person_id=row.person_id,
        name=row.person.name,
        during=Interval(row.from_at, row.until_at),
        mandate_id=row.mandate_id,
        seat=row.mandate_id if own_seat else row.serves_for_id,
    )


def time_held(meeting: Meeting, rows: Sequence[Presence]) -> Interval:
    """The time that the meeting took, as far as it is known (``rules.held_during``). ``rows``: its presences."""
    return rules.held_during(
        planned(meeting), [attending(row) for row in rows], opened_at=meeting.opened_at, closed_at=meeting.closed_at
    )


def attendance(session: Session, meeting: Meeting) -> list[Attending]:
    """All presences as values of the rules, for ``voters_at``, ``is_quorate`` and ``remark``."""
    return [attending(row) for row in presences(session, meeting)]


def took_part(session: Session, meeting: Meeting, moment: datetime) -> dict[int, Attending]:
    """Who votes for which seat at the moment, by the seat's mandate id."""
    return rules.voters_at(attendance(session, meeting), moment)
