"""Verbs for who is in the room, by the minute or by the §.

They are those of ``meetings.attending`` with what only the minutes know: the §§, and what was verified at once already.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core.dates import local
from paragraf.core.errors import RuleBroken
from paragraf.core.printing import print_time
from paragraf.meetings import attending as meetings
from paragraf.meetings.attending import Mark
from paragraf.meetings.models import Meeting, Presence
from paragraf.minutes import queries
from paragraf.minutes.models import MinuteItem
from paragraf.minutes.participation import Participation, Room, stay_of, took_part
from paragraf.minutes.taking_part import twice
from paragraf.people.models import Mandate, Person

# --- by the minute or by the § -------------------------------------------------------------------------------------


def mark_from(session: Session, *, at: datetime | None, first: MinuteItem | None) -> Mark:
    """Where something begins: at a moment, with a §, or both ("comes 11.30 and serves from § 630").

    With the § alone, the moment is reckoned. Raises RuleBroken where neither is told, and where the § was taken up
    before the moment.
    """
    if first is None:
        return Mark(_told(at))
    room, place = _place(session, first)
    if at is not None and first.begun_at is not None and first.begun_at < at:
        raise RuleBroken(
            "Paragrafen togs upp kl. %(begun)s, före kl. %(clock)s. Välj nästa paragraf, eller ändra klockslaget.",
            field="item_id",
            begun=print_time(local(first.begun_at).time()),
            clock=print_time(local(at).time()),
        )
    return _mark(room, at, place)


def mark_until(session: Session, *, at: datetime | None, last: MinuteItem | None) -> Mark:
    """Where something ends: at a moment, with a § as the last one, or both. Raises RuleBroken as ``mark_from``."""
    if last is None:
        return Mark(_told(at))
    room, place = _place(session, last)
    after = room.rows[place + 1].begun_at if place + 1 < len(room.rows) else None
    if at is not None and after is not None and at < after:
        raise RuleBroken(
            "Paragrafen var inte klar förrän kl. %(ended)s, efter kl. %(clock)s. Välj paragrafen före, eller ändra "
            "klockslaget.",
            field="item_id",
            ended=print_time(local(after).time()),
            clock=print_time(local(at).time()),
        )
    return _mark(room, at, place + 1)


def _told(at: datetime | None) -> datetime:
    if at is None:
        raise RuleBroken("Ange klockslaget, till exempel 11.30, eller välj en paragraf.", field="clock")
    return at


def _place(session: Session, item: MinuteItem) -> tuple[Room, int]:
    room = Room(session, item.minutes, queries.item_rows(session, item.minutes))
    return room, room.course.place[item.id]


def _mark(room: Room, at: datetime | None, place: int) -> Mark:
    """The mark before the § at ``place``; one past the last: at the end."""
    first = room.rows[place].id if place < len(room.rows) else None
    last = room.rows[place - 1].id if place else None
    return Mark(at or room.course.reckoned(place), first, last, timed=at is not None)


# --- verbs ---------------------------------------------------------------------------------------------------------


def come(
    session: Session,
    meeting: Meeting,
    *,
    person: Person,
    mark: Mark,
    serves_for: Mandate | None = None,
    by_distance: bool = False,
    now: datetime,
    actor: str,
) -> Presence:
    """The person comes into the room; see ``meetings.attending.record_presence``."""
    row = meetings.record_presence(
        session,
        meeting,
        person=person,
        from_at=mark,
        serves_for=serves_for,
        by_distance=by_distance,
        now=now,
        actor=actor,
    )
    must_hold(session, meeting)
    return row


def leave(
    session: Session, meeting: Meeting, presence: Presence, *, mark: Mark | None, now: datetime, actor: str
) -> Presence:
    """The person leaves, or (None) did not leave; see ``meetings.attending.end_presence``."""
    row = meetings.end_presence(session, meeting, presence, until_at=mark, now=now, actor=actor)
    must_hold(session, meeting)
    return row


def serve(
    session: Session,
    meeting: Meeting,
    presence: Presence,
    *,
    serves_for: Mandate | None,
    mark: Mark,
    now: datetime,
    actor: str,
) -> Presence:
    """A substitute begins or ceases to serve; see ``meetings.attending.change_serving``."""
    row = meetings.change_serving(session, meeting, presence, serves_for=serves_for, at=mark, now=now, actor=actor)
    must_hold(session, meeting)
    return row


def remove(session: Session, meeting: Meeting, presence: Presence, *, now: datetime, actor: str) -> None:
    """The line was a mistake; see ``meetings.attending.remove_presence``."""
    meetings.remove_presence(session, meeting, presence, now=now, actor=actor)
    must_hold(session, meeting)


def everyone_came(session: Session, meeting: Meeting, *, now: datetime, actor: str) -> list[Presence]:
    """Every member was there from the start; see ``meetings.attending.mark_all_present``."""
    rows = meetings.mark_all_present(session, meeting, now=now, actor=actor)
    must_hold(session, meeting)
    return rows


def note_course(
    session: Session,
    meeting: Meeting,
    *,
    opened_at: datetime | None,
    closed_at: datetime | None,
    distance_note: str = "",
    now: datetime,
    actor: str,
) -> None:
    """When the meeting opened and closed; see ``meetings.attending.note_course``."""
    meetings.note_course(
        session,
        meeting,
        opened_at=opened_at,
        closed_at=closed_at,
        distance_note=distance_note,
        now=now,
        actor=actor,
    )
    must_hold(session, meeting)


# --- what must hold after each -------------------------------------------------------------------------------------


def must_hold(session: Session, meeting: Meeting) -> None:
    """Raises RuleBroken where a person or a seat is counted twice in a §, and where a § that was verified at once
    would now say another thing than the document that was signed (law 4)."""
    minutes = queries.find_minutes(session, meeting.association_id, meeting.id)
    if minutes is None:
        return
    rows = queries.item_rows(session, minutes)
    if not rows:
        return
    room = Room(session, minutes, rows)
    _must_count_once(room)
    _must_agree(room)


def _must_count_once(room: Room) -> None:
    found = twice([stay_of(one) for one in room.presences], room.course)
    if found is None:
        return
    one, other = found
    if one.person_id == other.person_id:
        raise RuleBroken("%(name)s räknas två gånger i samma paragraf. Ändra den andra raden först.", name=one.name)
    raise RuleBroken(
        "%(name)s och %(other)s har samma plats i samma paragraf. Ändra den ena raden först.",
        name=one.name,
        other=other.name,
    )


def _must_agree(room: Room) -> None:
    for place, row in enumerate(room.rows):
        if row.immediate_id is None or row.immediate is None:
            continue
        told = row.immediate.took_part.get(str(row.id))
        if told is not None and not _agrees(told, room.participation(place)):
            number = row.allocation.number if row.allocation else place + 1
            raise RuleBroken(
                "§ %(number)s är omedelbart justerad, och där står vilka som deltog. Ändringen skulle säga något "
                "annat. Rättelsen görs som ett nytt beslut.",
                number=number,
            )


def _agrees(told: list[list[int]], now: Participation) -> bool:
    return sorted(map(list, told)) == took_part(now)
