"""Verbs for jäv: somebody is disqualified in one § and leaves the room, and a substitute is called for that § only.

Kommunallagen 6:28–32, by way of lag (2003:1210) 19 §.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import calling
from paragraf.meetings import queries as meetings
from paragraf.meetings.attending import lock_open
from paragraf.meetings.calling import Reason
from paragraf.minutes import queries
from paragraf.minutes.acts import lock, record
from paragraf.minutes.attending import must_hold
from paragraf.minutes.models import MinuteItem, Minutes, Recusal, RecusalGround
from paragraf.minutes.participation import Room
from paragraf.minutes.taking_part import Answer
from paragraf.people.models import Capacity, Mandate, Person

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Proposal:
    """A substitute who may be called for a §, and why in this turn."""

    mandate: Mandate
    reason: Reason


def recuse(
    session: Session,
    row: MinuteItem,
    *,
    person: Person,
    ground: RecusalGround,
    note: str = "",
    call_next: bool = True,
    now: datetime,
    actor: str,
) -> Recusal:
    """The person is disqualified in the § and not in the room; the next substitute serves in the seat for that § only.

    Who is next follows from the body's rule (``proposals``); nobody where nobody can, or if ``call_next`` is False.
    Raises RuleBroken for somebody who is disqualified there already or was not in the room, and once the attendance
    or the § is closed.
    """
    _lock(session, row)
    _must_be_there(session, row, person)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise RuleBroken("Texten får vara högst 500 tecken.", field="note")
    found = proposals(session, row, person) if call_next else []
    recusal = Recusal(
        association_id=row.association_id,
        minute_item_id=row.id,
        person_id=person.id,
        ground=ground,
        note=note,
        substitute_id=found[0].mandate.person_id if found else None,
        recorded_at=now,
        recorded_by=actor,
    )
    session.add(recusal)
    _keep(session, row)
    record(session, row.minutes, "recuse", now, actor, **_told(row, recusal))
    return recusal


def call_substitute(
    session: Session, recusal: Recusal, substitute: Person | None, *, now: datetime, actor: str
) -> Recusal:
    """Another substitute than the one proposed serves for the disqualified one in the §, or (None) nobody.

    Raises RuleBroken for somebody who is no substitute, is not in the room for the whole § or serves in it already.
    """
    row = _item_of(session, recusal)
    _lock(session, row)
    if substitute is not None:
        able = {one.mandate.person_id for one in proposals(session, row, recusal.person)}
        if substitute.id not in able and substitute.id != recusal.substitute_id:
            raise RuleBroken(
                "%(name)s kan inte tjänstgöra i paragrafen. Välj en ersättare som är i rummet och inte redan "
                "tjänstgör.",
                field="substitute_id",
                name=substitute.name,
            )
    recusal.substitute_id = substitute.id if substitute else None
    _keep(session, row)
    session.expire(recusal, ["substitute"])
    record(session, row.minutes, "call_substitute", now, actor, **_told(row, recusal))
    return recusal


def withdraw_recusal(session: Session, recusal: Recusal, *, now: datetime, actor: str) -> None:
    """The person was not disqualified: the jäv was obviously without importance (KL 6:31), or a mistake."""
    row = _item_of(session, recusal)
    _lock(session, row)
    record(session, row.minutes, "withdraw_recusal", now, actor, **_told(row, recusal))
    session.delete(recusal)
    _keep(session, row)


def recusal(session: Session, association_id: int, meeting_id: int, recusal_id: int) -> Recusal:
    """A recusal at the association's own meeting; raises NotThere."""
    found = session.scalar(
        select(Recusal)
        .join(MinuteItem, MinuteItem.id == Recusal.minute_item_id)
        .join(Minutes, Minutes.id == MinuteItem.minutes_id)
        .where(Recusal.association_id == association_id, Minutes.meeting_id == meeting_id, Recusal.id == recusal_id)
    )
    if found is None:
        raise NotThere("Jävet är inte antecknat.")
    return found


def proposals(session: Session, row: MinuteItem, person: Person) -> list[Proposal]:
    """The substitutes who can serve for the disqualified one in the §, in the turn in which they are called.

    Those in the room for the whole § who neither serve nor are disqualified in it. None for somebody without a vote.
    """
    room = Room(session, row.minutes, queries.item_rows(session, row.minutes))
    place = room.course.place.get(row.id)
    if place is None:
        raise NotThere("Paragrafen finns inte i protokollet.")
    seat = _seat_of(room, place, person)
    if seat is None:
        return []
    able = _able(room, place, person)
    order = room.rule.substitute_order
    turn = calling.called_in_order(map(meetings.seat, able), meetings.seat(seat), order)
    by_id = {one.id: one for one in able}
    return [Proposal(by_id[one.mandate_id], calling.why_called(one, meetings.seat(seat), order)) for one in turn]


def _seat_of(room: Room, place: int, person: Person) -> Mandate | None:
    """The member's mandate whose vote the person would cast in the §."""
    would = room.participation(place, without_recusals=True)
    seats = [one.seat for one in would.deciding if one.person_id == person.id]
    if not seats and person.id in would.unsure_ids:
        seats = [one.seat for one in room.stays if one.person_id == person.id and one.seat is not None]
    return room.members.get(seats[0]) if seats else None


def _able(room: Room, place: int, person: Person) -> Sequence[Mandate]:
    now = room.participation(place)
    taken = {person.id, *now.recused, *(one.person_id for one in now.deciding), *now.unsure_ids}
    return [
        one
        for one in room.mandates
        if one.capacity is Capacity.SUBSTITUTE
        and one.person_id not in taken
        and room.there(one.person_id, place) is not Answer.NO
    ]


def _lock(session: Session, row: MinuteItem) -> None:
    lock(session, row.minutes)
    lock_open(session, row.minutes.meeting)


def _must_be_there(session: Session, row: MinuteItem, person: Person) -> None:
    if person.association_id != row.association_id:
        raise NotThere("Personen finns inte.")
    taken = select(Recusal.id).where(Recusal.minute_item_id == row.id, Recusal.person_id == person.id)
    if session.scalar(taken) is not None:
        raise RuleBroken("%(name)s har redan anmält jäv i paragrafen.", name=person.name, field="person_id")
    room = Room(session, row.minutes, queries.item_rows(session, row.minutes))
    place = room.course.place.get(row.id)
    # Before anybody is noted there is nobody to miss.
    if place is not None and room.presences and room.there(person.id, place) is Answer.NO:
        raise RuleBroken(
            "%(name)s var inte med i paragrafen. Jäv antecknas bara för den som är där.",
            name=person.name,
            field="person_id",
        )


def _keep(session: Session, row: MinuteItem) -> None:
    session.flush()
    session.expire(row, ["recusals"])
    must_hold(session, row.minutes.meeting)


def _item_of(session: Session, recusal: Recusal) -> MinuteItem:
    wanted = select(MinuteItem).where(
        MinuteItem.association_id == recusal.association_id, MinuteItem.id == recusal.minute_item_id
    )
    return session.scalars(wanted).one()


def _told(row: MinuteItem, recusal: Recusal) -> dict[str, int | None]:
    """Neither the ground nor the note: the log is read by more people than the minutes need tell."""
    return {"item_id": row.id, "person_id": recusal.person_id, "substitute_id": recusal.substitute_id}
