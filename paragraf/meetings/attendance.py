"""The attendance as pages and minutes show it: who took part, row by row, and the quorum over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.meetings import calling, queries, rules
from paragraf.meetings.models import Meeting, Presence
from paragraf.meetings.rules import Attending, Step
from paragraf.people.models import Capacity, Mandate, Person


@dataclass(frozen=True)
class RollLine:
    """One person on the first page of the minutes; ``remark`` is Swedish, such as ``från kl. 11.30``."""

    person: Person
    capacity: Capacity | None
    member_organisation: str
    remark: str


@dataclass(frozen=True)
class Roll:
    """Who took part: deciding members and serving substitutes, other substitutes, others present."""

    deciding: tuple[RollLine, ...]
    substitutes: tuple[RollLine, ...]
    others: tuple[RollLine, ...]


def roll(session: Session, meeting: Meeting) -> Roll:
    """Who took part in the meeting: members in the order of their seats, then substitutes in calling order."""
    rows = queries.presences(session, meeting)
    values = [queries.attending(row) for row in rows]
    voted = {one.person_id for one in values if one.seat is not None}
    place = {mandate.id: index for index, mandate in enumerate(queries.mandates(session, meeting))}
    by_person = {row.person_id: row for row in rows}
    ordered = sorted(by_person.values(), key=lambda row: place.get(row.mandate_id or 0, len(place)))
    lines = [_line(row, remarks(meeting, rows, row.person_id)) for row in ordered]
    return Roll(
        deciding=tuple(line for line in lines if line.person.id in voted),
        substitutes=tuple(line for line in lines if line.capacity is not None and line.person.id not in voted),
        others=tuple(line for line in lines if line.capacity is None),
    )


def remarks(meeting: Meeting, rows: Sequence[Presence], person_id: int) -> str:
    """What the minutes say after the person's name, in Swedish; "" when nothing needs saying."""
    values = [queries.attending(row) for row in rows]
    names = {row.serves_for.id: row.serves_for.person.name for row in rows if row.serves_for is not None}
    own = [one for one in values if one.person_id == person_id]
    return rules.remark(own, rules.held_during(queries.planned(meeting), values), names)


def _line(row: Presence, remark: str) -> RollLine:
    mandate = row.mandate
    return RollLine(
        person=row.person,
        capacity=mandate.capacity if mandate else None,
        member_organisation=mandate.member_organisation.short_name if mandate else "",
        remark=remark,
    )


@dataclass(frozen=True)
class SheetRow:
    """One line of the attendance page. ``mandate`` is None for others present."""

    person: Person
    mandate: Mandate | None
    presences: tuple[Presence, ...]
    remark: str
    #: The member's seat that a substitute should serve for, if one is vacant.
    proposal: Mandate | None = None

    @property
    def here(self) -> Presence | None:
        """The presence that has not ended."""
        return next((row for row in self.presences if row.until_at is None), None)


@dataclass(frozen=True)
class Sheet:
    """The attendance page."""

    members: tuple[SheetRow, ...]
    substitutes: tuple[SheetRow, ...]
    others: tuple[SheetRow, ...]
    steps: tuple[Step, ...]
    seats: int
    #: Members whose seats nobody votes for at the moment the sheet was made for.
    vacant: tuple[Mandate, ...]


def sheet(session: Session, meeting: Meeting, moment: datetime) -> Sheet:
    """The attendance page, with proposals as things stand at the moment."""
    rows = queries.presences(session, meeting)
    values = [queries.attending(row) for row in rows]
    seated = queries.mandates(session, meeting)
    vacant = _vacant(seated, values, moment)
    lines = [_sheet_row(meeting, rows, mandate.person, mandate, vacant) for mandate in seated]
    known = {mandate.person_id for mandate in seated}
    others = {row.person_id: row.person for row in rows if row.person_id not in known}
    return Sheet(
        members=tuple(line for line in lines if not _is_substitute(line.mandate)),
        substitutes=tuple(line for line in lines if _is_substitute(line.mandate)),
        others=tuple(_sheet_row(meeting, rows, person, None, ()) for person in others.values()),
        steps=tuple(rules.voting_over_time(values)),
        seats=queries.seat_count(session, meeting),
        vacant=vacant,
    )


def _vacant(seated: Sequence[Mandate], values: Sequence[Attending], moment: datetime) -> tuple[Mandate, ...]:
    members = [queries.seat(mandate) for mandate in seated if not _is_substitute(mandate)]
    ids = {seat.mandate_id for seat in rules.vacant_seats(members, values, moment)}
    return tuple(mandate for mandate in seated if mandate.id in ids)


def _sheet_row(
    meeting: Meeting, rows: Sequence[Presence], person: Person, mandate: Mandate | None, vacant: Sequence[Mandate]
) -> SheetRow:
    nearest = None
    if mandate is not None and _is_substitute(mandate):
        nearest = calling.nearest_seat(queries.seat(mandate), [queries.seat(one) for one in vacant])
    return SheetRow(
        person=person,
        mandate=mandate,
        presences=tuple(row for row in rows if row.person_id == person.id),
        remark=remarks(meeting, rows, person.id),
        proposal=next((one for one in vacant if nearest is not None and one.id == nearest.mandate_id), None),
    )


def _is_substitute(mandate: Mandate | None) -> bool:
    return mandate is not None and mandate.capacity is Capacity.SUBSTITUTE
