"""Verbs for who is in the room: comes, leaves, serves for an absent member."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.duties import operations as duties
from paragraf.duties.standard_rules import MEETING
from paragraf.meetings import queries, rules
from paragraf.meetings.models import Meeting, Presence
from paragraf.people import queries as people
from paragraf.people.models import Capacity, Mandate, Person

SUBJECT = "meeting"


def record_presence(
    session: Session,
    meeting: Meeting,
    *,
    person: Person,
    from_at: datetime,
    until_at: datetime | None = None,
    serves_for: Mandate | None = None,
    now: datetime,
    actor: str,
) -> Presence:
    """The person comes into the room, with the mandate held in the body that day, if any.

    A member takes the seat back from a substitute who serves for it. ``serves_for``: the absent member a substitute
    serves for from the same moment. Raises RuleBroken where a person or a seat would be counted twice, where the
    member is present, and once the attendance is closed.
    """
    _lock_open(session, meeting)
    known = people.person(session, meeting.association_id, person.id)
    mandate = _mandate_of(session, meeting, known)
    if mandate is not None and mandate.capacity is not Capacity.SUBSTITUTE:
        _give_back_seat(session, meeting, mandate, from_at)
    row = Presence(
        association_id=meeting.association_id,
        meeting_id=meeting.id,
        person=known,
        person_id=known.id,
        mandate=mandate,
        mandate_id=mandate.id if mandate else None,
        from_at=from_at,
        until_at=until_at,
    )
    if serves_for is not None:
        _serve(session, meeting, row, serves_for, from_at)
    _check(session, meeting, row)
    session.add(row)
    session.flush()
    _log(session, meeting, "record_presence", row, now, actor)
    # Once somebody is there, nobody needs to be reminded to prepare.
    duties.finish(
        session,
        association_id=meeting.association_id,
        rule_key=MEETING,
        subject=SUBJECT,
        subject_id=meeting.id,
        now=now,
        actor=actor,
    )
    return row


def end_presence(
    session: Session, meeting: Meeting, presence: Presence, *, until_at: datetime | None, now: datetime, actor: str
) -> Presence:
    """The person leaves at ``until_at``; None takes a leaving back. Raises RuleBroken as ``record_presence`` does."""
    _lock_open(session, meeting)
    with session.no_autoflush:
        presence.until_at = until_at
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
    at: datetime,
    now: datetime,
    actor: str,
) -> Presence:
    """From the moment on, a substitute in the room serves for the member, or (None) no longer serves.

    The presence is parted in two at the moment; the later one is returned. Raises RuleBroken where the member is
    present, someone else serves already, or the substitute was not in the room.
    """
    _lock_open(session, meeting)
    if not queries.attending(presence).during.covers(at):
        raise RuleBroken("%(name)s var inte i rummet då. Anteckna närvaron först.", name=presence.person.name)
    later = _part(session, presence, at)
    if serves_for is not None:
        _serve(session, meeting, later, serves_for, at)
        _check(session, meeting, later)
    session.flush()
    _log(session, meeting, "change_serving", later, now, actor)
    return later


def remove_presence(session: Session, meeting: Meeting, presence: Presence, *, now: datetime, actor: str) -> None:
    """The person was never there in that time: the line was a mistake."""
    _lock_open(session, meeting)
    _log(session, meeting, "remove_presence", presence, now, actor)
    session.delete(presence)
    session.flush()


def mark_all_present(session: Session, meeting: Meeting, *, now: datetime, actor: str) -> list[Presence]:
    """Every member was there from the meeting's start, save those with a line and those whom someone serves for."""
    _lock_open(session, meeting)
    rows = queries.presences(session, meeting)
    known = {row.person_id for row in rows}
    served_for = {row.serves_for_id for row in rows}
    absent = [
        mandate
        for mandate in queries.mandates(session, meeting)
        if mandate.capacity is not Capacity.SUBSTITUTE
        and mandate.person_id not in known
        and mandate.id not in served_for
    ]
    return [
        record_presence(session, meeting, person=mandate.person, from_at=meeting.starts_at, now=now, actor=actor)
        for mandate in absent
    ]


def close_attendance(session: Session, meeting: Meeting, *, now: datetime, actor: str) -> None:
    """From now on the attendance may not change: minutes that state it have been sent out (law 4)."""
    _lock_open(session, meeting)
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


def _lock_open(session: Session, meeting: Meeting) -> None:
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
    if fault is not None:
        raise fault
    row.serves_for, row.serves_for_id = absent, absent.id


def _give_back_seat(session: Session, meeting: Meeting, member: Mandate, at: datetime) -> None:
    for row in queries.presences(session, meeting):
        if row.serves_for_id == member.id and queries.attending(row).during.covers(at):
            _part(session, row, at)
    session.flush()


def _part(session: Session, row: Presence, at: datetime) -> Presence:
    """The part of the presence from the moment on, as a row of its own that does not serve."""
    if row.from_at == at:
        row.serves_for, row.serves_for_id = None, None
        return row
    later = Presence(
        association_id=row.association_id,
        meeting_id=row.meeting_id,
        person=row.person,
        person_id=row.person_id,
        mandate=row.mandate,
        mandate_id=row.mandate_id,
        from_at=at,
        until_at=row.until_at,
    )
    row.until_at = at
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
        until_at=row.until_at.isoformat() if row.until_at else None,
    )
