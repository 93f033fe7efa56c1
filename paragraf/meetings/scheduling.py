"""When a body meets: a meeting is planned, alone or with the year's others, moved and cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import N_, RuleBroken, SeveralRulesBroken
from paragraf.core.printing import print_iso_date
from paragraf.duties import operations as duties
from paragraf.duties.models import Anchor
from paragraf.duties.rules import Event
from paragraf.meetings import queries, standing
from paragraf.meetings.acts import SUBJECT, lock, record
from paragraf.meetings.models import Meeting, MeetingMode
from paragraf.meetings.rules import State
from paragraf.meetings.sending import tell_cancelled
from paragraf.people import queries as people
from paragraf.people.models import Body

LONGEST = timedelta(hours=24)


def plan_meeting(
    session: Session,
    *,
    body: Body,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mode: MeetingMode = MeetingMode.IN_PERSON,
    now: datetime,
    actor: str,
) -> Meeting:
    """Put a meeting of the body into the calendar, with the duties that follow from it and the body's standing items.

    Nobody is told yet.

    Raises RuleBroken for a time that has passed, that ends before it starts or that collides with another meeting of
    the body or comes after the body's end, for a day on which the body has no rules, and for a missing place.
    """
    _lock_calendar(session, body.id)
    _must_exist(session, body, local_date(starts_at))
    meeting = Meeting(
        association_id=body.association_id,
        body_id=body.id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        mode=mode,
        calendar_uid=f"{uuid4()}@paragraf",
        calendar_sequence=0,
    )
    _check_time(session, meeting, now)
    session.add(meeting)
    session.flush()
    record(session, meeting, "plan", now, actor, starts_at=starts_at.isoformat(), place=meeting.place)
    for event in _events(meeting):
        duties.plan(session, event, now=now)
    standing.put_on(session, meeting, now=now, actor=actor)
    return meeting


def change_meeting(
    session: Session,
    meeting: Meeting,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    mode: MeetingMode,
    now: datetime,
    actor: str,
) -> Meeting:
    """Move the meeting in time or place. Those invited are told when the notice is sent again.

    Raises RuleBroken as ``plan_meeting`` does, and once the meeting has begun.
    """
    _lock_calendar(session, meeting.body_id)
    lock(session, meeting)
    _must_not_have_begun(session, meeting, now)
    before = (meeting.starts_at, meeting.ends_at, meeting.place, meeting.mode)
    after = (starts_at, ends_at, place.strip(), mode)
    if before == after:
        return meeting
    with session.no_autoflush:
        meeting.starts_at, meeting.ends_at, meeting.place, meeting.mode = after
        _check_time(session, meeting, now)
    _must_exist(session, meeting.body, local_date(starts_at))
    # Calendars ignore what does not have a higher number than what they hold, and a feed may have told it already.
    meeting.calendar_sequence += 1
    session.flush()
    if local_date(before[0]) != local_date(starts_at):
        for event in _events(meeting):
            duties.move(session, event, reason=N_("Sammanträdet har flyttats"), now=now, actor=actor)
    record(session, meeting, "change", now, actor, starts_at=starts_at.isoformat(), place=meeting.place)
    return meeting


def cancel_meeting(
    session: Session,
    meeting: Meeting,
    *,
    reason: str,
    now: datetime,
    actor: str,
    matters_to: Meeting | None = None,
) -> Meeting:
    """Call the meeting off; those invited get a letter that takes it out of their calendars. Its matters wait again.

    ``matters_to`` is told in the letter: the meeting that its matters follow to (``carrying``). Raises RuleBroken
    without a reason, and once the meeting has begun.
    """
    lock(session, meeting)
    _must_not_have_begun(session, meeting, now)
    if not reason.strip():
        raise RuleBroken("Skriv varför sammanträdet ställs in.", field="reason")
    meeting.cancelled_at, meeting.cancel_reason = now, reason.strip()
    session.flush()
    if not tell_cancelled(session, meeting, now=now, matters_to=matters_to):
        # Nobody was invited, but a feed may have told of the meeting.
        meeting.calendar_sequence += 1
    duties.cancel(
        session,
        association_id=meeting.association_id,
        subject=SUBJECT,
        subject_id=meeting.id,
        reason=N_("Sammanträdet är inställt"),
        now=now,
        actor=actor,
    )
    record(session, meeting, "cancel", now, actor, reason=meeting.cancel_reason)
    return meeting


@dataclass(frozen=True)
class NewMeeting:
    """When, where and how a body is to meet."""

    starts_at: datetime
    ends_at: datetime
    place: str
    mode: MeetingMode = MeetingMode.IN_PERSON


def plan_meetings(
    session: Session, *, body: Body, meetings: Sequence[NewMeeting], now: datetime, actor: str
) -> list[Meeting]:
    """Plan several meetings of the body in one act: all, or none when any of them is at fault.

    Raises SeveralRulesBroken with every fault; its ``field`` begins with the meeting's place among them, 0 first:
    ``3-day``. The caller's transaction is to be thrown away then.
    """
    if not meetings:
        raise RuleBroken("Det finns inga dagar att planera. Lägg till minst en.")
    planned, faults = [], []
    for place, one in enumerate(meetings):
        try:
            planned.append(
                plan_meeting(
                    session,
                    body=body,
                    starts_at=one.starts_at,
                    ends_at=one.ends_at,
                    place=one.place,
                    mode=one.mode,
                    now=now,
                    actor=actor,
                )
            )
        except RuleBroken as broken:
            faults.append(RuleBroken(broken.message, field=f"{place}-{broken.field or 'day'}", **broken.values))
    if faults:
        raise SeveralRulesBroken(faults)
    return planned


def _lock_calendar(session: Session, body_id: int) -> None:
    # Two who plan at once must not both find the time free.
    session.execute(select(Body.id).where(Body.id == body_id).with_for_update())


def _must_exist(session: Session, body: Body, day: date) -> None:
    if body.ended_on is not None and day > body.ended_on:
        raise RuleBroken(
            "%(name)s finns till och med den %(day)s. Välj en tidigare dag.",
            field="day",
            name=body.name,
            day=body.ended_on,
        )
    if people.rule_on(session, body.id, day) is None:
        raise RuleBroken(
            "%(name)s har inga regler för den dagen. Skriv dem under Organisation först.", field="day", name=body.name
        )


def _check_time(session: Session, meeting: Meeting, now: datetime) -> None:
    if not meeting.place:
        raise RuleBroken("Skriv var sammanträdet hålls, eller hur man deltar på distans.", field="place")
    if meeting.ends_at <= meeting.starts_at:
        raise RuleBroken("Sluttiden ska vara senare än starttiden.", field="ends")
    if meeting.ends_at - meeting.starts_at > LONGEST:
        raise RuleBroken("Ett sammanträde kan vara högst ett dygn. Planera ett för varje dag.", field="ends")
    if meeting.starts_at <= now:
        raise RuleBroken("Tiden har redan varit. Välj en dag framåt i tiden.", field="day")
    if _collides(session, meeting):
        raise RuleBroken("Organet har redan ett sammanträde då. Välj en annan tid.", field="day")


def _collides(session: Session, meeting: Meeting) -> bool:
    same_time = select(Meeting.id).where(
        Meeting.association_id == meeting.association_id,
        Meeting.body_id == meeting.body_id,
        Meeting.cancelled_at.is_(None),
        Meeting.starts_at < meeting.ends_at,
        Meeting.ends_at > meeting.starts_at,
        Meeting.id != (meeting.id or 0),
    )
    return session.scalar(same_time.limit(1)) is not None


def _must_not_have_begun(session: Session, meeting: Meeting, now: datetime) -> None:
    state = queries.state(session, meeting, now)
    if state is State.CANCELLED:
        raise RuleBroken("Sammanträdet är inställt. Planera ett nytt i stället.")
    if state not in (State.PLANNED, State.NOTICE_SENT):
        raise RuleBroken("Sammanträdet har redan börjat och kan inte ändras.")


def _events(meeting: Meeting) -> list[Event]:
    day = local_date(meeting.starts_at)
    return [
        Event(
            meeting.association_id,
            anchor,
            SUBJECT,
            meeting.id,
            day,
            f"{meeting.body.name} {print_iso_date(day)}",
            meeting.matter_id,
            body_ids=(meeting.body_id,),
        )
        for anchor in (Anchor.MEETING, Anchor.MEETING_HELD)
    ]
