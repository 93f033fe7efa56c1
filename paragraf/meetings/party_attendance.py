"""Attendance by party: how many of a member organisation's seats were filled at the meetings of a year.

The operating plan asks that each party is there at so many of the joint meetings; the sums are whole numbers, so that
the comparison can be made without fractions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.dates import local_date
from paragraf.meetings.models import Meeting, Presence
from paragraf.people.models import Body, Capacity, Mandate, MemberOrganisation


@dataclass(frozen=True)
class MeetingAttendance:
    """A party at one meeting: its members' seats that day, and how many of them somebody sat in at some time."""

    meeting_id: int
    day: date
    seats: int
    filled: int

    @property
    def was_there(self) -> bool:
        """Whether anybody sat in any of the party's seats."""
        return self.filled > 0


@dataclass(frozen=True)
class PartyAttendance:
    """A party at the meetings of a body in a year, the earliest first."""

    member_organisation_id: int
    name: str
    meetings: tuple[MeetingAttendance, ...]

    @property
    def seats(self) -> int:
        """The seats of all meetings together."""
        return sum(one.seats for one in self.meetings)

    @property
    def filled(self) -> int:
        """The filled seats of all meetings together."""
        return sum(one.filled for one in self.meetings)

    @property
    def meetings_there(self) -> int:
        """The number of meetings at which the party was there."""
        return sum(one.was_there for one in self.meetings)

    def reaches(self, percent: int) -> bool | None:
        """Whether the party was there at so many per cent of the meetings; None without meetings: not measurable."""
        return 100 * self.meetings_there >= percent * len(self.meetings) if self.meetings else None


def by_party(session: Session, association_id: int, body_id: int, year: int) -> list[PartyAttendance]:
    """Each party's attendance at the body's meetings in the year, by name.

    Counts meetings at which somebody is noted as there; a cancelled one does not count, nor one to come. A seat is
    filled by its member or by a substitute who serves for the member, each counted as the member's party.
    """
    meetings = _meetings(session, association_id, body_id, year)
    filled = _filled(session, [one.id for one in meetings])
    mandates = _mandates(session, association_id, body_id)
    parties: dict[int, list[MeetingAttendance]] = defaultdict(list)
    names: dict[int, MemberOrganisation] = {}
    for meeting in meetings:
        day = local_date(meeting.starts_at)
        if not filled[meeting.id]:
            continue
        for party, seats in _seats_on(mandates, day).items():
            names[party.id] = party
            sat = len(seats & filled[meeting.id])
            parties[party.id].append(MeetingAttendance(meeting.id, day, len(seats), sat))
    made = [PartyAttendance(party_id, names[party_id].short_name, tuple(rows)) for party_id, rows in parties.items()]
    return sorted(made, key=lambda one: one.name)


def _meetings(session: Session, association_id: int, body_id: int, year: int) -> list[Meeting]:
    wanted = (
        select(Meeting)
        .join(Body, Body.id == Meeting.body_id)
        .where(
            Meeting.association_id == association_id,
            Body.association_id == association_id,
            Meeting.body_id == body_id,
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Meeting.starts_at)
    )
    return [one for one in session.scalars(wanted) if local_date(one.starts_at).year == year]


def _filled(session: Session, meeting_ids: Iterable[int]) -> dict[int, set[int]]:
    """The seats, by the members' mandates, in which somebody sat, by meeting."""
    wanted = select(Presence).where(Presence.meeting_id.in_(list(meeting_ids))).options(joinedload(Presence.mandate))
    found: dict[int, set[int]] = defaultdict(set)
    for row in session.scalars(wanted):
        member = row.mandate is not None and row.mandate.capacity is not Capacity.SUBSTITUTE
        seat = row.mandate_id if member else row.serves_for_id
        if seat is not None:
            found[row.meeting_id].add(seat)
    return found


def _mandates(session: Session, association_id: int, body_id: int) -> list[Mandate]:
    wanted = (
        select(Mandate)
        .where(
            Mandate.association_id == association_id,
            Mandate.body_id == body_id,
            Mandate.capacity != Capacity.SUBSTITUTE,
        )
        .options(joinedload(Mandate.member_organisation))
    )
    return list(session.scalars(wanted))


def _seats_on(mandates: Iterable[Mandate], day: date) -> dict[MemberOrganisation, set[int]]:
    seats: dict[MemberOrganisation, set[int]] = defaultdict(set)
    for one in mandates:
        if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day):
            seats[one.member_organisation].add(one.id)
    return seats
