"""Invitations, read back by a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from paragraf.meetings import calendar
from paragraf.meetings.calendar import Invitation

INVITATION = Invitation(
    uid="5c1f@paragraf",
    sequence=3,
    stamped_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    starts_at=datetime(2026, 4, 9, 7, 0, tzinfo=UTC),
    ends_at=datetime(2026, 4, 9, 11, 30, tzinfo=UTC),
    summary="Styrelsen: sammanträde",
    description="Dagordning: http://localhost/norrdal/moten/1/",
    place="Kommunhuset, rum Björken; plan 2",
    url="http://localhost/norrdal/moten/1/",
    organiser=("Samordningsförbundet Norrdal", "kansli@norrdal.example"),
    attendee=('Olle "Olle" Brand', "olle@norrdal.example"),
)


def read(content: bytes) -> tuple[Calendar, Event]:
    found = Calendar.from_ical(content)
    assert isinstance(found, Calendar)
    (event,) = found.events
    return found, event


def test_a_request_carries_uid_sequence_and_method() -> None:
    found, event = read(calendar.request(INVITATION))
    assert found["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("5c1f@paragraf", 3, "CONFIRMED")


def test_a_cancellation_names_the_same_meeting() -> None:
    found, event = read(calendar.cancel(replace(INVITATION, sequence=4)))
    assert found["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("5c1f@paragraf", 4, "CANCELLED")


def test_the_time_is_swedish_time_with_its_zone() -> None:
    content = calendar.request(INVITATION)
    assert b"DTSTART;TZID=Europe/Stockholm:20260409T090000" in content
    assert b"DTEND;TZID=Europe/Stockholm:20260409T133000" in content
    _found, event = read(content)
    assert event.start == INVITATION.starts_at


@pytest.mark.parametrize(
    ("moment", "offset"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 1),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), 2),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), 1),
        (datetime(2045, 7, 1, 8, 0, tzinfo=UTC), 2),
    ],
)
def test_the_file_holds_the_rules_of_the_zone(moment: datetime, offset: int) -> None:
    found, _event = read(calendar.request(replace(INVITATION, starts_at=moment, ends_at=moment + timedelta(hours=1))))
    (zone,) = found.timezones
    assert zone["TZID"] == "Europe/Stockholm"
    assert moment.astimezone(zone.to_tz(lookup_tzid=False)).utcoffset() == timedelta(hours=offset)


def test_only_the_recipient_is_named() -> None:
    _found, event = read(calendar.request(INVITATION))
    assert event["ATTENDEE"] == "mailto:olle@norrdal.example"
    assert event["ATTENDEE"].params["ROLE"] == "REQ-PARTICIPANT"
    assert event["ORGANIZER"] == "mailto:kansli@norrdal.example"
    assert event["LOCATION"] == "Kommunhuset, rum Björken; plan 2"


def test_a_substitute_may_come_but_need_not() -> None:
    _found, event = read(calendar.request(replace(INVITATION, optional=True)))
    assert event["ATTENDEE"].params["ROLE"] == "OPT-PARTICIPANT"


def test_typed_text_cannot_add_lines_of_its_own() -> None:
    hostile = "Rum 1\r\nATTENDEE:mailto:someone@else.example"
    _found, event = read(calendar.request(replace(INVITATION, place=hostile, attendee=(hostile, "a@b.example"))))
    assert event["ATTENDEE"] == "mailto:a@b.example"
