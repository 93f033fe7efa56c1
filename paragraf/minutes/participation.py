"""Who took part in each §: computed from who was in the room, when the § was taken up, and who was disqualified.

Nothing of it is stored (law 1), but in what was sent out as a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.meetings import queries as meetings
from paragraf.meetings import rules as meeting_rules
from paragraf.meetings.rules import Attending
from paragraf.minutes.models import MinuteItem, Minutes
from paragraf.people import queries as people


@dataclass(frozen=True)
class Participant:
    """A person who takes part in the decision of a §, and in whose seat (the member's mandate)."""

    person_id: int
    name: str
    seat: int


@dataclass(frozen=True)
class Participation:
    """Who decided one §."""

    deciding: tuple[Participant, ...]
    #: Persons by id who are disqualified in the § and left the room.
    recused: tuple[int, ...]
    #: Names of those of whom the clock does not tell whether they were there for the whole §.
    unsure: tuple[str, ...]
    seats: int

    @property
    def is_quorate(self) -> bool:
        """More than half of the members' seats decide (KL 6:27)."""
        return meeting_rules.is_quorate(len(self.deciding), self.seats)

    def took_part(self, person_id: int) -> bool:
        """Whether the person decided, and so may reserve (KL 4:27) and verify the §."""
        return any(one.person_id == person_id for one in self.deciding)


def participations(session: Session, minutes: Minutes, rows: Sequence[MinuteItem]) -> dict[int, Participation]:
    """Who decided each of the §§, by its id. ``rows`` are all §§ in order, as ``queries.item_rows`` has them."""
    meeting = minutes.meeting
    attending = meetings.attendance(session, meeting)
    seats = people.body_rule(session, meeting.body_id, local_date(meeting.starts_at)).seats
    return {row.id: _of(row, attending, seats) for row in rows}


def _of(row: MinuteItem, attending: Iterable[Attending], seats: int) -> Participation:
    recused = tuple(one.person_id for one in row.recusals)
    voting = (one for one in attending if one.seat is not None and one.person_id not in recused)
    if row.begun_at is not None:
        begun_at = row.begun_at
        voting = (one for one in voting if one.during.covers(begun_at))
    deciding = {one.person_id: Participant(one.person_id, one.name, one.seat or 0) for one in voting}
    return Participation(tuple(deciding.values()), recused, (), seats)
