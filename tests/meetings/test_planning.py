"""Planning, moving and cancelling a meeting, with the duties that follow."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.log import LogEntry
from paragraf.duties.models import Duty
from paragraf.meetings import operations, queries
from paragraf.meetings.models import Meeting, MeetingMode
from paragraf.meetings.rules import State
from paragraf.post.models import Letter
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, Home, World

WEEK = timedelta(weeks=1)


def plan(
    session: Session,
    home: Home,
    starts_at: datetime = START,
    ends_at: datetime = END,
    place: str = "Rum Alen",
    now: datetime = NOW,
) -> Meeting:
    return operations.plan_meeting(
        session, body=home.board, starts_at=starts_at, ends_at=ends_at, place=place, now=now, actor="Sonja Ekvall"
    )


def change(
    session: Session,
    meeting: Meeting,
    starts_at: datetime = START,
    ends_at: datetime = END,
    place: str = "Kommunhuset, rum Björken",
    now: datetime = NOW,
) -> Meeting:
    return operations.change_meeting(
        session,
        meeting,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        mode=MeetingMode.IN_PERSON,
        now=now,
        actor="Sonja Ekvall",
    )


def duties(session: Session, meeting: Meeting) -> dict[str, tuple[date, bool]]:
    """Each duty's key with its day and whether it is cancelled; the newest of each key."""
    rows = session.scalars(
        select(Duty).where(Duty.subject == "meeting", Duty.subject_id == meeting.id).order_by(Duty.id)
    )
    return {duty.rule_key: (duty.event_on, duty.cancelled_at is not None) for duty in rows}


def test_a_planned_meeting_is_in_the_list_and_nobody_has_been_told(session: Session, meeting: Meeting) -> None:
    assert queries.coming(session, meeting.association_id, NOW) == [meeting]
    assert queries.held(session, meeting.association_id, NOW) == []
    assert queries.state(session, meeting, NOW) is State.PLANNED
    assert session.scalars(select(Letter)).all() == []
    verbs = session.scalars(select(LogEntry.verb).where(LogEntry.subject == "meeting").order_by(LogEntry.id))
    assert verbs.first() == "plan"


def test_planning_makes_the_duties_to_prepare_and_to_verify(session: Session, meeting: Meeting) -> None:
    day = local_date(START)
    assert duties(session, meeting) == {"meeting": (day, False), "minutes_verification": (day, False)}


def test_each_meeting_has_a_calendar_name_of_its_own(session: Session, home: Home, meeting: Meeting) -> None:
    other = plan(session, home, START + WEEK, END + WEEK)
    assert other.calendar_uid != meeting.calendar_uid


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "field"),
    [
        (START, START, "ends"),
        (START, START - timedelta(hours=1), "ends"),
        (START, START + timedelta(hours=25), "ends"),
        (NOW - timedelta(hours=1), NOW + timedelta(hours=1), "day"),
    ],
)
def test_an_impossible_time_is_refused(
    session: Session, home: Home, starts_at: datetime, ends_at: datetime, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        plan(session, home, starts_at, ends_at)
    assert refused.value.field == field


def test_a_meeting_needs_a_place(session: Session, home: Home) -> None:
    with pytest.raises(RuleBroken) as refused:
        plan(session, home, place="  ")
    assert refused.value.field == "place"


def test_two_meetings_of_a_body_cannot_overlap(session: Session, home: Home, meeting: Meeting) -> None:
    with pytest.raises(RuleBroken, match="redan ett sammanträde"):
        plan(session, home, START + timedelta(hours=1), END + timedelta(hours=1))
    assert plan(session, home, END, END + timedelta(hours=1)).id


def test_a_cancelled_meeting_leaves_its_time_free(session: Session, home: Home, meeting: Meeting) -> None:
    operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor="Sonja Ekvall")
    assert plan(session, home).id


def test_moving_the_day_moves_the_duties(session: Session, meeting: Meeting) -> None:
    change(session, meeting, START + WEEK, END + WEEK)
    moved = local_date(START + WEEK)
    assert duties(session, meeting) == {"meeting": (moved, False), "minutes_verification": (moved, False)}
    rows = session.scalars(select(Duty).where(Duty.event_on == local_date(START))).all()
    assert rows
    assert all(duty.cancelled_at for duty in rows)


def test_a_change_raises_the_sequence_also_before_any_notice_since_a_feed_may_have_told_it(
    session: Session, meeting: Meeting
) -> None:
    change(session, meeting, place="Rum Alen")
    assert (meeting.place, meeting.calendar_sequence) == ("Rum Alen", 1)


def test_saving_the_same_again_changes_nothing(session: Session, meeting: Meeting) -> None:
    change(session, meeting)
    verbs = session.scalars(select(LogEntry.verb).where(LogEntry.subject == "meeting")).all()
    assert "change" not in verbs


def test_a_meeting_may_be_moved_within_its_own_time(session: Session, meeting: Meeting) -> None:
    change(session, meeting, START + timedelta(minutes=30), END + timedelta(minutes=30))
    assert meeting.starts_at == START + timedelta(minutes=30)


@pytest.mark.parametrize("moment", [START, END, END + WEEK])
def test_a_meeting_that_has_begun_is_neither_moved_nor_cancelled(
    session: Session, meeting: Meeting, moment: datetime
) -> None:
    with pytest.raises(RuleBroken, match="redan börjat"):
        change(session, meeting, moment + WEEK, moment + WEEK + timedelta(hours=1), now=moment)
    with pytest.raises(RuleBroken, match="redan börjat"):
        operations.cancel_meeting(session, meeting, reason="Sjukdom", now=moment, actor="Sonja Ekvall")


def test_cancelling_needs_a_reason(session: Session, meeting: Meeting) -> None:
    with pytest.raises(RuleBroken) as refused:
        operations.cancel_meeting(session, meeting, reason=" ", now=NOW, actor="Sonja Ekvall")
    assert refused.value.field == "reason"


def test_a_cancelled_meeting_stays_cancelled(session: Session, meeting: Meeting) -> None:
    operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor="Sonja Ekvall")
    assert queries.state(session, meeting, NOW) is State.CANCELLED
    with pytest.raises(RuleBroken, match="inställt"):
        operations.cancel_meeting(session, meeting, reason="Igen", now=NOW, actor="Sonja Ekvall")
    with pytest.raises(RuleBroken, match="inställt"):
        change(session, meeting, START + WEEK, END + WEEK)


def test_cancelling_ends_the_duties_and_writes_to_nobody_who_was_not_invited(
    session: Session, meeting: Meeting
) -> None:
    operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor="Sonja Ekvall")
    assert all(cancelled for _day, cancelled in duties(session, meeting).values())
    assert session.scalars(select(Letter)).all() == []


def test_another_association_does_not_find_the_meeting(world: World, session: Session, meeting: Meeting) -> None:
    with pytest.raises(NotThere):
        queries.meeting(session, world.south.id, meeting.id)
    assert queries.coming(session, world.south.id, NOW) == []


def test_held_meetings_are_listed_latest_first(session: Session, home: Home, meeting: Meeting) -> None:
    later = plan(session, home, START + WEEK, END + WEEK)
    after = END + 2 * WEEK
    assert queries.held(session, home.id, after) == [later, meeting]
    assert queries.coming(session, home.id, END) == [later]


def test_a_person_sees_the_meetings_of_the_own_bodies(session: Session, home: Home, meeting: Meeting) -> None:
    assert queries.next_meetings(session, home.id, home.substitute.id, NOW) == [meeting]
    assert queries.next_meetings(session, home.id, home.secretary.id, NOW) == []
