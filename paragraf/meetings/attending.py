"""Verbs for who is in the room: comes, leaves, serves for an absent member; and when the meeting opened and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.duties import operations as duties
from paragraf.duties.standard_rules import MEETING
from paragraf.meetings import calling, queries, rules
from paragraf.meetings.excusing import excuses
from paragraf.meetings.models import Meeting, MeetingMode, Presence
from paragraf.people import queries as people
from paragraf.people.models import Capacity, Mandate, Person

SUBJECT = "meeting"
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Mark:
    """Where in the meeting something begins, and what was before it ends.

    ``first_id`` is the § with which it begins, ``last_id`` the § before that one, where the § is noted. ``timed``
    False: only the § is known, and the moment was reckoned from it.
    """

    at: datetime
    first_id: int | None = None
    last_id: int | None = None
    timed: bool = True


def record_presence(
    session: Session,
    meeting: Meeting,
    *,
    person: Person,
    from_at: datetime | Mark,
    until_at: datetime | None = None,
    serves_for: Mandate | None = None,
    by_distance: bool = False,
    now: datetime,
    actor: str,
) -> Presence:
    """The person comes into the room, with the mandate held in the body that day, if any.

    A member takes the seat back from a substitute who serves for it. ``serves_for``: the absent member a substitute
    serves for from the same moment. Raises RuleBroken where a person or a seat would be counted twice, where the
    member is present, where the two would take turns, and once the attendance is closed.
    """
    lock_open(session, meeting)
    mark = from_at if isinstance(from_at, Mark) else Mark(from_at)
    known = people.person(session, meeting.association_id, person.id)
    mandate = _mandate_of(session, meeting, known)
    if mandate is not None and mandate.capacity is not Capacity.SUBSTITUTE:
        _give_back_seat(session, meeting, mandate, mark)
    row = Presence(
        association_id=meeting.association_id,
        meeting_id=meeting.id,
        person=known,
        person_id=known.id,
        mandate=mandate,
        mandate_id=mandate.id if mandate else None,
        from_at=mark.at,
        from_item_id=mark.first_id,
        from_timed=mark.timed,
        until_at=until_at,
        until_timed=True,
        by_distance=by_distance,
    )
    if serves_for is not None:
        _serve(session, meeting, row, serves_for, mark.at)
    _check(session, meeting, row)
    session.add(row)
    session.flush()
    _log(session, meeting, "record_presence", row, now, actor)
    _finish_preparing(session, meeting, now, actor)
    return row


def _finish_preparing(session: Session, meeting: Meeting, now: datetime, actor: str) -> None:
    """Once somebody is there, nobody needs to be reminded to prepare."""
    duties.finish(
        session,
        association_id=meeting.association_id,
        rule_key=MEETING,
        subject=SUBJECT,
        subject_id=meeting.id,
        now=now,
        actor=actor,
    )


def end_presence(
    session: Session,
    meeting: Meeting,
    presence: Presence,
    *,
    until_at: datetime | Mark | None,
    now: datetime,
    actor: str,
) -> Presence:
    """The person leaves at ``until_at``; None takes a leaving back. Raises RuleBroken as ``record_presence`` does."""
    lock_open(session, meeting)
    mark = Mark(until_at) if isinstance(until_at, datetime) else until_at
    with session.no_autoflush:
        presence.until_at = mark.at if mark else None
        presence.until_item_id = mark.last_id if mark else None
        presence.until_timed = mark.timed if mark else True
        _check(session, meeting, presence)
    session.flush()
    _log(session, meeting, "end_presence", presence, now, actor)
    return presence


def change_serving(
    session: Session,
    meeting: Meeting,
    presence: Presence,
    *,
    serves_for: Mandate | None,
    at: datetime | Mark,
    now: datetime,
    actor: str,
) -> Presence:
    """From the moment on, a substitute in the room serves for the member, or (None) no longer serves.

    The presence is parted in two at the moment; the later one is returned. Raises RuleBroken where the member is
    present, someone else serves already, the two would take turns, or the substitute was not in the room.
    """
    lock_open(session, meeting)
    mark = at if isinstance(at, Mark) else Mark(at)
    if not queries.attending(presence).during.covers(mark.at):
        raise RuleBroken("%(name)s var inte i rummet då. Anteckna närvaron först.", name=presence.person.name)
    later = _part(session, presence, mark)
    if serves_for is not None:
        _serve(session, meeting, later, serves_for, mark.at)
        _check(session, meeting, later)
    session.flush()
    _log(session, meeting, "change_serving", later, now, actor)
    return later


def change_distance(
    session: Session, meeting: Meeting, presence: Presence, *, by_distance: bool, now: datetime, actor: str
) -> Presence:
    """Whether the person takes part in that time by sound and picture (lag 2003:1210 19 a §)."""
    lock_open(session, meeting)
    presence.by_distance = by_distance
    session.flush()
    _log(session, meeting, "change_distance", presence, now, actor)
    return presence


def remove_presence(session: Session, meeting: Meeting, presence: Presence, *, now: datetime, actor: str) -> None:
    """The person was never there in that time: the line was a mistake."""
    lock_open(session, meeting)
    _log(session, meeting, "remove_presence", presence, now, actor)
    session.delete(presence)
    session.flush()


def mark_all_present(session: Session, meeting: Meeting, *, now: datetime, actor: str) -> list[Presence]:
    """Every member was there from the meeting's start.

    Save those with a line, those whom someone serves for, and those who told that they cannot come.
    """
    lock_open(session, meeting)
    rows = queries.presences(session, meeting)
    known = {row.person_id for row in rows} | {one.person_id for one in excuses(session, meeting)}
    served_for = {row.serves_for_id for row in rows}
    absent = [
        mandate
        for mandate in queries.mandates(session, meeting)
        if mandate.capacity is not Capacity.SUBSTITUTE
        and mandate.person_id not in known
        and mandate.id not in served_for
    ]
    return [
        record_presence(
            session,
            meeting,
            person=mandate.person,
            from_at=meeting.opened_at or meeting.starts_at,
            by_distance=meeting.mode is MeetingMode.DISTANCE,
            now=now,
            actor=actor,
        )
        for mandate in absent
    ]


def close_attendance(session: Session, meeting: Meeting, *, now: datetime, actor: str) -> None:
    """From now on the attendance may not change: minutes that state it have been sent out (law 4)."""
    lock_open(session, meeting)
    meeting.attendance_closed_at = now
    session.flush()
    log.record(
        session,
        meeting.association_id,
        "close_attendance",
        SUBJECT,
        meeting.id,
        now=now,
        actor=actor,
        matter_id=meeting.matter_id,
    )


def open_attendance(session: Session, meeting: Meeting, *, now: datetime, actor: str) -> None:
    """The attendance may change again: the minutes that stated it were reopened before anybody had verified them."""
    session.refresh(meeting, with_for_update={"of": Meeting})
    if meeting.attendance_closed_at is None:
        return
    meeting.attendance_closed_at = None
    session.flush()
    log.record(
        session,
        meeting.association_id,
        "open_attendance",
        SUBJECT,
        meeting.id,
        now=now,
        actor=actor,
        matter_id=meeting.matter_id,
    )


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
    """When the chair opened and closed the meeting, and how far members took part at a distance; None: not noted.

    Raises RuleBroken where it would close before it opened, and once the attendance is closed.
    """
    lock_open(session, meeting)
    if opened_at is not None and closed_at is not None and closed_at <= opened_at:
        raise RuleBroken("Sammanträdet kan inte avslutas innan det öppnades.", field="closed")
    if len(distance_note) > LONGEST_NOTE:
        raise RuleBroken("Texten får vara högst 500 tecken.", field="distance_note")
    meeting.opened_at, meeting.closed_at = opened_at, closed_at
    meeting.distance_note = " ".join(distance_note.split())
    session.flush()
    log.record(
        session,
        meeting.association_id,
        "note_course",
        SUBJECT,
        meeting.id,
        now=now,
        actor=actor,
        matter_id=meeting.matter_id,
        opened_at=opened_at.isoformat() if opened_at else None,
        closed_at=closed_at.isoformat() if closed_at else None,
    )


def lock_open(session: Session, meeting: Meeting) -> None:
    """Lock the meeting; raises RuleBroken where its attendance may not change."""
    # One act at a time on a meeting's attendance, so that no two take the same seat.
    session.refresh(meeting, with_for_update={"of": Meeting})
    if meeting.cancelled_at is not None:
        raise RuleBroken("Sammanträdet är inställt, så ingen närvaro kan antecknas.")
    if meeting.attendance_closed_at is not None:
        raise RuleBroken("Protokollet är utskickat, så närvaron kan inte ändras. En rättelse görs som ett nytt beslut.")


def _mandate_of(session: Session, meeting: Meeting, person: Person) -> Mandate | None:
    """The person's mandate in the body on the meeting's day; a member's seat before a substitute's."""
    mandates = queries.mandates(session, meeting)
    return next((mandate for mandate in mandates if mandate.person_id == person.id), None)


def _serve(session: Session, meeting: Meeting, row: Presence, member: Mandate, at: datetime) -> None:
    absent = next((one for one in queries.mandates(session, meeting) if one.id == member.id), None)
    if row.mandate is None or absent is None:
        raise RuleBroken(
            "%(name)s har inget uppdrag i %(body)s den dagen och kan inte tjänstgöra.",
            name=row.person.name if row.mandate is None else member.person.name,
            body=meeting.body.name,
        )
    others = [one for one in queries.attendance(session, meeting) if one.person_id != row.person_id]
    fault = rules.why_not_serve(queries.seat(row.mandate), queries.seat(absent), others, at)
    if fault is None:
        every = queries.attendance(session, meeting)
        fault = calling.why_not_serve_again(queries.seat(row.mandate), queries.seat(absent), every, at)
    if fault is not None:
        raise fault
    row.serves_for, row.serves_for_id = absent, absent.id


def _give_back_seat(session: Session, meeting: Meeting, member: Mandate, mark: Mark) -> None:
    for row in queries.presences(session, meeting):
        if row.serves_for_id == member.id and queries.attending(row).during.covers(mark.at):
            _part(session, row, mark)
    session.flush()


def _part(session: Session, row: Presence, mark: Mark) -> Presence:
    """The part of the presence from the moment on, as a row of its own that does not serve."""
    if row.from_at == mark.at:
        row.serves_for, row.serves_for_id = None, None
        return row
    later = Presence(
        association_id=row.association_id,
        meeting_id=row.meeting_id,
        person=row.person,
        person_id=row.person_id,
        mandate=row.mandate,
        mandate_id=row.mandate_id,
        from_at=mark.at,
        from_item_id=mark.first_id,
        from_timed=mark.timed,
        until_at=row.until_at,
        until_item_id=row.until_item_id,
        until_timed=row.until_timed,
        by_distance=row.by_distance,
    )
    row.until_at, row.until_item_id, row.until_timed = mark.at, mark.last_id, mark.timed
    session.add(later)
    return later


def _check(session: Session, meeting: Meeting, row: Presence) -> None:
    others = [queries.attending(one) for one in queries.presences(session, meeting) if one is not row]
    fault = rules.why_not_attend(queries.attending(row), others)
    if fault is not None:
        raise fault


def _log(session: Session, meeting: Meeting, verb: str, row: Presence, now: datetime, actor: str) -> None:
    log.record(
        session,
        meeting.association_id,
        verb,
        SUBJECT,
        meeting.id,
        now=now,
        actor=actor,
        matter_id=meeting.matter_id,
        person_id=row.person_id,
        serves_for_id=row.serves_for_id,
        from_at=row.from_at.isoformat(),
        from_item_id=row.from_item_id,
        until_at=row.until_at.isoformat() if row.until_at else None,
        until_item_id=row.until_item_id,
    )
