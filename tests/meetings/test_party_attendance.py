"""Attendance by party against a share of the meetings, in whole numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.meetings import operations
from paragraf.meetings.models import Meeting
from paragraf.meetings.party_attendance import MeetingAttendance, PartyAttendance, by_party
from tests.meetings.conftest import END, START
from tests.meetings.test_attending import SONJA, come
from tests.parts.world import NOW, Home


def party(there: int, of: int) -> PartyAttendance:
    days = (MeetingAttendance(number, date(2026, 4, 9), 1, int(number < there)) for number in range(of))
    return PartyAttendance(1, "Norrdals kommun", tuple(days))


@pytest.mark.parametrize(
    ("there", "of", "reached"), [(3, 4, True), (4, 5, True), (3, 5, False), (2, 3, False), (0, 0, None), (6, 8, True)]
)
def test_three_of_four_is_seventy_five_per_cent(there: int, of: int, reached: bool | None) -> None:
    assert party(there, of).reaches(75) is reached


def plan(session: Session, home: Home, days: int) -> Meeting:
    later = timedelta(days=days)
    return operations.plan_meeting(
        session, body=home.board, starts_at=START + later, ends_at=END + later, place="Rum Alen", now=NOW, actor=SONJA
    )


def _party_of(home: Home, who: str) -> int:
    return home.mandates[who].member_organisation_id


def test_seats_are_filled_by_members_and_by_those_who_serve(session: Session, home: Home, meeting: Meeting) -> None:
    second, cancelled, unheld = plan(session, home, 30), plan(session, home, 60), plan(session, home, 90)
    come(session, home, meeting, "chair")
    come(session, home, meeting, "substitute", serves_for="fourth_member")
    come(session, home, meeting, "secretary")
    come(session, home, second, "vice_chair")
    come(session, home, cancelled, "chair")
    operations.cancel_meeting(session, cancelled, reason="Influensa", now=NOW, actor=SONJA)
    found = {one.name: one for one in by_party(session, home.id, home.board.id, 2026)}
    chairs = next(one for one in found.values() if one.member_organisation_id == _party_of(home, "chair"))
    assert [(one.meeting_id, one.was_there) for one in chairs.meetings][:1] == [(meeting.id, True)]
    assert all(len(one.meetings) == 2 for one in found.values())
    assert sum(one.seats for one in found.values()) == 8
    assert sum(one.filled for one in found.values()) == 3
    assert unheld.id not in {each.meeting_id for one in found.values() for each in one.meetings}
    assert {_party_of(home, who) for who in ("chair", "member")} <= {
        one.member_organisation_id for one in found.values()
    }
    assert by_party(session, home.id, home.board.id, 2025) == []


def test_another_association_sees_nothing(session: Session, home: Home, meeting: Meeting) -> None:
    come(session, home, meeting, "chair")
    assert by_party(session, home.id + 1, home.board.id, 2026) == []
