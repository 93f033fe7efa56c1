"""The attendance as pages and minutes show it: who took part, row by row, and the quorum over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.meetings import calling, queries, rules
from paragraf.meetings.calling import Reason
from paragraf.meetings.excusing import excuses
from paragraf.meetings.models import Excuse, Meeting, Presence
from paragraf.meetings.rules import Attending, Step
from paragraf.people import queries as people
from paragraf.people.models import Capacity, Mandate, Person


def remarks(meeting: Meeting, rows: Sequence[Presence], person_id: int) -> str:
    """What the minutes say after the person's name, in Swedish; "" when nothing needs saying."""
    values = [queries.attending(row) for row in rows]
    names = {row.serves_for.id: row.serves_for.person.name for row in rows if row.serves_for is not None}
    own = [one for one in values if one.person_id == person_id]
    return rules.remark(own, rules.held_during(queries.planned(meeting), values), names)


@dataclass(frozen=True)
class SheetRow:
    """One line of the attendance page. ``mandate`` is None for others present."""

    person: Person
    mandate: Mandate | None
    presences: tuple[Presence, ...]
    remark: str
    #: The member's seat that a substitute should serve for, if one is vacant.
    proposal: Mandate | None = None
    excuse: Excuse | None = None

    @property
    def here(self) -> Presence | None:
        """The presence that has not ended."""
        return next((row for row in self.presences if row.until_at is None), None)


@dataclass(frozen=True)
class Vacancy:
    """A member's seat that nobody votes for, and the substitute in the room who is called first, with the reason."""

    mandate: Mandate
    substitute: Mandate | None = None
    reason: Reason | None = None


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
    vacancies: tuple[Vacancy, ...] = ()


def sheet(session: Session, meeting: Meeting, moment: datetime) -> Sheet:
    """The attendance page, with proposals as things stand at the moment."""
    facts = _Facts(session, meeting, moment)
    lines = [facts.row(mandate.person, mandate) for mandate in facts.seated]
    known = {mandate.person_id for mandate in facts.seated}
    others = {row.person_id: row.person for row in facts.rows if row.person_id not in known}
    return Sheet(
        members=tuple(line for line in lines if not _is_substitute(line.mandate)),
        substitutes=tuple(line for line in lines if _is_substitute(line.mandate)),
        others=tuple(facts.row(person, None) for person in others.values()),
        steps=tuple(rules.voting_over_time(facts.values)),
        seats=facts.rule.seats,
        vacant=facts.vacant,
        vacancies=tuple(facts.vacancy(mandate) for mandate in facts.vacant),
    )


class _Facts:
    """What the attendance page is made of, asked for once."""

    def __init__(self, session: Session, meeting: Meeting, moment: datetime) -> None:
        self.meeting, self.moment = meeting, moment
        self.rows = queries.presences(session, meeting)
        self.values = [queries.attending(row) for row in self.rows]
        self.seated = queries.mandates(session, meeting)
        self.rule = people.body_rule(session, meeting.body_id, local_date(meeting.starts_at))
        self.excuses = {one.person_id: one for one in excuses(session, meeting)}
        self.vacant = _vacant(self.seated, self.values, moment)

    def row(self, person: Person, mandate: Mandate | None) -> SheetRow:
        return SheetRow(
            person=person,
            mandate=mandate,
            presences=tuple(row for row in self.rows if row.person_id == person.id),
            remark=remarks(self.meeting, self.rows, person.id),
            proposal=self._proposal(mandate),
            excuse=self.excuses.get(person.id),
        )

    def vacancy(self, mandate: Mandate) -> Vacancy:
        """Who is called for the vacant seat, among those who are in the room and do not serve."""
        substitutes = {one.id: one for one in self.seated if _is_substitute(one)}
        member, order = queries.seat(mandate), self.rule.substitute_order
        seats = [queries.seat(one) for one in substitutes.values()]
        found = calling.propose_substitute(member, seats, self.values, self.moment, order)
        if found is None:
            return Vacancy(mandate)
        return Vacancy(mandate, substitutes[found.mandate_id], calling.why_called(found, member, order))

    def _proposal(self, mandate: Mandate | None) -> Mandate | None:
        if mandate is None or not _is_substitute(mandate):
            return None
        seats = [queries.seat(one) for one in self.vacant]
        nearest = calling.nearest_seat(queries.seat(mandate), seats, self.rule.substitute_order)
        return next((one for one in self.vacant if nearest is not None and one.id == nearest.mandate_id), None)


def _vacant(seated: Sequence[Mandate], values: Sequence[Attending], moment: datetime) -> tuple[Mandate, ...]:
    members = [queries.seat(mandate) for mandate in seated if not _is_substitute(mandate)]
    ids = {seat.mandate_id for seat in rules.vacant_seats(members, values, moment)}
    return tuple(mandate for mandate in seated if mandate.id in ids)


def _is_substitute(mandate: Mandate | None) -> bool:
    return mandate is not None and mandate.capacity is Capacity.SUBSTITUTE
