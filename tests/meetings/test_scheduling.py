"""Several meetings planned in one act, and meetings at odd hours: over midnight, and when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date, utc_moment
from paragraf.core.errors import RuleBroken, SeveralRulesBroken
from paragraf.meetings import body_changes, operations, queries
from paragraf.meetings.models import ItemKind, Meeting, Presence
from paragraf.meetings.scheduling import NewMeeting, plan_meetings
from paragraf.people import bodies
from paragraf.people import queries as people
from paragraf.people.bodies import BodyFacts
from paragraf.people.models import Body, BodyKind, Mandate
from paragraf.people.seats import BodyRules
from paragraf.post.models import Letter, LetterAttachment
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, Home

SONJA = "Sonja Ekvall"
WEEK = timedelta(weeks=1)


def new(weeks: int, place: str = "Rum Alen", hours: int = 3) -> NewMeeting:
    return NewMeeting(START + weeks * WEEK, START + weeks * WEEK + timedelta(hours=hours), place)


def plan_all(session: Session, home: Home, *meetings: NewMeeting) -> list[Meeting]:
    return plan_meetings(session, body=home.board, meetings=meetings, now=NOW, actor=SONJA)


def test_a_year_is_planned_in_one_act(session: Session, home: Home) -> None:
    planned = plan_all(session, home, new(0), new(4), new(8))
    assert queries.of_year(session, home.id, 2026) == planned
    assert queries.of_year(session, home.id, 2027) == []
    assert len({one.calendar_uid for one in planned}) == 3


def test_every_fault_is_told_at_its_meeting(session: Session, home: Home) -> None:
    with pytest.raises(SeveralRulesBroken) as refused:
        plan_all(session, home, new(0), new(0), new(1, place=" "), new(2, hours=0), new(-20))
    assert [problem.field for problem in refused.value.problems] == ["1-day", "2-place", "3-ends", "4-day"]
    with pytest.raises(RuleBroken, match="inga dagar"):
        plan_all(session, home)


def test_a_body_that_has_ended_meets_no_more(session: Session, home: Home, meeting: Meeting) -> None:
    body = session.get_one(Body, home.board.id)
    body.ended_on = local_date(START)
    with pytest.raises(RuleBroken) as refused:
        plan_meetings(session, body=body, meetings=[new(1)], now=NOW, actor=SONJA)
    assert refused.value.field == "0-day"
    body.ended_on = None
    with pytest.raises(RuleBroken, match="har ett sammanträde"):
        facts = BodyFacts(BodyKind.BOARD, "Styrelsen", "Styrelsen beslutar", local_date(START) - timedelta(days=1))
        body_changes.change_body(session, body, facts, now=NOW, actor=SONJA)


def test_a_body_without_rules_is_not_called(session: Session, home: Home) -> None:
    facts = BodyFacts(BodyKind.STEERING_GROUP, "Styrgruppen", "Styrgruppen beslutar")
    group = bodies.add_body(session, home.id, facts, now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="har inga regler"):
        plan_meetings(session, body=group, meetings=[new(1)], now=NOW, actor=SONJA)


# --- what was held stays as it was ----------------------------------------------------------------------------------


def test_rules_and_mandates_do_not_reach_back_over_a_held_meeting(
    session: Session, home: Home, meeting: Meeting
) -> None:
    after, day = END + WEEK, local_date(START)
    rules = BodyRules(day, seats=5, notice_days=7, verifiers=1, source="§ 12")
    assert body_changes.last_begun_on(session, home.board, START - timedelta(hours=1)) is None
    assert body_changes.last_begun_on(session, home.board, after) == day
    with pytest.raises(RuleBroken) as refused:
        body_changes.add_rules(session, home.board, rules, now=after, actor=SONJA)
    assert refused.value.field == "valid_from"
    mandate = session.get_one(Mandate, home.mandates["member"].id)
    session.add(
        Presence(
            association_id=home.id,
            meeting_id=meeting.id,
            person_id=mandate.person_id,
            mandate_id=mandate.id,
            from_at=START,
        )
    )
    session.flush()
    with pytest.raises(RuleBroken, match="deltog"):
        body_changes.end_mandate(session, mandate, ends_on=day - timedelta(days=1), now=after, actor=SONJA)
    with pytest.raises(RuleBroken, match="har deltagit"):
        body_changes.remove_mandate(session, mandate, now=after, actor=SONJA)
    body_changes.end_mandate(session, mandate, ends_on=day, now=after, actor=SONJA)


def test_a_mandate_that_ended_yesterday_is_not_called_and_has_no_seat(
    session: Session, home: Home, meeting: Meeting
) -> None:
    mandate = session.get_one(Mandate, home.mandates["member"].id)
    ends_on = local_date(START) - timedelta(days=1)
    body_changes.end_mandate(session, mandate, ends_on=ends_on, now=NOW, actor=SONJA)
    assert home.member.id not in {one.person.id for one in queries.invited(session, meeting)}
    assert mandate not in queries.mandates(session, meeting)
    assert people.body_rule(session, meeting.body_id, local_date(START)).seats == 4
    body_changes.end_mandate(session, mandate, ends_on=local_date(START), now=NOW, actor=SONJA)
    assert mandate in queries.mandates(session, meeting)


# --- odd hours ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "starts", "ends_day", "ends", "hours"),
    [
        (date(2026, 4, 9), time(22), date(2026, 4, 10), time(1), 3),
        # Summer time begins: an hour is skipped in the night.
        (date(2026, 3, 28), time(23), date(2026, 3, 29), time(4), 4),
        # It ends: an hour comes twice.
        (date(2026, 10, 24), time(23), date(2026, 10, 25), time(4), 6),
    ],
)
def test_the_invitation_holds_the_right_moments_over_midnight_and_when_the_clocks_change(
    session: Session, home: Home, day: date, starts: time, ends_day: date, ends: time, hours: int
) -> None:
    start, end = utc_moment(day, starts), utc_moment(ends_day, ends)
    meeting = operations.plan_meeting(
        session, body=home.board, starts_at=start, ends_at=end, place="Rum Alen", now=NOW, actor=SONJA
    )
    operations.add_item(session, meeting, kind=ItemKind.INFORMATION, heading="Läget", now=NOW, actor=SONJA)
    operations.send_notice(session, meeting, now=NOW, actor=SONJA)
    content = session.scalars(
        select(LetterAttachment.content)
        .join(Letter, Letter.id == LetterAttachment.letter_id)
        .where(LetterAttachment.media_type.startswith("text/calendar"))
    ).first()
    assert content is not None
    event: Any = Calendar.from_ical(content).events[0]
    assert event.start.astimezone(UTC) == start
    assert event.end.astimezone(UTC) == end
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(hours=hours)


def test_a_time_that_is_skipped_is_refused() -> None:
    with pytest.raises(RuleBroken, match="sommartiden"):
        utc_moment(date(2026, 3, 29), time(2, 30))


def test_sequence_and_status_rise_from_notice_over_change_to_cancel(
    session: Session, home: Home, meeting: Meeting
) -> None:
    operations.add_item(session, meeting, kind=ItemKind.INFORMATION, heading="Läget", now=NOW, actor=SONJA)
    operations.send_notice(session, meeting, now=NOW, actor=SONJA)
    operations.change_meeting(
        session,
        meeting,
        starts_at=START + WEEK,
        ends_at=END + WEEK,
        place="Rum Alen",
        mode=meeting.mode,
        now=NOW,
        actor=SONJA,
    )
    operations.send_notice(session, meeting, now=NOW, actor=SONJA)
    operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor=SONJA)
    told = session.execute(
        select(Letter.queued_at, LetterAttachment.content)
        .join(Letter, Letter.id == LetterAttachment.letter_id)
        .where(LetterAttachment.media_type.startswith("text/calendar"), Letter.to_address == home.chair.email)
        .order_by(Letter.id)
    ).all()
    events: list[Any] = [Calendar.from_ical(content or b"").events[0] for _at, content in told]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert {event["UID"] for event in events} == {meeting.calendar_uid}
    sequences = [int(event["SEQUENCE"]) for event in events]
    assert sequences == sorted(set(sequences))
    assert meeting.calendar_sequence > sequences[-1]


def test_the_year_is_swedish(session: Session, home: Home) -> None:
    night = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    meeting = operations.plan_meeting(
        session, body=home.board, starts_at=night, ends_at=night + timedelta(hours=1), place="A", now=NOW, actor=SONJA
    )
    assert queries.of_year(session, home.id, 2027) == [meeting]
