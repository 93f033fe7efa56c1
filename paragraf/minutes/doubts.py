"""What the clock leaves open: from or until which § somebody took part. Asked of the secretary, who knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings.attending import lock_open
from paragraf.meetings.models import Meeting, Presence
from paragraf.minutes import queries
from paragraf.minutes.acts import record
from paragraf.minutes.attending import must_hold
from paragraf.minutes.models import MinuteItem
from paragraf.minutes.participation import Room
from paragraf.minutes.taking_part import Answer, Stay


@dataclass(frozen=True)
class OpenBound:
    """Somebody came or left at a time that lies among §§ whose times are not known."""

    presence: Presence
    #: The person came, and began to take part in some §; False: left, or ceased to serve, after some §.
    came: bool
    at: datetime
    #: The §§ that the answer is among: the first § taken part in, or the last one.
    choices: tuple[MinuteItem, ...]


def doubts(room: Room) -> list[OpenBound]:
    """All that the clock leaves open about those with a seat, in the order they came and left."""
    found = [doubt for stay in room.stays if stay.seat is not None for doubt in _of(room, stay)]
    return sorted(found, key=lambda one: (one.at, one.presence.id))


def _of(room: Room, stay: Stay) -> Iterator[OpenBound]:
    own = [row for row in room.presences if row.person_id == stay.person_id]
    places = [place for place in range(len(room.rows)) if not _taken(room, stay, place)]
    begins = [place for place in places if room.course.from_beginning(stay, place) is Answer.UNSURE]
    if begins:
        row = next(row for row in own if row.from_at == stay.during.from_at)
        yield OpenBound(row, True, stay.during.from_at, _choices(room, begins[0], begins[-1] + 1))
    ends = [place for place in places if room.course.to_end(stay, place) is Answer.UNSURE]
    if ends and stay.during.until_at is not None:
        row = next(row for row in own if row.until_at == stay.during.until_at)
        yield OpenBound(row, False, stay.during.until_at, _choices(room, ends[0] - 1, ends[-1]))


def _taken(room: Room, stay: Stay, place: int) -> bool:
    """Whether somebody else is known to have had the seat in the §."""
    others = (one for one in room.stays if one.seat == stay.seat and one.person_id != stay.person_id)
    return any(room.course.whole(one, place) is Answer.YES for one in others)


def _choices(room: Room, first: int, last: int) -> tuple[MinuteItem, ...]:
    return tuple(room.rows[max(first, 0) : last + 1])


def answer(
    session: Session,
    meeting: Meeting,
    presence: Presence,
    *,
    item: MinuteItem,
    came: bool,
    now: datetime,
    actor: str,
) -> None:
    """The person took part from the § on, or (``came`` False) until it; what begins or ends just then goes with it.

    Raises RuleBroken where a person or a seat would be counted twice, and once the attendance is closed.
    """
    lock_open(session, meeting)
    room = Room(session, item.minutes, queries.item_rows(session, item.minutes))
    place = room.course.place.get(item.id)
    if place is None:
        raise NotThere("Paragrafen finns inte i protokollet.")
    at = presence.from_at if came else presence.until_at
    if at is None:
        raise RuleBroken("%(name)s är kvar i rummet.", name=presence.person.name)
    _note(room.presences, presence, room.rows, place if came else place + 1, at)
    session.flush()
    must_hold(session, meeting)
    record(session, item.minutes, "answer_doubt", now, actor, item_id=item.id, person_id=presence.person_id)


def _note(presences: Sequence[Presence], asked: Presence, rows: Sequence[MinuteItem], place: int, at: datetime) -> None:
    """All that begins at the moment begins with the § at ``place``, and all that ends ends with the one before.

    Of the same person, and of the same seat: a member who leaves and the substitute who takes over.
    """
    seat = {asked.mandate_id, asked.serves_for_id} - {None}
    first = rows[place].id if place < len(rows) else None
    last = rows[place - 1].id if place else None
    for row in presences:
        if row.person_id != asked.person_id and not seat & {row.mandate_id, row.serves_for_id}:
            continue
        if row.from_at == at:
            row.from_item_id = first
        if row.until_at == at:
            row.until_item_id = last
