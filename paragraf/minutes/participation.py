"""Who took part in each §: computed from who was in the room, when the § was taken up, and who was disqualified.

Nothing of it is stored (law 1), but in what was sent out as a document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from paragraf.core.dates import local_date
from paragraf.meetings import queries as meetings
from paragraf.meetings import rules as meeting_rules
from paragraf.meetings.models import Presence
from paragraf.meetings.rules import Interval
from paragraf.minutes.models import MinuteItem, Minutes, Recusal, RecusalGround
from paragraf.minutes.taking_part import Answer, Course, Stay, Taken, deciding_at, joined
from paragraf.people import queries as people
from paragraf.people.models import BodyRule, Capacity, Mandate


@dataclass(frozen=True)
class Participant:
    """A person who takes part in the decision of a §, and in whose seat (the member's mandate)."""

    person_id: int
    name: str
    seat: int
    #: The member for whom a substitute serves; "" for members.
    serves_for: str = ""
    #: Called in for this § only, since the one in the seat is disqualified.
    for_recusal: bool = False


@dataclass(frozen=True)
class Disqualified:
    """A person who is disqualified (jäv) in a §, and who serves in the seat meanwhile."""

    person_id: int
    name: str
    ground: RecusalGround
    note: str
    #: None for somebody who has no vote in the §.
    seat: int | None
    #: The substitute who does serve; "" for nobody.
    substitute: str = ""
    #: A substitute was called in who was not there for the whole §, or had a seat already.
    called_in_vain: str = ""


@dataclass(frozen=True)
class Participation:
    """Who decided one §."""

    deciding: tuple[Participant, ...]
    #: Persons by id who are disqualified in the § and left the room.
    recused: tuple[int, ...]
    #: Names of those of whom the clock does not tell whether they were there for the whole §.
    unsure: tuple[str, ...]
    seats: int
    disqualified: tuple[Disqualified, ...] = ()
    #: Those in ``unsure``, by id.
    unsure_ids: frozenset[int] = frozenset()
    #: Who led the meeting, by id and name; None where it does not follow from what is noted.
    leader: tuple[int, str] | None = None

    @property
    def is_quorate(self) -> bool:
        """More than half of the members' seats decide (KL 6:27)."""
        return meeting_rules.is_quorate(len(self.deciding), self.seats)

    @property
    def may_be_quorate(self) -> bool:
        """Whether the body is quorate if all of whom nobody knows were there."""
        return meeting_rules.is_quorate(len(self.deciding) + len(self.unsure), self.seats)

    def took_part(self, person_id: int) -> bool:
        """Whether the person decided, and so may reserve (KL 4:27) and verify the §."""
        return any(one.person_id == person_id for one in self.deciding)

    def may_have_taken_part(self, person_id: int) -> bool:
        """Whether the person decided, as far as is known."""
        return self.took_part(person_id) or person_id in self.unsure_ids


def participations(session: Session, minutes: Minutes, rows: Sequence[MinuteItem]) -> dict[int, Participation]:
    """Who decided each of the §§, by its id. ``rows`` are all §§ in order, as ``queries.item_rows`` has them.

    Asks the database as often for a hundred §§ as for one.
    """
    return Room(session, minutes, rows).participations()


def took_part(participation: Participation) -> list[list[int]]:
    """Who decided a §, as an immediate verification keeps it: pairs of person and seat by id, in the seats' order."""
    return sorted([one.person_id, one.seat] for one in participation.deciding)


class Room:
    """The meeting's room with all that is noted of it: who may be asked about any §."""

    def __init__(self, session: Session, minutes: Minutes, rows: Sequence[MinuteItem]) -> None:
        meeting = minutes.meeting
        self.minutes = minutes
        self.rows = rows
        self.presences = meetings.presences(session, meeting)
        self.mandates: list[Mandate] = meetings.mandates(session, meeting)
        self.rule: BodyRule = people.body_rule(session, meeting.body_id, local_date(meeting.starts_at))
        self.recusals = _recusals(session, minutes)
        self.held: Interval = meetings.time_held(meeting, self.presences)
        self.course = Course([Taken(row.id, row.begun_at) for row in rows], self.held)
        self.stays = joined([stay_of(one) for one in self.presences], self.course)
        self.in_room = joined([stay_of(one).unseated() for one in self.presences], self.course)

    @cached_property
    def members(self) -> dict[int, Mandate]:
        """The members' mandates, by id: the seats, in their order."""
        return {one.id: one for one in self.mandates if one.capacity is not Capacity.SUBSTITUTE}

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Members' names by seat, those too whose mandate does not hold on the day but who have a line."""
        served = {one.serves_for_id: one.serves_for.person.name for one in self.presences if one.serves_for}
        return {**served, **{seat: one.person.name for seat, one in self.members.items()}}  # type: ignore[dict-item]

    def participations(self) -> dict[int, Participation]:
        """Who decided each of the §§, by its id."""
        return {row.id: self.participation(place) for place, row in enumerate(self.rows)}

    def participation(self, place: int, *, without_recusals: bool = False) -> Participation:
        """Who decided the § at ``place``, 0 first; or who would have, if nobody were disqualified."""
        row = self.rows[place]
        recusals = [] if without_recusals else self.recusals[row.id]
        recused = tuple(one.person_id for one in recusals)
        deciding = [self._participant(one) for one in deciding_at(self.stays, place, self.course, recused)]
        disqualified = []
        for recusal in recusals:
            told, called = self._disqualified(recusal, place, deciding, recused)
            disqualified.append(told)
            deciding += [called] if called else []
        unsure = self._unsure(place, {*recused, *(one.person_id for one in deciding)})
        return Participation(
            tuple(sorted(deciding, key=lambda one: self._order(one.seat))),
            recused,
            tuple(unsure.values()),
            self.rule.seats,
            tuple(disqualified),
            frozenset(unsure),
            self._leader(row, {one.person_id for one in deciding} | unsure.keys()),
        )

    def there(self, person_id: int, place: int) -> Answer:
        """Whether the person was in the room for the whole § at ``place``, voting or not."""
        own = [self.course.whole(one, place) for one in self.in_room if one.person_id == person_id]
        return max(own, default=Answer.NO)

    def _participant(self, stay: Stay, *, seat: int | None = None) -> Participant:
        taken = seat or stay.seat or 0
        served = self.names.get(taken, "") if stay.serves or seat else ""
        return Participant(stay.person_id, stay.name, taken, served, for_recusal=seat is not None)

    def _order(self, seat: int) -> int:
        return list(self.members).index(seat) if seat in self.members else len(self.members)

    def _unsure(self, place: int, known: set[int]) -> dict[int, str]:
        """Those with a seat of whom nobody knows whether they were there for the whole §."""
        return {
            one.person_id: one.name
            for one in self.stays
            if one.seat is not None and one.person_id not in known and self.course.whole(one, place) is Answer.UNSURE
        }

    def _disqualified(
        self, recusal: Recusal, place: int, deciding: Iterable[Participant], recused: Sequence[int]
    ) -> tuple[Disqualified, Participant | None]:
        seat = next((one.seat for one in deciding_at(self.stays, place, self.course) if self._is(one, recusal)), None)
        called = self._called(recusal, seat, place, deciding, recused)
        in_vain = recusal.substitute.name if recusal.substitute and not called else ""
        told = Disqualified(
            recusal.person_id,
            recusal.person.name,
            recusal.ground,
            recusal.note,
            seat,
            called.name if called else "",
            in_vain,
        )
        return told, called

    @staticmethod
    def _is(stay: Stay, recusal: Recusal) -> bool:
        return stay.person_id == recusal.person_id

    def _called(
        self, recusal: Recusal, seat: int | None, place: int, deciding: Iterable[Participant], recused: Sequence[int]
    ) -> Participant | None:
        person_id = recusal.substitute_id
        if person_id is None or seat is None or person_id in recused or self.there(person_id, place) is Answer.NO:
            return None
        if any(one.person_id == person_id or one.seat == seat for one in deciding):
            return None
        stay = next(one for one in self.in_room if one.person_id == person_id)
        return self._participant(stay, seat=seat)

    def _leader(self, row: MinuteItem, there: set[int]) -> tuple[int, str] | None:
        """Whom the § names, else the chair of the minutes, else the body's chair and vice chairs in their order."""
        named = [(row.led_by_id, row.led_by.name)] if row.led_by_id and row.led_by else []
        usual = [(self.minutes.chair_id, self.minutes.chair.name)]
        capacities = (Capacity.CHAIR, Capacity.VICE_CHAIR)
        rest = [(one.person_id, one.person.name) for one in self.mandates if one.capacity in capacities]
        if not self.presences:
            return (named or usual)[0]
        return next((one for one in (*named, *usual, *rest) if one[0] in there), None)


def stay_of(row: Presence) -> Stay:
    """The presence as a value of the rules."""
    attending = meetings.attending(row)
    return Stay(
        attending.person_id,
        attending.name,
        attending.during,
        attending.seat,
        first=row.from_item_id,
        last=row.until_item_id,
        serves=attending.serves,
        by_distance=row.by_distance,
    )


def _recusals(session: Session, minutes: Minutes) -> dict[int, list[Recusal]]:
    wanted = (
        select(Recusal)
        .join(MinuteItem, MinuteItem.id == Recusal.minute_item_id)
        .where(Recusal.association_id == minutes.association_id, MinuteItem.minutes_id == minutes.id)
        .options(joinedload(Recusal.person), joinedload(Recusal.substitute))
        .order_by(Recusal.id)
    )
    by_item: dict[int, list[Recusal]] = defaultdict(list)
    for one in session.scalars(wanted):
        by_item[one.minute_item_id].append(one)
    return by_item
