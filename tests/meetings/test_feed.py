"""The calendar that somebody subscribes to, read by a real parser."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.core.errors import LinkRefused
from paragraf.meetings import feed, operations
from paragraf.meetings.models import ItemKind, Meeting
from paragraf.people.models import Association, Mandate, Person
from paragraf.people.persons import renew_calendar
from tests.meetings.conftest import END, START
from tests.parts.world import NOW, Home, World

SONJA = "Sonja Ekvall"


def fetched(session: Session, home: Home, person: Person) -> tuple[Any, list[Any], bytes]:
    association = session.get_one(Association, home.id)
    content = feed.feed(session, association, session.get_one(Person, person.id), now=NOW).content
    found = Calendar.from_ical(content)
    assert isinstance(found, Calendar)
    return found, list(found.events), content


def test_a_member_sees_time_place_body_and_link_and_nothing_of_the_agenda(
    session: Session, home: Home, meeting: Meeting
) -> None:
    operations.add_item(
        session, meeting, kind=ItemKind.DECISION, heading="Hemligt ärende", proposal="att", now=NOW, actor=SONJA
    )
    found, (event,), content = fetched(session, home, home.substitute)
    assert "METHOD" not in found
    assert (event["UID"], event["STATUS"]) == (meeting.calendar_uid, "CONFIRMED")
    assert event["SUMMARY"] == "Styrelsen: sammanträde"
    assert event["LOCATION"] == meeting.place
    assert event["URL"].endswith(f"/norrdal/moten/{meeting.id}/")
    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (START, END)
    assert b"DTSTART;TZID=Europe/Stockholm:20260409T090000" in content
    assert b"Hemligt" not in content
    assert b"ATTENDEE" not in content
    assert found["REFRESH-INTERVAL"].dt == timedelta(hours=4)


def test_the_office_sees_all_and_a_stranger_to_the_body_none(
    session: Session, home: Home, world: World, meeting: Meeting
) -> None:
    assert len(fetched(session, home, home.secretary)[1]) == 1
    outsider = Person(association_id=home.id, name="Utan Uppdrag", email="utan@norrdal.example")
    session.add(outsider)
    session.flush()
    assert fetched(session, home, outsider)[1] == []


def test_the_mandate_must_hold_on_the_meetings_day(session: Session, home: Home, meeting: Meeting) -> None:
    session.get_one(Mandate, home.mandates["member"].id).ends_on = local_date(START) - timedelta(days=1)
    session.flush()
    assert fetched(session, home, home.member)[1] == []


def test_the_sequence_is_never_lower_than_the_invitations(session: Session, home: Home, meeting: Meeting) -> None:
    operations.add_item(session, meeting, kind=ItemKind.INFORMATION, heading="Läget", now=NOW, actor=SONJA)
    seen = [int(fetched(session, home, home.chair)[1][0]["SEQUENCE"])]
    sent = operations.send_notice(session, meeting, now=NOW, actor=SONJA).sequence
    seen.append(int(fetched(session, home, home.chair)[1][0]["SEQUENCE"]))
    assert seen[-1] >= sent
    operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor=SONJA)
    _found, (event,), _content = fetched(session, home, home.chair)
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "Inställt: Styrelsen: sammanträde"
    seen.append(int(event["SEQUENCE"]))
    assert seen == sorted(set(seen))


def test_a_meeting_cancelled_before_anybody_was_called_rises_too(
    session: Session, home: Home, meeting: Meeting
) -> None:
    before = int(fetched(session, home, home.chair)[1][0]["SEQUENCE"])
    operations.cancel_meeting(session, meeting, reason="Få ärenden", now=NOW, actor=SONJA)
    assert int(fetched(session, home, home.chair)[1][0]["SEQUENCE"]) > before


def test_the_same_rows_give_the_same_bytes(session: Session, home: Home, meeting: Meeting) -> None:
    association, person = session.get_one(Association, home.id), session.get_one(Person, home.chair.id)
    first = feed.feed(session, association, person, now=NOW)
    later = feed.feed(session, association, person, now=NOW + timedelta(days=1))
    assert first == later
    assert first.changed_at == NOW


def test_english_for_who_wants_it(session: Session, home: Home, meeting: Meeting) -> None:
    session.get_one(Person, home.chair.id).language = "en"
    session.flush()
    assert fetched(session, home, home.chair)[1][0]["SUMMARY"] == "Styrelsen: meeting"


def test_the_link_ends_when_it_is_renewed_and_when_the_person_leaves(
    session: Session, home: Home, world: World
) -> None:
    person = session.get_one(Person, home.chair.id)
    token = feed.link_token(settings_of(session), person)
    assert feed.holder(session, home.id, token, NOW) == person
    with pytest.raises(LinkRefused):
        feed.holder(session, world.south.id, token, NOW)
    renew_calendar(session, person, now=NOW, actor=person.name)
    with pytest.raises(LinkRefused):
        feed.holder(session, home.id, token, NOW)
    fresh = feed.link_token(settings_of(session), person)
    person.left_on = local_date(NOW)
    session.flush()
    with pytest.raises(LinkRefused):
        feed.holder(session, home.id, fresh, NOW)
    with pytest.raises(LinkRefused):
        feed.holder(session, home.id, fresh + "x", NOW)
